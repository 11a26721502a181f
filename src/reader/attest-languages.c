#include "reader/attest-languages.h"

#include <string.h>

/* Turns that speak for the document. */
#define N_LONGEST 12
/* A longer turn counts no more than this, bytes: one speech is no majority. */
#define MAX_WEIGHT 1000

static gsize
turn_bytes (const AttestTurn *turn)
{
  return turn->end_byte - turn->start_byte;
}

/* The longest turns, longest first; returns how many. */
static guint
find_longest (const AttestDocument *doc, const AttestTurn *longest[N_LONGEST])
{
  guint n = 0;

  for (guint i = 0; i < doc->turns->len; i++)
    {
      const AttestTurn *turn = attest_document_turn (doc, i);
      guint at = n;

      while (at > 0 && turn_bytes (longest[at - 1]) < turn_bytes (turn))
        at--;
      if (at == N_LONGEST)
        continue;
      n = MIN (n + 1, N_LONGEST);
      memmove (&longest[at + 1], &longest[at], (n - 1 - at) * sizeof longest[0]);
      longest[at] = turn;
    }
  return n;
}

/* The language of more than half of the longest turns that are in a known language, by weight. */
static const char *
guess_document (const AttestDocument *doc, AttestLanguageGuesser *guesser)
{
  const AttestTurn *longest[N_LONGEST];
  const char *langs[N_LONGEST];
  gsize weights[N_LONGEST];
  guint n = find_longest (doc, longest);
  gsize total = 0;

  for (guint i = 0; i < n; i++)
    {
      langs[i] = attest_language_guess (guesser, doc->text + longest[i]->start_byte,
                                        turn_bytes (longest[i]));
      weights[i] = langs[i] != NULL ? MIN (turn_bytes (longest[i]), MAX_WEIGHT) : 0;
      total += weights[i];
    }
  for (guint i = 0; i < n; i++)
    {
      gsize weight = 0;

      for (guint k = 0; k < n; k++)
        weight += g_strcmp0 (langs[k], langs[i]) == 0 ? weights[k] : 0;
      if (langs[i] != NULL && 2 * weight > total)
        return langs[i];
    }
  return NULL;
}

void
attest_languages_assign (AttestDocument *doc, AttestLanguageGuesser *guesser, const char *lang)
{
  const char *common = lang != NULL ? g_intern_string (lang) : guess_document (doc, guesser);

  for (guint i = 0; i < doc->turns->len; i++)
    {
      AttestTurn *turn = attest_document_turn (doc, i);
      const char *text = doc->text + turn->start_byte;

      turn->lang = common;
      if (lang != NULL)
        continue;
      if (common == NULL)
        turn->lang = attest_language_guess (guesser, text, turn_bytes (turn));
      else
        {
          const char *other
              = attest_language_guess_other (guesser, text, turn_bytes (turn), common);

          turn->lang = other != NULL ? other : common;
        }
    }
}
