#include "report/attest-segment-facts.h"

#include <string.h>

struct _AttestSegmentFacts
{
  GHashTable *respondents; /* label → AttestRespondentInfo, which `list` owns */
  GPtrArray *list;
  GPtrArray *codebooks;  /* of AttestCodebookInfo */
  GPtrArray *attributes; /* of char *, and NULL */
  GPtrArray *values;     /* borrowed, of one segment, as many */
  GArray *hits;          /* of AttestRecordHit, of one segment */
  const AttestDisclosure *disclosure;
};

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
attest_respondents_list_attributes (GPtrArray *respondents)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < respondents->len; i++)
    {
      const AttestRespondentInfo *info = g_ptr_array_index (respondents, i);

      for (guint k = 0; k < info->attributes->len; k++)
        {
          char *name = g_array_index (info->attributes, AttestAttribute, k).name;

          if (g_hash_table_add (known, name))
            g_ptr_array_add (names, g_strdup (name));
        }
    }
  g_ptr_array_sort (names, compare_names);
  return names;
}

AttestSegmentFacts *
attest_segment_facts_new (AttestStore *store, GError **error)
{
  g_autoptr (AttestSegmentFacts) facts = g_new0 (AttestSegmentFacts, 1);

  facts->list = attest_store_list_respondents (store, error);
  if (facts->list == NULL)
    return NULL;
  facts->codebooks = attest_store_list_codebooks (store, error);
  if (facts->codebooks == NULL)
    return NULL;
  facts->attributes = attest_respondents_list_attributes (facts->list);
  g_ptr_array_add (facts->attributes, NULL);
  facts->respondents = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < facts->list->len; i++)
    {
      AttestRespondentInfo *info = g_ptr_array_index (facts->list, i);

      g_hash_table_insert (facts->respondents, info->label, info);
    }
  facts->values = g_ptr_array_new ();
  facts->hits = g_array_new (FALSE, FALSE, sizeof (AttestRecordHit));
  return g_steal_pointer (&facts);
}

void
attest_segment_facts_free (AttestSegmentFacts *facts)
{
  if (facts == NULL)
    return;
  g_clear_pointer (&facts->respondents, g_hash_table_unref);
  g_clear_pointer (&facts->list, g_ptr_array_unref);
  g_clear_pointer (&facts->codebooks, g_ptr_array_unref);
  g_clear_pointer (&facts->attributes, g_ptr_array_unref);
  g_clear_pointer (&facts->values, g_ptr_array_unref);
  g_clear_pointer (&facts->hits, g_array_unref);
  g_free (facts);
}

void
attest_segment_facts_disclose (AttestSegmentFacts *facts, const AttestDisclosure *disclosure)
{
  if (!attest_disclosure_is_public (disclosure))
    return;
  facts->disclosure = disclosure;
  g_ptr_array_set_size (facts->attributes, 0);
  for (const char *const *name = attest_disclosure_list_attribution (disclosure); *name != NULL;
       name++)
    g_ptr_array_add (facts->attributes, g_strdup (*name));
  g_ptr_array_add (facts->attributes, NULL);
}

const char *const *
attest_segment_facts_get_attributes (const AttestSegmentFacts *facts)
{
  return (const char *const *)facts->attributes->pdata;
}

/* The codebook whose segments of this name are in the project. */
static const AttestCodebookInfo *
find_codebook (const AttestSegmentFacts *facts, const char *name)
{
  for (guint i = 0; i < facts->codebooks->len; i++)
    {
      const AttestCodebookInfo *info = g_ptr_array_index (facts->codebooks, i);

      if (info->coded && strcmp (info->name, name) == 0)
        return info;
    }
  return NULL;
}

void
attest_segment_facts_fill (AttestSegmentFacts *facts, const AttestStoreSegment *segment,
                           AttestSegmentRecord *record)
{
  const AttestCodebookInfo *codebook = find_codebook (facts, segment->codebook);
  const AttestRespondentInfo *respondent
      = segment->respondent != NULL ? g_hash_table_lookup (facts->respondents, segment->respondent)
                                    : NULL;

  attest_segment_record_from_store (record, segment, facts->hits);
  if (codebook != NULL)
    {
      record->codebook_version = codebook->version;
      record->codebook_sha256 = codebook->sha256;
    }
  g_ptr_array_set_size (facts->values, 0);
  for (guint i = 0; i + 1 < facts->attributes->len; i++)
    {
      const char *name = g_ptr_array_index (facts->attributes, i);
      const char *value = NULL;

      if (facts->disclosure != NULL)
        value = attest_disclosure_get_attribute (facts->disclosure, segment->respondent, name);
      else if (respondent != NULL)
        value = attest_respondent_info_get (respondent, name);
      g_ptr_array_add (facts->values, (gpointer)value);
    }
  record->attributes = attest_segment_facts_get_attributes (facts);
  record->values = (const char *const *)facts->values->pdata;
}
