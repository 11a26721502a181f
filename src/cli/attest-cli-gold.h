/* attest-cli-gold: passages with the codes that people gave them, from a CSV file.
 *
 * A row is a passage. It is given by its text (column `text`), or by its place in the project:
 * `source`, and `start` and `end` (code points) or `turn`. `codes` (or `code`) are the right ones,
 * with ";" between them; an empty cell is a passage without any, "?" one that nobody has judged
 * yet. Optional columns: `lang`, `cluster` (the transcript, for intervals; otherwise `source`),
 * `weight` (see attest-score.h).
 */
#pragma once

#include "cli/attest-cli.h"
#include "codebook/attest-codebook.h"
#include "util/attest-text.h"

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
/* attest-cli-gold-passages.c */

/**
 * The codebook that is meant: for texts a file or a shipped one, @given or oecd-dac. For places in
 * the project, and without @gold (nullable), one that coded the project: @given, or the last; the
 * project is then opened, too, into *@out_store.
 */
AttestCodebook *attest_gold_load_codebook (const AttestGold *gold, AttestInvocation *inv,
                                           const char *given, AttestStore **out_store,
                                           GError **error);

/** The texts as turns of a respondent, each in its language: of the file, of @lang (nullable), or
 * by guess. */
AttestDocument *attest_gold_make_document (const AttestGold *gold, AttestInvocation *inv,
                                           const char *lang);
/** label → GArray of guint: items, in the order of the file. The labels are borrowed. */
GHashTable *attest_gold_by_source (const AttestGold *gold);

typedef void (*AttestGoldFunc) (guint item, const AttestDocument *doc, const AttestCharMap *map,
                                gpointer data);
/** Looks at the place of each item, source by source, and calls @func (nullable) for it.
 * ATTEST_ERROR_INPUT "PATH:LINE: …" when the place is none, or says something else than the file.
 */
gboolean attest_gold_foreach_source (const AttestGold *gold, AttestStore *store,
                                     AttestGoldFunc func, gpointer data, GError **error);

G_END_DECLS
