/* attest-cli-guide: interview guides, applied to a project. */
#pragma once

#include "cli/attest-cli.h"
#include "codebook/attest-guide.h"
#include "store/attest-store-guide.h"

G_BEGIN_DECLS

/* Interviewers' turns of the sources that were aligned. */
typedef struct
{
  guint sources;
  guint turns;      /* all */
  guint questions;  /* that ask, of whom */
  guint single;     /* one question of the guide claims it */
  guint several;    /* more than one does */
  guint unknown;    /* none does */
  guint incomplete; /* not searched to the end */
} AttestCliAlignment;

/**
 * Aligns sources with the guide, inside a transaction. @labels: (element-type char *). Turns that a
 * limit stopped are told on inv->err and set inv->exit.
 */
gboolean attest_cli_align (AttestInvocation *inv, const AttestGuide *guide, GPtrArray *labels,
                           AttestCliAlignment *out_alignment, GError **error);
/** Aligns all sources again, each by its guide as the project keeps it. */
gboolean attest_cli_align_again (AttestInvocation *inv, GError **error);

/**
 * Checks that the codes of a guide are in the codebook that it is for: the one named by @name
 * (nullable: a file, or the id of a kept or shipped one), else by the guide, else the last that
 * coded. *@out_codebook: (nullable) its id, "" when there is none to check against.
 */
gboolean attest_cli_check_guide_codes (AttestStore *store, const AttestGuide *guide,
                                       const char *name, GArray *problems, char **out_codebook,
                                       GError **error);

G_END_DECLS
