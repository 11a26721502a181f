#include "reader/attest-docx-numbering.h"

#include <string.h>

/* Counts of a list beyond this are damage; the number is shown as it is, and stays short. */
#define MAX_COUNT 1000000

typedef struct
{
  char *format;   /* w:numFmt, NULL: decimal */
  char *text;     /* w:lvlText: "%1.", or NULL */
  char *style;    /* w:pStyle, or NULL */
  guint start;    /* the first count */
  gboolean known; /* said by the file */
} Level;

/* w:abstractNum: how a list looks, and how far it has counted. */
typedef struct
{
  Level levels[ATTEST_DOCX_LIST_LEVELS];
  guint counts[ATTEST_DOCX_LIST_LEVELS];
  gboolean begun[ATTEST_DOCX_LIST_LEVELS];
  char *link; /* w:numStyleLink: it looks as the one of this list style does; or NULL */
} Look;

/* w:num: a list, by the id that paragraphs name. */
typedef struct
{
  char *look; /* w:abstractNumId */
  Level overrides[ATTEST_DOCX_LIST_LEVELS];
  gboolean restarts[ATTEST_DOCX_LIST_LEVELS]; /* w:startOverride, until the list begins */
  guint starts[ATTEST_DOCX_LIST_LEVELS];
} List;

struct _AttestDocxNumbering
{
  GHashTable *looks;  /* id → Look */
  GHashTable *styles; /* list style → Look, borrowed; by w:styleLink */
  GHashTable *lists;  /* id → List */
};

static void
level_clear (Level *level)
{
  g_free (level->format);
  g_free (level->text);
  g_free (level->style);
}

static void
look_free (Look *look)
{
  for (guint i = 0; i < ATTEST_DOCX_LIST_LEVELS; i++)
    level_clear (&look->levels[i]);
  g_free (look->link);
  g_free (look);
}

static void
list_free (List *list)
{
  for (guint i = 0; i < ATTEST_DOCX_LIST_LEVELS; i++)
    level_clear (&list->overrides[i]);
  g_free (list->look);
  g_free (list);
}

static guint
number_attribute (const AttestXml *xml, const char *name, guint missing, guint max)
{
  const char *value = attest_xml_attribute (xml, name);

  return value != NULL ? (guint)MIN (g_ascii_strtoull (value, NULL, 10), max) : missing;
}

static gboolean
read_level (AttestXml *xml, Level *level, GError **error)
{
  gboolean good = TRUE;

  level_clear (level);
  *level = (Level){ .known = TRUE };
  while (good && attest_xml_next_element (xml, &good, error))
    {
      if (attest_xml_is (xml, "start"))
        level->start = number_attribute (xml, "val", 0, MAX_COUNT);
      else if (attest_xml_is (xml, "numFmt") && level->format == NULL)
        level->format = attest_xml_dup_attribute (xml, "val");
      else if (attest_xml_is (xml, "lvlText") && level->text == NULL)
        level->text = attest_xml_dup_attribute (xml, "val");
      else if (attest_xml_is (xml, "pStyle") && level->style == NULL)
        level->style = attest_xml_dup_attribute (xml, "val");
      good = attest_xml_skip (xml, error);
    }
  return good;
}

static gboolean
read_look (AttestDocxNumbering *numbering, AttestXml *xml, Look *look, GError **error)
{
  gboolean good = TRUE;

  while (good && attest_xml_next_element (xml, &good, error))
    {
      const char *style;
      guint i;

      style = attest_xml_attribute (xml, "val");
      if (style != NULL && attest_xml_is (xml, "styleLink"))
        g_hash_table_replace (numbering->styles, g_strdup (style), look);
      else if (style != NULL && look->link == NULL && attest_xml_is (xml, "numStyleLink"))
        look->link = g_strdup (style);
      i = number_attribute (xml, "ilvl", 0, ATTEST_DOCX_LIST_LEVELS);
      good = attest_xml_is (xml, "lvl") && i < ATTEST_DOCX_LIST_LEVELS
                 ? read_level (xml, &look->levels[i], error)
                 : attest_xml_skip (xml, error);
    }
  return good;
}

static gboolean
read_override (AttestXml *xml, List *list, GError **error)
{
  guint i = number_attribute (xml, "ilvl", 0, ATTEST_DOCX_LIST_LEVELS);
  gboolean good = TRUE;

  if (i >= ATTEST_DOCX_LIST_LEVELS)
    return attest_xml_skip (xml, error);
  while (good && attest_xml_next_element (xml, &good, error))
    {
      if (attest_xml_is (xml, "startOverride"))
        {
          list->restarts[i] = TRUE;
          list->starts[i] = number_attribute (xml, "val", 0, MAX_COUNT);
        }
      good = attest_xml_is (xml, "lvl") ? read_level (xml, &list->overrides[i], error)
                                        : attest_xml_skip (xml, error);
    }
  return good;
}

static gboolean
read_list (AttestXml *xml, List *list, GError **error)
{
  gboolean good = TRUE;

  while (good && attest_xml_next_element (xml, &good, error))
    {
      if (attest_xml_is (xml, "abstractNumId") && list->look == NULL)
        list->look = attest_xml_dup_attribute (xml, "val");
      good = attest_xml_is (xml, "lvlOverride") ? read_override (xml, list, error)
                                                : attest_xml_skip (xml, error);
    }
  return good;
}

static gboolean
read_numbering (AttestDocxNumbering *numbering, AttestXml *xml, GError **error)
{
  AttestXmlEvent event;

  while ((event = attest_xml_next (xml, error)) != ATTEST_XML_EOF)
    {
      const char *id;

      if (event == ATTEST_XML_ERROR)
        return FALSE;
      if (event != ATTEST_XML_START)
        continue;
      if (attest_xml_is (xml, "abstractNum")
          && (id = attest_xml_attribute (xml, "abstractNumId")) != NULL)
        {
          Look *look;

          /* An id that comes again is damage; the list style must not lose its look. */
          if (g_hash_table_contains (numbering->looks, id))
            {
              if (!attest_xml_skip (xml, error))
                return FALSE;
              continue;
            }
          look = g_new0 (Look, 1);
          g_hash_table_insert (numbering->looks, g_strdup (id), look);
          if (!read_look (numbering, xml, look, error))
            return FALSE;
        }
      else if (attest_xml_is (xml, "num") && (id = attest_xml_attribute (xml, "numId")) != NULL)
        {
          List *list = g_new0 (List, 1);

          g_hash_table_replace (numbering->lists, g_strdup (id), list);
          if (!read_list (xml, list, error))
            return FALSE;
        }
    }
  return TRUE;
}

AttestDocxNumbering *
attest_docx_numbering_new (AttestXml *xml, GError **error)
{
  g_autoptr (AttestDocxNumbering) numbering = g_new0 (AttestDocxNumbering, 1);

  numbering->looks
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)look_free);
  numbering->styles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  numbering->lists
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)list_free);
  if (xml != NULL && !read_numbering (numbering, xml, error))
    return NULL;
  return g_steal_pointer (&numbering);
}

void
attest_docx_numbering_free (AttestDocxNumbering *numbering)
{
  if (numbering == NULL)
    return;
  g_hash_table_unref (numbering->styles);
  g_hash_table_unref (numbering->looks);
  g_hash_table_unref (numbering->lists);
  g_free (numbering);
}

/* (nullable) */
static Look *
find_look (const AttestDocxNumbering *numbering, const List *list)
{
  Look *look = list != NULL && list->look != NULL
                   ? g_hash_table_lookup (numbering->looks, list->look)
                   : NULL;
  Look *linked = look != NULL && look->link != NULL
                     ? g_hash_table_lookup (numbering->styles, look->link)
                     : NULL;

  return linked != NULL ? linked : look;
}

static const Level *
find_level (const List *list, const Look *look, guint i)
{
  return list->overrides[i].known ? &list->overrides[i] : &look->levels[i];
}

/* --- what a count looks like ---------------------------------------------------------------- */

static void
append_roman (GString *out, guint count, gboolean upper)
{
  static const struct
  {
    guint value;
    const char *digits;
  } parts[] = { { 1000, "m" }, { 900, "cm" }, { 500, "d" }, { 400, "cd" }, { 100, "c" },
                { 90, "xc" },  { 50, "l" },   { 40, "xl" }, { 10, "x" },   { 9, "ix" },
                { 5, "v" },    { 4, "iv" },   { 1, "i" } };
  gsize start = out->len;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    for (; count >= parts[i].value; count -= parts[i].value)
      g_string_append (out, parts[i].digits);
  for (gsize i = start; upper && i < out->len; i++)
    out->str[i] = g_ascii_toupper (out->str[i]);
}

/* a to z, then aa, bb and so on. */
static void
append_letters (GString *out, guint count, char first)
{
  for (guint n = (count - 1) / 26 + 1; n > 0; n--)
    g_string_append_c (out, (char)(first + (count - 1) % 26));
}

static void
append_count (GString *out, guint count, const char *format)
{
  gboolean short_enough = count > 0 && count < 4000;

  if (g_strcmp0 (format, "none") == 0 || g_strcmp0 (format, "bullet") == 0)
    return;
  if (short_enough && g_strcmp0 (format, "lowerLetter") == 0)
    append_letters (out, count, 'a');
  else if (short_enough && g_strcmp0 (format, "upperLetter") == 0)
    append_letters (out, count, 'A');
  else if (short_enough && g_strcmp0 (format, "lowerRoman") == 0)
    append_roman (out, count, FALSE);
  else if (short_enough && g_strcmp0 (format, "upperRoman") == 0)
    append_roman (out, count, TRUE);
  else if (g_strcmp0 (format, "decimalZero") == 0)
    g_string_append_printf (out, "%02u", count);
  else
    g_string_append_printf (out, "%u", count);
}

/* Letters in the text of the level itself, not in its counts. */
static gboolean
has_words (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      /* Symbol fonts keep their bullets in the private area; "o" is Word's hollow bullet. */
      if (g_unichar_isalpha (c) && strcmp (text, "o") != 0)
        return TRUE;
    }
  return FALSE;
}

static char *
format_number (const List *list, const Look *look, const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (*p == '%' && p[1] >= '1' && p[1] <= '9')
      {
        guint i = (guint)(*++p - '1');

        append_count (out, look->counts[i], find_level (list, look, i)->format);
      }
    else
      g_string_append_c (out, *p);
  return g_string_free (out, FALSE);
}

/* --- counting ------------------------------------------------------------------------------- */

static void
count_on (List *list, Look *look, guint level)
{
  if (list->restarts[level])
    {
      list->restarts[level] = FALSE;
      look->counts[level] = list->starts[level];
    }
  else if (!look->begun[level])
    look->counts[level] = find_level (list, look, level)->start;
  else if (look->counts[level] < MAX_COUNT)
    look->counts[level]++;
  look->begun[level] = TRUE;
  for (guint i = 0; i < level; i++)
    if (!look->begun[i])
      {
        look->begun[i] = TRUE;
        look->counts[i] = find_level (list, look, i)->start;
      }
  for (guint i = level + 1; i < ATTEST_DOCX_LIST_LEVELS; i++)
    look->begun[i] = FALSE;
}

AttestDocxNumberKind
attest_docx_numbering_next (AttestDocxNumbering *numbering, const char *id, guint level,
                            char **out_text)
{
  List *list = g_hash_table_lookup (numbering->lists, id);
  Look *look = find_look (numbering, list);
  const Level *shown;

  if (out_text != NULL)
    *out_text = NULL;
  if (look == NULL)
    return ATTEST_DOCX_NUMBER_BULLET; /* a list, of which no more is known */
  level = MIN (level, ATTEST_DOCX_LIST_LEVELS - 1);
  count_on (list, look, level);
  shown = find_level (list, look, level);
  if (shown->text == NULL || *shown->text == '\0')
    return ATTEST_DOCX_NUMBER_NONE;
  if (g_strcmp0 (shown->format, "bullet") != 0 || g_utf8_strlen (shown->text, -1) > 1)
    if (has_words (shown->text))
      {
        if (out_text != NULL)
          *out_text = format_number (list, look, shown->text);
        return ATTEST_DOCX_NUMBER_WORDS;
      }
  return g_strcmp0 (shown->format, "bullet") == 0 || strchr (shown->text, '%') == NULL
             ? ATTEST_DOCX_NUMBER_BULLET
             : ATTEST_DOCX_NUMBER_COUNT;
}

guint
attest_docx_numbering_style_level (const AttestDocxNumbering *numbering, const char *id,
                                   const char *style)
{
  const List *list = g_hash_table_lookup (numbering->lists, id);
  const Look *look = find_look (numbering, list);

  for (guint i = 0; look != NULL && style != NULL && i < ATTEST_DOCX_LIST_LEVELS; i++)
    if (g_strcmp0 (find_level (list, look, i)->style, style) == 0)
      return i;
  return 0;
}
