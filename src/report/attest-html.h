/* attest-html: a writer of HTML that escapes everything it is given.
 *
 * Appends to a GString that the caller owns and may empty between calls. Elements and attributes
 * are named by literals of the program; texts and values may come from strangers and never become
 * markup: & < > " ' are escaped, control characters other than LF and TAB become U+FFFD. There is
 * no way to write an event handler, a style or a link that leaves the page and its folder: links
 * are made from anchors and names of pages only.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _AttestHtml AttestHtml;

AttestHtml *attest_html_new (GString *out);
/** All elements must be closed. */
void attest_html_free (AttestHtml *html);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestHtml, attest_html_free)

/** Opens an element; then pairs of name and value up to NULL. A value NULL leaves its attribute
 * out. */
void attest_html_open (AttestHtml *html, const char *element, ...) G_GNUC_NULL_TERMINATED;
/** Closes the innermost open element, which is @element. */
void attest_html_close (AttestHtml *html, const char *element);
/** An element that holds nothing and is never closed: br, meta. */
void attest_html_void (AttestHtml *html, const char *element, ...) G_GNUC_NULL_TERMINATED;
/** An element with a text. */
void attest_html_element (AttestHtml *html, const char *element, const char *text,
                          ...) G_GNUC_NULL_TERMINATED;
void attest_html_text (AttestHtml *html, const char *text);
void attest_html_printf (AttestHtml *html, const char *format, ...) G_GNUC_PRINTF (2, 3);
/** What somebody said: valid UTF-8; the end of a paragraph (see attest_text_dup_unwrapped) becomes
 * an empty line. */
void attest_html_prose (AttestHtml *html, const char *text, gsize length_bytes);
/**
 * The value of `dir` for what somebody said, in a page that runs from left to right: "rtl" when its
 * first letter is of a script that does not, else NULL. The same as "auto", which browsers find out
 * anew at each change: a tenth of the time to open a book. Static.
 */
const char *attest_html_direction (const char *text, gsize length_bytes);
/** A name inside of a sentence: set apart when it may turn what stands around it. */
void attest_html_name (AttestHtml *html, const char *text);
/** Ends a line of the file inside the next start tag, where it is no text: browsers keep a node for
 * each text, and a book has ten thousands of records. */
void attest_html_break (AttestHtml *html);
/** Literals of the program only. */
void attest_html_literal (AttestHtml *html, const char *markup);

/**
 * An anchor made of a prefix of the program and a text of anybody: letters of ASCII, digits and -
 * stay, other bytes become _ and two hexadecimal digits, so that different texts make different
 * anchors.
 */
char *attest_html_dup_anchor (const char *prefix, const char *text);
/** The same with # in front, for a link. */
char *attest_html_dup_link (const char *prefix, const char *text);

G_END_DECLS
