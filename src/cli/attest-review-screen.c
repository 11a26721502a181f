/* Keys of the full-screen queue. */
#define NCURSES_WIDECHAR 1
#include "cli/attest-review-screen.h"
#include "cli/attest-review-screen-private.h"

#include <curses.h>
#include <string.h>

#include "util/attest-error.h"

static void say (AttestReviewScreen *screen, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
say (AttestReviewScreen *screen, const char *format, ...)
{
  va_list args;

  g_free (screen->message);
  va_start (args, format);
  screen->message = g_strdup_vprintf (format, args);
  va_end (args);
}

static void
moved (AttestReviewScreen *screen)
{
  screen->is_scrolled = FALSE;
  screen->scroll = 0;
}

/* ---- decisions ---- */

/* Decides; what decides of the status goes on to the next. */
static void
decide (AttestReviewScreen *screen, AttestDecisionAction action, const char *new_code,
        const char *text, const char *what, gboolean go_on)
{
  g_autofree char *id = g_strdup (attest_queue_current (screen->queue)->id);
  g_autoptr (GError) error = NULL;
  gboolean changed;

  if (!attest_queue_decide (screen->queue, action, new_code, text, &changed, &error))
    {
      say (screen, "%s", error->message);
      return;
    }
  say (screen, "%s %s%s", id, what, changed ? "" : " already");
  if (!go_on)
    return;
  if (!attest_queue_move_to_open (screen->queue))
    say (screen, "%s %s; nothing is left to decide", id, what);
  moved (screen);
}

static void
reject (AttestReviewScreen *screen)
{
  g_autofree char *reason
      = attest_review_screen_ask (screen, "a reason, or none", "reject because: ");

  if (reason != NULL)
    decide (screen, ATTEST_DECISION_REJECT, NULL, reason, "rejected", TRUE);
}

/* The code may be cut short, as long as one begins so. */
static void
recode (AttestReviewScreen *screen)
{
  g_autofree char *prefix = NULL;
  g_auto (GStrv) codes = NULL;
  g_autofree char *all = NULL;
  g_autofree char *what = NULL;
  g_autoptr (GError) error = NULL;

  codes = attest_queue_list_codes (screen->queue, "", &error);
  if (codes == NULL)
    {
      say (screen, "%s", error->message);
      return;
    }
  all = g_strjoinv (" ", codes);
  prefix = attest_review_screen_ask (screen, all, "recode to: ");
  if (prefix == NULL || *prefix == '\0')
    return;
  g_strfreev (codes);
  codes = attest_queue_list_codes (screen->queue, prefix, &error);
  if (codes == NULL || codes[0] == NULL)
    say (screen, "no code begins with '%s'", prefix);
  else if (codes[1] != NULL && strcmp (codes[0], prefix) != 0)
    say (screen, "'%s' is the beginning of several codes: %s, %s", prefix, codes[0], codes[1]);
  else
    {
      what = g_strdup_printf ("recoded to %s", codes[0]);
      decide (screen, ATTEST_DECISION_RECODE, codes[0], NULL, what, TRUE);
    }
}

static void
note (AttestReviewScreen *screen)
{
  g_autofree char *memo = attest_review_screen_ask (screen, "a note on the segment", "memo: ");

  if (memo != NULL && *memo != '\0')
    decide (screen, ATTEST_DECISION_MEMO, NULL, memo, "noted", FALSE);
}

static void
toggle_key (AttestReviewScreen *screen)
{
  if (attest_queue_current (screen->queue)->is_key)
    decide (screen, ATTEST_DECISION_NO_KEY, NULL, NULL, "is no key quote any more", FALSE);
  else
    decide (screen, ATTEST_DECISION_KEY, NULL, NULL, "is a key quote", FALSE);
}

static void
undo (AttestReviewScreen *screen)
{
  g_autoptr (GError) error = NULL;
  gint64 seq;

  if (!attest_queue_undo (screen->queue, &seq, &error))
    say (screen, "%s", error->message);
  else if (seq == 0)
    say (screen, "nothing was decided here; 'attest undo' takes back what was before");
  else
    {
      say (screen, "entry %" G_GINT64_FORMAT " taken back", seq);
      moved (screen);
    }
}

static void
move_bound (AttestReviewScreen *screen, gboolean is_end, int direction)
{
  if (attest_queue_move_bound (screen->queue, is_end, direction))
    say (screen, "a accepts the passage with these bounds");
  else
    say (screen, "the passage cannot go on there");
}

/* ---- other segments ---- */

static void
choose (AttestReviewScreen *screen)
{
  g_autofree char *now = attest_review_filter_to_text (attest_queue_get_filter (screen->queue));
  g_autofree char *hint
      = g_strdup_printf ("now: %s; words of code, source, status, rule=, polarity, stance",
                         *now != '\0' ? now : "all");
  g_autofree char *text = attest_review_screen_ask (screen, hint, "only (Enter: all): ");
  g_autoptr (GError) error = NULL;

  if (text == NULL)
    return;
  if (attest_queue_set_filter (screen->queue, text, &error))
    say (screen, "%u segments", attest_queue_length (screen->queue));
  else
    say (screen, "%s", error->message);
  moved (screen);
}

/* A small window takes several pages. */
static void
show_keys (AttestReviewScreen *screen)
{
  guint first = 0, next;
  wint_t key;
  int rc;

  do
    {
      next = attest_review_screen_draw_keys (screen, first);
      rc = get_wch (&key);
      /* Another size has other pages. */
      if (rc == KEY_CODE_YES && key == KEY_RESIZE)
        next = first = 0;
      else
        first = next;
    }
  while (rc != ERR && (next > 0 || (rc == KEY_CODE_YES && key == KEY_RESIZE)));
}

/* ---- keys ---- */

static void
go (AttestReviewScreen *screen, int step)
{
  attest_queue_move (screen->queue, step);
  say (screen, "%s", "");
  moved (screen);
}

static void
scroll_by (AttestReviewScreen *screen, int lines)
{
  screen->scroll = (guint)MAX ((int)screen->scroll + lines, 0);
  screen->is_scrolled = TRUE;
}

/* ---- sentences of a sample ---- */

/* What was typed of codes; "" says that there is none. */
static void
give (AttestReviewScreen *screen, const char *text)
{
  g_autofree char *id = g_strdup (attest_queue_current (screen->queue)->id);
  g_autoptr (GError) error = NULL;
  g_autofree char *codes = NULL;
  gboolean changed;

  if (!attest_queue_give_codes (screen->queue, text, &changed, &error))
    {
      say (screen, "%s", error->message);
      return;
    }
  codes = g_strdup (attest_queue_current (screen->queue)->codes);
  say (screen, "%s: %s%s", id, *codes != '\0' ? codes : "no code", changed ? "" : ", already");
  if (!attest_queue_move_to_open (screen->queue))
    say (screen, "%s: %s; nothing is left to judge", id, *codes != '\0' ? codes : "no code");
  moved (screen);
}

static void
ask_codes (AttestReviewScreen *screen)
{
  g_autofree char *all = g_strjoinv (" ", attest_queue_get_judging (screen->queue)->codes);
  g_autofree char *text = attest_review_screen_ask (screen, all, "codes (their beginnings): ");

  if (text != NULL && *text == '\0')
    say (screen, "o says that it has none");
  else if (text != NULL)
    give (screen, text);
}

static gboolean
press_judgement (AttestReviewScreen *screen, wint_t key)
{
  switch (key)
    {
    case 'c':
      ask_codes (screen);
      return TRUE;
    case 'o':
      give (screen, "");
      return TRUE;
    case 'u':
      undo (screen);
      return TRUE;
    case 'a':
    case 'r':
    case 'k':
    case 'm':
    case 'f':
    case '[':
    case ']':
    case '(':
    case ')':
      say (screen, "there is nothing to decide here but its codes: c, or o for none");
      return TRUE;
    default:
      return FALSE;
    }
}

/* ---- segments ---- */

static gboolean
press_decision (AttestReviewScreen *screen, wint_t key)
{
  switch (key)
    {
    case 'a':
      decide (screen, ATTEST_DECISION_ACCEPT, NULL, NULL, "accepted", TRUE);
      return TRUE;
    case 'r':
      reject (screen);
      return TRUE;
    case 'c':
      recode (screen);
      return TRUE;
    case 'm':
      note (screen);
      return TRUE;
    case 'k':
      toggle_key (screen);
      return TRUE;
    case 'u':
      undo (screen);
      return TRUE;
    case '[':
    case ']':
      move_bound (screen, FALSE, key == '[' ? -1 : 1);
      return TRUE;
    case '(':
    case ')':
      move_bound (screen, TRUE, key == '(' ? -1 : 1);
      return TRUE;
    default:
      return FALSE;
    }
}

static void
press_move (AttestReviewScreen *screen, wint_t key)
{
  switch (key)
    {
    case 'n':
    case ' ':
      say (screen, "%s", "");
      if (!attest_queue_move_to_open (screen->queue))
        say (screen, "nothing is left to decide");
      moved (screen);
      break;
    case 'l':
      go (screen, 1);
      break;
    case 'h':
      go (screen, -1);
      break;
    case 'g':
      go (screen, G_MININT);
      break;
    case 'G':
      go (screen, G_MAXINT);
      break;
    case 'j':
      scroll_by (screen, 1);
      break;
    case 'f':
      choose (screen);
      break;
    case '?':
      show_keys (screen);
      break;
    default:
      say (screen, "? shows the keys");
    }
}

/* Keys of the keyboard that have no letter, by the letter that does the same. */
static wint_t
letter_of (wint_t code)
{
  switch (code)
    {
    case KEY_RIGHT:
      return 'l';
    case KEY_LEFT:
      return 'h';
    case KEY_HOME:
      return 'g';
    case KEY_END:
      return 'G';
    case KEY_DOWN:
      return 'j';
    default:
      return 0;
    }
}

static void
press_code (AttestReviewScreen *screen, wint_t code)
{
  int page = MAX (getmaxy (stdscr) / 2, 1);

  if (code == KEY_UP)
    scroll_by (screen, -1);
  else if (code == KEY_NPAGE || code == KEY_PPAGE)
    scroll_by (screen, code == KEY_NPAGE ? page : -page);
  else if (letter_of (code) != 0)
    press_move (screen, letter_of (code));
}

static void
loop (AttestReviewScreen *screen)
{
  for (;;)
    {
      wint_t key = 0;
      int rc;

      attest_review_screen_draw (screen);
      rc = get_wch (&key);
      /* The terminal is gone; a changed size is a key. */
      if (rc == ERR || (rc == OK && (key == 'q' || key == 'Q')))
        return;
      if (rc == KEY_CODE_YES)
        press_code (screen, key);
      else if (!(attest_queue_get_judging (screen->queue) != NULL ? press_judgement (screen, key)
                                                                  : press_decision (screen, key)))
        press_move (screen, key);
    }
}

gboolean
attest_review_screen_run (AttestQueue *queue, GError **error)
{
  AttestReviewScreen screen = { .queue = queue };
  SCREEN *terminal;

  terminal = newterm (NULL, stdout, stdin);
  if (terminal == NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "the terminal '%s' cannot show a full screen; use 'attest review --list'",
                         g_getenv ("TERM") != NULL ? g_getenv ("TERM") : "");
  cbreak ();
  noecho ();
  keypad (stdscr, TRUE);
  set_escdelay (25); /* ms; nobody waits for Escape */
  curs_set (0);
  loop (&screen);
  endwin ();
  delscreen (terminal);
  g_free (screen.message);
  return TRUE;
}
