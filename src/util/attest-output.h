/* attest-output: text that leaves the program piece by piece, to a stream or into a file that
 * appears whole or not at all.
 */
#pragma once

#include <glib.h>
#include <stdio.h>

G_BEGIN_DECLS

typedef struct _AttestOutput AttestOutput;

/** Borrows @stream. When its reader has closed the pipe, what follows is dropped without error. */
AttestOutput *attest_output_new_stream (FILE *stream);

/**
 * Writes into a new file beside @path, which attest_output_close() puts in its place; until then, a
 * file that is there stays as it is. The new one has the rights of the old one, else those of the
 * umask. A symbolic link is followed; what is no regular file (a pipe, /dev/null) is written
 * directly.
 * Errors: G_FILE_ERROR, with the path.
 */
AttestOutput *attest_output_new_file (const char *path, GError **error);

/** Borrowed: append to it what is to be written, and nothing else. */
GString *attest_output_get_buffer (AttestOutput *output);

/** To be called between records: writes the buffer and empties it, when it is large. */
gboolean attest_output_step (AttestOutput *output, GError **error);

/** Writes what is left and makes the file appear. Success means that it is on the disk. */
gboolean attest_output_close (AttestOutput *output, GError **error);

/** Without attest_output_close() before, nothing of a file stays. */
void attest_output_free (AttestOutput *output);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestOutput, attest_output_free)

G_END_DECLS
