/* attest-unitizing-1995: the older alpha of stretches, for comparison with programs that print it.
 *
 * Krippendorff (1995), On the reliability of unitizing continuous data, Sociological Methodology
 * 25:47-76; Krippendorff (2004), Content Analysis, 2nd ed., p. 254. Of one code in one text of
 * length L, which m coders saw; N units of all of them, l the length of a unit, g that of a gap.
 *
 *   δ    = (start₁ − start₂)² + (end₁ − end₂)² for two units that overlap, l² for a unit that lies
 * in a gap of the other coder D_o  = 2 Σ_{pairs of coders} Σ δ / (m (m − 1) L²) D_e  = (2/L)
 * Σ_units ((N − 1)(2l³ − 3l² + l)/3 + l² Σ_{gaps g ≥ l} (g − l + 1)) / (mL (mL − 1) − Σ_units l (l
 * − 1)) α    = 1 − D_o / D_e; of several codes 1 − Σ D_o / Σ D_e
 *
 * It takes a unit that one coder split in two for a great difference; attest-unitizing.h does not.
 */
#pragma once

#include "stats/attest-unitizing.h"

G_BEGIN_DECLS

typedef struct
{
  double observed, expected;
} AttestDisagreement;

/** Units of other values count as gaps. */
AttestDisagreement attest_unitizing_1995 (const AttestContinuum *text, guint value);

G_END_DECLS
