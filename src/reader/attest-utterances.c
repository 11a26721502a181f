#include "reader/attest-utterances.h"

#include <string.h>

#include "util/attest-limits.h"
#include "util/attest-text.h"

/* A pause of nobody in particular that ends a turn, ms. */
#define PAUSE_MS 2000
/* A turn of nobody in particular ends with its sentence once it is so long, ms. */
#define LONG_TURN_MS 30000

struct _AttestUtterances
{
  AttestDocument *doc;
  GString *text;
  GHashTable *speakers; /* label → index + 1 */
  GString *scratch;
  gboolean open; /* the last turn may go on */
  gboolean labelled;
  gint64 last_end_ms;
  gint64 last_start_ms;
  gboolean went_back;
  guint controls; /* control characters dropped */
  guint controls_line;
  guint max_speakers;
  guint speakers_refused;
};

AttestUtterances *
attest_utterances_new (AttestDocument *doc)
{
  AttestUtterances *u = g_new0 (AttestUtterances, 1);

  u->doc = doc;
  u->text = g_string_new (NULL);
  u->scratch = g_string_new (NULL);
  u->max_speakers = ATTEST_MAX_SPEAKERS;
  u->speakers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  u->last_end_ms = u->last_start_ms = ATTEST_NO_TIME;
  return u;
}

void
attest_utterances_free (AttestUtterances *u)
{
  if (u == NULL)
    return;
  if (u->text != NULL)
    g_string_free (u->text, TRUE);
  g_string_free (u->scratch, TRUE);
  g_hash_table_unref (u->speakers);
  g_free (u);
}

void
attest_utterances_allow_speakers (AttestUtterances *u, guint max_speakers)
{
  u->max_speakers = max_speakers;
}

static gboolean
is_plain (const char *text, gsize length_bytes)
{
  for (gsize i = 0; i < length_bytes; i++)
    if ((guchar)text[i] >= 0x7f || (guchar)text[i] < 0x20)
      return FALSE;
  return TRUE;
}

/* Appends to @out what is no control character; line and paragraph separators become LF. */
static void
append_clean (AttestUtterances *u, GString *out, const char *text, gsize length_bytes, guint line)
{
  const char *end = text + length_bytes;

  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\r' && p + 1 < end && p[1] == '\n')
        continue;
      if (c == '\r' || c == 0x0b || c == 0x0c || c == 0x85 || c == 0x2028 || c == 0x2029)
        g_string_append_c (out, '\n');
      else if ((c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0) || c == 0xfeff)
        {
          if (u->controls++ == 0)
            u->controls_line = line;
        }
      else
        g_string_append_len (out, p, g_utf8_next_char (p) - p);
    }
}

/* The words of @said, trimmed, clean and NFC, in u->scratch. */
static void
prepare (AttestUtterances *u, const AttestUtterance *said)
{
  const char *text = said->text;
  gsize n = said->length_bytes, nfc_bytes = 0;
  g_autofree char *nfc = NULL;

  g_string_truncate (u->scratch, 0);
  if (is_plain (text, n))
    g_string_append_len (u->scratch, text, (gssize)n);
  else
    {
      append_clean (u, u->scratch, text, n, said->line);
      nfc = attest_text_to_nfc (u->scratch->str, u->scratch->len, &nfc_bytes);
      if (nfc != NULL)
        {
          g_string_truncate (u->scratch, 0);
          g_string_append_len (u->scratch, nfc, (gssize)nfc_bytes);
        }
    }
  for (n = u->scratch->len; n > 0 && g_ascii_isspace (u->scratch->str[n - 1]); n--)
    ;
  g_string_truncate (u->scratch, n);
  for (n = 0; n < u->scratch->len && g_ascii_isspace (u->scratch->str[n]); n++)
    ;
  g_string_erase (u->scratch, 0, (gssize)n);
}

/* The label on one line, clean and NFC; NULL when nothing is left of it. */
static char *
dup_label (AttestUtterances *u, const char *label, guint line)
{
  g_autoptr (GString) clean = g_string_new (NULL);
  g_autofree char *joined = NULL;
  gsize nfc_bytes = 0;
  char *nfc, *to = NULL;

  append_clean (u, clean, label, strlen (label), line);
  joined = g_strdelimit (g_strdup (clean->str), "\n\t", ' ');
  to = joined;
  for (const char *from = g_strstrip (joined); *from != '\0'; from++)
    if (*from != ' ' || from[1] != ' ')
      *to++ = *from;
  *to = '\0';
  nfc = attest_text_to_nfc (joined, strlen (joined), &nfc_bytes);
  if (nfc == NULL)
    nfc = g_steal_pointer (&joined);
  if (*nfc == '\0')
    g_clear_pointer (&nfc, g_free);
  return nfc;
}

static void
describe_speaker (AttestSpeaker *speaker, const AttestUtterance *said)
{
  speaker->attributes = g_strdup (said->attributes);
  if (said->role_reason == NULL)
    return;
  speaker->role = said->role;
  speaker->role_reason = g_strdup (said->role_reason);
}

static guint
intern (AttestUtterances *u, const AttestUtterance *said)
{
  const char *label = said->label;
  guint line = said->line;
  gpointer found;
  g_autofree char *clean = NULL;
  guint index;

  if (label == NULL || *label == '\0')
    return ATTEST_NO_SPEAKER;
  found = g_hash_table_lookup (u->speakers, label);
  if (found != NULL)
    return GPOINTER_TO_UINT (found) - 1;
  clean = dup_label (u, label, line);
  if (clean == NULL)
    return ATTEST_NO_SPEAKER;
  found = g_hash_table_lookup (u->speakers, clean);
  if (found != NULL)
    return GPOINTER_TO_UINT (found) - 1;
  if (u->doc->speakers->len >= u->max_speakers)
    {
      if (u->speakers_refused++ == 0)
        attest_document_warn (u->doc, line,
                              "more than %u speakers; from here, new ones are not told "
                              "apart",
                              u->max_speakers);
      return ATTEST_NO_SPEAKER;
    }
  index = attest_document_add_speaker (u->doc, clean);
  describe_speaker (attest_document_speaker (u->doc, index), said);
  g_hash_table_insert (u->speakers, g_strdup (clean), GUINT_TO_POINTER (index + 1));
  g_hash_table_replace (u->speakers, g_strdup (label), GUINT_TO_POINTER (index + 1));
  return index;
}

gboolean
attest_utterances_end_sentence (const char *text, gsize length_bytes)
{
  const char *p = text + length_bytes;

  while (p > text && g_ascii_isspace (p[-1]))
    p--;
  while (p > text)
    {
      gunichar c;

      p = g_utf8_prev_char (p);
      c = g_utf8_get_char (p);
      if (c == '.' || c == '?' || c == '!' || c == 0x2026 || c == 0x3002 || c == 0x61f
          || c == 0x6d4)
        return TRUE;
      if (c != '"' && c != '\'' && c != ')' && c != ']' && c != 0xbb && c != 0x201d && c != 0x2019)
        return FALSE;
    }
  return FALSE;
}

static gboolean
goes_on (const AttestUtterances *u, const AttestUtterance *said, guint speaker)
{
  const AttestTurn *turn;

  if (!u->open)
    return FALSE;
  if (said->continues)
    return TRUE;
  turn = attest_document_turn (u->doc, u->doc->turns->len - 1);
  if (said->fresh || turn->speaker != speaker)
    return FALSE;
  if (speaker != ATTEST_NO_SPEAKER)
    return TRUE;
  if (said->start_ms == ATTEST_NO_TIME || u->last_end_ms == ATTEST_NO_TIME)
    return FALSE;
  return said->start_ms - u->last_end_ms < PAUSE_MS
         && (said->start_ms - turn->start_ms < LONG_TURN_MS
             || !attest_utterances_end_sentence (u->text->str, u->text->len));
}

static void
note_times (AttestUtterances *u, const AttestUtterance *said, AttestTurn *turn)
{
  if (said->continues || said->start_ms == ATTEST_NO_TIME)
    return;
  if (said->start_ms < u->last_start_ms && !u->went_back)
    {
      u->went_back = TRUE;
      attest_document_warn (u->doc, said->line,
                            "times run backwards from here; turns keep the order of the text");
    }
  u->last_start_ms = said->start_ms;
  u->last_end_ms = MAX (said->end_ms, said->start_ms);
  if (turn->start_ms == ATTEST_NO_TIME)
    turn->start_ms = said->start_ms;
  if (said->end_ms >= said->start_ms)
    turn->end_ms = MAX (turn->end_ms, said->end_ms);
}

void
attest_utterances_add (AttestUtterances *u, const AttestUtterance *said)
{
  guint speaker = ATTEST_NO_SPEAKER;
  AttestTurn *turn;

  prepare (u, said);
  if (u->scratch->len == 0)
    return;
  if (!said->continues)
    speaker = intern (u, said);
  u->labelled |= speaker != ATTEST_NO_SPEAKER;
  if (goes_on (u, said, speaker) || u->doc->turns->len > ATTEST_MAX_TURNS)
    {
      /* A dash or a line of its own inside: two people in one caption. */
      gboolean dash = g_str_has_prefix (u->scratch->str, "- ");

      g_string_append_c (u->text, dash ? '\n' : ' ');
    }
  else
    {
      AttestTurn new_turn
          = { .speaker = speaker, .start_ms = ATTEST_NO_TIME, .end_ms = ATTEST_NO_TIME };

      g_string_append (u->text, u->text->len > 0 ? "\n\n" : "");
      new_turn.start_byte = u->text->len;
      g_array_append_val (u->doc->turns, new_turn);
      u->open = TRUE;
    }
  g_string_append_len (u->text, u->scratch->str, (gssize)u->scratch->len);
  turn = attest_document_turn (u->doc, u->doc->turns->len - 1);
  turn->end_byte = u->text->len;
  note_times (u, said, turn);
}

void
attest_utterances_finish (AttestUtterances *u)
{
  gsize length_bytes;

  if (u->text->len > 0)
    g_string_append_c (u->text, '\n');
  length_bytes = u->text->len;
  attest_document_take_text (u->doc, g_string_free (g_steal_pointer (&u->text), FALSE),
                             length_bytes);
  if (u->controls > 0)
    attest_document_warn (u->doc, u->controls_line,
                          "%u control characters were dropped, the first here", u->controls);
  if (u->doc->turns_how == NULL)
    attest_document_say_how (u->doc, "%s",
                             u->labelled
                                 ? "what one speaker says until another one speaks is a turn"
                             : u->last_start_ms == ATTEST_NO_TIME
                                 ? "nobody is named: each paragraph is a turn"
                                 : "nobody is named: a turn ends at a pause of 2 s, or after 30 s "
                                   "with its sentence");
  if (u->doc->turns->len > 0 && !u->labelled)
    attest_document_warn (u->doc, 0, "no speaker labels: taken as one respondent's, split at %s",
                          u->last_start_ms == ATTEST_NO_TIME ? "paragraphs" : "pauses");
}
