/* guide show: the guides of a project, and the turns that ask. */
#include "cli/attest-cli-commands.h"
#include "cli/attest-cli-guide.h"
#include "report/attest-report.h"
#include "util/attest-json.h"
#include "util/attest-text.h"

#include <string.h>

typedef struct
{
  char *source, *format;
} Options;

static const AttestOption options[]
    = { { "source", 's', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, source), "SOURCE",
          "Only turns of this source", "The questions are counted in all.", NULL },
        { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
          "How to print it",
          "table for people, json for programs; csv has the turns that ask, a line each.",
          attest_list_formats },
        { NULL } };

/* --- turns ---------------------------------------------------------------------------------- */

/* The turns that ask, with the document of the one at hand. */
typedef struct
{
  AttestInvocation *inv;
  GPtrArray *turns; /* of AttestQuestionTurn */
  AttestDocument *doc;
  AttestCharMap *map;
  char *source; /* whose document it is */
} Turns;

static void
turns_clear (Turns *turns)
{
  g_clear_pointer (&turns->turns, g_ptr_array_unref);
  g_clear_pointer (&turns->doc, attest_document_free);
  g_clear_pointer (&turns->map, attest_char_map_free);
  g_clear_pointer (&turns->source, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Turns, turns_clear)

/* Loads the document of a turn; NULL with @error. */
static const AttestTurn *
look_up (Turns *turns, const AttestQuestionTurn *turn, GError **error)
{
  if (g_strcmp0 (turns->source, turn->source) != 0)
    {
      GPtrArray *list = g_steal_pointer (&turns->turns);

      turns_clear (turns);
      turns->turns = list;
      turns->doc = attest_store_get_document (turns->inv->store, turn->source, error);
      if (turns->doc == NULL)
        return NULL;
      turns->map = attest_char_map_new (turns->doc->text, turns->doc->length_bytes);
      turns->source = g_strdup (turn->source);
    }
  if (turn->turn >= turns->doc->turns->len)
    return attest_throw_null (error, ATTEST_ERROR_STORE, "%s: is damaged: run 'attest rebuild'",
                              attest_store_get_path (turns->inv->store));
  return attest_document_turn (turns->doc, turn->turn);
}

typedef enum
{
  ALL,
  SEVERAL,
  NONE,
} Kind;

/* NULL with @error. */
static AttestTable *
turns_table (Turns *turns, Kind kind, const char *title, GError **error)
{
  g_autoptr (AttestTable) table = attest_table_new (title, NULL);

  attest_table_add_column (table, "source", "source", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "turn", "turn", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "lang", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "questions", "questions", ATTEST_COLUMN_LIST,
                           kind == NONE ? ATTEST_COLUMN_MACHINE : ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "start", "", ATTEST_COLUMN_INT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "end", "", ATTEST_COLUMN_INT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "text", "what was said", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  for (guint i = 0; i < turns->turns->len; i++)
    {
      const AttestQuestionTurn *turn = g_ptr_array_index (turns->turns, i);
      guint n = g_strv_length (turn->questions);
      const AttestTurn *said = look_up (turns, turn, error);

      if (said == NULL)
        return NULL;
      if ((kind == SEVERAL && n < 2) || (kind == NONE && n > 0))
        continue;
      g_autofree char *text
          = g_strndup (turns->doc->text + said->start_byte, said->end_byte - said->start_byte);
      attest_table_add_text (table, turn->source);
      attest_table_add_int (table, turn->turn);
      attest_table_add_text (table, said->lang);
      attest_table_add_list (table, (const char *const *)turn->questions);
      attest_table_add_int (table, (gint64)attest_char_map_to_char (turns->map, turn->start_byte));
      attest_table_add_int (table, (gint64)attest_char_map_to_char (turns->map, turn->end_byte));
      attest_table_add_text (table, text);
    }
  return g_steal_pointer (&table);
}

/* --- guides --------------------------------------------------------------------------------- */

static AttestTable *
questions_table (const AttestGuideInfo *info)
{
  g_autofree char *sources
      = attest_report_dup_count (g_strv_length (info->sources), "source", NULL);
  g_autofree char *title
      = g_strdup_printf ("Guide %s%s%s%s%s", info->name, info->version != NULL ? " " : "",
                         info->version != NULL ? info->version : "",
                         info->title != NULL ? ": " : "", info->title != NULL ? info->title : "");
  g_autofree char *note = g_strdup_printf (
      "For %s. turns: interviewers' turns that ask the question; sources in which they are; "
      "respondents who answered. sha256 %.8s",
      sources, info->sha256);
  AttestTable *table = attest_table_new (title, note);
  const char *section = NULL;

  attest_table_add_column (table, "section", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "question", "question", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "text", "text", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  attest_table_add_column (table, "asked", "asks about", ATTEST_COLUMN_LIST, ATTEST_COLUMN_WRAP);
  attest_table_add_column (table, "langs", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "turns", "turns", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "sources", "sources", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "respondents", "respondents", ATTEST_COLUMN_INT,
                           ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "incomplete", "", ATTEST_COLUMN_INT, ATTEST_COLUMN_MACHINE);
  for (guint i = 0; i < info->questions->len; i++)
    {
      const AttestGuideQuestionInfo *question
          = &g_array_index (info->questions, AttestGuideQuestionInfo, i);

      if (question->section != NULL && g_strcmp0 (question->section, section) != 0)
        attest_table_begin_section (table, question->section);
      section = question->section;
      attest_table_add_text (table, question->section);
      attest_table_add_text (table, question->question);
      attest_table_add_text (table, question->text);
      attest_table_add_list (table, (const char *const *)question->codes);
      attest_table_add_text (table, question->langs);
      attest_table_add_int (table, question->turns);
      attest_table_add_int (table, question->sources);
      attest_table_add_int (table, question->respondents);
      attest_table_add_int (table, question->incomplete);
    }
  return table;
}

static void
write_strings (AttestJson *json, const char *key, char **strings)
{
  attest_json_key (json, key);
  attest_json_begin_array (json);
  for (; *strings != NULL; strings++)
    attest_json_string (json, *strings);
  attest_json_end_array (json);
}

static void
write_json (AttestInvocation *inv, GPtrArray *guides, const AttestTable *turns)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (AttestJson) json = attest_json_new (text, TRUE);

  attest_json_begin_object (json);
  attest_json_member_int (json, "format", 1);
  attest_json_key (json, "guides");
  attest_json_begin_array (json);
  for (guint i = 0; i < guides->len; i++)
    {
      const AttestGuideInfo *info = g_ptr_array_index (guides, i);
      g_autoptr (AttestTable) questions = questions_table (info);

      attest_json_begin_object (json);
      attest_json_member_string (json, "id", info->name);
      attest_json_member_string (json, "version", info->version);
      attest_json_member_string (json, "title", info->title);
      attest_json_member_string (json, "sha256", info->sha256);
      attest_json_member_string (json, "applied_at", info->applied_at);
      write_strings (json, "sources", info->sources);
      attest_json_key (json, "questions");
      attest_table_write_json (questions, json);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
  attest_json_key (json, "turns");
  attest_table_write_json (turns, json);
  attest_json_end_object (json);
  fprintf (inv->out, "%s\n", text->str);
}

static void
write_table (AttestInvocation *inv, const AttestTable *table)
{
  g_autoptr (GString) out = g_string_new (NULL);

  attest_table_write_text (table, out, inv->columns, inv->color);
  fwrite (out->str, 1, out->len, inv->out);
}

/* Sources that were not looked at, by no guide or as they were before. */
static gboolean
write_not_aligned (AttestInvocation *inv, GError **error)
{
  g_autoptr (GPtrArray) sources = attest_store_list_guide_sources (inv->store, error);
  g_autoptr (GString) without = g_string_new (NULL);

  if (sources == NULL)
    return FALSE;
  for (guint i = 0; i < sources->len; i++)
    {
      const AttestGuideSource *source = g_ptr_array_index (sources, i);

      if (source->guide == NULL || !source->is_aligned)
        g_string_append_printf (without, "%s%s", without->len > 0 ? ", " : "", source->source);
    }
  if (without->len > 0)
    fprintf (inv->out, "\nNot aligned with a guide ('attest guide apply' does it): %s\n",
             without->str);
  return TRUE;
}

static gboolean
write_text (AttestInvocation *inv, GPtrArray *guides, Turns *turns, GError **error)
{
  static const struct
  {
    Kind kind;
    const char *title;
  } lists[] = { { SEVERAL, "Turns that several questions claim" },
                { NONE, "Turns that ask something that is no question of the guide" } };

  for (guint i = 0; i < guides->len; i++)
    {
      g_autoptr (AttestTable) table = questions_table (g_ptr_array_index (guides, i));

      if (i > 0)
        fputc ('\n', inv->out);
      write_table (inv, table);
    }
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (AttestTable) table = turns_table (turns, lists[i].kind, lists[i].title, error);

      if (table == NULL)
        return FALSE;
      if (attest_table_n_rows (table) == 0)
        continue;
      fputc ('\n', inv->out);
      write_table (inv, table);
    }
  return write_not_aligned (inv, error);
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  g_autoptr (GPtrArray) guides = attest_store_list_guides (inv->store, error);
  g_auto (Turns) turns = { .inv = inv };
  g_autoptr (AttestTable) all = NULL;

  if (guides == NULL)
    return FALSE;
  if (guides->len == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "no guide in %s: apply one first, 'attest guide apply GUIDE'",
                         attest_store_get_path (inv->store));
  if (opts->source != NULL)
    {
      g_autoptr (AttestSourceInfo) info = attest_store_get_source (inv->store, opts->source, error);

      if (info == NULL)
        return FALSE;
    }
  turns.turns = attest_store_list_question_turns (inv->store, opts->source, error);
  if (turns.turns == NULL)
    return FALSE;
  if (opts->format == NULL || strcmp (opts->format, "table") == 0)
    return write_text (inv, guides, &turns, error);
  all = turns_table (&turns, ALL, NULL, error);
  if (all == NULL)
    return FALSE;
  if (strcmp (opts->format, "json") == 0)
    write_json (inv, guides, all);
  else
    attest_cli_write_table (inv, all, opts->format);
  return TRUE;
}

static const AttestExampleLine examples[]
    = { { "guide show", "how often each question was asked, and what else was asked" },
        { "guide show --source 12-focus-group --format csv", "the turns that ask, for programs" },
        { NULL } };

const AttestCommand attest_cmd_guide_show = {
  .name = "guide show",
  .group = "guide",
  .synopsis = "",
  .summary = "Show the guides, and which turns ask what",
  .doc = "For each question of the guides that were applied: the codes that it asks about, how "
         "many turns of interviewers ask it, in how many sources, and how many respondents "
         "answered. Then the turns that more than one question claims, and those that ask "
         "something that no question of the guide claims: a follow-up, or a question whose "
         "patterns do not know how it was put. What an interviewer says in fewer than 8 words and "
         "without a question mark, and no question claims, is taken for a nod and left out.\n\n"
         "Change the patterns in the guide and apply it again until the lists say what you mean.",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
