/* attest-tei: what the files of the TEI reader share.
 */
#pragma once

#include "reader/attest-tiers.h"
#include "reader/attest-xml-text.h"

G_BEGIN_DECLS

/* The text of one utterance, as it grows. */
typedef struct
{
  GString *text;
  gboolean low_quote;              /* „ stands open */
  gboolean glue;                   /* what follows belongs to the word before */
  guint first_anchor, last_anchor; /* points of the timeline, or ATTEST_NO_POINT */
} TeiSpeech;

typedef struct
{
  AttestDocument *doc;
  AttestXml *xml;
  AttestTiers *tiers;
  AttestTimeline *timeline;
  GHashTable *by_who;  /* who → tier + 1 */
  GHashTable *by_name; /* reference of <sp> → name in <speaker> */
  GString *scratch;
  GArray *speeches; /* of TeiSpeech: the open one, or none */
  guint n_pauses, n_notes, n_choices, n_spans, n_outside;
  guint first_note, first_outside; /* their lines */
  double unit_ms;                  /* of intervals */
  gint64 origin_ms; /* what the clock said at the first absolute time, or ATTEST_NO_TIME */
} Tei;

typedef gboolean (*TeiVisit) (Tei *tei, gpointer data, GError **error);

/** Calls @visit for each child of the element that began last, which it must read or skip; text
 * goes to the speech that is open, or nowhere. */
gboolean attest_tei_visit_children (Tei *tei, TeiVisit visit, gpointer data, GError **error);

/** "#INT" → "INT", of an attribute with one reference; NULL: none. */
char *attest_tei_dup_reference (Tei *tei, const char *attribute);
/** The point of time that an attribute refers to. */
guint attest_tei_point (Tei *tei, const char *attribute);

/** <teiHeader>: title, date, persons. */
gboolean attest_tei_read_header (Tei *tei, GError **error);
/** <timeline>. */
gboolean attest_tei_read_timeline (Tei *tei, GError **error);

/** One element inside of an utterance, with all in it. */
gboolean attest_tei_read_speech (Tei *tei, gpointer data, GError **error);
void attest_tei_speech_append (TeiSpeech *speech, const char *text);
/** "[laughs]"; without words: nothing. */
void attest_tei_speech_append_mark (TeiSpeech *speech, const char *words);

G_END_DECLS
