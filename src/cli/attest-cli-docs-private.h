/* What the writers of help, manual and completion share; all of them read the table of commands. */
#pragma once

#include "cli/attest-cli.h"

G_BEGIN_DECLS

/* Exit status and its meaning. */
typedef struct
{
  const char *status;
  const char *meaning; /* a clause, no full stop */
} AttestExitLine;

/** Ended by {NULL}. */
const AttestExitLine *attest_cli_exit_table (void);
/** What the program is for, in one paragraph. */
const char *attest_cli_intro (void);

/* The first word of commands of two words ("codebook check"). */
typedef struct
{
  const char *word;                    /* "codebook" */
  const AttestCommand *alone;          /* (nullable) the command that is this word alone */
  const AttestCommand *const *members; /* "codebook check", …, NULL-terminated */
} AttestFamily;

/** First words in the order of help, each once; those of one command have no members.
 * Returns: (element-type AttestFamily) an array to be freed with g_array_unref(). */
GArray *attest_cli_families (void);

/* What is completed for an argument or the value of an option. */
typedef enum
{
  ATTEST_COMPLETE_NOTHING,
  ATTEST_COMPLETE_FILES,
  ATTEST_COMPLETE_COMMANDS,
} AttestComplete;

/** @metavar: a synopsis or the metavar of an option. */
AttestComplete attest_cli_complete_kind (const char *metavar);

void attest_cli_write_man (FILE *out);
void attest_cli_write_bash (FILE *out);
void attest_cli_write_zsh (FILE *out);
void attest_cli_write_fish (FILE *out);

G_END_DECLS
