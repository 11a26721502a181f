/* trace: what a judgement rests on, and what rests on a quote. */
#include "cli/attest-cli-brief.h"
#include "cli/attest-cli-commands.h"
#include "cli/attest-cli-ledger.h"

typedef struct
{
  char *brief, *format;
  AttestDisclosureFlags disclosure;
} Options;

static const char *const formats[] = { "table", "json", NULL };

static const AttestOption options[] = {
  { "brief", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, brief), "FILE",
    "A brief whose sentence is meant",
    "ID is then the number of a sentence, S12, as 'attest brief check' prints it, or where it "
    "stands in FILE, LINE or LINE:COLUMN.",
    NULL },
  { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
    "How to print it", "table, a tree for people; json for programs.", formats },
  ATTEST_OPTIONS_DISCLOSURE (Options),
  { NULL }
};

/* What a sentence refers to, NULL-terminated. */
static char **
list_references (const AttestBrief *brief, const AttestBriefSentence *sentence)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  guint index = (guint)(sentence - attest_brief_sentence (brief, 0));

  for (guint i = sentence->first_mark; i < sentence->end_mark; i++)
    {
      const AttestMark *mark = attest_brief_mark (brief, i);
      g_autofree char *id = mark->sentence == index ? attest_mark_dup_id (mark) : NULL;

      if (id != NULL)
        g_strv_builder_add (ids, id);
    }
  return g_strv_builder_end (ids);
}

/* The text of the sentence is not of the project, which knows what may be told of itself. */
static gboolean
may_print (AttestInvocation *inv, const AttestBrief *brief, const AttestBriefSentence *sentence,
           GError **error)
{
  const Options *opts = inv->opts;
  g_autoptr (AttestBriefNames) names = NULL;
  g_autoptr (AttestBriefCheck) found = NULL;

  if (!opts->disclosure.is_public)
    return TRUE;
  names = attest_cli_load_brief_names (inv->store, brief->lang, error);
  found = names != NULL ? attest_brief_check (inv->store, brief, names, error) : NULL;
  return found != NULL && attest_cli_is_publishable (found, sentence, error);
}

static gboolean
trace_sentence (AttestInvocation *inv, const Options *opts, GError **error)
{
  g_autoptr (AttestBrief) brief = attest_cli_load_brief (inv, opts->brief, error);
  const AttestBriefSentence *sentence
      = brief != NULL ? attest_brief_find_sentence (brief, inv->args[0]) : NULL;
  g_auto (GStrv) references = NULL;
  g_autofree char *id = NULL;
  g_autoptr (AttestChain) chain = NULL;
  guint line, column;

  if (brief == NULL)
    return FALSE;
  if (sentence == NULL)
    return attest_throw (
        error, ATTEST_ERROR_USAGE,
        "%s has no sentence '%s': name it as 'attest brief check' does, S12, or by "
        "LINE or LINE:COLUMN",
        brief->path, inv->args[0]);
  attest_brief_get_place (brief, sentence->start_byte, &line, &column);
  id = sentence->number > 0 ? g_strdup_printf ("S%u", sentence->number) : g_strdup ("heading");
  references = list_references (brief, sentence);
  AttestChainSentence root = { id, sentence->text, line, (const char *const *)references };
  chain = attest_chain_new_from_sentence (inv->store, &root, error);
  if (chain == NULL)
    {
      g_prefix_error (error, "%s:%u:%u: ", brief->path, line, column);
      return FALSE;
    }
  return may_print (inv, brief, sentence, error)
         && attest_cli_print_chain (inv, chain, opts->format, &opts->disclosure, error);
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;

  return opts->brief != NULL
             ? trace_sentence (inv, opts, error)
             : attest_cli_print_trace (inv, inv->args[0], opts->format, &opts->disclosure, error);
}

static const AttestExampleLine examples[]
    = { { "trace impact", "from the rating of impact down to the quotes" },
        { "trace F1", "a finding" },
        { "trace F1 --format json", NULL },
        { "trace F1 --public", "as it may be published" },
        { "trace --brief brief.md S1", "a sentence of a brief; a line of it will do as well" },
        { NULL } };

const AttestCommand attest_cmd_trace = {
  .name = "trace",
  .group = "judge",
  .synopsis = "ID",
  .summary = "Follow a judgement to its quotes, or a quote to its use",
  .doc
  = "ID is an entry of the ledger (F1, C2, R3, L1, G1), a criterion that was rated, or a quote "
    "(Q7F3K2A). From a judgement it leads down to the quotes that it rests on: where each "
    "stands, who said it, and whether the text still says it, byte for byte. From a quote it "
    "leads up to everything that rests on it. With --brief it is a sentence of a brief, from which "
    "it "
    "leads down by all that the sentence refers to.",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .min_args = 1,
  .max_args = 1,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
