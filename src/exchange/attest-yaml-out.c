#include "exchange/attest-yaml-out.h"

#include <string.h>

#include "util/attest-text.h"

#define TEXT_COLUMNS 92

void
attest_yaml_out_clear (AttestYamlOut *yaml)
{
  if (yaml->text != NULL)
    g_string_free (yaml->text, TRUE);
  if (yaml->places != NULL)
    g_array_unref (yaml->places);
}

void
attest_yaml_out_init (AttestYamlOut *yaml)
{
  yaml->text = g_string_new (NULL);
  yaml->places = g_array_new (FALSE, FALSE, sizeof (AttestPlace));
}

void
attest_yaml_put (AttestYamlOut *yaml, guint indent, const char *format, ...)
{
  GString *text = yaml->text;
  va_list args;

  g_string_append_printf (text, "%*s", (int)indent, "");
  gsize start_byte = text->len;
  va_start (args, format);
  g_string_append_vprintf (text, format, args);
  va_end (args);
  g_string_append_c (text, '\n');
  for (const char *p = text->str + start_byte; *p != '\0'; p++)
    if (*p == '\n')
      g_array_append_val (yaml->places, yaml->place);
}

/* A text that YAML takes as it is, also inside [ ]. */
static gboolean
is_plain (const char *text)
{
  if (!g_unichar_isalpha (g_utf8_get_char (text)) || g_str_has_suffix (text, " "))
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (!g_unichar_isalnum (c) && !g_unichar_ismark (c)
          && (c >= 0x80 ? c < 0x2010 || c > 0x2019 : strchr (" _-.*'/+", (int)c) == NULL))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_unprintable (gunichar c)
{
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xfeff
         || c == 0xfffe || c == 0xffff;
}

static gboolean
has_unprintable (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (is_unprintable (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

static char *
dup_double_quoted (const char *text)
{
  g_autoptr (GString) out = g_string_new ("\"");

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n')
        g_string_append (out, "\\n");
      else if (is_unprintable (c))
        g_string_append_printf (out, "\\u%04x", c);
      else if (c == '"' || c == '\\')
        g_string_append_printf (out, "\\%c", (char)c);
      else
        g_string_append_unichar (out, c);
    }
  g_string_append_c (out, '"');
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
attest_yaml_dup_scalar (const char *text)
{
  if (is_plain (text))
    return g_strdup (text);
  if (has_unprintable (text))
    return dup_double_quoted (text);
  g_autoptr (GString) quoted = g_string_new (text);
  g_string_replace (quoted, "'", "''", 0);
  return g_strdup_printf ("'%s'", quoted->str);
}

/* Several lines as they are. */
static void
put_lines (AttestYamlOut *yaml, guint indent, const char *key, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  attest_yaml_put (yaml, indent, "%s: |-", key);
  for (char **line = lines; *line != NULL; line++)
    attest_yaml_put (yaml, **line != '\0' ? indent + 2 : 0, "%s", *line);
}

static gboolean
is_several_lines (const char *text)
{
  g_autofree char *joined = g_strdelimit (g_strdup (text), "\n", ' ');

  return strchr (text, '\n') != NULL && !has_unprintable (joined) && strchr (" \t\n", *text) == NULL
         && !g_str_has_suffix (text, "\n");
}

void
attest_yaml_put_text (AttestYamlOut *yaml, guint indent, const char *key, const char *text)
{
  gboolean is_long = strlen (text) + strlen (key) + indent > TEXT_COLUMNS;

  if (*text == '\0')
    return;
  if (is_several_lines (text))
    {
      put_lines (yaml, indent, key, text);
      return;
    }
  if (!is_long || has_unprintable (text) || strstr (text, "  ") != NULL || *text == ' '
      || g_str_has_suffix (text, " "))
    {
      g_autofree char *scalar = attest_yaml_dup_scalar (text);
      attest_yaml_put (yaml, indent, "%s: %s", key, scalar);
      return;
    }
  g_autoptr (GArray) lines = attest_text_wrap (text, strlen (text), TEXT_COLUMNS - indent - 2);
  attest_yaml_put (yaml, indent, "%s: >-", key);
  for (guint i = 0; i < lines->len; i++)
    {
      const AttestSpan *span = &g_array_index (lines, AttestSpan, i);
      attest_yaml_put (yaml, indent + 2, "%.*s", (int)(span->end_byte - span->start_byte),
                       text + span->start_byte);
    }
}

void
attest_yaml_put_list (AttestYamlOut *yaml, guint indent, const char *key, const GPtrArray *texts)
{
  if (texts->len == 0)
    return;
  attest_yaml_put (yaml, indent, "%s:", key);
  for (guint i = 0; i < texts->len; i++)
    {
      g_autofree char *scalar = attest_yaml_dup_scalar (g_ptr_array_index (texts, i));
      attest_yaml_put (yaml, indent + 2, "- %s", scalar);
    }
}
