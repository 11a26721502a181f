/* attest-reader: files of any kind into documents.
 *
 * A format is one AttestReader in one file, and one line in the list in attest-reader.c.
 * The reader with the highest probe score reads the file; ties go to the order of the list.
 */
#pragma once

#include "model/attest-document.h"

G_BEGIN_DECLS

typedef struct
{
  const char *encoding;            /* (nullable) overrides what is found */
  const char *format;              /* (nullable) id of a reader: no probing */
  const char *const *interviewers; /* (nullable) labels that are interviewers */
  /* (nullable) columns of tables: "KEY=COLUMN,…" with the keys speaker, time, end, text, question,
   * answer (may be repeated: a survey) and id; a column by its heading, letter or number. */
  const char *const *map;
  gboolean unhashed; /* nobody asks for sha256 and text_sha256 of the document, which stay NULL */
} AttestReadOptions;

/* What a probe may look at. */
typedef struct
{
  const char *suffix; /* lower case, without the dot; "" when there is none */
  const guint8 *head; /* the first bytes of the file */
  gsize head_bytes;   /* at most 4096 */
  gsize file_bytes;
  const char *head_text; /* the head as UTF-8 (decoded, cut at a whole character), or NULL if it is
                            not text */
} AttestProbe;

#define ATTEST_PROBE_MAGIC 100    /* a magic number says so */
#define ATTEST_PROBE_STRUCTURE 80 /* the first lines have the format's structure */
#define ATTEST_PROBE_SUFFIX 60    /* only the file's name says so */
#define ATTEST_PROBE_TEXT 10      /* what no other reader takes */

typedef struct
{
  const char *id;              /* [a-z0-9]+, for --format and reports */
  const char *name;            /* for people */
  const char *const *suffixes; /* lower case, without the dot, NULL-terminated */
  int (*probe) (const AttestProbe *probe);
  /* Fills doc->text, turns, speakers, metadata and warnings from doc->original. FALSE with
   * ATTEST_ERROR_INPUT ("LINE: message" or "message", without the path) when the file is not
   * usable. */
  gboolean (*read) (AttestDocument *doc, const AttestReadOptions *options, GError **error);
} AttestReader;

typedef struct
{
  const AttestReader *reader;
  int score; /* see ATTEST_PROBE_…; 0: not at all */
} AttestReaderBid;

/** What each reader bids for a file; the first one, unless it bids 0, reads it.
 * Returns: (element-type AttestReaderBid), best first. */
GArray *attest_reader_bids (const char *path, const guint8 *bytes, gsize length_bytes);

/** The readers, NULL-terminated. */
const AttestReader *const *attest_reader_list (void);
const AttestReader *attest_reader_find (const char *id);

/** The bytes of a file, within ATTEST_MAX_SOURCE_BYTES; errors as of attest_reader_read_file(). */
GBytes *attest_reader_load_file (const char *path, GError **error);

/**
 * Reads a file (at most ATTEST_MAX_SOURCE_BYTES, no device or folder).
 *
 * Returns: a document with roles and word counts, or NULL with @error prefixed by the path:
 * a G_FILE_ERROR when it cannot be read, ATTEST_ERROR_INPUT when it is not a transcript.
 */
AttestDocument *attest_reader_read_file (const char *path, const AttestReadOptions *options,
                                         GError **error);
/** The same from memory; @path gives the name and the suffix. */
AttestDocument *attest_reader_read_bytes (const char *path, GBytes *bytes,
                                          const AttestReadOptions *options, GError **error);

G_END_DECLS
