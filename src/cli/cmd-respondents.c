/* Who is behind the speakers: list, and import from a CSV file. */
#include "cli/attest-cli-disclosure.h"
#include "cli/attest-cli-report.h"
#include "cli/attest-cli-review.h"
#include "report/attest-segment-facts.h"
#include "util/attest-csv.h"

#include <string.h>

typedef struct
{
  char *format;
  AttestDisclosureFlags disclosure;
} Options;

static const AttestOption list_options[]
    = { { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
          "How to print it", "table for people, csv and json for programs.", attest_list_formats },
        ATTEST_OPTIONS_DISCLOSURE (Options),
        { NULL } };

typedef struct
{
  char *coder;
} WriteOptions;

static const AttestOption write_options[] = { ATTEST_OPTION_CODER (WriteOptions), { NULL } };

static const char *
get_coder (const AttestInvocation *inv)
{
  return attest_cli_get_coder (((const WriteOptions *)inv->opts)->coder);
}

static void
add_sources (AttestTable *table, const AttestRespondentInfo *info)
{
  g_autoptr (GPtrArray) sources = g_ptr_array_new ();

  for (guint i = 0; i < info->speakers->len; i++)
    {
      char *source = g_array_index (info->speakers, AttestRespondentSpeaker, i).source;

      if (!g_ptr_array_find_with_equal_func (sources, source, g_str_equal, NULL))
        g_ptr_array_add (sources, source);
    }
  g_ptr_array_add (sources, NULL);
  attest_table_add_list (table, (const char *const *)sources->pdata);
}

static int
by_first_cell (gconstpointer a, gconstpointer b, gpointer disclosure)
{
  const AttestRespondentInfo *const *x = a, *const *y = b;

  return strcmp (attest_disclosure_get_respondent (disclosure, (*x)->label),
                 attest_disclosure_get_respondent (disclosure, (*y)->label));
}

/* With pseudonyms, in their order, and the attributes that may be told. */
static void
print_public (AttestInvocation *inv, AttestDisclosure *disclosure, GPtrArray *respondents)
{
  const char *const *names = attest_disclosure_list_attribution (disclosure);
  g_autofree char *rule = attest_disclosure_dup_rule (disclosure);
  g_autoptr (AttestTable) table = attest_table_new (NULL, rule);

  attest_table_add_column (table, "respondent", "respondent", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_PLAIN);
  for (const char *const *name = names; *name != NULL; name++)
    attest_table_add_column (table, *name, *name, ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  g_ptr_array_sort_with_data (respondents, by_first_cell, disclosure);
  for (guint i = 0; i < respondents->len; i++)
    {
      const AttestRespondentInfo *info = g_ptr_array_index (respondents, i);

      attest_table_add_text (table, attest_disclosure_get_respondent (disclosure, info->label));
      for (const char *const *name = names; *name != NULL; name++)
        attest_table_add_text (table,
                               attest_disclosure_get_attribute (disclosure, info->label, *name));
    }
  attest_cli_write_table (inv, table, ((Options *)inv->opts)->format);
}

static gboolean
run_list (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  g_autoptr (AttestDisclosure) disclosure = NULL;
  g_autoptr (GPtrArray) respondents = attest_store_list_respondents (inv->store, error);
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (AttestTable) table = attest_table_new (NULL, NULL);

  if (respondents == NULL
      || !attest_cli_open_disclosure (inv, &opts->disclosure, NULL, NULL, &disclosure, error))
    return FALSE;
  if (disclosure != NULL)
    {
      print_public (inv, disclosure, respondents);
      return TRUE;
    }
  names = attest_respondents_list_attributes (respondents);
  attest_table_add_column (table, "respondent", "respondent", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "sources", "sources", ATTEST_COLUMN_LIST, ATTEST_COLUMN_WRAP);
  attest_table_add_column (table, "turns", "turns", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "words", "words", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  for (guint k = 0; k < names->len; k++)
    {
      const char *name = g_ptr_array_index (names, k);
      gboolean is_group = strcmp (name, ATTEST_ATTRIBUTE_GROUP) == 0;

      attest_table_add_column (table, name, name, ATTEST_COLUMN_TEXT,
                               is_group ? ATTEST_COLUMN_PLAIN : ATTEST_COLUMN_OPTIONAL);
    }
  for (guint i = 0; i < respondents->len; i++)
    {
      const AttestRespondentInfo *info = g_ptr_array_index (respondents, i);

      attest_table_add_text (table, info->label);
      add_sources (table, info);
      attest_table_add_int (table, info->turns);
      attest_table_add_int (table, info->words);
      for (guint k = 0; k < names->len; k++)
        attest_table_add_text (table,
                               attest_respondent_info_get (info, g_ptr_array_index (names, k)));
    }
  attest_cli_write_table (inv, table, ((Options *)inv->opts)->format);
  return TRUE;
}

static const char *
cell (const AttestCsvRow *row, int column)
{
  const char *text = column < 0 ? "" : g_ptr_array_index (row->cells, (guint)column);

  return *text == '\0' ? NULL : text;
}

/* Every column but respondent, source and speaker is an attribute. */
static gboolean
import_rows (AttestStore *store, GPtrArray *csv, GError **error)
{
  const AttestCsvRow *header = g_ptr_array_index (csv, 0);
  int respondent = attest_csv_find_column (header, "respondent");
  int source = attest_csv_find_column (header, "source");
  int speaker = attest_csv_find_column (header, "speaker");
  g_autofree AttestRespondentRow *rows = g_new0 (AttestRespondentRow, csv->len);
  g_autofree AttestAttribute *attributes
      = g_new0 (AttestAttribute, (gsize)csv->len * header->cells->len);
  AttestAttribute *next = attributes;

  if (respondent < 0)
    return attest_throw (error, ATTEST_ERROR_INPUT, "1: a column 'respondent' is needed");
  for (guint i = 1; i < csv->len; i++)
    {
      const AttestCsvRow *record = g_ptr_array_index (csv, i);

      rows[i - 1] = (AttestRespondentRow){ .respondent = cell (record, respondent),
                                           .source = cell (record, source),
                                           .speaker = cell (record, speaker),
                                           .attributes = next,
                                           .line = record->line };
      if (rows[i - 1].respondent == NULL)
        return attest_throw (error, ATTEST_ERROR_INPUT, "%u: the respondent is empty",
                             record->line);
      for (guint k = 0; k < header->cells->len; k++)
        if ((int)k != respondent && (int)k != source && (int)k != speaker)
          *next++ = (AttestAttribute){ g_ptr_array_index (header->cells, k),
                                       g_ptr_array_index (record->cells, k) };
      rows[i - 1].n_attributes = (guint)(next - rows[i - 1].attributes);
    }
  return attest_store_import_respondents (store, rows, csv->len - 1, error);
}

static gboolean
run_import (AttestInvocation *inv, GError **error)
{
  g_autoptr (GPtrArray) csv = attest_csv_read_file (inv->args[0], error);

  if (csv == NULL || !attest_store_begin (inv->store, error))
    return FALSE;
  if (!attest_store_track_changes (inv->store, error) || !import_rows (inv->store, csv, error))
    {
      attest_store_rollback (inv->store);
      g_prefix_error (error, "%s:", inv->args[0]);
      return FALSE;
    }
  if (!attest_store_commit (inv->store, get_coder (inv), "respondents import", inv->args[0], error))
    return FALSE;
  fprintf (inv->out, "%u %s taken\n", csv->len - 1, csv->len == 2 ? "row" : "rows");
  return TRUE;
}

static const AttestExampleLine list_examples[]
    = { { "respondents --format csv", "to fill in and import again" },
        { "respondents --public", "pseudonyms, and what may be told of them" },
        { NULL } };

static const AttestExampleLine import_examples[]
    = { { "respondents import respondents.csv", "columns respondent, source, speaker, group, …" },
        { NULL } };

/* LABEL, then NAME=VALUE…; the part before the first "=" is the name. */
static gboolean
run_set (AttestInvocation *inv, GError **error)
{
  guint n = inv->n_args - 1;
  g_autofree AttestAttribute *attributes = g_new0 (AttestAttribute, n);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  gboolean ok;

  for (guint i = 0; i < n; i++)
    {
      char *equals = strchr (inv->args[i + 1], '=');

      if (equals == NULL || equals == inv->args[i + 1])
        return attest_throw (error, ATTEST_ERROR_USAGE, "'%s' is not NAME=VALUE", inv->args[i + 1]);
      g_ptr_array_add (names, g_strndup (inv->args[i + 1], (gsize)(equals - inv->args[i + 1])));
      attributes[i] = (AttestAttribute){ g_ptr_array_index (names, i), equals + 1 };
    }
  if (!attest_store_begin (inv->store, error))
    return FALSE;
  ok = attest_store_track_changes (inv->store, error)
       && attest_store_set_respondent (inv->store, inv->args[0], attributes, n, error)
       && attest_store_commit (inv->store, get_coder (inv), "respondents set", inv->args[0], error);
  if (!ok)
    attest_store_rollback (inv->store);
  return ok;
}

static const AttestExampleLine set_examples[]
    = { { "respondents set R01 group=Government place=Osh", "two attributes of one respondent" },
        { "respondents set R01 quote=anonymous", "may be quoted without a name" },
        { "respondents set R01 place=", "removes one" },
        { NULL } };

const AttestCommand attest_cmd_respondents = {
  .name = "respondents",
  .group = "material",
  .synopsis = "",
  .summary = "List the respondents and their attributes",
  .doc = "A respondent is the person, or the focus group, behind one or more speakers. Until some "
         "are imported, each speaker who answers is one; an interpreter speaks for the only one of "
         "a source.",
  .examples = list_examples,
  .needs = ATTEST_NEEDS_READ,
  .opts_size = sizeof (Options),
  .options = list_options,
  .run = run_list,
};

const AttestCommand attest_cmd_respondents_import = {
  .name = "respondents import",
  .group = "material",
  .synopsis = "FILE.csv",
  .summary = "Take respondents and attributes from a CSV file",
  .doc = "Columns: respondent (needed), source and speaker (which of the project's speakers he is; "
         "an empty speaker is everybody in the source but interviewers); every other column is an "
         "attribute. The attribute group is the stakeholder group of reports; quote says how the "
         "respondent may be quoted: none, paraphrase, anonymous or attributed, empty when that is "
         "not recorded. All rows are taken, or none.",
  .examples = import_examples,
  .needs = ATTEST_NEEDS_WRITE,
  .min_args = 1,
  .max_args = 1,
  .opts_size = sizeof (WriteOptions),
  .options = write_options,
  .run = run_import,
};

const AttestCommand attest_cmd_respondents_set = {
  .name = "respondents set",
  .group = "material",
  .synopsis = "RESPONDENT NAME=VALUE…",
  .summary = "Set attributes of a respondent",
  .doc = "An empty VALUE removes the attribute. The attribute group is the stakeholder group of "
         "reports; quote is none, paraphrase, anonymous or attributed.",
  .examples = set_examples,
  .needs = ATTEST_NEEDS_WRITE,
  .min_args = 2,
  .max_args = G_MAXUINT,
  .opts_size = sizeof (WriteOptions),
  .options = write_options,
  .run = run_set,
};
