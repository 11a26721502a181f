/* attest-cli-disclosure: the options that say for whom a command prints.
 *
 * A command that prints quotes, people or counts of people has all four of them, and prints through
 * report/attest-disclosure.h; tests/cli/t4200-public.sh runs each over a project of which nothing
 * may come out, and tests/lint/public.sh asks for the options or a reason.
 */
#pragma once

#include "cli/attest-cli-commands.h"
#include "report/attest-disclosure.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean is_public, is_internal;
  int min_group;
  char *attribution;
} AttestDisclosureFlags;

/* Entries of an options table; TYPE is the command's struct, with an AttestDisclosureFlags named
 * disclosure. */
#define ATTEST_DISCLOSURE_OFFSET(TYPE, field)                                                      \
  (G_STRUCT_OFFSET (TYPE, disclosure) + G_STRUCT_OFFSET (AttestDisclosureFlags, field))
/* clang-format off */
#define ATTEST_OPTIONS_DISCLOSURE(TYPE)                                                            \
  { "public", 0, ATTEST_OPT_BOOL, ATTEST_DISCLOSURE_OFFSET (TYPE, is_public), NULL,                \
    "Print what may be published",                                                                 \
    "Quotes as each respondent consented, pseudonyms for people and sources, attributes that "     \
    "several respondents share, no count of fewer than --min-group respondents.", NULL },          \
  { "internal", 0, ATTEST_OPT_BOOL, ATTEST_DISCLOSURE_OFFSET (TYPE, is_internal), NULL,            \
    "Print everything, for the team (the default)",                                                \
    "Names, sources and small numbers are printed; it is not made for publication.", NULL },       \
  { "min-group", 0, ATTEST_OPT_INT, ATTEST_DISCLOSURE_OFFSET (TYPE, min_group), "N",               \
    "With --public: of how many respondents something must hold",                                  \
    "Without it: 3. Smaller counts are printed as <N, and what is told of a respondent is shared " \
    "by N or more.", NULL },                                                                       \
  { "attribution", 0, ATTEST_OPT_STRING, ATTEST_DISCLOSURE_OFFSET (TYPE, attribution), "NAMES", \
    "With --public: which attributes may be told, with commas between",                                  \
    "The last are left out first. Without it: group, subgroup, gender or sex, place.", NULL }
/* clang-format on */

/**
 * What the flags ask for. @attribute, @value: (nullable) those of --where.
 * *@out_disclosure is NULL for the internal audience.
 */
gboolean attest_cli_open_disclosure (AttestInvocation *inv, const AttestDisclosureFlags *flags,
                                     const char *attribute, const char *value,
                                     AttestDisclosure **out_disclosure, GError **error);
/** Prints which quotes were withheld, below what is for people. */
void attest_cli_append_withheld (const AttestDisclosure *disclosure, guint columns, GString *out);

G_END_DECLS
