#include "store/attest-store-sample.h"

#include <string.h>

#include "store/attest-store-decision.h"
#include "store/attest-store-private.h"
#include "util/attest-error.h"

enum
{
  ADD_SAMPLE,
  ADD_UNIT,
  FIND_NEWEST,
  ADD_JUDGED,
  N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
  [ADD_SAMPLE] = "INSERT INTO sample (seq, name, unit, codebook, seed, design, coder)"
                 " VALUES (?1, ?2, ?3, ?4, CASE WHEN ?5 THEN ?6 END, ?7, ?8)",
  [ADD_UNIT] = "INSERT INTO sample_unit (seq, sample_id, quote_key, source_id, stratum, of_units)"
               " VALUES (?1, ?2, nullif (?3, 0), nullif (?4, 0), ?5, nullif (?6, 0))",
  [FIND_NEWEST] = "SELECT v.id, v.original_sha256, v.source_id FROM version v"
                  " JOIN source s ON s.id = v.source_id WHERE s.label = ?1"
                  " ORDER BY v.number DESC LIMIT 1",
  [ADD_JUDGED] = "INSERT INTO judged (seq, quote_key, codebook, coder, at)"
                 " VALUES (?1, ?2, ?3, ?4, ?5)",
};

static const char *const kinds[] = { "sentence", "source" };

const char *
attest_sample_unit_kind_to_string (AttestSampleUnitKind kind)
{
  return kinds[kind];
}

/* ---- in memory ---- */

static void
clear_unit (gpointer item)
{
  AttestSampleUnit *unit = item;

  g_free (unit->source);
  g_free (unit->id);
  g_free (unit->stratum);
}

AttestSample *
attest_sample_new (void)
{
  AttestSample *sample = g_new0 (AttestSample, 1);

  sample->units = g_array_new (FALSE, TRUE, sizeof (AttestSampleUnit));
  g_array_set_clear_func (sample->units, clear_unit);
  return sample;
}

void
attest_sample_free (AttestSample *sample)
{
  if (sample == NULL)
    return;
  g_free (sample->name);
  g_free (sample->codebook);
  g_free (sample->design);
  g_free (sample->coder);
  g_free (sample->at);
  g_free (sample->by);
  g_array_unref (sample->units);
  g_free (sample);
}

void
attest_sample_add_unit (AttestSample *sample, const char *source, gint64 start, gint64 end,
                        const char *stratum, gint64 of_units)
{
  AttestSampleUnit unit = { .source = g_strdup (source),
                            .start = start,
                            .end = end,
                            .stratum = g_strdup (stratum),
                            .of_units = of_units };

  g_array_append_val (sample->units, unit);
}

/* ---- adding ---- */

/* The newest text of the source of the unit at hand. */
typedef struct
{
  char *label; /* NULL: none */
  gint64 version_id, source_id;
  char *original_sha256;
  GBytes *text;
  AttestCharMap *map;
} Newest;

static void
newest_clear (Newest *newest)
{
  g_free (newest->label);
  g_free (newest->original_sha256);
  g_clear_pointer (&newest->text, g_bytes_unref);
  g_clear_pointer (&newest->map, attest_char_map_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Newest, newest_clear)

static gboolean
load_newest (AttestStore *store, const char *label, Newest *newest, GError **error)
{
  g_auto (AttestStmt) stmt = NULL;
  int rc;

  if (g_strcmp0 (newest->label, label) == 0)
    return TRUE;
  newest_clear (newest);
  *newest = (Newest){ .label = g_strdup (label) };
  stmt = attest_stmt_query (store, statements[FIND_NEWEST], error, "s", label);
  rc = stmt != NULL ? attest_stmt_step (store, stmt, error) : -1;
  if (rc < 0)
    return FALSE;
  if (rc == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "no source '%s' in %s; 'attest sources' lists them", label, store->path);
  newest->version_id = sqlite3_column_int64 (stmt, 0);
  newest->original_sha256 = attest_stmt_dup (stmt, 1);
  newest->source_id = sqlite3_column_int64 (stmt, 2);
  newest->text = attest_store_load_text (store, newest->version_id, error);
  if (newest->text == NULL)
    return FALSE;
  newest->map = attest_char_map_new (g_bytes_get_data (newest->text, NULL),
                                     g_bytes_get_size (newest->text));
  return TRUE;
}

static AttestQuote
quote_of (const Newest *newest, const AttestSampleUnit *unit)
{
  const char *text = g_bytes_get_data (newest->text, NULL);
  AttestQuote quote
      = { .key = attest_quote_make_key (newest->original_sha256, unit->start, unit->end),
          .version_id = newest->version_id,
          .start_byte = (gint64)attest_char_map_to_byte (newest->map, (gsize)unit->start),
          .end_byte = (gint64)attest_char_map_to_byte (newest->map, (gsize)unit->end) };

  quote.text_hash = attest_quote_hash_text (text + quote.start_byte,
                                            (gsize)(quote.end_byte - quote.start_byte));
  return quote;
}

static gboolean
add_unit (AttestStore *store, gint64 seq, gint64 sample_id, const AttestSample *sample,
          const AttestSampleUnit *unit, Newest *newest, GError **error)
{
  gboolean is_quote = sample->unit == ATTEST_SAMPLE_SENTENCE;
  AttestQuote quote = { 0 };

  if (!load_newest (store, unit->source, newest, error))
    return FALSE;
  if (is_quote)
    {
      g_autoptr (GArray) quotes = g_array_new (FALSE, FALSE, sizeof (AttestQuote));

      quote = quote_of (newest, unit);
      g_array_append_val (quotes, quote);
      if (!attest_store_register_quotes (store, quotes, error))
        return FALSE;
    }
  return attest_stmt_exec (store, statements[ADD_UNIT], error, "iiiisi", seq, sample_id, quote.key,
                           is_quote ? 0 : newest->source_id, unit->stratum, unit->of_units);
}

gboolean
attest_store_add_sample (AttestStore *store, const AttestSample *sample, GError **error)
{
  g_auto (Newest) newest = { NULL };
  gint64 seq = 0, sample_id;

  g_return_val_if_fail (attest_store_is_writing (store), FALSE);
  if (!attest_store_begin_judging (store, &seq, error)
      || !attest_stmt_exec (store, statements[ADD_SAMPLE], error, "isssiiss", seq, sample->name,
                            kinds[sample->unit], sample->codebook, (gint64)sample->is_drawn,
                            sample->seed, sample->design, sample->coder))
    return FALSE;
  sample_id = sqlite3_last_insert_rowid (store->db);
  for (guint i = 0; i < sample->units->len; i++)
    if (!add_unit (store, seq, sample_id, sample,
                   &g_array_index (sample->units, AttestSampleUnit, i), &newest, error))
      return FALSE;
  return TRUE;
}

gboolean
attest_store_add_judged (AttestStore *store, const char *id, const char *codebook,
                         const char *coder, GError **error)
{
  g_autofree char *now = attest_store_dup_now ();
  AttestQuote quote = { 0 };
  gint64 seq = 0;

  g_return_val_if_fail (attest_store_is_writing (store), FALSE);
  if (!attest_store_find_quote (store, id, &quote, error)
      || !attest_store_peek_audit (store, &seq, error))
    return FALSE;
  store->has_decided = TRUE;
  return attest_stmt_exec (store, statements[ADD_JUDGED], error, "iisss", seq, quote.key, codebook,
                           coder, now);
}
