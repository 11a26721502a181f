#include <locale.h>
#include <signal.h>

#include "cli/attest-cli.h"

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  /* A closed pipe is an error of fflush() like a full disk, not a silent death. */
  signal (SIGPIPE, SIG_IGN);
  return attest_cli_main_paged (argc, argv, stdout, stderr, TRUE);
}
