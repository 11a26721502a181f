/* attest-turns: two passes over the lines.
 *
 * The first counts what could be labels; the second knows which of them have evidence and cuts the
 * text into turns. A turn runs from its label to the next one, or to a heading; what is said is
 * trimmed of white space at both ends, so its span contains nothing but speech.
 */
#include "reader/attest-turns.h"

#include <string.h>

#include "reader/attest-labels.h"
#include "util/attest-limits.h"
#include "util/attest-text.h"

typedef struct
{
  AttestDocument *doc;
  const GArray *marks;
  guint next_mark;
  GHashTable *counts;   /* label → occurrences with colon or time */
  GHashTable *expected; /* labels of the header's list of speakers */
  guint name_and_time;  /* lines that are a label and a time, as recognisers write them */
  gsize body_start;     /* where the header ends */
  gboolean open;        /* a turn is being filled */
  AttestTurn turn;
  gint64 last_ms;
  gboolean went_back;
} Finder;

/* Keys of headers, folded; one of them makes the first block of "key: value" lines a header. */
static const char *const header_keys[] = { "interview id",
                                           "interview",
                                           "id",
                                           "code",
                                           "date",
                                           "place",
                                           "location",
                                           "organisation",
                                           "organization",
                                           "position",
                                           "sex",
                                           "gender",
                                           "age",
                                           "language",
                                           "consent",
                                           "recording",
                                           "duration",
                                           "title",
                                           "file",
                                           "project",
                                           "lieu",
                                           "langue",
                                           "statut",
                                           "durée",
                                           "fecha",
                                           "lugar",
                                           "idioma",
                                           "дата",
                                           "место",
                                           "язык",
                                           "организация",
                                           "должность",
                                           "согласие",
                                           "пол",
                                           "speakers",
                                           "participants",
                                           "nom de l'organisation",
                                           NULL };

static char *
fold (const char *text, gsize length_bytes)
{
  return g_utf8_strdown (text, (gssize)length_bytes);
}

/* Leaves the marks of earlier lines behind, so that no line looks at them again. */
static void
skip_marks (Finder *f, gsize line_start)
{
  while (f->marks != NULL && f->next_mark < f->marks->len
         && g_array_index (f->marks, AttestMark, f->next_mark).end_byte <= line_start)
    f->next_mark++;
}

static gboolean
in_bold (const Finder *f, gsize start, gsize end)
{
  for (guint i = f->next_mark; f->marks != NULL && i < f->marks->len; i++)
    {
      const AttestMark *mark = &g_array_index (f->marks, AttestMark, i);

      if (mark->start_byte > start)
        break;
      if (mark->kind == ATTEST_MARK_BOLD && mark->end_byte >= end)
        return TRUE;
    }
  return FALSE;
}

static gboolean
in_heading (const Finder *f, gsize start)
{
  for (guint i = f->next_mark; f->marks != NULL && i < f->marks->len; i++)
    {
      const AttestMark *mark = &g_array_index (f->marks, AttestMark, i);

      if (mark->start_byte > start)
        break;
      if (mark->kind == ATTEST_MARK_HEADING && mark->end_byte > start)
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_evidence (Finder *f, const char *line, gsize line_start, const AttestLabelLine *parsed)
{
  g_autofree char *label
      = fold (line + parsed->label_start, parsed->label_end - parsed->label_start);
  guint seen = GPOINTER_TO_UINT (g_hash_table_lookup (f->counts, label));

  if (parsed->label_end == parsed->label_start || attest_label_is_never (label))
    return FALSE;
  if (g_hash_table_contains (f->expected, label))
    return TRUE;
  if (parsed->time_after && parsed->alone && f->name_and_time >= 2)
    return TRUE;
  if (!parsed->colon && parsed->start_ms == ATTEST_NO_TIME)
    return attest_label_is_known (label) && strlen (label) > 2;
  return seen >= 2 || attest_label_is_known (label)
         || in_bold (f, line_start + parsed->label_start, line_start + parsed->label_end);
}

static gsize
line_end (const AttestDocument *doc, gsize start)
{
  const char *lf = memchr (doc->text + start, '\n', doc->length_bytes - start);

  return lf == NULL ? doc->length_bytes : (gsize)(lf - doc->text);
}

/* "speakers: A, B" and "speakers: [A, B]" name labels to expect. */
static void
expect_speakers (Finder *f)
{
  const char *list = attest_document_get_metadata (f->doc, "speakers");
  g_auto (GStrv) names = NULL;

  if (list == NULL)
    return;
  names = g_strsplit_set (list, ",;[]\"", -1);
  for (char **n = names; *n != NULL; n++)
    if (*g_strstrip (*n) != '\0')
      g_hash_table_add (f->expected, fold (*n, strlen (*n)));
}

/* The first block of "key: value" or "key = value" lines, when one of its keys is a header's. */
static void
read_header (Finder *f)
{
  AttestDocument *doc = f->doc;
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, 2 * sizeof (gsize));
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean is_header = FALSE;
  gsize start = 0, block_end = 0;
  guint above = 0;

  for (; start < doc->length_bytes; start = block_end + 1)
    {
      const char *line = doc->text + start;
      const char *sign;
      g_autofree char *key = NULL;
      gsize span[2];

      block_end = line_end (doc, start);
      sign = memchr (line, ':', MIN (block_end - start, 60));
      if (sign == NULL)
        sign = memchr (line, '=', MIN (block_end - start, 60));
      if (sign == NULL || sign == line)
        {
          /* A title may stand above the header; nothing else. */
          if (lines->len > 0 || ++above > 4 || block_end - start > 200)
            break;
          continue;
        }
      key = g_strstrip (fold (line, (gsize)(sign - line)));
      /* A key that comes again is a speaker: where it came first, the talk began. */
      if (g_hash_table_contains (seen, key))
        {
          g_array_set_size (lines, GPOINTER_TO_UINT (g_hash_table_lookup (seen, key)));
          break;
        }
      g_hash_table_insert (seen, g_strdup (key), GUINT_TO_POINTER (lines->len));
      is_header |= g_strv_contains (header_keys, key);
      span[0] = start;
      span[1] = (gsize)(sign - doc->text);
      g_array_append_vals (lines, span, 1);
    }
  if (!is_header)
    return;
  for (guint i = 0; i < lines->len; i++)
    {
      const gsize *span = (const gsize *)(void *)(lines->data + i * 2 * sizeof (gsize));
      g_autofree char *key = g_strndup (doc->text + span[0], span[1] - span[0]);
      g_autofree char *value
          = g_strndup (doc->text + span[1] + 1, line_end (doc, span[0]) - span[1] - 1);

      attest_document_add_metadata (doc, g_strstrip (key), g_strstrip (value));
      f->body_start = line_end (doc, span[0]);
    }
}

static void
count_labels (Finder *f)
{
  AttestDocument *doc = f->doc;

  for (gsize start = f->body_start, end; start < doc->length_bytes; start = end + 1)
    {
      AttestLabelLine parsed;
      char *label;
      guint seen;

      end = line_end (doc, start);
      if (!attest_label_parse (doc->text + start, end - start, &parsed)
          || parsed.label_end == parsed.label_start
          || (!parsed.colon && parsed.start_ms == ATTEST_NO_TIME))
        continue;
      f->name_and_time += parsed.time_after && parsed.alone;
      label = fold (doc->text + start + parsed.label_start, parsed.label_end - parsed.label_start);
      seen = GPOINTER_TO_UINT (g_hash_table_lookup (f->counts, label));
      g_hash_table_insert (f->counts, label, GUINT_TO_POINTER (seen + 1));
    }
}

static void
close_turn (Finder *f)
{
  AttestDocument *doc = f->doc;
  AttestTurn *turn = &f->turn;

  if (!f->open)
    return;
  f->open = FALSE;
  while (turn->end_byte > turn->start_byte && g_ascii_isspace (doc->text[turn->end_byte - 1]))
    turn->end_byte--;
  while (turn->start_byte < turn->end_byte && g_ascii_isspace (doc->text[turn->start_byte]))
    turn->start_byte++;
  if (turn->end_byte > turn->start_byte)
    g_array_append_val (doc->turns, *turn);
}

static void
open_turn (Finder *f, guint speaker, gsize start, gsize end, const AttestLabelLine *parsed)
{
  close_turn (f);
  f->open = TRUE;
  f->turn = (AttestTurn){ .speaker = speaker,
                          .start_byte = start,
                          .end_byte = end,
                          .start_ms = parsed != NULL ? parsed->start_ms : ATTEST_NO_TIME,
                          .end_ms = parsed != NULL ? parsed->end_ms : ATTEST_NO_TIME };
  if (f->turn.start_ms == ATTEST_NO_TIME)
    return;
  if (f->turn.start_ms < f->last_ms && !f->went_back)
    {
      f->went_back = TRUE;
      attest_document_warn (f->doc, attest_text_line_at (f->doc->text, start),
                            "times run backwards from here; turns keep the order of the text");
    }
  f->last_ms = f->turn.start_ms;
}

static void
open_labelled (Finder *f, const char *line, gsize start, gsize end, const AttestLabelLine *parsed)
{
  g_autofree char *label
      = g_strndup (line + parsed->label_start, parsed->label_end - parsed->label_start);
  guint speaker = attest_document_intern_speaker (f->doc, label);
  AttestSpeaker *entry = attest_document_speaker (f->doc, speaker);

  if (parsed->attr_end > parsed->attr_start && entry->attributes == NULL)
    entry->attributes
        = g_strndup (line + parsed->attr_start, parsed->attr_end - parsed->attr_start);
  open_turn (f, speaker, start + parsed->text_start, end, parsed);
}

static void
find_labelled (Finder *f)
{
  AttestDocument *doc = f->doc;

  for (gsize start = f->body_start, end; start < doc->length_bytes; start = end + 1)
    {
      const char *line = doc->text + start;
      AttestLabelLine parsed;
      gboolean any;

      skip_marks (f, start);
      end = line_end (doc, start);
      any = attest_label_parse (line, end - start, &parsed);
      if (any && has_evidence (f, line, start, &parsed))
        open_labelled (f, line, start, end, &parsed);
      else if (in_heading (f, start))
        close_turn (f);
      else if (f->open)
        f->turn.end_byte = end;
      else if (doc->turns->len > 0 && end > start)
        /* After a heading the same person goes on. */
        open_turn (f, attest_document_turn (doc, doc->turns->len - 1)->speaker, start, end, NULL);
    }
  close_turn (f);
}

/* Nobody is named: turns at time marks where there are some, else at blank lines. */
static void
find_unlabelled (Finder *f)
{
  AttestDocument *doc = f->doc;
  guint timed = 0;

  for (gsize start = f->body_start, end; start < doc->length_bytes; start = end + 1)
    {
      const char *line = doc->text + start;
      AttestLabelLine parsed;
      gboolean mark;

      skip_marks (f, start);
      end = line_end (doc, start);
      mark = attest_label_parse (line, end - start, &parsed) && parsed.start_ms != ATTEST_NO_TIME
             && !parsed.time_after;
      timed += mark;
      if (in_heading (f, start))
        close_turn (f);
      else if (mark)
        open_turn (f, ATTEST_NO_SPEAKER, start + parsed.unlabelled_start, end, &parsed);
      else if (end == start && timed < 3)
        close_turn (f);
      else if (f->open)
        f->turn.end_byte = end;
      else
        open_turn (f, ATTEST_NO_SPEAKER, start, end, NULL);
    }
  close_turn (f);
  if (doc->turns->len > 0)
    attest_document_warn (doc, 0, "no speaker labels: taken as one respondent's, split at %s",
                          timed >= 3 ? "time marks" : "paragraphs");
}

void
attest_turns_find (AttestDocument *doc, const GArray *marks)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) expected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Finder f = { .doc = doc, .marks = marks, .counts = counts, .expected = expected };

  read_header (&f);
  expect_speakers (&f);
  count_labels (&f);
  find_labelled (&f);
  if (doc->turns->len == 0)
    {
      f.next_mark = 0;
      f.last_ms = 0;
      find_unlabelled (&f);
    }
}
