/* fail-io.so: makes the N-th write to a file fail, or kills the program there.
 *
 *   LD_PRELOAD=fail-io.so FAIL_IO_PATH=p.attest FAIL_IO_AT=7 FAIL_IO_HOW=full attest …
 *
 * Counted are write, pwrite, ftruncate, fsync and fdatasync on files whose path contains
 * FAIL_IO_PATH. FAIL_IO_HOW: "full", from that call on nothing more can be written (ENOSPC; syncs
 * and truncations work); "broken", that call and all later ones fail (EIO); "once", that call
 * fails; "kill", half of what is to be written is, then SIGKILL. FAIL_IO_COUNT names a file to
 * which the number of counted calls is written at the end.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int n_calls;

static int
is_watched (int fd)
{
  const char *watched = getenv ("FAIL_IO_PATH");
  char link[64], path[4096];
  ssize_t length;

  if (watched == NULL)
    return 0;
  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  length = readlink (link, path, sizeof path - 1);
  if (length < 0)
    return 0;
  path[length] = '\0';
  return strstr (path, watched) != NULL;
}

static int
how_is (const char *how)
{
  const char *given = getenv ("FAIL_IO_HOW");

  return given != NULL && strcmp (given, how) == 0;
}

/* 0: go on; otherwise the errno to fail with. *@kill_now: write half and die. */
static int
verdict (int fd, int is_write, int *kill_now)
{
  const char *at = getenv ("FAIL_IO_AT");
  long n = at != NULL ? strtol (at, NULL, 10) : 0;

  *kill_now = 0;
  if (n <= 0 || !is_watched (fd))
    return 0;
  n_calls++;
  if (n_calls < n)
    return 0;
  if (how_is ("kill"))
    {
      *kill_now = n_calls == n;
      return 0;
    }
  if (how_is ("once"))
    return n_calls == n ? EIO : 0;
  if (how_is ("full"))
    return is_write ? ENOSPC : 0;
  return EIO;
}

__attribute__ ((destructor)) static void
report_count (void)
{
  const char *path = getenv ("FAIL_IO_COUNT");
  FILE *file = path != NULL ? fopen (path, "w") : NULL;

  if (file == NULL)
    return;
  fprintf (file, "%d\n", n_calls);
  fclose (file);
}

#define REAL(name) __typeof__ (name) *real = (__typeof__ (name) *)dlsym (RTLD_NEXT, #name)

/* What stands before the call itself, in each of them. */
#define BEGIN(name, is_write, half)                                                                \
  REAL (name);                                                                                     \
  int kill_now;                                                                                    \
  int failure = verdict (fd, is_write, &kill_now);                                                 \
  if (kill_now)                                                                                    \
    {                                                                                              \
      half;                                                                                        \
      raise (SIGKILL);                                                                             \
    }                                                                                              \
  if (failure != 0)                                                                                \
    {                                                                                              \
      errno = failure;                                                                             \
      return -1;                                                                                   \
    }

ssize_t
write (int fd, const void *bytes, size_t n_bytes)
{
  BEGIN (write, 1, if (real (fd, bytes, n_bytes / 2) < 0) _exit (1));
  return real (fd, bytes, n_bytes);
}

ssize_t
pwrite (int fd, const void *bytes, size_t n_bytes, off_t at)
{
  BEGIN (pwrite, 1, if (real (fd, bytes, n_bytes / 2, at) < 0) _exit (1));
  return real (fd, bytes, n_bytes, at);
}

ssize_t
pwrite64 (int fd, const void *bytes, size_t n_bytes, off64_t at)
{
  BEGIN (pwrite64, 1, if (real (fd, bytes, n_bytes / 2, at) < 0) _exit (1));
  return real (fd, bytes, n_bytes, at);
}

int
ftruncate (int fd, off_t length)
{
  BEGIN (ftruncate, 0, (void)0);
  return real (fd, length);
}

int
ftruncate64 (int fd, off64_t length)
{
  BEGIN (ftruncate64, 0, (void)0);
  return real (fd, length);
}

int
fsync (int fd)
{
  BEGIN (fsync, 0, (void)0);
  return real (fd);
}

int
fdatasync (int fd)
{
  BEGIN (fdatasync, 0, (void)0);
  return real (fd);
}
