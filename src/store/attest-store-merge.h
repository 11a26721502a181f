/* attest-store-merge: copies of one project, on which several people worked, made into one.
 *
 * The audit log of a project is a history: each entry has a hash that no other has, so two copies
 * tell which of their entries they have in common. The merged project holds the entries of all,
 * each once, ordered by when it was known (its time, or that of an entry before it in its copy
 * where a clock went back), then by its number and its hash. What they decided, rated and wrote
 * comes with them, in that order; so of several decisions about the same the last still counts,
 * whoever took it, and it does not matter which copy is named first. An entry that came from a copy
 * keeps the hash that it had there.
 *
 * Where a copy has a later version of a source, what others say of quotes of an earlier one is
 * brought as if it had been about the same words there, see attest-store-merge-quoting.c.
 *
 * What a respondent withdrew in one copy is left out of all, see attest-store-merge-withdrawals.c.
 *
 * Sources are the same when they have the same original bytes, respondents by their label,
 * codebooks, guides and scales by their hash. Where copies differ in what can have one value only,
 * the copy counts that said so last, and the difference is listed: nothing is lost without a word.
 *
 * Errors, transactions and ownership are those of attest-store.h. Copies that cannot be merged, and
 * damaged ones, are ATTEST_ERROR_STORE.
 */
#pragma once

#include "store/attest-store.h"

G_BEGIN_DECLS

/* A difference that only people can settle. */
typedef struct
{
  const char
      *type;     /* static: "entry", "attribute", "speaker", "label", "text", "reading", "quote",
                    "guide", "project", "rating", "field", "link", "version", "lost", "withdrawal" */
  char *id;      /* what it is about: "F1", label of a source or respondent */
  char *copy;    /* path of the copy that says otherwise */
  char *kept;    /* (nullable) what holds now */
  char *other;   /* (nullable) what the copy says */
  char *message; /* a sentence */
} AttestMergeConflict;

typedef struct
{
  gboolean changed;         /* FALSE: the project held all of it already; nothing else is set */
  gint64 entries;           /* of the audit log, that the project did not have */
  gint64 decisions, ledger; /* of these: rows about segments; ratings, findings and the like */
  gint64 sources, respondents, codebooks; /* that it did not have */
  GArray *conflicts;                      /* of AttestMergeConflict */
  GPtrArray *to_code; /* of AttestCodebookInfo: codebooks to code with again, in this order */
  gint64 withdrawn;   /* respondents who withdrew in a copy of which another did not know */
  gint64 withdrawn_decisions; /* about what they said, that are left out */
  GPtrArray *unaware;         /* of char *: paths of copies that still hold what they said */
  char *heads; /* the last entry of each copy: "a.attest 12 5f3e…, b.attest 9 0c21…" */
} AttestMergeResult;

void attest_merge_result_free (AttestMergeResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestMergeResult, attest_merge_result_free)

/**
 * Writes. Makes @store the merger of itself and @copies (element-type AttestStore). Everything
 * derived is dropped when anything changed: the caller restores documents, aligns guides and codes
 * again, as rebuild does, before it commits. Numbers of the ledger and ids of quotes that @store
 * had stay.
 */
AttestMergeResult *attest_store_merge (AttestStore *store, GPtrArray *copies, GError **error);

/**
 * Makes a project file without an entry in its log, to be merged into, and leaves it open for
 * writing. As attest_store_create().
 */
AttestStore *attest_store_create_empty (const char *path, GError **error);
/** Closes a project that was just made, and removes its file. */
void attest_store_free_and_remove (AttestStore *store);
/** Whether nothing was ever committed to it. */
gboolean attest_store_is_empty (AttestStore *store, gboolean *out_is_empty, GError **error);
/** Whether somebody withdrew from it. Then the project that it is merged into must be written by
 * attest_store_begin_withdrawal() and attest_store_end_withdrawal(). */
gboolean attest_store_has_withdrawals (AttestStore *store, gboolean *out_has, GError **error);
/** Whether it is the outcome of a merge. */
gboolean attest_store_is_merged (AttestStore *store, gboolean *out_is_merged, GError **error);

/**
 * Writes. Fills @store, which is empty, with what a coder needs who is to code as if nobody had:
 * the sources (@labels: (nullable) (element-type utf8) only these), respondents, codebooks and
 * guides of @from, without decisions, ratings, the ledger and the log of anybody; with @is_bare
 * also without runs and quotes, so that nothing tells what rules found. Derived is as after
 * attest_store_merge().
 */
AttestMergeResult *attest_store_copy_blind (AttestStore *store, AttestStore *from,
                                            GPtrArray *labels, gboolean is_bare, GError **error);

G_END_DECLS
