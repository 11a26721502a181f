/* Spreadsheets (xlsx): transcripts and surveys as tables, one sheet after the other. */
#include "reader/attest-reader-private.h"

#include <string.h>

#include "reader/attest-opc.h"
#include "reader/attest-xlsx.h"
#include "util/attest-error.h"

typedef struct
{
  AttestDocument *doc;
  AttestZip *zip;
  char *workbook; /* the part */
  AttestXlsxBook book;
  GPtrArray *grids;
} Package;

static void
package_clear (Package *package)
{
  attest_zip_free (package->zip);
  g_free (package->workbook);
  attest_xlsx_book_clear (&package->book);
  g_ptr_array_unref (package->grids);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Package, package_clear)

typedef gboolean (*PartReader) (AttestXlsxBook *book, AttestXml *xml, GError **error);

static gboolean
read_shared (Package *package, const char *kind, const char *usual, PartReader reader,
             GError **error)
{
  g_autofree char *part = NULL;
  g_autoptr (AttestXml) xml = NULL;

  if (!attest_opc_find_part (package->zip, package->workbook, kind, usual, &part, error))
    return FALSE;
  if (part == NULL)
    return TRUE;
  xml = attest_opc_open (package->zip, part, error);
  return xml != NULL && reader (&package->book, xml, error);
}

static gboolean
read_sheet (Package *package, const char *name, const char *part, GError **error)
{
  g_autoptr (AttestXml) xml = attest_opc_open (package->zip, part, error);
  g_autoptr (AttestGrid) grid = attest_grid_new (name);

  if (xml == NULL || !attest_xlsx_read_sheet (&package->book, xml, grid, error))
    return FALSE;
  g_ptr_array_add (package->grids, g_steal_pointer (&grid));
  return TRUE;
}

/* A sheet that is hidden is not what its sender shows. */
static gboolean
read_sheet_entry (Package *package, AttestXml *xml, GHashTable *parts, GError **error)
{
  g_autofree char *name = attest_xml_dup_attribute (xml, "name");
  g_autofree char *state = attest_xml_dup_attribute (xml, "state");
  g_autofree char *id = attest_xml_dup_attribute (xml, "id");
  const char *part = id != NULL ? g_hash_table_lookup (parts, id) : NULL;

  if (name == NULL || part == NULL || !attest_zip_contains (package->zip, part))
    return TRUE;
  if (state != NULL && strcmp (state, "visible") != 0)
    {
      attest_document_warn (package->doc, 0, "the hidden sheet '%s' is left out", name);
      return TRUE;
    }
  return read_sheet (package, name, part, error);
}

static void
read_date_system (Package *package, AttestXml *xml)
{
  g_autofree char *value = attest_xml_dup_attribute (xml, "date1904");

  package->book.from_1904 = g_strcmp0 (value, "1") == 0 || g_strcmp0 (value, "true") == 0;
}

static gboolean
read_workbook (Package *package, GError **error)
{
  g_autoptr (GHashTable) parts = attest_opc_read_relations (package->zip, package->workbook, error);
  g_autoptr (AttestXml) xml = NULL;
  AttestXmlEvent event;

  if (parts == NULL)
    return FALSE;
  xml = attest_opc_open (package->zip, package->workbook, error);
  if (xml == NULL)
    return FALSE;
  while ((event = attest_xml_next (xml, error)) != ATTEST_XML_EOF)
    {
      if (event == ATTEST_XML_ERROR)
        return FALSE;
      if (event == ATTEST_XML_START && attest_xml_is (xml, "workbookPr"))
        read_date_system (package, xml);
      if (event == ATTEST_XML_START && attest_xml_is (xml, "sheet")
          && !read_sheet_entry (package, xml, parts, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
xlsx_read (AttestDocument *doc, const AttestReadOptions *options, GError **error)
{
  g_auto (Package) package
      = { .doc = doc, .grids = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_grid_free) };

  attest_xlsx_book_init (&package.book);
  package.zip = attest_zip_new (doc->original, error);
  if (package.zip == NULL
      || !attest_opc_find_part (package.zip, "", "/officeDocument", "xl/workbook.xml",
                                &package.workbook, error))
    return FALSE;
  if (package.workbook == NULL || !g_str_has_suffix (package.workbook, ".xml"))
    return attest_throw (error, ATTEST_ERROR_INPUT, "the archive holds no workbook of XML");
  if (!read_shared (&package, "/sharedStrings", "sharedStrings.xml", attest_xlsx_read_strings,
                    error)
      || !read_shared (&package, "/styles", "styles.xml", attest_xlsx_read_styles, error)
      || !read_workbook (&package, error))
    return FALSE;
  doc->encoding = g_strdup ("UTF-8");
  return attest_grids_read (doc, package.grids, options, error);
}

static const char *const suffixes[] = { "xlsx", "xlsm", "xltx", NULL };

static int
xlsx_probe (const AttestProbe *probe)
{
  gboolean named = g_strv_contains (suffixes, probe->suffix);

  if (probe->head_bytes < 4 || memcmp (probe->head, "PK\3\4", 4) != 0)
    return named ? ATTEST_PROBE_SUFFIX : 0;
  if (named)
    return ATTEST_PROBE_MAGIC;
  return attest_probe_contains (probe, "xl/workbook")
                 || attest_probe_contains (probe, "xl/worksheets")
             ? ATTEST_PROBE_MAGIC
             : 0;
}

const AttestReader attest_reader_xlsx
    = { "xlsx", "Excel workbook", suffixes, xlsx_probe, xlsx_read };
