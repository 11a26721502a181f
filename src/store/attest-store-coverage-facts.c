/* What the project knows of who was asked and who spoke, before anything is decided. */
#include "store/attest-store-coverage-private.h"

#include <string.h>

enum
{
  LIST_VERSIONS,
  LIST_RESPONDENTS,
  LIST_SPEAKERS,
  LIST_LANGS,
  LIST_WITHOUT_TURNS,
  LIST_CODES,
  LIST_QUESTIONS,
  LIST_QUESTION_CODES,
  LIST_CODE_ANSWERS,
  LIST_QUESTION_ANSWERS,
  LIST_SEGMENTS,
  LIST_INCOMPLETE,
  LIST_INCOMPLETE_QUESTIONS,
  N_STATEMENTS
};

/* Whether respondent p.respondent_id is among those with attribute ?1 and value ?2. */
#define IS_MEANT                                                                                   \
  "(?1 IS NULL OR EXISTS (SELECT 1 FROM respondent_attribute f"                                    \
  "  WHERE f.respondent_id = p.respondent_id AND f.name = ?1 AND f.value = ?2))"
/* The newest text v of each source s. */
#define NEWEST                                                                                     \
  "source s JOIN version v ON v.source_id = s.id"                                                  \
  " AND v.number = (SELECT max (number) FROM version WHERE source_id = s.id)"

static const char *const statements[N_STATEMENTS] = {
  [LIST_VERSIONS] = "SELECT v.id, s.label, ifnull (a.guide_id, 0), h.guide_id IS NOT NULL,"
                    " EXISTS (SELECT 1 FROM coded d JOIN run r ON r.id = d.run_id"
                    "   WHERE d.version_id = v.id AND r.codebook_id = ?1)"
                    " FROM " NEWEST " LEFT JOIN aligned a ON a.version_id = v.id"
                    " LEFT JOIN guide_source h ON h.source_id = s.id ORDER BY s.label",
  /* As they appear. */
  [LIST_RESPONDENTS]
  = "SELECT p.respondent_id, r.label, a.value, sum (p.turns), sum (p.words),"
    " max (1, sum (p.role <> 'interpreter'))"
    " FROM " NEWEST " JOIN speaker p ON p.version_id = v.id"
    " JOIN respondent r ON r.id = p.respondent_id"
    " LEFT JOIN respondent_attribute a ON a.respondent_id = r.id AND a.name = 'group'"
    " WHERE p.turns > 0 AND " IS_MEANT " GROUP BY p.respondent_id"
    " ORDER BY min (s.label), min (p.number), r.label",
  [LIST_SPEAKERS] = "SELECT v.id, p.number, p.role, ifnull (p.respondent_id, 0) FROM " NEWEST
                    " JOIN speaker p ON p.version_id = v.id WHERE p.turns > 0"
                    " ORDER BY s.label, p.number",
  [LIST_LANGS] = "SELECT DISTINCT t.version_id, t.speaker, t.lang FROM turn t"
                 " WHERE t.lang IS NOT NULL",
  [LIST_WITHOUT_TURNS] = "SELECT p.label FROM (SELECT id AS respondent_id, label FROM respondent) p"
                         " WHERE NOT EXISTS (SELECT 1 FROM speaker x"
                         "   WHERE x.respondent_id = p.respondent_id AND x.turns > 0)"
                         " AND " IS_MEANT " ORDER BY p.label",
  [LIST_CODES] = "SELECT id, code, langs, asked_langs FROM code WHERE codebook_id = ?1"
                 " ORDER BY number",
  [LIST_QUESTIONS] = "SELECT q.id, q.guide_id, q.langs FROM question q"
                     " JOIN guide g ON g.id = q.guide_id WHERE EXISTS"
                     " (SELECT 1 FROM guide_source h WHERE h.guide_id = q.guide_id)"
                     " ORDER BY g.name, g.id, q.number",
  [LIST_QUESTION_CODES] = "SELECT code FROM question_code WHERE question_id = ?1",
  [LIST_CODE_ANSWERS] = "SELECT k.code_id, k.version_id, t.speaker, k.turn FROM " ATTEST_STORE_ASKED
                        " k JOIN code c ON c.id = k.code_id"
                        " JOIN turn t ON t.version_id = k.version_id AND t.number = k.turn"
                        " JOIN version v ON v.id = k.version_id JOIN source s ON s.id = v.source_id"
                        " WHERE c.codebook_id = ?1 ORDER BY s.label, k.turn",
  [LIST_QUESTION_ANSWERS]
  = "SELECT w.question_id, w.version_id, t.speaker, w.turn FROM question_answer w"
    " JOIN turn t ON t.version_id = w.version_id AND t.number = w.turn"
    " JOIN version v ON v.id = w.version_id JOIN source s ON s.id = v.source_id"
    " ORDER BY s.label, w.turn",
  [LIST_SEGMENTS] = "SELECT c.id, g.version_id, g.speaker, count (*) FROM code c"
                    " CROSS JOIN segment g ON g.code_id = c.id"
                    " WHERE c.codebook_id = ?1 AND g.status <> 'rejected'"
                    " GROUP BY c.number, g.version_id, g.speaker",
  /* A rule is named CODE/…, a question CODE/asked.… */
  [LIST_INCOMPLETE] = "SELECT c.id, i.version_id, t.speaker, count (*),"
                      " n.name GLOB c.code || '/asked.*' FROM incomplete i"
                      " JOIN run r ON r.id = i.run_id JOIN rule_name n ON n.id = i.rule"
                      " JOIN code c ON c.codebook_id = r.codebook_id"
                      "   AND c.code = substr (n.name, 1, instr (n.name, '/') - 1)"
                      " JOIN turn t ON t.version_id = i.version_id AND t.number = i.turn"
                      " WHERE r.codebook_id = ?1 GROUP BY 1, 2, 3, 5",
  [LIST_INCOMPLETE_QUESTIONS]
  = "SELECT i.question_id, i.version_id, t.speaker, count (*), 0 FROM question_incomplete i"
    " JOIN turn t ON t.version_id = i.version_id AND t.number = i.turn GROUP BY 1, 2, 3",
};

/* ---- life ---- */

static void
clear_version (gpointer item)
{
  AttestCoverageVersion *version = item;

  g_free (version->source);
  g_clear_pointer (&version->asking_langs, g_hash_table_unref);
  g_clear_pointer (&version->respondents, g_array_unref);
  g_clear_pointer (&version->unlabelled, g_array_unref);
}

static void
clear_speaker (gpointer item)
{
  g_clear_pointer (&((AttestCoverageSpeaker *)item)->langs, g_hash_table_unref);
}

static void
clear_code (gpointer item)
{
  AttestCoverageCode *code = item;

  g_free (code->code);
  g_free (code->langs);
  g_free (code->asked_langs);
}

static void
clear_question (gpointer item)
{
  AttestCoverageQuestion *question = item;

  g_free (question->langs);
  g_strfreev (question->codes);
}

static GArray *
new_array (gsize item_bytes, GDestroyNotify clear)
{
  GArray *array = g_array_new (FALSE, TRUE, (guint)item_bytes);

  if (clear != NULL)
    g_array_set_clear_func (array, clear);
  return array;
}

static void
init (AttestCoverageFacts *facts)
{
  facts->version_ids = g_hash_table_new (g_direct_hash, g_direct_equal);
  facts->code_ids = g_hash_table_new (g_direct_hash, g_direct_equal);
  facts->question_ids = g_hash_table_new (g_direct_hash, g_direct_equal);
  facts->versions = new_array (sizeof (AttestCoverageVersion), clear_version);
  facts->speakers = new_array (sizeof (AttestCoverageSpeaker), clear_speaker);
  facts->codes = new_array (sizeof (AttestCoverageCode), clear_code);
  facts->questions = new_array (sizeof (AttestCoverageQuestion), clear_question);
  facts->code_answers = new_array (sizeof (AttestCoverageAnswer), NULL);
  facts->question_answers = new_array (sizeof (AttestCoverageAnswer), NULL);
  facts->segments = new_array (sizeof (AttestCoverageCount), NULL);
  facts->incomplete = new_array (sizeof (AttestCoverageCount), NULL);
  facts->incomplete_asked = new_array (sizeof (AttestCoverageCount), NULL);
  facts->incomplete_questions = new_array (sizeof (AttestCoverageCount), NULL);
}

void
attest_coverage_facts_clear (AttestCoverageFacts *facts)
{
  GArray **arrays[] = { &facts->versions,
                        &facts->speakers,
                        &facts->codes,
                        &facts->questions,
                        &facts->code_answers,
                        &facts->question_answers,
                        &facts->segments,
                        &facts->incomplete,
                        &facts->incomplete_asked,
                        &facts->incomplete_questions };

  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_clear_pointer (arrays[i], g_array_unref);
  g_clear_pointer (&facts->version_ids, g_hash_table_unref);
  g_clear_pointer (&facts->code_ids, g_hash_table_unref);
  g_clear_pointer (&facts->question_ids, g_hash_table_unref);
}

/* ---- finding things again ---- */

/* @ids: index + 1 by id. */
static void
remember (GHashTable *ids, gint64 id, const GArray *items)
{
  g_hash_table_insert (ids, GSIZE_TO_POINTER ((gsize)id), GUINT_TO_POINTER (items->len));
}

/* -1: there is none. */
static int
find (GHashTable *ids, gint64 id)
{
  return (int)GPOINTER_TO_UINT (g_hash_table_lookup (ids, GSIZE_TO_POINTER ((gsize)id))) - 1;
}

/* Speakers are sorted by version and number. -1: an older text, or a speaker without turns. */
static int
find_speaker (const AttestCoverageFacts *facts, gint64 version_id, gint64 number)
{
  int version = find (facts->version_ids, version_id);
  guint low = 0, high = version < 0 ? 0 : facts->speakers->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      const AttestCoverageSpeaker *speaker = attest_coverage_speaker (facts, middle);

      if (speaker->version < (guint)version
          || (speaker->version == (guint)version && speaker->number < number))
        low = middle + 1;
      else
        high = middle;
    }
  if (version < 0 || low >= facts->speakers->len
      || attest_coverage_speaker (facts, low)->version != (guint)version
      || attest_coverage_speaker (facts, low)->number != number)
    return -1;
  return (int)low;
}

/* ---- sources and people ---- */

static char **
take_strings (GPtrArray *strings)
{
  g_ptr_array_add (strings, NULL);
  return (char **)g_ptr_array_free (strings, FALSE);
}

static gboolean
load_versions (AttestCoverageFacts *facts, GError **error)
{
  GPtrArray *not_coded = g_ptr_array_new (), *without_guide = g_ptr_array_new ();
  g_auto (AttestStmt) stmt
      = attest_stmt_query (facts->store, statements[LIST_VERSIONS], error, "i", facts->codebook_id);
  int rc = -1;

  while (stmt != NULL && (rc = attest_stmt_step (facts->store, stmt, error)) > 0)
    {
      AttestCoverageVersion version = { .id = sqlite3_column_int64 (stmt, 0),
                                        .source = attest_stmt_dup (stmt, 1),
                                        .guide_id = sqlite3_column_int64 (stmt, 2),
                                        .is_coded = sqlite3_column_int (stmt, 4) != 0,
                                        .asking_langs = g_hash_table_new (g_str_hash, g_str_equal),
                                        .respondents = g_array_new (FALSE, FALSE, sizeof (guint)),
                                        .unlabelled = g_array_new (FALSE, FALSE, sizeof (guint)) };

      g_array_append_val (facts->versions, version);
      remember (facts->version_ids, version.id, facts->versions);
      if (!version.is_coded)
        g_ptr_array_add (not_coded, g_strdup (version.source));
      if (version.guide_id == 0)
        g_ptr_array_add (without_guide, g_strdup (version.source));
    }
  facts->coverage->not_coded = take_strings (not_coded);
  facts->coverage->without_guide = take_strings (without_guide);
  return rc == 0;
}

/* @indexes: index + 1 by respondent.id. */
static gboolean
load_respondents (AttestCoverageFacts *facts, const char *attribute, const char *value,
                  GHashTable *indexes, GError **error)
{
  GArray *respondents = facts->coverage->respondents;
  g_auto (AttestStmt) stmt = attest_stmt_query (facts->store, statements[LIST_RESPONDENTS], error,
                                                "ss", attribute, value);
  int rc = -1;

  while (stmt != NULL && (rc = attest_stmt_step (facts->store, stmt, error)) > 0)
    {
      AttestCoverageRespondent respondent = { .label = attest_stmt_dup (stmt, 1),
                                              .group = attest_stmt_dup (stmt, 2),
                                              .turns = sqlite3_column_int64 (stmt, 3),
                                              .words = sqlite3_column_int64 (stmt, 4),
                                              .n_speakers = (guint)sqlite3_column_int64 (stmt, 5) };

      g_array_append_val (respondents, respondent);
      remember (indexes, sqlite3_column_int64 (stmt, 0), respondents);
    }
  return rc == 0;
}

static void
add_once (GArray *numbers, guint number)
{
  for (guint i = 0; i < numbers->len; i++)
    if (g_array_index (numbers, guint, i) == number)
      return;
  g_array_append_val (numbers, number);
}

static gboolean
load_speakers (AttestCoverageFacts *facts, GHashTable *indexes, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (facts->store, statements[LIST_SPEAKERS], error, "");
  int rc = -1;

  while (stmt != NULL && (rc = attest_stmt_step (facts->store, stmt, error)) > 0)
    {
      guint v = (guint)MAX (find (facts->version_ids, sqlite3_column_int64 (stmt, 0)), 0);
      AttestCoverageVersion *version = attest_coverage_version (facts, v);
      gboolean is_interviewer = g_strcmp0 (attest_stmt_text (stmt, 2), "interviewer") == 0;
      AttestCoverageSpeaker speaker
          = { .version = v,
              .number = sqlite3_column_int64 (stmt, 1),
              .respondent = find (indexes, sqlite3_column_int64 (stmt, 3)),
                                        .is_interpreter
                                        = g_strcmp0 (attest_stmt_text (stmt, 2), "interpreter") == 0 };

      g_array_append_val (facts->speakers, speaker);
      version->has_interviewer = version->has_interviewer || is_interviewer;
      version->has_unlabelled = version->has_unlabelled || speaker.number < 0;
      if (speaker.respondent >= 0)
        add_once (version->respondents, (guint)speaker.respondent);
      if (speaker.respondent >= 0 && speaker.number < 0)
        add_once (version->unlabelled, (guint)speaker.respondent);
      /* Of others than those who are reported on: that there are several still counts. */
      else if (speaker.respondent < 0 && sqlite3_column_int64 (stmt, 3) > 0)
        add_once (version->respondents, G_MAXUINT - (guint)sqlite3_column_int64 (stmt, 3));
      if (is_interviewer)
        g_array_index (facts->speakers, AttestCoverageSpeaker, facts->speakers->len - 1).langs
            = g_hash_table_ref (version->asking_langs);
    }
  return rc == 0;
}

static gboolean
load_langs (AttestCoverageFacts *facts, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (facts->store, statements[LIST_LANGS], error, "");
  int rc = -1;

  while (stmt != NULL && (rc = attest_stmt_step (facts->store, stmt, error)) > 0)
    {
      int s = find_speaker (facts, sqlite3_column_int64 (stmt, 0), sqlite3_column_int64 (stmt, 1));
      AttestCoverageSpeaker *speaker;

      if (s < 0)
        continue;
      speaker = attest_coverage_speaker (facts, (guint)s);
      if (speaker->langs == NULL)
        speaker->langs = g_hash_table_new (g_str_hash, g_str_equal);
      g_hash_table_add (speaker->langs, (gpointer)g_intern_string (attest_stmt_text (stmt, 2)));
    }
  return rc == 0;
}

/* Where each respondent speaks, and beside whom. */
static void
name_places (AttestCoverageFacts *facts)
{
  GArray *respondents = facts->coverage->respondents;

  for (guint r = 0; r < respondents->len; r++)
    {
      AttestCoverageRespondent *respondent
          = &g_array_index (respondents, AttestCoverageRespondent, r);
      GPtrArray *sources = g_ptr_array_new ();

      for (guint v = 0; v < facts->versions->len; v++)
        {
          const AttestCoverageVersion *version = attest_coverage_version (facts, v);

          for (guint i = 0; i < version->respondents->len; i++)
            if (g_array_index (version->respondents, guint, i) == r)
              {
                if (sources->len == 0 && version->respondents->len > 1)
                  respondent->number = i + 1;
                g_ptr_array_add (sources, g_strdup (version->source));
              }
        }
      respondent->sources = take_strings (sources);
    }
}

static gboolean
load_without_turns (AttestCoverageFacts *facts, const char *attribute, const char *value,
                    GError **error)
{
  GPtrArray *labels = g_ptr_array_new ();
  g_auto (AttestStmt) stmt = attest_stmt_query (facts->store, statements[LIST_WITHOUT_TURNS], error,
                                                "ss", attribute, value);
  int rc = -1;

  while (stmt != NULL && (rc = attest_stmt_step (facts->store, stmt, error)) > 0)
    g_ptr_array_add (labels, attest_stmt_dup (stmt, 0));
  facts->coverage->without_turns = take_strings (labels);
  return rc == 0;
}

/* ---- codes and questions ---- */

static gboolean
load_codes (AttestCoverageFacts *facts, GError **error)
{
  g_auto (AttestStmt) stmt
      = attest_stmt_query (facts->store, statements[LIST_CODES], error, "i", facts->codebook_id);
  int rc = -1;

  facts->coverage->knows_languages = TRUE;
  while (stmt != NULL && (rc = attest_stmt_step (facts->store, stmt, error)) > 0)
    {
      AttestCoverageCode code = { .id = sqlite3_column_int64 (stmt, 0),
                                  .code = attest_stmt_dup (stmt, 1),
                                  .langs = attest_stmt_dup (stmt, 2),
                                  .asked_langs = attest_stmt_dup (stmt, 3) };

      g_array_append_val (facts->codes, code);
      remember (facts->code_ids, code.id, facts->codes);
      if (code.langs == NULL)
        facts->coverage->knows_languages = FALSE;
    }
  return rc == 0;
}

static char **
load_question_codes (AttestCoverageFacts *facts, gint64 question_id, GError **error)
{
  GPtrArray *codes = g_ptr_array_new ();
  g_auto (AttestStmt) stmt
      = attest_stmt_query (facts->store, statements[LIST_QUESTION_CODES], error, "i", question_id);
  int rc = -1;

  while (stmt != NULL && (rc = attest_stmt_step (facts->store, stmt, error)) > 0)
    g_ptr_array_add (codes, attest_stmt_dup (stmt, 0));
  char **strings = take_strings (codes);
  if (rc < 0)
    g_clear_pointer (&strings, g_strfreev);
  return strings;
}

static gboolean
load_questions (AttestCoverageFacts *facts, GError **error)
{
  g_auto (AttestStmt) stmt
      = attest_stmt_query (facts->store, statements[LIST_QUESTIONS], error, "");
  int rc = -1;

  while (stmt != NULL && (rc = attest_stmt_step (facts->store, stmt, error)) > 0)
    {
      AttestCoverageQuestion question = { .id = sqlite3_column_int64 (stmt, 0),
                                          .guide_id = sqlite3_column_int64 (stmt, 1),
                                          .langs = attest_stmt_dup (stmt, 2) };

      question.codes = load_question_codes (facts, question.id, error);
      g_array_append_val (facts->questions, question);
      remember (facts->question_ids, question.id, facts->questions);
      if (question.codes == NULL)
        return FALSE;
    }
  return rc == 0;
}

/* ---- what was asked and said ---- */

/* Rows of what, version, speaker, turn. */
static gboolean
load_answers (AttestCoverageFacts *facts, AttestStmt stmt, GHashTable *ids, GArray *answers,
              GError **error)
{
  int rc = -1;

  while (stmt != NULL && (rc = attest_stmt_step (facts->store, stmt, error)) > 0)
    {
      gint64 id = sqlite3_column_int64 (stmt, 0);
      int what = find (ids, id);
      int speaker
          = find_speaker (facts, sqlite3_column_int64 (stmt, 1), sqlite3_column_int64 (stmt, 2));
      AttestCoverageAnswer answer
          = { (guint)what, (guint)speaker, (guint)sqlite3_column_int64 (stmt, 3) };

      if (what >= 0 && speaker >= 0)
        g_array_append_val (answers, answer);
    }
  return rc == 0;
}

/* Rows of what, version, speaker, count, and whether it belongs to @others. */
static gboolean
load_counts (AttestCoverageFacts *facts, AttestStmt stmt, GHashTable *ids, GArray *counts,
             GArray *others, GError **error)
{
  int rc = -1;

  while (stmt != NULL && (rc = attest_stmt_step (facts->store, stmt, error)) > 0)
    {
      gint64 id = sqlite3_column_int64 (stmt, 0);
      int what = find (ids, id);
      int speaker
          = find_speaker (facts, sqlite3_column_int64 (stmt, 1), sqlite3_column_int64 (stmt, 2));
      AttestCoverageCount count = { (guint)what, (guint)speaker, sqlite3_column_int64 (stmt, 3) };
      gboolean is_other = others != NULL && sqlite3_column_int (stmt, 4) != 0;

      if (what >= 0 && speaker >= 0)
        g_array_append_vals (is_other ? others : counts, &count, 1);
    }
  return rc == 0;
}

static gboolean
load_said (AttestCoverageFacts *facts, GError **error)
{
  AttestStore *store = facts->store;
  gint64 id = facts->codebook_id;
  g_auto (AttestStmt) codes
      = attest_stmt_query (store, statements[LIST_CODE_ANSWERS], error, "i", id);
  g_auto (AttestStmt) questions = NULL;
  g_auto (AttestStmt) segments = NULL;
  g_auto (AttestStmt) incomplete = NULL;
  g_auto (AttestStmt) of_questions = NULL;

  if (!load_answers (facts, codes, facts->code_ids, facts->code_answers, error))
    return FALSE;
  questions = attest_stmt_query (store, statements[LIST_QUESTION_ANSWERS], error, "");
  if (!load_answers (facts, questions, facts->question_ids, facts->question_answers, error))
    return FALSE;
  segments = attest_stmt_query (store, statements[LIST_SEGMENTS], error, "i", id);
  if (!load_counts (facts, segments, facts->code_ids, facts->segments, NULL, error))
    return FALSE;
  incomplete = attest_stmt_query (store, statements[LIST_INCOMPLETE], error, "i", id);
  if (!load_counts (facts, incomplete, facts->code_ids, facts->incomplete, facts->incomplete_asked,
                    error))
    return FALSE;
  of_questions = attest_stmt_query (store, statements[LIST_INCOMPLETE_QUESTIONS], error, "");
  return load_counts (facts, of_questions, facts->question_ids, facts->incomplete_questions, NULL,
                      error);
}

gboolean
attest_coverage_facts_load (AttestCoverageFacts *facts, const char *attribute, const char *value,
                            GError **error)
{
  g_autoptr (GHashTable) indexes = g_hash_table_new (g_direct_hash, g_direct_equal);

  init (facts);
  if (!load_versions (facts, error) || !load_respondents (facts, attribute, value, indexes, error)
      || !load_speakers (facts, indexes, error) || !load_langs (facts, error)
      || !load_without_turns (facts, attribute, value, error) || !load_codes (facts, error)
      || !load_questions (facts, error))
    return FALSE;
  name_places (facts);
  return load_said (facts, error);
}
