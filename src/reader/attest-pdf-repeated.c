/* attest-pdf-repeated: what stands on pages and was not said. */
#include "reader/attest-pdf-layout.h"

#include <stdlib.h>
#include <string.h>

#include "util/attest-text.h"

/* Lines at the top and at the bottom of a page that may be a header or footer. */
#define EDGE_LINES 3
/* Points that a header may move from page to page. */
#define SAME_PLACE 6
/* Numbers of a header or footer that may be the page's. */
#define MAX_EDGE_NUMBERS 6
/* Pages of each 10 that a header is on: those of even pages may differ from those of odd ones. */
#define HEADER_OF_10 4
/* Parts of a page's height, from its edges, where a page number may stand. */
#define NUMBER_EDGE 0.12
/* Numbers in the margin that make a numbering, and how many of each 10 go up by the same step. */
#define MIN_NUMBERS 5
#define REGULAR_OF_10 9

static AttestPdfLine *
line_at (const AttestPdfPages *pages, guint i)
{
  return &g_array_index (pages->lines, AttestPdfLine, i);
}

static const char *
text_of (const AttestPdfPages *pages, const AttestPdfLine *line)
{
  return pages->text->str + line->start_byte;
}

/* --- headers and footers ------------------------------------------------------------------ */

/* The first or last lines of a page, and where the page's lines begin and end. */
typedef struct
{
  guint first, end;
} PageLines;

static GArray *
find_pages (const AttestPdfPages *pages)
{
  GArray *found = g_array_new (FALSE, TRUE, sizeof (PageLines));

  g_array_set_size (found, pages->n_pages);
  for (guint i = 0; i < pages->lines->len; i++)
    {
      PageLines *page = &g_array_index (found, PageLines, line_at (pages, i)->page);

      if (page->end == 0)
        page->first = i;
      page->end = i + 1;
    }
  return found;
}

/* What makes lines of different pages the same one: their text and their place, which is coarse and
 * looked for one step up and down, too. Of the number @relative (from 0; -1: of none) only counts
 * how far it is from the page's. */
static char *
key_of (const AttestPdfPages *pages, const AttestPdfLine *line, gboolean top, int shift,
        int relative)
{
  GString *key = g_string_new (NULL);
  const char *p = text_of (pages, line), *end = pages->text->str + line->end_byte;

  g_string_printf (key, "%c%d ", top ? 't' : 'b', (int)(line->top / SAME_PLACE) + shift);
  while (p < end)
    {
      char *after = (char *)p;

      if (g_ascii_isdigit (*p) && relative-- == 0)
        g_string_append_printf (key, "#%" G_GINT64_FORMAT " ",
                                (gint64)g_ascii_strtoull (p, &after, 10) - line->page);
      else if (g_ascii_isdigit (*p))
        for (; after < end && g_ascii_isdigit (*after); after++)
          g_string_append_c (key, *after);
      else
        g_string_append_c (key, *after++);
      p = after;
    }
  return g_string_free (key, FALSE);
}

typedef void (*EdgeVisit) (AttestPdfPages *pages, AttestPdfLine *line, gboolean top, gpointer data);

static void
visit_edges (AttestPdfPages *pages, const GArray *found, EdgeVisit visit, gpointer data)
{
  for (guint p = 0; p < found->len; p++)
    {
      const PageLines *page = &g_array_index (found, PageLines, p);
      guint n = page->end - page->first;

      for (guint i = 0; i < MIN (n, EDGE_LINES); i++)
        visit (pages, line_at (pages, page->first + i), TRUE, data);
      for (guint i = 0; i < MIN (n, EDGE_LINES); i++)
        visit (pages, line_at (pages, page->end - 1 - i), FALSE, data);
    }
}

/* Of the line, up to a few: one of them may be the page's. */
static int
count_numbers (const AttestPdfPages *pages, const AttestPdfLine *line)
{
  const char *text = text_of (pages, line), *end = pages->text->str + line->end_byte;
  int n = 0;

  for (const char *p = text; p < end && n < MAX_EDGE_NUMBERS; p++)
    n += g_ascii_isdigit (*p) && (p == text || !g_ascii_isdigit (p[-1]));
  return n;
}

static void
count_edge (AttestPdfPages *pages, AttestPdfLine *line, gboolean top, gpointer data)
{
  GHashTable *counts = data;

  for (int relative = -1; relative < count_numbers (pages, line); relative++)
    {
      char *key = key_of (pages, line, top, 0, relative);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, key));

      g_hash_table_replace (counts, key, GUINT_TO_POINTER (n + 1));
    }
}

typedef struct
{
  GHashTable *counts;
  guint needed; /* pages that a header is on */
  guint n_dropped;
  char *example;
} Edges;

static void
drop_line (AttestPdfPages *pages, AttestPdfLine *line, Edges *edges)
{
  line->dropped = TRUE;
  edges->n_dropped++;
  if (edges->example == NULL)
    edges->example
        = attest_text_printable (text_of (pages, line), line->end_byte - line->start_byte, 60);
}

static void
drop_repeated_edge (AttestPdfPages *pages, AttestPdfLine *line, gboolean top, gpointer data)
{
  Edges *edges = data;
  gboolean repeated = FALSE;

  for (int relative = -1; relative < count_numbers (pages, line) && !repeated; relative++)
    {
      guint n = 0;

      for (int shift = -1; shift <= 1; shift++)
        {
          g_autofree char *key = key_of (pages, line, top, shift, relative);

          n += GPOINTER_TO_UINT (g_hash_table_lookup (edges->counts, key));
        }
      repeated = n >= edges->needed;
    }
  if (repeated && !line->dropped)
    drop_line (pages, line, edges);
}

/* Whether all letters are words of page numbers. */
static gboolean
says_page (const char *text, gsize length_bytes)
{
  static const char *const words[]
      = { "page", "pages", "p",   "pg", "pp",     "of",     "seite",    "von", "s",  "sur",
          "de",   "pág",   "pag", "d",  "página", "pagina", "страница", "стр", "из", NULL };
  g_autofree char *folded = g_utf8_strdown (text, (gssize)length_bytes);
  const char *p = folded;

  while (*p != '\0')
    {
      const char *start = p;
      g_autofree char *word = NULL;

      while (g_unichar_isalpha (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
      word = g_strndup (start, (gsize)(p - start));
      if (p > start && !g_strv_contains (words, word))
        return FALSE;
      if (p == start)
        p = g_utf8_next_char (p);
    }
  return TRUE;
}

/* "3", "- 3 -", "3/5", "Page 3 of 5" on page 3. */
static gboolean
is_page_number (const AttestPdfPages *pages, const AttestPdfLine *line)
{
  const char *text = text_of (pages, line), *end = pages->text->str + line->end_byte;
  const char *first_digit = text;
  guint numbers = 0;

  while (first_digit < end && !g_ascii_isdigit (*first_digit))
    first_digit++;
  for (const char *p = text; p < end; p++)
    {
      numbers += g_ascii_isdigit (*p) && (p == text || !g_ascii_isdigit (p[-1]));
      if (*p == ':' || *p == '?')
        return FALSE;
    }
  return first_digit < end && numbers <= 2 && end - text <= 32
         && g_ascii_strtoull (first_digit, NULL, 10) == line->page + 1
         && says_page (text, (gsize)(end - text));
}

/* Drops the outermost line of a page if it is its number: at the edge, and apart from the text. */
static void
drop_page_number (AttestPdfPages *pages, AttestPdfLine *line, const AttestPdfLine *neighbour,
                  Edges *edges)
{
  double height = g_array_index (pages->sizes, AttestPdfSize, line->page).height;
  gboolean at_edge = line->bottom < NUMBER_EDGE * height || line->top > (1 - NUMBER_EDGE) * height;
  double gap = MAX (line->top - neighbour->bottom, neighbour->top - line->bottom);

  if (!line->dropped && at_edge && gap > (line->bottom - line->top) / 2
      && is_page_number (pages, line))
    drop_line (pages, line, edges);
}

static void
drop_edges (AttestDocument *doc, AttestPdfPages *pages)
{
  g_autoptr (GArray) found = find_pages (pages);
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Edges edges = { .counts = counts, .needed = MAX (3, pages->n_pages * HEADER_OF_10 / 10) };

  visit_edges (pages, found, count_edge, counts);
  visit_edges (pages, found, drop_repeated_edge, &edges);
  for (guint p = 0; p < found->len; p++)
    {
      const PageLines *page = &g_array_index (found, PageLines, p);

      if (page->end - page->first < 2)
        continue;
      drop_page_number (pages, line_at (pages, page->first), line_at (pages, page->first + 1),
                        &edges);
      drop_page_number (pages, line_at (pages, page->end - 1), line_at (pages, page->end - 2),
                        &edges);
    }
  if (edges.n_dropped > 0)
    attest_document_warn (doc, 0,
                          "page headers, footers and page numbers are left out (%u lines, such as "
                          "'%s')",
                          edges.n_dropped, edges.example);
  g_free (edges.example);
}

/* --- numbers of lines and paragraphs ------------------------------------------------------ */

/* The number in the margin, or 0: a time and the like is none. */
static guint64
margin_number (const AttestPdfPages *pages, const AttestPdfLine *line)
{
  const char *text = text_of (pages, line);
  gsize n = line->margin_bytes;

  if (n > 0 && text[n - 1] == '\t')
    n--;
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isdigit (text[i]))
      return 0;
  return n > 0 && n <= 6 ? g_ascii_strtoull (text, NULL, 10) : 0;
}

typedef struct
{
  guint n_lines, n_numbers, n_regular;
  guint64 first, last, step;
} Numbering;

/* Numbers that go up by one step, or begin again on a page. */
static void
look_at_number (Numbering *numbering, guint64 number)
{
  if (numbering->n_numbers++ == 0)
    numbering->first = number;
  else if (number > numbering->last && numbering->step == 0)
    numbering->step = number - numbering->last;
  if (numbering->n_numbers > 1
      && (number == numbering->last + numbering->step || number <= numbering->step))
    numbering->n_regular++;
  numbering->last = number;
}

static Numbering
find_numbering (const AttestPdfPages *pages)
{
  Numbering numbering = { 0 };

  for (guint i = 0; i < pages->lines->len; i++)
    {
      const AttestPdfLine *line = line_at (pages, i);
      guint64 number = margin_number (pages, line);

      if (line->dropped)
        continue;
      numbering.n_lines++;
      if (number > 0)
        look_at_number (&numbering, number);
    }
  return numbering;
}

/* @mark_paragraphs: the lines are still known to have had a number. */
static void
drop_margins (AttestPdfPages *pages, gboolean mark_paragraphs)
{
  for (guint i = 0; i < pages->lines->len; i++)
    {
      AttestPdfLine *line = line_at (pages, i);

      if (margin_number (pages, line) == 0)
        continue;
      line->start_byte += line->margin_bytes;
      line->left = line->body_left;
      if (!mark_paragraphs)
        line->margin_bytes = 0;
    }
}

void
attest_pdf_drop_repeated (AttestDocument *doc, AttestPdfPages *pages,
                          gboolean *out_numbered_paragraphs)
{
  Numbering numbering;
  gboolean of_paragraphs;

  *out_numbered_paragraphs = FALSE;
  drop_edges (doc, pages);
  numbering = find_numbering (pages);
  if (numbering.n_numbers < MIN_NUMBERS || numbering.step == 0
      || numbering.n_regular * 10 < (numbering.n_numbers - 1) * REGULAR_OF_10)
    return;
  /* Lines are numbered one by one or in steps; paragraphs one by one, and have several lines. */
  of_paragraphs = numbering.step == 1 && numbering.n_numbers * 10 < numbering.n_lines * 9;
  drop_margins (pages, of_paragraphs);
  *out_numbered_paragraphs = of_paragraphs;
  attest_document_warn (doc, 0,
                        "numbers of %s in the margin are left out (%" G_GUINT64_FORMAT
                        " to %" G_GUINT64_FORMAT ")",
                        of_paragraphs ? "paragraphs" : "lines", numbering.first, numbering.last);
}
