/* Transcripts with their coded passages. Passages overlap freely: the text of a turn is cut at
 * every place where one begins or ends. A piece has a mark for each code that holds there, one
 * inside the other, which the style sheet underlines at depths of their own; where a passage ends
 * its code stands behind it in words. */
#include "book/attest-book-private.h"

#include <string.h>

#include "report/attest-chart.h"
#include "report/attest-page.h"
#include "report/attest-report-html.h"
#include "report/attest-table.h"

/* Marks inside each other; more codes than these are told by their words alone. */
#define MAX_DEPTH 4

typedef struct
{
  AttestBook *book;
  const AttestDocument *doc;
  guint next;       /* the first segment that has not begun */
  guint end;        /* behind the last of the source */
  GArray *open;     /* of guint: segments that hold here */
  char **names;     /* by speaker */
  const char *lang; /* (nullable) of most turns, which is said once */
} Transcript;

static void
transcript_clear (Transcript *transcript)
{
  g_clear_pointer (&transcript->open, g_array_unref);
  g_clear_pointer (&transcript->names, g_strfreev);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Transcript, transcript_clear)

static const AttestBookSegment *
open_at (const Transcript *transcript, guint i)
{
  return attest_book_segment (transcript->book, g_array_index (transcript->open, guint, i));
}

/* "Respondent", or "Respondent 2" when there are several: nobody is named. */
static char **
name_speakers (const AttestBook *book, const AttestDocument *doc)
{
  guint total[ATTEST_N_ROLES] = { 0 }, so_far[ATTEST_N_ROLES] = { 0 };
  char **names = g_new0 (char *, doc->speakers->len + 1);

  for (guint i = 0; i < doc->speakers->len; i++)
    total[attest_document_speaker (doc, i)->role]++;
  for (guint i = 0; i < doc->speakers->len; i++)
    {
      AttestRole role = attest_document_speaker (doc, i)->role;
      const char *word = W ("role", attest_role_to_string (role));

      so_far[role]++;
      names[i] = total[role] > 1 ? g_strdup_printf ("%s %u", word, so_far[role]) : g_strdup (word);
    }
  return names;
}

/* ---- passages ---- */

/* The next place after @at where a passage begins or ends, at most @end. */
static gsize
next_border (const Transcript *transcript, gsize at, gsize end)
{
  gsize border = end;

  if (transcript->next < transcript->end)
    border = MIN (border, attest_book_segment (transcript->book, transcript->next)->start_byte);
  for (guint i = 0; i < transcript->open->len; i++)
    border = MIN (border, open_at (transcript, i)->end_byte);
  return MAX (border, at);
}

static void
write_chip (Transcript *transcript, const AttestBookSegment *segment)
{
  AttestBook *book = transcript->book;
  g_autofree char *class = g_strconcat ("chip ", attest_page_code_class (segment->code), NULL);
  g_autofree char *anchor
      = attest_html_dup_quote_anchor (attest_book_code (book, segment->code)->code, segment->id);
  g_autofree char *link
      = attest_book_dup_link (book, g_ptr_array_index (book->code_pages, segment->code), anchor);

  attest_html_element (book->html, "a", attest_book_code_name (book, segment->code), "class", class,
                       "href", link, "title", segment->id, NULL);
}

static void
end_passages (Transcript *transcript, gsize at)
{
  for (guint i = 0; i < transcript->open->len;)
    {
      const AttestBookSegment *segment = open_at (transcript, i);

      if (segment->end_byte > at)
        {
          i++;
          continue;
        }
      write_chip (transcript, segment);
      g_array_remove_index (transcript->open, i);
    }
}

/* Opens the passages that begin at @at. The ids of their quotes are anchors: all but the last,
 * which is returned for the piece of text that follows; segments of several codes share one. */
static const char *
begin_passages (Transcript *transcript, gsize at)
{
  const char *last = NULL, *id = NULL;

  for (; transcript->next < transcript->end; transcript->next++)
    {
      const AttestBookSegment *segment = attest_book_segment (transcript->book, transcript->next);
      guint row = transcript->next;

      if (segment->start_byte > at)
        break;
      g_array_append_val (transcript->open, row);
      /* The quote links to its first place. */
      if (segment->id == last
          || g_hash_table_lookup (transcript->book->quote_sources, segment->id) != segment)
        continue;
      last = segment->id;
      if (id != NULL)
        attest_html_element (transcript->book->html, "span", "", "class", "at", "id", id, NULL);
      id = segment->id;
    }
  return id;
}

static void
write_piece (Transcript *transcript, const char *id, gsize start_byte, gsize end_byte)
{
  static const char *const depths[MAX_DEPTH] = { " d0", " d1", " d2", " d3" };
  AttestHtml *html = transcript->book->html;
  guint depth = MIN (transcript->open->len, MAX_DEPTH);

  if (start_byte == end_byte)
    return;
  for (guint i = 0; i < depth; i++)
    {
      const AttestBookSegment *segment = open_at (transcript, i);
      g_autofree char *class = g_strconcat (attest_page_code_class (segment->code), depths[i],
                                            NULL);

      attest_html_open (html, "mark", "class", class, "id", i == 0 ? id : NULL, NULL);
    }
  attest_html_prose (html, transcript->doc->text + start_byte, end_byte - start_byte);
  for (guint i = 0; i < depth; i++)
    attest_html_close (html, "mark");
}

/* ---- turns ---- */

static void
write_said (Transcript *transcript, const AttestTurn *turn)
{
  AttestHtml *html = transcript->book->html;
  gsize at = turn->start_byte;

  attest_html_open (html, "p", "class", "said", "dir",
                    attest_html_direction (transcript->doc->text + at, turn->end_byte - at), "lang",
                    turn->lang != transcript->lang ? turn->lang : NULL, NULL);
  while (at < turn->end_byte)
    {
      const char *id = begin_passages (transcript, at);
      gsize border = next_border (transcript, at, turn->end_byte);

      write_piece (transcript, id, at, border);
      at = border;
      end_passages (transcript, at);
    }
  attest_html_close (html, "p");
}

static void
write_who (Transcript *transcript, const AttestTurn *turn, guint number, const char *anchor)
{
  const AttestBook *book = transcript->book;
  AttestHtml *html = book->html;
  g_autofree char *link = g_strconcat ("#", anchor, NULL);

  attest_html_open (html, "p", "class", "who", NULL);
  attest_html_text (html, turn->speaker == ATTEST_NO_SPEAKER
                              ? W ("role", attest_role_to_string (ATTEST_ROLE_RESPONDENT))
                              : transcript->names[turn->speaker]);
  attest_html_text (html, " ");
  attest_html_open (html, "a", "href", link, NULL);
  attest_html_printf (html, "¶%u", number);
  if (turn->start_ms >= 0)
    {
      g_autofree char *time = attest_table_dup_time (turn->start_ms);

      attest_html_printf (html, " %s", time);
    }
  attest_html_close (html, "a");
  attest_html_close (html, "p");
}

static void
write_turn (Transcript *transcript, guint number)
{
  AttestBook *book = transcript->book;
  const AttestTurn *turn = attest_document_turn (transcript->doc, number);
  gboolean asks = attest_document_turn_role (transcript->doc, number) == ATTEST_ROLE_INTERVIEWER;
  g_autofree char *anchor = g_strdup_printf ("s%u.%u", book->source + 1, number);
  guint first = transcript->next;

  attest_html_break (book->html);
  attest_html_open (book->html, "div", "class", asks ? "turn asks" : "turn", "id", anchor, NULL);
  write_who (transcript, turn, number, anchor);
  write_said (transcript, turn);
  attest_html_close (book->html, "div");
  attest_book_index_turn (book, transcript->doc, number, first, transcript->next);
}

/* The language of most words, or NULL when not all turns have one: then each says its own. */
static const char *
find_main_lang (const AttestDocument *doc)
{
  g_autoptr (GHashTable) words = g_hash_table_new (NULL, NULL);
  const char *main_lang = NULL;
  gsize most = 0;

  for (guint i = 0; i < doc->turns->len; i++)
    {
      const AttestTurn *turn = attest_document_turn (doc, i);
      gsize n = GPOINTER_TO_SIZE (g_hash_table_lookup (words, turn->lang)) + turn->words + 1;

      if (turn->lang == NULL)
        return NULL;
      g_hash_table_insert (words, (gpointer)turn->lang, GSIZE_TO_POINTER (n));
      if (n > most)
        main_lang = turn->lang;
      most = MAX (most, n);
    }
  return main_lang;
}

/* "interview · Government · 1676 words" */
static void
write_facts (AttestBook *book, const AttestSourceInfo *info)
{
  AttestHtml *html = book->html;
  g_autofree char *link = attest_book_dup_link (book, "transcripts", NULL);
  g_autoptr (GPtrArray) groups = attest_book_list_source_groups (book, info);

  attest_html_open (html, "p", "class", "meta", "dir", "auto", NULL);
  attest_html_element (html, "a", L ("page.transcripts"), "href", link, NULL);
  attest_html_printf (html, " · %s", W ("kind", attest_source_kind_to_string (info->kind)));
  for (guint i = 0; i < groups->len; i++)
    attest_html_printf (html, "%s%s", i == 0 ? " · " : ", ",
                        (const char *)g_ptr_array_index (groups, i));
  attest_html_printf (html, " · %s %" G_GINT64_FORMAT, L ("word.words"), info->words);
  attest_html_close (html, "p");
}

/* ---- where codes occur ---- */

/* A row a code, from the first turn to the last. The transcript below is its table. */
static void
write_timeline (AttestBook *book, const AttestSourceInfo *info)
{
  guint first = book->first_of_source[book->source], end = book->first_of_source[book->source + 1];
  g_autoptr (AttestChart) chart
      = attest_chart_new (ATTEST_CHART_TIMELINE, L ("text.timeline"), L ("word.turns"));
  g_autofree int *rows = g_new (int, book->by_code->len + 1);
  g_autofree char *label = g_strdup_printf ("%s: %s", info->label, L ("text.timeline"));

  if (first == end)
    return;
  attest_chart_set_labels (chart, book->labels);
  attest_chart_set_scale (chart, 0, (double)info->turns);
  attest_chart_set_description (chart, L ("text.timeline"));
  for (guint code = 0; code < book->by_code->len; code++)
    {
      rows[code] = -1;
      for (guint i = first; i < end && rows[code] < 0; i++)
        if (attest_book_segment (book, i)->code == code)
          rows[code] = (int)attest_chart_add_row (chart, attest_book_code_name (book, code));
    }
  for (guint i = first; i < end; i++)
    {
      const AttestBookSegment *segment = attest_book_segment (book, i);

      attest_chart_add_mark (chart, (guint)rows[segment->code], segment->turn, segment->turn + 1,
                             NULL);
    }
  attest_html_open (book->html, "div", "class", "wide", "tabindex", "0", "role", "region",
                    "aria-label", label, NULL);
  attest_chart_write_svg (chart, book->html);
  attest_html_close (book->html, "div");
}

gboolean
attest_book_part_transcript (AttestBook *book, GError **error)
{
  const AttestSourceInfo *info = attest_book_source (book, book->source);
  g_autoptr (AttestDocument) doc = NULL;
  g_auto (Transcript) transcript = { .book = book,
                                     .next = book->first_of_source[book->source],
                                     .end = book->first_of_source[book->source + 1] };

  if (attest_book_is_public (book))
    {
      attest_book_begin_index (book);
      if (!attest_book_write_source_quotes (book, error))
        return FALSE;
      attest_book_end_index (book);
      return TRUE;
    }
  doc = attest_store_get_document (book->store, info->label, error);
  if (doc == NULL)
    return FALSE;
  transcript.doc = doc;
  transcript.open = g_array_new (FALSE, FALSE, sizeof (guint));
  transcript.names = name_speakers (book, doc);
  transcript.lang = find_main_lang (doc);
  write_facts (book, info);
  write_timeline (book, info);
  attest_book_begin_index (book);
  attest_html_open (book->html, "div", "class", "transcript", "lang", transcript.lang, NULL);
  for (guint i = 0; i < doc->turns->len; i++)
    {
      if (i % ATTEST_BOOK_BOX == 0)
        attest_html_open (book->html, "div", "class", "box", NULL);
      write_turn (&transcript, i);
      if ((i + 1) % ATTEST_BOOK_BOX == 0 || i + 1 == doc->turns->len)
        attest_html_close (book->html, "div");
      if (!attest_book_step (book, error))
        return FALSE;
    }
  attest_html_close (book->html, "div");
  attest_book_end_index (book);
  return TRUE;
}

/* ---- the list ---- */

GPtrArray *
attest_book_list_source_groups (const AttestBook *book, const AttestSourceInfo *info)
{
  GPtrArray *groups = g_ptr_array_new ();

  for (char **respondent = info->respondents; *respondent != NULL; respondent++)
    {
      const char *group = g_hash_table_lookup (book->report->groups, *respondent);

      if (group != NULL && !g_ptr_array_find_with_equal_func (groups, group, g_str_equal, NULL))
        g_ptr_array_add (groups, (gpointer)group);
    }
  return groups;
}

static void
add_row (AttestBook *book, AttestTable *table, guint source)
{
  const AttestSourceInfo *info = attest_book_source (book, source);
  g_autofree char *page = attest_book_dup_source_page (source);
  g_autofree char *link = attest_book_dup_link (book, page, NULL);
  g_autoptr (GPtrArray) groups = attest_book_list_source_groups (book, info);
  guint n = book->first_of_source[source + 1] - book->first_of_source[source];

  g_ptr_array_add (groups, NULL);
  attest_table_add_text (table, attest_book_source_name (book, source));
  attest_table_link (table, link);
  if (attest_book_is_public (book))
    {
      attest_table_add_int (table, n);
      return;
    }
  attest_table_add_text (table, W ("kind", attest_source_kind_to_string (info->kind)));
  attest_table_add_list (table, (const char *const *)groups->pdata);
  attest_table_add_int (table, info->turns);
  attest_table_add_int (table, info->words);
  attest_table_add_int (table, n);
}

/* What tells one source from another, for the team. */
static void
add_fact_columns (AttestBook *book, AttestTable *table)
{
  attest_table_add_column (table, "kind", L ("word.kind"), ATTEST_COLUMN_TEXT, 0);
  attest_table_add_column (table, "groups", L ("word.groups"), ATTEST_COLUMN_LIST, 0);
  attest_table_add_column (table, "turns", L ("word.turns"), ATTEST_COLUMN_INT, 0);
  attest_table_add_column (table, "words", L ("word.words"), ATTEST_COLUMN_INT, 0);
}

gboolean
attest_book_part_transcripts (AttestBook *book, G_GNUC_UNUSED GError **error)
{
  g_autoptr (AttestTable) table = attest_table_new (L ("text.transcripts-caption"), NULL);

  attest_table_add_column (table, "source", L ("word.source"), ATTEST_COLUMN_TEXT, 0);
  if (!attest_book_is_public (book))
    add_fact_columns (book, table);
  attest_table_add_column (table, "segments", L ("word.segments"), ATTEST_COLUMN_INT,
                           ATTEST_COLUMN_BAR);
  for (guint i = 0; i < book->sources->len; i++)
    add_row (book, table, i);
  attest_table_write_html (table, book->html);
  return TRUE;
}
