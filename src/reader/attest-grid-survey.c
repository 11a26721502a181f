/* attest-grid-survey: tables with a row per respondent and a column per question.
 *
 * The text goes question by question: a column's heading, said by whoever asks, and then the
 * answers of all in the order of the rows. So each answer is one that follows its question, the
 * question stands in the text once however many people answered it, and the table can be compared
 * with the text column by column.
 */
#include "reader/attest-grid.h"

#include <string.h>

#include "reader/attest-grid-private.h"
#include "util/attest-limits.h"
#include "util/attest-text.h"

/* Words that an answer has on average when it is one in somebody's own words. */
#define MIN_ANSWER_WORDS 3

typedef struct
{
  AttestDocument *doc;
  const AttestGrid *grid;
  const AttestGridColumns *columns;
  AttestUtterances *utterances;
  GArray *answers; /* of guint: columns of answers */
  guint label;     /* the column that names the respondent, or G_MAXUINT */
  AttestGridEntities entities;
} Survey;

/* --- which columns are answers ------------------------------------------------------------ */

static gboolean
is_question (const char *heading)
{
  static const char *const marks[] = { "?", "؟", "？" };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (strstr (heading, marks[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* Numbers, dates, links: nobody's words. */
static gboolean
has_words (const char *text)
{
  guint letters = 0;

  if (g_str_has_prefix (text, "http://") || g_str_has_prefix (text, "https://"))
    return FALSE;
  for (; *text != '\0'; text = g_utf8_next_char (text))
    letters += g_unichar_isalpha (g_utf8_get_char (text));
  return letters >= 2;
}

static gboolean
holds_answers (const Survey *survey, guint column)
{
  const AttestGrid *grid = survey->grid;
  guint n = 0, worded = 0;
  gsize words = 0;

  for (guint row = survey->columns->first_row; row < grid->rows->len; row++)
    {
      const char *text = attest_grid_get (grid, row, column);

      n += *text != '\0';
      worded += has_words (text);
      words += attest_text_count_words (text, strlen (text));
    }
  if (worded == 0)
    return FALSE;
  return is_question (attest_grid_get (grid, survey->columns->heading_row, column))
         || (worded * 2 >= n && words >= (gsize)n * MIN_ANSWER_WORDS);
}

static gboolean
is_answer (const Survey *survey, guint column)
{
  for (guint i = 0; i < survey->answers->len; i++)
    if (g_array_index (survey->answers, guint, i) == column)
      return TRUE;
  return FALSE;
}

/* A column names the respondents when no two rows have the same in it, and none is empty. */
static gboolean
tells_apart (const Survey *survey, guint column)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint row = survey->columns->first_row; row < survey->grid->rows->len; row++)
    {
      const char *text = attest_grid_get (survey->grid, row, column);

      if (*text == '\0' || !g_hash_table_add (seen, (gpointer)text))
        return FALSE;
    }
  return TRUE;
}

static void
find_answers (Survey *survey)
{
  const GArray *named = survey->columns->answers;

  const guint labels[] = { survey->columns->id, survey->columns->number, survey->columns->speaker };

  for (guint i = 0; i < G_N_ELEMENTS (labels) && survey->label == G_MAXUINT; i++)
    if (labels[i] != G_MAXUINT && tells_apart (survey, labels[i]))
      survey->label = labels[i];
  if (named != NULL)
    {
      g_array_append_vals (survey->answers, named->data, named->len);
      return;
    }
  for (guint column = 0; column < survey->grid->n_columns; column++)
    if (column != survey->label && column != survey->columns->speaker
        && holds_answers (survey, column))
      g_array_append_val (survey->answers, column);
}

/* --- who answers -------------------------------------------------------------------------- */

static char *
dup_label (const Survey *survey, guint row)
{
  if (survey->label != G_MAXUINT)
    return g_strdup (attest_grid_get (survey->grid, row, survey->label));
  /* As a spreadsheet counts: cells may hold lines. */
  return g_strdup_printf (
      "Row %u", survey->grid->name == NULL ? row + 1 : attest_grid_row (survey->grid, row)->line);
}

/* "sex: F; age: 34" */
static char *
dup_attributes (const Survey *survey, guint row)
{
  const AttestGridRow *found = attest_grid_row (survey->grid, row);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < found->n_cells; i++)
    {
      const AttestGridCell *cell
          = &g_array_index (survey->grid->cells, AttestGridCell, found->first_cell + i);
      const char *heading
          = attest_grid_get (survey->grid, survey->columns->heading_row, cell->column);

      if (cell->column == survey->label || is_answer (survey, cell->column))
        continue;
      g_string_append_printf (out, "%s%s%s%s", out->len > 0 ? "; " : "", heading,
                              *heading != '\0' ? ": " : "", cell->text);
    }
  g_strdelimit (out->str, "\n\t", ' ');
  return out->len > 0 ? g_strdup (out->str) : NULL;
}

/* --- questions and answers ---------------------------------------------------------------- */

static void
add (Survey *survey, AttestUtterance *said, guint line, const char *cell)
{
  g_autofree char *text = attest_grid_dup_cell (&survey->entities, line, cell);

  said->line = line;
  said->text = text;
  said->length_bytes = strlen (text);
  said->start_ms = said->end_ms = ATTEST_NO_TIME;
  said->fresh = TRUE;
  attest_utterances_add (survey->utterances, said);
}

static void
ask (Survey *survey, guint column)
{
  guint row = survey->columns->heading_row;
  const char *heading = attest_grid_get (survey->grid, row, column);
  g_autofree char *place = NULL;
  AttestUtterance said = { .label = ATTEST_GRID_QUESTIONS,
                           .role = ATTEST_ROLE_INTERVIEWER,
                           .role_reason = ATTEST_REASON_QUESTIONS };

  /* Without a heading the answers would seem to be given to the question before. */
  if (*heading == '\0')
    heading = place = attest_grid_dup_heading (survey->grid, survey->columns, column);
  add (survey, &said, attest_grid_row (survey->grid, row)->line, heading);
}

static void
answer (Survey *survey, guint column, const GPtrArray *labels, const GPtrArray *attributes)
{
  for (guint row = survey->columns->first_row; row < survey->grid->rows->len; row++)
    {
      guint i = row - survey->columns->first_row;
      AttestUtterance said = { .label = g_ptr_array_index (labels, i),
                               .attributes = g_ptr_array_index (attributes, i),
                               .role = ATTEST_ROLE_RESPONDENT,
                               .role_reason = "a row of the survey" };

      add (survey, &said, attest_grid_row (survey->grid, row)->line,
           attest_grid_get (survey->grid, row, column));
    }
}

static void
warn_of_reading (const Survey *survey)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < MIN (survey->answers->len, ATTEST_GRID_MAX_NAMED); i++)
    {
      g_autofree char *name = attest_grid_dup_heading (survey->grid, survey->columns,
                                                       g_array_index (survey->answers, guint, i));

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name);
    }
  if (survey->answers->len > ATTEST_GRID_MAX_NAMED)
    g_string_append_printf (names, " and %u more", survey->answers->len - ATTEST_GRID_MAX_NAMED);
  attest_document_warn (
      survey->doc, attest_grid_row (survey->grid, survey->columns->heading_row)->line,
      "read as a survey of %u respondents; questions are %s; other columns are attributes of the "
      "respondents (--map answer=COLUMN names the questions)",
      survey->grid->rows->len - survey->columns->first_row, names->str);
}

gboolean
attest_grid_add_survey (AttestDocument *doc, const AttestGrid *grid,
                        const AttestGridColumns *columns, AttestUtterances *utterances)
{
  g_autoptr (GArray) answers = g_array_new (FALSE, FALSE, sizeof (guint));
  Survey survey = { .doc = doc,
                    .grid = grid,
                    .columns = columns,
                    .utterances = utterances,
                    .answers = answers,
                    .label = G_MAXUINT };
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) attributes = g_ptr_array_new_with_free_func (g_free);

  if (columns->heading_row == G_MAXUINT || columns->first_row >= grid->rows->len)
    return FALSE;
  find_answers (&survey);
  if (answers->len == 0)
    return FALSE;
  attest_utterances_allow_speakers (utterances, ATTEST_MAX_SURVEY_ROWS);
  for (guint row = columns->first_row; row < grid->rows->len; row++)
    {
      g_ptr_array_add (labels, dup_label (&survey, row));
      g_ptr_array_add (attributes, dup_attributes (&survey, row));
    }
  for (guint i = 0; i < answers->len; i++)
    {
      guint column = g_array_index (answers, guint, i);

      ask (&survey, column);
      answer (&survey, column, labels, attributes);
    }
  attest_grid_warn_of_entities (doc, &survey.entities);
  if (!columns->mapped)
    warn_of_reading (&survey);
  attest_document_say_how (doc,
                           "a survey: each heading of %u columns is a question, each cell below "
                           "it an answer",
                           answers->len);
  return TRUE;
}
