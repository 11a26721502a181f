/* Rich text: what its control words do. A word that is not in the table does nothing, or, after \*,
 * begins a group for programs that know it. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "reader/attest-rtf-private.h"
#include "util/attest-limits.h"

typedef void Handler (AttestRtfBody *body, const char *argument);

static void
to_nothing (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  body->state->to = ATTEST_RTF_TO_NOTHING;
}

static void
to_fonts (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  body->state->to = ATTEST_RTF_TO_FONTS;
}

static void
to_styles (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  body->state->to = ATTEST_RTF_TO_STYLES;
}

static void
to_info (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  body->state->to = ATTEST_RTF_TO_INFO;
}

static void
to_metadata (AttestRtfBody *body, const char *key)
{
  if (body->state->to != ATTEST_RTF_TO_INFO)
    return;
  attest_rtf_flush (body);
  body->state->to = ATTEST_RTF_TO_METADATA;
  body->state->key = key;
  g_string_truncate (body->metadata, 0);
}

static void
to_alternatives (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  if (body->state->to == ATTEST_RTF_TO_SINK)
    body->state->to = ATTEST_RTF_TO_ALTERNATIVES;
}

static void
to_unicode (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  if (body->state->to == ATTEST_RTF_TO_ALTERNATIVES)
    body->state->to = ATTEST_RTF_TO_SINK;
}

static void
skip_comment (AttestRtfBody *body, const char *argument)
{
  body->report->n_comments += body->state->to == ATTEST_RTF_TO_SINK;
  to_nothing (body, argument);
}

static void
skip_formula (AttestRtfBody *body, const char *argument)
{
  body->report->n_formulas += body->state->to == ATTEST_RTF_TO_SINK;
  to_nothing (body, argument);
}

/* Text that stands elsewhere, in a text of its own. */
static void
leave_text (AttestRtfBody *body, AttestRtfSink *sink)
{
  body->state->sink = sink;
  body->state->in_table = FALSE;
  body->state->nesting = 0;
  body->state->style = -1;
  body->state->outline = ATTEST_RTF_NO_OUTLINE;
}

static void
to_note (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  if (body->state->to != ATTEST_RTF_TO_SINK)
    return;
  attest_rtf_flush (body);
  leave_text (body, body->notes);
  body->state->ends_note = TRUE;
}

static void
to_box (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  if (body->state->to != ATTEST_RTF_TO_SINK)
    return;
  attest_rtf_flush (body);
  leave_text (body, body->boxes);
  body->state->ends_box = TRUE;
}

static void
to_nested_props (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  body->state->nested_props = TRUE;
}

/* Known, and its text is text: also after \*. */
static void
stay (AttestRtfBody *body G_GNUC_UNUSED, const char *argument G_GNUC_UNUSED)
{
}

static gboolean
begin_end (AttestRtfBody *body)
{
  if (body->state->to == ATTEST_RTF_TO_METADATA)
    attest_rtf_put (body, " ");
  if (body->state->to != ATTEST_RTF_TO_SINK)
    return FALSE;
  attest_rtf_flush (body);
  return TRUE;
}

static void
end_paragraph (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  AttestRtfPlace place = attest_rtf_place (body, body->state);

  if (begin_end (body) && (!body->state->hidden || body->state->sink->open))
    attest_rtf_sink_end_paragraph (body->state->sink, &place, body->state->deleted);
}

/* A page or section that ends between paragraphs adds nothing. */
static void
end_page (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  AttestRtfPlace place = attest_rtf_place (body, body->state);

  if (begin_end (body) && body->state->sink->open)
    attest_rtf_sink_end_paragraph (body->state->sink, &place, FALSE);
}

static void
end_cell (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  if (begin_end (body))
    attest_rtf_sink_end_cell (body->state->sink);
}

static void
end_row (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  if (!begin_end (body))
    return;
  attest_rtf_sink_end_row (body->state->sink, body->edges);
  body->row_defined = FALSE;
}

static void
end_nested_cell (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  AttestRtfPlace place = attest_rtf_place (body, body->state);

  if (begin_end (body))
    attest_rtf_sink_end_nested_cell (body->state->sink, &place);
}

static void
end_nested_row (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  if (begin_end (body))
    attest_rtf_sink_end_nested_row (body->state->sink);
}

static void
define_row (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  if (body->state->to != ATTEST_RTF_TO_SINK || body->state->nested_props
      || body->state->sink != body->main)
    return;
  attest_rtf_flush (body);
  body->row_defined = TRUE;
  g_array_set_size (body->edges, 0);
}

static void
define_cell (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  if (body->state->to == ATTEST_RTF_TO_SINK && !body->state->nested_props
      && body->edges->len < ATTEST_MAX_TABLE_COLUMNS)
    g_array_append_val (body->edges, body->token.value);
}

static void
put (AttestRtfBody *body, const char *text)
{
  attest_rtf_put (body, text);
}

static void
put_space (AttestRtfBody *body, const char *space)
{
  attest_rtf_put_space (body, *space);
}

static void
take_unicode (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  attest_rtf_take_unicode (body);
}

static gboolean
is_on (const AttestRtfBody *body)
{
  return !body->token.has_value || body->token.value != 0;
}

static void
set_bold (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  body->state->bold = is_on (body);
}

static void
set_italic (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  body->state->italic = is_on (body);
}

static void
set_hidden (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  body->state->hidden = is_on (body);
}

static void
set_deleted (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  body->state->deleted = is_on (body);
}

static void
set_font (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  body->state->font = body->token.value;
  if (body->state->double_byte)
    body->state->double_byte_font = body->token.value;
}

static void
set_associated_font (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  if (body->state->double_byte)
    body->state->double_byte_font = body->token.value;
}

/* \dbch, \loch and \hich say which of the fonts the text is in. */
static void
set_double_byte (AttestRtfBody *body, const char *argument)
{
  body->state->double_byte = *argument == 'y';
}

static void
set_plain (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  body->state->bold = FALSE;
  body->state->italic = FALSE;
  body->state->hidden = FALSE;
  body->state->deleted = FALSE;
  body->state->font = body->default_font;
  body->state->double_byte = FALSE;
  body->state->double_byte_font = -1;
}

static void
set_paragraph (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  body->state->in_table = FALSE;
  body->state->nesting = 0;
  body->state->style = -1;
  body->state->outline = ATTEST_RTF_NO_OUTLINE;
}

static void
set_in_table (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  body->state->in_table = TRUE;
}

static void
set_nesting (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  body->state->nesting = (guint)CLAMP (body->token.value, 0, ATTEST_MAX_RTF_DEPTH);
}

static void
set_style (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  body->state->style = body->token.value;
}

static void
set_outline (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  body->state->outline = CLAMP (body->token.value, 0, 9);
}

static void
set_fallback (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  body->state->n_fallback = (guint)CLAMP (body->token.value, 0, 100);
}

static void
set_default_font (AttestRtfBody *body, const char *argument G_GNUC_UNUSED)
{
  body->default_font = body->token.value;
  body->state->font = body->token.value;
}

static void
set_codepage (AttestRtfBody *body, const char *argument)
{
  if (argument != NULL)
    body->report->codepage = (guint)g_ascii_strtoull (argument, NULL, 10);
  else if (body->token.value > 0)
    body->report->codepage = (guint)body->token.value;
}

/* Sorted by name. */
static const struct Word
{
  const char *name;
  Handler *handler;
  const char *argument;
} words[] = {
  { "af", set_associated_font, NULL },
  { "annotation", skip_comment, NULL },
  { "ansicpg", set_codepage, NULL },
  { "b", set_bold, NULL },
  { "bullet", put, "•" },
  { "cell", end_cell, NULL },
  { "cellx", define_cell, NULL },
  { "colortbl", to_nothing, NULL },
  { "column", end_page, NULL },
  { "dbch", set_double_byte, "y" },
  { "deff", set_default_font, NULL },
  { "deleted", set_deleted, NULL },
  { "do", stay, NULL },
  { "dptxbxtext", to_box, NULL },
  { "emdash", put, "—" },
  { "emspace", put, "\u2003" },
  { "endash", put, "–" },
  { "enspace", put, "\u2002" },
  { "f", set_font, NULL },
  { "falt", to_nothing, NULL },
  { "filetbl", to_nothing, NULL },
  { "fldinst", to_nothing, NULL },
  { "fldrslt", stay, NULL },
  { "fonttbl", to_fonts, NULL },
  { "footer", to_nothing, NULL },
  { "footerf", to_nothing, NULL },
  { "footerl", to_nothing, NULL },
  { "footerr", to_nothing, NULL },
  { "footnote", to_note, NULL },
  { "ftncn", to_nothing, NULL },
  { "ftnsep", to_nothing, NULL },
  { "ftnsepc", to_nothing, NULL },
  { "header", to_nothing, NULL },
  { "headerf", to_nothing, NULL },
  { "headerl", to_nothing, NULL },
  { "headerr", to_nothing, NULL },
  { "hich", set_double_byte, "n" },
  { "i", set_italic, NULL },
  { "info", to_info, NULL },
  { "intbl", set_in_table, NULL },
  { "itap", set_nesting, NULL },
  { "lbr", put_space, "\n" },
  { "ldblquote", put, "“" },
  { "line", put_space, "\n" },
  { "listtext", stay, NULL },
  { "loch", set_double_byte, "n" },
  { "lquote", put, "‘" },
  { "ltrmark", put, "\u200E" },
  { "mac", set_codepage, "10000" },
  { "moMath", skip_formula, NULL },
  { "moMathPara", skip_formula, NULL },
  { "mvf", set_deleted, NULL },
  { "nestcell", end_nested_cell, NULL },
  { "nestrow", end_nested_row, NULL },
  { "nesttableprops", to_nested_props, NULL },
  { "nonesttables", to_nothing, NULL },
  { "nonshppict", to_nothing, NULL },
  { "objclass", to_nothing, NULL },
  { "objdata", to_nothing, NULL },
  { "objname", to_nothing, NULL },
  { "outlinelevel", set_outline, NULL },
  { "page", end_page, NULL },
  { "par", end_paragraph, NULL },
  { "pard", set_paragraph, NULL },
  { "pc", set_codepage, "437" },
  { "pca", set_codepage, "850" },
  { "pict", to_nothing, NULL },
  { "plain", set_plain, NULL },
  { "pntext", stay, NULL },
  { "private", to_nothing, NULL },
  { "qmspace", put, "\u2005" },
  { "rdblquote", put, "”" },
  { "result", stay, NULL },
  { "row", end_row, NULL },
  { "rquote", put, "’" },
  { "rtlmark", put, "\u200F" },
  { "rxe", to_nothing, NULL },
  { "s", set_style, NULL },
  { "sect", end_page, NULL },
  { "shpinst", stay, NULL },
  { "shprslt", to_nothing, NULL },
  { "shptxt", to_box, NULL },
  { "sn", to_nothing, NULL },
  { "softline", stay, NULL },
  { "stylesheet", to_styles, NULL },
  { "sv", to_nothing, NULL },
  { "tab", put_space, "\t" },
  { "tc", to_nothing, NULL },
  { "trowd", define_row, NULL },
  { "txe", to_nothing, NULL },
  { "u", take_unicode, NULL },
  { "uc", set_fallback, NULL },
  { "ud", to_unicode, NULL },
  { "upr", to_alternatives, NULL },
  { "v", set_hidden, NULL },
  { "xe", to_nothing, NULL },
  { "zwj", put, "\u200D" },
  { "zwnj", put, "\u200C" },
};

/* Children of \info. */
static const struct Word info_words[] = {
  { "author", to_metadata, "author" },
  { "title", to_metadata, "title" },
};

static int
compare_word (const void *key, const void *word)
{
  return strcmp (key, ((const struct Word *)word)->name);
}

static const struct Word *
find_word (const char *name, const struct Word *list, gsize n)
{
  return bsearch (name, list, n, sizeof list[0], compare_word);
}

void
attest_rtf_run_word (AttestRtfBody *body)
{
  const struct Word *word = find_word (body->token.name, words, G_N_ELEMENTS (words));
  gboolean star = body->state->star;

  body->state->star = FALSE;
  if (body->state->to == ATTEST_RTF_TO_NOTHING)
    return;
  if (body->state->to == ATTEST_RTF_TO_FONTS)
    attest_rtf_fonts_font_word (body->fonts, body->token.name, body->token.value);
  else if (body->state->to == ATTEST_RTF_TO_STYLES)
    attest_rtf_fonts_style_word (body->fonts, body->token.name, body->token.value);
  if (body->state->to == ATTEST_RTF_TO_INFO)
    {
      word = find_word (body->token.name, info_words, G_N_ELEMENTS (info_words));
      star |= word == NULL;
    }
  if (word == NULL)
    {
      if (star)
        to_nothing (body, NULL);
      body->to_skip = 0;
      return;
    }
  if (word->handler != put && word->handler != put_space)
    body->to_skip = 0;
  word->handler (body, word->argument);
}

void
attest_rtf_end_paragraph (AttestRtfBody *body)
{
  end_paragraph (body, NULL);
}
