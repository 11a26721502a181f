/* attest-book-template: what a page consists of, as a text file that an institution can replace.
 *
 *     # {{label.page.overview}}         a heading, # to ###
 *     A paragraph with {{title}}.       text; an empty line ends the paragraph
 *     {{ratings}}                       a part of the page, alone on its line
 *     ;; a remark
 *
 * Nothing in a template is markup: text is escaped like everything else. A heading is written only
 * when something follows it.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ATTEST_TEMPLATE_HEADING,
  ATTEST_TEMPLATE_PARAGRAPH,
  ATTEST_TEMPLATE_BLOCK,
} AttestTemplateType;

typedef struct
{
  AttestTemplateType type;
  guint level; /* of a heading, from 1 */
  char *text;  /* with its placeholders; of a block its name */
} AttestTemplateItem;

/* Whether there is a placeholder of this name. */
typedef gboolean (*AttestTemplateKnowsFunc) (const char *name, gboolean is_block, gpointer data);
/* Its text; (transfer full). */
typedef char *(*AttestTemplateValueFunc) (const char *name, gpointer data);

/**
 * Returns: (element-type AttestTemplateItem), or NULL with ATTEST_ERROR_INPUT
 * "PATH:LINE:COLUMN: …".
 */
GArray *attest_template_parse (const char *path, const char *text, gsize length_bytes,
                               AttestTemplateKnowsFunc knows, gpointer data, GError **error);
/** @text of an item with values in place of the placeholders. */
char *attest_template_dup_text (const char *text, AttestTemplateValueFunc value, gpointer data);

G_END_DECLS
