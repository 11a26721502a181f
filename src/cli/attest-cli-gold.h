/* attest-cli-gold: passages with the codes that people gave them, from a CSV file.
 *
 * A row is a passage. It is given by its text (column `text`), or by its place in the project:
 * `source`, and `start` and `end` (code points) or `turn`. `codes` (or `code`) are the right ones,
 * with ";" between them; an empty cell is a passage without any, "?" one that nobody has judged
 * yet. Optional columns: `lang`, `cluster` (the transcript, for intervals; otherwise `source`),
 * `weight` (see attest-score.h).
 */
#pragma once

#include "codebook/attest-codebook.h"

G_BEGIN_DECLS

typedef struct
{
  guint line;                    /* of the file */
  char *source, *text, *cluster; /* (nullable) */
  const char *lang;              /* (nullable) interned */
  gint64 start, end;             /* code points, -1: not given */
  gint64 turn;                   /* -1: not given */
  double weight;
  GArray *codes; /* of guint: codes of the codebook, ascending */
} AttestGoldItem;

typedef struct
{
  char *path;
  GPtrArray *rows;     /* of AttestCsvRow */
  GArray *items;       /* of AttestGoldItem */
  guint not_judged;    /* rows left out */
  gboolean in_project; /* passages are places, not texts */
  gboolean has_turns, weighted;
} AttestGold;

/** Reads the file, and knows its columns; items come later. ATTEST_ERROR_INPUT "PATH:LINE: …". */
AttestGold *attest_gold_load (const char *path, GError **error);
/** Makes the items. ATTEST_ERROR_INPUT "PATH:LINE: …" for a code that the codebook does not have,
 * or a number that is none. */
gboolean attest_gold_resolve (AttestGold *gold, const AttestCodebook *codebook, GError **error);
void attest_gold_free (AttestGold *gold);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestGold, attest_gold_free)

G_END_DECLS
