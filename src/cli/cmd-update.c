/* update: a corrected transcript in the place of an earlier one. */
#include "cli/attest-cli-coding.h"
#include "cli/attest-cli-commands.h"
#include "cli/attest-cli-review.h"
#include "reader/attest-reader.h"
#include "report/attest-report.h"
#include "store/attest-store-update.h"

#include <string.h>

typedef struct
{
  gboolean dry_run;
  char **changed; /* ids */
  char *coder, *format;
} Options;

static const AttestOption options[]
    = { { "dry-run", 'n', ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, dry_run), NULL,
          "Only say what would become of the quotes", "Nothing is changed.", NULL },
        { "changed", 0, ATTEST_OPT_STRINGS, G_STRUCT_OFFSET (Options, changed), "ID",
          "Carry this quote although its own words were corrected",
          "May be given several times: for each that still means what was decided; --dry-run lists "
          "them.",
          NULL },
        ATTEST_OPTION_CODER (Options),
        { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
          "How to print it", "table for people, csv and json for programs.", attest_list_formats },
        { NULL } };

static AttestDocument *
read_document (const AttestSourceInfo *info, const char *path, GError **error)
{
  AttestReadOptions read = { .encoding = info->given_encoding,
                             .format = info->given_format,
                             .interviewers = (const char *const *)info->given_interviewers,
                             .map = (const char *const *)info->given_map };
  AttestDocument *doc = attest_reader_read_file (path, &read, error);
  AttestLanguageGuesser *guesser;

  if (doc == NULL)
    return NULL;
  guesser = attest_language_guesser_new ();
  attest_languages_assign (doc, guesser, info->given_lang);
  attest_language_guesser_free (guesser);
  return doc;
}

static AttestTable *
make_table (const AttestUpdate *update, gboolean all)
{
  AttestTable *table = attest_table_new (NULL, NULL);

  attest_table_add_column (table, "id", "quote", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "now", "now", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "how", "how", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "decisions", "decisions", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "links", "links", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "text", "text", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  attest_table_add_column (table, "new_text", "now says", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  for (guint i = 0; i < update->quotes->len; i++)
    {
      const AttestCarriedQuote *quote = g_ptr_array_index (update->quotes, i);

      /* What is where it was is no news for people. */
      if (!all && quote->how == ATTEST_ANCHOR_DIFF)
        continue;
      attest_table_add_text (table, quote->id);
      attest_table_add_text (table, quote->new_id);
      attest_table_add_text (table, attest_anchor_to_string (quote->how));
      attest_table_add_int (table, quote->decisions);
      attest_table_add_int (table, quote->links);
      attest_table_add_text (table, quote->text);
      attest_table_add_text (table, quote->now);
    }
  return table;
}

/* Whose words were corrected, and of which nobody said that they still mean the same. */
static guint
count_changed (const AttestUpdate *update)
{
  guint n = 0;

  for (guint i = 0; i < update->quotes->len; i++)
    {
      const AttestCarriedQuote *quote = g_ptr_array_index (update->quotes, i);

      n += quote->how == ATTEST_ANCHOR_CHANGED && !quote->is_confirmed;
    }
  return n;
}

static const char *
first_changed (const AttestUpdate *update)
{
  for (guint i = 0; i < update->quotes->len; i++)
    {
      const AttestCarriedQuote *quote = g_ptr_array_index (update->quotes, i);

      if (quote->how == ATTEST_ANCHOR_CHANGED && !quote->is_confirmed)
        return quote->id;
    }
  return "";
}

static void
print (AttestInvocation *inv, const AttestUpdate *update, const char *label)
{
  const Options *opts = inv->opts;
  gboolean is_table = opts->format == NULL || strcmp (opts->format, "table") == 0;
  g_autoptr (AttestTable) table = make_table (update, !is_table);
  g_autofree char *quotes = attest_report_dup_count (update->quotes->len, "quote", NULL);
  guint n_changed = count_changed (update);
  guint n_left
      = n_changed + update->n_by[ATTEST_ANCHOR_AMBIGUOUS] + update->n_by[ATTEST_ANCHOR_LOST];

  if (!is_table || attest_table_n_rows (table) > 0)
    attest_cli_write_table (inv, table, opts->format);
  if (n_left > 0)
    inv->exit = ATTEST_EXIT_FOUND;
  if (!is_table)
    return;
  fprintf (inv->out,
           "%s%s: version %u; of %s that are decided or rested on, %u stand on the same lines, %u "
           "were found by their words, %u are changed, %u ambiguous, %u lost\n",
           attest_table_n_rows (table) > 0 ? "\n" : "", label, update->version, quotes,
           update->n_by[ATTEST_ANCHOR_DIFF], update->n_by[ATTEST_ANCHOR_WORDS],
           update->n_by[ATTEST_ANCHOR_CHANGED], update->n_by[ATTEST_ANCHOR_AMBIGUOUS],
           update->n_by[ATTEST_ANCHOR_LOST]);
  if (n_changed > 0)
    fprintf (
        inv->out,
        opts->dry_run
            ? "what is changed is carried when you say that it still means the same: --changed "
              "%s and so on\n"
            : "what is changed was not carried (%s and so on): read what stands there now, and "
              "decide again\n",
        first_changed (update));
  if (n_left > n_changed)
    fputs (
        "what is ambiguous or lost stays with the earlier text: 'attest mark' and 'attest finding "
        "link' say where it is now\n",
        inv->out);
  fputs (opts->dry_run ? "nothing was changed\n"
                       : "the new text is not coded yet: 'attest code CODEBOOK' does it, and keeps "
                         "what was decided\n",
         inv->out);
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  const char *label = inv->args[0];
  g_autoptr (AttestSourceInfo) info = attest_store_get_source (inv->store, label, error);
  g_autoptr (AttestDocument) doc = info != NULL ? read_document (info, inv->args[1], error) : NULL;
  g_autoptr (AttestUpdate) update = NULL;
  g_autoptr (GPtrArray) confirmed = g_ptr_array_new ();

  for (char **id = opts->changed; id != NULL && *id != NULL; id++)
    g_ptr_array_add (confirmed, *id);
  if (doc == NULL)
    return FALSE;
  attest_cli_complain_warnings (inv, doc);
  if (!attest_store_begin (inv->store, error))
    return FALSE;
  update = attest_store_update_confirmed (inv->store, info->label, doc, confirmed,
                                          attest_cli_get_coder (opts->coder), error);
  if (update == NULL || opts->dry_run)
    attest_store_rollback (inv->store);
  else if (!attest_store_commit (inv->store, NULL, NULL, NULL, error))
    return FALSE;
  if (update == NULL)
    return FALSE;
  print (inv, update, info->label);
  return TRUE;
}

static const AttestExampleLine examples[]
    = { { "update 01-migration-service corrected.txt --dry-run",
          "exit 10 when a quote would be lost" },
        { NULL } };

const AttestCommand attest_cmd_update = {
  .name = "update",
  .group = "material",
  .synopsis = "SOURCE FILE",
  .summary = "Take a corrected transcript of a source",
  .doc
  = "The text of FILE becomes the next version of SOURCE; the earlier one is kept, and no longer "
    "counts. What people decided, noted, coded by hand or rest findings on is about quotes: each "
    "is "
    "carried to where its words stand now, by the lines that both texts have, or else by its words "
    "with 32 characters around them, and has the id of the new place; --format csv lists both. "
    "Where its own words were corrected, what stands there now is shown as changed: with --changed "
    "ID "
    "you say that it still means what was decided, and it is carried, too. "
    "Where the words are gone, or stand in several places that fit, nothing is "
    "guessed: the quote is listed as lost or ambiguous, stays with the earlier text, and 'attest "
    "check' finds what rests on it. Exit 10 when there is one. The new text is then to be coded; "
    "the questions of a guide are to be found again by 'attest guide apply'.",
  .examples = examples,
  .needs = ATTEST_NEEDS_WRITE,
  .min_args = 2,
  .max_args = 2,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
