#include "reader/attest-odt-styles.h"

#include <string.h>

/* Styles that are their own ancestors are damage; a real chain is 3 or 4 long. */
#define MAX_CHAIN 32

typedef struct
{
  char *parent;
  int toggles[ATTEST_ODT_N_TOGGLES]; /* -1: not said */
} Style;

struct _AttestOdtStyles
{
  GHashTable *by_key; /* "family/name" → Style */
};

static void
style_free (Style *style)
{
  g_free (style->parent);
  g_free (style);
}

AttestOdtStyles *
attest_odt_styles_new (void)
{
  AttestOdtStyles *styles = g_new0 (AttestOdtStyles, 1);

  styles->by_key
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)style_free);
  return styles;
}

void
attest_odt_styles_free (AttestOdtStyles *styles)
{
  if (styles == NULL)
    return;
  g_hash_table_unref (styles->by_key);
  g_free (styles);
}

/* style:text-properties */
static void
read_text_properties (const AttestXml *xml, Style *style)
{
  const char *weight = attest_xml_attribute (xml, "font-weight");
  const char *slant = attest_xml_attribute (xml, "font-style");
  const char *display = attest_xml_attribute (xml, "display");

  if (weight != NULL)
    style->toggles[ATTEST_ODT_BOLD]
        = strcmp (weight, "bold") == 0 || g_ascii_strtoull (weight, NULL, 10) >= 600;
  if (slant != NULL)
    style->toggles[ATTEST_ODT_ITALIC] = strcmp (slant, "normal") != 0;
  if (display != NULL)
    style->toggles[ATTEST_ODT_HIDDEN] = strcmp (display, "none") == 0;
}

gboolean
attest_odt_styles_read (AttestOdtStyles *styles, AttestXml *xml, GError **error)
{
  const char *family = attest_xml_attribute (xml, "family");
  const char *name = attest_xml_attribute (xml, "name");
  Style *style;
  gboolean good = TRUE;

  if (family == NULL || name == NULL)
    return attest_xml_skip (xml, error);
  style = g_new0 (Style, 1);
  style->parent = attest_xml_dup_attribute (xml, "parent-style-name");
  for (guint i = 0; i < ATTEST_ODT_N_TOGGLES; i++)
    style->toggles[i] = -1;
  g_hash_table_replace (styles->by_key, g_strconcat (family, "/", name, NULL), style);
  while (good && attest_xml_next_element (xml, &good, error))
    {
      if (attest_xml_is (xml, "text-properties"))
        read_text_properties (xml, style);
      good = attest_xml_skip (xml, error);
    }
  return good;
}

int
attest_odt_styles_get (const AttestOdtStyles *styles, const char *family, const char *style,
                       AttestOdtToggle toggle)
{
  for (guint i = 0; style != NULL && i < MAX_CHAIN; i++)
    {
      g_autofree char *key = g_strconcat (family, "/", style, NULL);
      const Style *found = g_hash_table_lookup (styles->by_key, key);

      if (found == NULL)
        return -1;
      if (found->toggles[toggle] >= 0)
        return found->toggles[toggle];
      style = found->parent;
    }
  return -1;
}
