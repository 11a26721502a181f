/* attest-cli-agree-options: what `attest agree` is asked for on the command line.
 */
#pragma once

#include "cli/attest-cli.h"
#include "stats/attest-agreement.h"

G_BEGIN_DECLS

typedef struct
{
  char *table, *gold, *mapping, *metric, *weights, *values, *unit, *dimension, *codes_of, *format,
      *output, *sample;
  char **codebooks, **coders, **runs;
  int bootstrap, seed, jobs;
  gboolean no_intervals, disagreements, consensus, judged;
} AttestAgreeOptions;

/** Ended by {NULL}. */
extern const AttestOption attest_agree_options[];

/** Whether stretches are compared, not items. */
gboolean attest_agree_is_spans (const AttestAgreeOptions *options);
/** ATTEST_ERROR_USAGE: options that do not go together, or one that is missing. Sets what they say
 * of @input. */
gboolean attest_agree_take_options (const AttestAgreeOptions *options, AttestAgreementInput *input,
                                    GError **error);
/** Number of @name in @names, or @otherwise for NULL. */
guint attest_agree_find_name (const char *const *names, const char *name, guint otherwise);

G_END_DECLS
