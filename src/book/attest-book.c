/* The pages of a book and what their templates may name. */
#include "book/attest-book-private.h"

#include <string.h>

#include "book/attest-book-template.h"
#include "config.h"
#include "util/attest-error.h"

/* ---- parts that a template may name ---- */

typedef struct
{
  const char *name;
  AttestBookPartFunc write;
  /* (nullable) the template that must name it once, and no other may: other pages link into it.
   * NULL: any, as often as wanted. */
  const char *only;
} Part;

static const Part parts[] = {
  { "audience", attest_book_part_audience, NULL },
  { "project", attest_book_part_project, NULL },
  { "totals", attest_book_part_tiles, NULL },
  { "ratings", attest_book_part_ratings, NULL },
  { "frequency", attest_book_part_frequency, NULL },
  { "voices", attest_book_part_voices, NULL },
  { "silence", attest_book_part_silence, NULL },
  { "heat", attest_book_part_heat, NULL },
  { "heat-groups", attest_book_part_heat_groups, NULL },
  { "findings", attest_book_part_findings, "findings" },
  { "conclusions", attest_book_part_conclusions, "recommendations" },
  { "recommendations", attest_book_part_recommendations, "recommendations" },
  { "lessons", attest_book_part_lessons, "recommendations" },
  { "practices", attest_book_part_practices, "recommendations" },
  { "code-definition", attest_book_part_code_definition, "code" },
  { "code-judgement", attest_book_part_code_judgement, "code" },
  { "code-voices", attest_book_part_code_voices, "code" },
  { "code-silence", attest_book_part_code_silence, "code" },
  { "code-quotes", attest_book_part_code_quotes, "code" },
  { "transcripts", attest_book_part_transcripts, "transcripts" },
  { "transcript", attest_book_part_transcript, "transcript" },
  { "codebook", attest_book_part_codebook, "codebook" },
  { "methods", attest_book_part_methods, NULL },
  { "limits", attest_book_part_limits, NULL },
  { "strength-rules", attest_book_part_strength_rules, NULL },
  { "precision", attest_book_part_precision, NULL },
  { "silenced", attest_book_part_silenced, NULL },
  { "search", attest_book_part_search, "search" },
  { "quotes", attest_book_part_quote_index, "quotes" },
};

static const Part *
find_part (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strcmp (parts[i].name, name) == 0)
      return &parts[i];
  return NULL;
}

/* ---- values that a template may name ---- */

static char *
dup_value (const char *name, gpointer data)
{
  const AttestBook *book = data;
  const AttestCodebookInfo *codebook = book->report->frequency->codebook;

  if (g_str_has_prefix (name, "label."))
    return g_strdup (attest_catalogue_find (book->labels, name + strlen ("label.")));
  if (strcmp (name, "title") == 0)
    return g_strdup (book->title);
  if (strcmp (name, "page") == 0)
    return g_strdup (book->page_title);
  if (strcmp (name, "codebook") == 0)
    return attest_report_dup_codebook (codebook);
  if (strcmp (name, "tool") == 0)
    return g_strdup (PACKAGE_NAME " " PACKAGE_VERSION);
  return NULL;
}

static gboolean
knows (const char *name, gboolean is_block, gpointer data)
{
  static const char *const values[] = { "title", "page", "codebook", "tool", NULL };
  const AttestBook *book = data;

  if (is_block)
    return find_part (name) != NULL;
  return g_strv_contains (values, name)
         || (g_str_has_prefix (name, "label.")
             && attest_catalogue_find (book->labels, name + strlen ("label.")) != NULL);
}

/* ---- templates ---- */

static guint
count_block (const GArray *items, const char *name)
{
  guint n = 0;

  for (guint i = 0; i < items->len; i++)
    {
      const AttestTemplateItem *item = &g_array_index (items, AttestTemplateItem, i);

      n += item->type == ATTEST_TEMPLATE_BLOCK && strcmp (item->text, name) == 0;
    }
  return n;
}

GArray *
attest_book_parse_template (AttestBook *book, const char *name, const char *path, const char *text,
                            gsize length_bytes, GError **error)
{
  g_autoptr (GArray) items = attest_template_parse (path, text, length_bytes, knows, book, error);

  for (gsize i = 0; items != NULL && i < G_N_ELEMENTS (parts); i++)
    {
      guint n = count_block (items, parts[i].name);

      if (parts[i].only == NULL || n == (strcmp (parts[i].only, name) == 0))
        continue;
      return attest_throw_null (error, ATTEST_ERROR_INPUT,
                                n == 0 ? "%s: {{%s}} is missing: other pages link into it"
                                       : "%s: {{%s}} can stand only once, in %s.txt",
                                path, parts[i].name, parts[i].only);
    }
  return g_steal_pointer (&items);
}

/* A heading of the page; the first of the header names the book on every page. */
static void
write_heading (AttestBook *book, const char *template, guint level, const char *text)
{
  gboolean is_folder = attest_book_site_is_folder (book->site);

  if (strcmp (template, "header") == 0 && is_folder)
    {
      attest_html_open (book->html, "p", "class", "title", "dir", "auto", NULL);
      attest_html_element (book->html, "a", text, "href", "index.html", NULL);
      attest_html_close (book->html, "p");
    }
  else if (strcmp (template, "header") == 0)
    attest_html_element (book->html, "h1", text, "dir", "auto", NULL);
  else
    attest_html_element (book->html, attest_book_heading (book, level), text, "dir", "auto", NULL);
}

/* Writes a part; when it has nothing to say, what was written since @start goes again. */
static gboolean
write_part (AttestBook *book, const char *name, gsize start, GError **error)
{
  gsize before = book->output != NULL ? attest_output_get_buffer (book->output)->len : 0;
  guint steps = book->n_steps;

  if (!find_part (name)->write (book, error))
    return FALSE;
  if (steps == book->n_steps && attest_output_get_buffer (book->output)->len == before)
    g_string_truncate (attest_output_get_buffer (book->output), start);
  return TRUE;
}

gboolean
attest_book_write_template (AttestBook *book, const char *name, GError **error)
{
  const GArray *items = g_hash_table_lookup (book->templates, name);
  const GString *buffer = attest_output_get_buffer (book->output);

  for (guint i = 0; i < items->len; i++)
    {
      const AttestTemplateItem *item = &g_array_index (items, AttestTemplateItem, i);
      g_autofree char *text = attest_template_dup_text (item->text, dup_value, book);
      gboolean is_before_part = item->type == ATTEST_TEMPLATE_HEADING && item->level > 1
                                && i + 1 < items->len && (item + 1)->type == ATTEST_TEMPLATE_BLOCK;
      gsize start = buffer->len;

      if (item->type == ATTEST_TEMPLATE_PARAGRAPH)
        attest_html_element (book->html, "p", text, "dir", "auto", NULL);
      if (item->type == ATTEST_TEMPLATE_HEADING)
        write_heading (book, name, item->level, text);
      if (is_before_part)
        item = &g_array_index (items, AttestTemplateItem, ++i);
      if (item->type == ATTEST_TEMPLATE_BLOCK && !write_part (book, item->text, start, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
attest_book_step (AttestBook *book, GError **error)
{
  book->n_steps++;
  return attest_book_site_step (book->site, error);
}

/* ---- pages ---- */

static gboolean
write_page (AttestBook *book, const char *page, const char *template, const char *title,
            GError **error)
{
  return attest_book_begin_page (book, page, title, error)
         && attest_book_write_template (book, template, error)
         && attest_book_end_page (book, error);
}

static gboolean
write_plain_page (AttestBook *book, const char *page, GError **error)
{
  return write_page (book, page, page, W ("page", page), error);
}

static gboolean
write_code_pages (AttestBook *book, GError **error)
{
  for (book->code = 0; book->code < book->report->frequency->rows->len; book->code++)
    if (!write_page (book, g_ptr_array_index (book->code_pages, book->code), "code",
                     attest_book_code_name (book, book->code), error))
      return FALSE;
  return TRUE;
}

static gboolean
write_transcript_pages (AttestBook *book, GError **error)
{
  for (book->source = 0; book->source < book->sources->len; book->source++)
    {
      g_autofree char *page = attest_book_dup_source_page (book->source);

      if (!write_page (book, page, "transcript", attest_book_source_name (book, book->source),
                       error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_pages (AttestBook *book, GError **error)
{
  if (!attest_book_begin_file (book, error) || !write_plain_page (book, "index", error)
      || !write_plain_page (book, "heat", error) || !write_plain_page (book, "findings", error)
      || !write_plain_page (book, "recommendations", error) || !write_code_pages (book, error)
      || !write_plain_page (book, "codebook", error) || !write_plain_page (book, "methods", error)
      || !write_plain_page (book, "transcripts", error) || !write_transcript_pages (book, error)
      || !write_plain_page (book, "search", error))
    return FALSE;
  if (attest_book_site_is_folder (book->site) && !write_plain_page (book, "quotes", error))
    return FALSE;
  return attest_book_end_file (book, error);
}

/* ---- life ---- */

static void
free_array (gpointer array)
{
  g_array_unref (array);
}

static void
free_scale (gpointer scale)
{
  attest_scale_free (scale);
}

static void
book_clear (AttestBook *book)
{
  attest_html_free (book->html);
  attest_book_site_free (book->site);
  attest_catalogue_free (book->labels);
  attest_project_free (book->project);
  attest_disclosure_free (book->given);
  attest_evidence_report_free (book->report);
  g_clear_pointer (&book->codebook, attest_codebook_unref);
  g_clear_pointer (&book->sources, g_ptr_array_unref);
  g_ptr_array_unref (book->groups);
  g_ptr_array_unref (book->source_names);
  g_array_unref (book->segments);
  g_array_unref (book->hits);
  g_ptr_array_unref (book->by_code);
  g_ptr_array_unref (book->code_pages);
  g_hash_table_unref (book->quote_sources);
  g_clear_pointer (&book->passages, g_hash_table_unref);
  g_clear_pointer (&book->passages_owner, g_ptr_array_unref);
  attest_review_free (book->review);
  attest_coverage_free (book->coverage);
  attest_judgement_check_free (book->check);
  g_hash_table_unref (book->templates);
  g_hash_table_unref (book->speaker_groups);
  g_hash_table_unref (book->scales);
  g_string_free (book->index, TRUE);
  g_string_chunk_free (book->strings);
  g_free (book->first_of_source);
  g_free (book->title);
  g_free (book->style);
  g_free (book->script);
  g_free (book->policy);
  g_free (book->logo);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AttestBook, book_clear)

gboolean
attest_book_write (AttestStore *store, const AttestStrengthRules *rules,
                   const AttestBookOptions *options, const char *path, AttestBookResult *out_result,
                   GError **error)
{
  g_auto (AttestBook) book = {
    .store = store,
    .rules = rules,
    .options = options,
    .given = options->disclosure,
    .groups = g_ptr_array_new_with_free_func (g_free),
    .segments = g_array_new (FALSE, FALSE, sizeof (AttestBookSegment)),
    .hits = g_array_new (FALSE, FALSE, sizeof (AttestSpan)),
    .by_code = g_ptr_array_new_with_free_func (free_array),
    .code_pages = g_ptr_array_new_with_free_func (g_free),
    .quote_sources = g_hash_table_new (g_str_hash, g_str_equal),
    .templates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_array),
    .speaker_groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .scales = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_scale),
    .index = g_string_new (NULL),
    .source_names = g_ptr_array_new_with_free_func (g_free),
    .strings = g_string_chunk_new (64 * 1024),
  };
  guint64 bytes = 0;

  if (!attest_book_load_templates (&book, error) || !attest_book_load (&book, error))
    return FALSE;
  book.site = attest_book_site_new (path, error);
  if (book.site == NULL || !write_pages (&book, error)
      || !attest_book_site_finish (book.site, &bytes, error))
    return FALSE;
  if (out_result != NULL)
    *out_result = (AttestBookResult){ book.n_pages, book.segments->len, book.sources->len, bytes };
  return TRUE;
}
