/* What stands on the screen: where the segment is from, its code, the turn with the quote in it and
 * the question before, and what happened last.
 *
 * Every text passes attest_text_printable(), so that nothing that was said moves the cursor. Text
 * from right to left is given to the terminal in the order in which it was written; terminals that
 * know of direction turn it, others show it letter by letter.
 */
#define NCURSES_WIDECHAR 1
#include "cli/attest-review-screen-private.h"

#include <curses.h>
#include <string.h>

#include "report/attest-report.h"
#include "util/attest-text.h"

/* Lines above and below the transcript. */
#define HEAD_LINES 4
#define FOOT_LINES 3
/* Less than this and nothing can be read. */
#define MIN_LINES (HEAD_LINES + FOOT_LINES + 3)
#define MIN_COLUMNS 40
/* Bytes of an answer: a reason or a memo is a sentence or two. */
#define MAX_ANSWER_BYTES 2000

/* ---- a line ---- */

static void
draw_line (int line, attr_t attributes, const char *text)
{
  g_autofree char *clipped
      = attest_text_printable (text, strlen (text), (guint)MAX (getmaxx (stdscr), 1));

  attrset (attributes);
  move (line, 0);
  clrtoeol ();
  if ((attributes & A_REVERSE) != 0)
    for (int i = 0; i < getmaxx (stdscr); i++)
      addch (' ');
  mvaddstr (line, 0, clipped);
  attrset (A_NORMAL);
}

static void
draw_title (const AttestReviewScreen *screen)
{
  guint length = attest_queue_length (screen->queue);
  guint decided = attest_queue_count_decided (screen->queue);
  const AttestJudging *judging = attest_queue_get_judging (screen->queue);
  g_autofree char *title
      = judging != NULL
            ? g_strdup_printf ("sample %s, for %s", judging->sample->name, judging->coder)
            : attest_review_filter_dup_title (attest_queue_get_filter (screen->queue));
  g_autofree char *text = g_strdup_printf (
      " review %u of %u · %u %s (%u %%)%s%s", attest_queue_position (screen->queue) + 1, length,
      decided, judging != NULL ? "judged" : "decided", decided * 100 / length,
      *title != '\0' ? " · " : "", title);

  draw_line (0, A_REVERSE, text);
}

/* Of a sentence of a sample: what it was given, and what there is to give. */
static void
draw_codes (const AttestReviewScreen *screen, const AttestQueueItem *item)
{
  g_autofree char *all = g_strjoinv (" ", attest_queue_get_judging (screen->queue)->codes);
  g_autofree char *choice = g_strdup_printf ("codes of %s: %s", item->codebook, all);
  g_autofree char *given
      = g_strdup_printf ("judged: %s", *item->codes != '\0' ? item->codes : "no code");

  draw_line (2, A_BOLD,
             strcmp (item->status, "judged") == 0 ? given : "which codes has the sentence?");
  draw_line (3, A_DIM, choice);
}

static void
draw_head (const AttestReviewScreen *screen, const AttestQueueItem *item)
{
  g_autoptr (GString) where = g_string_new (NULL);
  g_autoptr (GString) what = g_string_new (NULL);

  g_string_append_printf (where, "%s · %s ¶%u", item->id, item->source, item->turn);
  if (item->start_ms >= 0)
    {
      g_autofree char *time = attest_table_dup_time (item->start_ms);

      g_string_append_printf (where, " [%s]", time);
    }
  if (item->speaker != NULL)
    g_string_append_printf (where, " · %s", item->speaker);
  if (item->respondent != NULL && g_strcmp0 (item->respondent, item->speaker) != 0)
    g_string_append_printf (where, " (%s)", item->respondent);
  draw_line (1, A_NORMAL, where->str);
  if (item->codes != NULL)
    {
      draw_codes (screen, item);
      return;
    }
  g_string_append_printf (what, "%s · ", item->code);
  if (item->code_name != NULL && !attest_report_is_name_of (item->code_name, item->code))
    g_string_append_printf (what, "%s · ", item->code_name);
  if (*item->rules != '\0')
    g_string_append_printf (what, "found by %s", item->rules);
  else
    g_string_append (what, "found by no rule");
  draw_line (2, A_BOLD, what->str);
  g_string_assign (what, "");
  for (guint q = 0; q < ATTEST_N_QUALIFIERS; q++)
    if (item->qualifiers.values[q] != ATTEST_UNQUALIFIED)
      g_string_append_printf (what, "%s%s", what->len > 0 ? ", " : "said: ",
                              attest_qualifier_value_to_string (q, item->qualifiers.values[q]));
  draw_line (3, A_DIM, what->str);
}

/* ---- the transcript ---- */

/* Printable text, and which part of it is the quote. */
typedef struct
{
  GString *text;
  gsize start_byte, end_byte;
} Passage;

static void
passage_clear (Passage *passage)
{
  g_string_free (passage->text, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Passage, passage_clear)

static void
append_printable (GString *out, const char *text, gint64 start_byte, gint64 end_byte)
{
  g_autofree char *printable
      = attest_text_printable (text + start_byte, (gsize)MAX (end_byte - start_byte, 0), 0);

  g_string_append (out, printable);
}

/* Draws @text from line *@line on, as far as it is in the window; @passage: (nullable) what of it
 * is bright. */
static void
draw_wrapped (const AttestReviewScreen *screen, const GString *text, const Passage *passage,
              attr_t attributes, guint *line)
{
  int height = getmaxy (stdscr) - HEAD_LINES - FOOT_LINES;
  g_autoptr (GArray) spans = attest_text_wrap (text->str, text->len, (guint)getmaxx (stdscr) - 1);

  for (guint i = 0; i < spans->len; i++, (*line)++)
    {
      AttestSpan span = g_array_index (spans, AttestSpan, i);
      int y = (int)*line - (int)screen->scroll;

      if (y < 0 || y >= height)
        continue;
      move (HEAD_LINES + y, 0);
      for (gsize at = span.start_byte; at < span.end_byte;)
        {
          gboolean is_quote
              = passage != NULL && at >= passage->start_byte && at < passage->end_byte;
          gsize next = passage == NULL            ? span.end_byte
                       : is_quote                 ? passage->end_byte
                       : at < passage->start_byte ? passage->start_byte
                                                  : span.end_byte;

          next = MIN (next, span.end_byte);
          attrset (is_quote ? A_BOLD | A_UNDERLINE : attributes);
          addnstr (text->str + at, (int)(next - at));
          at = next;
        }
      attrset (A_NORMAL);
    }
}

/* The line on which @byte stands. */
static guint
line_of (const GString *text, gsize byte)
{
  g_autoptr (GArray) spans = attest_text_wrap (text->str, text->len, (guint)getmaxx (stdscr) - 1);
  guint line = 0;

  while (line + 1 < spans->len && g_array_index (spans, AttestSpan, line + 1).start_byte <= byte)
    line++;
  return line;
}

static void
fill_turn (const AttestReviewScreen *screen, const AttestDocument *doc, const AttestTurn *turn,
           Passage *passage)
{
  gint64 start_byte, end_byte;

  attest_queue_get_bounds (screen->queue, &start_byte, &end_byte);
  append_printable (passage->text, doc->text, (gint64)turn->start_byte, start_byte);
  passage->start_byte = passage->text->len;
  append_printable (passage->text, doc->text, start_byte, end_byte);
  passage->end_byte = passage->text->len;
  append_printable (passage->text, doc->text, end_byte, (gint64)turn->end_byte);
}

static void
draw_transcript (AttestReviewScreen *screen, const AttestDocument *doc, const AttestQueueItem *item)
{
  const AttestTurn *turn = attest_document_turn (doc, item->turn);
  g_auto (Passage) passage = { g_string_new (NULL), 0, 0 };
  g_autoptr (GString) before = g_string_new (NULL);
  guint height = (guint)(getmaxy (stdscr) - HEAD_LINES - FOOT_LINES), line = 0, quote_line;

  if (item->turn > 0)
    {
      const AttestTurn *question = turn - 1;
      const char *label = attest_document_turn_label (doc, item->turn - 1);

      if (label != NULL)
        append_printable (before, label, 0, (gint64)strlen (label));
      g_string_append (before, label != NULL ? ": " : "");
      append_printable (before, doc->text, (gint64)question->start_byte,
                        (gint64)question->end_byte);
    }
  fill_turn (screen, doc, turn, &passage);
  quote_line = line_of (before, before->len) + 2 + line_of (passage.text, passage.start_byte);
  /* What comes before the quote is read first, as long as the quote is in sight. */
  if (!screen->is_scrolled)
    {
      guint above = height / 2 > 3 ? height / 2 - 3 : 0;

      screen->scroll = quote_line + 3 > height ? quote_line - MIN (quote_line, above) : 0;
    }
  if (before->len > 0)
    {
      draw_wrapped (screen, before, NULL, A_DIM, &line);
      line++;
    }
  draw_wrapped (screen, passage.text, &passage, A_NORMAL, &line);
  /* Not beyond the end. */
  if (screen->is_scrolled && screen->scroll >= line)
    screen->scroll = line - 1;
}

/* ---- the foot ---- */

static void
draw_foot (const AttestReviewScreen *screen, const AttestQueueItem *item)
{
  int line = getmaxy (stdscr) - FOOT_LINES;
  g_autoptr (GString) status = g_string_new (item->status);

  if (item->coder != NULL)
    g_string_append_printf (status, " by %s", item->coder);
  if (item->reason != NULL)
    g_string_append_printf (status, ": %s", item->reason);
  if (item->is_key)
    g_string_append (status, " · key quote");
  draw_line (line, A_BOLD, item->codes != NULL ? "" : status->str);
  draw_line (line + 1, A_NORMAL, screen->message != NULL ? screen->message : "");
  draw_line (
      line + 2, A_REVERSE,
      item->codes != NULL
          ? " c codes · o no code · u undo · n next · h l before, after · ? keys · q quit"
          : " a accept · r reject · c recode · u undo · n next · f filter · ? keys · q quit");
}

static gboolean
is_too_small (void)
{
  if (getmaxy (stdscr) >= MIN_LINES && getmaxx (stdscr) >= MIN_COLUMNS)
    return FALSE;
  draw_line (0, A_NORMAL, "the window is too small; q leaves");
  refresh ();
  return TRUE;
}

void
attest_review_screen_draw (AttestReviewScreen *screen)
{
  const AttestQueueItem *item = attest_queue_current (screen->queue);
  g_autoptr (GError) error = NULL;
  const AttestDocument *doc;

  erase ();
  if (is_too_small ())
    return;
  doc = attest_queue_load_document (screen->queue, &error);
  draw_title (screen);
  draw_head (screen, item);
  if (doc != NULL && item->turn < doc->turns->len)
    draw_transcript (screen, doc, item);
  else
    draw_line (HEAD_LINES, A_NORMAL, error != NULL ? error->message : "the turn is not there");
  draw_foot (screen, item);
  refresh ();
}

static const char *const segment_keys[] = {
  "a  accept: it speaks of what the code means",
  "r  reject, with a reason (Enter: none)",
  "c  recode: reject it for this code, accept it for another",
  "m  a note (memo)",
  "k  key quote, or no key quote any more",
  "u  undo what was decided last, as often as there is something",
  "n, space: the next that nobody has decided",
  "l h, right left  the next, the one before     g G, Home End  the first, the last",
  "j, down up  scroll",
  "[ ]  start of the passage a word to the left, to the right",
  "( )  end of it; then a accepts the passage with these bounds",
  "f  other segments: code, source, status, rule, polarity, stance in the ledger",
  "q  leave: every decision is in the project already",
};

static const char *const sample_keys[] = {
  "c  codes: all that the sentence has, by their beginnings, with spaces between; they stand below",
  "o  no code: it has none of them",
  "u  undo what was judged last, as often as there is something",
  "n, space: the next that is not judged",
  "l h, right left  the next, the one before     g G, Home End  the first, the last",
  "j, down up  scroll: read as much before and after as you need",
  "q  leave: all that was judged is in the project already",
};

/* The keys, and of a sample the codes that there are to give. Borrowed texts. */
static GPtrArray *
list_keys (const AttestReviewScreen *screen)
{
  const AttestJudging *judging = attest_queue_get_judging (screen->queue);
  const char *const *keys = judging != NULL ? sample_keys : segment_keys;
  guint n = judging != NULL ? G_N_ELEMENTS (sample_keys) : G_N_ELEMENTS (segment_keys);
  GPtrArray *lines = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (lines, (gpointer)keys[i]);
  if (judging == NULL)
    return lines;
  g_ptr_array_add (lines, (gpointer) "");
  for (guint i = 0; judging->names[i] != NULL; i++)
    g_ptr_array_add (lines, judging->names[i]);
  return lines;
}

guint
attest_review_screen_draw_keys (AttestReviewScreen *screen, guint first)
{
  g_autoptr (GPtrArray) keys = list_keys (screen);
  guint room = (guint)MAX (getmaxy (stdscr) - 4, 1);

  erase ();
  if (is_too_small ())
    return 0;
  draw_title (screen);
  for (guint i = 0; i < room && first + i < keys->len; i++)
    draw_line (2 + (int)i, A_NORMAL, keys->pdata[first + i]);
  draw_line (getmaxy (stdscr) - 1, A_REVERSE,
             first + room < keys->len ? " any key shows more" : " any key goes back");
  refresh ();
  return first + room < keys->len ? first + room : 0;
}

/* ---- questions ---- */

static void
draw_question (AttestReviewScreen *screen, const char *hint, const char *question,
               const char *answer)
{
  int line = getmaxy (stdscr) - 2;
  gsize room = (gsize)MAX (getmaxx (stdscr) - 2, 1);
  g_autofree char *text = g_strconcat (question, answer, NULL);
  const char *shown = text;

  attest_review_screen_draw (screen);
  /* The end is where people type. */
  while (attest_text_columns (shown, strlen (shown)) > room)
    shown = g_utf8_next_char (shown);
  draw_line (line - 1, A_NORMAL, hint);
  draw_line (line, A_BOLD, shown);
  draw_line (line + 1, A_REVERSE, " Enter takes it, Escape leaves it");
  move (line, (int)attest_text_columns (shown, strlen (shown)));
  refresh ();
}

static void
remove_last_char (GString *text)
{
  if (text->len > 0)
    g_string_truncate (text, (gsize)(g_utf8_prev_char (text->str + text->len) - text->str));
}

char *
attest_review_screen_ask (AttestReviewScreen *screen, const char *hint, const char *question)
{
  g_autoptr (GString) answer = g_string_new (NULL);

  curs_set (1);
  for (;;)
    {
      wint_t key = 0;
      int rc;

      draw_question (screen, hint, question, answer->str);
      rc = get_wch (&key);
      if (rc == OK && (key == '\n' || key == '\r'))
        break;
      if (rc == ERR || (rc == OK && key == 27))
        {
          curs_set (0);
          return NULL;
        }
      if ((rc == KEY_CODE_YES && key == KEY_BACKSPACE) || (rc == OK && (key == 127 || key == 8)))
        remove_last_char (answer);
      else if (rc == OK && key == 21) /* Ctrl-U */
        g_string_truncate (answer, 0);
      else if (rc == OK && g_unichar_validate (key) && !g_unichar_iscntrl (key)
               && answer->len < MAX_ANSWER_BYTES)
        g_string_append_unichar (answer, key);
    }
  curs_set (0);
  return g_strdup (g_strstrip (answer->str));
}
