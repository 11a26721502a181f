/* attest-cli-rerun: what a run found, found again in memory.
 *
 * The project keeps the segments of the last run of each codebook alone. Any other is made again of
 * what is kept for ever: the codebook's text, the options, and the versions of the sources that it
 * searched. Whether it is the same is not assumed: the digest of each source (store/
 * attest-store-run.h) is compared, and what cannot be shown to be the same is told. Nothing is
 * written.
 */
#pragma once

#include "cli/attest-cli-coding.h"
#include "store/attest-store-run.h"

G_BEGIN_DECLS

/* What became of a source. */
typedef enum
{
  ATTEST_RERUN_NOT_YET,  /* attest_rerun_code() was not there yet */
  ATTEST_RERUN_SAME,     /* the same segments: codes, positions, number */
  ATTEST_RERUN_OTHER,    /* others than then */
  ATTEST_RERUN_STRUCK,   /* others, and a respondent withdrew: his words are struck out */
  ATTEST_RERUN_UNPROVED, /* an older attest noted nothing to compare with */
  ATTEST_RERUN_GONE,     /* its text cannot be read as it was; nothing was found */
  ATTEST_RERUN_N_STATES
} AttestRerunState;

typedef struct
{
  AttestRunInfo *info;
  AttestCodebook *codebook; /* as it was */
  GPtrArray *sources;       /* of AttestRunSource, by label */
  /* From attest_rerun_code() on. */
  AttestRerunState *states; /* by source */
  guint n_by[ATTEST_RERUN_N_STATES];
  gint64 segments, turns, incomplete; /* now; as in AttestRunInfo */
} AttestRerun;

/** @id: as `attest runs` lists it. ATTEST_ERROR_USAGE: there is none; ATTEST_ERROR_CODEBOOK: its
 * codebook, or an option of it, is not understood any more. */
AttestRerun *attest_rerun_new (AttestStore *store, gint64 id, GError **error);
void attest_rerun_free (AttestRerun *rerun);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestRerun, attest_rerun_free)

static inline const AttestRunSource *
attest_rerun_source (const AttestRerun *rerun, guint i)
{
  return g_ptr_array_index (rerun->sources, i);
}

/** What was found in source @i. In the caller's thread, by source. @doc, @coding: borrowed, and not
 * given for a source that is gone. Segments are not qualified. */
typedef gboolean (*AttestRerunFunc) (const AttestRerun *rerun, guint i, const AttestDocument *doc,
                                     const AttestCoding *coding, gpointer data, GError **error);

/** Codes all sources, once; the same whatever @jobs. @inv: for progress. @func: (nullable) */
gboolean attest_rerun_code (AttestRerun *rerun, AttestInvocation *inv, AttestStore *store, int jobs,
                            AttestRerunFunc func, gpointer data, GError **error);

/** Whether it was shown to be the same as then: "same", "different", or NULL: nobody can say. */
const char *attest_rerun_get_proof (const AttestRerun *rerun);
/** What is to be said of it, in whole sentences: (element-type char *), with a free function. */
GPtrArray *attest_rerun_list_remarks (const AttestRerun *rerun);

/**
 * A version of a source with its speakers and turns: as they are kept, or else read again from the
 * original. ATTEST_ERROR_INPUT: it cannot be read as it was.
 */
AttestDocument *attest_cli_load_version (AttestStore *store, const AttestRunSource *source,
                                         AttestLanguageGuesser *guesser, GError **error);

G_END_DECLS
