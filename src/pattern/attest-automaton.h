/* attest-automaton: what a pattern can match, as an automaton of positions.
 *
 * Each character or set of the pattern is a position; an edge leads to what may stand right behind
 * (Glushkov 1961). Repetitions within bounds are written out, one copy for each time.
 */
#pragma once

#include "pattern/attest-alphabet.h"

G_BEGIN_DECLS

/* More are not handled: what they are needed for is at least quadratic. */
#define ATTEST_MAX_POSITIONS 512

/* How much may be spent on questions about patterns, some of which take exponential time: counted
 * down, and at 0 nothing more is found out. NULL wherever one may be given: as much as it takes. */
typedef struct
{
  guint64 steps; /* some nanoseconds each */
  guint trials;  /* texts that may be searched, each in up to 50 ms */
} AttestEffort;

static inline gboolean
attest_effort_spend (AttestEffort *effort, guint64 steps)
{
  if (effort == NULL)
    return TRUE;
  effort->steps -= MIN (steps, effort->steps);
  return effort->steps > 0;
}

typedef enum
{
  /* Matches exactly the texts that the pattern matches, wherever they stand. Look-arounds that
   * begin and end the whole pattern are left out: the caller sees to them. */
  ATTEST_AUTOMATON_EXACT,
  /* Matches at least what the pattern does: every assertion holds, and nothing is possessive. */
  ATTEST_AUTOMATON_LARGER,
  /* Larger, and repetitions within bounds are without bounds; each way to match is a path. */
  ATTEST_AUTOMATON_LOOPS,
  /* As LOOPS, and edges (\b, $) are positions, too. */
  ATTEST_AUTOMATON_EDGES,
} AttestAutomatonKind;

typedef struct
{
  AttestSymbols symbols;
  guint32 start_byte, end_byte; /* in the pattern */
  GArray *follow;               /* of guint; twice: in several ways */
  gboolean is_last;             /* a match may end here */
  char edge;                    /* letter of an edge, which takes no character; 0: none */
} AttestPosition;

typedef struct
{
  GArray *positions; /* of AttestPosition */
  GArray *first;     /* of guint: where a match may begin */
  gboolean is_nullable;
} AttestAutomaton;

/** NULL: there is none of this kind, or it would be too large. */
AttestAutomaton *attest_automaton_new (const AttestRegex *regex, const AttestAlphabet *alphabet,
                                       AttestAutomatonKind kind, AttestEffort *effort);
void attest_automaton_free (AttestAutomaton *automaton);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestAutomaton, attest_automaton_free)

static inline const AttestPosition *
attest_automaton_position (const AttestAutomaton *automaton, guint i)
{
  return &g_array_index (automaton->positions, AttestPosition, i);
}

/** Whether every text that is in @inner is in @outer, too. FALSE also when that is too dear to find
 * out. */
gboolean attest_automaton_contains (const AttestAutomaton *outer, const AttestAutomaton *inner,
                                    AttestEffort *effort);

/** One of the shortest texts of the automaton; NULL: it has none. */
char *attest_automaton_dup_text (const AttestAutomaton *automaton, const AttestAlphabet *alphabet);
/** One of the shortest that lead to a position, its character included. */
char *attest_automaton_dup_text_to (const AttestAutomaton *automaton,
                                    const AttestAlphabet *alphabet, guint position);
/**
 * Whether the edges of the pattern, and its classes, leave it any match that is not empty.
 *
 * @automaton: of kind ATTEST_AUTOMATON_EDGES. @words, @line_ends: the symbols of \w, and of LF.
 * *@out_dead: the first position that no match ever comes to, or G_MAXUINT.
 *
 * Returns: TRUE also when the effort did not last.
 */
gboolean attest_automaton_can_match (const AttestAutomaton *automaton, const AttestSymbols *words,
                                     const AttestSymbols *line_ends, AttestEffort *effort,
                                     guint *out_dead);

G_END_DECLS
