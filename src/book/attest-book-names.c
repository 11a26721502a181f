#include "book/attest-book-private.h"

#include <string.h>

#include "report/attest-report-chain.h"
#include "report/attest-table.h"

char *
attest_book_dup_number (gint64 n)
{
  return attest_count_to_string (n);
}

char *
attest_book_dup_link (const AttestBook *book, const char *page, const char *anchor)
{
  if (!attest_book_site_is_folder (book->site))
    return g_strconcat ("#", anchor != NULL ? anchor : page, NULL);
  if (anchor == NULL)
    return g_strconcat (page, ".html", NULL);
  if (g_strcmp0 (page, book->page) == 0)
    return g_strconcat ("#", anchor, NULL);
  return g_strconcat (page, ".html#", anchor, NULL);
}

void
attest_book_name_code_pages (const GPtrArray *codes, GPtrArray *names)
{
  enum
  {
    MAX_NAME = 80
  };
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < codes->len; i++)
    {
      g_autofree char *anchor
          = attest_html_dup_anchor (ATTEST_CODE_ANCHOR, g_ptr_array_index (codes, i));
      g_autofree char *name = g_ascii_strdown (anchor, -1);

      if (strlen (name) > MAX_NAME || g_hash_table_contains (taken, name))
        {
          g_free (name);
          name = g_strdup_printf (ATTEST_CODE_ANCHOR "_%u", i + 1);
        }
      g_hash_table_add (taken, name);
      g_ptr_array_add (names, g_steal_pointer (&name));
    }
}

char *
attest_book_dup_source_page (guint source)
{
  return g_strdup_printf ("t%03u", source + 1);
}

char *
attest_book_dup_quote_link (const AttestBook *book, const char *quote_id)
{
  const AttestBookSegment *segment = g_hash_table_lookup (book->quote_sources, quote_id);
  g_autofree char *page = NULL;

  if (segment == NULL)
    return NULL;
  page = attest_book_dup_source_page (segment->source);
  return attest_book_dup_link (book, page, quote_id);
}

int
attest_book_find_passage_source (const AttestBook *book, const AttestQuotePassage *passage)
{
  /* The public has no transcripts. */
  if (attest_book_is_public (book) || passage->problem != NULL || passage->start_byte < 0
      || g_hash_table_contains (book->quote_sources, passage->id))
    return -1;
  for (guint i = 0; i < book->sources->len; i++)
    if (strcmp (attest_book_source (book, i)->label, passage->source) == 0)
      return (int)i;
  return -1;
}

char *
attest_book_dup_passage_link (const AttestBook *book, const AttestQuotePassage *passage)
{
  int source = attest_book_find_passage_source (book, passage);
  g_autofree char *page = source >= 0 ? attest_book_dup_source_page ((guint)source) : NULL;

  return page != NULL ? attest_book_dup_link (book, page, passage->id) : NULL;
}

const char *
attest_book_heading (const AttestBook *book, guint level)
{
  static const char *const elements[] = { "h1", "h2", "h3", "h4", "h5" };

  return elements[level - attest_book_site_is_folder (book->site)];
}

int
attest_book_find_code (const AttestBook *book, const char *code)
{
  const AttestFrequencyRow *row = attest_frequency_find (book->report->frequency, code);

  return row == NULL ? -1 : (int)(row - attest_book_code (book, 0));
}

const char *
attest_book_code_name (const AttestBook *book, guint code)
{
  const AttestFrequencyRow *row = attest_book_code (book, code);
  int in_file = book->codebook != NULL ? attest_codebook_find_code (book->codebook, row->code) : -1;

  if (in_file >= 0)
    return attest_local_text_get (attest_codebook_code (book->codebook, (guint)in_file)->name,
                                  book->options->lang);
  return row->name != NULL ? row->name : row->code;
}

const char *
attest_book_dimension_name (const AttestBook *book, const char *dimension)
{
  int in_file
      = book->codebook != NULL ? attest_codebook_find_dimension (book->codebook, dimension) : -1;
  AttestLocalText *title
      = in_file >= 0 ? attest_codebook_dimension (book->codebook, (guint)in_file)->title : NULL;

  /* A title in the language of the book goes before our word, ours before one in another. */
  if (title != NULL && g_hash_table_contains (title, book->options->lang))
    return attest_local_text_get (title, book->options->lang);
  if (strcmp (W ("dimension", dimension), dimension) != 0)
    return W ("dimension", dimension);
  return title != NULL && g_hash_table_size (title) > 0
             ? attest_local_text_get (title, book->options->lang)
             : dimension;
}

const char *
attest_book_group_name (const AttestBook *book, guint group)
{
  return group + 1 < book->groups->len  ? g_ptr_array_index (book->groups, group)
         : attest_book_is_public (book) ? L ("word.group-untold")
                                        : L ("word.group-unknown");
}

static const char *
find_label (const AttestBook *book, const AttestRating *rating)
{
  const AttestScale *scale = g_hash_table_lookup (book->scales, rating->scale);
  const GArray *both[]
      = { scale != NULL ? scale->levels : NULL, scale != NULL ? scale->outside : NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (both); i++)
    for (guint k = 0; both[i] != NULL && k < both[i]->len; k++)
      {
        const AttestScaleLevel *level = attest_scale_level (both[i], k);

        if (strcmp (level->level, rating->level) == 0 && g_hash_table_size (level->label) > 0)
          return attest_local_text_get (level->label, book->options->lang);
      }
  return rating->label;
}

char *
attest_book_dup_level (const AttestBook *book, const AttestRating *rating)
{
  AttestRating local = *rating;

  local.label = (char *)find_label (book, rating);
  return attest_rating_dup_level (&local);
}
