/* The ledger in memory while many changes are made in one transaction: loading it for each would
 * take a time that grows with the square of their number. */
#include "store/attest-store-ledger.h"
#include "store/attest-store-private.h"

gboolean
attest_store_hold_ledger (AttestStore *store, GError **error)
{
  g_return_val_if_fail (attest_store_is_writing (store), FALSE);
  attest_store_release_ledger (store);
  store->ledger = attest_store_load_ledger (store, error);
  return store->ledger != NULL;
}

void
attest_store_release_ledger (AttestStore *store)
{
  g_clear_pointer (&store->ledger, attest_ledger_free);
}

const AttestLedger *
attest_store_borrow_ledger (AttestStore *store, AttestLedger **out_owned, GError **error)
{
  if (store->ledger != NULL)
    return store->ledger;
  *out_owned = attest_store_load_ledger (store, error);
  return *out_owned;
}

void
attest_store_note_entry (AttestStore *store, gint64 key, AttestEntryKind kind, gint64 number,
                         const char *const *fields)
{
  AttestLedgerEntry *entry;

  if (store->ledger == NULL)
    return;
  entry = attest_ledger_add (store->ledger, key, kind, number);
  for (guint i = 0; i < ATTEST_N_ENTRY_FIELDS; i++)
    if (fields[i] != NULL && *fields[i] != '\0')
      entry->fields[i] = g_strdup (fields[i]);
}

void
attest_store_note_value (AttestStore *store, const char *id, AttestEntryField field,
                         const char *value)
{
  AttestLedgerEntry *entry = store->ledger != NULL ? attest_ledger_find (store->ledger, id) : NULL;

  if (entry == NULL)
    return;
  g_free (entry->fields[field]);
  entry->fields[field] = g_strdup (value);
}

/* G_MAXUINT: there is none. */
static guint
find_link (const AttestLedgerEntry *entry, const AttestLedgerEntry *base, gint64 key)
{
  for (guint i = entry->links->len; i-- > 0;)
    {
      const AttestLedgerLink *link = &g_array_index (entry->links, AttestLedgerLink, i);

      if (link->entry == base && (base != NULL || link->quote_key == key))
        return i;
    }
  return G_MAXUINT;
}

void
attest_store_note_link (AttestStore *store, const char *id, const char *base, gint64 key,
                        const char *target, const char *stance, const char *note)
{
  AttestLedgerEntry *entry = store->ledger != NULL ? attest_ledger_find (store->ledger, id) : NULL;
  AttestLedgerEntry *on
      = base != NULL && entry != NULL ? attest_ledger_find (store->ledger, base) : NULL;
  AttestLedgerLink link = { .entry = on, .quote_key = key };
  guint at;

  if (entry == NULL)
    return;
  at = find_link (entry, on, key);
  if (at != G_MAXUINT)
    g_array_remove_index (entry->links, at);
  if (on != NULL)
    g_ptr_array_remove (on->used_by, entry);
  if (stance == NULL)
    return;
  attest_stance_from_string (stance, &link.stance);
  link.id = g_strdup (target);
  link.note = g_strdup (note);
  g_array_append_val (entry->links, link);
  if (on != NULL)
    g_ptr_array_add (on->used_by, entry);
}
