/* attest-cli-projects: which projects a command reads, that takes many of them.
 */
#pragma once

#include "cli/attest-cli.h"

G_BEGIN_DECLS

/**
 * @names: files; folders, which mean all project files (*.attest) right in them, by name; "-":
 * paths on standard input, one a line. A file that is named twice counts once, and is told.
 * Returns: (element-type char *) in the order of @names. ATTEST_ERROR_USAGE: there are none.
 */
GPtrArray *attest_cli_list_projects (AttestInvocation *inv, const char *const *names, guint n_names,
                                     GError **error);

G_END_DECLS
