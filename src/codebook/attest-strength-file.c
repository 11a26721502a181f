#include "codebook/attest-strength-file.h"

#include <string.h>

#include "codebook/attest-codebook-private.h"

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
read_condition (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  if (value->kind != ATTEST_YAML_SCALAR
      || !attest_strength_level_add_condition (target, value->text))
    attest_codebook_complain (parser, value, "condition",
                              "a condition is like 'groups >= 3', 'contradicting-share <= 1/5' or "
                              "'methods >= 2 or organisations >= 4'");
}

static void
read_conditions (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  attest_codebook_read_each (parser, value, read_condition, target);
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
  { "level", TRUE, read_name },
  { "if", FALSE, read_conditions },
  { "carries", FALSE, read_carries },
  { "next", FALSE, read_next },
  { NULL },
};

/* --- the file ----------------------------------------------------------------------------- */

static void
read_level (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  AttestStrengthRules *rules = target;
  AttestStrengthLevel level
      = { .conditions = g_array_new (FALSE, FALSE, sizeof (AttestStrengthCondition)),
          .carries = 1 };
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

/* {implementer: [yes], group: [Donor]} */
static void
read_dependents (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  AttestStrengthRules *rules = target;

  if (value->kind != ATTEST_YAML_MAP)
    {
      attest_codebook_complain (parser, value, "type",
                                "this is a map of attributes: {implementer: [yes]}");
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
          g_autofree char *pair = NULL;

          if (key->kind != ATTEST_YAML_SCALAR || item->kind != ATTEST_YAML_SCALAR)
            {
              attest_codebook_complain (parser, item, "type",
                                        "an attribute has values that are "
                                        "texts: implementer: [yes]");
              continue;
            }
          pair = g_strdup_printf ("%s=%s", key->text, item->text);
          g_hash_table_add (rules->dependents, g_utf8_strdown (pair, -1));
        }
    }
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

      if (level->next != NULL && attest_strength_rules_find (rules, level->next) == NULL)
        attest_codebook_complain (parser, root, "next", "there is no level '%s', the next of '%s'",
                                  level->next, level->level);
    }
}

static const AttestCodebookKey file_keys[] = {
  { "attest", TRUE, attest_codebook_read_format },
  { "id", TRUE, attest_codebook_read_file_id },
  { "version", FALSE, attest_codebook_read_version },
  { "title", FALSE, attest_codebook_read_title },
  { "dependent", FALSE, read_dependents },
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
