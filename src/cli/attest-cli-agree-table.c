#include "cli/attest-cli-agree-table.h"

#include <string.h>

#include "cli/attest-cli-agree-names.h"
#include "cli/attest-cli-agree-sets.h"
#include "util/attest-csv.h"
#include "util/attest-error.h"
#include "util/attest-limits.h"

enum
{
  ITEM,
  CODER,
  VALUE,
  CODE,
  CLUSTER,
  N_COLUMNS
};

static const char *const column_names[N_COLUMNS] = { "item", "coder", "value", "code", "cluster" };

/* A row: numbers of names. */
typedef struct
{
  guint item, coder;
  guint code; /* NONE: none, or no value */
  guint line;
} Judgement;

#define NONE G_MAXUINT

typedef struct
{
  AttestAgreeTable *table;
  AttestMetric metric;
  int columns[N_COLUMNS];
  AttestAgreeNames items, coders, codes, clusters;
  gboolean has_scheme;
  GArray *judgements; /* of Judgement */
  GArray *cluster_of; /* of guint: by item, of clusters; NONE: not said */
} Loading;

/* ---- rows ---- */

static gboolean
find_columns (Loading *loading, const AttestCsvRow *header, GError **error)
{
  const int *columns = loading->columns;

  for (guint i = 0; i < N_COLUMNS; i++)
    loading->columns[i] = attest_csv_find_column (header, column_names[i]);
  for (guint i = ITEM; i <= CODER; i++)
    if (columns[i] < 0)
      return attest_throw (error, ATTEST_ERROR_INPUT,
                           "1: no column '%s': there must be item, coder, and value or code",
                           column_names[i]);
  if (columns[VALUE] < 0 && columns[CODE] < 0)
    return attest_throw (error, ATTEST_ERROR_INPUT,
                         "1: no column 'value' (one value of an item) and none 'code' (several "
                         "codes of an item)");
  if (columns[VALUE] >= 0 && columns[CODE] >= 0)
    return attest_throw (error, ATTEST_ERROR_INPUT,
                         "1: both a column 'value' and a column 'code': leave one of them out");
  loading->table->is_sets = columns[CODE] >= 0;
  return TRUE;
}

/* Takes one value or code; @name: not empty. */
static gboolean
add_judgement (Loading *loading, const AttestCsvRow *row, const char *name, Judgement judgement,
               GError **error)
{
  g_autofree char *canonical = NULL;
  double number;

  if (!loading->table->is_sets && loading->metric != ATTEST_METRIC_NOMINAL
      && attest_agree_parse_double (name, &number))
    {
      /* 2 and 2.0 are one value. */
      canonical = g_malloc (G_ASCII_DTOSTR_BUF_SIZE);
      name = g_ascii_dtostr (canonical, G_ASCII_DTOSTR_BUF_SIZE, number);
    }
  if (loading->has_scheme && !attest_agree_names_find (&loading->codes, name, &judgement.code))
    return attest_throw (error, ATTEST_ERROR_INPUT, "%u: '%s' is not among --values", row->line,
                         name);
  judgement.code = attest_agree_names_add (&loading->codes, name);
  g_array_append_val (loading->judgements, judgement);
  return TRUE;
}

static gboolean
add_codes (Loading *loading, const AttestCsvRow *row, const char *cell, Judgement judgement,
           GError **error)
{
  g_auto (GStrv) names = g_strsplit (cell, ";", -1);
  guint before = loading->judgements->len;

  for (guint i = 0; names[i] != NULL; i++)
    if (*g_strstrip (names[i]) != '\0' && !add_judgement (loading, row, names[i], judgement, error))
      return FALSE;
  if (loading->judgements->len == before)
    g_array_append_val (loading->judgements, judgement);
  return TRUE;
}

static gboolean
add_value (Loading *loading, const AttestCsvRow *row, const char *cell, Judgement judgement,
           GError **error)
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
set_cluster (Loading *loading, const AttestCsvRow *row, guint item, GError **error)
{
  const char *cell = attest_agree_cell (row, loading->columns[CLUSTER]);
  guint cluster = *cell != '\0' ? attest_agree_names_add (&loading->clusters, cell) : NONE;

  if (item == loading->cluster_of->len)
    {
      g_array_append_val (loading->cluster_of, cluster);
      return TRUE;
    }
  guint *known = &g_array_index (loading->cluster_of, guint, item);
  if (*known != NONE && cluster != NONE && *known != cluster)
    return attest_throw (error, ATTEST_ERROR_INPUT,
                         "%u: item '%s' is of cluster '%s' here, and of '%s' before", row->line,
                         (char *)g_ptr_array_index (loading->items.names, item), cell,
                         (char *)g_ptr_array_index (loading->clusters.names, *known));
  if (*known == NONE)
    *known = cluster;
  return TRUE;
}

static gboolean
add_row (Loading *loading, const AttestCsvRow *row, GError **error)
{
  const char *item = attest_agree_cell (row, loading->columns[ITEM]);
  const char *coder = attest_agree_cell (row, loading->columns[CODER]);

  if (*item == '\0' || *coder == '\0')
    return attest_throw (error, ATTEST_ERROR_INPUT, "%u: %s", row->line,
                         *item == '\0' ? "no item: give each item a name or a number"
                                       : "no coder: say who judged");
  Judgement judgement = { attest_agree_names_add (&loading->items, item),
                          attest_agree_names_add (&loading->coders, coder), NONE, row->line };
  if (!set_cluster (loading, row, judgement.item, error))
    return FALSE;
  if (loading->coders.names->len > ATTEST_MAX_CODERS)
    return attest_throw (error, ATTEST_ERROR_LIMIT, "%u: more than %u coders", row->line,
                         ATTEST_MAX_CODERS);
  if (!(loading->table->is_sets
            ? add_codes (loading, row, attest_agree_cell (row, loading->columns[CODE]), judgement,
                         error)
            : add_value (loading, row, attest_agree_cell (row, loading->columns[VALUE]), judgement,
                         error)))
    return FALSE;
  return loading->codes.names->len <= ATTEST_MAX_AGREE_CODES
         || attest_throw (error, ATTEST_ERROR_LIMIT, "%u: more than %u different %s", row->line,
                          ATTEST_MAX_AGREE_CODES, loading->table->is_sets ? "codes" : "values");
}

static gboolean
take_scheme (Loading *loading, const char *scheme, GError **error)
{
  g_auto (GStrv) names = g_strsplit (scheme != NULL ? scheme : "", ",", -1);

  loading->has_scheme = scheme != NULL;
  for (guint i = 0; names[i] != NULL; i++)
    {
      guint known;

      if (*g_strstrip (names[i]) == '\0')
        return attest_throw (error, ATTEST_ERROR_USAGE,
                             "--values: an empty name; write them with commas between");
      if (attest_agree_names_find (&loading->codes, names[i], &known))
        return attest_throw (error, ATTEST_ERROR_USAGE, "--values: '%s' is there twice", names[i]);
      attest_agree_names_add (&loading->codes, names[i]);
    }
  return TRUE;
}

/* ---- from rows to ratings ---- */

static gboolean
throw_twice (const Loading *loading, const Judgement *judgement, guint earlier_line, GError **error)
{
  const AttestAgreeTable *table = loading->table;
  const char *item = g_ptr_array_index (table->items, judgement->item);
  const char *coder = g_ptr_array_index (table->coders, judgement->coder);

  return attest_throw (error, ATTEST_ERROR_INPUT,
                       "%u: coder '%s' judged item '%s' in line %u already: keep one of them",
                       judgement->line, coder, item, earlier_line);
}

static gboolean
fill_values (Loading *loading, GError **error)
{
  AttestAgreeTable *table = loading->table;
  gsize n = (gsize)table->items->len * table->coders->len;
  g_autofree guint *lines = g_new0 (guint, MAX (n, 1));

  for (guint i = 0; i < loading->judgements->len; i++)
    {
      const Judgement *judgement = &g_array_index (loading->judgements, Judgement, i);
      gsize at = (gsize)judgement->item * table->coders->len + judgement->coder;

      if (lines[at] > 0)
        return throw_twice (loading, judgement, lines[at], error);
      lines[at] = judgement->line;
      if (judgement->code != NONE)
        table->ratings[at] = (guint16)judgement->code;
    }
  table->n_values = table->codes->len;
  return TRUE;
}

static int
compare_judgements (gconstpointer a, gconstpointer b)
{
  const Judgement *x = a, *y = b;

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
take_set (Loading *loading, guint *i, AttestAgreeSets *sets, GError **error)
{
  AttestAgreeTable *table = loading->table;
  const Judgement *first = &g_array_index (loading->judgements, Judgement, *i);
  const Judgement *last = NULL;
  g_autofree guint8 *set = g_new0 (guint8, MAX (table->codes->len, 1));

  for (; *i < loading->judgements->len; (*i)++)
    {
      const Judgement *judgement = &g_array_index (loading->judgements, Judgement, *i);

      if (judgement->item != first->item || judgement->coder != first->coder)
        break;
      if (last != NULL && (judgement->code == last->code || judgement->code == NONE))
        return throw_twice (loading, judgement, last->line, error);
      if (judgement->code != NONE)
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
fill_sets (Loading *loading, GError **error)
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
place_clusters (Loading *loading, const guint *moved_items, const guint *moved_clusters)
{
  AttestAgreeTable *table = loading->table;
  guint n_clusters = loading->clusters.names->len;

  table->cluster_of = g_new (guint, MAX (table->items->len, 1));
  for (guint i = 0; i < table->items->len; i++)
    {
      guint cluster = g_array_index (loading->cluster_of, guint, i);

      table->cluster_of[moved_items[i]] = cluster != NONE ? moved_clusters[cluster] : NONE;
    }
  if (loading->columns[CLUSTER] < 0)
    {
      for (guint i = 0; i < table->items->len; i++)
        table->cluster_of[i] = i;
      return;
    }
  table->clusters = g_ptr_array_ref (loading->clusters.names);
  /* An item without a cluster stands for itself. */
  for (guint i = 0; i < table->items->len; i++)
    if (table->cluster_of[i] == NONE)
      {
        g_ptr_array_add (table->clusters, g_strdup (""));
        table->cluster_of[i] = n_clusters++;
      }
}

/* Sorts names and renumbers what refers to them. */
static void
sort_all (Loading *loading)
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
      Judgement *judgement = &g_array_index (loading->judgements, Judgement, i);

      judgement->item = items[judgement->item];
      judgement->coder = coders[judgement->coder];
      if (codes != NULL && judgement->code != NONE)
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
  return attest_throw (error, ATTEST_ERROR_INPUT,
                       " no item was judged by two coders: the column item must name what both "
                       "saw in the same way, for example '%s'",
                       (char *)g_ptr_array_index (table->items, 0));
}

static gboolean
take_numbers (Loading *loading, GError **error)
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
build (Loading *loading, GError **error)
{
  AttestAgreeTable *table = loading->table;

  sort_all (loading);
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
  Loading loading = { .table = table, .metric = metric };
  g_autoptr (GPtrArray) rows = attest_agree_load_rows (path, error);

  if (rows == NULL)
    return NULL;
  attest_agree_names_init (&loading.items);
  attest_agree_names_init (&loading.coders);
  attest_agree_names_init (&loading.codes);
  attest_agree_names_init (&loading.clusters);
  loading.judgements = g_array_new (FALSE, FALSE, sizeof (Judgement));
  loading.cluster_of = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean ok = scheme == NULL || take_scheme (&loading, scheme, error);
  if (ok)
    {
      ok = find_columns (&loading, g_ptr_array_index (rows, 0), error);
      for (guint i = 1; ok && i < rows->len; i++)
        ok = add_row (&loading, g_ptr_array_index (rows, i), error);
      ok = ok && build (&loading, error);
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
