/* attest-alphabet: see the header.
 *
 * Every class is run over one text of all characters. Which classes have a character is a number of
 * 64 bits; characters with the same number are one symbol. Characters that stand in a pattern by
 * themselves are each a symbol of their own, with their equivalents in case.
 */
#include "pattern/attest-alphabet.h"

#include <string.h>

#include "pattern/attest-pattern.h"
#include "util/attest-case.h"

#define END_CODE_POINT 0x20000u
#define FIRST_SURROGATE 0xd800u
#define END_SURROGATE 0xe000u
#define MAX_CLASSES 64
#define NO_SYMBOL G_MAXUINT

struct _AttestAlphabet
{
  GHashTable *classes;    /* text → index + 1 */
  GHashTable *characters; /* folded character → symbol + 1 */
  guint n;
  AttestSymbols of_class[MAX_CLASSES];
  guint64 known_classes; /* bits: those whose members are known */
  gunichar chars[ATTEST_MAX_SYMBOLS];
};

gboolean
attest_symbols_meet (const AttestSymbols *a, const AttestSymbols *b)
{
  for (guint i = 0; i < G_N_ELEMENTS (a->bits); i++)
    if ((a->bits[i] & b->bits[i]) != 0)
      return TRUE;
  return FALSE;
}

/* --- what the patterns mention --------------------------------------------------------- */

static gboolean
is_plain (const AttestRegex *regex, const AttestNode *node)
{
  return !node->case_matters && !node->is_odd && !regex->has_options;
}

static char *
dup_class_text (const AttestRegex *regex, const AttestNode *node)
{
  return g_strndup (regex->body + node->start_byte, node->end_byte - node->start_byte);
}

static void
collect (AttestAlphabet *alphabet, const AttestRegex *regex)
{
  for (guint i = 1; regex->reason == NULL && i < regex->nodes->len; i++)
    {
      const AttestNode *node = attest_regex_node (regex, i);

      if (node->kind == ATTEST_NODE_CHAR && alphabet->n < ATTEST_MAX_SYMBOLS / 2)
        {
          gpointer folded = GUINT_TO_POINTER (attest_case_fold (node->c));

          if (g_hash_table_contains (alphabet->characters, folded))
            continue;
          alphabet->chars[alphabet->n++] = node->c;
          g_hash_table_insert (alphabet->characters, folded, GUINT_TO_POINTER (alphabet->n));
        }
      if (node->kind != ATTEST_NODE_SET || !is_plain (regex, node)
          || g_hash_table_size (alphabet->classes) >= MAX_CLASSES)
        continue;
      char *text = dup_class_text (regex, node);
      guint number = g_hash_table_size (alphabet->classes) + 1;
      if (g_hash_table_contains (alphabet->classes, text))
        g_free (text);
      else
        g_hash_table_insert (alphabet->classes, text, GUINT_TO_POINTER (number));
    }
}

/* --- members of classes ----------------------------------------------------------------- */

static GString *
make_all_characters (void)
{
  GString *text = g_string_sized_new (4 * END_CODE_POINT);

  for (gunichar c = 0; c < END_CODE_POINT; c++)
    if (c < FIRST_SURROGATE || c >= END_SURROGATE)
      g_string_append_unichar (text, c);
  return text;
}

/* The character that begins at a byte of the text of all characters. */
static gunichar
character_at (gsize byte)
{
  const gsize two = 0x80, three = two + 2 * (0x800 - 0x80);
  const gsize surrogates = three + 3 * (FIRST_SURROGATE - 0x800);
  const gsize four = surrogates + 3 * (0x10000 - END_SURROGATE);

  if (byte < two)
    return (gunichar)byte;
  if (byte < three)
    return (gunichar)(0x80 + (byte - two) / 2);
  if (byte < surrogates)
    return (gunichar)(0x800 + (byte - three) / 3);
  if (byte < four)
    return (gunichar)(END_SURROGATE + (byte - surrogates) / 3);
  return (gunichar)(0x10000 + (byte - four) / 4);
}

/* Sets the bit of a class in @vectors for each of its members. FALSE: that could not be found. */
static gboolean
note_members (const char *class_text, guint number, const GString *all, guint64 *vectors)
{
  g_autofree char *body = g_strdup_printf ("%s++", class_text);
  gsize unused, start = 0, end = 0;
  const char *reason;
  g_autoptr (AttestPattern) pattern
      = attest_pattern_new (body, ATTEST_PATTERN_PLAIN, &unused, NULL);
  g_autoptr (AttestMatcher) matcher = attest_matcher_new ();
  AttestMatchResult result = ATTEST_MATCH_NONE;

  if (pattern == NULL)
    return FALSE;
  while ((result
          = attest_matcher_find (matcher, pattern, all->str, all->len, end, &start, &end, &reason))
         == ATTEST_MATCH_FOUND)
    {
      gunichar behind = end < all->len ? character_at (end) : END_CODE_POINT;

      for (gunichar c = character_at (start); c < behind; c++)
        vectors[c] |= G_GUINT64_CONSTANT (1) << number;
    }
  return result == ATTEST_MATCH_NONE;
}

/* --- symbols ---------------------------------------------------------------------------- */

/* How well a character stands for its symbol in an example. */
static guint
plainness (gunichar c)
{
  if (c < 0x80)
    return g_ascii_islower ((char)c)   ? 6
           : g_ascii_isalpha ((char)c) ? 5
           : g_ascii_isalnum ((char)c) ? 4
           : g_ascii_isprint ((char)c) ? 3
                                       : 0;
  return g_unichar_isalpha (c) ? 2 : g_unichar_isprint (c) ? 1 : 0;
}

static void
add_to_classes (AttestAlphabet *alphabet, guint symbol, guint64 vector)
{
  for (guint i = 0; i < MAX_CLASSES; i++)
    if (vector >> i & 1)
      attest_symbols_add (&alphabet->of_class[i], symbol);
}

/* Characters of their own: a class has all of its equivalents in case or none, or it is not one of
 * those that we know. They are taken out of the others. */
static void
place_characters (AttestAlphabet *alphabet, const guint64 *vectors, guint8 *is_placed)
{
  for (guint symbol = 0; symbol < alphabet->n; symbol++)
    {
      gunichar equal[ATTEST_MAX_CASE_EQUIVALENTS];
      guint n = attest_case_equivalents (alphabet->chars[symbol], equal);
      guint64 first = 0;
      gboolean is_first = TRUE;

      for (guint i = 0; i < n; i++)
        {
          if (equal[i] >= END_CODE_POINT)
            continue;
          if (is_first)
            first = vectors[equal[i]];
          is_first = FALSE;
          alphabet->known_classes &= ~(first ^ vectors[equal[i]]);
          is_placed[equal[i]] = 1;
        }
      add_to_classes (alphabet, symbol, first);
    }
}

/* All others, by the classes that have them. */
static void
place_others (AttestAlphabet *alphabet, const guint64 *vectors, const guint8 *is_placed)
{
  g_autoptr (GHashTable) symbols = g_hash_table_new (g_int64_hash, g_int64_equal);
  guint64 last_vector = 0;
  guint last = NO_SYMBOL;

  for (gunichar c = 0; c < END_CODE_POINT; c++)
    {
      if (is_placed[c] || (c >= FIRST_SURROGATE && c < END_SURROGATE))
        continue;
      if (last == NO_SYMBOL || vectors[c] != last_vector)
        {
          guint found = GPOINTER_TO_UINT (g_hash_table_lookup (symbols, (gpointer)&vectors[c]));

          if (found == 0 && alphabet->n == ATTEST_MAX_SYMBOLS)
            {
              /* No room: classes that would have it are not known. */
              alphabet->known_classes &= ~vectors[c];
              continue;
            }
          if (found == 0)
            {
              found = ++alphabet->n;
              alphabet->chars[found - 1] = c;
              add_to_classes (alphabet, found - 1, vectors[c]);
              g_hash_table_insert (symbols, (gpointer)&vectors[c], GUINT_TO_POINTER (found));
            }
          last = found - 1;
          last_vector = vectors[c];
        }
      if (plainness (c) > plainness (alphabet->chars[last]))
        alphabet->chars[last] = c;
    }
}

AttestAlphabet *
attest_alphabet_new (const AttestRegex *const *regexes, guint n)
{
  AttestAlphabet *alphabet = g_new0 (AttestAlphabet, 1);
  g_autofree guint64 *vectors = g_new0 (guint64, END_CODE_POINT);
  g_autofree guint8 *is_placed = g_new0 (guint8, END_CODE_POINT);
  GHashTableIter iter;
  gpointer text, number;

  alphabet->classes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  alphabet->characters = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < n; i++)
    collect (alphabet, regexes[i]);
  GString *all = make_all_characters ();
  g_hash_table_iter_init (&iter, alphabet->classes);
  while (g_hash_table_iter_next (&iter, &text, &number))
    if (note_members (text, GPOINTER_TO_UINT (number) - 1, all, vectors))
      alphabet->known_classes |= G_GUINT64_CONSTANT (1) << (GPOINTER_TO_UINT (number) - 1);
  g_string_free (all, TRUE);
  place_characters (alphabet, vectors, is_placed);
  place_others (alphabet, vectors, is_placed);
  return alphabet;
}

void
attest_alphabet_free (AttestAlphabet *alphabet)
{
  if (alphabet == NULL)
    return;
  g_hash_table_unref (alphabet->classes);
  g_hash_table_unref (alphabet->characters);
  g_free (alphabet);
}

guint
attest_alphabet_get_count (const AttestAlphabet *alphabet)
{
  return alphabet->n;
}

gboolean
attest_alphabet_get_symbols (const AttestAlphabet *alphabet, const AttestRegex *regex,
                             const AttestNode *node, AttestSymbols *out_symbols)
{
  guint number;

  memset (out_symbols, 0, sizeof *out_symbols);
  if (!is_plain (regex, node))
    return FALSE;
  if (node->kind == ATTEST_NODE_CHAR)
    {
      number = GPOINTER_TO_UINT (g_hash_table_lookup (
          alphabet->characters, GUINT_TO_POINTER (attest_case_fold (node->c))));
      if (number == 0)
        return FALSE;
      attest_symbols_add (out_symbols, number - 1);
      return TRUE;
    }
  g_autofree char *text = dup_class_text (regex, node);
  number = GPOINTER_TO_UINT (g_hash_table_lookup (alphabet->classes, text));
  if (number == 0 || !(alphabet->known_classes >> (number - 1) & 1))
    return FALSE;
  *out_symbols = alphabet->of_class[number - 1];
  return TRUE;
}

gunichar
attest_alphabet_get_char (const AttestAlphabet *alphabet, guint symbol)
{
  return alphabet->chars[symbol];
}

gunichar
attest_alphabet_choose_char (const AttestAlphabet *alphabet, const AttestSymbols *symbols)
{
  gunichar best = 0;

  /* From the end: first those that no pattern mentions. */
  for (guint i = alphabet->n; i > 0; i--)
    {
      gunichar c = alphabet->chars[i - 1];

      if (!attest_symbols_has (symbols, i - 1))
        continue;
      if (g_unichar_isalpha (c))
        return c;
      if (best == 0 || c == ' ')
        best = c;
    }
  return best;
}
