/* attest-book: the evidence book, a project as pages that people read in a browser.
 *
 * A book is a folder of pages or one page. It asks for nothing from outside, works from a file as
 * from a server, with a script or without, and prints. It names no speaker and no respondent. The
 * same project, options and template give the same bytes: nothing in it tells when it was written.
 *
 * It appears whole or not at all: a folder is written beside the old one and then put in its place.
 */
#pragma once

#include "model/attest-strength.h"
#include "report/attest-disclosure.h"
#include "store/attest-store.h"

G_BEGIN_DECLS

/* All borrowed; (nullable) as said. */
typedef struct
{
  const char *codebook;     /* (nullable) name; NULL: that of the last run */
  const char *lang;         /* of the labels, see attest_catalogue_list_langs() */
  const char *template_dir; /* (nullable) files that replace those of attest, see doc/book.md */
  /* (nullable) taken over, not borrowed; NULL: for the team. For the public, quotes stand as each
   * respondent consented, transcripts hold these quotes only, and small counts are hidden. */
  AttestDisclosure *disclosure;
} AttestBookOptions;

typedef struct
{
  gint64 pages, segments, transcripts;
  guint64 bytes;
} AttestBookResult;

/**
 * Writes the book to @path: one page when that ends in .html or .htm, else a folder. A folder that
 * is there is replaced only when it is empty or holds a book and nothing else; that is
 * ATTEST_ERROR_USAGE otherwise. ATTEST_ERROR_INPUT: a template that cannot be used, with file,
 * line and column. @out_result: (optional)
 */
gboolean attest_book_write (AttestStore *store, const AttestStrengthRules *rules,
                            const AttestBookOptions *options, const char *path,
                            AttestBookResult *out_result, GError **error);

G_END_DECLS
