/* Runs: what a codebook found, in bulk. */
#include "config.h"

#include "store/attest-store-private.h"

#include "util/attest-error.h"
#include "util/attest-text.h"

enum
{
  HAS_OTHER_SEGMENTS,
  REMOVE_ALL_SEGMENTS,
  REMOVE_SEGMENTS,
  REMOVE_ASKED,
  REMOVE_INCOMPLETE,
  REMOVE_CODED,
  REMOVE_CODES,
  ADD_RUN,
  ADD_CODE,
  ADD_RULE,
  FIND_RULE,
  CHECK_CODEBOOK,
  CHECK_TEXT,
  ADD_CODED,
  ADD_ASKED,
  ADD_INCOMPLETE,
  ADD_SEGMENT,
  END_RUN,
  LIST_INDEXES,
  N_STATEMENTS
};

/* The runs and codes of all codebooks that have the name of codebook ?1. */
#define SAME_NAME                                                                                  \
  "codebook_id IN (SELECT b.id FROM codebook b"                                                    \
  " WHERE b.name = (SELECT name FROM codebook WHERE id = ?1))"
#define SAME_CODES "code_id IN (SELECT id FROM code WHERE " SAME_NAME ")"
#define SAME_RUNS "run_id IN (SELECT id FROM run WHERE " SAME_NAME ")"

static const char *const statements[N_STATEMENTS] = {
  [HAS_OTHER_SEGMENTS] = "SELECT EXISTS (SELECT 1 FROM run WHERE NOT " SAME_NAME
                         " AND EXISTS (SELECT 1 FROM segment WHERE run_id = run.id))",
  [REMOVE_ALL_SEGMENTS] = "DELETE FROM segment",
  [REMOVE_SEGMENTS] = "DELETE FROM segment WHERE " SAME_RUNS,
  [REMOVE_ASKED] = "DELETE FROM asked WHERE " SAME_CODES,
  [REMOVE_INCOMPLETE] = "DELETE FROM incomplete WHERE " SAME_RUNS,
  [REMOVE_CODED] = "DELETE FROM coded WHERE " SAME_RUNS,
  [REMOVE_CODES] = "DELETE FROM code WHERE " SAME_NAME,
  [ADD_RUN] = "INSERT INTO run (codebook_id, started_at, tool_version, options, libraries,"
              " turns_coded, incomplete) VALUES (?1, ?2, ?3, ?4, ?5, 0, 0)",
  [ADD_CODE] = "INSERT INTO code (codebook_id, number, code, name, dimension, langs,"
               " asked_langs) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
  [ADD_RULE] = "INSERT INTO rule_name (codebook_id, name) VALUES (?1, ?2)"
               " ON CONFLICT (codebook_id, name) DO NOTHING",
  [FIND_RULE] = "SELECT id FROM rule_name WHERE codebook_id = ?1 AND name = ?2",
  [CHECK_CODEBOOK] = "SELECT count (*) FROM codebook WHERE id = ?1",
  [CHECK_TEXT] = "SELECT count (*) FROM version WHERE id = ?1 AND text_sha256 = ?2",
  [ADD_CODED] = "INSERT INTO coded (run_id, version_id, words) VALUES (?1, ?2, ?3)",
  [ADD_ASKED] = "INSERT OR IGNORE INTO asked (code_id, version_id, turn) VALUES (?1, ?2, ?3)",
  [ADD_INCOMPLETE] = "INSERT INTO incomplete (run_id, version_id, turn, rule, reason)"
                     " VALUES (?1, ?2, ?3, ?4, ?5)",
  [ADD_SEGMENT]
  = "INSERT INTO segment (run_id, version_id, start_byte, end_byte, code_id, quote_key, turn,"
    " speaker, strength, weight, hits, places, polarity, certainty, time, holder, act)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
  [LIST_INDEXES] = "SELECT name, sql FROM sqlite_schema WHERE type = 'index'"
                   " AND tbl_name = 'segment' AND sql IS NOT NULL ORDER BY rowid",
  [END_RUN] = "UPDATE run SET turns_coded = ?2, incomplete = ?3 WHERE id = ?1",
};

/* To check a column against a list of words, SQLite opens a table of them at each row, which takes
 * a third of the time. What a run writes comes from our own lists. */
static void
set_checks (AttestStore *store, gboolean are_on)
{
  sqlite3_exec (store->db,
                are_on ? "PRAGMA ignore_check_constraints = OFF"
                       : "PRAGMA ignore_check_constraints = ON",
                NULL, NULL, NULL);
}

void
attest_store_drop_run (AttestStore *store)
{
  AttestStoreRun *run = g_steal_pointer (&store->run);

  if (run == NULL)
    return;
  set_checks (store, TRUE);
  g_array_unref (run->codes);
  g_ptr_array_unref (run->names);
  g_array_unref (run->rules);
  g_array_unref (run->quotes);
  g_byte_array_unref (run->places);
  g_ptr_array_unref (run->indexes);
  g_free (run);
}

/* ---- begin ---- */

/* A table is emptied at once, where removing rows takes its time for each. */
static gboolean
remove_segments (AttestStore *store, gint64 codebook_id, GError **error)
{
  gint64 has_others = 0;

  if (!attest_stmt_get_int (store, statements[HAS_OTHER_SEGMENTS], &has_others, error, "i",
                            codebook_id))
    return FALSE;
  if (has_others)
    return attest_stmt_exec (store, statements[REMOVE_SEGMENTS], error, "i", codebook_id);
  return attest_stmt_exec (store, statements[REMOVE_ALL_SEGMENTS], error, "");
}

static gboolean
remove_earlier_runs (AttestStore *store, gint64 codebook_id, GError **error)
{
  /* In this order: what refers before what it refers to. */
  static const guint steps[] = { REMOVE_ASKED, REMOVE_INCOMPLETE, REMOVE_CODED, REMOVE_CODES };

  if (!remove_segments (store, codebook_id, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (!attest_stmt_exec (store, statements[steps[i]], error, "i", codebook_id))
      return FALSE;
  return TRUE;
}

static gboolean
add_codes (AttestStore *store, const AttestRunSpec *spec, AttestStoreRun *run, GError **error)
{
  for (guint i = 0; i < spec->n_codes; i++)
    {
      const AttestStoreCode *code = &spec->codes[i];
      gint64 id;

      if (!attest_stmt_exec (store, statements[ADD_CODE], error, "iisssss", run->codebook_id,
                             (gint64)i, code->code, code->name, code->dimension, code->langs,
                             code->asked_langs))
        return FALSE;
      id = sqlite3_last_insert_rowid (store->db);
      g_array_append_val (run->codes, id);
      g_ptr_array_add (run->names, g_strdup (code->code));
    }
  return TRUE;
}

static gboolean
add_rules (AttestStore *store, const AttestRunSpec *spec, AttestStoreRun *run, GError **error)
{
  for (guint i = 0; i < spec->n_patterns; i++)
    {
      gint64 id = 0;

      if (!attest_stmt_exec (store, statements[ADD_RULE], error, "is", run->codebook_id,
                             spec->patterns[i])
          || !attest_stmt_get_int (store, statements[FIND_RULE], &id, error, "is", run->codebook_id,
                                   spec->patterns[i]))
        return FALSE;
      g_array_append_val (run->rules, id);
    }
  return TRUE;
}

/* To sort a million entries once is quicker than to put each into its place: indexes on segments
 * are left out of a large run and made again at its end. */
static gboolean
drop_indexes (AttestStore *store, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_INDEXES], error, "");
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      g_ptr_array_add (names, attest_stmt_dup (stmt, 0));
      g_ptr_array_add (store->run->indexes, attest_stmt_dup (stmt, 1));
    }
  if (rc < 0)
    return FALSE;
  sqlite3_reset (stmt);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *sql = g_strdup_printf ("DROP INDEX %s", (char *)names->pdata[i]);

      if (sqlite3_exec (store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        return attest_store_throw (store, error);
    }
  return TRUE;
}

static gboolean
make_indexes (AttestStore *store, GError **error)
{
  for (guint i = 0; i < store->run->indexes->len; i++)
    if (sqlite3_exec (store->db, store->run->indexes->pdata[i], NULL, NULL, NULL) != SQLITE_OK)
      return attest_store_throw (store, error);
  return TRUE;
}

static gboolean
check_codebook (AttestStore *store, gint64 codebook_id, GError **error)
{
  gint64 n = 0;

  if (!attest_stmt_get_int (store, statements[CHECK_CODEBOOK], &n, error, "i", codebook_id))
    return FALSE;
  return n > 0
         || attest_throw (error, ATTEST_ERROR_USAGE, "%s: the codebook is not in the project",
                          store->path);
}

gboolean
attest_store_begin_run (AttestStore *store, const AttestRunSpec *spec, gint64 *out_run_id,
                        GError **error)
{
  g_autofree char *now = attest_store_dup_now ();
  AttestStoreRun *run;

  g_return_val_if_fail (attest_store_is_writing (store), FALSE);
  g_return_val_if_fail (store->run == NULL, FALSE);
  if (!check_codebook (store, spec->codebook_id, error)
      || !attest_store_note_runs (store, spec->codebook_id, error)
      || !remove_earlier_runs (store, spec->codebook_id, error)
      || !attest_stmt_exec (store, statements[ADD_RUN], error, "issss", spec->codebook_id, now,
                            PACKAGE_VERSION, spec->options, spec->libraries))
    return FALSE;
  run = store->run = g_new0 (AttestStoreRun, 1);
  set_checks (store, FALSE);
  run->result.run_id = sqlite3_last_insert_rowid (store->db);
  run->codebook_id = spec->codebook_id;
  run->codes = g_array_sized_new (FALSE, FALSE, sizeof (gint64), spec->n_codes);
  run->names = g_ptr_array_new_with_free_func (g_free);
  run->rules = g_array_sized_new (FALSE, FALSE, sizeof (gint64), spec->n_patterns);
  run->quotes = g_array_new (FALSE, FALSE, sizeof (AttestQuote));
  run->places = g_byte_array_new ();
  run->indexes = g_ptr_array_new_with_free_func (g_free);
  if (!add_codes (store, spec, run, error) || !add_rules (store, spec, run, error)
      || (store->is_bulk && !drop_indexes (store, error)))
    return FALSE;
  if (out_run_id != NULL)
    *out_run_id = run->result.run_id;
  return TRUE;
}

/* ---- one document ---- */

typedef struct
{
  AttestStore *store;
  AttestStoreRun *run;
  const AttestDocument *doc;
  const AttestCoding *coding;
  gint64 version_id;
  AttestCharMap *map; /* borrowed */
} Writer;

static gint64
code_id (const Writer *writer, guint code)
{
  g_assert (code < writer->run->codes->len);
  return g_array_index (writer->run->codes, gint64, code);
}

static gint64
rule_id (const Writer *writer, guint pattern)
{
  g_assert (pattern < writer->run->rules->len);
  return g_array_index (writer->run->rules, gint64, pattern);
}

static void
collect_places (const Writer *writer, const AttestSegment *segment)
{
  gsize from_byte = segment->start_byte;

  g_byte_array_set_size (writer->run->places, 0);
  for (guint i = 0; i < segment->n_hits; i++)
    {
      const AttestHit *hit = attest_coding_hit (writer->coding, segment->first_hit + i);

      attest_places_append (writer->run->places, rule_id (writer, hit->pattern), (gint64)from_byte,
                            (gint64)hit->start_byte, (gint64)hit->end_byte);
      from_byte = hit->start_byte;
    }
}

static const char *
get_qualifier (const AttestSegment *segment, AttestQualifier qualifier)
{
  return attest_qualifier_value_to_string (qualifier, segment->qualifiers.values[qualifier]);
}

static gboolean
add_segment (const Writer *writer, const AttestSegment *segment, gint64 quote_key, GError **error)
{
  guint speaker = attest_document_turn (writer->doc, segment->turn)->speaker;

  collect_places (writer, segment);
  return attest_stmt_exec (
      writer->store, statements[ADD_SEGMENT], error, "iiiiiiiiidibsssss",
      writer->run->result.run_id, writer->version_id, (gint64)segment->start_byte,
      (gint64)segment->end_byte, code_id (writer, segment->code), quote_key, (gint64)segment->turn,
      speaker == ATTEST_NO_SPEAKER ? (gint64)-1 : (gint64)speaker, (gint64)segment->strength,
      segment->weight, (gint64)segment->n_hits, writer->run->places->data,
      (gsize)writer->run->places->len, get_qualifier (segment, ATTEST_QUALIFIER_POLARITY),
      get_qualifier (segment, ATTEST_QUALIFIER_CERTAINTY),
      get_qualifier (segment, ATTEST_QUALIFIER_TIME),
      get_qualifier (segment, ATTEST_QUALIFIER_HOLDER),
      get_qualifier (segment, ATTEST_QUALIFIER_ACT));
}

/* Sets @quote to what @segment quotes. */
static gboolean
add_quote (const Writer *writer, const AttestSegment *segment, AttestQuote *quote, GError **error)
{
  const AttestDocument *doc = writer->doc;

  g_assert (segment->start_byte < segment->end_byte);
  g_assert (segment->end_byte <= doc->length_bytes);
  quote->start_byte = (gint64)segment->start_byte;
  quote->end_byte = (gint64)segment->end_byte;
  quote->key = attest_quote_make_key (
      doc->sha256, (gint64)attest_char_map_to_char (writer->map, segment->start_byte),
      (gint64)attest_char_map_to_char (writer->map, segment->end_byte));
  quote->text_hash = attest_quote_hash_text (doc->text + segment->start_byte,
                                             segment->end_byte - segment->start_byte);
  return attest_store_add_quote (writer->store, quote, error);
}

static gboolean
add_segments (const Writer *writer, GError **error)
{
  const AttestCoding *coding = writer->coding;
  AttestQuote quote = { .version_id = writer->version_id, .start_byte = -1 };

  for (guint i = 0; i < coding->segments->len; i++)
    {
      const AttestSegment *segment = attest_coding_segment (coding, i);

      g_assert (segment->turn < writer->doc->turns->len);
      /* Segments of several codes often quote the same sentence. */
      if ((quote.start_byte != (gint64)segment->start_byte
           || quote.end_byte != (gint64)segment->end_byte)
          && !add_quote (writer, segment, &quote, error))
        return FALSE;
      if (!add_segment (writer, segment, quote.key, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_asked (const Writer *writer, GError **error)
{
  const GArray *asked = writer->coding->asked;

  for (guint i = 0; i < asked->len; i++)
    {
      const AttestAsked *entry = &g_array_index (asked, AttestAsked, i);

      if (!attest_stmt_exec (writer->store, statements[ADD_ASKED], error, "iii",
                             code_id (writer, entry->code), writer->version_id,
                             (gint64)entry->turn))
        return FALSE;
    }
  return TRUE;
}

/* Counts turns: several patterns may have stopped in one. */
static gboolean
add_incomplete (const Writer *writer, gint64 *out_n_turns, GError **error)
{
  const GArray *incomplete = writer->coding->incomplete;
  g_autoptr (GHashTable) turns = g_hash_table_new (g_direct_hash, g_direct_equal);

  for (guint i = 0; i < incomplete->len; i++)
    {
      const AttestIncomplete *entry = &g_array_index (incomplete, AttestIncomplete, i);

      if (!attest_stmt_exec (writer->store, statements[ADD_INCOMPLETE], error, "iiiis",
                             writer->run->result.run_id, writer->version_id, (gint64)entry->turn,
                             rule_id (writer, entry->pattern), entry->reason))
        return FALSE;
      g_hash_table_add (turns, GUINT_TO_POINTER (entry->turn));
    }
  *out_n_turns = g_hash_table_size (turns);
  return TRUE;
}

gboolean
attest_store_check_text (AttestStore *store, gint64 version_id, const char *source,
                         const AttestDocument *doc, GError **error)
{
  gint64 n = 0;

  if (!attest_stmt_get_int (store, statements[CHECK_TEXT], &n, error, "is", version_id,
                            doc->text_sha256))
    return FALSE;
  return n > 0
         || attest_throw (error, ATTEST_ERROR_STORE,
                          "%s: what was coded is not the text of source '%s'", store->path, source);
}

gboolean
attest_store_add_coding (AttestStore *store, const char *source, const AttestDocument *doc,
                         const AttestCoding *coding, GError **error)
{
  g_autoptr (AttestCharMap) map = attest_char_map_new (doc->text, doc->length_bytes);
  AttestStoreRun *run = store->run;
  Writer writer = { store, run, doc, coding, 0, map };
  gint64 n_incomplete;

  g_return_val_if_fail (run != NULL, FALSE);
  if (!attest_store_find_version (store, source, NULL, &writer.version_id, error)
      || !attest_store_check_text (store, writer.version_id, source, doc, error)
      || !attest_stmt_exec (store, statements[ADD_CODED], error, "iii", run->result.run_id,
                            writer.version_id, coding->coded_words)
      || !attest_store_add_run_source (store, run->result.run_id, writer.version_id, coding,
                                       (const char *const *)run->names->pdata, error)
      || !add_segments (&writer, error) || !add_asked (&writer, error)
      || !add_incomplete (&writer, &n_incomplete, error))
    return FALSE;
  run->result.sources++;
  run->result.turns += coding->coded_turns;
  run->result.words += coding->coded_words;
  run->result.segments += coding->segments->len;
  run->result.hits += coding->hits->len;
  run->result.incomplete += n_incomplete;
  return TRUE;
}

gboolean
attest_store_end_run (AttestStore *store, AttestRunResult *out_result, GError **error)
{
  const AttestRunResult *result;

  g_return_val_if_fail (store->run != NULL, FALSE);
  result = &store->run->result;
  if (!attest_store_flush_quotes (store, error) || !make_indexes (store, error))
    return FALSE;
  if (!attest_stmt_exec (store, statements[END_RUN], error, "iii", result->run_id, result->turns,
                         result->incomplete)
      || !attest_store_apply_decisions (store, 0, error))
    return FALSE;
  if (out_result != NULL)
    *out_result = *result;
  attest_store_drop_run (store);
  return TRUE;
}
