/* attest-brief-people: who was heard, by group, as much of it as the public may read.
 */
#pragma once

#include "store/attest-store.h"

G_BEGIN_DECLS

typedef struct
{
  char *group; /* (nullable) NULL: not known */
  gint64 respondents;
  gboolean is_small;  /* fewer than the least: is not printed */
  gboolean is_hidden; /* is not printed, since a small one would follow from it */
} AttestBriefGroup;

/**
 * (element-type AttestBriefGroup) by name, of no known group last. Those who only wrote a document
 * were not heard. @min_group: see attest_disclosure_get_min_group(); 0: nothing is small.
 */
GArray *attest_brief_list_groups (AttestStore *store, guint min_group, GError **error);

G_END_DECLS
