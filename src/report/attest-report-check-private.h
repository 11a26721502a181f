/* What the checks share: each is a function over a checker, and complains. */
#pragma once

#include "report/attest-report-check.h"
#include "report/attest-report-strength.h"

G_BEGIN_DECLS

typedef struct
{
  AttestStore *store;
  const AttestStrengthRules *rules;
  const AttestLedger *ledger;
  AttestStrengthCounter *counter;
  GHashTable *passages; /* id → AttestQuotePassage, of all quotes that are linked */
  GArray *problems;
  const char *check; /* that is at work */
  GError *error;     /* (nullable) of the store: the check stops */
} AttestChecker;

/** @about: (nullable) of several problems of this check with @id, which. @id: (nullable) the whole
 * project. */
void attest_check_complain (AttestChecker *checker, const char *id, const char *about,
                            const char *format, ...) G_GNUC_PRINTF (4, 5);
/** The same of what is worth a look and no mistake yet. */
void attest_check_warn (AttestChecker *checker, const char *id, const char *about,
                        const char *format, ...) G_GNUC_PRINTF (4, 5);

/** What the last problem is in a document, when the catalogue's sentence of the check does not do.
 * @sentence: static; then pairs of name and value for its braces, up to NULL. */
void attest_check_tell (AttestChecker *checker, const char *sentence, ...) G_GNUC_NULL_TERMINATED;

/* Of the links of an entry, those to quotes or to entries with one of the stances. */
#define ATTEST_CHECK_ANY_STANCE 7u
#define ATTEST_CHECK_STANCE(stance) (1u << (stance))
guint attest_check_count_links (const AttestLedgerEntry *entry, gboolean to_quotes, guint stances);

typedef void (*AttestCheckFunc) (AttestChecker *checker);

/* ---- of ratings ---- */

void attest_check_rating_basis (AttestChecker *checker);
void attest_check_strength (AttestChecker *checker);
void attest_check_ceiling (AttestChecker *checker);
void attest_check_one_sided (AttestChecker *checker);
void attest_check_contrast (AttestChecker *checker);
void attest_check_bad_news (AttestChecker *checker);

/* ---- of entries ---- */

void attest_check_without_quote (AttestChecker *checker);
void attest_check_without_basis (AttestChecker *checker);
void attest_check_recommendations (AttestChecker *checker);
void attest_check_unused (AttestChecker *checker);

/* ---- of links ---- */

void attest_check_unanswered (AttestChecker *checker);
void attest_check_stale (AttestChecker *checker);
void attest_check_consent (AttestChecker *checker);
void attest_check_rejected (AttestChecker *checker);

/* ---- of what was not used ---- */

void attest_check_unused_evidence (AttestChecker *checker);
void attest_check_unused_keys (AttestChecker *checker);

G_END_DECLS
