#include "cli/attest-cli-agree-table-private.h"

#include <math.h>
#include <string.h>

#include "cli/attest-cli-agree-sets.h"
#include "util/attest-error.h"
#include "util/attest-limits.h"

static gboolean
throw_twice (const AttestAgreeTableLoading *loading, const AttestAgreeJudgement *judgement,
             guint earlier_line, GError **error)
{
  const AttestAgreeTable *table = loading->table;
  const char *item = g_ptr_array_index (table->items, judgement->item);
  const char *coder = g_ptr_array_index (table->coders, judgement->coder);

  return attest_throw (error, ATTEST_ERROR_INPUT,
                       "%u: coder '%s' judged item '%s' in line %u already: keep one of them",
                       judgement->line, coder, item, earlier_line);
}

static gboolean
fill_values (AttestAgreeTableLoading *loading, GError **error)
{
  AttestAgreeTable *table = loading->table;
  gsize n = (gsize)table->items->len * table->coders->len;
  g_autofree guint *lines = g_new0 (guint, MAX (n, 1));

  for (guint i = 0; i < loading->judgements->len; i++)
    {
      const AttestAgreeJudgement *judgement
          = &g_array_index (loading->judgements, AttestAgreeJudgement, i);
      gsize at = (gsize)judgement->item * table->coders->len + judgement->coder;

      if (lines[at] > 0)
        return throw_twice (loading, judgement, lines[at], error);
      lines[at] = judgement->line;
      if (judgement->code != ATTEST_AGREE_NO_CODE)
        table->ratings[at] = (guint16)judgement->code;
    }
  table->n_values = table->codes->len;
  return TRUE;
}

static int
compare_judgements (gconstpointer a, gconstpointer b)
{
  const AttestAgreeJudgement *x = a, *y = b;

  if (x->item != y->item)
    return x->item < y->item ? -1 : 1;
  if (x->coder != y->coder)
    return x->coder < y->coder ? -1 : 1;
  if (x->code != y->code)
    return x->code < y->code ? -1 : 1;
  return x->line < y->line ? -1 : x->line > y->line;
}

/* Makes a set of the judgements from @i on that are of one item and coder; sets @i to the next. */
static gboolean
take_set (AttestAgreeTableLoading *loading, guint *i, AttestAgreeSets *sets, GError **error)
{
  AttestAgreeTable *table = loading->table;
  const AttestAgreeJudgement *first
      = &g_array_index (loading->judgements, AttestAgreeJudgement, *i);
  const AttestAgreeJudgement *last = NULL;
  g_autofree guint8 *set = g_new0 (guint8, MAX (table->codes->len, 1));

  for (; *i < loading->judgements->len; (*i)++)
    {
      const AttestAgreeJudgement *judgement
          = &g_array_index (loading->judgements, AttestAgreeJudgement, *i);

      if (judgement->item != first->item || judgement->coder != first->coder)
        break;
      if (last != NULL
          && (judgement->code == last->code || judgement->code == ATTEST_AGREE_NO_CODE))
        return throw_twice (loading, judgement, last->line, error);
      if (judgement->code != ATTEST_AGREE_NO_CODE)
        set[judgement->code] = 1;
      last = judgement;
    }
  if (attest_agree_sets_number (
          sets, set, &table->ratings[(gsize)first->item * table->coders->len + first->coder],
          error))
    return TRUE;
  g_prefix_error (error, "%u: ", first->line);
  return FALSE;
}

static gboolean
fill_sets (AttestAgreeTableLoading *loading, GError **error)
{
  g_auto (AttestAgreeSets) sets;
  gboolean ok = TRUE;

  attest_agree_sets_init (&sets, loading->table->codes->len);
  g_array_sort (loading->judgements, compare_judgements);
  for (guint i = 0; ok && i < loading->judgements->len;)
    ok = take_set (loading, &i, &sets, error);
  if (ok)
    loading->table->n_values = attest_agree_sets_take (&sets, &loading->table->sets);
  return ok;
}

static void
place_clusters (AttestAgreeTableLoading *loading, const guint *moved_items,
                const guint *moved_clusters)
{
  AttestAgreeTable *table = loading->table;
  guint n_clusters = loading->clusters.names->len;

  table->cluster_of = g_new (guint, MAX (table->items->len, 1));
  for (guint i = 0; i < table->items->len; i++)
    {
      guint cluster = g_array_index (loading->cluster_of, guint, i);

      table->cluster_of[moved_items[i]]
          = cluster != ATTEST_AGREE_NO_CODE ? moved_clusters[cluster] : ATTEST_AGREE_NO_CODE;
    }
  if (loading->columns[ATTEST_AGREE_CLUSTER] < 0)
    {
      for (guint i = 0; i < table->items->len; i++)
        table->cluster_of[i] = i;
      return;
    }
  table->clusters = g_ptr_array_ref (loading->clusters.names);
  /* An item without a cluster stands for itself. */
  for (guint i = 0; i < table->items->len; i++)
    if (table->cluster_of[i] == ATTEST_AGREE_NO_CODE)
      {
        g_ptr_array_add (table->clusters, g_strdup (""));
        table->cluster_of[i] = n_clusters++;
      }
}

/* Sorts names and renumbers what refers to them. */
static void
sort_all (AttestAgreeTableLoading *loading)
{
  AttestAgreeTable *table = loading->table;
  g_autofree guint *items = attest_agree_names_sort (&loading->items);
  g_autofree guint *coders = attest_agree_names_sort (&loading->coders);
  g_autofree guint *clusters = attest_agree_names_sort (&loading->clusters);
  g_autofree guint *codes = loading->has_scheme ? NULL : attest_agree_names_sort (&loading->codes);

  table->items = g_ptr_array_ref (loading->items.names);
  table->coders = g_ptr_array_ref (loading->coders.names);
  table->codes = g_ptr_array_ref (loading->codes.names);
  for (guint i = 0; i < loading->judgements->len; i++)
    {
      AttestAgreeJudgement *judgement
          = &g_array_index (loading->judgements, AttestAgreeJudgement, i);

      judgement->item = items[judgement->item];
      judgement->coder = coders[judgement->coder];
      if (codes != NULL && judgement->code != ATTEST_AGREE_NO_CODE)
        judgement->code = codes[judgement->code];
    }
  place_clusters (loading, items, clusters);
}

/* ---- what must hold ---- */

static gboolean
check_overlap (const AttestAgreeTable *table, GError **error)
{
  guint n_coders = table->coders->len;

  if (n_coders < 2)
    return attest_throw (error, ATTEST_ERROR_INPUT,
                         " only one coder, '%s': agreement is between two or more",
                         (char *)g_ptr_array_index (table->coders, 0));
  for (guint i = 0; i < table->items->len; i++)
    {
      guint n = 0;

      for (guint k = 0; k < n_coders; k++)
        n += table->ratings[(gsize)i * n_coders + k] != ATTEST_NO_RATING;
      if (n >= 2)
        return TRUE;
    }
  g_autofree char *empty
      = table->empty_values > 0
            ? g_strdup_printf ("; %u row%s no value, which counts as not judged",
                               table->empty_values, table->empty_values == 1 ? " has" : "s have")
            : g_strdup ("");
  return attest_throw (error, ATTEST_ERROR_INPUT,
                       " no item was judged by two coders: the column item must name what both "
                       "saw in the same way, for example '%s'%s",
                       (char *)g_ptr_array_index (table->items, 0), empty);
}

static gboolean
take_numbers (AttestAgreeTableLoading *loading, GError **error)
{
  AttestAgreeTable *table = loading->table;
  guint n = table->codes->len;
  g_autofree double *numbers = g_new (double, MAX (n, 1));
  const char *name = attest_metric_to_string (loading->metric);

  if (loading->metric == ATTEST_METRIC_NOMINAL || table->is_sets)
    return TRUE;
  for (guint i = 0; i < n; i++)
    {
      const char *value = g_ptr_array_index (table->codes, i);
      gboolean is_number = attest_agree_parse_double (value, &numbers[i]);

      if (loading->metric == ATTEST_METRIC_ORDINAL && (loading->has_scheme || is_number))
        continue;
      if (!is_number)
        return attest_throw (
            error, ATTEST_ERROR_INPUT,
            loading->metric == ATTEST_METRIC_ORDINAL
                ? " '%s' is no number, so the order of the values is not known: name them from "
                  "lowest to highest by --values (--metric %s)"
                : " the value '%s' is no number (--metric %s; decimals have a point)",
            value, name);
      if (fabs (numbers[i]) > ATTEST_MAX_AGREE_NUMBER)
        return attest_throw (error, ATTEST_ERROR_INPUT,
                             " the value %s is too large to be compared: at most %g", value,
                             ATTEST_MAX_AGREE_NUMBER);
      if (loading->metric == ATTEST_METRIC_RATIO && numbers[i] < 0)
        return attest_throw (error, ATTEST_ERROR_INPUT,
                             " the value %s is below 0, which a ratio scale does not have; use "
                             "--metric interval",
                             value);
      if (i > 0 && numbers[i] <= numbers[i - 1])
        return attest_throw (error, ATTEST_ERROR_USAGE, " --values: not from lowest to highest");
    }
  if (loading->metric != ATTEST_METRIC_ORDINAL)
    table->numbers = g_steal_pointer (&numbers);
  return TRUE;
}

static gboolean
build (AttestAgreeTableLoading *loading, GError **error)
{
  AttestAgreeTable *table = loading->table;

  sort_all (loading);
  attest_agree_names_warn_alike (&loading->coders, "coders", table->warnings);
  attest_agree_names_warn_alike (&loading->codes, table->is_sets ? "codes" : "values",
                                 table->warnings);
  gsize n = (gsize)table->items->len * table->coders->len;
  if (n == 0)
    return attest_throw (error, ATTEST_ERROR_INPUT, "1: it has no rows");
  table->ratings = g_new (guint16, n);
  for (gsize i = 0; i < n; i++)
    table->ratings[i] = ATTEST_NO_RATING;
  return (table->is_sets ? fill_sets (loading, error) : fill_values (loading, error))
         && check_overlap (table, error) && take_numbers (loading, error);
}

AttestAgreeTable *
attest_agree_table_load (const char *path, AttestMetric metric, const char *scheme, GError **error)
{
  g_autoptr (AttestAgreeTable) table = g_new0 (AttestAgreeTable, 1);
  AttestAgreeTableLoading loading = { .table = table, .metric = metric };
  g_autoptr (GPtrArray) rows = attest_agree_load_rows (path, error);

  if (rows == NULL)
    return NULL;
  table->warnings = g_ptr_array_new_with_free_func (g_free);
  attest_agree_names_init (&loading.items);
  attest_agree_names_init (&loading.coders);
  attest_agree_names_init (&loading.codes);
  attest_agree_names_init (&loading.clusters);
  loading.judgements = g_array_new (FALSE, FALSE, sizeof (AttestAgreeJudgement));
  loading.cluster_of = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean ok = scheme == NULL || attest_agree_take_scheme (&loading, scheme, error);
  if (ok)
    {
      ok = attest_agree_take_rows (&loading, rows, error) && build (&loading, error);
      if (!ok)
        g_prefix_error (error, "%s:", path);
    }
  g_array_unref (loading.judgements);
  g_array_unref (loading.cluster_of);
  attest_agree_names_clear (&loading.items);
  attest_agree_names_clear (&loading.coders);
  attest_agree_names_clear (&loading.codes);
  attest_agree_names_clear (&loading.clusters);
  return ok ? g_steal_pointer (&table) : NULL;
}

void
attest_agree_table_free (AttestAgreeTable *table)
{
  if (table == NULL)
    return;
  g_clear_pointer (&table->items, g_ptr_array_unref);
  g_clear_pointer (&table->coders, g_ptr_array_unref);
  g_clear_pointer (&table->clusters, g_ptr_array_unref);
  g_clear_pointer (&table->codes, g_ptr_array_unref);
  g_free (table->doubtful);
  g_clear_pointer (&table->warnings, g_ptr_array_unref);
  g_free (table->ratings);
  g_free (table->cluster_of);
  g_free (table->sets);
  g_free (table->numbers);
  g_free (table);
}

void
attest_agree_table_set_input (const AttestAgreeTable *table, AttestAgreementInput *input)
{
  input->ratings = (AttestRatings){
    .n_items = table->items->len,
    .n_coders = table->coders->len,
    .n_values = table->n_values,
    .n_clusters = table->clusters != NULL ? table->clusters->len : table->items->len,
    .values = table->ratings,
    .clusters = table->cluster_of,
  };
  input->n_codes = table->is_sets ? table->codes->len : 0;
  input->sets = table->sets;
  input->numbers = table->numbers;
}
