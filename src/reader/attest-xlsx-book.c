/* attest-xlsx-book: what the sheets of a workbook share: strings, number formats, dates. */
#include "reader/attest-xlsx.h"

#include <math.h>
#include <string.h>

#include "util/attest-error.h"
#include "util/attest-limits.h"

#define SECONDS_PER_DAY 86400
/* 9999-12-31, the last day of Excel. */
#define MAX_SERIAL 2958466

void
attest_xlsx_book_init (AttestXlsxBook *book)
{
  *book = (AttestXlsxBook){ .strings = g_ptr_array_new (),
                            .chunk = g_string_chunk_new (65536),
                            .styles = g_array_new (FALSE, FALSE, sizeof (AttestXlsxShow)) };
}

void
attest_xlsx_book_clear (AttestXlsxBook *book)
{
  g_ptr_array_unref (book->strings);
  g_string_chunk_free (book->chunk);
  g_array_unref (book->styles);
}

/* --- strings ------------------------------------------------------------------------------ */

/* "_x000D_" is how the format writes a character that XML cannot. */
static void
append_unescaped (GString *out, const char *text)
{
  const char *mark;

  while ((mark = strstr (text, "_x")) != NULL)
    {
      gunichar c = 0;
      guint digits = 0;

      for (; digits < 4 && g_ascii_isxdigit (mark[2 + digits]); digits++)
        c = c * 16 + (gunichar)g_ascii_xdigit_value (mark[2 + digits]);
      g_string_append_len (out, text, mark - text);
      if (digits == 4 && mark[6] == '_')
        {
          /* Halves of a pair cannot be told what they are halves of. */
          if (c != 0)
            g_string_append_unichar (out, c >= 0xd800 && c < 0xe000 ? 0xfffd : c);
          text = mark + 7;
        }
      else
        {
          g_string_append (out, "_x");
          text = mark + 2;
        }
    }
  g_string_append (out, text);
}

gboolean
attest_xlsx_read_rich (AttestXml *xml, GString *out, GError **error)
{
  g_autoptr (GString) raw = g_string_new (NULL);
  guint depth = 1, texts = 0;

  while (depth > 0)
    {
      AttestXmlEvent event = attest_xml_next (xml, error);

      switch (event)
        {
        case ATTEST_XML_TEXT:
          if (texts > 0)
            g_string_append (raw, attest_xml_text (xml));
          break;
        case ATTEST_XML_START:
          if (attest_xml_is (xml, "rPh"))
            {
              if (!attest_xml_skip (xml, error))
                return FALSE;
              break;
            }
          depth++;
          texts += attest_xml_is (xml, "t");
          break;
        case ATTEST_XML_END:
          depth--;
          texts -= texts > 0 && attest_xml_is (xml, "t");
          break;
        case ATTEST_XML_ERROR:
          return FALSE;
        default:
          return attest_throw (error, ATTEST_ERROR_INPUT, "%u: the text ends too early",
                               attest_xml_line (xml));
        }
    }
  append_unescaped (out, raw->str);
  return TRUE;
}

gboolean
attest_xlsx_read_strings (AttestXlsxBook *book, AttestXml *xml, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  AttestXmlEvent event;

  while ((event = attest_xml_next (xml, error)) != ATTEST_XML_EOF)
    {
      if (event == ATTEST_XML_ERROR)
        return FALSE;
      if (event != ATTEST_XML_START || !attest_xml_is (xml, "si"))
        continue;
      if (book->strings->len >= ATTEST_MAX_TABLE_CELLS)
        return attest_throw (error, ATTEST_ERROR_LIMIT, "more than %u strings",
                             ATTEST_MAX_TABLE_CELLS);
      g_string_truncate (text, 0);
      if (!attest_xlsx_read_rich (xml, text, error))
        return FALSE;
      g_ptr_array_add (book->strings,
                       g_string_chunk_insert_len (book->chunk, text->str, (gssize)text->len));
    }
  return TRUE;
}

/* --- number formats ----------------------------------------------------------------------- */

/* What stands for no part of a date: "text", \x, [Red], [$-409], _x and *x. Returns what follows.
 */
static const char *
skip_literal (const char *p)
{
  const char *close;

  if (*p == '"')
    {
      close = strchr (p + 1, '"');
      return close != NULL ? close + 1 : p + strlen (p);
    }
  if (*p == '\\' || *p == '_' || *p == '*')
    return p[1] != '\0' ? g_utf8_next_char (p + 1) : p + 1;
  close = strchr (p, ']');
  return close != NULL ? close + 1 : p + strlen (p);
}

AttestXlsxShow
attest_xlsx_classify_format (const char *code)
{
  gboolean day = FALSE, hour = FALSE, month_or_minute = FALSE;

  for (const char *p = code; *p != '\0' && *p != ';';)
    {
      char c = g_ascii_tolower (*p);

      /* [h] and the like: elapsed. */
      if (*p == '[' && strchr ("hHmMsS", p[1]) != NULL && p[1] != '\0')
        {
          hour = TRUE;
          p = skip_literal (p);
        }
      else if (strchr ("\"\\_*[", *p) != NULL)
        p = skip_literal (p);
      else
        {
          day |= c == 'y' || c == 'd';
          hour |= c == 'h' || c == 's';
          month_or_minute |= c == 'm';
          if (g_ascii_strncasecmp (p, "general", 7) == 0)
            return ATTEST_XLSX_NUMBER;
          p = g_utf8_next_char (p);
        }
    }
  if (day && hour)
    return ATTEST_XLSX_DATE_TIME;
  if (hour)
    return ATTEST_XLSX_TIME;
  return day || month_or_minute ? ATTEST_XLSX_DATE : ATTEST_XLSX_NUMBER;
}

/* The formats that need no code in the file. */
static AttestXlsxShow
classify_builtin (guint64 id)
{
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || (id >= 50 && id <= 58) || id == 36)
    return ATTEST_XLSX_DATE;
  if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47) || (id >= 32 && id <= 35))
    return ATTEST_XLSX_TIME;
  return id == 22 ? ATTEST_XLSX_DATE_TIME : ATTEST_XLSX_NUMBER;
}

static guint64
number_attribute (AttestXml *xml, const char *name)
{
  g_autofree char *value = attest_xml_dup_attribute (xml, name);

  return value != NULL ? g_ascii_strtoull (value, NULL, 10) : 0;
}

gboolean
attest_xlsx_read_styles (AttestXlsxBook *book, AttestXml *xml, GError **error)
{
  g_autoptr (GHashTable) custom = g_hash_table_new (NULL, NULL); /* id → AttestXlsxShow + 1 */
  gboolean in_cells = FALSE;
  AttestXmlEvent event;

  while ((event = attest_xml_next (xml, error)) != ATTEST_XML_EOF)
    {
      guint id;

      if (event == ATTEST_XML_ERROR)
        return FALSE;
      if (event == ATTEST_XML_END && attest_xml_is (xml, "cellXfs"))
        in_cells = FALSE;
      if (event != ATTEST_XML_START)
        continue;
      id = (guint)number_attribute (xml, "numFmtId");
      if (attest_xml_is (xml, "cellXfs"))
        in_cells = TRUE;
      else if (attest_xml_is (xml, "numFmt"))
        {
          g_autofree char *code = attest_xml_dup_attribute (xml, "formatCode");

          if (code != NULL)
            g_hash_table_insert (custom, GUINT_TO_POINTER (id),
                                 GUINT_TO_POINTER (attest_xlsx_classify_format (code) + 1));
        }
      else if (in_cells && attest_xml_is (xml, "xf"))
        {
          guint found = GPOINTER_TO_UINT (g_hash_table_lookup (custom, GUINT_TO_POINTER (id)));
          AttestXlsxShow show = found > 0 ? (AttestXlsxShow)(found - 1) : classify_builtin (id);

          g_array_append_val (book->styles, show);
        }
    }
  return TRUE;
}

/* --- dates -------------------------------------------------------------------------------- */

/* Excel counts a 1900-02-29 that never was: from 1900-03-01 on, days are one more. */
static void
append_date (GString *out, guint days, gboolean from_1904)
{
  GDate date;
  guint32 first;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, G_DATE_JANUARY, from_1904 ? 1904 : 1900);
  first = g_date_get_julian (&date);
  if (!from_1904)
    days -= days > 59 ? 2 : 1;
  g_date_set_julian (&date, first + days);
  g_string_append_printf (out, "%04u-%02u-%02u", g_date_get_year (&date),
                          (guint)g_date_get_month (&date), g_date_get_day (&date));
}

char *
attest_xlsx_dup_date (double serial, AttestXlsxShow show, gboolean from_1904)
{
  g_autoptr (GString) out = g_string_new (NULL);
  double days = floor (serial);
  gint64 ms = llround ((serial - days) * SECONDS_PER_DAY * 1000);

  if (!(serial >= 0) || serial >= MAX_SERIAL)
    return NULL;
  /* A day's last half millisecond is the next day. */
  if (ms >= SECONDS_PER_DAY * 1000LL)
    {
      ms -= SECONDS_PER_DAY * 1000LL;
      days++;
    }
  if (show == ATTEST_XLSX_DATE || (show == ATTEST_XLSX_DATE_TIME && days >= 1))
    append_date (out, (guint)days, from_1904);
  if (show == ATTEST_XLSX_DATE)
    return g_strdup (out->str);
  if (out->len > 0)
    g_string_append_c (out, ' ');
  else
    ms += (gint64)days * SECONDS_PER_DAY * 1000;
  g_string_append_printf (out, "%" G_GINT64_FORMAT ":%02d:%02d", ms / 3600000,
                          (int)(ms / 60000 % 60), (int)(ms / 1000 % 60));
  if (ms % 1000 != 0)
    g_string_append_printf (out, ".%03d", (int)(ms % 1000));
  return g_strdup (out->str);
}
