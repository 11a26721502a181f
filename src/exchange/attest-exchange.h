/* attest-exchange: codebooks of other programs, in and out.
 *
 * Each format is a driver in a table. In: a file becomes an outline (categories in categories, with
 * words), and the outline a codebook in YAML. Out: a codebook becomes an outline of what the format
 * can hold, and the driver writes it down. Whatever one side has and the other cannot hold is in
 * the list of losses. doc/exchange.md has the table of what is kept.
 */
#pragma once

#include "codebook/attest-codebook.h"

G_BEGIN_DECLS

typedef enum
{
  ATTEST_LOSS_DROPPED, /* it is not in the result */
  ATTEST_LOSS_CHANGED, /* it is, and means something else there */
} AttestLossKind;

/* Something that did not come along as it was. */
typedef struct
{
  AttestLossKind kind;
  const char *what;   /* static: "rule", "condition", "weight", "colour", … */
  guint line, column; /* in the file that was read, from 1; 0: no place */
  char *code;         /* (nullable) */
  char *message;      /* one line */
} AttestLoss;

/** "dropped", "changed" */
const char *attest_loss_kind_to_string (AttestLossKind kind);

/* What came out. */
typedef struct
{
  const char *format; /* static id of the other program's format: "liwc" */
  const char *name;   /* static, for people: "LIWC dictionary" */
  char *text;         /* the codebook, or the file of the other program; UTF-8 */
  gsize length_bytes;
  guint n_codes, n_patterns; /* in it */
  GArray *losses;            /* of AttestLoss, in the order of the file */
} AttestExchange;

void attest_exchange_clear (AttestExchange *exchange);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AttestExchange, attest_exchange_clear)

/** Ids of the formats, NULL-terminated. */
const char *const *attest_exchange_formats (void);
/** The format that files of this name have, or NULL. */
const char *attest_exchange_format_of_name (const char *path);

typedef struct
{
  const char *format;   /* (nullable) NULL: told by the content, then by the name */
  const char *encoding; /* (nullable) */
  /* (nullable) what words of formats that do not say it are: "glob" (without it), "regex", "fixed"
   */
  const char *valuetype;
  gboolean rule_each; /* a rule for each word, rather than one for all of a category */
} AttestImportOptions;

/**
 * Reads a codebook of another program into one of attest, which `attest codebook check` accepts.
 * @path: for messages, and for the id of the codebook.
 *
 * Errors: ATTEST_ERROR_INPUT, "PATH:LINE:COLUMN: …", for what cannot be read as a whole; nothing is
 * imported in part.
 */
gboolean attest_exchange_import (const char *path, GBytes *bytes,
                                 const AttestImportOptions *options, AttestExchange *out_exchange,
                                 GError **error);

/**
 * Writes a codebook for another program. @format: an id. @lang: (nullable) only rules for this
 * language, and names in it.
 *
 * Errors: ATTEST_ERROR_CODEBOOK when nothing of it fits.
 */
gboolean attest_exchange_export (const AttestCodebook *codebook, const char *format,
                                 const char *lang, AttestExchange *out_exchange, GError **error);

G_END_DECLS
