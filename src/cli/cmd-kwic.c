/* Keyword in context: a pattern over what was said, its matches under each other. */
#include "cli/attest-cli-disclosure.h"
#include "cli/attest-cli-report.h"
#include "pattern/attest-pattern.h"
#include "report/attest-kwic.h"

#include <string.h>

typedef struct
{
  int context;
  char *source;
  gboolean all_roles;
  char *format;
  AttestDisclosureFlags disclosure;
} Options;

static const AttestOption options[]
    = { { "context", 'n', ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, context), "N",
          "Characters on each side",
          "Without it: what fits the terminal, else 40. Context never leaves the turn.", NULL },
        { "source", 's', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, source), "SOURCE",
          "Only this source", "A label of 'attest sources'.", NULL },
        { "all-roles", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, all_roles), NULL,
          "Search what interviewers say, too",
          "Otherwise only respondents and others are searched.", NULL },
        { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
          "How to print it", "table for people, csv and json for programs.", attest_list_formats },
        ATTEST_OPTIONS_DISCLOSURE (Options),
        { NULL } };

typedef enum
{
  FORMAT_TABLE,
  FORMAT_CSV,
  FORMAT_JSON,
} Format;

typedef struct
{
  AttestInvocation *inv;
  const Options *opts;
  Format format;
  AttestKwicLayout layout;
  AttestPattern *pattern;
  AttestMatcher *matcher;
  AttestOutput *output;
  AttestJson *json;
  guint64 n_matches, n_turns, n_sources; /* found so far */
  AttestDisclosure *disclosure;          /* (nullable) */
  guint64 n_withheld;                    /* turns that were not searched */
} Search;

static void
search_clear (Search *search)
{
  g_clear_pointer (&search->json, attest_json_free);
  g_clear_pointer (&search->disclosure, attest_disclosure_free);
  g_clear_pointer (&search->output, attest_output_free);
  g_clear_pointer (&search->matcher, attest_matcher_free);
  g_clear_pointer (&search->pattern, attest_pattern_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

static guint
label_columns (const char *label)
{
  g_autofree char *printable = attest_text_printable (label, strlen (label), 0);

  return (guint)attest_text_columns (printable, strlen (printable));
}

/* On a terminal the source stands above its matches, in a pipe in each line, for grep. */
static void
append_source (const Search *search, const char *label)
{
  g_autofree char *printable = attest_text_printable (label, strlen (label), 0);

  g_string_append_printf (attest_output_get_buffer (search->output), "%s%s%s%s\n",
                          search->n_matches > 0 ? "\n" : "", search->layout.color ? "\033[1m" : "",
                          printable, search->layout.color ? "\033[0m" : "");
}

static void
append_match (Search *search, const AttestKwicMatch *match, gboolean is_first_of_source)
{
  GString *out = attest_output_get_buffer (search->output);

  if (search->format == FORMAT_CSV)
    attest_kwic_append_csv (match, search->layout.context, out);
  else if (search->format == FORMAT_JSON)
    attest_kwic_write_json (match, search->layout.context, search->json);
  else
    {
      if (is_first_of_source && search->layout.columns > 0)
        append_source (search, match->source);
      attest_kwic_append_line (match, &search->layout, out);
    }
}

/* @match: with the source and the turn to search; adds what it finds to *@n_of_source. */
static gboolean
search_turn (Search *search, AttestKwicMatch match, guint64 *n_of_source, GError **error)
{
  const AttestTurn *turn = attest_document_turn (match.doc, match.turn);
  gsize length_bytes = turn->end_byte - turn->start_byte;
  /* So that a line break in a paragraph is a space, as for the rules of a codebook. */
  g_autofree char *text
      = attest_text_dup_unwrapped (match.doc->text + turn->start_byte, length_bytes);
  guint64 n_before = *n_of_source;
  gsize start = 0, end = 0;
  const char *reason = NULL;
  AttestMatchResult result;

  while ((result = attest_matcher_find (search->matcher, search->pattern, text, length_bytes, end,
                                        &start, &end, &reason))
         == ATTEST_MATCH_FOUND)
    {
      match.start_byte = turn->start_byte + start;
      match.end_byte = turn->start_byte + end;
      append_match (search, &match, *n_of_source == 0);
      (*n_of_source)++;
      search->n_matches++;
      if (!attest_output_step (search->output, error))
        return FALSE;
    }
  search->n_turns += *n_of_source > n_before;
  if (result == ATTEST_MATCH_LIMIT)
    {
      attest_cli_complain (search->inv, "%s ¶%u: not searched to the end: %s", match.source,
                           match.turn, reason);
      search->inv->exit = ATTEST_EXIT_LIMIT;
    }
  return TRUE;
}

static gboolean
search_source (Search *search, const char *label, GError **error)
{
  g_autoptr (AttestDocument) doc = attest_store_get_document (search->inv->store, label, error);
  g_autoptr (AttestCharMap) map = NULL;
  guint64 n_of_source = 0;

  if (doc == NULL)
    return FALSE;
  search->n_withheld += attest_disclosure_mask_document (search->disclosure, label, doc);
  map = attest_char_map_new (doc->text, doc->length_bytes);
  for (guint i = 0; i < doc->turns->len; i++)
    {
      AttestKwicMatch match = { .source = attest_disclosure_get_source (search->disclosure, label),
                                .doc = doc,
                                .map = map,
                                .turn = i,
                                .without_place = attest_disclosure_is_public (search->disclosure) };

      if (!search->opts->all_roles && attest_document_turn_role (doc, i) == ATTEST_ROLE_INTERVIEWER)
        continue;
      if (!search_turn (search, match, &n_of_source, error))
        return FALSE;
    }
  search->n_sources += n_of_source > 0;
  return TRUE;
}

static gboolean
search_all (Search *search, GError **error)
{
  g_autoptr (GPtrArray) sources = NULL;

  if (search->opts->source != NULL)
    {
      search->layout.label_columns = label_columns (search->opts->source);
      return search_source (search, search->opts->source, error);
    }
  sources = attest_store_list_sources (search->inv->store, error);
  if (sources == NULL)
    return FALSE;
  for (guint i = 0; i < sources->len; i++)
    {
      const AttestSourceInfo *info = g_ptr_array_index (sources, i);

      search->layout.label_columns
          = MAX (search->layout.label_columns,
                 label_columns (attest_disclosure_get_source (search->disclosure, info->label)));
    }
  for (guint i = 0; i < sources->len; i++)
    {
      const AttestSourceInfo *info = g_ptr_array_index (sources, i);

      if (!search_source (search, info->label, error))
        return FALSE;
    }
  return TRUE;
}

/* The pattern with a caret below the place that is wrong. */
static AttestPattern *
compile (const char *text, GError **error)
{
  g_autoptr (GError) inner = NULL;
  gsize error_byte = 0;
  AttestPattern *pattern = NULL;
  gsize columns;

  if (!g_utf8_validate (text, -1, NULL))
    return attest_throw_null (error, ATTEST_ERROR_USAGE, "the pattern is not valid UTF-8");
  if (*text == '\0')
    return attest_throw_null (error, ATTEST_ERROR_USAGE, "the pattern is empty");
  pattern = attest_pattern_new (text, ATTEST_PATTERN_PLAIN, &error_byte, &inner);
  if (pattern != NULL)
    return pattern;
  columns = attest_text_columns (text, MIN (error_byte, strlen (text)));
  return attest_throw_null (error, ATTEST_ERROR_USAGE, "the pattern is wrong: %s\n  %s\n  %*s^",
                            inner->message, text, (int)columns, "");
}

static void
append_summary (const Search *search)
{
  GString *out = attest_output_get_buffer (search->output);

  g_string_append_printf (out,
                          "%s%" G_GUINT64_FORMAT " match%s in %" G_GUINT64_FORMAT
                          " turn%s of %" G_GUINT64_FORMAT " source%s\n",
                          search->n_matches > 0 ? "\n" : "", search->n_matches,
                          search->n_matches == 1 ? "" : "es", search->n_turns,
                          search->n_turns == 1 ? "" : "s", search->n_sources,
                          search->n_sources == 1 ? "" : "s");
  if (search->n_withheld > 0)
    g_string_append_printf (out,
                            "Not searched: %" G_GUINT64_FORMAT
                            " turns of those who did not consent to be quoted word for word\n",
                            search->n_withheld);
}

static void
begin (Search *search)
{
  GString *out = attest_output_get_buffer (search->output);

  if (search->format == FORMAT_CSV)
    attest_kwic_append_csv_header (out);
  if (search->format != FORMAT_JSON)
    return;
  search->json = attest_json_new (out, TRUE);
  attest_json_begin_array (search->json);
}

static void
end (Search *search)
{
  if (search->format == FORMAT_TABLE)
    append_summary (search);
  if (search->format != FORMAT_JSON)
    return;
  attest_json_end_array (search->json);
  g_string_append_c (attest_output_get_buffer (search->output), '\n');
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  g_auto (Search) search = { .inv = inv,
                             .opts = opts,
                             .layout = { (guint)opts->context, inv->columns, 0, inv->color } };

  search.format = g_strcmp0 (opts->format, "csv") == 0    ? FORMAT_CSV
                  : g_strcmp0 (opts->format, "json") == 0 ? FORMAT_JSON
                                                          : FORMAT_TABLE;
  search.pattern = compile (inv->args[0], error);
  if (search.pattern == NULL
      || !attest_cli_open_disclosure (inv, &opts->disclosure, NULL, NULL, &search.disclosure,
                                      error))
    return FALSE;
  search.matcher = attest_matcher_new ();
  search.output = attest_output_new_stream (inv->out);
  begin (&search);
  if (!search_all (&search, error))
    return FALSE;
  end (&search);
  return attest_output_close (search.output, error);
}

static const AttestExampleLine examples[]
    = { { "kwic 'train(ed|ing)'", "each place with what stands around it" },
        { "kwic 'женщин\\w*' --context 60 --format csv", NULL },
        { "kwic changed --public", "only what may be published" },
        { NULL } };

const AttestCommand attest_cmd_kwic = {
  .name = "kwic",
  .group = "code",
  .synopsis = "PATTERN",
  .summary = "Search what was said, and show each match in its context",
  .doc = "PATTERN is a regular expression of PCRE2, as in a codebook: case does not matter, a line "
         "break inside a paragraph is a space. Use it to try a rule before it is written. What "
         "interviewers say is not searched unless --all-roles is given.\n\n"
         "A turn that a limit stopped is named, and the exit status is 6: it says nothing about "
         "what else the turn holds.",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .min_args = 1,
  .max_args = 1,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
