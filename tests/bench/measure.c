/* measure FILE COMMAND [ARGUMENT…]: runs a command and writes to FILE what it took: seconds of wall
 * clock and of processors, and the peak of resident memory in kB. Exits as the command does. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double
seconds (struct timeval time)
{
  return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int
main (int argc, char **argv)
{
  double start = now ();
  struct rusage usage;
  FILE *out;
  pid_t child;
  int status;

  if (argc < 3)
    {
      fputs ("usage: measure FILE COMMAND [ARGUMENT...]\n", stderr);
      return 2;
    }
  child = fork ();
  if (child == 0)
    {
      execvp (argv[2], argv + 2);
      fprintf (stderr, "measure: %s: %s\n", argv[2], strerror (errno));
      _exit (127);
    }
  if (child < 0 || wait4 (child, &status, 0, &usage) != child)
    {
      perror ("measure");
      return 1;
    }
  out = fopen (argv[1], "w");
  if (out == NULL
      || fprintf (out, "%.3f %.3f %ld\n", now () - start,
                  seconds (usage.ru_utime) + seconds (usage.ru_stime), usage.ru_maxrss)
             < 0
      || fclose (out) != 0)
    {
      perror (argv[1]);
      return 1;
    }
  return WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status);
}
