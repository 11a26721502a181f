/* attest-cli-ledger: what the commands of the ledger do, whichever kind of entry they are for: the
 * first word of their name says it ("finding add").
 */
#pragma once

#include "cli/attest-cli.h"
#include "codebook/attest-scale.h"
#include "report/attest-report-chain.h"
#include "store/attest-store-ledger.h"
#include "cli/attest-cli-disclosure.h"
#include "store/attest-store-project.h"
#include "util/attest-json.h"

G_BEGIN_DECLS

/* The options of all of these commands; each has some. */
typedef struct
{
  char *criterion, *addressee, *priority, *time_frame, *resources;
  char *withdraw;
  char **on, **against, **context; /* ids */
  char *stance, *note;
  char *document, *quote, *page;
  gboolean remove;
  char *coder;
  char *format;
  AttestDisclosureFlags disclosure;
} AttestCliLedgerOptions;

gboolean attest_cli_ledger_add (AttestInvocation *inv, GError **error);
gboolean attest_cli_ledger_edit (AttestInvocation *inv, GError **error);
gboolean attest_cli_ledger_link (AttestInvocation *inv, GError **error);
gboolean attest_cli_ledger_list (AttestInvocation *inv, GError **error);
gboolean attest_cli_ledger_show (AttestInvocation *inv, GError **error);

/** What somebody typed, in NFC and without space around it. ATTEST_ERROR_USAGE when it is empty or
 * no UTF-8. @what: "the text of a finding". */
char *attest_cli_dup_typed (const char *text, const char *what, GError **error);

/** The object of a criterion: criterion, name, scope, judged, in_codebook, because, by, at. */
void attest_cli_write_criterion (const AttestCriterion *criterion, AttestJson *json);

/** When the project has no rating yet. */
#define ATTEST_CLI_DEFAULT_SCALE "iom-5"
/** @name: a file, or the id of a scale: one that the project keeps goes before a shipped one; NULL:
 * that of the last rating. */
AttestScale *attest_cli_load_scale (AttestStore *store, const char *name, GError **error);
/** Writes. Keeps the scale with the rating. */
gboolean attest_cli_add_rating (AttestStore *store, const AttestScale *scale,
                                const AttestRating *rating, GError **error);

/** Prints a trace, of which to the public only what may be told stays in @chain; @format as that of
 * `trace`. */
gboolean attest_cli_print_chain (AttestInvocation *inv, AttestChain *chain, const char *format,
                                 const AttestDisclosureFlags *flags, GError **error);
gboolean attest_cli_print_trace (AttestInvocation *inv, const char *id, const char *format,
                                 const AttestDisclosureFlags *flags, GError **error);

G_END_DECLS
