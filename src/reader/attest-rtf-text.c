/* Rich text: bytes, code pages and surrogates into text. */
#include "config.h"

#include <string.h>

#include "reader/attest-rtf-private.h"
#include "reader/attest-symbols.h"

static void
count_undecodable (AttestRtfBody *body, guint n, gsize at)
{
  if (n > 0 && body->report->n_undecodable == 0)
    body->report->undecodable_at = at;
  body->report->n_undecodable += n;
}

static gboolean
is_heading (const AttestRtfBody *body, const AttestRtfState *state)
{
  if (state->outline != ATTEST_RTF_NO_OUTLINE)
    return state->outline < 9;
  return state->style >= 0 && attest_rtf_fonts_is_heading (body->fonts, state->style);
}

AttestRtfPlace
attest_rtf_place (const AttestRtfBody *body, const AttestRtfState *state)
{
  AttestRtfPlace place = {
    .bold = state->bold,
    .italic = state->italic,
    .heading = is_heading (body, state),
    .in_table
    = state->in_table || state->nesting > 0 || (body->row_defined && state->sink == body->main),
  };

  return place;
}

static void
deliver (AttestRtfBody *body, const AttestRtfState *state, const char *text)
{
  AttestRtfPlace place;

  if (state->to == ATTEST_RTF_TO_METADATA)
    g_string_append (body->metadata, text);
  if (state->to != ATTEST_RTF_TO_SINK || state->deleted)
    return;
  if (state->hidden)
    {
      body->report->n_hidden += !body->in_hidden;
      body->in_hidden = TRUE;
      return;
    }
  body->in_hidden = FALSE;
  place = attest_rtf_place (body, state);
  attest_rtf_sink_text (state->sink, &place, text);
}

/* Fonts for Western text are also used for others by programs that know only the code page of the
 * system. No Western word has four letters with accents in a row. */
static void
look_for_other_letters (AttestRtfBody *body)
{
  guint high = 0;

  if (body->pending_codepage != 1252 || body->report->codepage == 1252
      || body->report->ansi_is_codepage)
    return;
  for (guint i = 0; i < body->pending->len; i++)
    {
      high = body->pending->data[i] >= 0xC0 ? high + 1 : 0;
      if (high >= 4)
        body->report->ansi_is_codepage = TRUE;
    }
}

static void
decode_symbols (AttestRtfBody *body, const char *font)
{
  for (guint i = 0; i < body->pending->len; i++)
    {
      const char *text = attest_symbols_find (font, body->pending->data[i]);

      body->report->n_symbols += text == NULL;
      g_string_append (body->scratch, text != NULL ? text : "\uFFFD");
    }
}

static int
font_of (const AttestRtfState *state)
{
  return state->double_byte && state->double_byte_font >= 0 ? state->double_byte_font : state->font;
}

static void
end_surrogate (AttestRtfBody *body)
{
  if (body->high == 0)
    return;
  body->high = 0;
  count_undecodable (body, 1, body->token.at);
  deliver (body, body->state, "\uFFFD");
}

/* Bytes of one character may be written in different ways and in different groups: they are decoded
 * when something else comes. */
static void
flush (AttestRtfBody *body)
{
  const char *symbols;

  if (body->pending->len == 0)
    return;
  symbols = attest_rtf_fonts_symbols (body->fonts, font_of (&body->pending_state));
  g_string_truncate (body->scratch, 0);
  look_for_other_letters (body);
  if (symbols != NULL)
    decode_symbols (body, symbols);
  else
    count_undecodable (body,
                       attest_codepages_decode (body->codepages, body->pending_codepage,
                                                body->pending->data, body->pending->len,
                                                body->scratch),
                       body->pending_at);
  g_byte_array_set_size (body->pending, 0);
  deliver (body, &body->pending_state, body->scratch->str);
}

guint
attest_rtf_codepage (const AttestRtfBody *body, const AttestRtfState *state)
{
  guint fallback = body->named_codepage != 0 ? body->named_codepage : body->report->codepage;
  guint ansi = body->named_codepage != 0 || body->report->ansi_is_codepage ? fallback : 1252;

  return attest_rtf_fonts_codepage (body->fonts, font_of (state), fallback, ansi);
}

static gboolean
same_text (const AttestRtfState *a, const AttestRtfState *b)
{
  return a->to == b->to && a->sink == b->sink && font_of (a) == font_of (b) && a->bold == b->bold
         && a->italic == b->italic && a->hidden == b->hidden && a->deleted == b->deleted
         && a->in_table == b->in_table && a->nesting == b->nesting && a->style == b->style
         && a->outline == b->outline;
}

static void
append_bytes (AttestRtfBody *body, guint codepage, const guint8 *bytes, gsize length_bytes)
{
  end_surrogate (body);
  if (body->pending->len > 0
      && (body->pending_codepage != codepage || !same_text (&body->pending_state, body->state)))
    flush (body);
  if (body->pending->len == 0)
    {
      body->pending_state = *body->state;
      body->pending_codepage = codepage;
      body->pending_at = body->token.at;
    }
  g_byte_array_append (body->pending, bytes, (guint)length_bytes);
}

gboolean
attest_rtf_takes_text (const AttestRtfBody *body)
{
  return body->state->to == ATTEST_RTF_TO_SINK || body->state->to == ATTEST_RTF_TO_METADATA;
}

void
attest_rtf_take_byte (AttestRtfBody *body, guint8 byte)
{
  if (body->to_skip > 0)
    body->to_skip--;
  else if (attest_rtf_takes_text (body))
    append_bytes (body, attest_rtf_codepage (body, body->state), &byte, 1);
}

void
attest_rtf_put (AttestRtfBody *body, const char *text)
{
  if (body->to_skip > 0)
    {
      body->to_skip--;
      return;
    }
  if (!attest_rtf_takes_text (body))
    return;
  flush (body);
  end_surrogate (body);
  deliver (body, body->state, text);
}

void
attest_rtf_put_space (AttestRtfBody *body, char space)
{
  AttestRtfPlace place;

  if (body->to_skip > 0)
    {
      body->to_skip--;
      return;
    }
  if (body->state->to == ATTEST_RTF_TO_METADATA)
    attest_rtf_put (body, " ");
  if (body->state->to != ATTEST_RTF_TO_SINK || body->state->hidden || body->state->deleted)
    return;
  flush (body);
  end_surrogate (body);
  place = attest_rtf_place (body, body->state);
  attest_rtf_sink_space (body->state->sink, &place, space);
}

void
attest_rtf_take_text (AttestRtfBody *body)
{
  const guint8 *text = body->token.text;
  gsize n = body->token.text_bytes, skipped;
  guint codepage;

  if (body->state->to == ATTEST_RTF_TO_FONTS)
    attest_rtf_fonts_font_text (body->fonts, text, n);
  else if (body->state->to == ATTEST_RTF_TO_STYLES)
    attest_rtf_fonts_style_text (body->fonts, text, n);
  if (!attest_rtf_takes_text (body))
    return;
  skipped = MIN (n, body->to_skip);
  body->to_skip -= (guint)skipped;
  text += skipped;
  n -= skipped;
  codepage = attest_rtf_codepage (body, body->state);
  while (n > 0)
    {
      const guint8 *tab = memchr (text, '\t', n);
      gsize part = tab != NULL ? (gsize)(tab - text) : n;
      gboolean plain = TRUE;

      for (gsize i = 0; body->report->raw_utf8 && i < part && plain; i++)
        plain = text[i] < 0x80;
      if (part > 0)
        append_bytes (body, plain ? codepage : ATTEST_CODEPAGE_UTF8, text, part);
      if (tab != NULL)
        attest_rtf_put_space (body, '\t');
      text += part + (tab != NULL);
      n -= part + (tab != NULL);
    }
}

static void
put_char (AttestRtfBody *body, gunichar c)
{
  const char *symbols = attest_rtf_fonts_symbols (body->fonts, font_of (body->state));
  char utf8[8] = "";

  if (symbols != NULL && c >= 0xF000 && c <= 0xF0FF)
    {
      const char *text = attest_symbols_find (symbols, c);

      body->report->n_symbols += text == NULL;
      deliver (body, body->state, text != NULL ? text : "\uFFFD");
      return;
    }
  if (c == 0 || !g_unichar_validate (c))
    {
      count_undecodable (body, 1, body->token.at);
      c = 0xFFFD;
    }
  utf8[g_unichar_to_utf8 (c, utf8)] = '\0';
  deliver (body, body->state, utf8);
}

void
attest_rtf_take_unicode (AttestRtfBody *body)
{
  int value = body->token.value;
  gunichar c = (gunichar)(value < 0 ? value + 65536 : value);

  body->to_skip = body->state->n_fallback;
  if (!attest_rtf_takes_text (body))
    return;
  flush (body);
  if (c >= 0xDC00 && c <= 0xDFFF && body->high != 0)
    {
      c = 0x10000 + ((gunichar)(body->high - 0xD800) << 10) + (c - 0xDC00);
      body->high = 0;
    }
  end_surrogate (body);
  if (c >= 0xD800 && c <= 0xDBFF)
    body->high = (gunichar2)c;
  else
    put_char (body, c);
}

void
attest_rtf_flush (AttestRtfBody *body)
{
  flush (body);
  end_surrogate (body);
}
