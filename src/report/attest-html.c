#include "report/attest-html.h"

#include <string.h>

struct _AttestHtml
{
  GString *out;
  GPtrArray *open; /* of const char *, outermost first */
  gboolean breaks; /* inside the next start tag */
};

AttestHtml *
attest_html_new (GString *out)
{
  AttestHtml *html = g_new0 (AttestHtml, 1);

  html->out = out;
  html->open = g_ptr_array_new ();
  return html;
}

void
attest_html_free (AttestHtml *html)
{
  if (html == NULL)
    return;
  g_ptr_array_unref (html->open);
  g_free (html);
}

static const char *
escape_of (gunichar c)
{
  switch (c)
    {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    case '\n':
    case '\t':
      return NULL;
    default:
      /* Controls, and the two noncharacters that no parser takes. */
      return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c & 0xfffe) == 0xfffe ? "\xef\xbf\xbd" : NULL;
    }
}

static void
append_escaped (GString *out, const char *text, gsize length_bytes)
{
  const char *end = text + length_bytes;
  const char *run = text;

  while (text < end)
    {
      const char *next = g_utf8_next_char (text);
      const char *escape = escape_of (g_utf8_get_char (text));

      if (escape != NULL)
        {
          g_string_append_len (out, run, text - run);
          g_string_append (out, escape);
          run = next;
        }
      text = next;
    }
  g_string_append_len (out, run, end - run);
}

/* A place of this page, or another page of the same folder with or without a place in it: nothing
 * that leaves the folder, runs or asks a network. */
static gboolean
is_inside (const char *link)
{
  gsize n = strspn (link, "abcdefghijklmnopqrstuvwxyz0123456789-_");

  return *link == '#'
         || (n > 0 && g_str_has_prefix (link + n, ".html")
             && strchr ("#", link[n + strlen (".html")]) != NULL);
}

static void
append_start (AttestHtml *html, const char *element, va_list args)
{
  const char *name;

  g_string_append_c (html->out, '<');
  g_string_append (html->out, element);
  while ((name = va_arg (args, const char *)) != NULL)
    {
      const char *value = va_arg (args, const char *);

      /* What could run is not written, whoever asks. */
      g_assert (!g_str_has_prefix (name, "on") && strcmp (name, "style") != 0);
      if (value == NULL)
        continue;
      g_assert (strcmp (name, "src") != 0 || g_str_has_prefix (value, "data:image/"));
      g_assert (strcmp (name, "href") != 0 || is_inside (value));
      g_string_append_printf (html->out, " %s=\"", name);
      append_escaped (html->out, value, strlen (value));
      g_string_append_c (html->out, '"');
    }
  g_string_append (html->out, html->breaks ? "\n>" : ">");
  html->breaks = FALSE;
}

void
attest_html_break (AttestHtml *html)
{
  html->breaks = TRUE;
}

void
attest_html_open (AttestHtml *html, const char *element, ...)
{
  va_list args;

  va_start (args, element);
  append_start (html, element, args);
  va_end (args);
  g_ptr_array_add (html->open, (gpointer)element);
}

void
attest_html_close (AttestHtml *html, const char *element)
{
  g_assert (html->open->len > 0
            && strcmp (g_ptr_array_index (html->open, html->open->len - 1), element) == 0);
  g_ptr_array_set_size (html->open, (int)html->open->len - 1);
  g_string_append_printf (html->out, "</%s>", element);
}

void
attest_html_void (AttestHtml *html, const char *element, ...)
{
  va_list args;

  va_start (args, element);
  append_start (html, element, args);
  va_end (args);
}

void
attest_html_element (AttestHtml *html, const char *element, const char *text, ...)
{
  va_list args;

  va_start (args, text);
  append_start (html, element, args);
  va_end (args);
  append_escaped (html->out, text, strlen (text));
  g_string_append_printf (html->out, "</%s>", element);
}

void
attest_html_text (AttestHtml *html, const char *text)
{
  append_escaped (html->out, text, strlen (text));
}

void
attest_html_printf (AttestHtml *html, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  attest_html_text (html, text);
}

void
attest_html_literal (AttestHtml *html, const char *markup)
{
  g_string_append (html->out, markup);
}

/* Length of the line breaks at @text when they end a paragraph, else 0. */
static gsize
paragraph_end (const char *text, gsize length_bytes)
{
  gsize n = 0;

  while (n < length_bytes && (text[n] == '\n' || text[n] == '\t'))
    n++;
  return n > 1 ? n : 0;
}

void
attest_html_prose (AttestHtml *html, const char *text, gsize length_bytes)
{
  gsize run = 0;

  for (gsize i = 0; i < length_bytes; i++)
    {
      gsize n = text[i] == '\n' || text[i] == '\t' ? paragraph_end (text + i, length_bytes - i) : 0;

      if (n == 0)
        continue;
      append_escaped (html->out, text + run, i - run);
      g_string_append (html->out, "<br><br>");
      run = i + n;
      i = run - 1;
    }
  append_escaped (html->out, text + run, length_bytes - run);
}

static gboolean
is_rtl_letter (gunichar c)
{
  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_ARABIC:
    case G_UNICODE_SCRIPT_HEBREW:
    case G_UNICODE_SCRIPT_SYRIAC:
    case G_UNICODE_SCRIPT_THAANA:
    case G_UNICODE_SCRIPT_NKO:
    case G_UNICODE_SCRIPT_SAMARITAN:
    case G_UNICODE_SCRIPT_MANDAIC:
    case G_UNICODE_SCRIPT_ADLAM:
    case G_UNICODE_SCRIPT_HANIFI_ROHINGYA:
    case G_UNICODE_SCRIPT_YEZIDI:
      return TRUE;
    default:
      return FALSE;
    }
}

const char *
attest_html_direction (const char *text, gsize length_bytes)
{
  for (const char *end = text + length_bytes; text < end; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (g_unichar_isalpha (c))
        return is_rtl_letter (c) ? "rtl" : NULL;
    }
  return NULL;
}

void
attest_html_name (AttestHtml *html, const char *text)
{
  gboolean is_plain = TRUE;

  /* Letters and digits of the page's own direction turn nothing. */
  for (const char *at = text; is_plain && *at != '\0'; at = g_utf8_next_char (at))
    is_plain = g_utf8_get_char (at) < 0x0590;
  if (is_plain)
    attest_html_text (html, text);
  else
    attest_html_element (html, "bdi", text, NULL);
}

char *
attest_html_dup_anchor (const char *prefix, const char *text)
{
  GString *anchor = g_string_new (prefix);

  for (; *text != '\0'; text++)
    if (g_ascii_isalnum (*text) || *text == '-')
      g_string_append_c (anchor, *text);
    else
      g_string_append_printf (anchor, "_%02x", (guchar)*text);
  return g_string_free (anchor, FALSE);
}

char *
attest_html_dup_link (const char *prefix, const char *text)
{
  g_autofree char *anchor = attest_html_dup_anchor (prefix, text);

  return g_strconcat ("#", anchor, NULL);
}
