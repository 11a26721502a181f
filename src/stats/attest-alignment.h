/* attest-alignment: which codes of several codebooks are the same.
 *
 * A code of one codebook is aligned with those of the others that a mapping names; a code that no
 * mapping names, with the code of the same id; and one without such a code, with the code of the
 * same name (but for case, outer spaces and how é is written). What is aligned is a row; several
 * codes of one codebook may be of one row, when a mapping says so. A code without any partner is a
 * row of its own.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *id;
  const char *name; /* (nullable) */
} AttestAlignCode;

/* The codes of a codebook. Borrowed. */
typedef struct
{
  const char *label; /* of the codebook, for messages */
  const AttestAlignCode *codes;
  guint n_codes;
} AttestAlignSide;

/* A line of a mapping: code @a of the first codebook is code @b of the others. */
typedef struct
{
  char *a, *b;
  guint line;
} AttestAlignPair;

/**
 * Reads a CSV with the columns a and b; others are passed over. Rows with an empty a or b say
 * that a code has no partner, and are left out.
 * Returns: (element-type AttestAlignPair) with a clear function. Errors: those of
 * attest_csv_read_file(), ATTEST_ERROR_INPUT "FILE:LINE: …".
 */
GArray *attest_alignment_read_mapping (const char *path, GError **error);

typedef enum
{
  ATTEST_ALIGNED_ALONE, /* it has no partner */
  ATTEST_ALIGNED_ID,
  ATTEST_ALIGNED_NAME,
  ATTEST_ALIGNED_MAPPING,
} AttestAlignedBy;

/** "id", "name", "mapping"; NULL for ATTEST_ALIGNED_ALONE. */
const char *attest_aligned_by_to_string (AttestAlignedBy by);

typedef struct
{
  char *label;        /* id of its first code */
  AttestAlignedBy by; /* the weakest ground: name, id, mapping */
  guint sides;        /* bit set: 1 << side that has a code in it */
} AttestAlignedRow;

typedef struct
{
  guint n_sides;
  GArray *rows;   /* of AttestAlignedRow: as the codes of the first side, then of the second … */
  guint **row_of; /* [side][code] */
} AttestAlignment;

/**
 * Aligns 1 … 32 codebooks. @pairs: (nullable), @path: its file, for messages.
 * ATTEST_ERROR_INPUT "PATH:LINE: …" for a code that is not there.
 */
AttestAlignment *attest_alignment_new (const AttestAlignSide *sides, guint n_sides,
                                       const GArray *pairs, const char *path, GError **error);
void attest_alignment_free (AttestAlignment *alignment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestAlignment, attest_alignment_free)

static inline const AttestAlignedRow *
attest_alignment_row (const AttestAlignment *alignment, guint row)
{
  return &g_array_index (alignment->rows, AttestAlignedRow, row);
}

/** Rows that two sides or more have. */
guint attest_alignment_count_common (const AttestAlignment *alignment);

/* A pair of codes that stand in the same places. */
typedef struct
{
  guint a, b; /* codes of the first and of the second side */
  gint64 both, n_a, n_b;
  double jaccard;
} AttestAlignSuggestion;

/**
 * Pairs of codes by how much they overlap, best first, each code in one pair at most.
 * @n_a, @n_b: units with each code; @both: [a × n_b_codes + b]; @least: lowest Jaccard.
 * Returns: (element-type AttestAlignSuggestion) by code of the first side.
 */
GArray *attest_alignment_suggest (const gint64 *n_a, guint n_a_codes, const gint64 *n_b,
                                  guint n_b_codes, const gint64 *both, double least);

G_END_DECLS
