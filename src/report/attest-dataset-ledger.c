/* Ratings, and the entries that they and the report rest on. */
#include "report/attest-dataset-private.h"
#include "report/attest-disclosure-ledger.h"
#include "store/attest-store-ledger.h"

static const char *const names[ATTEST_N_ENTRY_KINDS] = {
  [ATTEST_ENTRY_FINDING] = "findings",
  [ATTEST_ENTRY_CONCLUSION] = "conclusions",
  [ATTEST_ENTRY_RECOMMENDATION] = "recommendations",
  [ATTEST_ENTRY_LESSON] = "lessons",
  [ATTEST_ENTRY_PRACTICE] = "practices",
};

static gboolean
add_ratings (AttestDataset *dataset, const AttestLedger *ledger, GError **error)
{
  static const char *const keys[] = { "criterion", "level", "label", "scale" };
  g_autoptr (AttestTable) table = attest_table_new (NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    attest_dataset_add_column (table, keys[i], ATTEST_COLUMN_TEXT);
  attest_dataset_add_column (table, "position", ATTEST_COLUMN_DOUBLE);
  attest_table_add_column (table, "because", "because", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  attest_dataset_add_column (table, "by", ATTEST_COLUMN_TEXT);
  attest_dataset_add_column (table, "at", ATTEST_COLUMN_TEXT);
  for (guint i = 0; i < ledger->ratings->len; i++)
    {
      const AttestRating *rating = g_ptr_array_index (ledger->ratings, i);

      attest_table_add_text (table, rating->criterion);
      attest_table_add_text (table, rating->level);
      attest_table_add_text (table, rating->label);
      attest_table_add_text (table, rating->scale);
      if (rating->position >= 0)
        attest_table_add_double (table, rating->position);
      else
        attest_table_add_null (table);
      attest_table_add_text (table, rating->because);
      attest_table_add_text (table, rating->by);
      attest_table_add_text (table, rating->at);
    }
  return attest_dataset_begin (dataset, "ratings", table, error);
}

/* Which fields an entry of the kind has; a column each. */
static gboolean
has_field (AttestEntryKind kind, AttestEntryField field)
{
  return kind == ATTEST_ENTRY_RECOMMENDATION || field <= ATTEST_FIELD_CRITERION
         || field == ATTEST_FIELD_WITHDRAWN;
}

static void
add_entry_columns (AttestTable *table, AttestEntryKind kind)
{
  attest_dataset_add_column (table, "id", ATTEST_COLUMN_TEXT);
  for (guint field = 0; field < ATTEST_N_ENTRY_FIELDS; field++)
    if (has_field (kind, field) && field != ATTEST_FIELD_WITHDRAWN)
      attest_table_add_column (
          table, attest_entry_field_to_string (field),
          field == ATTEST_FIELD_TIME_FRAME ? "time frame" : attest_entry_field_to_string (field),
          ATTEST_COLUMN_TEXT,
          field == ATTEST_FIELD_TEXT ? ATTEST_COLUMN_WRAP : ATTEST_COLUMN_PLAIN);
  attest_dataset_add_column (table, "rests_on", ATTEST_COLUMN_LIST);
  attest_dataset_add_column (table, "contradicting", ATTEST_COLUMN_LIST);
  attest_dataset_add_column (table, "context", ATTEST_COLUMN_LIST);
  attest_dataset_add_column (table, "by", ATTEST_COLUMN_TEXT);
  attest_dataset_add_column (table, "at", ATTEST_COLUMN_TEXT);
  attest_dataset_add_column (table, "withdrawn", ATTEST_COLUMN_TEXT);
}

static gboolean
add_entries (AttestDataset *dataset, const AttestLedger *ledger, AttestEntryKind kind,
             GError **error)
{
  g_autoptr (AttestTable) table = attest_table_new (NULL, NULL);

  add_entry_columns (table, kind);
  for (guint i = 0; i < ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (ledger->entries, i);

      if (entry->kind != kind)
        continue;
      attest_table_add_text (table, entry->id);
      for (guint field = 0; field < ATTEST_N_ENTRY_FIELDS; field++)
        if (has_field (kind, field) && field != ATTEST_FIELD_WITHDRAWN)
          attest_table_add_text (table, entry->fields[field]);
      for (guint stance = 0; stance < ATTEST_N_STANCES; stance++)
        {
          g_autoptr (GPtrArray) ids = attest_ledger_entry_list_links (entry, stance);

          attest_table_add_list (table, (const char *const *)ids->pdata);
        }
      attest_table_add_text (table, entry->by);
      attest_table_add_text (table, entry->at);
      attest_table_add_text (table, entry->fields[ATTEST_FIELD_WITHDRAWN]);
    }
  return attest_dataset_begin (dataset, names[kind], table, error);
}

static gboolean
add_links (AttestDataset *dataset, const AttestLedger *ledger, GError **error)
{
  static const char *const keys[] = { "of", "target", "stance", "note", "by", "at" };
  g_autoptr (AttestTable) table = attest_table_new (NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    attest_dataset_add_column (table, keys[i], ATTEST_COLUMN_TEXT);
  for (guint i = 0; i < ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (ledger->entries, i);

      for (guint k = 0; k < entry->links->len; k++)
        {
          const AttestLedgerLink *link = &g_array_index (entry->links, AttestLedgerLink, k);

          attest_table_add_text (table, entry->id);
          attest_table_add_text (table, link->id);
          attest_table_add_text (table, attest_stance_to_string (link->stance));
          attest_table_add_text (table, link->note);
          attest_table_add_text (table, link->by);
          attest_table_add_text (table, link->at);
        }
    }
  return attest_dataset_begin (dataset, "links", table, error);
}

gboolean
attest_dataset_add_ledger (AttestDataset *dataset, GError **error)
{
  g_autoptr (AttestLedger) ledger = attest_store_load_ledger (dataset->store, error);

  if (ledger == NULL)
    return FALSE;
  attest_disclosure_hide_ledger (dataset->disclosure, ledger);
  if (!add_ratings (dataset, ledger, error))
    return FALSE;
  for (guint kind = 0; kind < ATTEST_N_ENTRY_KINDS; kind++)
    if (!add_entries (dataset, ledger, kind, error))
      return FALSE;
  return add_links (dataset, ledger, error);
}
