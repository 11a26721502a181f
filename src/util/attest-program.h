/* attest-program: another program, run once on a file in a folder of its own.
 *
 * For converters to formats of office programs, which no library writes. There is no shell: a
 * program gets its arguments as they are. It starts in a new folder that only this user can read,
 * which is also its home and its place for temporary files, so that it finds no settings and leaves
 * nothing; after a time it is ended with all that it started.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *const *args; /* NULL-terminated; args[0]: a path, from attest_program_find() */
  const char *input_name;  /* a file in the folder, with @input, is made before */
  GBytes *input;
  const char *output_name; /* the file in the folder that the program makes */
  guint max_seconds;
  gsize max_bytes; /* of the output */
} AttestProgram;

/** The path of the first of these names that is in PATH; NULL: none. @names: NULL-terminated */
char *attest_program_find (const char *const *names);

/**
 * Runs a program and returns what it wrote.
 * Errors: ATTEST_ERROR_LIMIT when it takes too long or writes too much; G_IO_ERROR and G_FILE_ERROR
 * when it fails, with the last line of what it complains of, cleaned for a terminal.
 */
GBytes *attest_program_run (const AttestProgram *program, GError **error);

G_END_DECLS
