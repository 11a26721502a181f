/* attest-codebook-diff: what is different between two codebooks, by what their rules do. */
#pragma once

#include "codebook/attest-codebook.h"

G_BEGIN_DECLS

typedef enum
{
  ATTEST_CHANGE_ADDED,
  ATTEST_CHANGE_REMOVED,
  ATTEST_CHANGE_CHANGED,
  ATTEST_CHANGE_RENAMED,
} AttestChangeKind;

/* Indexes are of the codebook named; G_MAXUINT: there is none there. */
typedef struct
{
  AttestChangeKind kind;
  guint code_a, code_b;
  guint rule_a, rule_b; /* both G_MAXUINT: it is about the code */
  GPtrArray *details;   /* of char *: "+ pattern", "- pattern", "weight", …; may be empty */
} AttestChange;

/**
 * Codes are the same when their ids are; a code that only one has is renamed when the other has one
 * with the same rules. In a code, rules are the same when their ids are, or when they do the
 * same; others that share a pattern are changed.
 *
 * Returns: (element-type AttestChange) in the order of @b, then what is gone in the order of @a.
 */
GArray *attest_codebook_diff (const AttestCodebook *a, const AttestCodebook *b);

/** "added", "removed", "changed", "renamed" */
const char *attest_change_kind_to_string (AttestChangeKind kind);

G_END_DECLS
