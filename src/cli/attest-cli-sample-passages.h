/* attest-cli-sample-passages: passages for people to judge, from what was found and from what was
 * not, so that the codebook can be scored. */
#pragma once

#include "cli/attest-cli.h"

G_BEGIN_DECLS

/* What is wished for. */
typedef struct
{
  guint size; /* of each code, and of those without */
  guint64 seed;
  const char *codebook;        /* (nullable) */
  const char *dimension;       /* (nullable) only codes of it */
  const char *code;            /* (nullable) only this */
  gboolean blind;              /* without what was found */
  const char *format, *output; /* (nullable) */
} AttestPassagesWish;

/** Draws passages of each code, and sentences without any, and writes them. */
gboolean attest_cli_sample_passages (AttestInvocation *inv, const AttestPassagesWish *wish,
                                     GError **error);

G_END_DECLS
