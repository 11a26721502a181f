/* attest-tokens: a passage as words and marks, in the spelling by which phrases are compared.
 *
 * Words are letters, digits and what stands between two of them (the apostrophe of "don't", the
 * point of "3.5"); a hyphen parts words. They are compared in lower case, composed, without stress
 * marks, with ё as е and every apostrophe as '. What an elision cuts off is a word of its own:
 * "l'" and "eau".
 *
 * Marks are "," (also an ellipsis), ";" (also a colon), "." (also "!"), "?" and "-" (a dash).
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gsize start_byte, end_byte; /* in the text */
  gsize key_byte, key_bytes;  /* in the keys */
  gboolean is_word;           /* FALSE: a mark */
} AttestToken;

typedef struct
{
  GArray *tokens; /* of AttestToken */
  GString *keys;  /* their spellings, one behind the other */
} AttestTokens;

AttestTokens *attest_tokens_new (void);
void attest_tokens_free (AttestTokens *tokens);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestTokens, attest_tokens_free)

/** Replaces what is there by the tokens of @text (valid UTF-8). @elisions: (nullable) (element-type
 * utf8) in lower case. */
void attest_tokens_read (AttestTokens *tokens, const char *text, gsize length_bytes,
                         const GPtrArray *elisions);

static inline const AttestToken *
attest_tokens_get (const AttestTokens *tokens, guint i)
{
  return &g_array_index (tokens->tokens, AttestToken, i);
}

/** The only byte of the spelling of a mark; 0: a word. */
static inline char
attest_tokens_get_mark (const AttestTokens *tokens, guint i)
{
  const AttestToken *token = attest_tokens_get (tokens, i);

  return token->is_word ? '\0' : tokens->keys->str[token->key_byte];
}

G_END_DECLS
