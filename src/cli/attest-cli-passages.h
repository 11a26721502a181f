/* attest-cli-passages: what `codebook suggest` counts in.
 */
#pragma once

#include "cli/attest-cli-gold.h"
#include "model/attest-passage.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *passages; /* of AttestPassage */
  GPtrArray *clusters; /* of char *: labels, by number */
  GHashTable *numbers; /* label → number + 1 */
  gsize bytes;
} AttestCliPassages;

void attest_cli_passages_init (AttestCliPassages *passages);
void attest_cli_passages_clear (AttestCliPassages *passages);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AttestCliPassages, attest_cli_passages_clear)

/** Texts with their right codes; the hits are those of @codebook. @lang: (nullable) of all. */
gboolean attest_cli_passages_add_texts (AttestCliPassages *passages, AttestInvocation *inv,
                                        AttestCodebook *codebook, const AttestGold *gold,
                                        const char *lang, GError **error);
/** Places of a project with their right codes; the hits are those that are kept. */
gboolean attest_cli_passages_add_places (AttestCliPassages *passages, AttestStore *store,
                                         const AttestCodebook *codebook, const AttestGold *gold,
                                         GError **error);
/** Every sentence that somebody else than an interviewer says, with the codes of the segments that
 * it is in. @only_reviewed: only those of segments that people accepted or rejected, with the codes
 * that they accepted. */
gboolean attest_cli_passages_add_project (AttestCliPassages *passages, AttestStore *store,
                                          const AttestCodebook *codebook, gboolean only_reviewed,
                                          GError **error);

G_END_DECLS
