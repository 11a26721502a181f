/* attest-cli-projects: which projects a command reads, that takes many of them.
 */
#pragma once

#include "cli/attest-cli.h"

G_BEGIN_DECLS

/**
 * @names: files; patterns of files (glob(7)) where no file has that name; folders, which mean all
 * project files (*.attest) right in them, by name; "-": paths on standard input, one a line. A file
 * that is named twice counts once, and is told. Returns: (element-type char *) in the order of
 * @names. ATTEST_ERROR_USAGE: there are none.
 */
GPtrArray *attest_cli_list_projects (AttestInvocation *inv, const char *const *names, guint n_names,
                                     GError **error);
/**
 * The same of the arguments that are projects (@named) and of --project (@given, (nullable)); where
 * both are empty, the project of the folder. @given may be patterns of files, too.
 */
GPtrArray *attest_cli_choose_projects (AttestInvocation *inv, const GPtrArray *named,
                                       char *const *given, GError **error);

G_END_DECLS
