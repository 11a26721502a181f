/* attest-cli: the table of commands and how one is run.
 *
 * A command is one AttestCommand in one file (cmd-NAME.c) and one line in the list in
 * attest-cli-commands.c. The table drives parsing, --help, the manual page and shell completion
 * (attest-cli-help.c, -man.c, -complete.c), so that they cannot disagree.
 */
#pragma once

#include <glib.h>
#include <stdio.h>

#include "store/attest-store.h"
#include "util/attest-error.h"

G_BEGIN_DECLS

typedef enum
{
  ATTEST_OPT_BOOL,    /* gboolean */
  ATTEST_OPT_STRING,  /* char *, UTF-8 */
  ATTEST_OPT_INT,     /* int, from 0 */
  ATTEST_OPT_STRINGS, /* char **, may be given several times */
} AttestOptionType;

typedef struct
{
  const char *name; /* long name without dashes */
  char letter;      /* or 0 */
  AttestOptionType type;
  gsize offset;               /* into the command's options struct */
  const char *metavar;        /* NULL for ATTEST_OPT_BOOL */
  const char *help;           /* one line for --help, no full stop */
  const char *doc;            /* for the manual, whole sentences */
  const char *const *choices; /* (nullable) the only values allowed */
} AttestOption;

/* An option that several commands have; @type is their struct, with a field "char **map". */
#define ATTEST_CLI_OPTION_MAP(type)                                                                \
  {                                                                                                \
    "map", 0, ATTEST_OPT_STRINGS, G_STRUCT_OFFSET (type, map), "KEY=COLUMN",                       \
        "Which column of a table is what, may be repeated",                                        \
        "Keys are speaker, time, end, text, question, id, and answer, which may be repeated for "  \
        "a "                                                                                       \
        "survey with a column per question. A column is named by its heading, letter or number; "  \
        "several may be given with commas between. Without it, columns are found by their "        \
        "headings.",                                                                               \
        NULL                                                                                       \
  }

/* What the command needs of a project. */
typedef enum
{
  ATTEST_NEEDS_NOTHING,
  ATTEST_NEEDS_READ,
  ATTEST_NEEDS_WRITE,
} AttestNeeds;

typedef struct
{
  const char *args;    /* after "attest " */
  const char *comment; /* what it shows, or NULL */
} AttestExampleLine;

typedef struct _AttestInvocation AttestInvocation;

typedef struct
{
  const char *name;                  /* "ingest", or two words: "codebook check" */
  const char *group;                 /* heading in help: "start", "material", … */
  const char *synopsis;              /* arguments: "FILE…" */
  const char *summary;               /* one line */
  const char *doc;                   /* paragraphs separated by a blank line */
  const AttestExampleLine *examples; /* ended by {NULL} */
  AttestNeeds needs;
  gboolean has_screen;      /* draws on the terminal itself: never through a pager */
  guint min_args, max_args; /* G_MAXUINT: any number */
  gsize opts_size;
  const AttestOption *options; /* ended by {NULL} */
  gboolean (*run) (AttestInvocation *inv, GError **error);
} AttestCommand;

struct _AttestInvocation
{
  const AttestCommand *command;
  FILE *out, *err;
  gboolean out_tty, err_tty;
  gboolean color;    /* out is a terminal that shows bold and the like, and nobody set NO_COLOR */
  gboolean may_page; /* long output on a terminal may go through a pager */
  guint columns;     /* width of the terminal, 0 when out is none */
  char **args;       /* positional arguments, UTF-8 or file names */
  guint n_args;
  gpointer opts;       /* the command's options struct, zeroed before parsing */
  AttestStore *store;  /* open as .needs says, or NULL */
  const char *project; /* --project as given, or NULL */
  AttestExit exit;     /* a command that worked in part sets it */
};

/** The commands, NULL-terminated, in the order of help. */
const AttestCommand *const *attest_cli_commands (void);
/** The command that the first one or two of @args name; ATTEST_ERROR_USAGE when there is none.
 * @out_words: (optional) how many. */
const AttestCommand *attest_cli_find_command (char **args, guint *out_words, GError **error);
/** Groups in the order of help, NULL-terminated pairs: id, heading. */
const char *const *attest_cli_groups (void);
/** Options that stand before the command. */
const AttestOption *attest_cli_global_options (void);

/** Runs the program; returns its exit status. Streams are not closed. */
int attest_cli_main (int argc, char **argv, FILE *out, FILE *err);
/** The same; @may_page: on a terminal, through a pager (attest-pager.h). */
int attest_cli_main_paged (int argc, char **argv, FILE *out, FILE *err, gboolean may_page);

/** Prints to inv->out what may hold the name of a file, control characters but LF made visible. */
void attest_cli_say (AttestInvocation *inv, const char *format, ...) G_GNUC_PRINTF (2, 3);

/** Prints "attest: message" to inv->err, control characters made visible; for what does not end the
 * command. */
void attest_cli_complain (AttestInvocation *inv, const char *format, ...) G_GNUC_PRINTF (2, 3);

/** Does something with each file that the command line names. One that fails is told, sets
 * inv->exit and does not keep the others from being done. */
void attest_cli_for_each_file (AttestInvocation *inv,
                               gboolean (*func) (AttestInvocation *inv, const char *name,
                                                 gpointer data, GError **error),
                               gpointer data);

/* attest-cli-help.c; @columns: width of the terminal, 0 when there is none. */
void attest_cli_print_help (FILE *out, gboolean bold, guint columns);
void attest_cli_print_command_help (const AttestCommand *command, FILE *out, gboolean bold,
                                    guint columns);
/** The commands that begin with @word ("codebook"). FALSE, and prints nothing: there are none. */
gboolean attest_cli_print_family_help (const char *word, FILE *out, gboolean bold, guint columns);

/* attest-cli-docs.c */
/** Writes "man", "bash", "zsh", "fish" or "json". FALSE: no such form. */
gboolean attest_cli_generate (const char *form, FILE *out);

/* attest-cli-project.c */
/** The project file to use: @given, or the only *.attest in the folder or one level up. */
char *attest_cli_find_project (const char *given, GError **error);

G_END_DECLS
