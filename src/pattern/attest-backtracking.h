/* attest-backtracking: patterns that PCRE2 gives up on, each with a text that shows it.
 *
 * A repetition that can take the same characters in several ways ("(?:\w+ ?)+") doubles the ways
 * with each more of them. Where that may be is found on the pattern's automaton: a way from a
 * position back to itself along which the same text leads over two different paths. Then the text
 * is made and tried: only what stops PCRE2 at the limit that holds for transcripts is told.
 */
#pragma once

#include "pattern/attest-automaton.h"
#include "pattern/attest-pattern.h"

G_BEGIN_DECLS

typedef struct
{
  char *text;    /* what PCRE2 gives up on */
  char *pump;    /* what is repeated in it */
  guint repeats; /* how often: with fewer it does not give up */
  /* Steps at the dearest place when it is repeated `counted` times, and once more. */
  guint counted;
  guint32 steps, steps_with_one_more;
  guint32 start_byte, end_byte; /* in the pattern: what is repeated in several ways begins there,
                                   and ends */
} AttestBacktracking;

/**
 * Looks for a text on which the pattern fails in the end, and not before the limit.
 *
 * @regex: of its body.
 *
 * Returns: NULL when none was found, which proves nothing.
 */
AttestBacktracking *attest_backtracking_find (AttestPattern *pattern, const AttestRegex *regex,
                                              const AttestAlphabet *alphabet, AttestEffort *effort);
void attest_backtracking_free (AttestBacktracking *backtracking);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestBacktracking, attest_backtracking_free)

G_END_DECLS
