/* attest-text: counting, mapping, cleaning and clipping of UTF-8 text.
 *
 * Unless said otherwise, text is valid UTF-8 given with its length in bytes;
 * it need not be NUL-terminated. No function alters its input.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Code points in @length_bytes of valid UTF-8. */
gsize attest_text_count_chars (const char *text, gsize length_bytes);

/**
 * Words: maximal runs of letters, digits, combining marks and invisible format characters (soft
 * hyphen, zero-width joiner) that begin with a letter or digit; an apostrophe (' or U+2018,
 * U+2019) or hyphen between letters does not end a word. What stands in
 * square brackets (at most 60 bytes, on one line: "[inaudible 00:12:31]") is a
 * note of the transcriber and not counted.
 */
gsize attest_text_count_words (const char *text, gsize length_bytes);

/** Number of the line (from 1) that holds @byte: one more than the LFs before it. */
guint attest_text_line_at (const char *text, gsize byte);

/**
 * A copy of the span for matching, of equal length and NUL-terminated: inside a paragraph
 * each LF is a space, so that a pattern finds words that a line break separates.
 * A paragraph ends at two LFs in a row or at an LF next to a TAB; those stay.
 */
char *attest_text_dup_unwrapped (const char *text, gsize length_bytes);

/**
 * The text as one printable line for a terminal or an error message: LF, TAB and runs of
 * spaces become one space, other control characters (C0, DEL, C1) and bidirectional
 * overrides (U+202A–202E, U+2066–2069) and line separators (U+2028, U+2029) become visible as
 * "\x1b" or "\u202e", at most
 * @max_columns columns (0: no bound), cut with "…". The text need not be valid: bytes that are not
 * UTF-8 become "\xff".
 */
char *attest_text_printable (const char *text, gsize length_bytes, guint max_columns);

/** Columns that valid UTF-8 takes on a terminal: wide characters 2, combining marks 0. */
gsize attest_text_columns (const char *text, gsize length_bytes);

typedef struct
{
  gsize start_byte, end_byte;
} AttestSpan;

/**
 * Breaks printable text (see attest_text_printable) at spaces into lines of at most @max_columns
 * columns (0: one line); a word that is longer than a line is broken between characters. The space
 * at which a line was broken belongs to no line.
 *
 * Returns: (element-type AttestSpan) at least one line.
 */
GArray *attest_text_wrap (const char *text, gsize length_bytes, guint max_columns);

/** Appends those lines, each with an LF. */
void attest_text_append_wrapped (GString *out, const char *text, guint max_columns);

/**
 * The same text in NFC.
 *
 * Returns: a new NUL-terminated string, or NULL when the text already is NFC.
 */
char *attest_text_to_nfc (const char *text, gsize length_bytes, gsize *out_length_bytes);

/* A map between bytes and code points of one immutable text. */
typedef struct _AttestCharMap AttestCharMap;

/** The map borrows @text, which must outlive it. ASCII text costs one scan and no memory. */
AttestCharMap *attest_char_map_new (const char *text, gsize length_bytes);
void attest_char_map_free (AttestCharMap *map);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestCharMap, attest_char_map_free)

/** Code points that begin before @byte; @byte may be the length. Thread-safe. */
gsize attest_char_map_to_char (const AttestCharMap *map, gsize byte);
/** Byte offset of code point @character; beyond the end: the length. Thread-safe. */
gsize attest_char_map_to_byte (const AttestCharMap *map, gsize character);

G_END_DECLS
