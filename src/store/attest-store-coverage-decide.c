/* Who was asked and who spoke, of one code or question. */
#include "store/attest-store-coverage-private.h"

#include <string.h>

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

void
attest_coverage_fill_row (const AttestCoverageFacts *facts, const AttestCoverageRow *about,
                          int question, AttestCoverageCell *cells)
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
