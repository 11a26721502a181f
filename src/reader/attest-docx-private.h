/* What the files that read a Word document's body share. */
#pragma once

#include "reader/attest-docx-body.h"

G_BEGIN_DECLS

/* A table row that is open. */
typedef struct
{
  AttestFlowRow row;
  guint span;            /* grid columns of the cell that is open */
  gboolean cell_deleted; /* the cell that is open */
  gboolean any_deleted;  /* cells of it */
  gboolean deleted;
} AttestDocxRow;

/* Fields inside fields; Word allows 20. */
#define ATTEST_DOCX_MAX_FIELDS 32

/* A complex field: its code, a mark, its result. */
typedef struct
{
  gsize start_byte;   /* in the flow, where the code or the result began */
  gboolean in_result; /* else in the code */
  char *form;         /* (nullable) what a form field shows that has no result */
} AttestDocxField;

struct AttestDocxElement;

/* Elements by the address of their names, which a part's parser keeps: one comparison instead of
 * several strings. A power of two. */
#define ATTEST_DOCX_CACHE 64

typedef struct
{
  const char *name;                        /* NULL: free */
  const struct AttestDocxElement *element; /* NULL: none that matters */
} AttestDocxCached;

typedef struct
{
  AttestXml *xml;
  const AttestDocxContext *context;
  AttestDocxCached *cache; /* of ATTEST_DOCX_CACHE */
  AttestFlow *flow;
  AttestFlow *main_flow;
  gsize lines_byte; /* of the main flow, up to which its lines are counted */
  guint n_lines;
  AttestDocxParagraphProps *paragraph; /* that is open, or NULL */
  gsize paragraph_byte;                /* where it began */
  gsize label_byte;                    /* where the words of its list number end, if it has any */
  AttestDocxNumberKind number;         /* of the paragraph */
  AttestDocxRunProps *run;             /* that is open, or NULL */
  GPtrArray *boxes;                    /* flows that follow the open paragraph */
  AttestDocxRow *row;
  AttestDocxField fields[ATTEST_DOCX_MAX_FIELDS];
  guint n_fields; /* open, may be more than there is room for */
  GString *scratch;
  gsize n_texts; /* "t" elements that gave text */
} AttestDocxBody;

typedef gboolean AttestDocxHandler (AttestDocxBody *body, GError **error);

/** Passes over the element that began last. */
AttestDocxHandler attest_docx_skip;
/** Reads what is inside of it. */
AttestDocxHandler attest_docx_read_children;

/* attest-docx-inline.c: what stands in runs. */
AttestDocxHandler attest_docx_read_text, attest_docx_read_tab, attest_docx_read_break,
    attest_docx_read_page_break, attest_docx_read_hyphen, attest_docx_read_symbol,
    attest_docx_read_field_char, attest_docx_read_note_reference, attest_docx_read_comment_end,
    attest_docx_read_run;
/** At the end of a paragraph: a code that has not ended was none, and its text stays. */
void attest_docx_end_codes (AttestDocxBody *body);
/** Forgets all fields. */
void attest_docx_close_fields (AttestDocxBody *body);

/* attest-docx-rows.c: tables. */
AttestDocxHandler attest_docx_read_table, attest_docx_read_row, attest_docx_read_row_props,
    attest_docx_read_cell, attest_docx_read_cell_props;

/** Sets *@out_found to TRUE when the element that began last has a child @name, and passes it. */
gboolean attest_docx_find_child (AttestDocxBody *body, const char *name, gboolean *out_found,
                                 GError **error);

G_END_DECLS
