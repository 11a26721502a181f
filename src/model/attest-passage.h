/* attest-passage: a passage with the codes that are right for it.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where a rule of a code matches in a passage. */
typedef struct
{
  guint code;
  gsize start_byte, end_byte; /* of the passage's text */
} AttestPassageHit;

typedef struct
{
  char *text; /* unwrapped, see attest_text_dup_unwrapped() */
  gsize length_bytes;
  const char *lang; /* (nullable) interned */
  guint cluster;    /* the transcript that it is from, numbered from 0 */
  GArray *codes;    /* of guint */
  GArray *hits;     /* of AttestPassageHit */
} AttestPassage;

/** Copies the text. */
AttestPassage *attest_passage_new (const char *text, gsize length_bytes, const char *lang,
                                   guint cluster);
void attest_passage_free (AttestPassage *passage);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestPassage, attest_passage_free)

/** Adds a code unless it has it. */
void attest_passage_add_code (AttestPassage *passage, guint code);
gboolean attest_passage_has_code (const AttestPassage *passage, guint code);
/** Adds what of a hit lies in the passage, if anything does. */
void attest_passage_add_hit (AttestPassage *passage, guint code, gint64 start_byte,
                             gint64 end_byte);

G_END_DECLS
