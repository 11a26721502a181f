#include "codebook/attest-ledger-file.h"

#include <string.h>

#include "codebook/attest-ledger-file-private.h"

struct _AttestLedgerFilePrivate
{
  AttestCodebook *codebook; /* only its text and path */
  AttestYamlFile *yaml;     /* (nullable) */
  AttestCodebookParser parser;
};

static const char *const section_names[ATTEST_N_LEDGER_SECTIONS]
    = { "findings", "conclusions", "recommendations", "lessons", "practices" };

const char *
attest_ledger_section_to_string (AttestLedgerSection section)
{
  return section_names[section];
}

/* ---- the project ---- */

static void
clear_value (gpointer item)
{
  AttestLedgerFileValue *value = item;

  g_free (value->key.text);
  g_free (value->value.text);
}

/* A text, or a list of them. */
static char *
read_value (AttestCodebookParser *parser, const AttestYaml *value)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  if (value->kind != ATTEST_YAML_LIST)
    return attest_ledger_read_text (parser, value, "a value");
  for (guint i = 0; i < value->items->len; i++)
    {
      g_autofree char *item
          = attest_ledger_read_text (parser, g_ptr_array_index (value->items, i), "an item");

      if (item == NULL)
        return NULL;
      g_string_append_printf (lines, "%s%s", i > 0 ? "\n" : "", item);
    }
  return lines->len > 0 ? g_string_free (g_steal_pointer (&lines), FALSE) : NULL;
}

static void
read_values (AttestCodebookParser *parser, const AttestYaml *map, AttestLedgerFile *file,
             const char *lang)
{
  if (!attest_ledger_check_map (parser, map, "what is known of the project"))
    return;
  for (guint i = 0; i + 1 < map->items->len; i += 2)
    {
      const AttestYaml *key = g_ptr_array_index (map->items, i);
      const AttestYaml *value = g_ptr_array_index (map->items, i + 1);
      AttestLedgerFileValue item = { .lang = lang };

      if (key->kind != ATTEST_YAML_SCALAR)
        {
          attest_codebook_complain (parser, key, "type", "a key is a single word");
          continue;
        }
      item.key = (AttestLedgerText){ g_strdup (key->text), key->start_byte };
      item.value.byte = value->start_byte;
      if (!attest_yaml_is_blank (value))
        item.value.text = read_value (parser, value);
      g_array_append_val (file->values, item);
    }
}

static void
read_project (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  AttestLedgerFile *file = target;

  file->project = (AttestLedgerPart){ TRUE, value->start_byte };
  read_values (parser, value, file, "");
}

static void
read_translations (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  AttestLedgerFile *file = target;

  file->translations = (AttestLedgerPart){ TRUE, value->start_byte };
  if (!attest_ledger_check_map (parser, value, "translations"))
    return;
  for (guint i = 0; i + 1 < value->items->len; i += 2)
    {
      const char *lang = attest_codebook_read_lang (parser, g_ptr_array_index (value->items, i));

      if (lang != NULL)
        read_values (parser, g_ptr_array_index (value->items, i + 1), file, lang);
    }
}

/* ---- criteria, ratings, silences ---- */

#define OF(type, field, required)                                                                  \
  {                                                                                                \
#field, G_STRUCT_OFFSET(type, field), required                                                 \
  }

static const AttestLedgerKey scope_fields[] = { OF (AttestLedgerFileScope, criterion, TRUE),
                                                OF (AttestLedgerFileScope, scope, TRUE),
                                                OF (AttestLedgerFileScope, name, FALSE),
                                                OF (AttestLedgerFileScope, because, TRUE),
                                                { NULL } };
static const AttestLedgerKey rating_fields[] = { OF (AttestLedgerFileRating, criterion, TRUE),
                                                 OF (AttestLedgerFileRating, level, TRUE),
                                                 OF (AttestLedgerFileRating, scale, FALSE),
                                                 OF (AttestLedgerFileRating, because, TRUE),
                                                 { NULL } };
static const AttestLedgerKey silence_fields[] = { OF (AttestLedgerFileSilence, check, TRUE),
                                                  OF (AttestLedgerFileSilence, of, TRUE),
                                                  OF (AttestLedgerFileSilence, about, FALSE),
                                                  OF (AttestLedgerFileSilence, because, TRUE),
                                                  { NULL } };

static void
check_scope (AttestCodebookParser *parser, gconstpointer item)
{
  const AttestLedgerText *scope = &((const AttestLedgerFileScope *)item)->scope;

  if (scope->text != NULL && strcmp (scope->text, "added") != 0
      && strcmp (scope->text, "dropped") != 0)
    attest_codebook_complain_at (parser, scope->byte, "scope", "the scope is 'added' or 'dropped'");
}

/* What an item of a list is: rows of these are read and freed alike. */
typedef struct
{
  const AttestLedgerKey *keys;
  const char *what;
  gsize item_bytes, byte_offset; /* byte_offset: of the place of the item */
  void (*check) (AttestCodebookParser *parser, gconstpointer item); /* (nullable) */
} ItemKind;

#define KIND(type, keys, what, check)                                                              \
  {                                                                                                \
    keys, what, sizeof (type), G_STRUCT_OFFSET (type, byte), check                                 \
  }

static const ItemKind scope_kind
    = KIND (AttestLedgerFileScope, scope_fields, "a criterion", check_scope);
static const ItemKind rating_kind = KIND (AttestLedgerFileRating, rating_fields, "a rating", NULL);
static const ItemKind silence_kind
    = KIND (AttestLedgerFileSilence, silence_fields, "a silence", NULL);

/* Items with errors are left out: they were told. */
static void
read_items (AttestCodebookParser *parser, const AttestYaml *list, const ItemKind *kind,
            GArray *items)
{
  for (guint i = 0; i < list->items->len; i++)
    {
      const AttestYaml *value = g_ptr_array_index (list->items, i);
      g_autofree char *item = g_malloc0 (kind->item_bytes);
      guint n_errors = parser->n_errors;

      *(gsize *)(gpointer)(item + kind->byte_offset) = value->start_byte;
      attest_ledger_read_keys (parser, value, kind->keys, kind->what, item, NULL);
      if (kind->check != NULL)
        kind->check (parser, item);
      if (parser->n_errors == n_errors)
        g_array_append_vals (items, item, 1);
      else
        attest_ledger_clear_texts (kind->keys, item);
    }
}

static void
clear_scope (gpointer item)
{
  attest_ledger_clear_texts (scope_fields, item);
}

static void
clear_rating (gpointer item)
{
  attest_ledger_clear_texts (rating_fields, item);
}

static void
clear_silence (gpointer item)
{
  attest_ledger_clear_texts (silence_fields, item);
}

static void
read_criteria (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  AttestLedgerFile *file = target;

  if (attest_ledger_begin_list (parser, value, &file->criteria, "criteria"))
    read_items (parser, value, &scope_kind, file->scopes);
}

static void
read_ratings (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  AttestLedgerFile *file = target;

  if (attest_ledger_begin_list (parser, value, &file->ratings, "ratings"))
    read_items (parser, value, &rating_kind, file->rated);
}

static void
read_silences (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  AttestLedgerFile *file = target;

  if (attest_ledger_begin_list (parser, value, &file->silences, "silences"))
    read_items (parser, value, &silence_kind, file->silenced);
}

/* ---- the file ---- */

static GArray *
new_array (gsize item_bytes, GDestroyNotify clear)
{
  GArray *array = g_array_new (FALSE, TRUE, (guint)item_bytes);

  g_array_set_clear_func (array, clear);
  return array;
}

static const AttestCodebookKey file_keys[] = {
  { "attest", TRUE, attest_codebook_read_format },
  { "project", FALSE, read_project },
  { "translations", FALSE, read_translations },
  { "criteria", FALSE, read_criteria },
  { "findings", FALSE, attest_ledger_read_findings },
  { "conclusions", FALSE, attest_ledger_read_conclusions },
  { "recommendations", FALSE, attest_ledger_read_recommendations },
  { "lessons", FALSE, attest_ledger_read_lessons },
  { "practices", FALSE, attest_ledger_read_practices },
  { "ratings", FALSE, read_ratings },
  { "silences", FALSE, read_silences },
  { NULL },
};

static const AttestCodebookFormat format = {
  .name = "ledger/1",
  .noun = "ledger",
  .keys = file_keys,
};

AttestLedgerFile *
attest_ledger_file_parse (const char *path, const char *text, gsize length_bytes)
{
  AttestLedgerFile *file = g_new0 (AttestLedgerFile, 1);
  AttestLedgerFilePrivate *private = g_new0 (AttestLedgerFilePrivate, 1);

  file->entries = g_ptr_array_new_with_free_func (attest_ledger_free_entry);
  file->values = new_array (sizeof (AttestLedgerFileValue), clear_value);
  file->scopes = new_array (sizeof (AttestLedgerFileScope), clear_scope);
  file->rated = new_array (sizeof (AttestLedgerFileRating), clear_rating);
  file->silenced = new_array (sizeof (AttestLedgerFileSilence), clear_silence);
  file->private = private;
  private->codebook = attest_codebook_new (path, text, length_bytes);
  private->parser = (AttestCodebookParser){ .codebook = private->codebook,
                                            .format = &format,
                                            .problems = attest_problems_new () };
  private->yaml = attest_codebook_read_yaml (&private->parser);
  private->parser.yaml = private->yaml;
  if (private->yaml != NULL)
    attest_codebook_read_map (&private->parser, attest_yaml_file_root (private->yaml), file_keys,
                              "a ledger", file);
  return file;
}

AttestLedgerFile *
attest_ledger_file_load (const char *path, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *display_name = g_filename_display_name (path);

  return attest_codebook_read_file (path, text, error)
             ? attest_ledger_file_parse (display_name, text->str, text->len)
             : NULL;
}

void
attest_ledger_file_free (AttestLedgerFile *file)
{
  if (file == NULL)
    return;
  g_ptr_array_unref (file->entries);
  g_array_unref (file->values);
  g_array_unref (file->scopes);
  g_array_unref (file->rated);
  g_array_unref (file->silenced);
  g_array_unref (file->private->parser.problems);
  g_clear_pointer (&file->private->yaml, attest_yaml_file_free);
  attest_codebook_unref (file->private->codebook);
  g_free (file->private);
  g_free (file);
}

gboolean
attest_ledger_file_is_readable (const AttestLedgerFile *file)
{
  return file->private->yaml != NULL;
}

guint
attest_ledger_file_get_n_errors (const AttestLedgerFile *file)
{
  return file->private->parser.n_errors;
}

void
attest_ledger_file_complain (AttestLedgerFile *file, gsize byte, const char *check,
                             const char *format_string, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format_string);
  message = g_strdup_vprintf (format_string, args);
  va_end (args);
  attest_codebook_complain_at (&file->private->parser, byte, check, "%s", message);
}

gboolean
attest_ledger_file_finish (AttestLedgerFile *file, GArray *problems, GError **error)
{
  attest_codebook_hand_over_problems (&file->private->parser, problems, error);
  return file->private->parser.n_errors == 0;
}
