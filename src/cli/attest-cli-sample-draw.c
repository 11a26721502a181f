#include "cli/attest-cli-sample-draw.h"

#include <math.h>
#include <string.h>

#include "cli/attest-cli-report.h"
#include "cli/attest-cli-sample-frame.h"
#include "report/attest-report.h"
#include "stats/attest-intraclass.h"
#include "stats/attest-random.h"
#include "util/attest-json.h"

typedef struct
{
  AttestInvocation *inv;
  const AttestDrawWish *wish;
  AttestSampleFrame *frame;
  guint *n_drawn;       /* by stratum */
  gboolean *is_drawn;   /* by item */
  AttestSample *sample; /* NULL: only planned */
} Drawing;

static void
drawing_clear (Drawing *drawing)
{
  g_clear_pointer (&drawing->frame, attest_sample_frame_free);
  g_clear_pointer (&drawing->sample, attest_sample_free);
  g_free (drawing->n_drawn);
  g_free (drawing->is_drawn);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Drawing, drawing_clear)

/* ---- by chance ---- */

typedef struct
{
  guint64 lot;
  guint item;
} Ticket;

static int
compare_tickets (gconstpointer a, gconstpointer b)
{
  const Ticket *x = a, *y = b;

  if (x->lot != y->lot)
    return x->lot < y->lot ? -1 : 1;
  return x->item < y->item ? -1 : x->item > y->item;
}

/* Every item of a stratum has the same chance. */
static void
draw (Drawing *drawing)
{
  const AttestSampleFrame *frame = drawing->frame;
  guint n_items = frame->project->items->len;
  g_autofree Ticket *tickets = g_new (Ticket, MAX (n_items, 1));
  g_autofree guint *left = g_memdup2 (drawing->n_drawn, frame->strata.n_strata * sizeof (guint));
  AttestRandom random;

  attest_random_init (&random, drawing->wish->seed, 0);
  for (guint i = 0; i < n_items; i++)
    tickets[i] = (Ticket){ attest_random_next (&random), i };
  qsort (tickets, n_items, sizeof (Ticket), compare_tickets);
  drawing->is_drawn = g_new0 (gboolean, MAX (n_items, 1));
  for (guint i = 0; i < n_items; i++)
    {
      guint stratum = frame->stratum_of[tickets[i].item];

      if (left[stratum] == 0)
        continue;
      left[stratum]--;
      drawing->is_drawn[tickets[i].item] = TRUE;
    }
}

/* In words, as the list of samples and the audit log have it. */
static char *
dup_design (const Drawing *drawing, guint n)
{
  const AttestSampleFrame *frame = drawing->frame;
  const AttestDrawWish *wish = drawing->wish;
  g_autofree char *only = wish->code != NULL ? g_strdup_printf (", %s only", wish->code)
                          : wish->dimension != NULL
                              ? g_strdup_printf (", dimension %s only", wish->dimension)
                              : g_strdup ("");

  return g_strdup_printf ("%u of %" G_GINT64_FORMAT " sentences, by the codes of %s%s", n,
                          attest_strata_total (&frame->strata), frame->codebook, only);
}

static AttestSample *
make_sample (const Drawing *drawing, guint n)
{
  const AttestSampleFrame *frame = drawing->frame;
  const AttestDrawWish *wish = drawing->wish;
  AttestSample *sample = attest_sample_new ();

  sample->name = g_strdup (wish->name);
  sample->unit = ATTEST_SAMPLE_SENTENCE;
  sample->codebook = g_strdup (frame->codebook);
  sample->is_drawn = TRUE;
  sample->seed = (gint64)wish->seed;
  sample->design = dup_design (drawing, n);
  for (guint i = 0; i < frame->project->items->len; i++)
    {
      const AttestAgreePlace *place = &g_array_index (frame->project->places, AttestAgreePlace, i);
      guint stratum = frame->stratum_of[i];

      if (drawing->is_drawn[i])
        attest_sample_add_unit (sample, place->source, place->start, place->end,
                                stratum < frame->codes->len ? frame->codes->pdata[stratum] : "",
                                frame->strata.sizes[stratum]);
    }
  return sample;
}

/* ---- what it would tell ---- */

static guint
count_drawn (const Drawing *drawing, guint code)
{
  guint n = 0;

  for (guint i = 0; i < drawing->frame->project->items->len; i++)
    n += drawing->is_drawn[i] && attest_sample_frame_holds (drawing->frame, i, code);
  return n;
}

static gint64
count_found (const AttestSampleFrame *frame, guint code)
{
  gint64 n = 0;

  for (guint h = 0; h < frame->strata.n_strata; h++)
    n += frame->strata.counts[(gsize)h * frame->strata.n_codes + code];
  return n;
}

static const char *
note_of (const Drawing *drawing, guint code, double width, double width_all)
{
  const AttestSampleFrame *frame = drawing->frame;
  double wanted = drawing->wish->width;
  gint64 found = count_found (frame, code);
  gboolean is_all = found > 0 && count_drawn (drawing, code) == found;

  if (found == 0)
    return "not found anywhere: nothing to tell";
  if (wanted > 0 && !(width_all <= wanted))
    return is_all ? "all there are; the width cannot be reached" : "the width cannot be reached";
  if (wanted > 0 && !(width <= wanted))
    return is_all ? "all there are; wider than wanted" : "wider than wanted";
  return is_all ? "all there are" : NULL;
}

static char *
dup_plan_note (const Drawing *drawing, guint n)
{
  const AttestSampleFrame *frame = drawing->frame;
  gint64 total = attest_strata_total (&frame->strata);
  g_autofree char *wanted
      = drawing->wish->width > 0
            ? g_strdup_printf (" Wanted: %.2f, for half of the codes.", drawing->wish->width)
            : g_strdup ("");

  return g_strdup_printf (
      "Unit: sentence; %u of %" G_GINT64_FORMAT " in %u transcripts, seed %" G_GUINT64_FORMAT
      ". found: sentences with the code; drawn: of these.\n"
      "Expected: an agreement of %.2f. width: of the 95 %% interval of alpha, from the strata "
      "drawn "
      "and how alike (ρ) sentences of one transcript are; above 1 it tells nothing.%s\n"
      "Sentences without any code are drawn, too: they alone show what a coder, or the rules, "
      "miss.",
      n, total, frame->project->sources->len, drawing->wish->seed, drawing->wish->kappa, wanted);
}

static AttestTable *
make_plan (const Drawing *drawing, guint n)
{
  const AttestSampleFrame *frame = drawing->frame;
  g_autofree char *note = dup_plan_note (drawing, n);
  g_autofree guint *all
      = attest_sample_frame_allocate (frame, (guint)attest_strata_total (&frame->strata));
  AttestTable *table = attest_table_new ("What double coding would tell", note);
  guint none = frame->codes->len;

  attest_table_add_column (table, "code", "code", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "found", "found", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "drawn", "drawn", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "width", "width", ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "width_all", "with all", ATTEST_COLUMN_DOUBLE,
                           ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "alike", "ρ", ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "alike_from", "ρ from", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "design_effect", "design effect", ATTEST_COLUMN_DOUBLE,
                           ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "note", "note", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  for (guint i = 0; i < frame->codes->len; i++)
    {
      double width = attest_sample_frame_width (frame, i, drawing->n_drawn);
      double width_all = attest_sample_frame_width (frame, i, all);

      attest_table_add_text (table, frame->codes->pdata[i]);
      attest_table_add_int (table, count_found (frame, i));
      attest_table_add_int (table, count_drawn (drawing, i));
      attest_table_add_double (table, width);
      attest_table_add_double (table, width_all);
      attest_table_add_double (table, frame->alike[i]);
      attest_table_add_text (table, attest_alike_origins[frame->origins[i]]);
      attest_table_add_double (table,
                               attest_design_effect (n, frame->cluster_chance, frame->alike[i]));
      attest_table_add_text (table, note_of (drawing, i, width, width_all));
    }
  attest_table_add_text (table, "(no code)");
  attest_table_add_int (table, frame->strata.sizes[none]);
  attest_table_add_int (table, drawing->n_drawn[none]);
  for (guint i = 0; i < 6; i++)
    attest_table_add_null (table);
  return table;
}

/* ---- what was drawn ---- */

static gint64
count_in_stratum (const AttestSample *sample, const char *stratum)
{
  gint64 n = 0;

  for (guint i = 0; i < sample->units->len; i++)
    n += strcmp (g_array_index (sample->units, AttestSampleUnit, i).stratum, stratum) == 0;
  return n;
}

static AttestTable *
make_units (const Drawing *drawing, GError **error)
{
  g_autoptr (AttestSample) sample
      = attest_store_find_sample (drawing->inv->store, drawing->sample->name, error);
  g_autoptr (AttestTable) table = attest_table_new (NULL, NULL);
  gboolean blind = drawing->wish->blind;

  if (sample == NULL)
    return NULL;
  attest_table_add_column (table, "sample", "sample", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "id", "quote", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "source", "source", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "turn", "turn", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "start", "start", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "end", "end", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  if (!blind)
    {
      attest_table_add_column (table, "stratum", "stratum", ATTEST_COLUMN_TEXT,
                               ATTEST_COLUMN_PLAIN);
      attest_table_add_column (table, "weight", "weight", ATTEST_COLUMN_DOUBLE,
                               ATTEST_COLUMN_PLAIN);
    }
  for (guint i = 0; i < sample->units->len; i++)
    {
      const AttestSampleUnit *unit = &g_array_index (sample->units, AttestSampleUnit, i);

      attest_table_add_text (table, sample->name);
      attest_table_add_text (table, unit->id);
      attest_table_add_text (table, unit->source);
      attest_table_add_int (table, unit->turn);
      attest_table_add_int (table, unit->start);
      attest_table_add_int (table, unit->end);
      if (blind)
        continue;
      attest_table_add_text (table, *unit->stratum != '\0' ? unit->stratum : "(no code)");
      attest_table_add_double (table, (double)unit->of_units
                                          / (double)count_in_stratum (sample, unit->stratum));
    }
  return g_steal_pointer (&table);
}

static void
append_next (const Drawing *drawing, GString *out)
{
  const AttestSample *sample = drawing->sample;
  g_autofree char *count = attest_report_dup_count (sample->units->len, "sentence", NULL);

  g_string_append_printf (out,
                          "\n%s drawn, as sample '%s'; next, for each coder: attest --project "
                          "%s export --for-coder NAME --sample %s\n",
                          count, sample->name, attest_store_get_path (drawing->inv->store),
                          sample->name);
}

static gboolean
write_out (const Drawing *drawing, guint n, GError **error)
{
  const AttestDrawWish *wish = drawing->wish;
  gboolean for_people = wish->format == NULL && wish->output == NULL;
  gboolean is_plan = drawing->sample == NULL || for_people;
  g_autoptr (AttestTable) table = is_plan ? make_plan (drawing, n) : make_units (drawing, error);
  g_autoptr (AttestOutput) output
      = table != NULL ? attest_cli_open_output (drawing->inv, wish->output, error) : NULL;
  GString *buffer = output != NULL ? attest_output_get_buffer (output) : NULL;

  if (output == NULL)
    return FALSE;
  if (g_strcmp0 (wish->format, "json") == 0)
    {
      g_autoptr (AttestJson) json = attest_json_new (buffer, TRUE);

      attest_table_write_json (table, json);
      g_string_append_c (buffer, '\n');
    }
  else if (is_plan && wish->format == NULL)
    attest_cli_append_table (drawing->inv, table, wish->output, output);
  else
    attest_table_write_csv (table, buffer);
  if (for_people && drawing->sample != NULL)
    append_next (drawing, buffer);
  return attest_output_close (output, error);
}

/* ---- all of it ---- */

gboolean
attest_cli_sample_draw (AttestInvocation *inv, const AttestDrawWish *wish, GError **error)
{
  g_auto (Drawing) drawing = { .inv = inv, .wish = wish };
  gint64 total;
  guint n = wish->n, n_held = 0;

  drawing.frame = attest_sample_frame_load (inv->store, wish->codebook, wish->dimension, wish->code,
                                            wish->kappa, wish->alike, error);
  if (drawing.frame == NULL)
    return FALSE;
  total = attest_strata_total (&drawing.frame->strata);
  for (guint h = 0; h < drawing.frame->strata.n_strata; h++)
    n_held += drawing.frame->strata.sizes[h] > 0;
  if ((gint64)n > total)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--double-code %u: the project has %" G_GINT64_FORMAT
                         " sentences of respondents only",
                         n, total);
  if (drawing.frame->strata.sizes[drawing.frame->codes->len] == total)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "%s found nothing%s%s in the project: there is no code to draw by",
                         drawing.frame->codebook, wish->code != NULL ? " of " : "",
                         wish->code != NULL ? wish->code : "");
  if (n == 0)
    n = MAX (attest_sample_frame_find_size (drawing.frame, wish->width), n_held);
  if (n < n_held)
    return attest_throw (
        error, ATTEST_ERROR_USAGE,
        "--double-code %u: at least %u are needed, one for each code that was found "
        "and one without, or agreement would leave something out",
        n, n_held);
  drawing.n_drawn = attest_sample_frame_allocate (drawing.frame, n);
  draw (&drawing);
  if (!wish->plan)
    {
      drawing.sample = make_sample (&drawing, n);
      if (!attest_cli_keep_sample (inv, drawing.sample, error))
        return FALSE;
    }
  if (wish->n == 0 && (gint64)n == total)
    attest_cli_complain (inv,
                         "all %u sentences are needed for that width, or more than there are; "
                         "--plan tells what can be expected of each code",
                         n);
  return write_out (&drawing, n, error);
}
