/* The rows of a table of judgements. */
#include "cli/attest-cli-agree-table-private.h"

#include <string.h>

#include "util/attest-error.h"

static const char *const column_names[ATTEST_AGREE_N_COLUMNS]
    = { "item", "coder", "value", "code", "cluster" };

static gboolean
find_columns (AttestAgreeTableLoading *loading, const AttestCsvRow *header, GError **error)
{
  const int *columns = loading->columns;

  if (!attest_agree_find_columns (header, column_names, ATTEST_AGREE_N_COLUMNS, loading->columns,
                                  error))
    return FALSE;
  for (guint i = ATTEST_AGREE_ITEM; i <= ATTEST_AGREE_CODER; i++)
    if (columns[i] < 0)
      return attest_throw (error, ATTEST_ERROR_INPUT,
                           "1: no column '%s': there must be item, coder, and value or code",
                           column_names[i]);
  if (columns[ATTEST_AGREE_VALUE] < 0 && columns[ATTEST_AGREE_CODE] < 0)
    return attest_throw (error, ATTEST_ERROR_INPUT,
                         "1: no column 'value' (one value of an item) and none 'code' (several "
                         "codes of an item)");
  if (columns[ATTEST_AGREE_VALUE] >= 0 && columns[ATTEST_AGREE_CODE] >= 0)
    return attest_throw (error, ATTEST_ERROR_INPUT,
                         "1: both a column 'value' and a column 'code': leave one of them out");
  loading->table->is_sets = columns[ATTEST_AGREE_CODE] >= 0;
  return TRUE;
}

/* Of what is no name, 2 and 2.0 are one value. Returns: (transfer full) */
static char *
dup_canonical (const AttestAgreeTableLoading *loading, const char *name)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  double number, again;

  if (loading->metric == ATTEST_METRIC_NOMINAL || !attest_agree_parse_double (name, &number))
    return g_strdup (name);
  /* 2.1, and not the 2.1000000000000001 that stands for it. */
  g_ascii_formatd (buffer, sizeof buffer, "%.15g", number);
  if (!attest_agree_parse_double (buffer, &again) || again != number)
    g_ascii_dtostr (buffer, sizeof buffer, number);
  return g_strdup (buffer);
}

/* Takes one value or code; @name: not empty. */
static gboolean
add_judgement (AttestAgreeTableLoading *loading, const AttestCsvRow *row, const char *name,
               AttestAgreeJudgement judgement, GError **error)
{
  g_autofree char *canonical = dup_canonical (loading, name);

  if (loading->has_scheme && !attest_agree_names_find (&loading->codes, canonical, &judgement.code))
    return attest_throw (error, ATTEST_ERROR_INPUT, "%u: '%s' is not among --values", row->line,
                         name);
  judgement.code = attest_agree_names_add (&loading->codes, canonical);
  g_array_append_val (loading->judgements, judgement);
  return TRUE;
}

static gboolean
add_codes (AttestAgreeTableLoading *loading, const AttestCsvRow *row, const char *cell,
           AttestAgreeJudgement judgement, GError **error)
{
  g_auto (GStrv) names = g_strsplit (cell, ";", -1);
  guint before = loading->judgements->len;

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *name = attest_agree_strip (names[i]);

      if (*name != '\0' && !add_judgement (loading, row, name, judgement, error))
        return FALSE;
    }
  if (loading->judgements->len == before)
    g_array_append_val (loading->judgements, judgement);
  return TRUE;
}

static gboolean
add_value (AttestAgreeTableLoading *loading, const AttestCsvRow *row, const char *cell,
           AttestAgreeJudgement judgement, GError **error)
{
  static const char *const none[] = { "NA", "N/A", "NaN", "null", "None", ".", "-", "?", NULL };

  if (*cell == '\0')
    {
      loading->table->empty_values++;
      g_array_append_val (loading->judgements, judgement);
      return TRUE;
    }
  if (!loading->has_scheme && loading->table->doubtful == NULL && g_strv_contains (none, cell))
    loading->table->doubtful = g_strdup (cell);
  return add_judgement (loading, row, cell, judgement, error);
}

static gboolean
set_cluster (AttestAgreeTableLoading *loading, const AttestCsvRow *row, guint item, GError **error)
{
  const char *cell = attest_agree_cell (row, loading->columns[ATTEST_AGREE_CLUSTER]);
  guint cluster
      = *cell != '\0' ? attest_agree_names_add (&loading->clusters, cell) : ATTEST_AGREE_NO_CODE;

  if (item == loading->cluster_of->len)
    {
      g_array_append_val (loading->cluster_of, cluster);
      return TRUE;
    }
  guint *known = &g_array_index (loading->cluster_of, guint, item);
  if (*known != ATTEST_AGREE_NO_CODE && cluster != ATTEST_AGREE_NO_CODE && *known != cluster)
    return attest_throw (error, ATTEST_ERROR_INPUT,
                         "%u: item '%s' is of cluster '%s' here, and of '%s' before", row->line,
                         (char *)g_ptr_array_index (loading->items.names, item), cell,
                         (char *)g_ptr_array_index (loading->clusters.names, *known));
  if (*known == ATTEST_AGREE_NO_CODE)
    *known = cluster;
  return TRUE;
}

static gboolean
add_row (AttestAgreeTableLoading *loading, const AttestCsvRow *row, GError **error)
{
  const char *item = attest_agree_cell (row, loading->columns[ATTEST_AGREE_ITEM]);
  const char *coder = attest_agree_cell (row, loading->columns[ATTEST_AGREE_CODER]);

  if (*item == '\0' || *coder == '\0')
    return attest_throw (error, ATTEST_ERROR_INPUT, "%u: %s", row->line,
                         *item == '\0' ? "no item: give each item a name or a number"
                                       : "no coder: say who judged");
  AttestAgreeJudgement judgement
      = { attest_agree_names_add (&loading->items, item),
          attest_agree_names_add (&loading->coders, coder), ATTEST_AGREE_NO_CODE, row->line };
  if (!set_cluster (loading, row, judgement.item, error))
    return FALSE;
  if (!(loading->table->is_sets
            ? add_codes (loading, row, attest_agree_cell (row, loading->columns[ATTEST_AGREE_CODE]),
                         judgement, error)
            : add_value (loading, row,
                         attest_agree_cell (row, loading->columns[ATTEST_AGREE_VALUE]), judgement,
                         error)))
    return FALSE;
  return attest_agree_check_numbers (&loading->coders, &loading->codes,
                                     loading->table->is_sets ? "codes" : "values", row->line,
                                     error);
}

gboolean
attest_agree_take_scheme (AttestAgreeTableLoading *loading, const char *scheme, GError **error)
{
  g_auto (GStrv) names = g_strsplit (scheme != NULL ? scheme : "", ",", -1);

  loading->has_scheme = scheme != NULL;
  for (guint i = 0; names[i] != NULL; i++)
    {
      guint known;
      g_autofree char *name = dup_canonical (loading, g_strstrip (names[i]));

      if (*name == '\0')
        return attest_throw (error, ATTEST_ERROR_USAGE,
                             "--values: an empty name; write them with commas between");
      if (attest_agree_names_find (&loading->codes, name, &known))
        return attest_throw (error, ATTEST_ERROR_USAGE, "--values: '%s' is there twice", names[i]);
      attest_agree_names_add (&loading->codes, name);
    }
  return TRUE;
}

gboolean
attest_agree_take_rows (AttestAgreeTableLoading *loading, const GPtrArray *rows, GError **error)
{
  if (!find_columns (loading, g_ptr_array_index (rows, 0), error))
    return FALSE;
  for (guint i = 1; i < rows->len; i++)
    if (!add_row (loading, g_ptr_array_index (rows, i), error))
      return FALSE;
  return TRUE;
}
