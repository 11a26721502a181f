/* attest-cli-complete: completion scripts for bash, zsh and fish.
 *
 * They know the commands, their options, the choices of an option, and which arguments are files;
 * nothing is asked of the program while somebody types.
 */
#include <string.h>

#include "cli/attest-cli-docs-private.h"

/* In single quotes; each character of @escaped gets a backslash besides (zsh's descriptions). */
static void
put_quoted (FILE *out, const char *text, const char *escaped)
{
  for (; *text != '\0'; text++)
    if (*text == '\'')
      fputs ("'\\''", out);
    else
      {
        if (strchr (escaped, *text) != NULL)
          fputc ('\\', out);
        fputc (*text, out);
      }
}

static char *
member_words (const AttestFamily *family)
{
  GString *words = g_string_new (NULL);
  gsize skip = strlen (family->word) + 1;

  for (const AttestCommand *const *c = family->members; *c != NULL; c++)
    g_string_append_printf (words, "%s%s", words->len ? " " : "", (*c)->name + skip);
  return g_string_free (words, FALSE);
}

/* --- bash ------------------------------------------------------------------------------- */

static void
bash_words (FILE *out, const char *words)
{
  fprintf (out, "COMPREPLY=($(compgen -W '%s' -- \"$cur\"))", words);
}

static void
bash_kind (FILE *out, AttestComplete kind, const char *commands)
{
  if (kind == ATTEST_COMPLETE_FILES)
    fputs ("compopt -o filenames; COMPREPLY=($(compgen -f -- \"$cur\"))", out);
  else if (kind == ATTEST_COMPLETE_COMMANDS)
    bash_words (out, commands);
  else
    fputs (":", out);
}

/* One line of a case on "COMMAND OPTION" for each option that takes a value. */
static void
bash_values (FILE *out, const char *command, const AttestOption *options)
{
  for (const AttestOption *o = options; o != NULL && o->name != NULL; o++)
    {
      if (o->type == ATTEST_OPT_BOOL)
        continue;
      fprintf (out, "    '%s --%s'", command, o->name);
      if (o->letter)
        fprintf (out, " | '%s -%c'", command, o->letter);
      fputs (") ", out);
      if (o->choices != NULL)
        {
          g_autofree char *choices = g_strjoinv (" ", (char **)o->choices);
          bash_words (out, choices);
        }
      else
        bash_kind (out, attest_cli_complete_kind (o->metavar), "");
      fputs ("; return ;;\n", out);
    }
}

static void
bash_options (FILE *out, const AttestOption *options)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (const AttestOption *o = options; o != NULL && o->name != NULL; o++)
    g_string_append_printf (words, "--%s ", o->name);
  g_string_append (words, "--help");
  bash_words (out, words->str);
}

/* Options where a word begins with -, else what the synopsis asks for. */
static void
bash_command (FILE *out, const AttestCommand *c, const char *members, const char *commands)
{
  fprintf (out, "    '%s')\n      case $cur in\n        -*) ", c->name);
  bash_options (out, c->options);
  fputs (" ;;\n        *) ", out);
  if (members != NULL)
    bash_words (out, members);
  else
    bash_kind (out, attest_cli_complete_kind (c->synopsis), commands);
  fputs (" ;;\n      esac ;;\n", out);
}

static void
bash_family (FILE *out, const AttestFamily *family, const char *commands)
{
  g_autofree char *members = member_words (family);

  if (family->alone != NULL)
    bash_command (out, family->alone, *members != '\0' ? members : NULL, commands);
  else
    {
      fprintf (out, "    %s) ", family->word);
      bash_words (out, members);
      fputs (" ;;\n", out);
    }
  for (const AttestCommand *const *c = family->members; *c != NULL; c++)
    bash_command (out, *c, NULL, commands);
}

/* Finds the command on the line: $cmd. An option's value may follow = as a word of its own. */
static const char bash_head[]
    = "# bash completion for attest; made by attest --generate=bash\n"
      "_attest ()\n"
      "{\n"
      "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} cmd= i word\n"
      "  if [[ $cur == = ]]; then cur=; elif [[ $prev == = ]]; then "
      "prev=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
      "  COMPREPLY=()\n"
      "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
      "    word=${COMP_WORDS[i]}\n"
      "    case $word in\n"
      "      --project | -p | --generate)\n"
      "        [[ ${COMP_WORDS[i+1]} == = ]] && ((i++))\n"
      "        ((i++)) ;;\n"
      "      -*) ;;\n"
      "      *)\n"
      "        cmd=$word\n"
      "        case \"$word ${COMP_WORDS[i+1]}\" in\n";

void
attest_cli_write_bash (FILE *out)
{
  g_autoptr (GArray) families = attest_cli_families ();
  g_autoptr (GString) first = g_string_new (NULL);

  for (guint i = 0; i < families->len; i++)
    g_string_append_printf (first, "%s%s", i > 0 ? " " : "",
                            g_array_index (families, AttestFamily, i).word);
  fputs (bash_head, out);
  for (const AttestCommand *const *c = attest_cli_commands (); *c != NULL; c++)
    if (strchr ((*c)->name, ' ') != NULL)
      fprintf (out, "          '%s') ((i + 1 < COMP_CWORD)) && cmd='%s' ;;\n", (*c)->name,
               (*c)->name);
  fputs ("        esac\n        break ;;\n    esac\n  done\n  case \"$cmd $prev\" in\n", out);
  bash_values (out, "", attest_cli_global_options ());
  for (const AttestCommand *const *c = attest_cli_commands (); *c != NULL; c++)
    bash_values (out, (*c)->name, (*c)->options);
  fputs ("  esac\n  case $cmd in\n    '')\n      case $cur in\n        -*) ", out);
  bash_options (out, attest_cli_global_options ());
  fputs (" ;;\n        *) ", out);
  bash_words (out, first->str);
  fputs (" ;;\n      esac ;;\n", out);
  for (guint i = 0; i < families->len; i++)
    bash_family (out, &g_array_index (families, AttestFamily, i), first->str);
  fputs ("  esac\n}\ncomplete -F _attest attest\n", out);
}

/* --- zsh -------------------------------------------------------------------------------- */

static void
zsh_action (FILE *out, const char *metavar, const char *const *choices)
{
  switch (attest_cli_complete_kind (metavar))
    {
    case ATTEST_COMPLETE_FILES:
      fputs ("_files", out);
      break;
    case ATTEST_COMPLETE_COMMANDS:
      fputs ("_attest_commands", out);
      break;
    case ATTEST_COMPLETE_NOTHING:
    default:
      fputs (" ", out);
      if (choices != NULL)
        {
          g_autofree char *words = g_strjoinv (" ", (char **)choices);
          fprintf (out, "(%s)", words);
        }
    }
}

static void
zsh_option (FILE *out, const AttestOption *o)
{
  gboolean repeats = o->type == ATTEST_OPT_STRINGS;

  fputs (" \\\n        ", out);
  if (o->letter && repeats)
    fprintf (out, "'*'{-%c,--%s}'[", o->letter, o->name);
  else if (o->letter)
    fprintf (out, "'(-%c --%s)'{-%c,--%s}'[", o->letter, o->name, o->letter, o->name);
  else
    fprintf (out, "'%s--%s[", repeats ? "*" : "", o->name);
  put_quoted (out, o->help, "[]:");
  fputc (']', out);
  if (o->type != ATTEST_OPT_BOOL)
    {
      fprintf (out, ":%s:", o->metavar);
      zsh_action (out, o->metavar, o->choices);
    }
  fputc ('\'', out);
}

static void
zsh_arguments (FILE *out, const AttestCommand *c)
{
  static const AttestOption help
      = { .name = "help", .letter = 'h', .type = ATTEST_OPT_BOOL, .help = "Show this help" };

  fprintf (out, "    '%s')\n      _arguments -S", c->name);
  for (const AttestOption *o = c->options; o != NULL && o->name != NULL; o++)
    zsh_option (out, o);
  zsh_option (out, &help);
  if (*c->synopsis != '\0')
    {
      fputs (" \\\n        '*:", out);
      put_quoted (out, c->synopsis, "[]:");
      fputc (':', out);
      zsh_action (out, c->synopsis, NULL);
      fputc ('\'', out);
    }
  fputs (" && ret=0 ;;\n", out);
}

static void
zsh_described (FILE *out, const char *name, const char *text)
{
  fprintf (out, "    '%s:", name);
  put_quoted (out, text, ":");
  fputs ("'\n", out);
}

/* A word that is no command of its own has only its members; else its options come too. */
static void
zsh_family (FILE *out, const AttestFamily *family)
{
  gsize skip = strlen (family->word) + 1;
  g_autofree char *members = member_words (family);
  g_autofree char *pattern = g_strdelimit (g_strdup (members), " ", '|');

  fprintf (out, "    %s)\n      if (( CURRENT == 2 )); then\n        members=(\n", family->word);
  for (const AttestCommand *const *c = family->members; *c != NULL; c++)
    zsh_described (out, (*c)->name + skip, (*c)->summary);
  fprintf (out,
           "        )\n        _describe -t commands '%s command' members && ret=0\n"
           "      elif [[ $words[2] == (%s) ]]; then\n"
           "        cmd=\"$words[1] $words[2]\"\n        shift words\n        (( CURRENT-- ))\n"
           "      fi ;;\n",
           family->word, pattern);
}

void
attest_cli_write_zsh (FILE *out)
{
  g_autoptr (GArray) families = attest_cli_families ();

  fputs ("#compdef attest\n# zsh completion for attest; made by attest --generate=zsh\n\n"
         "_attest_commands ()\n{\n  local -a commands\n  commands=(\n",
         out);
  for (guint i = 0; i < families->len; i++)
    {
      const AttestFamily *family = &g_array_index (families, AttestFamily, i);
      g_autofree char *members = member_words (family);

      zsh_described (out, family->word, family->alone != NULL ? family->alone->summary : members);
    }
  fputs ("  )\n  _describe -t commands 'attest command' commands\n}\n\n"
         "_attest ()\n{\n  local curcontext=$curcontext state line cmd ret=1\n"
         "  local -a members\n  typeset -A opt_args\n  _arguments -C -S",
         out);
  for (const AttestOption *o = attest_cli_global_options (); o->name != NULL; o++)
    zsh_option (out, o);
  fputs (" \\\n        '1: :_attest_commands' '*:: :->argument' && ret=0\n"
         "  [[ $state == argument ]] || return ret\n  cmd=$words[1]\n  case $cmd in\n",
         out);
  for (guint i = 0; i < families->len; i++)
    if (g_array_index (families, AttestFamily, i).members[0] != NULL)
      zsh_family (out, &g_array_index (families, AttestFamily, i));
  fputs ("  esac\n  case $cmd in\n", out);
  for (const AttestCommand *const *c = attest_cli_commands (); *c != NULL; c++)
    zsh_arguments (out, *c);
  fputs ("  esac\n  return ret\n}\n\n_attest \"$@\"\n", out);
}

/* --- fish ------------------------------------------------------------------------------- */

/* The condition under which @c is the command on the line. */
static char *
fish_condition (const AttestCommand *c)
{
  g_auto (GStrv) words = g_strsplit (c->name, " ", 2);

  if (words[1] == NULL)
    return g_strdup_printf ("__fish_seen_subcommand_from %s", words[0]);
  return g_strdup_printf ("__fish_seen_subcommand_from %s; and __fish_seen_subcommand_from %s",
                          words[0], words[1]);
}

static void
fish_described (FILE *out, const char *text)
{
  fputs (" -d '", out);
  put_quoted (out, text, "");
  fputs ("'\n", out);
}

static void
fish_options (FILE *out, const char *condition, const AttestOption *options)
{
  for (const AttestOption *o = options; o != NULL && o->name != NULL; o++)
    {
      fprintf (out, "complete -c attest -n '%s' -l %s", condition, o->name);
      if (o->letter)
        fprintf (out, " -s %c", o->letter);
      if (o->choices != NULL)
        {
          g_autofree char *choices = g_strjoinv (" ", (char **)o->choices);
          fprintf (out, " -x -a '%s'", choices);
        }
      else if (o->type != ATTEST_OPT_BOOL)
        fputs (attest_cli_complete_kind (o->metavar) == ATTEST_COMPLETE_FILES ? " -rF" : " -x",
               out);
      fish_described (out, o->help);
    }
}

static void
fish_command (FILE *out, const AttestCommand *c, const char *commands)
{
  g_autofree char *condition = fish_condition (c);

  fish_options (out, condition, c->options);
  fprintf (out, "complete -c attest -n '%s' -s h -l help", condition);
  fish_described (out, "Show this help");
  if (attest_cli_complete_kind (c->synopsis) == ATTEST_COMPLETE_FILES)
    fprintf (out, "complete -c attest -n '%s' -F\n", condition);
  else if (attest_cli_complete_kind (c->synopsis) == ATTEST_COMPLETE_COMMANDS)
    fprintf (out, "complete -c attest -n '%s' -a '%s'\n", condition, commands);
}

static void
fish_family (FILE *out, const AttestFamily *family)
{
  g_autofree char *members = member_words (family);

  fprintf (out, "complete -c attest -n __fish_use_subcommand -a %s", family->word);
  fish_described (out, family->alone != NULL ? family->alone->summary : members);
  for (const AttestCommand *const *c = family->members; *c != NULL; c++)
    {
      fprintf (out,
               "complete -c attest -n '__fish_seen_subcommand_from %s; and not "
               "__fish_seen_subcommand_from %s' -a %s",
               family->word, members, (*c)->name + strlen (family->word) + 1);
      fish_described (out, (*c)->summary);
    }
}

void
attest_cli_write_fish (FILE *out)
{
  g_autoptr (GArray) families = attest_cli_families ();
  g_autoptr (GString) first = g_string_new (NULL);

  fputs ("# fish completion for attest; made by attest --generate=fish\ncomplete -c attest -f\n",
         out);
  fish_options (out, "__fish_use_subcommand", attest_cli_global_options ());
  for (guint i = 0; i < families->len; i++)
    {
      const AttestFamily *family = &g_array_index (families, AttestFamily, i);

      g_string_append_printf (first, "%s%s", i > 0 ? " " : "", family->word);
      fish_family (out, family);
    }
  for (const AttestCommand *const *c = attest_cli_commands (); *c != NULL; c++)
    fish_command (out, *c, first->str);
}
