/* attest-cli-agree-project-private: a comparison in a project while it is put together.
 */
#pragma once

#include "cli/attest-cli-agree-project.h"
#include "codebook/attest-codebook.h"
#include "store/attest-store-judgement.h"

G_BEGIN_DECLS

typedef struct
{
  AttestAgreeProject *project;
  AttestStore *store;
  const AttestAgreeWish *wish;
  GHashTable *source_numbers; /* label → number + 1 */
  GArray *first_items;        /* of guint: by source; one more at the end */
  GArray *gold_items;         /* of guint: of each item, in the file that people judged */
  AttestCodebook *judged_by;  /* the codebook by which people judged */
  guint8 *held;               /* [(item × coders + coder) × codes + code] */
  guint coder;                /* the one whose segments are being read */
  GPtrArray *numbers; /* of GHashTable, by coder: id of a code of his → number of the code + 1 */
  /* Of people as coders; NULL without. */
  GPtrArray *judgements;    /* of AttestJudgement: of the coders that are compared */
  const char *codes_of;     /* the codebook whose codes they judged, where none is a coder */
  guint first_coder;        /* number of the first of them */
  guint8 *missing, *judged; /* [item × coders + coder] */
  guint8 *saw;              /* [source × coders + coder] */
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

/* attest-cli-agree-project.c */
/** The items of source number @source that overlap a passage: *@out_first … *@out_end - 1. */
void attest_agree_find_items (const AttestAgreeLoading *loading, guint source, gint64 start,
                              gint64 end, guint *out_first, guint *out_end);

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

/* attest-cli-agree-codes.c */
/** The number of the code that @coder calls @id. FALSE: it is not compared. */
gboolean attest_agree_find_code (const AttestAgreeLoading *loading, guint coder, const char *id,
                                 guint *out_code);
/** The number of the code that codebook @name calls @id. FALSE: it is not compared. */
gboolean attest_agree_find_code_of (const AttestAgreeLoading *loading, const char *name,
                                    const char *id, guint *out_code);
/** Chooses the coders, and the codes that are compared; resolves what people judged. */
gboolean attest_agree_choose_codes (AttestAgreeLoading *loading, GError **error);

/* attest-cli-agree-units.c */
/** Lists the items with their places. */
gboolean attest_agree_list_units (AttestAgreeLoading *loading, GError **error);

G_END_DECLS
