/* attest-docx-inline: what stands in the runs of a paragraph. */
#include <string.h>

#include "reader/attest-docx-private.h"
#include "reader/attest-symbols.h"

static gboolean
run_is_on (const AttestDocxBody *body, AttestDocxToggle toggle)
{
  static const AttestDocxRunProps no_run = ATTEST_DOCX_RUN_PROPS_INIT;
  static const AttestDocxParagraphProps no_paragraph = ATTEST_DOCX_PARAGRAPH_PROPS_INIT;

  return attest_docx_styles_is_on (body->context->styles, toggle,
                                   body->paragraph != NULL ? body->paragraph : &no_paragraph,
                                   body->run != NULL ? body->run : &no_run);
}

static void
append_text (AttestDocxBody *body, const char *text)
{
  guint type = ATTEST_FLOW_PLAIN;
  gboolean heading;

  if (*text == '\0')
    return;
  if (run_is_on (body, ATTEST_DOCX_VANISH))
    {
      body->context->findings->n_hidden++;
      return;
    }
  /* A heading is bold by nature: that says nothing about a label. */
  heading = body->paragraph != NULL
            && attest_docx_styles_is_heading (body->context->styles, body->paragraph);
  if (!heading && run_is_on (body, ATTEST_DOCX_BOLD))
    type |= ATTEST_FLOW_BOLD;
  if (!heading && run_is_on (body, ATTEST_DOCX_ITALIC))
    type |= ATTEST_FLOW_ITALIC;
  attest_flow_append (body->flow, text, type);
  body->n_texts++;
}

static gboolean
has_symbols (const char *text)
{
  /* U+F020 to U+F0FF are EF 80 A0 to EF 83 BF. */
  for (const char *p = strchr (text, '\xEF'); p != NULL; p = strchr (p + 1, '\xEF'))
    if ((guchar)p[1] >= 0x80 && (guchar)p[1] <= 0x83)
      return TRUE;
  return FALSE;
}

/* Appends what a symbol shows, or U+FFFD. */
static void
append_symbol (AttestDocxBody *body, GString *out, const char *font, guint code)
{
  const char *text = attest_symbols_find (font, code);

  body->context->findings->n_symbols += text == NULL;
  g_string_append (out, text != NULL ? text : "\uFFFD");
}

/* Text of a run may hold the private codes of symbol fonts; without a font, they are Symbol's. */
static void
append_with_symbols (AttestDocxBody *body, const char *text)
{
  const char *font
      = body->run != NULL && body->run->symbols != NULL ? body->run->symbols : "Symbol";
  g_autoptr (GString) clean = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c >= 0xF020 && c <= 0xF0FF)
        append_symbol (body, clean, font, c);
      else
        g_string_append_unichar (clean, c);
    }
  append_text (body, clean->str);
}

gboolean
attest_docx_read_text (AttestDocxBody *body, GError **error)
{
  AttestXmlEvent event;

  g_string_truncate (body->scratch, 0);
  while ((event = attest_xml_next_child (body->xml, error)) != ATTEST_XML_END)
    {
      if (event == ATTEST_XML_ERROR)
        return FALSE;
      if (event == ATTEST_XML_TEXT)
        g_string_append (body->scratch, attest_xml_text (body->xml));
      else if (!attest_xml_skip (body->xml, error))
        return FALSE;
    }
  if (has_symbols (body->scratch->str))
    append_with_symbols (body, body->scratch->str);
  else
    append_text (body, body->scratch->str);
  return TRUE;
}

/* White space elements count inside a run only: w:tab is also a tab stop of a paragraph. */
static gboolean
append_space (AttestDocxBody *body, char space, GError **error)
{
  if (body->run != NULL && !run_is_on (body, ATTEST_DOCX_VANISH))
    g_string_append_c (body->flow->text, space);
  return attest_docx_skip (body, error);
}

gboolean
attest_docx_read_tab (AttestDocxBody *body, GError **error)
{
  return append_space (body, '\t', error);
}

gboolean
attest_docx_read_break (AttestDocxBody *body, GError **error)
{
  return append_space (body, '\n', error);
}

/* Where Word began a page when it saved the file; of text boxes and notes nobody counts them. */
gboolean
attest_docx_read_page_break (AttestDocxBody *body, GError **error)
{
  if (body->flow == body->main_flow)
    {
      g_autofree char *label = g_strdup_printf ("%u", ++body->context->findings->n_page_breaks + 1);

      attest_flow_begin_page (body->flow, label);
    }
  return attest_docx_skip (body, error);
}

gboolean
attest_docx_read_hyphen (AttestDocxBody *body, GError **error)
{
  append_text (body, "\u2011");
  return attest_docx_skip (body, error);
}

/* w:sym names a font and a code of it; that of an ordinary font is a code point. */
gboolean
attest_docx_read_symbol (AttestDocxBody *body, GError **error)
{
  const char *font = attest_xml_attribute (body->xml, "font");
  const char *hex = attest_xml_attribute (body->xml, "char");
  guint64 code = hex != NULL ? g_ascii_strtoull (hex, NULL, 16) : 0;
  gboolean is_private = code >= 0xF000 && code <= 0xF0FF;

  g_string_truncate (body->scratch, 0);
  if (attest_symbols_is_font (font) || code < 0x20 || code > 0x10FFFF
      || !g_unichar_validate ((gunichar)code))
    append_symbol (body, body->scratch, font, (guint)MIN (code, G_MAXUINT));
  else if (is_private)
    append_symbol (body, body->scratch, "Symbol", (guint)code);
  else
    g_string_append_unichar (body->scratch, (gunichar)code);
  append_text (body, body->scratch->str);
  return attest_docx_skip (body, error);
}

/* --- fields --------------------------------------------------------------------------------- */

/* Reads w:checkBox; "1" in w:checked goes before what w:default says. */
static gboolean
read_check_box (AttestDocxBody *body, char **out_form, GError **error)
{
  gboolean by_default = FALSE, checked = FALSE, said = FALSE;
  gboolean good = TRUE;

  while (good && attest_xml_next_element (body->xml, &good, error))
    {
      if (attest_xml_is (body->xml, "default"))
        by_default = attest_xml_get_toggle (body->xml);
      if (attest_xml_is (body->xml, "checked"))
        {
          said = TRUE;
          checked = attest_xml_get_toggle (body->xml);
        }
      good = attest_docx_skip (body, error);
    }
  g_free (*out_form);
  *out_form = g_strdup ((said ? checked : by_default) ? "\u2612" : "\u2610");
  return good;
}

/* Reads w:ddList: the entry that is chosen. */
static gboolean
read_list (AttestDocxBody *body, char **out_form, GError **error)
{
  guint64 chosen = 0, n = 0;
  gboolean said = FALSE;
  gboolean good = TRUE;

  while (good && attest_xml_next_element (body->xml, &good, error))
    {
      const char *value;

      value = attest_xml_attribute (body->xml, "val");
      if (value != NULL
          && (attest_xml_is (body->xml, "result")
              || (!said && attest_xml_is (body->xml, "default"))))
        {
          said = TRUE;
          chosen = g_ascii_strtoull (value, NULL, 10);
        }
      else if (value != NULL && attest_xml_is (body->xml, "listEntry") && n++ == chosen)
        {
          g_free (*out_form);
          *out_form = g_strdup (value);
        }
      good = attest_docx_skip (body, error);
    }
  return good;
}

/* w:ffData: what a form field shows is in its data, not in the text. */
static gboolean
read_form (AttestDocxBody *body, char **out_form, GError **error)
{
  gboolean good = TRUE;

  while (good && attest_xml_next_element (body->xml, &good, error))
    {
      if (attest_xml_is (body->xml, "checkBox"))
        good = read_check_box (body, out_form, error);
      else if (attest_xml_is (body->xml, "ddList"))
        good = read_list (body, out_form, error);
      else
        good = attest_docx_skip (body, error);
    }
  return good;
}

void
attest_docx_end_codes (AttestDocxBody *body)
{
  for (guint i = 0; i < MIN (body->n_fields, ATTEST_DOCX_MAX_FIELDS); i++)
    body->fields[i].in_result = TRUE;
}

void
attest_docx_close_fields (AttestDocxBody *body)
{
  for (guint i = 0; i < MIN (body->n_fields, ATTEST_DOCX_MAX_FIELDS); i++)
    g_clear_pointer (&body->fields[i].form, g_free);
  body->n_fields = 0;
}

static AttestDocxField *
top_field (AttestDocxBody *body)
{
  return body->n_fields > 0 && body->n_fields <= ATTEST_DOCX_MAX_FIELDS
             ? &body->fields[body->n_fields - 1]
             : NULL;
}

/* Text in the code, such as the result of a field inside it, is not shown. */
static void
end_code (AttestDocxBody *body, AttestDocxField *field)
{
  if (!field->in_result && body->flow->text->len > field->start_byte)
    attest_flow_truncate (body->flow, field->start_byte);
  field->in_result = TRUE;
}

static void
end_field (AttestDocxBody *body)
{
  AttestDocxField *field = top_field (body);

  if (field != NULL)
    {
      end_code (body, field);
      if (field->form != NULL && body->flow->text->len <= field->start_byte)
        append_text (body, field->form);
      g_clear_pointer (&field->form, g_free);
    }
  if (body->n_fields > 0)
    body->n_fields--;
}

gboolean
attest_docx_read_field_char (AttestDocxBody *body, GError **error)
{
  g_autofree char *type = attest_xml_dup_attribute (body->xml, "fldCharType");
  g_autofree char *form = NULL;
  AttestDocxField *field;
  gboolean good = TRUE;

  while (good && attest_xml_next_element (body->xml, &good, error))
    {
      good = attest_xml_is (body->xml, "ffData") ? read_form (body, &form, error)
                                                 : attest_docx_skip (body, error);
    }
  if (g_strcmp0 (type, "begin") == 0)
    {
      body->n_fields++;
      field = top_field (body);
      if (field != NULL)
        *field = (AttestDocxField){ .start_byte = body->flow->text->len,
                                    .form = g_steal_pointer (&form) };
    }
  else if (g_strcmp0 (type, "separate") == 0 && (field = top_field (body)) != NULL)
    end_code (body, field);
  else if (g_strcmp0 (type, "end") == 0)
    end_field (body);
  return good;
}

/* --- references ----------------------------------------------------------------------------- */

gboolean
attest_docx_read_note_reference (AttestDocxBody *body, GError **error)
{
  const char *name = attest_xml_name (body->xml);
  const char *id = attest_xml_attribute (body->xml, "id");

  if (id != NULL)
    g_hash_table_add (
        body->context->findings->notes,
        g_strdup_printf ("%.*s %s", (int)(strstr (name, "Reference") - name), name, id));
  return attest_docx_skip (body, error);
}

/* Counts the lines of the main text so far; only what is new since the last time. */
static guint
line_of_main_text (AttestDocxBody *body)
{
  const GString *text = body->main_flow->text;

  body->lines_byte = MIN (body->lines_byte, text->len);
  for (; body->lines_byte < text->len; body->lines_byte++)
    body->n_lines += text->str[body->lines_byte] == '\n';
  return body->n_lines + 1;
}

gboolean
attest_docx_read_comment_end (AttestDocxBody *body, GError **error)
{
  const char *id = attest_xml_attribute (body->xml, "id");

  if (id != NULL && !g_hash_table_contains (body->context->findings->comments, id))
    g_hash_table_insert (body->context->findings->comments, g_strdup (id),
                         GUINT_TO_POINTER (line_of_main_text (body)));
  return attest_docx_skip (body, error);
}

gboolean
attest_docx_read_run (AttestDocxBody *body, GError **error)
{
  g_auto (AttestDocxRunProps) props = ATTEST_DOCX_RUN_PROPS_INIT;
  AttestDocxRunProps *outer = body->run;
  gboolean good;

  body->run = &props;
  good = attest_docx_read_children (body, error);
  body->run = outer;
  return good;
}
