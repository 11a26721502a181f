#include "codebook/attest-ledger-file.h"

#include <string.h>

#include "codebook/attest-codebook-private.h"

/* A map has no more keys than a kind of entry has. */
#define MAX_FIELDS 12

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

/* ---- freeing ---- */

static void
clear_link (gpointer item)
{
  AttestLedgerFileLink *link = item;

  g_free (link->stance);
  g_free (link->to.text);
  g_free (link->note.text);
  g_free (link->document.text);
  g_free (link->page.text);
  g_free (link->quote.text);
}

static void
free_entry (gpointer item)
{
  AttestLedgerFileEntry *entry = item;

  g_free (entry->id.text);
  for (guint i = 0; i < ATTEST_N_LEDGER_FIELDS; i++)
    g_free (entry->fields[i].text);
  g_array_unref (entry->links);
  g_free (entry);
}

static void
clear_value (gpointer item)
{
  AttestLedgerFileValue *value = item;

  g_free (value->key.text);
  g_free (value->value.text);
}

static void
clear_scope (gpointer item)
{
  AttestLedgerFileScope *scope = item;

  g_free (scope->criterion.text);
  g_free (scope->scope.text);
  g_free (scope->name.text);
  g_free (scope->because.text);
}

static void
clear_rating (gpointer item)
{
  AttestLedgerFileRating *rating = item;

  g_free (rating->criterion.text);
  g_free (rating->level.text);
  g_free (rating->scale.text);
  g_free (rating->because.text);
}

static void
clear_silence (gpointer item)
{
  AttestLedgerFileSilence *silence = item;

  g_free (silence->check.text);
  g_free (silence->of.text);
  g_free (silence->about.text);
  g_free (silence->because.text);
}

static GArray *
new_array (gsize item_bytes, GDestroyNotify clear)
{
  GArray *array = g_array_new (FALSE, TRUE, (guint)item_bytes);

  g_array_set_clear_func (array, clear);
  return array;
}

/* ---- texts ---- */

/* NULL with the problem told: no text. */
static char *
read_text (AttestCodebookParser *parser, const AttestYaml *value, const char *what)
{
  char *text = attest_codebook_read_text (parser, value, what);

  if (text != NULL && *g_strstrip (text) == '\0')
    {
      attest_codebook_complain (parser, value, "type", "%s is empty", what);
      g_clear_pointer (&text, g_free);
    }
  if (text != NULL && strlen (text) > ATTEST_MAX_LEDGER_TEXT_BYTES)
    {
      attest_codebook_complain (parser, value, "limit", "%s is longer than %d bytes", what,
                                ATTEST_MAX_LEDGER_TEXT_BYTES);
      g_clear_pointer (&text, g_free);
    }
  return text;
}

static void
read_into (AttestCodebookParser *parser, const AttestYaml *value, const char *what,
           AttestLedgerText *out)
{
  out->byte = value->start_byte;
  out->text = read_text (parser, value, what);
}

/* A key of a map whose value is a text. */
typedef struct
{
  const char *name;
  gsize offset; /* of its AttestLedgerText in the target */
  gboolean is_required;
} Field;

static const Field *
find_field (const Field *fields, const char *name)
{
  for (; fields->name != NULL; fields++)
    if (strcmp (fields->name, name) == 0)
      return fields;
  return NULL;
}

static void
complain_unknown (AttestCodebookParser *parser, const AttestYaml *key, const Field *fields,
                  const char *what)
{
  const char *names[MAX_FIELDS + 1] = { NULL };
  g_autofree char *list = NULL;
  const char *nearest;

  for (guint i = 0; fields[i].name != NULL; i++)
    names[i] = fields[i].name;
  nearest = attest_codebook_nearest (key->text, names);
  list = g_strjoinv (", ", (char **)names);
  if (nearest != NULL)
    attest_codebook_complain (parser, key, "unknown-key", "unknown key '%s': did you mean '%s'?",
                              key->text, nearest);
  else
    attest_codebook_complain (parser, key, "unknown-key", "unknown key '%s': %s has %s", key->text,
                              what, list);
}

static gboolean
check_map (AttestCodebookParser *parser, const AttestYaml *map, const char *what)
{
  if (map->kind == ATTEST_YAML_MAP)
    return TRUE;
  attest_codebook_complain (parser, map, "type", "%s is a map: 'key: value' on each line", what);
  return FALSE;
}

/* Reads the texts of a map into @target. @other: (nullable) called for keys that are none of
 * @fields, and says whether it took them. */
static void
read_fields (AttestCodebookParser *parser, const AttestYaml *map, const Field *fields,
             const char *what, char *target,
             gboolean (*other) (AttestCodebookParser *parser, const AttestYaml *key,
                                const AttestYaml *value, gpointer target))
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (!check_map (parser, map, what))
    return;
  for (guint i = 0; i + 1 < map->items->len; i += 2)
    {
      const AttestYaml *key = g_ptr_array_index (map->items, i);
      const AttestYaml *value = g_ptr_array_index (map->items, i + 1);
      const Field *field;

      if (key->kind != ATTEST_YAML_SCALAR)
        attest_codebook_complain (parser, key, "type", "a key of %s is a single word", what);
      else if (!g_hash_table_add (seen, key->text))
        attest_codebook_complain (parser, key, "duplicate-key",
                                  "key '%s' is there twice: remove one", key->text);
      else if ((field = find_field (fields, key->text)) != NULL)
        {
          g_autofree char *name = g_strdup_printf ("the %s", field->name);

          if (!attest_yaml_is_blank (value))
            read_into (parser, value, name, (AttestLedgerText *)(gpointer)(target + field->offset));
        }
      else if (other == NULL || !other (parser, key, value, target))
        complain_unknown (parser, key, fields, what);
    }
  for (; fields->name != NULL; fields++)
    {
      const AttestLedgerText *text = (gpointer)(target + fields->offset);

      /* What was read and was no text has a place, and was told. */
      if (fields->is_required && text->text == NULL && text->byte == 0)
        attest_codebook_complain (parser, map, "missing-key", "%s needs '%s'", what, fields->name);
    }
}

/* ---- entries ---- */

#define TO(name)                                                                                   \
  {                                                                                                \
    name, G_STRUCT_OFFSET (AttestLedgerFileLink, to), FALSE                                        \
  }

static const Field link_fields[]
    = { TO ("supports"),
        TO ("contradicts"),
        TO ("context"),
        { "note", G_STRUCT_OFFSET (AttestLedgerFileLink, note), FALSE },
        { "document", G_STRUCT_OFFSET (AttestLedgerFileLink, document), FALSE },
        { "page", G_STRUCT_OFFSET (AttestLedgerFileLink, page), FALSE },
        { "quote", G_STRUCT_OFFSET (AttestLedgerFileLink, quote), FALSE },
        { NULL } };

static void
read_link (AttestCodebookParser *parser, const AttestYaml *value, gpointer links)
{
  AttestLedgerFileLink link = { .byte = value->start_byte };

  if (!check_map (parser, value, "what an entry rests on"))
    return;
  for (guint i = 0; i + 1 < value->items->len; i += 2)
    {
      const AttestYaml *key = g_ptr_array_index (value->items, i);
      const Field *field
          = key->kind == ATTEST_YAML_SCALAR ? find_field (link_fields, key->text) : NULL;

      if (field == NULL || field->offset != G_STRUCT_OFFSET (AttestLedgerFileLink, to))
        continue;
      if (link.stance != NULL)
        {
          attest_codebook_complain (parser, key, "stance",
                                    "'%s' and '%s' of one link: begin another with '- %s: …'",
                                    link.stance, key->text, key->text);
          g_free (link.stance);
          return;
        }
      link.stance = g_strdup (key->text);
    }
  read_fields (parser, value, link_fields, "what an entry rests on", (char *)&link, NULL);
  if (link.stance == NULL)
    attest_codebook_complain (parser, value, "missing-key",
                              "what an entry rests on begins with '- supports: ID', '- "
                              "contradicts: ID' or '- context: ID'");
  if ((link.document.text != NULL) != (link.quote.text != NULL))
    attest_codebook_complain (parser, value, "missing-key",
                              "a document is quoted with what it says: 'document' and 'quote'");
  else if (link.stance != NULL && link.to.text == NULL && link.document.text == NULL
           && link.to.byte == 0)
    attest_codebook_complain (parser, value, "missing-key",
                              "'%s' of what? Name a quote, an entry, or a document", link.stance);
  if (link.stance == NULL || (link.to.text == NULL && link.document.text == NULL))
    clear_link (&link);
  else
    g_array_append_val ((GArray *)links, link);
}

static gboolean
read_rests_on (AttestCodebookParser *parser, const AttestYaml *key, const AttestYaml *value,
               gpointer target)
{
  AttestLedgerFileEntry *entry = target;

  if (strcmp (key->text, "rests_on") != 0)
    return FALSE;
  if (value->kind == ATTEST_YAML_LIST)
    attest_codebook_read_each (parser, value, read_link, entry->links);
  else if (!attest_yaml_is_blank (value))
    attest_codebook_complain (parser, value, "type",
                              "rests_on is a list: begin each with '- supports: ID'");
  return TRUE;
}

#define FIELD(name, field)                                                                         \
  {                                                                                                \
    name,                                                                                          \
        G_STRUCT_OFFSET (AttestLedgerFileEntry, fields)                                            \
            + ATTEST_LEDGER_##field * sizeof (AttestLedgerText),                                   \
        ATTEST_LEDGER_##field == ATTEST_LEDGER_TEXT                                                \
  }

static const Field entry_fields[] = { { "id", G_STRUCT_OFFSET (AttestLedgerFileEntry, id), FALSE },
                                      FIELD ("text", TEXT),
                                      FIELD ("criterion", CRITERION),
                                      FIELD ("addressee", ADDRESSEE),
                                      FIELD ("priority", PRIORITY),
                                      FIELD ("time_frame", TIME_FRAME),
                                      FIELD ("resources", RESOURCES),
                                      FIELD ("withdrawn", WITHDRAWN),
                                      { NULL } };

static void
read_entry (AttestCodebookParser *parser, const AttestYaml *value, AttestLedgerFile *file,
            AttestLedgerSection section)
{
  AttestLedgerFileEntry *entry = g_new0 (AttestLedgerFileEntry, 1);

  entry->section = section;
  entry->byte = value->start_byte;
  entry->links = new_array (sizeof (AttestLedgerFileLink), clear_link);
  read_fields (parser, value, entry_fields, "an entry", (char *)entry, read_rests_on);
  g_ptr_array_add (file->entries, entry);
}

/* FALSE: neither a list nor nothing. */
static gboolean
begin_list (AttestCodebookParser *parser, const AttestYaml *value, AttestLedgerPart *part,
            const char *what)
{
  part->is_there = TRUE;
  part->byte = value->start_byte;
  if (value->kind == ATTEST_YAML_LIST)
    return TRUE;
  attest_codebook_complain (parser, value, "type",
                            "%s are a list: begin each with '- ', or [] "
                            "where there are none",
                            what);
  return FALSE;
}

static void
read_section (AttestCodebookParser *parser, const AttestYaml *value, AttestLedgerFile *file,
              AttestLedgerSection section)
{
  if (begin_list (parser, value, &file->sections[section], section_names[section]))
    for (guint i = 0; i < value->items->len; i++)
      read_entry (parser, g_ptr_array_index (value->items, i), file, section);
}

#define SECTION(name, section)                                                                     \
  static void read_##name (AttestCodebookParser *parser, const AttestYaml *value, gpointer file)   \
  {                                                                                                \
    read_section (parser, value, file, ATTEST_LEDGER_##section);                                   \
  }
SECTION (findings, FINDINGS)
SECTION (conclusions, CONCLUSIONS)
SECTION (recommendations, RECOMMENDATIONS)
SECTION (lessons, LESSONS)
SECTION (practices, PRACTICES)

/* ---- the project ---- */

/* A text, or a list of them. */
static char *
read_value (AttestCodebookParser *parser, const AttestYaml *value)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  if (value->kind != ATTEST_YAML_LIST)
    return read_text (parser, value, "a value");
  for (guint i = 0; i < value->items->len; i++)
    {
      g_autofree char *item = read_text (parser, g_ptr_array_index (value->items, i), "an item");

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
  if (!check_map (parser, map, "what is known of the project"))
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
  if (!check_map (parser, value, "translations"))
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

static const Field scope_fields[] = { OF (AttestLedgerFileScope, criterion, TRUE),
                                      OF (AttestLedgerFileScope, scope, TRUE),
                                      OF (AttestLedgerFileScope, name, FALSE),
                                      OF (AttestLedgerFileScope, because, TRUE),
                                      { NULL } };
static const Field rating_fields[] = { OF (AttestLedgerFileRating, criterion, TRUE),
                                       OF (AttestLedgerFileRating, level, TRUE),
                                       OF (AttestLedgerFileRating, scale, FALSE),
                                       OF (AttestLedgerFileRating, because, TRUE),
                                       { NULL } };
static const Field silence_fields[] = { OF (AttestLedgerFileSilence, check, TRUE),
                                        OF (AttestLedgerFileSilence, of, TRUE),
                                        OF (AttestLedgerFileSilence, about, FALSE),
                                        OF (AttestLedgerFileSilence, because, TRUE),
                                        { NULL } };

static void
read_scope (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  AttestLedgerFileScope scope = { .byte = value->start_byte };
  guint n_errors = parser->n_errors;

  read_fields (parser, value, scope_fields, "a criterion", (char *)&scope, NULL);
  if (scope.scope.text != NULL && strcmp (scope.scope.text, "added") != 0
      && strcmp (scope.scope.text, "dropped") != 0)
    attest_codebook_complain_at (parser, scope.scope.byte, "scope",
                                 "the scope is 'added' or 'dropped'");
  if (parser->n_errors == n_errors)
    g_array_append_val ((GArray *)target, scope);
  else
    clear_scope (&scope);
}

static void
read_rating (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  AttestLedgerFileRating rating = { .byte = value->start_byte };
  guint n_errors = parser->n_errors;

  read_fields (parser, value, rating_fields, "a rating", (char *)&rating, NULL);
  if (parser->n_errors == n_errors)
    g_array_append_val ((GArray *)target, rating);
  else
    clear_rating (&rating);
}

static void
read_silence (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  AttestLedgerFileSilence silence = { .byte = value->start_byte };
  guint n_errors = parser->n_errors;

  read_fields (parser, value, silence_fields, "a silence", (char *)&silence, NULL);
  if (parser->n_errors == n_errors)
    g_array_append_val ((GArray *)target, silence);
  else
    clear_silence (&silence);
}

static void
read_criteria (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  AttestLedgerFile *file = target;

  if (begin_list (parser, value, &file->criteria, "criteria"))
    attest_codebook_read_each (parser, value, read_scope, file->scopes);
}

static void
read_ratings (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  AttestLedgerFile *file = target;

  if (begin_list (parser, value, &file->ratings, "ratings"))
    attest_codebook_read_each (parser, value, read_rating, file->rated);
}

static void
read_silences (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  AttestLedgerFile *file = target;

  if (begin_list (parser, value, &file->silences, "silences"))
    attest_codebook_read_each (parser, value, read_silence, file->silenced);
}

/* ---- the file ---- */

static const AttestCodebookKey file_keys[] = {
  { "attest", TRUE, attest_codebook_read_format },
  { "project", FALSE, read_project },
  { "translations", FALSE, read_translations },
  { "criteria", FALSE, read_criteria },
  { "findings", FALSE, read_findings },
  { "conclusions", FALSE, read_conclusions },
  { "recommendations", FALSE, read_recommendations },
  { "lessons", FALSE, read_lessons },
  { "practices", FALSE, read_practices },
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

  file->entries = g_ptr_array_new_with_free_func (free_entry);
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
