/* attest-anonymity: how much may be told of people so that each stays one of several.
 *
 * k-anonymity by generalising (Samarati 2001; Sweeney 2002), with the classes disjoint: who is told
 * by a coarser line counts there only. So what is left when the members of a finer line are taken
 * away from a coarser one, "Government" less "Government, female", are again at least k people, and
 * two lines never single anybody out.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * @values: of @n people, @depth each, person by person, the most general first; (nullable) NULL:
 * not known. @out_depths: of each person how many of the first values may be told; 0: nothing.
 *
 * Where less than @k people have their first d values and no more told, the smallest classes that
 * begin with the same values join them; where there are none, they go up to d - 1 values.
 * Afterwards each class of the same told values has at least @k members. Those of whom nothing is
 * told may be fewer: of them it is known that they are of no class that is told. The order of
 * people does not matter.
 */
void attest_anonymity_generalise (const char *const *values, guint n, guint depth, guint k,
                                  guint *out_depths);

G_END_DECLS
