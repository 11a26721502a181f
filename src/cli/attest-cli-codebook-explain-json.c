/* What `codebook explain --format json` prints. */
#include "cli/attest-cli-codebook-explain.h"

#include "util/attest-json.h"
#include "util/attest-text.h"

typedef struct
{
  const AttestExplained *explained;
  AttestJson *json;
  const AttestCharMap *map; /* of the turn's text */
  const char *text;         /* of the turn */
} Writer;

static void
write_span (const Writer *writer, gsize start_byte, gsize end_byte, const char *key)
{
  AttestJson *json = writer->json;

  attest_json_member_int (json, "start", (gint64)attest_char_map_to_char (writer->map, start_byte));
  attest_json_member_int (json, "end", (gint64)attest_char_map_to_char (writer->map, end_byte));
  attest_json_member_int (json, "start_byte", (gint64)start_byte);
  attest_json_member_int (json, "end_byte", (gint64)end_byte);
  attest_json_key (json, key);
  attest_json_string_len (json, writer->text + start_byte, end_byte - start_byte);
}

static void
write_condition (const Writer *writer, guint index, const AttestMatch *partner)
{
  const AttestCodebook *codebook = writer->explained->codebook;
  const AttestCondition *condition = attest_codebook_condition (codebook, index);
  g_autofree char *where = attest_condition_dup_where (condition);
  AttestJson *json = writer->json;

  attest_json_begin_object (json);
  attest_json_member_string (json, "use", attest_pattern_use_to_string (condition->use));
  attest_json_member_string (json, "where", where);
  attest_json_key (json, "patterns");
  attest_json_begin_array (json);
  for (guint i = 0; i < condition->n_patterns; i++)
    attest_json_string (json,
                        attest_codebook_pattern (codebook, condition->first_pattern + i)->name);
  attest_json_end_array (json);
  attest_json_key (json, "by");
  if (partner == NULL)
    attest_json_null (json);
  else
    {
      attest_json_begin_object (json);
      attest_json_member_string (json, "pattern",
                                 attest_codebook_pattern (codebook, partner->pattern)->name);
      write_span (writer, partner->start_byte, partner->end_byte, "match");
      attest_json_end_object (json);
    }
  attest_json_end_object (json);
}

static void
write_match (const Writer *writer, const AttestTrace *trace, guint index)
{
  static const char *const kinds[] = { "hit", "not asked", "missing", "taken away" };
  const AttestVerdict *verdict = &g_array_index (trace->verdicts, AttestVerdict, index);
  const AttestCodebookPattern *pattern
      = attest_codebook_pattern (writer->explained->codebook, verdict->match.pattern);
  AttestJson *json = writer->json;

  attest_json_begin_object (json);
  attest_json_member_string (json, "pattern", pattern->name);
  attest_json_member_string (json, "source", pattern->source);
  attest_json_member_int (json, "line", pattern->line);
  write_span (writer, verdict->match.start_byte, verdict->match.end_byte, "match");
  g_autoptr (GPtrArray) alternatives
      = attest_cli_explained_alternatives (writer->explained, &verdict->match);
  attest_json_key (json, "alternatives");
  attest_json_begin_array (json);
  for (guint i = 0; i + 1 < alternatives->len; i++)
    attest_json_string (json, g_ptr_array_index (alternatives, i));
  attest_json_end_array (json);
  attest_json_member_string (json, "verdict", kinds[verdict->kind]);
  attest_json_key (json, "conditions");
  attest_json_begin_array (json);
  if (verdict->kind == ATTEST_VERDICT_MISSING)
    write_condition (writer, verdict->condition, NULL);
  if (verdict->kind == ATTEST_VERDICT_TAKEN_AWAY)
    write_condition (writer, verdict->condition, &verdict->partner);
  for (guint i = 0; i < trace->held->len; i++)
    {
      const AttestHeld *held = &g_array_index (trace->held, AttestHeld, i);

      if (held->verdict == index)
        write_condition (writer, held->condition, &held->partner);
    }
  attest_json_end_array (json);
  attest_json_end_object (json);
}

static void
write_matches (const Writer *writer, const AttestTrace *trace, guint rule, const char *key)
{
  AttestJson *json = writer->json;

  attest_json_key (json, key);
  attest_json_begin_array (json);
  for (guint i = 0; i < trace->verdicts->len; i++)
    {
      guint pattern = g_array_index (trace->verdicts, AttestVerdict, i).match.pattern;

      if (attest_codebook_pattern (writer->explained->codebook, pattern)->rule == rule)
        write_match (writer, trace, i);
    }
  attest_json_end_array (json);
}

static void
write_rule (const Writer *writer, guint index)
{
  const AttestExplained *explained = writer->explained;
  const AttestRule *rule = attest_codebook_rule (explained->codebook, index);
  g_autofree char *name = attest_codebook_dup_rule_name (explained->codebook, index);
  g_autofree char *why_not = attest_cli_explained_dup_why_not (explained, rule);
  AttestJson *json = writer->json;

  attest_json_begin_object (json);
  attest_json_member_string (json, "rule", name);
  attest_json_member_int (json, "line", rule->line);
  attest_json_member_string (json, "why_not", why_not);
  write_matches (writer, explained->trace, index, "matches");
  /* What it would have done in a turn in its language. */
  if (why_not != NULL && explained->any_lang != NULL)
    write_matches (writer, explained->any_lang, index, "otherwise");
  attest_json_end_object (json);
}

static void
write_dropped (const Writer *writer, const AttestDropped *dropped)
{
  static const char *const reasons[] = { "min_weight", "requires", "excludes" };
  AttestJson *json = writer->json;

  attest_json_begin_object (json);
  write_span (writer, dropped->start_byte, dropped->end_byte, "quote");
  attest_json_member_int (json, "strength", dropped->strength);
  attest_json_member_double (json, "weight", dropped->weight);
  attest_json_member_string (json, "reason", reasons[dropped->reason]);
  attest_json_member_string (
      json, "other",
      dropped->reason == ATTEST_DROPPED_WEIGHT
          ? NULL
          : attest_codebook_code (writer->explained->codebook, dropped->other)->id);
  attest_json_end_object (json);
}

/* As in other lists of segments, and the phrases that decided. */
static void
write_qualifiers (const Writer *writer, const AttestSegment *segment, gsize turn_byte)
{
  AttestJson *json = writer->json;
  AttestQualifiers qualifiers;
  const GArray *marks = attest_cli_explained_qualify (writer->explained, segment, &qualifiers);

  for (guint q = 0; q < ATTEST_N_QUALIFIERS; q++)
    attest_json_member_string (json, attest_qualifier_get_name (q),
                               attest_qualifier_value_to_string (q, qualifiers.values[q]));
  attest_json_key (json, "triggers");
  attest_json_begin_array (json);
  for (guint i = 0; i < marks->len; i++)
    {
      const AttestQualifierMark *mark = &g_array_index (marks, AttestQualifierMark, i);
      gsize start_byte = segment->start_byte - turn_byte;

      attest_json_begin_object (json);
      attest_json_member_string (json, "trigger", attest_trigger_get_name (mark->trigger));
      attest_json_key (json, "qualifiers");
      attest_json_begin_array (json);
      for (guint q = 0; q < ATTEST_N_QUALIFIERS; q++)
        if (attest_cli_explained_bears_on (mark, q))
          attest_json_string (json, attest_qualifier_get_name (q));
      attest_json_end_array (json);
      write_span (writer, start_byte + mark->start_byte, start_byte + mark->end_byte, "match");
      attest_json_member_bool (json, "turned", mark->is_turned);
      attest_json_member_bool (json, "counts", mark->counts);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
}

static void
write_segments (const Writer *writer)
{
  const AttestExplained *explained = writer->explained;
  gsize turn_byte = attest_cli_explained_turn (explained)->start_byte;
  AttestJson *json = writer->json;

  attest_json_key (json, "segments");
  attest_json_begin_array (json);
  for (guint i = 0; i < explained->coding->segments->len; i++)
    {
      const AttestSegment *segment = attest_coding_segment (explained->coding, i);

      if (segment->code != explained->code)
        continue;
      attest_json_begin_object (json);
      write_span (writer, segment->start_byte - turn_byte, segment->end_byte - turn_byte, "quote");
      attest_json_member_int (json, "strength", segment->strength);
      attest_json_member_double (json, "weight", segment->weight);
      write_qualifiers (writer, segment, turn_byte);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
  attest_json_key (json, "dropped");
  attest_json_begin_array (json);
  for (guint i = 0; i < explained->trace->dropped->len; i++)
    {
      const AttestDropped *dropped = &g_array_index (explained->trace->dropped, AttestDropped, i);

      if (dropped->code == explained->code)
        write_dropped (writer, dropped);
    }
  attest_json_end_array (json);
}

void
attest_cli_explain_json (const AttestExplained *explained)
{
  const AttestCode *code = attest_codebook_code (explained->codebook, explained->code);
  const AttestTurn *turn = attest_cli_explained_turn (explained);
  const char *text = explained->doc->text + turn->start_byte;
  gsize length_bytes = turn->end_byte - turn->start_byte;
  g_autoptr (AttestCharMap) map = attest_char_map_new (text, length_bytes);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (AttestJson) json = attest_json_new (out, TRUE);
  Writer writer = { explained, json, map, text };

  attest_json_begin_object (json);
  attest_json_member_int (json, "format", 1);
  attest_json_member_string (json, "codebook", explained->codebook->id);
  attest_json_member_string (json, "sha256", explained->codebook->sha256);
  attest_json_member_string (json, "code", code->id);
  attest_json_key (json, "text");
  attest_json_string_len (json, text, length_bytes);
  attest_json_member_string (json, "lang", explained->lang);
  attest_json_member_bool (json, "lang_guessed",
                           explained->lang != NULL && explained->is_lang_guessed);
  attest_json_member_string (json, "role", attest_role_to_string (explained->role));
  attest_json_key (json, "rules");
  attest_json_begin_array (json);
  for (guint i = 0; i < code->n_rules; i++)
    write_rule (&writer, code->first_rule + i);
  attest_json_end_array (json);
  write_segments (&writer);
  attest_json_end_object (json);
  fprintf (explained->inv->out, "%s\n", out->str);
}
