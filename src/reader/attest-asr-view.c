/* attest-asr-view: words into stretches of speech, and the comparison with the file's own text. */
#include "reader/attest-asr-private.h"

#include <string.h>

/* Of words that nobody is named for: such a pause ends a stretch, ms. */
#define PAUSE_MS 2000

static const AttestAsrItem *
item_at (const AttestAsrView *view, guint i)
{
  return &g_array_index (view->items, AttestAsrItem, i);
}

static gsize
count_letters (const char *text, gsize length_bytes)
{
  gsize letters = 0;

  for (const char *p = text; p < text + length_bytes; p = g_utf8_next_char (p))
    letters += g_unichar_isalnum (g_utf8_get_char (p));
  return letters;
}

gsize
attest_asr_count_letters_of_texts (const GPtrArray *texts)
{
  gsize letters = 0;

  for (guint i = 0; i < texts->len; i++)
    {
      const GString *text = g_ptr_array_index (texts, i);

      letters += count_letters (text->str, text->len);
    }
  return letters;
}

guint
attest_asr_view_count_streams (const AttestAsrView *view)
{
  guint64 seen = 0;
  guint n = 0;

  G_STATIC_ASSERT (ATTEST_ASR_MAX_STREAMS <= 64);
  for (guint i = 0; i < view->items->len; i++)
    seen |= G_GUINT64_CONSTANT (1) << item_at (view, i)->piece.stream;
  for (; seen != 0; seen &= seen - 1)
    n++;
  return n;
}

/* --- words in a text ---------------------------------------------------------------------- */

/* The next letter or digit of [*p, end), lower case; 0 at the end. *p is left at it. */
static gunichar
next_letter (const char **p, const char *end)
{
  for (; *p < end; *p = g_utf8_next_char (*p))
    {
      gunichar c = (guchar) * *p < 0x80 ? (gunichar) * *p : g_utf8_get_char (*p);

      if (g_unichar_isalnum (c))
        return g_unichar_tolower (c);
    }
  return 0;
}

/* Where each word begins in @text; FALSE when the letters differ. */
static gboolean
find_words (const AttestAsrView *words, guint first, guint end, const char *text,
            gsize length_bytes, GArray *starts)
{
  const char *at = text, *text_end = text + length_bytes;

  for (guint i = first; i < end; i++)
    {
      const AttestAsrItem *item = item_at (words, i);
      const char *p = words->text->str + item->start_byte;
      const char *p_end = words->text->str + item->end_byte;
      gboolean begun = FALSE;
      gsize start = (gsize)(at - text);
      gunichar c;

      while ((c = next_letter (&p, p_end)) != 0)
        {
          if (next_letter (&at, text_end) != c)
            return FALSE;
          if (!begun)
            start = (gsize)(at - text);
          begun = TRUE;
          p = g_utf8_next_char (p);
          at = g_utf8_next_char (at);
        }
      g_array_append_val (starts, start);
    }
  return next_letter (&at, text_end) == 0;
}

/* What stands between two words belongs to the first one, up to the white space; what follows that
 * opens the second one, such as a quotation mark. */
static gsize
place_cut (const char *text, gsize after, gsize word_start)
{
  gsize cut = word_start;

  while (cut > after && !g_ascii_isspace (text[cut - 1]))
    cut--;
  return cut > after ? cut : word_start;
}

static gboolean
ends_sentence (const AttestAsrView *words, const AttestAsrItem *item)
{
  return item->end_byte > item->start_byte
         && strchr (".?!", words->text->str[item->end_byte - 1]) != NULL;
}

/* Whether a new stretch begins with @item. The label of a word without one is that of the words
 * before. */
static gboolean
begins_stretch (const AttestAsrView *words, const AttestAsrItem *before, const AttestAsrItem *item,
                const char *label)
{
  if (item->piece.label != NULL && item->piece.label != label)
    return label != NULL;
  if (label != NULL)
    return FALSE;
  return ends_sentence (words, before)
         || (item->piece.start_ms != ATTEST_NO_TIME && before->piece.end_ms != ATTEST_NO_TIME
             && item->piece.start_ms - before->piece.end_ms >= PAUSE_MS);
}

static void
stretch_times (AttestAsrPiece *piece, const AttestAsrPiece *word)
{
  if (piece->start_ms == ATTEST_NO_TIME)
    piece->start_ms = word->start_ms;
  piece->end_ms = MAX (piece->end_ms, word->end_ms);
}

/* The stretch of words that begins with @first; sets *@piece and returns the word after it. */
static guint
take_stretch (const AttestAsrView *words, guint first, guint end, AttestAsrPiece *piece)
{
  guint i = first + 1;

  *piece = item_at (words, first)->piece;
  for (; i < end; i++)
    {
      const AttestAsrItem *item = item_at (words, i);

      if (begins_stretch (words, item_at (words, i - 1), item, piece->label))
        break;
      if (piece->label == NULL)
        piece->label = item->piece.label;
      stretch_times (piece, &item->piece);
    }
  return i;
}

static void
append_item (AttestAsrView *view, const AttestAsrPiece *piece, const char *text, gsize length_bytes)
{
  AttestAsrItem item = { .piece = *piece, .start_byte = view->text->len };

  g_string_append_len (view->text, text, (gssize)length_bytes);
  item.end_byte = view->text->len;
  if (length_bytes > 0)
    g_array_append_val (view->items, item);
}

gboolean
attest_asr_view_cut (const AttestAsrView *words, guint first, guint end, const char *text,
                     gsize length_bytes, AttestAsrView *out)
{
  g_autoptr (GArray) starts = g_array_sized_new (FALSE, FALSE, sizeof (gsize), end - first);
  gsize from = 0;

  if (first == end || !find_words (words, first, end, text, length_bytes, starts))
    return FALSE;
  for (guint i = first; i < end;)
    {
      AttestAsrPiece piece;
      guint next = take_stretch (words, i, end, &piece);
      gsize to = next == end ? length_bytes
                             : place_cut (text, g_array_index (starts, gsize, next - 1 - first),
                                          g_array_index (starts, gsize, next - first));

      append_item (out, &piece, text + from, to - from);
      from = to;
      i = next;
    }
  return TRUE;
}

/* The words with spaces between, when there is no text that they could be found in. */
static void
join_words (const AttestAsrView *words, guint first, guint end, AttestAsrView *out)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = first; i < end;)
    {
      AttestAsrPiece piece;
      guint next = take_stretch (words, i, end, &piece);

      g_string_truncate (text, 0);
      for (; i < next; i++)
        {
          const AttestAsrItem *item = item_at (words, i);

          if (text->len > 0 && !item->piece.glued)
            g_string_append_c (text, ' ');
          g_string_append_len (text, words->text->str + item->start_byte,
                               (gssize)(item->end_byte - item->start_byte));
        }
      append_item (out, &piece, text->str, text->len);
    }
}

/* --- the whole view ----------------------------------------------------------------------- */

static int
compare_streams (gconstpointer a, gconstpointer b)
{
  const AttestAsrItem *left = a, *right = b;

  if (left->piece.stream != right->piece.stream)
    return left->piece.stream < right->piece.stream ? -1 : 1;
  return (left->start_byte > right->start_byte) - (left->start_byte < right->start_byte);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  const AttestAsrItem *left = a, *right = b;

  if (left->piece.start_ms != right->piece.start_ms)
    return left->piece.start_ms < right->piece.start_ms ? -1 : 1;
  return (left->start_byte > right->start_byte) - (left->start_byte < right->start_byte);
}

static const GString *
text_of_stream (const GPtrArray *expected, guint stream)
{
  return stream < expected->len ? g_ptr_array_index (expected, stream) : NULL;
}

/* The item after the last one of the stream of @first; the items are sorted by stream. */
static guint
end_of_stream (const AttestAsrView *view, guint first)
{
  guint end = first + 1;

  while (end < view->items->len
         && item_at (view, end)->piece.stream == item_at (view, first)->piece.stream)
    end++;
  return end;
}

static void
make_stretches (AttestAsrView *view, const GPtrArray *expected)
{
  g_autoptr (AttestAsrView) out = attest_asr_view_new ();
  GString *text = view->text;
  GArray *items = view->items;

  for (guint first = 0, end; first < items->len; first = end)
    {
      const GString *whole = text_of_stream (expected, item_at (view, first)->piece.stream);

      end = end_of_stream (view, first);
      if (whole == NULL || whole->len == 0
          || !attest_asr_view_cut (view, first, end, whole->str, whole->len, out))
        join_words (view, first, end, out);
    }
  view->text = out->text;
  view->items = out->items;
  out->text = text;
  out->items = items;
}

static const char *
skip_space (const char *p, const char *end)
{
  while (p < end && g_unichar_isspace (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  return p;
}

/* Compares without white space; *@at goes on in the text. */
static gboolean
continues_text (const char *text, gsize length_bytes, const char **at, const char *at_end)
{
  const char *end = text + length_bytes;

  while ((text = skip_space (text, end)) < end)
    {
      *at = skip_space (*at, at_end);
      if (*at >= at_end || **at != *text)
        return FALSE;
      text++;
      (*at)++;
      /* Only characters begin with a space; their other bytes follow at once. */
      while (text < end && *at < at_end && ((guchar)*text & 0xc0) == 0x80)
        if (*text++ != *(*at)++)
          return FALSE;
    }
  return TRUE;
}

static gboolean
compare_with_text (AttestAsrView *view, const GPtrArray *expected)
{
  for (guint first = 0, end; first < view->items->len; first = end)
    {
      const GString *whole = text_of_stream (expected, item_at (view, first)->piece.stream);
      const char *at, *at_end;

      end = end_of_stream (view, first);
      if (whole == NULL || whole->len == 0)
        continue;
      at = whole->str;
      at_end = at + whole->len;
      for (guint i = first; i < end; i++)
        {
          const AttestAsrItem *item = item_at (view, i);

          view->first_difference = i;
          if (!continues_text (view->text->str + item->start_byte,
                               item->end_byte - item->start_byte, &at, at_end))
            return FALSE;
        }
      if (skip_space (at, at_end) < at_end)
        return FALSE;
    }
  return TRUE;
}

/* A stream with text of its own that no item is of is missing speech. */
static gboolean
covers_streams (const AttestAsrView *view, const GPtrArray *expected)
{
  for (guint stream = 0; stream < expected->len; stream++)
    {
      const GString *text = text_of_stream (expected, stream);
      gboolean found = FALSE;

      for (guint i = 0; i < view->items->len && !found; i++)
        found = item_at (view, i)->piece.stream == stream;
      if (!found && count_letters (text->str, text->len) > 0)
        return FALSE;
    }
  return TRUE;
}

gboolean
attest_asr_view_settle (AttestAsrView *view, const GPtrArray *expected)
{
  gboolean many = attest_asr_view_count_streams (view) > 1, same;

  if (many)
    g_array_sort (view->items, compare_streams);
  if (view->words)
    make_stretches (view, expected);
  same = compare_with_text (view, expected) && covers_streams (view, expected);
  view->letters = count_letters (view->text->str, view->text->len);
  if (many)
    {
      const AttestAsrItem differing = *item_at (view, view->first_difference);

      g_array_sort (view->items, compare_times);
      for (guint i = 0; i < view->items->len; i++)
        if (item_at (view, i)->start_byte == differing.start_byte)
          view->first_difference = i;
    }
  return same;
}
