/* attest-ledger-file: the ledger of a project as a YAML file, as read, with the place of each
 * value.
 *
 * doc/ledger-file.md is the format. This layer knows what the file says and where, and not the
 * project: whoever compares it with one adds what is wrong by attest_ledger_file_complain(), so
 * that all errors of a file are told together, in its order.
 */
#pragma once

#include "codebook/attest-codebook.h"

G_BEGIN_DECLS

/* A value and where it begins in the file. */
typedef struct
{
  char *text; /* in NFC, without space around it; NULL: not given */
  gsize byte;
} AttestLedgerText;

typedef enum
{
  ATTEST_LEDGER_FINDINGS,
  ATTEST_LEDGER_CONCLUSIONS,
  ATTEST_LEDGER_RECOMMENDATIONS,
  ATTEST_LEDGER_LESSONS,
  ATTEST_LEDGER_PRACTICES,
} AttestLedgerSection;

#define ATTEST_N_LEDGER_SECTIONS 5

/** "findings", …: the key that the section stands under. */
const char *attest_ledger_section_to_string (AttestLedgerSection section);

typedef enum
{
  ATTEST_LEDGER_TEXT, /* never NULL */
  ATTEST_LEDGER_CRITERION,
  ATTEST_LEDGER_ADDRESSEE,
  ATTEST_LEDGER_PRIORITY,
  ATTEST_LEDGER_TIME_FRAME,
  ATTEST_LEDGER_RESOURCES,
  ATTEST_LEDGER_WITHDRAWN,
} AttestLedgerField;

#define ATTEST_N_LEDGER_FIELDS 7

typedef struct
{
  char *stance; /* "supports", "contradicts" or "context" */
  AttestLedgerText to, note;
  AttestLedgerText document, page, quote; /* of a document: its label, and what it says there */
  gsize byte;
} AttestLedgerFileLink;

typedef struct
{
  AttestLedgerSection section;
  AttestLedgerText id; /* of an entry of the project, or a name of the file's own, or not given */
  AttestLedgerText fields[ATTEST_N_LEDGER_FIELDS];
  GArray *links; /* of AttestLedgerFileLink */
  gsize byte;
} AttestLedgerFileEntry;

typedef struct
{
  AttestLedgerText key, value; /* items of a list on lines */
  const char *lang;            /* interned; "": of no language */
} AttestLedgerFileValue;

typedef struct
{
  AttestLedgerText criterion, scope, name, because;
  gsize byte;
} AttestLedgerFileScope;

typedef struct
{
  AttestLedgerText criterion, level, scale, because;
  gsize byte;
} AttestLedgerFileRating;

typedef struct
{
  AttestLedgerText check, of, about, because;
  gsize byte;
} AttestLedgerFileSilence;

/* A part of the file that is not there says nothing of what the project has of it. */
typedef struct
{
  gboolean is_there;
  gsize byte; /* of its value */
} AttestLedgerPart;

typedef struct _AttestLedgerFilePrivate AttestLedgerFilePrivate;

typedef struct
{
  AttestLedgerPart project, translations, criteria, ratings, silences;
  AttestLedgerPart sections[ATTEST_N_LEDGER_SECTIONS];
  GPtrArray *entries; /* of AttestLedgerFileEntry, in the order of the file */
  GArray *values;     /* of AttestLedgerFileValue */
  GArray *scopes;     /* of AttestLedgerFileScope */
  GArray *rated;      /* of AttestLedgerFileRating */
  GArray *silenced;   /* of AttestLedgerFileSilence */
  AttestLedgerFilePrivate *private;
} AttestLedgerFile;

/** Reads what can be read. @path: for messages. */
AttestLedgerFile *attest_ledger_file_parse (const char *path, const char *text, gsize length_bytes);
/** Reads the file, or NULL with @error. */
AttestLedgerFile *attest_ledger_file_load (const char *path, GError **error);
void attest_ledger_file_free (AttestLedgerFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestLedgerFile, attest_ledger_file_free)

/** FALSE: it is no YAML, and holds nothing. */
gboolean attest_ledger_file_is_readable (const AttestLedgerFile *file);
/** How much is wrong so far. */
guint attest_ledger_file_get_n_errors (const AttestLedgerFile *file);
/** Notes what is wrong at @byte of the file. @check: a static id. */
void attest_ledger_file_complain (AttestLedgerFile *file, gsize byte, const char *check,
                                  const char *format, ...) G_GNUC_PRINTF (4, 5);
/** Moves what is wrong, in file order, behind @problems (element-type AttestProblem). FALSE with
 * @error, the first of it, when there is anything. */
gboolean attest_ledger_file_finish (AttestLedgerFile *file, GArray *problems, GError **error);

G_END_DECLS
