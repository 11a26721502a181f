/* Whether the ledger is what was written, and whether what it rests on stands.
 *
 * The seal of a command is the SHA-256 of "attest-ledger/1\n" and of each row that it added, as its
 * columns in SQL with commas between, a line each: ratings, entries, values, links, what is known
 * of the project, the scope of criteria, silences, samples, by id. It stands at the end of the
 * detail of its audit entry, so the chain of the log holds it.
 */
#include "store/attest-store-ledger.h"
#include "store/attest-store-private.h"

#include <string.h>

enum
{
  LIST_SEALED,
  LIST_ENTRIES,
  COUNT_LOST,
  N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
  [LIST_SEALED]
  = "SELECT row FROM (SELECT 0 AS part, r.id, 'rating,' || quote (r.id) || ',' || quote (criterion)"
    "   || ',' || quote (s.sha256) || ',' || quote (level) || ',' || quote (label) || ','"
    "   || quote (position) || ',' || quote (because) AS row"
    "   FROM rating r JOIN scale s ON s.id = r.scale_id WHERE r.seq = ?1"
    " UNION ALL SELECT 1, id, 'entry,' || quote (id) || ',' || quote (kind) || ','"
    "   || quote (number) FROM entry WHERE seq = ?1"
    " UNION ALL SELECT 2, id, 'value,' || quote (id) || ',' || quote (entry_id) || ','"
    "   || quote (field) || ',' || quote (value) FROM entry_value WHERE seq = ?1"
    " UNION ALL SELECT 3, id, 'link,' || quote (id) || ',' || quote (entry_id) || ','"
    "   || quote (quote_key) || ',' || quote (target_id) || ',' || quote (stance) || ','"
    "   || quote (note) FROM entry_link WHERE seq = ?1"
    " UNION ALL SELECT 4, id, 'project,' || quote (id) || ',' || quote (key) || ','"
    "   || quote (lang) || ',' || quote (value) FROM project_value WHERE seq = ?1"
    " UNION ALL SELECT 5, id, 'scope,' || quote (id) || ',' || quote (criterion) || ','"
    "   || quote (scope) || ',' || quote (name) || ',' || quote (because)"
    "   FROM criterion_scope WHERE seq = ?1"
    " UNION ALL SELECT 6, id, 'silence,' || quote (id) || ',' || quote (check_name) || ','"
    "   || quote (target) || ',' || quote (about) || ',' || quote (because)"
    "   FROM silence WHERE seq = ?1"
    " UNION ALL SELECT 7, id, 'page,' || quote (id) || ',' || quote (quote_key) || ','"
    "   || quote (page) FROM quote_page WHERE seq = ?1"
    " UNION ALL SELECT 8, seq, 'change,' || quote (changeset) FROM change WHERE seq = ?1"
    " UNION ALL SELECT 9, id, 'sample,' || quote (id) || ',' || quote (name) || ','"
    "   || quote (unit) || ',' || quote (codebook) || ',' || quote (seed) || ','"
    "   || quote (design) || ',' || quote (coder) FROM sample WHERE seq = ?1"
    " UNION ALL SELECT 10, id, 'unit,' || quote (id) || ',' || quote (sample_id) || ','"
    "   || quote (quote_key) || ',' || quote (source_id) || ',' || quote (stratum) || ','"
    "   || quote (of_units) FROM sample_unit WHERE seq = ?1)"
    " ORDER BY part, id",
  [LIST_ENTRIES]
  = "SELECT seq, detail FROM audit WHERE seq IN (SELECT seq FROM rating UNION SELECT seq FROM entry"
    "   UNION SELECT seq FROM entry_value UNION SELECT seq FROM entry_link"
    "   UNION SELECT seq FROM project_value UNION SELECT seq FROM criterion_scope"
    "   UNION SELECT seq FROM silence UNION SELECT seq FROM quote_page"
    "   UNION SELECT seq FROM change UNION SELECT seq FROM sample)"
    " OR (detail LIKE '%; sha256:%' AND (command IN ('rate', 'check silence', 'update links', "
    "'sample')"
    "   OR command LIKE 'finding %'"
    "   OR command LIKE 'conclusion %' OR command LIKE 'recommendation %'"
    "   OR command LIKE 'lesson %' OR command LIKE 'practice %'"
    "   OR command = 'project set' OR command LIKE 'criterion %'"
    "   OR command IN ('import ledger', 'edit', 'respondents set', 'respondents import',"
    "     'guide apply', 'guide remove'))) ORDER BY seq",
  [COUNT_LOST] = "SELECT count (*) FROM (SELECT seq FROM rating UNION ALL SELECT seq FROM entry"
                 "   UNION ALL SELECT seq FROM entry_value UNION ALL SELECT seq FROM entry_link"
                 "   UNION ALL SELECT seq FROM project_value"
                 "   UNION ALL SELECT seq FROM criterion_scope"
                 "   UNION ALL SELECT seq FROM silence WHERE seq IS NOT NULL"
                 "   UNION ALL SELECT seq FROM quote_page UNION ALL SELECT seq FROM change"
                 "   UNION ALL SELECT seq FROM sample UNION ALL SELECT seq FROM sample_unit)"
                 " WHERE seq NOT IN (SELECT seq FROM audit)",
};

char *
attest_store_seal_ledger (AttestStore *store, gint64 seq, GError **error)
{
  return attest_store_hash_rows (store, statements[LIST_SEALED], "attest-ledger/1\n", seq, error);
}

static gboolean
verify_seals (AttestStore *store, AttestVerification *verification, GError **error)
{
  static const AttestSealWords words
      = { "ledger", "what", "added to the ledger is not what stands there" };
  gint64 n_lost = 0;

  if (!attest_store_verify_seals (store, statements[LIST_ENTRIES], attest_store_seal_ledger, &words,
                                  verification, error)
      || !attest_stmt_get_int (store, statements[COUNT_LOST], &n_lost, error, ""))
    return FALSE;
  if (n_lost > 0)
    attest_verification_add (verification, "ledger", NULL,
                             "%" G_GINT64_FORMAT " rows of the ledger are of no audit entry",
                             n_lost);
  return TRUE;
}

static void
verify_link (const AttestLedgerEntry *entry, const AttestLedgerLink *link, GHashTable *quotes,
             AttestVerification *verification)
{
  const AttestQuotePassage *passage;

  verification->links++;
  if (link->entry != NULL)
    {
      if (attest_ledger_rests_on (link->entry, entry))
        attest_verification_add (verification, "link", entry->id,
                                 "%s rests on %s, which rests on %s itself", entry->id, link->id,
                                 entry->id);
      else if (attest_ledger_entry_is_withdrawn (link->entry)
               && !attest_ledger_entry_is_withdrawn (entry))
        attest_verification_add (verification, "link", entry->id,
                                 "%s rests on %s, which was withdrawn", entry->id, link->id);
      return;
    }
  passage = g_hash_table_lookup (quotes, link->id);
  if (passage->problem != NULL && !passage->is_withdrawn)
    attest_verification_add (verification, "link", entry->id, "%s rests on quote %s, which %s",
                             entry->id, link->id, passage->problem);
}

gboolean
attest_store_verify_ledger (AttestStore *store, AttestVerification *verification, GError **error)
{
  g_autoptr (AttestLedger) ledger = attest_store_load_ledger (store, error);
  g_autoptr (GPtrArray) owner = NULL;
  g_autoptr (GHashTable) quotes = NULL;

  if (ledger == NULL)
    return FALSE;
  quotes = attest_store_load_linked_quotes (store, ledger, &owner, error);
  if (quotes == NULL)
    return FALSE;
  for (guint i = 0; i < ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (ledger->entries, i);

      for (guint k = 0; k < entry->links->len; k++)
        verify_link (entry, &g_array_index (entry->links, AttestLedgerLink, k), quotes,
                     verification);
    }
  return verify_seals (store, verification, error);
}
