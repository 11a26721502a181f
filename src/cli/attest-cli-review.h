/* attest-cli-review: what the commands that decide of segments share.
 */
#pragma once

#include "cli/attest-cli-commands.h"
#include "store/attest-store-decision.h"

G_BEGIN_DECLS

/* An entry of an options table; TYPE is the command's struct, with the field coder. */
#define ATTEST_OPTION_CODER(TYPE)                                                                  \
  {                                                                                                \
    "coder", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (TYPE, coder), "NAME", "Who says so",           \
        "Without it, the user: $USER, or the login name.", NULL                                    \
  }

/** @coder as given, or the user. Borrowed. */
const char *attest_cli_get_coder (const char *coder);

/** Opens the command's project, which it had for reading, for writing. */
gboolean attest_cli_open_for_writing (AttestInvocation *inv, GError **error);

/** "ID" or "ID:CODE": sets id and, where it is named, code of @spec, which borrow from @out_id. */
void attest_cli_parse_target (const char *text, AttestDecisionSpec *spec, char **out_id);

/**
 * Writes. Takes all the decisions as one command of the audit log. @changed: how many are new;
 * @what: "accepted". Prints what was done, and how it is taken back.
 */
gboolean attest_cli_commit_decisions (AttestInvocation *inv, const char *coder, guint changed,
                                      guint unchanged, const char *what, GError **error);

/** "1 passage accepted; …" is printed; how far the review has come. */
gboolean attest_cli_print_progress (AttestInvocation *inv, GError **error);

/**
 * Writes. Decides what stands in a CSV file, all of it or nothing. Errors name the file and the
 * line. ATTEST_ERROR_INPUT: not such a table, or a row that does not fit the project.
 */
gboolean attest_cli_import_decisions (AttestInvocation *inv, const char *path, const char *coder,
                                      guint *out_changed, guint *out_unchanged, GError **error);
/** The decisions in force, as attest_cli_import_decisions() reads them. @path: (nullable) */
gboolean attest_cli_export_decisions (AttestInvocation *inv, const char *path, GError **error);

/* Which segments are listed; all is borrowed. */
typedef struct
{
  const AttestSegmentFilter *filter; /* with hits */
  const char *rule;                  /* (nullable) only those that it found */
  gint64 min_rules;                  /* only those behind which so many stand */
  const char *format;                /* (nullable) of attest_list_formats */
} AttestReviewListing;

/** Prints them, and for people how far the review has come. */
gboolean attest_cli_list_review (AttestInvocation *inv, const AttestReviewListing *wanted,
                                 GError **error);

G_END_DECLS
