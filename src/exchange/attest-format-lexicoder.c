/* attest-format-lexicoder: .lc3, "+CATEGORY" and a word or phrase a line below it. */
#include <string.h>

#include "exchange/attest-exchange-private.h"

static const char *
skip_space (const char *p)
{
  while (g_unichar_isspace (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  return p;
}

static guint
probe (const char *head)
{
  while (g_ascii_isspace (*head))
    head++;
  return head[0] == '+' && g_ascii_isalnum (head[1]) ? 90 : 0;
}

static gboolean
read_lexicoder (const AttestExchangeInput *input, AttestOutline *outline, GError **error)
{
  g_auto (AttestExchangeLines) lines = { .rest = input->text };
  guint node = ATTEST_NO_NODE;

  while (attest_exchange_next_line (&lines))
    {
      char *start = (char *)skip_space (lines.line);
      guint column = attest_exchange_column (&lines, start);

      g_strchomp (start);
      if (*start == '\0')
        continue;
      if (*start == '+' && *skip_space (start + 1) == '\0')
        return attest_exchange_throw (input, lines.number, column, error,
                                      "a category without a name: write it behind the '+'");
      if (*start == '+')
        {
          /* One that comes again goes on. */
          node = attest_outline_find_child (outline, ATTEST_NO_NODE, start + 1);
          if (node == ATTEST_NO_NODE)
            node = attest_outline_add_node (outline, ATTEST_NO_NODE, start + 1, lines.number,
                                            column);
          continue;
        }
      if (node == ATTEST_NO_NODE)
        return attest_exchange_throw (input, lines.number, column, error,
                                      "a word before the first category: put a line '+NAME' above "
                                      "it");
      if (attest_exchange_add_word (input, outline, node, start, "*?", lines.number, column, error)
          == NULL)
        return FALSE;
    }
  return TRUE;
}

/* "+" begins a category. */
static gboolean
is_word (const char *text)
{
  return *text != '+';
}

static void
write_lexicoder (const AttestOutline *outline, GString *out)
{
  for (guint i = 0; i < outline->nodes->len; i++)
    {
      const AttestNode *node = attest_outline_node (outline, i);

      if (!node->is_code)
        continue;
      g_string_append_printf (out, "+%s\n", node->name);
      for (guint k = 0; k < node->entries->len; k++)
        {
          g_autofree char *text
              = attest_glob_to_text (g_array_index (node->entries, AttestEntry, k).text);
          g_string_append_printf (out, "%s\n", text);
        }
    }
}

static const char *const suffixes[] = { ".lc3", NULL };

const AttestExchangeFormat attest_format_lexicoder = {
  .id = "lexicoder",
  .name = "Lexicoder dictionary",
  .suffixes = suffixes,
  .features = ATTEST_CAN_RULES,
  .globs = ATTEST_GLOB_ENDINGS | ATTEST_GLOB_ANYWHERE | ATTEST_GLOB_ONE | ATTEST_GLOB_ANY_WORD,
  .is_word = is_word,
  .probe = probe,
  .read = read_lexicoder,
  .write = write_lexicoder,
};
