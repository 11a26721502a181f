#include "report/attest-report-counter.h"

#include <string.h>

#include "util/attest-error.h"

/* A segment of the criterion at hand. */
typedef struct
{
  char *id, *source, *quote;
  gint64 turn;
  guint polarity;
} Voice;

static void
clear_voice (gpointer item)
{
  Voice *voice = item;

  g_free (voice->id);
  g_free (voice->source);
  g_free (voice->quote);
}

static gboolean
keep (const AttestStoreSegment *segment, gpointer voices, GError **error)
{
  guint polarity = segment->qualifiers.values[ATTEST_QUALIFIER_POLARITY];
  Voice voice = { .turn = segment->turn, .polarity = polarity };

  if (polarity == 0 || strcmp (segment->status, "rejected") == 0)
    return TRUE;
  voice.id = g_strdup (segment->id);
  voice.source = g_strdup (segment->source);
  voice.quote = g_strndup (segment->quote, segment->quote_bytes);
  g_array_append_val ((GArray *)voices, voice);
  return TRUE;
}

static GArray *
load_voices (AttestStore *store, const char *criterion, GError **error)
{
  g_autoptr (GArray) voices = g_array_new (FALSE, FALSE, sizeof (Voice));
  AttestSegmentFilter filter = { .code = criterion };
  gboolean has_code;

  g_array_set_clear_func (voices, clear_voice);
  /* No rule speaks of a criterion that was added. */
  if (!attest_store_has_code (store, criterion, &has_code, error))
    return NULL;
  if (!has_code)
    return g_steal_pointer (&voices);
  return attest_store_foreach_segment (store, &filter, keep, voices, error)
             ? g_steal_pointer (&voices)
             : NULL;
}

/* The link to a quote, or NULL. */
static const AttestLedgerLink *
find_link (const AttestLedgerEntry *finding, const char *id)
{
  for (guint i = 0; i < finding->links->len; i++)
    {
      const AttestLedgerLink *link = &g_array_index (finding->links, AttestLedgerLink, i);

      if (link->entry == NULL && strcmp (link->id, id) == 0)
        return link;
    }
  return NULL;
}

/* Whether what supports it speaks ill more often than well. */
static gboolean
is_bad_news (const AttestLedgerEntry *finding, const GArray *voices)
{
  int balance = 0;

  for (guint i = 0; i < voices->len; i++)
    {
      const Voice *voice = &g_array_index (voices, Voice, i);
      const AttestLedgerLink *link = find_link (finding, voice->id);

      if (link != NULL && link->stance == ATTEST_STANCE_SUPPORTS)
        balance += voice->polarity == ATTEST_POLARITY_POSITIVE   ? 1
                   : voice->polarity == ATTEST_POLARITY_NEGATIVE ? -1
                                                                 : 0;
    }
  return balance < 0;
}

typedef void (*VoiceFunc) (gpointer data, const AttestLedgerEntry *finding, const Voice *voice);

static void
for_each_voice (const AttestLedgerEntry *finding, const GArray *voices, VoiceFunc func,
                gpointer data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint same = is_bad_news (finding, voices) ? ATTEST_POLARITY_NEGATIVE : ATTEST_POLARITY_POSITIVE;

  for (guint i = 0; i < voices->len; i++)
    {
      const Voice *voice = &g_array_index (voices, Voice, i);

      /* Two codebooks may have the code, and find the same passage. */
      if (voice->polarity != same && find_link (finding, voice->id) == NULL
          && g_hash_table_add (seen, voice->id))
        func (data, finding, voice);
    }
}

static void
add_voice (gpointer table, const AttestLedgerEntry *finding, const Voice *voice)
{
  static const char *const polarities[] = { "", "positive", "negative", "mixed" };

  attest_table_add_text (table, finding->id);
  attest_table_add_text (table, voice->id);
  attest_table_add_text (table, voice->source);
  attest_table_add_int (table, voice->turn);
  attest_table_add_text (table, polarities[voice->polarity]);
  attest_table_add_text (table, voice->quote);
}

static void
count_voice (gpointer counts, const AttestLedgerEntry *finding, const Voice *voice)
{
  gsize n = GPOINTER_TO_SIZE (g_hash_table_lookup (counts, finding->id));

  g_hash_table_insert (counts, g_strdup (finding->id), GSIZE_TO_POINTER (n + 1));
}

static gboolean
is_meant (const char *const *ids, const AttestLedgerEntry *finding)
{
  gboolean is_meant = ids == NULL;

  for (; !is_meant && *ids != NULL; ids++)
    is_meant = g_ascii_strcasecmp (*ids, finding->id) == 0
               || strcmp (*ids, finding->fields[ATTEST_FIELD_CRITERION]) == 0;
  return is_meant;
}

static gboolean
check_ids (const AttestLedger *ledger, const char *const *ids, GError **error)
{
  for (; ids != NULL && *ids != NULL; ids++)
    {
      const char *const one[] = { *ids, NULL };
      gboolean found = FALSE;

      for (guint i = 0; i < ledger->entries->len && !found; i++)
        {
          const AttestLedgerEntry *entry = g_ptr_array_index (ledger->entries, i);
          const char *criterion = entry->fields[ATTEST_FIELD_CRITERION];

          found = criterion != NULL && attest_ledger_entry_bears (entry, criterion)
                  && is_meant (one, entry);
        }
      if (!found)
        return attest_throw (error, ATTEST_ERROR_USAGE,
                             "'%s' is neither a finding on a criterion, nor a criterion with "
                             "findings; 'attest finding edit F1 --criterion …' says which",
                             *ids);
    }
  return TRUE;
}

static AttestTable *
make_table (void)
{
  AttestTable *table = attest_table_new (NULL, NULL);

  attest_table_add_column (table, "finding", "of", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "id", "quote", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "source", "source", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "turn", "turn", ATTEST_COLUMN_INT, ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "polarity", "said", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "quote", "text", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  return table;
}

static guint
walk (AttestStore *store, const AttestLedger *ledger, const char *const *ids, VoiceFunc func,
      gpointer data, GError **error)
{
  g_autoptr (GHashTable) by_criterion
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_array_unref);
  guint n_findings = 0;

  for (guint i = 0; i < ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (ledger->entries, i);
      char *criterion = entry->fields[ATTEST_FIELD_CRITERION];
      GArray *voices;

      if (criterion == NULL || !attest_ledger_entry_bears (entry, criterion)
          || !is_meant (ids, entry))
        continue;
      voices = g_hash_table_lookup (by_criterion, criterion);
      if (voices == NULL)
        {
          voices = load_voices (store, criterion, error);
          if (voices == NULL)
            return G_MAXUINT;
          g_hash_table_insert (by_criterion, criterion, voices);
        }
      for_each_voice (entry, voices, func, data);
      n_findings++;
    }
  return n_findings;
}

/* A codebook of now may no longer have the code. */
static gboolean
check_criteria (AttestStore *store, const AttestLedger *ledger, const char *const *ids,
                GError **error)
{
  for (guint i = 0; i < ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (ledger->entries, i);
      const char *criterion = entry->fields[ATTEST_FIELD_CRITERION];

      if (criterion != NULL && attest_ledger_entry_bears (entry, criterion) && is_meant (ids, entry)
          && !attest_store_check_criterion (store, criterion, error))
        return FALSE;
    }
  return TRUE;
}

AttestTable *
attest_report_counter (AttestStore *store, const char *const *ids, guint *out_findings,
                       GError **error)
{
  g_autoptr (AttestLedger) ledger = attest_store_load_ledger (store, error);
  g_autoptr (AttestTable) table = make_table ();

  *out_findings = 0;
  if (ledger == NULL || !check_ids (ledger, ids, error)
      || !check_criteria (store, ledger, ids, error))
    return NULL;
  *out_findings = walk (store, ledger, ids, add_voice, table, error);
  return *out_findings != G_MAXUINT ? g_steal_pointer (&table) : NULL;
}

GHashTable *
attest_report_count_counter (AttestStore *store, GError **error)
{
  g_autoptr (AttestLedger) ledger = attest_store_load_ledger (store, error);
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (ledger == NULL || walk (store, ledger, NULL, count_voice, counts, error) == G_MAXUINT)
    return NULL;
  return g_steal_pointer (&counts);
}
