/* attest-cli-help: the screens of --help.
 */
#include <string.h>

#include "cli/attest-cli-docs-private.h"

/* Lines longer than this are hard to read, whatever the terminal. */
#define MAX_COLUMNS 79
#define MIN_COLUMNS 40
/* Where the text of a list begins. */
#define COMMAND_COLUMN 22
#define OPTION_COLUMN 29

typedef struct
{
  FILE *out;
  gboolean bold;
  guint columns;
} Screen;

static Screen
screen_new (FILE *out, gboolean bold, guint columns)
{
  Screen screen
      = { out, bold, columns == 0 ? MAX_COLUMNS : CLAMP (columns - 1, MIN_COLUMNS, MAX_COLUMNS) };

  return screen;
}

static void
put_heading (const Screen *screen, const char *heading)
{
  fprintf (screen->out, screen->bold ? "\n\033[1m%s\033[0m\n" : "\n%s\n", heading);
}

/* Wraps @text into the columns from @indent on. @column: where the cursor stands. */
static void
put_wrapped (const Screen *screen, const char *text, guint indent, guint column)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \n", -1);
  gboolean first = TRUE;

  for (char **w = words; *w != NULL; w++)
    {
      guint width = (guint)g_utf8_strlen (*w, -1);

      if (width == 0)
        continue;
      if (!first && column + 1 + width > screen->columns)
        {
          fputc ('\n', screen->out);
          column = 0;
          first = TRUE;
        }
      if (first)
        fprintf (screen->out, "%*s", (int)(indent > column ? indent - column : 0), "");
      else
        fputc (' ', screen->out);
      column = first ? MAX (indent, column) : column + 1;
      fputs (*w, screen->out);
      column += width;
      first = FALSE;
    }
  fputc ('\n', screen->out);
}

/* A name at the left and its explanation at the right, or below when the name is long. */
static void
put_item (const Screen *screen, const char *left, const char *text, guint indent)
{
  guint width = 2 + (guint)g_utf8_strlen (left, -1);

  fprintf (screen->out, "  %s", left);
  if (width + 1 > indent)
    {
      fputc ('\n', screen->out);
      width = 0;
    }
  put_wrapped (screen, text, indent, width);
}

static void
put_option (const Screen *screen, const AttestOption *o)
{
  g_autofree char *left = g_strdup_printf ("%s--%s%s%s", o->letter ? "-?, " : "    ", o->name,
                                           o->metavar ? " " : "", o->metavar ? o->metavar : "");
  g_autofree char *text = NULL;

  if (o->letter)
    left[1] = o->letter;
  if (o->choices != NULL)
    {
      g_autofree char *choices = g_strjoinv (", ", (char **)o->choices);
      text = g_strdup_printf ("%s: %s", o->help, choices);
    }
  put_item (screen, left, text != NULL ? text : o->help, OPTION_COLUMN);
}

static void
put_options (const Screen *screen, const AttestOption *options)
{
  put_heading (screen, "Options");
  for (const AttestOption *o = options; o != NULL && o->name != NULL; o++)
    put_option (screen, o);
}

static gboolean
group_has_commands (const char *group)
{
  for (const AttestCommand *const *c = attest_cli_commands (); *c != NULL; c++)
    if (strcmp ((*c)->group, group) == 0)
      return TRUE;
  return FALSE;
}

void
attest_cli_print_help (FILE *out, gboolean bold, guint columns)
{
  Screen screen = screen_new (out, bold, columns);

  fputs (bold ? "\033[1mattest\033[0m" : "attest", out);
  fputs (" [--project FILE] COMMAND …\n\n", out);
  put_wrapped (&screen, attest_cli_intro (), 0, 0);
  for (const char *const *g = attest_cli_groups (); *g != NULL; g += 2)
    {
      if (!group_has_commands (g[0]))
        continue;
      put_heading (&screen, g[1]);
      for (const AttestCommand *const *c = attest_cli_commands (); *c != NULL; c++)
        if (strcmp ((*c)->group, g[0]) == 0)
          put_item (&screen, (*c)->name, (*c)->summary, COMMAND_COLUMN);
    }
  put_options (&screen, attest_cli_global_options ());
  fputs ("\n'attest COMMAND --help' has options and examples; 'man attest' has everything.\n"
         "New here? 'attest init NAME', then 'attest ingest FILE…', then 'attest code'.\n",
         out);
}

/* Other commands with the same first word. */
static void
put_relatives (const Screen *screen, const AttestCommand *command)
{
  gsize length = strcspn (command->name, " ");
  g_autoptr (GString) names = g_string_new (NULL);

  for (const AttestCommand *const *c = attest_cli_commands (); *c != NULL; c++)
    if (*c != command && strcspn ((*c)->name, " ") == length
        && strncmp ((*c)->name, command->name, length) == 0)
      g_string_append_printf (names, "%sattest %s", names->len ? ", " : "See also: ", (*c)->name);
  if (names->len == 0)
    return;
  fputc ('\n', screen->out);
  put_wrapped (screen, names->str, 0, 0);
}

static void
put_examples (const Screen *screen, const AttestExampleLine *examples)
{
  put_heading (screen, "Examples");
  for (const AttestExampleLine *e = examples; e->args != NULL; e++)
    {
      if (e->comment != NULL)
        fprintf (screen->out, "  # %s\n", e->comment);
      fprintf (screen->out, "  attest %s\n", e->args);
    }
}

void
attest_cli_print_command_help (const AttestCommand *command, FILE *out, gboolean bold,
                               guint columns)
{
  static const AttestOption help = { .name = "help", .letter = 'h', .help = "Show this help" };
  Screen screen = screen_new (out, bold, columns);
  g_auto (GStrv) paragraphs = g_strsplit (command->doc, "\n\n", -1);

  fprintf (out, bold ? "\033[1mattest %s\033[0m" : "attest %s", command->name);
  fprintf (out, "%s%s%s\n\n", command->options != NULL ? " [OPTIONS]" : "",
           *command->synopsis ? " " : "", command->synopsis);
  put_wrapped (&screen, command->summary, 0, 0);
  for (char **p = paragraphs; *p != NULL; p++)
    {
      fputc ('\n', out);
      put_wrapped (&screen, *p, 0, 0);
    }
  put_options (&screen, command->options);
  put_option (&screen, &help);
  if (command->examples != NULL)
    put_examples (&screen, command->examples);
  put_relatives (&screen, command);
}

gboolean
attest_cli_print_family_help (const char *word, FILE *out, gboolean bold, guint columns)
{
  Screen screen = screen_new (out, bold, columns);
  g_autoptr (GArray) families = attest_cli_families ();

  for (guint i = 0; i < families->len; i++)
    {
      const AttestFamily *family = &g_array_index (families, AttestFamily, i);

      if (strcmp (family->word, word) != 0 || family->members[0] == NULL)
        continue;
      fprintf (out, bold ? "\033[1mattest %s\033[0m COMMAND …\n" : "attest %s COMMAND …\n", word);
      put_heading (&screen, "Commands");
      for (const AttestCommand *const *c = family->members; *c != NULL; c++)
        put_item (&screen, (*c)->name, (*c)->summary, COMMAND_COLUMN);
      fprintf (out, "\n'attest %s COMMAND --help' has options and examples.\n", word);
      return TRUE;
    }
  return FALSE;
}
