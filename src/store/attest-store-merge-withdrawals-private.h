/* attest-store-merge-withdrawals-private: respondents who withdrew in one copy, and what of theirs
 * the others hold.
 *
 * Everything is known before the first row is written: words that somebody took back are never in
 * the file of the merged project.
 */
#pragma once

#include "store/attest-store-merge-private.h"

G_BEGIN_DECLS

/* What is struck out of a text. */
typedef struct
{
  char *sha256; /* of the original of the version */
  gint64 start_byte, end_byte;
  gboolean is_whole; /* an earlier version, all of which went */
} AttestMergeSpan;

/* A withdrawal, of all copies. */
typedef struct _AttestMergeWithdrawn AttestMergeWithdrawn;
struct _AttestMergeWithdrawn
{
  const AttestMergeEntry *entry; /* borrowed: the command */
  char *label, *at, *because;    /* (nullable) of the tombstone */
  gboolean is_of_target;
  const AttestMergeWithdrawn *same_as; /* (nullable) borrowed: the same person withdrew in two
                                          copies, and this is the other tombstone */
  GPtrArray *spans;                    /* of AttestMergeSpan */
  GHashTable *seen;                    /* "SHA256 START END" of spans */
};

struct _AttestMergeWithdrawals
{
  GPtrArray *all;      /* of AttestMergeWithdrawn, in order */
  GHashTable *struck;  /* SHA-256 of an original → GPtrArray of AttestMergeSpan, borrowed */
  GHashTable *hidden;  /* respondents and speakers of copies that are who withdrew */
  GHashTable *unaware; /* of AttestMergeCopy: that did not know of some */
};

/** Finds who withdrew in any copy. ATTEST_ERROR_USAGE: a copy has a text in which nobody can say
 * what is theirs. Leaves merge->withdrawals NULL where nobody did. */
gboolean attest_merge_find_withdrawals (AttestMerge *merge, GError **error);
void attest_merge_withdrawals_free (AttestMergeWithdrawals *withdrawals);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestMergeWithdrawals, attest_merge_withdrawals_free)

/** (element-type AttestMergeSpan) NULL: nothing is struck out of the text. */
const GPtrArray *attest_merge_get_struck (const AttestMerge *merge, const char *original_sha256);
/** Whether what @copy calls @label is somebody who withdrew, of which it did not know. */
gboolean attest_merge_is_hidden_respondent (const AttestMerge *merge, const AttestMergeCopy *copy,
                                            const char *label);
gboolean attest_merge_is_hidden_speaker (const AttestMerge *merge, const AttestMergeCopy *copy,
                                         gint64 source_id, const char *speaker);

/** (nullable) what the tombstone is called that the command @entry left. */
const char *attest_merge_get_tombstone (const AttestMerge *merge, const AttestMergeEntry *entry);

/* ---- attest-store-merge-strike.c ---- */

/** Writes the content of a struck version, whose row is there: the text without what was taken
 * back, and no original. */
gboolean attest_merge_strike_version (AttestMerge *merge, const char *original_sha256,
                                      gint64 version_id, GError **error);
/** Writes turns and speakers of struck versions, of which nothing can be made again, and the
 * tombstones. */
gboolean attest_merge_bring_withdrawals (AttestMerge *merge, GError **error);
/** *@out: whether a quote of the merged project is of what was taken back. */
gboolean attest_merge_is_withdrawn_quote (AttestMerge *merge, gint64 key, gboolean *out,
                                          GError **error);

G_END_DECLS
