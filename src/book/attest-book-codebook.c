/* The codebook: what each code means, its rules as written, and how often they were right. */
#include "book/attest-book-private.h"

#include <string.h>

#include "report/attest-html.h"
#include "stats/attest-proportion.h"

/* A share of few quotes of a code that is not told would tell of it. */
static gboolean
may_tell (const AttestBook *book, const AttestReviewRow *row, gint64 decided)
{
  int code = attest_book_find_code (book, row->code);

  return !attest_book_is_public (book)
         || (code >= 0 && attest_book_code (book, (guint)code)->segments >= 0
             && !attest_disclosure_is_small (book->disclosure, decided));
}

/* "7 of 9 accepted, 78 % (45–94 %)", or NULL: nothing was decided. */
char *
attest_book_dup_precision (const AttestBook *book, const AttestReviewRow *row)
{
  gint64 decided = row->accepted + row->rejected;
  g_autofree char *n = attest_book_dup_number (row->accepted);
  g_autofree char *all = attest_book_dup_number (decided);
  AttestEstimate share;
  g_autofree char *percent = NULL, *low = NULL, *high = NULL;

  if (decided == 0 || !may_tell (book, row, decided))
    return NULL;
  share = attest_proportion_estimate (row->accepted, decided);
  percent = g_strdup_printf ("%.0f", share.value * 100);
  low = g_strdup_printf ("%.0f", share.low * 100);
  high = g_strdup_printf ("%.0f", share.high * 100);
  return attest_catalogue_dup (book->labels, "codebook.precision-of", "n", n, "all", all, "percent",
                               percent, "low", low, "high", high, NULL);
}

static const AttestReviewRow *
find_row (const GArray *rows, const char *name)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const AttestReviewRow *row = &g_array_index (rows, AttestReviewRow, i);

      if (g_strcmp0 (row->rule != NULL ? row->rule : row->code, name) == 0)
        return row;
    }
  return NULL;
}

const AttestReviewRow *
attest_book_find_review (const AttestBook *book, const char *code)
{
  return find_row (book->review->codes, code);
}

static void
write_precision_term (AttestBook *book, const char *code)
{
  const AttestReviewRow *row = find_row (book->review->codes, code);
  g_autofree char *text = row != NULL ? attest_book_dup_precision (book, row) : NULL;

  attest_book_write_term (book, L ("codebook.precision"),
                          text != NULL ? text : L ("codebook.not-reviewed"));
}

/* ---- rules ---- */

/* A pattern as written, what it is for, and how often it was right. */
static void
write_pattern (AttestBook *book, const AttestCodebookPattern *pattern)
{
  AttestHtml *html = book->html;
  const AttestReviewRow *row = find_row (book->review->rules, pattern->name);
  g_autofree char *precision = row != NULL ? attest_book_dup_precision (book, row) : NULL;
  const char *use = attest_pattern_use_to_string (pattern->use);

  attest_html_open (html, "li", NULL);
  attest_html_element (html, "span", strchr (pattern->name, '/') + 1, "class", "id", NULL);
  attest_html_text (html, " ");
  attest_html_element (html, "code", pattern->source, "dir", "ltr", NULL);
  if (use != NULL)
    attest_html_printf (html, " · %s", W ("pattern", use));
  for (guint i = 0; pattern->langs != NULL && pattern->langs[i] != NULL; i++)
    attest_html_printf (html, "%s%s", i == 0 ? " · " : ", ", pattern->langs[i]);
  if (precision != NULL)
    attest_html_printf (html, " · %s", precision);
  attest_html_close (html, "li");
}

static gboolean
belongs (const AttestCodebookPattern *pattern, guint code)
{
  return pattern->code == code;
}

static void
write_rules (AttestBook *book, guint code)
{
  AttestHtml *html = book->html;
  guint n = 0;

  for (guint i = 0; i < book->codebook->patterns->len; i++)
    n += belongs (attest_codebook_pattern (book->codebook, i), code);
  if (n == 0)
    {
      attest_html_element (html, "p", L ("codebook.no-rules"), NULL);
      return;
    }
  attest_html_open (html, "details", NULL);
  attest_html_open (html, "summary", NULL);
  attest_html_printf (html, "%s%s %u", L ("codebook.patterns"), L ("word.colon"), n);
  attest_html_close (html, "summary");
  attest_html_open (html, "ul", "class", "patterns", NULL);
  for (guint i = 0; i < book->codebook->patterns->len; i++)
    if (belongs (attest_codebook_pattern (book->codebook, i), code))
      write_pattern (book, attest_codebook_pattern (book->codebook, i));
  attest_html_close (html, "ul");
  attest_html_close (html, "details");
}

static void
write_examples (AttestBook *book, const AttestCode *code, gboolean counter)
{
  AttestHtml *html = book->html;
  gboolean is_open = FALSE;

  for (guint i = 0; i < code->examples->len; i++)
    {
      const AttestExample *example = &g_array_index (code->examples, AttestExample, i);

      if (example->counter != counter)
        continue;
      if (!is_open)
        {
          attest_html_element (
              html, "dt", counter ? L ("codebook.counterexamples") : L ("codebook.examples"), NULL);
        }
      is_open = TRUE;
      attest_html_element (html, "dd", example->text, "dir", "auto", "lang", example->lang, NULL);
    }
}

static void
write_code (AttestBook *book, guint row)
{
  AttestHtml *html = book->html;
  const char *element = attest_book_heading (book, 2);
  const char *id = attest_book_code (book, row)->code;
  int in_file = book->codebook != NULL ? attest_codebook_find_code (book->codebook, id) : -1;
  g_autofree char *anchor = attest_html_dup_anchor ("rules-", id);
  g_autofree char *link
      = attest_book_dup_link (book, g_ptr_array_index (book->code_pages, row), NULL);

  attest_html_open (html, "section", "id", anchor, "class", "entry", NULL);
  attest_html_open (html, element, NULL);
  attest_html_element (html, "a", attest_book_code_name (book, row), "href", link, "dir", "auto",
                       NULL);
  attest_html_text (html, " ");
  attest_html_element (html, "span", id, "class", "id", NULL);
  attest_html_close (html, element);
  attest_html_open (html, "dl", NULL);
  if (in_file >= 0)
    {
      const AttestCode *code = attest_codebook_code (book->codebook, (guint)in_file);

      attest_book_write_term (book, L ("codebook.question"), code->question);
      attest_book_write_term (book, L ("codebook.definition"), code->definition);
      attest_book_write_term (book, L ("codebook.include"), code->include);
      attest_book_write_term (book, L ("codebook.exclude"), code->exclude);
      write_examples (book, code, FALSE);
      write_examples (book, code, TRUE);
    }
  write_precision_term (book, id);
  attest_html_close (html, "dl");
  if (in_file >= 0)
    write_rules (book, (guint)in_file);
  attest_html_close (html, "section");
}

gboolean
attest_book_part_codebook (AttestBook *book, GError **error)
{
  const AttestCodebookInfo *info = book->report->frequency->codebook;
  g_autofree char *origin = attest_report_dup_codebook (info);

  attest_html_element (book->html, "p", origin, "class", "meta", NULL);
  if (info->title != NULL)
    attest_html_element (book->html, "p", info->title, "dir", "auto", NULL);
  if (book->codebook == NULL)
    attest_html_element (book->html, "p", L ("codebook.unreadable"), "class", "problem", NULL);
  for (guint i = 0; i < book->report->frequency->rows->len; i++)
    {
      write_code (book, i);
      if (!attest_book_step (book, error))
        return FALSE;
    }
  return TRUE;
}
