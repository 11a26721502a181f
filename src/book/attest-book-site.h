/* attest-book-site: where the pages of a book go, a folder or one file, all of them or none.
 *
 * A folder is made beside its place under another name. attest_book_site_finish() lists its files
 * with their SHA-256 in SHA256SUMS, and swaps the folder with the one that is there, which then is
 * removed: only the files that its own SHA256SUMS lists.
 */
#pragma once

#include "util/attest-output.h"

G_BEGIN_DECLS

#define ATTEST_BOOK_MANIFEST "SHA256SUMS"

typedef struct _AttestBookSite AttestBookSite;

/** Fails before anything is written when @path is a folder that holds something else than a book.
 */
AttestBookSite *attest_book_site_new (const char *path, GError **error);
gboolean attest_book_site_is_folder (const AttestBookSite *site);
/** Borrowed: where to append what belongs on the page of this name; in one file always the same.
 * A page must be ended before the next begins. */
AttestOutput *attest_book_site_begin (AttestBookSite *site, const char *page, GError **error);
/** To be called between records, see attest_output_step(). */
gboolean attest_book_site_step (AttestBookSite *site, GError **error);
gboolean attest_book_site_end (AttestBookSite *site, GError **error);
/** Puts the book in its place. @out_bytes: (optional) its size. */
gboolean attest_book_site_finish (AttestBookSite *site, guint64 *out_bytes, GError **error);
/** Without attest_book_site_finish() before, nothing of the book stays. */
void attest_book_site_free (AttestBookSite *site);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestBookSite, attest_book_site_free)

G_END_DECLS
