/* attest-store-ledger: ratings, and the chain of judgements that they and the report rest on.
 *
 * An entry of the ledger is a finding, a conclusion, a recommendation, a lesson or a good practice.
 * It has an id that people can type (F1, C2, R3, L1, G1), fields, and links to what it rests on:
 * quotes, or other entries, each with a stance. A rating is of a criterion, and rests on the
 * findings of that criterion. Everything is only added; the last of what was said about the same
 * holds.
 *
 * Errors, transactions and ownership are those of attest-store.h. What does not exist, does not fit
 * or would rest on itself is ATTEST_ERROR_USAGE.
 */
#pragma once

#include "store/attest-store.h"

G_BEGIN_DECLS

typedef enum
{
  ATTEST_ENTRY_FINDING,
  ATTEST_ENTRY_CONCLUSION,
  ATTEST_ENTRY_RECOMMENDATION,
  ATTEST_ENTRY_LESSON,
  ATTEST_ENTRY_PRACTICE,
} AttestEntryKind;

#define ATTEST_N_ENTRY_KINDS 5

/** "finding", "conclusion", "recommendation", "lesson", "practice" */
const char *attest_entry_kind_to_string (AttestEntryKind kind);
gboolean attest_entry_kind_from_string (const char *name, AttestEntryKind *out_kind);
/** Whether entries of @kind may rest on quotes. */
gboolean attest_entry_kind_takes_quotes (AttestEntryKind kind);
/** "quotes and findings" */
const char *attest_entry_kind_get_bases (AttestEntryKind kind);

typedef enum
{
  ATTEST_FIELD_TEXT, /* never NULL */
  ATTEST_FIELD_CRITERION,
  ATTEST_FIELD_ADDRESSEE, /* who is called upon to act */
  ATTEST_FIELD_PRIORITY,
  ATTEST_FIELD_TIME_FRAME,
  ATTEST_FIELD_RESOURCES,
  ATTEST_FIELD_WITHDRAWN, /* why: the entry no longer counts */
} AttestEntryField;

#define ATTEST_N_ENTRY_FIELDS 7

/** "text", "criterion", "addressee", "priority", "time_frame", "resources", "withdrawn" */
const char *attest_entry_field_to_string (AttestEntryField field);

typedef enum
{
  ATTEST_STANCE_SUPPORTS,
  ATTEST_STANCE_CONTRADICTS,
  ATTEST_STANCE_CONTEXT,
} AttestStance;

#define ATTEST_N_STANCES 3

/** "supports", "contradicts", "context" */
const char *attest_stance_to_string (AttestStance stance);
gboolean attest_stance_from_string (const char *name, AttestStance *out_stance);

typedef struct _AttestLedgerEntry AttestLedgerEntry;

typedef struct
{
  AttestStance stance;
  char *id;                 /* of the quote, or of the entry */
  gint64 quote_key;         /* of the quote; of no meaning for an entry */
  AttestLedgerEntry *entry; /* borrowed; NULL: a quote */
  char *note;               /* (nullable) */
  char *at, *by;
} AttestLedgerLink;

struct _AttestLedgerEntry
{
  gint64 key; /* in this project file */
  AttestEntryKind kind;
  char *id;                            /* "F1" */
  char *fields[ATTEST_N_ENTRY_FIELDS]; /* by AttestEntryField; (nullable) but for the text */
  char *at, *by;                       /* of the last change of a field */
  GArray *links;                       /* of AttestLedgerLink, as they were made */
  GPtrArray *used_by;                  /* of AttestLedgerEntry, borrowed: that rest on it */
};

typedef struct
{
  char *criterion;
  char *level, *scale; /* scale: its id */
  char *label;         /* (nullable) */
  double position;     /* 0 the worst … 1 the best; -1: outside the order */
  char *because;
  char *at, *by;
} AttestRating;

typedef struct
{
  GPtrArray *entries; /* of AttestLedgerEntry, by kind and number */
  GPtrArray *ratings; /* of AttestRating, by criterion */
  GHashTable *by_id;  /* id → AttestLedgerEntry, borrowed */
} AttestLedger;

/** All entries, also withdrawn ones, and the ratings that hold. */
AttestLedger *attest_store_load_ledger (AttestStore *store, GError **error);
void attest_ledger_free (AttestLedger *ledger);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestLedger, attest_ledger_free)

/** Borrowed; NULL: there is none. @id: in any case. */
AttestLedgerEntry *attest_ledger_find (const AttestLedger *ledger, const char *id);
/** Borrowed; NULL: the criterion was not rated. */
const AttestRating *attest_ledger_find_rating (const AttestLedger *ledger, const char *criterion);
static inline gboolean
attest_ledger_entry_is_withdrawn (const AttestLedgerEntry *entry)
{
  return entry->fields[ATTEST_FIELD_WITHDRAWN] != NULL;
}

/** (element-type utf8) ids of what the links of one stance lead to, borrowed, and NULL at the end.
 */
GPtrArray *attest_ledger_entry_list_links (const AttestLedgerEntry *entry, AttestStance stance);
/** Whether a rating of @criterion rests on it: a finding on it that was not withdrawn. */
gboolean attest_ledger_entry_bears (const AttestLedgerEntry *entry, const char *criterion);

/** (element-type AttestRating) every rating ever given, oldest first. @criterion: (nullable) */
GPtrArray *attest_store_list_ratings (AttestStore *store, const char *criterion, GError **error);

/* ---- writes ---- */

/** Whether a codebook that coded the project has the code. */
gboolean attest_store_has_code (AttestStore *store, const char *code, gboolean *out_has,
                                GError **error);
/** FALSE with ATTEST_ERROR_USAGE when no codebook of the project has the code and it was not added,
 * with those that there are. */
gboolean attest_store_check_known_criterion (AttestStore *store, const char *criterion,
                                             GError **error);
/** The same, also when it was dropped: nothing can be judged of it. */
gboolean attest_store_check_criterion (AttestStore *store, const char *criterion, GError **error);

/** Writes. The same text again is the same scale. */
gboolean attest_store_add_scale (AttestStore *store, const char *name, const char *version,
                                 const char *title, const char *sha256, const char *text,
                                 gsize length_bytes, gint64 *out_id, GError **error);
/** The text of the scale that was used last, or *@out_text is NULL: none was. *@out_name: its id.
 */
gboolean attest_store_get_last_scale (AttestStore *store, char **out_name, GBytes **out_text,
                                      GError **error);

/** The text of the scale with this id that was added last, or *@out_text is NULL: there is none. */
gboolean attest_store_find_scale (AttestStore *store, const char *name, GBytes **out_text,
                                  GError **error);

/** Writes. @rating: criterion, level, label, position and because; the rest is not read. */
gboolean attest_store_add_rating (AttestStore *store, gint64 scale_id, const AttestRating *rating,
                                  GError **error);

/**
 * For many changes in one transaction: those below look into the ledger once and not for each. The
 * ledger must not be changed in another way until attest_store_release_ledger().
 */
gboolean attest_store_hold_ledger (AttestStore *store, GError **error);
void attest_store_release_ledger (AttestStore *store);

/** Writes. @fields: by AttestEntryField, (nullable) but for the text. */
gboolean attest_store_add_entry (AttestStore *store, AttestEntryKind kind,
                                 const char *const *fields, char **out_id, GError **error);
/** The same with the id @wanted, "F12" of an entry of another project, where no entry ever had it;
 * otherwise with the next one. */
gboolean attest_store_add_entry_as (AttestStore *store, AttestEntryKind kind, const char *wanted,
                                    const char *const *fields, char **out_id, GError **error);
/** Writes. @fields: NULL leaves, "" removes. What other entries rest on cannot be withdrawn.
 * @out_changed: whether anything is other than it was. */
gboolean attest_store_set_entry (AttestStore *store, const char *id, const char *const *fields,
                                 gboolean *out_changed, GError **error);
/** Writes. @target: id of a quote or an entry. A link that is there gets the stance and the note.
 * @note: NULL leaves it, "" removes it */
gboolean attest_store_set_link (AttestStore *store, const char *id, const char *target,
                                AttestStance stance, const char *note, GError **error);
/** Writes. */
gboolean attest_store_remove_link (AttestStore *store, const char *id, const char *target,
                                   GError **error);

/**
 * Writes. The quote of a document that says @text, word for word; spaces and line ends are one. It
 * gets an id like any other. @page: (nullable) leaves what is known. ATTEST_ERROR_USAGE: no
 * document, or the text is not there, or in several places.
 */
gboolean attest_store_quote_document (AttestStore *store, const char *source, const char *text,
                                      const char *page, char **out_id, GError **error);

/* ---- quotes ---- */

/* A quote with where it is from. */
typedef struct
{
  char *id;
  char *source;
  const char *kind;  /* static: of the source, "interview" */
  gint64 turn;       /* from 0; -1: in none */
  char *speaker;     /* (nullable) label in the transcript */
  char *role;        /* (nullable) with the turn */
  char *group;       /* (nullable) of the respondent */
  char *respondent;  /* (nullable) label */
  gint64 start, end; /* code points; -1: not known, because the text is damaged */
  gint64 start_byte, end_byte;
  gint64 start_ms;           /* of the turn, or ATTEST_NO_TIME */
  char *page;                /* (nullable) of a document, as printed */
  char *text;                /* what stands there now; "" when nothing does */
  const char *problem;       /* static or interned; NULL: the quote stands, byte for byte */
  gboolean is_withdrawn;     /* the problem is that whoever said it took it back */
  gint64 segments, rejected; /* that quote it, and how many of them a human rejected */
} AttestQuotePassage;

void attest_quote_passage_free (AttestQuotePassage *passage);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestQuotePassage, attest_quote_passage_free)

/**
 * (element-type AttestQuotePassage) in the order of @ids, each once. ATTEST_ERROR_USAGE when there
 * is no quote of an id. @ids: (element-type utf8)
 */
GPtrArray *attest_store_load_quotes (AttestStore *store, GPtrArray *ids, GError **error);
/** The quotes that entries rest on: id → AttestQuotePassage, which *@out_owner keeps alive. */
GHashTable *attest_store_load_linked_quotes (AttestStore *store, const AttestLedger *ledger,
                                             GPtrArray **out_owner, GError **error);

G_END_DECLS
