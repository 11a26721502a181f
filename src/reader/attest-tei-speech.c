/* What stands inside of an utterance of TEI: words, and much that is none. */
#include "reader/attest-tei.h"

#include <string.h>

typedef enum
{
  SPEECH_DESCEND, /* its text was said */
  SPEECH_WORD,    /* and is a word of its own */
  SPEECH_PUNCTUATION,
  SPEECH_MARK,   /* laughter and the like: a mark in brackets */
  SPEECH_PAUSE,  /* left out, counted */
  SPEECH_NOTE,   /* somebody's note: left out, counted */
  SPEECH_SPANS,  /* annotations of words: the same */
  SPEECH_ANCHOR, /* a point of time */
  SPEECH_CHOICE, /* readings of the same words */
  SPEECH_SKIP,   /* no speech and no loss */
  SPEECH_SPACE,
} SpeechKind;

static SpeechKind
find_kind (const AttestXml *xml)
{
  static const struct
  {
    const char *name;
    SpeechKind kind;
  } kinds[]
      = { { "w", SPEECH_WORD },        { "pc", SPEECH_PUNCTUATION }, { "c", SPEECH_PUNCTUATION },
          { "vocal", SPEECH_MARK },    { "incident", SPEECH_MARK },  { "kinesic", SPEECH_MARK },
          { "event", SPEECH_MARK },    { "writing", SPEECH_MARK },   { "gap", SPEECH_MARK },
          { "pause", SPEECH_PAUSE },   { "note", SPEECH_NOTE },      { "stage", SPEECH_NOTE },
          { "head", SPEECH_NOTE },     { "fs", SPEECH_SPANS },       { "spanGrp", SPEECH_SPANS },
          { "span", SPEECH_SPANS },    { "interp", SPEECH_SPANS },   { "interpGrp", SPEECH_SPANS },
          { "linkGrp", SPEECH_SPANS }, { "anchor", SPEECH_ANCHOR },  { "choice", SPEECH_CHOICE },
          { "app", SPEECH_CHOICE },    { "shift", SPEECH_SKIP },     { "milestone", SPEECH_SKIP },
          { "desc", SPEECH_SKIP },     { "lb", SPEECH_SPACE },       { "pb", SPEECH_SPACE },
          { "cb", SPEECH_SPACE },      { "seg", SPEECH_SPACE },      { "s", SPEECH_SPACE },
          { "p", SPEECH_SPACE },       { "ab", SPEECH_SPACE },       { "l", SPEECH_SPACE } };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (attest_xml_is (xml, kinds[i].name))
      return kinds[i].kind;
  return SPEECH_DESCEND;
}

static TeiSpeech *
speech_of (Tei *tei)
{
  return &g_array_index (tei->speeches, TeiSpeech, tei->speeches->len - 1);
}

/* Runs of white space, also line ends of the XML, are one space. */
void
attest_tei_speech_append (TeiSpeech *speech, const char *text)
{
  GString *out = speech->text;

  if (speech->glue)
    text += strspn (text, " \t\r\n");
  for (; *text != '\0'; text++)
    {
      if (!g_ascii_isspace (*text))
        g_string_append_c (out, *text);
      else if (out->len > 0 && out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
      speech->glue = FALSE;
    }
}

static void
space (TeiSpeech *speech)
{
  if (!speech->glue)
    attest_tei_speech_append (speech, " ");
}

void
attest_tei_speech_append_mark (TeiSpeech *speech, const char *words)
{
  g_autofree char *copy = g_strdelimit (g_strdup (words), "[]", ' ');

  g_strstrip (copy);
  if (*copy == '\0')
    return;
  space (speech);
  attest_tei_speech_append (speech, "[");
  attest_tei_speech_append (speech, copy);
  attest_tei_speech_append (speech, "] ");
}

/* Marks that close what was said, and stand right behind it. “ opens in English and closes in
 * German, where „ stands before it. */
static gboolean
closes (TeiSpeech *speech, const char *mark)
{
  static const char *const opening[]
      = { "(", "[", "{", "«", "“", "„", "‘", "¿", "¡", "‹", "–", "—" };
  gboolean closes_low = speech->low_quote && strcmp (mark, "“") == 0;

  speech->low_quote = strcmp (mark, "„") == 0 || (speech->low_quote && !closes_low);
  if (closes_low)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (opening); i++)
    if (strcmp (mark, opening[i]) == 0)
      return FALSE;
  return TRUE;
}

static gboolean
read_punctuation (Tei *tei, GError **error)
{
  TeiSpeech *speech;
  g_autofree char *mark = NULL;
  gboolean closing;

  g_string_truncate (tei->scratch, 0);
  if (!attest_xml_collect_text (tei->xml, tei->scratch, error))
    return FALSE;
  speech = speech_of (tei);
  mark = g_strdup (g_strstrip (tei->scratch->str));
  closing = closes (speech, mark);
  if (closing && speech->text->len > 0 && speech->text->str[speech->text->len - 1] == ' ')
    g_string_truncate (speech->text, speech->text->len - 1);
  else if (!closing)
    space (speech);
  attest_tei_speech_append (speech, mark);
  speech->glue = !closing && strcmp (mark, "–") != 0 && strcmp (mark, "—") != 0;
  return TRUE;
}

/* <w>: a word of its own, whatever white space the file has around it. */
static gboolean
read_word (Tei *tei, gpointer data, GError **error)
{
  g_autofree char *join = attest_xml_dup_attribute (tei->xml, "join");
  gboolean left = g_strcmp0 (join, "left") == 0 || g_strcmp0 (join, "both") == 0;
  gboolean right = g_strcmp0 (join, "right") == 0 || g_strcmp0 (join, "both") == 0;
  GString *text = speech_of (tei)->text;

  if (left && text->len > 0 && text->str[text->len - 1] == ' ')
    g_string_truncate (text, text->len - 1);
  else if (!left)
    space (speech_of (tei));
  if (!attest_tei_visit_children (tei, attest_tei_read_speech, data, error))
    return FALSE;
  speech_of (tei)->glue = right;
  return TRUE;
}

/* <vocal><desc>laughs</desc></vocal>, <gap reason="inaudible"/>, <vocal type="laugh"/>. */
static gboolean
read_mark (Tei *tei, GError **error)
{
  static const char *const attributes[] = { "reason", "desc", "type", "n" };
  const char *fallback = attest_xml_is (tei->xml, "gap") ? "inaudible" : "";
  g_autofree char *said = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (attributes) && said == NULL; i++)
    said = attest_xml_dup_attribute (tei->xml, attributes[i]);
  g_string_truncate (tei->scratch, 0);
  if (!attest_xml_collect_text (tei->xml, tei->scratch, error))
    return FALSE;
  g_strstrip (tei->scratch->str);
  attest_tei_speech_append_mark (speech_of (tei), *tei->scratch->str != '\0' ? tei->scratch->str
                                                  : said != NULL             ? said
                                                                             : fallback);
  return TRUE;
}

/* Of <choice> and <app> the first reading is what was said: <orig>, <sic>, <unclear>, <lem>; the
 * others are what somebody made of it. */
static gboolean
read_choice (Tei *tei, gpointer data, GError **error)
{
  guint n = 0;
  gboolean good = TRUE;

  while (good && attest_xml_next_element (tei->xml, &good, error))
    {
      gboolean editors = attest_xml_is (tei->xml, "reg") || attest_xml_is (tei->xml, "corr")
                         || attest_xml_is (tei->xml, "expan");

      good = n > 0 || editors ? attest_xml_skip (tei->xml, error)
                              : attest_tei_read_speech (tei, data, error);
      n += !editors;
    }
  tei->n_choices += good;
  return good;
}

static gboolean
read_anchor (Tei *tei, GError **error)
{
  TeiSpeech *speech = speech_of (tei);
  guint point = attest_tei_point (tei, "synch");

  if (point != ATTEST_NO_POINT)
    {
      if (speech->first_anchor == ATTEST_NO_POINT)
        speech->first_anchor = point;
      speech->last_anchor = point;
    }
  return attest_xml_skip (tei->xml, error);
}

gboolean
attest_tei_read_speech (Tei *tei, gpointer data, GError **error)
{
  switch (find_kind (tei->xml))
    {
    case SPEECH_WORD:
      return read_word (tei, data, error);
    case SPEECH_PUNCTUATION:
      return read_punctuation (tei, error);
    case SPEECH_MARK:
      return read_mark (tei, error);
    case SPEECH_ANCHOR:
      return read_anchor (tei, error);
    case SPEECH_CHOICE:
      return read_choice (tei, data, error);
    case SPEECH_PAUSE:
      tei->n_pauses++;
      attest_tei_speech_append (speech_of (tei), " ");
      return attest_xml_skip (tei->xml, error);
    case SPEECH_NOTE:
      if (tei->n_notes++ == 0)
        tei->first_note = attest_xml_line (tei->xml);
      return attest_xml_skip (tei->xml, error);
    case SPEECH_SPANS:
      tei->n_spans++;
      return attest_xml_skip (tei->xml, error);
    case SPEECH_SKIP:
      return attest_xml_skip (tei->xml, error);
    case SPEECH_SPACE:
      space (speech_of (tei));
      if (!attest_tei_visit_children (tei, attest_tei_read_speech, data, error))
        return FALSE;
      space (speech_of (tei));
      return TRUE;
    case SPEECH_DESCEND:
    default:
      return attest_tei_visit_children (tei, attest_tei_read_speech, data, error);
    }
}
