#include "report/attest-report-data.h"

#include <string.h>

#include "report/attest-disclosure-counts.h"
#include "stats/attest-suppression.h"
#include "util/attest-error.h"

void
attest_report_data_free (AttestReportData *data)
{
  if (data == NULL)
    return;
  if (data->printed != data->frequency)
    attest_frequency_free (data->printed);
  attest_frequency_free (data->frequency);
  attest_disclosure_free (data->disclosure);
  g_clear_pointer (&data->sources, g_ptr_array_unref);
  g_clear_pointer (&data->searched, g_hash_table_unref);
  g_clear_pointer (&data->respondents, g_ptr_array_unref);
  g_clear_pointer (&data->shared, g_hash_table_unref);
  g_free (data->attribute);
  g_free (data->value);
  g_array_unref (data->segments);
  g_ptr_array_unref (data->items);
  g_array_unref (data->item_numbers);
  g_hash_table_unref (data->code_indexes);
  g_hash_table_unref (data->source_indexes);
  g_hash_table_unref (data->respondent_indexes);
  g_hash_table_unref (data->item_indexes);
  g_string_chunk_free (data->strings);
  g_free (data);
}

/* ---- indexes ---- */

static GHashTable *
new_indexes (void)
{
  return g_hash_table_new (g_str_hash, g_str_equal);
}

static void
add_index (GHashTable *indexes, const char *key, guint i)
{
  g_hash_table_insert (indexes, (gpointer)key, GUINT_TO_POINTER (i + 1));
}

static guint
find_index (GHashTable *indexes, const char *key)
{
  gpointer found = key != NULL ? g_hash_table_lookup (indexes, key) : NULL;

  return found != NULL ? GPOINTER_TO_UINT (found) - 1 : ATTEST_NO_INDEX;
}

guint
attest_report_data_find_code (const AttestReportData *data, const char *code)
{
  return find_index (data->code_indexes, code);
}

guint
attest_report_data_find_source (const AttestReportData *data, const char *label)
{
  return find_index (data->source_indexes, label);
}

guint
attest_report_data_find_respondent (const AttestReportData *data, const char *label)
{
  return find_index (data->respondent_indexes, label);
}

gboolean
attest_report_data_check_code (const AttestReportData *data, const char *code, guint *out_code,
                               GError **error)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();
  g_autofree char *known = NULL;

  *out_code = attest_report_data_find_code (data, code);
  if (*out_code != ATTEST_NO_INDEX)
    return TRUE;
  for (guint i = 0; i < data->frequency->rows->len; i++)
    g_ptr_array_add (codes, attest_report_data_code (data, i)->code);
  g_ptr_array_add (codes, NULL);
  known = g_strjoinv (", ", (char **)codes->pdata);
  return attest_throw (error, ATTEST_ERROR_USAGE,
                       "no code '%s' in the segments of codebook '%s'; there are: %s", code,
                       data->frequency->codebook->name, known);
}

/* ---- loading ---- */

static void
add_item (AttestReportData *data, const char *text)
{
  guint item = find_index (data->item_indexes, text);

  if (item == ATTEST_NO_INDEX)
    {
      const char *copy = g_string_chunk_insert (data->strings, text);

      item = data->items->len;
      g_ptr_array_add (data->items, (gpointer)copy);
      add_index (data->item_indexes, copy, item);
    }
  g_array_append_val (data->item_numbers, item);
}

/* The words that a hit found, where the quote holds them. */
static void
add_phrase (AttestReportData *data, const AttestStoreSegment *segment, const AttestStoreHit *hit)
{
  g_autofree char *lower = NULL;

  if (hit->start_byte < segment->start_byte || hit->end_byte > segment->end_byte)
    return;
  lower = g_utf8_strdown (segment->quote + (hit->start_byte - segment->start_byte),
                          hit->end_byte - hit->start_byte);
  add_item (data, lower);
}

static void
add_items (AttestReportData *data, const AttestStoreSegment *segment, AttestDatum *datum)
{
  datum->first_item = data->item_numbers->len;
  for (guint i = 0; segment->hits != NULL && i < segment->n_hits; i++)
    if ((data->flags & ATTEST_DATA_RULES) != 0)
      add_item (data, segment->hits[i].rule);
    else
      add_phrase (data, segment, &segment->hits[i]);
  datum->n_items = data->item_numbers->len - datum->first_item;
}

static gboolean
add_segment (const AttestStoreSegment *segment, gpointer user_data, G_GNUC_UNUSED GError **error)
{
  AttestReportData *data = user_data;
  AttestDatum datum
      = { .code = attest_report_data_find_code (data, segment->code),
          .source = attest_report_data_find_source (data, segment->source),
          .respondent = attest_report_data_find_respondent (data, segment->respondent),
          .turn = segment->turn,
          .start = segment->start,
          .end = segment->end,
          .start_byte = segment->start_byte,
          .end_byte = segment->end_byte,
          .start_ms = segment->start_ms,
          .qualifiers = segment->qualifiers,
          .strength = segment->strength,
          .is_key = segment->is_key,
          .is_accepted = g_strcmp0 (segment->status, "accepted") == 0 };

  /* A code of an older run of a codebook of that name is none of this one. */
  if (g_strcmp0 (segment->status, "rejected") == 0 || datum.code == ATTEST_NO_INDEX
      || datum.source == ATTEST_NO_INDEX)
    return TRUE;
  datum.id = g_string_chunk_insert_const (data->strings, segment->id);
  if ((data->flags & ATTEST_DATA_QUOTES) != 0)
    {
      datum.quote
          = g_string_chunk_insert_len (data->strings, segment->quote, (gssize)segment->quote_bytes);
      datum.quote_bytes = segment->quote_bytes;
    }
  add_items (data, segment, &datum);
  g_array_append_val (data->segments, datum);
  return TRUE;
}

static void
add_indexes (AttestReportData *data)
{
  for (guint i = 0; i < data->frequency->rows->len; i++)
    add_index (data->code_indexes, attest_report_data_code (data, i)->code, i);
  for (guint i = 0; i < data->sources->len; i++)
    add_index (data->source_indexes,
               ((AttestSourceInfo *)g_ptr_array_index (data->sources, i))->label, i);
  for (guint i = 0; i < data->respondents->len; i++)
    add_index (data->respondent_indexes,
               ((AttestRespondentInfo *)g_ptr_array_index (data->respondents, i))->label, i);
}

static char *
dup_pair (const char *name, const char *value)
{
  return g_strconcat (name, "\x1f", value, NULL);
}

/* Somebody who is named may be told with all of it; as a column or a line of its own it would stand
 * for nobody else. */
static void
list_shared (AttestReportData *data)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer pair, count;

  for (guint r = 0; r < data->respondents->len; r++)
    {
      const AttestRespondentInfo *info = g_ptr_array_index (data->respondents, r);

      for (guint i = 0; i < info->attributes->len; i++)
        {
          const char *name = g_array_index (info->attributes, AttestAttribute, i).name;
          const char *value = attest_disclosure_get_attribute (data->disclosure, info->label, name);
          char *key = value != NULL ? dup_pair (name, value) : NULL;

          if (key == NULL)
            continue;
          count = g_hash_table_lookup (counts, key);
          g_hash_table_insert (counts, key, GUINT_TO_POINTER (GPOINTER_TO_UINT (count) + 1));
        }
    }
  data->shared = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &pair, &count))
    if (!attest_disclosure_is_small (data->disclosure, GPOINTER_TO_UINT (count)))
      g_hash_table_add (data->shared, g_strdup (pair));
}

static gboolean
load (AttestReportData *data, const AttestReportFilter *filter, GError **error)
{
  AttestSegmentFilter segments
      = { .dimension = filter->dimension, .attribute = data->attribute, .value = data->value };

  data->frequency = attest_store_report_frequency (data->store, filter, error);
  if (data->frequency == NULL)
    return FALSE;
  data->printed = data->frequency;
  if (attest_disclosure_is_public (data->disclosure))
    {
      data->printed = attest_store_report_frequency (data->store, filter, error);
      if (data->printed == NULL)
        return FALSE;
      attest_disclosure_hide_frequency (data->disclosure, data->printed);
    }
  data->sources = attest_store_list_sources (data->store, error);
  if (data->sources == NULL)
    return FALSE;
  data->searched = attest_store_list_searched (data->store, data->frequency->codebook->id, error);
  if (data->searched == NULL)
    return FALSE;
  data->respondents = attest_store_list_respondents (data->store, error);
  if (data->respondents == NULL)
    return FALSE;
  add_indexes (data);
  if (attest_disclosure_is_public (data->disclosure))
    list_shared (data);
  segments.codebook = data->frequency->codebook->name;
  segments.with_hits = (data->flags & (ATTEST_DATA_RULES | ATTEST_DATA_PHRASES)) != 0;
  return attest_store_foreach_segment (data->store, &segments, add_segment, data, error);
}

AttestReportData *
attest_report_data_new (AttestStore *store, const AttestReportFilter *filter, AttestDataFlags flags,
                        AttestDisclosure *disclosure, GError **error)
{
  static const AttestReportFilter all = { NULL };
  g_autoptr (AttestReportData) data = g_new0 (AttestReportData, 1);

  filter = filter != NULL ? filter : &all;
  data->store = store;
  data->flags = flags;
  data->disclosure = disclosure;
  data->attribute = attest_store_normalise_attribute (filter->attribute);
  data->value = g_strdup (filter->value);
  data->segments = g_array_new (FALSE, TRUE, sizeof (AttestDatum));
  data->items = g_ptr_array_new ();
  data->item_numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  data->code_indexes = new_indexes ();
  data->source_indexes = new_indexes ();
  data->respondent_indexes = new_indexes ();
  data->item_indexes = new_indexes ();
  data->strings = g_string_chunk_new (1 << 16);
  return load (data, filter, error) ? g_steal_pointer (&data) : NULL;
}

/* ---- names ---- */

const char *
attest_report_data_source (const AttestReportData *data, guint source)
{
  const AttestSourceInfo *info = g_ptr_array_index (data->sources, source);

  return attest_disclosure_get_source (data->disclosure, info->label);
}

const char *
attest_report_data_respondent (const AttestReportData *data, guint respondent)
{
  const AttestRespondentInfo *info;

  if (respondent == ATTEST_NO_INDEX)
    return NULL;
  info = g_ptr_array_index (data->respondents, respondent);
  return attest_disclosure_get_respondent (data->disclosure, info->label);
}

const char *
attest_report_data_attribute (const AttestReportData *data, guint respondent, const char *name)
{
  const AttestRespondentInfo *info;
  g_autofree char *pair = NULL;
  const char *value;

  if (respondent == ATTEST_NO_INDEX)
    return NULL;
  info = g_ptr_array_index (data->respondents, respondent);
  if (data->disclosure == NULL)
    return attest_respondent_info_get (info, name);
  value = attest_disclosure_get_attribute (data->disclosure, info->label, name);
  pair = value != NULL ? dup_pair (name, value) : NULL;
  return pair != NULL && g_hash_table_contains (data->shared, pair) ? value : NULL;
}

char *
attest_report_data_dup_code_title (const AttestReportData *data, guint code)
{
  const AttestFrequencyRow *row = attest_report_data_code (data, code);

  return attest_report_dup_title (row->name, row->code);
}

/* ---- who could have been heard ---- */

gboolean
attest_report_data_is_present (const AttestReportData *data, guint respondent)
{
  const AttestRespondentInfo *info = g_ptr_array_index (data->respondents, respondent);

  if (info->turns == 0
      || (data->attribute != NULL
          && g_strcmp0 (attest_respondent_info_get (info, data->attribute), data->value) != 0))
    return FALSE;
  for (guint i = 0; i < info->speakers->len; i++)
    if (g_hash_table_contains (data->searched,
                               g_array_index (info->speakers, AttestRespondentSpeaker, i).source))
      return TRUE;
  return FALSE;
}

static int
compare_values (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
attest_report_data_list_values (const AttestReportData *data, const char *name)
{
  GPtrArray *values = g_ptr_array_new ();
  gboolean is_any_unknown = FALSE;

  for (guint i = 0; i < data->respondents->len; i++)
    {
      const char *value;

      if (!attest_report_data_is_present (data, i))
        continue;
      value = attest_report_data_attribute (data, i, name);
      is_any_unknown |= value == NULL;
      if (value != NULL && !g_ptr_array_find_with_equal_func (values, value, g_str_equal, NULL))
        g_ptr_array_add (values, (gpointer)value);
    }
  g_ptr_array_sort (values, compare_values);
  if (is_any_unknown)
    g_ptr_array_add (values, NULL);
  return values;
}

guint
attest_report_data_find_value (const GPtrArray *values, const char *value)
{
  for (guint i = 0; i < values->len; i++)
    if (g_strcmp0 (g_ptr_array_index (values, i), value) == 0)
      return i;
  return ATTEST_NO_INDEX;
}

/* ---- quotes ---- */

char *
attest_report_data_dup_quote (const AttestReportData *data, const AttestDatum *datum)
{
  const AttestSourceInfo *source = g_ptr_array_index (data->sources, datum->source);
  const AttestRespondentInfo *respondent
      = datum->respondent != ATTEST_NO_INDEX
            ? g_ptr_array_index (data->respondents, datum->respondent)
            : NULL;

  return attest_disclosure_dup_quote (data->disclosure, datum->id, source->label,
                                      respondent != NULL ? respondent->label : NULL, datum->quote,
                                      datum->quote_bytes, NULL);
}

const char *
attest_report_data_who (const AttestReportData *data, guint respondent)
{
  const AttestRespondentInfo *info;
  const char *group;

  if (respondent == ATTEST_NO_INDEX)
    return "";
  info = g_ptr_array_index (data->respondents, respondent);
  if (attest_disclosure_is_public (data->disclosure))
    return attest_disclosure_get_line (data->disclosure, info->label);
  group = attest_respondent_info_get (info, ATTEST_ATTRIBUTE_GROUP);
  return group != NULL ? group : "";
}

char *
attest_report_data_dup_place (const AttestReportData *data, const AttestDatum *datum)
{
  const char *source = attest_report_data_source (data, datum->source);
  g_autofree char *time = NULL;

  if (attest_disclosure_is_public (data->disclosure))
    return g_strdup (source != NULL ? source : "");
  if (datum->start_ms == ATTEST_NO_TIME)
    return g_strdup_printf ("%s ¶%u", source, datum->turn + 1);
  time = attest_table_dup_time (datum->start_ms);
  return g_strdup_printf ("%s ¶%u [%s]", source, datum->turn + 1, time);
}

static int
compare_quotes (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const AttestReportData *data = user_data;
  guint i = *(const guint *)a, k = *(const guint *)b;
  const AttestDatum *x = attest_report_datum (data, i), *y = attest_report_datum (data, k);

  if (x->is_key != y->is_key)
    return x->is_key ? -1 : 1;
  if (x->is_accepted != y->is_accepted)
    return x->is_accepted ? -1 : 1;
  if (x->strength != y->strength)
    return x->strength > y->strength ? -1 : 1;
  /* Where they stand tells of the order of sources, which is not for the public. */
  if (attest_disclosure_is_public (data->disclosure) && strcmp (x->id, y->id) != 0)
    return strcmp (x->id, y->id);
  return i < k ? -1 : i > k;
}

void
attest_report_data_sort_quotes (const AttestReportData *data, GArray *segments)
{
  g_array_sort_with_data (segments, compare_quotes, (gpointer)data);
}

/* ---- counts for the public ---- */

/* Hides more cells until none that is hidden follows from the others and the total. */
static void
complete_line (const gint64 *line, guint n, guint min_group, guint8 *hidden)
{
  guint width = n + 1;
  g_autofree gint64 *counts = g_new0 (gint64, 2 * (gsize)width);
  g_autofree guint8 *small = g_new0 (guint8, 2 * (gsize)width);
  g_autofree guint8 *gone = g_new0 (guint8, 2 * (gsize)width);
  AttestSuppressionTable table = { .rows = 1,
                                   .cols = n,
                                   .counts = counts,
                                   .small = small,
                                   .small_min = 0,
                                   .small_max = (gint64)min_group - 1 };

  for (guint i = 0; i < n; i++)
    {
      counts[i] = line[i];
      small[i] = hidden[i] && line[i] < min_group;
      gone[i] = hidden[i];
      /* Totals of columns, which there are not. */
      gone[width + i] = TRUE;
    }
  attest_suppression_add_up (counts, 1, n);
  attest_suppression_complete (&table, gone);
  for (guint i = 0; i < n; i++)
    hidden[i] |= gone[i];
}

void
attest_report_data_hide_line (const AttestReportData *data, const gint64 *present,
                              const gint64 *counts, guint n, guint8 *hidden)
{
  guint min_group = attest_disclosure_get_min_group (data->disclosure);
  gboolean is_any = FALSE;

  if (!attest_disclosure_is_public (data->disclosure))
    return;
  for (guint i = 0; i < n; i++)
    {
      hidden[i] |= attest_disclosure_is_small (data->disclosure, present[i])
                   || attest_disclosure_is_small (data->disclosure, counts[i])
                   || attest_disclosure_is_small (data->disclosure, present[i] - counts[i]);
      is_any |= hidden[i];
    }
  for (guint i = 0; i < 2 && is_any; i++)
    {
      complete_line (present, n, min_group, hidden);
      complete_line (counts, n, min_group, hidden);
    }
}
