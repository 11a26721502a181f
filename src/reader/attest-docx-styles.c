#include "reader/attest-docx-styles.h"

#include <string.h>

#include "reader/attest-symbols.h"

/* Styles based on each other in a circle are damage; a real chain is 3 or 4 long. */
#define MAX_CHAIN 32

typedef struct
{
  char *based_on;
  gboolean heading; /* by its name; most heading styles have an outline level too */
  AttestDocxRunProps run;
  AttestDocxParagraphProps paragraph;
} Style;

struct _AttestDocxStyles
{
  GHashTable *by_id;       /* id → Style */
  char *default_paragraph; /* id, or NULL */
  AttestDocxRunProps defaults;
};

void
attest_docx_run_props_clear (AttestDocxRunProps *props)
{
  g_clear_pointer (&props->style, g_free);
  g_clear_pointer (&props->symbols, g_free);
}

void
attest_docx_paragraph_props_clear (AttestDocxParagraphProps *props)
{
  g_clear_pointer (&props->style, g_free);
  g_clear_pointer (&props->list, g_free);
}

static void
replace (char **field, char *value)
{
  g_free (*field);
  *field = value;
}

static void
read_font (const AttestXml *xml, AttestDocxRunProps *props)
{
  const char *font = attest_xml_attribute (xml, "ascii");

  if (attest_symbols_is_font (font))
    replace (&props->symbols, g_strdup (font));
}

static void
read_toggle (const AttestXml *xml, AttestDocxRunProps *props, AttestDocxToggle toggle)
{
  props->toggles[toggle] = attest_xml_get_toggle (xml) ? ATTEST_DOCX_ON : ATTEST_DOCX_OFF;
}

gboolean
attest_docx_run_props_read (AttestXml *xml, AttestDocxRunProps *props, GError **error)
{
  gboolean good = TRUE;

  while (good && attest_xml_next_element (xml, &good, error))
    {
      if (attest_xml_is (xml, "b"))
        read_toggle (xml, props, ATTEST_DOCX_BOLD);
      else if (attest_xml_is (xml, "i"))
        read_toggle (xml, props, ATTEST_DOCX_ITALIC);
      else if (attest_xml_is (xml, "vanish"))
        read_toggle (xml, props, ATTEST_DOCX_VANISH);
      else if (attest_xml_is (xml, "rFonts"))
        read_font (xml, props);
      else if (attest_xml_is (xml, "rStyle"))
        replace (&props->style, attest_xml_dup_attribute (xml, "val"));
      good = attest_xml_skip (xml, error); /* w:rPrChange holds what was before */
    }
  return good;
}

static gboolean
read_number (AttestXml *xml, AttestDocxParagraphProps *props, GError **error)
{
  gboolean good = TRUE;

  while (good && attest_xml_next_element (xml, &good, error))
    {
      if (attest_xml_is (xml, "numId"))
        replace (&props->list, attest_xml_dup_attribute (xml, "val"));
      else if (attest_xml_is (xml, "ilvl"))
        {
          const char *level = attest_xml_attribute (xml, "val");

          if (level != NULL && g_ascii_isdigit (level[0]))
            props->list_level = level[0] - '0';
        }
      good = attest_xml_skip (xml, error);
    }
  return good;
}

/* The w:rPr inside a w:pPr formats the paragraph mark, not the text; it matters only whether the
 * mark is deleted, or hidden for good (Word's separator of styles in one line). */
static gboolean
read_mark (AttestXml *xml, AttestDocxParagraphProps *props, GError **error)
{
  gboolean good = TRUE;

  while (good && attest_xml_next_element (xml, &good, error))
    {
      if (attest_xml_is (xml, "del") || attest_xml_is (xml, "moveFrom")
          || attest_xml_is (xml, "specVanish"))
        props->mark_joins = TRUE;
      good = attest_xml_skip (xml, error);
    }
  return good;
}

static gboolean
read_paragraph_prop (AttestXml *xml, AttestDocxParagraphProps *props, GError **error)
{
  if (attest_xml_is (xml, "numPr"))
    return read_number (xml, props, error);
  if (attest_xml_is (xml, "rPr"))
    return read_mark (xml, props, error);
  if (attest_xml_is (xml, "sectPr"))
    {
      props->ends_section = TRUE;
      return attest_docx_section_read (xml, &props->numbers, error);
    }
  if (attest_xml_is (xml, "pStyle"))
    replace (&props->style, attest_xml_dup_attribute (xml, "val"));
  else if (attest_xml_is (xml, "outlineLvl"))
    {
      g_autofree char *level = attest_xml_dup_attribute (xml, "val");

      if (level != NULL && g_ascii_isdigit (level[0]))
        props->outline_level = level[0] - '0';
    }
  return attest_xml_skip (xml, error);
}

gboolean
attest_docx_section_read (AttestXml *xml, AttestDocxNumbers *out_numbers, GError **error)
{
  gboolean good = TRUE;

  *out_numbers = ATTEST_DOCX_PAGES_GO_ON;
  while (good && attest_xml_next_element (xml, &good, error))
    {
      if (attest_xml_is (xml, "pgNumType"))
        {
          g_autofree char *start = attest_xml_dup_attribute (xml, "start");
          g_autofree char *format = attest_xml_dup_attribute (xml, "fmt");

          if ((start != NULL && strcmp (start, "1") != 0)
              || (format != NULL && strcmp (format, "decimal") != 0))
            *out_numbers = ATTEST_DOCX_PAGES_RENUMBERED;
          else if (start != NULL)
            *out_numbers = ATTEST_DOCX_PAGES_FROM_1;
        }
      good = attest_xml_skip (xml, error);
    }
  return good;
}

gboolean
attest_docx_paragraph_props_read (AttestXml *xml, AttestDocxParagraphProps *props, GError **error)
{
  gboolean good = TRUE;

  while (good && attest_xml_next_element (xml, &good, error))
    {
      good = read_paragraph_prop (xml, props, error);
    }
  return good;
}

static void
style_free (Style *style)
{
  g_free (style->based_on);
  attest_docx_run_props_clear (&style->run);
  attest_docx_paragraph_props_clear (&style->paragraph);
  g_free (style);
}

static gboolean
read_style_prop (AttestXml *xml, Style *style, GError **error)
{
  if (attest_xml_is (xml, "rPr"))
    return attest_docx_run_props_read (xml, &style->run, error);
  if (attest_xml_is (xml, "pPr"))
    return attest_docx_paragraph_props_read (xml, &style->paragraph, error);
  if (attest_xml_is (xml, "basedOn"))
    replace (&style->based_on, attest_xml_dup_attribute (xml, "val"));
  else if (attest_xml_is (xml, "name"))
    {
      g_autofree char *name = attest_xml_dup_attribute (xml, "val");

      /* Built-in styles keep their English names in the file, whatever the language. */
      if (name != NULL)
        style->heading = g_ascii_strcasecmp (name, "title") == 0
                         || g_ascii_strcasecmp (name, "subtitle") == 0
                         || g_ascii_strncasecmp (name, "heading ", 8) == 0;
    }
  return attest_xml_skip (xml, error);
}

static gboolean
read_style (AttestDocxStyles *styles, AttestXml *xml, GError **error)
{
  g_autofree char *id = attest_xml_dup_attribute (xml, "styleId");
  g_autofree char *type = attest_xml_dup_attribute (xml, "type");
  g_autofree char *is_default = attest_xml_dup_attribute (xml, "default");
  Style *style;
  gboolean good = TRUE;

  if (id == NULL)
    return attest_xml_skip (xml, error);
  style = g_new0 (Style, 1);
  style->paragraph.outline_level = style->paragraph.list_level = -1;
  if (g_strcmp0 (type, "paragraph") == 0 && is_default != NULL && strcmp (is_default, "0") != 0
      && strcmp (is_default, "false") != 0)
    replace (&styles->default_paragraph, g_strdup (id));
  g_hash_table_replace (styles->by_id, g_steal_pointer (&id), style);
  while (good && attest_xml_next_element (xml, &good, error))
    {
      good = read_style_prop (xml, style, error);
    }
  return good;
}

/* Elements between the root and those that are wanted are simply entered. */
static gboolean
read_styles (AttestDocxStyles *styles, AttestXml *xml, GError **error)
{
  AttestXmlEvent event;

  while ((event = attest_xml_next (xml, error)) != ATTEST_XML_EOF)
    {
      if (event == ATTEST_XML_ERROR)
        return FALSE;
      if (event != ATTEST_XML_START)
        continue;
      if (attest_xml_is (xml, "style") && !read_style (styles, xml, error))
        return FALSE;
      if (attest_xml_is (xml, "rPr") /* below w:docDefaults/w:rPrDefault */
          && !attest_docx_run_props_read (xml, &styles->defaults, error))
        return FALSE;
    }
  return TRUE;
}

AttestDocxStyles *
attest_docx_styles_new (AttestXml *xml, GError **error)
{
  g_autoptr (AttestDocxStyles) styles = g_new0 (AttestDocxStyles, 1);

  styles->by_id
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)style_free);
  if (xml != NULL && !read_styles (styles, xml, error))
    return NULL;
  return g_steal_pointer (&styles);
}

void
attest_docx_styles_free (AttestDocxStyles *styles)
{
  if (styles == NULL)
    return;
  g_hash_table_unref (styles->by_id);
  g_free (styles->default_paragraph);
  attest_docx_run_props_clear (&styles->defaults);
  g_free (styles);
}

static const Style *
find_style (const AttestDocxStyles *styles, const char *id)
{
  return id != NULL ? g_hash_table_lookup (styles->by_id, id) : NULL;
}

static const Style *
paragraph_style (const AttestDocxStyles *styles, const AttestDocxParagraphProps *paragraph)
{
  const Style *style = find_style (styles, paragraph->style);

  return style != NULL ? style : find_style (styles, styles->default_paragraph);
}

static gboolean
chain_is_on (const AttestDocxStyles *styles, const Style *style, AttestDocxToggle toggle)
{
  for (guint i = 0; style != NULL && i < MAX_CHAIN; i++)
    {
      if (style->run.toggles[toggle] != ATTEST_DOCX_UNSET)
        return style->run.toggles[toggle] == ATTEST_DOCX_ON;
      style = find_style (styles, style->based_on);
    }
  return FALSE;
}

gboolean
attest_docx_styles_is_on (const AttestDocxStyles *styles, AttestDocxToggle toggle,
                          const AttestDocxParagraphProps *paragraph, const AttestDocxRunProps *run)
{
  gboolean by_paragraph, by_run;

  if (run->toggles[toggle] != ATTEST_DOCX_UNSET)
    return run->toggles[toggle] == ATTEST_DOCX_ON;
  if (styles->defaults.toggles[toggle] == ATTEST_DOCX_ON)
    return TRUE;
  by_paragraph = chain_is_on (styles, paragraph_style (styles, paragraph), toggle);
  by_run = chain_is_on (styles, find_style (styles, run->style), toggle);
  return by_paragraph != by_run;
}

gboolean
attest_docx_styles_is_heading (const AttestDocxStyles *styles,
                               const AttestDocxParagraphProps *paragraph)
{
  const Style *style = paragraph_style (styles, paragraph);

  if (paragraph->outline_level >= 0)
    return paragraph->outline_level < 9;
  for (guint i = 0; style != NULL && i < MAX_CHAIN; i++)
    {
      if (style->heading)
        return TRUE;
      if (style->paragraph.outline_level >= 0)
        return style->paragraph.outline_level < 9;
      style = find_style (styles, style->based_on);
    }
  return FALSE;
}

const char *
attest_docx_styles_list (const AttestDocxStyles *styles, const AttestDocxParagraphProps *paragraph,
                         int *out_level, const char **out_style)
{
  const Style *style = paragraph_style (styles, paragraph);
  const char *list = paragraph->list;

  *out_level = paragraph->list_level;
  *out_style = paragraph->style;
  for (guint i = 0; list == NULL && style != NULL && i < MAX_CHAIN; i++)
    {
      list = style->paragraph.list;
      if (*out_level < 0)
        *out_level = style->paragraph.list_level;
      style = find_style (styles, style->based_on);
    }
  return list == NULL || strcmp (list, "0") == 0 ? NULL : list;
}
