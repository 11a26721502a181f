/* What the files that print an explanation for people share. */
#pragma once

#include "cli/attest-cli-codebook-explain.h"

G_BEGIN_DECLS

#define ATTEST_COLOR_RED "\033[31m"
#define ATTEST_COLOR_GREEN "\033[1;32m"
#define ATTEST_COLOR_YELLOW "\033[33m"
#define ATTEST_COLOR_BOLD "\033[1m"
#define ATTEST_COLOR_OFF "\033[0m"

/** @code when the output has colours, else "". */
const char *attest_cli_explained_color (const AttestExplained *explained, const char *code);

/* attest-cli-codebook-explain-rules.c */

/** How a rule fared. */
typedef enum
{
  ATTEST_FARED_HIT,        /* at least one match is a hit */
  ATTEST_FARED_MISS,       /* it matches, and a condition says no to each match */
  ATTEST_FARED_OTHER_LANG, /* it would match, but is for another language */
  ATTEST_FARED_NOT_FOR,    /* for other languages or roles, without a match */
  ATTEST_FARED_NONE,       /* no match */
} AttestFared;

AttestFared attest_cli_explained_rule_fared (const AttestExplained *explained, guint rule);
/** The rule and each of its matches. */
void attest_cli_explain_rule (const AttestExplained *explained, guint rule);

/* attest-cli-codebook-explain-qualifiers.c */

/** How the segment was said, and by which words one knows. */
void attest_cli_explain_qualifiers (const AttestExplained *explained, const AttestSegment *segment);

G_END_DECLS
