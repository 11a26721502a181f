/* A transcript with its coded passages. Passages overlap freely: each piece of a turn is coloured
 * by the first code that holds there, and where a passage ends its code stands behind it in words.
 */
#include "report/attest-report-html.h"

#include <string.h>

#include "report/attest-passage-cut.h"

/* A coded passage. */
typedef struct
{
  guint code; /* row of the frequency report */
  guint strength;
  char id[64]; /* of the quote */
} Passage;

typedef struct
{
  AttestEvidenceReport *report;
  GHashTable *linked;
  const AttestDocument *doc;
  guint number;     /* of the source on the page */
  GArray *passages; /* of Passage, by start */
  GArray *places;   /* of AttestSpan: theirs */
  GHashTable *ids;  /* of quotes that have their place */
  char **names;     /* by speaker */
  AttestHtml *html;
} Transcript;

static void
transcript_clear (Transcript *transcript)
{
  g_clear_pointer (&transcript->passages, g_array_unref);
  g_clear_pointer (&transcript->places, g_array_unref);
  g_clear_pointer (&transcript->ids, g_hash_table_unref);
  g_clear_pointer (&transcript->names, g_strfreev);
  g_clear_pointer (&transcript->html, attest_html_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Transcript, transcript_clear)

static const Passage *
passage_at (const Transcript *transcript, guint i)
{
  return &g_array_index (transcript->passages, Passage, i);
}

static const AttestFrequencyRow *
code_at (const Transcript *transcript, guint code)
{
  return &g_array_index (transcript->report->frequency->rows, AttestFrequencyRow, code);
}

static gboolean
add_passage (const AttestStoreSegment *segment, gpointer data, GError **error)
{
  Transcript *transcript = data;
  const AttestFrequencyRow *row
      = attest_frequency_find (transcript->report->frequency, segment->code);
  AttestSpan place = { (gsize)segment->start_byte, (gsize)segment->end_byte };
  Passage passage = { .strength = segment->strength };

  if (strcmp (segment->status, "rejected") == 0 || row == NULL)
    return TRUE;
  passage.code = (guint)(row - code_at (transcript, 0));
  g_strlcpy (passage.id, segment->id, sizeof passage.id);
  g_array_append_val (transcript->passages, passage);
  g_array_append_val (transcript->places, place);
  return TRUE;
}

/* ---- who speaks, without saying who it is ---- */

/* "Respondent", or "Respondent 2" when there are several. */
static char **
name_speakers (const AttestDocument *doc)
{
  static const char *const roles[ATTEST_N_ROLES]
      = { "Interviewer", "Respondent", "Interpreter", "Other" };
  guint total[ATTEST_N_ROLES] = { 0 }, so_far[ATTEST_N_ROLES] = { 0 };
  char **names = g_new0 (char *, doc->speakers->len + 1);

  for (guint i = 0; i < doc->speakers->len; i++)
    total[attest_document_speaker (doc, i)->role]++;
  for (guint i = 0; i < doc->speakers->len; i++)
    {
      AttestRole role = attest_document_speaker (doc, i)->role;

      so_far[role]++;
      names[i] = total[role] > 1 ? g_strdup_printf ("%s %u", roles[role], so_far[role])
                                 : g_strdup (roles[role]);
    }
  return names;
}

static void
write_who (Transcript *transcript, guint turn_number, const char *anchor)
{
  const AttestTurn *turn = attest_document_turn (transcript->doc, turn_number);
  AttestHtml *html = transcript->html;
  g_autofree char *link = g_strconcat ("#", anchor, NULL);
  g_autofree char *number = g_strdup_printf ("¶%u", turn_number);

  attest_html_open (html, "p", "class", "who", NULL);
  attest_html_element (
      html, "b",
      turn->speaker == ATTEST_NO_SPEAKER ? "Respondent" : transcript->names[turn->speaker], NULL);
  attest_html_element (html, "a", number, "href", link, NULL);
  if (turn->start_ms >= 0)
    {
      g_autofree char *time = attest_table_dup_time (turn->start_ms);

      attest_html_text (html, " ");
      attest_html_element (html, "time", time, NULL);
    }
  attest_html_close (html, "p");
}

/* ---- passages ---- */

static char *
dup_code_title (const Transcript *transcript, const Passage *passage)
{
  const AttestFrequencyRow *row = code_at (transcript, passage->code);

  return g_strdup (row->name != NULL ? row->name : row->code);
}

/* The name of the code behind its passage, a link to where the passage stands as evidence. */
static void
write_chip (Transcript *transcript, const Passage *passage)
{
  const AttestFrequencyRow *row = code_at (transcript, passage->code);
  gboolean is_linked = g_hash_table_contains (transcript->linked, row->code);
  g_autofree char *name = dup_code_title (transcript, passage);
  g_autofree char *class = g_strconcat ("chip ", attest_page_code_class (passage->code), NULL);
  g_autofree char *anchor = attest_html_dup_quote_anchor (row->code, passage->id);
  g_autofree char *link = g_strconcat ("#", anchor, NULL);
  g_autofree char *title = g_strdup_printf ("%s, %s, %u rule%s", passage->id, row->dimension,
                                            passage->strength, passage->strength == 1 ? "" : "s");

  attest_html_element (transcript->html, is_linked ? "a" : "span", name, "class", class, "href",
                       is_linked ? link : NULL, "title", title, NULL);
}

static void
end_passage (guint passage, gpointer data)
{
  write_chip (data, passage_at (data, passage));
}

/* Gives each quote its place: an anchor before the piece, but for the last, which is returned for
 * the piece itself; segments of several codes share one. */
static const char *
write_anchors (Transcript *transcript, const AttestPiece *piece)
{
  const char *last = NULL;

  for (guint i = piece->first_begun; i < piece->end_begun; i++)
    {
      const char *id = passage_at (transcript, i)->id;

      if (!g_hash_table_add (transcript->ids, (gpointer)id))
        continue;
      if (last != NULL)
        attest_html_element (transcript->html, "span", "", "class", "at", "id", last, NULL);
      last = id;
    }
  return last;
}

/* The names of the codes that hold here. */
static char *
dup_open_titles (const Transcript *transcript, const AttestPiece *piece)
{
  g_autoptr (GString) titles = g_string_new (NULL);

  for (guint i = 0; i < piece->n_open; i++)
    {
      g_autofree char *title = dup_code_title (transcript, passage_at (transcript, piece->open[i]));

      g_string_append_printf (titles, "%s%s", i > 0 ? ", " : "", title);
    }
  return g_string_free (g_steal_pointer (&titles), FALSE);
}

static void
write_piece (const AttestPiece *piece, gpointer data)
{
  Transcript *transcript = data;
  AttestHtml *html = transcript->html;
  const char *text = transcript->doc->text + piece->start_byte;
  const char *id = write_anchors (transcript, piece);
  g_autofree char *titles = NULL;
  g_autofree char *class = NULL;
  guint first = G_MAXUINT;

  if (piece->n_open == 0)
    {
      if (id != NULL)
        attest_html_element (html, "span", "", "class", "at", "id", id, NULL);
      attest_html_prose (html, text, piece->end_byte - piece->start_byte);
      return;
    }
  for (guint i = 0; i < piece->n_open; i++)
    first = MIN (first, passage_at (transcript, piece->open[i])->code);
  titles = dup_open_titles (transcript, piece);
  class = g_strconcat (attest_page_code_class (first), piece->n_open > 1 ? " more" : "", NULL);
  attest_html_open (html, "mark", "class", class, "id", id, "title", titles, NULL);
  attest_html_prose (html, text, piece->end_byte - piece->start_byte);
  attest_html_close (html, "mark");
}

/* ---- turns ---- */

static void
write_said (Transcript *transcript, AttestPassageCut *cut, guint turn_number)
{
  static const AttestPassageCutFuncs funcs = { write_piece, end_passage };
  const AttestTurn *turn = attest_document_turn (transcript->doc, turn_number);

  attest_html_open (transcript->html, "p", "class", "said", "dir", "auto", "lang", turn->lang,
                    NULL);
  attest_passage_cut_run (cut, turn->start_byte, turn->end_byte, &funcs, transcript);
  attest_html_close (transcript->html, "p");
}

static void
write_turn (Transcript *transcript, AttestPassageCut *cut, guint turn_number)
{
  gboolean asks
      = attest_document_turn_role (transcript->doc, turn_number) == ATTEST_ROLE_INTERVIEWER;
  g_autofree char *anchor = g_strdup_printf ("s%u.%u", transcript->number, turn_number);

  attest_html_open (transcript->html, "div", "class", asks ? "turn asks" : "turn", "id", anchor,
                    NULL);
  write_who (transcript, turn_number, anchor);
  write_said (transcript, cut, turn_number);
  attest_html_close (transcript->html, "div");
  attest_html_literal (transcript->html, "\n");
}

/* "interview · Government · 1676 words" */
static void
write_facts (const AttestEvidenceReport *report, const AttestSourceInfo *info, AttestHtml *html)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new ();

  for (char **respondent = info->respondents; *respondent != NULL; respondent++)
    {
      const char *group = g_hash_table_lookup (report->groups, *respondent);

      if (group != NULL && !g_ptr_array_find_with_equal_func (groups, group, g_str_equal, NULL))
        g_ptr_array_add (groups, (gpointer)group);
    }
  attest_html_open (html, "p", "class", "meta", "dir", "auto", NULL);
  attest_html_text (html, attest_source_kind_to_string (info->kind));
  for (guint i = 0; i < groups->len; i++)
    attest_html_printf (html, "%s%s", i == 0 ? " · " : ", ",
                        (const char *)g_ptr_array_index (groups, i));
  attest_html_printf (html, " · %" G_GINT64_FORMAT " turns · %" G_GINT64_FORMAT " words",
                      info->turns, info->words);
  attest_html_close (html, "p");
}

static gboolean
write_turns (Transcript *transcript, AttestOutput *output, GError **error)
{
  g_autoptr (AttestPassageCut) cut = attest_passage_cut_new (
      (const AttestSpan *)(gconstpointer)transcript->places->data, transcript->places->len);

  for (guint i = 0; i < transcript->doc->turns->len; i++)
    {
      write_turn (transcript, cut, i);
      if (!attest_output_step (output, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
attest_html_write_transcript (AttestEvidenceReport *report, const AttestSourceInfo *info,
                              guint number, GHashTable *linked, AttestOutput *output,
                              GError **error)
{
  g_autoptr (AttestDocument) doc = attest_store_get_document (report->store, info->label, error);
  g_autofree char *anchor = g_strdup_printf ("s%u", number);
  AttestSegmentFilter filter = { .codebook = report->filter.codebook,
                                 .source = info->label,
                                 .attribute = report->filter.attribute,
                                 .value = report->filter.value };
  g_auto (Transcript) transcript = { .report = report, .linked = linked, .number = number };

  if (doc == NULL)
    return FALSE;
  transcript.doc = doc;
  transcript.passages = g_array_new (FALSE, FALSE, sizeof (Passage));
  transcript.places = g_array_new (FALSE, FALSE, sizeof (AttestSpan));
  transcript.ids = g_hash_table_new (g_str_hash, g_str_equal);
  transcript.names = name_speakers (doc);
  transcript.html = attest_html_new (attest_output_get_buffer (output));
  if (!attest_store_foreach_segment (report->store, &filter, add_passage, &transcript, error))
    return FALSE;
  attest_html_open (transcript.html, "section", "id", anchor, "class", "transcript", NULL);
  attest_html_element (transcript.html, "h2", info->label, "dir", "auto", NULL);
  write_facts (report, info, transcript.html);
  if (!write_turns (&transcript, output, error))
    return FALSE;
  attest_html_close (transcript.html, "section");
  attest_html_literal (transcript.html, "\n");
  return TRUE;
}
