/* attest-facts-private: what is known of all texts that a part of a pattern can match.
 *
 * attest-relax.c makes the facts of a whole from those of its parts. Facts only ever allow more
 * than the pattern does.
 */
#pragma once

#include "pattern/attest-relax.h"

G_BEGIN_DECLS

/* Most texts that are followed one by one; what can match more is only known by its needles. */
#define ATTEST_MAX_TEXTS 24
/* Most needles of one pattern: a list of words is one pattern. */
#define ATTEST_MAX_NEEDLES 1000
/* Most characters of a class that are followed one by one. */
#define ATTEST_MAX_CLASS_CHARS 8

/* A finite set of folded texts, ASCII in small letters. */
typedef struct
{
  guint n;
  guint8 lengths[ATTEST_MAX_TEXTS];
  char bytes[ATTEST_MAX_TEXTS][ATTEST_NEEDLE_BYTES];
} AttestTexts;

typedef struct
{
  gboolean is_finite; /* texts are all there are */
  AttestTexts texts;
  GArray *needles;            /* (nullable) of AttestNeedle; the best set, for what is not finite */
  double cost;                /* of needles */
  guint min_bytes, max_bytes; /* of the text; the most may be ATTEST_UNBOUNDED */
  AttestAsciiSet ascii;       /* all ASCII in it */
} AttestFacts;

void attest_facts_clear (AttestFacts *facts);
/** Matches the empty text only. */
void attest_facts_init_empty (AttestFacts *facts);
/** Matches any text at all. */
void attest_facts_init_any (AttestFacts *facts);
/** Matches one folded character. */
void attest_facts_init_char (AttestFacts *facts, guint32 c);
/** Matches one of the characters: these of ASCII, and these (@wide, folded, @n_wide of them), or,
 * with @all_wide, any beyond ASCII. */
void attest_facts_init_set (AttestFacts *facts, const AttestAsciiSet *ascii, const guint32 *wide,
                            guint n_wide, gboolean all_wide);
/** Repeats @facts in place; @max may be ATTEST_UNBOUNDED. */
void attest_facts_repeat (AttestFacts *facts, guint min, guint max);
/** Adds an alternative to @facts; takes what @other owns. */
void attest_facts_take_alternative (AttestFacts *facts, AttestFacts *other);

/* Parts one after the other. */
typedef struct
{
  AttestFacts all; /* but for its needles, which are the best so far */
  AttestTexts run; /* what the parts behind run_reach match */
  AttestReach run_reach;
} AttestSequence;

void attest_sequence_init (AttestSequence *sequence);
/** Takes what @facts owns. */
void attest_sequence_take (AttestSequence *sequence, AttestFacts *facts);
/** Moves the result to @out; the sequence is empty then. */
void attest_sequence_finish (AttestSequence *sequence, AttestFacts *out);

/** The needles of the whole, or NULL and *@out_reason (static): there are none, or they are more
 * common than they save. */
GArray *attest_facts_steal_needles (AttestFacts *facts, const char **out_reason);

G_END_DECLS
