/* attest-cli-coding: what the commands that read and code transcripts share.
 */
#pragma once

#include "cli/attest-cli.h"
#include "engine/attest-coder.h"
#include "reader/attest-languages.h"

G_BEGIN_DECLS

/** Loads a codebook file or a shipped one; its warnings are for `codebook check`. */
AttestCodebook *attest_cli_load_codebook (const char *file_or_id, GError **error);

/** The index of a code, or -1 with ATTEST_ERROR_USAGE, which names the one that @id is like. */
int attest_cli_find_code (const AttestCodebook *codebook, const char *id, GError **error);

/** The words by which segments are qualified; warns when none are installed. */
AttestQualifierSet *attest_cli_load_qualifiers (AttestInvocation *inv, GError **error);

/** FALSE with ATTEST_ERROR_USAGE when @lang (nullable) is no code of a language. */
gboolean attest_cli_check_lang (const char *lang, GError **error);

/** Tells of each warning of the reader on inv->err. */
void attest_cli_complain_warnings (AttestInvocation *inv, const AttestDocument *doc);

/** The number of threads: @jobs as given by --jobs, 0: all processors. */
guint attest_cli_jobs (int jobs);

/* One guesser of languages for each thread. */
typedef struct
{
  AttestLanguageGuesser **guessers;
  guint n;
} AttestCliGuessers;

/** Warns when the data that languages are told by is not there. */
void attest_cli_guessers_init (AttestCliGuessers *guessers, AttestInvocation *inv, guint jobs);
void attest_cli_guessers_clear (AttestCliGuessers *guessers);

/* What a run keeps as its options. */
#define ATTEST_RUN_ALL_ROLES "--all-roles"

typedef struct
{
  AttestCoderOptions coder;
  int jobs;
  gboolean codes_only; /* nothing is searched, but people can give the codes */
} AttestCliCodeOptions;

/** A codebook as the project keeps it. */
AttestCodebook *attest_cli_load_kept_codebook (AttestStore *store, const AttestCodebookInfo *info,
                                               GError **error);

/** Reads an original again in the way in which it was read first. @guesser: (nullable) of the
 * languages of turns; NULL: they are not told, which takes half the time. */
AttestDocument *attest_cli_reread (const AttestSourceInfo *info, GBytes *original,
                                   AttestLanguageGuesser *guesser, GError **error);

/**
 * Codes every source of the open project, inside a transaction. Turns that a limit stopped and
 * languages without rules are told on inv->err; the former set inv->exit.
 */
gboolean attest_cli_code_project (AttestInvocation *inv, AttestCodebook *codebook,
                                  const AttestCliCodeOptions *options, AttestRunResult *out_result,
                                  GError **error);

/** Tells of each turn that could not be searched to the end, and sets inv->exit. @name: the path
 * or the label of the source. */
void attest_cli_complain_incomplete (AttestInvocation *inv, const char *name,
                                     const AttestCodebook *codebook, const AttestCoding *coding);

/* How many turns are in languages that no rule is for. */
typedef struct
{
  GHashTable *turns; /* interned language → count */
} AttestCliUnruled;

void attest_cli_unruled_init (AttestCliUnruled *unruled);
void attest_cli_unruled_count (AttestCliUnruled *unruled, const AttestCoder *coder,
                               const AttestDocument *doc);
/** Warns of each, and frees. */
void attest_cli_unruled_end (AttestCliUnruled *unruled, AttestInvocation *inv,
                             const AttestCodebook *codebook);

G_END_DECLS
