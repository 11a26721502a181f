/* score: what a codebook finds, held against what people say is right. */
#include "cli/attest-cli-coding.h"
#include "cli/attest-cli-gold.h"
#include "cli/attest-cli-report.h"
#include "report/attest-report-score.h"
#include "util/attest-text.h"

#include <string.h>

typedef struct
{
  char *gold, *codebook, *dimension, *unit, *lang, *format, *output;
  int min_rules, bootstrap, seed;
} Options;

#define DEFAULT_ROUNDS 2000
#define MAX_ROUNDS 10000

static const char *const units[] = { "passage", "turn", NULL };

static const AttestOption options[] = {
  { "gold", 'g', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, gold), "FILE",
    "CSV of passages with their right codes",
    "Columns: text, or source with start and end, or with turn, as 'attest sample' writes "
    "them; codes, with ; between them, nothing for none and ? for not judged yet; perhaps "
    "lang, cluster (the transcript) and weight.",
    NULL },
  { "codebook", 'b', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, codebook), "CODEBOOK",
    "Codebook that is judged",
    "For texts a file, or the id of a shipped one; oecd-dac unless given. For passages of the "
    "project the id of one that coded it, the last unless given.",
    NULL },
  { "dimension", 'd', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, dimension), "DIMENSION",
    "Only codes of this dimension", "Without it, of the dimensions that the right codes are of.",
    NULL },
  { "unit", 'u', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, unit), "UNIT",
    "What is judged: the passage, or its whole turn",
    "With turn, all passages of a turn are one item, which has all their codes.", units },
  { "min-rules", 'm', ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, min_rules), "N",
    "Only segments behind which stand N rules or more", "1 unless given.", NULL },
  { "lang", 'l', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, lang), "LANG",
    "Language of the texts",
    "An ISO 639-1 code such as en; without it, and without a column lang, it is guessed text "
    "by text.",
    NULL },
  { "bootstrap", 0, ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, bootstrap), "N",
    "Resamples for the intervals", "2000 unless given, 10000 at most.", NULL },
  { "seed", 0, ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, seed), "N",
    "Number that chance starts from", "The same seed gives the same intervals.", NULL },
  { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
    "How to print it", "table for people, csv and json for programs.", attest_list_formats },
  ATTEST_OPTION_OUTPUT (Options),
  { NULL }
};

typedef struct
{
  AttestInvocation *inv;
  const Options *opts;
  AttestStore *store; /* NULL: the gold is texts */
  AttestCodebook *codebook;
  AttestGold *gold;
  gboolean *counted; /* by code */
  GArray **found;    /* by item: of guint, ascending */
} Judging;

static void
judging_clear (Judging *judging)
{
  for (guint i = 0; judging->found != NULL && i < judging->gold->items->len; i++)
    g_array_unref (judging->found[i]);
  g_free (judging->found);
  g_free (judging->counted);
  attest_gold_free (judging->gold);
  attest_codebook_unref (judging->codebook);
  attest_store_free (judging->store);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Judging, judging_clear)

static AttestGoldItem *
item_at (const Judging *judging, guint i)
{
  return &g_array_index (judging->gold->items, AttestGoldItem, i);
}

static void
add_code (GArray *codes, guint code)
{
  guint at = 0;

  while (at < codes->len && g_array_index (codes, guint, at) < code)
    at++;
  if (at == codes->len || g_array_index (codes, guint, at) != code)
    g_array_insert_val (codes, at, code);
}

/* ---- what is found in texts ---- */

static gboolean
find_in_texts (Judging *judging, GError **error)
{
  g_autoptr (AttestDocument) doc
      = attest_gold_make_document (judging->gold, judging->inv, judging->opts->lang);
  AttestCoderOptions coder_options = { .all_roles = TRUE };
  g_autoptr (AttestCoder) coder = attest_coder_new (judging->codebook, &coder_options);
  g_autoptr (AttestCoderWorker) worker = attest_coder_worker_new (coder);
  g_autoptr (AttestCoding) coding = NULL;

  coding = attest_coder_code (worker, doc);
  attest_cli_complain_incomplete (judging->inv, judging->gold->path, judging->codebook, coding);
  for (guint i = 0; i < coding->segments->len; i++)
    {
      const AttestSegment *segment = attest_coding_segment (coding, i);

      if (segment->strength >= (guint)MAX (judging->opts->min_rules, 1))
        add_code (judging->found[segment->turn], segment->code);
    }
  return TRUE;
}

/* ---- what is found in the project ---- */

/* Items by source, for looking up what a segment lies in. */
typedef struct
{
  Judging *judging;
  GHashTable *by_source; /* label → GArray of guint: items */
} Places;

static gboolean
take_segment (const AttestStoreSegment *segment, gpointer data, GError **error)
{
  const Places *places = data;
  Judging *judging = places->judging;
  const GArray *items = g_hash_table_lookup (places->by_source, segment->source);
  int code = attest_codebook_find_code (judging->codebook, segment->code);

  if (items == NULL || code < 0 || strcmp (segment->status, "rejected") == 0
      || segment->strength < (guint)MAX (judging->opts->min_rules, 1))
    return TRUE;
  for (guint i = 0; i < items->len; i++)
    {
      guint index = g_array_index (items, guint, i);
      const AttestGoldItem *item = item_at (judging, index);

      if (item->start < 0 ? item->turn == (gint64)segment->turn
                          : segment->start < item->end && segment->end > item->start)
        add_code (judging->found[index], (guint)code);
    }
  return TRUE;
}

static gboolean
find_in_project (Judging *judging, GError **error)
{
  g_autoptr (GHashTable) by_source = attest_gold_by_source (judging->gold);
  Places places = { judging, by_source };
  AttestSegmentFilter filter = { .codebook = judging->codebook->id };

  /* The places must be those that were judged, although only the segments are looked at. */
  return attest_gold_foreach_source (judging->gold, judging->store, NULL, NULL, error)
         && attest_store_foreach_segment (judging->store, &filter, take_segment, &places, error);
}

/* ---- what is judged ---- */

/* All passages of a turn become the first of them. */
static gboolean
join_turns (Judging *judging, GError **error)
{
  AttestGold *gold = judging->gold;
  g_autoptr (GHashTable) first = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) joined = g_array_new (FALSE, FALSE, sizeof (AttestGoldItem));

  if (!gold->in_project || !gold->has_turns)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--unit turn needs a file with the columns source and turn");
  if (gold->weighted)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--unit turn does not go with the column weight: passages were drawn, not "
                         "turns");
  for (guint i = 0; i < gold->items->len; i++)
    {
      AttestGoldItem *item = item_at (judging, i);
      char *key = g_strdup_printf ("%" G_GINT64_FORMAT "/%s", item->turn, item->source);
      guint at = GPOINTER_TO_UINT (g_hash_table_lookup (first, key));

      item->start = item->end = -1;
      for (guint k = 0; at > 0 && k < item->codes->len; k++)
        add_code (g_array_index (joined, AttestGoldItem, at - 1).codes,
                  g_array_index (item->codes, guint, k));
      if (at == 0)
        {
          AttestGoldItem copy = { .line = item->line,
                                  .source = g_strdup (item->source),
                                  .text = g_strdup (""),
                                  .cluster = g_strdup (item->cluster),
                                  .start = -1,
                                  .end = -1,
                                  .turn = item->turn,
                                  .weight = 1,
                                  .codes = g_array_ref (item->codes) };

          g_array_append_val (joined, copy);
          g_hash_table_insert (first, key, GUINT_TO_POINTER (joined->len));
        }
      else
        g_free (key);
    }
  /* The items free what is theirs; the new ones own copies. */
  g_array_set_size (gold->items, 0);
  g_array_append_vals (gold->items, joined->data, joined->len);
  return TRUE;
}

static gboolean
choose_codes (Judging *judging, GError **error)
{
  const AttestCodebook *codebook = judging->codebook;
  const char *given = judging->opts->dimension;
  g_autofree gboolean *dimensions = g_new0 (gboolean, MAX (codebook->dimensions->len, 1));
  int dimension = given != NULL ? attest_codebook_find_dimension (codebook, given) : -1;

  if (given != NULL && dimension < 0)
    return attest_throw (error, ATTEST_ERROR_USAGE, "the codebook %s has no dimension '%s'",
                         codebook->id, given);
  for (guint i = 0; given == NULL && i < judging->gold->items->len; i++)
    {
      const GArray *codes = item_at (judging, i)->codes;

      for (guint k = 0; k < codes->len; k++)
        dimensions[attest_codebook_code (codebook, g_array_index (codes, guint, k))->dimension]
            = TRUE;
    }
  judging->counted = g_new0 (gboolean, MAX (codebook->codes->len, 1));
  for (guint i = 0; i < codebook->codes->len; i++)
    {
      guint own = attest_codebook_code (codebook, i)->dimension;

      judging->counted[i] = given != NULL ? own == (guint)dimension : dimensions[own];
    }
  return TRUE;
}

static GArray *
only_counted (const Judging *judging, const GArray *codes)
{
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < codes->len; i++)
    if (judging->counted[g_array_index (codes, guint, i)])
      g_array_append_val (kept, g_array_index (codes, guint, i));
  return kept;
}

static AttestScoreResult *
judge (const Judging *judging)
{
  g_autoptr (AttestScore) score = attest_score_new (judging->codebook->codes->len);
  g_autoptr (GHashTable) clusters = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_clusters = 0;
  guint rounds = judging->opts->bootstrap > 0 ? (guint)judging->opts->bootstrap : DEFAULT_ROUNDS;

  for (guint i = 0; i < judging->gold->items->len; i++)
    {
      const AttestGoldItem *item = item_at (judging, i);
      g_autoptr (GArray) gold = only_counted (judging, item->codes);
      g_autoptr (GArray) found = only_counted (judging, judging->found[i]);
      guint cluster = 0;

      /* A text without a transcript stands for itself. */
      if (*item->cluster != '\0')
        cluster = GPOINTER_TO_UINT (g_hash_table_lookup (clusters, item->cluster));
      if (cluster == 0)
        {
          cluster = ++n_clusters;
          if (*item->cluster != '\0')
            g_hash_table_insert (clusters, item->cluster, GUINT_TO_POINTER (cluster));
        }
      attest_score_add (score, cluster - 1, item->weight, gold, found);
    }
  return attest_score_compute (score, rounds, (guint32)judging->opts->seed);
}

static const char *
unit_name (const Judging *judging)
{
  if (!judging->gold->in_project)
    return "text";
  return g_strcmp0 (judging->opts->unit, "turn") == 0 ? "turn" : "passage";
}

/* ---- the command ---- */

static gboolean
write_report (const Judging *judging, const AttestScoreReport *report, GError **error)
{
  const char *format = judging->opts->format;
  gboolean for_people = format == NULL || strcmp (format, "table") == 0;
  g_autoptr (AttestOutput) output
      = attest_cli_open_output (judging->inv, judging->opts->output, error);
  g_autoptr (AttestTable) table = attest_score_report_table_new (report, for_people);
  g_autoptr (AttestTable) confusion = attest_score_report_confusion_new (report);

  if (output == NULL)
    return FALSE;
  if (g_strcmp0 (format, "json") == 0)
    attest_score_report_write_json (report, attest_output_get_buffer (output));
  else if (!for_people)
    attest_table_write_csv (table, attest_output_get_buffer (output));
  else
    {
      attest_cli_append_table (judging->inv, table, judging->opts->output, output);
      if (attest_table_n_rows (confusion) > 0)
        {
          g_string_append_c (attest_output_get_buffer (output), '\n');
          attest_cli_append_table (judging->inv, confusion, judging->opts->output, output);
        }
    }
  return attest_output_close (output, error);
}

static gboolean
report (const Judging *judging, GError **error)
{
  g_autoptr (AttestScoreResult) result = judge (judging);
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();
  AttestScoreReport score = { .result = result,
                              .unit = unit_name (judging),
                              .codebook = judging->codebook->id,
                              .version = judging->codebook->version,
                              .sha256 = judging->codebook->sha256,
                              .counted = judging->counted,
                              .not_judged = judging->gold->not_judged,
                              .min_rules = (guint)MAX (judging->opts->min_rules, 1),
                              .weighted = judging->gold->weighted };

  for (guint i = 0; i < judging->codebook->codes->len; i++)
    g_ptr_array_add (codes, attest_codebook_code (judging->codebook, i)->id);
  score.codes = (const char *const *)codes->pdata;
  return write_report (judging, &score, error);
}

static gboolean
judge_all (Judging *judging, GError **error)
{
  judging->codebook = attest_gold_load_codebook (judging->gold, judging->inv,
                                                 judging->opts->codebook, &judging->store, error);
  if (judging->codebook == NULL || !attest_gold_resolve (judging->gold, judging->codebook, error)
      || !choose_codes (judging, error))
    return FALSE;
  if (g_strcmp0 (judging->opts->unit, "turn") == 0 && !join_turns (judging, error))
    return FALSE;
  judging->found = g_new (GArray *, judging->gold->items->len);
  for (guint i = 0; i < judging->gold->items->len; i++)
    judging->found[i] = g_array_new (FALSE, FALSE, sizeof (guint));
  return (judging->store != NULL ? find_in_project : find_in_texts) (judging, error)
         && report (judging, error);
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  g_auto (Judging) judging = { .inv = inv, .opts = opts };

  if (opts->gold == NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "score needs --gold FILE; 'attest sample' draws passages to judge");
  if (opts->bootstrap > MAX_ROUNDS)
    return attest_throw (error, ATTEST_ERROR_USAGE, "--bootstrap: at most %d", MAX_ROUNDS);
  if (!attest_cli_check_lang (opts->lang, error))
    return FALSE;
  judging.gold = attest_gold_load (opts->gold, error);
  return judging.gold != NULL && judge_all (&judging, error);
}

static const AttestExampleLine examples[]
    = { { "score --gold gold.csv", "how well the shipped codebook does on sentences of yours" },
        { "score --gold gold.csv --min-rules 2 --format json", "only where two rules agree" },
        { NULL } };

const AttestCommand attest_cmd_score = {
  .name = "score",
  .group = "compare",
  .synopsis = "",
  .summary = "Hold a codebook against what people say is right",
  .doc
  = "Precision: how much of what was found is right. Recall: how much of what is right was "
    "found. F1: both in one number. FILE has passages of the project, as 'attest sample' draws "
    "them, or texts of their own, which need no project.\n\n"
    "The interval of each figure comes from drawing the transcripts again and again: sentences of "
    "one interview are not independent. macro is the mean over the codes, micro adds all codes "
    "up.",
  .examples = examples,
  .needs = ATTEST_NEEDS_NOTHING,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
