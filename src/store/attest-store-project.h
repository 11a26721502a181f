/* attest-store-project: what is known of the project and of its evaluation, and which criteria are
 * judged.
 *
 * Values have a key and, where they are said in several languages, a language. The keys that
 * reports and briefs know are in a table; any other key may be given, too. Everything is only
 * added; the last of what was said about the same holds.
 *
 * The criteria of an evaluation are the codes of the dimension "criterion" of its codebooks,
 * without those that were dropped, and with those that were added: both with a reason.
 *
 * Errors, transactions and ownership are those of attest-store.h. What does not fit is
 * ATTEST_ERROR_USAGE.
 */
#pragma once

#include "store/attest-store.h"

G_BEGIN_DECLS

/* The dimension whose codes are the criteria. */
#define ATTEST_DIMENSION_CRITERION "criterion"

/* ---- keys ---- */

typedef enum
{
  ATTEST_PROJECT_LINE,   /* one line */
  ATTEST_PROJECT_TEXT,   /* paragraphs, with an empty line between */
  ATTEST_PROJECT_LIST,   /* an item a line */
  ATTEST_PROJECT_DATE,   /* "2019-10-21", or only its year and month, or its year */
  ATTEST_PROJECT_MONEY,  /* "USD 37887": currency (ISO 4217) and amount */
  ATTEST_PROJECT_CHOICE, /* one of some words */
} AttestProjectKind;

typedef struct
{
  const char *key;        /* "gender_marker" */
  const char *label;      /* "Gender marker", for people */
  gboolean of_evaluation; /* FALSE: of the project that was evaluated */
  AttestProjectKind kind;
  const char *const *choices; /* of a choice, NULL-terminated */
  const char *help;           /* (nullable) what is meant */
} AttestProjectKey;

/** The keys that are known, ended by one whose key is NULL, those of the project first. */
const AttestProjectKey *attest_project_keys (void);
/** NULL: a key of the user's own, whose values are text. @key: as attest_project_normalise_key().
 */
const AttestProjectKey *attest_project_find_key (const char *key);
/** Writes the value as it is kept: a date, an amount, the items of a list. NULL with
 * ATTEST_ERROR_USAGE, which says what fits. @key: normalised. */
char *attest_project_normalise_value (const char *key, const char *value, GError **error);
/** "Gender marker" and "gender-marker" are "gender_marker"; NULL: no key can be called that. */
char *attest_project_normalise_key (const char *key);

/* ---- what holds ---- */

typedef struct
{
  char *key;
  char *lang;  /* ISO 639-1; "": of no language */
  char *value; /* NULL only in the history: removed */
  char *at, *by;
} AttestProjectValue;

typedef enum
{
  ATTEST_SCOPE_CODEBOOK, /* judged, as the codebook has it */
  ATTEST_SCOPE_ADDED,    /* judged, though no codebook has it, or after it had been dropped */
  ATTEST_SCOPE_DROPPED,  /* not judged */
} AttestScope;

/** "codebook", "added", "dropped" */
const char *attest_scope_to_string (AttestScope scope);

typedef struct
{
  char *criterion; /* id */
  char *name;      /* (nullable) for people */
  AttestScope scope;
  gboolean in_codebook;    /* a codebook of the project has a code of this id */
  char *because, *at, *by; /* NULL: as the codebook has it */
} AttestCriterion;

typedef struct
{
  GPtrArray *values; /* of AttestProjectValue: known keys in their order, then others by name;
                        of each the value of no language first */
  GPtrArray
      *criteria; /* of AttestCriterion: of codebooks in their order, then others as they came */
} AttestProject;

/** The title is also that of attest_store_create(), until another is set. */
AttestProject *attest_store_load_project (AttestStore *store, GError **error);
void attest_project_free (AttestProject *project);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestProject, attest_project_free)

/** Borrowed: the value in @lang, else of no language, else in English, else in any; NULL: not
 * known. @lang: (nullable) */
const char *attest_project_get (const AttestProject *project, const char *key, const char *lang);
/** Borrowed; only in @lang, "" for no language. */
const AttestProjectValue *attest_project_find (const AttestProject *project, const char *key,
                                               const char *lang);
/** The items of a list, or the lines of a text; NULL-terminated, empty when it is not known. */
char **attest_project_dup_items (const AttestProject *project, const char *key, const char *lang);
/** FALSE: it is not known. @out_currency: ISO 4217. */
gboolean attest_project_get_budget (const AttestProject *project, char out_currency[4],
                                    double *out_amount);

/** FALSE with ATTEST_ERROR_USAGE when values contradict each other: a period that ends before it
 * begins. */
gboolean attest_project_check (const AttestProject *project, GError **error);

/** Borrowed; NULL: neither of a codebook nor added. */
const AttestCriterion *attest_project_find_criterion (const AttestProject *project,
                                                      const char *criterion);
static inline gboolean
attest_criterion_is_judged (const AttestCriterion *criterion)
{
  return criterion->scope != ATTEST_SCOPE_DROPPED;
}

/** (element-type AttestProjectValue) every value ever given and not taken back, oldest first. */
GPtrArray *attest_store_list_project_history (AttestStore *store, GError **error);

/* ---- writes ---- */

/** Writes. @key: any spelling. @lang: (nullable) no language. @value: items of a list on lines;
 * NULL or "" removes. @out_changed: (optional) whether it is other than it was. */
gboolean attest_store_set_project_value (AttestStore *store, const char *key, const char *lang,
                                         const char *value, gboolean *out_changed, GError **error);

/**
 * Writes. Adds a criterion that no codebook has, or that was dropped. @name: (nullable)
 * @out_changed: (optional) FALSE: it is judged already, for this reason.
 */
gboolean attest_store_add_criterion (AttestStore *store, const char *criterion, const char *name,
                                     const char *because, gboolean *out_changed, GError **error);
/** Writes. A criterion is judged no more. Refused while findings on it hold, or a rating in the
 * order of its scale. */
gboolean attest_store_drop_criterion (AttestStore *store, const char *criterion,
                                      const char *because, gboolean *out_changed, GError **error);

G_END_DECLS
