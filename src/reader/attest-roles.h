/* attest-roles: interviewer, respondent, interpreter or other, and why.
 */
#pragma once

#include "model/attest-document.h"

G_BEGIN_DECLS

/**
 * Sets role and role_reason of every speaker: from @interviewers (exact labels, without case), else
 * from the label (lists in four languages), else from the metadata (Interviewer: NAME), else from
 * who asks most questions. A label of @interviewers that no speaker has becomes a warning.
 */
void attest_roles_assign (AttestDocument *doc, const char *const *interviewers);

G_END_DECLS
