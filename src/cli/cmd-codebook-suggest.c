/* codebook suggest: words and phrases that tell the passages of a code from the rest. */
#include "cli/attest-cli-coding.h"
#include "cli/attest-cli-commands.h"
#include "cli/attest-cli-passages.h"
#include "cli/attest-cli-report.h"
#include "engine/attest-terms.h"
#include "report/attest-table.h"
#include "stats/attest-keyness.h"

#include <math.h>
#include <string.h>

typedef struct
{
  char *gold, *codebook, *lang, *format, *output;
  char **codes;
  gboolean all, reviewed;
  int min_passages, limit;
} Options;

#define DEFAULT_MIN_PASSAGES 3
#define DEFAULT_LIMIT 20

static const AttestOption options[] = {
  { "gold", 'g', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, gold), "FILE",
    "CSV of passages with their right codes",
    "As 'attest score' reads it. Without it, the sentences of the project are taken, with the "
    "codes of the segments that they are in.",
    NULL },
  { "codebook", 'b', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, codebook), "CODEBOOK",
    "Codebook to extend",
    "For texts a file, or the id of a shipped one; oecd-dac unless given. In a project the id of "
    "one that coded it, the last unless given.",
    NULL },
  { "code", 'c', ATTEST_OPT_STRINGS, G_STRUCT_OFFSET (Options, codes), "CODE",
    "Only this code, may be repeated", "Without it, every code that a passage has.", NULL },
  { "lang", 'l', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, lang), "LANG",
    "Language of the texts",
    "An ISO 639-1 code such as en; without it, and without a column lang, it is guessed text by "
    "text.",
    NULL },
  { "min-passages", 'm', ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, min_passages), "N",
    "Only words in N passages of the code or more", "3 unless given.", NULL },
  { "limit", 'n', ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, limit), "N",
    "At most N suggestions for a code and language", "20 unless given.", NULL },
  { "all", 'a', ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, all), NULL,
    "Also words that rules match already, or one transcript alone has",
    "Without it only those with a place that no rule of the code matches, and, where a code is "
    "in several transcripts, that two of them have.",
    NULL },
  { "reviewed", 'r', ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, reviewed), NULL,
    "Only sentences of segments that people decided of",
    "With the codes that they accepted: what tells the accepted from the rejected. See 'attest "
    "review'.",
    NULL },
  { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
    "How to print it", "table for people, csv and json for programs.", attest_list_formats },
  ATTEST_OPTION_OUTPUT (Options),
  { NULL }
};

/* Words with their figures. */
typedef struct
{
  const AttestTerm *term;
  double g2, log_ratio, dp, precision, recall;
  guint sources, top; /* transcripts that have it; the one that has it most often */
  double top_share;   /* of its occurrences */
} Candidate;

typedef struct
{
  AttestInvocation *inv;
  const Options *opts;
  AttestStore *store; /* NULL: the gold is texts */
  AttestCodebook *codebook;
  AttestGold *gold; /* (nullable) */
  AttestCliPassages passages;
  AttestTermIndex *index;
  AttestTable *table;
} Suggesting;

static void
suggesting_clear (Suggesting *suggesting)
{
  attest_table_free (suggesting->table);
  attest_term_index_free (suggesting->index);
  attest_cli_passages_clear (&suggesting->passages);
  attest_gold_free (suggesting->gold);
  attest_codebook_unref (suggesting->codebook);
  attest_store_free (suggesting->store);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Suggesting, suggesting_clear)

/* ---- figures ---- */

static void
rate (const AttestTerm *term, const AttestTermGround *ground, Candidate *out)
{
  memset (out, 0, sizeof *out);
  out->term = term;
  out->g2 = attest_keyness_g2 ((double)term->in_code, (double)term->in_rest,
                               (double)ground->code_words, (double)ground->rest_words);
  out->log_ratio
      = attest_keyness_log_ratio ((double)term->in_code, (double)term->in_rest,
                                  (double)ground->code_words, (double)ground->rest_words);
  out->dp = attest_dispersion_dp_norm (term->counts, ground->words, ground->n_clusters);
  out->precision
      = (double)term->code_passages / (double)(term->code_passages + term->rest_passages);
  out->recall = (double)term->code_passages / (double)ground->code_passages;
  for (guint i = 0; i < ground->n_clusters; i++)
    {
      out->sources += term->counts[i] > 0;
      if (term->counts[i] > term->counts[out->top])
        out->top = i;
    }
  out->top_share = (double)term->counts[out->top] / (double)term->in_code;
}

static guint
count_sources (const AttestTermGround *ground)
{
  guint n = 0;

  for (guint i = 0; i < ground->n_clusters; i++)
    n += ground->words[i] > 0;
  return n;
}

/* A word that one person alone uses, a name perhaps, tells who speaks and not of what. */
static gboolean
is_worth_telling (const Candidate *candidate, const AttestTermGround *ground, gboolean all)
{
  if (candidate->g2 < ATTEST_KEYNESS_P01 || candidate->log_ratio <= 0)
    return FALSE;
  return all
         || (candidate->term->covered < candidate->term->code_passages
             && (candidate->sources > 1 || count_sources (ground) == 1));
}

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *x = a, *y = b;

  if (x->g2 != y->g2)
    return x->g2 > y->g2 ? -1 : 1;
  return strcmp (x->term->text, y->term->text);
}

/* Whether the words of @inner stand in @outer one after the other. */
static gboolean
has_words (const char *outer, const char *inner)
{
  gsize n = strlen (inner);

  for (const char *at = outer; (at = strstr (at, inner)) != NULL; at++)
    if ((at == outer || at[-1] == ' ') && (at[n] == '\0' || at[n] == ' '))
      return TRUE;
  return FALSE;
}

/* Whether a candidate before it is a part of it, or has it as a part, and tells no less: "water",
 * "water tariffs". */
static gboolean
is_told_by (const Candidate *candidate, const GArray *chosen)
{
  for (guint i = 0; i < chosen->len; i++)
    {
      const Candidate *other = &g_array_index (chosen, Candidate, i);

      if (has_words (candidate->term->text, other->term->text)
          && other->precision >= candidate->precision)
        return TRUE;
      if (has_words (other->term->text, candidate->term->text)
          && other->term->code_passages == candidate->term->code_passages
          && other->precision >= candidate->precision)
        return TRUE;
    }
  return FALSE;
}

/* ---- the table ---- */

static AttestTable *
make_table (const Suggesting *suggesting)
{
  const char *unit = suggesting->gold != NULL ? "passage" : "sentence";
  g_autofree char *note = g_strdup_printf (
      "%u %ss of %u transcript%s; codebook %s. Precision and recall are of these %ss, so they "
      "flatter: judge a rule by others.",
      suggesting->passages.passages->len, unit, suggesting->passages.clusters->len,
      suggesting->passages.clusters->len == 1 ? "" : "s", suggesting->codebook->id, unit);
  AttestTable *table = attest_table_new (NULL, note);

  attest_table_add_column (table, "code", "code", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "lang", "lang", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "words", "words", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "g2", "G²", ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "log_ratio", "log ratio", ATTEST_COLUMN_DOUBLE,
                           ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "precision", "precision", ATTEST_COLUMN_DOUBLE,
                           ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "recall", "recall", ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "passages", "has it", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "others", "others", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "missed", "missed", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "covered", "covered", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "sources", "transcripts", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "dp", "DP", ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "mostly_in", "mostly in", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "in_code", "", ATTEST_COLUMN_INT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "in_rest", "", ATTEST_COLUMN_INT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "code_words", "", ATTEST_COLUMN_INT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "rest_words", "", ATTEST_COLUMN_INT, ATTEST_COLUMN_MACHINE);
  return table;
}

static void
add_number (AttestTable *table, double value)
{
  if (isnan (value))
    attest_table_add_null (table);
  else
    attest_table_add_double (table, value);
}

static void
add_row (Suggesting *suggesting, const char *code, const char *lang, const Candidate *candidate,
         const AttestTermGround *ground)
{
  AttestTable *table = suggesting->table;
  const AttestTerm *term = candidate->term;

  attest_table_add_text (table, code);
  if (lang != NULL)
    attest_table_add_text (table, lang);
  else
    attest_table_add_null (table);
  attest_table_add_text (table, term->text);
  add_number (table, candidate->g2);
  add_number (table, candidate->log_ratio);
  add_number (table, candidate->precision);
  add_number (table, candidate->recall);
  attest_table_add_int (table, term->code_passages);
  attest_table_add_int (table, term->rest_passages);
  attest_table_add_int (table, term->missed);
  attest_table_add_int (table, term->covered);
  attest_table_add_int (table, candidate->sources);
  add_number (table, candidate->dp);
  if (candidate->top_share > .5 && ground->n_clusters > 1
      && *(const char *)g_ptr_array_index (suggesting->passages.clusters, candidate->top) != '\0')
    attest_table_add_text (table,
                           g_ptr_array_index (suggesting->passages.clusters, candidate->top));
  else
    attest_table_add_null (table);
  attest_table_add_int (table, (gint64)term->in_code);
  attest_table_add_int (table, (gint64)term->in_rest);
  attest_table_add_int (table, (gint64)ground->code_words);
  attest_table_add_int (table, (gint64)ground->rest_words);
}

static void
suggest (Suggesting *suggesting, guint code, const char *lang)
{
  const Options *opts = suggesting->opts;
  guint limit = opts->limit > 0 ? (guint)opts->limit : DEFAULT_LIMIT;
  g_auto (AttestTermGround) ground = { 0 };
  g_autoptr (GPtrArray) terms = attest_term_index_count (
      suggesting->index, lang, code,
      opts->min_passages > 0 ? (guint)opts->min_passages : DEFAULT_MIN_PASSAGES, &ground);
  g_autoptr (GArray) rated = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr (GArray) chosen = g_array_new (FALSE, FALSE, sizeof (Candidate));
  const char *id = attest_codebook_code (suggesting->codebook, code)->id;

  for (guint i = 0; i < terms->len; i++)
    {
      Candidate candidate;

      rate (g_ptr_array_index (terms, i), &ground, &candidate);
      if (is_worth_telling (&candidate, &ground, opts->all))
        g_array_append_val (rated, candidate);
    }
  g_array_sort (rated, compare_candidates);
  for (guint i = 0; i < rated->len && chosen->len < limit; i++)
    if (!is_told_by (&g_array_index (rated, Candidate, i), chosen))
      g_array_append_val (chosen, g_array_index (rated, Candidate, i));
  if (chosen->len == 0)
    return;
  g_autofree char *heading
      = g_strdup_printf ("%s%s%s: %u passages, %u others", id, lang != NULL ? ", " : "",
                         lang != NULL ? lang : "", ground.code_passages, ground.rest_passages);
  attest_table_begin_section (suggesting->table, heading);
  for (guint i = 0; i < chosen->len; i++)
    add_row (suggesting, id, lang, &g_array_index (chosen, Candidate, i), &ground);
}

/* ---- the material ---- */

static gboolean
load_passages (Suggesting *suggesting, GError **error)
{
  AttestCliPassages *passages = &suggesting->passages;

  if (suggesting->gold == NULL)
    return attest_cli_passages_add_project (passages, suggesting->store, suggesting->codebook,
                                            suggesting->opts->reviewed, error);
  if (!attest_gold_resolve (suggesting->gold, suggesting->codebook, error))
    return FALSE;
  if (suggesting->gold->in_project)
    return attest_cli_passages_add_places (passages, suggesting->store, suggesting->codebook,
                                           suggesting->gold, error);
  return attest_cli_passages_add_texts (passages, suggesting->inv, suggesting->codebook,
                                        suggesting->gold, suggesting->opts->lang, error);
}

static gboolean
check_codes (const Suggesting *suggesting, GError **error)
{
  for (char **code = suggesting->opts->codes; code != NULL && *code != NULL; code++)
    if (attest_cli_find_code (suggesting->codebook, *code, error) < 0)
      return FALSE;
  return TRUE;
}

static gboolean
write_table (const Suggesting *suggesting, GError **error)
{
  const Options *opts = suggesting->opts;
  g_autoptr (AttestOutput) output = attest_cli_open_output (suggesting->inv, opts->output, error);

  if (output == NULL)
    return FALSE;
  if (g_strcmp0 (opts->format, "json") == 0)
    {
      g_autoptr (AttestJson) json = attest_json_new (attest_output_get_buffer (output), TRUE);

      attest_table_write_json (suggesting->table, json);
      g_string_append_c (attest_output_get_buffer (output), '\n');
    }
  else if (g_strcmp0 (opts->format, "csv") == 0)
    attest_table_write_csv (suggesting->table, attest_output_get_buffer (output));
  else
    attest_cli_append_table (suggesting->inv, suggesting->table, opts->output, output);
  return attest_output_close (output, error);
}

static gboolean
suggest_all (Suggesting *suggesting, GError **error)
{
  const GPtrArray *langs;
  const char *const *only = (const char *const *)suggesting->opts->codes;

  suggesting->codebook = attest_gold_load_codebook (
      suggesting->gold, suggesting->inv, suggesting->opts->codebook, &suggesting->store, error);
  if (suggesting->codebook == NULL || !check_codes (suggesting, error)
      || !load_passages (suggesting, error))
    return FALSE;
  suggesting->index = attest_term_index_new (suggesting->passages.passages, error);
  if (suggesting->index == NULL)
    return FALSE;
  suggesting->table = make_table (suggesting);
  langs = attest_term_index_get_langs (suggesting->index);
  for (guint code = 0; code < suggesting->codebook->codes->len; code++)
    for (guint i = 0; i < langs->len; i++)
      if (only == NULL
          || g_strv_contains (only, attest_codebook_code (suggesting->codebook, code)->id))
        suggest (suggesting, code, g_ptr_array_index (langs, i));
  if (attest_table_n_rows (suggesting->table) == 0)
    attest_cli_complain (suggesting->inv,
                         "no words tell a code from the rest: there may be too few passages "
                         "(--min-passages), or the rules have all of them (--all)");
  return write_table (suggesting, error);
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  g_auto (Suggesting) suggesting = { .inv = inv, .opts = opts };

  attest_cli_passages_init (&suggesting.passages);
  if (opts->gold != NULL && opts->reviewed)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--reviewed is about the project: it does not go with --gold");
  if (!attest_cli_check_lang (opts->lang, error))
    return FALSE;
  if (opts->gold != NULL)
    suggesting.gold = attest_gold_load (opts->gold, error);
  return (opts->gold == NULL || suggesting.gold != NULL) && suggest_all (&suggesting, error);
}

static const AttestExampleLine examples[]
    = { { "codebook suggest --min-passages 2", "what else do coded sentences have in common?" },
        { "codebook suggest --gold gold.csv --all --format csv",
          "the words of judged passages, those that rules match too" },
        { NULL } };

const AttestCommand attest_cmd_codebook_suggest = {
  .name = "codebook suggest",
  .group = "codebook",
  .synopsis = "",
  .summary = "Suggest words that tell a code's passages from the rest",
  .doc
  = "Lists the words, and phrases of two or three words, that are more frequent in the passages "
    "of a code than in the others, best first, as candidates for its rules: nothing is changed. "
    "Each language is counted by itself.\n\n"
    "G² (log-likelihood) says how surely, from 6.63 on (p .01); log ratio how much: 1 is twice as "
    "often, 2 four times. DP says how evenly they are spread over the transcripts: 0 evenly, 1 all "
    "in one; \"mostly in\" names the one that has more than half.\n\n"
    "Precision: how many of the passages with these words have the code. Recall: how many of the "
    "code's passages have these words. \"has it\" and \"others\" count those passages, \"covered\" "
    "those in which rules of the code match these very words, and \"missed\" those in which no "
    "rule of the code matches anything.",
  .examples = examples,
  .needs = ATTEST_NEEDS_NOTHING,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
