/* What the files that lint a codebook share. */
#pragma once

#include "codebook/attest-codebook-private.h"

G_BEGIN_DECLS

/* Pairs of patterns of two rules, and earlier patterns with the same body, that are compared: a
 * codebook made to be slow must not be. */
#define ATTEST_LINT_MAX_PAIRS 10000
#define ATTEST_LINT_MAX_EARLIER 100

typedef struct
{
  const AttestCodebook *codebook;
  GArray *problems;
} AttestLinter;

/** @code G_MAXUINT: none. @rule: or ATTEST_NO_RULE. @check: a static id. */
void attest_lint_warn (AttestLinter *linter, guint code, guint rule, guint line, guint column,
                       const char *check, const char *format, ...) G_GNUC_PRINTF (7, 8);
/** "NAME: MESSAGEDETAIL" at the place of the pattern. */
void attest_lint_warn_at_pattern (AttestLinter *linter, const AttestCodebookPattern *pattern,
                                  const char *check, const char *message, const char *detail);

/** @lang is interned, as those of @langs. */
gboolean attest_lint_has_lang (const char *const *langs, const char *lang);
/** Whether there is a turn that both are for; NULL is for all. */
gboolean attest_lint_langs_meet (const char *const *a, const char *const *b);
/** Whether @outer is for every turn that @inner is for. */
gboolean attest_lint_langs_contain (const char *const *outer, const char *const *inner);
gboolean attest_lint_is_same_pattern (const AttestCodebookPattern *a,
                                      const AttestCodebookPattern *b);

/* attest-codebook-lint-pattern.c: one pattern by itself. */
void attest_lint_check_pattern (AttestLinter *linter, const AttestCodebookPattern *pattern);
/* attest-codebook-lint-equal.c: rules and patterns that are there already. */
void attest_lint_check_equal (AttestLinter *linter);
/* attest-codebook-lint-unless.c: `unless` that does too much or nothing. */
void attest_lint_check_unless (AttestLinter *linter, const AttestRule *rule);
/* attest-codebook-lint-texts.c: all texts that patterns can match. */
void attest_lint_check_texts (AttestLinter *linter);

G_END_DECLS
