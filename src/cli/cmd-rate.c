/* rate, ratings, scales: a person's rating of a criterion, on a scale that is a file. */
#include "cli/attest-cli-commands.h"
#include "cli/attest-cli-ledger.h"
#include "cli/attest-cli-review.h"
#include "report/attest-disclosure-ledger.h"
#include "codebook/attest-scale.h"
#include "report/attest-report-chain.h"
#include "util/attest-limits.h"
#include "util/attest-path.h"

#include <string.h>

typedef struct
{
  char *because;
  char *scale;
  char *coder;
} RateOptions;

typedef struct
{
  gboolean history;
  char *format;
  AttestDisclosureFlags disclosure;
} ListOptions;

static const AttestOption rate_options[]
    = { { "because", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (RateOptions, because), "TEXT",
          "Why; a rating needs a reason", "Printed with the rating, and kept.", NULL },
        { "scale", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (RateOptions, scale), "SCALE",
          "Scale that the level is on",
          "A file, or the id of a shipped one, see 'attest scales'. Without it, that of the last "
          "rating of the project, else " ATTEST_CLI_DEFAULT_SCALE ".",
          NULL },
        ATTEST_OPTION_CODER (RateOptions),
        { NULL } };

static const AttestOption list_options[]
    = { { "history", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (ListOptions, history), NULL,
          "Also ratings that were replaced", "Every rating ever given, the oldest first.", NULL },
        { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (ListOptions, format), "FORMAT",
          "How to print it", "table for people, csv and json for programs.", attest_list_formats },
        ATTEST_OPTIONS_DISCLOSURE (ListOptions),
        { NULL } };

/* ---- rate ---- */

static gboolean
run_rate (AttestInvocation *inv, GError **error)
{
  const RateOptions *opts = inv->opts;
  g_autofree char *because = NULL;
  g_autoptr (AttestScale) scale = NULL;
  g_auto (AttestScaleChoice) choice = { NULL };
  AttestRating rating = { .criterion = inv->args[0] };
  g_autofree char *level = NULL, *detail = NULL;

  if (opts->because == NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "a rating needs a reason: --because 'what it rests on'");
  because = attest_cli_dup_typed (opts->because, "the reason", error);
  if (because == NULL)
    return FALSE;
  if (strlen (because) > ATTEST_MAX_LEDGER_TEXT_BYTES)
    return attest_throw (error, ATTEST_ERROR_USAGE, "the reason is longer than %d bytes",
                         ATTEST_MAX_LEDGER_TEXT_BYTES);
  scale = attest_cli_load_scale (inv->store, opts->scale, error);
  if (scale == NULL || !attest_scale_choose (scale, inv->args[1], NULL, &choice, error))
    return FALSE;
  rating.because = because;
  rating.level = choice.level;
  rating.label = (char *)choice.label;
  rating.position = choice.position;
  detail = g_strdup_printf ("%s %s on %s", rating.criterion, rating.level, scale->file->id);
  if (!attest_store_begin (inv->store, error))
    return FALSE;
  if (!attest_cli_add_rating (inv->store, scale, &rating, error)
      || !attest_store_commit (inv->store, attest_cli_get_coder (opts->coder), "rate", detail,
                               error))
    {
      attest_store_rollback (inv->store);
      return FALSE;
    }
  level = attest_rating_dup_level (&rating);
  fprintf (inv->out, "%s: %s, on the scale %s\n", rating.criterion, level, scale->file->id);
  return TRUE;
}

/* ---- ratings ---- */

static AttestTable *
ratings_table (GPtrArray *ratings)
{
  AttestTable *table = attest_table_new (NULL, NULL);

  attest_table_add_column (table, "criterion", "criterion", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "level", "level", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "label", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "scale", "scale", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "because", "because", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  attest_table_add_column (table, "by", "by", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "at", "at", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_OPTIONAL);
  for (guint i = 0; i < ratings->len; i++)
    {
      const AttestRating *rating = g_ptr_array_index (ratings, i);

      attest_table_add_text (table, rating->criterion);
      attest_table_add_text (table, rating->level);
      if (rating->label != NULL)
        attest_table_add_text (table, rating->label);
      else
        attest_table_add_null (table);
      attest_table_add_text (table, rating->scale);
      attest_table_add_text (table, rating->because);
      attest_table_add_text (table, rating->by);
      attest_table_add_text (table, rating->at);
    }
  return table;
}

static gboolean
run_ratings (AttestInvocation *inv, GError **error)
{
  const ListOptions *opts = inv->opts;
  g_autoptr (AttestDisclosure) disclosure = NULL;
  const char *criterion = inv->n_args > 0 ? inv->args[0] : NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  g_autoptr (AttestLedger) ledger = attest_store_load_ledger (inv->store, error);
  g_autoptr (AttestTable) table = NULL;

  if (ledger == NULL
      || (criterion != NULL && !attest_store_check_known_criterion (inv->store, criterion, error)))
    return FALSE;
  all = attest_store_list_ratings (inv->store, criterion, error);
  if (all == NULL
      || !attest_cli_open_disclosure (inv, &opts->disclosure, NULL, NULL, &disclosure, error))
    return FALSE;
  for (guint i = 0; !opts->history && i < ledger->ratings->len; i++)
    {
      AttestRating *rating = g_ptr_array_index (ledger->ratings, i);

      if (criterion == NULL || strcmp (criterion, rating->criterion) == 0)
        g_ptr_array_add (chosen, rating);
    }
  for (guint i = 0; i < (opts->history ? all : chosen)->len; i++)
    attest_disclosure_hide_rating (disclosure, g_ptr_array_index (opts->history ? all : chosen, i));
  table = ratings_table (opts->history ? all : chosen);
  attest_cli_write_table (inv, table, opts->format);
  return TRUE;
}

/* ---- scales ---- */

static void
add_scale (AttestTable *table, const AttestScale *scale)
{
  g_autofree char *levels = attest_scale_describe (scale);

  attest_table_add_text (table, scale->file->id);
  attest_table_add_text (table, scale->file->title);
  attest_table_add_text (table, levels);
}

static gboolean
run_scales (AttestInvocation *inv, GError **error)
{
  g_autoptr (GPtrArray) names = attest_path_list_data ("codebooks/scales", ".yaml");
  g_autoptr (AttestTable) table = attest_table_new (NULL, NULL);

  attest_table_add_column (table, "id", "scale", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "title", "title", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  attest_table_add_column (table, "levels", "levels, the best first", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_WRAP);
  for (guint i = 0; i < (inv->n_args > 0 ? inv->n_args : names->len); i++)
    {
      g_autofree char *id
          = inv->n_args > 0 ? g_strdup (inv->args[i]) : g_strdup (g_ptr_array_index (names, i));
      g_autoptr (GArray) problems = attest_problems_new ();
      g_autoptr (AttestScale) scale = NULL;

      if (inv->n_args == 0)
        id[strlen (id) - strlen (".yaml")] = '\0';
      scale = attest_scale_load (id, problems, error);
      if (scale == NULL)
        return FALSE;
      add_scale (table, scale);
    }
  attest_cli_write_table (inv, table, ((ListOptions *)inv->opts)->format);
  return TRUE;
}

static const AttestExampleLine rate_examples[]
    = { { "rate impact 4 --because 'New practice in three of five offices'", NULL },
        { "rate impact 'very good' --because 'The same, by the word'", NULL },
        { "rate impact not-assessed --because 'Too early'", "outside the order" },
        { "rate impact 75 --scale percentage --because 'Three of four targets'", NULL },
        { NULL } };
static const AttestExampleLine ratings_examples[] = {
  { "ratings", "those that hold" }, { "ratings impact --history", "how it came to be" }, { NULL }
};
static const AttestExampleLine scales_examples[]
    = { { "scales", "the shipped ones" }, { "scales percentage", NULL }, { NULL } };

const AttestCommand attest_cmd_rate = {
  .name = "rate",
  .group = "judge",
  .synopsis = "CRITERION LEVEL",
  .summary = "Rate a criterion, with a reason",
  .doc
  = "CRITERION is a code of a codebook that the project was coded by. LEVEL is a level of the "
    "scale or its name ('5', 'excellent'), or not-rated or not-assessed, which are outside its "
    "order. attest never rates: a person does, and is named.\n\n"
    "Rating again replaces the rating; 'attest ratings --history' shows all of them. What a "
    "rating rests on are the findings of its criterion: 'attest trace CRITERION'.",
  .examples = rate_examples,
  .needs = ATTEST_NEEDS_WRITE,
  .min_args = 2,
  .max_args = 2,
  .opts_size = sizeof (RateOptions),
  .options = rate_options,
  .run = run_rate,
};

const AttestCommand attest_cmd_ratings = {
  .name = "ratings",
  .group = "judge",
  .synopsis = "[CRITERION]",
  .summary = "List the ratings, with reasons and who gave them",
  .doc = "The rating that holds of each criterion, or of CRITERION.",
  .examples = ratings_examples,
  .needs = ATTEST_NEEDS_READ,
  .max_args = 1,
  .opts_size = sizeof (ListOptions),
  .options = list_options,
  .run = run_ratings,
};

const AttestCommand attest_cmd_scales = {
  .name = "scales",
  .group = "judge",
  .synopsis = "[SCALE…]",
  .summary = "List rating scales and their levels",
  .doc = "The shipped scales, or each SCALE, a file or the id of a shipped one. What is wrong with "
         "a file is told with line and column. doc/ledger.md says how to write one.",
  .examples = scales_examples,
  .needs = ATTEST_NEEDS_NOTHING,
  .max_args = G_MAXUINT,
  .opts_size = sizeof (ListOptions),
  .options = &list_options[1],
  .run = run_scales,
};
