/* What the files that take a ledger back into its project share. */
#pragma once

#include "cli/attest-cli-ledger-text.h"
#include "store/attest-store-ledger.h"
#include "store/attest-store-project.h"

G_BEGIN_DECLS

typedef struct
{
  AttestStore *store; /* in a transaction */
  AttestLedgerFile *file;
  const AttestLedgerImport *options;
  AttestLedger *ledger;   /* as it was before */
  AttestProject *project; /* as it was before */
  GPtrArray *changes;     /* of char *, borrowed */
  GHashTable *names;      /* of the file's entries, in lower case → AttestLedgerFileEntry */
  GHashTable *now;    /* AttestLedgerFileEntry → AttestLedgerEntry: what it is in the project */
  GHashTable *ids;    /* AttestLedgerFileEntry → id in the project */
  GHashTable *quoted; /* AttestLedgerFileLink → id of the quote of its document */
  GHashTable *kept;   /* of AttestLedgerEntry: those that the file has */
  GError *fatal;      /* the project file failed: nothing more is tried */
} AttestLedgerTake;

/** Notes a refusal of the store at @byte of the file, or that it failed. Takes @error over; NULL:
 * there is none. Returns whether there is none. */
gboolean attest_ledger_take_ok (AttestLedgerTake *take, gsize byte, GError *error);
/** Notes what was done. */
void attest_ledger_take_tell (AttestLedgerTake *take, const char *format, ...) G_GNUC_PRINTF (2, 3);
/** FALSE, with the problem noted: a key of this kind was there before. */
gboolean attest_ledger_take_once (AttestLedgerTake *take, GHashTable *seen, const char *key,
                                  gsize byte);

/* attest-cli-ledger-import-parts.c */
void attest_ledger_take_values (AttestLedgerTake *take);
void attest_ledger_take_added_criteria (AttestLedgerTake *take);
void attest_ledger_take_dropped_criteria (AttestLedgerTake *take);
void attest_ledger_take_ratings (AttestLedgerTake *take);
void attest_ledger_take_silences (AttestLedgerTake *take);

/* attest-cli-ledger-import-entries.c */

/** Finds out which entries of the project those of the file are. */
void attest_ledger_take_match (AttestLedgerTake *take);
/** Adds, changes, links and withdraws. */
void attest_ledger_take_entries (AttestLedgerTake *take);
/** The id in the project of an entry that the file has under this name; of another name, itself.
 * NULL: an entry that could not be added, which was told. @name: (nullable) */
const char *attest_ledger_take_find_id (const AttestLedgerTake *take, const char *name);

/* What an entry of the file is in the project, NULL: new, and its id there, NULL: it could not be
 * added. */
static inline const AttestLedgerEntry *
attest_ledger_take_get_now (const AttestLedgerTake *take, const AttestLedgerFileEntry *entry)
{
  return g_hash_table_lookup (take->now, entry);
}

static inline const char *
attest_ledger_take_get_id (const AttestLedgerTake *take, const AttestLedgerFileEntry *entry)
{
  return g_hash_table_lookup (take->ids, entry);
}

/* attest-cli-ledger-import-links.c */

/** Quotes the documents of an entry, so that its links have ids. */
void attest_ledger_take_documents (AttestLedgerTake *take, const AttestLedgerFileEntry *entry);
/** Removes the links of @now that the file has no more. */
void attest_ledger_take_removed_links (AttestLedgerTake *take, const AttestLedgerFileEntry *entry,
                                       const AttestLedgerEntry *now);
/** Makes and changes links. */
void attest_ledger_take_links (AttestLedgerTake *take, const AttestLedgerFileEntry *entry);
/** Whether the file says of the links what the project says. */
gboolean attest_ledger_take_has_links (const AttestLedgerTake *take,
                                       const AttestLedgerFileEntry *entry,
                                       const AttestLedgerEntry *now);

G_END_DECLS
