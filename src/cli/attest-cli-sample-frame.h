/* attest-cli-sample-frame: the sentences of a project that can be drawn for two people to code, and
 * how well agreement would be known.
 *
 * A unit is a sentence of somebody who is no interviewer, as 'attest agree' counts them: whole, so
 * that where it begins and ends says nothing of what anybody found in it. It has the codes of the
 * segments that overlap it. Its stratum is the rarest of these, or that it has none.
 */
#pragma once

#include "cli/attest-cli-agree-project.h"
#include "stats/attest-stratified.h"

G_BEGIN_DECLS

/* From what it is known how alike sentences of one transcript are. */
typedef enum
{
  ATTEST_ALIKE_GIVEN,     /* by --alike */
  ATTEST_ALIKE_AGREEMENT, /* what two people have judged already: how alike they agree */
  ATTEST_ALIKE_SEGMENTS,  /* where the codebook finds the code */
  ATTEST_ALIKE_ASSUMED,   /* neither says; 0.05 */
} AttestAlikeOrigin;

/** "given", "double coding", "segments", "assumed" */
extern const char *const attest_alike_origins[];

#define ATTEST_ALIKE_DEFAULT .05

typedef struct
{
  char *codebook;
  AttestAgreeProject *project; /* items, places, cluster_of */
  GPtrArray *codes;            /* of char *, borrowed: those that are wished for */
  guint *numbers;              /* of each in the project */
  guint *stratum_of;           /* by item: number of a code, or n_codes: none of them */
  AttestStrata strata;         /* sizes and counts are owned */
  double cluster_chance;
  double *alike; /* by code: ρ, 0 … 1 */
  AttestAlikeOrigin *origins;
} AttestSampleFrame;

/**
 * @codebook, @dimension, @code: (nullable) of which codes; @alike: below 0: to be found out.
 * ATTEST_ERROR_USAGE: no such codebook, dimension or code, not all sources coded, or nothing to
 * draw from.
 */
AttestSampleFrame *attest_sample_frame_load (AttestStore *store, const char *codebook,
                                             const char *dimension, const char *code, double kappa,
                                             double alike, GError **error);
void attest_sample_frame_free (AttestSampleFrame *frame);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestSampleFrame, attest_sample_frame_free)

/** Whether the codebook finds @code (of the frame) in @item. */
gboolean attest_sample_frame_holds (const AttestSampleFrame *frame, guint item, guint code);
/** How many of each stratum are to be drawn, of @n in all. Returns: (transfer full) */
guint *attest_sample_frame_allocate (const AttestSampleFrame *frame, guint n);
/** Width of the 95 % interval of alpha of @code. NAN: not defined. */
double attest_sample_frame_width (const AttestSampleFrame *frame, guint code, const guint *n_drawn);
/** The least number of sentences that half of the codes reach @width with; all where they are too
 * few. */
guint attest_sample_frame_find_size (const AttestSampleFrame *frame, double width);

G_END_DECLS
