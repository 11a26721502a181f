/* attest-conditions: see the header.
 *
 * The matches of one pattern do not overlap, so their ends are in order like their starts, and the
 * nearest one on each side of a hit is found by bisection.
 */
#include "engine/attest-conditions.h"

#include <string.h>

#include "util/attest-limits.h"
#include "util/attest-text.h"

typedef struct
{
  gsize start, end;
} Span;

struct _AttestConditions
{
  const AttestCodebook *codebook;
  AttestSentenceFinder *sentences;
  const AttestSearchedTurn *turn;
  const GArray *matches;
  Span known;         /* the last whole sentence that was found */
  Span asked, answer; /* the last question about sentences, and what it gave */
  GArray *all;        /* of Span: the sentences of the turn, once a window has been asked for */
  gboolean is_all_set;
};

AttestConditions *
attest_conditions_new (const AttestCodebook *codebook)
{
  AttestConditions *conditions = g_new0 (AttestConditions, 1);

  conditions->codebook = codebook;
  conditions->sentences = attest_sentence_finder_new ();
  conditions->all = g_array_new (FALSE, FALSE, sizeof (Span));
  return conditions;
}

void
attest_conditions_free (AttestConditions *conditions)
{
  if (conditions == NULL)
    return;
  attest_sentence_finder_free (conditions->sentences);
  g_array_unref (conditions->all);
  g_free (conditions);
}

void
attest_conditions_set_turn (AttestConditions *conditions, const AttestSearchedTurn *turn,
                            const GArray *matches)
{
  conditions->turn = turn;
  conditions->matches = matches;
  conditions->known = conditions->asked = (Span){ 0, 0 };
  conditions->is_all_set = FALSE;
  attest_sentence_finder_set_text (conditions->sentences, turn->text, turn->length_bytes,
                                   turn->lang);
}

/* --- units ------------------------------------------------------------------------------ */

void
attest_conditions_widen_to_sentence (AttestConditions *conditions, gsize start_byte, gsize end_byte,
                                     gsize *out_start_byte, gsize *out_end_byte)
{
  Span *known = &conditions->known;

  if (start_byte >= known->start && end_byte <= known->end)
    {
      *out_start_byte = known->start;
      *out_end_byte = known->end;
      return;
    }
  if (start_byte != conditions->asked.start || end_byte != conditions->asked.end)
    {
      Span *answer = &conditions->answer;

      if (attest_sentence_finder_widen (conditions->sentences, start_byte, end_byte, &answer->start,
                                        &answer->end))
        *known = *answer;
      conditions->asked = (Span){ start_byte, end_byte };
    }
  *out_start_byte = conditions->answer.start;
  *out_end_byte = conditions->answer.end;
}

/* All sentences of the turn, once: hits by the thousand have windows that overlap. */
static void
find_all (AttestConditions *conditions)
{
  const char *text = conditions->turn->text;
  const char *end = text + conditions->turn->length_bytes;

  if (conditions->is_all_set)
    return;
  g_array_set_size (conditions->all, 0);
  for (const char *p = text; p < end;)
    {
      const char *next = g_utf8_next_char (p);
      Span span;

      if (!g_unichar_isspace (g_utf8_get_char (p)))
        {
          attest_sentence_finder_widen (conditions->sentences, (gsize)(p - text),
                                        (gsize)(next - text), &span.start, &span.end);
          g_array_append_val (conditions->all, span);
          next = text + span.end;
        }
      p = next;
    }
  conditions->is_all_set = TRUE;
}

/* Index of the first sentence that ends behind @byte. */
static guint
find_sentence (const AttestConditions *conditions, gsize byte)
{
  guint low = 0, high = conditions->all->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (conditions->all, Span, middle).end <= byte)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
widen_to_window (AttestConditions *conditions, guint sentences, gsize *start_byte, gsize *end_byte)
{
  find_all (conditions);
  guint n = conditions->all->len;
  guint first = find_sentence (conditions, *start_byte);
  guint last = find_sentence (conditions, *end_byte - 1);
  if (n == 0)
    return;
  first = MIN (first, n - 1) - MIN (MIN (first, n - 1), sentences);
  last = MIN (last + sentences, n - 1);
  *start_byte = MIN (*start_byte, g_array_index (conditions->all, Span, first).start);
  *end_byte = MAX (*end_byte, g_array_index (conditions->all, Span, last).end);
}

void
attest_conditions_widen (AttestConditions *conditions, const AttestUnit *unit, gsize *start_byte,
                         gsize *end_byte)
{
  if (unit->kind == ATTEST_UNIT_WINDOW)
    widen_to_window (conditions, unit->sentences, start_byte, end_byte);
  if (unit->kind != ATTEST_UNIT_TURN)
    return;
  *start_byte = 0;
  *end_byte = conditions->turn->length_bytes;
}

static Span
find_unit (AttestConditions *conditions, const AttestUnit *unit, const AttestMatch *hit)
{
  Span span = { hit->start_byte, hit->end_byte };

  if (unit->kind == ATTEST_UNIT_SENTENCE || unit->kind == ATTEST_UNIT_WINDOW)
    attest_conditions_widen_to_sentence (conditions, hit->start_byte, hit->end_byte, &span.start,
                                         &span.end);
  attest_conditions_widen (conditions, unit, &span.start, &span.end);
  return span;
}

/* --- looking for a match ----------------------------------------------------------------- */

static const AttestMatch *
match_at (const AttestConditions *conditions, guint i, guint pattern)
{
  const AttestMatch *match
      = i < conditions->matches->len ? &g_array_index (conditions->matches, AttestMatch, i) : NULL;

  return match != NULL && match->pattern == pattern ? match : NULL;
}

/* Index of the first match of @pattern that ends behind @byte, or of a later pattern. */
static guint
find_ending_behind (const AttestConditions *conditions, guint pattern, gsize byte)
{
  guint low = 0, high = conditions->matches->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const AttestMatch *match = &g_array_index (conditions->matches, AttestMatch, middle);

      if (match->pattern < pattern || (match->pattern == pattern && match->end_byte <= byte))
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Index of the first match of @pattern that starts at or behind @byte, or of a later pattern. */
static guint
find_starting_at (const AttestConditions *conditions, guint pattern, gsize byte)
{
  guint low = 0, high = conditions->matches->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const AttestMatch *match = &g_array_index (conditions->matches, AttestMatch, middle);

      if (match->pattern < pattern || (match->pattern == pattern && match->start_byte < byte))
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Whether at most so many words stand between the two, which do not overlap. */
static gboolean
is_near (const AttestConditions *conditions, guint max_words, const AttestMatch *a,
         const AttestMatch *b)
{
  gsize start_byte = MIN (a->end_byte, b->end_byte);
  gsize end_byte = MAX (a->start_byte, b->start_byte);

  if (max_words == ATTEST_ANY_DISTANCE)
    return TRUE;
  if (end_byte - start_byte > (gsize)(max_words + 1) * ATTEST_MAX_WORD_BYTES)
    return FALSE;
  return attest_text_count_words (conditions->turn->text + start_byte, end_byte - start_byte)
         <= max_words;
}

/* Any match of @pattern in the unit. */
static const AttestMatch *
find_in_unit (const AttestConditions *conditions, guint pattern, Span unit)
{
  const AttestMatch *match
      = match_at (conditions, find_ending_behind (conditions, pattern, unit.start), pattern);

  return match != NULL && match->start_byte < unit.end ? match : NULL;
}

/* The nearest match of @pattern behind the hit, and in front of it. */
static const AttestMatch *
find_behind (const AttestConditions *conditions, const AttestCondition *condition, guint pattern,
             const AttestMatch *hit, Span unit)
{
  const AttestMatch *match
      = match_at (conditions, find_starting_at (conditions, pattern, hit->end_byte), pattern);

  return match != NULL && match->start_byte < unit.end
                 && is_near (conditions, condition->max_words, hit, match)
             ? match
             : NULL;
}

static const AttestMatch *
find_in_front (const AttestConditions *conditions, const AttestCondition *condition, guint pattern,
               const AttestMatch *hit, Span unit)
{
  guint i = find_ending_behind (conditions, pattern, hit->start_byte);
  const AttestMatch *match = i > 0 ? match_at (conditions, i - 1, pattern) : NULL;

  return match != NULL && match->end_byte > unit.start
                 && is_near (conditions, condition->max_words, match, hit)
             ? match
             : NULL;
}

static const AttestMatch *
find_partner (const AttestConditions *conditions, const AttestCondition *condition, guint pattern,
              const AttestMatch *hit, Span unit)
{
  const AttestMatch *found = NULL;

  if (condition->use == ATTEST_PATTERN_BEFORE)
    return find_behind (conditions, condition, pattern, hit, unit);
  if (condition->use == ATTEST_PATTERN_AFTER)
    return find_in_front (conditions, condition, pattern, hit, unit);
  if (condition->max_words == ATTEST_ANY_DISTANCE)
    return find_in_unit (conditions, pattern, unit);
  /* A hit is not near itself, but what takes hits away may well be the hit. */
  if (condition->use != ATTEST_PATTERN_NEAR)
    found = find_in_unit (conditions, pattern, (Span){ hit->start_byte, hit->end_byte });
  if (found == NULL)
    found = find_in_front (conditions, condition, pattern, hit, unit);
  return found != NULL ? found : find_behind (conditions, condition, pattern, hit, unit);
}

gboolean
attest_conditions_find (AttestConditions *conditions, const AttestCondition *condition,
                        const AttestMatch *hit, AttestMatch *out_partner)
{
  Span unit = { 0, 0 };
  gboolean is_unit_known = FALSE;

  for (guint i = 0; i < condition->n_patterns; i++)
    {
      guint pattern = condition->first_pattern + i;
      const AttestMatch *found;

      /* Sentences cost more than a look whether there is anything at all. */
      if (condition->unit.kind != ATTEST_UNIT_HIT
          && match_at (conditions, find_starting_at (conditions, pattern, 0), pattern) == NULL)
        continue;
      if (!is_unit_known)
        unit = find_unit (conditions, &condition->unit, hit);
      is_unit_known = TRUE;
      found = find_partner (conditions, condition, pattern, hit, unit);
      if (found == NULL)
        continue;
      *out_partner = *found;
      return TRUE;
    }
  return FALSE;
}

/* --- a hit ------------------------------------------------------------------------------- */

static gboolean
has_number (const GArray *numbers, guint number)
{
  for (guint i = 0; numbers != NULL && i < numbers->len; i++)
    if (g_array_index (numbers, guint, i) == number)
      return TRUE;
  return FALSE;
}

static gboolean
is_asked (const AttestConditions *conditions, guint rule_index)
{
  const AttestRule *rule = attest_codebook_rule (conditions->codebook, rule_index);

  if (rule->n_asked == 0 && !rule->asked_code)
    return TRUE;
  return (rule->asked_code && has_number (conditions->turn->asked_codes, rule->code))
         || (rule->n_asked > 0 && has_number (conditions->turn->asked_rules, rule_index));
}

static gboolean
check_range (AttestConditions *conditions, guint first, guint n, const AttestMatch *match,
             AttestVerdict *verdict)
{
  for (guint i = first; i < first + n; i++)
    {
      const AttestCondition *condition = attest_codebook_condition (conditions->codebook, i);
      gboolean takes_away
          = condition->use == ATTEST_PATTERN_UNLESS || condition->use == ATTEST_PATTERN_STOP;
      gboolean is_found = attest_conditions_find (conditions, condition, match, &verdict->partner);

      if (is_found != takes_away)
        continue;
      verdict->kind = takes_away ? ATTEST_VERDICT_TAKEN_AWAY : ATTEST_VERDICT_MISSING;
      verdict->condition = i;
      return FALSE;
    }
  return TRUE;
}

gboolean
attest_conditions_check (AttestConditions *conditions, const AttestMatch *match,
                         AttestVerdict *out_verdict)
{
  const AttestCodebookPattern *pattern
      = attest_codebook_pattern (conditions->codebook, match->pattern);
  const AttestRule *rule = attest_codebook_rule (conditions->codebook, pattern->rule);
  const AttestCode *code = attest_codebook_code (conditions->codebook, pattern->code);
  AttestVerdict verdict = { .match = *match, .kind = ATTEST_VERDICT_HIT };

  if (!is_asked (conditions, pattern->rule))
    verdict.kind = ATTEST_VERDICT_NOT_ASKED;
  else if (check_range (conditions, code->first_stop, code->n_stop, match, &verdict))
    check_range (conditions, rule->first_condition, rule->n_conditions, match, &verdict);
  if (out_verdict != NULL)
    *out_verdict = verdict;
  return verdict.kind == ATTEST_VERDICT_HIT;
}
