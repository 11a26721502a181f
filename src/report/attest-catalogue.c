#include "report/attest-catalogue.h"

#include <string.h>

#include "report/attest-report-resource.h"
#include "util/attest-error.h"
#include "util/attest-text.h"

struct _AttestCatalogue
{
  const char *lang;
  GHashTable *texts; /* "GROUP.KEY" → label */
};

static const char *const langs[] = { "en", "fr", "es", "ru", NULL };

const char *const *
attest_catalogue_list_langs (void)
{
  return langs;
}

void
attest_catalogue_free (AttestCatalogue *labels)
{
  if (labels == NULL)
    return;
  g_hash_table_unref (labels->texts);
  g_free (labels);
}

/* ---- reading ---- */

/* The line of the key in its group, from 1; for messages. */
static guint
find_line (const char *data, const char *group, const char *key)
{
  g_auto (GStrv) lines = g_strsplit (data, "\n", -1);
  gboolean is_inside = FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]);
      gsize length = strlen (key);

      if (*line == '[')
        is_inside = g_str_has_prefix (line + 1, group) && line[1 + strlen (group)] == ']';
      else if (is_inside && strncmp (line, key, length) == 0 && strchr (" =[", line[length]))
        return i + 1;
    }
  return 0;
}

/* Whether every {value} in @text is in @model, too. */
static gboolean
has_only_values_of (const char *text, const char *model, char **out_value)
{
  for (const char *at = strchr (text, '{'); at != NULL; at = strchr (at + 1, '{'))
    {
      const char *end = strchr (at, '}');
      g_autofree char *value = end != NULL ? g_strndup (at, (gsize)(end + 1 - at)) : NULL;

      if (value != NULL && strstr (model, value) != NULL)
        continue;
      *out_value = value != NULL ? g_steal_pointer (&value) : g_strdup (at);
      return FALSE;
    }
  return TRUE;
}

/* Adds the key in the language of @labels. @is_own: a file that replaces labels. */
static gboolean
add_label (AttestCatalogue *labels, GKeyFile *file, const char *path, const char *data,
           const char *group, const char *key, GError **error)
{
  g_autofree char *name = g_strconcat (group, ".", key, NULL);
  g_autofree char *text = g_key_file_get_locale_string (file, group, key, labels->lang, NULL);
  const char *model = g_hash_table_lookup (labels->texts, name);
  g_autofree char *value = NULL;

  if (path != NULL && model == NULL)
    return attest_throw (error, ATTEST_ERROR_INPUT, "%s:%u: there is no label '%s' in [%s]", path,
                         find_line (data, group, key), key, group);
  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return attest_throw (error, ATTEST_ERROR_INPUT, "%s:%u: the label '%s' cannot be read as UTF-8",
                         path != NULL ? path : "labels.ini", find_line (data, group, key), key);
  if (path != NULL && !has_only_values_of (text, model, &value))
    return attest_throw (error, ATTEST_ERROR_INPUT,
                         "%s:%u: the label '%s' has no value %s; it is: %s", path,
                         find_line (data, group, key), key, value, model);
  g_hash_table_replace (labels->texts, g_steal_pointer (&name), g_steal_pointer (&text));
  return TRUE;
}

/* @path: (nullable) NULL: the catalogue itself. */
static gboolean
read_labels (AttestCatalogue *labels, const char *path, const char *data, gsize length_bytes,
             GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) inner = NULL;
  g_auto (GStrv) groups = NULL;

  if (!g_key_file_load_from_data (file, data, length_bytes, G_KEY_FILE_KEEP_TRANSLATIONS, &inner))
    {
      g_autofree char *reason = attest_text_printable (inner->message, strlen (inner->message), 0);

      return attest_throw (error, ATTEST_ERROR_INPUT, "%s: %s", path != NULL ? path : "labels.ini",
                           reason);
    }
  groups = g_key_file_get_groups (file, NULL);
  for (char **group = groups; *group != NULL; group++)
    {
      g_auto (GStrv) keys = g_key_file_get_keys (file, *group, NULL, NULL);

      for (char **key = keys; *key != NULL; key++)
        if (strchr (*key, '[') == NULL
            && !add_label (labels, file, path, data, *group, *key, error))
          return FALSE;
    }
  return TRUE;
}

AttestCatalogue *
attest_catalogue_new (const char *lang, const char *path, GError **error)
{
  g_autoptr (AttestCatalogue) labels = g_new0 (AttestCatalogue, 1);
  g_autoptr (GBytes) catalogue
      = g_resource_lookup_data (attest_report_get_resource (), "/attest/report/labels.ini",
                                G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *own = NULL;
  gsize own_bytes;

  g_assert (catalogue != NULL && g_strv_contains (langs, lang));
  labels->lang = g_intern_string (lang);
  labels->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!read_labels (labels, NULL, g_bytes_get_data (catalogue, NULL), g_bytes_get_size (catalogue),
                    error))
    return NULL;
  if (path != NULL
      && (!g_file_get_contents (path, &own, &own_bytes, error)
          || !read_labels (labels, path, own, own_bytes, error)))
    return NULL;
  return g_steal_pointer (&labels);
}

/* ---- asking ---- */

const char *
attest_catalogue_get_lang (const AttestCatalogue *labels)
{
  return labels->lang;
}

const char *
attest_catalogue_find (const AttestCatalogue *labels, const char *name)
{
  return g_hash_table_lookup (labels->texts, name);
}

const char *
attest_catalogue_get (const AttestCatalogue *labels, const char *name)
{
  const char *text = attest_catalogue_find (labels, name);

  g_assert (text != NULL);
  return text;
}

const char *
attest_catalogue_get_word (const AttestCatalogue *labels, const char *group, const char *key)
{
  g_autofree char *name = g_strconcat (group, ".", key, NULL);
  const char *text = attest_catalogue_find (labels, name);

  return text != NULL ? text : key;
}

/* The value of a name of @length in the pairs, or NULL. */
static const char *
find_value (const char *const *pairs, const char *name, gsize length)
{
  for (; pairs[0] != NULL && pairs[1] != NULL; pairs += 2)
    if (strncmp (pairs[0], name, length) == 0 && pairs[0][length] == '\0')
      return pairs[1];
  return NULL;
}

char *
attest_catalogue_dup_with (const AttestCatalogue *labels, const char *name,
                           const char *const *pairs)
{
  GString *text = g_string_new (NULL);
  const char *at = attest_catalogue_get (labels, name);

  while (*at != '\0')
    {
      const char *end = *at == '{' ? strchr (at, '}') : NULL;
      const char *value = end != NULL ? find_value (pairs, at + 1, (gsize)(end - at - 1)) : NULL;

      if (value == NULL)
        {
          g_string_append_c (text, *at++);
          continue;
        }
      g_string_append (text, value);
      at = end + 1;
    }
  return g_string_free (text, FALSE);
}

char *
attest_catalogue_dup (const AttestCatalogue *labels, const char *name, ...)
{
  g_autoptr (GPtrArray) pairs = g_ptr_array_new ();
  const char *word;
  va_list args;

  va_start (args, name);
  while ((word = va_arg (args, const char *)) != NULL)
    {
      g_ptr_array_add (pairs, (gpointer)word);
      g_ptr_array_add (pairs, (gpointer)va_arg (args, const char *));
    }
  va_end (args);
  g_ptr_array_add (pairs, NULL);
  return attest_catalogue_dup_with (labels, name, (const char *const *)pairs->pdata);
}
