/* attest-store: the project file, one SQLite database per evaluation.
 *
 * A store is one connection and belongs to one thread. What a function returns is a copy that the
 * caller owns, unless it says "borrowed"; strings are UTF-8; (nullable) strings are NULL when
 * the value is not known, never "". Turns are numbered from 0 as in AttestDocument.
 *
 * Writing: every function under "writes" must stand between attest_store_begin() and
 * attest_store_commit(). When one fails, the caller rolls back: nothing of the command stays.
 *
 * Errors: ATTEST_ERROR_STORE (damaged, busy, read-only, disk full, not a project),
 * ATTEST_ERROR_SCHEMA (newer than this program), ATTEST_ERROR_USAGE (a name that does not exist
 * or is taken), ATTEST_ERROR_INPUT (a row of respondents), G_FILE_ERROR (no such file).
 * Messages about the file as such begin with its path.
 *
 * Content is what cannot be made again: originals, texts, respondents that were given,
 * codebooks, quote ids, the audit log. Derived is what attest_store_drop_derived() drops.
 */
#pragma once

#include <glib.h>

#include "model/attest-coding.h"
#include "model/attest-document.h"
#include "model/attest-qualifiers.h"

G_BEGIN_DECLS

/* Number of the schema that this program writes. */
#define ATTEST_STORE_SCHEMA 14

typedef struct _AttestStore AttestStore;

/* ---- the file ---------------------------------------------------------- */

typedef enum
{
  ATTEST_STORE_READ,
  ATTEST_STORE_WRITE,
  ATTEST_STORE_IN_PLACE, /* somebody else's: read, and never brought up to date on the disk */
} AttestStoreMode;

/**
 * Makes a project file, readable by its owner only, and leaves it open for writing.
 * Refuses an existing file of any kind (G_FILE_ERROR_EXIST). On failure no file stays.
 */
AttestStore *attest_store_create (const char *path, const char *title, GError **error);

/**
 * Opens a project file. A file that is not a project, or newer, is refused untouched. An older one
 * is brought up to date, after a copy to PATH.vN.bak.
 * Reading works on a read-only file and in a read-only folder. In place, nothing is written, to the
 * file or beside it: an older one is brought up to date in a copy in memory, and the file is not
 * locked, so that attest_store_check_unchanged() must be asked when all is read.
 */
AttestStore *attest_store_open (const char *path, AttestStoreMode mode, GError **error);

/** Of a project that is read in place: whether all of it was read as it was when it was opened.
 * ATTEST_ERROR_STORE: another program changed it meanwhile, and what was read may not hold. */
gboolean attest_store_check_unchanged (AttestStore *store, GError **error);

/** Rolls back an open transaction and closes. */
void attest_store_free (AttestStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestStore, attest_store_free)

/** Borrowed. */
const char *attest_store_get_path (AttestStore *store);
/** (nullable) "title", "created_at" (ISO 8601, UTC), "tool_version", …; NULL without error: not
 * set. */
char *attest_store_dup_meta (AttestStore *store, const char *key, GError **error);
/** Those whose keys begin with @prefix: key → value. */
GHashTable *attest_store_list_meta (AttestStore *store, const char *prefix, GError **error);
/** Writes. @value NULL removes. */
gboolean attest_store_set_meta (AttestStore *store, const char *key, const char *value,
                                GError **error);

/** Begins the one transaction of a command. Fails when another program writes. */
gboolean attest_store_begin (AttestStore *store, GError **error);
/**
 * The same for a command that writes about @expected_bytes. When that is much, others can open the
 * project only when the command is done.
 */
gboolean attest_store_begin_bulk (AttestStore *store, guint64 expected_bytes, GError **error);
/**
 * Ends it and appends an entry to the audit log, unless nothing was changed.
 * @actor: (nullable) who; NULL is the user of the system. @command: "ingest"; NULL: the entries
 * were appended already, by attest_store_update_source(). @detail: (nullable) free text, one line.
 * On failure everything is rolled back.
 */
gboolean attest_store_commit (AttestStore *store, const char *actor, const char *command,
                              const char *detail, GError **error);
/** Nothing of the transaction stays; without one nothing happens. */
void attest_store_rollback (AttestStore *store);

/* ---- sources ----------------------------------------------------------- */

typedef enum
{
  ATTEST_SOURCE_INTERVIEW,
  ATTEST_SOURCE_FOCUS_GROUP,
  ATTEST_SOURCE_DOCUMENT,
  ATTEST_SOURCE_SURVEY,
  ATTEST_SOURCE_OBSERVATION,
} AttestSourceKind;

#define ATTEST_N_SOURCE_KINDS 5

/** "interview", "focus-group", "document", "survey", "observation" */
const char *attest_source_kind_to_string (AttestSourceKind kind);
gboolean attest_source_kind_from_string (const char *name, AttestSourceKind *out_kind);

/* What the user said about a source; kept, so that it can be read again the same way. */
typedef struct
{
  const char *label; /* (nullable) NULL: the file's name without folder and suffix */
  AttestSourceKind kind;
  const char *lang;                /* (nullable) ISO 639-1 */
  const char *const *interviewers; /* (nullable) labels, NULL-terminated */
  const char *encoding, *format;   /* (nullable) */
  const char *const *map;          /* (nullable) columns of tables, see AttestReadOptions */
} AttestSourceOptions;

typedef enum
{
  ATTEST_SOURCE_ADDED,
  ATTEST_SOURCE_SAME,        /* the project already holds these bytes; nothing was changed */
  ATTEST_SOURCE_LABEL_TAKEN, /* another file has the label; nothing was changed */
} AttestSourceResult;

/**
 * Writes. Takes a read document into the project as a new source.
 * @out_label: (out) (optional) the label of the new source, of the one that holds the same
 * bytes, or the one that is taken.
 */
gboolean attest_store_add_document (AttestStore *store, const AttestDocument *doc,
                                    const AttestSourceOptions *options,
                                    AttestSourceResult *out_result, char **out_label,
                                    GError **error);

typedef enum
{
  ATTEST_SOURCE_NEW,        /* not coded yet */
  ATTEST_SOURCE_CODED,      /* by at least one codebook */
  ATTEST_SOURCE_INCOMPLETE, /* coded, but a limit stopped the search of at least one turn */
} AttestSourceStatus;

/** "new", "coded", "incomplete" */
const char *attest_source_status_to_string (AttestSourceStatus status);

typedef struct
{
  gint64 id, version_id;
  char *label;
  AttestSourceKind kind;
  guint version; /* from 1 */
  char *path, *reader, *encoding;
  char *sha256, *text_sha256; /* 64 hex digits */
  char *ingested_at;          /* ISO 8601, UTC */
  gint64 characters, words, turns;
  char **respondents; /* labels, sorted */
  gint64 coded_words; /* of the turns searched by the run that searched most; 0: not coded */
  AttestSourceStatus status;
  /* As given to attest_store_add_document(); (nullable) */
  char *given_lang, *given_encoding, *given_format;
  gboolean is_struck; /* a respondent withdrew: there is no original any more */
  char **given_interviewers, **given_map;
} AttestSourceInfo;

void attest_source_info_free (AttestSourceInfo *info);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestSourceInfo, attest_source_info_free)

/** (element-type AttestSourceInfo) ordered by label; with a free function. */
GPtrArray *attest_store_list_sources (AttestStore *store, GError **error);
/** ATTEST_ERROR_USAGE when there is none of that label. */
AttestSourceInfo *attest_store_get_source (AttestStore *store, const char *label, GError **error);

/** The document as it was read, but for the original: text, speakers, turns, metadata, warnings. */
AttestDocument *attest_store_get_document (AttestStore *store, const char *label, GError **error);
/** The bytes of its file. */
GBytes *attest_store_get_original (AttestStore *store, const char *label, GError **error);

/**
 * The language that most words are in of everybody but interviewers, ISO 639-1, interned.
 * *@out_lang is NULL when none is known.
 */
gboolean attest_store_find_main_language (AttestStore *store, const char **out_lang,
                                          GError **error);

/* ---- respondents ------------------------------------------------------- */

/* The attribute that reports count as stakeholder group. On import, "stakeholder_group" and
 * "stakeholder group" mean the same. Names of attributes are compared and kept in lower case. */
#define ATTEST_ATTRIBUTE_GROUP "group"
/* Those that say how a respondent may be quoted, see model/attest-consent.h. */
#define ATTEST_ATTRIBUTE_QUOTE "quote"
#define ATTEST_ATTRIBUTE_CONSENT "consent"

typedef struct
{
  char *name;
  char *value; /* when given to a function: "" or NULL is unknown */
} AttestAttribute;

/** The name of an attribute as it is kept: stripped, lower case, one name for the group. NULL is
 * NULL. */
char *attest_store_normalise_attribute (const char *name);

typedef struct
{
  const char *respondent;
  const char *source;  /* (nullable) label; NULL: only attributes are given */
  const char *speaker; /* (nullable) label; NULL: everybody in the source but interviewers */
  const AttestAttribute *attributes; /* an empty value leaves what is known */
  guint n_attributes;
  guint line; /* for messages; 0: unknown */
} AttestRespondentRow;

/** Writes. All rows or none. ATTEST_ERROR_INPUT "LINE: …" names the first row that does not fit. */
gboolean attest_store_import_respondents (AttestStore *store, const AttestRespondentRow *rows,
                                          guint n_rows, GError **error);

/** Writes. Sets attributes of a respondent that exists; an empty value removes the attribute. */
gboolean attest_store_set_respondent (AttestStore *store, const char *label,
                                      const AttestAttribute *attributes, guint n_attributes,
                                      GError **error);

typedef struct
{
  char *source;
  char *speaker; /* (nullable) NULL: the turns without a label */
} AttestRespondentSpeaker;

typedef struct
{
  char *label;
  gboolean given; /* by the user; FALSE: taken from the transcript ("SOURCE/SPEAKER" or "SOURCE") */
  GArray *attributes; /* of AttestAttribute, by name */
  GArray *speakers;   /* of AttestRespondentSpeaker, by source, then as they appear */
  gint64 turns, words;
} AttestRespondentInfo;

void attest_respondent_info_free (AttestRespondentInfo *info);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestRespondentInfo, attest_respondent_info_free)
/** Borrowed, or NULL. */
const char *attest_respondent_info_get (const AttestRespondentInfo *info, const char *name);

/** (element-type AttestRespondentInfo) ordered by label; with a free function. */
GPtrArray *attest_store_list_respondents (AttestStore *store, GError **error);
/** (element-type char *) the labels of all speakers, interviewers too, each once; with a free
 * function. */
GPtrArray *attest_store_list_speakers (AttestStore *store, GError **error);

/* ---- codebooks --------------------------------------------------------- */

typedef struct
{
  gint64 id;             /* in this project file */
  char *name;            /* the `id:` of the codebook file */
  char *version, *title; /* (nullable) */
  char *sha256;
  char *added_at;
  gboolean coded; /* its segments are in the project */
  char *options;  /* (nullable) of its last run, see AttestRunSpec */
} AttestCodebookInfo;

void attest_codebook_info_free (AttestCodebookInfo *info);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestCodebookInfo, attest_codebook_info_free)

/** Writes. The same text again is the same codebook. @out_id: (optional) */
gboolean attest_store_add_codebook (AttestStore *store, const char *name, const char *version,
                                    const char *title, const char *sha256, const char *text,
                                    gsize length_bytes, gint64 *out_id, GError **error);

/** (element-type AttestCodebookInfo) in the order in which they were added; with a free function.
 */
GPtrArray *attest_store_list_codebooks (AttestStore *store, GError **error);
/** Whether the project was coded by one of them. */
gboolean attest_codebooks_are_used (const GPtrArray *codebooks);
/**
 * The newest of @name; with @name NULL the one of the last run, else the last added.
 * ATTEST_ERROR_USAGE when there is none.
 */
AttestCodebookInfo *attest_store_find_codebook (AttestStore *store, const char *name,
                                                GError **error);
/** The file as it was. */
GBytes *attest_store_get_codebook_text (AttestStore *store, gint64 codebook_id, GError **error);

/* ---- coding ------------------------------------------------------------ */

typedef struct
{
  const char *code;
  const char *name;      /* (nullable) for people */
  const char *dimension; /* id */
  /* (nullable) languages of turns that its rules, its questions are for: "en ru"; "*": any; "":
   * none; NULL: not known */
  const char *langs, *asked_langs;
} AttestStoreCode;

/* What a run has for options that searched nothing and only registered the codes. */
#define ATTEST_RUN_CODES_ONLY "--codes-only"

/* A run of a codebook over sources; copied. */
typedef struct
{
  gint64 codebook_id;
  const AttestStoreCode *codes; /* index: `code` of AttestCoding */
  guint n_codes;
  const char *const *patterns; /* names, "impact/3.2"; index: `pattern` of AttestCoding */
  guint n_patterns;
  const char *options;   /* (nullable) what the run was started with; free text */
  const char *libraries; /* (nullable) by which it searches, with their versions; free text */
} AttestRunSpec;

/**
 * Writes. Begins a run and removes what earlier runs of this codebook, and of others of the same
 * name, derived; quote ids stay. Other codebooks are left alone. @out_run_id: (optional)
 */
gboolean attest_store_begin_run (AttestStore *store, const AttestRunSpec *spec, gint64 *out_run_id,
                                 GError **error);
/** Writes. @doc: from attest_store_get_document (@source). Each source at most once a run. */
gboolean attest_store_add_coding (AttestStore *store, const char *source, const AttestDocument *doc,
                                  const AttestCoding *coding, GError **error);

typedef struct
{
  gint64 run_id, sources, turns, words, segments, hits;
  gint64 incomplete; /* turns */
} AttestRunResult;

/** Writes. @out_result: (optional) */
gboolean attest_store_end_run (AttestStore *store, AttestRunResult *out_result, GError **error);

/* ---- segments ---------------------------------------------------------- */

/* All (nullable) NULL: any. */
typedef struct
{
  const char *codebook; /* name */
  const char *code, *dimension;
  const char *source; /* label */
  const char *status;
  const char *attribute, *value; /* of the respondent; both or none */
  AttestQualifiers qualifiers;   /* ATTEST_UNQUALIFIED: any */
  gboolean with_hits;            /* fill `hits` */
} AttestSegmentFilter;

typedef struct
{
  const char *rule;  /* "impact/3.2" */
  gint64 start, end; /* code points */
  gint64 start_byte, end_byte;
} AttestStoreHit;

/* Borrowed as a whole, valid during the call. */
typedef struct
{
  const char *id; /* of the quote, "Q7F3K2A"; segments of several codes may quote the same */
  const char *source, *path;
  const char *codebook;
  gint64 run_id;
  const char *code, *dimension;
  const char *code_name; /* (nullable) */
  guint turn;
  const char *speaker; /* (nullable) */
  AttestRole role;
  const char *respondent; /* (nullable) */
  gint64 start, end;      /* code points */
  gint64 start_byte, end_byte;
  gint64 start_ms;   /* of the turn, or ATTEST_NO_TIME */
  const char *lang;  /* (nullable) of the turn, ISO 639-1 */
  const char *page;  /* (nullable) of a document, as printed: "4", "4-5" */
  const char *quote; /* not NUL-terminated */
  gsize quote_bytes;
  AttestQualifiers qualifiers;
  guint strength;
  double weight;
  const char *status, *origin;
  const char *coder;          /* (nullable) NULL: no human */
  const char *reason;         /* (nullable) of the decision */
  gboolean is_key;            /* marked as a key quote */
  const char *const *asked;   /* codes, NULL-terminated */
  guint n_hits;               /* also without with_hits */
  const AttestStoreHit *hits; /* (nullable) */
} AttestStoreSegment;

typedef gboolean (*AttestSegmentFunc) (const AttestStoreSegment *segment, gpointer data,
                                       GError **error);

/**
 * Calls @func for each segment, ordered by source label, position, codebook and code. Memory does
 * not grow with the number of segments. @filter: (nullable). FALSE of @func stops and is returned
 * with its error. A source, code, dimension or codebook of the filter that does not exist is
 * ATTEST_ERROR_USAGE.
 * @func must not call functions of the same store.
 */
gboolean attest_store_foreach_segment (AttestStore *store, const AttestSegmentFilter *filter,
                                       AttestSegmentFunc func, gpointer data, GError **error);

/* ---- reports: counts of segments that are not rejected ------------------ */

/* All (nullable). */
typedef struct
{
  const char *codebook;          /* name; NULL: as attest_store_find_codebook() */
  const char *dimension;         /* only codes of it */
  const char *attribute, *value; /* only respondents with it; both or none */
} AttestReportFilter;

typedef struct
{
  char *dimension, *code;
  char *name; /* (nullable) */
  gint64 segments, hits, sources, respondents, groups;
} AttestFrequencyRow;

/* Of the sources that the last run of the codebook searched. */
typedef struct
{
  gint64 not_searched; /* sources of the project that it did not search */
  gint64 incomplete;   /* turns that a limit stopped, of all respondents */
  gint64 sources, respondents, groups;
  gint64 turns, words; /* of everybody but interviewers */
  gint64 segments;
  gint64 rejected; /* segments that are not counted because somebody rejected them */
} AttestReportTotals;

typedef struct
{
  AttestCodebookInfo *codebook;
  char *attribute, *value; /* as in the filter; NULL: all respondents */
  GArray
      *rows; /* of AttestFrequencyRow, in the order of the codebook, also those without segments */
  AttestReportTotals totals;
  char *audience; /* (nullable) for whom it is printed; the store never sets it */
} AttestFrequency;

AttestFrequency *attest_store_report_frequency (AttestStore *store,
                                                const AttestReportFilter *filter, GError **error);
void attest_frequency_free (AttestFrequency *frequency);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestFrequency, attest_frequency_free)

/** The set of labels (char *) of the sources that the codebook searched. */
GHashTable *attest_store_list_searched (AttestStore *store, gint64 codebook_id, GError **error);

typedef struct
{
  gint64 segments, sources, respondents;
} AttestMatrixCell;

typedef struct
{
  AttestCodebookInfo *codebook;
  GPtrArray *rows;         /* of char *: codes */
  GPtrArray *cols;         /* of char *: codes, or values; NULL as the last: value not known */
  AttestMatrixCell *cells; /* rows × cols, row by row */
} AttestMatrix;

/**
 * Codes of one dimension × codes of another, or of the same: a cell counts the segments of the
 * row's code that overlap a segment of the column's code. On the diagonal of a dimension with
 * itself are all segments of the code.
 */
AttestMatrix *attest_store_report_cooccurrence (AttestStore *store,
                                                const AttestReportFilter *filter,
                                                const char *rows_dimension,
                                                const char *cols_dimension, GError **error);
/** Codes of a dimension × values of an attribute of the respondents. @rows_dimension: (nullable)
 * NULL: all codes. */
AttestMatrix *attest_store_report_by_attribute (AttestStore *store,
                                                const AttestReportFilter *filter,
                                                const char *rows_dimension, const char *attribute,
                                                GError **error);
void attest_matrix_free (AttestMatrix *matrix);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestMatrix, attest_matrix_free)

static inline const AttestMatrixCell *
attest_matrix_cell (const AttestMatrix *matrix, guint row, guint col)
{
  return &matrix->cells[(gsize)row * matrix->cols->len + col];
}

typedef struct
{
  char *group;               /* (nullable) NULL: not known */
  gint64 present;            /* respondents of the group in the searched sources */
  gint64 spoke, asked, both; /* respondents, see below */
  gint64 segments;
} AttestEvidenceGroup;

/* Who bears a code out: the segments themselves come from attest_store_foreach_segment(). */
typedef struct
{
  char *dimension, *code;
  char *name; /* (nullable) */
  gint64 segments, hits, sources;
  gint64 spoke; /* respondents with at least one segment of the code */
  gint64 asked; /* respondents whose turn follows a question about the code */
  gint64 both;
  gint64 n_groups; /* groups that spoke, "not known" left out */
  GArray *groups;  /* of AttestEvidenceGroup, by name, not known last */
} AttestEvidence;

/** (element-type AttestEvidence) in the order of the codebook; with a free function. @code:
 * (nullable) only this. */
GPtrArray *attest_store_report_evidence (AttestStore *store, const AttestReportFilter *filter,
                                         const char *code, GError **error);
void attest_evidence_free (AttestEvidence *evidence);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestEvidence, attest_evidence_free)

/* ---- checks ------------------------------------------------------------ */

typedef struct
{
  const char *type; /* static: "database", "source", "text", "quote", "codebook", "guide",
                      "scale", "decision", "link", "ledger", "withdrawal", "audit" */
  char *id;         /* label, quote id or number of what is wrong; (nullable) */
  char *message;
} AttestVerifyProblem;

typedef struct
{
  gint64 sources, quotes, links, audit_entries;
  gint64 withdrawals; /* respondents who withdrew; what was struck out is no problem */
  GArray *problems;   /* of AttestVerifyProblem */
} AttestVerification;

/* Reads the original again as @info says: doc->text_sha256 is compared with what is stored. */
typedef AttestDocument *(*AttestRereadFunc) (const AttestSourceInfo *info, GBytes *original,
                                             gpointer data, GError **error);

/**
 * Recomputes every hash: originals, texts, quotes and their ids, the audit chain; and asks SQLite
 * to check the file. @reread: (nullable). @error only when the check itself could not go on.
 */
AttestVerification *attest_store_verify (AttestStore *store, AttestRereadFunc reread, gpointer data,
                                         GError **error);
void attest_verification_free (AttestVerification *verification);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestVerification, attest_verification_free)

typedef struct
{
  gint64 seq; /* from 1 */
  char *at;   /* ISO 8601, UTC */
  char *actor, *command;
  char *detail; /* (nullable) */
  char *hash;
} AttestAuditEntry;

void attest_audit_entry_free (AttestAuditEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestAuditEntry, attest_audit_entry_free)
/** (element-type AttestAuditEntry) oldest first; with a free function. */
GPtrArray *attest_store_list_audit (AttestStore *store, GError **error);
/** The hash of the last entry of the audit log, which is that of everything before it. */
char *attest_store_dup_audit_head (AttestStore *store, GError **error);

/* ---- rebuild ----------------------------------------------------------- */

/**
 * Writes. Drops everything derived. Then, for each source, the caller reads the original again and
 * calls attest_store_restore_document(), and codes again.
 */
gboolean attest_store_drop_derived (AttestStore *store, GError **error);
/** Writes. Remakes speakers and turns. A text that is not the stored one, byte for byte, is
 * ATTEST_ERROR_STORE. */
gboolean attest_store_restore_document (AttestStore *store, const char *source,
                                        const AttestDocument *doc, GError **error);
/** Writes. The same for a source of which a respondent withdrew: its speakers and turns were not
 * dropped, since nothing is left to make them of. */
gboolean attest_store_keep_document (AttestStore *store, const char *source, GError **error);

G_END_DECLS
