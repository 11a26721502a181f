/* What `codebook explain` prints of one rule for people: its matches, and what decided. */
#include "cli/attest-cli-codebook-explain-private.h"

#include <string.h>

#include "util/attest-text.h"

/* Patterns of a condition that are named before "…". */
#define MAX_NAMED 5

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
write_decision (const AttestExplained *explained, const AttestTrace *trace, guint index)
{
  const AttestVerdict *verdict = &g_array_index (trace->verdicts, AttestVerdict, index);
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
      for (guint i = 0; i < trace->held->len; i++)
        {
          const AttestHeld *held = &g_array_index (trace->held, AttestHeld, i);

          if (held->verdict != index)
            continue;
          fputs ("; ", out);
          write_partner (explained, held->condition, &held->partner);
        }
    }
}

static gboolean
is_of_rule (const AttestExplained *explained, const AttestVerdict *verdict, guint rule)
{
  return attest_codebook_pattern (explained->codebook, verdict->match.pattern)->rule == rule;
}

/* "through money, late" */
static void
write_alternatives (const AttestExplained *explained, const AttestMatch *match)
{
  g_autoptr (GPtrArray) alternatives = attest_cli_explained_alternatives (explained, match);
  g_autofree char *joined = g_strjoinv (", ", (char **)alternatives->pdata);
  g_autofree char *printable = attest_text_printable (joined, strlen (joined), 0);

  if (*printable != '\0')
    fprintf (explained->inv->out, "        through %s\n", printable);
}

static void
write_match (const AttestExplained *explained, const AttestTrace *trace, guint index)
{
  const AttestVerdict *verdict = &g_array_index (trace->verdicts, AttestVerdict, index);
  const AttestCodebookPattern *pattern
      = attest_codebook_pattern (explained->codebook, verdict->match.pattern);
  gboolean is_hit = verdict->kind == ATTEST_VERDICT_HIT && trace == explained->trace;
  g_autofree char *words = dup_match (explained, &verdict->match);
  g_autofree char *source = attest_text_printable (pattern->source, strlen (pattern->source), 0);

  fprintf (
      explained->inv->out, "    %s%s '%s'%s by %s\n",
      attest_cli_explained_color (explained, is_hit ? ATTEST_COLOR_GREEN : ATTEST_COLOR_YELLOW),
      short_name (pattern), words, attest_cli_explained_color (explained, ATTEST_COLOR_OFF),
      source);
  write_alternatives (explained, &verdict->match);
  fputs ("        ", explained->inv->out);
  write_decision (explained, trace, index);
  fputc ('\n', explained->inv->out);
}

static void
write_matches (const AttestExplained *explained, const AttestTrace *trace, guint rule)
{
  for (guint i = 0; i < trace->verdicts->len; i++)
    if (is_of_rule (explained, &g_array_index (trace->verdicts, AttestVerdict, i), rule))
      write_match (explained, trace, i);
}

/* Whether the rule has a match, and one that is a hit. */
static gboolean
find_match (const AttestExplained *explained, const AttestTrace *trace, guint rule,
            gboolean *out_is_hit)
{
  gboolean is_found = FALSE;

  *out_is_hit = FALSE;
  for (guint i = 0; trace != NULL && i < trace->verdicts->len; i++)
    {
      const AttestVerdict *verdict = &g_array_index (trace->verdicts, AttestVerdict, i);

      if (!is_of_rule (explained, verdict, rule))
        continue;
      is_found = TRUE;
      *out_is_hit = *out_is_hit || verdict->kind == ATTEST_VERDICT_HIT;
    }
  return is_found;
}

AttestFared
attest_cli_explained_rule_fared (const AttestExplained *explained, guint rule)
{
  g_autofree char *why_not = attest_cli_explained_dup_why_not (
      explained, attest_codebook_rule (explained->codebook, rule));
  gboolean is_hit;

  if (find_match (explained, explained->trace, rule, &is_hit))
    return is_hit ? ATTEST_FARED_HIT : ATTEST_FARED_MISS;
  if (why_not == NULL)
    return ATTEST_FARED_NONE;
  return find_match (explained, explained->any_lang, rule, &is_hit) ? ATTEST_FARED_OTHER_LANG
                                                                    : ATTEST_FARED_NOT_FOR;
}

static guint
count_patterns (const AttestCodebook *codebook, const AttestRule *rule)
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

void
attest_cli_explain_rule (const AttestExplained *explained, guint index)
{
  const AttestRule *rule = attest_codebook_rule (explained->codebook, index);
  AttestFared fared = attest_cli_explained_rule_fared (explained, index);
  FILE *out = explained->inv->out;
  g_autofree char *name = attest_codebook_dup_rule_name (explained->codebook, index);
  g_autofree char *why_not = attest_cli_explained_dup_why_not (explained, rule);

  fprintf (out, "  %srule %s%s (line %u)",
           attest_cli_explained_color (explained, ATTEST_COLOR_BOLD), name,
           attest_cli_explained_color (explained, ATTEST_COLOR_OFF), rule->line);
  if (why_not != NULL)
    fprintf (out, ": %s", why_not);
  fputc ('\n', out);
  if (fared == ATTEST_FARED_OTHER_LANG)
    write_matches (explained, explained->any_lang, index);
  else
    write_matches (explained, explained->trace, index);
  if (fared != ATTEST_FARED_NONE)
    return;
  guint n = count_patterns (explained->codebook, rule);
  if (n == 1)
    fprintf (out, "    its pattern does not match\n");
  else
    fprintf (out, "    none of its %u patterns matches\n", n);
}
