#include "codebook/attest-strength-file.h"

#include <string.h>

#include "codebook/attest-codebook-private.h"
#include "util/attest-text.h"

#define SUBDIR "codebooks/evidence"

/* --- the keys of a level ------------------------------------------------------------------ */

static void
read_name (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  ((AttestStrengthLevel *)target)->level
      = attest_codebook_read_id (parser, value, "the name of a level", FALSE);
}

static void
read_next (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  ((AttestStrengthLevel *)target)->next
      = attest_codebook_read_id (parser, value, "the name of a level", FALSE);
}

static void
read_lower (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  ((AttestStrengthLevel *)target)->lower
      = attest_codebook_read_id (parser, value, "the name of a level", FALSE);
}

static void
read_condition (AttestCodebookParser *parser, const AttestYaml *value, gpointer conditions)
{
  if (value->kind != ATTEST_YAML_SCALAR
      || !attest_strength_conditions_add (conditions, value->text))
    attest_codebook_complain (parser, value, "condition",
                              "a condition is like 'groups >= 3', 'contradicting-share <= 1/5' or "
                              "'methods >= 2 or organisations >= 4'");
}

static void
read_conditions (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  attest_codebook_read_each (parser, value, read_condition,
                             ((AttestStrengthLevel *)target)->conditions);
}

static void
read_carries (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  double *carries = &((AttestStrengthLevel *)target)->carries;

  if (attest_codebook_read_number (parser, value, "what a level carries", carries)
      && (*carries < 0 || *carries > 1))
    attest_codebook_complain (parser, value, "range",
                              "what a level carries is from 0, the worst rating, to 1, the best");
}

static const AttestCodebookKey level_keys[] = {
  { "level", TRUE, read_name },       { "if", FALSE, read_conditions },
  { "carries", FALSE, read_carries }, { "next", FALSE, read_next },
  { "lower", FALSE, read_lower },     { NULL },
};

/* --- the keys of a concern ---------------------------------------------------------------- */

static void
read_concern_id (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  ((AttestStrengthConcern *)target)->concern
      = attest_codebook_read_id (parser, value, "the name of a concern", FALSE);
}

static void
read_says (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  ((AttestStrengthConcern *)target)->says = attest_codebook_read_text (parser, value, "the text");
}

static void
read_concern_conditions (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  attest_codebook_read_each (parser, value, read_condition,
                             ((AttestStrengthConcern *)target)->conditions);
}

static void
read_lowers (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  ((AttestStrengthConcern *)target)->lowers = attest_codebook_read_bool (parser, value, FALSE);
}

static const AttestCodebookKey concern_keys[] = {
  { "concern", TRUE, read_concern_id },
  { "if", TRUE, read_concern_conditions },
  { "says", TRUE, read_says },
  { "lowers", FALSE, read_lowers },
  { NULL },
};

/* --- the file ----------------------------------------------------------------------------- */

static void
read_level (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  AttestStrengthRules *rules = target;
  AttestStrengthLevel level = { .conditions = attest_strength_conditions_new (), .carries = 1 };
  AttestStrengthLevel *before
      = rules->levels->len > 0
            ? &g_array_index (rules->levels, AttestStrengthLevel, rules->levels->len - 1)
            : NULL;

  if (before != NULL && before->conditions->len == 0)
    attest_codebook_complain (parser, value, "unreachable",
                              "the level before this one has no 'if': nothing comes here");
  attest_codebook_read_map (parser, value, level_keys, "a level", &level);
  g_array_append_val (rules->levels, level);
}

static void
read_levels (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  if (value->kind != ATTEST_YAML_LIST || value->items->len == 0
      || value->items->len > ATTEST_MAX_SCALE_LEVELS)
    attest_codebook_complain (parser, value, "type",
                              "levels are a list of at most %d: begin each with '- level: …'",
                              ATTEST_MAX_SCALE_LEVELS);
  else
    attest_codebook_read_each (parser, value, read_level, target);
}

static void
read_concern (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  AttestStrengthRules *rules = target;
  AttestStrengthConcern concern = { .conditions = attest_strength_conditions_new () };

  attest_codebook_read_map (parser, value, concern_keys, "a concern", &concern);
  g_array_append_val (rules->concerns, concern);
}

static void
read_concerns (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  if (value->kind != ATTEST_YAML_LIST || value->items->len > ATTEST_MAX_SCALE_LEVELS)
    attest_codebook_complain (parser, value, "type",
                              "concerns are a list of at most %d: begin each with '- concern: …'",
                              ATTEST_MAX_SCALE_LEVELS);
  else
    attest_codebook_read_each (parser, value, read_concern, target);
}

typedef void (*PairFunc) (GHashTable *table, const char *key, const char *value);

/* {implementer: [yes], group: [Donor]} */
static void
read_pairs (AttestCodebookParser *parser, const AttestYaml *value, PairFunc add, GHashTable *table)
{
  if (value->kind != ATTEST_YAML_MAP)
    {
      attest_codebook_complain (parser, value, "type",
                                "this is a map of lists, like {implementer: [yes]}");
      return;
    }
  for (guint i = 0; i + 1 < value->items->len; i += 2)
    {
      const AttestYaml *key = g_ptr_array_index (value->items, i);
      const AttestYaml *values = g_ptr_array_index (value->items, i + 1);
      guint n = values->kind == ATTEST_YAML_LIST ? values->items->len : 1;

      for (guint k = 0; k < n; k++)
        {
          const AttestYaml *item
              = values->kind == ATTEST_YAML_LIST ? g_ptr_array_index (values->items, k) : values;

          if (key->kind == ATTEST_YAML_SCALAR && item->kind == ATTEST_YAML_SCALAR)
            add (table, key->text, item->text);
          else
            attest_codebook_complain (parser, item, "type",
                                      "what stands in the list are texts: implementer: [yes]");
        }
    }
}

static void
add_attribute (GHashTable *table, const char *key, const char *value)
{
  g_autofree char *pair = g_strdup_printf ("%s=%s", key, value);

  g_hash_table_add (table, g_utf8_strdown (pair, -1));
}

static void
add_name (GHashTable *table, const char *key, const char *value)
{
  gsize length_bytes;
  g_autofree char *nfc = attest_text_to_nfc (value, strlen (value), &length_bytes);

  g_hash_table_insert (table, g_utf8_strdown (nfc != NULL ? nfc : value, -1), g_strdup (key));
}

static void
read_dependents (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  read_pairs (parser, value, add_attribute, ((AttestStrengthRules *)target)->dependents);
}

static void
read_excluded (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  read_pairs (parser, value, add_attribute, ((AttestStrengthRules *)target)->excluded);
}

static void
read_hindered (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  read_pairs (parser, value, add_attribute, ((AttestStrengthRules *)target)->hindered);
}

static void
read_methods (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  read_pairs (parser, value, add_name, ((AttestStrengthRules *)target)->methods);
}

/* {en: [but, however]} */
static void
read_contrast (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  read_pairs (parser, value, add_name, ((AttestStrengthRules *)target)->contrast);
}

static void
check_level_name (AttestCodebookParser *parser, const AttestStrengthRules *rules, const char *name,
                  const char *what, const char *level)
{
  if (name != NULL && attest_strength_rules_find (rules, name) == NULL)
    attest_codebook_complain (parser, attest_yaml_file_root (parser->yaml), "next",
                              "there is no level '%s', %s '%s'", name, what, level);
}

static void
finish (AttestCodebookParser *parser, gpointer target)
{
  const AttestStrengthRules *rules = target;
  const AttestYaml *root = attest_yaml_file_root (parser->yaml);

  if (parser->n_errors > 0 || rules->levels->len == 0)
    return;
  if (g_array_index (rules->levels, AttestStrengthLevel, rules->levels->len - 1).conditions->len
      > 0)
    attest_codebook_complain (parser, root, "fallback",
                              "the last level has no 'if', so that there always is one");
  for (guint i = 0; i < rules->levels->len; i++)
    {
      const AttestStrengthLevel *level = &g_array_index (rules->levels, AttestStrengthLevel, i);

      check_level_name (parser, rules, level->next, "the next of", level->level);
      check_level_name (parser, rules, level->lower, "the one below", level->level);
    }
}

static const AttestCodebookKey file_keys[] = {
  { "attest", TRUE, attest_codebook_read_format },
  { "id", TRUE, attest_codebook_read_file_id },
  { "version", FALSE, attest_codebook_read_version },
  { "title", FALSE, attest_codebook_read_title },
  { "dependent", FALSE, read_dependents },
  { "excluded", FALSE, read_excluded },
  { "hindered", FALSE, read_hindered },
  { "methods", FALSE, read_methods },
  { "concerns", FALSE, read_concerns },
  { "contrast", FALSE, read_contrast },
  { "levels", TRUE, read_levels },
  { NULL },
};

static const AttestCodebookFormat format = {
  .name = "strength/1",
  .noun = "set of rules",
  .keys = file_keys,
  .finish = finish,
};

AttestStrengthRules *
attest_strength_rules_parse (const char *path, const char *text, gsize length_bytes,
                             GArray *problems, GError **error)
{
  g_autoptr (AttestStrengthRules) rules = attest_strength_rules_new ();
  AttestCodebook *file = attest_codebook_new (path, text, length_bytes);
  gboolean ok = attest_codebook_parse_as (file, &format, rules, problems, error);

  attest_codebook_unref (file);
  return ok ? g_steal_pointer (&rules) : NULL;
}

AttestStrengthRules *
attest_strength_rules_load (const char *file_or_id, GArray *problems, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *path = attest_codebook_find_file (file_or_id, SUBDIR, "set of rules", error);
  g_autofree char *display_name = NULL;

  if (path == NULL || !attest_codebook_read_file (path, text, error))
    return NULL;
  display_name = g_filename_display_name (path);
  return attest_strength_rules_parse (display_name, text->str, text->len, problems, error);
}
