/* attest-cli-sample-list: what was drawn before, and how much of it is judged. */
#pragma once

#include "cli/attest-cli.h"

G_BEGIN_DECLS

/** The samples, and who has judged how much of each. @format: (nullable) */
gboolean attest_cli_sample_list (AttestInvocation *inv, const char *format, GError **error);
/** The units of sample @name, and who has judged each. @format: (nullable) */
gboolean attest_cli_sample_show (AttestInvocation *inv, const char *name, const char *format,
                                 GError **error);

G_END_DECLS
