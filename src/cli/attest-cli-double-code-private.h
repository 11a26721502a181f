/* attest-cli-double-code-private: what planning the double coding of transcripts shares. */
#pragma once

#include "cli/attest-cli-double-code.h"
#include "cli/attest-cli-report.h"
#include "cli/attest-cli-sample-frame.h"

G_BEGIN_DECLS

/* A transcript that can be drawn. */
typedef struct
{
  char *label, *group;
  const char *kind; /* static */
  guint stratum;
  gint64 sentences, segments;
  gboolean drawn;
  guint64 lot; /* the lowest are drawn */
} AttestCandidate;

typedef struct
{
  AttestInvocation *inv;
  const AttestDoubleCodeWish *wish;
  GArray *candidates;         /* of AttestCandidate, by label */
  GPtrArray *strata;          /* of char *: "kind, group" */
  AttestFrequency *frequency; /* the codes */
  GHashTable *numbers;        /* label → AttestCandidate, borrowed */
  gint64 sentences;           /* of all */
  guint n_drawn;
  AttestSampleFrame *frame; /* (nullable) how alike sentences are; NULL: nobody can say */
} AttestPlanning;

static inline AttestCandidate *
attest_planning_candidate (const AttestPlanning *planning, guint i)
{
  return &g_array_index (planning->candidates, AttestCandidate, i);
}

/* attest-cli-double-code-load.c */
/** Finds out what can be drawn, and of which codes there is how much. */
gboolean attest_planning_load (AttestPlanning *planning, AttestInvocation *inv,
                               const AttestDoubleCodeWish *wish, GError **error);
void attest_planning_clear (AttestPlanning *planning);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AttestPlanning, attest_planning_clear)
/** Whether the code of @row is one of those that are wished for. */
gboolean attest_planning_is_wanted (const AttestDoubleCodeWish *wish,
                                    const AttestFrequencyRow *row);

/* attest-cli-double-code-print.c */
/** Of a code: the share of sentences that have it, as the codebook finds it. */
double attest_planning_prevalence (const AttestPlanning *planning, const AttestFrequencyRow *row);
/** How alike sentences of one transcript are in it, and from what that is known. */
double attest_planning_alike (const AttestPlanning *planning, const AttestFrequencyRow *row,
                              AttestAlikeOrigin *out_origin);
/** How wide its interval would be with @n_sources transcripts. */
double attest_planning_width (const AttestPlanning *planning, const AttestFrequencyRow *row,
                              guint n_sources);
/** Writes the sources that are drawn, or with plan what is to be expected. */
gboolean attest_planning_write (const AttestPlanning *planning, GError **error);

G_END_DECLS
