/* attest-cli-agree-sets: a number for each set of codes, as ratings need.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint n_codes;
  GHashTable *numbers; /* GBytes → number */
  GByteArray *sets;    /* [number × n_codes + code]: whether the code is in the set */
} AttestAgreeSets;

void attest_agree_sets_init (AttestAgreeSets *sets, guint n_codes);
void attest_agree_sets_clear (AttestAgreeSets *sets);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AttestAgreeSets, attest_agree_sets_clear)

/** @set: by code, 1 or 0. ATTEST_ERROR_LIMIT: more sets than a rating can name. */
gboolean attest_agree_sets_number (AttestAgreeSets *sets, const guint8 *set, guint16 *out_number,
                                   GError **error);
/** How many there are; *@out_sets takes them over. */
guint attest_agree_sets_take (AttestAgreeSets *sets, guint8 **out_sets);

G_END_DECLS
