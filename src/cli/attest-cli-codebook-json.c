/* A codebook as JSON: what `codebook show --format json` prints. */
#include "cli/attest-cli-codebook.h"

#include "util/attest-json.h"

static void
write_langs_json (AttestJson *json, const char *key, const char *const *langs)
{
  attest_json_key (json, key);
  if (langs == NULL)
    {
      attest_json_null (json);
      return;
    }
  attest_json_begin_array (json);
  for (guint i = 0; langs[i] != NULL; i++)
    attest_json_string (json, langs[i]);
  attest_json_end_array (json);
}

/* The text itself, and all of its languages. */
static void
write_local_json (AttestJson *json, const char *key, const char *all_key, AttestLocalText *text)
{
  g_autoptr (GPtrArray) langs = attest_local_text_list_langs (text);

  attest_json_member_string (json, key, attest_local_text_get (text, NULL));
  attest_json_key (json, all_key);
  attest_json_begin_object (json);
  for (guint i = 0; i < langs->len; i++)
    {
      const char *lang = g_ptr_array_index (langs, i);
      if (*lang != '\0')
        attest_json_member_string (json, lang, g_hash_table_lookup (text, lang));
    }
  attest_json_end_object (json);
}

static void
write_patterns_json (AttestJson *json, const AttestCodebook *codebook, const char *key, guint first,
                     guint n)
{
  attest_json_key (json, key);
  attest_json_begin_array (json);
  for (guint i = first; i < first + n; i++)
    {
      const AttestCodebookPattern *pattern = attest_codebook_pattern (codebook, i);

      attest_json_begin_object (json);
      attest_json_member_string (json, "name", pattern->name);
      attest_json_member_string (json, "source", pattern->source);
      attest_json_member_string (json, "pattern", attest_pattern_get_body (pattern->pattern));
      attest_json_member_bool (json, "word_edges", pattern->word_edges);
      write_langs_json (json, "langs", pattern->langs);
      attest_json_member_int (json, "line", pattern->line);
      attest_json_member_bool (json, "word", pattern->is_word);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
}

static void
write_unit_json (AttestJson *json, const AttestUnit *unit)
{
  static const char *const kinds[] = { "hit", "sentence", "window", "turn" };

  attest_json_member_string (json, "unit", kinds[unit->kind]);
  attest_json_key (json, "sentences");
  if (unit->kind == ATTEST_UNIT_WINDOW)
    attest_json_int (json, unit->sentences);
  else
    attest_json_null (json);
}

static void
write_conditions_json (AttestJson *json, const AttestCodebook *codebook, const char *key,
                       guint first, guint n)
{
  attest_json_key (json, key);
  attest_json_begin_array (json);
  for (guint i = first; i < first + n; i++)
    {
      const AttestCondition *condition = attest_codebook_condition (codebook, i);

      attest_json_begin_object (json);
      attest_json_member_string (json, "use", attest_pattern_use_to_string (condition->use));
      write_unit_json (json, &condition->unit);
      attest_json_key (json, "words");
      if (condition->max_words != ATTEST_ANY_DISTANCE)
        attest_json_int (json, condition->max_words);
      else
        attest_json_null (json);
      write_patterns_json (json, codebook, "patterns", condition->first_pattern,
                           condition->n_patterns);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
}

static void
write_rule_json (AttestJson *json, const AttestCodebook *codebook, guint index)
{
  const AttestRule *rule = attest_codebook_rule (codebook, index);
  g_autofree char *name = attest_codebook_dup_rule_name (codebook, index);

  attest_json_begin_object (json);
  attest_json_member_string (json, "rule", name);
  attest_json_member_double (json, "weight", rule->weight);
  write_langs_json (json, "langs", rule->langs);
  attest_json_key (json, "roles");
  attest_json_begin_array (json);
  for (guint role = 0; role < ATTEST_N_ROLES; role++)
    if (rule->roles & (1u << role))
      attest_json_string (json, attest_role_to_string ((AttestRole)role));
  attest_json_end_array (json);
  write_patterns_json (json, codebook, "match", rule->first_match, rule->n_match);
  write_patterns_json (json, codebook, "unless", rule->first_unless, rule->n_unless);
  write_conditions_json (json, codebook, "conditions", rule->first_condition, rule->n_conditions);
  attest_json_member_bool (json, "asked_code", rule->asked_code);
  write_patterns_json (json, codebook, "asked", rule->first_asked, rule->n_asked);
  attest_json_end_object (json);
}

static void
write_examples_json (AttestJson *json, const AttestCodebook *codebook, const AttestCode *code,
                     const char *key, gboolean counter)
{
  attest_json_key (json, key);
  attest_json_begin_array (json);
  for (guint i = 0; i < code->examples->len; i++)
    {
      const AttestExample *example = &g_array_index (code->examples, AttestExample, i);
      if (example->counter != counter)
        continue;
      g_autofree char *rule = example->rule != ATTEST_NO_RULE
                                  ? attest_codebook_dup_rule_name (codebook, example->rule)
                                  : NULL;

      attest_json_begin_object (json);
      attest_json_member_string (json, "lang", example->lang);
      attest_json_member_string (json, "rule", rule);
      attest_json_member_string (json, "text", example->text);
      attest_json_member_string (json, "asked", example->asked);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
}

static void
write_links_json (AttestJson *json, const AttestCodebook *codebook, const char *key,
                  const GArray *codes, const AttestUnit *unit)
{
  attest_json_key (json, key);
  if (codes == NULL)
    {
      attest_json_null (json);
      return;
    }
  attest_json_begin_object (json);
  attest_json_key (json, "codes");
  attest_json_begin_array (json);
  for (guint i = 0; i < codes->len; i++)
    attest_json_string (json, attest_codebook_code (codebook, g_array_index (codes, guint, i))->id);
  attest_json_end_array (json);
  write_unit_json (json, unit);
  attest_json_end_object (json);
}

static void
write_code_json (AttestJson *json, const AttestCodebook *codebook, const AttestCode *code)
{
  attest_json_begin_object (json);
  attest_json_member_string (json, "code", code->id);
  attest_json_member_string (json, "dimension",
                             attest_codebook_dimension (codebook, code->dimension)->id);
  write_local_json (json, "name", "names", code->name);
  attest_json_member_string (json, "question", code->question);
  attest_json_member_string (json, "definition", code->definition);
  attest_json_member_string (json, "include", code->include);
  attest_json_member_string (json, "exclude", code->exclude);
  attest_json_key (json, "confusions");
  attest_json_begin_array (json);
  for (guint i = 0; i < code->confusions->len; i++)
    {
      const AttestConfusion *confusion = &g_array_index (code->confusions, AttestConfusion, i);

      attest_json_begin_object (json);
      attest_json_member_string (json, "with", confusion->with);
      attest_json_member_string (json, "rule", confusion->rule);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
  write_patterns_json (json, codebook, "asked", code->first_asked, code->n_asked);
  attest_json_key (json, "rules");
  attest_json_begin_array (json);
  for (guint i = 0; i < code->n_rules; i++)
    write_rule_json (json, codebook, code->first_rule + i);
  attest_json_end_array (json);
  write_examples_json (json, codebook, code, "examples", FALSE);
  write_examples_json (json, codebook, code, "counterexamples", TRUE);
  attest_json_member_double (json, "min_weight", code->min_weight);
  write_links_json (json, codebook, "requires", code->requires, &code->requires_unit);
  write_links_json (json, codebook, "excludes", code->excludes, &code->excludes_unit);
  write_conditions_json (json, codebook, "stop", code->first_stop, code->n_stop);
  attest_json_end_object (json);
}

void
attest_cli_write_codebook_json (const AttestCodebook *codebook, int only_code, FILE *out)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (AttestJson) json = attest_json_new (text, TRUE);

  attest_json_begin_object (json);
  attest_json_member_int (json, "format", 1);
  attest_json_member_string (json, "codebook", codebook->id);
  attest_json_member_string (json, "version", codebook->version);
  attest_json_member_string (json, "title", codebook->title);
  attest_json_member_string (json, "sha256", codebook->sha256);
  write_langs_json (json, "languages", codebook->langs);
  attest_json_key (json, "dimensions");
  attest_json_begin_array (json);
  for (guint i = 0; i < codebook->dimensions->len; i++)
    {
      const AttestDimension *dimension = attest_codebook_dimension (codebook, i);

      attest_json_begin_object (json);
      attest_json_member_string (json, "dimension", dimension->id);
      write_local_json (json, "title", "titles", dimension->title);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
  attest_json_key (json, "codes");
  attest_json_begin_array (json);
  for (guint i = 0; i < codebook->codes->len; i++)
    if (only_code < 0 || (guint)only_code == i)
      write_code_json (json, codebook, attest_codebook_code (codebook, i));
  attest_json_end_array (json);
  attest_json_end_object (json);
  fprintf (out, "%s\n", text->str);
}
