/* attest-cli-populations: counts who has which code, by group or by project.
 *
 * By what the projects hold, decisions of people included, where all of them were coded by the
 * codebook; or by coding in memory. Projects are read in place, one after another.
 */
#pragma once

#include "cli/attest-cli-compare.h"
#include "report/attest-report-populations.h"

G_BEGIN_DECLS

/* Borrowed. */
typedef struct
{
  const GPtrArray *projects; /* of char *: paths */
  const char *codebook;      /* (nullable) id, or file; NULL: that of the last run of each */
  const char *attribute;     /* (nullable) NULL: by project */
  gboolean by_source;        /* units are sources; not with @attribute */
  AttestAdjust adjust;
  guint64 seed;
  guint jobs;
  guint min_group;                 /* for the public; 0: for the team */
  const AttestCompareWish *stored; /* how texts that all projects hold are compared */
} AttestPopulationsWish;

/** Counted and tested. */
AttestPopulations *attest_cli_populations_load (AttestInvocation *inv,
                                                const AttestPopulationsWish *wish, GError **error);

G_END_DECLS
