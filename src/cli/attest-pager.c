#include "cli/attest-pager.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "util/attest-error.h"

#define USUAL_PAGER "less"
#define USUAL_LESS "FRX"

struct _AttestPager
{
  GPid pid;
  FILE *stream;
  struct sigaction interrupt, quit; /* as they were */
};

/* The words of the pager, or NULL: none is wanted. @out_is_asked: somebody named it. */
static char **
find_words (gboolean *out_is_asked, GError **error)
{
  const char *names[] = { g_getenv ("ATTEST_PAGER"), g_getenv ("PAGER"), USUAL_PAGER };
  g_auto (GStrv) words = NULL;
  guint i = 0;

  while (names[i] == NULL)
    i++;
  *out_is_asked = i < 2;
  if (strspn (names[i], " \t") == strlen (names[i]))
    return NULL;
  if (!g_shell_parse_argv (names[i], NULL, &words, error))
    {
      g_prefix_error (error, "the pager %s: ", names[i]);
      return NULL;
    }
  return strcmp (words[0], "cat") == 0 && words[1] == NULL ? NULL : g_steal_pointer (&words);
}

static char **
new_environment (void)
{
  char **environment = g_get_environ ();

  environment = g_environ_setenv (environment, "LESS", USUAL_LESS, FALSE);
  /* What is printed is UTF-8, whatever the locale. */
  return g_environ_setenv (environment, "LESSCHARSET", "utf-8", FALSE);
}

static void
ignore (int number, struct sigaction *out_before)
{
  struct sigaction action = { .sa_handler = SIG_IGN };

  sigemptyset (&action.sa_mask);
  sigaction (number, &action, out_before);
}

AttestPager *
attest_pager_start (GError **error)
{
  gboolean is_asked = FALSE;
  g_auto (GStrv) words = find_words (&is_asked, error);
  g_auto (GStrv) environment = new_environment ();
  g_autoptr (GError) inner = NULL;
  AttestPager *pager;
  GPid pid;
  int input;

  if (words == NULL)
    return NULL;
  if (!g_spawn_async_with_pipes (NULL, words, environment,
                                 G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid,
                                 &input, NULL, NULL, &inner))
    {
      if (is_asked)
        g_propagate_prefixed_error (error, g_steal_pointer (&inner), "the pager: ");
      return NULL;
    }
  pager = g_new0 (AttestPager, 1);
  pager->pid = pid;
  pager->stream = fdopen (input, "w");
  ignore (SIGINT, &pager->interrupt);
  ignore (SIGQUIT, &pager->quit);
  return pager;
}

FILE *
attest_pager_get_stream (AttestPager *pager)
{
  return pager->stream;
}

void
attest_pager_finish (AttestPager *pager)
{
  int status;

  fclose (pager->stream);
  while (waitpid (pager->pid, &status, 0) < 0 && errno == EINTR)
    ;
  g_spawn_close_pid (pager->pid);
  sigaction (SIGINT, &pager->interrupt, NULL);
  sigaction (SIGQUIT, &pager->quit, NULL);
  g_free (pager);
}
