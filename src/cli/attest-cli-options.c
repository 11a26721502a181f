#include "cli/attest-cli-options.h"

#include "util/attest-error.h"

static GOptionArg
option_arg (AttestOptionType type)
{
  switch (type)
    {
    case ATTEST_OPT_BOOL:
      return G_OPTION_ARG_NONE;
    case ATTEST_OPT_INT:
      return G_OPTION_ARG_INT;
    case ATTEST_OPT_STRINGS:
      return G_OPTION_ARG_FILENAME_ARRAY;
    case ATTEST_OPT_STRING:
    default:
      return G_OPTION_ARG_FILENAME;
    }
}

static gboolean
check_choice (const AttestOption *option, const char *value, GError **error)
{
  g_autofree char *choices = NULL;

  if (!g_utf8_validate (value, -1, NULL))
    return attest_throw (error, ATTEST_ERROR_USAGE, "the value of --%s is not valid UTF-8",
                         option->name);
  if (option->choices == NULL || g_strv_contains (option->choices, value))
    return TRUE;
  choices = g_strjoinv (", ", (char **)option->choices);
  return attest_throw (error, ATTEST_ERROR_USAGE, "--%s %s: it must be one of: %s", option->name,
                       value, choices);
}

static gboolean
check_values (const AttestOption *options, gpointer opts, GError **error)
{
  for (const AttestOption *o = options; o != NULL && o->name != NULL; o++)
    {
      gpointer field = (char *)opts + o->offset;

      if (o->type == ATTEST_OPT_STRING && *(char **)field != NULL
          && !check_choice (o, *(char **)field, error))
        return FALSE;
      if (o->type == ATTEST_OPT_STRINGS && *(char ***)field != NULL)
        for (char **v = *(char ***)field; *v != NULL; v++)
          if (!check_choice (o, *v, error))
            return FALSE;
      if (o->type == ATTEST_OPT_INT && *(int *)field < 0)
        return attest_throw (error, ATTEST_ERROR_USAGE, "--%s must not be negative", o->name);
    }
  return TRUE;
}

void
attest_cli_options_clear (const AttestOption *options, gpointer opts)
{
  for (const AttestOption *o = options; o != NULL && o->name != NULL; o++)
    {
      gpointer field = (char *)opts + o->offset;

      if (o->type == ATTEST_OPT_STRING)
        g_clear_pointer ((char **)field, g_free);
      else if (o->type == ATTEST_OPT_STRINGS)
        g_clear_pointer ((char ***)field, g_strfreev);
    }
}

gboolean
attest_cli_options_parse (const AttestOption *options, gpointer opts, gboolean *extra_help,
                          gboolean stop_early, char ***args, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GArray) entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));

  for (const AttestOption *o = options; o != NULL && o->name != NULL; o++)
    {
      GOptionEntry entry = { .long_name = o->name,
                             .short_name = o->letter,
                             .arg = option_arg (o->type),
                             .arg_data = (char *)opts + o->offset };
      g_array_append_val (entries, entry);
    }
  if (extra_help != NULL)
    {
      GOptionEntry entry = {
        .long_name = "help", .short_name = 'h', .arg = G_OPTION_ARG_NONE, .arg_data = extra_help
      };
      g_array_append_val (entries, entry);
    }
  g_option_context_add_main_entries (context, (GOptionEntry *)(void *)entries->data, NULL);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_strict_posix (context, stop_early);
  return g_option_context_parse_strv (context, args, error) && check_values (options, opts, error);
}
