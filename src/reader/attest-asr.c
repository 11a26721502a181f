#include "reader/attest-asr.h"

#include <string.h>

#include "reader/attest-asr-private.h"
#include "reader/attest-times.h"
#include "reader/attest-turns.h"
#include "reader/attest-utterances.h"
#include "util/attest-error.h"
#include "util/attest-text.h"

/* Words of the file's own text that a warning shows. */
#define CONTEXT_COLUMNS 40

struct _AttestAsr
{
  AttestDocument *doc;
  const AttestJsonTree *tree;
  AttestAsrView *view;
  GPtrArray *expected; /* of GString: the file's own text of each stream */
  GHashTable *names;   /* id → name of a speaker */
  GStringChunk *labels;
  GHashTable *made_labels; /* id → label */
  char *refusal;
};

AttestAsrView *
attest_asr_view_new (void)
{
  AttestAsrView *view = g_new0 (AttestAsrView, 1);

  view->text = g_string_new (NULL);
  view->items = g_array_new (FALSE, FALSE, sizeof (AttestAsrItem));
  return view;
}

void
attest_asr_view_free (AttestAsrView *view)
{
  if (view == NULL)
    return;
  g_string_free (view->text, TRUE);
  g_array_unref (view->items);
  g_free (view);
}

/* --- for formats -------------------------------------------------------------------------- */

const AttestJsonTree *
attest_asr_tree (const AttestAsr *asr)
{
  return asr->tree;
}

void
attest_asr_refuse (AttestAsr *asr, char *message)
{
  if (asr->refusal == NULL)
    asr->refusal = message;
  else
    g_free (message);
}

guint
attest_asr_find (const AttestAsr *asr, guint object, const char *keys)
{
  return attest_json_tree_find (asr->tree, object, keys);
}

void
attest_asr_expect (AttestAsr *asr, guint stream, guint value)
{
  GString *text;

  if (stream >= ATTEST_ASR_MAX_STREAMS)
    return;
  while (asr->expected->len <= stream)
    g_ptr_array_add (asr->expected, g_string_new (NULL));
  text = g_ptr_array_index (asr->expected, stream);
  if (text->len > 0)
    g_string_append_c (text, '\n');
  attest_json_tree_append (asr->tree, value, text);
}

void
attest_asr_name_speaker (AttestAsr *asr, guint id, guint name)
{
  char *key = attest_json_tree_dup (asr->tree, id);
  char *label = attest_json_tree_dup (asr->tree, name);

  if (key != NULL && label != NULL && *label != '\0')
    g_hash_table_insert (asr->names, key, label);
  else
    {
      g_free (key);
      g_free (label);
    }
}

const char *
attest_asr_label (AttestAsr *asr, guint id)
{
  g_autofree char *key = attest_json_tree_dup (asr->tree, id);
  const char *name, *label;

  if (key == NULL || *g_strstrip (key) == '\0')
    return NULL;
  label = g_hash_table_lookup (asr->made_labels, key);
  if (label != NULL)
    return label;
  name = g_hash_table_lookup (asr->names, key);
  if (name != NULL)
    label = g_string_chunk_insert_const (asr->labels, name);
  else if (attest_json_tree_is (asr->tree, id, ATTEST_JSON_NUMBER))
    {
      g_autofree char *numbered = g_strconcat ("Speaker ", key, NULL);

      label = g_string_chunk_insert_const (asr->labels, numbered);
    }
  else
    label = g_string_chunk_insert_const (asr->labels, key);
  g_hash_table_insert (asr->made_labels, g_steal_pointer (&key), (gpointer)label);
  return label;
}

static gint64
to_ms (double number, AttestAsrUnit unit)
{
  static const double unit_ms[] = { [ATTEST_ASR_SECONDS] = 1000,
                                    [ATTEST_ASR_MILLISECONDS] = 1,
                                    [ATTEST_ASR_TICKS] = 1e-4,
                                    [ATTEST_ASR_SAMPLES] = 1000.0 / 16000 };

  return attest_time_to_ms (number, unit_ms[unit]);
}

/* "PT1H2M3.5S" */
static gint64
parse_iso_duration (const char *text)
{
  double seconds = 0;

  for (text += 2; *text != '\0';)
    {
      char *end;
      double number = g_ascii_strtod (text, &end);

      if (end == text || *end == '\0' || strchr ("HMS", *end) == NULL)
        return ATTEST_NO_TIME;
      seconds += number * (*end == 'H' ? 3600 : *end == 'M' ? 60 : 1);
      text = end + 1;
    }
  return to_ms (seconds, ATTEST_ASR_SECONDS);
}

static gint64
parse_time_text (const char *text, AttestAsrUnit unit)
{
  gint64 time_ms;
  char *end;
  double number;

  if (g_str_has_prefix (text, "PT"))
    return parse_iso_duration (text);
  if (strchr (text, ':') != NULL)
    return attest_turns_parse_time (text, strlen (text), &time_ms) ? time_ms : ATTEST_NO_TIME;
  number = g_ascii_strtod (text, &end);
  if (end == text || (*end != '\0' && strcmp (end, "s") != 0))
    return ATTEST_NO_TIME;
  return to_ms (number, *end == 's' ? ATTEST_ASR_SECONDS : unit);
}

gint64
attest_asr_time (const AttestAsr *asr, guint value, AttestAsrUnit unit)
{
  double number, nanos = 0;
  g_autofree char *text = NULL;

  if (attest_json_tree_get_double (asr->tree, value, &number))
    return to_ms (number, unit);
  if (attest_json_tree_is (asr->tree, value, ATTEST_JSON_OBJECT))
    {
      guint seconds = attest_json_tree_get (asr->tree, value, "seconds");
      gint64 whole_ms
          = seconds == ATTEST_JSON_NONE ? 0 : attest_asr_time (asr, seconds, ATTEST_ASR_SECONDS);

      attest_json_tree_get_double (asr->tree, attest_json_tree_get (asr->tree, value, "nanos"),
                                   &nanos);
      return whole_ms < 0 ? whole_ms : whole_ms + MAX (0, to_ms (nanos / 1e9, ATTEST_ASR_SECONDS));
    }
  text = attest_json_tree_dup (asr->tree, value);
  return text == NULL ? ATTEST_NO_TIME : parse_time_text (g_strstrip (text), unit);
}

static void
add_item (AttestAsrView *view, const AttestAsrPiece *piece, gsize start_byte)
{
  AttestAsrItem item = { .piece = *piece, .start_byte = start_byte, .end_byte = view->text->len };

  item.piece.stream = MIN (item.piece.stream, ATTEST_ASR_MAX_STREAMS - 1);
  if (item.end_byte > item.start_byte)
    g_array_append_val (view->items, item);
}

void
attest_asr_add (AttestAsr *asr, const AttestAsrPiece *piece, guint value)
{
  gsize start_byte = asr->view->text->len;

  attest_json_tree_append (asr->tree, value, asr->view->text);
  add_item (asr->view, piece, start_byte);
}

void
attest_asr_add_text (AttestAsr *asr, const AttestAsrPiece *piece, const char *text)
{
  gsize start_byte = asr->view->text->len;

  g_string_append (asr->view->text, text);
  add_item (asr->view, piece, start_byte);
}

void
attest_asr_add_word (AttestAsr *asr, const AttestAsrPiece *piece, guint value)
{
  asr->view->words = TRUE;
  attest_asr_add (asr, piece, value);
}

static void
fill_words (AttestAsr *asr, AttestAsrView *view, guint words, const AttestAsrWordKeys *keys,
            const AttestAsrPiece *model)
{
  const AttestJsonTree *tree = asr->tree;

  for (guint word = attest_json_tree_first (tree, words); word != ATTEST_JSON_NONE;
       word = attest_json_tree_next (tree, words, word))
    {
      AttestAsrPiece piece = ATTEST_ASR_PIECE (word);
      const char *label = attest_asr_label (asr, attest_asr_find (asr, word, keys->label));
      gsize start_byte = view->text->len;

      piece.label = label != NULL ? label : model->label;
      piece.stream = model->stream;
      piece.start_ms = attest_asr_time (asr, attest_asr_find (asr, word, keys->start), keys->unit);
      piece.end_ms = attest_asr_time (asr, attest_asr_find (asr, word, keys->end), keys->unit);
      attest_json_tree_append (tree, attest_asr_find (asr, word, keys->text), view->text);
      add_item (view, &piece, start_byte);
    }
}

void
attest_asr_add_words (AttestAsr *asr, guint words, const AttestAsrWordKeys *keys,
                      const AttestAsrPiece *model)
{
  asr->view->words = TRUE;
  fill_words (asr, asr->view, words, keys, model);
}

static gboolean
has_two_labels (const AttestAsrView *view)
{
  const char *first = NULL;

  for (guint i = 0; i < view->items->len; i++)
    {
      const char *label = g_array_index (view->items, AttestAsrItem, i).piece.label;

      if (label != NULL && first != NULL && label != first)
        return TRUE;
      first = label != NULL ? label : first;
    }
  return FALSE;
}

void
attest_asr_add_cut (AttestAsr *asr, const AttestAsrPiece *piece, guint text, guint words,
                    const AttestAsrWordKeys *keys)
{
  g_autoptr (AttestAsrView) inner = NULL;
  g_autoptr (GString) whole = NULL;

  if (attest_json_tree_count (asr->tree, words) >= 2)
    {
      inner = attest_asr_view_new ();
      fill_words (asr, inner, words, keys, &ATTEST_ASR_PIECE (words));
    }
  if (inner != NULL && has_two_labels (inner))
    {
      whole = g_string_new (NULL);
      attest_json_tree_append (asr->tree, text, whole);
      for (guint i = 0; i < inner->items->len; i++)
        g_array_index (inner->items, AttestAsrItem, i).piece.stream = piece->stream;
      if (attest_asr_view_cut (inner, 0, inner->items->len, whole->str, whole->len, asr->view))
        return;
    }
  attest_asr_add (asr, piece, text);
}

void
attest_asr_add_metadata (AttestAsr *asr, const char *key, const char *path)
{
  g_autofree char *value
      = attest_json_tree_dup (asr->tree, attest_json_tree_get (asr->tree, 0, path));

  if (value != NULL && g_utf8_validate (value, -1, NULL))
    attest_document_add_metadata (asr->doc, key, value);
}

/* --- reading ------------------------------------------------------------------------------ */

/* "A" in two channels of a recording is two people. */
static const char *
label_with_stream (AttestAsr *asr, const AttestAsrPiece *piece, guint n_streams)
{
  g_autofree char *label = NULL;

  if (n_streams < 2)
    return piece->label;
  label = piece->label == NULL ? g_strdup_printf ("Channel %u", piece->stream)
                               : g_strdup_printf ("Channel %u, %s", piece->stream, piece->label);
  return g_string_chunk_insert_const (asr->labels, label);
}

static void
make_turns (AttestAsr *asr, const AttestAsrView *view, gboolean letters)
{
  g_autoptr (AttestUtterances) utterances = attest_utterances_new (asr->doc);
  guint n_streams = attest_asr_view_count_streams (view);

  for (guint i = 0; i < view->items->len; i++)
    {
      const AttestAsrItem *item = &g_array_index (view->items, AttestAsrItem, i);
      AttestUtterance said = { .label = label_with_stream (asr, &item->piece, n_streams),
                               .start_ms = item->piece.start_ms,
                               .end_ms = item->piece.end_ms,
                               .fresh = item->piece.fresh,
                               .line = attest_json_tree_line (asr->tree, item->piece.value),
                               .text = view->text->str + item->start_byte,
                               .length_bytes = item->end_byte - item->start_byte };

      attest_utterances_add (utterances, &said);
    }
  attest_utterances_finish (utterances);
  for (guint i = 0; letters && i < asr->doc->speakers->len; i++)
    attest_document_speaker (asr->doc, i)->anonymous = TRUE;
}

static void
warn_of_difference (AttestAsr *asr, const AttestAsrView *view)
{
  const AttestAsrItem *item = &g_array_index (view->items, AttestAsrItem, view->first_difference);
  g_autofree char *near = attest_text_printable (
      view->text->str + item->start_byte, item->end_byte - item->start_byte, CONTEXT_COLUMNS);
  gsize expected = attest_asr_count_letters_of_texts (asr->expected);

  attest_document_warn (asr->doc, attest_json_tree_line (asr->tree, item->piece.value),
                        "the pieces are not word for word the file's own text, first at '%s'; the "
                        "pieces are taken%s",
                        near,
                        view->letters < expected ? ", which are shorter: compare the file" : "");
}

/* Nothing but the text itself. */
static void
view_of_text (AttestAsr *asr)
{
  for (guint i = 0; i < asr->expected->len; i++)
    {
      AttestAsrPiece piece = ATTEST_ASR_PIECE (0);

      piece.stream = i;
      attest_asr_add_text (asr, &piece, ((GString *)g_ptr_array_index (asr->expected, i))->str);
    }
}

static AttestAsrView *
choose_view (AttestAsr *asr, const AttestAsrFormat *format)
{
  g_autoptr (AttestAsrView) best = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (format->views) && format->views[i] != NULL; i++)
    {
      g_autoptr (AttestAsrView) view = attest_asr_view_new ();

      asr->view = view;
      format->views[i](asr);
      asr->view = NULL;
      if (view->items->len == 0)
        continue;
      if (attest_asr_view_settle (view, asr->expected))
        return g_steal_pointer (&view);
      if (best == NULL || view->letters > best->letters)
        {
          attest_asr_view_free (best);
          best = g_steal_pointer (&view);
        }
    }
  if (best != NULL)
    {
      warn_of_difference (asr, best);
      return g_steal_pointer (&best);
    }
  best = attest_asr_view_new ();
  asr->view = best;
  view_of_text (asr);
  asr->view = NULL;
  return g_steal_pointer (&best);
}

static void
free_text (gpointer text)
{
  g_string_free (text, TRUE);
}

gboolean
attest_asr_read (AttestDocument *doc, const AttestJsonTree *tree, const AttestAsrFormat *format,
                 GError **error)
{
  g_autoptr (GPtrArray) expected = g_ptr_array_new_with_free_func (free_text);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  AttestAsr asr = { .doc = doc,
                    .tree = tree,
                    .expected = expected,
                    .names = names,
                    .made_labels = made,
                    .labels = g_string_chunk_new (256) };
  g_autoptr (AttestAsrView) view = NULL;

  if (format->name != NULL)
    attest_document_add_metadata (doc, "recogniser", format->name);
  if (format->prepare != NULL)
    format->prepare (&asr);
  view = choose_view (&asr, format);
  if (asr.refusal != NULL)
    attest_throw (error, ATTEST_ERROR_INPUT, "%s", asr.refusal);
  else
    make_turns (&asr, view, format->letters);
  g_string_chunk_free (asr.labels);
  if (asr.refusal == NULL)
    return TRUE;
  g_free (asr.refusal);
  return FALSE;
}
