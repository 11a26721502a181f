/* attest-cli-sample-draw: sentences that two people should code, drawn by the codes that were found
 * in them. */
#pragma once

#include "cli/attest-cli.h"
#include "store/attest-store-sample.h"

G_BEGIN_DECLS

/* What is wished for. */
typedef struct
{
  guint n;      /* 0: as many as @width takes */
  double width; /* of the 95 % interval of alpha */
  double kappa; /* agreement that is expected */
  double alike; /* of sentences of one transcript; below 0: to be found out */
  const char *codebook, *dimension, *code; /* (nullable) */
  guint64 seed;
  const char *name;            /* (nullable) of the sample */
  gboolean plan;               /* only what is to be expected; nothing is kept */
  gboolean blind;              /* without what was found */
  const char *format, *output; /* (nullable) */
} AttestDrawWish;

/** Draws, keeps the sample in the project, and writes what was drawn, or the plan. */
gboolean attest_cli_sample_draw (AttestInvocation *inv, const AttestDrawWish *wish, GError **error);

/**
 * Keeps @sample in the project of @inv, which is then open for writing, with @coder as who drew it.
 * Its name may be NULL: then it gets one. The same units drawn by the same seed and design are not
 * kept again: the sample is then called as before. ATTEST_ERROR_USAGE: the name is taken.
 */
gboolean attest_cli_keep_sample (AttestInvocation *inv, AttestSample *sample, GError **error);

G_END_DECLS
