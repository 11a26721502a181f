/* attest-pairing: how much more often two codes occur in the same unit than by chance.
 *
 * n1 and n2 of N units have a code each, n12 have both.
 *
 *   expected = n1 n2 / N                      if the two had nothing to do with each other
 *   jaccard  = n12 / (n1 + n2 − n12)          the c-coefficient of ATLAS.ti, counted by units
 *   dice     = 2 n12 / (n1 + n2)
 *   pmi      = log2 (n12 N / (n1 n2))         0: by chance, 1: twice as often (Church and Hanks
 * 1990) npmi     = pmi / −log2 (n12 / N)          −1 … 1 (Bouma 2009); 1 when both are in every
 * such unit phi      = (n12 N − n1 n2) / √(n1 n2 (N − n1)(N − n2))
 *
 * pmi favours what is rare: two codes that occur once, together, have the highest there is. Below
 * an expected count of 5 it says little. Units of one interview are not independent, so no test is
 * made of these.
 *
 * What is not defined is NAN.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gint64 n1, n2, n12, n;
  double expected, jaccard, dice, pmi, npmi, phi;
  gboolean is_few;     /* expected is below ATTEST_PAIRING_FEW */
  gboolean is_unequal; /* one is more than ATTEST_PAIRING_UNEQUAL times as frequent */
} AttestPairing;

/* Below, what was expected is too little to compare with (Cochran 1954). */
#define ATTEST_PAIRING_FEW 5
/* Beyond, jaccard is bounded by how rare the rarer is (the manual of ATLAS.ti warns of it). */
#define ATTEST_PAIRING_UNEQUAL 5

/** 0 ≤ n12 ≤ n1, n2 ≤ n, and n1 + n2 − n12 ≤ n. */
AttestPairing attest_pairing_compute (gint64 n1, gint64 n2, gint64 n12, gint64 n);

G_END_DECLS
