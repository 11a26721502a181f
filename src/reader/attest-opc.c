#include "reader/attest-opc.h"

#include <string.h>

AttestXml *
attest_opc_open (AttestZip *zip, const char *part, GError **error)
{
  g_autoptr (GBytes) bytes = attest_zip_read (zip, part, error);

  return bytes != NULL ? attest_xml_new (bytes, part) : NULL;
}

/* "word/document.xml" and "../x/y.xml" → "x/y.xml"; a leading / is the archive's root. */
static char *
resolve_target (const char *source, const char *target)
{
  g_autofree char *folder = g_path_get_dirname (source);
  g_autofree char *joined
      = *target == '/' ? g_strdup (target) : g_strdup_printf ("/%s/%s", folder, target);
  g_autofree char *whole = g_canonicalize_filename (joined, "/");

  return g_strdup (whole + 1);
}

/* "word/document.xml" → "word/_rels/document.xml.rels"; "" → "_rels/.rels" */
static char *
relations_name (const char *source)
{
  g_autofree char *folder = NULL, *base = NULL;

  if (*source == '\0')
    return g_strdup ("_rels/.rels");
  folder = g_path_get_dirname (source);
  base = g_path_get_basename (source);
  return g_strdup_printf ("%s%s_rels/%s.rels", strcmp (folder, ".") == 0 ? "" : folder,
                          strcmp (folder, ".") == 0 ? "" : "/", base);
}

/* Called for each relationship to a part of the archive; TRUE ends the walk. */
typedef gboolean (*Visit) (const char *id, const char *type, const char *part, gpointer data);

static gboolean
walk_relations (AttestZip *zip, const char *source, Visit visit, gpointer data, GError **error)
{
  g_autofree char *name = relations_name (source);
  g_autoptr (AttestXml) xml = NULL;
  AttestXmlEvent event;

  if (!attest_zip_contains (zip, name))
    return TRUE;
  xml = attest_opc_open (zip, name, error);
  if (xml == NULL)
    return FALSE;
  while ((event = attest_xml_next (xml, error)) != ATTEST_XML_EOF)
    {
      g_autofree char *id = NULL, *type = NULL, *target = NULL, *mode = NULL, *part = NULL;

      if (event == ATTEST_XML_ERROR)
        return FALSE;
      if (event != ATTEST_XML_START || !attest_xml_is (xml, "Relationship"))
        continue;
      id = attest_xml_dup_attribute (xml, "Id");
      type = attest_xml_dup_attribute (xml, "Type");
      target = attest_xml_dup_attribute (xml, "Target");
      mode = attest_xml_dup_attribute (xml, "TargetMode");
      if (type == NULL || target == NULL || g_strcmp0 (mode, "External") == 0)
        continue;
      part = resolve_target (source, target);
      if (visit (id, type, part, data))
        return TRUE;
    }
  return TRUE;
}

typedef struct
{
  const char *kind;
  char *part;
} Wanted;

static gboolean
take_kind (const char *id, const char *type, const char *part, gpointer data)
{
  Wanted *wanted = data;

  if (!g_str_has_suffix (type, wanted->kind))
    return FALSE;
  wanted->part = g_strdup (part);
  return TRUE;
}

gboolean
attest_opc_find_part (AttestZip *zip, const char *source, const char *kind, const char *usual,
                      char **out_part, GError **error)
{
  Wanted wanted = { kind, NULL };
  g_autofree char *part = NULL;

  if (!walk_relations (zip, source, take_kind, &wanted, error))
    return FALSE;
  part = wanted.part;
  if (part == NULL && usual != NULL)
    part = resolve_target (source, usual);
  if (part != NULL && attest_zip_contains (zip, part))
    *out_part = g_steal_pointer (&part);
  return TRUE;
}

static gboolean
take_id (const char *id, const char *type, const char *part, gpointer data)
{
  if (id != NULL)
    g_hash_table_replace (data, g_strdup (id), g_strdup (part));
  return FALSE;
}

GHashTable *
attest_opc_read_relations (AttestZip *zip, const char *source, GError **error)
{
  g_autoptr (GHashTable) parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return walk_relations (zip, source, take_id, parts, error) ? g_steal_pointer (&parts) : NULL;
}
