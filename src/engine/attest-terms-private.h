/* What the files that count terms share. */
#pragma once

#include "engine/attest-terms.h"

G_BEGIN_DECLS

#define ATTEST_TERM_BREAK 0u /* number of what ends a term */

/* A word, or a break, of a passage. */
typedef struct
{
  guint32 word;
  guint32 start_byte, end_byte;
} AttestTermPlace;

struct _AttestTermIndex
{
  const GPtrArray *passages;
  GPtrArray *files;     /* of AttestQualifierFile: for their elisions */
  GPtrArray *langs;     /* (nullable elements), sorted */
  GPtrArray *languages; /* of Language, beside langs */
  GHashTable *numbers;  /* word → number */
  GArray *is_stop;      /* of gboolean, by number */
  GPtrArray *places;    /* of GArray of AttestTermPlace, by passage */
  guint n_clusters;
};

G_END_DECLS
