/* What the items of a comparison in a project are. */
#include "cli/attest-cli-agree-project-private.h"
#include "store/attest-store-withdrawal.h"
#include "util/attest-sentence.h"

#include <string.h>

static void
add_unit (AttestAgreeLoading *loading, const AttestDocument *doc, const AttestCharMap *map,
          guint turn, AttestSpan span)
{
  AttestAgreeProject *project = loading->project;
  guint source = project->sources->len - 1;
  const char *label = g_ptr_array_index (project->sources, source);
  AttestAgreePlace place = { .source = label,
                             .turn = project->unit == ATTEST_AGREE_SOURCE ? G_MAXUINT : turn,
                             .start = (gint64)attest_char_map_to_char (map, span.start_byte),
                             .end = (gint64)attest_char_map_to_char (map, span.end_byte) };

  if (loading->wish->with_quotes && project->unit != ATTEST_AGREE_SOURCE)
    place.quote
        = attest_text_dup_unwrapped (doc->text + span.start_byte, span.end_byte - span.start_byte);
  g_array_append_val (project->places, place);
  g_ptr_array_add (project->items,
                   project->unit == ATTEST_AGREE_SOURCE ? g_strdup (label)
                   : project->unit == ATTEST_AGREE_TURN
                       ? g_strdup_printf ("%s:%u", label, turn)
                       : g_strdup_printf ("%s:%u:%" G_GINT64_FORMAT, label, turn, place.start));
}

static guint
turn_at (const AttestDocument *doc, gsize byte)
{
  guint turn = 0;

  while (turn + 1 < doc->turns->len && attest_document_turn (doc, turn)->end_byte <= byte)
    turn++;
  return turn;
}

static void
add_sentences (AttestAgreeLoading *loading, const AttestDocument *doc, const AttestCharMap *map,
               guint number, AttestSentenceFinder *finder)
{
  const AttestTurn *turn = attest_document_turn (doc, number);
  gsize length_bytes = turn->end_byte - turn->start_byte;
  g_autofree char *text = attest_text_dup_unwrapped (doc->text + turn->start_byte, length_bytes);

  attest_sentence_finder_set_text (finder, text, length_bytes, turn->lang);
  g_autoptr (GArray) sentences = attest_sentence_finder_list (finder);
  for (guint i = 0; i < sentences->len; i++)
    {
      AttestSpan span = g_array_index (sentences, AttestSpan, i);

      span.start_byte += turn->start_byte;
      span.end_byte += turn->start_byte;
      add_unit (loading, doc, map, number, span);
    }
}

/* Where the line that begins at @at ends, and whether it has text. */
static const char *
end_of_line (const char *at, const char *end, gboolean *out_has_text)
{
  const char *newline = memchr (at, '\n', (gsize)(end - at));
  const char *stop = newline != NULL ? newline : end;

  *out_has_text = FALSE;
  for (const char *p = at; p < stop; p++)
    *out_has_text = *out_has_text || !g_ascii_isspace (*p);
  return stop;
}

static void
add_paragraphs (AttestAgreeLoading *loading, const AttestDocument *doc, const AttestCharMap *map,
                guint number)
{
  const AttestTurn *turn = attest_document_turn (doc, number);
  const char *end = doc->text + turn->end_byte;
  AttestSpan span = { 0, 0 };

  for (const char *at = doc->text + turn->start_byte; at < end;)
    {
      gboolean has_text;
      const char *stop = end_of_line (at, end, &has_text);

      if (!has_text && span.end_byte > 0)
        {
          add_unit (loading, doc, map, number, span);
          span.end_byte = 0;
        }
      if (has_text)
        {
          span.start_byte = span.end_byte > 0 ? span.start_byte : (gsize)(at - doc->text);
          span.end_byte = (gsize)(stop - doc->text);
        }
      at = stop < end ? stop + 1 : end;
    }
  if (span.end_byte > 0)
    add_unit (loading, doc, map, number, span);
}

gboolean
attest_agree_has_units (const AttestDocument *doc, guint number)
{
  const AttestTurn *turn = attest_document_turn (doc, number);

  return attest_document_turn_role (doc, number) != ATTEST_ROLE_INTERVIEWER
         && !attest_store_is_struck (doc->text + turn->start_byte,
                                     turn->end_byte - turn->start_byte);
}

static void
add_units (AttestAgreeLoading *loading, const AttestDocument *doc, AttestSentenceFinder *finder)
{
  g_autoptr (AttestCharMap) map = attest_char_map_new (doc->text, doc->length_bytes);

  if (loading->project->unit == ATTEST_AGREE_SOURCE)
    {
      add_unit (loading, doc, map, 0, (AttestSpan){ 0, doc->length_bytes });
      return;
    }
  for (guint i = 0; i < doc->turns->len; i++)
    {
      const AttestTurn *turn = attest_document_turn (doc, i);

      if (!attest_agree_has_units (doc, i))
        continue;
      if (loading->project->unit == ATTEST_AGREE_TURN)
        add_unit (loading, doc, map, i, (AttestSpan){ turn->start_byte, turn->end_byte });
      else if (loading->project->unit == ATTEST_AGREE_PARAGRAPH)
        add_paragraphs (loading, doc, map, i);
      else
        add_sentences (loading, doc, map, i, finder);
    }
}

/* ---- passages that people judged ---- */

static void
add_passage (guint item, const AttestDocument *doc, const AttestCharMap *map, gpointer data)
{
  AttestAgreeLoading *loading = data;
  const AttestGoldItem *judged = attest_agree_gold_item (loading, item);
  AttestAgreeProject *project = loading->project;
  guint n_sources = project->sources->len;
  AttestSpan span;

  if (n_sources == 0
      || strcmp (g_ptr_array_index (project->sources, n_sources - 1), judged->source) != 0)
    {
      char *label = g_strdup (judged->source);

      g_ptr_array_add (project->sources, label);
      g_hash_table_insert (loading->source_numbers, label,
                           GUINT_TO_POINTER (project->sources->len));
      g_array_append_val (loading->first_items, project->items->len);
    }
  if (judged->start < 0)
    {
      const AttestTurn *turn = attest_document_turn (doc, (guint)judged->turn);

      span = (AttestSpan){ turn->start_byte, turn->end_byte };
    }
  else
    span = (AttestSpan){ attest_char_map_to_byte (map, (gsize)judged->start),
                         attest_char_map_to_byte (map, (gsize)judged->end) };
  add_unit (loading, doc, map, turn_at (doc, span.start_byte), span);
  g_array_append_val (loading->gold_items, item);
}

static gboolean
add_passages (AttestAgreeLoading *loading, GError **error)
{
  if (!attest_gold_foreach_source (loading->wish->gold, loading->store, add_passage, loading,
                                   error))
    return FALSE;
  g_array_append_val (loading->first_items, loading->project->items->len);
  if (loading->wish->gold->weighted)
    g_ptr_array_add (loading->project->warnings,
                     g_strdup ("The passages were drawn with different chances: the figures are of "
                               "these passages, not of the project."));
  return TRUE;
}

/* ---- all sources ---- */

static gboolean
add_sources (AttestAgreeLoading *loading, GError **error)
{
  AttestAgreeProject *project = loading->project;
  g_autoptr (GPtrArray) sources = attest_store_list_sources (loading->store, error);
  g_autoptr (AttestSentenceFinder) finder = attest_sentence_finder_new ();

  for (guint i = 0; sources != NULL && i < sources->len; i++)
    {
      const AttestSourceInfo *info = g_ptr_array_index (sources, i);
      g_autoptr (AttestDocument) doc = NULL;
      char *label;

      if (!attest_agree_get_text (loading, info, &doc, error))
        return FALSE;
      if (doc == NULL)
        continue;
      label = g_strdup (info->label);
      g_ptr_array_add (project->sources, label);
      g_hash_table_insert (loading->source_numbers, label,
                           GUINT_TO_POINTER (project->sources->len));
      g_array_append_val (loading->first_items, project->items->len);
      add_units (loading, doc, finder);
    }
  g_array_append_val (loading->first_items, project->items->len);
  if (sources != NULL && !attest_agree_check_texts (loading, error))
    return FALSE;
  if (sources != NULL && project->items->len == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "nobody but interviewers says anything in the project");
  return sources != NULL;
}

gboolean
attest_agree_list_units (AttestAgreeLoading *loading, GError **error)
{
  return loading->wish->gold != NULL ? add_passages (loading, error) : add_sources (loading, error);
}
