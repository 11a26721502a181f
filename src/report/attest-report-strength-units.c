/* Who counts as one: the unit of strength is the respondent, but a focus group is one whatever its
 * size, and so are people of one organisation who were interviewed together. */
#include "report/attest-report-strength-private.h"

#define METHOD_FOCUS_GROUP "focus-group"

/* Labels point to the label that stands for them; one that is not there stands for itself. */
static const char *
find (GHashTable *same, const char *label)
{
  const char *next;

  while ((next = g_hash_table_lookup (same, label)) != NULL)
    label = next;
  return label;
}

/* The same organisation in the same source. */
void
attest_strength_join_respondents (AttestStrengthCounter *counter)
{
  g_autoptr (GHashTable) first = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  counter->same = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < counter->respondents->len; i++)
    {
      const AttestRespondentInfo *info = g_ptr_array_index (counter->respondents, i);
      const char *organisation = attest_respondent_info_get (info, ATTRIBUTE_ORGANISATION);

      for (guint k = 0; organisation != NULL && k < info->speakers->len; k++)
        {
          const char *source = g_array_index (info->speakers, AttestRespondentSpeaker, k).source;
          char *key = g_strdup_printf ("%s\n%s", source, organisation);
          const char *other = g_hash_table_lookup (first, key);
          const char *a = find (counter->same, info->label);
          const char *b = other != NULL ? find (counter->same, other) : a;

          if (other == NULL)
            g_hash_table_insert (first, key, info->label);
          else
            g_free (key);
          if (a != b)
            g_hash_table_insert (counter->same, (gpointer)a, (gpointer)b);
        }
    }
}

const char *
attest_strength_get_method (const AttestStrengthCounter *counter, const AttestRespondentInfo *info,
                            const char *kind)
{
  const char *given = info != NULL ? attest_respondent_info_get (info, ATTRIBUTE_METHOD) : NULL;
  g_autofree char *lower = given != NULL ? g_utf8_strdown (given, -1) : NULL;
  const char *name = lower != NULL ? g_hash_table_lookup (counter->rules->methods, lower) : NULL;

  /* A source that was taken in as a focus group is one, whatever is said of its respondents. */
  if (g_strcmp0 (kind, METHOD_FOCUS_GROUP) == 0)
    return METHOD_FOCUS_GROUP;
  return name != NULL ? name : given != NULL ? given : kind;
}

gboolean
attest_strength_is_focus_group (const char *method)
{
  return g_strcmp0 (method, METHOD_FOCUS_GROUP) == 0;
}

const char *
attest_strength_get_unit (const AttestStrengthCounter *counter, const char *respondent,
                          const char *source, gboolean is_focus_group)
{
  return respondent == NULL || is_focus_group ? source : find (counter->same, respondent);
}

gboolean
attest_strength_has_any (GHashTable *pairs, const AttestRespondentInfo *info)
{
  for (guint i = 0; info != NULL && i < info->attributes->len; i++)
    {
      const AttestAttribute *attribute = &g_array_index (info->attributes, AttestAttribute, i);

      if (attest_strength_has_pair (pairs, attribute->name, attribute->value))
        return TRUE;
    }
  return FALSE;
}

gboolean
attest_strength_has_pair (GHashTable *pairs, const char *name, const char *value)
{
  g_autofree char *pair = g_strdup_printf ("%s=%s", name, value);
  g_autofree char *lower = g_utf8_strdown (pair, -1);

  return g_hash_table_contains (pairs, lower);
}
