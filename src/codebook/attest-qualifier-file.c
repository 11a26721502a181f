/* attest-qualifier-file: see the header. The first error ends the reading: the files are short. */
#include "codebook/attest-qualifier-file.h"

#include <string.h>

#include "codebook/attest-codebook-private.h"
#include "util/attest-error.h"
#include "util/attest-language.h"
#include "util/attest-limits.h"
#include "util/attest-path.h"
#include "util/attest-text.h"

#define FORMAT "qualifiers/1"
#define SUBDIR "codebooks/qualifiers"
#define SUFFIX ".yaml"
#define DEFAULT_SCOPE_WORDS 6
#define MAX_SCOPE_WORDS 50

#define FILLERS ATTEST_N_QUALIFIERS

/* By AttestTrigger. */
static const struct
{
  guint8 qualifier;
  const char *name;
} triggers[ATTEST_N_TRIGGERS] = {
  [ATTEST_TRIGGER_FILLER] = { FILLERS, "fillers" },
  [ATTEST_TRIGGER_NEGATION] = { ATTEST_QUALIFIER_POLARITY, "negation" },
  [ATTEST_TRIGGER_NEGATION_BACKWARD] = { ATTEST_QUALIFIER_POLARITY, "negation-backward" },
  [ATTEST_TRIGGER_NEGATION_AROUND] = { ATTEST_QUALIFIER_POLARITY, "negation-around" },
  [ATTEST_TRIGGER_REVERSAL] = { ATTEST_QUALIFIER_POLARITY, "reversal" },
  [ATTEST_TRIGGER_STOP] = { ATTEST_QUALIFIER_POLARITY, "stop" },
  [ATTEST_TRIGGER_POSITIVE] = { ATTEST_QUALIFIER_POLARITY, "positive" },
  [ATTEST_TRIGGER_NEGATIVE] = { ATTEST_QUALIFIER_POLARITY, "negative" },
  [ATTEST_TRIGGER_NO_POLARITY] = { ATTEST_QUALIFIER_POLARITY, "none" },
  [ATTEST_TRIGGER_POSSIBLE] = { ATTEST_QUALIFIER_CERTAINTY, "possible" },
  [ATTEST_TRIGGER_CONDITIONAL] = { ATTEST_QUALIFIER_CERTAINTY, "conditional" },
  [ATTEST_TRIGGER_NO_CERTAINTY] = { ATTEST_QUALIFIER_CERTAINTY, "none" },
  [ATTEST_TRIGGER_PAST] = { ATTEST_QUALIFIER_TIME, "past" },
  [ATTEST_TRIGGER_PRESENT] = { ATTEST_QUALIFIER_TIME, "present" },
  [ATTEST_TRIGGER_PLANNED] = { ATTEST_QUALIFIER_TIME, "planned" },
  [ATTEST_TRIGGER_NO_TIME] = { ATTEST_QUALIFIER_TIME, "none" },
  [ATTEST_TRIGGER_OWN] = { ATTEST_QUALIFIER_HOLDER, "own" },
  [ATTEST_TRIGGER_REPORTED] = { ATTEST_QUALIFIER_HOLDER, "reported" },
  [ATTEST_TRIGGER_NO_HOLDER] = { ATTEST_QUALIFIER_HOLDER, "none" },
  [ATTEST_TRIGGER_RECOMMENDATION] = { ATTEST_QUALIFIER_ACT, "recommendation" },
  [ATTEST_TRIGGER_COMPLAINT] = { ATTEST_QUALIFIER_ACT, "complaint" },
  [ATTEST_TRIGGER_PRAISE] = { ATTEST_QUALIFIER_ACT, "praise" },
  [ATTEST_TRIGGER_NO_ACT] = { ATTEST_QUALIFIER_ACT, "none" },
};

guint
attest_trigger_get_qualifier (AttestTrigger trigger)
{
  return triggers[trigger].qualifier;
}

const char *
attest_trigger_get_name (AttestTrigger trigger)
{
  return triggers[trigger].name;
}

/* --- values ------------------------------------------------------------------------------- */

typedef struct
{
  AttestQualifierFile *file;
  const AttestYamlFile *yaml;
} Parser;

static gboolean G_GNUC_PRINTF (4, 5)
    throw_at (const Parser *parser, const AttestYaml *node, GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  guint line, column;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  attest_yaml_place (parser->yaml, node->start_byte, &line, &column);
  return attest_throw (error, ATTEST_ERROR_CODEBOOK, "%s:%u:%u: %s", parser->file->path, line,
                       column, message);
}

typedef gboolean (*ReadItem) (Parser *parser, const AttestYaml *item, guint trigger,
                              GError **error);

static gboolean
read_each (Parser *parser, const AttestYaml *value, ReadItem read, guint trigger, GError **error)
{
  if (attest_yaml_is_blank (value))
    return TRUE;
  if (value->kind != ATTEST_YAML_LIST)
    return throw_at (parser, value, error, "this is a list: [not, never, …]");
  for (guint i = 0; i < value->items->len; i++)
    {
      const AttestYaml *item = g_ptr_array_index (value->items, i);

      if (item->kind != ATTEST_YAML_SCALAR || *item->text == '\0')
        return throw_at (parser, item, error,
                         "a phrase is a text; put quotes around one that has ': ' in it");
      if (!read (parser, item, trigger, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_phrase (Parser *parser, const AttestYaml *item, guint trigger, GError **error)
{
  AttestTriggerPhrase phrase = { .trigger = trigger };
  gsize length_bytes;

  if (strlen (item->text) > ATTEST_MAX_TRIGGER_BYTES)
    return throw_at (parser, item, error, "the phrase is longer than %u bytes",
                     ATTEST_MAX_TRIGGER_BYTES);
  if (parser->file->phrases->len >= ATTEST_MAX_TRIGGERS)
    return throw_at (parser, item, error, "there are more than %u phrases", ATTEST_MAX_TRIGGERS);
  phrase.text = attest_text_to_nfc (item->text, strlen (item->text), &length_bytes);
  if (phrase.text == NULL)
    phrase.text = g_strdup (item->text);
  attest_yaml_place (parser->yaml, item->start_byte, &phrase.line, &phrase.column);
  g_array_append_val (parser->file->phrases, phrase);
  return TRUE;
}

static gboolean
read_elision (Parser *parser, const AttestYaml *item, G_GNUC_UNUSED guint trigger,
              G_GNUC_UNUSED GError **error)
{
  g_ptr_array_add (parser->file->elisions, g_utf8_strdown (item->text, -1));
  return TRUE;
}

static gboolean
read_scope (Parser *parser, const AttestYaml *value, GError **error)
{
  guint64 words;

  if (value->kind != ATTEST_YAML_SCALAR
      || !g_ascii_string_to_unsigned (value->text, 10, 1, MAX_SCOPE_WORDS, &words, NULL))
    return throw_at (parser, value, error, "the scope is a number of words from 1 to %u",
                     MAX_SCOPE_WORDS);
  parser->file->scope_words = (guint)words;
  return TRUE;
}

static gboolean
read_lang (Parser *parser, const AttestYaml *value, GError **error)
{
  if (value->kind != ATTEST_YAML_SCALAR || !attest_language_is_code (value->text))
    return throw_at (parser, value, error, "the language is a code such as en, fr, es or ru");
  g_free (parser->file->lang);
  parser->file->lang = g_strdup (value->text);
  return TRUE;
}

static gboolean
read_format (Parser *parser, const AttestYaml *value, GError **error)
{
  if (value->kind == ATTEST_YAML_SCALAR && strcmp (value->text, FORMAT) == 0)
    return TRUE;
  return throw_at (parser, value, error, "this program reads '" FORMAT "'");
}

/* --- maps --------------------------------------------------------------------------------- */

static gboolean
throw_unknown (const Parser *parser, const AttestYaml *key, const char *const *names,
               GError **error)
{
  const char *name = key->kind == ATTEST_YAML_SCALAR ? key->text : "";
  const char *nearest = attest_codebook_nearest (name, names);
  g_autofree char *list = g_strjoinv (", ", (char **)names);

  return nearest != NULL
             ? throw_at (parser, key, error, "unknown key '%s': did you mean '%s'?", name, nearest)
             : throw_at (parser, key, error, "unknown key '%s': there are %s", name, list);
}

static gboolean
read_qualifier (Parser *parser, const AttestYaml *map, guint qualifier, GError **error)
{
  const char *names[ATTEST_N_TRIGGERS + 1] = { NULL };
  guint numbers[ATTEST_N_TRIGGERS], n_names = 0;

  for (guint i = 0; i < ATTEST_N_TRIGGERS; i++)
    if (triggers[i].qualifier == qualifier)
      {
        numbers[n_names] = i;
        names[n_names++] = triggers[i].name;
      }
  if (map->kind != ATTEST_YAML_MAP)
    return throw_at (parser, map, error, "this is a map of lists: 'negative: […]' on each line");
  for (guint i = 0; i + 1 < map->items->len; i += 2)
    {
      const AttestYaml *key = g_ptr_array_index (map->items, i);
      guint k = 0;

      while (k < n_names && (key->kind != ATTEST_YAML_SCALAR || strcmp (key->text, names[k]) != 0))
        k++;
      if (k == n_names)
        return throw_unknown (parser, key, names, error);
      if (!read_each (parser, g_ptr_array_index (map->items, i + 1), read_phrase, numbers[k],
                      error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_top_key (Parser *parser, const AttestYaml *key, const AttestYaml *value, GError **error)
{
  static const char *const names[]
      = { "attest",    "lang", "scope",  "elisions", "fillers", "polarity",
          "certainty", "time", "holder", "act",      NULL };
  const char *name = key->kind == ATTEST_YAML_SCALAR ? key->text : "";

  if (strcmp (name, "attest") == 0)
    return read_format (parser, value, error);
  if (strcmp (name, "lang") == 0)
    return read_lang (parser, value, error);
  if (strcmp (name, "scope") == 0)
    return read_scope (parser, value, error);
  if (strcmp (name, "elisions") == 0)
    return read_each (parser, value, read_elision, 0, error);
  if (strcmp (name, "fillers") == 0)
    return read_each (parser, value, read_phrase, ATTEST_TRIGGER_FILLER, error);
  for (guint q = 0; q < ATTEST_N_QUALIFIERS; q++)
    if (strcmp (name, attest_qualifier_get_name (q)) == 0)
      return read_qualifier (parser, value, q, error);
  return throw_unknown (parser, key, names, error);
}

static gboolean
read_top (Parser *parser, const AttestYaml *root, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i + 1 < root->items->len; i += 2)
    {
      const AttestYaml *key = g_ptr_array_index (root->items, i);

      if (key->kind == ATTEST_YAML_SCALAR && !g_hash_table_add (seen, key->text))
        return throw_at (parser, key, error, "key '%s' is there twice: put both into one list",
                         key->text);
      if (!read_top_key (parser, key, g_ptr_array_index (root->items, i + 1), error))
        return FALSE;
    }
  if (!g_hash_table_contains (seen, "attest"))
    return throw_at (parser, root, error, "the first line is 'attest: " FORMAT "'");
  return parser->file->lang != NULL || throw_at (parser, root, error, "the file needs 'lang'");
}

/* --- files -------------------------------------------------------------------------------- */

static void
clear_phrase (gpointer item)
{
  g_free (((AttestTriggerPhrase *)item)->text);
}

AttestQualifierFile *
attest_qualifier_file_parse (const char *path, const char *text, gsize length_bytes, GError **error)
{
  g_autoptr (AttestQualifierFile) file = g_new0 (AttestQualifierFile, 1);
  g_autoptr (AttestYamlFile) yaml = NULL;
  g_autoptr (GError) cause = NULL;
  Parser parser = { .file = file };
  const AttestYaml *root;
  guint line, column;

  file->path = g_strdup (path);
  file->scope_words = DEFAULT_SCOPE_WORDS;
  file->elisions = g_ptr_array_new_with_free_func (g_free);
  file->phrases = g_array_new (FALSE, FALSE, sizeof (AttestTriggerPhrase));
  g_array_set_clear_func (file->phrases, clear_phrase);
  parser.yaml = yaml = attest_yaml_parse (text, length_bytes, &line, &column, &cause);
  if (yaml == NULL)
    return attest_throw_null (error, ATTEST_ERROR_CODEBOOK, "%s:%u:%u: %s", path, line, column,
                              cause->message);
  root = attest_yaml_file_root (yaml);
  if (root == NULL || root->kind != ATTEST_YAML_MAP)
    return attest_throw_null (error, ATTEST_ERROR_CODEBOOK, "%s: is no list of qualifiers", path);
  return read_top (&parser, root, error) ? g_steal_pointer (&file) : NULL;
}

void
attest_qualifier_file_free (AttestQualifierFile *file)
{
  if (file == NULL)
    return;
  g_free (file->path);
  g_free (file->lang);
  g_ptr_array_unref (file->elisions);
  g_array_unref (file->phrases);
  g_free (file);
}

GPtrArray *
attest_qualifier_files_load (GError **error)
{
  g_autoptr (GPtrArray) names = attest_path_list_data (SUBDIR, SUFFIX);
  g_autoptr (GPtrArray) files
      = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_qualifier_file_free);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = attest_path_find_data (SUBDIR, g_ptr_array_index (names, i));
      g_autofree char *display_name = path != NULL ? g_filename_display_name (path) : NULL;
      g_autoptr (GString) text = g_string_new (NULL);
      AttestQualifierFile *file;

      if (path == NULL)
        continue;
      if (!attest_codebook_read_file (path, text, error))
        return NULL;
      file = attest_qualifier_file_parse (display_name, text->str, text->len, error);
      if (file == NULL)
        return NULL;
      g_ptr_array_add (files, file);
    }
  return g_steal_pointer (&files);
}
