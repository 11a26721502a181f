/* Whether edges leave a pattern any match: a walk over all ways through the automaton, with what
 * the last character was and what the edges passed since want of the next.
 */
#include "pattern/attest-automaton.h"

#include <string.h>

/* What the last character was. */
enum
{
  NO_CHAR, /* there is none in the match: what stands before it may be anything */
  WORD_CHAR,
  OTHER_CHAR,
  N_CHARS
};

/* What is wanted of the next character; bits. */
#define WANT_EDGE 1u    /* \b */
#define WANT_NO_EDGE 2u /* \B */
#define WANT_END 4u     /* $, \z, \Z: there is none, or a line end */
#define N_WANTS 8u

typedef struct
{
  const AttestAutomaton *automaton;
  const AttestSymbols *words, *line_ends;
  guint8 *seen;       /* of each position, last character and wants */
  GArray *queue;      /* of guint: states */
  guint8 *is_reached; /* of each position */
  gboolean can_match;
} Walk;

static void
visit (Walk *walk, guint position, guint last, guint wants)
{
  guint state = (position * N_CHARS + last) * N_WANTS + wants;

  if (walk->seen[state])
    return;
  walk->seen[state] = 1;
  walk->is_reached[position] = 1;
  g_array_append_val (walk->queue, state);
  if (last != NO_CHAR && attest_automaton_position (walk->automaton, position)->is_last)
    walk->can_match = TRUE;
}

static void
pass_edge (Walk *walk, guint position, guint last, guint wants)
{
  switch (attest_automaton_position (walk->automaton, position)->edge)
    {
    case 'b':
      wants |= WANT_EDGE;
      break;
    case 'B':
      wants |= WANT_NO_EDGE;
      break;
    case '^':
    case 'A':
      if (last != NO_CHAR)
        return;
      break;
    default:
      wants |= WANT_END;
    }
  if ((wants & WANT_EDGE) == 0 || (wants & WANT_NO_EDGE) == 0)
    visit (walk, position, last, wants);
}

static gboolean
is_allowed (guint last, guint wants, guint next)
{
  if (last != NO_CHAR && (wants & WANT_EDGE) != 0 && last == next)
    return FALSE;
  return last == NO_CHAR || (wants & WANT_NO_EDGE) == 0 || last == next;
}

/* A character of either kind. A line end may stand behind "$"; no other character may. */
static void
take_char (Walk *walk, guint position, guint last, guint wants)
{
  const AttestSymbols *symbols = &attest_automaton_position (walk->automaton, position)->symbols;
  AttestSymbols words, others;

  for (guint i = 0; i < G_N_ELEMENTS (words.bits); i++)
    {
      words.bits[i] = symbols->bits[i] & walk->words->bits[i];
      others.bits[i] = symbols->bits[i] & ~walk->words->bits[i];
    }
  if (attest_symbols_meet (&words, &words) && is_allowed (last, wants, WORD_CHAR)
      && (wants & WANT_END) == 0)
    visit (walk, position, WORD_CHAR, 0);
  if (attest_symbols_meet (&others, (wants & WANT_END) != 0 ? walk->line_ends : &others)
      && is_allowed (last, wants, OTHER_CHAR))
    visit (walk, position, OTHER_CHAR, 0);
}

static void
go (Walk *walk, const GArray *next, guint last, guint wants)
{
  for (guint i = 0; i < next->len; i++)
    {
      guint position = g_array_index (next, guint, i);

      if (attest_automaton_position (walk->automaton, position)->edge != '\0')
        pass_edge (walk, position, last, wants);
      else
        take_char (walk, position, last, wants);
    }
}

gboolean
attest_automaton_can_match (const AttestAutomaton *automaton, const AttestSymbols *words,
                            const AttestSymbols *line_ends, AttestEffort *effort, guint *out_dead)
{
  guint n = automaton->positions->len;
  g_autofree guint8 *seen = g_new0 (guint8, (gsize)n * N_CHARS * N_WANTS + 1);
  g_autofree guint8 *is_reached = g_new0 (guint8, n + 1);
  g_autoptr (GArray) queue = g_array_new (FALSE, FALSE, sizeof (guint));
  Walk walk = { automaton, words, line_ends, seen, queue, is_reached, FALSE };

  *out_dead = G_MAXUINT;
  go (&walk, automaton->first, NO_CHAR, 0);
  for (guint i = 0; i < queue->len; i++)
    {
      guint state = g_array_index (queue, guint, i);
      const AttestPosition *position
          = attest_automaton_position (automaton, state / N_WANTS / N_CHARS);

      if (!attest_effort_spend (effort, 4 * (guint64)position->follow->len))
        return TRUE;
      go (&walk, position->follow, state / N_WANTS % N_CHARS, state % N_WANTS);
    }
  for (guint i = n; i > 0; i--)
    if (!is_reached[i - 1])
      *out_dead = i - 1;
  return walk.can_match;
}
