/* attest-error: the one error domain of attest.
 *
 * Codes say what the reader of the message can do next, not which library
 * failed. Errors of other domains (G_FILE_ERROR, G_IO_ERROR …) mean that a
 * file could not be read or written and pass through unchanged.
 *
 * Messages are lower case, without a full stop, name file and place where they
 * are known ("FILE:LINE:COLUMN: ") and end with the remedy where there is one.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ATTEST_ERROR (attest_error_quark ())

typedef enum
{
  ATTEST_ERROR_USAGE,    /* the command line is wrong */
  ATTEST_ERROR_INPUT,    /* a document is not what it claims to be */
  ATTEST_ERROR_CODEBOOK, /* a mistake in a codebook */
  ATTEST_ERROR_STORE,    /* the project file is damaged, busy, read-only or not ours */
  ATTEST_ERROR_SCHEMA,   /* the project file is newer than this program */
  ATTEST_ERROR_LIMIT,    /* a limit stopped the work, the result is incomplete */
} AttestErrorCode;

/* Exit statuses of the program, see the table in the manual. */
typedef enum
{
  ATTEST_EXIT_OK = 0,
  ATTEST_EXIT_FILE = 1,
  ATTEST_EXIT_USAGE = 2,
  ATTEST_EXIT_INPUT = 3,
  ATTEST_EXIT_CODEBOOK = 4,
  ATTEST_EXIT_STORE = 5,
  ATTEST_EXIT_LIMIT = 6,
  ATTEST_EXIT_FOUND = 10, /* a check found something */
} AttestExit;

GQuark attest_error_quark (void);

/**
 * Sets @error in the ATTEST_ERROR domain.
 *
 * Returns: always FALSE, so that a function can end with
 * `return attest_throw (error, …)`. Functions that return a pointer use
 * attest_throw_null().
 */
gboolean attest_throw (GError **error, AttestErrorCode code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
gpointer attest_throw_null (GError **error, AttestErrorCode code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/** The exit status that stands for @error; ATTEST_EXIT_OK for NULL. */
AttestExit attest_error_exit (const GError *error);

G_END_DECLS
