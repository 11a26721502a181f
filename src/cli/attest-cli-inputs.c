#include "cli/attest-cli-inputs.h"

#include <errno.h>
#include <string.h>

#include "util/attest-limits.h"

#define BLOCK_BYTES (64 * 1024)

static GBytes *
read_standard_input (GError **error)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autofree guint8 *block = g_malloc (BLOCK_BYTES);
  gsize n_bytes;

  while ((n_bytes = fread (block, 1, BLOCK_BYTES, stdin)) > 0)
    {
      g_byte_array_append (all, block, (guint)n_bytes);
      if (all->len > ATTEST_MAX_SOURCE_BYTES)
        return attest_throw_null (error, ATTEST_ERROR_LIMIT, "stdin: more than %u MB",
                                  ATTEST_MAX_SOURCE_BYTES >> 20);
    }
  if (ferror (stdin))
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "stdin: %s",
                   g_strerror (errno));
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

AttestInputs *
attest_cli_inputs_new (AttestInvocation *inv, guint first_arg, AttestStdinUse use, GError **error)
{
  g_autoptr (GBytes) standard_input = NULL;
  AttestInputs *inputs;
  const GPtrArray *left_out;

  for (guint i = first_arg; i < inv->n_args && standard_input == NULL; i++)
    if (strcmp (inv->args[i], "-") == 0 && (standard_input = read_standard_input (error)) == NULL)
      return NULL;
  inputs = attest_inputs_new (inv->args + first_arg, inv->n_args - first_arg, standard_input, use,
                              error);
  if (inputs == NULL)
    return NULL;
  left_out = attest_inputs_get_left_out (inputs);
  for (guint i = 0; i < MIN (left_out->len, ATTEST_MAX_WARNINGS); i++)
    attest_cli_complain (inv, "%s", (const char *)g_ptr_array_index (left_out, i));
  if (left_out->len > ATTEST_MAX_WARNINGS)
    attest_cli_complain (inv, "%u more were left out", left_out->len - ATTEST_MAX_WARNINGS);
  return inputs;
}

void
attest_cli_input_fail (AttestInvocation *inv, const AttestInputs *inputs, const GError *error)
{
  AttestExit status
      = attest_inputs_get_count (inputs) > 1 ? ATTEST_EXIT_INPUT : attest_error_exit (error);

  attest_cli_complain (inv, "%s", error->message);
  inv->exit = MAX (inv->exit, status);
}

AttestInput *
attest_cli_input_load (const char *path, GError **error)
{
  gboolean is_stdin = strcmp (path, "-") == 0;
  GBytes *bytes = is_stdin ? read_standard_input (error) : attest_reader_load_file (path, error);
  AttestInput *input;

  if (bytes == NULL)
    return NULL;
  input = g_new0 (AttestInput, 1);
  input->path = g_strdup (is_stdin ? "stdin" : path);
  input->bytes = bytes;
  return input;
}
