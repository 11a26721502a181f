/* attest-codebook-values: maps and the simple values in them, with what is wrong about each. */
#include <errno.h>
#include <math.h>
#include <string.h>

#include "codebook/attest-codebook-private.h"
#include "util/attest-language.h"
#include "util/attest-limits.h"
#include "util/attest-text.h"

#define MAX_KEYS 32
#define MAX_WEIGHT 1e6

static guint
find_key (const AttestCodebookKey *keys, const char *name)
{
  guint i = 0;

  while (keys[i].name != NULL && strcmp (keys[i].name, name) != 0)
    i++;
  return i;
}

static void
complain_unknown_key (AttestCodebookParser *parser, const AttestYaml *key,
                      const AttestCodebookKey *keys, const char *what)
{
  const char *names[MAX_KEYS + 1] = { NULL };

  for (guint i = 0; keys[i].name != NULL; i++)
    names[i] = keys[i].name;
  const char *nearest = attest_codebook_nearest (key->text, names);
  if (nearest != NULL)
    {
      attest_codebook_complain (parser, key, "unknown-key", "unknown key '%s': did you mean '%s'?",
                                key->text, nearest);
      return;
    }
  g_autofree char *list = g_strjoinv (", ", (char **)names);
  attest_codebook_complain (parser, key, "unknown-key", "unknown key '%s': %s has %s", key->text,
                            what, list);
}

/* Notes the value of each known key in @values. */
static void
find_values (AttestCodebookParser *parser, const AttestYaml *map, const AttestCodebookKey *keys,
             const char *what, const AttestYaml **values)
{
  for (guint i = 0; i + 1 < map->items->len; i += 2)
    {
      const AttestYaml *key = g_ptr_array_index (map->items, i);
      guint k = key->kind == ATTEST_YAML_SCALAR ? find_key (keys, key->text) : 0;

      if (key->kind != ATTEST_YAML_SCALAR)
        attest_codebook_complain (parser, key, "type", "a key of %s is a single word", what);
      else if (keys[k].name == NULL)
        complain_unknown_key (parser, key, keys, what);
      else if (values[k] != NULL)
        attest_codebook_complain (parser, key, "duplicate-key",
                                  "key '%s' is there twice: put both into one list, or remove one",
                                  key->text);
      else
        values[k] = g_ptr_array_index (map->items, i + 1);
    }
}

gboolean
attest_codebook_read_map (AttestCodebookParser *parser, const AttestYaml *map,
                          const AttestCodebookKey *keys, const char *what, gpointer target)
{
  const AttestYaml *values[MAX_KEYS] = { NULL };
  gboolean is_complete = TRUE;

  if (map->kind != ATTEST_YAML_MAP)
    {
      attest_codebook_complain (parser, map, "type", "%s is a map: 'key: value' on each line",
                                what);
      return FALSE;
    }
  find_values (parser, map, keys, what, values);
  for (guint k = 0; keys[k].name != NULL; k++)
    {
      if (values[k] != NULL && !attest_yaml_is_blank (values[k]))
        keys[k].read (parser, values[k], target);
      else if (keys[k].is_required)
        {
          attest_codebook_complain (parser, values[k] != NULL ? values[k] : map, "missing-key",
                                    "%s needs '%s'", what, keys[k].name);
          is_complete = FALSE;
        }
    }
  return is_complete;
}

void
attest_codebook_read_each (AttestCodebookParser *parser, const AttestYaml *value,
                           void (*read) (AttestCodebookParser *parser, const AttestYaml *item,
                                         gpointer target),
                           gpointer target)
{
  if (value->kind != ATTEST_YAML_LIST)
    {
      read (parser, value, target);
      return;
    }
  for (guint i = 0; i < value->items->len; i++)
    read (parser, g_ptr_array_index (value->items, i), target);
}

char *
attest_codebook_read_text (AttestCodebookParser *parser, const AttestYaml *value, const char *what)
{
  gsize nfc_bytes;

  if (value->kind != ATTEST_YAML_SCALAR)
    {
      attest_codebook_complain (parser, value, "type", "%s is a text, not a %s%s", what,
                                value->kind == ATTEST_YAML_LIST ? "list" : "map",
                                value->style == 0 ? "; put quotes around a text that has ': ', "
                                                    "'[' or '{' in it"
                                                  : "");
      return NULL;
    }
  char *text = attest_text_to_nfc (value->text, strlen (value->text), &nfc_bytes);
  if (text == NULL)
    text = g_strdup (value->text);
  /* A block ("|", ">") ends with a line end that nobody means. */
  gsize length_bytes = strlen (text);
  while (value->style == '|' && length_bytes > 0 && text[length_bytes - 1] == '\n')
    text[--length_bytes] = '\0';
  if (strspn (text, " \t\n") < length_bytes)
    return text;
  attest_codebook_complain (parser, value, "type", "%s is empty", what);
  g_free (text);
  return NULL;
}

static gboolean
is_id_char (gunichar c, gboolean dots)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c) || c == '_' || c == '-'
         || (dots && c == '.');
}

void
attest_codebook_read_text_into (AttestCodebookParser *parser, const AttestYaml *value,
                                const char *what, char **out_text)
{
  g_free (*out_text);
  *out_text = attest_codebook_read_text (parser, value, what);
}

char *
attest_codebook_read_id (AttestCodebookParser *parser, const AttestYaml *value, const char *what,
                         gboolean dots)
{
  g_autofree char *id = attest_codebook_read_text (parser, value, what);

  if (id == NULL)
    return NULL;
  for (const char *p = id; *p != '\0'; p = g_utf8_next_char (p))
    if (!is_id_char (g_utf8_get_char (p), dots))
      {
        attest_codebook_complain (parser, value, "id",
                                  "%s has only letters, digits, '_'%s and '-', unlike '%s'", what,
                                  dots ? ", '.'" : "", id);
        return NULL;
      }
  if (g_utf8_strlen (id, -1) > ATTEST_MAX_ID_CHARS)
    {
      attest_codebook_complain (parser, value, "id", "%s is longer than %d characters", what,
                                ATTEST_MAX_ID_CHARS);
      return NULL;
    }
  return g_steal_pointer (&id);
}

const char *
attest_codebook_read_lang (AttestCodebookParser *parser, const AttestYaml *value)
{
  if (value->kind == ATTEST_YAML_SCALAR && attest_language_is_code (value->text))
    return g_intern_string (value->text);
  attest_codebook_complain (parser, value, "language",
                            "%s%s%sa language is a code of two or three letters, such as en, fr "
                            "or ky",
                            value->kind == ATTEST_YAML_SCALAR ? "unknown language '" : "",
                            value->kind == ATTEST_YAML_SCALAR ? value->text : "",
                            value->kind == ATTEST_YAML_SCALAR ? "': " : "");
  return NULL;
}

static void
read_one_lang (AttestCodebookParser *parser, const AttestYaml *item, gpointer target)
{
  const char *lang = attest_codebook_read_lang (parser, item);

  if (lang != NULL && !g_ptr_array_find (target, lang, NULL))
    g_ptr_array_add (target, (gpointer)lang);
}

const char *const *
attest_codebook_read_langs (AttestCodebookParser *parser, const AttestYaml *value)
{
  GPtrArray *langs = g_ptr_array_new ();

  attest_codebook_read_each (parser, value, read_one_lang, langs);
  return attest_codebook_take_langs (parser->codebook, langs);
}

static void
read_one_role (AttestCodebookParser *parser, const AttestYaml *item, gpointer target)
{
  guint *roles = target;
  AttestRole role;

  if (item->kind == ATTEST_YAML_SCALAR && attest_role_from_string (item->text, &role))
    *roles |= 1u << role;
  else
    attest_codebook_complain (parser, item, "role",
                              "unknown role '%s': it is interviewer, respondent, interpreter or "
                              "other",
                              item->kind == ATTEST_YAML_SCALAR ? item->text : "…");
}

guint
attest_codebook_read_roles (AttestCodebookParser *parser, const AttestYaml *value)
{
  guint roles = 0;

  attest_codebook_read_each (parser, value, read_one_role, &roles);
  return roles;
}

gboolean
attest_codebook_read_bool (AttestCodebookParser *parser, const AttestYaml *value,
                           gboolean otherwise)
{
  if (value->kind == ATTEST_YAML_SCALAR && strcmp (value->text, "true") == 0)
    return TRUE;
  if (value->kind == ATTEST_YAML_SCALAR && strcmp (value->text, "false") == 0)
    return FALSE;
  attest_codebook_complain (parser, value, "type", "this is true or false");
  return otherwise;
}

double
attest_codebook_read_weight (AttestCodebookParser *parser, const AttestYaml *value)
{
  char *end = NULL;

  errno = 0;
  double weight = value->kind == ATTEST_YAML_SCALAR ? g_ascii_strtod (value->text, &end) : 0.0;
  if (end == NULL || end == value->text || *end != '\0' || !isfinite (weight))
    attest_codebook_complain (parser, value, "weight", "a weight is a number, such as 0.5");
  else if (weight <= 0.0 || weight > MAX_WEIGHT)
    attest_codebook_complain (parser, value, "weight",
                              "a weight is more than 0 and at most 1000000; to switch a rule off, "
                              "remove it");
  else
    return weight;
  return 1.0;
}

guint
attest_codebook_read_count (AttestCodebookParser *parser, const AttestYaml *value, const char *what,
                            guint most)
{
  guint64 count = 0;

  if (value->kind == ATTEST_YAML_SCALAR
      && g_ascii_string_to_unsigned (value->text, 10, 0, most, &count, NULL))
    return (guint)count;
  attest_codebook_complain (parser, value, "type", "'%s' is a whole number from 0 to %u", what,
                            most);
  return 0;
}

static void
read_unit_window (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  AttestUnit *unit = target;

  unit->kind = ATTEST_UNIT_WINDOW;
  unit->sentences
      = attest_codebook_read_count (parser, value, "window", ATTEST_MAX_WINDOW_SENTENCES);
}

static const AttestCodebookKey unit_keys[] = {
  { "window", TRUE, read_unit_window },
  { NULL },
};

gboolean
attest_codebook_read_unit (AttestCodebookParser *parser, const AttestYaml *value,
                           AttestUnit *out_unit)
{
  static const struct
  {
    const char *name;
    AttestUnitKind kind;
  } kinds[] = { { "hit", ATTEST_UNIT_HIT },
                { "sentence", ATTEST_UNIT_SENTENCE },
                { "turn", ATTEST_UNIT_TURN } };

  if (value->kind == ATTEST_YAML_MAP)
    return attest_codebook_read_map (parser, value, unit_keys, "a unit", out_unit);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (value->kind == ATTEST_YAML_SCALAR && strcmp (value->text, kinds[i].name) == 0)
      {
        out_unit->kind = kinds[i].kind;
        return TRUE;
      }
  attest_codebook_complain (parser, value, "unit",
                            "a unit is hit, sentence, turn, or a number of sentences on each side, "
                            "{window: 2}");
  return FALSE;
}

void
attest_codebook_read_local_text (AttestCodebookParser *parser, const AttestYaml *value,
                                 const char *what, AttestLocalText *texts)
{
  if (value->kind != ATTEST_YAML_MAP)
    {
      char *text = attest_codebook_read_text (parser, value, what);
      if (text != NULL)
        g_hash_table_replace (texts, g_strdup (""), text);
      return;
    }
  for (guint i = 0; i + 1 < value->items->len; i += 2)
    {
      const AttestYaml *key = g_ptr_array_index (value->items, i);
      const char *lang = attest_codebook_read_lang (parser, key);
      g_autofree char *text
          = attest_codebook_read_text (parser, g_ptr_array_index (value->items, i + 1), what);

      if (lang == NULL || text == NULL)
        continue;
      if (!g_hash_table_contains (texts, lang))
        g_hash_table_insert (texts, g_strdup (lang), g_steal_pointer (&text));
      else
        attest_codebook_complain (parser, key, "duplicate-key", "language '%s' is there twice",
                                  lang);
    }
}

gboolean
attest_codebook_parse_number (const char *text, double *out)
{
  char *end;
  double number = g_ascii_strtod (text, &end);

  if (end == text || *end != '\0' || !isfinite (number))
    return FALSE;
  *out = number;
  return TRUE;
}

gboolean
attest_codebook_read_number (AttestCodebookParser *parser, const AttestYaml *value,
                             const char *what, double *out)
{
  if (value->kind == ATTEST_YAML_SCALAR && attest_codebook_parse_number (value->text, out))
    return TRUE;
  attest_codebook_complain (parser, value, "type", "%s is a number", what);
  return FALSE;
}
