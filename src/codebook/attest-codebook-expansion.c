/* attest-codebook-expansion: a pattern with its fragments filled in, compiled; and where its parts
 * are from, so that PCRE2's complaints are told at their place in the file. */
#include <string.h>

#include "codebook/attest-codebook-private.h"
#include "util/attest-error.h"
#include "util/attest-limits.h"

/* A stretch of an expanded pattern that was copied, or filled in. */
typedef struct
{
  gsize body_byte;   /* its first byte in the body */
  gsize source_byte; /* what it is from in the source */
  gboolean is_fragment;
} Piece;

void
attest_expansion_clear (AttestExpansion *expansion)
{
  if (expansion->body != NULL)
    g_string_free (expansion->body, TRUE);
  if (expansion->pieces != NULL)
    g_array_unref (expansion->pieces);
}

void
attest_expansion_set (AttestExpansion *expansion, const char *body)
{
  expansion->body = g_string_new (body);
  expansion->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
}

void
attest_expansion_add_piece (AttestExpansion *expansion, gsize source_byte, gboolean is_fragment)
{
  Piece piece = { expansion->body->len, source_byte, is_fragment };

  g_array_append_val (expansion->pieces, piece);
}

gsize
attest_expansion_source_byte (const AttestExpansion *expansion, gsize byte)
{
  const Piece *found = NULL;

  for (guint i = 0; i < expansion->pieces->len; i++)
    {
      const Piece *piece = &g_array_index (expansion->pieces, Piece, i);
      if (piece->body_byte > byte)
        break;
      found = piece;
    }
  if (found == NULL)
    return 0;
  return found->source_byte + (found->is_fragment ? 0 : byte - found->body_byte);
}

gsize
attest_codebook_source_byte (const AttestCodebookParser *parser, const AttestYaml *scalar,
                             const char *source, gsize source_byte)
{
  /* A text that is not in NFC was changed, and offsets into it with it. */
  return strcmp (source, scalar->text) == 0
             ? attest_yaml_file_byte (parser->yaml, scalar, source_byte)
             : scalar->start_byte;
}

/* Once there is too much of something, no pattern is looked at any more. */
static gboolean
check_total (AttestCodebookParser *parser, const AttestYaml *scalar, gsize bytes, gsize max_bytes,
             const char *what)
{
  if (parser->limit_reported)
    return FALSE;
  if (bytes <= max_bytes)
    return TRUE;
  parser->limit_reported = TRUE;
  attest_codebook_complain (parser, scalar, "limit",
                            "all patterns together, %s, take more than %" G_GSIZE_FORMAT
                            " MiB: split the codebook",
                            what, max_bytes / (1024 * 1024));
  return FALSE;
}

AttestPattern *
attest_codebook_compile (AttestCodebookParser *parser, const AttestYaml *scalar, const char *source,
                         const AttestExpansion *expansion, AttestPatternFlags flags)
{
  g_autoptr (GError) error = NULL;
  gsize error_byte = 0;
  AttestPattern *pattern;

  parser->expanded_bytes += expansion->body->len;
  if (!check_total (parser, scalar, parser->expanded_bytes, ATTEST_MAX_EXPANDED_BYTES,
                    "fragments filled in"))
    return NULL;
  pattern = attest_pattern_new (expansion->body->str, flags, &error_byte, &error);
  if (pattern != NULL)
    {
      parser->compiled_bytes += attest_pattern_get_size_bytes (pattern);
      if (!check_total (parser, scalar, parser->compiled_bytes, ATTEST_MAX_COMPILED_BYTES,
                        "compiled"))
        g_clear_pointer (&pattern, attest_pattern_unref);
      return pattern;
    }

  gsize at_byte = attest_codebook_source_byte (
      parser, scalar, source, attest_expansion_source_byte (expansion, error_byte));
  attest_codebook_complain_at (parser, at_byte, "regex", "this pattern is not valid: %s",
                               error->message);
  return NULL;
}
