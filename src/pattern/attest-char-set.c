#include "pattern/attest-char-set.h"

#include <string.h>

#include "util/attest-case.h"

#define LAST_CODE_POINT 0x10ffffu
/* A wider range is taken as everything: so many alternatives would not pay. */
#define MAX_CLOSED_RANGE 64u
/* A class with more characters beyond ASCII takes all of them. */
#define MAX_WIDE 8

static void
set_bit (guint64 bits[2], guint c)
{
  bits[c >> 6] |= G_GUINT64_CONSTANT (1) << (c & 63);
}

void
attest_char_set_clear (AttestCharSet *set)
{
  if (set->wide != NULL)
    g_array_unref (set->wide);
  memset (set, 0, sizeof *set);
}

static void
add_ascii (AttestCharSet *set, guint c)
{
  set_bit (set->may, c);
  set_bit (set->must, c);
  if (!g_ascii_isalpha ((char)c))
    return;
  set_bit (set->may, c ^ 0x20);
  if (!set->case_matters)
    set_bit (set->must, c ^ 0x20);
}

void
attest_char_set_add_letters (AttestCharSet *set)
{
  for (guint c = 'a'; c <= 'z'; c++)
    {
      set_bit (set->may, c);
      set_bit (set->may, c ^ 0x20);
    }
  set->all_wide = TRUE;
}

guint32
attest_char_fold (guint32 c)
{
  guint32 folded = c < 0x80 ? c : attest_case_fold (c);

  return folded < 0x80 ? c : folded;
}

/* Two have an equivalent in ASCII. Text with one of these never comes here, but text with the
 * letters that they equal does. */
static void
add_wide_char (AttestCharSet *set, guint32 c)
{
  guint32 folded = attest_char_fold (c);

  if (c == ATTEST_LONG_S || c == ATTEST_KELVIN)
    {
      set_bit (set->may, c == ATTEST_LONG_S ? 's' : 'k');
      set_bit (set->may, c == ATTEST_LONG_S ? 'S' : 'K');
      return;
    }
  if (set->wide == NULL)
    set->wide = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint i = 0; i < set->wide->len; i++)
    if (g_array_index (set->wide, guint32, i) == folded)
      return;
  g_array_append_val (set->wide, folded);
  if (set->wide->len > MAX_WIDE)
    set->all_wide = TRUE;
}

static void
add_wide (AttestCharSet *set, guint32 first, guint32 last)
{
  if (last - first > MAX_CLOSED_RANGE)
    {
      /* With the ASCII letters that are equivalents of some in it. */
      attest_char_set_add_letters (set);
      return;
    }
  for (guint32 c = first; c <= last; c++)
    add_wide_char (set, c);
}

void
attest_char_set_add_range (AttestCharSet *set, guint32 first, guint32 last)
{
  for (guint32 c = first; c <= MIN (last, 0x7f); c++)
    add_ascii (set, c);
  if (last > 0x7f)
    add_wide (set, MAX (first, 0x80), MIN (last, LAST_CODE_POINT));
}

void
attest_char_set_add_property (AttestCharSet *set, const guint64 ascii[2])
{
  for (guint i = 0; i < 2; i++)
    {
      set->may[i] |= ascii[i];
      set->must[i] |= ascii[i];
    }
  set->all_wide = TRUE;
}

void
attest_char_set_add_set (AttestCharSet *set, const AttestCharSet *other)
{
  for (guint i = 0; i < 2; i++)
    {
      set->may[i] |= other->may[i];
      set->must[i] |= other->must[i];
    }
  set->all_wide = TRUE;
}

void
attest_char_set_add_unknown (AttestCharSet *set)
{
  set->may[0] = set->may[1] = G_MAXUINT64;
  set->all_wide = TRUE;
}

void
attest_char_set_negate (AttestCharSet *set)
{
  for (guint i = 0; i < 2; i++)
    {
      guint64 may = ~set->must[i];

      set->must[i] = ~set->may[i];
      set->may[i] = may;
    }
  set->all_wide = TRUE;
}

/* --- known classes */

static gboolean
is_member (char letter, guint c)
{
  switch (letter)
    {
    case 'd':
      return g_ascii_isdigit ((char)c);
    case 'w':
      return g_ascii_isalnum ((char)c) || c == '_';
    case 's':
      return c == ' ' || (c >= '\t' && c <= '\r');
    case 'h':
      return c == ' ' || c == '\t';
    case 'v':
    default:
      return c >= '\n' && c <= '\r';
    }
}

gboolean
attest_char_set_escape (char letter, guint64 out_ascii[2])
{
  char lower = g_ascii_tolower (letter);

  if (strchr ("dwshv", lower) == NULL || letter == '\0')
    return FALSE;
  out_ascii[0] = out_ascii[1] = 0;
  for (guint c = 0; c < 0x80; c++)
    if (is_member (lower, c) == (letter == lower))
      set_bit (out_ascii, c);
  return TRUE;
}

static gboolean
is_posix_member (const char *name, gsize length_bytes, guint c, gboolean *out_known)
{
  static const char *const names[]
      = { "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph",
          "lower", "print", "punct", "space", "upper", "word",  "xdigit" };
  char x = (char)c;
  guint i = 0;

  while (i < G_N_ELEMENTS (names)
         && (strlen (names[i]) != length_bytes || memcmp (names[i], name, length_bytes) != 0))
    i++;
  *out_known = i < G_N_ELEMENTS (names);
  const gboolean is_in[]
      = { g_ascii_isalnum (x), g_ascii_isalpha (x), TRUE, c == ' ' || c == '\t',
          g_ascii_iscntrl (x), g_ascii_isdigit (x), g_ascii_isgraph (x),
          /* Without case these are the same. */
          g_ascii_isalpha (x), g_ascii_isprint (x), g_ascii_ispunct (x), is_member ('s', c),
          g_ascii_isalpha (x), is_member ('w', c), g_ascii_isxdigit (x) };

  return *out_known && is_in[i];
}

gboolean
attest_char_set_posix (const char *name, gsize length_bytes, guint64 out_ascii[2])
{
  gboolean known = FALSE;

  out_ascii[0] = out_ascii[1] = 0;
  for (guint c = 0; c < 0x80; c++)
    if (is_posix_member (name, length_bytes, c, &known))
      set_bit (out_ascii, c);
  return known;
}
