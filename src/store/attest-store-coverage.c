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

/* ---- deciding ---- */

/* One row, with what it is about. */
typedef struct
{
  const AttestCoverageFacts *facts;
  GArray *codes;      /* of guint: indexes of its codes, which the codebook has */
  int question;       /* index, or -1: it is a code */
  GArray *questions;  /* of guint: of guides, that ask about it */
  gboolean *asked_in; /* by version: somebody was asked */
  const AttestCoverageCell *cells;
} Row;

static gboolean
has_number (const GArray *numbers, guint number)
{
  for (guint i = 0; i < numbers->len; i++)
    if (g_array_index (numbers, guint, i) == number)
      return TRUE;
  return FALSE;
}

/* @langs: as in AttestStoreCode. */
static gboolean
is_for (const char *langs, const char *lang)
{
  g_auto (GStrv) list = NULL;

  if (langs == NULL || strcmp (langs, "*") == 0)
    return TRUE;
  list = g_strsplit (langs, " ", -1);
  return g_strv_contains ((const char *const *)list, lang);
}

static gboolean
rules_are_for (const Row *row, const char *lang)
{
  for (guint i = 0; i < row->codes->len; i++)
    if (is_for (attest_coverage_code (row->facts, g_array_index (row->codes, guint, i))->langs,
                lang))
      return TRUE;
  return FALSE;
}

static gboolean
has_rules (const Row *row)
{
  for (guint i = 0; i < row->codes->len; i++)
    {
      const char *langs
          = attest_coverage_code (row->facts, g_array_index (row->codes, guint, i))->langs;

      if (langs == NULL || *langs != '\0')
        return TRUE;
    }
  return FALSE;
}

/* Whether a search for one of @subjects was stopped in a turn of the speaker, or with @speaker
 * G_MAXUINT in a turn of the version. */
static gboolean
was_stopped (const Row *row, const GArray *stopped, const GArray *subjects, guint speaker,
             guint version)
{
  for (guint i = 0; i < stopped->len; i++)
    {
      const AttestCoverageCount *count = &g_array_index (stopped, AttestCoverageCount, i);

      if (has_number (subjects, count->what)
          && (speaker == G_MAXUINT
                  ? attest_coverage_speaker (row->facts, count->speaker)->version == version
                  : count->speaker == speaker))
        return TRUE;
    }
  return FALSE;
}

static gboolean
any_rule_is_for (const Row *row, AttestLangs *langs)
{
  GHashTableIter iter;
  gpointer lang;

  if (langs == NULL)
    return TRUE;
  g_hash_table_iter_init (&iter, langs);
  while (g_hash_table_iter_next (&iter, &lang, NULL))
    if (rules_are_for (row, lang))
      return TRUE;
  return FALSE;
}

/* Whether an interpreter who counts as the respondent gives what they say in a language that is
 * searched. */
static gboolean
is_interpreted (const Row *row, guint version, guint respondent)
{
  for (guint s = 0; s < row->facts->speakers->len; s++)
    {
      const AttestCoverageSpeaker *speaker = attest_coverage_speaker (row->facts, s);

      if (speaker->is_interpreter && speaker->version == version
          && speaker->respondent == (int)respondent && any_rule_is_for (row, speaker->langs))
        return TRUE;
    }
  return FALSE;
}

/* What stands in the way of saying that a speaker did not speak of it. */
static AttestDoubt
doubt_silence (const Row *row, guint speaker_index, guint respondent)
{
  const AttestCoverageSpeaker *speaker = attest_coverage_speaker (row->facts, speaker_index);
  const AttestCoverageVersion *version = attest_coverage_version (row->facts, speaker->version);
  GHashTableIter iter;
  gpointer lang;

  if (!version->is_coded)
    return ATTEST_DOUBT_NOT_CODED;
  if (!has_rules (row))
    return ATTEST_DOUBT_NO_RULES;
  if (speaker->langs != NULL)
    {
      g_hash_table_iter_init (&iter, speaker->langs);
      while (g_hash_table_iter_next (&iter, &lang, NULL))
        if (!rules_are_for (row, lang) && !is_interpreted (row, speaker->version, respondent))
          return ATTEST_DOUBT_LANGUAGE;
    }
  if (was_stopped (row, row->facts->incomplete, row->codes, speaker_index, 0))
    return ATTEST_DOUBT_INCOMPLETE;
  if (version->has_unlabelled && !has_number (version->unlabelled, respondent))
    return ATTEST_DOUBT_NO_SPEAKER;
  return ATTEST_DOUBT_NONE;
}

/* Whether a question about the row can be known in @lang in this version. */
static gboolean
question_is_for (const Row *row, const AttestCoverageVersion *version, const char *lang)
{
  for (guint i = 0; row->question < 0 && i < row->codes->len; i++)
    {
      const char *langs
          = attest_coverage_code (row->facts, g_array_index (row->codes, guint, i))->asked_langs;

      if (version->is_coded && is_for (langs, lang))
        return TRUE;
    }
  for (guint i = 0; i < row->questions->len; i++)
    {
      const AttestCoverageQuestion *question
          = attest_coverage_question (row->facts, g_array_index (row->questions, guint, i));

      if (question->guide_id == version->guide_id && is_for (question->langs, lang))
        return TRUE;
    }
  return FALSE;
}

/* Whether codebook or guide ask about the row at all in this version. */
static gboolean
has_question (const Row *row, const AttestCoverageVersion *version)
{
  for (guint i = 0; row->question < 0 && i < row->codes->len; i++)
    {
      const char *langs
          = attest_coverage_code (row->facts, g_array_index (row->codes, guint, i))->asked_langs;

      if (version->is_coded && (langs == NULL || *langs != '\0'))
        return TRUE;
    }
  for (guint i = 0; i < row->questions->len; i++)
    if (attest_coverage_question (row->facts, g_array_index (row->questions, guint, i))->guide_id
        == version->guide_id)
      return TRUE;
  return FALSE;
}

/* What stands in the way of saying that nobody asked a speaker about it. */
static AttestDoubt
doubt_unasked (const Row *row, guint speaker_index)
{
  const AttestCoverageFacts *facts = row->facts;
  guint v = attest_coverage_speaker (facts, speaker_index)->version;
  const AttestCoverageVersion *version = attest_coverage_version (facts, v);
  GHashTableIter iter;
  gpointer lang;

  if (row->question >= 0
      && attest_coverage_question (facts, (guint)row->question)->guide_id != version->guide_id)
    return ATTEST_DOUBT_OTHER_GUIDE;
  if (!version->is_coded && version->guide_id == 0)
    return ATTEST_DOUBT_NOT_CODED;
  if (!version->has_interviewer)
    return ATTEST_DOUBT_NO_INTERVIEWER;
  if (!has_question (row, version))
    return ATTEST_DOUBT_NO_QUESTION;
  g_hash_table_iter_init (&iter, version->asking_langs);
  while (g_hash_table_iter_next (&iter, &lang, NULL))
    if (!question_is_for (row, version, lang))
      return ATTEST_DOUBT_QUESTION_LANGUAGE;
  if ((row->question < 0 && was_stopped (row, facts->incomplete_asked, row->codes, G_MAXUINT, v))
      || was_stopped (row, facts->incomplete_questions, row->questions, G_MAXUINT, v))
    return ATTEST_DOUBT_INCOMPLETE;
  /* A question to a group is put to all of it. */
  if (row->asked_in[v] && version->respondents->len > 1)
    return ATTEST_DOUBT_GROUP;
  return ATTEST_DOUBT_NONE;
}

static void
decide (AttestCoverageCell *cell, AttestDoubt of_silence, AttestDoubt of_unasked)
{
  gboolean spoke = cell->segments > 0;

  if (cell->asked)
    {
      cell->state = spoke ? ATTEST_COVERAGE_BOTH : ATTEST_COVERAGE_SILENT;
      cell->doubt = spoke ? ATTEST_DOUBT_NONE : of_silence;
    }
  else
    {
      cell->state = spoke ? ATTEST_COVERAGE_UNASKED : ATTEST_COVERAGE_NEVER;
      cell->doubt = spoke || of_silence == ATTEST_DOUBT_NONE ? of_unasked : of_silence;
    }
  if (cell->doubt != ATTEST_DOUBT_NONE)
    cell->state = ATTEST_COVERAGE_UNKNOWN;
}

static void
decide_row (const Row *row, AttestCoverageCell *cells, guint n_respondents)
{
  const AttestCoverageFacts *facts = row->facts;
  g_autofree AttestDoubt *of_silence = g_new0 (AttestDoubt, n_respondents + 1);
  g_autofree AttestDoubt *of_unasked = g_new0 (AttestDoubt, n_respondents + 1);

  for (guint s = 0; s < facts->speakers->len; s++)
    {
      int r = attest_coverage_speaker (facts, s)->respondent;

      if (r < 0)
        continue;
      if (of_silence[r] == ATTEST_DOUBT_NONE && cells[r].segments == 0)
        of_silence[r] = doubt_silence (row, s, (guint)r);
      if (of_unasked[r] == ATTEST_DOUBT_NONE && !cells[r].asked)
        of_unasked[r] = doubt_unasked (row, s);
    }
  for (guint r = 0; r < n_respondents; r++)
    decide (&cells[r], of_silence[r], of_unasked[r]);
}

/* ---- counting ---- */

static void
count_answers (const Row *row, const GArray *answers, gboolean of_questions,
               AttestCoverageCell *cells)
{
  const AttestCoverageFacts *facts = row->facts;

  for (guint i = 0; i < answers->len; i++)
    {
      const AttestCoverageAnswer *answer = &g_array_index (answers, AttestCoverageAnswer, i);
      const AttestCoverageSpeaker *speaker = attest_coverage_speaker (facts, answer->speaker);

      if (of_questions ? answer->what != (guint)row->question
                       : !has_number (row->codes, answer->what))
        continue;
      row->asked_in[speaker->version] = TRUE;
      if (speaker->respondent < 0 || cells[speaker->respondent].asked)
        continue;
      cells[speaker->respondent].asked = TRUE;
      cells[speaker->respondent].asked_source
          = attest_coverage_version (facts, speaker->version)->source;
      cells[speaker->respondent].asked_turn = answer->turn;
    }
}

static void
count_segments (const Row *row, AttestCoverageCell *cells)
{
  for (guint i = 0; i < row->facts->segments->len; i++)
    {
      const AttestCoverageCount *count
          = &g_array_index (row->facts->segments, AttestCoverageCount, i);
      int r = attest_coverage_speaker (row->facts, count->speaker)->respondent;

      if (r >= 0 && has_number (row->codes, count->what))
        cells[r].segments += count->n;
    }
}

/* @question: index of the row's, or -1. */
static void
fill_row (const AttestCoverageFacts *facts, const AttestCoverageRow *about, int question,
          AttestCoverageCell *cells)
{
  guint n_respondents = facts->coverage->respondents->len;
  g_autoptr (GArray) codes = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) questions = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree gboolean *asked_in = g_new0 (gboolean, facts->versions->len + 1);
  Row row = { facts, codes, question, questions, asked_in, cells };

  for (guint i = 0; i < facts->codes->len; i++)
    if (g_strv_contains ((const char *const *)about->codes, attest_coverage_code (facts, i)->code))
      g_array_append_val (codes, i);
  for (guint i = 0; i < facts->questions->len; i++)
    if (question >= 0
            ? i == (guint)question
            : g_strv_contains ((const char *const *)attest_coverage_question (facts, i)->codes,
                               about->code))
      g_array_append_val (questions, i);
  count_answers (&row, question >= 0 ? facts->question_answers : facts->code_answers, question >= 0,
                 cells);
  count_segments (&row, cells);
  decide_row (&row, cells, n_respondents);
}

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
    fill_row (&facts, attest_coverage_row (coverage, row), find_question (&facts, coverage, row),
              &coverage->cells[(gsize)row * coverage->respondents->len]);
  keep_names (coverage);
  return g_steal_pointer (&coverage);
}
