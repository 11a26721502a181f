#include "reader/attest-codepage.h"

#include <errno.h>
#include <string.h>

/* Sorted by number. Names for iconv, which has no Arabic, Hebrew or Greek Macintosh. */
static const struct
{
  guint codepage;
  const char *name;
  gboolean is_double;
} pages[] = {
  { 437, "IBM437", FALSE },
  { 708, "ASMO-708", FALSE },
  { 737, "CP737", FALSE },
  { 775, "CP775", FALSE },
  { 850, "IBM850", FALSE },
  { 852, "IBM852", FALSE },
  { 855, "IBM855", FALSE },
  { 857, "IBM857", FALSE },
  { 860, "IBM860", FALSE },
  { 861, "IBM861", FALSE },
  { 862, "IBM862", FALSE },
  { 863, "IBM863", FALSE },
  { 864, "IBM864", FALSE },
  { 865, "IBM865", FALSE },
  { 866, "IBM866", FALSE },
  { 869, "IBM869", FALSE },
  { 874, "WINDOWS-874", FALSE },
  { 932, "CP932", TRUE },
  { 936, "GBK", TRUE },
  { 949, "CP949", TRUE },
  { 950, "BIG5", TRUE },
  { 1250, "windows-1250", FALSE },
  { 1251, "windows-1251", FALSE },
  { 1252, "windows-1252", FALSE },
  { 1253, "windows-1253", FALSE },
  { 1254, "windows-1254", FALSE },
  { 1255, "windows-1255", FALSE },
  { 1256, "windows-1256", FALSE },
  { 1257, "windows-1257", FALSE },
  { 1258, "windows-1258", FALSE },
  { 1361, "JOHAB", TRUE },
  { 10000, "MACINTOSH", FALSE },
  { 10001, "CP932", TRUE },
  { 10002, "BIG5", TRUE },
  { 10003, "CP949", TRUE },
  { 10007, "MAC-CYRILLIC", FALSE },
  { 10008, "GBK", TRUE },
  { 10017, "MAC-UK", FALSE },
  { 10029, "MAC-CENTRALEUROPE", FALSE },
  { 20866, "KOI8-R", FALSE },
  { 21866, "KOI8-U", FALSE },
  { 54936, "GB18030", TRUE },
  { ATTEST_CODEPAGE_UTF8, "UTF-8", FALSE },
};

/* What \fcharset, lfCharSet and the like say. */
static const struct
{
  int charset;
  guint codepage;
} charsets[] = {
  { 0, 1252 },   { 1, 0 },      { 2, 1252 },   { 77, 10000 }, { 78, 10001 }, { 79, 10003 },
  { 80, 10008 }, { 81, 10002 }, { 83, 10005 }, { 84, 10004 }, { 85, 10006 }, { 86, 10081 },
  { 87, 10021 }, { 88, 10029 }, { 89, 10007 }, { 128, 932 },  { 129, 949 },  { 130, 1361 },
  { 134, 936 },  { 136, 950 },  { 161, 1253 }, { 162, 1254 }, { 163, 1258 }, { 177, 1255 },
  { 178, 1256 }, { 186, 1257 }, { 204, 1251 }, { 222, 874 },  { 238, 1250 }, { 254, 437 },
  { 255, 850 },
};

struct _AttestCodepages
{
  char *named;
  GHashTable *converters; /* code page → GIConv, or NULL when there is none */
};

static void
close_converter (gpointer converter)
{
  if (converter != NULL)
    g_iconv_close ((GIConv)converter);
}

AttestCodepages *
attest_codepages_new (const char *named)
{
  AttestCodepages *codepages = g_new0 (AttestCodepages, 1);

  codepages->named = g_strdup (named);
  codepages->converters = g_hash_table_new_full (NULL, NULL, NULL, close_converter);
  return codepages;
}

void
attest_codepages_free (AttestCodepages *codepages)
{
  if (codepages == NULL)
    return;
  g_free (codepages->named);
  g_hash_table_unref (codepages->converters);
  g_free (codepages);
}

static int
find_page (guint codepage)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (pages[i].codepage == codepage)
      return (int)i;
  return -1;
}

const char *
attest_codepage_name (guint codepage)
{
  int page = find_page (codepage);

  return page >= 0 ? pages[page].name : NULL;
}

gboolean
attest_codepage_is_double (guint codepage)
{
  int page = find_page (codepage);

  return page >= 0 && pages[page].is_double;
}

guint
attest_codepage_of_charset (int charset, guint fallback)
{
  for (guint i = 0; i < G_N_ELEMENTS (charsets); i++)
    if (charsets[i].charset == charset)
      return charsets[i].codepage != 0 ? charsets[i].codepage : fallback;
  return fallback;
}

static gpointer
get_converter (AttestCodepages *codepages, guint codepage)
{
  gpointer key = GUINT_TO_POINTER (codepage), converter = NULL;
  const char *name
      = codepage == ATTEST_CODEPAGE_NAMED ? codepages->named : attest_codepage_name (codepage);
  GIConv opened;

  if (g_hash_table_lookup_extended (codepages->converters, key, NULL, &converter))
    return converter;
  opened = name != NULL ? g_iconv_open ("UTF-8", name) : (GIConv)-1;
  converter = opened != (GIConv)-1 ? (gpointer)opened : NULL;
  g_hash_table_insert (codepages->converters, key, converter);
  return converter;
}

gboolean
attest_codepages_has (AttestCodepages *codepages, guint codepage)
{
  return get_converter (codepages, codepage) != NULL;
}

/* Whatever iconv hands out, only text goes in. */
static guint
append_checked (GString *out, const char *text, gsize length_bytes)
{
  g_autofree char *valid = NULL;

  if (g_utf8_validate_len (text, length_bytes, NULL))
    {
      g_string_append_len (out, text, (gssize)length_bytes);
      return 0;
    }
  valid = g_utf8_make_valid (text, (gssize)length_bytes);
  g_string_append (out, valid);
  return 1;
}

static guint
convert (GIConv converter, char *in, gsize in_bytes, GString *out)
{
  char buffer[4096];
  guint bad = 0;
  gboolean done = FALSE;

  g_iconv (converter, NULL, NULL, NULL, NULL);
  while (!done)
    {
      char *to = buffer;
      gsize room = sizeof buffer;
      /* Without input it hands out what it holds back: a letter that may get a mark. */
      gboolean flush = in_bytes == 0;
      gsize result = flush ? g_iconv (converter, NULL, NULL, &to, &room)
                           : g_iconv (converter, &in, &in_bytes, &to, &room);
      int reason = result == (gsize)-1 ? errno : 0;

      bad += append_checked (out, buffer, sizeof buffer - room);
      if (reason == EILSEQ || reason == EINVAL)
        {
          g_string_append (out, "\xef\xbf\xbd");
          bad++;
          in++;
          in_bytes--;
        }
      else if (reason != 0 && reason != E2BIG)
        break;
      done = flush && reason == 0;
    }
  return bad;
}

guint
attest_codepages_decode (AttestCodepages *codepages, guint codepage, const guint8 *bytes,
                         gsize length_bytes, GString *out)
{
  gsize plain = 0;
  gpointer converter;
  guint bad = 0;

  while (plain < length_bytes && bytes[plain] < 0x80)
    plain++;
  g_string_append_len (out, (const char *)bytes, (gssize)plain);
  if (plain == length_bytes)
    return 0;
  converter = get_converter (codepages, codepage);
  if (converter != NULL)
    return convert ((GIConv)converter, (char *)(bytes + plain), length_bytes - plain, out);
  for (gsize i = plain; i < length_bytes; i++)
    if (bytes[i] < 0x80)
      g_string_append_c (out, (char)bytes[i]);
    else
      {
        g_string_append (out, "\xef\xbf\xbd");
        bad++;
      }
  return bad;
}
