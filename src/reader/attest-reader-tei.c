/* Transcriptions of speech by the guidelines of the TEI, and ISO 24624: utterances <u who="#INT">,
 * with or without <annotationBlock>, and speeches <sp> of oral history. */
#include "reader/attest-reader-private.h"

#include <string.h>

#include "reader/attest-tei.h"
#include "util/attest-error.h"
#include "util/attest-limits.h"

/* Who speaks when, in an utterance or in all of a block. */
typedef struct
{
  char *who;
  guint start, end; /* points, or ATTEST_NO_POINT */
} Block;

static void
clear_speech (gpointer item)
{
  g_string_free (((TeiSpeech *)item)->text, TRUE);
}

static void
tei_init (Tei *tei, AttestDocument *doc)
{
  memset (tei, 0, sizeof *tei);
  tei->doc = doc;
  tei->timeline = attest_timeline_new ();
  tei->tiers = attest_tiers_new (doc, tei->timeline, ATTEST_TIERS_AS_ADDED);
  tei->by_who = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  tei->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  tei->scratch = g_string_new (NULL);
  tei->speeches = g_array_new (FALSE, FALSE, sizeof (TeiSpeech));
  g_array_set_clear_func (tei->speeches, clear_speech);
  tei->unit_ms = 1000;
  tei->origin_ms = ATTEST_NO_TIME;
}

static void
tei_clear (Tei *tei)
{
  attest_xml_free (tei->xml);
  attest_tiers_free (tei->tiers);
  attest_timeline_free (tei->timeline);
  g_hash_table_unref (tei->by_who);
  g_hash_table_unref (tei->by_name);
  g_string_free (tei->scratch, TRUE);
  g_array_unref (tei->speeches);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Tei, tei_clear)

gboolean
attest_tei_visit_children (Tei *tei, TeiVisit visit, gpointer data, GError **error)
{
  for (;;)
    switch (attest_xml_next_child (tei->xml, error))
      {
      case ATTEST_XML_START:
        if (!visit (tei, data, error))
          return FALSE;
        break;
      case ATTEST_XML_END:
        return TRUE;
      case ATTEST_XML_TEXT:
        if (tei->speeches->len > 0)
          attest_tei_speech_append (
              &g_array_index (tei->speeches, TeiSpeech, tei->speeches->len - 1),
              attest_xml_text (tei->xml));
        break;
      default:
        return FALSE;
      }
}

char *
attest_tei_dup_reference (Tei *tei, const char *attribute)
{
  char *value = attest_xml_dup_attribute (tei->xml, attribute);
  const char *hash;
  char *name;

  if (value == NULL)
    return NULL;
  g_strstrip (value);
  hash = strrchr (value, '#');
  if (hash == NULL && *value != '\0')
    return value;
  name = hash != NULL && hash[1] != '\0' ? g_strdup (hash + 1) : NULL;
  g_free (value);
  return name;
}

guint
attest_tei_point (Tei *tei, const char *attribute)
{
  g_autofree char *id = attest_tei_dup_reference (tei, attribute);

  return attest_timeline_point (tei->timeline, id);
}

/* "#A #B" → "A, B": who speaks in chorus. */
static char *
dup_who (Tei *tei)
{
  g_autofree char *value = attest_xml_dup_attribute (tei->xml, "who");
  g_auto (GStrv) parts = value != NULL ? g_strsplit_set (value, " \t\r\n", -1) : NULL;
  GString *who = g_string_new (NULL);

  for (char **part = parts; part != NULL && *part != NULL; part++)
    {
      const char *hash = strrchr (*part, '#');
      const char *name = hash != NULL ? hash + 1 : *part;

      if (*name != '\0')
        g_string_append_printf (who, "%s%s", who->len > 0 ? ", " : "", name);
    }
  return g_string_free (who, who->len == 0);
}

/* --- utterances ------------------------------------------------------------------------------ */

static guint
tier_of (Tei *tei, const char *who)
{
  const char *key = who != NULL ? who : "";
  gpointer known = g_hash_table_lookup (tei->by_who, key);
  guint tier;

  if (known != NULL)
    return GPOINTER_TO_UINT (known) - 1;
  tier = attest_tiers_add_tier (tei->tiers, key, who, attest_xml_line (tei->xml));
  g_hash_table_insert (tei->by_who, g_strdup (key), GUINT_TO_POINTER (tier + 1));
  return tier;
}

/* What the speech holds so far becomes an item. */
static gboolean
flush (Tei *tei, const Block *block, guint line, GError **error)
{
  TeiSpeech *speech = &g_array_index (tei->speeches, TeiSpeech, tei->speeches->len - 1);
  AttestItem item = { .start_point = block->start,
                      .end_point = block->end,
                      .start_ms = ATTEST_NO_TIME,
                      .end_ms = ATTEST_NO_TIME,
                      .line = line,
                      .text = speech->text->str,
                      .length_bytes = speech->text->len };
  gboolean ok;

  if (item.start_point == ATTEST_NO_POINT)
    item.start_point = speech->first_anchor;
  if (item.end_point == ATTEST_NO_POINT)
    item.end_point = speech->last_anchor;
  ok = speech->text->len == 0
       || attest_tiers_add (tei->tiers, tier_of (tei, block->who), &item, error);
  g_string_truncate (speech->text, 0);
  return ok;
}

static gboolean
read_utterance (Tei *tei, gpointer data, GError **error)
{
  const Block *outer = data;
  TeiSpeech speech = { .text = g_string_new (NULL),
                       .first_anchor = ATTEST_NO_POINT,
                       .last_anchor = ATTEST_NO_POINT };
  g_autofree char *who = dup_who (tei);
  Block block = { .who = who != NULL     ? who
                         : outer != NULL ? outer->who
                                         : NULL,
                  .start = attest_tei_point (tei, "start"),
                  .end = attest_tei_point (tei, "end") };
  guint line = attest_xml_line (tei->xml);
  gboolean ok;

  if (block.start == ATTEST_NO_POINT && outer != NULL)
    block.start = outer->start;
  if (block.end == ATTEST_NO_POINT && outer != NULL)
    block.end = outer->end;
  g_array_append_val (tei->speeches, speech);
  ok = attest_tei_visit_children (tei, attest_tei_read_speech, &block, error)
       && flush (tei, &block, line, error);
  g_array_set_size (tei->speeches, tei->speeches->len - 1);
  return ok;
}

/* <annotationBlock>, <u>'s envelope: what is no utterance in it says something about one. */
static gboolean
read_block_child (Tei *tei, gpointer data, GError **error)
{
  if (attest_xml_is (tei->xml, "u"))
    return read_utterance (tei, data, error);
  tei->n_spans++;
  return attest_xml_skip (tei->xml, error);
}

static gboolean
read_block (Tei *tei, GError **error)
{
  g_autofree char *who = dup_who (tei);
  Block block = { who, attest_tei_point (tei, "start"), attest_tei_point (tei, "end") };

  return attest_tei_visit_children (tei, read_block_child, &block, error);
}

/* --- <sp>, <speaker> ------------------------------------------------------------------------- */

static gboolean
read_speech_child (Tei *tei, gpointer data, GError **error)
{
  Block *block = data;

  if (!attest_xml_is (tei->xml, "speaker"))
    return attest_tei_read_speech (tei, data, error);
  g_string_truncate (tei->scratch, 0);
  if (!attest_xml_collect_text (tei->xml, tei->scratch, error))
    return FALSE;
  g_strstrip (tei->scratch->str);
  for (gsize n = strlen (tei->scratch->str);
       n > 0 && strchr (":.- ", tei->scratch->str[n - 1]) != NULL; n--)
    tei->scratch->str[n - 1] = '\0';
  /* The name that readers see; without one, the one that the reference had before, or it. */
  if (*tei->scratch->str == '\0')
    return TRUE;
  if (block->who != NULL && g_hash_table_size (tei->by_name) < ATTEST_MAX_SPEAKERS)
    g_hash_table_replace (tei->by_name, g_strdup (block->who), g_strdup (tei->scratch->str));
  g_free (block->who);
  block->who = g_strdup (tei->scratch->str);
  return TRUE;
}

static gboolean
read_sp (Tei *tei, GError **error)
{
  TeiSpeech speech = { .text = g_string_new (NULL),
                       .first_anchor = ATTEST_NO_POINT,
                       .last_anchor = ATTEST_NO_POINT };
  Block block = { dup_who (tei), attest_tei_point (tei, "start"), attest_tei_point (tei, "end") };
  guint line = attest_xml_line (tei->xml);
  const char *name;
  gboolean ok;

  g_array_append_val (tei->speeches, speech);
  ok = attest_tei_visit_children (tei, read_speech_child, &block, error);
  name = block.who != NULL ? g_hash_table_lookup (tei->by_name, block.who) : NULL;
  if (name != NULL)
    {
      g_free (block.who);
      block.who = g_strdup (name);
    }
  ok = ok && flush (tei, &block, line, error);
  g_array_set_size (tei->speeches, tei->speeches->len - 1);
  g_free (block.who);
  return ok;
}

/* --- the document ---------------------------------------------------------------------------- */

static gboolean
has_words (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

/* Text outside of all utterances: headings, notes, events. */
static gboolean
pass_over (Tei *tei, GError **error)
{
  guint line = attest_xml_line (tei->xml);

  g_string_truncate (tei->scratch, 0);
  if (!attest_xml_collect_text (tei->xml, tei->scratch, error))
    return FALSE;
  if (has_words (tei->scratch->str) && tei->n_outside++ == 0)
    tei->first_outside = line;
  return TRUE;
}

static gboolean
read_part (Tei *tei, gpointer data, GError **error)
{
  static const char *const parts[]
      = { "TEI",      "TEI.2",         "text", "group", "body", "front", "back",
          "div",      "div0",          "div1", "div2",  "div3", "div4",  "floatingText",
          "standOff", "annotationGrp", "list", "item",  "q" };

  if (attest_xml_is (tei->xml, "teiHeader"))
    return attest_tei_read_header (tei, error);
  if (attest_xml_is (tei->xml, "timeline"))
    return attest_tei_read_timeline (tei, error);
  if (attest_xml_is (tei->xml, "u"))
    return read_utterance (tei, NULL, error);
  if (attest_xml_is (tei->xml, "annotationBlock") || attest_xml_is (tei->xml, "annotatedU"))
    return read_block (tei, error);
  if (attest_xml_is (tei->xml, "sp"))
    return read_sp (tei, error);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (attest_xml_is (tei->xml, parts[i]))
      return attest_tei_visit_children (tei, read_part, data, error);
  return pass_over (tei, error);
}

static void
warn_of_losses (const Tei *tei)
{
  if (tei->n_pauses > 0)
    attest_document_warn (tei->doc, 0, "pauses are not part of the text (%u)", tei->n_pauses);
  if (tei->n_notes > 0)
    attest_document_warn (tei->doc, tei->first_note,
                          "notes and headings inside of speech are left out (%u), the first here",
                          tei->n_notes);
  if (tei->n_choices > 0)
    attest_document_warn (tei->doc, 0,
                          "of words with several readings the first was taken (%u places)",
                          tei->n_choices);
  if (tei->n_spans > 0)
    attest_document_warn (tei->doc, 0, "annotations of what was said are left out (%u groups)",
                          tei->n_spans);
  if (tei->n_outside > 0)
    attest_document_warn (tei->doc, tei->first_outside,
                          "headings, notes and paragraphs outside of speech are left out (%u), the "
                          "first here",
                          tei->n_outside);
}

static gboolean
is_root (const AttestXml *xml)
{
  return attest_xml_is (xml, "TEI") || attest_xml_is (xml, "TEI.2")
         || attest_xml_is (xml, "teiCorpus") || attest_xml_is (xml, "teiCorpus.2");
}

static gboolean
tei_read (AttestDocument *doc, const AttestReadOptions *options, GError **error)
{
  g_auto (Tei) tei;
  AttestXmlEvent event;

  tei_init (&tei, doc);
  tei.xml = attest_xml_open_text (doc, options, error);
  if (tei.xml == NULL)
    return FALSE;
  do
    event = attest_xml_next (tei.xml, error);
  while (event == ATTEST_XML_TEXT);
  if (event == ATTEST_XML_ERROR)
    return FALSE;
  if (event != ATTEST_XML_START || !is_root (tei.xml))
    return attest_throw (error, ATTEST_ERROR_INPUT, "%u: <TEI> expected, not <%s>",
                         attest_xml_line (tei.xml), attest_xml_name (tei.xml));
  if (!attest_tei_visit_children (&tei, read_part, NULL, error))
    return FALSE;
  if (attest_tiers_count (tei.tiers) == 0)
    return attest_throw (error, ATTEST_ERROR_INPUT,
                         "no utterances (<u> or <sp>) in this TEI document");
  attest_timeline_interpolate (tei.timeline);
  warn_of_losses (&tei);
  attest_tiers_finish (tei.tiers);
  return TRUE;
}

static const char *const suffixes[] = { "tei", NULL };

static int
tei_probe (const AttestProbe *probe)
{
  static const char *const roots[] = { "<TEI", "<teiCorpus" };

  for (guint i = 0; probe->head_text != NULL && i < G_N_ELEMENTS (roots); i++)
    if (strstr (probe->head_text, roots[i]) != NULL)
      return ATTEST_PROBE_STRUCTURE;
  return g_strv_contains (suffixes, probe->suffix) && attest_probe_is_xml (probe)
             ? ATTEST_PROBE_SUFFIX
             : 0;
}

const AttestReader attest_reader_tei
    = { "tei", "TEI transcription of speech", suffixes, tei_probe, tei_read };
