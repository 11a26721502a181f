/* attest-store-run: what each run was, also of those whose segments a later run replaced.
 *
 * The project keeps the segments of the last run of each codebook. Of the others it keeps what they
 * can be found again by: the codebook's text, the options, and which versions of which sources they
 * searched; and a digest of what they found in each (model/attest-coding-digest.h), by which it
 * can be told whether it is the same. Runs of an attest before schema 12 have no digest, and those
 * whose segments were replaced by then not even a list of sources.
 */
#pragma once

#include "store/attest-store.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id; /* from 1, in the order in which they were made */
  gint64 codebook_id;
  char *codebook;           /* its id */
  char *version, *title;    /* (nullable) of the codebook */
  char *sha256;             /* of the codebook's text */
  char *started_at;         /* ISO 8601, UTC */
  char *tool_version;       /* of the attest that coded */
  char *libraries;          /* (nullable) "PCRE2 10.42, ICU 72.1" */
  char *options;            /* (nullable) see AttestRunSpec */
  gint64 turns, incomplete; /* searched; of these a limit stopped so many */
  gboolean is_noted;        /* what it searched was written down */
  gint64 sources, words;    /* searched; -1: not noted */
  gint64 segments;          /* that its rules found; -1: not noted */
  gboolean is_last;         /* its segments are those in the project */
} AttestRunInfo;

void attest_run_info_free (AttestRunInfo *info);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestRunInfo, attest_run_info_free)

/** (element-type AttestRunInfo) oldest first; with a free function. */
GPtrArray *attest_store_list_runs (AttestStore *store, GError **error);
/** ATTEST_ERROR_USAGE when there is none of that number. */
AttestRunInfo *attest_store_get_run (AttestStore *store, gint64 id, GError **error);

/* A text that a run searched. */
typedef struct
{
  gint64 version_id;
  guint version;       /* within the source, from 1 */
  char *source;        /* label */
  gint64 segments;     /* -1: not noted */
  char *digest;        /* (nullable) of these; NULL: not noted */
  gboolean is_current; /* it is the newest version of the source */
  gboolean is_struck;  /* a respondent withdrew: the text is other than it was */
} AttestRunSource;

/**
 * (element-type AttestRunSource) by label; with a free function. Of a run of which it was not
 * noted, the versions that were newest when it began.
 */
GPtrArray *attest_store_list_run_sources (AttestStore *store, gint64 run_id, GError **error);

/**
 * As attest_store_get_document(), of any version. Of a version that is not the newest there are
 * neither speakers nor turns.
 */
AttestDocument *attest_store_get_version (AttestStore *store, gint64 version_id, GError **error);
/** The bytes of the file of a version; empty when a respondent withdrew. */
GBytes *attest_store_get_version_original (AttestStore *store, gint64 version_id, GError **error);

G_END_DECLS
