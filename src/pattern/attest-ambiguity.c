/* attest-ambiguity: see the header.
 *
 * Two walkers start at q and read the same text; they may part, and must come back to q together. A
 * state is where both are and whether they have ever parted. Two edges to the same position are
 * two ways, too.
 */
#include "pattern/attest-ambiguity.h"

#include <string.h>

/* States are the square of the positions, and steps the square of the edges. */
#define MAX_PART 48
#define NOWHERE G_MAXUINT32

/* Positions that can all be reached from each other. */
typedef struct
{
  guint n;
  guint positions[MAX_PART];
} Component;

typedef struct
{
  const AttestAutomaton *automaton;
  const AttestAlphabet *alphabet;
  guint *component; /* of each position: index + 1 in the component, or 0 */
  const Component *part;
  guint32 *from; /* state before each state */
  GArray *queue; /* of guint32: states */
  AttestEffort *effort;
} Walk;

/* FALSE: the effort does not last. */
static gboolean
mark_reached (const AttestAutomaton *automaton, guint start, guint8 *reached, AttestEffort *effort)
{
  g_autoptr (GArray) queue = g_array_new (FALSE, FALSE, sizeof (guint));

  g_array_append_val (queue, start);
  for (guint i = 0; i < queue->len; i++)
    {
      const AttestPosition *position
          = attest_automaton_position (automaton, g_array_index (queue, guint, i));

      if (!attest_effort_spend (effort, position->follow->len))
        return FALSE;
      for (guint k = 0; k < position->follow->len; k++)
        {
          guint next = g_array_index (position->follow, guint, k);

          if (reached[next])
            continue;
          reached[next] = 1;
          g_array_append_val (queue, next);
        }
    }
  return TRUE;
}

/* Both at their places in the component, and whether they have parted. */
static guint32
state_of (const Walk *walk, guint a, guint b, gboolean parted)
{
  return (guint32)((a * walk->part->n + b) * 2 + (parted ? 1 : 0));
}

static guint
place_in_part (const Walk *walk, const AttestPosition *position, guint edge)
{
  return walk->component[g_array_index (position->follow, guint, edge)];
}

/* FALSE: the effort does not last. */
static gboolean
step (Walk *walk, guint32 state)
{
  guint a = state / 2 / walk->part->n, b = state / 2 % walk->part->n;
  const AttestPosition *x = attest_automaton_position (walk->automaton, walk->part->positions[a]);
  const AttestPosition *y = attest_automaton_position (walk->automaton, walk->part->positions[b]);

  if (!attest_effort_spend (walk->effort, (guint64)x->follow->len * y->follow->len))
    return FALSE;
  for (guint i = 0; i < x->follow->len; i++)
    for (guint k = 0; k < y->follow->len; k++)
      {
        guint to_a = place_in_part (walk, x, i), to_b = place_in_part (walk, y, k);

        if (to_a == 0 || to_b == 0)
          continue;
        guint32 next = state_of (walk, to_a - 1, to_b - 1,
                                 (state & 1) != 0 || to_a != to_b || (a == b && i != k));
        if (walk->from[next] != NOWHERE
            || !attest_symbols_meet (
                &attest_automaton_position (walk->automaton, walk->part->positions[to_a - 1])
                     ->symbols,
                &attest_automaton_position (walk->automaton, walk->part->positions[to_b - 1])
                     ->symbols))
          continue;
        walk->from[next] = state;
        g_array_append_val (walk->queue, next);
      }
  return TRUE;
}

/* A character that both take. */
static gunichar
common_char (const Walk *walk, guint32 state)
{
  const AttestPosition *x = attest_automaton_position (
      walk->automaton, walk->part->positions[state / 2 / walk->part->n]);
  const AttestPosition *y = attest_automaton_position (
      walk->automaton, walk->part->positions[state / 2 % walk->part->n]);
  AttestSymbols both;

  for (guint i = 0; i < G_N_ELEMENTS (both.bits); i++)
    both.bits[i] = x->symbols.bits[i] & y->symbols.bits[i];
  return attest_alphabet_choose_char (walk->alphabet, &both);
}

/* A text from the position at @at back to it in two ways, or NULL. */
static char *
walk_around (Walk *walk, guint at)
{
  guint32 start = state_of (walk, at, at, FALSE), goal = state_of (walk, at, at, TRUE);
  gsize n_states = (gsize)walk->part->n * walk->part->n * 2;

  memset (walk->from, 0xff, sizeof *walk->from * n_states);
  g_array_set_size (walk->queue, 0);
  g_array_append_val (walk->queue, start);
  walk->from[start] = start;
  for (guint i = 0; i < walk->queue->len && walk->from[goal] == NOWHERE; i++)
    if (!step (walk, g_array_index (walk->queue, guint32, i)))
      return NULL;
  if (walk->from[goal] == NOWHERE)
    return NULL;
  GString *pump = g_string_new (NULL);
  for (guint32 state = goal; state != start; state = walk->from[state])
    {
      char utf8[8] = "";

      g_unichar_to_utf8 (common_char (walk, state), utf8);
      g_string_prepend (pump, utf8);
    }
  return g_string_free (pump, FALSE);
}

static void
search_part (Walk *walk, GArray *found)
{
  for (guint at = 0; at < walk->part->n; at++)
    {
      AttestAmbiguity ambiguity
          = { .position = walk->part->positions[at], .pump = walk_around (walk, at) };

      if (ambiguity.pump == NULL)
        continue;
      g_array_append_val (found, ambiguity);
      return;
    }
}

static void
clear_ambiguity (gpointer data)
{
  g_free (((AttestAmbiguity *)data)->pump);
}

/* The positions that reach @start and are reached from it; those are not looked at again. FALSE: it
 * does not reach itself, or they are too many. */
static gboolean
find_part (const AttestAutomaton *automaton, guint8 *const *reached, guint start, guint8 *is_done,
           Component *part)
{
  part->n = 0;
  if (!reached[start][start])
    return FALSE;
  for (guint i = start; i < automaton->positions->len; i++)
    {
      if (!reached[start][i] || !reached[i][start])
        continue;
      is_done[i] = 1;
      if (part->n < MAX_PART)
        part->positions[part->n] = i;
      part->n++;
    }
  return part->n <= MAX_PART;
}

GArray *
attest_ambiguity_find (const AttestAutomaton *automaton, const AttestAlphabet *alphabet,
                       AttestEffort *effort)
{
  guint n = automaton->positions->len;
  GArray *found = g_array_new (FALSE, FALSE, sizeof (AttestAmbiguity));
  g_autofree guint8 *rows = g_new0 (guint8, (gsize)n * n + 1);
  g_autofree guint8 **reached = g_new0 (guint8 *, n + 1);
  g_autofree guint8 *is_done = g_new0 (guint8, n + 1);
  g_autofree guint *component = g_new0 (guint, n + 1);
  g_autofree guint32 *from = g_new (guint32, MAX_PART * MAX_PART * 2);
  g_autoptr (GArray) queue = g_array_new (FALSE, FALSE, sizeof (guint32));
  Component part;
  Walk walk = { automaton, alphabet, component, &part, from, queue, effort };

  g_array_set_clear_func (found, clear_ambiguity);
  for (guint i = 0; i < n; i++)
    {
      reached[i] = rows + (gsize)i * n;
      if (!mark_reached (automaton, i, reached[i], effort))
        return found;
    }
  for (guint i = 0; i < n; i++)
    {
      if (is_done[i] || !find_part (automaton, reached, i, is_done, &part))
        continue;
      memset (component, 0, sizeof *component * n);
      for (guint k = 0; k < part.n; k++)
        component[part.positions[k]] = k + 1;
      search_part (&walk, found);
    }
  return found;
}
