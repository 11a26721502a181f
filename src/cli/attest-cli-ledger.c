#include "cli/attest-cli-ledger.h"

#include <string.h>

#include "cli/attest-cli-commands.h"
#include "cli/attest-cli-review.h"
#include "report/attest-disclosure-ledger.h"
#include "report/attest-report-chain.h"
#include "util/attest-text.h"

/* ---- what was typed ---- */

static AttestEntryKind
get_kind (const AttestInvocation *inv)
{
  g_auto (GStrv) words = g_strsplit (inv->command->name, " ", 2);
  AttestEntryKind kind = ATTEST_ENTRY_FINDING;

  attest_entry_kind_from_string (words[0], &kind);
  return kind;
}

char *
attest_cli_dup_typed (const char *text, const char *what, GError **error)
{
  g_autofree char *stripped = NULL;
  gsize nfc_bytes;
  char *nfc;

  if (!g_utf8_validate (text, -1, NULL))
    return attest_throw_null (error, ATTEST_ERROR_USAGE, "%s is not UTF-8", what);
  stripped = g_strstrip (g_strdup (text));
  if (*stripped == '\0')
    return attest_throw_null (error, ATTEST_ERROR_USAGE, "%s is empty", what);
  nfc = attest_text_to_nfc (stripped, strlen (stripped), &nfc_bytes);
  return nfc != NULL ? nfc : g_steal_pointer (&stripped);
}

/* An id that is of the kind of the command. */
static gboolean
check_kind (AttestInvocation *inv, const char *id, GError **error)
{
  g_autoptr (AttestLedger) ledger = attest_store_load_ledger (inv->store, error);
  const AttestLedgerEntry *entry;
  const char *kind = attest_entry_kind_to_string (get_kind (inv));

  if (ledger == NULL)
    return FALSE;
  entry = attest_ledger_find (ledger, id);
  if (entry == NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "there is no %s '%s'; 'attest %s list' shows what there is", kind, id,
                         kind);
  if (entry->kind != get_kind (inv))
    return attest_throw (error, ATTEST_ERROR_USAGE, "%s is a %s, not a %s", entry->id,
                         attest_entry_kind_to_string (entry->kind), kind);
  return TRUE;
}

/* The fields that options give; "" removes one. */
static gboolean
read_fields (AttestInvocation *inv, const char *text, char **fields, GError **error)
{
  const AttestCliLedgerOptions *opts = inv->opts;
  const char *const given[ATTEST_N_ENTRY_FIELDS] = { [ATTEST_FIELD_TEXT] = text,
                                                     [ATTEST_FIELD_CRITERION] = opts->criterion,
                                                     [ATTEST_FIELD_ADDRESSEE] = opts->addressee,
                                                     [ATTEST_FIELD_PRIORITY] = opts->priority,
                                                     [ATTEST_FIELD_TIME_FRAME] = opts->time_frame,
                                                     [ATTEST_FIELD_RESOURCES] = opts->resources,
                                                     [ATTEST_FIELD_WITHDRAWN] = opts->withdraw };

  for (guint i = 0; i < ATTEST_N_ENTRY_FIELDS; i++)
    {
      g_autofree char *what
          = g_strdup_printf ("the %s", i == ATTEST_FIELD_WITHDRAWN
                                           ? "reason for withdrawing"
                                           : attest_entry_field_to_string ((AttestEntryField)i));
      gboolean may_be_empty = i != ATTEST_FIELD_TEXT && i != ATTEST_FIELD_WITHDRAWN;

      if (given[i] == NULL)
        continue;
      fields[i] = may_be_empty && *given[i] == '\0' ? g_strdup ("")
                                                    : attest_cli_dup_typed (given[i], what, error);
      if (fields[i] == NULL)
        return FALSE;
    }
  return TRUE;
}

/* ---- writing ---- */

typedef struct
{
  char *fields[ATTEST_N_ENTRY_FIELDS];
} Fields;

static void
fields_clear (Fields *fields)
{
  for (guint i = 0; i < ATTEST_N_ENTRY_FIELDS; i++)
    g_free (fields->fields[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fields, fields_clear)

static gboolean
link_all (AttestInvocation *inv, const char *id, char **targets, AttestStance stance,
          GString *detail, GError **error)
{
  for (char **target = targets; target != NULL && *target != NULL; target++)
    {
      if (!attest_store_set_link (inv->store, id, *target, stance, NULL, error))
        return FALSE;
      g_string_append_printf (detail, " %s %s", attest_stance_to_string (stance), *target);
    }
  return TRUE;
}

/* Ends the transaction either way. */
static gboolean
finish (AttestInvocation *inv, gboolean ok, const char *detail, GError **error)
{
  const AttestCliLedgerOptions *opts = inv->opts;

  if (ok
      && attest_store_commit (inv->store, attest_cli_get_coder (opts->coder), inv->command->name,
                              detail, error))
    return TRUE;
  attest_store_rollback (inv->store);
  return FALSE;
}

gboolean
attest_cli_ledger_add (AttestInvocation *inv, GError **error)
{
  const AttestCliLedgerOptions *opts = inv->opts;
  g_auto (Fields) fields = { { NULL } };
  g_autoptr (GString) detail = g_string_new (NULL);
  g_autofree char *id = NULL;
  gboolean ok;

  if (!read_fields (inv, inv->args[0], fields.fields, error)
      || !attest_store_begin (inv->store, error))
    return FALSE;
  ok = attest_store_add_entry (inv->store, get_kind (inv), (const char *const *)fields.fields, &id,
                               error);
  if (ok)
    g_string_assign (detail, id);
  ok = ok && link_all (inv, id, opts->on, ATTEST_STANCE_SUPPORTS, detail, error)
       && link_all (inv, id, opts->against, ATTEST_STANCE_CONTRADICTS, detail, error)
       && link_all (inv, id, opts->context, ATTEST_STANCE_CONTEXT, detail, error);
  if (!finish (inv, ok, detail->str, error))
    return FALSE;
  fprintf (inv->out, "%s\n", id);
  return TRUE;
}

gboolean
attest_cli_ledger_edit (AttestInvocation *inv, GError **error)
{
  g_auto (Fields) fields = { { NULL } };
  gboolean changed = FALSE;
  gboolean ok;

  if (!read_fields (inv, inv->n_args > 1 ? inv->args[1] : NULL, fields.fields, error)
      || !check_kind (inv, inv->args[0], error) || !attest_store_begin (inv->store, error))
    return FALSE;
  ok = attest_store_set_entry (inv->store, inv->args[0], (const char *const *)fields.fields,
                               &changed, error);
  if (!finish (inv, ok, inv->args[0], error))
    return FALSE;
  if (!changed)
    fprintf (inv->out, "nothing was changed: %s says so already\n", inv->args[0]);
  return TRUE;
}

static gboolean
check_link_options (const AttestInvocation *inv, GError **error)
{
  const AttestCliLedgerOptions *opts = inv->opts;

  if (opts->remove && (opts->stance != NULL || opts->note != NULL || opts->document != NULL))
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--remove takes a link away: --stance, --note and --document say nothing "
                         "then");
  if ((opts->document != NULL) != (opts->quote != NULL)
      || (opts->page != NULL && opts->document == NULL))
    return attest_throw (
        error, ATTEST_ERROR_USAGE,
        "a document is quoted with what it says: --document SOURCE --quote 'text', "
        "and --page 4 where that is known");
  if (inv->n_args < 2 && opts->document == NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "what does %s rest on? Name a quote, an entry, or a --document",
                         inv->args[0]);
  return TRUE;
}

/* The quote of the document that the options name. */
static char *
quote_document (AttestInvocation *inv, GError **error)
{
  const AttestCliLedgerOptions *opts = inv->opts;
  g_autofree char *text = attest_cli_dup_typed (opts->quote, "the quote", error);
  g_autofree char *page = NULL;
  char *id = NULL;

  if (text == NULL)
    return NULL;
  if (opts->page != NULL)
    {
      page = attest_cli_dup_typed (opts->page, "the page", error);
      if (page == NULL)
        return NULL;
    }
  return attest_store_quote_document (inv->store, opts->document, text, page, &id, error) ? id
                                                                                          : NULL;
}

static gboolean
link_document (AttestInvocation *inv, AttestStance stance, const char *note, GString *detail,
               GError **error)
{
  const AttestCliLedgerOptions *opts = inv->opts;
  g_autofree char *id = NULL;

  if (opts->document == NULL)
    return TRUE;
  id = quote_document (inv, error);
  if (id == NULL || !attest_store_set_link (inv->store, inv->args[0], id, stance, note, error))
    return FALSE;
  g_string_append_printf (detail, " %s", id);
  fprintf (inv->out, "%s\n", id);
  return TRUE;
}

gboolean
attest_cli_ledger_link (AttestInvocation *inv, GError **error)
{
  const AttestCliLedgerOptions *opts = inv->opts;
  AttestStance stance = ATTEST_STANCE_SUPPORTS;
  g_autoptr (GString) detail = g_string_new (inv->args[0]);
  g_autofree char *note = NULL;
  gboolean ok = TRUE;

  if (opts->stance != NULL)
    attest_stance_from_string (opts->stance, &stance);
  if (!check_link_options (inv, error))
    return FALSE;
  if (opts->note != NULL)
    {
      note = attest_cli_dup_typed (opts->note, "the note", error);
      if (note == NULL)
        return FALSE;
    }
  if (!check_kind (inv, inv->args[0], error) || !attest_store_begin (inv->store, error))
    return FALSE;
  g_string_append_printf (detail, " %s",
                          opts->remove ? "no longer on" : attest_stance_to_string (stance));
  for (guint i = 1; ok && i < inv->n_args; i++)
    {
      ok = opts->remove ? attest_store_remove_link (inv->store, inv->args[0], inv->args[i], error)
                        : attest_store_set_link (inv->store, inv->args[0], inv->args[i], stance,
                                                 note, error);
      g_string_append_printf (detail, " %s", inv->args[i]);
    }
  ok = ok && link_document (inv, stance, note, detail, error);
  return finish (inv, ok, detail->str, error);
}

/* ---- reading ---- */

static AttestTable *
make_table (AttestEntryKind kind)
{
  AttestTable *table = attest_table_new (NULL, NULL);
  gboolean is_recommendation = kind == ATTEST_ENTRY_RECOMMENDATION;

  attest_table_add_column (table, "id", "id", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  for (guint i = 0; i < ATTEST_N_ENTRY_FIELDS; i++)
    {
      const char *name = attest_entry_field_to_string ((AttestEntryField)i);
      gboolean is_shown = i == ATTEST_FIELD_TEXT || i == ATTEST_FIELD_CRITERION
                          || (is_recommendation && i != ATTEST_FIELD_WITHDRAWN);

      attest_table_add_column (table, name, i == ATTEST_FIELD_TIME_FRAME ? "time frame" : name,
                               ATTEST_COLUMN_TEXT,
                               !is_shown                ? ATTEST_COLUMN_MACHINE
                               : i == ATTEST_FIELD_TEXT ? ATTEST_COLUMN_WRAP
                                                        : ATTEST_COLUMN_OPTIONAL);
    }
  for (guint i = 0; i < ATTEST_N_STANCES; i++)
    attest_table_add_column (table, attest_stance_to_string ((AttestStance)i),
                             i == ATTEST_STANCE_SUPPORTS      ? "rests on"
                             : i == ATTEST_STANCE_CONTRADICTS ? "against it"
                                                              : "context",
                             ATTEST_COLUMN_LIST, ATTEST_COLUMN_WRAP);
  attest_table_add_column (table, "by", "by", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "at", "at", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  return table;
}

gboolean
attest_cli_ledger_list (AttestInvocation *inv, GError **error)
{
  const AttestCliLedgerOptions *opts = inv->opts;
  g_autoptr (AttestDisclosure) disclosure = NULL;
  g_autoptr (AttestLedger) ledger = attest_store_load_ledger (inv->store, error);
  g_autoptr (AttestTable) table = make_table (get_kind (inv));
  gboolean for_people = opts->format == NULL || strcmp (opts->format, "table") == 0;

  if (ledger == NULL
      || !attest_cli_open_disclosure (inv, &opts->disclosure, NULL, NULL, &disclosure, error))
    return FALSE;
  attest_disclosure_hide_ledger (disclosure, ledger);
  for (guint i = 0; i < ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (ledger->entries, i);

      if (entry->kind != get_kind (inv) || (for_people && attest_ledger_entry_is_withdrawn (entry)))
        continue;
      attest_table_add_text (table, entry->id);
      for (guint k = 0; k < ATTEST_N_ENTRY_FIELDS; k++)
        attest_table_add_text (table, entry->fields[k]);
      for (guint k = 0; k < ATTEST_N_STANCES; k++)
        {
          g_autoptr (GPtrArray) ids = attest_ledger_entry_list_links (entry, (AttestStance)k);

          attest_table_add_list (table, (const char *const *)ids->pdata);
        }
      attest_table_add_text (table, entry->by);
      attest_table_add_text (table, entry->at);
    }
  attest_cli_write_table (inv, table, opts->format);
  return TRUE;
}

gboolean
attest_cli_print_chain (AttestInvocation *inv, AttestChain *chain, const char *format,
                        const AttestDisclosureFlags *flags, GError **error)
{
  g_autoptr (AttestDisclosure) disclosure = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  if (!attest_cli_open_disclosure (inv, flags, NULL, NULL, &disclosure, error))
    return FALSE;
  attest_chain_disclose (chain, disclosure);
  if (g_strcmp0 (format, "json") == 0)
    {
      g_autoptr (AttestJson) json = attest_json_new (out, TRUE);

      attest_chain_write_json (chain, json);
      g_string_append_c (out, '\n');
    }
  else
    {
      attest_chain_write_text (chain, inv->columns, inv->color, out);
      attest_cli_append_withheld (disclosure, inv->columns, out);
    }
  fwrite (out->str, 1, out->len, inv->out);
  return TRUE;
}

gboolean
attest_cli_print_trace (AttestInvocation *inv, const char *id, const char *format,
                        const AttestDisclosureFlags *flags, GError **error)
{
  g_autoptr (AttestChain) chain = attest_chain_new (inv->store, id, error);

  return chain != NULL && attest_cli_print_chain (inv, chain, format, flags, error);
}

gboolean
attest_cli_ledger_show (AttestInvocation *inv, GError **error)
{
  const AttestCliLedgerOptions *opts = inv->opts;

  return check_kind (inv, inv->args[0], error)
         && attest_cli_print_trace (inv, inv->args[0], opts->format, &opts->disclosure, error);
}
