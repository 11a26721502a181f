/* attest-cli-editor: the user's text editor, run without a shell.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * The words of $VISUAL, else $EDITOR, as a shell would part them, without expanding anything; else
 * an editor that is installed. ATTEST_ERROR_USAGE: there is none, or the words cannot be parted.
 */
char **attest_editor_dup_command (GError **error);
/** Whether the user named one. */
gboolean attest_editor_is_chosen (void);

/** Runs the editor on @path and waits for it. ATTEST_ERROR_USAGE: it cannot be started, or says
 * that it failed. Keys that stop a program are for the editor alone. */
gboolean attest_editor_run (const char *path, GError **error);

G_END_DECLS
