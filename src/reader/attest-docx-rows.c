/* attest-docx-rows: the tables of a Word document. */
#include <string.h>

#include "reader/attest-docx-private.h"

gboolean
attest_docx_find_child (AttestDocxBody *body, const char *name, gboolean *out_found, GError **error)
{
  gboolean good = TRUE;

  while (good && attest_xml_next_element (body->xml, &good, error))
    {
      if (attest_xml_is (body->xml, name))
        *out_found = TRUE;
      good = attest_docx_skip (body, error);
    }
  return good;
}

gboolean
attest_docx_read_table (AttestDocxBody *body, GError **error)
{
  AttestDocxRow *outer = body->row;
  gboolean good;

  attest_flow_begin_table (body->flow);
  body->row = NULL;
  good = attest_docx_read_children (body, error);
  body->row = outer;
  attest_flow_end_table (body->flow);
  return good;
}

gboolean
attest_docx_read_row (AttestDocxBody *body, GError **error)
{
  AttestDocxRow row = { .deleted = FALSE };
  AttestDocxRow *outer = body->row;
  gboolean good;

  attest_flow_begin_row (body->flow, &row.row);
  body->row = &row;
  good = attest_docx_read_children (body, error);
  body->row = outer;
  attest_flow_end_row (body->flow, &row.row,
                       !row.deleted && (row.row.n_cells > 0 || !row.any_deleted));
  return good;
}

static guint
columns_attribute (const AttestXml *xml, guint missing)
{
  const char *value = attest_xml_attribute (xml, "val");

  return value != NULL ? (guint)MIN (g_ascii_strtoull (value, NULL, 10), 1000) : missing;
}

/* w:trPr; a row may begin right of the table's first column. */
gboolean
attest_docx_read_row_props (AttestDocxBody *body, GError **error)
{
  gboolean good = TRUE;

  while (good && attest_xml_next_element (body->xml, &good, error))
    {
      if (body->row != NULL && attest_xml_is (body->xml, "del"))
        body->row->deleted = TRUE;
      else if (body->row != NULL && attest_xml_is (body->xml, "gridBefore"))
        body->row->row.column += columns_attribute (body->xml, 0);
      good = attest_docx_skip (body, error);
    }
  return good;
}

/* w:tcPr */
gboolean
attest_docx_read_cell_props (AttestDocxBody *body, GError **error)
{
  gboolean good = TRUE;

  while (good && attest_xml_next_element (body->xml, &good, error))
    {
      if (body->row != NULL && attest_xml_is (body->xml, "gridSpan"))
        body->row->span = columns_attribute (body->xml, 1);
      else if (body->row != NULL && attest_xml_is (body->xml, "cellDel"))
        body->row->cell_deleted = body->row->any_deleted = TRUE;
      good = attest_docx_skip (body, error);
    }
  return good;
}

gboolean
attest_docx_read_cell (AttestDocxBody *body, GError **error)
{
  AttestDocxRow *row = body->row;

  if (row == NULL)
    return attest_docx_read_children (body, error);
  attest_flow_begin_cell (body->flow, &row->row);
  row->span = 1;
  row->cell_deleted = FALSE;
  if (!attest_docx_read_children (body, error))
    return FALSE;
  if (row->cell_deleted)
    attest_flow_drop_cell (body->flow, &row->row);
  else
    attest_flow_end_cell (body->flow, &row->row, row->span);
  return TRUE;
}
