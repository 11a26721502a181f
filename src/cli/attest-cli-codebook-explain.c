/* What `codebook explain` prints for people. */
#include "cli/attest-cli-codebook-explain.h"

#include <string.h>

#include "util/attest-text.h"

#define RED "\033[31m"
#define GREEN "\033[1;32m"
#define BOLD "\033[1m"
#define PLAIN "\033[0m"
/* Patterns of a condition that are named before "…". */
#define MAX_NAMED 5

const AttestTurn *
attest_cli_explained_turn (const AttestExplained *explained)
{
  return attest_document_turn (explained->doc, explained->doc->turns->len - 1);
}

char *
attest_cli_explained_dup_why_not (const AttestExplained *explained, const AttestRule *rule)
{
  if (!(rule->roles & (1u << explained->role)))
    return g_strdup_printf ("not for a turn of the role %s",
                            attest_role_to_string (explained->role));
  if (rule->langs == NULL || explained->lang == NULL
      || g_strv_contains (rule->langs, explained->lang))
    return NULL;
  g_autofree char *langs = g_strjoinv (", ", (char **)rule->langs);
  return g_strdup_printf ("only for %s", langs);
}

static const char *
color (const AttestExplained *explained, const char *code)
{
  return explained->inv->color ? code : "";
}

/* The words of a match, as they are safe to print. */
static char *
dup_match (const AttestExplained *explained, const AttestMatch *match)
{
  const char *text = explained->doc->text + attest_cli_explained_turn (explained)->start_byte;

  return attest_text_printable (text + match->start_byte, match->end_byte - match->start_byte, 0);
}

static const char *
short_name (const AttestCodebookPattern *pattern)
{
  return strchr (pattern->name, '/') + 1;
}

/* "near (sentence, 4 words apart): late, delay*" */
static void
write_wanted (const AttestExplained *explained, const AttestCondition *condition)
{
  FILE *out = explained->inv->out;
  g_autofree char *where = attest_condition_dup_where (condition);

  fprintf (out, "%s (%s): ", attest_pattern_use_to_string (condition->use), where);
  for (guint i = 0; i < condition->n_patterns && i <= MAX_NAMED; i++)
    {
      const char *source
          = attest_codebook_pattern (explained->codebook, condition->first_pattern + i)->source;
      g_autofree char *printable = attest_text_printable (source, strlen (source), 0);

      fprintf (out, "%s%s", i > 0 ? ", " : "", i < MAX_NAMED ? printable : "…");
    }
}

/* "near 'late' (late-money.near.1; sentence, 4 words apart)" */
static void
write_partner (const AttestExplained *explained, guint index, const AttestMatch *partner)
{
  const AttestCondition *condition = attest_codebook_condition (explained->codebook, index);
  g_autofree char *where = attest_condition_dup_where (condition);
  g_autofree char *words = dup_match (explained, partner);

  fprintf (explained->inv->out, "%s '%s' (%s; %s)", attest_pattern_use_to_string (condition->use),
           words, short_name (attest_codebook_pattern (explained->codebook, partner->pattern)),
           where);
}

static void
write_decision (const AttestExplained *explained, guint index)
{
  const AttestVerdict *verdict = &g_array_index (explained->trace->verdicts, AttestVerdict, index);
  FILE *out = explained->inv->out;

  switch (verdict->kind)
    {
    case ATTEST_VERDICT_NOT_ASKED:
      fprintf (out, "no hit: it is for answers to a question that was not asked");
      break;
    case ATTEST_VERDICT_MISSING:
      fprintf (out, "no hit: nothing for ");
      write_wanted (explained, attest_codebook_condition (explained->codebook, verdict->condition));
      break;
    case ATTEST_VERDICT_TAKEN_AWAY:
      fprintf (out, "no hit: taken away by ");
      write_partner (explained, verdict->condition, &verdict->partner);
      break;
    default:
      fprintf (out, "hit");
      for (guint i = 0; i < explained->trace->held->len; i++)
        {
          const AttestHeld *held = &g_array_index (explained->trace->held, AttestHeld, i);

          if (held->verdict != index)
            continue;
          fputs ("; ", out);
          write_partner (explained, held->condition, &held->partner);
        }
    }
}

/* Returns: how many matches the rule has. */
static guint
write_matches (const AttestExplained *explained, guint rule)
{
  const GArray *verdicts = explained->trace->verdicts;
  guint n = 0;

  for (guint i = 0; i < verdicts->len; i++)
    {
      const AttestVerdict *verdict = &g_array_index (verdicts, AttestVerdict, i);
      const AttestCodebookPattern *pattern
          = attest_codebook_pattern (explained->codebook, verdict->match.pattern);

      if (pattern->rule != rule)
        continue;
      gboolean is_hit = verdict->kind == ATTEST_VERDICT_HIT;
      g_autofree char *words = dup_match (explained, &verdict->match);
      g_autofree char *source
          = attest_text_printable (pattern->source, strlen (pattern->source), 0);
      fprintf (explained->inv->out, "    %s%s '%s'%s by %s\n        ",
               color (explained, is_hit ? GREEN : RED), short_name (pattern), words,
               color (explained, PLAIN), source);
      write_decision (explained, i);
      fputc ('\n', explained->inv->out);
      n++;
    }
  return n;
}

static guint
count_alternatives (const AttestCodebook *codebook, const AttestRule *rule)
{
  guint n = rule->n_match;

  for (guint i = 0; i < rule->n_conditions && rule->n_match == 0; i++)
    {
      const AttestCondition *condition
          = attest_codebook_condition (codebook, rule->first_condition + i);
      n += condition->use == ATTEST_PATTERN_ALL ? condition->n_patterns : 0;
    }
  return n;
}

static void
write_rule (const AttestExplained *explained, guint index)
{
  const AttestRule *rule = attest_codebook_rule (explained->codebook, index);
  FILE *out = explained->inv->out;
  g_autofree char *name = attest_codebook_dup_rule_name (explained->codebook, index);
  g_autofree char *why_not = attest_cli_explained_dup_why_not (explained, rule);

  fprintf (out, "  %srule %s%s (line %u)", color (explained, BOLD), name, color (explained, PLAIN),
           rule->line);
  if (why_not != NULL)
    {
      fprintf (out, ": %s\n", why_not);
      return;
    }
  fputc ('\n', out);
  if (write_matches (explained, index) > 0)
    return;
  guint n = count_alternatives (explained->codebook, rule);
  if (n == 1)
    fprintf (out, "    its pattern does not match\n");
  else
    fprintf (out, "    none of its %u patterns matches\n", n);
}

static void
write_span (const AttestExplained *explained, const char *text, gsize start_byte, gsize end_byte,
            guint strength, double weight)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *quote = attest_text_printable (text + start_byte, end_byte - start_byte, 0);

  fprintf (explained->inv->out, "'%s' (strength %u, weight %s)", quote, strength,
           g_ascii_formatd (number, sizeof number, "%g", weight));
}

static void
write_dropped (const AttestExplained *explained, const AttestDropped *dropped)
{
  const AttestCode *code = attest_codebook_code (explained->codebook, explained->code);
  const char *text = explained->doc->text + attest_cli_explained_turn (explained)->start_byte;
  FILE *out = explained->inv->out;
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  fprintf (out, "  %sdropped%s ", color (explained, RED), color (explained, PLAIN));
  write_span (explained, text, dropped->start_byte, dropped->end_byte, dropped->strength,
              dropped->weight);
  if (dropped->reason == ATTEST_DROPPED_WEIGHT)
    fprintf (out, ": it weighs less than %s\n",
             g_ascii_formatd (number, sizeof number, "%g", code->min_weight));
  else
    {
      gboolean requires = dropped->reason == ATTEST_DROPPED_REQUIRES;
      g_autofree char *where
          = attest_unit_dup_text (requires ? &code->requires_unit : &code->excludes_unit);

      fprintf (out, ": %s %s in the %s\n",
               attest_codebook_code (explained->codebook, dropped->other)->id,
               requires ? "is not" : "is", where);
    }
}

/* Returns: how many segments stand. */
static guint
write_segments (const AttestExplained *explained)
{
  guint n = 0;

  for (guint i = 0; i < explained->coding->segments->len; i++)
    {
      const AttestSegment *segment = attest_coding_segment (explained->coding, i);

      if (segment->code != explained->code)
        continue;
      fprintf (explained->inv->out, "  %ssegment%s ", color (explained, GREEN),
               color (explained, PLAIN));
      write_span (explained, explained->doc->text, segment->start_byte, segment->end_byte,
                  segment->strength, segment->weight);
      fputc ('\n', explained->inv->out);
      n++;
    }
  for (guint i = 0; i < explained->trace->dropped->len; i++)
    {
      const AttestDropped *dropped = &g_array_index (explained->trace->dropped, AttestDropped, i);

      if (dropped->code == explained->code)
        write_dropped (explained, dropped);
    }
  return n;
}

void
attest_cli_explain_text (const AttestExplained *explained)
{
  const AttestCode *code = attest_codebook_code (explained->codebook, explained->code);
  FILE *out = explained->inv->out;

  fprintf (out, "%s%s%s\n", color (explained, BOLD), code->id, color (explained, PLAIN));
  for (guint i = 0; i < code->n_rules; i++)
    write_rule (explained, code->first_rule + i);
  if (code->n_rules == 0)
    fprintf (out, "  it has no rules: people give it\n");
  if (write_segments (explained) == 0)
    fprintf (out, "  %snot coded%s\n", color (explained, RED), color (explained, PLAIN));
}
