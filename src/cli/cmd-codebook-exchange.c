/* codebook import, codebook export: codebooks of other programs, and what is lost on the way. */
#include "cli/attest-cli-coding.h"
#include "cli/attest-cli-inputs.h"
#include "cli/attest-cli-report.h"
#include "exchange/attest-exchange.h"
#include "util/attest-json.h"
#include "util/attest-text.h"

#include <string.h>

typedef struct
{
  char *format, *output;
  char *encoding, *valuetype; /* of import */
  gboolean rule_each;         /* of import */
  char *lang;                 /* of export */
} Options;

/* Of one kind of loss, so many are told one by one to people. */
#define MAX_SHOWN 3

static const char *const formats[]
    = { "csv", "lexicoder", "liwc", "qdc", "quanteda", "wordstat", "yoshikoder", "json", NULL };
static const char *const valuetypes[] = { "glob", "regex", "fixed", NULL };

static const AttestOption import_options[] = {
  { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
    "Format of FILE, or json",
    "Without it, the format is told by the content, then by the suffix of the name. json prints a "
    "report for programs: what was imported, what was lost, and without --output the codebook.",
    formats },
  ATTEST_OPTION_OUTPUT (Options),
  { "encoding", 'e', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, encoding), "NAME",
    "Encoding of the file", "Without it, the encoding is found or guessed.", NULL },
  { "valuetype", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, valuetype), "TYPE",
    "What the words of a dictionary are",
    "Dictionaries of quanteda do not say it. glob (without it): * and ? are wildcards; regex: "
    "regular expressions; fixed: no character is special. For lexicoder, liwc and wordstat, too.",
    valuetypes },
  { "rule-each", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, rule_each), NULL,
    "Make a rule of each word",
    "Otherwise the words of a category are one rule. The strength of a segment is the number of "
    "its rules: with a rule for each word, it is the number of different words.",
    NULL },
  { NULL }
};

static const AttestOption export_options[]
    = { { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
          "Format to write, or json",
          "Without it, the suffix of --output says it. json writes the file that --output names "
          "and prints a report for programs: what was exported and what was lost.",
          formats },
        ATTEST_OPTION_OUTPUT (Options),
        { "lang", 'l', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, lang), "LANG",
          "Only rules for this language, and names in it",
          "Rules without a language are for all. Most formats hold one language.", NULL },
        { NULL } };

/* --- what was lost ------------------------------------------------------------------------ */

static const AttestLoss *
loss_at (const AttestExchange *exchange, guint i)
{
  return &g_array_index (exchange->losses, AttestLoss, i);
}

static void
complain_loss (AttestInvocation *inv, const char *path, const AttestLoss *loss)
{
  if (loss->line > 0)
    attest_cli_complain (inv, "%s:%u:%u: warning: %s [%s]", path, loss->line, loss->column,
                         loss->message, loss->what);
  else
    attest_cli_complain (inv, "%s: warning: %s [%s]", path, loss->message, loss->what);
}

/* Kind by kind; of one that is there often, the first and how many more, so that thousands do not
 * hide the others. */
static void
complain_losses (AttestInvocation *inv, const char *path, const AttestExchange *exchange)
{
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < exchange->losses->len; i++)
    {
      const char *what = loss_at (exchange, i)->what;
      guint n = 0;

      if (!g_hash_table_add (told, (gpointer)what))
        continue;
      for (guint k = i; k < exchange->losses->len; k++)
        n += strcmp (loss_at (exchange, k)->what, what) == 0;
      guint shown = n <= MAX_SHOWN ? n : 1;
      for (guint k = i, left = shown; left > 0; k++)
        if (strcmp (loss_at (exchange, k)->what, what) == 0)
          {
            complain_loss (inv, path, loss_at (exchange, k));
            left--;
          }
      if (n > shown)
        attest_cli_complain (inv, "%s: warning: and %u more of this kind (all: --format json) [%s]",
                             path, n - shown, what);
    }
}

static void
member_place (AttestJson *json, const char *key, guint value)
{
  if (value > 0)
    attest_json_member_int (json, key, value);
  else
    attest_json_member_null (json, key);
}

static void
write_report (AttestInvocation *inv, const char *path, const char *action,
              const AttestExchange *exchange)
{
  const Options *opts = inv->opts;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (AttestJson) json = attest_json_new (text, TRUE);

  attest_json_begin_object (json);
  attest_json_member_int (json, "format", 1);
  attest_json_member_string (json, "action", action);
  attest_json_member_string (json, "path", path);
  attest_json_member_string (json, "other", exchange->format);
  attest_json_member_int (json, "codes", exchange->n_codes);
  attest_json_member_int (json, "patterns", exchange->n_patterns);
  attest_json_key (json, "losses");
  attest_json_begin_array (json);
  for (guint i = 0; i < exchange->losses->len; i++)
    {
      const AttestLoss *loss = loss_at (exchange, i);

      attest_json_begin_object (json);
      attest_json_member_string (json, "kind", attest_loss_kind_to_string (loss->kind));
      attest_json_member_string (json, "what", loss->what);
      member_place (json, "line", loss->line);
      member_place (json, "column", loss->column);
      attest_json_member_string (json, "code", loss->code);
      attest_json_member_string (json, "message", loss->message);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
  attest_json_member_string (json, "output", opts->output);
  attest_json_member_string (json, "text", opts->output == NULL ? exchange->text : NULL);
  attest_json_end_object (json);
  fprintf (inv->out, "%s\n", text->str);
}

/* --- the commands ------------------------------------------------------------------------- */

static const char *
plural (guint n)
{
  return n == 1 ? "" : "s";
}

static gboolean
is_json (const Options *opts)
{
  return g_strcmp0 (opts->format, "json") == 0;
}

/* Writes the result where it goes; then the report, or a line for people. */
static gboolean
finish (AttestInvocation *inv, const char *path, const char *action, const AttestExchange *exchange,
        GError **error)
{
  const Options *opts = inv->opts;

  if (opts->output != NULL || !is_json (opts))
    {
      g_autoptr (AttestOutput) output = attest_cli_open_output (inv, opts->output, error);
      if (output == NULL)
        return FALSE;
      g_string_append_len (attest_output_get_buffer (output), exchange->text,
                           (gssize)exchange->length_bytes);
      if (!attest_output_close (output, error))
        return FALSE;
    }
  if (is_json (opts))
    {
      write_report (inv, path, action, exchange);
      return TRUE;
    }
  complain_losses (inv, path, exchange);
  if (opts->output != NULL)
    {
      g_autofree char *shown = attest_text_printable (opts->output, strlen (opts->output), 0);
      fprintf (inv->out, "%s: %u code%s, %u pattern%s; %s: %s\n", shown, exchange->n_codes,
               plural (exchange->n_codes), exchange->n_patterns, plural (exchange->n_patterns),
               action, exchange->name);
    }
  return TRUE;
}

static gboolean
run_import (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  AttestImportOptions options = { .format = is_json (opts) ? NULL : opts->format,
                                  .encoding = opts->encoding,
                                  .valuetype = opts->valuetype,
                                  .rule_each = opts->rule_each };
  g_autoptr (AttestInput) input = attest_cli_input_load (inv->args[0], error);
  g_auto (AttestExchange) exchange = { 0 };

  return input != NULL
         && attest_exchange_import (input->path, input->bytes, &options, &exchange, error)
         && finish (inv, input->path, "import", &exchange, error);
}

static const char *
choose_export_format (const Options *opts, GError **error)
{
  const char *format = opts->format;

  if (format == NULL || is_json (opts))
    format = opts->output != NULL ? attest_exchange_format_of_name (opts->output) : NULL;
  if (format == NULL && opts->output == NULL)
    attest_throw (error, ATTEST_ERROR_USAGE,
                  "say the format by --format, or by the suffix of --output FILE");
  else if (format == NULL)
    attest_throw (error, ATTEST_ERROR_USAGE,
                  "the suffix of '%s' is of no format that attest exports to: say it by --format",
                  opts->output);
  return format;
}

static gboolean
run_export (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  const char *format = choose_export_format (opts, error);
  g_auto (AttestExchange) exchange = { 0 };

  if (format == NULL || !attest_cli_check_lang (opts->lang, error))
    return FALSE;
  g_autoptr (AttestCodebook) codebook = attest_cli_load_codebook (inv->args[0], error);
  return codebook != NULL && attest_exchange_export (codebook, format, opts->lang, &exchange, error)
         && finish (inv, codebook->path, "export", &exchange, error);
}

static const AttestExampleLine import_examples[]
    = { { "codebook import words.dic --output words.yaml", "a LIWC dictionary as a codebook" },
        { "codebook import words.dic --rule-each", "a rule for each word" },
        { "codebook import words.dic --format json", "what was imported and what was lost" },
        { NULL } };

static const AttestExampleLine export_examples[]
    = { { "codebook export words.yaml --format quanteda", "for quanteda, on standard output" },
        { "codebook export words.yaml --output words.lc3", "the suffix says the format" },
        { NULL } };

const AttestCommand attest_cmd_codebook_import = {
  .name = "codebook import",
  .group = "codebook",
  .synopsis = "FILE",
  .summary = "Make a codebook of one from another program",
  .doc = "Reads the codebook of another program and writes it as a codebook in YAML that 'codebook "
         "check' accepts: csv, lexicoder (.lc3), liwc (.dic), qdc (REFI-QDA), quanteda (YAML), "
         "wordstat (.cat) and yoshikoder (.ykd). Wildcards and phrases keep their meaning; "
         "categories in categories become dimensions and codes. FILE may be - for standard "
         "input.\n\n"
         "What the file has and a codebook cannot hold is told on standard error, and with "
         "--format json in the report. A file that cannot be read as a whole is an error with its "
         "line, and nothing is written.",
  .examples = import_examples,
  .needs = ATTEST_NEEDS_NOTHING,
  .min_args = 1,
  .max_args = 1,
  .opts_size = sizeof (Options),
  .options = import_options,
  .run = run_import,
};

const AttestCommand attest_cmd_codebook_export = {
  .name = "codebook export",
  .group = "codebook",
  .synopsis = "CODEBOOK",
  .summary = "Write a codebook for another program",
  .doc = "CODEBOOK is a file, or the id of a shipped codebook. Rules become lists of words where "
         "they are such lists: '(?:donor|funder)s?' is four words. Other regular expressions, and "
         "rules that need something near the hit, go into csv only.\n\n"
         "What the format cannot hold is told on standard error, and with --format json in the "
         "report.",
  .examples = export_examples,
  .needs = ATTEST_NEEDS_NOTHING,
  .min_args = 1,
  .max_args = 1,
  .opts_size = sizeof (Options),
  .options = export_options,
  .run = run_export,
};
