#include "config.h"

#include "reader/attest-pdf-page.h"

#include <string.h>

#include "reader/attest-pdf-columns.h"

/* In heights of a line: letters farther apart than this are of two segments; those of two words,
 * where words are looked at one by one. */
#define SEGMENT_GAP 0.5
#define WORD_GAP 0.15

typedef AttestPdfSegment Segment;

typedef struct
{
  AttestPdfPages *pages;
  char *text;
  PopplerRectangle *places; /* of each character */
  guint n_places;
  guint8 *bold; /* of each character */
  GArray *segments;
  double width;
  gboolean by_words; /* some go from right to left: a segment is one word */
} Page;

AttestPdfPages *
attest_pdf_pages_new (void)
{
  AttestPdfPages *pages = g_new0 (AttestPdfPages, 1);

  pages->text = g_string_new (NULL);
  pages->lines = g_array_new (FALSE, FALSE, sizeof (AttestPdfLine));
  pages->sizes = g_array_new (FALSE, FALSE, sizeof (AttestPdfSize));
  return pages;
}

void
attest_pdf_pages_free (AttestPdfPages *pages)
{
  if (pages == NULL)
    return;
  g_string_free (pages->text, TRUE);
  g_array_unref (pages->lines);
  g_array_unref (pages->sizes);
  g_free (pages);
}

/* --- segments ----------------------------------------------------------------------------- */

/* The names of fonts are all that says how bold they are. */
static void
find_bold (Page *page, PopplerPage *poppler, PopplerRectangle *area)
{
  GList *attributes = poppler_page_get_text_attributes_for_area (poppler, area);

  page->bold = g_new0 (guint8, page->n_places + 1);
  for (GList *l = attributes; l != NULL; l = l->next)
    {
      const PopplerTextAttributes *run = l->data;
      g_autofree char *font = g_ascii_strdown (run->font_name != NULL ? run->font_name : "", -1);

      if (strstr (font, "bold") == NULL && strstr (font, "black") == NULL
          && strstr (font, "heavy") == NULL)
        continue;
      for (int i = MAX (run->start_index, 0); i <= run->end_index && i < (int)page->n_places; i++)
        page->bold[i] = 1;
    }
  poppler_page_free_text_attributes (attributes);
}

static gboolean
is_space (gunichar c)
{
  return c < 0x80 ? g_ascii_isspace (c) : g_unichar_isspace (c);
}

/* What is known of the segment that is being read. */
typedef struct
{
  Segment segment;
  gboolean open, spaced; /* a space came after its last letter */
  gboolean in_first_word, all_bold;
} Cursor;

static void
close_segment (Page *page, Cursor *cursor)
{
  if (cursor->open)
    g_array_append_val (page->segments, cursor->segment);
  cursor->open = FALSE;
}

static void
add_letter (Page *page, Cursor *cursor, gsize byte, gsize width_bytes, guint index)
{
  const PopplerRectangle *r = &page->places[index];
  Segment *s = &cursor->segment;
  double height = r->y2 - r->y1;

  if (cursor->open)
    {
      /* To whichever side the script goes. */
      double gap = MAX (r->x1 - s->right, s->left - r->x2);
      double most = page->by_words   ? WORD_GAP
                    : cursor->spaced ? ATTEST_PDF_SPACED_GAP
                                     : SEGMENT_GAP;
      gboolean same_height = r->y1 < s->bottom && r->y2 > s->top;

      if (gap > most * height || !same_height || (page->by_words && cursor->spaced))
        close_segment (page, cursor);
    }
  if (!cursor->open)
    {
      *s = (Segment){
        .left = r->x1, .right = r->x2, .top = r->y1, .bottom = r->y2, .start_byte = byte
      };
      cursor->open = cursor->in_first_word = cursor->all_bold = TRUE;
    }
  else if (cursor->spaced)
    cursor->in_first_word = FALSE;
  cursor->spaced = FALSE;
  s->left = MIN (s->left, r->x1);
  s->right = MAX (s->right, r->x2);
  s->top = MIN (s->top, r->y1);
  s->bottom = MAX (s->bottom, r->y2);
  s->end_byte = byte + width_bytes;
  s->n_chars++;
  s->heights += height;
  if (cursor->in_first_word)
    s->first_word = s->right - s->left;
  cursor->all_bold &= page->bold[index];
  if (cursor->all_bold)
    s->bold_bytes = s->end_byte - s->start_byte;
}

/* Poppler puts marks of direction around words that go from right to left. They stand on no page.
 */
static gboolean
is_direction (gunichar c)
{
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/* Fonts may come without what their glyphs mean. */
static gboolean
is_nameless (gunichar c)
{
  return c == 0xFFFD || g_unichar_type (c) == G_UNICODE_PRIVATE_USE || g_unichar_iscntrl (c);
}

static void
find_segments (Page *page)
{
  Cursor cursor = { .open = FALSE };
  guint index = 0;

  for (const char *p = page->text; *p != '\0' && index < page->n_places;)
    {
      gunichar c = g_utf8_get_char (p);
      const char *next = g_utf8_next_char (p);

      if (is_direction (c))
        {
          p = next;
          continue;
        }
      if (c == '\n')
        close_segment (page, &cursor);
      else if (is_space (c))
        cursor.spaced = TRUE;
      else
        {
          add_letter (page, &cursor, (gsize)(p - page->text), (gsize)(next - p), index);
          page->pages->n_letters++;
          page->pages->n_nameless += is_nameless (c);
        }
      index++;
      p = next;
    }
  close_segment (page, &cursor);
}

/* --- lines -------------------------------------------------------------------------------- */

/* Whether the first letter is of a script that goes from right to left. */
static gboolean
goes_left (const char *text, gsize length_bytes)
{
  for (const char *p = text; p < text + length_bytes; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalpha (c))
        return attest_pdf_is_rtl (c);
    }
  return FALSE;
}

static gboolean
is_margin (const char *text, gsize length_bytes)
{
  gsize digits = 0;

  for (gsize i = 0; i < length_bytes; i++)
    {
      if (g_ascii_isdigit (text[i]))
        digits++;
      else if (strchr (".:,-[]()#", text[i]) == NULL)
        return FALSE;
    }
  return digits > 0 && length_bytes <= 16;
}

/* Ligatures are letters: nobody looks for "ﬁ". Marks of direction are none. */
static void
append_letters (GString *out, const char *text, gsize length_bytes)
{
  static const char *const ligatures[] = { "ff", "fi", "fl", "ffi", "ffl", "st", "st" };
  const char *end = text + length_bytes, *next;

  for (; text < end; text = next)
    {
      gunichar c = g_utf8_get_char (text);

      next = g_utf8_next_char (text);
      if (c >= 0xFB00 && c < 0xFB00 + G_N_ELEMENTS (ligatures))
        g_string_append (out, ligatures[c - 0xFB00]);
      else if (!is_direction (c))
        g_string_append_len (out, text, next - text);
    }
}

/* Appends the segment; returns the bytes of it that are bold from its beginning. */
static gsize
append_segment (Page *page, const Segment *s)
{
  GString *out = page->pages->text;
  const char *text = page->text + s->start_byte;
  gsize start = out->len, bold_bytes;

  append_letters (out, text, s->bold_bytes);
  bold_bytes = out->len - start;
  append_letters (out, text + s->bold_bytes, s->end_byte - s->start_byte - s->bold_bytes);
  return bold_bytes;
}

/* Segments of one line, sorted from left to right. */
static void
append_line (Page *page, const Segment *segments, guint n)
{
  AttestPdfPages *pages = page->pages;
  gboolean margin = is_margin (page->text + segments[0].start_byte,
                               segments[0].end_byte - segments[0].start_byte);
  const Segment *body = &segments[margin && n > 1];
  AttestPdfLine line = { .page = pages->n_pages,
                         .column = pages->n_columns,
                         .left = segments[0].left,
                         .right = segments[0].right,
                         .top = segments[0].top,
                         .bottom = segments[0].bottom,
                         .body_left = body->left,
                         .last_left = segments[n - 1].left,
                         .first_word = body->first_word,
                         .start_byte = pages->text->len };
  gsize n_chars = 0;

  for (guint i = 0; i < n; i++)
    {
      const Segment *s = &segments[i];
      gsize bold_bytes = append_segment (page, s);

      if (i + 1 < n)
        g_string_append_c (pages->text, '\t');
      if (i == 0 && margin)
        line.margin_bytes = pages->text->len - line.start_byte;
      if (s == body)
        line.bold_bytes = bold_bytes;
      n_chars += s->n_chars;
      line.size += s->heights;
      line.right = MAX (line.right, s->right);
      line.top = MIN (line.top, s->top);
      line.bottom = MAX (line.bottom, s->bottom);
    }
  line.size /= (double)MAX (n_chars, 1);
  line.end_byte = pages->text->len;
  g_string_append_c (pages->text, '\n');
  g_array_append_val (pages->lines, line);
}

static void
reverse (Segment *segments, guint n)
{
  for (guint i = 0; i < n / 2; i++)
    {
      Segment swap = segments[i];

      segments[i] = segments[n - 1 - i];
      segments[n - 1 - i] = swap;
    }
}

/* Segments that are sorted by height, @first … @end, into lines. */
static void
append_lines (Page *page, Segment *segments, guint n)
{
  for (guint i = 0; i < n;)
    {
      guint end = attest_pdf_segment_line_end (segments, i, n);

      qsort (segments + i, end - i, sizeof *segments, attest_pdf_segment_compare_lefts);
      if (goes_left (page->text + segments[i].start_byte,
                     segments[i].end_byte - segments[i].start_byte))
        reverse (segments + i, end - i);
      append_line (page, segments + i, end - i);
      i = end;
    }
}

static void append_part (Page *page, Segment *segments, guint n, const AttestPdfGutter *gutter);

/* What stands on one side of the gap. */
static void
append_side (Page *page, const Segment *segments, guint n, const AttestPdfGutter *gutter,
             gboolean left_side)
{
  g_autoptr (GArray) side = g_array_new (FALSE, FALSE, sizeof (Segment));

  for (guint i = 0; i < n; i++)
    if ((segments[i].right <= gutter->x) == left_side)
      g_array_append_val (side, segments[i]);
  append_part (page, (Segment *)(void *)side->data, side->len,
               left_side ? gutter->left : gutter->right);
}

/* What goes across, such as a title, stands between what is above and below it. */
static void
append_by_columns (Page *page, Segment *segments, guint n, const AttestPdfGutter *gutter)
{
  for (guint i = 0; i < n;)
    {
      gboolean across = attest_pdf_segment_crosses (&segments[i], gutter->x);
      guint end = i + 1;

      while (end < n && attest_pdf_segment_crosses (&segments[end], gutter->x) == across)
        end++;
      if (across)
        append_part (page, segments + i, end - i, NULL);
      else
        {
          append_side (page, segments + i, end - i, gutter, TRUE);
          append_side (page, segments + i, end - i, gutter, FALSE);
        }
      i = end;
    }
}

/* A part of the page, sorted by height; @gutter (nullable): the gaps in it. */
static void
append_part (Page *page, Segment *segments, guint n, const AttestPdfGutter *gutter)
{
  if (n == 0)
    return;
  if (gutter != NULL)
    append_by_columns (page, segments, n, gutter);
  else
    {
      append_lines (page, segments, n);
      page->pages->n_columns++;
    }
}

static gboolean
has_rtl (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (attest_pdf_is_rtl (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

/* Poppler walks a page that goes from right to left from its right side: asked from the left one,
 * it finds nothing, or a part. */
static gboolean
fetch (Page *page, PopplerPage *poppler, double height)
{
  PopplerRectangle area = { 0, 0, page->width, height }, mirrored = { page->width, 0, 0, height };
  g_autofree char *other = NULL;

  page->text = poppler_page_get_selected_text (poppler, POPPLER_SELECTION_GLYPH, &area);
  if (page->text == NULL || *page->text == '\0' || has_rtl (page->text))
    other = poppler_page_get_selected_text (poppler, POPPLER_SELECTION_GLYPH, &mirrored);
  if (other != NULL && (page->text == NULL || strlen (other) > strlen (page->text)))
    {
      char *swap = page->text;

      area = mirrored;
      page->text = other;
      other = swap;
    }
  if (page->text == NULL || !g_utf8_validate (page->text, -1, NULL)
      || !poppler_page_get_text_layout_for_area (poppler, &area, &page->places, &page->n_places))
    return FALSE;
  find_bold (page, poppler, &area);
  page->by_words = has_rtl (page->text);
  return TRUE;
}

static void
page_clear (Page *page)
{
  g_free (page->text);
  g_free (page->places);
  g_free (page->bold);
  g_array_unref (page->segments);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Page, page_clear)

/* No byte is left unset: it goes through a pipe. */
static void
describe (PopplerPage *poppler, AttestPdfSize *size)
{
  g_autofree char *label = poppler_page_get_label (poppler);

  memset (size, 0, sizeof *size);
  poppler_page_get_size (poppler, &size->width, &size->height);
  size->number = (guint)poppler_page_get_index (poppler) + 1;
  if (label != NULL && strlen (label) < sizeof size->label)
    g_strlcpy (size->label, label, sizeof size->label);
}

gboolean
attest_pdf_pages_add (AttestPdfPages *pages, PopplerPage *poppler)
{
  g_auto (Page) page = { .pages = pages, .segments = g_array_new (FALSE, FALSE, sizeof (Segment)) };
  AttestPdfSize size = { 0 };
  GArray *segments = page.segments;
  g_autoptr (AttestPdfGutter) gutter = NULL;

  describe (poppler, &size);
  g_array_append_val (pages->sizes, size);
  page.width = size.width;
  if (fetch (&page, poppler, size.height))
    find_segments (&page);
  if (page.by_words)
    {
      GString *ordered = g_string_new (NULL);

      attest_pdf_order_words (segments, page.text, ordered);
      g_free (page.text);
      page.text = g_string_free (ordered, FALSE);
    }
  g_array_sort (segments, attest_pdf_segment_compare_tops);
  gutter = attest_pdf_gutter_find ((const Segment *)(const void *)segments->data, segments->len, 0,
                                   page.width);
  append_part (&page, (Segment *)(void *)segments->data, segments->len, gutter);
  pages->n_by_columns += gutter != NULL;
  pages->n_pages++;
  return segments->len > 0;
}
