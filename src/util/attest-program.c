#include "util/attest-program.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "util/attest-error.h"
#include "util/attest-text.h"

/* Dates inside of documents, so that the same text gives the same bytes: zip begins in 1980. */
#define SOURCE_DATE_EPOCH "315532800"
/* What is shown of a complaint. */
#define MAX_COMPLAINT_COLUMNS 300

char *
attest_program_find (const char *const *names)
{
  for (; *names != NULL; names++)
    {
      char *path = g_find_program_in_path (*names);

      if (path != NULL)
        return path;
    }
  return NULL;
}

/* ---- its folder ---- */

/* Symbolic links are removed, and never followed. */
static void
remove_tree (const char *path)
{
  GStatBuf info;
  GDir *dir;
  const char *name;

  if (g_lstat (path, &info) != 0)
    return;
  if (!S_ISDIR (info.st_mode))
    {
      g_unlink (path);
      return;
    }
  dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      remove_tree (inside);
    }
  if (dir != NULL)
    g_dir_close (dir);
  g_rmdir (path);
}

/* ---- the process ---- */

typedef struct
{
  GMainLoop *loop;
  GSubprocess *process;
  gint64 pid; /* and of its group */
  GBytes *complaint;
  gboolean is_late;
  gboolean is_done;
} Run;

/* Of its own group, so that all that it starts can be ended with it. */
static void
begin_group (gpointer data)
{
  setpgid (0, 0);
}

static void
end_group (const Run *run)
{
  if (run->pid > 1)
    kill ((pid_t)-run->pid, SIGKILL);
}

static gboolean
stop (gpointer data)
{
  Run *run = data;

  run->is_late = TRUE;
  end_group (run);
  return G_SOURCE_REMOVE;
}

static void
finish (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;

  g_subprocess_communicate_finish (run->process, result, NULL, &run->complaint, NULL);
  run->is_done = TRUE;
  g_main_loop_quit (run->loop);
}

static GSubprocessLauncher *
make_launcher (const char *folder)
{
  GSubprocessLauncher *launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE
                                                             | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  const char *const environment[][2] = { { "HOME", folder },
                                         { "TMPDIR", folder },
                                         { "XDG_CONFIG_HOME", folder },
                                         { "XDG_CACHE_HOME", folder },
                                         { "XDG_DATA_HOME", folder },
                                         { "LC_ALL", "C.UTF-8" },
                                         { "TZ", "UTC" },
                                         { "SOURCE_DATE_EPOCH", SOURCE_DATE_EPOCH } };

  g_subprocess_launcher_set_cwd (launcher, folder);
  for (gsize i = 0; i < G_N_ELEMENTS (environment); i++)
    g_subprocess_launcher_setenv (launcher, environment[i][0], environment[i][1], TRUE);
  g_subprocess_launcher_unsetenv (launcher, "DISPLAY");
  g_subprocess_launcher_set_child_setup (launcher, begin_group, NULL, NULL);
  return launcher;
}

static char *
dup_last_line (GBytes *complaint)
{
  gsize length = 0;
  const char *text = complaint != NULL ? g_bytes_get_data (complaint, &length) : NULL;
  gsize start;

  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  for (start = length; start > 0 && text[start - 1] != '\n';)
    start--;
  return length > 0 ? attest_text_printable (text + start, length - start, MAX_COMPLAINT_COLUMNS)
                    : g_strdup ("it says nothing");
}

/* How it ended. */
static gboolean
check_end (const AttestProgram *program, const Run *run, GError **error)
{
  g_autofree char *name = g_path_get_basename (program->args[0]);
  g_autofree char *complaint = dup_last_line (run->complaint);

  if (run->is_late)
    return attest_throw (error, ATTEST_ERROR_LIMIT, "%s took longer than %u seconds and was ended",
                         name, program->max_seconds);
  if (g_subprocess_get_successful (run->process))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s failed: %s", name, complaint);
  return FALSE;
}

static gboolean
run_in (const AttestProgram *program, const char *folder, GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GSubprocessLauncher) launcher = make_launcher (folder);
  g_autoptr (GSource) timer = g_timeout_source_new_seconds (program->max_seconds);
  Run run = { NULL };
  gboolean ok;

  g_main_context_push_thread_default (context);
  run.process = g_subprocess_launcher_spawnv (launcher, program->args, error);
  ok = run.process != NULL;
  if (ok)
    {
      /* Its identifier is forgotten when it ends, which it may have done by now; what it started
       * may go on. */
      const char *identifier = g_subprocess_get_identifier (run.process);

      run.pid = identifier != NULL ? g_ascii_strtoll (identifier, NULL, 10) : 0;
      run.loop = g_main_loop_new (context, FALSE);
      g_source_set_callback (timer, stop, &run, NULL);
      g_source_attach (timer, context);
      g_subprocess_communicate_async (run.process, NULL, NULL, finish, &run);
      while (!run.is_done)
        g_main_loop_run (run.loop);
      end_group (&run);
      ok = check_end (program, &run, error);
      g_main_loop_unref (run.loop);
    }
  g_source_destroy (timer);
  g_main_context_pop_thread_default (context);
  g_clear_object (&run.process);
  g_clear_pointer (&run.complaint, g_bytes_unref);
  return ok;
}

/* ---- what it wrote ---- */

static GBytes *
read_output (const AttestProgram *program, const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, program->output_name, NULL);
  g_autofree char *name = g_path_get_basename (program->args[0]);
  GStatBuf info;
  char *data;
  gsize length;

  if (g_lstat (path, &info) != 0 || !S_ISREG (info.st_mode))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s made no file", name);
      return NULL;
    }
  if ((guint64)info.st_size > program->max_bytes)
    return attest_throw_null (error, ATTEST_ERROR_LIMIT, "%s made a file of more than %zu bytes",
                              name, program->max_bytes);
  return g_file_get_contents (path, &data, &length, error) ? g_bytes_new_take (data, length) : NULL;
}

GBytes *
attest_program_run (const AttestProgram *program, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("attest-XXXXXX", error);
  g_autofree char *input = NULL;
  GBytes *output = NULL;
  gsize length;
  const char *data = g_bytes_get_data (program->input, &length);

  if (folder == NULL)
    return NULL;
  input = g_build_filename (folder, program->input_name, NULL);
  if (g_file_set_contents_full (input, data, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0600, error)
      && run_in (program, folder, error))
    output = read_output (program, folder, error);
  remove_tree (folder);
  return output;
}
