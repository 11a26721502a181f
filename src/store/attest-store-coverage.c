#include "store/attest-store-coverage-private.h"

#include <string.h>

#include "util/attest-error.h"

const char *
attest_coverage_state_to_string (AttestCoverageState state)
{
  static const char *const names[ATTEST_N_COVERAGE_STATES]
      = { "both", "silent", "unasked", "never", "unknown" };

  return names[state];
}

const char *
attest_doubt_to_string (AttestDoubt doubt)
{
  static const char *const names[ATTEST_N_DOUBTS]
      = { NULL,          "not-coded",         "no-rules",    "language",
          "incomplete",  "no-speaker",        "other-guide", "no-interviewer",
          "no-question", "question-language", "group" };

  return names[doubt];
}

/* ---- life ---- */

static void
clear_row (gpointer item)
{
  AttestCoverageRow *row = item;

  g_free (row->dimension);
  g_free (row->code);
  g_free (row->name);
  g_free (row->guide);
  g_free (row->question);
  g_free (row->section);
  g_free (row->text);
  g_strfreev (row->codes);
}

static void
clear_respondent (gpointer item)
{
  AttestCoverageRespondent *respondent = item;

  g_free (respondent->label);
  g_free (respondent->group);
  g_strfreev (respondent->sources);
}

void
attest_coverage_free (AttestCoverage *coverage)
{
  if (coverage == NULL)
    return;
  attest_codebook_info_free (coverage->codebook);
  g_clear_pointer (&coverage->guides, g_ptr_array_unref);
  g_array_unref (coverage->rows);
  g_array_unref (coverage->respondents);
  g_free (coverage->cells);
  g_strfreev (coverage->without_turns);
  g_strfreev (coverage->not_coded);
  g_strfreev (coverage->without_guide);
  g_free (coverage);
}

static AttestCoverage *
coverage_new (void)
{
  AttestCoverage *coverage = g_new0 (AttestCoverage, 1);

  coverage->rows = g_array_new (FALSE, TRUE, sizeof (AttestCoverageRow));
  g_array_set_clear_func (coverage->rows, clear_row);
  coverage->respondents = g_array_new (FALSE, TRUE, sizeof (AttestCoverageRespondent));
  g_array_set_clear_func (coverage->respondents, clear_respondent);
  return coverage;
}

/* ---- rows ---- */

static char **
dup_one (const char *string)
{
  char **strings = g_new0 (char *, 2);

  strings[0] = g_strdup (string);
  return strings;
}

static gboolean
add_code_rows (AttestStore *store, const AttestReportFilter *filter, const char *code,
               AttestCoverage *coverage, GError **error)
{
  AttestReportFilter of_codes = { .codebook = filter->codebook, .dimension = filter->dimension };
  g_autoptr (AttestFrequency) frequency = attest_store_report_frequency (store, &of_codes, error);

  for (guint i = 0; frequency != NULL && i < frequency->rows->len; i++)
    {
      const AttestFrequencyRow *found = &g_array_index (frequency->rows, AttestFrequencyRow, i);
      AttestCoverageRow row = { .dimension = g_strdup (found->dimension),
                                .code = g_strdup (found->code),
                                .name = g_strdup (found->name),
                                .codes = dup_one (found->code) };

      if (code == NULL || strcmp (code, found->code) == 0)
        g_array_append_val (coverage->rows, row);
      else
        clear_row (&row);
    }
  if (frequency != NULL && code != NULL && coverage->rows->len == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE, "no code '%s' in the segments of codebook '%s'",
                         code, coverage->codebook->name);
  return frequency != NULL;
}

static gboolean
add_question_rows (AttestStore *store, const char *code, AttestCoverage *coverage, GError **error)
{
  for (guint i = 0; i < coverage->guides->len; i++)
    {
      const AttestGuideInfo *guide = g_ptr_array_index (coverage->guides, i);

      for (guint k = 0; k < guide->questions->len; k++)
        {
          const AttestGuideQuestionInfo *question
              = &g_array_index (guide->questions, AttestGuideQuestionInfo, k);
          AttestCoverageRow row = { .guide = g_strdup (guide->name),
                                    .question = g_strdup (question->question),
                                    .section = g_strdup (question->section),
                                    .text = g_strdup (question->text),
                                    .codes = g_strdupv (question->codes) };

          if (code == NULL || g_strv_contains ((const char *const *)question->codes, code))
            g_array_append_val (coverage->rows, row);
          else
            clear_row (&row);
        }
    }
  if (coverage->guides->len == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "no guide in %s: apply one first, 'attest guide apply GUIDE'",
                         store->path);
  return coverage->rows->len > 0
         || attest_throw (error, ATTEST_ERROR_USAGE, "no question of the guide asks about '%s'",
                          code);
}

/* ---- together ---- */

/* Index of the question that a row is; rows and facts have the same order. */
static int
find_question (const AttestCoverageFacts *facts, const AttestCoverage *coverage, guint row)
{
  const AttestCoverageRow *about = attest_coverage_row (coverage, row);
  guint n = 0;

  if (about->question == NULL)
    return -1;
  for (guint i = 0; i < coverage->guides->len; i++)
    {
      const AttestGuideInfo *guide = g_ptr_array_index (coverage->guides, i);

      for (guint k = 0; k < guide->questions->len; k++, n++)
        if (strcmp (guide->name, about->guide) == 0
            && strcmp (g_array_index (guide->questions, AttestGuideQuestionInfo, k).question,
                       about->question)
                   == 0)
          return n < facts->questions->len ? (int)n : -1;
    }
  return -1;
}

/* The names of sources outlive the facts in the lists of respondents. */
static void
keep_names (AttestCoverage *coverage)
{
  for (guint row = 0; row < coverage->rows->len; row++)
    for (guint r = 0; r < coverage->respondents->len; r++)
      {
        AttestCoverageCell *cell = &coverage->cells[(gsize)row * coverage->respondents->len + r];
        char **sources = attest_coverage_respondent (coverage, r)->sources;

        for (; cell->asked_source != NULL && *sources != NULL; sources++)
          if (strcmp (*sources, cell->asked_source) == 0)
            {
              cell->asked_source = *sources;
              break;
            }
      }
}

AttestCoverage *
attest_store_report_coverage (AttestStore *store, const AttestReportFilter *filter,
                              const char *code, gboolean by_question, GError **error)
{
  static const AttestReportFilter all = { NULL };
  g_autoptr (AttestCoverage) coverage = coverage_new ();
  g_autofree char *attribute = NULL;
  g_auto (AttestCoverageFacts) facts = { .store = store, .coverage = coverage };

  filter = filter != NULL ? filter : &all;
  attribute = attest_store_normalise_attribute (filter->attribute);
  coverage->codebook = attest_store_find_codebook (store, filter->codebook, error);
  coverage->guides = coverage->codebook != NULL ? attest_store_list_guides (store, error) : NULL;
  if (coverage->guides == NULL
      || !(by_question ? add_question_rows (store, code, coverage, error)
                       : add_code_rows (store, filter, code, coverage, error)))
    return NULL;
  facts.codebook_id = coverage->codebook->id;
  if (!attest_coverage_facts_load (&facts, attribute, filter->value, error))
    return NULL;
  coverage->cells
      = g_new0 (AttestCoverageCell, (gsize)coverage->rows->len * coverage->respondents->len + 1);
  for (guint row = 0; row < coverage->rows->len; row++)
    attest_coverage_fill_row (&facts, attest_coverage_row (coverage, row),
                              find_question (&facts, coverage, row),
                              &coverage->cells[(gsize)row * coverage->respondents->len]);
  keep_names (coverage);
  return g_steal_pointer (&coverage);
}
