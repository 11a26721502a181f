/* attest-cli-man: the manual page, in plain ASCII for any troff and without a date, so that the
 * same sources give the same page.
 */
#include <string.h>

#include "cli/attest-cli-docs-private.h"

#include "config.h"

/* Columns of the page's source. */
#define SOURCE_COLUMNS 79

static const char concepts[]
    = "A project is one SQLite file, NAME.attest. It holds the transcripts (sources) with their "
      "original bytes, the respondents with their attributes, the codebooks that were applied, and "
      "the coded segments. Without --project, the only *.attest file in the current folder is "
      "used, or the only one in the folder above.\n\n"
      "A codebook is a YAML text file of codes, each with rules (regular expressions with "
      "conditions). The dimensions of the shipped oecd-dac are criterion and theme.\n\n"
      "A segment is the sentence, or the sentences of one turn, around what the rules of one code "
      "matched. Each quote has an id such as Q7F3K2A, the same on every machine. What a rule finds "
      "is a candidate for reading: attest assigns no rating, and the absence of a segment is not "
      "the absence of evidence.";

/* Words of troff: what would be a request, a hyphen, a curly quote or not ASCII is written out. */
static void
put_escaped (FILE *out, const char *text)
{
  static const struct
  {
    gunichar character;
    const char *escape;
  } escapes[] = { { '\\', "\\e" },  { '-', "\\-" },   { '\'', "\\(aq" }, { '"', "\\(dq" },
                  { '`', "\\(ga" }, { '^', "\\(ha" }, { '~', "\\(ti" } };

  if (*text == '.')
    fputs ("\\&", out);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      const char *escape = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (escapes); i++)
        if (escapes[i].character == c)
          escape = escapes[i].escape;
      if (escape != NULL)
        fputs (escape, out);
      else if (c < 0x80)
        fputc ((int)c, out);
      else
        fprintf (out, "\\[u%04X]", c);
    }
}

static gboolean
ends_sentence (const char *word)
{
  gsize length = strlen (word);

  return length > 1 && strchr (".?!", word[length - 1]) != NULL;
}

/* Each sentence begins a line, as troff and diff like it. */
static void
put_filled (FILE *out, const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \n", -1);
  gsize column = 0;

  for (char **w = words; *w != NULL; w++)
    {
      gsize width = strlen (*w);

      if (width == 0)
        continue;
      if (column > 0)
        {
          gboolean fits = column + 1 + width <= SOURCE_COLUMNS && !ends_sentence (w[-1]);

          fputc (fits ? ' ' : '\n', out);
          column = fits ? column + 1 : 0;
        }
      put_escaped (out, *w);
      column += width;
    }
  fputc ('\n', out);
}

static void
put_paragraphs (FILE *out, const char *text)
{
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n\n", -1);

  for (char **p = paragraphs; *p != NULL; p++)
    {
      if (p != paragraphs)
        fputs (".PP\n", out);
      put_filled (out, *p);
    }
}

static void
put_options (FILE *out, const AttestOption *options)
{
  for (const AttestOption *o = options; o != NULL && o->name != NULL; o++)
    {
      g_autofree char *text = NULL;

      fputs (".TP\n", out);
      if (o->letter)
        fprintf (out, "\\fB\\-%c\\fR, ", o->letter);
      fputs ("\\fB\\-\\-", out);
      put_escaped (out, o->name);
      fputs ("\\fR", out);
      if (o->metavar != NULL)
        {
          fputs (" \\fI", out);
          put_escaped (out, o->metavar);
          fputs ("\\fR", out);
        }
      fputc ('\n', out);
      if (o->choices != NULL)
        {
          g_autofree char *choices = g_strjoinv (", ", (char **)o->choices);
          text = g_strdup_printf ("%s: %s. %s", o->help, choices, o->doc);
        }
      else
        text = g_strdup_printf ("%s. %s", o->help, o->doc);
      put_filled (out, text);
    }
}

static void
put_examples (FILE *out, const AttestExampleLine *examples)
{
  fputs (".PP\n.RS 4\n.EX\n", out);
  for (const AttestExampleLine *e = examples; e->args != NULL; e++)
    {
      if (e->comment != NULL)
        {
          fputs ("# ", out);
          put_escaped (out, e->comment);
          fputc ('\n', out);
        }
      fputs ("attest ", out);
      put_escaped (out, e->args);
      fputc ('\n', out);
    }
  fputs (".EE\n.RE\n", out);
}

static void
put_command (FILE *out, const AttestCommand *c)
{
  fprintf (out, ".SS attest %s%s%s", c->name, c->options != NULL ? " [OPTIONS]" : "",
           *c->synopsis ? " " : "");
  put_escaped (out, c->synopsis);
  fputc ('\n', out);
  put_escaped (out, c->summary);
  fputs (".\n.PP\n", out);
  put_paragraphs (out, c->doc);
  put_options (out, c->options);
  if (c->examples != NULL)
    put_examples (out, c->examples);
}

void
attest_cli_write_man (FILE *out)
{
  fputs (".\\\" Made by attest --generate=man from the table of commands.\n"
         ".TH ATTEST 1 \"\" \"attest " PACKAGE_VERSION "\" \"User Commands\"\n"
         ".SH NAME\nattest \\- evidence from interview transcripts, each finding back to a quote\n"
         ".SH SYNOPSIS\n.B attest\n[\\fB\\-\\-project\\fR \\fIFILE\\fR] \\fICOMMAND\\fR "
         "\\[u2026]\n.SH DESCRIPTION\n",
         out);
  put_filled (out, attest_cli_intro ());
  fputs (".PP\n", out);
  put_paragraphs (out, concepts);
  fputs (".SH OPTIONS\nThese stand before the command.\n", out);
  put_options (out, attest_cli_global_options ());
  fputs (".SH COMMANDS\nEach command also has \\fB\\-h\\fR, \\fB\\-\\-help\\fR.\n", out);
  for (const AttestCommand *const *c = attest_cli_commands (); *c != NULL; c++)
    put_command (out, *c);
  fputs (".SH EXIT STATUS\n", out);
  for (const AttestExitLine *line = attest_cli_exit_table (); line->status != NULL; line++)
    {
      g_autofree char *sentence = g_strconcat (line->meaning, ".", NULL);

      fprintf (out, ".TP\n.B %s\n", line->status);
      put_filled (out, sentence);
    }
  fputs (".SH FILES\n.TP\n.I NAME.attest\nThe project: one SQLite file, readable by its owner "
         "only.\nWhile it is in use, NAME.attest\\-wal and NAME.attest\\-shm stand beside it and "
         "belong\nto it.\n.TP\n.I NAME.attest.vN.bak\nThe project as it was before a newer attest "
         "brought its schema up to date.\n.TP\n.I $XDG_DATA_HOME/attest/codebooks/ID.yaml\n"
         "Codebooks of the user, found by id before the shipped ones.\n"
         ".SH ENVIRONMENT\n.TP\n.B ATTEST_PAGER\nThe pager for long output on a terminal, before "
         "PAGER; without both it is less. Empty, or cat: none. It is started without a shell.\n"
         ".TP\n.B ATTEST_DATA_DIR\nA folder that holds codebooks, corpora and "
         "data, used before the installed one.\n.TP\n.B COLUMNS\nWidth of tables, before that of "
         "the terminal.\n.TP\n.B NO_COLOR\nWhen it is set and not empty, nothing is bold or "
         "coloured on a terminal.\n",
         out);
}
