#include "reader/attest-times.h"

#include <math.h>
#include <string.h>

#include "reader/attest-cues.h"
#include "reader/attest-turns.h"

/* Longer than any time with an end. */
#define MAX_TIME_BYTES 64

static gboolean
parse_one (char *text, gint64 *out_ms)
{
  gsize n;

  g_strstrip (text);
  n = strlen (text);
  if (n >= 2 && strchr ("[({#", text[0]) != NULL && strchr ("])}#", text[n - 1]) != NULL)
    {
      text[n - 1] = '\0';
      text = g_strstrip (text + 1);
      n = strlen (text);
    }
  if (attest_turns_parse_time (text, n, out_ms))
    return TRUE;
  /* One field alone would be a number, not a time. */
  return strchr (text, ':') != NULL && attest_cues_parse_time (text, n, out_ms) == n;
}

gboolean
attest_times_parse (const char *text, gint64 *out_start_ms, gint64 *out_end_ms)
{
  static const char *const dashes[] = { "-->", "-", "–", "—", "/", " " };
  char copy[MAX_TIME_BYTES + 1];
  gint64 start_ms, end_ms;

  if (g_strlcpy (copy, text, sizeof copy) >= sizeof copy)
    return FALSE;
  if (parse_one (copy, out_start_ms))
    return TRUE;
  for (const char *p = text + (*text != '\0'); *p != '\0'; p++)
    for (guint i = 0; i < G_N_ELEMENTS (dashes); i++)
      {
        if (!g_str_has_prefix (p, dashes[i]))
          continue;
        memcpy (copy, text, (gsize)(p - text));
        copy[p - text] = '\0';
        /* Brackets may be around both. */
        if (!parse_one (copy + strspn (copy, " [({#"), &start_ms))
          continue;
        /* What stands between: digits begin the second time. */
        g_strlcpy (copy, p + strcspn (p, "0123456789"), sizeof copy);
        g_strdelimit (copy, "])}#", ' ');
        *out_start_ms = start_ms;
        if (parse_one (copy, &end_ms))
          *out_end_ms = end_ms;
        return TRUE;
      }
  return FALSE;
}

void
attest_time_series_add (AttestTimeSeries *series, double number)
{
  if (series->n++ == 0)
    series->first = number;
  series->last = number;
  series->fraction |= floor (number) != number;
}

double
attest_time_series_get_unit_ms (const AttestTimeSeries *series)
{
  /* One number alone: whole minutes of seconds are not likely. */
  double step = series->n > 1 ? (series->last - series->first) / (series->n - 1) : series->first;

  if (series->fraction || step < 150)
    return 1000;
  return step >= 5e5 ? 1e-4 : 1;
}

gint64
attest_time_to_ms (double number, double unit_ms)
{
  double value = number * unit_ms;

  return value >= 0 && value < 365.0 * 86400e3 ? llround (value) : ATTEST_NO_TIME;
}
