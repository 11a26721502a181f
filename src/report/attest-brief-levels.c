/* Whether a brief gives the ratings and numbers that the project has. */
#include <string.h>

#include "report/attest-brief-check-private.h"
#include "report/attest-brief-facts.h"
#include "report/attest-report-chain.h"

/* ---- words ---- */

static gboolean
is_edge (const char *text, const char *start, const char *end)
{
  gunichar before = start > text ? g_utf8_get_char (g_utf8_prev_char (start)) : ' ';
  gunichar after = *end != '\0' ? g_utf8_get_char (end) : ' ';

  return !g_unichar_isalnum (before) && !g_unichar_isalnum (after);
}

/* Blanks the first place where @word stands by itself. Both are folded. FALSE: there is none. */
static gboolean
take_word (char *text, const char *word)
{
  gsize length = strlen (word);

  for (char *at = strstr (text, word); at != NULL && length > 0; at = strstr (at + 1, word))
    if (is_edge (text, at, at + length))
      {
        memset (at, ' ', length);
        return TRUE;
      }
  return FALSE;
}

static gboolean
take_folded (char *text, const char *word)
{
  g_autofree char *folded = g_utf8_casefold (word, -1);

  return take_word (text, folded);
}

/* ---- ratings ---- */

/* Takes the labels of a level out of the text; longer ones must go first. */
typedef struct
{
  const char *label; /* borrowed */
  const AttestBriefLevel *level;
} Label;

static int
compare_labels (gconstpointer a, gconstpointer b)
{
  gsize length_a = strlen (((const Label *)a)->label),
        length_b = strlen (((const Label *)b)->label);

  return length_a < length_b ? 1 : length_a > length_b ? -1 : 0;
}

static GArray *
list_labels (const GArray *levels)
{
  GArray *labels = g_array_new (FALSE, FALSE, sizeof (Label));

  for (guint i = 0; levels != NULL && i < levels->len; i++)
    {
      const AttestBriefLevel *level = &g_array_index (levels, AttestBriefLevel, i);

      for (char **label = level->labels; *label != NULL; label++)
        {
          Label entry = { *label, level };

          g_array_append_val (labels, entry);
        }
    }
  g_array_sort (labels, compare_labels);
  return labels;
}

typedef struct
{
  gboolean says_level, says_label; /* those of the rating */
  const char *other;               /* borrowed; (nullable) another level, or its label */
} Said;

/* Labels of several levels may be one word in two languages; that of the rating goes first. */
static void
read_said (const AttestBriefNames *names, const AttestRating *rating, const char *text, Said *said)
{
  const GArray *levels = g_hash_table_lookup (names->scales, rating->scale);
  g_autoptr (GArray) labels = list_labels (levels);
  g_autofree char *rest = g_utf8_casefold (text, -1);

  *said = (Said){ FALSE, FALSE, NULL };
  for (guint i = 0; i < labels->len; i++)
    {
      const Label *label = &g_array_index (labels, Label, i);
      gboolean is_right = strcmp (label->level->level, rating->level) == 0;

      while (take_folded (rest, label->label))
        if (is_right)
          said->says_label = TRUE;
        else
          said->other = label->label;
    }
  if (rating->label != NULL && take_folded (rest, rating->label))
    said->says_label = TRUE;
  while (take_folded (rest, rating->level))
    said->says_level = TRUE;
  for (guint i = 0; levels != NULL && i < levels->len; i++)
    if (take_folded (rest, g_array_index (levels, AttestBriefLevel, i).level))
      said->other = g_array_index (levels, AttestBriefLevel, i).level;
}

static void
check_rating (AttestBriefChecker *checker, const AttestMark *mark, const AttestRating *rating)
{
  g_autofree char *level = attest_rating_dup_level (rating);
  Said said;

  read_said (checker->names, rating, checker->sentence->text, &said);
  /* In a sentence, "good" and "3" may be said of other things than the rating. */
  if (checker->sentence->type != ATTEST_SENTENCE_HEADING && (said.says_label || said.says_level))
    return;
  if (said.other != NULL)
    attest_brief_complain (checker, mark->start_byte, mark->end_byte,
                           "it says '%s', and %s was rated %s", said.other, rating->criterion,
                           level);
  else if (!said.says_label && !said.says_level)
    attest_brief_complain (checker, mark->start_byte, mark->end_byte,
                           "it refers to the rating of %s without giving it: %s", rating->criterion,
                           level);
}

void
attest_brief_check_ratings (AttestBriefChecker *checker)
{
  const AttestMark *mark;

  for (guint at = 0; (mark = attest_brief_next_mark (checker, &at)) != NULL;)
    {
      const AttestRating *rating = mark->type == ATTEST_MARK_RATING
                                       ? attest_ledger_find_rating (checker->ledger, mark->id)
                                       : NULL;

      if (rating != NULL)
        check_rating (checker, mark, rating);
    }
}

/* ---- numbers ---- */

/* The whole numbers of a text, however their digits are grouped. Returns: of gint64. */
static GArray *
list_numbers (const char *text)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (const char *at = text; *at != '\0';)
    {
      gint64 value = 0;
      int digits = 0;

      for (; g_ascii_isdigit (*at) && digits < 18; at++, digits++)
        {
          const char *next = at + 1;
          gunichar c = *next != '\0' ? g_utf8_get_char (next) : 0;

          value = value * 10 + (*at - '0');
          /* 1,234 and 1.234 and 1 234 with a space that does not break */
          if ((c == ',' || c == '.' || c == 0xa0 || c == 0x202f)
              && strspn (g_utf8_next_char (next), "0123456789") == 3)
            at = g_utf8_next_char (next) - 1;
        }
      if (digits > 0)
        g_array_append_val (numbers, value);
      else
        at = g_utf8_next_char (at);
    }
  return numbers;
}

static gboolean
has_number (const GArray *numbers, gint64 value)
{
  for (guint i = 0; i < numbers->len; i++)
    if (g_array_index (numbers, gint64, i) == value)
      return TRUE;
  return FALSE;
}

void
attest_brief_check_counts (AttestBriefChecker *checker)
{
  g_autoptr (GArray) numbers = list_numbers (checker->sentence->text);
  const AttestMark *mark;

  for (guint at = 0; (mark = attest_brief_next_mark (checker, &at)) != NULL;)
    {
      gint64 value;

      /* Numbers that are written as words are not compared. */
      if (mark->type == ATTEST_MARK_COUNT && numbers->len > 0
          && attest_brief_find_fact (checker->facts, mark->id, &value)
          && !has_number (numbers, value))
        attest_brief_complain (checker, mark->start_byte, mark->end_byte,
                               "the project has %" G_GINT64_FORMAT " %s, which the sentence does "
                               "not say",
                               value, mark->id);
    }
}
