#include "report/attest-brief-convert.h"

#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

#include "util/attest-limits.h"
#include "util/attest-program.h"

#define INPUT "brief.html"
#define MAX_ARGS 24

/* Runs as root only without its own sandbox; the page has no script and asks for nothing. */
#define CHROMIUM_AS_ROOT "--no-sandbox"

typedef struct
{
  const char *format;
  const char *programs[5]; /* NULL-terminated: the names it goes by */
  const char *package;     /* of Debian */
  const char *output;
  const char *args[MAX_ARGS]; /* NULL-terminated */
  const char *as_root;        /* (nullable) one more */
} Converter;

/* The first that is installed is taken. The page names nothing outside of itself, so none has a
 * reason to ask a network; Chromium, which may have its own, is kept from it. Pandoc's --sandbox
 * keeps the one of Debian from its own templates. */
static const Converter converters[] = {
  { "docx",
    { "pandoc", NULL },
    "pandoc",
    "brief.docx",
    { "--from=html", "--to=docx", "--output=brief.docx", INPUT, NULL },
    NULL },
  { "odt",
    { "pandoc", NULL },
    "pandoc",
    "brief.odt",
    { "--from=html", "--to=odt", "--output=brief.odt", INPUT, NULL },
    NULL },
  { "pdf",
    { "chromium", "chromium-browser", "google-chrome", "chrome", NULL },
    "chromium",
    "brief.pdf",
    { "--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check",
      "--disable-extensions", "--disable-background-networking", "--disable-component-update",
      "--disable-sync", "--disable-crash-reporter", "--disable-breakpad", "--disable-dev-shm-usage",
      "--host-resolver-rules=MAP * ~NOTFOUND", "--user-data-dir=profile", "--no-pdf-header-footer",
      "--print-to-pdf=brief.pdf", INPUT, NULL },
    CHROMIUM_AS_ROOT },
  { "pdf",
    { "soffice", "libreoffice", NULL },
    "libreoffice-writer",
    "brief.pdf",
    { "--headless", "--norestore", "--nolockcheck", "--convert-to", "pdf:writer_web_pdf_Export",
      INPUT, NULL },
    NULL },
};

static gboolean
is_for (const Converter *converter, const char *format)
{
  return strcmp (converter->format, format) == 0;
}

gboolean
attest_brief_is_converted (const char *format)
{
  for (gsize i = 0; i < G_N_ELEMENTS (converters); i++)
    if (is_for (&converters[i], format))
      return TRUE;
  return FALSE;
}

gboolean
attest_brief_needs_style (const char *format)
{
  return strcmp (format, "pdf") == 0;
}

static GBytes *
run (const Converter *converter, const char *path, GBytes *html, GError **error)
{
  const char *args[MAX_ARGS + 3] = { path };
  AttestProgram program = {
    args, INPUT, html, converter->output, ATTEST_MAX_CONVERT_SECONDS, ATTEST_MAX_CONVERT_BYTES
  };
  guint n = 1;

  if (converter->as_root != NULL && geteuid () == 0)
    args[n++] = converter->as_root;
  for (guint i = 0; converter->args[i] != NULL; i++)
    args[n++] = converter->args[i];
  return attest_program_run (&program, error);
}

/* ---- the same bytes ---- */

/* Overwrites the digits of the dates behind a key, as "(D:20261126093000+00'00')", where it stands
 * outside of compressed parts. */
static void
still_dates (guint8 *data, gsize length, const char *key)
{
  gsize key_length = strlen (key);

  for (gsize at = 0; at + key_length + 20 < length; at++)
    {
      if (memcmp (data + at, key, key_length) != 0)
        continue;
      at += key_length;
      for (gsize digits = 0; at < length && digits < 14 && data[at] != ')'; at++)
        if (g_ascii_isdigit (data[at]))
          data[at] = (guint8) "19800101000000"[digits++];
    }
}

/* Overwrites the hexadecimal digits behind a key, up to @end. */
static void
still_digits (guint8 *data, gsize length, const char *key, char end)
{
  gsize key_length = strlen (key);

  for (gsize at = 0; at + key_length < length; at++)
    {
      if (memcmp (data + at, key, key_length) != 0)
        continue;
      for (at += key_length; at < length && data[at] != (guint8)end; at++)
        if (g_ascii_isxdigit (data[at]))
          data[at] = '0';
    }
}

/* Numbers in a zip are little-endian. */
static guint32
read_le (const guint8 *data, guint n_bytes)
{
  guint32 value = 0;

  for (guint i = 0; i < n_bytes; i++)
    value |= (guint32)data[i] << (8 * i);
  return value;
}

/* Where the list of a zip begins, and how many files it has. FALSE: it is none. */
static gboolean
find_zip_list (const guint8 *data, gsize length, gsize *out_at, guint *out_files)
{
  for (gsize end = length >= 22 ? length - 22 + 1 : 0; end-- > 0;)
    if (memcmp (data + end, "PK\5\6", 4) == 0)
      {
        *out_files = read_le (data + end + 10, 2);
        *out_at = read_le (data + end + 16, 4);
        return TRUE;
      }
  return FALSE;
}

/* Overwrites when each file of a zip was made, in the list and in front of the file: 1 January
 * 1980, the first day that it knows. */
static void
still_files (guint8 *data, gsize length)
{
  static const guint8 first_day[] = { 0, 0, 0x21, 0 };
  gsize at;
  guint n_files;

  if (!find_zip_list (data, length, &at, &n_files))
    return;
  for (guint i = 0; i < n_files && at + 46 <= length && memcmp (data + at, "PK\1\2", 4) == 0; i++)
    {
      gsize local = read_le (data + at + 42, 4);

      memcpy (data + at + 12, first_day, sizeof first_day);
      if (local + 30 <= length && memcmp (data + local, "PK\3\4", 4) == 0)
        memcpy (data + local + 10, first_day, sizeof first_day);
      at += 46 + read_le (data + at + 28, 2) + read_le (data + at + 30, 2)
            + read_le (data + at + 32, 2);
    }
}

static GBytes *
make_reproducible (const char *format, GBytes *document)
{
  gsize length;
  guint8 *data = g_bytes_unref_to_data (document, &length);

  if (strcmp (format, "pdf") == 0)
    {
      still_dates (data, length, "/CreationDate (D:");
      still_dates (data, length, "/ModDate (D:");
      /* As LibreOffice writes them. */
      still_dates (data, length, "/CreationDate(D:");
      still_digits (data, length, "/ID [ <", ']');
      still_digits (data, length, "/DocChecksum /", '\n');
    }
  else
    still_files (data, length);
  return g_bytes_new_take (data, length);
}

GBytes *
attest_brief_convert (const char *format, const char *html, gsize length_bytes, GError **error)
{
  g_autoptr (GBytes) input = g_bytes_new_static (html, length_bytes);
  g_autoptr (GString) packages = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (converters); i++)
    {
      g_autofree char *path
          = is_for (&converters[i], format) ? attest_program_find (converters[i].programs) : NULL;
      GBytes *document;

      if (path != NULL)
        {
          document = run (&converters[i], path, input, error);
          return document != NULL ? make_reproducible (format, document) : NULL;
        }
      if (is_for (&converters[i], format))
        g_string_append_printf (packages, "%s%s", packages->len > 0 ? " or " : "",
                                converters[i].package);
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
               "%s needs a program that is not installed: on Debian, apt-get install %s", format,
               packages->str);
  return NULL;
}
