/* attest-store-silence: problems that 'attest check' finds, and of which somebody said why they are
 * none.
 *
 * A silence names a check, what it complains of, and, where a check may have several complaints of
 * the same, which. Rows are only added and sealed by the audit log as the ledger is; an undo takes
 * a silence back.
 */
#pragma once

#include "store/attest-store.h"

G_BEGIN_DECLS

typedef struct
{
  char *check;   /* "above-strength" */
  char *target;  /* "F1", "rating:impact", "project" */
  char *about;   /* (nullable) "Q7F3K2A" */
  char *because; /* why it is none */
  char *at, *by; /* (nullable) not known of projects that older programs made */
} AttestSilence;

/** (element-type AttestSilence) those in force, by check, target and about; with a free function.
 */
GPtrArray *attest_store_list_silences (AttestStore *store, GError **error);
/** Borrowed; NULL: there is none. */
const AttestSilence *attest_silence_find (GPtrArray *silences, const char *check,
                                          const char *target, const char *about);

/** Writes. @because NULL: it counts again. Nothing is written when that is so already. @about:
 * (nullable) @out_changed: (optional) */
gboolean attest_store_set_silence (AttestStore *store, const char *check, const char *target,
                                   const char *about, const char *because, gboolean *out_changed,
                                   GError **error);

G_END_DECLS
