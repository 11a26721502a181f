/* attest-codebook: the life of a codebook, and looking things up in it. */
#include "codebook/attest-codebook.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "codebook/attest-codebook-private.h"
#include "util/attest-error.h"
#include "util/attest-hash.h"
#include "util/attest-limits.h"
#include "util/attest-path.h"

#define SUBDIR "codebooks"
#define SUFFIX ".yaml"
#define READ_BYTES 65536

/* What others see, and what only this file does. */
typedef struct
{
  AttestCodebook public;
  GHashTable *codes_by_id; /* id → index + 1 */
  GPtrArray *lang_lists;   /* of const char *[], NULL-terminated */
} Codebook;

static void
clear_pattern (gpointer data)
{
  AttestCodebookPattern *pattern = data;

  g_free (pattern->name);
  g_free (pattern->source);
  attest_pattern_unref (pattern->pattern);
}

static void
clear_rule (gpointer data)
{
  g_free (((AttestRule *)data)->id);
}

static void
clear_example (gpointer data)
{
  AttestExample *example = data;

  g_free (example->lang);
  g_free (example->text);
  g_free (example->asked);
}

static void
clear_confusion (gpointer data)
{
  AttestConfusion *confusion = data;

  g_free (confusion->with);
  g_free (confusion->rule);
}

static void
clear_code (gpointer data)
{
  AttestCode *code = data;

  g_free (code->id);
  g_clear_pointer (&code->name, g_hash_table_unref);
  g_free (code->question);
  g_free (code->definition);
  g_free (code->include);
  g_free (code->exclude);
  g_clear_pointer (&code->confusions, g_array_unref);
  g_clear_pointer (&code->examples, g_array_unref);
  g_clear_pointer (&code->requires, g_array_unref);
  g_clear_pointer (&code->excludes, g_array_unref);
}

static void
clear_dimension (gpointer data)
{
  AttestDimension *dimension = data;

  g_free (dimension->id);
  g_clear_pointer (&dimension->title, g_hash_table_unref);
}

static void
clear_fragment (gpointer data)
{
  AttestFragment *fragment = data;

  g_free (fragment->name);
  g_free (fragment->source);
  g_free (fragment->body);
  g_strfreev (fragment->parameters);
}

static GArray *
new_array (gsize element_bytes, GDestroyNotify clear)
{
  GArray *array = g_array_new (FALSE, TRUE, (guint)element_bytes);

  g_array_set_clear_func (array, clear);
  return array;
}

GArray *
attest_codebook_new_examples (void)
{
  return new_array (sizeof (AttestExample), clear_example);
}

GArray *
attest_codebook_new_confusions (void)
{
  return new_array (sizeof (AttestConfusion), clear_confusion);
}

AttestCodebook *
attest_codebook_new (const char *path, const char *text, gsize length_bytes)
{
  Codebook *codebook = g_atomic_rc_box_new0 (Codebook);
  AttestCodebook *public = &codebook->public;

  public->path = g_strdup (path);
  public->text = g_strndup (text, length_bytes);
  public->length_bytes = length_bytes;
  public->sha256 = attest_sha256_hex (text, length_bytes);
  public->dimensions = new_array (sizeof (AttestDimension), clear_dimension);
  public->fragments = new_array (sizeof (AttestFragment), clear_fragment);
  public->codes = new_array (sizeof (AttestCode), clear_code);
  public->rules = new_array (sizeof (AttestRule), clear_rule);
  public->patterns = new_array (sizeof (AttestCodebookPattern), clear_pattern);
  public->conditions = g_array_new (FALSE, TRUE, sizeof (AttestCondition));
  public->linked_codes = g_array_new (FALSE, FALSE, sizeof (guint));
  codebook->codes_by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  codebook->lang_lists = g_ptr_array_new_with_free_func (g_free);
  public->langs = attest_codebook_take_langs (public, g_ptr_array_new ());
  return public;
}

static void
clear_codebook (gpointer data)
{
  Codebook *codebook = data;
  AttestCodebook *public = &codebook->public;

  g_free (public->path);
  g_free (public->text);
  g_free (public->sha256);
  g_free (public->id);
  g_free (public->version);
  g_free (public->title);
  g_array_unref (public->linked_codes);
  g_array_unref (public->conditions);
  g_array_unref (public->patterns);
  g_array_unref (public->rules);
  g_array_unref (public->codes);
  g_array_unref (public->fragments);
  g_array_unref (public->dimensions);
  g_hash_table_unref (codebook->codes_by_id);
  g_ptr_array_unref (codebook->lang_lists);
}

AttestCodebook *
attest_codebook_ref (AttestCodebook *codebook)
{
  g_atomic_rc_box_acquire ((Codebook *)codebook);
  return codebook;
}

void
attest_codebook_unref (AttestCodebook *codebook)
{
  if (codebook != NULL)
    g_atomic_rc_box_release_full ((Codebook *)codebook, clear_codebook);
}

const char *const *
attest_codebook_take_langs (AttestCodebook *codebook, GPtrArray *langs)
{
  GPtrArray *lists = ((Codebook *)codebook)->lang_lists;

  g_ptr_array_add (langs, NULL);
  const char **list = (const char **)g_ptr_array_free (langs, FALSE);
  g_ptr_array_add (lists, list);
  return list;
}

gboolean
attest_codebook_index_code (AttestCodebook *codebook, const char *id)
{
  GHashTable *codes_by_id = ((Codebook *)codebook)->codes_by_id;

  if (g_hash_table_contains (codes_by_id, id))
    return FALSE;
  return g_hash_table_insert (codes_by_id, g_strdup (id), GUINT_TO_POINTER (codebook->codes->len));
}

int
attest_codebook_find_code (const AttestCodebook *codebook, const char *id)
{
  GHashTable *codes_by_id = ((const Codebook *)codebook)->codes_by_id;

  return (int)GPOINTER_TO_UINT (g_hash_table_lookup (codes_by_id, id)) - 1;
}

int
attest_codebook_find_dimension (const AttestCodebook *codebook, const char *id)
{
  for (guint i = 0; i < codebook->dimensions->len; i++)
    if (strcmp (attest_codebook_dimension (codebook, i)->id, id) == 0)
      return (int)i;
  return -1;
}

char *
attest_codebook_dup_rule_name (const AttestCodebook *codebook, guint rule)
{
  const AttestRule *r = attest_codebook_rule (codebook, rule);

  return r->id != NULL ? g_strdup (r->id) : g_strdup_printf ("%u", r->number);
}

static int
compare_langs (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
attest_local_text_list_langs (AttestLocalText *text)
{
  GPtrArray *langs = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer lang;

  g_hash_table_iter_init (&iter, text);
  while (g_hash_table_iter_next (&iter, &lang, NULL))
    g_ptr_array_add (langs, lang);
  g_ptr_array_sort (langs, compare_langs);
  return langs;
}

const char *
attest_local_text_get (AttestLocalText *text, const char *lang)
{
  const char *const wanted[] = { lang, "", "en" };

  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      const char *found = wanted[i] != NULL ? g_hash_table_lookup (text, wanted[i]) : NULL;
      if (found != NULL)
        return found;
    }
  g_autoptr (GPtrArray) langs = attest_local_text_list_langs (text);
  return langs->len > 0 ? g_hash_table_lookup (text, g_ptr_array_index (langs, 0)) : NULL;
}

static gboolean
throw_file (GError **error, const char *path, int error_number)
{
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (error_number), "cannot read %s: %s",
               path, g_strerror (error_number));
  return FALSE;
}

gboolean
attest_codebook_read_file (const char *path, GString *out, GError **error)
{
  g_autofree char *display_name = g_filename_display_name (path);
  FILE *file = fopen (path, "rbe");
  gsize got;

  if (file == NULL)
    return throw_file (error, display_name, errno);
  do
    {
      gsize length_bytes = out->len;
      g_string_set_size (out, length_bytes + READ_BYTES);
      got = fread (out->str + length_bytes, 1, READ_BYTES, file);
      g_string_set_size (out, length_bytes + got);
    }
  while (got > 0 && out->len <= ATTEST_MAX_CODEBOOK_BYTES);
  int error_number = ferror (file) ? errno : 0;
  fclose (file);
  return error_number == 0 || throw_file (error, display_name, error_number);
}

static gboolean
is_file_name (const char *name)
{
  return strchr (name, G_DIR_SEPARATOR) != NULL || g_str_has_suffix (name, ".yaml")
         || g_str_has_suffix (name, ".yml");
}

static gpointer
throw_unknown (const char *id, const char *subdir, const char *noun, GError **error)
{
  g_autoptr (GPtrArray) names = attest_path_list_data (subdir, SUFFIX);
  g_autoptr (GString) shipped = g_string_new (NULL);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_string_append_printf (shipped, "%s%.*s", i > 0 ? ", " : "",
                              (int)(strlen (name) - strlen (SUFFIX)), name);
    }
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
               "there is no file and no shipped %s '%s'; shipped are: %s", noun, id,
               shipped->len > 0 ? shipped->str : "none");
  return NULL;
}

char *
attest_codebook_find_file (const char *file_or_id, const char *subdir, const char *noun,
                           GError **error)
{
  g_autofree char *name = NULL;
  char *shipped;

  if (is_file_name (file_or_id) || g_file_test (file_or_id, G_FILE_TEST_IS_REGULAR))
    return g_strdup (file_or_id);
  name = g_strconcat (file_or_id, SUFFIX, NULL);
  shipped = attest_path_find_data (subdir, name);
  return shipped != NULL ? shipped : throw_unknown (file_or_id, subdir, noun, error);
}

AttestCodebook *
attest_codebook_load (const char *file_or_id, GArray *problems, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *path = attest_codebook_find_file (file_or_id, SUBDIR, "codebook", error);
  g_autofree char *display_name = NULL;

  if (path == NULL || !attest_codebook_read_file (path, text, error))
    return NULL;
  display_name = g_filename_display_name (path);
  return attest_codebook_parse (display_name, text->str, text->len, problems, error);
}
