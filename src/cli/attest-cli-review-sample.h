/* attest-cli-review-sample: 'attest review' of a sample of sentences, where there are no segments
 * to decide of but codes to give. */
#pragma once

#include "cli/attest-cli-judging.h"

G_BEGIN_DECLS

/* (nullable) as the options of 'attest review' say. */
typedef struct
{
  const char *codes;  /* give these to the quotes that are named */
  gboolean no_code;   /* they have none */
  const char *import; /* a CSV file */
  const char *status; /* to list: "proposed" (open), "accepted" (judged), "all" */
  const char *source; /* only of this */
  const char *format;
  gboolean wants_screen;
} AttestReviewSampleWish;

/** Takes @judging over. */
gboolean attest_cli_review_sample (AttestInvocation *inv, AttestJudging *judging,
                                   const AttestReviewSampleWish *wish, GError **error);

G_END_DECLS
