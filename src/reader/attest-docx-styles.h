/* attest-docx-styles: what the styles of a Word document say about bold, hidden and headings.
 *
 * A run is bold by its own w:b, or else by its styles: each style takes what it does not say from
 * the style it is based on, and w:b is a toggle, so that a bold character style in a bold paragraph
 * style is not bold. Bold document defaults stay bold.
 */
#pragma once

#include "reader/attest-xml.h"

G_BEGIN_DECLS

typedef enum
{
  ATTEST_DOCX_BOLD,
  ATTEST_DOCX_ITALIC,
  ATTEST_DOCX_VANISH, /* hidden text */
} AttestDocxToggle;

#define ATTEST_DOCX_N_TOGGLES 3

typedef enum
{
  ATTEST_DOCX_UNSET,
  ATTEST_DOCX_OFF,
  ATTEST_DOCX_ON,
} AttestDocxState;

/* What one w:rPr says. */
/* How a section calls its pages. */
typedef enum
{
  ATTEST_DOCX_PAGES_GO_ON,
  ATTEST_DOCX_PAGES_FROM_1,
  ATTEST_DOCX_PAGES_RENUMBERED, /* from another number, or not by decimal ones */
} AttestDocxNumbers;

typedef struct
{
  AttestDocxState toggles[ATTEST_DOCX_N_TOGGLES];
  char *style;   /* w:rStyle, or NULL */
  char *symbols; /* the font, when it is one of symbols; NULL: not said here */
} AttestDocxRunProps;

/* What one w:pPr says. */
typedef struct
{
  char *style;       /* w:pStyle, or NULL */
  int outline_level; /* from 0; -1: none said; 9: body text */
  char *list;        /* w:numId, "0" for none; NULL: not said here */
  int list_level;    /* w:ilvl, from 0; -1: not said here */
  gboolean ends_section;
  AttestDocxNumbers numbers; /* of the pages of the section that it ends */
  gboolean mark_joins;       /* its end is deleted or hidden: the next paragraph goes on with it */
} AttestDocxParagraphProps;

void attest_docx_run_props_clear (AttestDocxRunProps *props);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AttestDocxRunProps, attest_docx_run_props_clear)
void attest_docx_paragraph_props_clear (AttestDocxParagraphProps *props);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AttestDocxParagraphProps, attest_docx_paragraph_props_clear)

/** Reads the w:sectPr that began last. */
gboolean attest_docx_section_read (AttestXml *xml, AttestDocxNumbers *out_numbers, GError **error);

/** Reads the w:rPr or w:pPr that began last; @props must be empty
 * (ATTEST_DOCX_PARAGRAPH_PROPS_INIT). */
gboolean attest_docx_run_props_read (AttestXml *xml, AttestDocxRunProps *props, GError **error);
gboolean attest_docx_paragraph_props_read (AttestXml *xml, AttestDocxParagraphProps *props,
                                           GError **error);

#define ATTEST_DOCX_RUN_PROPS_INIT                                                                 \
  {                                                                                                \
    .style = NULL                                                                                  \
  }
#define ATTEST_DOCX_PARAGRAPH_PROPS_INIT                                                           \
  {                                                                                                \
    .outline_level = -1, .list_level = -1                                                          \
  }

typedef struct _AttestDocxStyles AttestDocxStyles;

/** Reads styles.xml; @xml NULL gives no styles. NULL with @error when it is not XML. */
AttestDocxStyles *attest_docx_styles_new (AttestXml *xml, GError **error);
void attest_docx_styles_free (AttestDocxStyles *styles);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestDocxStyles, attest_docx_styles_free)

gboolean attest_docx_styles_is_on (const AttestDocxStyles *styles, AttestDocxToggle toggle,
                                   const AttestDocxParagraphProps *paragraph,
                                   const AttestDocxRunProps *run);
gboolean attest_docx_styles_is_heading (const AttestDocxStyles *styles,
                                        const AttestDocxParagraphProps *paragraph);
/**
 * The list that numbers the paragraph, or NULL: the id of a w:num.
 *
 * @out_level: its level, or -1 when the style of @out_style says it. Both are borrowed.
 */
const char *attest_docx_styles_list (const AttestDocxStyles *styles,
                                     const AttestDocxParagraphProps *paragraph, int *out_level,
                                     const char **out_style);

G_END_DECLS
