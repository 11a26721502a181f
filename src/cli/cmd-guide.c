/* guide apply, guide remove: which turns ask which question of an interview guide. */
#include "cli/attest-cli-coding.h"
#include "cli/attest-cli-commands.h"
#include "cli/attest-cli-guide.h"
#include "cli/attest-cli-review.h"
#include "report/attest-report.h"

#include <string.h>

typedef struct
{
  char *codebook, *coder;
} Options;

typedef struct
{
  char *coder;
} RemoveOptions;

static const AttestOption options[]
    = { { "codebook", 'b', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, codebook), "CODEBOOK",
          "Codebook whose codes the questions ask about",
          "A file, or the id of one in the project or of a shipped one. Without it, the one that "
          "the guide names, else the one that coded last.",
          NULL },
        ATTEST_OPTION_CODER (Options),
        { NULL } };

static const AttestOption remove_options[] = { ATTEST_OPTION_CODER (RemoveOptions), { NULL } };

/* --- which sources -------------------------------------------------------------------------- */

/* Those that are named, those that the guide has already, and, when none is named, those without a
 * guide; *@out_others: how many keep another one. */
static GPtrArray *
choose_sources (AttestInvocation *inv, const char *guide, guint *out_others, GError **error)
{
  g_autoptr (GPtrArray) sources = attest_store_list_guide_sources (inv->store, error);
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);

  if (sources == NULL)
    return NULL;
  for (guint i = 1; i < inv->n_args; i++)
    {
      g_autoptr (AttestSourceInfo) info = attest_store_get_source (inv->store, inv->args[i], error);

      if (info == NULL)
        return NULL;
    }
  for (guint i = 0; i < sources->len; i++)
    {
      const AttestGuideSource *source = g_ptr_array_index (sources, i);
      gboolean is_meant
          = g_strcmp0 (source->guide, guide) == 0 || (inv->n_args < 2 && source->guide == NULL);

      for (guint k = 1; k < inv->n_args && !is_meant; k++)
        is_meant = strcmp (inv->args[k], source->source) == 0;
      if (is_meant)
        g_ptr_array_add (labels, g_strdup (source->source));
      else
        *out_others += source->guide != NULL;
    }
  return g_steal_pointer (&labels);
}

/* --- what is printed ------------------------------------------------------------------------ */

static void
print_result (AttestInvocation *inv, const AttestCodebook *guide,
              const AttestCliAlignment *alignment, guint n_others)
{
  g_autofree char *sources = attest_report_dup_count (alignment->sources, "source", NULL);
  g_autofree char *turns = attest_report_dup_count (alignment->turns, "turn", NULL);

  fprintf (inv->out, "aligned %s with %s%s%s: of %s of interviewers, %u ask something:\n", sources,
           guide->id, guide->version != NULL ? " " : "",
           guide->version != NULL ? guide->version : "", turns, alignment->questions);
  fprintf (inv->out, "%6u a question of the guide\n", alignment->single);
  fprintf (inv->out, "%6u are claimed by several questions of the guide\n", alignment->several);
  fprintf (inv->out, "%6u by none\n", alignment->unknown);
  if (alignment->incomplete > 0)
    fprintf (inv->out, "%6u searches were stopped by a limit\n", alignment->incomplete);
  if (n_others > 0)
    fprintf (inv->out, "sources that keep another guide: %u\n", n_others);
  if (alignment->several + alignment->unknown > 0)
    fprintf (inv->out, "'attest guide show' lists the turns\n");
}

/* --- the command ---------------------------------------------------------------------------- */

static gboolean
align (AttestInvocation *inv, const AttestGuide *guide, GError **error)
{
  AttestCliAlignment alignment;
  guint n_others = 0;
  g_autofree char *detail = g_strdup_printf (
      "%s%s%s (sha256 %.8s)", guide->codebook->id, guide->codebook->version != NULL ? " " : "",
      guide->codebook->version != NULL ? guide->codebook->version : "", guide->codebook->sha256);
  g_autoptr (GPtrArray) labels = choose_sources (inv, guide->codebook->id, &n_others, error);

  if (labels == NULL)
    return FALSE;
  if (labels->len == 0 && n_others > 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "all sources have another guide: name those that are meant, 'attest guide "
                         "apply %s SOURCE…'",
                         inv->args[0]);
  if (labels->len == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "there is no source to align: take transcripts in with 'attest ingest'");
  if (!attest_store_begin (inv->store, error))
    return FALSE;
  if (!attest_store_track_changes (inv->store, error)
      || !attest_cli_align (inv, guide, labels, &alignment, error)
      || !attest_store_commit (inv->store, attest_cli_get_coder (((Options *)inv->opts)->coder),
                               "guide apply", detail, error))
    {
      attest_store_rollback (inv->store);
      return FALSE;
    }
  print_result (inv, guide->codebook, &alignment, n_others);
  return TRUE;
}

/* The only guide of the project, as it keeps it. */
static AttestGuide *
load_kept (AttestInvocation *inv, GArray *problems, GError **error)
{
  g_autoptr (GPtrArray) guides = attest_store_list_guides (inv->store, error);
  const AttestGuideInfo *info;
  g_autoptr (GBytes) text = NULL;

  if (guides == NULL)
    return NULL;
  if (guides->len != 1)
    return attest_throw_null (error, ATTEST_ERROR_USAGE,
                              guides->len == 0
                                  ? "no guide in %s: give one, 'attest guide apply GUIDE'"
                                  : "several guides in %s: say which, 'attest guide apply GUIDE'",
                              attest_store_get_path (inv->store));
  info = g_ptr_array_index (guides, 0);
  text = attest_store_get_guide_text (inv->store, info->id, error);
  return text == NULL ? NULL
                      : attest_guide_parse (info->name, g_bytes_get_data (text, NULL),
                                            g_bytes_get_size (text), problems, error);
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autofree char *codebook = NULL;
  g_autoptr (AttestGuide) guide = inv->n_args == 0
                                      ? load_kept (inv, problems, error)
                                      : attest_guide_load (inv->args[0], problems, error);

  if (guide == NULL
      || !attest_cli_check_guide_codes (inv->store, guide, opts->codebook, problems, &codebook,
                                        error))
    return FALSE;
  if (*codebook == '\0')
    attest_cli_complain (inv, "warning: the project has no codebook yet: whether it has the codes "
                              "that the guide asks about was not checked");
  return align (inv, guide, error);
}

static const AttestExampleLine examples[]
    = { { "guide apply guide.yaml", "all interviews, by one guide" },
        { "guide apply guide.yaml 12-focus-group", "only this source" },
        { "guide apply", "again, also to sources taken in since" },
        { NULL } };

const AttestCommand attest_cmd_guide_apply = {
  .name = "guide apply",
  .group = "guide",
  .synopsis = "[GUIDE [SOURCE…]]",
  .summary = "Find the questions of a guide in the interviews",
  .doc = "Looks for the questions of GUIDE, a file (see doc/guide.md), in what interviewers say, "
         "and keeps in the project which turn asks which question and which turns answer it. "
         "Reports then know who was asked about the codes of these questions, beside what the "
         "codebook's own 'asked' finds.\n\n"
         "Without SOURCE, it is for the sources that have this guide or none; a source has one "
         "guide, the last that named it. Applying a guide again replaces what it found before. "
         "Coding again leaves it as it is. Without GUIDE, the only guide of the project is applied "
         "again. Exit 6 when a limit stopped the search in some turn; the turn is named.",
  .examples = examples,
  .needs = ATTEST_NEEDS_WRITE,
  .max_args = G_MAXUINT,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};

/* --- guide remove --------------------------------------------------------------------------- */

/* Whether a source is named, or none is. */
static gboolean
is_named (const AttestInvocation *inv, const char *source)
{
  for (guint i = 0; i < inv->n_args; i++)
    if (strcmp (inv->args[i], source) == 0)
      return TRUE;
  return inv->n_args == 0;
}

static gboolean
release (AttestInvocation *inv, GPtrArray *sources, guint *out_n, GError **error)
{
  for (guint i = 0; i < sources->len; i++)
    {
      const AttestGuideSource *source = g_ptr_array_index (sources, i);

      if (source->guide == NULL || !is_named (inv, source->source))
        continue;
      if (!attest_store_release_source (inv->store, source->source, error))
        return FALSE;
      ++*out_n;
    }
  return TRUE;
}

static gboolean
run_remove (AttestInvocation *inv, GError **error)
{
  g_autoptr (GPtrArray) sources = attest_store_list_guide_sources (inv->store, error);
  g_autofree char *count = NULL;
  g_autofree char *named = inv->n_args > 0 ? g_strjoinv (", ", inv->args) : g_strdup ("all");
  guint n = 0;

  for (guint i = 0; sources != NULL && i < inv->n_args; i++)
    {
      g_autoptr (AttestSourceInfo) info = attest_store_get_source (inv->store, inv->args[i], error);

      if (info == NULL)
        return FALSE;
    }
  if (sources == NULL || !attest_store_begin (inv->store, error))
    return FALSE;
  if (!attest_store_track_changes (inv->store, error) || !release (inv, sources, &n, error)
      || !attest_store_commit (inv->store,
                               attest_cli_get_coder (((RemoveOptions *)inv->opts)->coder),
                               "guide remove", named, error))
    {
      attest_store_rollback (inv->store);
      return FALSE;
    }
  count = attest_report_dup_count (n, "source", NULL);
  fprintf (inv->out, "%s taken out of a guide\n", count);
  return TRUE;
}

static const AttestExampleLine remove_examples[]
    = { { "guide remove 12-focus-group", "it was not held by a guide" }, { NULL } };

const AttestCommand attest_cmd_guide_remove = {
  .name = "guide remove",
  .group = "guide",
  .synopsis = "[SOURCE…]",
  .summary = "Take sources out of their guides",
  .doc
  = "The sources that are named, or all, have no guide from now on, and what one found in them "
    "is dropped. The text of the guide stays in the project.",
  .examples = remove_examples,
  .needs = ATTEST_NEEDS_WRITE,
  .max_args = G_MAXUINT,
  .opts_size = sizeof (RemoveOptions),
  .options = remove_options,
  .run = run_remove,
};
