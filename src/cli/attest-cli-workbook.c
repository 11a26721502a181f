#include "cli/attest-cli-workbook.h"

#include <string.h>

#include "report/attest-workbook.h"

static gboolean
add_sheets (AttestWorkbook *workbook, const AttestSheet *sheets, guint n_sheets, GError **error)
{
  const char *last = "";

  for (guint i = 0; i < n_sheets; i++)
    {
      if (sheets[i].table == NULL)
        continue;
      if (!attest_workbook_add (workbook, sheets[i].name, sheets[i].table,
                                strcmp (sheets[i].name, last) != 0, error))
        return FALSE;
      last = sheets[i].name;
    }
  return TRUE;
}

gboolean
attest_cli_append_workbook (AttestInvocation *inv, const AttestSheet *sheets, guint n_sheets,
                            const char *path, AttestOutput *output, GError **error)
{
  g_autoptr (AttestWorkbook) workbook = NULL;
  AttestWorkbookLosses losses = { 0, 0 };
  gboolean ok = path != NULL || inv->columns == 0;

  if (!ok)
    attest_throw (error, ATTEST_ERROR_USAGE,
                  "a workbook is not for a terminal: name a file with --output FILE");
  workbook = ok ? attest_workbook_new (NULL, NULL, NULL, error) : NULL;
  ok = workbook != NULL && add_sheets (workbook, sheets, n_sheets, error)
       && attest_workbook_finish (workbook, output, &losses, error);
  for (guint i = 0; i < n_sheets; i++)
    attest_table_free (sheets[i].table);
  if (losses.cells_cut > 0)
    fprintf (inv->err,
             "attest: %" G_GUINT64_FORMAT " texts longer than a cell of a spreadsheet can be, cut "
             "and marked by '…'\n",
             losses.cells_cut);
  return ok;
}
