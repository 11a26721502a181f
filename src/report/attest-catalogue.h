/* attest-catalogue: the words that attest puts around evidence in a document for others, in the
 * language of that document.
 *
 * One catalogue, src/report/labels/labels.ini, in the format of GKeyFile: groups of keys, each in
 * English and, as key[LANG], in other languages. gettext was not taken, since it translates only
 * into the language of an installed locale, and not at all in the locale C: a document in French
 * must not hang on the machine that writes it. A file of somebody else may replace single labels.
 *
 * Labels are plain text: who writes them into HTML or Markdown escapes them. They hold no formats
 * of printf; {name} stands for a value.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Immutable. */
typedef struct _AttestCatalogue AttestCatalogue;

/** The languages that the catalogue is in, NULL-terminated: "en" first. */
const char *const *attest_catalogue_list_langs (void);

/**
 * @lang: one of attest_catalogue_list_langs(); @path: (nullable) a file whose labels come before
 * those of the catalogue. Its errors (ATTEST_ERROR_INPUT) name the line: no such label, no such
 * {value}.
 */
AttestCatalogue *attest_catalogue_new (const char *lang, const char *path, GError **error);
void attest_catalogue_free (AttestCatalogue *labels);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestCatalogue, attest_catalogue_free)

/** "fr" */
const char *attest_catalogue_get_lang (const AttestCatalogue *labels);
/** The label of "GROUP.KEY". It must be in the catalogue. */
const char *attest_catalogue_get (const AttestCatalogue *labels, const char *name);
/** The label of @key in @group, or @key itself: for words of data, which may be somebody's own. */
const char *attest_catalogue_get_word (const AttestCatalogue *labels, const char *group,
                                       const char *key);
/** NULL: the catalogue has no such label. */
const char *attest_catalogue_find (const AttestCatalogue *labels, const char *name);
/** The label with values for what stands in braces: pairs of name and value up to NULL. */
char *attest_catalogue_dup (const AttestCatalogue *labels, const char *name,
                            ...) G_GNUC_NULL_TERMINATED;
/** The same with an array of name, value … NULL. */
char *attest_catalogue_dup_with (const AttestCatalogue *labels, const char *name,
                                 const char *const *pairs);

G_END_DECLS
