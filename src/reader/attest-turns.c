/* attest-turns: two passes over the lines.
 *
 * The first counts what could be labels; the second knows which of them have evidence and cuts the
 * text into turns. A turn runs from its label to the next one, or to a heading; what is said is
 * trimmed of white space at both ends, so its span contains nothing but speech.
 */
#include "reader/attest-turns.h"

#include <string.h>

#include "reader/attest-label-words.h"
#include "reader/attest-turns-private.h"
#include "util/attest-limits.h"
#include "util/attest-text.h"

gsize
attest_turn_finder_line_end (const AttestTurnFinder *f, gsize start)
{
  const AttestDocument *doc = f->doc;
  const char *lf = memchr (doc->text + start, '\n', doc->length_bytes - start);

  return lf == NULL ? doc->length_bytes : (gsize)(lf - doc->text);
}

void
attest_turn_finder_skip_marks (AttestTurnFinder *f, gsize line_start)
{
  while (f->marks != NULL && f->next_mark < f->marks->len
         && g_array_index (f->marks, AttestMark, f->next_mark).end_byte <= line_start)
    f->next_mark++;
}

gboolean
attest_turn_finder_in_mark (const AttestTurnFinder *f, AttestMarkKind kind, gsize start, gsize end)
{
  for (guint i = f->next_mark; f->marks != NULL && i < f->marks->len; i++)
    {
      const AttestMark *mark = &g_array_index (f->marks, AttestMark, i);

      if (mark->start_byte > start)
        break;
      if (mark->kind == kind && mark->end_byte >= end)
        return TRUE;
    }
  return FALSE;
}

/* --- labels ----------------------------------------------------------------------------- */

/* "Interviewer Why?" with the name in bold and nothing else to part them. */
static gboolean
parse_bold (const AttestTurnFinder *f, gsize start, gsize end, AttestLabelLine *out)
{
  for (guint i = f->next_mark; f->marks != NULL && i < f->marks->len; i++)
    {
      const AttestMark *mark = &g_array_index (f->marks, AttestMark, i);
      const char *line = f->doc->text + start;
      AttestLabelLine inner;

      if (mark->start_byte > start)
        break;
      if (mark->kind != ATTEST_MARK_BOLD || mark->start_byte < start || mark->end_byte >= end)
        continue;
      if (!attest_label_parse (line, mark->end_byte - start, &inner)
          || inner.kind != ATTEST_LABEL_ALONE)
        continue;
      inner.text_start = mark->end_byte - start;
      inner.alone = FALSE;
      *out = inner;
      return TRUE;
    }
  return FALSE;
}

/* A line's label, or time, or neither (FALSE). */
static gboolean
parse_line (const AttestTurnFinder *f, gsize start, gsize end, AttestLabelLine *out)
{
  gboolean any = attest_label_parse (f->doc->text + start, end - start, out);

  /* "Ana Yes." looks like a name alone, unless only the first word is bold. */
  if (any && out->kind == ATTEST_LABEL_ALONE && f->marks != NULL && parse_bold (f, start, end, out))
    return TRUE;
  if (any && out->kind != ATTEST_LABEL_NONE)
    return TRUE;
  return (f->marks != NULL && parse_bold (f, start, end, out)) || any;
}

/* "Ana Bell (AB):" says who AB is. */
static void
note_alias (AttestTurnFinder *f, const char *line, const AttestLabelLine *parsed)
{
  gsize n = parsed->attr_end - parsed->attr_start;
  g_autofree char *alias = NULL;

  if (n < 2 || n > 6 || parsed->label_end - parsed->label_start <= n)
    return;
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isalpha (line[parsed->attr_start + i]))
      return;
  alias = g_utf8_strdown (line + parsed->attr_start, (gssize)n);
  if (!g_hash_table_contains (f->aliases, alias))
    g_hash_table_insert (
        f->aliases, g_steal_pointer (&alias),
        g_strndup (line + parsed->label_start, parsed->label_end - parsed->label_start));
}

static void
count_line (AttestTurnFinder *f, gsize start, gsize end, const AttestLabelLine *parsed)
{
  const char *line = f->doc->text + start;
  AttestLabelInfo *info = attest_turn_finder_look_up (f, line, parsed);

  info->seen[parsed->kind]++;
  info->bold += attest_turn_finder_in_mark (f, ATTEST_MARK_BOLD, start + parsed->label_start,
                                            start + parsed->label_end);
  f->name_and_time += parsed->time_after && parsed->alone;
  if (parsed->attr_end > parsed->attr_start && parsed->kind == ATTEST_LABEL_COLON)
    note_alias (f, line, parsed);
}

/* Paragraphs that begin with a name alone: are they most of them, and at least two people's? */
static void
count_name_lines (AttestTurnFinder *f)
{
  guint paragraphs = 0, named = 0, names = 0;
  gboolean after_blank = TRUE;
  GHashTableIter iter;
  gpointer value;

  for (gsize start = f->body_start, end; start < f->doc->length_bytes; start = end + 1)
    {
      AttestLabelLine parsed;

      end = attest_turn_finder_line_end (f, start);
      if (after_blank && end > start)
        {
          paragraphs++;
          if (attest_label_parse (f->doc->text + start, end - start, &parsed)
              && parsed.kind == ATTEST_LABEL_ALONE)
            {
              const AttestLabelInfo *info
                  = attest_turn_finder_look_up (f, f->doc->text + start, &parsed);

              named += !info->never && info->seen[ATTEST_LABEL_ALONE] >= 2;
            }
        }
      after_blank = end == start;
    }
  g_hash_table_iter_init (&iter, f->labels);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    names += ((AttestLabelInfo *)value)->seen[ATTEST_LABEL_ALONE] >= 2;
  f->name_lines = names >= 2 && named >= 3 && named * 10 >= paragraphs * 6;
}

/* Nobody has a label, but questions have: "Question 1: Why?". */
static gboolean
is_guide (const AttestTurnFinder *f)
{
  guint n_questions = 0;
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, f->labels);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const AttestLabelInfo *info = value;

      if (info->seen[ATTEST_LABEL_COLON] == 0 || info->never)
        continue;
      if (attest_label_question_length (key, strlen (key)) == strlen (key))
        n_questions++;
      else if (info->known || info->seen[ATTEST_LABEL_COLON] >= 2)
        return FALSE;
    }
  return n_questions >= 2;
}

/* The first pass. */
static void
count_labels (AttestTurnFinder *f)
{
  AttestDocument *doc = f->doc;
  GHashTableIter iter;
  gpointer value;
  guint above = G_MAXUINT;

  for (gsize start = f->body_start, end; start < doc->length_bytes; start = end + 1)
    {
      AttestLabelLine parsed;

      attest_turn_finder_skip_marks (f, start);
      end = attest_turn_finder_line_end (f, start);
      if (parse_line (f, start, end, &parsed) && parsed.kind != ATTEST_LABEL_NONE)
        count_line (f, start, end, &parsed);
      f->timed += parsed.time_before;
      f->time_and_name += parsed.by_time && parsed.time_before;
      f->lines += end > start && !attest_label_is_time_only (&parsed);
      f->time_then_name += f->after_time && parsed.kind == ATTEST_LABEL_ALONE;
      f->name_then_time += f->after_name && attest_label_is_time_only (&parsed);
      f->after_time = attest_label_is_time_only (&parsed);
      f->after_name = parsed.kind == ATTEST_LABEL_ALONE
                      && !attest_turn_finder_look_up (f, doc->text + start, &parsed)->never;
    }
  f->after_time = FALSE;
  f->next_mark = 0;
  g_hash_table_iter_init (&iter, f->labels);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    for (guint kind = 0; kind < ATTEST_N_LABEL_KINDS; kind++)
      {
        const AttestLabelInfo *info = value;

        if (info->never || info->seen[kind] < 2)
          continue;
        f->share[kind] += info->seen[kind];
        above = MIN (above, info->first_line);
      }
  /* What stands above the first label is no speech. */
  f->lines -= above < f->lines ? above : 0;
  f->questions = attest_turn_finder_seen (f, "q") > 0 && attest_turn_finder_seen (f, "a") > 0;
  f->guide = is_guide (f);
  f->lettered = attest_turn_finder_count_letters (f);
  if (f->share[ATTEST_LABEL_ALONE] >= 3)
    count_name_lines (f);
}

/* --- turns ------------------------------------------------------------------------------ */

/* A length of time at the end of the turn says when it ends. */
static void
take_length (AttestTurnFinder *f)
{
  const char *text = f->doc->text;
  AttestTurn *turn = &f->turn;
  gint64 length_ms;
  gsize n = turn->end_byte - turn->start_byte;
  gsize said = attest_label_trailing_seconds (text + turn->start_byte, n, &length_ms);

  if (said == n)
    return;
  turn->end_byte = turn->start_byte + said;
  while (turn->end_byte > turn->start_byte && g_ascii_isspace (text[turn->end_byte - 1]))
    turn->end_byte--;
  if (turn->start_ms != ATTEST_NO_TIME)
    turn->end_ms = turn->start_ms + length_ms;
}

void
attest_turn_finder_close (AttestTurnFinder *f)
{
  AttestDocument *doc = f->doc;
  AttestTurn *turn = &f->turn;
  gint64 end_ms;
  gsize said;

  if (!f->open)
    return;
  f->open = FALSE;
  for (;;)
    {
      while (turn->end_byte > turn->start_byte && g_ascii_isspace (doc->text[turn->end_byte - 1]))
        turn->end_byte--;
      take_length (f);
      said = attest_label_trailing_time (doc->text + turn->start_byte,
                                         turn->end_byte - turn->start_byte, &end_ms);
      if (turn->start_byte + said == turn->end_byte)
        break;
      turn->end_byte = turn->start_byte + said;
      turn->end_ms = end_ms;
      if (turn->start_ms == ATTEST_NO_TIME)
        turn->start_ms = f->last_ms;
      f->pending_ms = f->last_ms = end_ms;
      f->pending_end_ms = ATTEST_NO_TIME;
    }
  while (turn->start_byte < turn->end_byte && g_ascii_isspace (doc->text[turn->start_byte]))
    turn->start_byte++;
  /* One too many tells who reads that there are. */
  if (turn->end_byte > turn->start_byte && doc->turns->len <= ATTEST_MAX_TURNS)
    g_array_append_val (doc->turns, *turn);
  else if (turn->start_ms != ATTEST_NO_TIME)
    {
      f->pending_ms = turn->start_ms;
      f->pending_end_ms = turn->end_ms;
    }
}

void
attest_turn_finder_open (AttestTurnFinder *f, guint speaker, gsize start, gsize end,
                         const AttestLabelLine *parsed)
{
  attest_turn_finder_close (f);
  f->open = TRUE;
  f->turn = (AttestTurn){ .speaker = speaker,
                          .start_byte = start,
                          .end_byte = end,
                          .start_ms = parsed != NULL ? parsed->start_ms : ATTEST_NO_TIME,
                          .end_ms = parsed != NULL ? parsed->end_ms : ATTEST_NO_TIME };
  if (f->turn.start_ms == ATTEST_NO_TIME && f->pending_ms != ATTEST_NO_TIME)
    {
      f->turn.start_ms = f->pending_ms;
      f->turn.end_ms = f->pending_end_ms;
    }
  f->pending_ms = f->pending_end_ms = ATTEST_NO_TIME;
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
open_labelled (AttestTurnFinder *f, gsize start, gsize end, const AttestLabelLine *parsed,
               const char *evidence)
{
  const char *line = f->doc->text + start;
  g_autofree char *label
      = attest_label_dup (line + parsed->label_start, parsed->label_end - parsed->label_start);
  const char *full
      = g_hash_table_lookup (f->aliases, attest_turn_finder_fold_label (f, line, parsed));
  AttestSpeaker *entry;
  guint speaker;

  if (parsed->addressed && !f->addressed)
    {
      f->addressed = TRUE;
      attest_document_warn (f->doc, attest_text_line_at (f->doc->text, start),
                            "a chat: to whom each message went is left out");
    }
  if (f->doc->speakers->len >= ATTEST_MAX_SPEAKERS)
    {
      attest_turn_finder_open (f, ATTEST_NO_SPEAKER, start + parsed->text_start, end, parsed);
      return;
    }
  speaker = attest_document_intern_speaker (f->doc, full != NULL ? full : label);
  entry = attest_document_speaker (f->doc, speaker);
  if (entry->evidence == NULL)
    entry->evidence = evidence;
  if (parsed->attr_end > parsed->attr_start && entry->attributes == NULL)
    entry->attributes
        = g_strndup (line + parsed->attr_start, parsed->attr_end - parsed->attr_start);
  attest_turn_finder_open (f, speaker, start + parsed->text_start, end, parsed);
}

/* A name that comes once, where most lines have a label, is worth a look by a person. */
static void
warn_candidate (AttestTurnFinder *f, gsize start, const AttestLabelLine *parsed)
{
  const char *line = f->doc->text + start;

  if (parsed->kind != ATTEST_LABEL_COLON || parsed->by_time || f->guide
      || f->share[ATTEST_LABEL_COLON] * 2 < f->lines
      || attest_turn_finder_look_up (f, line, parsed)->never
      || !attest_turn_finder_is_name (line, parsed, FALSE))
    return;
  attest_document_warn (f->doc, attest_text_line_at (f->doc->text, start),
                        "\"%.*s\" comes once and is not taken for a speaker",
                        (int)(parsed->label_end - parsed->label_start), line + parsed->label_start);
}

/* What looked like a label is said: only a leading time is not. */
static void
drop_label (AttestLabelLine *parsed, gsize length_bytes)
{
  if (parsed->kind == ATTEST_LABEL_NONE)
    return;
  if (!parsed->time_before)
    parsed->start_ms = parsed->end_ms = ATTEST_NO_TIME;
  parsed->text_start = parsed->unlabelled_start;
  parsed->alone = parsed->text_start >= length_bytes;
}

/* A time without a label: of somebody whose name the recogniser did not know, or just a mark in
 * what somebody says. */
static void
open_timed (AttestTurnFinder *f, gsize start, gsize end, const AttestLabelLine *parsed)
{
  guint speaker = ATTEST_NO_SPEAKER;

  if (f->name_and_time < 2 && f->doc->turns->len > 0)
    speaker = attest_document_turn (f->doc, f->doc->turns->len - 1)->speaker;
  attest_turn_finder_open (f, speaker, start + parsed->text_start, end, parsed);
}

/* A line that has no label. */
static void
add_line (AttestTurnFinder *f, gsize start, gsize end, const AttestLabelLine *parsed)
{
  AttestDocument *doc = f->doc;
  gboolean timed = parsed != NULL && parsed->start_ms != ATTEST_NO_TIME
                   && (parsed->time_bracketed || parsed->alone);

  if (attest_turn_finder_in_mark (f, ATTEST_MARK_HEADING, start, start + 1)
      || (f->begun && attest_turns_take_footer (f, start, end)))
    {
      attest_turn_finder_close (f);
      return;
    }
  if (timed && parsed->alone && f->open && f->turn.start_ms == ATTEST_NO_TIME
      && f->turn.start_byte == f->turn.end_byte)
    {
      /* The name is on the line above, and nothing was said yet. */
      f->turn.start_ms = f->last_ms = parsed->start_ms;
      f->turn.end_ms = parsed->end_ms;
      f->turn.start_byte = f->turn.end_byte = end;
    }
  else if (timed && (f->open || doc->turns->len > 0))
    {
      attest_turn_finder_close (f);
      open_timed (f, start, end, parsed);
    }
  else if (timed)
    {
      f->pending_ms = parsed->start_ms;
      f->pending_end_ms = parsed->end_ms;
    }
  else if (f->open)
    f->turn.end_byte = end;
  else if (doc->turns->len > 0 && end > start)
    /* After a heading the same person goes on. */
    attest_turn_finder_open (f, attest_document_turn (doc, doc->turns->len - 1)->speaker, start,
                             end, NULL);
}

/* "Ana added Li": what a messenger says itself. */
static void
keep_notice (AttestTurnFinder *f, gsize start, gsize end)
{
  g_autofree char *notice = g_strndup (f->doc->text + start, end - start);

  attest_turn_finder_close (f);
  attest_document_add_metadata (f->doc, "notice", notice);
}

/* The line with a label ends in a question: what follows may be the answer of somebody new. */
static gboolean
asks (const AttestTurnFinder *f, gsize end)
{
  const char *text = f->doc->text;

  while (end > f->turn.start_byte && g_ascii_isspace (text[end - 1]))
    end--;
  return end > f->turn.start_byte && text[end - 1] == '?';
}

/* The second pass. */
static void
find_labelled (AttestTurnFinder *f)
{
  AttestDocument *doc = f->doc;

  for (gsize start = f->body_start, end; start < doc->length_bytes; start = end + 1)
    {
      AttestLabelLine parsed;
      const char *evidence;
      gboolean any;

      attest_turn_finder_skip_marks (f, start);
      end = attest_turn_finder_line_end (f, start);
      any = parse_line (f, start, end, &parsed);
      evidence = any ? attest_turn_finder_find_evidence (f, doc->text + start, &parsed) : NULL;
      if (evidence != NULL)
        {
          if (!f->begun)
            attest_turns_keep_preamble (f, start);
          f->begun = TRUE;
          f->taken[parsed.kind]++;
          open_labelled (f, start, end, &parsed, evidence);
          f->asked = asks (f, end);
          f->after_time = FALSE;
        }
      else if (end > start)
        {
          f->after_time = attest_label_is_time_only (&parsed);
          if (any && parsed.dated && f->begun)
            {
              keep_notice (f, start + parsed.unlabelled_start, end);
              continue;
            }
          if (any)
            warn_candidate (f, start, &parsed);
          drop_label (&parsed, end - start);
          add_line (f, start, end, any && parsed.time_before ? &parsed : NULL);
          f->asked = FALSE;
        }
    }
  attest_turn_finder_close (f);
}

static void
say_how (const AttestTurnFinder *f)
{
  static const char *const shapes[ATTEST_N_LABEL_KINDS]
      = { [ATTEST_LABEL_COLON] = "before a colon or a time",
          [ATTEST_LABEL_TAB] = "before a TAB",
          [ATTEST_LABEL_BRACKETS] = "in brackets",
          [ATTEST_LABEL_DASH] = "before a dash",
          [ATTEST_LABEL_ALONE] = "on a line of its own",
          [ATTEST_LABEL_TIME] = "before a time and the text" };
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint kind = 0; kind < ATTEST_N_LABEL_KINDS; kind++)
    if (f->taken[kind] > 0 && shapes[kind] != NULL)
      g_string_append_printf (list, "%s%u %s", list->len > 0 ? ", " : "", f->taken[kind],
                              shapes[kind]);
  attest_document_say_how (f->doc, "labels begin turns: %s", list->str);
}

void
attest_turns_find (AttestDocument *doc, const GArray *marks)
{
  attest_turns_find_expecting (doc, marks, NULL);
}

void
attest_turns_find_expecting (AttestDocument *doc, const GArray *marks, const char *const *expect)
{
  g_autoptr (GHashTable) labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) expected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) aliases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GString) folded = g_string_new (NULL);
  AttestTurnFinder f = { .doc = doc,
                         .marks = marks,
                         .labels = labels,
                         .expected = expected,
                         .aliases = aliases,
                         .folded = folded,
                         .pending_ms = ATTEST_NO_TIME,
                         .pending_end_ms = ATTEST_NO_TIME };

  for (; expect != NULL && *expect != NULL; expect++)
    g_hash_table_add (expected, g_utf8_strdown (*expect, -1));
  attest_turns_read_header (&f);
  count_labels (&f);
  find_labelled (&f);
  if (f.begun)
    say_how (&f);
  else
    {
      f.next_mark = 0;
      f.last_ms = 0;
      attest_turns_find_unlabelled (&f);
    }
  if (doc->speakers->len >= ATTEST_MAX_SPEAKERS)
    attest_document_warn (doc, 0, "more than %d speakers: labels may be misread",
                          ATTEST_MAX_SPEAKERS);
}
