/* attest-brief-convert: a page of HTML as a document of an office program or a PDF, by programs
 * that are installed or not.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Whether this is a format that a converter makes: "docx", "odt", "pdf". */
gboolean attest_brief_is_converted (const char *format);
/** Whether it is laid out by the style of the page. */
gboolean attest_brief_needs_style (const char *format);

/**
 * The same page gives the same bytes, with the same converter.
 * Errors: G_IO_ERROR_NOT_FOUND when no program for it is installed, with its Debian package; those
 * of attest_program_run().
 */
GBytes *attest_brief_convert (const char *format, const char *html, gsize length_bytes,
                              GError **error);

G_END_DECLS
