/* attest-cli-agree-project-private: a comparison in a project while it is put together.
 */
#pragma once

#include "cli/attest-cli-agree-project.h"
#include "cli/attest-cli-rerun.h"
#include "codebook/attest-codebook.h"
#include "store/attest-store-judgement.h"
#include "store/attest-store-sample.h"
#include "util/attest-error.h"

G_BEGIN_DECLS

/* A run that is a coder. */
typedef struct _AttestAgreeRun AttestAgreeRun;

/*
 * Coders come in this order: people who judged passages (gold), codebooks, runs, people who judged
 * segments.
 */
typedef struct
{
  AttestAgreeProject *project;
  AttestStore *store;
  const AttestAgreeWish *wish;
  GHashTable *source_numbers;  /* label → number + 1 */
  GArray *first_items;         /* of guint: by source; one more at the end */
  GArray *gold_items;          /* of guint: of each item, in the file that people judged */
  AttestCodebook *judged_by;   /* the codebook by which people judged */
  guint8 *held;                /* [(item × coders + coder) × codes + code] */
  guint coder;                 /* the one whose segments are being read */
  guint n_rejected, n_by_hand; /* of these, by people */
  GPtrArray *numbers; /* of GHashTable, by coder: id of a code of his → number of the code + 1 */
  GPtrArray *names;   /* of char *: codebooks of those whose codes are known, without @gold */
  /* Of runs as coders. */
  GPtrArray *runs;      /* of AttestAgreeRun, borrowed from the project; empty without */
  guint first_run;      /* number of the first of them */
  GHashTable *versions; /* label → gint64: the version that is compared */
  GPtrArray *seen_by_one, *other_versions, *earlier; /* of char *: sources to be told of */
  /* Of people as coders; NULL without. */
  GPtrArray *judgements;    /* of AttestJudgement: of the coders that are compared */
  const char *codes_of;     /* the codebook whose codes they judged, where none is a coder */
  guint first_coder;        /* number of the first of them */
  guint8 *missing, *judged; /* [item × coders + coder] */
  guint8 *saw;              /* [source × coders + coder] */
  guint8 *said;             /* [item × coders + coder]: all there is to say of it */
  guint8 *by_sentence;      /* [source × coders + coder]: read only sentences of a sample in it */
  GHashTable *places;       /* "coder\nsource\ncode" → GPtrArray of AttestJudgement, borrowed */
  guint n_open;             /* segments that coders who saw them left open */
} AttestAgreeLoading;

/** What people said of item @i of the file. */
static inline const AttestGoldItem *
attest_agree_gold_item (const AttestAgreeLoading *loading, guint i)
{
  return &g_array_index (loading->wish->gold->items, AttestGoldItem, i);
}

/** One without anything in it. */
AttestAgreeProject *attest_agree_project_new (void);
void attest_agree_loading_init (AttestAgreeLoading *loading, AttestAgreeProject *project,
                                AttestStore *store, const AttestAgreeWish *wish);
void attest_agree_loading_clear (AttestAgreeLoading *loading);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AttestAgreeLoading, attest_agree_loading_clear)

/* attest-cli-agree-project.c */
/** The items of source number @source that overlap a passage: *@out_first … *@out_end - 1. */
void attest_agree_find_items (const AttestAgreeLoading *loading, guint source, gint64 start,
                              gint64 end, guint *out_first, guint *out_end);

/** Whether a segment of a codebook that is a coder counts; counts those of people. */
gboolean attest_agree_counts (AttestAgreeLoading *loading, const AttestStoreSegment *segment);
/** Tells what people did to the segments of @codebook since the last call. */
void attest_agree_tell_decided (AttestAgreeLoading *loading, const char *codebook);

/* attest-cli-agree-coders.c */
/** Finds the judgements of the coders that are wished for. ATTEST_ERROR_USAGE: one is unknown, or
 * alone. */
gboolean attest_agree_choose_coders (AttestAgreeLoading *loading, GError **error);
/** Whether it is what @coder said, or agreed to. */
gboolean attest_agree_is_of (const AttestJudgement *judgement, const char *coder);
/** Adds them behind the others. */
void attest_agree_add_coders (AttestAgreeLoading *loading);
/** Takes what they said. ATTEST_ERROR_USAGE: no unit that two coders saw. */
gboolean attest_agree_take_coders (AttestAgreeLoading *loading, GError **error);
void attest_agree_clear_coders (AttestAgreeLoading *loading);

/* attest-cli-agree-sample.c */
/** Takes the sentences of which coders said all there is to say. */
gboolean attest_agree_take_said (AttestAgreeLoading *loading, GError **error);
/** Who read only sentences of a sample has judged no others. */
void attest_agree_leave_out_unread (AttestAgreeLoading *loading);
/** Leaves what is in the sample that is meant, and weighs it by what it stands for.
 * ATTEST_ERROR_USAGE: no such sample, or a stratum of which nothing was compared. */
gboolean attest_agree_take_sample (AttestAgreeLoading *loading, GError **error);

/* attest-cli-agree-codes.c */
/** The number of the code that @coder calls @id. FALSE: it is not compared. */
gboolean attest_agree_find_code (const AttestAgreeLoading *loading, guint coder, const char *id,
                                 guint *out_code);
/** The number of the code that codebook @name calls @id. FALSE: it is not compared. */
gboolean attest_agree_find_code_of (const AttestAgreeLoading *loading, const char *name,
                                    const char *id, guint *out_code);
/** Chooses the coders, and the codes that are compared; resolves what people judged. */
gboolean attest_agree_choose_codes (AttestAgreeLoading *loading, GError **error);

/* attest-cli-agree-runs.c */
void attest_agree_run_free (gpointer run);
/** Adds the runs that are wished for to the coders, and their codebooks to @codebooks.
 * ATTEST_ERROR_USAGE: there is none of a number. */
gboolean attest_agree_add_runs (AttestAgreeLoading *loading, GPtrArray *codebooks, GError **error);
/** Finds again what they found, once it is known which codes are compared. */
gboolean attest_agree_code_runs (AttestAgreeLoading *loading, GError **error);

/* A segment that a run found. */
typedef struct
{
  guint turn, code;  /* code: number of those that are compared */
  gint64 start, end; /* code points */
} AttestAgreeFound;

typedef void (*AttestAgreeFoundFunc) (const AttestAgreeFound *found, gpointer data);
/** What run @coder found in a source. */
void attest_agree_foreach_found (const AttestAgreeLoading *loading, guint coder, const char *label,
                                 AttestAgreeFoundFunc func, gpointer data);
/** Whether run @coder searched the version of the source that is compared. */
gboolean attest_agree_run_saw (const AttestAgreeLoading *loading, guint coder, const char *label);
/** The text of a source that is compared: the newest, or the one that most of the runs searched.
 * *@out_doc NULL: fewer than two can be compared in it. */
gboolean attest_agree_get_text (AttestAgreeLoading *loading, const AttestSourceInfo *info,
                                AttestDocument **out_doc, GError **error);
/** Tells which texts were left out, when all were asked for. ATTEST_ERROR_USAGE: all. */
gboolean attest_agree_check_texts (AttestAgreeLoading *loading, GError **error);

/* attest-cli-agree-units.c */
/** Whether the turn is compared: it is not an interviewer's, and was not withdrawn. */
gboolean attest_agree_has_units (const AttestDocument *doc, guint turn);
/** Lists the items with their places. */
gboolean attest_agree_list_units (AttestAgreeLoading *loading, GError **error);

G_END_DECLS
