/* Who speaks where, before anything is decided of who was asked and who spoke. */
#include "store/attest-store-coverage-private.h"

#include <string.h>

enum
{
  LIST_VERSIONS,
  LIST_RESPONDENTS,
  LIST_SPEAKERS,
  LIST_LANGS,
  LIST_WITHOUT_TURNS,
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
void
attest_coverage_remember (GHashTable *ids, gint64 id, const GArray *items)
{
  g_hash_table_insert (ids, GSIZE_TO_POINTER ((gsize)id), GUINT_TO_POINTER (items->len));
}

/* -1: there is none. */
int
attest_coverage_find (GHashTable *ids, gint64 id)
{
  return (int)GPOINTER_TO_UINT (g_hash_table_lookup (ids, GSIZE_TO_POINTER ((gsize)id))) - 1;
}

/* Speakers are sorted by version and number. -1: an older text, or a speaker without turns. */
int
attest_coverage_find_speaker (const AttestCoverageFacts *facts, gint64 version_id, gint64 number)
{
  int version = attest_coverage_find (facts->version_ids, version_id);
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

char **
attest_coverage_take_strings (GPtrArray *strings)
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
      attest_coverage_remember (facts->version_ids, version.id, facts->versions);
      if (!version.is_coded)
        g_ptr_array_add (not_coded, g_strdup (version.source));
      if (version.guide_id == 0)
        g_ptr_array_add (without_guide, g_strdup (version.source));
    }
  facts->coverage->not_coded = attest_coverage_take_strings (not_coded);
  facts->coverage->without_guide = attest_coverage_take_strings (without_guide);
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
      attest_coverage_remember (indexes, sqlite3_column_int64 (stmt, 0), respondents);
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
      guint v = (guint)MAX (
          attest_coverage_find (facts->version_ids, sqlite3_column_int64 (stmt, 0)), 0);
      AttestCoverageVersion *version = attest_coverage_version (facts, v);
      gboolean is_interviewer = g_strcmp0 (attest_stmt_text (stmt, 2), "interviewer") == 0;
      AttestCoverageSpeaker speaker
          = { .version = v,
              .number = sqlite3_column_int64 (stmt, 1),
              .respondent = attest_coverage_find (indexes, sqlite3_column_int64 (stmt, 3)),
              .is_interpreter = g_strcmp0 (attest_stmt_text (stmt, 2), "interpreter") == 0 };

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
      int s = attest_coverage_find_speaker (facts, sqlite3_column_int64 (stmt, 0),
                                            sqlite3_column_int64 (stmt, 1));
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
      respondent->sources = attest_coverage_take_strings (sources);
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
  facts->coverage->without_turns = attest_coverage_take_strings (labels);
  return rc == 0;
}

gboolean
attest_coverage_facts_load (AttestCoverageFacts *facts, const char *attribute, const char *value,
                            GError **error)
{
  g_autoptr (GHashTable) indexes = g_hash_table_new (g_direct_hash, g_direct_equal);

  init (facts);
  if (!load_versions (facts, error) || !load_respondents (facts, attribute, value, indexes, error)
      || !load_speakers (facts, indexes, error) || !load_langs (facts, error)
      || !load_without_turns (facts, attribute, value, error))
    return FALSE;
  name_places (facts);
  return attest_coverage_load_said (facts, error);
}
