/* attest-alphabet: what some patterns can tell apart.
 *
 * Characters that no pattern of a set tells apart are one symbol, so that questions about all texts
 * become questions about a few hundred symbols. Which characters a class has is asked of PCRE2,
 * character by character, never guessed. Case never counts: "A", "a" and their like are one symbol.
 *
 * Characters from U+20000 on are taken as none: no text of an interview hangs on them.
 */
#pragma once

#include "pattern/attest-regex.h"

G_BEGIN_DECLS

#define ATTEST_MAX_SYMBOLS 512

/* A set of symbols. */
typedef struct
{
  guint64 bits[ATTEST_MAX_SYMBOLS / 64];
} AttestSymbols;

static inline gboolean
attest_symbols_has (const AttestSymbols *symbols, guint symbol)
{
  return (symbols->bits[symbol >> 6] >> (symbol & 63) & 1) != 0;
}
static inline void
attest_symbols_add (AttestSymbols *symbols, guint symbol)
{
  symbols->bits[symbol >> 6] |= G_GUINT64_CONSTANT (1) << (symbol & 63);
}
gboolean attest_symbols_meet (const AttestSymbols *a, const AttestSymbols *b);

/* Immutable. */
typedef struct _AttestAlphabet AttestAlphabet;

/** Of all that the patterns mention; those that were refused (AttestRegex.reason) are passed over.
 * The classes and characters for which there is no room are not known. */
AttestAlphabet *attest_alphabet_new (const AttestRegex *const *regexes, guint n);
void attest_alphabet_free (AttestAlphabet *alphabet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestAlphabet, attest_alphabet_free)

guint attest_alphabet_get_count (const AttestAlphabet *alphabet);
/** The symbols of a node of a character or a set, exactly; FALSE: they are not known. */
gboolean attest_alphabet_get_symbols (const AttestAlphabet *alphabet, const AttestRegex *regex,
                                      const AttestNode *node, AttestSymbols *out_symbols);
/** A character of the symbol, a plain one where there is one. */
gunichar attest_alphabet_get_char (const AttestAlphabet *alphabet, guint symbol);
/** The plainest character of the set: a letter where there is one; 0: the set is empty. */
gunichar attest_alphabet_choose_char (const AttestAlphabet *alphabet, const AttestSymbols *symbols);

G_END_DECLS
