/* attest-cli-codebook: what the commands about codebooks share. */
#pragma once

#include <stdio.h>

#include "codebook/attest-codebook.h"

G_BEGIN_DECLS

/** @only_code: the index of the one code to write, or -1: all. */
void attest_cli_write_codebook_json (const AttestCodebook *codebook, int only_code, FILE *out);

G_END_DECLS
