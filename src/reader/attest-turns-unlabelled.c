/* attest-turns-unlabelled: a text in which nobody is named is one respondent's, but for the
 * questions of a guide that stand above the answers. */
#include "config.h"

#include <string.h>

#include "reader/attest-label-words.h"
#include "reader/attest-turns-private.h"
#include "util/attest-text.h"

/* Marks that make it a pattern. */
#define MIN_MARKS 3
/* Lines above the first time mark are a header, unless there are more of them. */
#define MAX_HEADER_BYTES 1000

typedef enum
{
  SPLIT_PARAGRAPHS,
  SPLIT_TIMES,
  SPLIT_COUNTERS,  /* "005<TAB>": a tape's counter, which is no time */
  SPLIT_DASHES,    /* "— Why?": each dash is somebody else */
  SPLIT_QUESTIONS, /* "1. What did the project do?" with the answer below */
} Split;

static const char *const split_names[]
    = { "paragraphs", "time marks", "tape counters, which are no times",
        "dashes at the start of lines", "questions of a guide" };

/* A line as this file sees it. */
typedef struct
{
  gsize start, end;
  gsize text_start; /* after a time or a counter */
  gboolean timed, counter, heading, question, dash;
  AttestLabelLine parsed;
} Line;

/* The length of "005 <TAB>", or 0. */
static gsize
counter_length (const char *line, gsize n)
{
  gsize i = 0;

  while (i < n && i < 5 && g_ascii_isdigit (line[i]))
    i++;
  if (i < 2 || i > 4)
    return 0;
  while (i < n && line[i] == ' ')
    i++;
  return i < n && line[i] == '\t' ? i + 1 : 0;
}

/* A question, or short as a title. */
static gboolean
asks (const char *line, gsize n)
{
  return line[n - 1] == '?' || (n < 100 && strchr (".!;,:", line[n - 1]) == NULL);
}

/* "1.", "2)", "1.3", "Q4.", "Question 5:" at the start of a line that asks. */
static gboolean
is_numbered (const char *line, gsize n)
{
  gsize i = n > 0 && (line[0] == 'Q' || line[0] == 'q') ? 1 : 0, digits = i;
  gsize words = attest_label_question_length (line, n);

  if (words > 0 && n > words + 2 && strchr (").:- ", line[words]) != NULL)
    return TRUE;
  while (i < n && (g_ascii_isdigit (line[i]) || (line[i] == '.' && i > digits)))
    i++;
  if (i == digits || i > digits + 6)
    return FALSE;
  if (line[i - 1] != '.' && (i >= n || strchr (").:-", line[i]) == NULL))
    return FALSE;
  while (n > 0 && g_ascii_isspace (line[n - 1]))
    n--;
  return n > i + 2 && asks (line, n);
}

static gboolean
is_question (const AttestTurnFinder *f, gsize start, gsize end)
{
  const char *line = f->doc->text + start;
  gsize n = end - start;

  while (n > 0 && g_ascii_isspace (line[n - 1]))
    n--;
  if (is_numbered (line, n)
      || (n > 2 && asks (line, n)
          && attest_turn_finder_in_mark (f, ATTEST_MARK_NUMBERED, start, start + 1)))
    return TRUE;
  return n > 1 && line[n - 1] == '?'
         && (attest_turn_finder_in_mark (f, ATTEST_MARK_BOLD, start, start + n)
             || attest_turn_finder_in_mark (f, ATTEST_MARK_ITALIC, start, start + n));
}

static void
look_at (AttestTurnFinder *f, gsize start, Line *line)
{
  const char *text = f->doc->text + start;
  gsize counter;

  attest_turn_finder_skip_marks (f, start);
  *line = (Line){ .start = start,
                  .end = attest_turn_finder_line_end (f, start),
                  .text_start = start };
  line->timed
      = attest_label_parse (text, line->end - start, &line->parsed) && line->parsed.time_before;
  if (line->timed)
    line->text_start = start + line->parsed.unlabelled_start;
  counter = line->timed ? 0 : counter_length (text, line->end - start);
  line->counter = counter > 0;
  line->dash = g_str_has_prefix (text, "— ") || g_str_has_prefix (text, "– ");
  line->heading = attest_turn_finder_in_mark (f, ATTEST_MARK_HEADING, start, start + 1);
  line->question
      = !line->timed && !line->counter && !line->heading && is_question (f, start, line->end);
}

/* How the text is cut, and where its first mark stands. */
static Split
choose_split (AttestTurnFinder *f, gsize *out_first)
{
  guint timed = 0, counters = 0, questions = 0, answered = 0, dashes = 0, lines = 0;
  gsize first[5] = { f->body_start, 0, 0, 0, 0 };
  gboolean after_question = FALSE;
  Split split;
  Line line;

  for (gsize start = f->body_start; start < f->doc->length_bytes; start = line.end + 1)
    {
      look_at (f, start, &line);
      if (line.timed && timed++ == 0)
        first[SPLIT_TIMES] = start;
      if (line.counter && counters++ == 0)
        first[SPLIT_COUNTERS] = start;
      if (line.end == start)
        continue;
      lines++;
      if (line.dash && dashes++ == 0)
        first[SPLIT_DASHES] = start;
      if (line.question && questions++ == 0)
        first[SPLIT_QUESTIONS] = start;
      answered += after_question && !line.question;
      after_question = line.question;
    }
  f->next_mark = 0;
  split = timed >= MIN_MARKS                                ? SPLIT_TIMES
          : counters >= MIN_MARKS                           ? SPLIT_COUNTERS
          : dashes >= MIN_MARKS && dashes * 2 >= lines      ? SPLIT_DASHES
          : questions >= 2 && answered * 5 >= questions * 4 ? SPLIT_QUESTIONS
                                                            : SPLIT_PARAGRAPHS;
  *out_first = first[split];
  return split;
}

/* A short first line, without the end of a sentence, that stands alone: the title. */
static void
take_title (AttestTurnFinder *f)
{
  AttestDocument *doc = f->doc;
  gsize start = f->body_start, end, n;
  const char *line;

  while (start < doc->length_bytes && doc->text[start] == '\n')
    start++;
  end = attest_turn_finder_line_end (f, start);
  line = doc->text + start;
  for (n = end - start; n > 0 && g_ascii_isspace (line[n - 1]); n--)
    ;
  if (n == 0 || n > 100 || strchr (".?!:;,", line[n - 1]) != NULL || end + 2 >= doc->length_bytes
      || doc->text[end + 1] != '\n' || g_str_has_prefix (line, "- "))
    return;
  {
    g_autofree char *title = g_strndup (line, n);

    attest_document_add_metadata (doc, "title", title);
    f->body_start = end;
  }
}

static void
ask (AttestTurnFinder *f, const Line *line)
{
  attest_turn_finder_open (f, attest_document_intern_speaker (f->doc, "Question"), line->text_start,
                           line->end, NULL);
  attest_turn_finder_close (f);
}

static void
add_line (AttestTurnFinder *f, Split split, const Line *line)
{
  gboolean blank = line->end == line->start;

  if (line->heading || attest_turns_take_footer (f, line->start, line->end))
    attest_turn_finder_close (f);
  else if (split == SPLIT_QUESTIONS && line->question)
    ask (f, line);
  else if (line->timed && (split == SPLIT_TIMES || line->parsed.time_bracketed))
    {
      AttestLabelLine times = line->parsed;

      attest_turn_finder_open (f, ATTEST_NO_SPEAKER, line->text_start, line->end, &times);
    }
  else if (line->dash && split == SPLIT_DASHES)
    attest_turn_finder_open (f, ATTEST_NO_SPEAKER, line->start + strlen ("— "), line->end, NULL);
  else if (line->counter && split == SPLIT_COUNTERS)
    attest_turn_finder_open (
        f, ATTEST_NO_SPEAKER,
        line->start + counter_length (f->doc->text + line->start, line->end - line->start),
        line->end, NULL);
  else if (blank && (split == SPLIT_PARAGRAPHS || split == SPLIT_QUESTIONS))
    attest_turn_finder_close (f);
  else if (f->open)
    f->turn.end_byte = line->end;
  else if (!blank)
    attest_turn_finder_open (f, ATTEST_NO_SPEAKER, line->start, line->end, NULL);
}

void
attest_turns_find_unlabelled (AttestTurnFinder *f)
{
  AttestDocument *doc = f->doc;
  gsize first;
  Split split = choose_split (f, &first);
  Line line;

  if (split != SPLIT_PARAGRAPHS && first - f->body_start <= MAX_HEADER_BYTES)
    attest_turns_keep_preamble (f, first);
  else
    take_title (f);
  for (gsize start = f->body_start; start < doc->length_bytes; start = line.end + 1)
    {
      look_at (f, start, &line);
      add_line (f, split, &line);
    }
  attest_turn_finder_close (f);
  if (doc->turns->len == 0)
    return;
  attest_document_say_how (doc, "nobody is named: the text is cut at %s", split_names[split]);
  /* What looked like questions may all have been footers. */
  if (split == SPLIT_QUESTIONS && doc->speakers->len > 0)
    {
      AttestSpeaker *speaker = attest_document_speaker (doc, 0);

      speaker->role = ATTEST_ROLE_INTERVIEWER;
      g_free (speaker->role_reason);
      speaker->role_reason = g_strdup ("the questions of a guide");
      attest_document_warn (doc, 0,
                            "no speaker labels: numbered, bold or italic questions are the "
                            "interviewer's, what is below them one respondent's");
    }
  else
    attest_document_warn (doc, 0, "no speaker labels: taken as one respondent's, split at %s",
                          split_names[split]);
}
