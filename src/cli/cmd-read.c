#include "cli/attest-cli-coding.h"
#include "cli/attest-cli-commands.h"
#include "cli/attest-cli-explain.h"
#include "cli/attest-cli-inputs.h"
#include "util/attest-json.h"
#include "util/attest-text.h"

typedef struct
{
  char *format;
  char *encoding;
  char **interviewers;
  char **map;
  gboolean explain;
} Options;

static const char *const formats[] = { "text", "json", NULL };

static const AttestOption options[] = {
  { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
    "How to print it", "text prints the text, nothing else; json also turns and metadata.",
    formats },
  { "encoding", 'e', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, encoding), "NAME",
    "Encoding of the file", "Without it, the encoding is found or guessed.", NULL },
  { "interviewer", 'i', ATTEST_OPT_STRINGS, G_STRUCT_OFFSET (Options, interviewers), "LABEL",
    "Label of an interviewer, may be repeated",
    "Otherwise roles are found from the labels, the header and the questions asked.", NULL },
  ATTEST_CLI_OPTION_MAP (Options),
  { "explain", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, explain), NULL,
    "Say how the file was read, and why",
    "Prints, instead of the text, which reader took the file and what each of the others bid, "
    "the encoding, how turns, speakers and roles were found, and all warnings. For people: "
    "its form may change.",
    NULL },
  { NULL }
};

static const AttestExampleLine examples[]
    = { { "read interview.txt --format json", "turns with speakers, roles, times and positions" },
        { "read interview.txt --explain", "which reader, encoding, labels and roles, and why" },
        { NULL } };

/* @turns: (nullable) those that ask, by turn; *next: the first that is not written yet. */
static void
add_questions (AttestTable *table, GPtrArray *turns, guint *next, guint turn, gboolean for_people)
{
  static const char *const none[] = { "(none of the guide)", NULL };
  const AttestQuestionTurn *asking = *next < turns->len ? g_ptr_array_index (turns, *next) : NULL;

  if (asking == NULL || asking->turn != turn)
    {
      attest_table_add_null (table);
      return;
    }
  ++*next;
  attest_table_add_list (table, asking->questions[0] == NULL && for_people
                                    ? none
                                    : (const char *const *)asking->questions);
}

AttestTable *
attest_cli_turns_table (const AttestDocument *doc, GPtrArray *questions, gboolean for_people)
{
  guint next = 0;
  AttestTable *table = attest_table_new (NULL, NULL);
  g_autoptr (AttestCharMap) map = attest_char_map_new (doc->text, doc->length_bytes);

  attest_table_add_column (table, "n", "turn", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "speaker", "speaker", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "role", "role", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "start", "start", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "end", "end", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "start_byte", "", ATTEST_COLUMN_INT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "end_byte", "", ATTEST_COLUMN_INT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "start_ms", "from", ATTEST_COLUMN_TIME, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "end_ms", "to", ATTEST_COLUMN_TIME, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "lang", "language", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  if (questions != NULL)
    attest_table_add_column (table, "questions", "asks", ATTEST_COLUMN_LIST, ATTEST_COLUMN_PLAIN);
  for (guint i = 0; i < doc->turns->len; i++)
    {
      const AttestTurn *turn = attest_document_turn (doc, i);

      attest_table_add_int (table, i);
      attest_table_add_text (table, attest_document_turn_label (doc, i));
      attest_table_add_text (table, attest_role_to_string (attest_document_turn_role (doc, i)));
      attest_table_add_int (table, (gint64)attest_char_map_to_char (map, turn->start_byte));
      attest_table_add_int (table, (gint64)attest_char_map_to_char (map, turn->end_byte));
      attest_table_add_int (table, (gint64)turn->start_byte);
      attest_table_add_int (table, (gint64)turn->end_byte);
      for (guint k = 0; k < 2; k++)
        {
          gint64 time_ms = k == 0 ? turn->start_ms : turn->end_ms;

          if (time_ms < 0)
            attest_table_add_null (table);
          else
            attest_table_add_int (table, time_ms);
        }
      attest_table_add_text (table, turn->lang);
      if (questions != NULL)
        add_questions (table, questions, &next, i, for_people);
    }
  return table;
}

static void
write_json (const AttestDocument *doc, FILE *out)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (AttestJson) json = attest_json_new (text, TRUE);
  g_autoptr (AttestTable) turns = attest_cli_turns_table (doc, NULL, FALSE);

  attest_json_begin_object (json);
  attest_json_member_int (json, "format", 1);
  attest_json_member_string (json, "path", doc->path);
  attest_json_member_string (json, "reader", doc->reader);
  attest_json_member_string (json, "encoding", doc->encoding);
  attest_json_member_string (json, "sha256", doc->sha256);
  attest_json_member_string (json, "text_sha256", doc->text_sha256);
  attest_json_member_int (json, "characters", doc->characters);
  attest_json_member_int (json, "words", doc->words);
  attest_json_member_string (json, "text", doc->text);
  attest_json_key (json, "metadata");
  attest_json_begin_object (json);
  for (guint i = 0; i < doc->metadata->len; i++)
    {
      const AttestMetadata *pair = &g_array_index (doc->metadata, AttestMetadata, i);

      attest_json_member_string (json, pair->key, pair->value);
    }
  attest_json_end_object (json);
  attest_json_key (json, "turns");
  attest_table_write_json (turns, json);
  attest_json_key (json, "warnings");
  attest_json_begin_array (json);
  for (guint i = 0; i < doc->warnings->len; i++)
    {
      const AttestWarning *warning = &g_array_index (doc->warnings, AttestWarning, i);

      attest_json_begin_object (json);
      if (warning->line > 0)
        attest_json_member_int (json, "line", warning->line);
      else
        attest_json_member_null (json, "line");
      attest_json_member_string (json, "message", warning->message);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
  attest_json_end_object (json);
  fprintf (out, "%s\n", text->str);
}

static void
assign_languages (AttestInvocation *inv, AttestDocument *doc)
{
  AttestCliGuessers guessers;

  attest_cli_guessers_init (&guessers, inv, 1);
  attest_languages_assign (doc, guessers.guessers[0], NULL);
  attest_cli_guessers_clear (&guessers);
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  Options *opts = inv->opts;
  AttestReadOptions read_options = { .encoding = opts->encoding,
                                     .interviewers = (const char *const *)opts->interviewers,
                                     .map = (const char *const *)opts->map };
  g_autoptr (AttestInput) input = NULL;
  g_autoptr (AttestDocument) doc = NULL;

  if (opts->explain && opts->format != NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--explain is for people and has no --format: give one of them");
  input = attest_cli_input_load (inv->args[0], error);
  if (input == NULL)
    return FALSE;
  if (opts->explain && g_bytes_get_size (input->bytes) > 0)
    attest_cli_explain_bids (inv, input->path, input->bytes);
  doc = attest_input_read (input, &read_options, error);
  if (doc == NULL)
    return FALSE;
  if (opts->explain)
    attest_cli_explain_document (inv, doc);
  else if (g_strcmp0 (opts->format, "json") == 0)
    {
      assign_languages (inv, doc);
      write_json (doc, inv->out);
    }
  else
    {
      attest_cli_complain_warnings (inv, doc);
      fwrite (doc->text, 1, doc->length_bytes, inv->out);
    }
  return TRUE;
}

const AttestCommand attest_cmd_read = {
  .name = "read",
  .group = "direct",
  .synopsis = "FILE",
  .summary = "Print a transcript as text or JSON",
  .doc = "Reads one transcript without a project and prints its text, or its turns, metadata and "
         "warnings as JSON. FILE may be - for standard input.",
  .examples = examples,
  .needs = ATTEST_NEEDS_NOTHING,
  .min_args = 1,
  .max_args = 1,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
