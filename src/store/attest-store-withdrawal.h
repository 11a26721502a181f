/* attest-store-withdrawal: a respondent takes back that what he said is kept.
 *
 * The one thing in a project that is destroyed. What he said is struck out of the texts, with as
 * many characters and bytes as before, so that what others said stays where it is; the originals of
 * his sources, their headers, his attributes, segments, and what people decided or noted of his
 * quotes go. Of him stays a tombstone: an id that is no name, when, and why; ids of quotes stay,
 * and a link to one says that it was withdrawn. It cannot be undone.
 *
 * A withdrawal is sealed like other rows by the audit log, and says what the texts and the seals of
 * commands whose rows went are from then on, so that a project with withdrawals verifies.
 */
#pragma once

#include "store/attest-store.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 sources, turns, words, segments;
  gint64 decisions; /* and memos, of his quotes */
  gint64 links;     /* of the ledger, to his quotes */
  gboolean in_log;  /* his label stands in the audit log, which never changes */
} AttestWithdrawalExtent;

/** What would go. ATTEST_ERROR_USAGE when there is no such respondent. */
gboolean attest_store_measure_withdrawal (AttestStore *store, const char *respondent,
                                          AttestWithdrawalExtent *out_extent, GError **error);

/**
 * Instead of attest_store_begin(). What is deleted is overwritten, and no log of old pages is kept:
 * ATTEST_ERROR_STORE while another program has the project open.
 */
gboolean attest_store_begin_withdrawal (AttestStore *store, GError **error);
/** Writes. @as: (nullable) the id of the tombstone, NULL: "withdrawn-1" and so on. @out_id: the id.
 * ATTEST_ERROR_USAGE: no such respondent, or @as is taken. */
gboolean attest_store_withdraw (AttestStore *store, const char *respondent, const char *as,
                                const char *because, char **out_id, GError **error);
/** After the commit, or a rollback: writes the file anew, so that nothing of earlier times stays in
 * its free pages. */
gboolean attest_store_end_withdrawal (AttestStore *store, GError **error);
/** Copies that upgrades of the project have left beside it, which hold all as it was: paths,
 * NULL-terminated. */
char **attest_store_list_backups (AttestStore *store);

/** Whether nothing stands there but what words that were struck out became. */
gboolean attest_store_is_struck (const char *text, gsize length_bytes);

typedef struct
{
  char *id, *at; /* at: ISO 8601, UTC */
  char *because;
  gint64 quotes; /* whose ids stay */
} AttestWithdrawal;

/** (element-type AttestWithdrawal) oldest first; with a free function. */
GPtrArray *attest_store_list_withdrawals (AttestStore *store, GError **error);

G_END_DECLS
