#include "util/attest-number.h"

#include <math.h>

char *
attest_number_dup (double value, guint decimals)
{
  char digits[512], format[8];

  if (fabs (value) < 0.5 * pow (10, -(double)decimals))
    value = 0;
  g_snprintf (format, sizeof format, "%%.%uf", MIN (decimals, 9));
  return g_strdup (g_ascii_formatd (digits, sizeof digits, format, value));
}

char *
attest_number_dup_interval (double low, double high, guint decimals)
{
  g_autofree char *from = attest_number_dup (low, decimals);
  g_autofree char *to = attest_number_dup (high, decimals);

  return g_strdup_printf ("%s to %s", from, to);
}
