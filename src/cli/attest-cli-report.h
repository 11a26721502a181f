/* attest-cli-report: what the commands that read a coded project share: choosing respondents,
 * and where the report goes.
 */
#pragma once

#include "cli/attest-cli-commands.h"
#include "util/attest-output.h"

G_BEGIN_DECLS

/* Entries of an options table; TYPE is the command's struct, with the fields output, where and
 * codebook. */
#define ATTEST_OPTION_OUTPUT(TYPE)                                                                 \
  {                                                                                                \
    "output", 'o', ATTEST_OPT_STRING, G_STRUCT_OFFSET (TYPE, output), "FILE",                      \
        "Write to FILE instead of standard output",                                                \
        "FILE appears when it is complete; a file of that name stays as it is until then.", NULL   \
  }
#define ATTEST_OPTION_WHERE(TYPE)                                                                  \
  {                                                                                                \
    "where", 'w', ATTEST_OPT_STRING, G_STRUCT_OFFSET (TYPE, where), "ATTR=VALUE",                  \
        "Only respondents with this attribute",                                                    \
        "ATTR is a column of the respondents, for example group=Government; 'attest respondents' " \
        "lists them.",                                                                             \
        NULL                                                                                       \
  }
#define ATTEST_OPTION_CODEBOOK(TYPE)                                                               \
  {                                                                                                \
    "codebook", 'b', ATTEST_OPT_STRING, G_STRUCT_OFFSET (TYPE, codebook), "ID",                    \
        "Codebook whose segments are meant",                                                       \
        "Without it, reports take the codebook that coded last, lists take all.", NULL             \
  }

typedef struct
{
  char *attribute, *value; /* NULL: all respondents */
} AttestWhere;

void attest_where_clear (AttestWhere *where);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AttestWhere, attest_where_clear)

/**
 * A name, or a value unless it is NULL, that no respondent has is ATTEST_ERROR_USAGE and says which
 * there are: a slip must not look like silence.
 */
gboolean attest_cli_check_attribute (AttestInvocation *inv, const char *name, const char *value,
                                     GError **error);
/** The error that nobody has it, of projects that are read in place. */
gboolean attest_cli_throw_no_attribute (const char *attribute, GError **error);
/** Reads ATTR=VALUE and checks it. @text: (nullable) */
gboolean attest_cli_parse_where (AttestInvocation *inv, const char *text, AttestWhere *out_where,
                                 GError **error);

/** @path: (nullable) NULL: the standard output of the command. */
AttestOutput *attest_cli_open_output (AttestInvocation *inv, const char *path, GError **error);

/** Writes a table for people; into a file without colour and as wide as it is. */
void attest_cli_append_table (AttestInvocation *inv, const AttestTable *table, const char *path,
                              AttestOutput *output);
/** Writes what is to be said of a table, (element-type char *) whole sentences, each after an empty
 * line. */
void attest_cli_append_remarks (AttestInvocation *inv, const GPtrArray *remarks, const char *path,
                                AttestOutput *output);

G_END_DECLS
