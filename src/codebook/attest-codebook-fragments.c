/* attest-codebook-fragments: {{name}} in a pattern.
 *
 * A fragment is put in as (?:BODY), so that "a|b" and "{{x}}+" mean what they seem to. Each is
 * compiled by itself when it is read: an error in it is then told once and at its place, and not
 * for every pattern that uses it.
 *
 * Fragments are filled in depth first, each once; one that is met while it is being filled in
 * refers to itself.
 */
#include <string.h>

#include "codebook/attest-codebook-private.h"
#include "util/attest-error.h"
#include "util/attest-limits.h"
#include "util/attest-text.h"

/* A stretch of an expanded pattern that was copied, or filled in. */
typedef struct
{
  gsize body_byte;   /* its first byte in the body */
  gsize source_byte; /* what it is from in the source */
  gboolean is_fragment;
} Piece;

/* How far the filling in of a fragment is. */
typedef enum
{
  STATE_NEW,
  STATE_OPEN, /* being filled in */
  STATE_DONE,
  STATE_BAD, /* reported */
} State;

/* While the fragments are being read. */
typedef struct
{
  const AttestYaml *scalar;
  State state;
} Progress;

typedef struct
{
  AttestCodebookParser *parser;
  Progress *progress; /* of each fragment; NULL: all are done */
  guint depth;
} Filler;

/* Where a reference stands. */
typedef struct
{
  const AttestYaml *scalar;
  const char *source; /* its text, in NFC */
  gsize source_byte;
} Place;

static gboolean expand (Filler *filler, const AttestYaml *scalar, const char *source,
                        AttestExpansion *expansion);

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

static AttestFragment *
fragment_at (const AttestCodebookParser *parser, guint i)
{
  return &g_array_index (parser->codebook->fragments, AttestFragment, i);
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

static gsize
file_byte (const AttestCodebookParser *parser, const AttestYaml *scalar, const char *source,
           gsize source_byte)
{
  /* A text that is not in NFC was changed, and offsets into it with it. */
  return strcmp (source, scalar->text) == 0
             ? attest_yaml_file_byte (parser->yaml, scalar, source_byte)
             : scalar->start_byte;
}

static void
complain_unknown (AttestCodebookParser *parser, const Place *place, const char *name)
{
  gsize at_byte = file_byte (parser, place->scalar, place->source, place->source_byte);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < parser->codebook->fragments->len; i++)
    g_ptr_array_add (names, fragment_at (parser, i)->name);
  g_ptr_array_add (names, NULL);
  const char *nearest = attest_codebook_nearest (name, (const char *const *)names->pdata);
  if (nearest != NULL)
    attest_codebook_complain_at (parser, at_byte, "unknown-fragment",
                                 "unknown fragment '%s': did you mean '%s'?", name, nearest);
  else
    attest_codebook_complain_at (parser, at_byte, "unknown-fragment",
                                 "unknown fragment '%s': add it under fragments", name);
}

static void
complain_at_place (AttestCodebookParser *parser, const Place *place, const char *check,
                   const char *message, const char *name)
{
  gsize at_byte = file_byte (parser, place->scalar, place->source, place->source_byte);

  attest_codebook_complain_at (parser, at_byte, check, "fragment '%s' %s", name, message);
}

/* Fills fragment @index itself in, if that was not done. @place: of the reference. */
static gboolean
fill_fragment (Filler *filler, guint index, const Place *place)
{
  AttestCodebookParser *parser = filler->parser;
  Progress *progress = filler->progress != NULL ? &filler->progress[index] : NULL;
  AttestFragment *fragment = fragment_at (parser, index);

  if (progress == NULL || progress->state == STATE_DONE || progress->state == STATE_BAD)
    return fragment->body != NULL;
  if (progress->state == STATE_OPEN)
    {
      complain_at_place (parser, place, "circular-fragment", "refers to itself", fragment->name);
      return FALSE;
    }
  if (filler->depth >= ATTEST_MAX_FRAGMENT_DEPTH)
    {
      complain_at_place (parser, place, "limit",
                         "is inside more than " G_STRINGIFY (ATTEST_MAX_FRAGMENT_DEPTH) " others",
                         fragment->name);
      return FALSE;
    }

  g_auto (AttestExpansion) expansion = { 0 };
  progress->state = STATE_OPEN;
  filler->depth++;
  gboolean ok = expand (filler, progress->scalar, fragment->source, &expansion);
  filler->depth--;
  progress->state = ok ? STATE_DONE : STATE_BAD;
  g_autoptr (AttestPattern) pattern
      = ok ? attest_codebook_compile (parser, progress->scalar, fragment->source, &expansion,
                                      ATTEST_PATTERN_PLAIN)
           : NULL;
  if (pattern != NULL)
    fragment->body = g_strdup (expansion.body->str);
  return pattern != NULL;
}

static void
add_piece (AttestExpansion *expansion, gsize source_byte, gboolean is_fragment)
{
  Piece piece = { expansion->body->len, source_byte, is_fragment };

  g_array_append_val (expansion->pieces, piece);
}

/* The fragments inside a fragment are used when it is. */
static void
mark_used (AttestCodebookParser *parser, guint index)
{
  AttestFragment *fragment = fragment_at (parser, index);

  if (fragment->is_used)
    return;
  fragment->is_used = TRUE;
  for (const char *p = fragment->source; *p != '\0';)
    {
      gsize reference_bytes = 0;
      g_autofree char *name = attest_reference_dup_name (p, &reference_bytes);
      guint inner
          = name != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (parser->fragments, name)) : 0;
      if (inner > 0)
        mark_used (parser, inner - 1);
      p += name != NULL ? reference_bytes : attest_reference_skip (p);
    }
}

/* A class is a set of characters: a pattern filled in there would not be one. */
static gboolean
check_class (AttestCodebookParser *parser, const Place *place, gsize length_bytes)
{
  const char *start = place->source + place->source_byte;

  for (const char *p = start; p < start + length_bytes; p++)
    {
      gsize unused;
      g_autofree char *name = *start == '[' ? attest_reference_dup_name (p, &unused) : NULL;
      if (name == NULL || p + unused > start + length_bytes)
        continue;
      complain_at_place (parser, place, "unknown-fragment",
                         "cannot stand inside [ ]: write (?:…|…) or the characters themselves",
                         name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
append_reference (Filler *filler, const char *name, const Place *place, AttestExpansion *expansion)
{
  AttestCodebookParser *parser = filler->parser;
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (parser->fragments, name));

  if (index == 0)
    {
      complain_unknown (parser, place, name);
      return FALSE;
    }
  if (!fill_fragment (filler, index - 1, place))
    return FALSE;
  AttestFragment *fragment = fragment_at (parser, index - 1);
  /* While the fragments themselves are filled in, nothing is used yet. */
  if (filler->progress == NULL)
    mark_used (parser, index - 1);
  g_string_append_printf (expansion->body, "(?:%s)", fragment->body);
  return TRUE;
}

static gboolean
check_size (AttestCodebookParser *parser, const AttestYaml *scalar, gsize body_bytes)
{
  if (body_bytes > ATTEST_MAX_PATTERN_BYTES)
    {
      attest_codebook_complain (parser, scalar, "limit",
                                "the pattern, its fragments filled in, is longer than %d bytes: "
                                "split it into several",
                                ATTEST_MAX_PATTERN_BYTES);
      return FALSE;
    }
  return TRUE;
}

static gboolean
expand (Filler *filler, const AttestYaml *scalar, const char *source, AttestExpansion *expansion)
{
  AttestCodebookParser *parser = filler->parser;
  gboolean is_copying = FALSE;

  expansion->body = g_string_new (NULL);
  expansion->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  if (!check_size (parser, scalar, strlen (source)))
    return FALSE;
  for (const char *p = source; *p != '\0';)
    {
      gsize length_bytes = 0;
      Place place = { scalar, source, (gsize)(p - source) };
      g_autofree char *name = attest_reference_dup_name (p, &length_bytes);

      if (name != NULL || !is_copying)
        add_piece (expansion, place.source_byte, name != NULL);
      is_copying = name == NULL;
      if (name != NULL)
        {
          if (!append_reference (filler, name, &place, expansion)
              || !check_size (parser, scalar, expansion->body->len))
            return FALSE;
        }
      else
        {
          length_bytes = attest_reference_skip (p);
          if (!check_class (parser, &place, length_bytes))
            return FALSE;
          g_string_append_len (expansion->body, p, (gssize)length_bytes);
        }
      p += length_bytes;
    }
  return check_size (parser, scalar, expansion->body->len);
}

gboolean
attest_codebook_expand (AttestCodebookParser *parser, const AttestYaml *scalar, const char *source,
                        AttestExpansion *out_expansion)
{
  Filler filler = { .parser = parser };

  return expand (&filler, scalar, source, out_expansion);
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

  gsize at_byte
      = file_byte (parser, scalar, source, attest_expansion_source_byte (expansion, error_byte));
  attest_codebook_complain_at (parser, at_byte, "regex", "this pattern is not valid: %s",
                               error->message);
  return NULL;
}

static void
add_fragment (AttestCodebookParser *parser, const AttestYaml *key, const AttestYaml *value,
              GArray *progress)
{
  AttestFragment fragment = { 0 };
  Progress new_progress = { .scalar = value };

  g_autofree char *name = attest_codebook_read_id (parser, key, "the name of a fragment", FALSE);
  g_autofree char *source = attest_codebook_read_text (parser, value, "a fragment");
  if (name == NULL || source == NULL)
    return;
  if (g_ascii_isdigit (*name) || *name == '-')
    {
      attest_codebook_complain (parser, key, "id",
                                "the name of a fragment begins with a letter: '%s'", name);
      return;
    }
  if (g_hash_table_contains (parser->fragments, name))
    {
      attest_codebook_complain (parser, key, "duplicate-id", "fragment '%s' is there twice", name);
      return;
    }
  attest_yaml_place (parser->yaml, key->start_byte, &fragment.line, &fragment.column);
  fragment.name = g_steal_pointer (&name);
  fragment.source = g_steal_pointer (&source);
  g_array_append_val (parser->codebook->fragments, fragment);
  g_array_append_val (progress, new_progress);
  g_hash_table_insert (parser->fragments, fragment.name,
                       GUINT_TO_POINTER (parser->codebook->fragments->len));
}

void
attest_codebook_read_fragments (AttestCodebookParser *parser, const AttestYaml *value,
                                gpointer target)
{
  g_autoptr (GArray) progress = g_array_new (FALSE, TRUE, sizeof (Progress));

  if (value->kind != ATTEST_YAML_MAP)
    {
      attest_codebook_complain (parser, value, "type",
                                "fragments are a map of names and patterns: 'name: pattern'");
      return;
    }
  if (value->items->len / 2 > ATTEST_MAX_FRAGMENTS)
    {
      attest_codebook_complain (parser, value, "limit", "more than %d fragments",
                                ATTEST_MAX_FRAGMENTS);
      return;
    }
  for (guint i = 0; i + 1 < value->items->len; i += 2)
    add_fragment (parser, g_ptr_array_index (value->items, i),
                  g_ptr_array_index (value->items, i + 1), progress);

  Filler filler = { .parser = parser, .progress = (Progress *)(void *)progress->data };
  for (guint i = 0; i < progress->len; i++)
    if (filler.progress[i].state == STATE_NEW)
      fill_fragment (&filler, i,
                     &(Place){ filler.progress[i].scalar, fragment_at (parser, i)->source, 0 });
}
