/* Whether one automaton has all texts of another: all ways through the inner one are gone, each
 * with the set of positions at which the outer one may be then.
 */
#include "pattern/attest-automaton.h"

#include <string.h>

/* Pairs of a position and a set, and steps between them: most answers take a few dozen. */
#define MAX_PAIRS 4000
#define MAX_STEPS 400000

#define N_WORDS (ATTEST_MAX_POSITIONS / 64)

/* A set of positions of the outer automaton. */
typedef struct
{
  guint64 bits[N_WORDS];
} Positions;

typedef struct
{
  guint inner;
  Positions outer;
} Pair;

typedef struct
{
  const AttestAutomaton *inner;
  Positions *by_symbol; /* positions of the outer one that have a symbol */
  Positions *follow;    /* of each position of the outer one */
  Positions first, last;
  GHashTable *seen; /* of Pair: owned by pairs */
  GPtrArray *pairs; /* of Pair */
  guint steps;
  AttestEffort *effort; /* (nullable) */
} Search;

static guint
hash_pair (gconstpointer key)
{
  const Pair *pair = key;
  guint64 hash = pair->inner;

  for (guint i = 0; i < N_WORDS; i++)
    hash = (hash ^ pair->outer.bits[i]) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return (guint)(hash >> 32);
}

static gboolean
equal_pairs (gconstpointer a, gconstpointer b)
{
  const Pair *x = a, *y = b;

  return x->inner == y->inner && memcmp (&x->outer, &y->outer, sizeof x->outer) == 0;
}

static void
add (Positions *set, guint position)
{
  set->bits[position >> 6] |= G_GUINT64_CONSTANT (1) << (position & 63);
}

static void
add_all (Positions *set, const GArray *positions)
{
  for (guint i = 0; i < positions->len; i++)
    add (set, g_array_index (positions, guint, i));
}

static gboolean
meet (const Positions *a, const Positions *b)
{
  for (guint i = 0; i < N_WORDS; i++)
    if ((a->bits[i] & b->bits[i]) != 0)
      return TRUE;
  return FALSE;
}

static void
init_outer (Search *search, const AttestAutomaton *outer)
{
  search->by_symbol = g_new0 (Positions, ATTEST_MAX_SYMBOLS);
  search->follow = g_new0 (Positions, outer->positions->len + 1);
  add_all (&search->first, outer->first);
  for (guint i = 0; i < outer->positions->len; i++)
    {
      const AttestPosition *position = attest_automaton_position (outer, i);

      add_all (&search->follow[i], position->follow);
      if (position->is_last)
        add (&search->last, i);
      for (guint symbol = 0; symbol < ATTEST_MAX_SYMBOLS; symbol++)
        if (attest_symbols_has (&position->symbols, symbol))
          add (&search->by_symbol[symbol], i);
    }
}

static Positions
followers (const Search *search, const Positions *set)
{
  Positions all = { { 0 } };

  for (guint i = 0; i < ATTEST_MAX_POSITIONS; i++)
    if (set->bits[i >> 6] >> (i & 63) & 1)
      for (guint k = 0; k < N_WORDS; k++)
        all.bits[k] |= search->follow[i].bits[k];
  return all;
}

/* Goes to @inner by each of its symbols, with the outer one somewhere in @next. FALSE: a text ends
 * there that the outer one does not have, or the search takes too long. */
static gboolean
go_to (Search *search, guint inner, const Positions *next)
{
  const AttestPosition *position = attest_automaton_position (search->inner, inner);

  for (guint symbol = 0; symbol < ATTEST_MAX_SYMBOLS; symbol++)
    {
      Pair pair = { .inner = inner };

      if (!attest_symbols_has (&position->symbols, symbol))
        continue;
      for (guint i = 0; i < N_WORDS; i++)
        pair.outer.bits[i] = next->bits[i] & search->by_symbol[symbol].bits[i];
      if (position->is_last && !meet (&pair.outer, &search->last))
        return FALSE;
      if (++search->steps > MAX_STEPS || search->pairs->len > MAX_PAIRS
          || !attest_effort_spend (search->effort, N_WORDS))
        return FALSE;
      if (g_hash_table_contains (search->seen, &pair))
        continue;
      gpointer kept = g_memdup2 (&pair, sizeof pair);
      g_ptr_array_add (search->pairs, kept);
      g_hash_table_add (search->seen, kept);
    }
  return TRUE;
}

static gboolean
go_to_all (Search *search, const GArray *inner, const Positions *next)
{
  for (guint i = 0; i < inner->len; i++)
    if (!go_to (search, g_array_index (inner, guint, i), next))
      return FALSE;
  return TRUE;
}

gboolean
attest_automaton_contains (const AttestAutomaton *outer, const AttestAutomaton *inner,
                           AttestEffort *effort)
{
  Search search = { .inner = inner, .effort = effort };
  gboolean is_contained;

  search.seen = g_hash_table_new (hash_pair, equal_pairs);
  search.pairs = g_ptr_array_new_with_free_func (g_free);
  init_outer (&search, outer);
  is_contained = go_to_all (&search, inner->first, &search.first);
  for (guint i = 0; i < search.pairs->len && is_contained; i++)
    {
      const Pair *pair = g_ptr_array_index (search.pairs, i);
      Positions next = followers (&search, &pair->outer);

      is_contained
          = go_to_all (&search, attest_automaton_position (inner, pair->inner)->follow, &next);
    }
  g_hash_table_unref (search.seen);
  g_ptr_array_unref (search.pairs);
  g_free (search.by_symbol);
  g_free (search.follow);
  return is_contained;
}
