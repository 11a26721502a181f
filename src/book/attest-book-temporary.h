/* attest-book-temporary: the folder beside its place in which a book is written, and what dead
 * programs left of theirs.
 *
 * Beside "book.Ab12Cd" stands "book.Ab12Cd.lock", which is locked (flock) for as long as the
 * program lives, however it ends. Who writes "book" next and can take that lock knows that the
 * folder is left over, and removes it. A folder without such a file is somebody's own and is never
 * touched.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _AttestBookTemporary AttestBookTemporary;

/** Removes what is left over of @target, and makes a folder. Errors are of G_FILE_ERROR, without
 * the name of the folder. */
AttestBookTemporary *attest_book_temporary_new (const char *target, GError **error);
const char *attest_book_temporary_get_path (const AttestBookTemporary *temporary);
/** The folder is not needed any more: it was moved, or is empty. */
void attest_book_temporary_free (AttestBookTemporary *temporary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestBookTemporary, attest_book_temporary_free)

/** The files of the book in @folder, as a set with a free function; NULL: it is no book. */
GHashTable *attest_book_list_files (const char *folder);
/** Removes the files of the book in @folder, or the pages of one that was not finished, and the
 * folder unless it holds something else. */
void attest_book_remove_folder (const char *folder);

G_END_DECLS
