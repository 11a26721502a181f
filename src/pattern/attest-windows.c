/* attest-windows: see the header. */
#include "pattern/attest-windows.h"

#include <string.h>

#include "util/attest-limits.h"

/* How far back is looked for what may not stand before a needle, bytes. Further, it may. */
#define MAX_LOOK_BYTES 2000

gboolean
attest_reach_is_everything (const AttestReach *reach)
{
  return reach->max_bytes == ATTEST_UNBOUNDED && reach->ascii.bits[0] == G_MAXUINT64
         && reach->ascii.bits[1] == G_MAXUINT64;
}

gboolean
attest_reach_window (const AttestReach *reach, const char *text, gsize needle_byte,
                     AttestWindow *out_window)
{
  gsize first = needle_byte > reach->max_bytes ? needle_byte - reach->max_bytes : 0;
  gsize stop = needle_byte > MAX_LOOK_BYTES ? needle_byte - MAX_LOOK_BYTES : 0;
  gsize from = needle_byte;

  if (needle_byte < reach->min_bytes)
    return FALSE;
  while (
      from > first && from > stop
      && ((text[from - 1] & 0x80) || attest_ascii_set_has (&reach->ascii, (guchar)text[from - 1])))
    from--;
  if (from > first && from == stop)
    from = first;
  if (from > needle_byte - reach->min_bytes)
    return FALSE;
  while (from > 0 && (text[from] & 0xc0) == 0x80)
    from--;
  out_window->from_byte = (guint32)from;
  out_window->to_byte = (guint32)(needle_byte - reach->min_bytes);
  return TRUE;
}

static int
compare_windows (gconstpointer a, gconstpointer b)
{
  const AttestWindow *x = a, *y = b;

  if (x->pattern != y->pattern)
    return x->pattern < y->pattern ? -1 : 1;
  return x->from_byte < y->from_byte ? -1 : x->from_byte > y->from_byte;
}

void
attest_windows_sort (GArray *windows)
{
  g_array_sort (windows, compare_windows);
}

/* FALSE: a match can begin anywhere, or there are too many windows. */
static gboolean
add_windows (const AttestNeedle *needle, gboolean anywhere, const char *text, const char *folded,
             gsize folded_bytes, GArray *windows)
{
  for (gsize i = 0; i + needle->length_bytes <= folded_bytes; i++)
    {
      AttestWindow window = { .pattern = 0 };

      if (memcmp (folded + i, needle->bytes, needle->length_bytes) != 0)
        continue;
      if (anywhere || windows->len >= ATTEST_MAX_WINDOWS)
        return FALSE;
      if (attest_reach_window (&needle->reach, text, i, &window))
        g_array_append_val (windows, window);
    }
  return TRUE;
}

GArray *
attest_windows_find (const AttestRelaxed *relaxed, AttestFolder *folder, const char *text,
                     gsize length_bytes)
{
  g_autoptr (GArray) windows = g_array_new (FALSE, FALSE, sizeof (AttestWindow));
  const char *folded;
  gsize folded_bytes;
  gboolean moved;

  if (relaxed->needles == NULL
      || !attest_folder_fold (folder, text, length_bytes, &folded, &folded_bytes, &moved))
    return NULL;
  for (guint i = 0; i < relaxed->needles->len; i++)
    {
      const AttestNeedle *needle = &g_array_index (relaxed->needles, AttestNeedle, i);
      gboolean anywhere
          = moved || relaxed->needs_whole_text || attest_reach_is_everything (&needle->reach);

      if (!add_windows (needle, anywhere, text, folded, folded_bytes, windows))
        return NULL;
    }
  attest_windows_sort (windows);
  return g_steal_pointer (&windows);
}
