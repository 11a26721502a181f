/* attest-pdf-labels: how the pages of a PDF are called. */
#include "reader/attest-pdf-layout.h"

#include <string.h>

#include "util/attest-text.h"

/* Pages on which a number must be printed, and how many of each 10 that have one. */
#define MIN_PRINTED 3
#define PRINTED_OF_10 8
/* Digits of a page's number. */
#define MAX_DIGITS 6

static const AttestPdfSize *
page_at (const AttestPdfPages *pages, guint i)
{
  return &g_array_index (pages->sizes, AttestPdfSize, i);
}

/* Counts, once a page, how far each number in @line is from the page's count. */
static gboolean
count_numbers (const AttestPdfPages *pages, const AttestPdfLine *line, GHashTable *seen,
               GHashTable *pages_by_offset)
{
  const char *p = pages->text->str + line->start_byte, *end = pages->text->str + line->end_byte;
  gboolean any = FALSE;

  while (p < end)
    {
      const char *start = p;
      gpointer offset;

      while (p < end && g_ascii_isdigit (*p))
        p++;
      if (p == start || p - start > MAX_DIGITS)
        {
          p += p == start;
          continue;
        }
      any = TRUE;
      offset = GINT_TO_POINTER ((int)g_ascii_strtoull (start, NULL, 10)
                                - (int)page_at (pages, line->page)->number);
      if (g_hash_table_add (seen, offset))
        g_hash_table_insert (
            pages_by_offset, offset,
            GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (pages_by_offset, offset))
                              + 1));
    }
  return any;
}

/* Of two that are as good, the same one every time. */
static gboolean
is_nearer (int offset, int other)
{
  return ABS (offset) < ABS (other) || (ABS (offset) == ABS (other) && offset < other);
}

/* What is printed at the edges of most pages that have a number there, as the distance from their
 * count. Numbering that begins anew inside the file has no such distance. */
static gboolean
find_printed (const AttestPdfPages *pages, int *out_offset)
{
  g_autoptr (GHashTable) pages_by_offset = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer offset, n;
  guint n_numbered = 0, most = 0, page = G_MAXUINT;
  gboolean is_counted = FALSE;

  for (guint i = 0; i < pages->lines->len; i++)
    {
      const AttestPdfLine *line = &g_array_index (pages->lines, AttestPdfLine, i);

      if (!line->dropped)
        continue;
      if (line->page != page)
        {
          g_hash_table_remove_all (seen);
          is_counted = FALSE;
        }
      page = line->page;
      if (count_numbers (pages, line, seen, pages_by_offset) && !is_counted)
        {
          is_counted = TRUE;
          n_numbered++;
        }
    }
  g_hash_table_iter_init (&iter, pages_by_offset);
  while (g_hash_table_iter_next (&iter, &offset, &n))
    if (GPOINTER_TO_UINT (n) > most
        || (GPOINTER_TO_UINT (n) == most && is_nearer (GPOINTER_TO_INT (offset), *out_offset)))
      {
        most = GPOINTER_TO_UINT (n);
        *out_offset = GPOINTER_TO_INT (offset);
      }
  return most >= MIN_PRINTED && most * 10 >= n_numbered * PRINTED_OF_10;
}

/* The label that the file gives, or NULL. It comes from a stranger. */
static char *
dup_label (const AttestPdfSize *page)
{
  gsize n = strnlen (page->label, sizeof page->label);
  g_autofree char *label = NULL;

  if (n == 0 || n == sizeof page->label || !g_utf8_validate (page->label, (gssize)n, NULL))
    return NULL;
  label = attest_text_printable (page->label, n, 0);
  g_strstrip (label);
  return *label != '\0' ? g_steal_pointer (&label) : NULL;
}

GPtrArray *
attest_pdf_label_pages (const AttestPdfPages *pages)
{
  GPtrArray *labels = g_ptr_array_new_with_free_func (g_free);
  int offset = 0;
  gboolean is_printed = find_printed (pages, &offset);

  for (guint i = 0; i < pages->sizes->len; i++)
    {
      const AttestPdfSize *page = page_at (pages, i);
      g_autofree char *label = dup_label (page);

      if (is_printed && (int)page->number + offset > 0)
        g_ptr_array_add (labels, g_strdup_printf ("%d", (int)page->number + offset));
      else if (is_printed)
        {
          /* Before page 1: a number would be that of another page. */
          gboolean is_number = label != NULL && g_ascii_isdigit (*label);

          g_ptr_array_add (labels, is_number ? NULL : g_steal_pointer (&label));
        }
      else
        g_ptr_array_add (labels, label != NULL ? g_steal_pointer (&label)
                                               : g_strdup_printf ("%u", page->number));
    }
  return labels;
}
