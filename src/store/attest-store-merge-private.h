/* attest-store-merge-private: what the files of merging share.
 *
 * Rows are copied from a copy to the merged project with what they refer to put right: each copy
 * has maps from its ids to those of the merged project, which copying rows fills.
 */
#pragma once

#include "store/attest-store-merge.h"
#include "store/attest-store-private.h"
#include "util/attest-anchor.h"

G_BEGIN_DECLS

typedef struct _AttestMergeCopy AttestMergeCopy;

/* An entry of the audit log of a copy. */
typedef struct
{
  AttestMergeCopy *copy; /* borrowed */
  gint64 seq;            /* in the copy */
  char *at, *actor, *command, *detail;
  char *name;  /* the same in all copies: the hash that it had first, and its nonce */
  char *nonce; /* NULL: an older attest wrote it */
  /* As it was written first, see the table copied. */
  char *hash;
  gint64 first_seq;
  char *first_detail, *previous_hash, *known_at;
  gint64 merged_seq; /* in the merged project; 0: not yet there */
} AttestMergeEntry;

struct _AttestMergeCopy
{
  AttestStore *store;  /* borrowed */
  char *name;          /* its path, for people */
  gboolean is_target;  /* what the merged project was before */
  GHashTable *maps;    /* table, interned → (id → id in the merged project) */
  GPtrArray *entries;  /* of AttestMergeEntry, by seq */
  GHashTable *by_name; /* → AttestMergeEntry */
};

/* What a table is made of, and how its rows are copied. */
typedef struct _AttestMergePlan AttestMergePlan;
/* Who withdrew, see attest-store-merge-withdrawals-private.h. */
typedef struct _AttestMergeWithdrawals AttestMergeWithdrawals;
/* Where quotes stand now. */
typedef struct _AttestMergePlaces AttestMergePlaces;

typedef struct
{
  AttestStore *store;  /* the merged project */
  GPtrArray *copies;   /* of AttestMergeCopy; what the project was first, then by their heads */
  GHashTable *plans;   /* table, interned → AttestMergePlan */
  GPtrArray *logs;     /* of char *, interned: tables whose rows belong to an audit entry */
  GPtrArray *entries;  /* of AttestMergeEntry, borrowed: of all copies, each once, in order */
  GHashTable *merged;  /* name → AttestMergeEntry, borrowed: as it is in entries */
  GHashTable *numbers; /* "finding 3" → name of the audit entry whose it is */
  GHashTable *last_numbers;            /* kind → the largest number in any copy, gint64 */
  AttestMergePlaces *places;           /* NULL before the log is merged */
  AttestMergeWithdrawals *withdrawals; /* NULL: nobody withdrew */
  gboolean is_blind;                   /* without the log, for a coder */
  gboolean is_bare; /* and without runs and quotes: nothing tells what rules found */
  AttestMergeResult *result;
} AttestMerge;

/** Borrowed: entry @seq of @copy. */
AttestMergeEntry *attest_merge_copy_entry (const AttestMergeCopy *copy, gint64 seq);
/** Whether @a comes before @b in the merged log: <0, 0, >0. */
int attest_merge_compare_entries (const AttestMergeEntry *a, const AttestMergeEntry *b);

void attest_merge_conflict (AttestMerge *merge, const char *type, const char *id,
                            const AttestMergeCopy *copy, const char *kept, const char *other,
                            const char *format, ...) G_GNUC_PRINTF (7, 8);

/* ---- attest-store-merge-rows.c ---- */

/* A value that is not that of the copy. */
typedef struct
{
  const char *column; /* NULL ends a list */
  gint64 number;
  const char *text; /* NULL: number */
  gboolean is_null; /* it is NULL */
} AttestMergeValue;

/** Finds out of what the tables of the project consist. */
gboolean attest_merge_make_plans (AttestMerge *merge, GError **error);
void attest_merge_plan_free (gpointer plan);
/**
 * Copies the rows of @table whose @column is @value, by id. @values: (nullable).
 * @new_ids: (nullable) (element-type gint64) gets their new ids.
 */
gboolean attest_merge_copy_rows (AttestMerge *merge, AttestMergeCopy *copy, const char *table,
                                 const char *column, gint64 value, const AttestMergeValue *values,
                                 GArray *new_ids, GError **error);
/** SQL of the rows of a log table that belong to no entry: id, by what they are the same, ''.
 * Interned; NULL: all belong to one. */
const char *attest_merge_get_unsealed_sql (AttestMerge *merge, const char *table);
/** Says what row @id of @table of a copy is in the merged project. */
void attest_merge_map_id (AttestMergeCopy *copy, const char *table, gint64 id, gint64 merged_id);
/** 0: not known. */
gint64 attest_merge_find_id (const AttestMergeCopy *copy, const char *table, gint64 id);
/** The ids of the rows of a log table that belong to entry @seq, in order; empty: it has no ids. */
GArray *attest_merge_list_ids (AttestMerge *merge, const AttestMergeCopy *copy, const char *table,
                               gint64 seq, GError **error);

/** The id of a copy of a row of the merged project; 0: it has none. */
gint64 attest_merge_find_reverse (const AttestMergeCopy *copy, const char *table, gint64 merged_id);

/* A row of a log table that is about quotes, in the copy from which it is taken. */
typedef struct
{
  gint64 id, seq, quote_key; /* quote_key: 0: about none */
  char *fields;              /* all other columns, with ids of the merged project */
  gboolean removes;          /* it takes something away: its stance is NULL */
} AttestMergeRow;

/** Whether rows of the log table have an id and a quote that they are about. */
gboolean attest_merge_is_about_quotes (AttestMerge *merge, const char *table);
/** The rows of @copy, by entry and id; with a clear function. */
GArray *attest_merge_list_rows (AttestMerge *merge, AttestMergeCopy *copy, const char *table,
                                GError **error);

/* ---- attest-store-merge-places.c ---- */

/** After the versions and quotes of all copies were brought. */
AttestMergePlaces *attest_merge_places_new (AttestMerge *merge, GError **error);
void attest_merge_places_free (AttestMergePlaces *places);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestMergePlaces, attest_merge_places_free)
/** Where a quote stands in the last version of its source: itself when it is of that. Registers it
 * there. When nobody can say where, @out_how is ambiguous or lost, and @out_place the last quote to
 * which somebody carried it, perhaps itself. */
gboolean attest_merge_find_place (AttestMerge *merge, gint64 key, gint64 *out_place,
                                  AttestAnchor *out_how, GError **error);
/** The quote that the update @merged_seq carried to @key; 0: none. */
gint64 attest_merge_find_place_before (const AttestMerge *merge, gint64 key, gint64 merged_seq);
/** Where copies corrected a text there and back, quotes were carried to a version that came before
 * in the end: there they count no more. Removes that from the merged project. */
gboolean attest_merge_drop_carried_back (AttestMerge *merge, GError **error);
/** Whether an update of a copy carried @key to @place; 0: whether anybody could not say where to.
 */
gboolean attest_merge_was_carried (const AttestMerge *merge, gint64 key, gint64 place);

/* ---- attest-store-merge-quoting.c ---- */

/** Brings the rows of a log table that is about quotes, of all copies, in the order in which people
 * meant them. @n_by_entry: (element-type gint64) by merged_seq - 1, to which is added. */
gboolean attest_merge_quoting (AttestMerge *merge, const char *table, GArray *n_by_entry,
                               GError **error);

/* ---- attest-store-merge-content.c, -sources.c, -respondents.c, -log.c ---- */

gboolean attest_merge_sources (AttestMerge *merge, GPtrArray *labels, GError **error);
gboolean attest_merge_content (AttestMerge *merge, GError **error);
/** Rows of log tables that belong to no entry, because an older attest wrote them. */
gboolean attest_merge_unsealed (AttestMerge *merge, GError **error);
gboolean attest_merge_choose_coded (AttestMerge *merge, GError **error);
gboolean attest_merge_respondents (AttestMerge *merge, GError **error);
/** Sets attributes and speakers; after the log. */
gboolean attest_merge_describe_respondents (AttestMerge *merge, GError **error);
gboolean attest_merge_guides (AttestMerge *merge, GError **error);

/** Where copies that did not know of each other differ. */
gboolean attest_merge_list_differences (AttestMerge *merge, GError **error);

AttestMergeCopy *attest_merge_copy_new (AttestStore *store, GError **error);
void attest_merge_copy_free (AttestMergeCopy *copy);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestMergeCopy, attest_merge_copy_free)
/** Orders the entries of all copies. */
void attest_merge_order_entries (AttestMerge *merge);
gboolean attest_merge_log (AttestMerge *merge, GError **error);
/** The number that entry @number of @kind gets, which @copy wrote. */
gint64 attest_merge_choose_number (AttestMerge *merge, AttestMergeCopy *copy, const char *kind,
                                   gint64 number, const char *name);

G_END_DECLS
