/* By ICU, whose data are those of Unicode's locales. */
#include "util/attest-locale.h"

#include <string.h>
#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/unum.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>
#include <unicode/uversion.h>

#define MAX_UNITS 128 /* of UTF-16; a date or a number is far shorter */

/* English dates are those of Europe and of the United Nations: "7 July 2022". */
static const char *
locale_of (const char *lang)
{
  return strcmp (lang, "en") == 0 ? "en_GB" : lang;
}

static char *
to_utf8 (const UChar *text, int32_t n_units, UErrorCode status, const char *fallback)
{
  char *utf8 = U_SUCCESS (status) && n_units > 0 && n_units < MAX_UNITS
                   ? g_utf16_to_utf8 ((const gunichar2 *)text, n_units, NULL, NULL, NULL)
                   : NULL;

  return utf8 != NULL ? utf8 : g_strdup (fallback);
}

/* "2022-07-07…" to its parts; those that are missing are 0. */
static gboolean
read_date (const char *date, int *out_parts)
{
  static const int digits[] = { 4, 2, 2 };
  static const int most[] = { 9999, 12, 31 };

  for (int i = 0; i < 3; i++)
    {
      out_parts[i] = 0;
      if (i > 0 && *date++ != '-')
        return date[-1] == '\0';
      for (int k = 0; k < digits[i]; k++, date++)
        {
          if (!g_ascii_isdigit (*date))
            return FALSE;
          out_parts[i] = out_parts[i] * 10 + (*date - '0');
        }
      if (out_parts[i] < 1 || out_parts[i] > most[i])
        return FALSE;
      if (i < 2 && *date == '\0')
        {
          memset (out_parts + i + 1, 0, sizeof (int) * (gsize)(2 - i));
          return TRUE;
        }
    }
  return *date == '\0' || *date == 'T' || *date == ' ';
}

static int32_t
find_pattern (const char *locale, const int *parts, UChar *pattern, UErrorCode *status)
{
  const char *letters = parts[2] > 0 ? "yMMMMd" : parts[1] > 0 ? "yMMMM" : "y";
  UChar skeleton[MAX_UNITS];
  UDateTimePatternGenerator *generator = udatpg_open (locale, status);
  int32_t n;

  u_uastrcpy (skeleton, letters);
  n = udatpg_getBestPattern (generator, skeleton, -1, pattern, MAX_UNITS, status);
  udatpg_close (generator);
  return n;
}

char *
attest_locale_dup_date (const char *lang, const char *date)
{
  const char *locale = locale_of (lang);
  UErrorCode status = U_ZERO_ERROR;
  UChar pattern[MAX_UNITS], text[MAX_UNITS], utc[4];
  int parts[3];
  int32_t n;
  UDateFormat *format;
  UCalendar *calendar;

  if (!read_date (date, parts))
    return g_strdup (date);
  n = find_pattern (locale, parts, pattern, &status);
  if (U_FAILURE (status))
    return g_strdup (date);
  u_uastrcpy (utc, "UTC");
  calendar = ucal_open (utc, -1, locale, UCAL_GREGORIAN, &status);
  format = udat_open (UDAT_PATTERN, UDAT_PATTERN, locale, utc, -1, pattern, n, &status);
  if (U_SUCCESS (status))
    {
      ucal_clear (calendar);
      ucal_setDate (calendar, parts[0], MAX (parts[1], 1) - 1, MAX (parts[2], 1), &status);
      n = udat_format (format, ucal_getMillis (calendar, &status), text, MAX_UNITS, NULL, &status);
    }
  udat_close (format);
  ucal_close (calendar);
  return to_utf8 (text, n, status, date);
}

char *
attest_locale_dup_int (const char *lang, gint64 value)
{
  UErrorCode status = U_ZERO_ERROR;
  UNumberFormat *format = unum_open (UNUM_DECIMAL, NULL, 0, locale_of (lang), NULL, &status);
  g_autofree char *plain = g_strdup_printf ("%" G_GINT64_FORMAT, value);
  UChar text[MAX_UNITS];
  int32_t n = 0;

  if (U_SUCCESS (status))
    n = unum_formatInt64 (format, value, text, MAX_UNITS, NULL, &status);
  unum_close (format);
  return to_utf8 (text, n, status, plain);
}

const char *
attest_locale_plural (const char *lang, gint64 n)
{
  static const char *const forms[] = { "one", "few", "many", "two", "zero" };
  UErrorCode status = U_ZERO_ERROR;
  UPluralRules *rules = uplrules_open (locale_of (lang), &status);
  UChar text[MAX_UNITS];
  const char *form = "other";
  int32_t length = 0;
  g_autofree char *keyword = NULL;

  if (U_SUCCESS (status))
    length = uplrules_select (rules, (double)n, text, MAX_UNITS, &status);
  uplrules_close (rules);
  keyword = to_utf8 (text, length, status, form);
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    if (strcmp (forms[i], keyword) == 0)
      form = forms[i];
  return form;
}

char *
attest_locale_dup_library (void)
{
  UVersionInfo version;
  char text[U_MAX_VERSION_STRING_LENGTH];

  u_getVersion (version);
  u_versionToString (version, text);
  return g_strdup_printf ("ICU %s", text);
}
