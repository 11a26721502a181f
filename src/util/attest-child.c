#include "config.h"

#include "util/attest-child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "util/attest-error.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IS_SEPARATE FALSE
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define IS_SEPARATE FALSE
#endif
#endif
#ifndef IS_SEPARATE
#define IS_SEPARATE TRUE
#endif

/* A child that does nothing at all for so many times its time for a step waits for a lock that
 * another thread held while it was made. That is very rare, and a second child does not. */
#define IDLE_FACTOR 10
#define TRIES 2

/* How the child's answer begins. */
#define ANSWER_RESULT 'r'
#define ANSWER_ERROR 'e' /* then the code, then the message */

struct _AttestChild
{
  volatile guint step; /* in memory that both processes have */
  guint max_step_seconds;
};

gboolean
attest_child_is_separate (void)
{
  return IS_SEPARATE;
}

/* --- in the child --------------------------------------------------------------------------- */

static void
limit (int resource, rlim_t most)
{
  struct rlimit now;

  if (getrlimit (resource, &now) != 0)
    return;
  now.rlim_cur = now.rlim_max == RLIM_INFINITY ? most : MIN (most, now.rlim_max);
  setrlimit (resource, &now);
}

void
attest_child_step (AttestChild *child)
{
  struct rusage used;

  child->step++;
  if (IS_SEPARATE && getrusage (RUSAGE_SELF, &used) == 0)
    limit (RLIMIT_CPU,
           (rlim_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + 1 + child->max_step_seconds);
}

/* Pages of virtual memory that this process has, 0: unknown. */
static gsize
count_pages (void)
{
  char text[64] = "";
  int fd = open ("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  ssize_t n = fd >= 0 ? read (fd, text, sizeof text - 1) : -1;

  if (fd >= 0)
    close (fd);
  return n > 0 ? (gsize)g_ascii_strtoull (text, NULL, 10) : 0;
}

static void
confine (const AttestChildLimits *limits)
{
  gsize n_pages = count_pages ();
  int nowhere = open ("/dev/null", O_WRONLY);

#ifdef __linux__
  prctl (PR_SET_PDEATHSIG, SIGKILL);
#endif
  limit (RLIMIT_CORE, 0);
  if (n_pages > 0)
    limit (RLIMIT_AS, n_pages * (gsize)sysconf (_SC_PAGESIZE) + limits->max_memory_bytes);
  /* What libraries print when they die helps nobody; who reads the answer says more. */
  if (nowhere >= 0)
    {
      dup2 (nowhere, STDOUT_FILENO);
      dup2 (nowhere, STDERR_FILENO);
    }
}

static void
send_bytes (int fd, const char *data, gsize n_bytes)
{
  while (n_bytes > 0)
    {
      ssize_t n = write (fd, data, n_bytes);

      if (n < 0 && errno != EINTR)
        _exit (1);
      n_bytes -= (gsize)MAX (n, 0);
      data += MAX (n, 0);
    }
}

/* Does the work and sends what came of it. */
static void
answer (AttestChild *child, AttestChildFunc func, gpointer data, int fd)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  if (func (child, data, out, &error))
    {
      send_bytes (fd, (const char[]){ ANSWER_RESULT }, 1);
      send_bytes (fd, out->str, out->len);
    }
  else
    {
      send_bytes (fd, (const char[]){ ANSWER_ERROR, (char)error->code }, 2);
      send_bytes (fd, error->message, strlen (error->message));
    }
}

static void
be_child (AttestChild *child, AttestChildFunc func, gpointer data, const AttestChildLimits *limits,
          int fd)
{
  confine (limits);
  attest_child_step (child);
  child->step--;
  answer (child, func, data, fd);
  _exit (0); /* nothing of the parent's is flushed or closed twice */
}

/* --- in the parent -------------------------------------------------------------------------- */

/* Reads to the end. FALSE: nothing came for too long, and no step began. */
static gboolean
receive (const AttestChild *child, int fd, GString *answer)
{
  int idle_ms = (int)MIN (child->max_step_seconds, 1000) * IDLE_FACTOR * 1000;
  char block[65536];

  for (;;)
    {
      struct pollfd wait = { .fd = fd, .events = POLLIN };
      guint step = child->step;
      int ready = poll (&wait, 1, idle_ms);
      ssize_t n;

      if (ready == 0 && child->step == step)
        return FALSE;
      if (ready <= 0)
        continue;
      n = read (fd, block, sizeof block);
      if (n > 0)
        g_string_append_len (answer, block, n);
      else if (n == 0 || errno != EINTR)
        return TRUE;
    }
}

static AttestChildEnd
understand (const GString *answer, int status, GString *out, GError **error)
{
  if (WIFSIGNALED (status) && WTERMSIG (status) == SIGXCPU)
    return ATTEST_CHILD_SLOW;
  if (!WIFEXITED (status) || WEXITSTATUS (status) != 0 || answer->len == 0)
    return ATTEST_CHILD_DIED;
  if (answer->str[0] == ANSWER_RESULT)
    {
      g_string_append_len (out, answer->str + 1, (gssize)answer->len - 1);
      return ATTEST_CHILD_DONE;
    }
  if (answer->len < 2)
    return ATTEST_CHILD_DIED;
  attest_throw (error, (AttestErrorCode)answer->str[1], "%s", answer->str + 2);
  return ATTEST_CHILD_FAILED;
}

static int
wait_for (pid_t pid)
{
  int status = 0;

  while (waitpid (pid, &status, 0) < 0)
    if (errno != EINTR)
      return SIGKILL; /* as if it had been killed */
  return status;
}

/* One try. @out_idle: it did nothing, and another one may. */
static AttestChildEnd
try_once (AttestChild *child, AttestChildFunc func, gpointer data, const AttestChildLimits *limits,
          GString *out, gboolean *out_idle, GError **error)
{
  g_autoptr (GString) received = NULL;
  int ends[2], status;
  pid_t pid;

  *out_idle = FALSE;
  if (pipe2 (ends, O_CLOEXEC) != 0)
    {
      attest_throw (error, ATTEST_ERROR_LIMIT, "no pipe can be made: %s", g_strerror (errno));
      return ATTEST_CHILD_FAILED;
    }
  child->step = 0;
  pid = fork ();
  if (pid == 0)
    {
      close (ends[0]);
      be_child (child, func, data, limits, ends[1]);
    }
  close (ends[1]);
  if (pid < 0)
    {
      close (ends[0]);
      attest_throw (error, ATTEST_ERROR_LIMIT, "no process can be started: %s", g_strerror (errno));
      return ATTEST_CHILD_FAILED;
    }
  received = g_string_new (NULL);
  if (!receive (child, ends[0], received))
    {
      *out_idle = TRUE;
      kill (pid, SIGKILL);
    }
  close (ends[0]);
  status = wait_for (pid);
  return *out_idle ? ATTEST_CHILD_SLOW : understand (received, status, out, error);
}

static AttestChildEnd
run_separate (AttestChildFunc func, gpointer data, const AttestChildLimits *limits, GString *out,
              guint *out_step, GError **error)
{
  AttestChildEnd end = ATTEST_CHILD_DIED;
  AttestChild *child
      = mmap (NULL, sizeof *child, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  gboolean idle = TRUE;

  if (child == MAP_FAILED)
    {
      attest_throw (error, ATTEST_ERROR_LIMIT, "no memory can be shared: %s", g_strerror (errno));
      return ATTEST_CHILD_FAILED;
    }
  child->max_step_seconds = limits->max_step_seconds;
  for (guint i = 0; i < TRIES && idle; i++)
    end = try_once (child, func, data, limits, out, &idle, error);
  *out_step = child->step;
  munmap (child, sizeof *child);
  return end;
}

AttestChildEnd
attest_child_run (AttestChildFunc func, gpointer data, const AttestChildLimits *limits,
                  GString *out, guint *out_step, GError **error)
{
  AttestChild here = { .step = 0 };
  gboolean good;

  if (IS_SEPARATE)
    return run_separate (func, data, limits, out, out_step, error);
  good = func (&here, data, out, error);
  *out_step = here.step;
  return good ? ATTEST_CHILD_DONE : ATTEST_CHILD_FAILED;
}
