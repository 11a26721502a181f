/* attest-char-set: sets of characters that are sure to be large enough. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The two characters beyond ASCII that are equal to an ASCII letter without case. */
#define ATTEST_LONG_S 0x17fu  /* s */
#define ATTEST_KELVIN 0x212au /* k */

/* Any number of times. */
#define ATTEST_UNBOUNDED G_MAXUINT

/* What a class may match. Of ASCII also what it is sure to match, because its complement may
 * match the rest only. */
typedef struct
{
  guint64 may[2], must[2]; /* bits of ASCII */
  gboolean all_wide;       /* everything above U+007F */
  gboolean case_matters;   /* (?-i): a member is not sure to match its other case */
  GArray *wide;            /* (nullable) of guint32, folded: of that, when it is not all */
} AttestCharSet;

void attest_char_set_clear (AttestCharSet *set);
/** Adds a range with all its equivalents in case. */
void attest_char_set_add_range (AttestCharSet *set, guint32 first, guint32 last);
/** Adds what a property matches: an ASCII part that is known exactly, and anything beyond. */
void attest_char_set_add_property (AttestCharSet *set, const guint64 ascii[2]);
/** Adds letters, of which none is sure. */
void attest_char_set_add_letters (AttestCharSet *set);
/** Adds what may be anything, and of what nothing is sure. */
void attest_char_set_add_unknown (AttestCharSet *set);
/** Adds the members of another set that is sure of no character beyond ASCII. */
void attest_char_set_add_set (AttestCharSet *set, const AttestCharSet *other);
void attest_char_set_negate (AttestCharSet *set);
/** The character that stands for all its equivalents in case; ASCII stands for itself, and nothing
 * else becomes ASCII. */
guint32 attest_char_fold (guint32 c);
/** The ASCII part of \d, \w, \s, \h, \v, or of their complements in upper case. FALSE: no such
 * escape. */
gboolean attest_char_set_escape (char letter, guint64 out_ascii[2]);
/** The ASCII part of a POSIX class; FALSE: no such class. */
gboolean attest_char_set_posix (const char *name, gsize length_bytes, guint64 out_ascii[2]);

G_END_DECLS
