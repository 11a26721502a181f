/* What the entries of a ledger that is taken back rest on. */
#include "cli/attest-cli-ledger-import-private.h"

#include <string.h>

const char *
attest_ledger_take_find_id (const AttestLedgerTake *take, const char *name)
{
  g_autofree char *lower = name != NULL ? g_utf8_strdown (name, -1) : NULL;
  const AttestLedgerFileEntry *entry
      = lower != NULL ? g_hash_table_lookup (take->names, lower) : NULL;

  return entry != NULL ? attest_ledger_take_get_id (take, entry) : name;
}

/* What a link leads to, by its id in the project; NULL: an entry that could not be added, which was
 * told. */
static const char *
resolve (const AttestLedgerTake *take, const AttestLedgerFileLink *link)
{
  const char *quoted = g_hash_table_lookup (take->quoted, link);

  return quoted != NULL ? quoted : attest_ledger_take_find_id (take, link->to.text);
}

/* Documents are quoted first, so that their quotes have ids. */
void
attest_ledger_take_documents (AttestLedgerTake *take, const AttestLedgerFileEntry *entry)
{
  for (guint i = 0; i < entry->links->len && take->fatal == NULL; i++)
    {
      AttestLedgerFileLink *link = &g_array_index (entry->links, AttestLedgerFileLink, i);
      char *id = NULL;
      GError *error = NULL;

      if (link->document.text == NULL)
        continue;
      attest_store_quote_document (take->store, link->document.text, link->quote.text,
                                   link->page.text, &id, &error);
      if (!attest_ledger_take_ok (take, link->document.byte, error))
        continue;
      g_hash_table_insert (take->quoted, link, id);
      if (link->to.text != NULL && g_ascii_strcasecmp (link->to.text, id) != 0)
        attest_ledger_file_complain (take->file, link->to.byte, "quote",
                                     "%s is not what '%s' says here, which is %s: leave the id out",
                                     link->to.text, link->document.text, id);
    }
}

/* Id in capitals → AttestLedgerLink, borrowed. @now: (nullable) */
static GHashTable *
index_links (const AttestLedgerEntry *now)
{
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; now != NULL && i < now->links->len; i++)
    {
      const AttestLedgerLink *link = &g_array_index (now->links, AttestLedgerLink, i);

      g_hash_table_insert (index, g_ascii_strup (link->id, -1), (gpointer)link);
    }
  return index;
}

/* In capitals, what the links of the file lead to. */
static GHashTable *
list_targets (const AttestLedgerTake *take, const AttestLedgerFileEntry *entry)
{
  GHashTable *targets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < entry->links->len; i++)
    {
      const char *to = resolve (take, &g_array_index (entry->links, AttestLedgerFileLink, i));

      if (to != NULL)
        g_hash_table_add (targets, g_ascii_strup (to, -1));
    }
  return targets;
}

/* Before any is made: links that are turned round would be a circle for a moment. */
void
attest_ledger_take_removed_links (AttestLedgerTake *take, const AttestLedgerFileEntry *entry,
                                  const AttestLedgerEntry *now)
{
  g_autoptr (GHashTable) targets = list_targets (take, entry);

  for (guint i = 0; i < now->links->len; i++)
    {
      const AttestLedgerLink *link = &g_array_index (now->links, AttestLedgerLink, i);
      g_autofree char *upper = g_ascii_strup (link->id, -1);
      GError *error = NULL;

      if (g_hash_table_contains (targets, upper))
        continue;
      attest_store_remove_link (take->store, now->id, link->id, &error);
      if (attest_ledger_take_ok (take, entry->byte, error))
        attest_ledger_take_tell (take, "%s no longer rests on %s (%s)", now->id, link->id,
                                 attest_stance_to_string (link->stance));
    }
}

/* @before: (nullable) as it was */
static void
set_link (AttestLedgerTake *take, const AttestLedgerFileEntry *entry,
          const AttestLedgerFileLink *link, const char *to, const AttestLedgerLink *before)
{
  const char *id = attest_ledger_take_get_id (take, entry);
  const char *note = link->note.text;
  AttestStance stance = ATTEST_STANCE_SUPPORTS;
  GError *error = NULL;

  attest_stance_from_string (link->stance, &stance);
  if (before != NULL && before->stance == stance && g_strcmp0 (before->note, note) == 0)
    return;
  attest_store_set_link (take->store, id, to, stance, note != NULL ? note : "", &error);
  if (!attest_ledger_take_ok (take, link->to.text != NULL ? link->to.byte : link->byte, error))
    return;
  if (before == NULL)
    attest_ledger_take_tell (take, "%s: %s %s it", id, to, link->stance);
  else if (before->stance != stance)
    attest_ledger_take_tell (take, "%s: %s %s it, no longer %s", id, to, link->stance,
                             attest_stance_to_string (before->stance));
  else
    attest_ledger_take_tell (take, "%s: note on %s %s", id, to,
                             note != NULL ? "changed" : "removed");
}

void
attest_ledger_take_links (AttestLedgerTake *take, const AttestLedgerFileEntry *entry)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) before = index_links (attest_ledger_take_get_now (take, entry));

  for (guint i = 0; i < entry->links->len && take->fatal == NULL; i++)
    {
      const AttestLedgerFileLink *link = &g_array_index (entry->links, AttestLedgerFileLink, i);
      const char *to = resolve (take, link);
      g_autofree char *id = to != NULL ? g_ascii_strup (to, -1) : NULL;

      if (id != NULL && attest_ledger_take_once (take, seen, id, link->byte)
          && attest_ledger_take_get_id (take, entry) != NULL)
        set_link (take, entry, link, id, g_hash_table_lookup (before, id));
    }
}

gboolean
attest_ledger_take_has_links (const AttestLedgerTake *take, const AttestLedgerFileEntry *entry,
                              const AttestLedgerEntry *now)
{
  g_autoptr (GHashTable) links = index_links (now);

  for (guint i = 0; i < entry->links->len; i++)
    {
      const AttestLedgerFileLink *link = &g_array_index (entry->links, AttestLedgerFileLink, i);
      const char *to = resolve (take, link);
      g_autofree char *id = to != NULL ? g_ascii_strup (to, -1) : NULL;
      const AttestLedgerLink *before = id != NULL ? g_hash_table_lookup (links, id) : NULL;

      if (before == NULL || strcmp (attest_stance_to_string (before->stance), link->stance) != 0
          || g_strcmp0 (before->note, link->note.text) != 0)
        return FALSE;
    }
  return entry->links->len == now->links->len;
}
