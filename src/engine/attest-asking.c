#include "engine/attest-asking.h"

#include <string.h>

#include "pattern/attest-scanner.h"

/* What an interviewer says in fewer words and without a question mark is no new question. */
#define MIN_QUESTION_WORDS 8

struct _AttestAsking
{
  const AttestCodebook *codebook;
  /* Of the last question. */
  GArray *codes;     /* of guint, ascending */
  GArray *rules;     /* of guint, ascending: those that wait for it */
  gboolean answered; /* somebody else has spoken since */
};

AttestAsking *
attest_asking_new (const AttestCodebook *codebook)
{
  AttestAsking *asking = g_new0 (AttestAsking, 1);

  asking->codebook = codebook;
  asking->codes = g_array_new (FALSE, FALSE, sizeof (guint));
  asking->rules = g_array_new (FALSE, FALSE, sizeof (guint));
  return asking;
}

void
attest_asking_free (AttestAsking *asking)
{
  if (asking == NULL)
    return;
  g_array_unref (asking->codes);
  g_array_unref (asking->rules);
  g_free (asking);
}

static gboolean
looks_like_a_question (const AttestSearchedTurn *turn)
{
  static const char *const marks[] = { "?", "؟", "？" };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_strstr_len (turn->text, (gssize)turn->length_bytes, marks[i]) != NULL)
      return TRUE;
  return turn->words >= MIN_QUESTION_WORDS;
}

/* Adds a number to those in @numbers, ascending, unless it is there. */
static void
add_number (GArray *numbers, guint number)
{
  guint at = 0;

  while (at < numbers->len && g_array_index (numbers, guint, at) < number)
    at++;
  if (at == numbers->len || g_array_index (numbers, guint, at) != number)
    g_array_insert_val (numbers, at, number);
}

/* Patterns of one code follow each other, so codes come in their order. */
static void
add_question (const AttestQuestion *question, guint first, AttestCoding *coding)
{
  AttestQuestion *last
      = coding->questions->len > first
            ? &g_array_index (coding->questions, AttestQuestion, coding->questions->len - 1)
            : NULL;

  if (last == NULL || last->code != question->code)
    g_array_append_vals (coding->questions, question, 1);
  else if (question->start_byte < last->start_byte)
    *last = *question;
}

void
attest_asking_hear (AttestAsking *asking, const AttestSearchedTurn *turn, const GArray *matches,
                    gboolean is_certain, AttestCoding *coding)
{
  gboolean asks = is_certain || looks_like_a_question (turn);
  guint first = coding->questions->len;

  if (asking->answered && (matches->len > 0 || asks))
    {
      g_array_set_size (asking->codes, 0);
      g_array_set_size (asking->rules, 0);
    }
  asking->answered = FALSE;
  for (guint i = 0; i < matches->len; i++)
    {
      const AttestMatch *match = &g_array_index (matches, AttestMatch, i);
      const AttestCodebookPattern *pattern
          = attest_codebook_pattern (asking->codebook, match->pattern);
      AttestQuestion question = { turn->number, pattern->code, turn->start_byte + match->start_byte,
                                  turn->start_byte + match->end_byte };

      if (pattern->use != ATTEST_PATTERN_ASKED)
        {
          add_number (asking->rules, pattern->rule);
          continue;
        }
      add_number (asking->codes, pattern->code);
      add_question (&question, first, coding);
    }
  if (coding->questions->len == first && asks)
    {
      AttestQuestion unknown = { turn->number, ATTEST_NO_CODE, turn->start_byte,
                                 turn->start_byte + turn->length_bytes };

      add_question (&unknown, first, coding);
    }
}

void
attest_asking_hear_again (AttestAsking *asking, const GArray *matches)
{
  for (guint i = 0; i < matches->len; i++)
    {
      const AttestCodebookPattern *pattern = attest_codebook_pattern (
          asking->codebook, g_array_index (matches, AttestMatch, i).pattern);

      if (pattern->use == ATTEST_PATTERN_ASKED)
        add_number (asking->codes, pattern->code);
      else
        add_number (asking->rules, pattern->rule);
    }
}

void
attest_asking_answer (AttestAsking *asking, AttestSearchedTurn *turn, AttestCoding *coding)
{
  asking->answered = TRUE;
  for (guint i = 0; i < asking->codes->len; i++)
    {
      AttestAsked asked = { turn->number, g_array_index (asking->codes, guint, i) };

      g_array_append_val (coding->asked, asked);
    }
  turn->asked_codes = asking->codes;
  turn->asked_rules = asking->rules;
}
