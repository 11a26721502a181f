/* attest-locale: dates, numbers and plurals as a language writes them, whatever the locale of the
 * machine: a document in French must not hang on who makes it.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * "7 July 2022", "7 juillet 2022", "7 de julio de 2022", "7 июля 2022 г."; of "2022-07" and "2022"
 * only what there is. @date: begins like ISO 8601; a text that does not is returned as it is.
 * @lang: ISO 639-1.
 */
char *attest_locale_dup_date (const char *lang, const char *date);
/** 37887: "37,887", "37 887" (U+202F), "37.887", "37 887" (U+00A0). */
char *attest_locale_dup_int (const char *lang, gint64 value);
/** The form of the plural that @n takes, as Unicode names it, static: "one", "few", "many",
 * "other". */
const char *attest_locale_plural (const char *lang, gint64 n);
/** "ICU 72.1": whose tables of characters and languages are used. */
char *attest_locale_dup_library (void);

G_END_DECLS
