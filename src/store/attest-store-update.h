/* attest-store-update: a corrected transcript in the place of an earlier one.
 *
 * A version is never changed: the corrected text is another version of the source. Decisions,
 * memos, passages coded by hand and links of the ledger are about quotes, which are spans of a
 * version: each is carried to where its words stand in the new one (util/attest-anchor.h). What
 * cannot be carried stays with its old quote, which the project keeps. What was derived from the
 * earlier version goes: turns, segments, answers.
 */
#pragma once

#include "store/attest-store.h"
#include "util/attest-anchor.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;     /* of the quote before */
  char *new_id; /* (nullable) where it stands now */
  char *text;   /* of the quote before */
  char *now;    /* (nullable) what stands there now, where the words were changed */
  AttestAnchor how;
  gboolean is_confirmed;  /* somebody said that what was changed is still meant */
  guint decisions, links; /* that are about it and in force */
} AttestCarriedQuote;

typedef struct
{
  guint version;     /* number of the new one */
  GPtrArray *quotes; /* of AttestCarriedQuote, by their place */
  guint n_by[ATTEST_N_ANCHORS];
} AttestUpdate;

void attest_update_free (AttestUpdate *update);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestUpdate, attest_update_free)

/**
 * Writes, entries of the audit log included: @actor is who. ATTEST_ERROR_USAGE: there is no such
 * source, or the project holds these bytes already.
 */
AttestUpdate *attest_store_update_source (AttestStore *store, const char *label,
                                          const AttestDocument *doc, const char *actor,
                                          GError **error);
/**
 * The same with what somebody confirmed. @confirmed: (nullable) (element-type utf8) ids of quotes
 * whose own words were changed, and that are to be carried all the same. Of others the place is
 * told and nothing is carried. ATTEST_ERROR_USAGE also: a quote that was confirmed is not changed.
 */
AttestUpdate *attest_store_update_confirmed (AttestStore *store, const char *label,
                                             const AttestDocument *doc, GPtrArray *confirmed,
                                             const char *actor, GError **error);

G_END_DECLS
