/* attest-store-private: what the files of the store share.
 *
 * SQL stands as literals in one array on top of the file that uses it. A statement is prepared at
 * its first use and kept until the store is closed; the address of its text is its key.
 */
#pragma once

#include <sqlite3.h>

#include "store/attest-store-ledger.h"
#include "store/attest-store.h"
#include "util/attest-hash.h"
#include "util/attest-text.h"

G_BEGIN_DECLS

/* "Atst": what PRAGMA application_id of a project file says. */
#define ATTEST_STORE_APPLICATION_ID 0x41747374
/* How long a command waits for another program's transaction, ms. */
#define ATTEST_STORE_BUSY_MS 5000
/* Characters after the Q of a quote id, when no other quote has the same. */
#define ATTEST_QUOTE_ID_CHARS 6

/* State between attest_store_begin_run() and attest_store_end_run(). */
typedef struct
{
  gint64 codebook_id;
  GArray *codes;      /* of gint64: code.id by index in the codebook */
  GPtrArray *names;   /* of char *: code.code, by the same */
  GArray *rules;      /* of gint64: rule_name.id by index of the pattern */
  GArray *quotes;     /* of AttestQuote, found and not registered yet */
  guint n_quotes;     /* found so far */
  GByteArray *places; /* of the segment at hand */
  GPtrArray *indexes; /* of char *: SQL that makes the indexes that were dropped */
  AttestRunResult result;
} AttestStoreRun;

/* A project file, its WAL and its journal; 0: there is none. */
typedef struct
{
  gint64 size[3], changed_ns[3];
  guint64 inode[3];
} AttestStoreStamp;

struct _AttestStore
{
  sqlite3 *db;
  char *path;
  AttestStoreMode mode;
  AttestStoreStamp stamp;  /* when it was opened */
  gboolean is_copy;        /* the connection is one to a copy in memory */
  GHashTable *statements;  /* text → sqlite3_stmt */
  guint n_prepared;        /* statements prepared so far */
  gint64 changes_at_begin; /* sqlite3_total_changes64() */
  gboolean is_bulk;        /* the open transaction is a large one */
  guint quote_id_chars;    /* ATTEST_QUOTE_ID_CHARS, fewer in tests of collisions */
  AttestStoreRun *run;
  gboolean has_decided;   /* the open transaction holds decisions, or takes some back */
  gboolean has_judged;    /* … adds to the ledger */
  gboolean has_withdrawn; /* … strikes out what somebody said */
  gboolean forgets;       /* the open transaction overwrites what it deletes */
  AttestLedger *ledger;   /* (nullable) held, see attest_store_hold_ledger() */
  gpointer session;       /* (nullable) sqlite3_session: what it changes can be taken back */
};

/* ---- attest-store-in-place.c ---- */

void attest_store_stamp (const char *path, AttestStoreStamp *out_stamp);
/** Whether neither a WAL nor a journal waits. */
gboolean attest_store_stamp_is_settled (const AttestStoreStamp *stamp);
/** Goes on with a copy in memory, with what its WAL holds, or without what its journal takes back.
 */
gboolean attest_store_load_copy (AttestStore *store, GError **error);

/* ---- attest-store.c ---- */

/** Sets @error from the last failure of the connection, with the path and a remedy; returns FALSE.
 */
gboolean attest_store_throw (AttestStore *store, GError **error);
/** ISO 8601, UTC. */
char *attest_store_dup_now (void);

/* ---- attest-store-transaction.c ---- */

/** FALSE with a critical when no transaction is open. */
gboolean attest_store_is_writing (AttestStore *store);
/** FALSE with the connection's error. Outside a transaction. */
gboolean attest_store_set_wal (AttestStore *store);
/** @detail with the seal of what entry @seq decided (or else judged) behind it. */
char *attest_store_dup_sealed_detail (AttestStore *store, gint64 seq, gboolean has_decided,
                                      const char *detail, GError **error);

/* ---- attest-store-migrate.c ---- */

/* One step of the schema: the number it leads to is its index + 1. */
typedef struct
{
  const char *name; /* "001-first" */
  const char *sql;
} AttestStoreStep;

/** (element-type AttestStoreStep) the released steps, borrowed, in @out_n_steps. */
const AttestStoreStep *attest_store_get_steps (guint *out_n_steps);
/**
 * Brings a database from its user_version to @n_steps, each step in one transaction. A database
 * that has tables is copied to @path.vN.bak first. On failure the database is as after the last
 * whole step.
 */
gboolean attest_store_migrate (sqlite3 *db, const char *path, const AttestStoreStep *steps,
                               guint n_steps, GError **error);
/** The same for a database in memory, of which no copy is made. */
gboolean attest_store_migrate_copy (sqlite3 *db, const char *path, const AttestStoreStep *steps,
                                    guint n_steps, GError **error);

/* ---- attest-store-stmt.c ---- */

/* A prepared statement in use; reset and freed of its values at the end of the scope. */
typedef sqlite3_stmt *AttestStmt;
void attest_stmt_release (AttestStmt stmt);
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (AttestStmt, attest_stmt_release, NULL)

/*
 * @types has a letter for each value: i gint64, d double, s (const char *, nullable) text,
 * t text with a gsize length, b blob with a gsize length. Texts and blobs must live until the
 * statement is reset.
 */

/** The statement of @sql (a literal), bound, or NULL with @error. */
AttestStmt attest_stmt_query (AttestStore *store, const char *sql, GError **error,
                              const char *types, ...);
/** The same without values, which the caller binds. @sql: a literal, or interned. */
AttestStmt attest_stmt_prepare (AttestStore *store, const char *sql, GError **error);
/** 1: a row; 0: no more; -1: @error. */
int attest_stmt_step (AttestStore *store, AttestStmt stmt, GError **error);
/** Runs a statement that gives no rows. */
gboolean attest_stmt_exec (AttestStore *store, const char *sql, GError **error, const char *types,
                           ...);
/** The first column of the first row; @out is untouched when there is none or it is NULL. */
gboolean attest_stmt_get_int (AttestStore *store, const char *sql, gint64 *out, GError **error,
                              const char *types, ...);

/** A copy of a text column, or NULL. */
char *attest_stmt_dup (AttestStmt stmt, int column);
/** Borrowed until the next step. */
const char *attest_stmt_text (AttestStmt stmt, int column);
/** A copy of a blob or text column. */
GBytes *attest_stmt_dup_bytes (AttestStmt stmt, int column);

/* ---- attest-store-source.c ---- */

/** The newest version of a source; ATTEST_ERROR_USAGE when there is no such source. */
gboolean attest_store_find_version (AttestStore *store, const char *label, gint64 *out_source_id,
                                    gint64 *out_version_id, GError **error);

/* ---- attest-store-document.c ---- */

/** Writes. Adds the derived rows of a version: speakers, without respondents, and turns. */
gboolean attest_store_add_turns (AttestStore *store, gint64 version_id, const AttestDocument *doc,
                                 GError **error);
/** The text of a version, NUL-terminated. */
GBytes *attest_store_load_text (AttestStore *store, gint64 version_id, GError **error);
/** The bytes of the file of a version. */
GBytes *attest_store_load_original (AttestStore *store, gint64 version_id, GError **error);

/* ---- attest-store-respondent.c ---- */

/** Sets the respondents of all speakers of a source anew, and removes defaults that nobody needs.
 */
gboolean attest_store_assign_respondents (AttestStore *store, gint64 source_id, GError **error);

/* ---- attest-store-quote.c ---- */

typedef struct
{
  gint64 key;
  gint64 version_id, start_byte, end_byte;
  gint64 text_hash; /* of the quoted text */
  guint chars;      /* of the id behind its Q; 0: known already */
  guint number;     /* in the order in which they were found */
} AttestQuote;

/* The key has no more of 5 bits each. */
#define ATTEST_QUOTE_MAX_CHARS 12
/* Room for an id and its NUL. */
#define ATTEST_QUOTE_ID_BYTES (1 + ATTEST_QUOTE_MAX_CHARS + 1)

gint64 attest_quote_make_key (const char *original_sha256, gint64 start_char, gint64 end_char);
gint64 attest_quote_hash_text (const char *text, gsize length_bytes);
/** The id of @key with @n_chars characters after the Q. */
void attest_quote_format_id (gint64 key, guint n_chars, char out[ATTEST_QUOTE_ID_BYTES]);
/** Whether the ids have the same first @n_chars characters. */
gboolean attest_quote_ids_equal (gint64 key, gint64 other, guint n_chars);
/** Key (gint64) → number of characters, of the quotes that have not ATTEST_QUOTE_ID_CHARS. */
GHashTable *attest_store_list_long_ids (AttestStore *store, GError **error);
/** Writes. Takes a quote of the run to be registered, unless it is known. */
gboolean attest_store_add_quote (AttestStore *store, AttestQuote *quote, GError **error);
/** Writes. Registers @quotes (element-type AttestQuote), which it empties, but for those that are
 * known. */
gboolean attest_store_register_quotes (AttestStore *store, GArray *quotes, GError **error);
/** The quote of @id; ATTEST_ERROR_USAGE when there is none, or it is no id. */
gboolean attest_store_find_quote (AttestStore *store, const char *id, AttestQuote *out_quote,
                                  GError **error);
/** Writes. Registers those that wait. */
gboolean attest_store_flush_quotes (AttestStore *store, GError **error);

/* ---- attest-store-version-text.c ---- */

/* The text of a version: that of the last quote, since those of a version come together. */
typedef struct
{
  gint64 version_id;
  GBytes *text;       /* (nullable) NULL: nothing is loaded */
  AttestCharMap *map; /* (nullable) NULL: the text is no UTF-8 any more */
} AttestVersionText;

void attest_version_text_clear (AttestVersionText *current);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AttestVersionText, attest_version_text_clear)
/** Loads the text, unless it is the one that is loaded. */
gboolean attest_version_text_load (AttestVersionText *current, AttestStore *store,
                                   gint64 version_id, GError **error);
/** NULL when the quote, of this version, stands; otherwise what is wrong with it. */
const char *attest_version_text_check_quote (const AttestVersionText *current,
                                             const AttestQuote *quote, const char *original_sha256);

/* ---- attest-store-places.c ---- */

/** Appends where a rule matched; @rule: rule_name. Places come by their start, @from_byte is the
 * start of the place before, or of the segment. */
void attest_places_append (GByteArray *places, gint64 rule, gint64 from_byte, gint64 start_byte,
                           gint64 end_byte);
/* Reads what attest_places_append() wrote. */
typedef struct
{
  const guint8 *at, *end;
  gint64 rule, start_byte, end_byte; /* of the place that was read last */
} AttestPlaces;
/** @from_byte: the start of the segment. @bytes must stay. */
void attest_places_begin (AttestPlaces *places, const guint8 *bytes, gsize n_bytes,
                          gint64 from_byte);
/** 1: a place was read; 0: there is none; -1: the bytes are damaged. */
int attest_places_next (AttestPlaces *places);
/* ---- attest-store-coding.c ---- */

/** Forgets the run that is being written, if any. */
void attest_store_drop_run (AttestStore *store);
/** FALSE with ATTEST_ERROR_STORE when @doc is not the text of the version. */
gboolean attest_store_check_text (AttestStore *store, gint64 version_id, const char *source,
                                  const AttestDocument *doc, GError **error);

/* ---- attest-store-run.c ---- */

/** Writes. Notes what a run found in a version. @codes: ids by index in the codebook. */
gboolean attest_store_add_run_source (AttestStore *store, gint64 run_id, gint64 version_id,
                                      const AttestCoding *coding, const char *const *codes,
                                      GError **error);
/** Writes. Notes what runs found of which an older attest did not, while their segments are there:
 * those of the codebook and of others of its name. */
gboolean attest_store_note_runs (AttestStore *store, gint64 codebook_id, GError **error);

/* ---- attest-store-audit.c ---- */

/** Writes. Appends an entry. */
gboolean attest_store_append_audit (AttestStore *store, const char *actor, const char *command,
                                    const char *detail, GError **error);
/** The same of an entry of another copy of the project, with its time and nonce (nullable). */
gboolean attest_store_append_audit_at (AttestStore *store, const char *at, const char *actor,
                                       const char *command, const char *detail, const char *nonce,
                                       GError **error);
/** As an entry has it. @detail: (nullable) */
char *attest_store_hash_audit (gint64 seq, const char *at, const char *actor, const char *command,
                               const char *detail, const char *previous_hash);
/** Walks the chain: the number of entries, and problems with it. */
gboolean attest_store_verify_audit (AttestStore *store, AttestVerification *verification,
                                    GError **error);

/* ---- attest-store-decision-apply.c ---- */

/** Writes. Sets the segments to what is decided of them: in the texts that command @seq is about,
 * or with 0 in all. */
gboolean attest_store_apply_decisions (AttestStore *store, gint64 seq, GError **error);

/* ---- attest-store-merge-verify.c ---- */

/** Entries that came with a merge and are not those that were written in the copy. */
gboolean attest_store_verify_copied (AttestStore *store, AttestVerification *verification,
                                     GError **error);
/** ATTEST_ERROR_STORE when the log of @store, or what it seals, is not as it was written. */
gboolean attest_store_check_history (AttestStore *store, GError **error);

/* ---- attest-store-seal.c ---- */

/* What stands before the seal in the detail of an audit entry. */
#define ATTEST_STORE_SEAL "; sha256:"

/** SHA-256, hex, of @header and the first column of the rows of @sql, which takes @seq, a line
 * each. */
char *attest_store_hash_rows (AttestStore *store, const char *sql, const char *header, gint64 seq,
                              GError **error);

/* How to tell of a seal that is broken: TYPE, "BEFORE audit entry 7 AFTER". */
typedef struct
{
  const char *type, *before, *after;
} AttestSealWords;

typedef char *(*AttestSealFunc) (AttestStore *store, gint64 seq, GError **error);
/** Makes the seals of the audit entries of @sql (seq, detail) again and compares. */
gboolean attest_store_verify_seals (AttestStore *store, const char *sql, AttestSealFunc seal,
                                    const AttestSealWords *words, AttestVerification *verification,
                                    GError **error);

/* ---- attest-store-withdrawal.c ---- */

/* A turn of a text out of which something is struck. */
typedef struct
{
  gsize start_byte, end_byte;
  gboolean is_his; /* who withdrew said it */
} AttestStrikeTurn;

/** Puts marks in the place of a span: as many characters of as many bytes each, in no order.
 * -text.c
 */
void attest_strike (char *text, gsize start_byte, gsize end_byte);
/** Strikes out his turns, the header of the transcript, and his labels between turns. @turns:
 * (element-type AttestStrikeTurn) in order. @labels: (element-type utf8) the longest first.
 * @first_label: (nullable) of who speaks first: it stands where the header does, and stays. -text.c
 */
void attest_strike_turns (char *text, gsize length_bytes, const GArray *turns, GPtrArray *labels,
                          const char *first_label);

/** Writes. Strikes what a respondent said out of a version, and notes that the command @seq did.
 * -text.c */
gboolean attest_store_strike_version (AttestStore *store, gint64 version_id, gint64 respondent_id,
                                      gint64 seq, GError **error);
/** SHA-256, hex, over what the command @seq says of a withdrawal. */
char *attest_store_seal_withdrawal (AttestStore *store, gint64 seq, GError **error);
/** Withdrawals that are not what their audit entry seals. */
gboolean attest_store_verify_withdrawals (AttestStore *store, AttestVerification *verification,
                                          GError **error);

/* ---- attest-store-undo.c ---- */

/** SHA-256, hex, over the decisions of the command @seq and what it takes back. */
char *attest_store_seal_decisions (AttestStore *store, gint64 seq, GError **error);
/** Decisions that are not what their audit entry seals, and segments that do not follow them. */
gboolean attest_store_verify_decisions (AttestStore *store, AttestVerification *verification,
                                        GError **error);

/* ---- attest-store-ledger.c ---- */

/** Borrowed: an entry that was read, or was just added. */
AttestLedgerEntry *attest_ledger_add (AttestLedger *ledger, gint64 key, AttestEntryKind kind,
                                      gint64 number);
/** Whether entries of @kind may rest on entries of @base. */
gboolean attest_entry_kind_takes (AttestEntryKind kind, AttestEntryKind base);
/** "F1" */
char *attest_entry_kind_dup_id (AttestEntryKind kind, gint64 number);

/** Whether @entry is @base or rests on it, directly or not. */
gboolean attest_ledger_rests_on (const AttestLedgerEntry *entry, const AttestLedgerEntry *base);

/* ---- attest-store-change.c ---- */

/** Ends tracking, if it was begun. With @keep what was changed is kept with the audit entry @seq;
 * *@out_changed: whether anything was. */
gboolean attest_store_end_tracking (AttestStore *store, gboolean keep, gint64 seq,
                                    gboolean *out_changed, GError **error);
/** Writes. Makes what the command @seq changed undone, or with @again done again; nothing, when it
 * changed nothing of that kind. ATTEST_ERROR_USAGE: a later command changed the same. */
gboolean attest_store_revert_change (AttestStore *store, gint64 seq, gboolean again,
                                     GError **error);

/* ---- attest-store-document-quote.c ---- */

/* attest-store-page.c */
/* Where the pages of a version begin, and what somebody said of quotes of it. */
typedef struct _AttestPages AttestPages;

/** Writes. The pages of the document, whatever its kind. */
gboolean attest_store_add_pages (AttestStore *store, gint64 version_id, const AttestDocument *doc,
                                 GError **error);
/** Without pages where the source is not a document. */
AttestPages *attest_store_load_pages (AttestStore *store, gint64 version_id, GError **error);
void attest_pages_free (AttestPages *pages);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestPages, attest_pages_free)
gint64 attest_pages_get_version (const AttestPages *pages);
/** On which page a quote stands, "4", or "4-5"; NULL: not known. @key: of the quote. */
char *attest_pages_dup (const AttestPages *pages, gint64 key, gint64 start_byte, gint64 end_byte);

/* ---- attest-store-ledger-held.c ---- */

/** Borrowed: the ledger that is held, or else one that *@out_owned has. */
const AttestLedger *attest_store_borrow_ledger (AttestStore *store, AttestLedger **out_owned,
                                                GError **error);
/* What was written, noted in the ledger that is held, if any. */
void attest_store_note_entry (AttestStore *store, gint64 key, AttestEntryKind kind, gint64 number,
                              const char *const *fields);
void attest_store_note_value (AttestStore *store, const char *id, AttestEntryField field,
                              const char *value);
/** @base: (nullable) NULL: the quote @key, @target. @stance: (nullable) the link goes. */
void attest_store_note_link (AttestStore *store, const char *id, const char *base, gint64 key,
                             const char *target, const char *stance, const char *note);

/* ---- attest-store-ledger-write.c ---- */

/** Writes. The number of the audit entry that this transaction will have: it adds to the ledger,
 * and its entry seals that. */
gboolean attest_store_begin_judging (AttestStore *store, gint64 *out_seq, GError **error);

/* ---- attest-store-ledger-verify.c ---- */

/** SHA-256, hex, over the rows that the command @seq added to the ledger. */
/** Appends an entry to the audit log within a transaction, with the seal of what has_decided or
 * has_judged says was added since the one before. */
gboolean attest_store_append_sealed (AttestStore *store, const char *actor, const char *command,
                                     const char *detail, GError **error);
/** Writes. The text, and not its turns. @number: of the version within its source. */
gboolean attest_store_add_version (AttestStore *store, gint64 source_id, gint64 number,
                                   const AttestDocument *doc, gint64 *out_id, GError **error);
char *attest_store_seal_ledger (AttestStore *store, gint64 seq, GError **error);
/** Links and their number; what rests on itself, or on what no longer stands; rows of the ledger
 * that are not what their audit entry seals. */
gboolean attest_store_verify_ledger (AttestStore *store, AttestVerification *verification,
                                     GError **error);

/* ---- attest-store-report.c, attest-store-matrix.c ---- */

/*
 * Common table `voice`: what each speaker said of each code, counted in one pass over an index,
 * with who is behind the speaker. Grouped in the order of two indexes, it needs no sort. ?1
 * codebook id, ?2 attribute whose value is given; ?3, ?4 only respondents with this attribute and
 * value.
 */
#define ATTEST_STORE_VOICES                                                                        \
  "per AS (SELECT c.id AS code_id, g.version_id, g.speaker, count (*) AS n, sum (g.hits) AS h"     \
  "   FROM code c CROSS JOIN segment g ON g.code_id = c.id"                                        \
  "   WHERE c.codebook_id = ?1 AND g.status <> 'rejected'"                                         \
  "   GROUP BY c.number, g.version_id, g.speaker),"                                                \
  " voice AS MATERIALIZED (SELECT per.code_id, per.n, per.h, v.source_id, p.respondent_id, "       \
  "a.value"                                                                                        \
  "   FROM per JOIN version v ON v.id = per.version_id"                                            \
  "   JOIN speaker p ON p.version_id = per.version_id AND p.number = per.speaker"                  \
  "   LEFT JOIN respondent_attribute a ON a.respondent_id = p.respondent_id AND a.name = ?2"       \
  "   WHERE ?3 IS NULL OR EXISTS (SELECT 1 FROM respondent_attribute f"                            \
  "     WHERE f.respondent_id = p.respondent_id AND f.name = ?3 AND f.value = ?4))"

/* (code_id, version_id, turn): the turn answers a question about the code, by the codebook's own
 * questions or by those of the source's guide, which names codes by their id. */
#define ATTEST_STORE_ASKED                                                                         \
  "(SELECT code_id, version_id, turn FROM asked"                                                   \
  " UNION SELECT c.id, w.version_id, w.turn FROM question_answer w"                                \
  "   JOIN question_code q ON q.question_id = w.question_id JOIN code c ON c.code = q.code)"

/* The speakers p of all searched sources, with the attribute ?2 as a; begin_run leaves one run r a
 * codebook. */
#define ATTEST_STORE_SEARCHED                                                                      \
  " FROM coded d JOIN run r ON r.id = d.run_id JOIN version v ON v.id = d.version_id"              \
  " LEFT JOIN speaker p ON p.version_id = v.id"                                                    \
  " LEFT JOIN respondent_attribute a ON a.respondent_id = p.respondent_id AND a.name = ?2"

/* ---- attest-store-verify.c ---- */

AttestVerification *attest_verification_new (void);
void attest_verification_add (AttestVerification *verification, const char *type, const char *id,
                              const char *format, ...) G_GNUC_PRINTF (4, 5);

G_END_DECLS
