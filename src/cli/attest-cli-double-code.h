/* attest-cli-double-code: which transcripts two people should code, so that agreement is known well
 * enough. */
#pragma once

#include "cli/attest-cli.h"

G_BEGIN_DECLS

/* What is wished for. */
typedef struct
{
  guint n_sources; /* 0: as many as @width takes */
  double width;    /* of the 95 % interval of alpha */
  double kappa;    /* agreement that is expected */
  double rho;      /* how alike sentences of one transcript are judged; below 0: to be found out */
  const char *codebook;  /* (nullable) */
  const char *dimension; /* (nullable) only codes of it */
  const char *code;      /* (nullable) only this */
  guint64 seed;
  const char *name;            /* (nullable) of the sample */
  gboolean plan;               /* what width is to be expected, by code, in place of the sources */
  const char *format, *output; /* (nullable) */
} AttestDoubleCodeWish;

/** Draws, keeps the sample in the project, and writes the transcripts, or the plan. */
gboolean attest_cli_double_code (AttestInvocation *inv, const AttestDoubleCodeWish *wish,
                                 GError **error);

G_END_DECLS
