#include "config.h"

#include "reader/attest-pdf-pack.h"

#include <string.h>

typedef struct
{
  gsize n_text, n_lines, n_sizes;
  guint n_columns, n_pages, n_by_columns, n_letters, n_nameless;
  guint unused; /* no byte of it is left unset: it goes through a pipe */
} Head;

void
attest_pdf_pages_pack (const AttestPdfPages *pages, GString *out)
{
  Head head = { .n_text = pages->text->len,
                .n_lines = pages->lines->len,
                .n_sizes = pages->sizes->len,
                .n_columns = pages->n_columns,
                .n_pages = pages->n_pages,
                .n_by_columns = pages->n_by_columns,
                .n_letters = pages->n_letters,
                .n_nameless = pages->n_nameless };

  g_string_append_len (out, (const char *)&head, sizeof head);
  g_string_append_len (out, pages->lines->data,
                       (gssize)(pages->lines->len * sizeof (AttestPdfLine)));
  g_string_append_len (out, pages->sizes->data,
                       (gssize)(pages->sizes->len * sizeof (AttestPdfSize)));
  g_string_append_len (out, pages->text->str, (gssize)pages->text->len);
}

AttestPdfPages *
attest_pdf_pages_unpack (const char *data, gsize n_bytes)
{
  AttestPdfPages *pages;
  Head head;
  gsize n_lines, n_sizes;

  if (n_bytes < sizeof head)
    return NULL;
  memcpy (&head, data, sizeof head);
  data += sizeof head;
  n_bytes -= sizeof head;
  n_lines = head.n_lines * sizeof (AttestPdfLine);
  n_sizes = head.n_sizes * sizeof (AttestPdfSize);
  if (head.n_lines > n_bytes || head.n_sizes > n_bytes || n_lines + n_sizes > n_bytes
      || n_bytes - n_lines - n_sizes != head.n_text)
    return NULL;
  pages = attest_pdf_pages_new ();
  g_array_append_vals (pages->lines, data, (guint)head.n_lines);
  g_array_append_vals (pages->sizes, data + n_lines, (guint)head.n_sizes);
  g_string_append_len (pages->text, data + n_lines + n_sizes, (gssize)head.n_text);
  pages->n_columns = head.n_columns;
  pages->n_pages = head.n_pages;
  pages->n_by_columns = head.n_by_columns;
  pages->n_letters = head.n_letters;
  pages->n_nameless = head.n_nameless;
  return pages;
}
