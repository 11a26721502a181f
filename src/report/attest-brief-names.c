#include "report/attest-brief-names.h"

#include <string.h>

static void
clear_level (gpointer item)
{
  AttestBriefLevel *level = item;

  g_free (level->level);
  g_free (level->label);
  g_strfreev (level->labels);
}

AttestBriefNames *
attest_brief_names_new (void)
{
  AttestBriefNames *names = g_new0 (AttestBriefNames, 1);

  names->criteria = g_ptr_array_new_with_free_func (g_free);
  names->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  names->scales
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
  return names;
}

void
attest_brief_names_free (AttestBriefNames *names)
{
  if (names == NULL)
    return;
  g_ptr_array_unref (names->criteria);
  g_hash_table_unref (names->names);
  g_hash_table_unref (names->scales);
  g_free (names);
}

GArray *
attest_brief_names_take_scale (AttestBriefNames *names, const char *scale)
{
  GArray *levels = g_hash_table_lookup (names->scales, scale);

  if (levels != NULL)
    return levels;
  levels = g_array_new (FALSE, FALSE, sizeof (AttestBriefLevel));
  g_array_set_clear_func (levels, clear_level);
  g_hash_table_insert (names->scales, g_strdup (scale), levels);
  return levels;
}

const AttestBriefLevel *
attest_brief_names_find_level (const AttestBriefNames *names, const char *scale, const char *level)
{
  const GArray *levels = g_hash_table_lookup (names->scales, scale);

  for (guint i = 0; levels != NULL && i < levels->len; i++)
    {
      const AttestBriefLevel *candidate = &g_array_index (levels, AttestBriefLevel, i);

      if (strcmp (candidate->level, level) == 0)
        return candidate;
    }
  return NULL;
}

const char *
attest_brief_names_get (const AttestBriefNames *names, const char *criterion)
{
  const char *name = g_hash_table_lookup (names->names, criterion);

  return name != NULL ? name : criterion;
}
