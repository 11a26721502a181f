/* attest-shifts-private: what the parts of attest-shifts share.
 */
#pragma once

#include "stats/attest-shifts.h"

G_BEGIN_DECLS

/** The first entry of @code in @cluster or behind. */
gsize attest_shifts_find_entry (const AttestShiftsInput *input, guint code, guint cluster);
/** Whether side 0 and the other side of @pair both have the code. */
gboolean attest_shifts_is_common (const AttestShiftsInput *input, guint pair, guint code);

/* attest-shifts-intervals.c */
void attest_shifts_set_intervals (const AttestShiftsInput *input, AttestShifts *shifts);
/* attest-shifts-between.c */
void attest_shifts_test_between (const AttestShiftsInput *input, AttestShifts *shifts);

G_END_DECLS
