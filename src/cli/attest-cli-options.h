/* attest-cli-options: values of the options of a table out of the words of a command line.
 *
 * Strings are read as file names and checked as UTF-8 here, because GOption refuses "é" in the C
 * locale.
 */
#pragma once

#include "cli/attest-cli.h"

G_BEGIN_DECLS

/**
 * Parses @options out of @args (argv[0] included) into @opts; what remains are the positional
 * arguments. @extra_help: (nullable) also takes -h and --help. @stop_early: stop at the first
 * positional argument. Errors: those of GOption, ATTEST_ERROR_USAGE for a value that is not one of
 * the choices.
 */
gboolean attest_cli_options_parse (const AttestOption *options, gpointer opts, gboolean *extra_help,
                                   gboolean stop_early, char ***args, GError **error);
/** Frees the values. */
void attest_cli_options_clear (const AttestOption *options, gpointer opts);

G_END_DECLS
