/* What the files that run PCRE2 share. */
#pragma once

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "pattern/attest-pattern.h"

G_BEGIN_DECLS

/** Borrowed. */
const pcre2_code *attest_pattern_get_code (const AttestPattern *pattern);

G_END_DECLS
