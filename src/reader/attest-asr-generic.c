/* attest-asr-generic: a list of who says what, by whatever keys: QMSum's {speaker, content}, Teams'
 * entries, podcast transcripts, Fireflies, Gladia and what else people write.
 */
#include "reader/attest-asr-private.h"
#include "reader/attest-times.h"

/* Where the list is looked for, in objects inside objects. */
#define MAX_LIST_DEPTH 3

#define TEXT_KEYS                                                                                  \
  "text content utterance transcript sentence body Content DisplayText message words"
#define NAME_KEYS                                                                                  \
  "speaker speaker_name speakerName speakerDisplayName name who participant speaker_label "        \
  "speakerLabel speaker_id speakerId ParticipantRole role author user sender sender_name"
/* A name in the chats of messengers, a time elsewhere. */
#define FROM_KEYS "from"
/* Texts in pieces, with links and bold words apart. */
#define PIECES_KEYS "text content message"
#define START_KEYS                                                                                 \
  "start start_ms start_time startTime startOffset start_timestamp begin from timestamp time "     \
  "offset Offset BeginOffsetMillis"
#define END_KEYS "end end_ms end_time endTime endOffset end_timestamp to EndOffsetMillis"

typedef struct
{
  guint list;
  gsize text_bytes;
  gboolean named; /* at least half of the entries name somebody */
} Found;

/* Appends the text of an entry, whole or in pieces; FALSE: it has none. */
static gboolean
append_text (const AttestJsonTree *tree, guint entry, GString *out)
{
  guint text = attest_json_tree_find_string (tree, entry, TEXT_KEYS);
  guint list = attest_json_tree_find (tree, entry, PIECES_KEYS);
  gsize before = out->len;

  if (text != ATTEST_JSON_NONE)
    return attest_json_tree_append (tree, text, out);
  if (!attest_json_tree_is (tree, list, ATTEST_JSON_ARRAY))
    return FALSE;
  for (guint piece = attest_json_tree_first (tree, list); piece != ATTEST_JSON_NONE;
       piece = attest_json_tree_next (tree, list, piece))
    if (!attest_json_tree_append (tree, piece, out))
      attest_json_tree_append (tree, attest_json_tree_find_string (tree, piece, "text"), out);
  return out->len > before;
}

/* Who speaks, or ATTEST_JSON_NONE. */
static guint
find_name (const AttestJsonTree *tree, guint entry)
{
  guint name = attest_json_tree_find (tree, entry, NAME_KEYS);
  guint from = attest_json_tree_find_string (tree, entry, FROM_KEYS);
  g_autofree char *said = name == ATTEST_JSON_NONE ? attest_json_tree_dup (tree, from) : NULL;

  return said != NULL && g_ascii_isdigit (*said) ? ATTEST_JSON_NONE
         : name != ATTEST_JSON_NONE              ? name
                                                 : from;
}

/* A list most of whose entries have a text, and say who or when. */
static void
look_at_list (const AttestJsonTree *tree, guint list, Found *best)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0, texts = 0, names = 0, times = 0;
  Found found = { .list = list };

  for (guint entry = attest_json_tree_first (tree, list); entry != ATTEST_JSON_NONE;
       entry = attest_json_tree_next (tree, list, entry))
    {
      n++;
      g_string_truncate (text, 0);
      if (!append_text (tree, entry, text))
        continue;
      texts++;
      found.text_bytes += text->len;
      names += find_name (tree, entry) != ATTEST_JSON_NONE;
      times += attest_json_tree_find (tree, entry, START_KEYS) != ATTEST_JSON_NONE;
    }
  found.named = names * 2 >= texts;
  if (texts * 2 < n || texts == 0 || (!found.named && times * 2 < texts))
    return;
  if (best->list == ATTEST_JSON_NONE || (found.named && !best->named)
      || (found.named == best->named && found.text_bytes > best->text_bytes))
    *best = found;
}

static void
look_into (const AttestJsonTree *tree, guint value, guint depth, Found *best)
{
  if (attest_json_tree_is (tree, value, ATTEST_JSON_ARRAY))
    look_at_list (tree, value, best);
  if (attest_json_tree_is (tree, value, ATTEST_JSON_OBJECT) && depth < MAX_LIST_DEPTH)
    for (guint child = attest_json_tree_first (tree, value); child != ATTEST_JSON_NONE;
         child = attest_json_tree_next (tree, value, child))
      look_into (tree, child, depth + 1, best);
}

static Found
find_list (const AttestJsonTree *tree)
{
  Found best = { .list = ATTEST_JSON_NONE };

  look_into (tree, 0, 0, &best);
  return best;
}

static gboolean
generic_match (const AttestJsonTree *tree)
{
  return find_list (tree).list != ATTEST_JSON_NONE;
}

static AttestAsrUnit
guess_unit (AttestAsr *asr, guint list)
{
  const AttestJsonTree *tree = attest_asr_tree (asr);
  AttestTimeSeries series = { 0 };
  double unit_ms, number;

  for (guint entry = attest_json_tree_first (tree, list); entry != ATTEST_JSON_NONE;
       entry = attest_json_tree_next (tree, list, entry))
    if (attest_json_tree_get_double (tree, attest_asr_find (asr, entry, START_KEYS), &number))
      attest_time_series_add (&series, number);
  unit_ms = attest_time_series_get_unit_ms (&series);
  return unit_ms > 1   ? ATTEST_ASR_SECONDS
         : unit_ms < 1 ? ATTEST_ASR_TICKS
                       : ATTEST_ASR_MILLISECONDS;
}

static void
generic_entries (AttestAsr *asr)
{
  const AttestJsonTree *tree = attest_asr_tree (asr);
  guint list = find_list (tree).list;
  g_autoptr (GString) text = g_string_new (NULL);
  AttestAsrUnit unit = guess_unit (asr, list);

  for (guint entry = attest_json_tree_first (tree, list); entry != ATTEST_JSON_NONE;
       entry = attest_json_tree_next (tree, list, entry))
    {
      AttestAsrPiece piece = ATTEST_ASR_PIECE (entry);

      g_string_truncate (text, 0);
      if (!append_text (tree, entry, text))
        continue;
      piece.label = attest_asr_label (asr, find_name (tree, entry));
      piece.start_ms = attest_asr_time (asr, attest_asr_find (asr, entry, START_KEYS), unit);
      piece.end_ms = attest_asr_time (asr, attest_asr_find (asr, entry, END_KEYS), unit);
      /* Without times, each entry is what its writer took for a turn. */
      piece.fresh = piece.start_ms == ATTEST_NO_TIME;
      if (attest_json_tree_find_string (tree, entry, TEXT_KEYS) != ATTEST_JSON_NONE)
        attest_asr_add (asr, &piece, attest_json_tree_find_string (tree, entry, TEXT_KEYS));
      else
        attest_asr_add_text (asr, &piece, text->str);
    }
}

const AttestAsrFormat attest_asr_generic
    = { NULL, FALSE, generic_match, NULL, { generic_entries } };
