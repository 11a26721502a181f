/* attest-relax-fold: text as needles expect it.
 *
 * Most text is ASCII or in an alphabet below U+0800, two bytes a character, whose folds have two
 * bytes too: for those a table is made once and used for every text.
 */
#include "pattern/attest-relax.h"

#include <string.h>

#include "pattern/attest-char-set.h"

#define N_TWO_BYTE 0x800u

struct _AttestFolder
{
  /* The two bytes of each folded character below U+0800 whose fold has two bytes; else 0. */
  guint16 table[N_TWO_BYTE];
  GString *room;
};

AttestFolder *
attest_folder_new (void)
{
  AttestFolder *folder = g_new0 (AttestFolder, 1);

  folder->room = g_string_new (NULL);
  for (guint32 c = 0x80; c < N_TWO_BYTE; c++)
    {
      guint32 folded = attest_char_fold (c);

      if (c != ATTEST_LONG_S && folded < N_TWO_BYTE)
        folder->table[c] = (guint16)((0xc0 | folded >> 6) << 8 | 0x80 | (folded & 0x3f));
    }
  return folder;
}

void
attest_folder_free (AttestFolder *folder)
{
  if (folder == NULL)
    return;
  g_string_free (folder->room, TRUE);
  g_free (folder);
}

#define ALL(byte) (G_GUINT64_CONSTANT (0x0101010101010101) * (byte))

/* Eight letters of ASCII at once: the top bit of a byte tells whether it is from A to Z. */
static guint64
lower_word (guint64 word)
{
  guint64 from_a = word + ALL (0x80 - 'A'), behind_z = word + ALL (0x7f - 'Z');

  return word | ((from_a & ~behind_z & ALL (0x80)) >> 2);
}

/* Copies ASCII in small letters; returns how many bytes there are of it. */
static gsize
copy_ascii (char *out, const char *text, gsize length_bytes)
{
  gsize i = 0;

  for (; i + 8 <= length_bytes; i += 8)
    {
      guint64 word;

      memcpy (&word, text + i, sizeof word);
      if (word & ALL (0x80))
        break;
      word = lower_word (word);
      memcpy (out + i, &word, sizeof word);
    }
  for (; i < length_bytes && !((guchar)text[i] & 0x80); i++)
    out[i] = g_ascii_tolower (text[i]);
  return i;
}

/* Puts one character that is not ASCII; returns its bytes, or 0 for what cannot be folded. */
static gsize
fold_char (AttestFolder *folder, const char *text, char **out, gboolean *out_moved)
{
  guchar lead = (guchar)text[0];
  guint16 two
      = (lead & 0xe0) == 0xc0 ? folder->table[(lead & 0x1fu) << 6 | ((guchar)text[1] & 0x3fu)] : 0;

  if (two != 0)
    {
      *(*out)++ = (char)(two >> 8);
      *(*out)++ = (char)(two & 0xff);
      return 2;
    }
  gunichar c = g_utf8_get_char (text);
  if (c == ATTEST_LONG_S || c == ATTEST_KELVIN)
    return 0;
  gint folded_bytes = g_unichar_to_utf8 (attest_char_fold (c), *out);
  gint char_bytes = (gint)(g_utf8_next_char (text) - text);
  *out_moved = *out_moved || folded_bytes != char_bytes;
  *out += folded_bytes;
  return (gsize)char_bytes;
}

gboolean
attest_folder_fold (AttestFolder *folder, const char *text, gsize length_bytes,
                    const char **out_text, gsize *out_length_bytes, gboolean *out_moved)
{
  gsize room_bytes = length_bytes + length_bytes / 2 + 8 + ATTEST_FOLDED_PADDING;
  char *out;

  *out_moved = FALSE;
  /* No fold is longer than three bytes for two. */
  if (folder->room->len < room_bytes)
    g_string_set_size (folder->room, room_bytes);
  out = folder->room->str;
  for (gsize i = 0, n; i < length_bytes; i += n)
    {
      n = copy_ascii (out, text + i, length_bytes - i);
      out += n;
      if (n == 0)
        n = fold_char (folder, text + i, &out, out_moved);
      if (n == 0)
        return FALSE;
    }
  *out_text = folder->room->str;
  *out_length_bytes = (gsize)(out - folder->room->str);
  memset (out, 0, ATTEST_FOLDED_PADDING);
  return TRUE;
}
