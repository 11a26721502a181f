/* attest-cli-docs: what help, manual and completion say alike, and the table of commands as JSON.
 */
#include "cli/attest-cli-docs-private.h"

#include <string.h>

#include "util/attest-json.h"

static const AttestExitLine exit_table[] = {
  { "0", "done" },
  { "1", "a file cannot be read or written" },
  { "2", "the command line is wrong" },
  { "3", "an input is not what it claims to be; the good ones among several were taken" },
  { "4", "a mistake in a codebook" },
  { "5", "the project file is damaged, busy, read-only, newer than the program or none" },
  { "6", "a limit stopped part of the work: the result is incomplete" },
  { "10", "a check found something (verify, codebook test)" },
  { NULL, NULL },
};

const AttestExitLine *
attest_cli_exit_table (void)
{
  return exit_table;
}

const char *
attest_cli_intro (void)
{
  return "attest takes interview transcripts in, applies a codebook of regular expressions that "
         "maps passages to evaluation criteria (OECD-DAC) and themes, keeps the coded segments in "
         "one project file, and reports the frequencies and the quotes that back each rating.";
}

static void
clear_family (gpointer data)
{
  AttestFamily *family = data;

  g_free ((char *)family->word);
  g_free ((gpointer)family->members);
}

static gboolean
begins_with_word (const char *name, const char *word)
{
  return g_str_has_prefix (name, word) && name[strlen (word)] == ' ';
}

static AttestFamily
family_of (const char *word)
{
  AttestFamily family = { .word = g_strdup (word) };
  GPtrArray *members = g_ptr_array_new ();

  for (const AttestCommand *const *c = attest_cli_commands (); *c != NULL; c++)
    if (strcmp ((*c)->name, word) == 0)
      family.alone = *c;
    else if (begins_with_word ((*c)->name, word))
      g_ptr_array_add (members, (gpointer)*c);
  g_ptr_array_add (members, NULL);
  family.members = (const AttestCommand *const *)g_ptr_array_free (members, FALSE);
  return family;
}

GArray *
attest_cli_families (void)
{
  GArray *families = g_array_new (FALSE, FALSE, sizeof (AttestFamily));
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_array_set_clear_func (families, clear_family);
  for (const AttestCommand *const *c = attest_cli_commands (); *c != NULL; c++)
    {
      char *word = g_strndup ((*c)->name, strcspn ((*c)->name, " "));
      AttestFamily family;

      if (g_hash_table_contains (seen, word))
        {
          g_free (word);
          continue;
        }
      g_hash_table_add (seen, word);
      family = family_of (word);
      g_array_append_val (families, family);
    }
  return families;
}

AttestComplete
attest_cli_complete_kind (const char *metavar)
{
  static const char *const files[] = { "FILE", "CODEBOOK", "FOLDER", "PATH" };

  if (metavar == NULL)
    return ATTEST_COMPLETE_NOTHING;
  if (strstr (metavar, "COMMAND") != NULL)
    return ATTEST_COMPLETE_COMMANDS;
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    if (strstr (metavar, files[i]) != NULL)
      return ATTEST_COMPLETE_FILES;
  return ATTEST_COMPLETE_NOTHING;
}

/* --- the table as JSON, for tests ------------------------------------------------------- */

static void
json_options (AttestJson *json, const AttestOption *options)
{
  attest_json_begin_array (json);
  for (const AttestOption *o = options; o != NULL && o->name != NULL; o++)
    {
      char letter[2] = { o->letter, '\0' };

      attest_json_begin_object (json);
      attest_json_member_string (json, "name", o->name);
      attest_json_member_string (json, "letter", o->letter ? letter : NULL);
      attest_json_member_string (json, "value", o->metavar);
      attest_json_member_bool (json, "takes_value", o->type != ATTEST_OPT_BOOL);
      attest_json_member_string (json, "help", o->help);
      attest_json_member_string (json, "doc", o->doc);
      attest_json_key (json, "choices");
      attest_json_begin_array (json);
      for (const char *const *choice = o->choices; choice != NULL && *choice != NULL; choice++)
        attest_json_string (json, *choice);
      attest_json_end_array (json);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
}

static void
json_command (AttestJson *json, const AttestCommand *c)
{
  attest_json_begin_object (json);
  attest_json_member_string (json, "name", c->name);
  attest_json_member_string (json, "group", c->group);
  attest_json_member_string (json, "synopsis", c->synopsis);
  attest_json_member_string (json, "summary", c->summary);
  attest_json_member_string (json, "doc", c->doc);
  attest_json_key (json, "options");
  json_options (json, c->options);
  attest_json_key (json, "examples");
  attest_json_begin_array (json);
  for (const AttestExampleLine *e = c->examples; e != NULL && e->args != NULL; e++)
    {
      attest_json_begin_object (json);
      attest_json_member_string (json, "args", e->args);
      attest_json_member_string (json, "comment", e->comment);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
  attest_json_end_object (json);
}

static void
write_json (FILE *out)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (AttestJson) json = attest_json_new (text, TRUE);

  attest_json_begin_object (json);
  attest_json_key (json, "options");
  json_options (json, attest_cli_global_options ());
  attest_json_key (json, "groups");
  attest_json_begin_array (json);
  for (const char *const *g = attest_cli_groups (); *g != NULL; g += 2)
    attest_json_string (json, *g);
  attest_json_end_array (json);
  attest_json_key (json, "commands");
  attest_json_begin_array (json);
  for (const AttestCommand *const *c = attest_cli_commands (); *c != NULL; c++)
    json_command (json, *c);
  attest_json_end_array (json);
  attest_json_end_object (json);
  fprintf (out, "%s\n", text->str);
}

gboolean
attest_cli_generate (const char *form, FILE *out)
{
  static const struct
  {
    const char *form;
    void (*write) (FILE *out);
  } forms[] = { { "man", attest_cli_write_man },
                { "bash", attest_cli_write_bash },
                { "zsh", attest_cli_write_zsh },
                { "fish", attest_cli_write_fish },
                { "json", write_json } };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (strcmp (forms[i].form, form) == 0)
      {
        forms[i].write (out);
        return TRUE;
      }
  return FALSE;
}
