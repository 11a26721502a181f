/* Transcripts with their coded passages, and those of the ledger that are not coded. Passages
 * overlap freely: a piece of a turn has a mark for each that holds there, one inside the other,
 * which the style sheet underlines at depths of their own; where a passage ends its code stands
 * behind it in words. */
#include "book/attest-book-private.h"

#include <string.h>

#include "report/attest-page.h"
#include "report/attest-passage-cut.h"
#include "report/attest-report-html.h"
#include "report/attest-table.h"

/* Marks inside each other; more codes than these are told by their words alone. */
#define MAX_DEPTH 4

/* A passage of the transcript: one of both. */
typedef struct
{
  AttestSpan place;
  guint order; /* among those that begin at the same place */
  const AttestBookSegment *segment;
  const AttestQuotePassage *linked; /* from the ledger, and not coded */
} Passage;

typedef struct
{
  AttestBook *book;
  const AttestDocument *doc;
  guint next;       /* the first segment of which the index does not know */
  guint end;        /* behind the last of the source */
  GArray *passages; /* of Passage, by start */
  GArray *places;   /* of AttestSpan: theirs */
  char **names;     /* by speaker */
  const char *lang; /* (nullable) of most turns, which is said once */
} Transcript;

static void
transcript_clear (Transcript *transcript)
{
  g_clear_pointer (&transcript->passages, g_array_unref);
  g_clear_pointer (&transcript->places, g_array_unref);
  g_clear_pointer (&transcript->names, g_strfreev);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Transcript, transcript_clear)

static const Passage *
passage_at (const Transcript *transcript, guint i)
{
  return &g_array_index (transcript->passages, Passage, i);
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

static int
by_place (gconstpointer a, gconstpointer b)
{
  const Passage *x = a, *y = b;

  if (x->place.start_byte != y->place.start_byte)
    return x->place.start_byte < y->place.start_byte ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

static void
add_linked (Transcript *transcript)
{
  const AttestBook *book = transcript->book;

  for (guint i = 0; i < book->passages_owner->len; i++)
    {
      const AttestQuotePassage *linked = g_ptr_array_index (book->passages_owner, i);
      Passage passage = { .order = transcript->passages->len, .linked = linked };

      if (strcmp (linked->source, attest_book_source (book, book->source)->label) != 0
          || attest_book_find_passage_source (book, linked) < 0)
        continue;
      passage.place = (AttestSpan){ (gsize)linked->start_byte, (gsize)linked->end_byte };
      g_array_append_val (transcript->passages, passage);
    }
}

static void
find_passages (Transcript *transcript)
{
  transcript->passages = g_array_new (FALSE, FALSE, sizeof (Passage));
  transcript->places = g_array_new (FALSE, FALSE, sizeof (AttestSpan));
  for (guint i = transcript->next; i < transcript->end; i++)
    {
      const AttestBookSegment *segment = attest_book_segment (transcript->book, i);
      Passage passage = { .place = { segment->start_byte, segment->end_byte },
                          .order = transcript->passages->len,
                          .segment = segment };

      g_array_append_val (transcript->passages, passage);
    }
  add_linked (transcript);
  g_array_sort (transcript->passages, by_place);
  for (guint i = 0; i < transcript->passages->len; i++)
    g_array_append_val (transcript->places, passage_at (transcript, i)->place);
}

static void
write_code_chip (AttestBook *book, const AttestBookSegment *segment)
{
  g_autofree char *class = g_strconcat ("chip ", attest_page_code_class (segment->code), NULL);
  g_autofree char *anchor
      = attest_html_dup_quote_anchor (attest_book_code (book, segment->code)->code, segment->id);
  g_autofree char *link
      = attest_book_dup_link (book, g_ptr_array_index (book->code_pages, segment->code), anchor);

  attest_html_element (book->html, "a", attest_book_code_name (book, segment->code), "class", class,
                       "href", link, "title", segment->id, NULL);
}

/* What rests on the quote. */
static void
write_entry_chips (AttestBook *book, const AttestQuotePassage *linked)
{
  for (guint i = 0; i < book->report->ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (book->report->ledger->entries, i);
      gboolean rests = FALSE;

      for (guint k = 0; k < entry->links->len && !attest_ledger_entry_is_withdrawn (entry); k++)
        rests = rests
                || strcmp (g_array_index (entry->links, AttestLedgerLink, k).id, linked->id) == 0;
      if (rests)
        {
          g_autofree char *link = attest_book_dup_entry_link (book, entry);

          attest_html_element (book->html, "a", entry->id, "class", "chip linked", "href", link,
                               "title", linked->id, NULL);
        }
    }
}

static void
end_passage (guint row, gpointer data)
{
  Transcript *transcript = data;
  const Passage *passage = passage_at (transcript, row);

  if (passage->segment != NULL)
    write_code_chip (transcript->book, passage->segment);
  else
    write_entry_chips (transcript->book, passage->linked);
}

/* The id for which the passage is the place, or NULL: a quote links to its first segment. */
static const char *
find_anchor (const AttestBook *book, const Passage *passage)
{
  if (passage->segment == NULL)
    return passage->linked->id;
  return g_hash_table_lookup (book->quote_sources, passage->segment->id) == passage->segment
             ? passage->segment->id
             : NULL;
}

/* Gives each quote its place: an anchor before the piece, but for the last, which is returned for
 * the piece itself. */
static const char *
write_anchors (Transcript *transcript, const AttestPiece *piece)
{
  const char *last = NULL;

  for (guint i = piece->first_begun; i < piece->end_begun; i++)
    {
      const char *id = find_anchor (transcript->book, passage_at (transcript, i));

      if (id == NULL)
        continue;
      if (last != NULL)
        attest_html_element (transcript->book->html, "span", "", "class", "at", "id", last, NULL);
      last = id;
    }
  return last;
}

static void
write_piece (const AttestPiece *piece, gpointer data)
{
  static const char *const depths[MAX_DEPTH] = { " d0", " d1", " d2", " d3" };
  Transcript *transcript = data;
  AttestHtml *html = transcript->book->html;
  guint depth = MIN (piece->n_open, MAX_DEPTH);
  const char *id = write_anchors (transcript, piece);

  if (depth == 0 && id != NULL)
    attest_html_element (html, "span", "", "class", "at", "id", id, NULL);
  for (guint i = 0; i < depth; i++)
    {
      const AttestBookSegment *segment = passage_at (transcript, piece->open[i])->segment;
      g_autofree char *class = g_strconcat (
          segment != NULL ? attest_page_code_class (segment->code) : "linked", depths[i], NULL);

      attest_html_open (html, "mark", "class", class, "id", i == 0 ? id : NULL, NULL);
    }
  attest_html_prose (html, transcript->doc->text + piece->start_byte,
                     piece->end_byte - piece->start_byte);
  for (guint i = 0; i < depth; i++)
    attest_html_close (html, "mark");
}

/* ---- turns ---- */

static void
write_said (Transcript *transcript, AttestPassageCut *cut, const AttestTurn *turn)
{
  static const AttestPassageCutFuncs funcs = { write_piece, end_passage };
  AttestHtml *html = transcript->book->html;
  gsize at = turn->start_byte;

  attest_html_open (html, "p", "class", "said", "dir",
                    attest_html_direction (transcript->doc->text + at, turn->end_byte - at), "lang",
                    turn->lang != transcript->lang ? turn->lang : NULL, NULL);
  attest_passage_cut_run (cut, at, turn->end_byte, &funcs, transcript);
  attest_html_close (html, "p");
}

static void
write_who (Transcript *transcript, const AttestTurn *turn, guint number, const char *anchor)
{
  const AttestBook *book = transcript->book;
  AttestHtml *html = book->html;
  g_autofree char *link = g_strconcat ("#", anchor, NULL);

  attest_html_open (html, "p", "class", "who", NULL);
  /* Nobody speaks in a document. */
  if (turn->speaker != ATTEST_NO_SPEAKER
      || attest_book_source (book, book->source)->kind != ATTEST_SOURCE_DOCUMENT)
    attest_html_printf (html, "%s ",
                        turn->speaker == ATTEST_NO_SPEAKER
                            ? W ("role", attest_role_to_string (ATTEST_ROLE_RESPONDENT))
                            : transcript->names[turn->speaker]);
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

/* Its segments begin in it. */
static void
index_turn (Transcript *transcript, guint number)
{
  guint first = transcript->next;

  while (transcript->next < transcript->end
         && attest_book_segment (transcript->book, transcript->next)->start_byte
                < attest_document_turn (transcript->doc, number)->end_byte)
    transcript->next++;
  attest_book_index_turn (transcript->book, transcript->doc, number, first, transcript->next);
}

static void
write_turn (Transcript *transcript, AttestPassageCut *cut, guint number)
{
  AttestBook *book = transcript->book;
  const AttestTurn *turn = attest_document_turn (transcript->doc, number);
  gboolean asks = attest_document_turn_role (transcript->doc, number) == ATTEST_ROLE_INTERVIEWER;
  g_autofree char *anchor = g_strdup_printf ("s%u.%u", book->source + 1, number);

  attest_html_break (book->html);
  attest_html_open (book->html, "div", "class", asks ? "turn asks" : "turn", "id", anchor, NULL);
  write_who (transcript, turn, number, anchor);
  write_said (transcript, cut, turn);
  attest_html_close (book->html, "div");
  index_turn (transcript, number);
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

static gboolean
write_turns (Transcript *transcript, GError **error)
{
  AttestBook *book = transcript->book;
  guint n = transcript->doc->turns->len;
  g_autoptr (AttestPassageCut) cut = attest_passage_cut_new (
      (const AttestSpan *)(gconstpointer)transcript->places->data, transcript->places->len);

  attest_html_open (book->html, "div", "class", "transcript", "lang", transcript->lang, NULL);
  for (guint i = 0; i < n; i++)
    {
      /* The height of a full one is known. */
      if (i % ATTEST_BOOK_BOX == 0)
        attest_html_open (book->html, "div", "class", n - i >= ATTEST_BOOK_BOX ? "box" : NULL,
                          NULL);
      write_turn (transcript, cut, i);
      if ((i + 1) % ATTEST_BOOK_BOX == 0 || i + 1 == n)
        attest_html_close (book->html, "div");
      if (!attest_book_step (book, error))
        return FALSE;
    }
  attest_html_close (book->html, "div");
  return TRUE;
}

gboolean
attest_book_part_transcript (AttestBook *book, GError **error)
{
  const AttestSourceInfo *info = attest_book_source (book, book->source);
  g_autoptr (AttestDocument) doc = NULL;
  g_auto (Transcript) transcript = { .book = book,
                                     .next = book->first_of_source[book->source],
                                     .end = book->first_of_source[book->source + 1] };

  attest_book_begin_index (book);
  if (attest_book_is_public (book))
    {
      if (!attest_book_write_source_quotes (book, error))
        return FALSE;
      attest_book_end_index (book);
      return TRUE;
    }
  doc = attest_store_get_document (book->store, info->label, error);
  if (doc == NULL)
    return FALSE;
  transcript.doc = doc;
  transcript.names = name_speakers (book, doc);
  transcript.lang = find_main_lang (doc);
  find_passages (&transcript);
  attest_book_write_source_facts (book, info);
  attest_book_write_timeline (book, info);
  if (!write_turns (&transcript, error))
    return FALSE;
  attest_book_end_index (book);
  return TRUE;
}
