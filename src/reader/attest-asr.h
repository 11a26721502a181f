/* attest-asr: what speech recognisers wrote down as JSON, from pieces to turns.
 *
 * A recogniser's file often tells the same speech several times: as one text, as utterances, as
 * single words. Each telling is a view: a list of pieces, each with its speaker and times. The
 * first view whose words are those of the file's own text is taken; so that nothing is lost, a file
 * whose tellings differ gives the fullest one, and a warning.
 */
#pragma once

#include "model/attest-document.h"
#include "util/attest-json-tree.h"

G_BEGIN_DECLS

typedef struct _AttestAsr AttestAsr;

/* Something said: words in a row, or one word of a view of words. */
typedef struct
{
  const char *label; /* (nullable) interned by attest_asr_label() */
  gint64 start_ms, end_ms;
  guint value;    /* a JSON value, for the line */
  guint stream;   /* channel of the recording, from 0 */
  gboolean fresh; /* a turn of its own, whoever spoke before */
  gboolean glued; /* a word that follows the one before without a space: punctuation */
} AttestAsrPiece;

#define ATTEST_ASR_PIECE(v)                                                                        \
  (AttestAsrPiece) { .start_ms = ATTEST_NO_TIME, .end_ms = ATTEST_NO_TIME, .value = (v) }

/* How a number stands for a time. */
typedef enum
{
  ATTEST_ASR_SECONDS,
  ATTEST_ASR_MILLISECONDS,
  ATTEST_ASR_TICKS,   /* 100 ns */
  ATTEST_ASR_SAMPLES, /* of 16 kHz */
} AttestAsrUnit;

/* What a producer's file looks like. */
typedef struct
{
  const char *name; /* of the program or service; NULL: unknown */
  gboolean letters; /* its speakers are letters, which say nothing of a role: "A" is no answer */
  gboolean (*match) (const AttestJsonTree *tree);
  void (*prepare) (AttestAsr *asr);  /* (nullable) the file's own text, speakers, metadata */
  void (*views[4]) (AttestAsr *asr); /* in order of preference, NULL-terminated */
} AttestAsrFormat;

/* A list of entries of whatever program; the last resort. */
extern const AttestAsrFormat attest_asr_generic;

/** The formats, NULL-terminated; the first that matches reads the file. */
const AttestAsrFormat *const *attest_asr_formats (void);

/** Reads the tree by @format into @doc. FALSE with ATTEST_ERROR_INPUT: nobody speaks in it. */
gboolean attest_asr_read (AttestDocument *doc, const AttestJsonTree *tree,
                          const AttestAsrFormat *format, GError **error);

/* For formats. */

const AttestJsonTree *attest_asr_tree (const AttestAsr *asr);

/** Refuses the file: "not completed". The first message counts. */
void attest_asr_refuse (AttestAsr *asr, char *message);

/** Appends the string @value to the file's own text of @stream. */
void attest_asr_expect (AttestAsr *asr, guint stream, guint value);

/** Names the speaker whose id is @id (a string or number). */
void attest_asr_name_speaker (AttestAsr *asr, guint id, guint name);
/** The label of the speaker whose id is @id: his name, the id, or "Speaker 3" for a number or a
 * single letter; NULL when there is none. */
const char *attest_asr_label (AttestAsr *asr, guint id);

/** A time from a number, "1.2s", "PT1M2.5S", "0:01:02.5" or {seconds, nanos}; ATTEST_NO_TIME. */
gint64 attest_asr_time (const AttestAsr *asr, guint value, AttestAsrUnit unit);

/** Adds a piece whose text is the string @value; none when it has no text. */
void attest_asr_add (AttestAsr *asr, const AttestAsrPiece *piece, guint value);
/** Adds a word; the view becomes one of words: they are joined, or found in the file's own text. */
void attest_asr_add_word (AttestAsr *asr, const AttestAsrPiece *piece, guint value);
/* How a word is written: names of its keys, as attest_asr_find() takes them. */
typedef struct
{
  const char *text, *label, *start, *end;
  AttestAsrUnit unit;
} AttestAsrWordKeys;

/** Adds each object of the array @words as a word. @model gives the stream, and the label of words
 * that have none. */
void attest_asr_add_words (AttestAsr *asr, guint words, const AttestAsrWordKeys *keys,
                           const AttestAsrPiece *model);

/** Adds the string @text, cut where the speakers of its @words change; whole when they do not, or
 * are not found in it. */
void attest_asr_add_cut (AttestAsr *asr, const AttestAsrPiece *piece, guint text, guint words,
                         const AttestAsrWordKeys *keys);

/** The first of @keys (separated by spaces) that @object has and that is not null. */
guint attest_asr_find (const AttestAsr *asr, guint object, const char *keys);

void attest_asr_add_metadata (AttestAsr *asr, const char *key, const char *path);

G_END_DECLS
