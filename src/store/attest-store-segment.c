/* Segments out, one at a time, source by source. */
#include "store/attest-store-private.h"

#include "util/attest-error.h"
#include "util/attest-text.h"

enum
{
  LIST_VERSIONS,
  LIST_SEGMENTS,
  LIST_SEGMENTS_OF_CODE,
  LIST_RULES,
  LIST_ASKED,
  HAS_SOURCE,
  HAS_CODEBOOK,
  HAS_CODE,
  HAS_DIMENSION,
  N_STATEMENTS
};

enum
{
  COL_QUOTE_KEY,
  COL_CODEBOOK_ID,
  COL_CODEBOOK,
  COL_RUN_ID,
  COL_CODE,
  COL_DIMENSION,
  COL_CODE_NAME,
  COL_TURN,
  COL_SPEAKER,
  COL_ROLE,
  COL_RESPONDENT,
  COL_START_BYTE,
  COL_END_BYTE,
  COL_START_MS,
  COL_LANG,
  COL_STRENGTH,
  COL_WEIGHT,
  COL_STATUS,
  COL_ORIGIN,
  COL_HITS,
  COL_PLACES,
  COL_CODER,
  COL_REASON,
  COL_IS_KEY,
  COL_QUALIFIERS, /* and those behind it, by AttestQualifier */
};

/*
 * Segments of a version by place. CROSS JOIN fixes the order of the loops: over the segments of the
 * version from their index, or, for one code, over those of the code from the other.
 */
#define SELECT_SEGMENTS                                                                            \
  "SELECT g.quote_key, b.id, b.name, g.run_id, c.code, c.dimension, c.name, g.turn, p.label,"      \
  " p.role, r.label, g.start_byte, g.end_byte, ifnull (t.start_ms, -1), t.lang, g.strength, "      \
  "g.weight,"                                                                                      \
  " g.status, g.origin, g.hits, g.places, k.coder, k.text, g.is_key, g.polarity, g.certainty, "    \
  "g.time,"                                                                                        \
  " g.holder, g.act"
#define WHERE_SEGMENTS                                                                             \
  " CROSS JOIN turn t ON t.version_id = g.version_id AND t.number = g.turn"                        \
  " CROSS JOIN speaker p ON p.version_id = g.version_id AND p.number = g.speaker"                  \
  " LEFT JOIN respondent r ON r.id = p.respondent_id"                                              \
  " LEFT JOIN decision k ON k.id = g.decision"                                                     \
  " WHERE g.version_id = ?1 AND (?2 IS NULL OR b.name = ?2) AND (?3 IS NULL OR c.code = ?3)"       \
  " AND (?4 IS NULL OR c.dimension = ?4) AND (?5 IS NULL OR g.status = ?5)"                        \
  " AND (?6 IS NULL OR EXISTS (SELECT 1 FROM respondent_attribute a"                               \
  "   WHERE a.respondent_id = p.respondent_id AND a.name = ?6 AND a.value = ?7))"                  \
  " AND (?8 IS NULL OR g.polarity = ?8) AND (?9 IS NULL OR g.certainty = ?9)"                      \
  " AND (?10 IS NULL OR g.time = ?10) AND (?11 IS NULL OR g.holder = ?11)"                         \
  " AND (?12 IS NULL OR g.act = ?12)"                                                              \
  " ORDER BY g.start_byte, b.name, c.number, g.id"

static const char *const statements[N_STATEMENTS] = {
  [LIST_VERSIONS]
  = "SELECT v.id, s.label, v.path FROM source s JOIN version v ON v.source_id = s.id"
    " WHERE (?1 IS NULL OR s.label = ?1) ORDER BY s.label, v.number",
  [LIST_SEGMENTS] = SELECT_SEGMENTS " FROM segment g CROSS JOIN code c ON c.id = g.code_id"
                                    " CROSS JOIN codebook b ON b.id = c.codebook_id" WHERE_SEGMENTS,
  [LIST_SEGMENTS_OF_CODE]
  = SELECT_SEGMENTS " FROM codebook b CROSS JOIN code c ON c.codebook_id = b.id AND c.code = ?3"
                    " CROSS JOIN segment g ON g.code_id = c.id" WHERE_SEGMENTS,
  [LIST_RULES] = "SELECT id, name FROM rule_name",
  /* ATTEST_STORE_ASKED of one version. */
  [LIST_ASKED] = "SELECT a.turn, c.codebook_id, c.code FROM"
                 " (SELECT turn, code_id FROM asked WHERE version_id = ?1"
                 "   UNION SELECT w.turn, b.id FROM question_answer w"
                 "   JOIN question_code q ON q.question_id = w.question_id"
                 "   JOIN code b ON b.code = q.code WHERE w.version_id = ?1) a"
                 " JOIN code c ON c.id = a.code_id ORDER BY a.turn, c.codebook_id, c.number",
  [HAS_SOURCE] = "SELECT 1 FROM source WHERE label = ?1",
  [HAS_CODEBOOK] = "SELECT 1 FROM codebook WHERE name = ?1",
  [HAS_CODE] = "SELECT 1 FROM code WHERE code = ?1 LIMIT 1",
  [HAS_DIMENSION] = "SELECT 1 FROM code WHERE dimension = ?1 LIMIT 1",
};

/* A turn of the version and a code that it was asked about. */
typedef struct
{
  guint turn;
  gint64 codebook_id;
  char *code;
} Asked;

static void
clear_asked (gpointer item)
{
  g_free (((Asked *)item)->code);
}

/* What stays from segment to segment. */
typedef struct
{
  AttestStore *store;
  const AttestSegmentFilter *filter;
  GHashTable *long_ids; /* see attest_store_list_long_ids() */
  GHashTable *rules;    /* names, by rule_name.id; NULL without hits */
  GBytes *text;         /* of the version; NULL until a segment needs it */
  AttestCharMap *map;   /* of the text */
  GArray *asked;        /* of Asked, of the version; NULL with the text */
  AttestPages *pages;   /* of the version; NULL with the text */
  guint first_asked;    /* the first that is not before the turn of the segment */
  GPtrArray *codes;     /* of the segment: borrowed from asked, and NULL */
  GArray *hits;         /* of the segment: AttestStoreHit */
  char *page;           /* of the segment; (nullable) */
  char id[ATTEST_QUOTE_ID_BYTES];
} Reader;

static void
leave_version (Reader *reader)
{
  g_clear_pointer (&reader->map, attest_char_map_free);
  g_clear_pointer (&reader->text, g_bytes_unref);
  g_clear_pointer (&reader->asked, g_array_unref);
  g_clear_pointer (&reader->pages, attest_pages_free);
}

static void
reader_clear (Reader *reader)
{
  leave_version (reader);
  g_clear_pointer (&reader->long_ids, g_hash_table_unref);
  g_clear_pointer (&reader->rules, g_hash_table_unref);
  g_clear_pointer (&reader->codes, g_ptr_array_unref);
  g_clear_pointer (&reader->hits, g_array_unref);
  g_clear_pointer (&reader->page, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

static GHashTable *
load_rules (AttestStore *store, GError **error)
{
  g_autoptr (GHashTable) rules
      = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, g_free);
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_RULES], error, "");
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    g_hash_table_insert (rules, GSIZE_TO_POINTER ((gsize)sqlite3_column_int64 (stmt, 0)),
                         attest_stmt_dup (stmt, 1));
  return rc < 0 ? NULL : g_steal_pointer (&rules);
}

static gboolean
reader_init (Reader *reader, GError **error)
{
  reader->codes = g_ptr_array_new ();
  reader->hits = g_array_new (FALSE, FALSE, sizeof (AttestStoreHit));
  reader->long_ids = attest_store_list_long_ids (reader->store, error);
  if (reader->long_ids == NULL)
    return FALSE;
  if (reader->filter->with_hits)
    reader->rules = load_rules (reader->store, error);
  return !reader->filter->with_hits || reader->rules != NULL;
}

static GArray *
load_asked (AttestStore *store, gint64 version_id, GError **error)
{
  g_autoptr (GArray) asked = g_array_new (FALSE, FALSE, sizeof (Asked));
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[LIST_ASKED], error, "i", version_id);
  int rc;

  g_array_set_clear_func (asked, clear_asked);
  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      Asked entry = { (guint)sqlite3_column_int64 (stmt, 0), sqlite3_column_int64 (stmt, 1),
                      attest_stmt_dup (stmt, 2) };

      g_array_append_val (asked, entry);
    }
  return rc < 0 ? NULL : g_steal_pointer (&asked);
}

static gboolean
load_version (Reader *reader, gint64 version_id, GError **error)
{
  reader->text = attest_store_load_text (reader->store, version_id, error);
  if (reader->text == NULL)
    return FALSE;
  reader->map = attest_char_map_new (g_bytes_get_data (reader->text, NULL),
                                     g_bytes_get_size (reader->text));
  reader->asked = load_asked (reader->store, version_id, error);
  reader->first_asked = 0;
  if (reader->asked != NULL)
    reader->pages = attest_store_load_pages (reader->store, version_id, error);
  return reader->pages != NULL;
}

/* Segments come by place, so their turns never go back. */
static void
collect_asked (Reader *reader, guint turn, gint64 codebook_id)
{
  g_ptr_array_set_size (reader->codes, 0);
  while (reader->first_asked < reader->asked->len
         && g_array_index (reader->asked, Asked, reader->first_asked).turn < turn)
    reader->first_asked++;
  for (guint i = reader->first_asked; i < reader->asked->len; i++)
    {
      const Asked *entry = &g_array_index (reader->asked, Asked, i);

      if (entry->turn != turn)
        break;
      if (entry->codebook_id == codebook_id)
        g_ptr_array_add (reader->codes, entry->code);
    }
  g_ptr_array_add (reader->codes, NULL);
}

static gint64
to_char (const Reader *reader, gint64 byte)
{
  return (gint64)attest_char_map_to_char (reader->map, (gsize)byte);
}

static gboolean
throw_damaged (const Reader *reader, const AttestStoreSegment *segment, const char *what,
               GError **error)
{
  return attest_throw (error, ATTEST_ERROR_STORE,
                       "%s: is damaged: %s of quote %s lies outside the text of '%s'; run"
                       " 'attest verify'",
                       reader->store->path, what, segment->id, segment->source);
}

static gboolean
collect_hits (Reader *reader, AttestStmt stmt, const AttestStoreSegment *segment, GError **error)
{
  gint64 text_bytes = (gint64)g_bytes_get_size (reader->text);
  AttestPlaces places;
  int rc;

  g_array_set_size (reader->hits, 0);
  attest_places_begin (&places, sqlite3_column_blob (stmt, COL_PLACES),
                       (gsize)sqlite3_column_bytes (stmt, COL_PLACES), segment->start_byte);
  while ((rc = attest_places_next (&places)) > 0)
    {
      if (places.end_byte > text_bytes)
        return throw_damaged (reader, segment, "a hit", error);

      AttestStoreHit hit = {
        .rule = g_hash_table_lookup (reader->rules, GSIZE_TO_POINTER ((gsize)places.rule)),
        .start = to_char (reader, places.start_byte),
        .end = to_char (reader, places.end_byte),
        .start_byte = places.start_byte,
        .end_byte = places.end_byte,
      };

      if (hit.rule == NULL)
        return throw_damaged (reader, segment, "a hit", error);
      g_array_append_val (reader->hits, hit);
    }
  return rc == 0 || throw_damaged (reader, segment, "a hit", error);
}

/* The id of the quote, kept in the reader. */
static const char *
format_id (Reader *reader, gint64 key)
{
  gpointer chars = g_hash_table_lookup (reader->long_ids, &key);

  attest_quote_format_id (key, chars != NULL ? GPOINTER_TO_UINT (chars) : ATTEST_QUOTE_ID_CHARS,
                          reader->id);
  return reader->id;
}

static gboolean
fill_segment (Reader *reader, AttestStmt stmt, AttestStoreSegment *segment, GError **error)
{
  gsize text_bytes;
  const char *text = g_bytes_get_data (reader->text, &text_bytes);

  segment->id = format_id (reader, sqlite3_column_int64 (stmt, COL_QUOTE_KEY));
  segment->codebook = attest_stmt_text (stmt, COL_CODEBOOK);
  segment->run_id = sqlite3_column_int64 (stmt, COL_RUN_ID);
  segment->code = attest_stmt_text (stmt, COL_CODE);
  segment->dimension = attest_stmt_text (stmt, COL_DIMENSION);
  segment->code_name = attest_stmt_text (stmt, COL_CODE_NAME);
  segment->turn = (guint)sqlite3_column_int64 (stmt, COL_TURN);
  segment->speaker = attest_stmt_text (stmt, COL_SPEAKER);
  segment->role = ATTEST_ROLE_OTHER;
  attest_role_from_string (attest_stmt_text (stmt, COL_ROLE), &segment->role);
  segment->respondent = attest_stmt_text (stmt, COL_RESPONDENT);
  segment->start_byte = sqlite3_column_int64 (stmt, COL_START_BYTE);
  segment->end_byte = sqlite3_column_int64 (stmt, COL_END_BYTE);
  segment->start_ms = sqlite3_column_int64 (stmt, COL_START_MS);
  segment->lang = attest_stmt_text (stmt, COL_LANG);
  segment->strength = (guint)sqlite3_column_int64 (stmt, COL_STRENGTH);
  segment->weight = sqlite3_column_double (stmt, COL_WEIGHT);
  segment->status = attest_stmt_text (stmt, COL_STATUS);
  segment->origin = attest_stmt_text (stmt, COL_ORIGIN);
  segment->coder = attest_stmt_text (stmt, COL_CODER);
  segment->reason = attest_stmt_text (stmt, COL_REASON);
  segment->is_key = sqlite3_column_int (stmt, COL_IS_KEY) != 0;
  segment->n_hits = (guint)sqlite3_column_int64 (stmt, COL_HITS);
  for (guint q = 0; q < ATTEST_N_QUALIFIERS; q++)
    segment->qualifiers.values[q] = (guint8)attest_qualifier_value_from_string (
        q, attest_stmt_text (stmt, COL_QUALIFIERS + (int)q));
  /* Also in a file that somebody has altered. */
  if (segment->start_byte < 0 || segment->start_byte > segment->end_byte
      || (gsize)segment->end_byte > text_bytes)
    return throw_damaged (reader, segment, "a part", error);
  segment->start = to_char (reader, segment->start_byte);
  segment->end = to_char (reader, segment->end_byte);
  g_free (reader->page);
  segment->page = reader->page
      = attest_pages_dup (reader->pages, sqlite3_column_int64 (stmt, COL_QUOTE_KEY),
                          segment->start_byte, segment->end_byte);
  segment->quote = text + segment->start_byte;
  segment->quote_bytes = (gsize)(segment->end_byte - segment->start_byte);
  return TRUE;
}

static gboolean
read_segment (Reader *reader, AttestStmt stmt, AttestStoreSegment *segment, GError **error)
{
  if (!fill_segment (reader, stmt, segment, error))
    return FALSE;
  collect_asked (reader, segment->turn, sqlite3_column_int64 (stmt, COL_CODEBOOK_ID));
  segment->asked = (const char *const *)reader->codes->pdata;
  if (!reader->filter->with_hits)
    return TRUE;
  if (!collect_hits (reader, stmt, segment, error))
    return FALSE;
  segment->n_hits = reader->hits->len;
  segment->hits = (const AttestStoreHit *)(gpointer)reader->hits->data;
  return TRUE;
}

static const char *
wanted (const AttestSegmentFilter *filter, AttestQualifier qualifier)
{
  return attest_qualifier_value_to_string (qualifier, filter->qualifiers.values[qualifier]);
}

static gboolean
read_version (Reader *reader, gint64 version_id, AttestStoreSegment *segment,
              AttestSegmentFunc func, gpointer data, GError **error)
{
  const AttestSegmentFilter *filter = reader->filter;
  g_autofree char *attribute = attest_store_normalise_attribute (filter->attribute);
  g_auto (AttestStmt) stmt = attest_stmt_query (
      reader->store, statements[filter->code != NULL ? LIST_SEGMENTS_OF_CODE : LIST_SEGMENTS],
      error, "isssssssssss", version_id, filter->codebook, filter->code, filter->dimension,
      filter->status, attribute, filter->value, wanted (filter, ATTEST_QUALIFIER_POLARITY),
      wanted (filter, ATTEST_QUALIFIER_CERTAINTY), wanted (filter, ATTEST_QUALIFIER_TIME),
      wanted (filter, ATTEST_QUALIFIER_HOLDER), wanted (filter, ATTEST_QUALIFIER_ACT));
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (reader->store, stmt, error)) > 0)
    {
      if (reader->text == NULL && !load_version (reader, version_id, error))
        return FALSE;
      if (!read_segment (reader, stmt, segment, error) || !func (segment, data, error))
        return FALSE;
    }
  leave_version (reader);
  return rc == 0;
}

static gboolean
check_exists (AttestStore *store, const char *sql, const char *kind, const char *name,
              GError **error)
{
  gint64 found = 0;

  if (name == NULL)
    return TRUE;
  if (!attest_stmt_get_int (store, sql, &found, error, "s", name))
    return FALSE;
  return found != 0
         || attest_throw (error, ATTEST_ERROR_USAGE, "no %s '%s' in %s", kind, name, store->path);
}

gboolean
attest_store_foreach_segment (AttestStore *store, const AttestSegmentFilter *filter,
                              AttestSegmentFunc func, gpointer data, GError **error)
{
  static const AttestSegmentFilter all = { NULL };
  g_auto (Reader) reader = { .store = store };
  g_auto (AttestStmt) versions = NULL;
  int rc;

  reader.filter = filter = filter != NULL ? filter : &all;
  if (!check_exists (store, statements[HAS_SOURCE], "source", filter->source, error)
      || !check_exists (store, statements[HAS_CODEBOOK], "codebook", filter->codebook, error)
      || !check_exists (store, statements[HAS_CODE], "code", filter->code, error)
      || !check_exists (store, statements[HAS_DIMENSION], "dimension", filter->dimension, error)
      || !reader_init (&reader, error))
    return FALSE;
  versions = attest_stmt_query (store, statements[LIST_VERSIONS], error, "s", filter->source);
  if (versions == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, versions, error)) > 0)
    {
      AttestStoreSegment segment
          = { .source = attest_stmt_text (versions, 1), .path = attest_stmt_text (versions, 2) };

      if (!read_version (&reader, sqlite3_column_int64 (versions, 0), &segment, func, data, error))
        return FALSE;
    }
  return rc == 0;
}
