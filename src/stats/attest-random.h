/* attest-random: numbers by chance that are the same on every machine.
 *
 * xoshiro256** (Blackman and Vigna 2021), its state filled by splitmix64. A generator belongs to
 * one replicate of a resampling: from (seed, replicate) alone, so that threads may share the
 * replicates in any order. Integers are drawn by rejection (Lemire 2019), never by scaling a
 * double.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 state[4];
} AttestRandom;

void attest_random_init (AttestRandom *random, guint64 seed, guint64 replicate);
guint64 attest_random_next (AttestRandom *random);
/** 0 … @n - 1, each with the same chance. @n: at least 1. */
guint32 attest_random_below (AttestRandom *random, guint32 n);

G_END_DECLS
