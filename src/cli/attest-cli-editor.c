#include "cli/attest-cli-editor.h"

#include <signal.h>

#include "util/attest-error.h"

static const char *
get_chosen (void)
{
  static const char *const names[] = { "VISUAL", "EDITOR" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = g_getenv (names[i]);

      if (value != NULL && *value != '\0')
        return value;
    }
  return NULL;
}

gboolean
attest_editor_is_chosen (void)
{
  return get_chosen () != NULL;
}

char **
attest_editor_dup_command (GError **error)
{
  static const char *const usual[] = { "sensible-editor", "nano", "vi" };
  const char *chosen = get_chosen ();
  g_autoptr (GError) local = NULL;
  char **words = NULL;

  if (chosen != NULL)
    {
      if (g_shell_parse_argv (chosen, NULL, &words, &local))
        return words;
      return attest_throw_null (error, ATTEST_ERROR_USAGE, "$VISUAL or $EDITOR is no command: %s",
                                local->message);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
    {
      g_autofree char *found = g_find_program_in_path (usual[i]);

      if (found != NULL)
        return g_strdupv ((char *[]){ found, NULL });
    }
  return attest_throw_null (error, ATTEST_ERROR_USAGE,
                            "there is no editor: set $EDITOR to the one that you use");
}

/* In the child: what this program ignores while it waits, the editor must not. */
static void
restore_signals (gpointer data)
{
  signal (SIGINT, SIG_DFL);
  signal (SIGQUIT, SIG_DFL);
}

gboolean
attest_editor_run (const char *path, GError **error)
{
  g_auto (GStrv) words = attest_editor_dup_command (error);
  g_autoptr (GStrvBuilder) builder = NULL;
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) local = NULL;
  int wait_status = 0;
  gboolean ok;

  if (words == NULL)
    return FALSE;
  builder = g_strv_builder_new ();
  g_strv_builder_addv (builder, (const char **)words);
  g_strv_builder_add (builder, path);
  argv = g_strv_builder_end (builder);
  void (*on_interrupt) (int) = signal (SIGINT, SIG_IGN);
  void (*on_quit) (int) = signal (SIGQUIT, SIG_IGN);

  ok = g_spawn_sync (NULL, argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_CHILD_INHERITS_STDIN,
                     restore_signals, NULL, NULL, NULL, &wait_status, &local);
  signal (SIGINT, on_interrupt);
  signal (SIGQUIT, on_quit);
  if (!ok)
    return attest_throw (error, ATTEST_ERROR_USAGE, "the editor '%s' cannot be started: %s",
                         words[0], local->message);
  if (!g_spawn_check_wait_status (wait_status, &local))
    return attest_throw (error, ATTEST_ERROR_USAGE, "the editor '%s' failed: %s", words[0],
                         local->message);
  return TRUE;
}
