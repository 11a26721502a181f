/* attest-cli-names: what the names of files say of their transcripts (--name-pattern).
 *
 * The pattern's named groups are attributes of the respondents, but for four: "id" (or
 * "respondent") names the respondent, "kind" and "lang" are those of the source, "label" its label.
 * A pattern with a
 * "/" is matched against the whole path, any other against the file's name.
 */
#pragma once

#include "store/attest-store.h"

G_BEGIN_DECLS

typedef struct _AttestNamePattern AttestNamePattern;

/** ATTEST_ERROR_USAGE for a pattern that is not valid or has no named group. */
AttestNamePattern *attest_name_pattern_new (const char *pattern, GError **error);
void attest_name_pattern_free (AttestNamePattern *pattern);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestNamePattern, attest_name_pattern_free)

/* What one name says; (nullable) where it does not. */
typedef struct
{
  char *respondent, *kind, *lang, *label;
  GArray *attributes; /* of AttestAttribute */
} AttestNameFields;

/** NULL without error: the name does not match. May be called from any thread. */
AttestNameFields *attest_name_pattern_match (const AttestNamePattern *pattern, const char *path,
                                             GError **error);
void attest_name_fields_free (AttestNameFields *fields);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestNameFields, attest_name_fields_free)

/** Writes. Gives the respondents of the source @label what its name says. */
gboolean attest_name_fields_store (const AttestNameFields *fields, AttestStore *store,
                                   const char *label, GError **error);

/**
 * The next label to try for @path when the file @other has @label: the name with its suffix when
 * both are in the same folder, otherwise one more folder in front. NULL: there is none.
 */
char *attest_name_longer_label (const char *path, const char *label, const char *other);

G_END_DECLS
