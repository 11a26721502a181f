#include "cli/attest-cli-populations.h"

#include "cli/attest-cli-compare-stored.h"
#include "cli/attest-cli-report.h"

#include <string.h>

#include "report/attest-report-html.h"
#include "report/attest-report.h"

typedef struct
{
  AttestInvocation *inv;
  const AttestPopulationsWish *wish;
  AttestPopulations *populations;
  char *attribute;                /* (nullable) normalised */
  gboolean has_attribute;         /* somebody has it */
  GHashTable *codebooks;          /* SHA-256 of all that were met */
  const AttestCodebook *codebook; /* (nullable) that codes in memory */
  const AttestSharedTexts *shared;
  guint project;
} Loading;

/* The population of a unit: its project, or its group. */
static guint
find_population (Loading *loading, guint project, const char *group)
{
  if (loading->attribute != NULL)
    return attest_populations_add (loading->populations, group);
  return project;
}

/* ---- what projects hold ---- */

typedef struct
{
  Loading *loading;
  GHashTable *units; /* label of the respondent or source → guint[codes] */
} Counting;

static gboolean
take_segment (const AttestStoreSegment *segment, gpointer data, GError **error)
{
  const Counting *counting = data;
  const char *label = counting->loading->wish->by_source ? segment->source : segment->respondent;
  guint *counts = label != NULL ? g_hash_table_lookup (counting->units, label) : NULL;
  guint code;

  if (counts != NULL && strcmp (segment->status, "rejected") != 0
      && attest_populations_find_code (counting->loading->populations, segment->code, &code))
    counts[code]++;
  return TRUE;
}

static gboolean
count_segments (Counting *counting, AttestStore *store, const char *codebook, GError **error)
{
  AttestSegmentFilter filter = { .codebook = codebook };

  return attest_store_foreach_segment (store, &filter, take_segment, counting, error);
}

static gboolean
count_sources (Loading *loading, AttestStore *store, const char *codebook, GError **error)
{
  g_autoptr (GPtrArray) sources = attest_shared_texts_list_counted (
      loading->shared, loading->project, loading->attribute != NULL, store, error);
  g_autoptr (GHashTable) units = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  Counting counting = { loading, units };

  for (guint i = 0; sources != NULL && i < sources->len; i++)
    g_hash_table_insert (units, ((AttestSourceInfo *)g_ptr_array_index (sources, i))->label,
                         g_new0 (guint, loading->populations->codes->len + 1));
  if (sources == NULL || !count_segments (&counting, store, codebook, error))
    return FALSE;
  for (guint i = 0; i < sources->len; i++)
    attest_populations_add_unit (
        loading->populations, loading->project,
        g_hash_table_lookup (units, ((AttestSourceInfo *)g_ptr_array_index (sources, i))->label));
  return TRUE;
}

static gboolean
count_respondents (Loading *loading, AttestStore *store, const char *codebook, GError **error)
{
  g_autoptr (GPtrArray) respondents = attest_store_list_respondents (store, error);
  g_autoptr (GHashTable) left_out
      = respondents != NULL ? attest_shared_texts_list_left_out (
            loading->shared, loading->project, loading->attribute != NULL, store, error)
                            : NULL;
  g_autoptr (GHashTable) units = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  Counting counting = { loading, units };

  for (guint i = 0; left_out != NULL && i < respondents->len; i++)
    {
      const AttestRespondentInfo *info = g_ptr_array_index (respondents, i);

      if (info->turns > 0 && !attest_shared_texts_speaks_in (info, left_out))
        g_hash_table_insert (units, info->label,
                             g_new0 (guint, loading->populations->codes->len + 1));
    }
  if (left_out == NULL || !count_segments (&counting, store, codebook, error))
    return FALSE;
  for (guint i = 0; i < respondents->len; i++)
    {
      const AttestRespondentInfo *info = g_ptr_array_index (respondents, i);
      const char *group = loading->attribute != NULL
                              ? attest_respondent_info_get (info, loading->attribute)
                              : NULL;

      loading->has_attribute = loading->has_attribute || group != NULL;
      if (g_hash_table_contains (units, info->label))
        attest_populations_add_unit (loading->populations,
                                     find_population (loading, loading->project, group),
                                     g_hash_table_lookup (units, info->label));
    }
  return TRUE;
}

/* Opens a project for the codes or the counts of its codebook. */
static AttestFrequency *
open_frequency (const Loading *loading, const char *path, AttestStore **out_store, GError **error)
{
  AttestReportFilter filter = { .codebook = loading->wish->codebook };
  g_autoptr (AttestStore) store = attest_store_open (path, ATTEST_STORE_IN_PLACE, error);
  g_autoptr (AttestFrequency) frequency
      = store != NULL ? attest_store_report_frequency (store, &filter, error) : NULL;

  if (frequency == NULL)
    {
      /* What the store says of codebooks does not name the file. */
      if (store != NULL && error != NULL && strstr ((*error)->message, path) == NULL)
        g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  if (frequency->totals.not_searched > 0 || !frequency->codebook->coded)
    return attest_throw_null (error, ATTEST_ERROR_USAGE,
                              "%s: codebook '%s' has not searched %" G_GINT64_FORMAT
                              " of the sources, where nobody can have a code: 'attest code' first",
                              path, frequency->codebook->name, frequency->totals.not_searched);
  *out_store = g_steal_pointer (&store);
  return g_steal_pointer (&frequency);
}

static gboolean
list_codes (Loading *loading, GError **error)
{
  for (guint i = 0; i < loading->wish->projects->len; i++)
    {
      g_autoptr (AttestStore) store = NULL;
      g_autoptr (AttestFrequency) frequency
          = open_frequency (loading, g_ptr_array_index (loading->wish->projects, i), &store, error);

      if (frequency == NULL)
        return FALSE;
      for (guint k = 0; k < frequency->rows->len; k++)
        {
          const AttestFrequencyRow *row = &g_array_index (frequency->rows, AttestFrequencyRow, k);

          attest_populations_add_code (loading->populations, row->code, row->dimension);
        }
      g_hash_table_add (loading->codebooks, g_strdup (frequency->codebook->sha256));
    }
  if (g_hash_table_size (loading->codebooks) > 1)
    g_ptr_array_add (loading->populations->warnings,
                     g_strdup ("The projects were coded by different codebooks, or versions of "
                               "one: what differs may be the rules. Give one file by --codebook to "
                               "code all of them by it in memory."));
  return TRUE;
}

/* @codebook: as it is printed. */
static void
add_project (Loading *loading, AttestStore *store, const char *path, char *codebook)
{
  g_autofree char *title = attest_report_dup_project_title (store, NULL);
  g_autofree char *name = g_strdup (title != NULL ? title : path);

  /* Two projects may have one title. */
  for (guint i = 2; g_hash_table_contains (loading->populations->numbers, name); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s (%u)", title != NULL ? title : path, i);
    }
  AttestPopulation *population = attest_populations_get (
      loading->populations, attest_populations_add (loading->populations, name));
  population->path = g_strdup (path);
  population->codebook = codebook;
}

static gboolean
count_project (Loading *loading, const char *path, GError **error)
{
  g_autoptr (AttestStore) store = NULL;
  g_autoptr (AttestFrequency) frequency = open_frequency (loading, path, &store, error);
  const char *codebook = frequency != NULL ? frequency->codebook->name : NULL;

  if (frequency == NULL)
    return FALSE;
  if (loading->attribute == NULL)
    {
      g_autoptr (GPtrArray) sources = attest_shared_texts_list_counted (
          loading->shared, loading->project, loading->attribute != NULL, store, error);

      if (sources == NULL)
        return FALSE;
      add_project (loading, store, path, attest_report_dup_codebook (frequency->codebook));
      attest_populations_get (loading->populations, loading->project)->sources = sources->len;
    }
  return (loading->wish->by_source ? count_sources (loading, store, codebook, error)
                                   : count_respondents (loading, store, codebook, error))
         && attest_store_check_unchanged (store, error);
}

static gboolean
count_stored (Loading *loading, GError **error)
{
  if (!list_codes (loading, error))
    return FALSE;
  for (guint i = 0; i < loading->wish->projects->len; i++)
    {
      loading->project = i;
      if (!count_project (loading, g_ptr_array_index (loading->wish->projects, i), error))
        return FALSE;
    }
  return TRUE;
}

/* ---- in memory ---- */

static void
take_unit (const AttestComparedUnit *unit, gpointer data)
{
  Loading *loading = data;

  loading->has_attribute = loading->has_attribute || unit->group != NULL;
  attest_populations_add_unit (
      loading->populations, find_population (loading, unit->project, unit->group), unit->segments);
}

static gboolean
list_projects (Loading *loading, GError **error)
{
  for (guint i = 0; loading->attribute == NULL && i < loading->wish->projects->len; i++)
    {
      const char *path = g_ptr_array_index (loading->wish->projects, i);
      g_autoptr (AttestStore) store = attest_store_open (path, ATTEST_STORE_IN_PLACE, error);
      AttestCodebookInfo info = { .name = loading->codebook->id,
                                  .version = loading->codebook->version,
                                  .sha256 = loading->codebook->sha256 };

      if (store == NULL)
        return FALSE;
      g_autoptr (GPtrArray) sources = attest_shared_texts_list_counted (
          loading->shared, loading->project, loading->attribute != NULL, store, error);
      if (sources == NULL)
        return FALSE;
      add_project (loading, store, path, attest_report_dup_codebook (&info));
      attest_populations_get (loading->populations, i)->sources = sources->len;
    }
  return TRUE;
}

static gboolean
count_in_memory (Loading *loading, AttestCodebook *codebook, GError **error)
{
  g_autoptr (GPtrArray) codebooks = g_ptr_array_new ();
  g_autoptr (GPtrArray) given = g_ptr_array_new ();
  AttestCompareWish wish
      = { .codebooks = codebooks,
          .given = given,
          .projects = loading->wish->projects,
          .attribute = loading->attribute,
          .skip = loading->shared,
          .skip_later = loading->attribute != NULL,
          .unit = loading->wish->by_source ? ATTEST_COMPARE_SOURCE : ATTEST_COMPARE_SENTENCE,
          .jobs = loading->wish->jobs };

  loading->codebook = codebook;
  g_ptr_array_add (codebooks, codebook);
  g_ptr_array_add (given, codebook->id);
  for (guint i = 0; i < codebook->codes->len; i++)
    {
      const AttestCode *code = attest_codebook_code (codebook, i);

      attest_populations_add_code (loading->populations, code->id,
                                   attest_codebook_dimension (codebook, code->dimension)->id);
    }
  g_ptr_array_add (loading->populations->warnings,
                   g_strdup_printf ("Coded in memory by %s: quotes that somebody rejected for a "
                                    "code of it are left out, passages marked by hand are not "
                                    "looked at; segments are counted by the sentence.",
                                    codebook->id));
  return list_projects (loading, error)
         && attest_cli_compare_foreach_unit (loading->inv, &wish, take_unit, loading, error);
}

/* ---- either ---- */

/* (nullable) the first project that was not coded by a codebook of this id. */
static const char *
find_not_coded (const AttestPopulationsWish *wish)
{
  for (guint i = 0; i < wish->projects->len; i++)
    {
      const char *path = g_ptr_array_index (wish->projects, i);
      g_autoptr (AttestStore) store = attest_store_open (path, ATTEST_STORE_IN_PLACE, NULL);
      g_autoptr (AttestCodebookInfo) info
          = store != NULL ? attest_store_find_codebook (store, wish->codebook, NULL) : NULL;

      if (info == NULL || !info->coded)
        return path;
    }
  return NULL;
}

static gboolean
count (Loading *loading, GError **error)
{
  const char *name = loading->wish->codebook, *missing = NULL;

  if (name == NULL
      || (!g_file_test (name, G_FILE_TEST_IS_REGULAR)
          && (missing = find_not_coded (loading->wish)) == NULL))
    return count_stored (loading, error);
  g_autoptr (AttestCodebook) codebook = attest_cli_load_codebook (name, error);
  if (codebook == NULL && missing != NULL)
    g_prefix_error (error, "%s was not coded by '%s', and to code all in memory ", missing, name);
  return codebook != NULL && count_in_memory (loading, codebook, error);
}

/* Of texts that all projects hold: what each has in them. Where their codes cannot be paired, that
 * is told, and the others are compared all the same. */
static gboolean
compare_texts (Loading *loading, GError **error)
{
  const AttestPopulationsWish *wish = loading->wish;
  g_autoptr (GError) inner = NULL;

  if (loading->attribute != NULL || loading->codebook != NULL || loading->shared->n_in_all == 0
      || wish->projects->len > ATTEST_MAX_CONTRAST_SIDES)
    return TRUE;
  loading->populations->shared = attest_cli_compare_stored (
      loading->inv, wish->stored, loading->shared, wish->codebook, &inner);
  if (g_error_matches (inner, ATTEST_ERROR, ATTEST_ERROR_USAGE))
    g_ptr_array_add (loading->populations->warnings,
                     g_strdup_printf ("Not compared passage by passage: %s.", inner->message));
  else if (inner != NULL)
    g_propagate_error (error, g_steal_pointer (&inner));
  return inner != NULL || loading->populations->shared != NULL;
}

static gboolean
compare_shared (Loading *loading, GError **error)
{
  AttestPopulations *populations = loading->populations;
  g_autofree char *clashes = attest_shared_texts_dup_clashes (loading->shared);
  gboolean by_group = loading->attribute != NULL, in_memory = loading->codebook != NULL;

  if (!compare_texts (loading, error))
    return FALSE;
  if (loading->shared->n_shared > 0)
    g_ptr_array_add (populations->warnings,
                     attest_shared_texts_dup_note (loading->shared, by_group, in_memory,
                                                   populations->shared != NULL));
  if (clashes != NULL && loading->wish->min_group == 0)
    g_ptr_array_add (populations->warnings, g_steal_pointer (&clashes));
  return TRUE;
}

AttestPopulations *
attest_cli_populations_load (AttestInvocation *inv, const AttestPopulationsWish *wish,
                             GError **error)
{
  g_autoptr (AttestPopulations) populations = attest_populations_new (
      wish->attribute != NULL ? ATTEST_POPULATION_GROUPS : ATTEST_POPULATION_PROJECTS,
      wish->by_source ? "source" : "respondent");
  g_autofree char *attribute = attest_store_normalise_attribute (wish->attribute);
  g_autoptr (GHashTable) codebooks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (AttestSharedTexts) shared = attest_shared_texts_find (wish->projects, error);
  Loading loading = { .inv = inv,
                      .wish = wish,
                      .populations = populations,
                      .attribute = attribute,
                      .codebooks = codebooks,
                      .shared = shared };

  populations->attribute = g_strdup (attribute);
  populations->min_group = wish->min_group;
  if (shared == NULL || !count (&loading, error)
      || (attribute != NULL && !loading.has_attribute
          && !attest_cli_throw_no_attribute (attribute, error))
      || !attest_populations_test (populations, wish->adjust, wish->seed, error)
      || !compare_shared (&loading, error))
    return NULL;
  if (attribute != NULL && wish->projects->len > 1)
    g_ptr_array_add (populations->warnings,
                     g_strdup ("Groups are pooled over the projects: what differs between groups "
                               "may be what differs between projects."));
  return g_steal_pointer (&populations);
}
