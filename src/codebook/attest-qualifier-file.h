/* attest-qualifier-file: the words of one language that say how something was said, as their file
 * lists them.
 *
 * codebooks/qualifiers/LANG.yaml, found like codebooks; doc/qualifiers.md is the format. What a
 * phrase means is for the engine; here it is a text with its place.
 */
#pragma once

#include <glib.h>

#include "model/attest-qualifiers.h"

G_BEGIN_DECLS

/* What a phrase does. The order is that of attest_trigger_get_qualifier(). */
typedef enum
{
  ATTEST_TRIGGER_FILLER, /* says nothing, and no scope counts it */

  ATTEST_TRIGGER_NEGATION,          /* of what follows */
  ATTEST_TRIGGER_NEGATION_BACKWARD, /* of what stands before */
  ATTEST_TRIGGER_NEGATION_AROUND,   /* of both */
  ATTEST_TRIGGER_REVERSAL,          /* turns evaluations that follow round, says nothing alone */
  ATTEST_TRIGGER_STOP,              /* ends every scope */
  ATTEST_TRIGGER_POSITIVE,
  ATTEST_TRIGGER_NEGATIVE,
  ATTEST_TRIGGER_NO_POLARITY, /* looks like one of these and is none */

  ATTEST_TRIGGER_POSSIBLE,
  ATTEST_TRIGGER_CONDITIONAL,
  ATTEST_TRIGGER_NO_CERTAINTY,

  ATTEST_TRIGGER_PAST,
  ATTEST_TRIGGER_PRESENT,
  ATTEST_TRIGGER_PLANNED,
  ATTEST_TRIGGER_NO_TIME,

  ATTEST_TRIGGER_OWN,
  ATTEST_TRIGGER_REPORTED,
  ATTEST_TRIGGER_NO_HOLDER,

  ATTEST_TRIGGER_RECOMMENDATION,
  ATTEST_TRIGGER_COMPLAINT,
  ATTEST_TRIGGER_PRAISE,
  ATTEST_TRIGGER_NO_ACT,
} AttestTrigger;

#define ATTEST_N_TRIGGERS 23

/** The qualifier that a trigger works on; ATTEST_N_QUALIFIERS for a filler. */
guint attest_trigger_get_qualifier (AttestTrigger trigger);
/** As in the file: "negation", "none" for those that look like another. */
const char *attest_trigger_get_name (AttestTrigger trigger);

typedef struct
{
  AttestTrigger trigger;
  char *text;         /* as written, in NFC */
  guint line, column; /* from 1 */
} AttestTriggerPhrase;

typedef struct
{
  char *path; /* display only */
  char *lang;
  guint scope_words;   /* how far a negation reaches */
  GPtrArray *elisions; /* of char *: what an apostrophe cuts off, "l" of "l'eau" */
  GArray *phrases;     /* of AttestTriggerPhrase, in file order */
} AttestQualifierFile;

/** NULL with ATTEST_ERROR_CODEBOOK "PATH:LINE:COLUMN: message" when something is wrong. */
AttestQualifierFile *attest_qualifier_file_parse (const char *path, const char *text,
                                                  gsize length_bytes, GError **error);
void attest_qualifier_file_free (AttestQualifierFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestQualifierFile, attest_qualifier_file_free)

/**
 * All files that are found, by language. None is no error.
 *
 * Returns: (element-type AttestQualifierFile): free with g_ptr_array_unref().
 */
GPtrArray *attest_qualifier_files_load (GError **error);

G_END_DECLS
