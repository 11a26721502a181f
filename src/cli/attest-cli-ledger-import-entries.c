/* The entries of a ledger that is taken back: which is which, and what is other than it was. */
#include "cli/attest-cli-ledger-import-private.h"

#include <string.h>

#include "util/attest-text.h"

#define SHOWN_COLUMNS 60

G_STATIC_ASSERT (ATTEST_N_LEDGER_SECTIONS == ATTEST_N_ENTRY_KINDS);
G_STATIC_ASSERT (ATTEST_N_LEDGER_FIELDS == ATTEST_N_ENTRY_FIELDS);
G_STATIC_ASSERT ((int)ATTEST_LEDGER_WITHDRAWN == (int)ATTEST_FIELD_WITHDRAWN);

/* ---- which is which ---- */

/* Where there is no entry of this id; in a ledger of another project it says what the entry is
 * called there. */
static void
match_no_id (AttestLedgerTake *take, const AttestLedgerFileEntry *entry)
{
  static const char *const firsts[ATTEST_N_LEDGER_SECTIONS] = { "F1", "C1", "R1", "L1", "G1" };
  const char *first = firsts[entry->section];

  if (!take->options->takes_ids)
    attest_ledger_file_complain (take->file, entry->id.byte, "unknown-id",
                                 "there is no %s in the project: leave 'id' out, or give it a name "
                                 "of your own, and it gets one",
                                 entry->id.text);
  else if (g_ascii_toupper (*entry->id.text) != *first)
    attest_ledger_file_complain (take->file, entry->id.byte, "kind",
                                 "%s is no id of what stands under '%s', which are like %s",
                                 entry->id.text, attest_ledger_section_to_string (entry->section),
                                 first);
}

/* "F12": given by the project. */
static gboolean
is_project_id (const char *id)
{
  return strchr ("FCRLG", g_ascii_toupper (*id)) != NULL && id[1] != '\0'
         && strspn (id + 1, "0123456789") == strlen (id + 1);
}

static gboolean
is_name (const char *name)
{
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isalnum (c) && !g_unichar_ismark (c) && c != '_' && c != '-')
        return FALSE;
    }
  return TRUE;
}

static void
match_id (AttestLedgerTake *take, const AttestLedgerFileEntry *entry)
{
  AttestLedgerEntry *now = attest_ledger_find (take->ledger, entry->id.text);

  if (now == NULL)
    match_no_id (take, entry);
  else if ((guint)now->kind != (guint)entry->section)
    attest_ledger_file_complain (
        take->file, entry->id.byte, "kind", "%s is a %s: it does not stand under '%s'", now->id,
        attest_entry_kind_to_string (now->kind), attest_ledger_section_to_string (entry->section));
  else
    {
      g_hash_table_insert (take->now, (gpointer)entry, now);
      g_hash_table_add (take->kept, now);
    }
}

/* An entry without an id of the project that says word for word what one of the project says is
 * that one: taking the same file again adds nothing. */
static void
match_text (AttestLedgerTake *take, const AttestLedgerFileEntry *entry)
{
  for (guint i = 0; i < take->ledger->entries->len; i++)
    {
      AttestLedgerEntry *now = g_ptr_array_index (take->ledger->entries, i);

      if ((guint)now->kind != (guint)entry->section || g_hash_table_contains (take->kept, now)
          || g_strcmp0 (now->fields[ATTEST_FIELD_TEXT], entry->fields[ATTEST_LEDGER_TEXT].text) != 0
          || g_strcmp0 (now->fields[ATTEST_FIELD_WITHDRAWN],
                        entry->fields[ATTEST_LEDGER_WITHDRAWN].text)
                 != 0)
        continue;
      g_hash_table_insert (take->now, (gpointer)entry, now);
      g_hash_table_add (take->kept, now);
      return;
    }
}

static void
note_name (AttestLedgerTake *take, AttestLedgerFileEntry *entry)
{
  g_autofree char *lower = g_utf8_strdown (entry->id.text, -1);

  if (g_hash_table_contains (take->names, lower))
    attest_ledger_file_complain (take->file, entry->id.byte, "duplicate-id",
                                 "'%s' is there twice: an entry stands in one place",
                                 entry->id.text);
  else if (!is_project_id (entry->id.text) && !is_name (entry->id.text))
    attest_ledger_file_complain (take->file, entry->id.byte, "id",
                                 "'%s' is no name: letters, digits, '_' and '-'", entry->id.text);
  else
    g_hash_table_insert (take->names, g_steal_pointer (&lower), entry);
}

void
attest_ledger_take_match (AttestLedgerTake *take)
{
  for (guint i = 0; i < take->file->entries->len; i++)
    {
      AttestLedgerFileEntry *entry = g_ptr_array_index (take->file->entries, i);

      if (entry->id.text == NULL)
        continue;
      note_name (take, entry);
      if (is_project_id (entry->id.text))
        match_id (take, entry);
    }
  for (guint i = 0; i < take->file->entries->len; i++)
    {
      const AttestLedgerFileEntry *entry = g_ptr_array_index (take->file->entries, i);

      if (!g_hash_table_contains (take->now, entry))
        match_text (take, entry);
    }
}

/* ---- adding and changing ---- */

static gboolean
check_priority (AttestLedgerTake *take, const AttestLedgerText *priority)
{
  static const char *const priorities[] = { "very-high", "high", "medium", "low" };

  for (gsize i = 0; i < G_N_ELEMENTS (priorities); i++)
    if (priority->text == NULL || strcmp (priorities[i], priority->text) == 0)
      return TRUE;
  attest_ledger_file_complain (take->file, priority->byte, "priority",
                               "'%s' is no priority, which is very-high, high, medium or low",
                               priority->text);
  return FALSE;
}

/* What is new in the fields: NULL as it was, "" removed. FALSE: something does not fit. */
static gboolean
compare_fields (AttestLedgerTake *take, const AttestLedgerFileEntry *entry, const char **out_fields,
                guint *out_n)
{
  const AttestLedgerEntry *now = attest_ledger_take_get_now (take, entry);
  gboolean fits = entry->fields[ATTEST_LEDGER_TEXT].text != NULL;

  *out_n = 0;
  for (guint i = 0; i < ATTEST_FIELD_WITHDRAWN; i++)
    {
      const AttestLedgerText *field = &entry->fields[i];

      if (g_strcmp0 (field->text, now != NULL ? now->fields[i] : NULL) == 0)
        continue;
      out_fields[i] = field->text != NULL ? field->text : "";
      ++*out_n;
      if (i == ATTEST_LEDGER_PRIORITY)
        fits = check_priority (take, field) && fits;
      if (i == ATTEST_LEDGER_CRITERION && field->text != NULL)
        {
          GError *error = NULL;

          attest_store_check_criterion (take->store, field->text, &error);
          fits = attest_ledger_take_ok (take, field->byte, error) && fits;
        }
    }
  return fits;
}

static void
add_entry (AttestLedgerTake *take, AttestLedgerFileEntry *entry)
{
  const char *fields[ATTEST_N_ENTRY_FIELDS] = { NULL };
  const char *text = entry->fields[ATTEST_LEDGER_TEXT].text;
  const char *wanted
      = entry->id.text != NULL && is_project_id (entry->id.text) ? entry->id.text : NULL;
  char *id = NULL;
  guint n;
  GError *error = NULL;

  if (!compare_fields (take, entry, fields, &n))
    return;
  attest_store_add_entry_as (take->store, (AttestEntryKind)entry->section, wanted, fields, &id,
                             &error);
  if (!attest_ledger_take_ok (take, entry->byte, error))
    return;
  g_hash_table_insert (take->ids, entry, id);
  {
    g_autofree char *shown = attest_text_printable (text, strlen (text), SHOWN_COLUMNS);

    if (wanted != NULL && g_ascii_strcasecmp (wanted, id) != 0)
      attest_ledger_take_tell (take, "%s added, which is %s in the file: %s", id, wanted, shown);
    else
      attest_ledger_take_tell (take, "%s added: %s", id, shown);
  }
}

static void
change_entry (AttestLedgerTake *take, const AttestLedgerFileEntry *entry,
              const AttestLedgerEntry *now)
{
  const char *fields[ATTEST_N_ENTRY_FIELDS] = { NULL };
  g_autoptr (GString) names = g_string_new (NULL);
  gboolean changed;
  guint n;
  GError *error = NULL;

  if (!compare_fields (take, entry, fields, &n) || n == 0)
    return;
  for (guint i = 0; i < ATTEST_FIELD_WITHDRAWN; i++)
    if (fields[i] != NULL)
      g_string_append_printf (names, "%s%s %s", names->len > 0 ? ", " : "",
                              attest_entry_field_to_string ((AttestEntryField)i),
                              *fields[i] == '\0' ? "removed" : "changed");
  attest_store_set_entry (take->store, now->id, fields, &changed, &error);
  if (attest_ledger_take_ok (take, entry->byte, error))
    attest_ledger_take_tell (take, "%s: %s", now->id, names->str);
}

/* ---- withdrawing ---- */

/* An entry that is to be withdrawn, and what the store says to it. */
typedef struct
{
  const char *id, *reason;
  gsize byte;
  GError *error;
} Withdrawal;

static void
collect_withdrawn (AttestLedgerTake *take, GArray *withdrawals)
{
  for (guint i = 0; i < take->file->entries->len; i++)
    {
      const AttestLedgerFileEntry *entry = g_ptr_array_index (take->file->entries, i);
      const AttestLedgerText *reason = &entry->fields[ATTEST_LEDGER_WITHDRAWN];
      const AttestLedgerEntry *now = attest_ledger_take_get_now (take, entry);
      Withdrawal withdrawal
          = { attest_ledger_take_get_id (take, entry), reason->text, reason->byte, NULL };

      if (reason->text != NULL && withdrawal.id != NULL
          && (now == NULL || !attest_ledger_entry_is_withdrawn (now)))
        g_array_append_val (withdrawals, withdrawal);
    }
}

/* What the file has no more is only withdrawn when that was asked for. */
static void
collect_missing (AttestLedgerTake *take, GArray *withdrawals)
{
  for (guint i = 0; i < take->ledger->entries->len; i++)
    {
      const AttestLedgerEntry *now = g_ptr_array_index (take->ledger->entries, i);
      const AttestLedgerPart *section = &take->file->sections[now->kind];
      const char *text = now->fields[ATTEST_FIELD_TEXT];
      g_autofree char *shown = attest_text_printable (text, strlen (text), SHOWN_COLUMNS);
      Withdrawal withdrawal = { now->id, take->options->withdraw_missing, section->byte, NULL };

      if (!section->is_there || g_hash_table_contains (take->kept, (gpointer)now)
          || attest_ledger_entry_is_withdrawn (now))
        continue;
      if (withdrawal.reason != NULL)
        g_array_append_val (withdrawals, withdrawal);
      else
        attest_ledger_file_complain (take->file, section->byte, "missing",
                                     "%s is missing (%s): put it back, or write why it no longer "
                                     "counts, 'withdrawn: …' (or --withdraw-missing REASON)",
                                     now->id, shown);
    }
}

static gboolean
withdraw (AttestLedgerTake *take, Withdrawal *withdrawal)
{
  const char *fields[ATTEST_N_ENTRY_FIELDS] = { [ATTEST_FIELD_WITHDRAWN] = withdrawal->reason };
  gboolean changed;

  g_clear_error (&withdrawal->error);
  if (!attest_store_set_entry (take->store, withdrawal->id, fields, &changed, &withdrawal->error))
    return FALSE;
  attest_ledger_take_tell (take, "%s withdrawn: %s", withdrawal->id, withdrawal->reason);
  return TRUE;
}

/* What rests on others goes first: as long as one goes, those it rested on may. */
static void
withdraw_all (AttestLedgerTake *take)
{
  g_autoptr (GArray) withdrawals = g_array_new (FALSE, FALSE, sizeof (Withdrawal));
  gboolean goes_on = TRUE;

  collect_withdrawn (take, withdrawals);
  collect_missing (take, withdrawals);
  while (goes_on)
    {
      goes_on = FALSE;
      for (guint i = withdrawals->len; i-- > 0;)
        if (withdraw (take, &g_array_index (withdrawals, Withdrawal, i)))
          {
            goes_on = TRUE;
            g_array_remove_index (withdrawals, i);
          }
    }
  for (guint i = 0; i < withdrawals->len; i++)
    {
      Withdrawal *withdrawal = &g_array_index (withdrawals, Withdrawal, i);

      attest_ledger_take_ok (take, withdrawal->byte, withdrawal->error);
    }
}

/* ---- all of them ---- */

static void
check_withdrawn (AttestLedgerTake *take, const AttestLedgerFileEntry *entry,
                 const AttestLedgerEntry *now)
{
  gboolean is_same = attest_ledger_take_has_links (take, entry, now);

  for (guint i = 0; i < ATTEST_N_ENTRY_FIELDS; i++)
    is_same = is_same && g_strcmp0 (entry->fields[i].text, now->fields[i]) == 0;
  if (!is_same)
    attest_ledger_file_complain (take->file, entry->byte, "withdrawn",
                                 "%s was withdrawn (%s) and stays as it is: leave it as it was, or "
                                 "out",
                                 now->id, now->fields[ATTEST_FIELD_WITHDRAWN]);
}

typedef void (*ChangeFunc) (AttestLedgerTake *take, const AttestLedgerFileEntry *entry,
                            const AttestLedgerEntry *now);

/* Those that there were, and that were not withdrawn. */
static void
for_each_known (AttestLedgerTake *take, ChangeFunc func)
{
  for (guint i = 0; i < take->file->entries->len && take->fatal == NULL; i++)
    {
      const AttestLedgerFileEntry *entry = g_ptr_array_index (take->file->entries, i);
      const AttestLedgerEntry *now = attest_ledger_take_get_now (take, entry);

      if (now != NULL && !attest_ledger_entry_is_withdrawn (now))
        func (take, entry, now);
    }
}

static void
note_known (AttestLedgerTake *take)
{
  GHashTableIter iter;
  gpointer entry, now;

  g_hash_table_iter_init (&iter, take->now);
  while (g_hash_table_iter_next (&iter, &entry, &now))
    g_hash_table_insert (take->ids, entry, g_strdup (((const AttestLedgerEntry *)now)->id));
}

void
attest_ledger_take_entries (AttestLedgerTake *take)
{
  note_known (take);
  for (guint i = 0; i < take->file->entries->len; i++)
    attest_ledger_take_documents (take, g_ptr_array_index (take->file->entries, i));
  for (guint i = 0; i < take->file->entries->len && take->fatal == NULL; i++)
    {
      AttestLedgerFileEntry *entry = g_ptr_array_index (take->file->entries, i);

      /* Also one whose id is wrong, so that all that is wrong with it is told. */
      if (attest_ledger_take_get_now (take, entry) == NULL)
        add_entry (take, entry);
    }
  for_each_known (take, change_entry);
  for_each_known (take, attest_ledger_take_removed_links);
  for (guint i = 0; i < take->file->entries->len && take->fatal == NULL; i++)
    {
      const AttestLedgerFileEntry *entry = g_ptr_array_index (take->file->entries, i);
      const AttestLedgerEntry *now = attest_ledger_take_get_now (take, entry);

      if (now != NULL && attest_ledger_entry_is_withdrawn (now))
        check_withdrawn (take, entry, now);
      else
        attest_ledger_take_links (take, entry);
    }
  withdraw_all (take);
}
