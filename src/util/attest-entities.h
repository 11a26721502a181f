/* attest-entities: character references of HTML ("&amp;", "&#233;", "&#xe9;").
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Longest text that one reference stands for, bytes (two code points). */
#define ATTEST_ENTITY_TEXT_BYTES 8

/**
 * Decodes the reference at @text, which begins with '&', by the rules of HTML: the longest known
 * name wins, some names need no semicolon, numbers that are no character become U+FFFD.
 * @out_text: its UTF-8 text, NUL-terminated.
 *
 * Returns: the bytes of the reference, or 0 when it is none and the '&' is just a character.
 */
gsize attest_entity_decode (const char *text, gsize length_bytes,
                            char out_text[ATTEST_ENTITY_TEXT_BYTES]);

G_END_DECLS
