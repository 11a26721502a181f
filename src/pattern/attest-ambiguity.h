/* attest-ambiguity: where a pattern can match the same text in several ways over and over.
 *
 * Exponential ambiguity of an automaton (Weber and Seidl 1991): a position q with a text that leads
 * from q to q along two different paths.
 */
#pragma once

#include "pattern/attest-automaton.h"

G_BEGIN_DECLS

typedef struct
{
  guint position;
  char *pump; /* leads from the position to itself in two ways */
} AttestAmbiguity;

/** The first position for which there is such a text in each strongly connected part, as long as
 * parts are small.
 *
 * @automaton: of kind ATTEST_AUTOMATON_LOOPS. Returns: (element-type AttestAmbiguity) with clear
 * function. */
GArray *attest_ambiguity_find (const AttestAutomaton *automaton, const AttestAlphabet *alphabet,
                               AttestEffort *effort);

G_END_DECLS
