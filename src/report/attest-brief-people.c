#include "report/attest-brief-people.h"

#include <string.h>

#include "report/attest-brief-facts.h"
#include "stats/attest-suppression.h"

static void
clear_group (gpointer item)
{
  g_free (((AttestBriefGroup *)item)->group);
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const AttestBriefGroup *one = a, *other = b;

  if (one->group == NULL || other->group == NULL)
    return (one->group == NULL) - (other->group == NULL);
  return strcmp (one->group, other->group);
}

static void
count_one (GArray *groups, const char *group)
{
  AttestBriefGroup entry = { NULL, 1, FALSE, FALSE };

  for (guint i = 0; i < groups->len; i++)
    if (g_strcmp0 (g_array_index (groups, AttestBriefGroup, i).group, group) == 0)
      {
        g_array_index (groups, AttestBriefGroup, i).respondents++;
        return;
      }
  entry.group = g_strdup (group);
  g_array_append_val (groups, entry);
}

/* A column of counts, whose total is printed. The totals of rows are nowhere. */
static void
hide (GArray *groups, guint min_group)
{
  guint n = groups->len;
  g_autofree gint64 *counts = g_new0 (gint64, (n + 1) * 2);
  g_autofree guint8 *small = g_new0 (guint8, (n + 1) * 2);
  g_autofree guint8 *hidden = g_new0 (guint8, (n + 1) * 2);
  AttestSuppressionTable table = { n, 1, counts, small, 1, (gint64)min_group - 1 };

  for (guint i = 0; i < n; i++)
    {
      AttestBriefGroup *group = &g_array_index (groups, AttestBriefGroup, i);

      group->is_small = group->respondents < (gint64)min_group;
      counts[i * 2] = group->respondents;
      small[i * 2] = hidden[i * 2] = group->is_small;
      hidden[i * 2 + 1] = 1;
    }
  attest_suppression_add_up (counts, n, 1);
  attest_suppression_complete (&table, hidden);
  for (guint i = 0; i < n; i++)
    g_array_index (groups, AttestBriefGroup, i).is_hidden = hidden[i * 2] != 0;
}

GArray *
attest_brief_list_groups (AttestStore *store, guint min_group, GError **error)
{
  g_autoptr (GPtrArray) heard = attest_brief_list_heard (store, error);
  GArray *groups;

  if (heard == NULL)
    return NULL;
  groups = g_array_new (FALSE, FALSE, sizeof (AttestBriefGroup));
  g_array_set_clear_func (groups, clear_group);
  for (guint i = 0; i < heard->len; i++)
    count_one (groups,
               attest_respondent_info_get (g_ptr_array_index (heard, i), ATTEST_ATTRIBUTE_GROUP));
  g_array_sort (groups, compare_groups);
  if (min_group > 1)
    hide (groups, min_group);
  return groups;
}
