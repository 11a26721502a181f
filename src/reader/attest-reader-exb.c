/* EXMARaLDA basic transcriptions (exb): a common timeline, and tiers of events on it. Tiers of type
 * "t" are speech; those of type "a" and "d" say something about it. */
#include "reader/attest-reader-private.h"

#include <string.h>

#include "reader/attest-tiers.h"
#include "reader/attest-times.h"
#include "reader/attest-xml-text.h"
#include "util/attest-error.h"
#include "util/attest-limits.h"

typedef struct
{
  char *label, *attributes;
} Speaker;

typedef struct
{
  AttestDocument *doc;
  AttestXml *xml;
  AttestTiers *tiers;
  AttestTimeline *timeline;
  GHashTable *speakers; /* id → Speaker */
  GString *scratch;
} Exb;

static void
free_speaker (gpointer item)
{
  Speaker *speaker = item;

  g_free (speaker->label);
  g_free (speaker->attributes);
  g_free (speaker);
}

static void
exb_init (Exb *exb, AttestDocument *doc)
{
  memset (exb, 0, sizeof *exb);
  exb->doc = doc;
  exb->timeline = attest_timeline_new ();
  exb->tiers = attest_tiers_new (doc, exb->timeline, ATTEST_TIERS_BY_TIMELINE);
  exb->speakers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_speaker);
  exb->scratch = g_string_new (NULL);
}

static void
exb_clear (Exb *exb)
{
  attest_xml_free (exb->xml);
  attest_tiers_free (exb->tiers);
  attest_timeline_free (exb->timeline);
  g_hash_table_unref (exb->speakers);
  g_string_free (exb->scratch, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Exb, exb_clear)

/* Calls @read for each child of the element that began last; it must read or skip the child. */
static gboolean
for_children (Exb *exb, gboolean (*read) (Exb *exb, gpointer data, GError **error), gpointer data,
              GError **error)
{
  gboolean good = TRUE;

  while (good && attest_xml_next_element (exb->xml, &good, error))
    good = read (exb, data, error);
  return good;
}

/* --- head ---------------------------------------------------------------------------------- */

static gboolean
read_meta_child (Exb *exb, gpointer data, GError **error)
{
  static const char *const keys[][2] = { { "project-name", "Project" },
                                         { "transcription-name", "Transcription" },
                                         { "comment", "Comment" },
                                         { "transcription-convention", "Convention" } };
  g_autofree char *url = attest_xml_dup_attribute (exb->xml, "url");
  const char *key = NULL;

  (void)data;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (attest_xml_is (exb->xml, keys[i][0]))
      key = keys[i][1];
  if (attest_xml_is (exb->xml, "referenced-file") && url != NULL
      && exb->doc->metadata->len < ATTEST_MAX_METADATA / 2)
    {
      const char *slash = strrchr (url, '/');

      attest_document_add_metadata (exb->doc, "Recording", slash != NULL ? slash + 1 : url);
    }
  g_string_truncate (exb->scratch, 0);
  if (!attest_xml_collect_text (exb->xml, exb->scratch, error))
    return FALSE;
  if (key != NULL && attest_document_get_metadata (exb->doc, key) == NULL)
    attest_document_add_metadata (exb->doc, key, g_strstrip (exb->scratch->str));
  return TRUE;
}

static gboolean
read_speaker_child (Exb *exb, gpointer data, GError **error)
{
  Speaker *speaker = data;
  g_autofree char *value = attest_xml_dup_attribute (exb->xml, "value");
  gboolean is_label = attest_xml_is (exb->xml, "abbreviation");

  if (attest_xml_is (exb->xml, "sex") && value != NULL && speaker->attributes == NULL
      && (*value == 'm' || *value == 'f'))
    speaker->attributes = g_strdup (*value == 'm' ? "male" : "female");
  g_string_truncate (exb->scratch, 0);
  if (!attest_xml_collect_text (exb->xml, exb->scratch, error))
    return FALSE;
  if (is_label && speaker->label == NULL && *g_strstrip (exb->scratch->str) != '\0')
    speaker->label = g_strdup (exb->scratch->str);
  return TRUE;
}

static gboolean
read_speaker (Exb *exb, gpointer data, GError **error)
{
  g_autofree char *id = attest_xml_dup_attribute (exb->xml, "id");
  Speaker *speaker = g_new0 (Speaker, 1);
  gboolean ok = for_children (exb, read_speaker_child, speaker, error);

  (void)data;
  if (id != NULL && g_hash_table_size (exb->speakers) < ATTEST_MAX_SPEAKERS)
    g_hash_table_insert (exb->speakers, g_steal_pointer (&id), speaker);
  else
    free_speaker (speaker);
  return ok;
}

static gboolean
read_head_child (Exb *exb, gpointer data, GError **error)
{
  if (attest_xml_is (exb->xml, "meta-information"))
    return for_children (exb, read_meta_child, data, error);
  if (attest_xml_is (exb->xml, "speakertable"))
    return for_children (exb, read_speaker, data, error);
  return attest_xml_skip (exb->xml, error);
}

/* --- body ---------------------------------------------------------------------------------- */

static gboolean
point_of (Exb *exb, const char *attribute, guint *out_point, GError **error)
{
  g_autofree char *id = attest_xml_dup_attribute (exb->xml, attribute);

  *out_point = attest_timeline_point (exb->timeline, id);
  if (*out_point == ATTEST_NO_POINT && id != NULL && *id != '\0')
    return attest_throw (error, ATTEST_ERROR_LIMIT, "%u: more than %u points of time",
                         attest_xml_line (exb->xml), ATTEST_MAX_TIME_POINTS);
  return TRUE;
}

static gboolean
read_point (Exb *exb, gpointer data, GError **error)
{
  g_autofree char *time = attest_xml_dup_attribute (exb->xml, "time");
  guint point;
  char *end = NULL;
  double seconds;

  (void)data;
  if (!attest_xml_is (exb->xml, "tli"))
    return attest_xml_skip (exb->xml, error);
  if (!point_of (exb, "id", &point, error))
    return FALSE;
  if (time != NULL)
    g_strdelimit (time, ",", '.');
  seconds = time != NULL ? g_ascii_strtod (time, &end) : 0;
  attest_timeline_define (exb->timeline, point,
                          time != NULL && end != time ? attest_time_to_ms (seconds, 1000)
                                                      : ATTEST_NO_TIME);
  return attest_xml_skip (exb->xml, error);
}

typedef struct
{
  guint tier;
  guint last_end; /* point */
} Row;

/* Text of an event; what <ud-information> inside says of it is none. */
static gboolean
read_event_text (Exb *exb, GError **error)
{
  g_string_truncate (exb->scratch, 0);
  for (;;)
    switch (attest_xml_next_child (exb->xml, error))
      {
      case ATTEST_XML_START:
        if (!attest_xml_skip (exb->xml, error))
          return FALSE;
        break;
      case ATTEST_XML_END:
        return TRUE;
      case ATTEST_XML_TEXT:
        g_string_append (exb->scratch, attest_xml_text (exb->xml));
        break;
      default:
        return FALSE;
      }
}

static gboolean
read_event (Exb *exb, gpointer data, GError **error)
{
  Row *row = data;
  AttestItem item = { .start_ms = ATTEST_NO_TIME, .end_ms = ATTEST_NO_TIME };

  if (!attest_xml_is (exb->xml, "event"))
    return attest_xml_skip (exb->xml, error);
  item.line = attest_xml_line (exb->xml);
  if (!point_of (exb, "start", &item.start_point, error)
      || !point_of (exb, "end", &item.end_point, error) || !read_event_text (exb, error))
    return FALSE;
  if (row->last_end != ATTEST_NO_POINT && row->last_end == item.start_point)
    item.join = ATTEST_ITEM_TOUCHES;
  row->last_end = item.end_point;
  item.text = exb->scratch->str;
  item.length_bytes = exb->scratch->len;
  return attest_tiers_add (exb->tiers, row->tier, &item, error);
}

/* Whose tier: the abbreviation of the speaker table, else the speaker's id, else the tier's name.
 */
static void
name_tier (Exb *exb, guint tier, const char *speaker_id)
{
  const Speaker *speaker
      = speaker_id != NULL ? g_hash_table_lookup (exb->speakers, speaker_id) : NULL;
  const char *label = speaker != NULL && speaker->label != NULL ? speaker->label : speaker_id;

  if (label == NULL || *label == '\0')
    label = attest_tiers_get (exb->tiers, tier)->name;
  attest_tiers_set_label (exb->tiers, tier, label);
  if (speaker != NULL)
    attest_tiers_describe (exb->tiers, label, label, speaker->attributes);
}

#define UNTYPED "it is not of type \"t\""

static const char *
reason_of (const char *type)
{
  if (g_strcmp0 (type, "t") == 0)
    return NULL;
  if (g_strcmp0 (type, "d") == 0)
    return "type \"d\": a description";
  if (g_strcmp0 (type, "a") == 0)
    return "type \"a\": an annotation of another tier";
  return UNTYPED;
}

static gboolean
read_body_child (Exb *exb, gpointer data, GError **error)
{
  g_autofree char *id = NULL, *name = NULL, *speaker = NULL, *type = NULL, *category = NULL;
  Row row = { .last_end = ATTEST_NO_POINT };

  if (attest_xml_is (exb->xml, "common-timeline"))
    return for_children (exb, read_point, data, error);
  if (!attest_xml_is (exb->xml, "tier"))
    return attest_xml_skip (exb->xml, error);
  id = attest_xml_dup_attribute (exb->xml, "id");
  name = attest_xml_dup_attribute (exb->xml, "display-name");
  speaker = attest_xml_dup_attribute (exb->xml, "speaker");
  category = attest_xml_dup_attribute (exb->xml, "category");
  type = attest_xml_dup_attribute (exb->xml, "type");
  if (name == NULL || *g_strstrip (name) == '\0')
    {
      g_free (name);
      name = g_strdup_printf ("%s [%s]", id != NULL ? id : "", category != NULL ? category : "");
    }
  row.tier = attest_tiers_add_tier (exb->tiers, name, NULL, attest_xml_line (exb->xml));
  attest_tiers_get (exb->tiers, row.tier)->left_out = reason_of (type);
  name_tier (exb, row.tier, speaker);
  return for_children (exb, read_event, &row, error);
}

static gboolean
read_root_child (Exb *exb, gpointer data, GError **error)
{
  if (attest_xml_is (exb->xml, "head"))
    return for_children (exb, read_head_child, data, error);
  if (attest_xml_is (exb->xml, "basic-body"))
    return for_children (exb, read_body_child, data, error);
  return attest_xml_skip (exb->xml, error);
}

static gboolean
has_speech (const Exb *exb)
{
  for (guint i = 0; i < attest_tiers_count (exb->tiers); i++)
    {
      const AttestTier *tier = attest_tiers_get (exb->tiers, i);

      if (tier->left_out == NULL && tier->n_items > tier->n_blank)
        return TRUE;
    }
  return FALSE;
}

/* Some programs write no types: the first tier of each speaker is what was said. */
static void
take_untyped (Exb *exb)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < attest_tiers_count (exb->tiers); i++)
    {
      AttestTier *tier = attest_tiers_get (exb->tiers, i);

      if (g_strcmp0 (tier->left_out, UNTYPED) == 0 && tier->n_texts > 0 && tier->label != NULL
          && g_hash_table_add (seen, tier->label))
        tier->left_out = NULL;
    }
}

static gboolean
exb_read (AttestDocument *doc, const AttestReadOptions *options, GError **error)
{
  g_auto (Exb) exb;

  exb_init (&exb, doc);
  exb.xml = attest_xml_open_text (doc, options, error);
  if (exb.xml == NULL || !attest_xml_expect_root (exb.xml, "basic-transcription", error)
      || !for_children (&exb, read_root_child, NULL, error))
    return FALSE;
  attest_timeline_interpolate (exb.timeline);
  if (!has_speech (&exb))
    take_untyped (&exb);
  if (!has_speech (&exb))
    return attest_throw (error, ATTEST_ERROR_INPUT,
                         "no tier of type \"t\" with text: nobody says anything in it");
  attest_tiers_finish (exb.tiers);
  return TRUE;
}

static const char *const suffixes[] = { "exb", NULL };

static int
exb_probe (const AttestProbe *probe)
{
  if (probe->head_text != NULL && strstr (probe->head_text, "<basic-transcription") != NULL)
    return ATTEST_PROBE_STRUCTURE;
  return g_strv_contains (suffixes, probe->suffix) && attest_probe_is_xml (probe)
             ? ATTEST_PROBE_SUFFIX
             : 0;
}

const AttestReader attest_reader_exb
    = { "exb", "EXMARaLDA basic transcription", suffixes, exb_probe, exb_read };
