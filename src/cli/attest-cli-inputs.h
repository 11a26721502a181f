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

/** The bytes of one file, or with "-" of standard input; owned. */
AttestInput *attest_cli_input_load (const char *path, GError **error);

G_END_DECLS
