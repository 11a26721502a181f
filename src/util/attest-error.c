#include "util/attest-error.h"

/* Not formatted: the name would become a subtraction. */
/* clang-format off */
G_DEFINE_QUARK (attest-error-quark, attest_error)
/* clang-format on */

static void G_GNUC_PRINTF (3, 0)
    throw_valist (GError **error, AttestErrorCode code, const char *format, va_list args)
{
  if (error != NULL)
    *error = g_error_new_valist (ATTEST_ERROR, (int)code, format, args);
}

gboolean
attest_throw (GError **error, AttestErrorCode code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  throw_valist (error, code, format, args);
  va_end (args);
  return FALSE;
}

gpointer
attest_throw_null (GError **error, AttestErrorCode code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  throw_valist (error, code, format, args);
  va_end (args);
  return NULL;
}

AttestExit
attest_error_exit (const GError *error)
{
  if (error == NULL)
    return ATTEST_EXIT_OK;
  if (error->domain == G_OPTION_ERROR)
    return ATTEST_EXIT_USAGE;
  if (error->domain != ATTEST_ERROR)
    return ATTEST_EXIT_FILE;
  switch ((AttestErrorCode)error->code)
    {
    case ATTEST_ERROR_USAGE:
      return ATTEST_EXIT_USAGE;
    case ATTEST_ERROR_INPUT:
      return ATTEST_EXIT_INPUT;
    case ATTEST_ERROR_CODEBOOK:
      return ATTEST_EXIT_CODEBOOK;
    case ATTEST_ERROR_STORE:
    case ATTEST_ERROR_SCHEMA:
      return ATTEST_EXIT_STORE;
    case ATTEST_ERROR_LIMIT:
      return ATTEST_EXIT_LIMIT;
    default:
      g_return_val_if_reached (ATTEST_EXIT_FILE);
    }
}
