#include "cli/attest-cli-passages.h"

#include <string.h>

#include "cli/attest-cli-coding.h"
#include "util/attest-limits.h"
#include "util/attest-sentence.h"

void
attest_cli_passages_init (AttestCliPassages *passages)
{
  passages->passages = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_passage_free);
  passages->clusters = g_ptr_array_new_with_free_func (g_free);
  passages->numbers = g_hash_table_new (g_str_hash, g_str_equal);
  passages->bytes = 0;
}

void
attest_cli_passages_clear (AttestCliPassages *passages)
{
  g_clear_pointer (&passages->passages, g_ptr_array_unref);
  g_clear_pointer (&passages->numbers, g_hash_table_unref);
  g_clear_pointer (&passages->clusters, g_ptr_array_unref);
}

/* @label "": a transcript of its own. */
static guint
cluster_number (AttestCliPassages *passages, const char *label)
{
  guint number
      = *label != '\0' ? GPOINTER_TO_UINT (g_hash_table_lookup (passages->numbers, label)) : 0;

  if (number > 0)
    return number - 1;
  char *copy = g_strdup (label);
  g_ptr_array_add (passages->clusters, copy);
  if (*label != '\0')
    g_hash_table_insert (passages->numbers, copy, GUINT_TO_POINTER (passages->clusters->len));
  return passages->clusters->len - 1;
}

static AttestPassage *
add_passage (AttestCliPassages *passages, const char *text, gsize length_bytes, const char *lang,
             const char *cluster)
{
  g_autofree char *unwrapped = attest_text_dup_unwrapped (text, length_bytes);
  AttestPassage *passage
      = attest_passage_new (unwrapped, length_bytes, lang, cluster_number (passages, cluster));

  g_ptr_array_add (passages->passages, passage);
  passages->bytes += length_bytes;
  return passage;
}

static gboolean
check_size (const AttestCliPassages *passages, GError **error)
{
  return passages->bytes <= ATTEST_MAX_SUGGEST_BYTES
         || attest_throw (error, ATTEST_ERROR_LIMIT,
                          "more than %u MB of text: draw passages with 'attest sample' and give "
                          "them with --gold",
                          ATTEST_MAX_SUGGEST_BYTES >> 20);
}

static void
add_codes (AttestPassage *passage, const AttestGoldItem *item)
{
  for (guint i = 0; i < item->codes->len; i++)
    attest_passage_add_code (passage, g_array_index (item->codes, guint, i));
}

/* ---- texts of a gold file ---- */

gboolean
attest_cli_passages_add_texts (AttestCliPassages *passages, AttestInvocation *inv,
                               AttestCodebook *codebook, const AttestGold *gold, const char *lang,
                               GError **error)
{
  g_autoptr (AttestDocument) doc = attest_gold_make_document (gold, inv, lang);
  AttestCoderOptions options = { .all_roles = TRUE };
  g_autoptr (AttestCoder) coder = attest_coder_new (codebook, &options);
  g_autoptr (AttestCoderWorker) worker = attest_coder_worker_new (coder);
  g_autoptr (AttestCoding) coding = attest_coder_code (worker, doc);

  for (guint i = 0; i < doc->turns->len; i++)
    {
      const AttestTurn *turn = attest_document_turn (doc, i);
      const AttestGoldItem *item = &g_array_index (gold->items, AttestGoldItem, i);

      add_codes (add_passage (passages, doc->text + turn->start_byte,
                              turn->end_byte - turn->start_byte, turn->lang, item->cluster),
                 item);
    }
  for (guint i = 0; i < coding->segments->len; i++)
    {
      const AttestSegment *segment = attest_coding_segment (coding, i);
      gint64 turn_byte = (gint64)attest_document_turn (doc, segment->turn)->start_byte;

      for (guint k = 0; k < segment->n_hits; k++)
        {
          const AttestHit *hit = attest_coding_hit (coding, segment->first_hit + k);

          attest_passage_add_hit (g_ptr_array_index (passages->passages, segment->turn),
                                  segment->code, (gint64)hit->start_byte - turn_byte,
                                  (gint64)hit->end_byte - turn_byte);
        }
    }
  attest_cli_complain_incomplete (inv, gold->path, codebook, coding);
  return check_size (passages, error);
}

/* ---- segments that are kept ---- */

/* Instead of its code, of a segment that people rejected. */
#define REJECTED G_MAXUINT

/* One hit, or one segment, in a source. */
typedef struct
{
  guint code;
  gint64 start_byte, end_byte;
} Span;

/* Of one source. */
typedef struct
{
  GArray *segments, *hits; /* of Span, by start */
} Found;

typedef struct
{
  const AttestCodebook *codebook;
  gboolean only_reviewed;
  GHashTable *found; /* label → Found */
} Finding;

static void
free_found (gpointer data)
{
  Found *found = data;

  g_array_unref (found->segments);
  g_array_unref (found->hits);
  g_free (found);
}

static gboolean
is_wanted (const Finding *finding, const AttestStoreSegment *segment)
{
  return finding->only_reviewed ? strcmp (segment->status, "proposed") != 0
                                : strcmp (segment->status, "rejected") != 0;
}

static gboolean
take_segment (const AttestStoreSegment *segment, gpointer data, GError **error)
{
  const Finding *finding = data;
  Found *found = g_hash_table_lookup (finding->found, segment->source);
  int code = attest_codebook_find_code (finding->codebook, segment->code);
  Span span = { (guint)code, segment->start_byte, segment->end_byte };

  if (code < 0 || !is_wanted (finding, segment))
    return TRUE;
  if (strcmp (segment->status, "rejected") == 0)
    span.code = REJECTED;
  if (found == NULL)
    {
      found = g_new0 (Found, 1);
      found->segments = g_array_new (FALSE, FALSE, sizeof (Span));
      found->hits = g_array_new (FALSE, FALSE, sizeof (Span));
      g_hash_table_insert (finding->found, g_strdup (segment->source), found);
    }
  g_array_append_val (found->segments, span);
  for (guint i = 0; i < segment->n_hits && segment->hits != NULL; i++)
    {
      Span hit = { (guint)code, segment->hits[i].start_byte, segment->hits[i].end_byte };

      g_array_append_val (found->hits, hit);
    }
  return TRUE;
}

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  const Span *x = a, *y = b;

  if (x->start_byte != y->start_byte)
    return x->start_byte < y->start_byte ? -1 : 1;
  if (x->end_byte != y->end_byte)
    return x->end_byte < y->end_byte ? -1 : 1;
  return x->code < y->code ? -1 : x->code > y->code;
}

/* Everything of the codebook, by source. */
static GHashTable *
find_all (AttestStore *store, const AttestCodebook *codebook, gboolean only_reviewed,
          GError **error)
{
  g_autoptr (GHashTable) found
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_found);
  Finding finding = { codebook, only_reviewed, found };
  AttestSegmentFilter filter = { .codebook = codebook->id, .with_hits = TRUE };
  GHashTableIter iter;
  gpointer value;

  if (!attest_store_foreach_segment (store, &filter, take_segment, &finding, error))
    return NULL;
  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      g_array_sort (((Found *)value)->segments, compare_spans);
      g_array_sort (((Found *)value)->hits, compare_spans);
    }
  return g_steal_pointer (&found);
}

/* Where to look on for what overlaps passages that come in order. */
typedef struct
{
  guint segment, hit;
} Cursor;

/* The first span from *@from on that does not end before @byte; later passages begin there. */
static void
pass_over (const GArray *spans, gint64 byte, guint *from)
{
  while (*from < spans->len && g_array_index (spans, Span, *from).end_byte <= byte)
    ++*from;
}

/* Adds what overlaps the passage, which begins at @start_byte of its source. */
static void
add_found (AttestPassage *passage, const Found *found, gsize start_byte, gboolean with_codes,
           Cursor from)
{
  gint64 start = (gint64)start_byte, end = start + (gint64)passage->length_bytes;

  for (guint i = from.segment; found != NULL && with_codes && i < found->segments->len; i++)
    {
      const Span *span = &g_array_index (found->segments, Span, i);

      if (span->start_byte >= end)
        break;
      if (span->code != REJECTED && span->end_byte > start)
        attest_passage_add_code (passage, span->code);
    }
  for (guint i = from.hit; found != NULL && i < found->hits->len; i++)
    {
      const Span *span = &g_array_index (found->hits, Span, i);

      if (span->start_byte >= end)
        break;
      attest_passage_add_hit (passage, span->code, span->start_byte - start,
                              span->end_byte - start);
    }
}

/* ---- places of a gold file ---- */

typedef struct
{
  AttestCliPassages *passages;
  const AttestGold *gold;
  GHashTable *found;
} Places;

static const char *
lang_at (const AttestDocument *doc, gsize byte)
{
  for (guint i = 0; i < doc->turns->len; i++)
    {
      const AttestTurn *turn = attest_document_turn (doc, i);

      if (turn->start_byte <= byte && byte < turn->end_byte)
        return turn->lang;
    }
  return NULL;
}

static void
add_place (guint index, const AttestDocument *doc, const AttestCharMap *map, gpointer data)
{
  const Places *places = data;
  const AttestGoldItem *item = &g_array_index (places->gold->items, AttestGoldItem, index);
  AttestSpan span;
  AttestPassage *passage;

  if (item->start < 0)
    {
      const AttestTurn *turn = attest_document_turn (doc, (guint)item->turn);

      span = (AttestSpan){ turn->start_byte, turn->end_byte };
    }
  else
    span = (AttestSpan){ attest_char_map_to_byte (map, (gsize)item->start),
                         attest_char_map_to_byte (map, (gsize)item->end) };
  passage = add_passage (
      places->passages, doc->text + span.start_byte, span.end_byte - span.start_byte,
      item->lang != NULL ? item->lang : lang_at (doc, span.start_byte), item->cluster);
  add_codes (passage, item);
  add_found (passage, g_hash_table_lookup (places->found, item->source), span.start_byte, FALSE,
             (Cursor){ 0, 0 });
}

gboolean
attest_cli_passages_add_places (AttestCliPassages *passages, AttestStore *store,
                                const AttestCodebook *codebook, const AttestGold *gold,
                                GError **error)
{
  g_autoptr (GHashTable) found = find_all (store, codebook, FALSE, error);
  Places places = { passages, gold, found };

  return found != NULL && attest_gold_foreach_source (gold, store, add_place, &places, error)
         && check_size (passages, error);
}

/* ---- a project ---- */

static gboolean
has_segment (const Found *found, guint from, gint64 start_byte, gint64 end_byte)
{
  for (guint i = from; found != NULL && i < found->segments->len; i++)
    {
      const Span *span = &g_array_index (found->segments, Span, i);

      if (span->start_byte >= end_byte)
        return FALSE;
      if (span->end_byte > start_byte)
        return TRUE;
    }
  return FALSE;
}

static void
add_turn (AttestCliPassages *passages, const AttestDocument *doc, const AttestTurn *turn,
          const char *label, gboolean only_reviewed, AttestSentenceFinder *finder,
          const Found *found, Cursor *from)
{
  gsize length_bytes = turn->end_byte - turn->start_byte;
  g_autofree char *text = attest_text_dup_unwrapped (doc->text + turn->start_byte, length_bytes);

  attest_sentence_finder_set_text (finder, text, length_bytes, turn->lang);
  g_autoptr (GArray) sentences = attest_sentence_finder_list (finder);
  for (guint i = 0; i < sentences->len; i++)
    {
      const AttestSpan *span = &g_array_index (sentences, AttestSpan, i);
      gint64 start_byte = (gint64)(turn->start_byte + span->start_byte);
      gint64 end_byte = (gint64)(turn->start_byte + span->end_byte);

      if (found != NULL)
        {
          pass_over (found->segments, start_byte, &from->segment);
          pass_over (found->hits, start_byte, &from->hit);
        }
      if (only_reviewed && !has_segment (found, from->segment, start_byte, end_byte))
        continue;
      add_found (add_passage (passages, text + span->start_byte, span->end_byte - span->start_byte,
                              turn->lang, label),
                 found, (gsize)start_byte, TRUE, *from);
    }
}

static gboolean
add_source (AttestCliPassages *passages, AttestStore *store, const char *label,
            gboolean only_reviewed, const Found *found, AttestSentenceFinder *finder,
            GError **error)
{
  g_autoptr (AttestDocument) doc = attest_store_get_document (store, label, error);
  Cursor from = { 0, 0 };

  for (guint i = 0; doc != NULL && i < doc->turns->len; i++)
    if (attest_document_turn_role (doc, i) != ATTEST_ROLE_INTERVIEWER)
      add_turn (passages, doc, attest_document_turn (doc, i), label, only_reviewed, finder, found,
                &from);
  return doc != NULL && check_size (passages, error);
}

gboolean
attest_cli_passages_add_project (AttestCliPassages *passages, AttestStore *store,
                                 const AttestCodebook *codebook, gboolean only_reviewed,
                                 GError **error)
{
  g_autoptr (GHashTable) found = find_all (store, codebook, only_reviewed, error);
  g_autoptr (GPtrArray) sources = found != NULL ? attest_store_list_sources (store, error) : NULL;
  g_autoptr (AttestSentenceFinder) finder = attest_sentence_finder_new ();

  for (guint i = 0; sources != NULL && i < sources->len; i++)
    {
      const AttestSourceInfo *info = g_ptr_array_index (sources, i);

      if (!add_source (passages, store, info->label, only_reviewed,
                       g_hash_table_lookup (found, info->label), finder, error))
        return FALSE;
    }
  return sources != NULL;
}
