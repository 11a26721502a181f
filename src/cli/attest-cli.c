/* attest-cli: from argv to a command and its exit status.
 *
 * Only this file decides what is printed about an error.
 */
#include "cli/attest-cli.h"

#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/attest-cli-options.h"
#include "cli/attest-pager.h"
#include "config.h"

typedef struct
{
  char *project;
  char *generate;
  gboolean help;
  gboolean version;
} GlobalOptions;

static const char *const generate_forms[] = { "man", "bash", "zsh", "fish", "json", NULL };

static const AttestOption global_options[]
    = { { "project", 'p', ATTEST_OPT_STRING, G_STRUCT_OFFSET (GlobalOptions, project), "FILE",
          "Work on this project file",
          "Without it, the only *.attest file in the current folder is used, or the only one in "
          "the folder above.",
          NULL },
        { "help", 'h', ATTEST_OPT_BOOL, G_STRUCT_OFFSET (GlobalOptions, help), NULL,
          "Show help and stop", "After a command, shows the help of that command.", NULL },
        { "version", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (GlobalOptions, version), NULL,
          "Show the version and stop", "Prints the name and the version of the program.", NULL },
        { "generate", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (GlobalOptions, generate), "FORM",
          "Write the manual or a completion script",
          "Writes the manual page, a completion script or the table of commands to standard "
          "output.",
          generate_forms },
        { NULL } };

const AttestOption *
attest_cli_global_options (void)
{
  return global_options;
}

/* Control characters become visible, so that a file name cannot drive the terminal. LF stays: a
 * codebook's error shows the source line and a caret below it. */
static void
append_safe (GString *out, const char *text)
{
  for (const char *p = text; *p != '\0';)
    {
      gunichar c = g_utf8_get_char_validated (p, -1);

      if (c == (gunichar)-1 || c == (gunichar)-2)
        {
          g_string_append_printf (out, "\\x%02x", (guchar)*p);
          p++;
          continue;
        }
      if (c != '\n'
          && (g_unichar_iscntrl (c) || (c >= 0x202a && c <= 0x202e)
              || (c >= 0x2066 && c <= 0x2069)))
        g_string_append_printf (out, c < 0x100 ? "\\x%02x" : "\\u%04x", c);
      else
        g_string_append_len (out, p, g_utf8_next_char (p) - p);
      p = g_utf8_next_char (p);
    }
}

void
attest_cli_say (AttestInvocation *inv, const char *format, ...)
{
  g_autofree char *message = NULL;
  g_autoptr (GString) safe = g_string_new (NULL);
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  append_safe (safe, message);
  fwrite (safe->str, 1, safe->len, inv->out);
}

void
attest_cli_complain (AttestInvocation *inv, const char *format, ...)
{
  g_autofree char *message = NULL;
  g_autoptr (GString) line = g_string_new (inv->err_tty ? "\r\033[Kattest: " : "attest: ");
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  fflush (inv->out);
  append_safe (line, message);
  g_string_append_c (line, '\n');
  /* At once: standard error has no buffer, and others may write to the same terminal. */
  fwrite (line->str, 1, line->len, inv->err);
}

void
attest_cli_for_each_file (AttestInvocation *inv,
                          gboolean (*func) (AttestInvocation *inv, const char *name, gpointer data,
                                            GError **error),
                          gpointer data)
{
  for (guint i = 0; i < inv->n_args; i++)
    {
      g_autoptr (GError) error = NULL;

      if (func (inv, inv->args[i], data, &error))
        continue;
      attest_cli_complain (inv, "%s", error->message);
      inv->exit = MAX (inv->exit, attest_error_exit (error));
    }
}

/* Takes the one or two words of a command off @args. */
static const AttestCommand *
take_command (char **args, guint *out_words)
{
  guint n = g_strv_length (args);

  for (guint words = 2; words >= 1; words--)
    {
      g_autofree char *name = NULL;

      if (n < words)
        continue;
      name = words == 2 ? g_strconcat (args[0], " ", args[1], NULL) : g_strdup (args[0]);
      for (const AttestCommand *const *c = attest_cli_commands (); *c != NULL; c++)
        if (strcmp ((*c)->name, name) == 0)
          {
            *out_words = words;
            return *c;
          }
    }
  return NULL;
}

/* "codebook" alone names a family: list its members. */
static gboolean
unknown_command (char **args, GError **error)
{
  g_autoptr (GPtrArray) family = g_ptr_array_new ();
  g_autofree char *members = NULL;
  g_autofree char *prefix = g_strconcat (args[0], " ", NULL);

  for (const AttestCommand *const *c = attest_cli_commands (); *c != NULL; c++)
    if (g_str_has_prefix ((*c)->name, prefix))
      g_ptr_array_add (family, (gpointer)((*c)->name + strlen (prefix)));
  if (family->len == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "'%s' is not a command; 'attest help' lists them", args[0]);
  g_ptr_array_add (family, NULL);
  members = g_strjoinv (", ", (char **)family->pdata);
  if (args[1] == NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE, "'%s' needs one of: %s", args[0], members);
  return attest_throw (error, ATTEST_ERROR_USAGE, "'%s %s' is not a command; '%s' has: %s", args[0],
                       args[1], args[0], members);
}

const AttestCommand *
attest_cli_find_command (char **args, guint *out_words, GError **error)
{
  guint words = 0;
  const AttestCommand *command = take_command (args, &words);

  if (command == NULL)
    unknown_command (args, error);
  else if (out_words != NULL)
    *out_words = words;
  return command;
}

static gboolean
check_args (const AttestInvocation *inv, GError **error)
{
  const AttestCommand *c = inv->command;

  if (inv->n_args < c->min_args || inv->n_args > c->max_args)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "usage: attest %s%s%s; 'attest %s --help' says more", c->name,
                         *c->synopsis != '\0' ? " " : "", c->synopsis, c->name);
  return TRUE;
}

static gboolean
open_project (AttestInvocation *inv, GError **error)
{
  g_autofree char *path = NULL;

  if (inv->command->needs == ATTEST_NEEDS_NOTHING)
    return TRUE;
  path = attest_cli_find_project (inv->project, error);
  if (path == NULL)
    return FALSE;
  inv->store = attest_store_open (
      path, inv->command->needs == ATTEST_NEEDS_WRITE ? ATTEST_STORE_WRITE : ATTEST_STORE_READ,
      error);
  return inv->store != NULL;
}

static gboolean
flush_output (AttestInvocation *inv, GError **error)
{
  if (fflush (inv->out) == 0 && !ferror (inv->out))
    return TRUE;
  /* Whoever closed the pipe ("| head") has what he wanted. */
  if (errno == EPIPE)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "cannot write the output: %s",
               g_strerror (errno));
  return FALSE;
}

/* What only reads a project is soon done and may be long to read. */
static AttestPager *
start_pager (AttestInvocation *inv, gboolean may_page)
{
  g_autoptr (GError) error = NULL;
  AttestPager *pager = may_page && inv->out_tty ? attest_pager_start (&error) : NULL;

  if (error != NULL)
    attest_cli_complain (inv, "%s; 'ATTEST_PAGER=' turns it off", error->message);
  if (pager != NULL)
    inv->out = attest_pager_get_stream (pager);
  return pager;
}

static void
finish_pager (AttestInvocation *inv, AttestPager *pager, FILE *out)
{
  if (pager != NULL)
    attest_pager_finish (pager);
  inv->out = out;
}

static gboolean
run_opened (AttestInvocation *inv, GError **error)
{
  FILE *out = inv->out;
  AttestPager *pager = start_pager (inv, inv->may_page && !inv->command->has_screen
                                             && inv->command->needs == ATTEST_NEEDS_READ);
  gboolean ok = inv->command->run (inv, error) && flush_output (inv, error);

  finish_pager (inv, pager, out);
  return ok;
}

static gboolean
print_help (AttestInvocation *inv, GError **error)
{
  FILE *out = inv->out;
  AttestPager *pager = start_pager (inv, inv->may_page);
  gboolean ok;

  attest_cli_print_command_help (inv->command, inv->out, inv->color, inv->columns);
  ok = flush_output (inv, error);
  finish_pager (inv, pager, out);
  return ok;
}

static gboolean
run_command (AttestInvocation *inv, char **words, GError **error)
{
  const AttestCommand *command = inv->command;
  g_autofree gpointer opts = g_malloc0 (MAX (command->opts_size, 1));
  g_auto (GStrv) args = g_strdupv (words);
  gboolean help = FALSE;
  gboolean ok;

  inv->opts = opts;
  ok = attest_cli_options_parse (command->options, opts, &help, FALSE, &args, error);
  if (ok && help)
    ok = print_help (inv, error);
  else if (ok)
    {
      inv->args = args + 1;
      /* "--" ends the options and is none of the arguments. */
      if (inv->args[0] != NULL && strcmp (inv->args[0], "--") == 0)
        inv->args++;
      inv->n_args = g_strv_length (inv->args);
      ok = check_args (inv, error) && open_project (inv, error) && run_opened (inv, error);
    }
  g_clear_pointer (&inv->store, attest_store_free);
  attest_cli_options_clear (command->options, opts);
  inv->opts = NULL;
  return ok;
}

static gboolean
asks_for_help (char **args)
{
  return g_strv_contains ((const char *const *)args, "--help")
         || g_strv_contains ((const char *const *)args, "-h");
}

static gboolean
dispatch (AttestInvocation *inv, GlobalOptions *globals, char **args, GError **error)
{
  guint words = 0;

  if (globals->version)
    return fputs (PACKAGE_NAME " " PACKAGE_VERSION "\n", inv->out) >= 0;
  if (globals->generate != NULL)
    return attest_cli_generate (globals->generate, inv->out);
  if (globals->help || args[0] == NULL)
    {
      attest_cli_print_help (globals->help ? inv->out : inv->err,
                             globals->help ? inv->color : inv->err_tty, inv->columns);
      inv->exit = globals->help ? ATTEST_EXIT_OK : ATTEST_EXIT_USAGE;
      return TRUE;
    }
  inv->command = attest_cli_find_command (args, &words, error);
  if (inv->command == NULL && asks_for_help (args + 1)
      && attest_cli_print_family_help (args[0], inv->out, inv->color, inv->columns))
    {
      g_clear_error (error);
      return TRUE;
    }
  if (inv->command == NULL)
    return FALSE;
  inv->project = globals->project;
  return run_command (inv, args + words - 1, error);
}

/* See no-color.org. */
static gboolean
may_color (void)
{
  const char *refused = g_getenv ("NO_COLOR");

  return (refused == NULL || *refused == '\0') && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0;
}

/* COLUMNS, when it is exported, goes before the terminal, and is a width where there is none. */
static guint
terminal_columns (FILE *stream, gboolean is_tty)
{
  const char *given = g_getenv ("COLUMNS");
  struct winsize size;
  guint64 columns = 0;

  if (given != NULL && g_ascii_string_to_unsigned (given, 10, 20, 10000, &columns, NULL))
    return (guint)columns;
  if (!is_tty)
    return 0;
  return ioctl (fileno (stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

int
attest_cli_main (int argc, char **argv, FILE *out, FILE *err)
{
  return attest_cli_main_paged (argc, argv, out, err, FALSE);
}

int
attest_cli_main_paged (int argc, char **argv, FILE *out, FILE *err, gboolean may_page)
{
  GlobalOptions globals = { 0 };
  AttestInvocation inv = { .out = out, .err = err, .may_page = may_page };
  g_autoptr (GPtrArray) copy = g_ptr_array_new ();
  g_auto (GStrv) args = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < argc; i++)
    g_ptr_array_add (copy, g_strdup (argv[i]));
  g_ptr_array_add (copy, NULL);
  args = (char **)g_ptr_array_steal (copy, NULL);

  inv.out_tty = fileno (out) >= 0 && isatty (fileno (out));
  inv.err_tty = fileno (err) >= 0 && isatty (fileno (err));
  inv.color = inv.out_tty && may_color ();
  inv.columns = terminal_columns (out, inv.out_tty);

  if (attest_cli_options_parse (global_options, &globals, NULL, TRUE, &args, &error)
      && dispatch (&inv, &globals, args + 1, &error))
    flush_output (&inv, &error);
  /* Whoever closed the pipe has seen enough. */
  if (error != NULL && !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_PIPE))
    attest_cli_complain (&inv, "%s", error->message);
  attest_cli_options_clear (global_options, &globals);
  return (int)(error != NULL ? attest_error_exit (error) : inv.exit);
}
