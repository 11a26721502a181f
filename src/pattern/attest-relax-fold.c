/* attest-relax-fold: text as needles expect it.
 *
 * Most text is ASCII or in an alphabet below U+0800, two bytes a character, whose folds have two
 * bytes too: for those a table is made once and used for every text.
 */
#include "pattern/attest-relax.h"

#include <string.h>

#include "pattern/attest-relax-private.h"

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

static gsize
ascii_run (const char *text, gsize length_bytes)
{
  gsize i = 0;

  for (; i + 8 <= length_bytes; i += 8)
    {
      guint64 word;

      memcpy (&word, text + i, sizeof word);
      if (word & G_GUINT64_CONSTANT (0x8080808080808080))
        break;
    }
  while (i < length_bytes && !((guchar)text[i] & 0x80))
    i++;
  return i;
}

gboolean
attest_folder_fold (AttestFolder *folder, const char *text, gsize length_bytes,
                    const char **out_text, gsize *out_length_bytes, gboolean *out_moved)
{
  gsize i = ascii_run (text, length_bytes);
  char *out;

  *out_text = text;
  *out_length_bytes = length_bytes;
  *out_moved = FALSE;
  if (i == length_bytes)
    return TRUE;
  /* No fold is longer than three bytes for two. */
  g_string_set_size (folder->room, length_bytes + length_bytes / 2 + 8);
  out = folder->room->str;
  memcpy (out, text, i);
  out += i;
  while (i < length_bytes)
    {
      guchar lead = (guchar)text[i];
      guint16 two = (lead & 0xe0) == 0xc0
                        ? folder->table[(lead & 0x1fu) << 6 | ((guchar)text[i + 1] & 0x3fu)]
                        : 0;

      if (two != 0)
        {
          *out++ = (char)(two >> 8);
          *out++ = (char)(two & 0xff);
          i += 2;
        }
      else if (lead & 0x80)
        {
          gunichar c = g_utf8_get_char (text + i);

          if (c == ATTEST_LONG_S || c == ATTEST_KELVIN)
            return FALSE;
          gint folded_bytes = g_unichar_to_utf8 (attest_char_fold (c), out);
          gint char_bytes = (gint)(g_utf8_next_char (text + i) - (text + i));

          *out_moved = *out_moved || folded_bytes != char_bytes;
          out += folded_bytes;
          i += (gsize)char_bytes;
        }
      else
        {
          gsize run = ascii_run (text + i, length_bytes - i);

          memcpy (out, text + i, run);
          out += run;
          i += run;
        }
    }
  *out_text = folder->room->str;
  *out_length_bytes = (gsize)(out - folder->room->str);
  return TRUE;
}
