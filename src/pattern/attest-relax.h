/* attest-relax: what the text must contain wherever a pattern matches.
 *
 * From the tree of the pattern (attest-regex.h), which is read more loosely than PCRE2 matches:
 * every assertion holds, a backreference or a recursion is any text at
 * all, case never counts, a property may be any character beyond ASCII. From what is left it takes
 * needles: words or parts of words of which one is in the folded text of every match, and how far
 * behind the start of the match. So a pattern need only be tried where one of its needles is. It
 * may be tried in vain, and must never be missed.
 *
 * What the parser does not understand has no needles, but a reason.
 */
#pragma once

#include "pattern/attest-regex.h"

G_BEGIN_DECLS

/* Longest needle. Few texts have 8 bytes in common by chance; what is longer only takes memory. */
#define ATTEST_NEEDLE_BYTES 24

/* A set of ASCII characters. */
typedef struct
{
  guint64 bits[2];
} AttestAsciiSet;

static inline gboolean
attest_ascii_set_has (const AttestAsciiSet *set, guchar c)
{
  return (set->bits[c >> 6] >> (c & 63) & 1) != 0;
}

/* What may stand between the start of a match and a needle in it. */
typedef struct
{
  guint min_bytes, max_bytes; /* of folded text; the most may be ATTEST_UNBOUNDED */
  AttestAsciiSet ascii;       /* in both cases; anything that is not ASCII always may */
} AttestReach;

typedef struct
{
  AttestReach reach;
  guint8 length_bytes;             /* never 0 */
  char bytes[ATTEST_NEEDLE_BYTES]; /* folded, ASCII in small letters */
} AttestNeedle;

typedef struct
{
  GArray *needles;    /* (nullable) of AttestNeedle: one of them is in every match */
  const char *reason; /* (nullable) static: why there are none */
  /* Where an attempt failed counts for the next ((*COMMIT), (*SKIP)), or where it began is not
   * where the match begins (\K): with a needle anywhere, the search begins where the text does. */
  gboolean needs_whole_text;
} AttestRelaxed;

/** @body: compiles in PCRE2 with UTF, UCP and CASELESS and without \C; not yet between the edges
 * of words. */
AttestRelaxed *attest_relax_pattern (const char *body);
void attest_relaxed_free (AttestRelaxed *relaxed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestRelaxed, attest_relaxed_free)

/* Makes text ready for needles; belongs to one thread. */
typedef struct _AttestFolder AttestFolder;

AttestFolder *attest_folder_new (void);
void attest_folder_free (AttestFolder *folder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestFolder, attest_folder_free)

/** Bytes behind a folded text, all 0. */
#define ATTEST_FOLDED_PADDING 8

/**
 * Folds the case of everything, ASCII to small letters.
 *
 * @out_text: valid until the next call.
 * @out_moved: whether some character takes more or fewer bytes when it is folded, so that what
 * stands behind has another offset.
 *
 * Returns: FALSE when the text has a character beyond ASCII that is an equivalent of an ASCII
 * letter (U+017F to s, U+212A to k): such a text is for PCRE2 alone.
 */
gboolean attest_folder_fold (AttestFolder *folder, const char *text, gsize length_bytes,
                             const char **out_text, gsize *out_length_bytes, gboolean *out_moved);

G_END_DECLS
