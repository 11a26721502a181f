/* attest-codebook-fragments: {{name}} and {{name(argument)}} in a pattern.
 *
 * A fragment is put in as (?:BODY), so that "a|b" and "{{x}}+" mean what they seem to. Each is
 * compiled by itself when it is read: an error in it is then told once and at its place, and not
 * for every pattern that uses it.
 *
 * Fragments are filled in depth first, each once; one that is met while it is being filled in
 * refers to itself.
 *
 * In the body of a fragment with parameters each of them is one byte that UTF-8 has not, so that
 * arguments are put in without reading the fragment again: the work grows with what comes out. A
 * parameter is a group, as a fragment is, or a bare number where a count stands ("{0,{{n}}}"). To
 * be compiled by itself, the body gets a letter or a digit in their places.
 */
#include <string.h>

#include "codebook/attest-codebook-private.h"
#include "util/attest-limits.h"

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
  const AttestYaml *key, *scalar;
  State state;
} Progress;

typedef struct
{
  AttestCodebookParser *parser;
  Progress *progress; /* of each fragment; NULL: all are done */
  guint depth;
  guint argument_depth;
  guint definition; /* the fragment that is being filled in, whose parameters are known; NONE */
} Filler;

#define NONE G_MAXUINT

/* Where a reference stands. */
typedef struct
{
  const AttestYaml *scalar;
  const char *source; /* its text, in NFC */
  gsize source_byte;
} Place;

static gboolean expand (Filler *filler, const Place *start, const char *text,
                        AttestExpansion *expansion);

static AttestFragment *
fragment_at (const AttestCodebookParser *parser, guint i)
{
  return &g_array_index (parser->codebook->fragments, AttestFragment, i);
}

static void
complain_unknown (AttestCodebookParser *parser, const Place *place, const char *name)
{
  gsize at_byte
      = attest_codebook_source_byte (parser, place->scalar, place->source, place->source_byte);
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
  gsize at_byte
      = attest_codebook_source_byte (parser, place->scalar, place->source, place->source_byte);

  attest_codebook_complain_at (parser, at_byte, check, "fragment '%s' %s", name, message);
}

static void
check_parameters_used (AttestCodebookParser *parser, const AttestFragment *fragment,
                       const AttestYaml *scalar)
{
  for (guint i = 0; fragment->parameters != NULL && fragment->parameters[i] != NULL; i++)
    if (strchr (fragment->body, (char)ATTEST_PARAMETER_BYTE (i)) == NULL)
      attest_codebook_complain (parser, scalar, "unused-parameter",
                                "fragment '%s' does not use its parameter '%s'", fragment->name,
                                fragment->parameters[i]);
}

/* Fills fragment @index in, which nobody did before. */
static gboolean
fill_new_fragment (Filler *filler, guint index)
{
  AttestCodebookParser *parser = filler->parser;
  Progress *progress = &filler->progress[index];
  AttestFragment *fragment = fragment_at (parser, index);
  g_auto (AttestExpansion) expansion = { 0 };
  guint outer = filler->definition;

  progress->state = STATE_OPEN;
  filler->depth++;
  filler->definition = index;
  gboolean ok = expand (filler, &(Place){ progress->scalar, fragment->source, 0 }, fragment->source,
                        &expansion);
  filler->definition = outer;
  filler->depth--;
  progress->state = ok ? STATE_DONE : STATE_BAD;
  if (!ok)
    return FALSE;
  g_autofree char *body = g_strdup (expansion.body->str);
  attest_parameter_put_dummies (expansion.body);
  g_autoptr (AttestPattern) pattern = attest_codebook_compile (
      parser, progress->scalar, fragment->source, &expansion, ATTEST_PATTERN_PLAIN);
  if (pattern == NULL)
    return FALSE;
  fragment->body = g_steal_pointer (&body);
  check_parameters_used (parser, fragment, progress->scalar);
  return TRUE;
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
  return fill_new_fragment (filler, index);
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
      g_auto (AttestReference) reference = { 0 };
      gboolean is_reference = attest_reference_read (p, &reference);
      guint inner = is_reference
                        ? GPOINTER_TO_UINT (g_hash_table_lookup (parser->fragments, reference.name))
                        : 0;

      if (inner > 0)
        mark_used (parser, inner - 1);
      p += !is_reference                 ? attest_reference_skip (p)
           : reference.arguments != NULL ? reference.first_argument_byte
                                         : reference.length_bytes;
    }
}

/* A class is a set of characters: a pattern filled in there would not be one. */
static gboolean
check_class (AttestCodebookParser *parser, const Place *place, gsize length_bytes)
{
  const char *start = place->source + place->source_byte;

  for (const char *p = start; *start == '[' && p < start + length_bytes; p++)
    {
      g_auto (AttestReference) reference = { 0 };

      if (!attest_reference_read (p, &reference) || reference.is_open
          || p + reference.length_bytes > start + length_bytes)
        continue;
      complain_at_place (parser, place, "unknown-fragment",
                         "cannot stand inside [ ]: write (?:…|…) or the characters themselves",
                         reference.name);
      return FALSE;
    }
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

/* --- parameters and arguments ------------------------------------------------------------- */

/* The number of a parameter of the fragment that is being filled in, or -1. */
static int
find_parameter (const Filler *filler, const char *name)
{
  char **parameters = filler->definition != NONE
                          ? fragment_at (filler->parser, filler->definition)->parameters
                          : NULL;

  for (int i = 0; parameters != NULL && parameters[i] != NULL; i++)
    if (strcmp (parameters[i], name) == 0)
      return i;
  return -1;
}

static gboolean
append_parameter (Filler *filler, guint i, const AttestReference *reference, const Place *place,
                  AttestExpansion *expansion)
{
  char byte = (char)ATTEST_PARAMETER_BYTE (i);

  if (reference->arguments != NULL)
    {
      complain_at_place (filler->parser, place, "arguments",
                         "is a parameter, and takes no arguments", reference->name);
      return FALSE;
    }
  if (attest_parameter_is_in_count (expansion->body->str, expansion->body->len))
    {
      fragment_at (filler->parser, filler->definition)->counts |= 1u << i;
      g_string_append_c (expansion->body, byte);
    }
  else
    g_string_append_printf (expansion->body, "(?:%c)", byte);
  return TRUE;
}

static char *
dup_signature (const AttestFragment *fragment)
{
  g_autofree char *list
      = fragment->parameters != NULL ? g_strjoinv (", ", fragment->parameters) : NULL;

  return list != NULL ? g_strdup_printf ("{{%s(%s)}}", fragment->name, list)
                      : g_strdup_printf ("{{%s}}", fragment->name);
}

static gboolean
check_arity (AttestCodebookParser *parser, const AttestFragment *fragment,
             const AttestReference *reference, const Place *place)
{
  guint n_parameters = fragment->parameters != NULL ? g_strv_length (fragment->parameters) : 0;
  guint n_arguments = reference->arguments != NULL ? reference->arguments->len : 0;

  if (n_parameters == n_arguments)
    return TRUE;
  g_autofree char *signature = dup_signature (fragment);
  gsize at_byte
      = attest_codebook_source_byte (parser, place->scalar, place->source, place->source_byte);
  attest_codebook_complain_at (
      parser, at_byte, "arguments", "fragment '%s' takes %u argument%s, not %u: write %s",
      fragment->name, n_parameters, n_parameters == 1 ? "" : "s", n_arguments, signature);
  return FALSE;
}

/* An argument that is a parameter and nothing else goes through as it is; its number, or -1. */
static int
find_bare_parameter (const Filler *filler, const char *text)
{
  g_auto (AttestReference) reference = { 0 };

  if (!attest_reference_read (text, &reference) || reference.arguments != NULL
      || text[reference.length_bytes] != '\0')
    return -1;
  return find_parameter (filler, reference.name);
}

static gboolean
complain_argument (Filler *filler, const AttestFragment *fragment, guint i, const Place *place,
                   const char *what)
{
  gsize at_byte = attest_codebook_source_byte (filler->parser, place->scalar, place->source,
                                               place->source_byte);

  attest_codebook_complain_at (filler->parser, at_byte, "arguments",
                               "argument '%s' of fragment '%s' %s", fragment->parameters[i],
                               fragment->name, what);
  return FALSE;
}

/* Argument @i, fragments in it filled in; NULL: reported. */
static char *
expand_argument (Filler *filler, const AttestFragment *fragment, guint i, const char *text,
                 const Place *place)
{
  gboolean is_number = (fragment->counts & (1u << i)) != 0;
  int bare = find_bare_parameter (filler, text);
  g_auto (AttestExpansion) expansion = { 0 };

  if (bare >= 0)
    {
      if (is_number)
        fragment_at (filler->parser, filler->definition)->counts |= 1u << bare;
      return g_strdup ((char[]){ (char)ATTEST_PARAMETER_BYTE (bare), '\0' });
    }
  if (*text == '\0')
    complain_argument (filler, fragment, i, place, "is empty");
  else if (is_number && !attest_parameter_is_count (text))
    complain_argument (filler, fragment, i, place, "stands for a count: write a whole number");
  else if (filler->argument_depth >= ATTEST_MAX_FRAGMENT_DEPTH)
    complain_argument (filler, fragment, i, place, "is inside too many others");
  else
    {
      filler->argument_depth++;
      gboolean ok = expand (filler, place, text, &expansion);
      filler->argument_depth--;
      return ok ? g_strdup (expansion.body->str) : NULL;
    }
  return NULL;
}

/* The body of a fragment with the arguments in the places of its parameters. */
static gboolean
append_body (Filler *filler, const AttestFragment *fragment, char **arguments, const Place *place,
             AttestExpansion *expansion)
{
  g_string_append (expansion->body, "(?:");
  for (const char *p = fragment->body; *p != '\0'; p++)
    {
      if ((guchar)*p >= ATTEST_FIRST_PARAMETER_BYTE)
        g_string_append (expansion->body, arguments[0xff - (guchar)*p]);
      else
        g_string_append_c (expansion->body, *p);
      if (expansion->body->len > ATTEST_MAX_PATTERN_BYTES)
        return check_size (filler->parser, place->scalar, expansion->body->len);
    }
  g_string_append_c (expansion->body, ')');
  return TRUE;
}

static gboolean
append_call (Filler *filler, const AttestFragment *fragment, const AttestReference *reference,
             const Place *place, AttestExpansion *expansion)
{
  guint n = reference->arguments != NULL ? reference->arguments->len : 0;
  g_auto (GStrv) arguments = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    {
      const AttestArgument *argument = &g_array_index (reference->arguments, AttestArgument, i);
      Place argument_place = { place->scalar, place->source, place->source_byte + argument->byte };

      arguments[i] = expand_argument (filler, fragment, i, argument->text, &argument_place);
      if (arguments[i] == NULL)
        return FALSE;
    }
  return append_body (filler, fragment, arguments, place, expansion);
}

static gboolean
append_reference (Filler *filler, const AttestReference *reference, const Place *place,
                  AttestExpansion *expansion)
{
  AttestCodebookParser *parser = filler->parser;
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (parser->fragments, reference->name));
  int parameter = find_parameter (filler, reference->name);

  if (reference->is_open)
    {
      complain_at_place (parser, place, "arguments",
                         "has arguments that do not end: write {{name(argument, argument)}}",
                         reference->name);
      return FALSE;
    }
  if (parameter >= 0)
    return append_parameter (filler, (guint)parameter, reference, place, expansion);
  if (index == 0)
    {
      complain_unknown (parser, place, reference->name);
      return FALSE;
    }
  if (!fill_fragment (filler, index - 1, place)
      || !check_arity (parser, fragment_at (parser, index - 1), reference, place))
    return FALSE;
  /* While the fragments themselves are filled in, nothing is used yet. */
  if (filler->progress == NULL)
    mark_used (parser, index - 1);
  return append_call (filler, fragment_at (parser, index - 1), reference, place, expansion);
}

/* @text: the source, or a part of it that begins at @start. */
static gboolean
expand (Filler *filler, const Place *start, const char *text, AttestExpansion *expansion)
{
  AttestCodebookParser *parser = filler->parser;
  gboolean is_copying = FALSE;

  attest_expansion_set (expansion, "");
  if (!check_size (parser, start->scalar, strlen (text)))
    return FALSE;
  for (const char *p = text; *p != '\0';)
    {
      Place place = { start->scalar, start->source, start->source_byte + (gsize)(p - text) };
      g_auto (AttestReference) reference = { 0 };
      gboolean is_reference = attest_reference_read (p, &reference);
      gsize length_bytes = is_reference ? reference.length_bytes : attest_reference_skip (p);

      if (is_reference || !is_copying)
        attest_expansion_add_piece (expansion, place.source_byte, is_reference);
      is_copying = !is_reference;
      if (is_reference)
        {
          if (!append_reference (filler, &reference, &place, expansion)
              || !check_size (parser, start->scalar, expansion->body->len))
            return FALSE;
        }
      else
        {
          if (!check_class (parser, &place, length_bytes))
            return FALSE;
          g_string_append_len (expansion->body, p, (gssize)length_bytes);
        }
      p += length_bytes;
    }
  return check_size (parser, start->scalar, expansion->body->len);
}

gboolean
attest_codebook_expand (AttestCodebookParser *parser, const AttestYaml *scalar, const char *source,
                        AttestExpansion *out_expansion)
{
  Filler filler = { .parser = parser, .definition = NONE };

  return expand (&filler, &(Place){ scalar, source, 0 }, source, out_expansion);
}

/* {{x}} in a fragment must not be two things. */
static void
check_parameter_names (AttestCodebookParser *parser, const Progress *progress)
{
  for (guint i = 0; i < parser->codebook->fragments->len; i++)
    {
      const AttestFragment *fragment = fragment_at (parser, i);

      for (char **name = fragment->parameters; name != NULL && *name != NULL; name++)
        if (g_hash_table_contains (parser->fragments, *name))
          attest_codebook_complain (parser, progress[i].key, "duplicate-id",
                                    "parameter '%s' of fragment '%s' has the name of a fragment: "
                                    "call it otherwise",
                                    *name, fragment->name);
    }
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
    {
      Progress new_progress = { .key = g_ptr_array_index (value->items, i),
                                .scalar = g_ptr_array_index (value->items, i + 1) };

      if (attest_codebook_add_fragment (parser, new_progress.key, new_progress.scalar))
        g_array_append_val (progress, new_progress);
    }

  Filler filler
      = { .parser = parser, .progress = (Progress *)(void *)progress->data, .definition = NONE };
  check_parameter_names (parser, filler.progress);
  for (guint i = 0; i < progress->len; i++)
    if (filler.progress[i].state == STATE_NEW)
      fill_fragment (&filler, i,
                     &(Place){ filler.progress[i].scalar, fragment_at (parser, i)->source, 0 });
}
