/* Taking a decision: finding what it is about, and adding its rows. */
#include "store/attest-store-decision.h"
#include "store/attest-store-private.h"

#include <string.h>

#include "util/attest-error.h"
#include "util/attest-text.h"

enum
{
  FIND_VERSION,
  FIND_NEWEST,
  FIND_TURN,
  LIST_CODES,
  HAS_CODE,
  COUNT_WITHDRAWN,
  LAST_ALIKE,
  HAS_SAME,
  ADD,
  ADD_CONSENSUS,
  N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
  [COUNT_WITHDRAWN] = "SELECT count (*) FROM withdrawal_span WHERE version_id = ?1"
                      " AND start_byte < ?3 AND end_byte > ?2",
  [FIND_VERSION] = "SELECT v.id, v.original_sha256, v.source_id FROM version v"
                   " JOIN source s ON s.id = v.source_id WHERE v.text_sha256 = ?1"
                   " ORDER BY s.label IS NOT ?2, v.id LIMIT 1",
  [FIND_NEWEST] = "SELECT v.id, v.original_sha256, v.source_id FROM version v"
                  " JOIN source s ON s.id = v.source_id WHERE s.label = ?1"
                  " ORDER BY v.number DESC LIMIT 1",
  [FIND_TURN] = "SELECT p.role FROM turn t"
                " JOIN speaker p ON p.version_id = t.version_id AND p.number = t.speaker"
                " WHERE t.version_id = ?1 AND t.start_byte <= ?2 AND t.end_byte >= ?3 LIMIT 1",
  [LIST_CODES] = "SELECT DISTINCT b.name, c.code FROM segment g JOIN code c ON c.id = g.code_id"
                 " JOIN codebook b ON b.id = c.codebook_id"
                 " WHERE g.version_id = ?1 AND g.start_byte = ?2 AND g.quote_key = ?3"
                 " AND (?4 IS NULL OR b.name = ?4) AND (?5 IS NULL OR c.code = ?5)"
                 " ORDER BY b.name, c.number",
  [HAS_CODE] = "SELECT count (*) FROM code c JOIN codebook b ON b.id = c.codebook_id"
               " WHERE b.name = ?1 AND c.code = ?2",
  /* The last one of its kind about the same: two kinds change something, the others add. */
  [LAST_ALIKE]
  = "SELECT action = ?5 AND other_code IS ?6 AND coder = ?8 AND (?7 IS NULL OR text IS ?7)"
    " FROM decision_in_force WHERE quote_key IS nullif (?1, 0) AND source_id IS nullif (?2, 0) AND "
    "codebook IS ?3"
    " AND code IS ?4 AND (action IN ('key', 'no-key')) = (?5 IN ('key', 'no-key'))"
    " AND (action = 'memo') = (?5 = 'memo') ORDER BY id DESC LIMIT 1",
  [HAS_SAME] = "SELECT count (*) FROM decision_in_force WHERE quote_key IS nullif (?1, 0) AND "
               "source_id IS nullif (?2, 0)"
               " AND codebook IS ?3 AND code IS ?4 AND action = ?5 AND other_code IS ?6"
               " AND text IS ?7 AND coder = ?8 AND at = ?9",
  [ADD]
  = "INSERT INTO decision (seq, quote_key, source_id, codebook, code, action, other_code, text,"
    " coder, at) VALUES (?10, nullif (?1, 0), nullif (?2, 0), ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
  [ADD_CONSENSUS] = "INSERT OR IGNORE INTO consensus (seq, decision_id, coder) VALUES (?1, ?2, ?3)",
};

static const char *const actions[ATTEST_N_DECISION_ACTIONS]
    = { "accept", "reject", "recode", "recoded", "mark", "key", "no-key", "memo" };

const char *
attest_decision_action_to_string (AttestDecisionAction action)
{
  g_return_val_if_fail ((guint)action < ATTEST_N_DECISION_ACTIONS, NULL);
  return actions[action];
}

gboolean
attest_decision_action_from_string (const char *name, AttestDecisionAction *out_action)
{
  for (guint i = 0; i < ATTEST_N_DECISION_ACTIONS; i++)
    if (strcmp (name, actions[i]) == 0)
      {
        *out_action = (AttestDecisionAction)i;
        return TRUE;
      }
  return FALSE;
}

/* What a decision is about, as its row names it. */
typedef struct
{
  AttestQuote quote;
  gboolean has_quote;
  gint64 source_id; /* 0: none */
  char *codebook, *code;
} Target;

static void
target_clear (Target *target)
{
  g_free (target->codebook);
  g_free (target->code);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Target, target_clear)

/* ---- the passage ---- */

typedef struct
{
  gint64 id, source_id;
  char *original_sha256;
} Version;

static void
version_clear (Version *version)
{
  g_free (version->original_sha256);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Version, version_clear)

static gboolean
find_version (AttestStore *store, const AttestDecisionSpec *spec, Version *out, GError **error)
{
  g_auto (AttestStmt) stmt
      = spec->text_sha256 != NULL
            ? attest_stmt_query (store, statements[FIND_VERSION], error, "ss", spec->text_sha256,
                                 spec->source)
            : attest_stmt_query (store, statements[FIND_NEWEST], error, "s", spec->source);
  int rc = stmt != NULL ? attest_stmt_step (store, stmt, error) : -1;

  if (rc < 0)
    return FALSE;
  if (rc == 0 && spec->text_sha256 != NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "the text %.12s… of '%s' is not in %s: the decision is of another project,"
                         " or of another version of the transcript",
                         spec->text_sha256, spec->source != NULL ? spec->source : "?", store->path);
  if (rc == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "no source '%s' in %s; 'attest sources' lists them", spec->source,
                         store->path);
  out->id = sqlite3_column_int64 (stmt, 0);
  out->original_sha256 = attest_stmt_dup (stmt, 1);
  out->source_id = sqlite3_column_int64 (stmt, 2);
  return TRUE;
}

/* What nobody could have found either: a passage is of one turn, and of no interviewer. */
static gboolean
check_turn (AttestStore *store, const AttestDecisionSpec *spec, const AttestQuote *quote,
            GError **error)
{
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[FIND_TURN], error, "iii", quote->version_id,
                           quote->start_byte, quote->end_byte);
  int rc = stmt != NULL ? attest_stmt_step (store, stmt, error) : -1;

  if (rc < 0)
    return FALSE;
  if (rc == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "%" G_GINT64_FORMAT "–%" G_GINT64_FORMAT " is not within what one speaker "
                         "says; 'attest turns' has the positions",
                         spec->start, spec->end);
  if (g_strcmp0 (attest_stmt_text (stmt, 0), "interviewer") == 0 && !spec->from_file)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "%" G_GINT64_FORMAT "–%" G_GINT64_FORMAT
                         " is what the interviewer says, which is no evidence",
                         spec->start, spec->end);
  return TRUE;
}

static gboolean
make_quote (AttestStore *store, const AttestDecisionSpec *spec, const Version *version,
            AttestQuote *out, GError **error)
{
  g_autoptr (GBytes) bytes = attest_store_load_text (store, version->id, error);
  g_autoptr (AttestCharMap) map = NULL;
  gsize length_bytes;
  const char *text;

  if (bytes == NULL)
    return FALSE;
  text = g_bytes_get_data (bytes, &length_bytes);
  map = attest_char_map_new (text, length_bytes);
  if (spec->start < 0 || spec->start >= spec->end
      || spec->end > (gint64)attest_char_map_to_char (map, length_bytes))
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "%" G_GINT64_FORMAT "–%" G_GINT64_FORMAT
                         " is not a passage of the text, which has %" G_GSIZE_FORMAT " characters",
                         spec->start, spec->end, attest_char_map_to_char (map, length_bytes));
  *out = (AttestQuote){ .key
                        = attest_quote_make_key (version->original_sha256, spec->start, spec->end),
                        .version_id = version->id,
                        .start_byte = (gint64)attest_char_map_to_byte (map, (gsize)spec->start),
                        .end_byte = (gint64)attest_char_map_to_byte (map, (gsize)spec->end) };
  out->text_hash
      = attest_quote_hash_text (text + out->start_byte, (gsize)(out->end_byte - out->start_byte));
  return TRUE;
}

static gboolean
find_passage (AttestStore *store, const AttestDecisionSpec *spec, const Version *version,
              AttestQuote *out, GError **error)
{
  g_autoptr (GArray) quotes = g_array_new (FALSE, FALSE, sizeof (AttestQuote));
  AttestQuote named = { 0 };

  if (!make_quote (store, spec, version, out, error) || !check_turn (store, spec, out, error))
    return FALSE;
  g_array_append_val (quotes, *out);
  if (!attest_store_register_quotes (store, quotes, error))
    return FALSE;
  if (spec->id == NULL)
    return TRUE;
  return attest_store_find_quote (store, spec->id, &named, error)
         && (named.key == out->key
             || attest_throw (error, ATTEST_ERROR_USAGE,
                              "%s is another passage than %" G_GINT64_FORMAT "–%" G_GINT64_FORMAT
                              " of that text",
                              spec->id, spec->start, spec->end));
}

static gboolean
find_quote (AttestStore *store, const AttestDecisionSpec *spec, Target *target, GError **error)
{
  g_auto (Version) version = { 0 };

  target->has_quote = spec->id != NULL || spec->start != 0 || spec->end != 0
                      || spec->action != ATTEST_DECISION_MEMO;
  if (spec->id != NULL && spec->text_sha256 == NULL)
    return attest_store_find_quote (store, spec->id, &target->quote, error);
  if (spec->source == NULL && spec->text_sha256 == NULL)
    return !target->has_quote
           || attest_throw (error, ATTEST_ERROR_USAGE, "the id of a quote is needed");
  if (!find_version (store, spec, &version, error))
    return FALSE;
  if (target->has_quote)
    return find_passage (store, spec, &version, &target->quote, error);
  target->source_id = version.source_id;
  return TRUE;
}

/* Whether what is quoted was struck out. */
static gboolean
check_withdrawn (AttestStore *store, const Target *target, gboolean *out_is_withdrawn,
                 GError **error)
{
  gint64 n = 0;

  if (target->has_quote
      && !attest_stmt_get_int (store, statements[COUNT_WITHDRAWN], &n, error, "iii",
                               target->quote.version_id, target->quote.start_byte,
                               target->quote.end_byte))
    return FALSE;
  *out_is_withdrawn = n > 0;
  return TRUE;
}

/* ---- the code ---- */

static gboolean
check_code (AttestStore *store, const char *codebook, const char *code, GError **error)
{
  gint64 n = 0;

  if (!attest_stmt_get_int (store, statements[HAS_CODE], &n, error, "ss", codebook, code))
    return FALSE;
  return n > 0
         || attest_throw (error, ATTEST_ERROR_USAGE,
                          "no code '%s' in codebook '%s' as the project was coded with it", code,
                          codebook);
}

static gboolean
throw_no_segment (AttestStore *store, const AttestDecisionSpec *spec, GError **error)
{
  g_autoptr (AttestCodebookInfo) info = attest_store_find_codebook (store, spec->codebook, error);

  if (info == NULL || (spec->code != NULL && !check_code (store, info->name, spec->code, error)))
    return FALSE;
  if (spec->code == NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE, "quote %s is not a segment of any code now",
                         spec->id);
  return attest_throw (error, ATTEST_ERROR_USAGE,
                       "quote %s is not coded with '%s'; 'attest mark' codes passages by hand",
                       spec->id, spec->code);
}

/* The segment that is meant, by the codes that the quote has. */
static gboolean
find_segment (AttestStore *store, const AttestDecisionSpec *spec, Target *target, GError **error)
{
  g_autoptr (GString) all = g_string_new (NULL);
  guint n = 0;
  int rc;

  {
    g_auto (AttestStmt) stmt = attest_stmt_query (
        store, statements[LIST_CODES], error, "iiiss", target->quote.version_id,
        target->quote.start_byte, target->quote.key, spec->codebook, spec->code);

    if (stmt == NULL)
      return FALSE;
    while ((rc = attest_stmt_step (store, stmt, error)) > 0)
      {
        g_string_append_printf (all, "%s%s", n > 0 ? ", " : "",
                                attest_stmt_text (stmt, spec->code != NULL ? 0 : 1));
        if (n++ > 0)
          continue;
        target->codebook = attest_stmt_dup (stmt, 0);
        target->code = attest_stmt_dup (stmt, 1);
      }
  }
  if (rc < 0)
    return FALSE;
  if (n > 1)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "quote %s is coded by several: %s; say which, by %s", spec->id, all->str,
                         spec->code != NULL ? "--codebook" : "ID:CODE");
  return n == 1 || throw_no_segment (store, spec, error);
}

static gboolean
find_code (AttestStore *store, const AttestDecisionSpec *spec, Target *target, GError **error)
{
  gboolean is_memo = spec->action == ATTEST_DECISION_MEMO;
  g_autoptr (AttestCodebookInfo) info = NULL;

  if (is_memo && spec->code == NULL)
    return TRUE;
  if (!is_memo && spec->action != ATTEST_DECISION_MARK && (!spec->from_file || spec->code == NULL))
    return find_segment (store, spec, target, error);
  if (spec->code == NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE, "a code is needed");
  info = attest_store_find_codebook (store, spec->codebook, error);
  if (info == NULL || !check_code (store, info->name, spec->code, error))
    return FALSE;
  target->codebook = g_strdup (info->name);
  target->code = g_strdup (spec->code);
  return TRUE;
}

static gboolean
check_new_code (AttestStore *store, const AttestDecisionSpec *spec, const Target *target,
                GError **error)
{
  if (spec->action != ATTEST_DECISION_RECODE)
    return TRUE;
  if (spec->new_code == NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE, "the new code is needed");
  if (strcmp (spec->new_code, target->code) == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE, "the segment has code '%s' already",
                         spec->new_code);
  return check_code (store, target->codebook, spec->new_code, error);
}

/* ---- the rows ---- */

/* One row about @target; the others are those of @spec. */
typedef struct
{
  const Target *target;
  const char *code, *action, *other_code, *text, *coder, *at;
} Row;

/* Whether @row would say what stands already. */
static gboolean
is_known (AttestStore *store, const AttestDecisionSpec *spec, const Row *row, gint64 *out_known,
          GError **error)
{
  const Target *target = row->target;

  *out_known = 0;
  if (spec->from_file && spec->at != NULL
      && !attest_stmt_get_int (store, statements[HAS_SAME], out_known, error, "iisssssss",
                               target->quote.key, target->source_id, target->codebook, row->code,
                               row->action, row->other_code, row->text, row->coder, row->at))
    return FALSE;
  return *out_known != 0 || (spec->from_file && spec->at != NULL)
         || attest_stmt_get_int (store, statements[LAST_ALIKE], out_known, error, "iissssss",
                                 target->quote.key, target->source_id, target->codebook, row->code,
                                 row->action, row->other_code, row->text, row->coder);
}

static gboolean
add_row (AttestStore *store, gint64 seq, const Row *row, GError **error)
{
  const Target *target = row->target;

  return attest_stmt_exec (store, statements[ADD], error, "iisssssssi", target->quote.key,
                           target->source_id, target->codebook, row->code, row->action,
                           row->other_code, row->text, row->coder, row->at, seq);
}

/* Those who stand behind the row that was added last. */
static gboolean
add_consensus (AttestStore *store, gint64 seq, const char *const *agreed, GError **error)
{
  gint64 id = sqlite3_last_insert_rowid (store->db);

  for (guint i = 0; agreed != NULL && agreed[i] != NULL; i++)
    if (!attest_stmt_exec (store, statements[ADD_CONSENSUS], error, "iis", seq, id, agreed[i]))
      return FALSE;
  return TRUE;
}

static gboolean
add_decision (AttestStore *store, const AttestDecisionSpec *spec, const Target *target,
              gboolean *out_changed, GError **error)
{
  g_autofree char *now = attest_store_dup_now ();
  Row row = { .target = target,
              .code = target->code,
              .action = attest_decision_action_to_string (spec->action),
              .other_code = spec->action == ATTEST_DECISION_RECODE ? spec->new_code : NULL,
              .text = spec->text != NULL && *spec->text != '\0' ? spec->text : NULL,
              .coder = spec->coder,
              .at = spec->at != NULL ? spec->at : now };
  Row recoded = row;
  gint64 is_same = 0, seq = 0;

  recoded.code = spec->new_code;
  recoded.other_code = target->code;
  recoded.action = attest_decision_action_to_string (ATTEST_DECISION_RECODED);
  if (spec->agreed == NULL && !is_known (store, spec, &row, &is_same, error))
    return FALSE;
  *out_changed = !is_same;
  if (is_same)
    return TRUE;
  store->has_decided = TRUE;
  return attest_store_peek_audit (store, &seq, error) && add_row (store, seq, &row, error)
         && add_consensus (store, seq, spec->agreed, error)
         && (spec->action != ATTEST_DECISION_RECODE || add_row (store, seq, &recoded, error));
}

gboolean
attest_store_decide (AttestStore *store, const AttestDecisionSpec *spec, gboolean *out_changed,
                     GError **error)
{
  g_auto (Target) target = { .has_quote = FALSE };
  gboolean changed = FALSE, is_withdrawn = FALSE;

  g_return_val_if_fail (attest_store_is_writing (store), FALSE);
  if (spec->action == ATTEST_DECISION_MEMO && (spec->text == NULL || *spec->text == '\0'))
    return attest_throw (error, ATTEST_ERROR_USAGE, "the memo is empty");
  if (!find_quote (store, spec, &target, error)
      || !check_withdrawn (store, &target, &is_withdrawn, error))
    return FALSE;
  if (out_changed != NULL)
    *out_changed = FALSE;
  /* A file may be older than the withdrawal. */
  if (is_withdrawn)
    return spec->from_file
           || attest_throw (error, ATTEST_ERROR_USAGE,
                            "the passage was withdrawn by whoever said it");
  if (!find_code (store, spec, &target, error) || !check_new_code (store, spec, &target, error)
      || !add_decision (store, spec, &target, &changed, error))
    return FALSE;
  if (out_changed != NULL)
    *out_changed = changed;
  return TRUE;
}
