#include <locale.h>
#include <signal.h>

#include "cli/attest-cli.h"

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  /* But text is UTF-8, small letters of "FACILITATOR" have their dots, and numbers a point, on
   * every machine: the same input gives the same output. */
  setlocale (LC_CTYPE, "C.UTF-8");
  setlocale (LC_NUMERIC, "C");
  /* A closed pipe is an error of fflush() like a full disk, not a silent death. */
  signal (SIGPIPE, SIG_IGN);
  return attest_cli_main_paged (argc, argv, stdout, stderr, TRUE);
}
