/* attest-cli-agree-names: names of a table, each with a number, and its cells.
 */
#pragma once

#include <glib.h>

#include "util/attest-csv.h"

G_BEGIN_DECLS

/* In place of the number of a name: there is none. */
#define ATTEST_AGREE_NO_CODE G_MAXUINT

typedef struct
{
  GPtrArray *names;    /* of char *, by number */
  GHashTable *numbers; /* name → number */
} AttestAgreeNames;

void attest_agree_names_init (AttestAgreeNames *names);
void attest_agree_names_clear (AttestAgreeNames *names);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AttestAgreeNames, attest_agree_names_clear)

/** FALSE: it is not there. */
gboolean attest_agree_names_find (const AttestAgreeNames *names, const char *name, guint *out);
/** The number of @name, which is new or not. */
guint attest_agree_names_add (AttestAgreeNames *names, const char *name);
/** Numbers by size, then words by their bytes. Returns: (transfer full) by former number the new.
 */
guint *attest_agree_names_sort (AttestAgreeNames *names);

/** FALSE: @text is no finite number, with a point. */
gboolean attest_agree_parse_double (const char *text, double *out);

/** Adds to @warnings that two differ in case alone, if so. @what: "coders" */
void attest_agree_names_warn_alike (const AttestAgreeNames *names, const char *what,
                                    GPtrArray *warnings);
/** ATTEST_ERROR_LIMIT "LINE: …": there are too many. @what: what @codes are. */
gboolean attest_agree_check_numbers (const AttestAgreeNames *coders, const AttestAgreeNames *codes,
                                     const char *what, guint line, GError **error);

/** The rows of a file, in NFC; the first is the header. Errors begin with its path. */
GPtrArray *attest_agree_load_rows (const char *path, GError **error);
/** Where the columns of these names are, -1: there is none. ATTEST_ERROR_INPUT "1: …": one is there
 * twice. */
gboolean attest_agree_find_columns (const AttestCsvRow *header, const char *const *names, guint n,
                                    int *out_columns, GError **error);
/** Without outer spaces; changes @text. */
char *attest_agree_strip (char *text);
/** Borrowed, without outer spaces; "" when @column is -1. */
const char *attest_agree_cell (const AttestCsvRow *row, int column);

G_END_DECLS
