/* attest-ledger-file-private: what the files that read a ledger share: maps whose keys are known,
 * and what becomes of their texts.
 */
#pragma once

#include "codebook/attest-codebook-private.h"
#include "codebook/attest-ledger-file.h"

G_BEGIN_DECLS

/* A key of a map whose value is a text. */
typedef struct
{
  const char *name; /* NULL ends a list */
  gsize offset;     /* of its AttestLedgerText in the target */
  gboolean is_required;
} AttestLedgerKey;

/** Frees the texts of a target that was read by these keys. */
void attest_ledger_clear_texts (const AttestLedgerKey *keys, gpointer target);
/** NULL: none of the keys has this name. */
const AttestLedgerKey *attest_ledger_find_key (const AttestLedgerKey *keys, const char *name);

/** NULL with the problem told: no text. */
char *attest_ledger_read_text (AttestCodebookParser *parser, const AttestYaml *value,
                               const char *what);
/** FALSE with the problem told. @what: "an entry". */
gboolean attest_ledger_check_map (AttestCodebookParser *parser, const AttestYaml *map,
                                  const char *what);
/** Whether it took the key. */
typedef gboolean (*AttestLedgerKeyFunc) (AttestCodebookParser *parser, const AttestYaml *key,
                                         const AttestYaml *value, gpointer target);
/** Reads the texts of a map into @target. @other: (nullable) called for keys that are none of
 * @keys.
 */
void attest_ledger_read_keys (AttestCodebookParser *parser, const AttestYaml *map,
                              const AttestLedgerKey *keys, const char *what, gpointer target,
                              AttestLedgerKeyFunc other);
/** FALSE with the problem told: neither a list nor nothing. */
gboolean attest_ledger_begin_list (AttestCodebookParser *parser, const AttestYaml *value,
                                   AttestLedgerPart *part, const char *what);

/* ---- attest-ledger-file-entries.c ---- */

void attest_ledger_free_entry (gpointer entry);
/** Readers of the parts, as AttestCodebookKey calls them, into an AttestLedgerFile. */
void attest_ledger_read_findings (AttestCodebookParser *parser, const AttestYaml *value,
                                  gpointer file);
void attest_ledger_read_conclusions (AttestCodebookParser *parser, const AttestYaml *value,
                                     gpointer file);
void attest_ledger_read_recommendations (AttestCodebookParser *parser, const AttestYaml *value,
                                         gpointer file);
void attest_ledger_read_lessons (AttestCodebookParser *parser, const AttestYaml *value,
                                 gpointer file);
void attest_ledger_read_practices (AttestCodebookParser *parser, const AttestYaml *value,
                                   gpointer file);

G_END_DECLS
