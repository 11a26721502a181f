/* project, project set: what is known of the project and its evaluation. */
#include "cli/attest-cli-commands.h"
#include "cli/attest-cli-ledger.h"
#include "cli/attest-cli-review.h"
#include "store/attest-store-project.h"
#include "util/attest-text.h"

#include <string.h>

typedef struct
{
  gboolean history;
  char *format;
} ShowOptions;

typedef struct
{
  char *lang;
  char *coder;
} SetOptions;

static const AttestOption show_options[]
    = { { "history", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (ShowOptions, history), NULL,
          "Every value ever given", "The oldest first; one that was removed is empty.", NULL },
        { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (ShowOptions, format), "FORMAT",
          "How to print it", "table for people, csv and json for programs.", attest_list_formats },
        { NULL } };

static const AttestOption set_options[]
    = { { "lang", 'l', ATTEST_OPT_STRING, G_STRUCT_OFFSET (SetOptions, lang), "LANG",
          "The language of the values",
          "en, fr, es, ru or another code of ISO 639-1. A brief in that language takes them; "
          "without it, the values are for every language.",
          NULL },
        ATTEST_OPTION_CODER (SetOptions),
        { NULL } };

/* ---- for people ---- */

static void
begin_section (AttestTable *table, const AttestProjectValue *value, const char **section)
{
  const AttestProjectKey *known = attest_project_find_key (value->key);
  const char *now = known == NULL          ? "Of your own"
                    : known->of_evaluation ? "The evaluation"
                                           : "The project";

  if (*section == now)
    return;
  attest_table_begin_section (table, now);
  *section = now;
}

/* Paragraphs and items stand in one cell. */
static char *
dup_value_line (const char *value)
{
  g_auto (GStrv) lines = g_strsplit (value, "\n", -1);
  g_autoptr (GString) out = g_string_new (NULL);

  for (char **line = lines; *line != NULL; line++)
    if (**line != '\0')
      g_string_append_printf (out, "%s%s", out->len > 0 ? "; " : "", *line);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static AttestTable *
values_table (const GPtrArray *values, gboolean for_people)
{
  AttestTable *table = attest_table_new (NULL, NULL);
  const char *section = NULL;

  attest_table_add_column (table, "key", "key", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "lang", "lang", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "value", "value", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  attest_table_add_column (table, "by", "by", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "at", "at", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  for (guint i = 0; i < values->len; i++)
    {
      const AttestProjectValue *value = g_ptr_array_index (values, i);
      g_autofree char *line
          = for_people && value->value != NULL ? dup_value_line (value->value) : NULL;

      if (for_people)
        begin_section (table, value, &section);
      attest_table_add_text (table, value->key);
      attest_table_add_text (table, *value->lang != '\0' ? value->lang : NULL);
      attest_table_add_text (table, for_people ? line : value->value);
      attest_table_add_text (table, value->by);
      attest_table_add_text (table, value->at);
    }
  return table;
}

static void
print_missing (AttestInvocation *inv, const AttestProject *project)
{
  g_autoptr (GString) missing = g_string_new ("not known:");
  guint n = 0;

  for (const AttestProjectKey *key = attest_project_keys (); key->key != NULL; key++)
    if (attest_project_get (project, key->key, NULL) == NULL)
      g_string_append_printf (missing, "%s %s", n++ > 0 ? "," : "", key->key);
  if (n == 0)
    return;
  if (project->values->len > 0)
    fputc ('\n', inv->out);
  {
    g_autoptr (GString) out = g_string_new (NULL);

    attest_text_append_wrapped (out, missing->str, inv->columns);
    fputs (out->str, inv->out);
  }
}

/* ---- for programs ---- */

static void
write_value (const char *key, const char *value, AttestJson *json)
{
  const AttestProjectKey *known = attest_project_find_key (key);

  attest_json_key (json, key);
  if (known == NULL || known->kind != ATTEST_PROJECT_LIST)
    {
      attest_json_string (json, value);
      return;
    }
  g_auto (GStrv) items = g_strsplit (value != NULL ? value : "", "\n", -1);

  attest_json_begin_array (json);
  for (char **item = items; *item != NULL; item++)
    attest_json_string (json, *item);
  attest_json_end_array (json);
}

/* Known keys always, those of no language. */
static void
write_values (const AttestProject *project, AttestJson *json)
{
  attest_json_key (json, "values");
  attest_json_begin_object (json);
  for (const AttestProjectKey *key = attest_project_keys (); key->key != NULL; key++)
    {
      const AttestProjectValue *value = attest_project_find (project, key->key, "");

      write_value (key->key, value != NULL ? value->value : NULL, json);
    }
  for (guint i = 0; i < project->values->len; i++)
    {
      const AttestProjectValue *value = g_ptr_array_index (project->values, i);

      if (*value->lang == '\0' && attest_project_find_key (value->key) == NULL)
        write_value (value->key, value->value, json);
    }
  attest_json_end_object (json);
}

static void
write_translations (const AttestProject *project, AttestJson *json)
{
  attest_json_key (json, "translations");
  attest_json_begin_array (json);
  for (guint i = 0; i < project->values->len; i++)
    {
      const AttestProjectValue *value = g_ptr_array_index (project->values, i);

      if (*value->lang == '\0')
        continue;
      attest_json_begin_object (json);
      attest_json_member_string (json, "lang", value->lang);
      attest_json_member_string (json, "key", value->key);
      attest_json_member_string (json, "value", value->value);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
}

static void
print_json (AttestInvocation *inv, const AttestProject *project)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (AttestJson) json = attest_json_new (out, TRUE);

  attest_json_begin_object (json);
  attest_json_member_int (json, "format", 1);
  write_values (project, json);
  write_translations (project, json);
  attest_json_key (json, "criteria");
  attest_json_begin_array (json);
  for (guint i = 0; i < project->criteria->len; i++)
    attest_cli_write_criterion (g_ptr_array_index (project->criteria, i), json);
  attest_json_end_array (json);
  attest_json_end_object (json);
  g_string_append_c (out, '\n');
  fwrite (out->str, 1, out->len, inv->out);
}

static gboolean
run_show (AttestInvocation *inv, GError **error)
{
  const ShowOptions *opts = inv->opts;
  g_autoptr (AttestProject) project = attest_store_load_project (inv->store, error);
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (AttestTable) table = NULL;
  gboolean for_people = opts->format == NULL || strcmp (opts->format, "table") == 0;

  if (project == NULL)
    return FALSE;
  if (opts->history)
    {
      history = attest_store_list_project_history (inv->store, error);
      if (history == NULL)
        return FALSE;
    }
  else if (g_strcmp0 (opts->format, "json") == 0)
    {
      print_json (inv, project);
      return TRUE;
    }
  table = values_table (opts->history ? history : project->values, for_people && !opts->history);
  if (attest_table_n_rows (table) > 0 || !for_people)
    attest_cli_write_table (inv, table, opts->format);
  if (for_people && !opts->history)
    print_missing (inv, project);
  return TRUE;
}

/* ---- set ---- */

/* The values that are typed for one key: items of a list on lines. NULL: a second value of a key
 * that takes one. */
static char *
join_values (const char *before, const char *value, const char *key, GError **error)
{
  const AttestProjectKey *known = attest_project_find_key (key);
  AttestProjectKind kind = known != NULL ? known->kind : ATTEST_PROJECT_LIST;

  if (before == NULL)
    return g_strdup (value);
  if (kind == ATTEST_PROJECT_LIST)
    return g_strconcat (before, "\n", value, NULL);
  if (kind == ATTEST_PROJECT_TEXT)
    return g_strconcat (before, "\n\n", value, NULL);
  return attest_throw_null (error, ATTEST_ERROR_USAGE, "%s is given twice, and takes one value",
                            key);
}

/* KEY=VALUE…: normalised key → value, the keys in @keys in their order. */
static gboolean
read_pairs (AttestInvocation *inv, GHashTable *values, GPtrArray *keys, GError **error)
{
  for (guint i = 0; i < inv->n_args; i++)
    {
      const char *equals = strchr (inv->args[i], '=');
      g_autofree char *name
          = equals != NULL ? g_strndup (inv->args[i], (gsize)(equals - inv->args[i])) : NULL;
      g_autofree char *key = name != NULL ? attest_project_normalise_key (name) : NULL;
      char *value;

      if (key == NULL)
        return attest_throw (error, ATTEST_ERROR_USAGE, "'%s' is not KEY=VALUE", inv->args[i]);
      value = join_values (g_hash_table_lookup (values, key), equals + 1, key, error);
      if (value == NULL)
        return FALSE;
      if (!g_hash_table_contains (values, key))
        g_ptr_array_add (keys, g_strdup (key));
      g_hash_table_replace (values, g_steal_pointer (&key), value);
    }
  return TRUE;
}

static gboolean
set_all (AttestInvocation *inv, GHashTable *values, const GPtrArray *keys, GString *detail,
         GError **error)
{
  const SetOptions *opts = inv->opts;
  g_autoptr (AttestProject) project = NULL;

  for (guint i = 0; i < keys->len; i++)
    {
      const char *key = g_ptr_array_index (keys, i);
      gboolean changed;

      if (!attest_store_set_project_value (inv->store, key, opts->lang,
                                           g_hash_table_lookup (values, key), &changed, error))
        return FALSE;
      if (changed)
        g_string_append_printf (detail, "%s%s", detail->len > 0 ? ", " : "", key);
    }
  project = attest_store_load_project (inv->store, error);
  return project != NULL && attest_project_check (project, error);
}

static gboolean
run_set (AttestInvocation *inv, GError **error)
{
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) detail = g_string_new (NULL);

  if (!read_pairs (inv, values, keys, error) || !attest_store_begin (inv->store, error))
    return FALSE;
  if (!set_all (inv, values, keys, detail, error)
      || !attest_store_commit (inv->store, attest_cli_get_coder (((SetOptions *)inv->opts)->coder),
                               inv->command->name, detail->str, error))
    {
      attest_store_rollback (inv->store);
      return FALSE;
    }
  if (detail->len == 0)
    fprintf (inv->out, "nothing was changed: the project says so already\n");
  return TRUE;
}

static const AttestExampleLine show_examples[] = { { "project", "what is known, and what is not" },
                                                   { "project --history", "how it came to be" },
                                                   { NULL } };
static const AttestExampleLine set_examples[]
    = { { "project set code=PO.0143 'donor=Development Fund' 'budget=USD 37,887'", NULL },
        { "project set field-note='Conducted remotely'", NULL },
        { "project set evaluators='A. Author, Office A' evaluators='B. Author'", "two of them" },
        { "project set --lang fr title='Une meilleure gestion'", "for a brief in French" },
        { "project set gender-marker=", "removes it" },
        { NULL } };

const AttestCommand attest_cmd_project = {
  .name = "project",
  .group = "ledger",
  .synopsis = "",
  .summary = "Show what is known of the project and evaluation",
  .doc
  = "Title, code, period, donor, budget, purpose, evaluators and whatever else 'attest project "
    "set' was told; below it the keys that a brief would like and that are not known. In json "
    "also the criteria, see 'attest criteria'.",
  .examples = show_examples,
  .needs = ATTEST_NEEDS_READ,
  .opts_size = sizeof (ShowOptions),
  .options = show_options,
  .run = run_show,
};

const AttestCommand attest_cmd_project_set = {
  .name = "project set",
  .group = "ledger",
  .synopsis = "KEY=VALUE…",
  .summary = "Say what is known of the project and evaluation",
  .doc
  = "KEY is one that 'attest project' names, or any other of letters, digits, '_' and '-'. A list "
    "(donor, evaluators …) takes the key several times. Dates are a "
    "year, or with its month and day (year-month-day); the budget has its currency. An empty VALUE "
    "removes what was known. The project keeps what was "
    "said before.",
  .examples = set_examples,
  .needs = ATTEST_NEEDS_WRITE,
  .min_args = 1,
  .max_args = G_MAXUINT,
  .opts_size = sizeof (SetOptions),
  .options = set_options,
  .run = run_set,
};
