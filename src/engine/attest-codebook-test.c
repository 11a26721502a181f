/* attest-codebook-test: the examples and counterexamples of a codebook, coded as a respondent's
 * turns.
 *
 * All of them are the turns of one document, so that they are searched exactly as an interview is.
 * Those that answer a question come last, each behind its question: what stands before them was
 * never asked about.
 */
#include "engine/attest-coder.h"

#include <string.h>

#include "util/attest-text.h"

typedef struct
{
  guint code;
  const AttestExample *example;
  guint turn; /* of the document */
} Case;

static void
clear_failure (gpointer data)
{
  g_free (((AttestTestFailure *)data)->message);
}

void
attest_codebook_test_free (AttestCodebookTest *test)
{
  if (test == NULL)
    return;
  g_array_unref (test->failures);
  g_array_unref (test->untested);
  g_array_unref (test->cases);
  g_free (test->is_reached);
  g_ptr_array_unref (test->alternatives);
  g_free (test);
}

/* Those of a code without rules are for the people who give it. */
static void
collect_cases (const AttestCodebook *codebook, GArray *cases, GArray *untested)
{
  for (guint i = 0; i < codebook->codes->len; i++)
    {
      const AttestCode *code = attest_codebook_code (codebook, i);
      guint n[2] = { 0, 0 };

      if (code->n_rules == 0)
        continue;
      for (guint k = 0; k < code->examples->len; k++)
        {
          Case item = { i, &g_array_index (code->examples, AttestExample, k), 0 };

          n[item.example->counter ? 1 : 0]++;
          g_array_append_val (cases, item);
        }
      if (n[0] == 0 || n[1] == 0)
        g_array_append_val (untested, i);
    }
}

/* Who would have to say the example for its rule to look at it. */
static AttestRole
example_role (const AttestCodebook *codebook, const AttestExample *example)
{
  guint roles = example->rule == ATTEST_NO_RULE
                    ? 1u << ATTEST_ROLE_RESPONDENT
                    : attest_codebook_rule (codebook, example->rule)->roles;

  if (roles & (1u << ATTEST_ROLE_RESPONDENT))
    return ATTEST_ROLE_RESPONDENT;
  return roles & (1u << ATTEST_ROLE_INTERPRETER) ? ATTEST_ROLE_INTERPRETER : ATTEST_ROLE_OTHER;
}

static void
add_turn (AttestDocument *doc, GString *text, AttestRole role, const char *said, const char *lang)
{
  AttestTurn turn = { .speaker = (guint)role,
                      .start_byte = text->len,
                      .start_ms = ATTEST_NO_TIME,
                      .end_ms = ATTEST_NO_TIME,
                      .lang = lang };

  g_string_append (text, said);
  turn.end_byte = text->len;
  g_string_append_c (text, '\n');
  g_array_append_val (doc->turns, turn);
}

/* Notes the turn of each case in it. */
static AttestDocument *
make_document (const AttestCodebook *codebook, GArray *cases)
{
  AttestDocument *doc = attest_document_new (codebook->path);
  GString *text = g_string_new (NULL);

  for (guint role = 0; role < ATTEST_N_ROLES; role++)
    {
      const char *name = attest_role_to_string ((AttestRole)role);
      AttestSpeaker *speaker
          = attest_document_speaker (doc, attest_document_intern_speaker (doc, name));

      speaker->role = (AttestRole)role;
      /* Whatever is asked is a question, however it looks. */
      if (role == ATTEST_ROLE_INTERVIEWER)
        speaker->role_reason = g_strdup (ATTEST_REASON_QUESTIONS);
    }
  for (guint asked = 0; asked < 2; asked++)
    for (guint i = 0; i < cases->len; i++)
      {
        Case *item = &g_array_index (cases, Case, i);
        const AttestExample *example = item->example;

        if ((example->asked != NULL) != (asked == 1))
          continue;
        if (asked == 1)
          add_turn (doc, text, ATTEST_ROLE_INTERVIEWER, example->asked, example->lang);
        item->turn = doc->turns->len;
        add_turn (doc, text, example_role (codebook, example), example->text, example->lang);
      }
  gsize length_bytes = text->len;
  attest_document_take_text (doc, g_string_free (text, FALSE), length_bytes);
  return doc;
}

/* The first hit of the example's code, or of its rule; NULL: none. */
static const AttestHit *
find_hit (const AttestCodebook *codebook, const AttestCoding *coding, const Case *item)
{
  for (guint i = 0; i < coding->segments->len; i++)
    {
      const AttestSegment *segment = attest_coding_segment (coding, i);

      if (segment->turn != item->turn || segment->code != item->code)
        continue;
      for (guint k = 0; k < segment->n_hits; k++)
        {
          const AttestHit *hit = attest_coding_hit (coding, segment->first_hit + k);

          if (item->example->rule == ATTEST_NO_RULE
              || attest_codebook_pattern (codebook, hit->pattern)->rule == item->example->rule)
            return hit;
        }
    }
  return NULL;
}

/* What examples reach. */
typedef struct
{
  const AttestCodebook *codebook;
  const AttestDocument *doc;
  AttestCodebookTest *test;
} Coverage;

static AttestReached *
reached_new (const AttestCodebookPattern *pattern)
{
  AttestReached *reached;
  AttestAlternatives *alternatives = attest_alternatives_new (
      attest_pattern_get_body (pattern->pattern),
      pattern->word_edges ? ATTEST_PATTERN_WORD_EDGES : ATTEST_PATTERN_PLAIN);

  if (alternatives == NULL)
    return NULL;
  reached = g_new0 (AttestReached, 1);
  reached->alternatives = alternatives;
  reached->is_reached = g_new0 (gboolean, attest_alternatives_get_count (alternatives));
  return reached;
}

static void
free_reached (gpointer data)
{
  AttestReached *reached = data;

  if (reached == NULL)
    return;
  attest_alternatives_free (reached->alternatives);
  g_free (reached->is_reached);
  g_free (reached);
}

static void
note_match (const Coverage *coverage, guint number, const AttestMatch *match)
{
  const AttestTurn *turn = attest_document_turn (coverage->doc, number);
  AttestCodebookTest *test = coverage->test;
  gpointer *reached = &g_ptr_array_index (test->alternatives, match->pattern);

  if (!test->is_reached[match->pattern])
    *reached = reached_new (attest_codebook_pattern (coverage->codebook, match->pattern));
  test->is_reached[match->pattern] = TRUE;
  if (*reached == NULL)
    return;
  gsize length_bytes = turn->end_byte - turn->start_byte;
  g_autofree char *text
      = attest_text_dup_unwrapped (coverage->doc->text + turn->start_byte, length_bytes);
  attest_alternatives_note (((AttestReached *)*reached)->alternatives, text, length_bytes,
                            match->start_byte, ((AttestReached *)*reached)->is_reached);
}

/* Patterns that do something in an example: those of hits, of the conditions that they met, and of
 * those that took matches away. */
static void
note_reached (const Coverage *coverage, const AttestTrace *trace)
{
  for (guint i = 0; i < trace->verdicts->len; i++)
    {
      const AttestVerdict *verdict = &g_array_index (trace->verdicts, AttestVerdict, i);

      if (verdict->kind == ATTEST_VERDICT_HIT)
        note_match (coverage, verdict->turn, &verdict->match);
      else if (verdict->kind == ATTEST_VERDICT_TAKEN_AWAY)
        note_match (coverage, verdict->turn, &verdict->partner);
    }
  for (guint i = 0; i < trace->held->len; i++)
    {
      const AttestHeld *held = &g_array_index (trace->held, AttestHeld, i);

      note_match (coverage, g_array_index (trace->verdicts, AttestVerdict, held->verdict).turn,
                  &held->partner);
    }
}

static char *
explain_failure (const AttestCodebook *codebook, const AttestDocument *doc, const Case *item,
                 const AttestHit *hit)
{
  const char *id = attest_codebook_code (codebook, item->code)->id;

  if (hit != NULL)
    return g_strdup_printf ("%s hits '%.*s', but this is a counterexample",
                            attest_codebook_pattern (codebook, hit->pattern)->name,
                            (int)(hit->end_byte - hit->start_byte), doc->text + hit->start_byte);
  if (item->example->rule == ATTEST_NO_RULE)
    return g_strdup_printf ("no rule of %s hits this example", id);
  return g_strdup_printf ("rule %u of %s does not hit its example",
                          attest_codebook_rule (codebook, item->example->rule)->number, id);
}

static const char *
find_stop (const AttestCoding *coding, guint number)
{
  for (guint i = 0; i < coding->incomplete->len; i++)
    {
      const AttestIncomplete *incomplete = &g_array_index (coding->incomplete, AttestIncomplete, i);

      if (incomplete->turn == number)
        return incomplete->reason;
    }
  return NULL;
}

AttestCodebookTest *
attest_coder_test (AttestCoderWorker *worker)
{
  const AttestCodebook *codebook = attest_coder_worker_get_codebook (worker);
  g_autoptr (GArray) cases = g_array_new (FALSE, FALSE, sizeof (Case));
  AttestCodebookTest *test = g_new0 (AttestCodebookTest, 1);

  test->failures = g_array_new (FALSE, TRUE, sizeof (AttestTestFailure));
  g_array_set_clear_func (test->failures, clear_failure);
  test->untested = g_array_new (FALSE, TRUE, sizeof (guint));
  test->cases = g_array_new (FALSE, TRUE, sizeof (const AttestExample *));
  test->is_reached = g_new0 (gboolean, codebook->patterns->len + 1);
  test->alternatives = g_ptr_array_new_with_free_func (free_reached);
  g_ptr_array_set_size (test->alternatives, (gint)codebook->patterns->len);
  collect_cases (codebook, cases, test->untested);

  g_autoptr (AttestDocument) doc = make_document (codebook, cases);
  g_autoptr (AttestTrace) trace = attest_trace_new ();
  g_autoptr (AttestCoding) coding = attest_coder_trace (worker, doc, trace);
  Coverage coverage = { codebook, doc, test };
  note_reached (&coverage, trace);
  for (guint i = 0; i < cases->len; i++)
    {
      const Case *item = &g_array_index (cases, Case, i);
      const AttestHit *hit = find_hit (codebook, coding, item);
      const char *stop = find_stop (coding, item->turn);

      g_array_append_val (test->cases, item->example);

      if (stop == NULL && (hit != NULL) != item->example->counter)
        {
          test->passed++;
          continue;
        }
      AttestTestFailure failure = { item->code, item->example, NULL };
      failure.message = stop != NULL ? g_strdup (stop) : explain_failure (codebook, doc, item, hit);
      test->failed++;
      g_array_append_val (test->failures, failure);
    }
  return test;
}
