/* attest-cli-inputs: the transcripts that a command line names.
 */
#pragma once

#include "cli/attest-cli.h"
#include "reader/attest-inputs.h"

G_BEGIN_DECLS

/**
 * What the arguments from @first_arg on name, see AttestInputs; "-" is standard input. Tells on
 * inv->err what was left out.
 */
AttestInputs *attest_cli_inputs_new (AttestInvocation *inv, guint first_arg, AttestStdinUse use,
                                     GError **error);

/** Tells that one of them was not taken, and why. Sets inv->exit: that of @error when it was the
 * only one, else ATTEST_EXIT_INPUT, whatever the reason. */
void attest_cli_input_fail (AttestInvocation *inv, const AttestInputs *inputs, const GError *error);

/** The bytes of one file, or with "-" of standard input; owned. */
AttestInput *attest_cli_input_load (const char *path, GError **error);

G_END_DECLS
