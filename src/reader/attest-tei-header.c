/* The header of TEI files and their timeline. */
#include "reader/attest-tei.h"

#include <string.h>

#include "reader/attest-cues.h"
#include "reader/attest-times.h"
#include "util/attest-limits.h"

/* --- persons -------------------------------------------------------------------------------- */

typedef struct
{
  char *id, *role, *attributes;
} Person;

static void
add_attribute (Person *person, const char *value)
{
  char *joined;

  if (value == NULL || *value == '\0')
    return;
  joined = person->attributes != NULL ? g_strconcat (person->attributes, ", ", value, NULL)
                                      : g_strdup (value);
  g_free (person->attributes);
  person->attributes = joined;
}

/* Sex by ISO 5218 or by a word. */
static const char *
sex_word (const char *code)
{
  if (code == NULL || *code == '\0')
    return NULL;
  if (strcmp (code, "1") == 0 || g_ascii_strcasecmp (code, "m") == 0)
    return "male";
  if (strcmp (code, "2") == 0 || g_ascii_strcasecmp (code, "f") == 0
      || g_ascii_strcasecmp (code, "w") == 0)
    return "female";
  return code[1] != '\0' ? code : NULL;
}

static gboolean
read_person_child (Tei *tei, gpointer data, GError **error)
{
  Person *person = data;
  g_autofree char *value = attest_xml_dup_attribute (tei->xml, "value");
  gboolean is_sex = attest_xml_is (tei->xml, "sex");
  gboolean is_work = attest_xml_is (tei->xml, "occupation");

  g_string_truncate (tei->scratch, 0);
  if (!attest_xml_collect_text (tei->xml, tei->scratch, error))
    return FALSE;
  g_strstrip (tei->scratch->str);
  if (is_sex)
    add_attribute (person, sex_word (value != NULL ? value : tei->scratch->str));
  else if (is_work)
    add_attribute (person, tei->scratch->str);
  return TRUE;
}

static gboolean
read_person (Tei *tei, GError **error)
{
  Person person = { .id = attest_xml_dup_attribute (tei->xml, "id"),
                    .role = attest_xml_dup_attribute (tei->xml, "role") };
  g_autofree char *sex = attest_xml_dup_attribute (tei->xml, "sex");
  gboolean ok;

  add_attribute (&person, person.role);
  add_attribute (&person, sex_word (sex));
  ok = attest_tei_visit_children (tei, read_person_child, &person, error);
  attest_tiers_describe (tei->tiers, person.id, person.role != NULL ? person.role : person.id,
                         person.attributes);
  g_free (person.id);
  g_free (person.role);
  g_free (person.attributes);
  return ok;
}

/* --- title and the like ---------------------------------------------------------------------- */

static gboolean
read_header_child (Tei *tei, gpointer data, GError **error)
{
  static const char *const keys[][2]
      = { { "title", "Title" }, { "date", "Date" }, { "placeName", "Place" } };

  if (attest_xml_is (tei->xml, "person") || attest_xml_is (tei->xml, "personGrp"))
    return read_person (tei, error);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (attest_xml_is (tei->xml, keys[i][0]))
      {
        g_string_truncate (tei->scratch, 0);
        if (!attest_xml_collect_text (tei->xml, tei->scratch, error))
          return FALSE;
        /* The first of each is the transcript's, later ones are sources'. */
        if (attest_document_get_metadata (tei->doc, keys[i][1]) == NULL)
          attest_document_add_metadata (tei->doc, keys[i][1], g_strstrip (tei->scratch->str));
        return TRUE;
      }
  return attest_tei_visit_children (tei, read_header_child, data, error);
}

gboolean
attest_tei_read_header (Tei *tei, GError **error)
{
  return attest_tei_visit_children (tei, read_header_child, NULL, error);
}

/* --- the timeline ---------------------------------------------------------------------------- */

static double
unit_ms (const char *unit, double otherwise)
{
  if (unit == NULL)
    return otherwise;
  if (strcmp (unit, "ms") == 0)
    return 1;
  if (g_str_has_prefix (unit, "mi"))
    return 60e3;
  if (*unit == 'h')
    return 3600e3;
  return *unit == 's' ? 1000 : otherwise;
}

/* "1.309", "PT1.309S", "PT1M2S"; FALSE: "unknown", or none. */
static gboolean
parse_interval (const char *text, double number_ms, double *out_ms)
{
  char *end;

  if (text == NULL)
    return FALSE;
  if (*text == 'P')
    {
      *out_ms = 0;
      for (text += strspn (text, "PT"); *text != '\0'; text = end + 1)
        {
          double value = g_ascii_strtod (text, &end);

          if (end == text || strchr ("HMS", *end) == NULL || *end == '\0')
            return FALSE;
          *out_ms += value * (*end == 'H' ? 3600e3 : *end == 'M' ? 60e3 : 1000);
        }
      return TRUE;
    }
  *out_ms = g_ascii_strtod (text, &end) * number_ms;
  return end != text && *out_ms >= 0;
}

/* "00:01:02.5", also behind a date and before a time zone. */
static gboolean
parse_absolute (const char *text, gint64 *out_ms)
{
  const char *t;

  if (text == NULL)
    return FALSE;
  t = strchr (text, 'T');
  text = t != NULL ? t + 1 : text;
  return strchr (text, ':') != NULL && attest_cues_parse_time (text, strlen (text), out_ms) > 0;
}

static gboolean
read_when (Tei *tei, gpointer data, GError **error)
{
  guint *last = data; /* the point before */
  g_autofree char *interval = NULL, *absolute = NULL, *unit = NULL;
  guint point, since;
  gint64 since_ms, time_ms = ATTEST_NO_TIME;
  double interval_ms;

  if (!attest_xml_is (tei->xml, "when"))
    return attest_xml_skip (tei->xml, error);
  interval = attest_xml_dup_attribute (tei->xml, "interval");
  absolute = attest_xml_dup_attribute (tei->xml, "absolute");
  unit = attest_xml_dup_attribute (tei->xml, "unit");
  point = attest_tei_point (tei, "id");
  since = attest_tei_point (tei, "since");
  since_ms = attest_timeline_get_time (tei->timeline, since != ATTEST_NO_POINT ? since : *last);
  if (parse_interval (interval, unit_ms (unit, tei->unit_ms), &interval_ms)
      && (since_ms != ATTEST_NO_TIME || (since == ATTEST_NO_POINT && *last == ATTEST_NO_POINT)))
    time_ms = attest_time_to_ms (interval_ms + (double)MAX (since_ms, 0), 1);
  else if (parse_absolute (absolute, &time_ms))
    {
      /* The clock when the recording began is no time of the recording. */
      if (tei->origin_ms == ATTEST_NO_TIME)
        tei->origin_ms = time_ms;
      time_ms = MAX (time_ms - tei->origin_ms, 0);
    }
  else if (*last == ATTEST_NO_POINT && interval == NULL)
    time_ms = 0; /* the origin */
  attest_timeline_define (tei->timeline, point, time_ms);
  *last = point;
  return attest_xml_skip (tei->xml, error);
}

gboolean
attest_tei_read_timeline (Tei *tei, GError **error)
{
  g_autofree char *unit = attest_xml_dup_attribute (tei->xml, "unit");
  guint last = ATTEST_NO_POINT;

  tei->unit_ms = unit_ms (unit, 1000);
  return attest_tei_visit_children (tei, read_when, &last, error);
}
