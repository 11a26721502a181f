#include "cli/attest-cli-double-code.h"

#include <math.h>
#include <string.h>

#include "cli/attest-cli-report.h"
#include "stats/attest-precision.h"
#include "stats/attest-random.h"
#include "util/attest-json.h"
#include "util/attest-sentence.h"
#include "util/attest-text.h"

/* ---- what there is ---- */

/* A transcript that can be drawn. */
typedef struct
{
  char *label, *group;
  const char *kind; /* static */
  guint stratum;
  gint64 sentences, segments;
  gboolean drawn;
  guint64 lot; /* the lowest are drawn */
} Candidate;

typedef struct
{
  AttestInvocation *inv;
  const AttestDoubleCodeWish *wish;
  GArray *candidates;         /* of Candidate, by label */
  GPtrArray *strata;          /* of char *: "kind, group" */
  AttestFrequency *frequency; /* the codes */
  GHashTable *numbers;        /* label → Candidate, borrowed */
  gint64 sentences;           /* of all */
  guint n_drawn;
} Planning;

static void
clear_candidate (gpointer item)
{
  g_free (((Candidate *)item)->label);
  g_free (((Candidate *)item)->group);
}

static void
planning_clear (Planning *planning)
{
  g_array_unref (planning->candidates);
  g_ptr_array_unref (planning->strata);
  g_hash_table_unref (planning->numbers);
  g_clear_pointer (&planning->frequency, attest_frequency_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Planning, planning_clear)

static Candidate *
candidate_at (const Planning *planning, guint i)
{
  return &g_array_index (planning->candidates, Candidate, i);
}

static gint64
count_sentences (const AttestDocument *doc, AttestSentenceFinder *finder)
{
  gint64 n = 0;

  for (guint i = 0; i < doc->turns->len; i++)
    {
      const AttestTurn *turn = attest_document_turn (doc, i);
      gsize length_bytes = turn->end_byte - turn->start_byte;

      if (attest_document_turn_role (doc, i) == ATTEST_ROLE_INTERVIEWER)
        continue;
      g_autofree char *text
          = attest_text_dup_unwrapped (doc->text + turn->start_byte, length_bytes);
      attest_sentence_finder_set_text (finder, text, length_bytes, turn->lang);
      g_autoptr (GArray) sentences = attest_sentence_finder_list (finder);
      n += sentences->len;
    }
  return n;
}

/* The group of the respondent who says most in it; of several alike, the first. */
static char *
dup_group (GPtrArray *respondents, const AttestSourceInfo *info)
{
  const AttestRespondentInfo *most = NULL;

  for (guint i = 0; i < respondents->len; i++)
    {
      const AttestRespondentInfo *respondent = respondents->pdata[i];

      if (g_strv_contains ((const char *const *)info->respondents, respondent->label)
          && (most == NULL || respondent->words > most->words))
        most = respondent;
    }
  return most != NULL ? g_strdup (attest_respondent_info_get (most, ATTEST_ATTRIBUTE_GROUP)) : NULL;
}

static guint
intern_stratum (Planning *planning, const char *kind, const char *group)
{
  g_autofree char *name = g_strdup_printf ("%s, %s", kind, group != NULL ? group : "no group");
  guint i;

  if (g_ptr_array_find_with_equal_func (planning->strata, name, (GEqualFunc)g_str_equal, &i))
    return i;
  g_ptr_array_add (planning->strata, g_steal_pointer (&name));
  return planning->strata->len - 1;
}

static gboolean
load_candidates (Planning *planning, GError **error)
{
  AttestStore *store = planning->inv->store;
  g_autoptr (GPtrArray) sources = attest_store_list_sources (store, error);
  g_autoptr (GPtrArray) respondents
      = sources != NULL ? attest_store_list_respondents (store, error) : NULL;
  g_autoptr (AttestSentenceFinder) finder = attest_sentence_finder_new ();

  for (guint i = 0; respondents != NULL && i < sources->len; i++)
    {
      const AttestSourceInfo *info = sources->pdata[i];
      g_autoptr (AttestDocument) doc = attest_store_get_document (store, info->label, error);
      Candidate candidate = { .label = g_strdup (info->label),
                              .group = dup_group (respondents, info),
                              .kind = attest_source_kind_to_string (info->kind) };

      candidate.stratum = intern_stratum (planning, candidate.kind, candidate.group);
      candidate.sentences = doc != NULL ? count_sentences (doc, finder) : 0;
      g_array_append_val (planning->candidates, candidate);
      planning->sentences += candidate.sentences;
      if (doc == NULL)
        return FALSE;
    }
  for (guint i = 0; i < planning->candidates->len; i++)
    g_hash_table_insert (planning->numbers, candidate_at (planning, i)->label,
                         candidate_at (planning, i));
  if (respondents != NULL && planning->sentences == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "nobody but interviewers says anything in the project");
  return respondents != NULL;
}

static gboolean
is_wanted (const AttestDoubleCodeWish *wish, const AttestFrequencyRow *row)
{
  return (wish->code == NULL || strcmp (wish->code, row->code) == 0)
         && (wish->dimension == NULL || strcmp (wish->dimension, row->dimension) == 0);
}

static gboolean
count_segment (const AttestStoreSegment *segment, gpointer data, GError **error)
{
  Planning *planning = data;
  Candidate *candidate = g_hash_table_lookup (planning->numbers, segment->source);

  if (candidate != NULL && strcmp (segment->status, "rejected") != 0)
    candidate->segments++;
  return TRUE;
}

static gboolean
load_codes (Planning *planning, GError **error)
{
  const AttestDoubleCodeWish *wish = planning->wish;
  AttestReportFilter filter = { .codebook = wish->codebook };
  AttestSegmentFilter segments
      = { .codebook = wish->codebook, .code = wish->code, .dimension = wish->dimension };
  guint n = 0;

  planning->frequency = attest_store_report_frequency (planning->inv->store, &filter, error);
  if (planning->frequency == NULL)
    return FALSE;
  for (guint i = 0; i < planning->frequency->rows->len; i++)
    n += is_wanted (wish, &g_array_index (planning->frequency->rows, AttestFrequencyRow, i));
  if (n == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE, "the codebook %s has no %s '%s'",
                         planning->frequency->codebook->name,
                         wish->code != NULL ? "code" : "dimension",
                         wish->code != NULL ? wish->code : wish->dimension);
  return attest_store_foreach_segment (planning->inv->store, &segments, count_segment, planning,
                                       error);
}

/* ---- how many ---- */

/* Of a code: the share of sentences that have it, as the codebook finds it. */
static double
prevalence (const Planning *planning, const AttestFrequencyRow *row)
{
  return MIN ((double)row->segments / (double)planning->sentences, 1);
}

static double
expect_width (const Planning *planning, const AttestFrequencyRow *row, guint n_sources)
{
  double per_source = (double)planning->sentences / planning->candidates->len;

  return attest_precision_width (planning->wish->kappa, prevalence (planning, row),
                                 per_source * n_sources, per_source, planning->wish->rho);
}

/* The least number of transcripts that half of the codes reach the width with; of one code, that it
 * does. All of them where they are too few. */
static guint
find_n (const Planning *planning)
{
  for (guint n = 1; n < planning->candidates->len; n++)
    {
      guint n_codes = 0, n_reached = 0;

      for (guint i = 0; i < planning->frequency->rows->len; i++)
        {
          const AttestFrequencyRow *row
              = &g_array_index (planning->frequency->rows, AttestFrequencyRow, i);

          if (!is_wanted (planning->wish, row))
            continue;
          n_codes++;
          n_reached += expect_width (planning, row, n) <= planning->wish->width;
        }
      if (2 * n_reached >= n_codes)
        return n;
    }
  return planning->candidates->len;
}

/* ---- which ---- */

static int
compare_lots (gconstpointer a, gconstpointer b)
{
  const Candidate *x = *(Candidate *const *)a, *y = *(Candidate *const *)b;

  return x->lot < y->lot ? -1 : x->lot > y->lot;
}

/* In proportion to the strata, by largest remainders, and one of each as far as they go round. */
static guint *
allocate (const Planning *planning, guint n)
{
  guint n_strata = planning->strata->len, given = 0;
  guint *sizes = g_new0 (guint, n_strata), *quota = g_new0 (guint, n_strata);

  for (guint i = 0; i < planning->candidates->len; i++)
    sizes[candidate_at (planning, i)->stratum]++;
  for (guint s = 0; s < n_strata; s++)
    {
      quota[s] = (guint)((guint64)n * sizes[s] / planning->candidates->len);
      if (quota[s] == 0 && n >= n_strata)
        quota[s] = 1;
      given += quota[s];
    }
  while (given != n)
    {
      guint best = 0;
      double best_lack = -INFINITY;

      for (guint s = 0; s < n_strata; s++)
        {
          double lack = (double)n * sizes[s] / planning->candidates->len - quota[s];

          if (given > n)
            lack = quota[s] > (n >= n_strata) ? -lack : -INFINITY;
          else if (quota[s] == sizes[s])
            lack = -INFINITY;
          if (lack > best_lack)
            {
              best = s;
              best_lack = lack;
            }
        }
      quota[best] += given < n ? 1 : -1;
      given += given < n ? 1 : -1;
    }
  g_free (sizes);
  return quota;
}

static void
draw (Planning *planning, guint n)
{
  g_autofree guint *quota = allocate (planning, n);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  AttestRandom random;

  attest_random_init (&random, planning->wish->seed, 0);
  for (guint i = 0; i < planning->candidates->len; i++)
    {
      candidate_at (planning, i)->lot = attest_random_next (&random);
      g_ptr_array_add (order, candidate_at (planning, i));
    }
  g_ptr_array_sort (order, compare_lots);
  for (guint i = 0; i < order->len; i++)
    {
      Candidate *candidate = order->pdata[i];

      if (quota[candidate->stratum] == 0)
        continue;
      quota[candidate->stratum]--;
      candidate->drawn = TRUE;
      planning->n_drawn++;
    }
}

/* ---- out ---- */

static AttestTable *
make_sources (const Planning *planning)
{
  AttestTable *table = attest_table_new ("To be coded by two people", "Unit: transcript");

  attest_table_add_column (table, "source", "source", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "kind", "kind", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "group", "group", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "sentences", "sentences", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "segments", "segments", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  for (guint i = 0; i < planning->candidates->len; i++)
    {
      const Candidate *candidate = candidate_at (planning, i);

      if (!candidate->drawn)
        continue;
      attest_table_add_text (table, candidate->label);
      attest_table_add_text (table, candidate->kind);
      attest_table_add_text (table, candidate->group);
      attest_table_add_int (table, candidate->sentences);
      attest_table_add_int (table, candidate->segments);
    }
  return table;
}

static AttestTable *
make_plan (const Planning *planning)
{
  const AttestDoubleCodeWish *wish = planning->wish;
  g_autofree char *note = g_strdup_printf (
      "Unit: sentence. Expected: an agreement of %.2f, sentences of one transcript alike by %.2f.\n"
      "Width of the 95 %% interval of alpha with %u of %u transcripts (Donner and Eliasziw 1992).",
      wish->kappa, wish->rho, planning->n_drawn, planning->candidates->len);
  AttestTable *table = attest_table_new ("What double coding would tell", note);

  attest_table_add_column (table, "code", "code", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "prevalence", "prevalence", ATTEST_COLUMN_DOUBLE,
                           ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "width", "width", ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "width_all", "with all", ATTEST_COLUMN_DOUBLE,
                           ATTEST_COLUMN_PLAIN);
  for (guint i = 0; i < planning->frequency->rows->len; i++)
    {
      const AttestFrequencyRow *row
          = &g_array_index (planning->frequency->rows, AttestFrequencyRow, i);

      if (!is_wanted (wish, row))
        continue;
      attest_table_add_text (table, row->code);
      attest_table_add_double (table, prevalence (planning, row));
      attest_table_add_double (table, expect_width (planning, row, planning->n_drawn));
      attest_table_add_double (table, expect_width (planning, row, planning->candidates->len));
    }
  return table;
}

static gboolean
write_out (const Planning *planning, GError **error)
{
  const AttestDoubleCodeWish *wish = planning->wish;
  AttestInvocation *inv = planning->inv;
  g_autoptr (AttestTable) table = wish->plan ? make_plan (planning) : make_sources (planning);
  g_autoptr (AttestOutput) output = attest_cli_open_output (inv, wish->output, error);
  gboolean is_json = g_strcmp0 (wish->format, "json") == 0;

  if (output == NULL)
    return FALSE;
  if (is_json)
    {
      g_autoptr (AttestJson) json = attest_json_new (attest_output_get_buffer (output), TRUE);

      attest_table_write_json (table, json);
      g_string_append_c (attest_output_get_buffer (output), '\n');
    }
  else if (wish->plan && wish->format == NULL)
    attest_cli_append_table (inv, table, wish->output, output);
  else
    attest_table_write_csv (table, attest_output_get_buffer (output));
  return attest_output_close (output, error);
}

gboolean
attest_cli_double_code (AttestInvocation *inv, const AttestDoubleCodeWish *wish, GError **error)
{
  g_auto (Planning) planning = { .inv = inv, .wish = wish };
  guint n;

  planning.candidates = g_array_new (FALSE, TRUE, sizeof (Candidate));
  g_array_set_clear_func (planning.candidates, clear_candidate);
  planning.strata = g_ptr_array_new_with_free_func (g_free);
  planning.numbers = g_hash_table_new (g_str_hash, g_str_equal);
  if (!load_candidates (&planning, error) || !load_codes (&planning, error))
    return FALSE;
  n = wish->n_sources > 0 ? wish->n_sources : find_n (&planning);
  if (n > planning.candidates->len)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--double-code %u: the project has %u sources only", n,
                         planning.candidates->len);
  draw (&planning, n);
  if (wish->n_sources == 0 && n == planning.candidates->len && !wish->plan)
    attest_cli_complain (inv,
                         "all %u transcripts are needed for that width, or more than there are; "
                         "--plan tells what can be expected of each code",
                         n);
  return write_out (&planning, error);
}
