/* attest-rtf-lexer: rich text as groups, control words and bytes of text.
 *
 * Line ends and NULs between tokens are no text. The bytes that follow \bin are passed over.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Longest name of a control word, bytes: Word has none beyond 32. */
#define ATTEST_RTF_NAME_BYTES 32

typedef enum
{
  ATTEST_RTF_END,
  ATTEST_RTF_OPEN,   /* { */
  ATTEST_RTF_CLOSE,  /* } */
  ATTEST_RTF_WORD,   /* \name or \name12 */
  ATTEST_RTF_SYMBOL, /* \ and a byte that is no letter; both LF and CR come as '\n' */
  ATTEST_RTF_HEX,    /* \'hh: a byte of text */
  ATTEST_RTF_TEXT,   /* bytes as they are; no control characters but TAB */
} AttestRtfTokenKind;

typedef struct
{
  AttestRtfTokenKind kind;
  gsize at;                             /* where it begins */
  char name[ATTEST_RTF_NAME_BYTES + 1]; /* of a word; a longer one is cut */
  gboolean has_value;
  int value;   /* of a word */
  guint8 byte; /* of a symbol or a \'hh */
  const guint8 *text;
  gsize text_bytes;
} AttestRtfToken;

typedef struct
{
  const guint8 *bytes;
  gsize length_bytes;
  gsize at; /* where the next token begins */
  gboolean
      double_byte; /* in raw text a byte from 0x81 on takes the next one with it, even a brace */
} AttestRtfLexer;

void attest_rtf_lexer_next (AttestRtfLexer *lexer, AttestRtfToken *out);

G_END_DECLS
