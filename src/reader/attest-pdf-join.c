/* attest-pdf-join: wrapped lines into paragraphs. */
#include "reader/attest-pdf-layout.h"

#include <math.h>
#include <string.h>

#include "reader/attest-labels.h"

/* Lines farther apart than so many usual distances have an empty line between them. */
#define EMPTY_LINE 1.45
/* Letters of another size, such as a heading's. */
#define OTHER_SIZE 1.2
/* In heights: how far to the right a first line is indented at least. */
#define INDENT 0.7
/* In heights: what begins so near to each other begins on one edge. */
#define SAME_EDGE 0.4
/* Of the page's width: text that no other line reaches the end of goes as far as this at least. */
#define LEAST_RIGHT 0.75
/* Lines that reach the right edge of a column, within this part of its width, show where it is. */
#define NEAR_RIGHT 0.12
#define MIN_FULL_LINES 3
/* Of a column's width: a line that begins so far to the right is centred, or aligned there. */
#define FAR_RIGHT 0.25

typedef struct
{
  const AttestPdfPages *pages;
  gboolean numbered;
  double *lefts, *rights;  /* of each column: where its lines begin, and how far they go */
  double spacing;          /* usual distance of two lines */
  GHashTable *words;       /* of lines, lower case; NULL until a hyphen is met */
  const GPtrArray *labels; /* of pages */
  guint n_begun;           /* pages that have begun */
  AttestFlow *flow;
} Joiner;

static const AttestPdfLine *
line_at (const Joiner *j, guint i)
{
  return &g_array_index (j->pages->lines, AttestPdfLine, i);
}

static double
height (const AttestPdfLine *line)
{
  return line->bottom - line->top;
}

/* Of the number or time that is still in the text of the line. */
static gsize
margin_bytes (const Joiner *j, const AttestPdfLine *line)
{
  return j->numbered ? 0 : line->margin_bytes;
}

/* Several stretches side by side: a row of a table, or the like. */
static gboolean
is_row (const Joiner *j, const AttestPdfLine *line)
{
  const char *body = j->pages->text->str + line->start_byte + margin_bytes (j, line);

  return memchr (body, '\t', (gsize)(j->pages->text->str + line->end_byte - body)) != NULL;
}

/* --- measures ----------------------------------------------------------------------------- */

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double left = *(const double *)a, right = *(const double *)b;

  return (left > right) - (left < right);
}

static void
measure (Joiner *j)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < j->pages->lines->len; i++)
    {
      const AttestPdfLine *line = line_at (j, i);
      const AttestPdfLine *next = i + 1 < j->pages->lines->len ? line_at (j, i + 1) : NULL;
      double step;

      if (line->dropped || is_row (j, line))
        continue;
      j->rights[line->column] = MAX (j->rights[line->column], line->right);
      j->lefts[line->column] = MIN (j->lefts[line->column], line->body_left);
      if (next == NULL || next->dropped || next->column != line->column)
        continue;
      step = next->top - line->top;
      if (step > 0)
        g_array_append_val (steps, step);
    }
  g_array_sort (steps, compare_doubles);
  /* Most lines are wrapped ones: the distance in the lower half is theirs. */
  j->spacing = steps->len > 0 ? g_array_index (steps, double, steps->len / 3) : 0;
}

/* A column with few lines, such as the last page, is as wide as the one before. */
static void
widen_columns (Joiner *j)
{
  g_autofree guint *lines = g_new0 (guint, j->pages->n_columns + 1);
  g_autofree guint *full = g_new0 (guint, j->pages->n_columns + 1);
  double widest = 0;

  for (guint i = 0; i < j->pages->lines->len; i++)
    {
      const AttestPdfLine *line = line_at (j, i);
      double width = j->rights[line->column] - j->lefts[line->column];

      lines[line->column]++;
      full[line->column] += line->right >= j->rights[line->column] - NEAR_RIGHT * width;
    }
  for (guint c = 0; c < j->pages->n_columns; c++)
    {
      if (lines[c] >= 10)
        widest = j->rights[c];
      else if (j->pages->n_by_columns == 0)
        j->rights[c] = MAX (j->rights[c], widest);
    }
  /* Where lines are short, the longest was not wrapped at its end either. */
  for (guint i = 0; i < j->pages->lines->len && j->pages->n_by_columns == 0; i++)
    {
      const AttestPdfLine *line = line_at (j, i);
      double width = g_array_index (j->pages->sizes, AttestPdfSize, line->page).width;

      if (full[line->column] < MIN_FULL_LINES)
        j->rights[line->column] = MAX (j->rights[line->column], LEAST_RIGHT * width);
    }
}

/* --- hyphens ------------------------------------------------------------------------------ */

static gboolean
is_letter (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c) || c == '\'' || c == 0x2019;
}

static void
collect_words (Joiner *j)
{
  const char *p = j->pages->text->str;

  j->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  while (*p != '\0')
    {
      const char *start;

      for (; *p != '\0' && !is_letter (g_utf8_get_char (p)); p = g_utf8_next_char (p))
        ;
      for (start = p; *p != '\0' && is_letter (g_utf8_get_char (p)); p = g_utf8_next_char (p))
        ;
      if (p > start)
        g_hash_table_add (j->words, g_utf8_strdown (start, p - start));
    }
}

/* Bytes of the hyphen that @text ends with after a letter; *@out_soft: it says itself that it is
 * only there because of the line end. */
static gsize
final_hyphen (const char *text, gsize length_bytes, gboolean *out_soft)
{
  static const struct
  {
    const char *text;
    gboolean soft;
  } hyphens[] = { { "-", FALSE }, { "\u2010", FALSE }, { "\u00ad", TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (hyphens); i++)
    {
      gsize n = strlen (hyphens[i].text);
      const char *before;

      if (length_bytes <= n || memcmp (text + length_bytes - n, hyphens[i].text, n) != 0)
        continue;
      before = g_utf8_find_prev_char (text, text + length_bytes - n);
      *out_soft = hyphens[i].soft;
      return before != NULL && g_unichar_isalpha (g_utf8_get_char (before)) ? n : 0;
    }
  return 0;
}

/* Whether "devel-" and "opment" are halves of a word that stands elsewhere in the file. */
static gboolean
is_known_word (Joiner *j, const char *left, gsize left_bytes, const char *right, gsize right_bytes)
{
  const char *start = left + left_bytes, *end = right;
  g_autofree char *joined = NULL, *folded = NULL;

  while (start > left)
    {
      const char *before = g_utf8_prev_char (start);

      if (!is_letter (g_utf8_get_char (before)))
        break;
      start = before;
    }
  while (end < right + right_bytes && is_letter (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);
  if (j->words == NULL)
    collect_words (j);
  joined = g_strdup_printf ("%.*s%.*s", (int)(left + left_bytes - start), start, (int)(end - right),
                            right);
  folded = g_utf8_strdown (joined, -1);
  return g_hash_table_contains (j->words, folded);
}

/* --- paragraphs --------------------------------------------------------------------------- */

static gboolean
begins_label (const char *text, gsize length_bytes)
{
  AttestLabelLine parsed;

  return attest_label_parse (text, length_bytes, &parsed)
         && (parsed.start_ms != ATTEST_NO_TIME
             || (parsed.kind == ATTEST_LABEL_COLON && parsed.label_end > parsed.label_start));
}

static gboolean
ends_sentence (const char *text, gsize length_bytes)
{
  while (length_bytes > 0 && strchr ("\"')]", text[length_bytes - 1]) != NULL)
    length_bytes--;
  return length_bytes > 0 && strchr (".?!:", text[length_bytes - 1]) != NULL;
}

static gboolean
same_edge (double left, double right, const AttestPdfLine *line)
{
  return fabs (left - right) < SAME_EDGE * height (line);
}

/* Whether @next is the rest of the paragraph that @line is in. */
static gboolean
goes_on (const Joiner *j, const AttestPdfLine *line, const AttestPdfLine *next)
{
  const char *text = j->pages->text->str;
  gboolean same_column = line->column == next->column;
  double room = j->rights[line->column] - line->right;

  /* The last cell of a row may be wrapped: the rest of it stands below its beginning. */
  if (next->margin_bytes > 0 || is_row (j, next)
      || (is_row (j, line) && !same_edge (line->last_left, next->left, line)))
    return FALSE;
  if (j->numbered)
    return TRUE;
  if (begins_label (text + next->start_byte, next->end_byte - next->start_byte))
    return FALSE;
  if (same_column && next->top - line->top > EMPTY_LINE * j->spacing)
    return FALSE;
  if (fmax (line->size, next->size) > OTHER_SIZE * fmin (line->size, next->size))
    return FALSE;
  /* What stands in the middle or on the right was not wrapped. */
  if (line->last_left - j->lefts[line->column]
          > FAR_RIGHT * (j->rights[line->column] - j->lefts[line->column])
      && !same_edge (line->last_left, next->left, line))
    return FALSE;
  /* The next word would have had room: somebody ended the line. */
  if (room > next->first_word + height (line) * 0.6)
    return FALSE;
  return !(same_column && next->body_left > line->last_left + INDENT * height (line)
           && ends_sentence (text + line->start_byte, line->end_byte - line->start_byte));
}

/* A TAB stays one; other white space is a space. */
static void
append_run (Joiner *j, const char *text, gsize length_bytes, gboolean bold)
{
  g_autofree char *copy = g_strndup (text, length_bytes);
  char *at = copy;

  for (char *tab; (tab = strchr (at, '\t')) != NULL; at = tab + 1)
    {
      *tab = '\0';
      attest_flow_append (j->flow, at, bold);
      g_string_append_c (j->flow->text, '\t');
    }
  attest_flow_append (j->flow, at, bold);
}

static void
append (Joiner *j, const char *text, gsize length_bytes, gsize bold_bytes)
{
  bold_bytes = MIN (bold_bytes, length_bytes);
  append_run (j, text, bold_bytes, TRUE);
  append_run (j, text + bold_bytes, length_bytes - bold_bytes, FALSE);
}

static void
begin_paragraph (Joiner *j)
{
  if (j->flow->text->len > 0)
    g_string_append (j->flow->text, "\n\n");
}

/* "first- and second-hand": the hyphen stands for what both have. */
static gboolean
begins_conjunction (const char *text, gsize length_bytes)
{
  static const char *const words[]
      = { "and", "or", "to", "et", "ou", "y", "o", "e", "und", "oder", "bis", "и", "или", NULL };
  const char *end = memchr (text, ' ', length_bytes);
  g_autofree char *word
      = g_strndup (text, end != NULL ? (gsize)(end - text) : MIN (length_bytes, 16));

  return g_strv_contains (words, word);
}

/* What becomes of the end of a line that goes on. */
typedef enum
{
  KEEP_AND_SPACE, /* "of the" + "village" */
  KEEP,           /* "well-" + "known", "Anne-" + "Marie" */
  DROP_HYPHEN,    /* "devel-" + "opment" */
} LineEnd;

static LineEnd
judge_end (Joiner *j, const char *text, gsize length_bytes, gsize hyphen_bytes, gboolean soft,
           const AttestPdfLine *next)
{
  const char *rest = j->pages->text->str + next->start_byte;
  gsize rest_bytes = next->end_byte - next->start_byte;
  gunichar first = g_utf8_get_char (rest);

  if (hyphen_bytes == 0 || !g_unichar_isalnum (first) || begins_conjunction (rest, rest_bytes))
    return KEEP_AND_SPACE;
  if (soft)
    return DROP_HYPHEN;
  return g_unichar_islower (first)
                 && is_known_word (j, text, length_bytes - hyphen_bytes, rest, rest_bytes)
             ? DROP_HYPHEN
             : KEEP;
}

/* Pages without text begin where the next one does. */
static void
begin_pages (Joiner *j, guint page)
{
  for (; j->n_begun <= page && j->n_begun < j->labels->len; j->n_begun++)
    attest_flow_begin_page (j->flow, g_ptr_array_index (j->labels, j->n_begun));
}

/* Appends @line, whose paragraph goes on with @next if that is not NULL. */
static void
append_line (Joiner *j, const AttestPdfLine *line, const AttestPdfLine *next)
{
  const char *text = j->pages->text->str + line->start_byte;
  gsize length_bytes = line->end_byte - line->start_byte, hyphen;
  gsize margin = margin_bytes (j, line);
  LineEnd end = KEEP;
  gboolean soft = FALSE;

  begin_pages (j, line->page);
  append (j, text, margin, 0);
  text += margin;
  length_bytes -= margin;
  hyphen = next != NULL ? final_hyphen (text, length_bytes, &soft) : 0;
  if (next != NULL)
    end = judge_end (j, text, length_bytes, hyphen, soft, next);
  append (j, text, length_bytes - (end == DROP_HYPHEN ? hyphen : 0), line->bold_bytes);
  if (end == KEEP_AND_SPACE)
    attest_flow_append (j->flow, " ", FALSE);
}

void
attest_pdf_join_lines (const AttestPdfPages *pages, gboolean numbered, const GPtrArray *labels,
                       AttestFlow *flow)
{
  g_autofree double *rights = g_new0 (double, pages->n_columns + 1);
  g_autofree double *lefts = g_new (double, pages->n_columns + 1);
  Joiner j = { .pages = pages,
               .numbered = numbered,
               .lefts = lefts,
               .rights = rights,
               .labels = labels,
               .flow = flow };
  const AttestPdfLine *line = NULL;

  for (guint c = 0; c <= pages->n_columns; c++)
    lefts[c] = G_MAXDOUBLE;
  measure (&j);
  widen_columns (&j);
  for (guint i = 0; i < pages->lines->len; i++)
    {
      const AttestPdfLine *next = line_at (&j, i);
      gboolean on;

      if (next->dropped || next->end_byte == next->start_byte)
        continue;
      on = line != NULL && goes_on (&j, line, next);
      if (line != NULL)
        append_line (&j, line, on ? next : NULL);
      if (!on)
        begin_paragraph (&j);
      line = next;
    }
  if (line != NULL)
    append_line (&j, line, NULL);
  g_clear_pointer (&j.words, g_hash_table_unref);
}
