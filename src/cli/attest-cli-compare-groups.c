/* The groups of respondents in a comparison. */
#include "cli/attest-cli-compare-private.h"

#include <string.h>

AttestCompareGroup *
attest_compare_find_group (const AttestComparison *comparison, const char *name)
{
  for (guint i = 0; i < comparison->groups->len; i++)
    {
      AttestCompareGroup *group = &g_array_index (comparison->groups, AttestCompareGroup, i);

      if (g_strcmp0 (group->name, name) == 0)
        return group;
    }
  return NULL;
}

guint
attest_compare_number_of_group (const AttestComparison *comparison, const char *name)
{
  return (guint)(attest_compare_find_group (comparison, name)
                 - (AttestCompareGroup *)(gpointer)comparison->groups->data);
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const AttestCompareGroup *x = a, *y = b;

  if (x->name == NULL || y->name == NULL)
    return (x->name == NULL) - (y->name == NULL);
  return strcmp (x->name, y->name);
}

void
attest_compare_sort_groups (AttestComparison *comparison)
{
  g_array_sort (comparison->groups, compare_groups);
}
