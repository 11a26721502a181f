/* attest-cli-docs: help, manual page and completion, all from the table of commands.
 */
#include <string.h>

#include "cli/attest-cli.h"
#include "util/attest-json.h"

#include "config.h"

static const char *const exit_table[][2] = {
  { "0", "done" },
  { "1", "a file cannot be read or written" },
  { "2", "the command line is wrong" },
  { "3", "an input is not what it claims to be; the good ones among several were taken" },
  { "4", "a mistake in a codebook" },
  { "5", "the project file is damaged, busy, read-only, newer than the program or none" },
  { "6", "a limit stopped part of the work: the result is incomplete" },
  { "10", "a check found something (verify, codebook test)" },
};

static const char intro[]
    = "attest takes interview transcripts in, applies a codebook of regular expressions that maps "
      "passages to evaluation criteria (OECD-DAC) and themes, keeps the coded segments in one "
      "project file, and reports the frequencies and the quotes that back each rating.";

/* --- help ------------------------------------------------------------------------------- */

static const char *
bold_on (gboolean bold)
{
  return bold ? "\033[1m" : "";
}

static const char *
bold_off (gboolean bold)
{
  return bold ? "\033[0m" : "";
}

static void
print_wrapped (FILE *out, const char *text, guint indent)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \n", -1);
  guint column = 0;

  for (char **w = words; *w != NULL; w++)
    {
      guint width = (guint)g_utf8_strlen (*w, -1);

      if (width == 0)
        continue;
      if (column > 0 && column + 1 + width > 79)
        {
          fputc ('\n', out);
          column = 0;
        }
      if (column == 0)
        column = (guint)fprintf (out, "%*s", (int)indent, "");
      else
        column += (guint)fprintf (out, " ");
      fputs (*w, out);
      column += width;
    }
  fputc ('\n', out);
}

void
attest_cli_print_help (FILE *out, gboolean bold)
{
  fprintf (out, "%sattest%s [--project FILE] COMMAND …\n\n", bold_on (bold), bold_off (bold));
  print_wrapped (out, intro, 0);
  for (const char *const *g = attest_cli_groups (); *g != NULL; g += 2)
    {
      fprintf (out, "\n%s%s%s\n", bold_on (bold), g[1], bold_off (bold));
      for (const AttestCommand *const *c = attest_cli_commands (); *c != NULL; c++)
        if (strcmp ((*c)->group, g[0]) == 0)
          fprintf (out, "  %-19s %s\n", (*c)->name, (*c)->summary);
    }
  fputs ("\n'attest COMMAND --help' has options and examples; 'man attest' has everything.\n"
         "New here? 'attest init NAME', then 'attest ingest FILE…'.\n",
         out);
}

static void
print_option (const AttestOption *o, FILE *out)
{
  g_autofree char *left = NULL;

  left = g_strdup_printf ("%s%c%s--%s%s%s", o->letter ? "-" : "", o->letter ? o->letter : ' ',
                          o->letter ? ", " : "   ", o->name, o->metavar ? " " : "",
                          o->metavar ? o->metavar : "");
  fprintf (out, "  %-26s %s", left, o->help);
  if (o->choices != NULL)
    {
      g_autofree char *choices = g_strjoinv ("|", (char **)o->choices);
      fprintf (out, " (%s)", choices);
    }
  fputc ('\n', out);
}

void
attest_cli_print_command_help (const AttestCommand *command, FILE *out, gboolean bold)
{
  g_auto (GStrv) paragraphs = g_strsplit (command->doc, "\n\n", -1);

  fprintf (out, "%sattest %s%s%s%s%s\n\n%s\n", bold_on (bold), command->name, bold_off (bold),
           command->options != NULL ? " [OPTIONS]" : "", *command->synopsis ? " " : "",
           command->synopsis, command->summary);
  for (char **p = paragraphs; *p != NULL; p++)
    {
      fputc ('\n', out);
      print_wrapped (out, *p, 0);
    }
  fprintf (out, "\n%sOptions%s\n", bold_on (bold), bold_off (bold));
  for (const AttestOption *o = command->options; o != NULL && o->name != NULL; o++)
    print_option (o, out);
  fputs ("  -h, --help                 Show this help\n", out);
  if (command->examples != NULL)
    {
      fprintf (out, "\n%sExamples%s\n", bold_on (bold), bold_off (bold));
      for (const AttestExampleLine *e = command->examples; e->args != NULL; e++)
        {
          if (e->comment != NULL)
            fprintf (out, "  # %s\n", e->comment);
          fprintf (out, "  attest %s\n", e->args);
        }
    }
}

/* --- manual ----------------------------------------------------------------------------- */

/* Troff reads a leading . or ' as a request, and - as a hyphen. */
static void
man_text (FILE *out, const char *text)
{
  gboolean line_start = TRUE;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (line_start && (*p == '.' || *p == '\''))
        fputs ("\\&", out);
      line_start = *p == '\n';
      if (*p == '\\')
        fputs ("\\e", out);
      else if (*p == '-')
        fputs ("\\-", out);
      else
        fputc (*p, out);
    }
}

static void
man_paragraphs (FILE *out, const char *doc)
{
  g_auto (GStrv) paragraphs = g_strsplit (doc, "\n\n", -1);

  for (char **p = paragraphs; *p != NULL; p++)
    {
      fputs (p == paragraphs ? "" : ".PP\n", out);
      man_text (out, *p);
      fputc ('\n', out);
    }
}

static void
man_options (FILE *out, const AttestOption *options)
{
  for (const AttestOption *o = options; o != NULL && o->name != NULL; o++)
    {
      fputs (".TP\n", out);
      if (o->letter)
        fprintf (out, "\\fB\\-%c\\fR, ", o->letter);
      fputs ("\\fB\\-\\-", out);
      man_text (out, o->name);
      fputs ("\\fR", out);
      if (o->metavar != NULL)
        fprintf (out, " \\fI%s\\fR", o->metavar);
      fputc ('\n', out);
      man_text (out, o->doc);
      fputc ('\n', out);
      if (o->choices != NULL)
        {
          g_autofree char *choices = g_strjoinv (", ", (char **)o->choices);
          fprintf (out, "One of: %s.\n", choices);
        }
    }
}

static void
man_command (FILE *out, const AttestCommand *c)
{
  fprintf (out, ".SS attest %s%s %s\n", c->name, c->options != NULL ? " [OPTIONS]" : "",
           c->synopsis);
  man_text (out, c->summary);
  fputs (".\n.PP\n", out);
  man_paragraphs (out, c->doc);
  man_options (out, c->options);
  if (c->examples == NULL)
    return;
  fputs (".PP\n.EX\n", out);
  for (const AttestExampleLine *e = c->examples; e->args != NULL; e++)
    {
      if (e->comment != NULL)
        {
          fputs ("# ", out);
          man_text (out, e->comment);
          fputc ('\n', out);
        }
      fputs ("attest ", out);
      man_text (out, e->args);
      fputc ('\n', out);
    }
  fputs (".EE\n", out);
}

static void
generate_man (FILE *out)
{
  fputs (".\\\" Made by attest --generate=man from the table of commands.\n"
         ".TH ATTEST 1 \"\" \"attest " PACKAGE_VERSION "\" \"User Commands\"\n"
         ".SH NAME\nattest \\- evidence from interview transcripts, each finding back to a quote\n"
         ".SH SYNOPSIS\n.B attest\n[\\fB\\-\\-project\\fR \\fIFILE\\fR] \\fICOMMAND\\fR …\n"
         ".SH DESCRIPTION\n",
         out);
  man_text (out, intro);
  fputs ("\n.SH OPTIONS\nThese stand before the command.\n", out);
  man_options (out, attest_cli_global_options ());
  fputs (".SH COMMANDS\n", out);
  for (const AttestCommand *const *c = attest_cli_commands (); *c != NULL; c++)
    man_command (out, *c);
  fputs (".SH EXIT STATUS\n", out);
  for (guint i = 0; i < G_N_ELEMENTS (exit_table); i++)
    {
      fprintf (out, ".TP\n.B %s\n", exit_table[i][0]);
      man_text (out, exit_table[i][1]);
      fputs (".\n", out);
    }
  fputs (".SH FILES\n.TP\n.I NAME.attest\nThe project: one SQLite file, readable by its owner "
         "only.\n.TP\n.I $XDG_DATA_HOME/attest/codebooks/ID.yaml\nCodebooks of the user, found "
         "by id before the shipped ones.\n"
         ".SH ENVIRONMENT\n.TP\n.B ATTEST_DATA_DIR\nA folder that holds codebooks, corpora and "
         "data, used before the installed one.\n",
         out);
}

/* --- completion ------------------------------------------------------------------------- */

static char *
shell_words (const AttestCommand *c)
{
  GString *words = g_string_new ("--help");

  for (const AttestOption *o = c->options; o != NULL && o->name != NULL; o++)
    g_string_append_printf (words, " --%s", o->name);
  return g_string_free (words, FALSE);
}

static char *
first_words (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GString *words = g_string_new ("--project --help --version");

  for (const AttestCommand *const *c = attest_cli_commands (); *c != NULL; c++)
    {
      const char *space = strchr ((*c)->name, ' ');
      char *first = space == NULL ? g_strdup ((*c)->name)
                                  : g_strndup ((*c)->name, (gsize)(space - (*c)->name));
      g_autofree char *word = g_strdup (first);

      if (g_hash_table_add (seen, first))
        g_string_append_printf (words, " %s", word);
    }
  return g_string_free (words, FALSE);
}

static void
bash_choices (FILE *out)
{
  fputs ("  case \"$prev\" in\n    --project|-p) COMPREPLY=($(compgen -f -X '!*.attest' -- "
         "\"$cur\")); return ;;\n",
         out);
  fputs ("  esac\n  case \"$cmd,$prev\" in\n", out);
  for (const AttestCommand *const *c = attest_cli_commands (); *c != NULL; c++)
    for (const AttestOption *o = (*c)->options; o != NULL && o->name != NULL; o++)
      if (o->choices != NULL)
        {
          g_autofree char *values = g_strjoinv (" ", (char **)o->choices);
          fprintf (out, "    '%s,--%s') COMPREPLY=($(compgen -W '%s' -- \"$cur\")); return ;;\n",
                   (*c)->name, o->name, values);
        }
  fputs ("  esac\n", out);
}

static void
generate_bash (FILE *out)
{
  g_autofree char *first = first_words ();

  fprintf (out, "# bash completion for attest; made by attest --generate=bash\n"
                "_attest ()\n{\n"
                "  local cur prev cmd= i w\n"
                "  cur=${COMP_WORDS[COMP_CWORD]}\n"
                "  prev=${COMP_WORDS[COMP_CWORD-1]}\n"
                "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
                "    w=${COMP_WORDS[i]}\n"
                "    case $w in\n"
                "      --project|-p) ((i++)) ;;\n"
                "      -*) ;;\n"
                "      *) if [ -z \"$cmd\" ]; then cmd=$w; else case \"$cmd $w\" in\n");
  for (const AttestCommand *const *c = attest_cli_commands (); *c != NULL; c++)
    if (strchr ((*c)->name, ' ') != NULL)
      fprintf (out, "           '%s') cmd=\"$cmd $w\" ;;\n", (*c)->name);
  fputs ("         esac; fi ;;\n    esac\n  done\n", out);
  bash_choices (out);
  fprintf (out, "  case \"$cmd\" in\n    '') COMPREPLY=($(compgen -W '%s' -- \"$cur\")) ;;\n",
           first);
  for (const AttestCommand *const *c = attest_cli_commands (); *c != NULL; c++)
    {
      g_autofree char *words = shell_words (*c);
      fprintf (out,
               "    '%s') case \"$cur\" in -*) COMPREPLY=($(compgen -W '%s' -- \"$cur\")) ;; "
               "*) COMPREPLY=($(compgen -f -- \"$cur\")) ;; esac ;;\n",
               (*c)->name, words);
    }
  for (const AttestCommand *const *c = attest_cli_commands (); *c != NULL; c++)
    {
      g_auto (GStrv) words = g_strsplit ((*c)->name, " ", 2);
      g_autoptr (GString) members = NULL;

      if (words[1] == NULL
          || (c != attest_cli_commands () && g_str_has_prefix (c[-1]->name, words[0])))
        continue;
      members = g_string_new (NULL);
      for (const AttestCommand *const *m = c; *m != NULL; m++)
        if (g_str_has_prefix ((*m)->name, words[0]) && strchr ((*m)->name, ' ') != NULL)
          g_string_append_printf (members, "%s ", strchr ((*m)->name, ' ') + 1);
      fprintf (out, "    '%s') COMPREPLY=($(compgen -W '%s' -- \"$cur\")) ;;\n", words[0],
               members->str);
    }
  fputs ("  esac\n}\ncomplete -o filenames -F _attest attest\n", out);
}

static void
single_quoted (FILE *out, const char *text)
{
  fputc ('\'', out);
  for (; *text != '\0'; text++)
    if (*text == '\'')
      fputs ("'\\''", out);
    else
      fputc (*text, out);
  fputc ('\'', out);
}

/* zsh reads the bash function through its own emulation, which keeps one source of truth. */
static void
generate_zsh (FILE *out)
{
  fputs ("#compdef attest\n# zsh completion for attest; made by attest --generate=zsh\n"
         "autoload -U +X bashcompinit && bashcompinit\n",
         out);
  generate_bash (out);
}

static void
generate_fish (FILE *out)
{
  fputs ("# fish completion for attest; made by attest --generate=fish\n", out);
  for (const AttestCommand *const *c = attest_cli_commands (); *c != NULL; c++)
    {
      g_auto (GStrv) words = g_strsplit ((*c)->name, " ", 2);
      g_autofree char *condition = NULL;

      fprintf (out, "complete -c attest -n '%s%s' -a %s -d ",
               words[1] != NULL ? "__fish_seen_subcommand_from " : "__fish_use_subcommand",
               words[1] != NULL ? words[0] : "", words[1] != NULL ? words[1] : words[0]);
      single_quoted (out, (*c)->summary);
      fputc ('\n', out);
      if (words[1] != NULL)
        {
          fprintf (out, "complete -c attest -n __fish_use_subcommand -a %s\n", words[0]);
          condition = g_strdup_printf ("__fish_seen_subcommand_from %s; and "
                                       "__fish_seen_subcommand_from %s",
                                       words[0], words[1]);
        }
      else
        condition = g_strdup_printf ("__fish_seen_subcommand_from %s", words[0]);
      for (const AttestOption *o = (*c)->options; o != NULL && o->name != NULL; o++)
        {
          fprintf (out, "complete -c attest -n '%s' -l %s", condition, o->name);
          if (o->letter)
            fprintf (out, " -s %c", o->letter);
          if (o->choices != NULL)
            {
              g_autofree char *values = g_strjoinv (" ", (char **)o->choices);
              fprintf (out, " -x -a '%s'", values);
            }
          else if (o->metavar != NULL)
            fputs (" -r", out);
          fputs (" -d ", out);
          single_quoted (out, o->help);
          fputc ('\n', out);
        }
    }
}

static void
generate_json (FILE *out)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (AttestJson) json = attest_json_new (text, TRUE);

  attest_json_begin_array (json);
  for (const AttestCommand *const *c = attest_cli_commands (); *c != NULL; c++)
    {
      attest_json_begin_object (json);
      attest_json_member_string (json, "name", (*c)->name);
      attest_json_member_string (json, "group", (*c)->group);
      attest_json_member_string (json, "synopsis", (*c)->synopsis);
      attest_json_member_string (json, "summary", (*c)->summary);
      attest_json_key (json, "options");
      attest_json_begin_array (json);
      for (const AttestOption *o = (*c)->options; o != NULL && o->name != NULL; o++)
        {
          attest_json_begin_object (json);
          attest_json_member_string (json, "name", o->name);
          attest_json_member_string (json, "value", o->metavar);
          attest_json_member_string (json, "help", o->help);
          attest_json_member_string (json, "doc", o->doc);
          attest_json_end_object (json);
        }
      attest_json_end_array (json);
      attest_json_key (json, "examples");
      attest_json_begin_array (json);
      for (const AttestExampleLine *e = (*c)->examples; e != NULL && e->args != NULL; e++)
        attest_json_string (json, e->args);
      attest_json_end_array (json);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
  fprintf (out, "%s\n", text->str);
}

gboolean
attest_cli_generate (const char *form, FILE *out)
{
  static const struct
  {
    const char *form;
    void (*write) (FILE *out);
  } forms[] = { { "man", generate_man },
                { "bash", generate_bash },
                { "zsh", generate_zsh },
                { "fish", generate_fish },
                { "json", generate_json } };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (strcmp (forms[i].form, form) == 0)
      {
        forms[i].write (out);
        return TRUE;
      }
  return FALSE;
}
