/* attest-cli-compare-run: codes the sources of projects, one after another, and adds up the counts.
 */
#pragma once

#include "cli/attest-cli-compare-people.h"
#include "cli/attest-progress.h"
#include "report/attest-disclosure.h"

G_BEGIN_DECLS

typedef struct
{
  AttestInvocation *inv;
  const AttestCompareWish *wish;
  AttestCompareSetup setup;
  AttestComparison *comparison;
  AttestCompareWorker **workers;
  AttestComparePeople *people;
  GArray *units;  /* of gint64: by source */
  GArray *counts; /* of AttestContrastEntry, clusters are sources */
  gint64 *cross, *singles[2];
  AttestCliUnruled *unruled; /* by side */
  AttestProgress progress;
  /* The project at hand. */
  AttestStore *store;
  GPtrArray *sources;           /* of AttestSourceInfo */
  GHashTable *rejected;         /* label → GArray of AttestCompareRejected */
  AttestDisclosure *disclosure; /* (nullable) for the public */
  guint next;
} AttestCompareRun;

/** Aligns the codebooks and makes what codes by them. inv, wish and comparison are set. Whatever
 * comes of it, attest_compare_run_tear_down() follows. */
gboolean attest_compare_run_set_up (AttestCompareRun *run, GError **error);
/** Codes all sources. */
gboolean attest_compare_run_code (AttestCompareRun *run, GError **error);
/** From now on, sources are of the project in @store, which stays open until _end(). */
gboolean attest_compare_run_begin (AttestCompareRun *run, AttestStore *store, GError **error);
/** A source of it is compared. */
void attest_compare_run_count (AttestCompareRun *run, const AttestSourceInfo *info);
/** Adds up what was counted of a source; takes @item over. */
void attest_compare_run_take (AttestCompareRun *run, AttestCompareItem *item);
gboolean attest_compare_run_end (AttestCompareRun *run);
/** Computes what follows from the counts. */
gboolean attest_cli_compare_finish (AttestCompareRun *run, GError **error);
void attest_compare_run_tear_down (AttestCompareRun *run);

G_END_DECLS
