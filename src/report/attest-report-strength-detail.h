/* attest-report-strength-detail: every number that a verdict on evidence rests on, for people. */
#pragma once

#include "report/attest-report-strength-reach.h"
#include "report/attest-report-strength-saturation.h"

G_BEGIN_DECLS

/* All is borrowed. */
typedef struct
{
  const char *id; /* of a finding, or a criterion */
  const char *criterion;
  const AttestStrength *strength;
  const AttestStrengthReach *reach;         /* (nullable) not known */
  const AttestSaturationReport *saturation; /* (nullable) not known */
  gint64 opposite;                          /* passages that say the opposite and are not linked */
} AttestStrengthDetail;

/** A line for each number. */
void attest_strength_append_detail (const AttestStrengthDetail *detail, GString *out);

/** "impact, to be moderate: supporting >= 3 (is 2), groups >= 2 (is 0)"; nothing at the top. */
void attest_strength_append_raise (const AttestStrength *strength, const char *id, GString *out);

/** (element-type utf8) "interview, Government: 3"; with a free function. */
GPtrArray *attest_strength_list_cells (const AttestStrength *strength);

G_END_DECLS
