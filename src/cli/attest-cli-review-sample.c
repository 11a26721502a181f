#include "cli/attest-cli-review-sample.h"

#include <string.h>

#include "cli/attest-cli-report.h"
#include "cli/attest-cli-review.h"
#include "cli/attest-review-queue.h"
#include "cli/attest-review-screen.h"
#include "report/attest-report.h"
#include "util/attest-csv.h"
#include "util/attest-error.h"
#include "util/attest-text.h"

/* What stands in the column codes where nobody has judged yet. */
#define OPEN "?"

static void
print_progress (AttestInvocation *inv, const AttestJudging *judging)
{
  guint done = attest_judging_count_done (judging), all = attest_judging_count_units (judging);

  fprintf (inv->out, "%u of %u sentences of '%s' judged by %s%s\n", done, all,
           judging->sample->name, judging->coder,
           done == all ? "; the copy can go back now, to 'attest merge'" : "");
}

/* ---- the list ---- */

/* The text of a source, for one after another. */
typedef struct
{
  char *source; /* NULL: none */
  AttestDocument *doc;
  AttestCharMap *map;
} Text;

static void
text_clear (Text *text)
{
  g_free (text->source);
  g_clear_pointer (&text->map, attest_char_map_free);
  g_clear_pointer (&text->doc, attest_document_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Text, text_clear)

static gboolean
text_load (Text *text, AttestStore *store, const char *source, GError **error)
{
  if (g_strcmp0 (text->source, source) == 0)
    return TRUE;
  text_clear (text);
  *text = (Text){ .source = g_strdup (source) };
  text->doc = attest_store_get_document (store, source, error);
  if (text->doc != NULL)
    text->map = attest_char_map_new (text->doc->text, text->doc->length_bytes);
  return text->doc != NULL;
}

static AttestTable *
make_table (void)
{
  AttestTable *table = attest_table_new (NULL, NULL);

  attest_table_add_column (table, "id", "quote", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "source", "source", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "turn", "turn", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "codes", "codes", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "text", "text", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  attest_table_add_column (table, "asked", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "context", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  return table;
}

static void
add_turn (AttestTable *table, const AttestDocument *doc, guint number)
{
  const AttestTurn *turn = number < doc->turns->len ? attest_document_turn (doc, number) : NULL;
  g_autofree char *text = turn != NULL ? attest_text_dup_unwrapped (
                              doc->text + turn->start_byte, turn->end_byte - turn->start_byte)
                                       : NULL;

  attest_table_add_text (table, text);
}

static gboolean
add_unit (AttestTable *table, const AttestJudging *judging, const AttestSampleUnit *unit,
          Text *text, GError **error)
{
  g_autofree char *codes = attest_judging_dup_codes (judging, unit->id);
  g_autofree char *quote = NULL;
  gsize start, end;

  if (!text_load (text, judging->store, unit->source, error))
    return FALSE;
  start = attest_char_map_to_byte (text->map, (gsize)unit->start);
  end = attest_char_map_to_byte (text->map, (gsize)unit->end);
  quote = attest_text_dup_unwrapped (text->doc->text + start, end - start);
  attest_table_add_text (table, unit->id);
  attest_table_add_text (table, unit->source);
  attest_table_add_int (table, unit->turn);
  attest_table_add_text (table, attest_judging_is_done (judging, unit->id) ? codes : OPEN);
  attest_table_add_text (table, quote);
  add_turn (table, text->doc, unit->turn > 0 ? unit->turn - 1 : G_MAXUINT);
  add_turn (table, text->doc, unit->turn);
  return TRUE;
}

static gboolean
is_wanted (const AttestJudging *judging, const AttestReviewSampleWish *wish,
           const AttestSampleUnit *unit)
{
  gboolean is_done = attest_judging_is_done (judging, unit->id);

  if (unit->state != ATTEST_UNIT_STANDS
      || (wish->source != NULL && strcmp (wish->source, unit->source) != 0))
    return FALSE;
  if (g_strcmp0 (wish->status, "all") == 0)
    return TRUE;
  return is_done == (wish->status != NULL && strcmp (wish->status, "proposed") != 0);
}

static gboolean
list (AttestInvocation *inv, const AttestJudging *judging, const AttestReviewSampleWish *wish,
      GError **error)
{
  g_autoptr (AttestTable) table = make_table ();
  g_auto (Text) text = { NULL };
  gboolean for_people = wish->format == NULL || strcmp (wish->format, "table") == 0;

  for (guint i = 0; i < judging->sample->units->len; i++)
    {
      const AttestSampleUnit *unit = &g_array_index (judging->sample->units, AttestSampleUnit, i);

      if (is_wanted (judging, wish, unit) && !add_unit (table, judging, unit, &text, error))
        return FALSE;
    }
  if (!for_people || attest_table_n_rows (table) > 0)
    attest_cli_write_table (inv, table, wish->format);
  if (!for_people)
    return TRUE;
  if (attest_table_n_rows (table) > 0)
    fputc ('\n', inv->out);
  print_progress (inv, judging);
  return TRUE;
}

/* ---- giving codes ---- */

static gboolean
judge_named (AttestJudging *judging, const char *id, const char *const *codes, guint *n_changed,
             GError **error)
{
  const AttestSampleUnit *unit = attest_judging_find (judging, id);
  gboolean changed;

  if (unit == NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "%s is not in the sample '%s'; 'attest review --list --status all' lists "
                         "what is",
                         id, judging->sample->name);
  if (!attest_judging_judge (judging, unit, codes, &changed, error))
    return FALSE;
  *n_changed += changed;
  return TRUE;
}

static gboolean
judge_args (AttestInvocation *inv, AttestJudging *judging, const AttestReviewSampleWish *wish,
            guint *n_changed, GError **error)
{
  g_auto (GStrv) codes
      = attest_judging_parse_codes (judging, wish->codes != NULL ? wish->codes : "", error);

  if (codes == NULL)
    return FALSE;
  if (wish->codes != NULL && codes[0] == NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--codes: which? --no-code says that there is none");
  for (guint i = 0; i < inv->n_args; i++)
    if (!judge_named (judging, inv->args[i], (const char *const *)codes, n_changed, error))
      return FALSE;
  return TRUE;
}

static gboolean
judge_row (AttestJudging *judging, const AttestCsvRow *row, int id_column, int codes_column,
           guint *n_changed, GError **error)
{
  const char *id = row->cells->pdata[id_column];
  const char *text = row->cells->pdata[codes_column];
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_auto (GStrv) codes = NULL;

  if (strcmp (trimmed, OPEN) == 0)
    return TRUE;
  codes = attest_judging_parse_codes (judging, trimmed, error);
  return codes != NULL && judge_named (judging, id, (const char *const *)codes, n_changed, error);
}

static gboolean
judge_file (AttestJudging *judging, const char *path, guint *n_changed, GError **error)
{
  g_autoptr (GPtrArray) rows = attest_csv_read_file (path, error);
  int id_column, codes_column;

  if (rows == NULL)
    return FALSE;
  id_column = attest_csv_find_column (rows->pdata[0], "id");
  codes_column = attest_csv_find_column (rows->pdata[0], "codes");
  if (id_column < 0 || codes_column < 0)
    return attest_throw (error, ATTEST_ERROR_INPUT,
                         "%s:1: the columns 'id' and 'codes' are needed, as 'attest review --list "
                         "--format csv' writes them",
                         path);
  for (guint i = 1; i < rows->len; i++)
    {
      const AttestCsvRow *row = rows->pdata[i];
      g_autoptr (GError) local = NULL;

      if (judge_row (judging, row, id_column, codes_column, n_changed, &local))
        continue;
      return attest_throw (error, ATTEST_ERROR_INPUT, "%s:%u: %s", path, row->line, local->message);
    }
  return TRUE;
}

static gboolean
judge (AttestInvocation *inv, AttestJudging *judging, const AttestReviewSampleWish *wish,
       GError **error)
{
  g_autofree char *count = NULL;
  g_autofree char *detail = NULL;
  guint n_changed = 0;
  gint64 seq = 0;
  gboolean ok;

  if (!attest_cli_open_for_writing (inv, error)
      || !attest_judging_reload (judging, inv->store, error)
      || !attest_store_begin (inv->store, error))
    return FALSE;
  ok = wish->import != NULL ? judge_file (judging, wish->import, &n_changed, error)
                            : judge_args (inv, judging, wish, &n_changed, error);
  count = attest_report_dup_count (n_changed, "sentence", NULL);
  detail = g_strdup_printf ("judged: %s of %s", count, judging->sample->name);
  if (!ok || !attest_store_peek_audit (inv->store, &seq, error)
      || !attest_store_commit (inv->store, judging->coder, "review", detail, error))
    {
      attest_store_rollback (inv->store);
      return FALSE;
    }
  if (n_changed > 0)
    fprintf (inv->out, "%s judged; 'attest undo %" G_GINT64_FORMAT "' takes that back\n", count,
             seq);
  else
    fputs ("judged so already\n", inv->out);
  if (!attest_judging_reload (judging, inv->store, error))
    return FALSE;
  print_progress (inv, judging);
  return TRUE;
}

/* ---- the screen ---- */

static gboolean
show (AttestInvocation *inv, AttestJudging *judging, GError **error)
{
  g_autoptr (AttestQueue) queue = NULL;

  if (!attest_cli_open_for_writing (inv, error)
      || !attest_judging_reload (judging, inv->store, error))
    return FALSE;
  queue = attest_queue_new_of_sample (judging, error);
  if (queue == NULL
      || (attest_queue_length (queue) > 0 && !attest_review_screen_run (queue, error)))
    return FALSE;
  print_progress (inv, judging);
  return TRUE;
}

gboolean
attest_cli_review_sample (AttestInvocation *inv, AttestJudging *owned,
                          const AttestReviewSampleWish *wish, GError **error)
{
  g_autoptr (AttestJudging) judging = owned;

  if (wish->codes != NULL || wish->no_code || wish->import != NULL)
    return judge (inv, judging, wish, error);
  return wish->wants_screen ? show (inv, judging, error) : list (inv, judging, wish, error);
}
