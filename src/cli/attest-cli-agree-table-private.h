/* attest-cli-agree-table-private: a table while it is read.
 */
#pragma once

#include "cli/attest-cli-agree-names.h"
#include "cli/attest-cli-agree-table.h"

G_BEGIN_DECLS

/* Columns. */
enum
{
  ATTEST_AGREE_ITEM,
  ATTEST_AGREE_CODER,
  ATTEST_AGREE_VALUE,
  ATTEST_AGREE_CODE,
  ATTEST_AGREE_CLUSTER,
  ATTEST_AGREE_N_COLUMNS
};

/* A row: numbers of names. */
typedef struct
{
  guint item, coder;
  guint code; /* ATTEST_AGREE_NO_CODE: none, or no value */
  guint line;
} AttestAgreeJudgement;

typedef struct
{
  AttestAgreeTable *table;
  AttestMetric metric;
  int columns[ATTEST_AGREE_N_COLUMNS];
  AttestAgreeNames items, coders, codes, clusters;
  gboolean has_scheme;
  GArray *judgements; /* of AttestAgreeJudgement */
  GArray *cluster_of; /* of guint: by item, of clusters; ATTEST_AGREE_NO_CODE: not said */
} AttestAgreeTableLoading;

/* attest-cli-agree-table-rows.c */
/** The names that @scheme has, in its order. ATTEST_ERROR_USAGE */
gboolean attest_agree_take_scheme (AttestAgreeTableLoading *loading, const char *scheme,
                                   GError **error);
/** Takes all rows, the first of which is the header, as judgements. ATTEST_ERROR_INPUT "LINE: …" */
gboolean attest_agree_take_rows (AttestAgreeTableLoading *loading, const GPtrArray *rows,
                                 GError **error);

G_END_DECLS
