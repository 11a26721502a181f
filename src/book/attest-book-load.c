/* What the book tells, read once: 20,000 segments take 10 MB, so that each page can be written from
 * memory; transcripts are read one by one while they are written. */
#include "book/attest-book-private.h"

#include <string.h>

#include "report/attest-disclosure-ledger.h"
#include "report/attest-hits.h"
#include "report/attest-report-html.h"

/* ---- segments ---- */

typedef struct
{
  AttestBook *book;
  GHashTable *sources; /* label → row + 1 */
  GHashTable *groups;  /* name → row + 1 */
  GArray *spans;
} Loading;

static guint
find_group (Loading *loading, const AttestStoreSegment *segment)
{
  const char *group = attest_book_find_group (loading->book, segment->respondent, segment->code);
  guint row = group != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (loading->groups, group)) : 0;

  return row > 0 ? row - 1 : loading->book->groups->len - 1;
}

static void
add_hits (Loading *loading, const AttestStoreSegment *segment, AttestBookSegment *added)
{
  attest_hits_merge (segment, loading->spans);
  added->first_hit = loading->book->hits->len;
  added->n_hits = loading->spans->len;
  g_array_append_vals (loading->book->hits, loading->spans->data, loading->spans->len);
}

static gboolean
add_segment (const AttestStoreSegment *segment, gpointer data, G_GNUC_UNUSED GError **error)
{
  Loading *loading = data;
  AttestBook *book = loading->book;
  int code = attest_book_find_code (book, segment->code);
  AttestBookSegment added = {
    .source = GPOINTER_TO_UINT (g_hash_table_lookup (loading->sources, segment->source)),
    .turn = segment->turn,
    .start_byte = (gsize)segment->start_byte,
    .end_byte = (gsize)segment->end_byte,
    .start_ms = segment->start_ms,
    .quote_bytes = segment->quote_bytes,
    .lang = g_intern_string (segment->lang),
    .strength = segment->strength,
    .qualifiers = segment->qualifiers,
    .is_accepted = strcmp (segment->status, "accepted") == 0,
    .is_key = segment->is_key,
    .is_asked = g_strv_contains (segment->asked, segment->code),
  };

  if (strcmp (segment->status, "rejected") == 0 || code < 0 || added.source == 0)
    return TRUE;
  added.source--;
  added.code = (guint)code;
  added.group = find_group (loading, segment);
  if (attest_book_is_public (book) && added.group + 1 < book->groups->len)
    added.line = g_string_chunk_insert_const (
        book->strings, attest_disclosure_get_line (book->disclosure, segment->respondent));
  added.id = g_string_chunk_insert_const (book->strings, segment->id);
  added.quote
      = g_string_chunk_insert_len (book->strings, segment->quote, (gssize)segment->quote_bytes);
  add_hits (loading, segment, &added);
  g_array_append_val (book->segments, added);
  return TRUE;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Groups that anybody is in, by name. */
static gboolean
list_groups (AttestBook *book, GHashTable *rows, GError **error)
{
  g_autoptr (GPtrArray) groups = attest_book_list_groups (book, error);

  if (groups == NULL)
    return FALSE;
  g_ptr_array_sort (groups, compare_texts);
  for (guint i = 0; i < groups->len; i++)
    {
      char *group = g_strdup (g_ptr_array_index (groups, i));

      g_ptr_array_add (book->groups, group);
      g_hash_table_insert (rows, group, GUINT_TO_POINTER (book->groups->len));
    }
  g_ptr_array_add (book->groups, g_strdup (""));
  return TRUE;
}

static void
index_segments (AttestBook *book)
{
  guint row = 0;

  book->first_of_source = g_new0 (guint, book->sources->len + 1);
  for (guint i = 0; i < book->report->frequency->rows->len; i++)
    g_ptr_array_add (book->by_code, g_array_new (FALSE, FALSE, sizeof (guint)));
  for (guint i = 0; i < book->segments->len; i++)
    {
      AttestBookSegment *segment = &g_array_index (book->segments, AttestBookSegment, i);

      while (row <= segment->source)
        book->first_of_source[row++] = i;
      g_array_append_val (g_ptr_array_index (book->by_code, segment->code), i);
      if (!g_hash_table_contains (book->quote_sources, segment->id))
        g_hash_table_insert (book->quote_sources, (gpointer)segment->id, segment);
    }
  while (row <= book->sources->len)
    book->first_of_source[row++] = book->segments->len;
}

static gboolean
load_segments (AttestBook *book, GError **error)
{
  g_autoptr (GHashTable) sources = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (AttestSpan));
  Loading loading = { book, sources, groups, spans };
  AttestSegmentFilter filter = { .codebook = book->report->filter.codebook, .with_hits = TRUE };

  book->sources = attest_store_list_sources (book->store, error);
  if (book->sources == NULL)
    return FALSE;
  attest_book_name_sources (book);
  for (guint i = 0; i < book->sources->len; i++)
    g_hash_table_insert (sources, (gpointer)attest_book_source_name (book, i),
                         GUINT_TO_POINTER (i + 1));
  if (!list_groups (book, groups, error)
      || !attest_disclosure_foreach_segment (book->disclosure, book->store, &filter, FALSE,
                                             add_segment, &loading, error))
    return FALSE;
  attest_book_hide_groups (book);
  index_segments (book);
  return TRUE;
}

/* ---- speakers ---- */

static gboolean
load_speakers (AttestBook *book, GError **error)
{
  g_autoptr (GPtrArray) respondents = attest_store_list_respondents (book->store, error);

  for (guint i = 0; respondents != NULL && i < respondents->len; i++)
    {
      const AttestRespondentInfo *info = g_ptr_array_index (respondents, i);
      const char *group = attest_respondent_info_get (info, ATTEST_ATTRIBUTE_GROUP);
      guint row = 0;

      while (row + 1 < book->groups->len
             && g_strcmp0 (g_ptr_array_index (book->groups, row), group) != 0)
        row++;
      for (guint k = 0; k < info->speakers->len; k++)
        {
          const AttestRespondentSpeaker *speaker
              = &g_array_index (info->speakers, AttestRespondentSpeaker, k);

          g_hash_table_insert (book->speaker_groups,
                               g_strconcat (speaker->source, "\n", speaker->speaker, NULL),
                               GUINT_TO_POINTER (row + 1));
        }
    }
  return respondents != NULL;
}

/* ---- judgements ---- */

/* Which way findings use each quote. */
static void
note_stances (AttestBook *book)
{
  g_autoptr (GHashTable) stances = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < book->report->ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (book->report->ledger->entries, i);

      for (guint k = 0; k < entry->links->len && !attest_ledger_entry_is_withdrawn (entry); k++)
        {
          const AttestLedgerLink *link = &g_array_index (entry->links, AttestLedgerLink, k);
          guint bits = GPOINTER_TO_UINT (g_hash_table_lookup (stances, link->id));

          if (link->entry == NULL)
            g_hash_table_insert (stances, link->id, GUINT_TO_POINTER (bits | 1u << link->stance));
        }
    }
  for (guint i = 0; i < book->segments->len; i++)
    {
      AttestBookSegment *segment = &g_array_index (book->segments, AttestBookSegment, i);

      segment->stances = GPOINTER_TO_UINT (g_hash_table_lookup (stances, segment->id));
    }
}

/* The project keeps the text of each scale that was used. Levels of one that cannot be read are
 * called as they were when the criterion was rated. */
static gboolean
load_scales (AttestBook *book, GError **error)
{
  for (guint i = 0; i < book->report->ledger->ratings->len; i++)
    {
      const AttestRating *rating = g_ptr_array_index (book->report->ledger->ratings, i);
      g_autoptr (GArray) problems = attest_problems_new ();
      g_autoptr (GBytes) text = NULL;
      AttestScale *scale;

      if (g_hash_table_contains (book->scales, rating->scale))
        continue;
      if (!attest_store_find_scale (book->store, rating->scale, &text, error))
        return FALSE;
      scale = text != NULL ? attest_scale_parse (rating->scale, g_bytes_get_data (text, NULL),
                                                 g_bytes_get_size (text), problems, NULL)
                           : NULL;
      if (scale != NULL)
        g_hash_table_insert (book->scales, g_strdup (rating->scale), scale);
    }
  return TRUE;
}

static gboolean
load_judgements (AttestBook *book, GError **error)
{
  AttestSegmentFilter filter = { .codebook = book->report->filter.codebook };

  book->passages = attest_store_load_linked_quotes (book->store, book->report->ledger,
                                                    &book->passages_owner, error);
  if (book->passages == NULL)
    return FALSE;
  for (guint i = 0; i < book->passages_owner->len; i++)
    attest_disclosure_hide_passage (book->disclosure, g_ptr_array_index (book->passages_owner, i));
  note_stances (book);
  book->check = attest_check_judgements (book->store, book->rules, error);
  if (book->check == NULL)
    return FALSE;
  book->review = attest_review_new (book->store, &filter, error);
  if (book->review == NULL)
    return FALSE;
  book->coverage
      = attest_store_report_coverage (book->store, &book->report->filter, NULL, FALSE, error);
  return book->coverage != NULL;
}

/* ---- the codebook ---- */

/* A codebook that this version cannot read any more is shown by what the project knows of it. */
static gboolean
load_codebook (AttestBook *book, GError **error)
{
  const AttestCodebookInfo *info = book->report->frequency->codebook;
  g_autoptr (GBytes) text = attest_store_get_codebook_text (book->store, info->id, error);
  g_autoptr (GArray) problems = attest_problems_new ();

  if (text == NULL)
    return FALSE;
  book->codebook = attest_codebook_parse (info->name, g_bytes_get_data (text, NULL),
                                          g_bytes_get_size (text), problems, NULL);
  return TRUE;
}

static void
name_code_pages (AttestBook *book)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();

  for (guint i = 0; i < book->report->frequency->rows->len; i++)
    g_ptr_array_add (codes, (gpointer)attest_book_code (book, i)->code);
  attest_book_name_code_pages (codes, book->code_pages);
}

gboolean
attest_book_load (AttestBook *book, GError **error)
{
  AttestReportFilter filter = { .codebook = book->options->codebook };

  book->title = attest_report_dup_project_title (book->store, error);
  if (book->title == NULL)
    return FALSE;
  book->project = attest_store_load_project (book->store, error);
  if (book->project == NULL)
    return FALSE;
  if (attest_project_get (book->project, "title", book->options->lang) != NULL)
    {
      g_free (book->title);
      book->title = g_strdup (attest_project_get (book->project, "title", book->options->lang));
    }
  book->report = attest_evidence_report_new (book->store, &filter, NULL, error);
  if (book->report == NULL || !load_codebook (book, error))
    return FALSE;
  if (!attest_evidence_report_add_strength (book->report, book->rules, error))
    return FALSE;
  attest_disclosure_set_labels (book->given, book->labels);
  attest_evidence_report_disclose (book->report, g_steal_pointer (&book->given));
  book->disclosure = book->report->disclosure;
  name_code_pages (book);
  return load_segments (book, error) && load_speakers (book, error) && load_scales (book, error)
         && load_judgements (book, error);
}
