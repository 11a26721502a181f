/* attest-odt-styles: what the styles of an OpenDocument text say about bold and hidden text.
 *
 * A style takes what it does not say from its parent.
 */
#pragma once

#include "reader/attest-xml.h"

G_BEGIN_DECLS

typedef struct _AttestOdtStyles AttestOdtStyles;

AttestOdtStyles *attest_odt_styles_new (void);
void attest_odt_styles_free (AttestOdtStyles *styles);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestOdtStyles, attest_odt_styles_free)

/** Reads the style:style that began last. */
gboolean attest_odt_styles_read (AttestOdtStyles *styles, AttestXml *xml, GError **error);

typedef enum
{
  ATTEST_ODT_BOLD,
  ATTEST_ODT_ITALIC,
  ATTEST_ODT_HIDDEN,
  ATTEST_ODT_N_TOGGLES,
} AttestOdtToggle;

/** -1: @style (nullable) of @family ("text", "paragraph") says nothing; else FALSE or TRUE. */
int attest_odt_styles_get (const AttestOdtStyles *styles, const char *family, const char *style,
                           AttestOdtToggle toggle);

G_END_DECLS
