/* attest-path: where shipped files are found.
 *
 * In this order: $XDG_DATA_HOME/attest, the source tree when the program runs
 * uninstalled (ATTEST_DATA_DIR in the environment, set by the tests and by
 * the wrapper of the demo, or the program's own folder), pkgdatadir.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * The first DIR/@subdir/@name that is a file, or NULL. @name may be what a user typed: a path
 * ("../x") or a hidden file is never found.
 */
char *attest_path_find_data (const char *subdir, const char *name);

/**
 * The names of the files in all DIR/@subdir that end in @suffix, in byte order, each once.
 *
 * Returns: (element-type utf8): free with g_ptr_array_unref().
 */
GPtrArray *attest_path_list_data (const char *subdir, const char *suffix);

G_END_DECLS
