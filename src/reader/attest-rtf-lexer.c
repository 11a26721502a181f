#include "reader/attest-rtf-lexer.h"

#include <string.h>

static gboolean
is_text (guint8 byte)
{
  return (byte >= 0x20 || byte == '\t') && byte != '\\' && byte != '{' && byte != '}';
}

static gboolean
is_hex (const AttestRtfLexer *lexer, gsize at)
{
  return at + 2 <= lexer->length_bytes && g_ascii_isxdigit ((char)lexer->bytes[at])
         && g_ascii_isxdigit ((char)lexer->bytes[at + 1]);
}

static gboolean
is_escape (const AttestRtfLexer *lexer, gsize at)
{
  return at + 1 < lexer->length_bytes && lexer->bytes[at] == '\\' && lexer->bytes[at + 1] == '\''
         && is_hex (lexer, at + 2);
}

static void
read_text (AttestRtfLexer *lexer, AttestRtfToken *out)
{
  gsize at = lexer->at;

  while (at < lexer->length_bytes && is_text (lexer->bytes[at]))
    {
      gboolean lead = lexer->double_byte && lexer->bytes[at] >= 0x81 && lexer->bytes[at] != 0xFF;

      at++;
      if (lead && at < lexer->length_bytes && lexer->bytes[at] >= 0x40 && !is_escape (lexer, at))
        at++;
    }
  out->kind = ATTEST_RTF_TEXT;
  out->text = lexer->bytes + lexer->at;
  out->text_bytes = at - lexer->at;
  lexer->at = at;
}

/* The number after a word; one that is out of range becomes the largest that is not. */
static void
read_value (AttestRtfLexer *lexer, AttestRtfToken *out)
{
  gboolean minus = lexer->at + 1 < lexer->length_bytes && lexer->bytes[lexer->at] == '-'
                   && g_ascii_isdigit ((char)lexer->bytes[lexer->at + 1]);
  gint64 value = 0;

  lexer->at += minus;
  while (lexer->at < lexer->length_bytes && g_ascii_isdigit ((char)lexer->bytes[lexer->at]))
    {
      value = value * 10 + (lexer->bytes[lexer->at++] - '0');
      value = MIN (value, G_MAXINT);
      out->has_value = TRUE;
    }
  out->value = (int)(minus ? -value : value);
}

static void
read_word (AttestRtfLexer *lexer, AttestRtfToken *out)
{
  gsize n = 0;

  out->kind = ATTEST_RTF_WORD;
  for (; lexer->at < lexer->length_bytes && g_ascii_isalpha ((char)lexer->bytes[lexer->at]);
       lexer->at++)
    if (n < ATTEST_RTF_NAME_BYTES)
      out->name[n++] = (char)lexer->bytes[lexer->at];
  out->name[n] = '\0';
  read_value (lexer, out);
  if (lexer->at < lexer->length_bytes && lexer->bytes[lexer->at] == ' ')
    lexer->at++;
  if (out->value > 0 && strcmp (out->name, "bin") == 0)
    lexer->at += MIN ((gsize)out->value, lexer->length_bytes - lexer->at);
}

static void
read_escape (AttestRtfLexer *lexer, AttestRtfToken *out)
{
  if (++lexer->at >= lexer->length_bytes)
    {
      out->kind = ATTEST_RTF_END;
      return;
    }
  if (g_ascii_isalpha ((char)lexer->bytes[lexer->at]))
    {
      read_word (lexer, out);
      return;
    }
  out->byte = lexer->bytes[lexer->at++];
  if (out->byte == '\'' && is_hex (lexer, lexer->at))
    {
      out->kind = ATTEST_RTF_HEX;
      out->byte = (guint8)(g_ascii_xdigit_value ((char)lexer->bytes[lexer->at]) << 4
                           | g_ascii_xdigit_value ((char)lexer->bytes[lexer->at + 1]));
      lexer->at += 2;
      return;
    }
  out->kind = ATTEST_RTF_SYMBOL;
  if (out->byte == '\r' && lexer->at < lexer->length_bytes && lexer->bytes[lexer->at] == '\n')
    lexer->at++;
  if (out->byte == '\r')
    out->byte = '\n';
}

void
attest_rtf_lexer_next (AttestRtfLexer *lexer, AttestRtfToken *out)
{
  while (lexer->at < lexer->length_bytes && lexer->bytes[lexer->at] < 0x20
         && lexer->bytes[lexer->at] != '\t')
    lexer->at++;
  out->at = lexer->at;
  out->has_value = FALSE;
  out->value = 0;
  out->byte = 0;
  if (lexer->at >= lexer->length_bytes)
    {
      out->kind = ATTEST_RTF_END;
      return;
    }
  switch (lexer->bytes[lexer->at])
    {
    case '{':
      out->kind = ATTEST_RTF_OPEN;
      lexer->at++;
      return;
    case '}':
      out->kind = ATTEST_RTF_CLOSE;
      lexer->at++;
      return;
    case '\\':
      read_escape (lexer, out);
      return;
    default:
      read_text (lexer, out);
    }
}
