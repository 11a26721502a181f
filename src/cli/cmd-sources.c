/* What a project holds: sources, and the turns and the text of one. */
#include "cli/attest-cli-commands.h"

#include <string.h>

typedef struct
{
  char *format;
} Options;

static const AttestOption options[]
    = { { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
          "How to print it", "table for people, csv and json for programs.", attest_list_formats },
        { NULL } };

static gboolean
run_sources (AttestInvocation *inv, GError **error)
{
  g_autoptr (GPtrArray) sources = attest_store_list_sources (inv->store, error);
  g_autoptr (AttestTable) table = attest_table_new (NULL, NULL);

  if (sources == NULL)
    return FALSE;
  attest_table_add_column (table, "label", "source", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "kind", "kind", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "path", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "reader", "reader", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "sha256", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "text_sha256", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "version", "version", ATTEST_COLUMN_INT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "words", "words", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "turns", "turns", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "respondents", "respondents", ATTEST_COLUMN_LIST,
                           ATTEST_COLUMN_WRAP);
  attest_table_add_column (table, "coded_words", "coded words", ATTEST_COLUMN_INT,
                           ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "status", "status", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  for (guint i = 0; i < sources->len; i++)
    {
      const AttestSourceInfo *info = g_ptr_array_index (sources, i);

      attest_table_add_text (table, info->label);
      attest_table_add_text (table, attest_source_kind_to_string (info->kind));
      attest_table_add_text (table, info->path);
      attest_table_add_text (table, info->reader);
      attest_table_add_text (table, info->sha256);
      attest_table_add_text (table, info->text_sha256);
      attest_table_add_int (table, info->version);
      attest_table_add_int (table, info->words);
      attest_table_add_int (table, info->turns);
      attest_table_add_list (table, (const char *const *)info->respondents);
      attest_table_add_int (table, info->coded_words);
      attest_table_add_text (table, attest_source_status_to_string (info->status));
    }
  attest_cli_write_table (inv, table, ((Options *)inv->opts)->format);
  return TRUE;
}

static gboolean
run_turns (AttestInvocation *inv, GError **error)
{
  g_autoptr (AttestDocument) doc = attest_store_get_document (inv->store, inv->args[0], error);
  g_autoptr (GPtrArray) questions = NULL;
  g_autoptr (AttestTable) table = NULL;
  const char *format = ((Options *)inv->opts)->format;
  gboolean for_people = format == NULL || strcmp (format, "table") == 0;

  if (doc == NULL)
    return FALSE;
  questions = attest_store_list_question_turns (inv->store, inv->args[0], error);
  if (questions == NULL)
    return FALSE;
  table = attest_cli_turns_table (doc, for_people && questions->len == 0 ? NULL : questions,
                                  for_people);
  attest_cli_write_table (inv, table, format);
  if (for_people)
    for (guint i = 0; i < doc->speakers->len; i++)
      {
        const AttestSpeaker *speaker = attest_document_speaker (doc, i);

        fprintf (inv->out, "%s: %s (%s)\n", speaker->label, attest_role_to_string (speaker->role),
                 speaker->role_reason);
      }
  return TRUE;
}

static gboolean
run_text (AttestInvocation *inv, GError **error)
{
  g_autoptr (AttestDocument) doc = attest_store_get_document (inv->store, inv->args[0], error);

  if (doc == NULL)
    return FALSE;
  fwrite (doc->text, 1, doc->length_bytes, inv->out);
  return TRUE;
}

static const AttestExampleLine sources_examples[] = { { "sources", NULL }, { NULL } };

static const AttestExampleLine turns_examples[]
    = { { "turns 01-migration-service", "who speaks, in which role and why" }, { NULL } };

static const AttestExampleLine text_examples[]
    = { { "text 01-migration-service > interview.txt", "the text as attest sees it" }, { NULL } };

const AttestCommand attest_cmd_sources = {
  .name = "sources",
  .group = "material",
  .synopsis = "",
  .summary = "List the transcripts of the project",
  .doc = "One line a source: kind, words of its turns, turns and respondents.",
  .examples = sources_examples,
  .needs = ATTEST_NEEDS_READ,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run_sources,
};

const AttestCommand attest_cmd_turns = {
  .name = "turns",
  .group = "material",
  .synopsis = "SOURCE",
  .summary = "List who speaks when in a source",
  .doc
  = "Positions are code points into the text, half-open. Where a guide was applied (attest guide "
    "apply), a turn of an interviewer that asks has its questions, or none of the guide. The "
    "table ends with the role of each speaker and why it was given.",
  .examples = turns_examples,
  .needs = ATTEST_NEEDS_READ,
  .min_args = 1,
  .max_args = 1,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run_turns,
};

const AttestCommand attest_cmd_text = {
  .name = "text",
  .group = "material",
  .synopsis = "SOURCE",
  .summary = "Print the text of a source",
  .doc = "The text into which all positions point.",
  .examples = text_examples,
  .needs = ATTEST_NEEDS_READ,
  .min_args = 1,
  .max_args = 1,
  .opts_size = 0,
  .run = run_text,
};
