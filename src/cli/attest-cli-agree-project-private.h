/* attest-cli-agree-project-private: a comparison in a project while it is put together.
 */
#pragma once

#include "cli/attest-cli-agree-project.h"
#include "codebook/attest-codebook.h"

G_BEGIN_DECLS

typedef struct
{
  AttestAgreeProject *project;
  AttestStore *store;
  const AttestAgreeWish *wish;
  GHashTable *source_numbers; /* label → number + 1 */
  GArray *first_items;        /* of guint: by source; one more at the end */
  GArray *gold_items;         /* of guint: of each item, in the file that people judged */
  AttestCodebook *judged;     /* the codebook by which people judged */
  guint8 *held;               /* [(item × coders + coder) × codes + code] */
  guint coder;                /* the one whose segments are being read */
  GPtrArray *numbers; /* of GHashTable, by coder: id of a code of his → number of the code + 1 */
} AttestAgreeLoading;

/** What people said of item @i of the file. */
static inline const AttestGoldItem *
attest_agree_gold_item (const AttestAgreeLoading *loading, guint i)
{
  return &g_array_index (loading->wish->gold->items, AttestGoldItem, i);
}

/** One without anything in it. */
AttestAgreeProject *attest_agree_project_new (void);

/* attest-cli-agree-codes.c */
/** The number of the code that @coder calls @id. FALSE: it is not compared. */
gboolean attest_agree_find_code (const AttestAgreeLoading *loading, guint coder, const char *id,
                                 guint *out_code);
/** Chooses the coders, and the codes that are compared; resolves what people judged. */
gboolean attest_agree_choose_codes (AttestAgreeLoading *loading, GError **error);

/* attest-cli-agree-units.c */
/** Lists the items with their places. */
gboolean attest_agree_list_units (AttestAgreeLoading *loading, GError **error);

G_END_DECLS
