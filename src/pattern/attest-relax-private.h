/* attest-relax-private: what the files of the relaxer share: sets of characters that are sure to be
 * large enough, and the parser.
 */
#pragma once

#include "pattern/attest-facts-private.h"

G_BEGIN_DECLS

/* The two characters beyond ASCII that are equal to an ASCII letter without case. */
#define ATTEST_LONG_S 0x17fu  /* s */
#define ATTEST_KELVIN 0x212au /* k */

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
void attest_char_set_negate (AttestCharSet *set);
/** The character that stands for all its equivalents in case; ASCII stands for itself, and nothing
 * else becomes ASCII. */
guint32 attest_char_fold (guint32 c);
/** The ASCII part of \d, \w, \s, \h, \v, or of their complements in upper case. FALSE: no such
 * escape. */
gboolean attest_char_set_escape (char letter, guint64 out_ascii[2]);
/** The ASCII part of a POSIX class; FALSE: no such class. */
gboolean attest_char_set_posix (const char *name, gsize length_bytes, guint64 out_ascii[2]);

/* The state of a descent through a pattern. */
typedef struct
{
  const char *p, *end;
  const char *reason; /* (nullable) set: refused */
  guint depth;
  gboolean extended, extended_more; /* (?x), (?xx) */
  gboolean case_matters;            /* (?-i) */
  gboolean literal;                 /* inside \Q…\E */
  gboolean needs_whole_text;
} AttestRelaxParser;

/** Stops: the pattern is not understood. The first reason stays. */
void attest_relax_refuse (AttestRelaxParser *parser, const char *reason);
gboolean attest_relax_starts_with (const AttestRelaxParser *parser, const char *prefix);
/** Passes over @prefix when it is there. */
gboolean attest_relax_take (AttestRelaxParser *parser, const char *prefix);
guint32 attest_relax_take_char (AttestRelaxParser *parser);
/** At most @most digits in @base. */
guint32 attest_relax_take_number (AttestRelaxParser *parser, guint base, guint most);
/** Passes over everything up to and with @stop. */
void attest_relax_skip_past (AttestRelaxParser *parser, char stop);

void attest_relax_char (const AttestRelaxParser *parser, guint32 c, AttestFacts *out);
void attest_relax_set (AttestRelaxParser *parser, const AttestCharSet *set, AttestFacts *out);
/** Behind the backslash, outside of a class. */
void attest_relax_parse_escape (AttestRelaxParser *parser, AttestFacts *out);
/** Behind the bracket. */
void attest_relax_parse_class (AttestRelaxParser *parser, AttestFacts *out);

G_END_DECLS
