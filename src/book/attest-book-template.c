#include "book/attest-book-template.h"

#include <string.h>

#include "util/attest-error.h"
#include "util/attest-text.h"

#define MAX_LEVEL 3

typedef struct
{
  const char *path;
  AttestTemplateKnowsFunc knows;
  gpointer data;
  GArray *items;
  GString *paragraph;
  guint line;
} Parser;

static void
clear_item (gpointer item)
{
  g_free (((AttestTemplateItem *)item)->text);
}

static void
add_item (Parser *parser, AttestTemplateType type, guint level, const char *text)
{
  AttestTemplateItem item = { type, level, g_strdup (text) };

  g_array_append_val (parser->items, item);
}

static void
end_paragraph (Parser *parser)
{
  if (parser->paragraph->len > 0)
    add_item (parser, ATTEST_TEMPLATE_PARAGRAPH, 0, parser->paragraph->str);
  g_string_truncate (parser->paragraph, 0);
}

/* The name in the braces at @open, or NULL: they are not closed. */
static char *
dup_name (const char *open, const char **out_end)
{
  const char *end = strstr (open, "}}");

  if (end == NULL)
    return NULL;
  *out_end = end + 2;
  return g_strstrip (g_strndup (open + 2, (gsize)(end - open - 2)));
}

static gboolean
complain (const Parser *parser, const char *line, const char *at, const char *what,
          const char *name, GError **error)
{
  g_autofree char *shown = attest_text_printable (name, strlen (name), 60);

  return attest_throw (error, ATTEST_ERROR_INPUT,
                       "%s:%u:%u: %s '%s'; doc/book.md lists what there is", parser->path,
                       parser->line, (guint)g_utf8_pointer_to_offset (line, at) + 1, what, shown);
}

/* Whether all placeholders of a line of text are known. */
static gboolean
check_text (const Parser *parser, const char *line, const char *text, GError **error)
{
  for (const char *at = strstr (text, "{{"); at != NULL; at = strstr (at, "{{"))
    {
      const char *end = NULL;
      g_autofree char *name = dup_name (at, &end);

      if (name == NULL)
        return complain (parser, line, at, "a placeholder that is not closed with }}:", at, error);
      if (!parser->knows (name, FALSE, parser->data))
        return complain (parser, line, at,
                         parser->knows (name, TRUE, parser->data)
                             ? "a part of the page that must stand alone on its line:"
                             : "there is no placeholder",
                         name, error);
      at = end;
    }
  return TRUE;
}

/* The name when the line is a placeholder and nothing else. */
static char *
dup_block (const char *line)
{
  const char *end = NULL;
  g_autofree char *name = g_str_has_prefix (line, "{{") ? dup_name (line, &end) : NULL;

  return name != NULL && *end == '\0' ? g_steal_pointer (&name) : NULL;
}

static gboolean
parse_heading (Parser *parser, const char *line, GError **error)
{
  guint level = (guint)strspn (line, "#");
  const char *text = line + level;

  while (*text == ' ')
    text++;
  if (level > MAX_LEVEL)
    return complain (parser, line, line, "headings have at most three #:", line, error);
  if (!check_text (parser, line, text, error))
    return FALSE;
  end_paragraph (parser);
  add_item (parser, ATTEST_TEMPLATE_HEADING, level, text);
  return TRUE;
}

static gboolean
parse_line (Parser *parser, const char *line, GError **error)
{
  g_autofree char *block = dup_block (line);

  if (g_str_has_prefix (line, ";;"))
    return TRUE;
  if (*line == '\0')
    {
      end_paragraph (parser);
      return TRUE;
    }
  if (*line == '#')
    return parse_heading (parser, line, error);
  if (block != NULL && parser->knows (block, TRUE, parser->data))
    {
      end_paragraph (parser);
      add_item (parser, ATTEST_TEMPLATE_BLOCK, 0, block);
      return TRUE;
    }
  if (!check_text (parser, line, line, error))
    return FALSE;
  g_string_append_printf (parser->paragraph, "%s%s", parser->paragraph->len > 0 ? " " : "", line);
  return TRUE;
}

GArray *
attest_template_parse (const char *path, const char *text, gsize length_bytes,
                       AttestTemplateKnowsFunc knows, gpointer data, GError **error)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (AttestTemplateItem));
  g_autoptr (GString) paragraph = g_string_new (NULL);
  Parser parser = { path, knows, data, items, paragraph, 0 };
  g_auto (GStrv) lines = NULL;

  g_array_set_clear_func (items, clear_item);
  if (!g_utf8_validate (text, (gssize)length_bytes, NULL))
    return attest_throw_null (error, ATTEST_ERROR_INPUT, "%s: is not UTF-8 text; save it as UTF-8",
                              path);
  lines = g_strsplit (g_str_has_prefix (text, "\xef\xbb\xbf") ? text + 3 : text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      parser.line++;
      if (!parse_line (&parser, g_strchomp (*line), error))
        return NULL;
    }
  end_paragraph (&parser);
  return g_steal_pointer (&items);
}

char *
attest_template_dup_text (const char *text, AttestTemplateValueFunc value, gpointer data)
{
  GString *out = g_string_new (NULL);

  for (const char *at; (at = strstr (text, "{{")) != NULL;)
    {
      const char *end = NULL;
      g_autofree char *name = dup_name (at, &end);
      g_autofree char *inserted = value (name, data);

      g_string_append_len (out, text, at - text);
      g_string_append (out, inserted);
      text = end;
    }
  g_string_append (out, text);
  return g_string_free (out, FALSE);
}
