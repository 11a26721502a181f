#include "cli/attest-cli-sample-passages.h"

#include <string.h>

#include "cli/attest-cli-report.h"
#include "util/attest-json.h"
#include "util/attest-sentence.h"
#include "util/attest-text.h"

/* A passage that can be drawn: segments that overlap are one. */
typedef struct
{
  const char *source; /* owned by the chunk, as found is */
  const char *found;  /* codes with "; " between; NULL: none */
  guint turn;
  guint stratum; /* the first of its codes in the order of the codebook; n_codes: none */
  gint64 start, end;
  char *text; /* of what was drawn */
} Passage;

typedef struct
{
  AttestInvocation *inv;
  const AttestPassagesWish *wish;
  guint size;
  GRand *random;
  GStringChunk *chunk;
  AttestFrequency *codes; /* rows: the codes, in the order of the codebook */
  GHashTable *numbers;    /* code → its row + 1 */
  GArray *found;          /* of Passage: with a code, in the order of the project */
  GArray *drawn;          /* of Passage */
  gint64 *sizes;          /* of each stratum */
  gint64 *n_drawn;
} Sampling;

static void
clear_passage (gpointer data)
{
  g_free (((Passage *)data)->text);
}

static void
sampling_clear (Sampling *sampling)
{
  g_clear_pointer (&sampling->random, g_rand_free);
  g_clear_pointer (&sampling->chunk, g_string_chunk_free);
  g_clear_pointer (&sampling->codes, attest_frequency_free);
  g_clear_pointer (&sampling->numbers, g_hash_table_unref);
  g_clear_pointer (&sampling->found, g_array_unref);
  g_clear_pointer (&sampling->drawn, g_array_unref);
  g_free (sampling->sizes);
  g_free (sampling->n_drawn);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sampling, sampling_clear)

static guint
n_codes (const Sampling *sampling)
{
  return sampling->codes->rows->len;
}

/* ---- what was found ---- */

static gboolean
names_code (const char *found, const char *code)
{
  gsize n = strlen (code);

  for (const char *at = found; (at = strstr (at, code)) != NULL; at += n)
    if ((at == found || at[-1] == ' ') && (at[n] == '\0' || at[n] == ';'))
      return TRUE;
  return FALSE;
}

static gboolean
take_segment (const AttestStoreSegment *segment, gpointer data, GError **error)
{
  Sampling *sampling = data;
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (sampling->numbers, segment->code));
  Passage *last = sampling->found->len > 0
                      ? &g_array_index (sampling->found, Passage, sampling->found->len - 1)
                      : NULL;

  if (number == 0 || strcmp (segment->status, "rejected") == 0)
    return TRUE;
  if (last != NULL && strcmp (last->source, segment->source) == 0 && segment->start < last->end)
    {
      last->end = MAX (last->end, segment->end);
      last->stratum = MIN (last->stratum, number - 1);
      if (!names_code (last->found, segment->code))
        {
          g_autofree char *both = g_strconcat (last->found, "; ", segment->code, NULL);

          last->found = g_string_chunk_insert_const (sampling->chunk, both);
        }
      return TRUE;
    }
  Passage passage = { .source = g_string_chunk_insert_const (sampling->chunk, segment->source),
                      .found = g_string_chunk_insert_const (sampling->chunk, segment->code),
                      .turn = segment->turn,
                      .stratum = number - 1,
                      .start = segment->start,
                      .end = segment->end };
  g_array_append_val (sampling->found, passage);
  return TRUE;
}

/* Marks what is drawn of each stratum by a random order of its passages. */
static void
draw_found (Sampling *sampling, gboolean *is_drawn)
{
  for (guint stratum = 0; stratum < n_codes (sampling); stratum++)
    {
      g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (guint));
      guint n;

      for (guint i = 0; i < sampling->found->len; i++)
        if (g_array_index (sampling->found, Passage, i).stratum == stratum)
          g_array_append_val (members, i);
      sampling->sizes[stratum] = members->len;
      n = MIN (sampling->size, members->len);
      sampling->n_drawn[stratum] = n;
      for (guint i = 0; i < n; i++)
        {
          guint other = (guint)g_rand_int_range (sampling->random, (gint32)i, (gint32)members->len);
          guint swap = g_array_index (members, guint, i);

          g_array_index (members, guint, i) = g_array_index (members, guint, other);
          g_array_index (members, guint, other) = swap;
          is_drawn[g_array_index (members, guint, i)] = TRUE;
        }
    }
}

/* ---- what was not found ---- */

/* Keeps each sentence with the same chance, however many there are (Vitter's algorithm R). */
static void
offer_sentence (Sampling *sampling, const AttestDocument *doc, const AttestCharMap *map,
                Passage sentence, gsize start_byte, gsize end_byte)
{
  guint none = n_codes (sampling);
  gint64 seen = sampling->sizes[none]++;
  Passage *place = NULL;

  if (seen < sampling->size)
    {
      g_array_append_val (sampling->drawn, sentence);
      place = &g_array_index (sampling->drawn, Passage, sampling->drawn->len - 1);
      sampling->n_drawn[none]++;
    }
  else
    {
      guint at = (guint)(g_rand_double (sampling->random) * (double)(seen + 1));

      if (at < sampling->size)
        place = &g_array_index (sampling->drawn, Passage, at);
    }
  if (place == NULL)
    return;
  g_free (place->text);
  *place = sentence;
  place->start = (gint64)attest_char_map_to_char (map, start_byte);
  place->end = (gint64)attest_char_map_to_char (map, end_byte);
  place->text = g_strndup (doc->text + start_byte, end_byte - start_byte);
}

/* The sentences of a turn; those that overlap a passage of @spans (bytes, in order) are left out.
 */
static void
offer_turn (Sampling *sampling, const AttestDocument *doc, const AttestCharMap *map, guint number,
            const char *source, AttestSentenceFinder *finder, const GArray *spans, guint *next_span)
{
  const AttestTurn *turn = attest_document_turn (doc, number);
  gsize length_bytes = turn->end_byte - turn->start_byte;
  g_autofree char *text = attest_text_dup_unwrapped (doc->text + turn->start_byte, length_bytes);
  Passage sentence = { .source = source, .turn = number, .stratum = n_codes (sampling) };

  attest_sentence_finder_set_text (finder, text, length_bytes, turn->lang);
  g_autoptr (GArray) sentences = attest_sentence_finder_list (finder);
  for (guint i = 0; i < sentences->len; i++)
    {
      gsize start = turn->start_byte + g_array_index (sentences, AttestSpan, i).start_byte;
      gsize end = turn->start_byte + g_array_index (sentences, AttestSpan, i).end_byte;

      while (*next_span < spans->len
             && g_array_index (spans, AttestSpan, *next_span).end_byte <= start)
        ++*next_span;
      if (*next_span == spans->len
          || g_array_index (spans, AttestSpan, *next_span).start_byte >= end)
        offer_sentence (sampling, doc, map, sentence, start, end);
    }
}

/* ---- source by source ---- */

/* The passages of @source from *@next on, as spans; sets the texts of those that are drawn. */
static GArray *
spans_of (Sampling *sampling, const AttestDocument *doc, const AttestCharMap *map,
          const char *source, const gboolean *is_drawn, guint *next)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (AttestSpan));

  for (; *next < sampling->found->len; ++*next)
    {
      Passage *passage = &g_array_index (sampling->found, Passage, *next);
      AttestSpan span;

      if (strcmp (passage->source, source) != 0)
        break;
      span.start_byte = attest_char_map_to_byte (map, (gsize)passage->start);
      span.end_byte = attest_char_map_to_byte (map, (gsize)passage->end);
      g_array_append_val (spans, span);
      if (is_drawn[*next])
        passage->text = g_strndup (doc->text + span.start_byte, span.end_byte - span.start_byte);
    }
  return spans;
}

static gboolean
sample_source (Sampling *sampling, const char *label, AttestSentenceFinder *finder,
               const gboolean *is_drawn, guint *next, GError **error)
{
  g_autoptr (AttestDocument) doc = attest_store_get_document (sampling->inv->store, label, error);
  const char *source = g_string_chunk_insert_const (sampling->chunk, label);
  g_autoptr (AttestCharMap) map = NULL;
  g_autoptr (GArray) spans = NULL;
  guint next_span = 0;

  if (doc == NULL)
    return FALSE;
  map = attest_char_map_new (doc->text, doc->length_bytes);
  spans = spans_of (sampling, doc, map, label, is_drawn, next);
  for (guint i = 0; i < doc->turns->len; i++)
    if (attest_document_turn_role (doc, i) != ATTEST_ROLE_INTERVIEWER)
      offer_turn (sampling, doc, map, i, source, finder, spans, &next_span);
  return TRUE;
}

static gboolean
sample_sources (Sampling *sampling, const gboolean *is_drawn, GError **error)
{
  g_autoptr (GPtrArray) sources = attest_store_list_sources (sampling->inv->store, error);
  g_autoptr (AttestSentenceFinder) finder = attest_sentence_finder_new ();
  guint next = 0;

  if (sources == NULL)
    return FALSE;
  for (guint i = 0; i < sources->len; i++)
    {
      const AttestSourceInfo *info = g_ptr_array_index (sources, i);

      if (!sample_source (sampling, info->label, finder, is_drawn, &next, error))
        return FALSE;
    }
  return TRUE;
}

/* Adds what is drawn of the found to the rest, and puts all in a random order: what stands beside
 * what says nothing. */
static void
finish_drawing (Sampling *sampling, const gboolean *is_drawn)
{
  for (guint i = 0; i < sampling->found->len; i++)
    if (is_drawn[i])
      {
        Passage *passage = &g_array_index (sampling->found, Passage, i);

        g_array_append_val (sampling->drawn, *passage);
        passage->text = NULL;
      }
  for (guint i = 0; i + 1 < sampling->drawn->len; i++)
    {
      guint other
          = (guint)g_rand_int_range (sampling->random, (gint32)i, (gint32)sampling->drawn->len);
      Passage swap = g_array_index (sampling->drawn, Passage, i);

      g_array_index (sampling->drawn, Passage, i) = g_array_index (sampling->drawn, Passage, other);
      g_array_index (sampling->drawn, Passage, other) = swap;
    }
}

/* ---- out ---- */

static AttestTable *
make_table (const Sampling *sampling)
{
  AttestTable *table = attest_table_new (NULL, NULL);
  gboolean blind = sampling->wish->blind;

  attest_table_add_column (table, "item", "item", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "source", "source", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "turn", "turn", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "start", "start", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "end", "end", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "text", "text", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "codes", "codes", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  if (!blind)
    {
      attest_table_add_column (table, "found", "found", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
      attest_table_add_column (table, "stratum", "stratum", ATTEST_COLUMN_TEXT,
                               ATTEST_COLUMN_PLAIN);
      attest_table_add_column (table, "weight", "weight", ATTEST_COLUMN_DOUBLE,
                               ATTEST_COLUMN_PLAIN);
    }
  for (guint i = 0; i < sampling->drawn->len; i++)
    {
      const Passage *passage = &g_array_index (sampling->drawn, Passage, i);
      guint stratum = passage->stratum;

      attest_table_add_int (table, i + 1);
      attest_table_add_text (table, passage->source);
      attest_table_add_int (table, passage->turn);
      attest_table_add_int (table, passage->start);
      attest_table_add_int (table, passage->end);
      attest_table_add_text (table, passage->text);
      attest_table_add_text (table, "?");
      if (blind)
        continue;
      attest_table_add_text (table, passage->found != NULL ? passage->found : "");
      attest_table_add_text (
          table, stratum < n_codes (sampling)
                     ? g_array_index (sampling->codes->rows, AttestFrequencyRow, stratum).code
                     : "(no code)");
      attest_table_add_double (table, (double)sampling->sizes[stratum]
                                          / (double)sampling->n_drawn[stratum]);
    }
  return table;
}

static gboolean
write_table (const Sampling *sampling, GError **error)
{
  const AttestPassagesWish *wish = sampling->wish;
  g_autoptr (AttestOutput) output = attest_cli_open_output (sampling->inv, wish->output, error);
  g_autoptr (AttestTable) table = make_table (sampling);

  if (output == NULL)
    return FALSE;
  if (g_strcmp0 (wish->format, "json") == 0)
    {
      g_autoptr (AttestJson) json = attest_json_new (attest_output_get_buffer (output), TRUE);

      attest_table_write_json (table, json);
      g_string_append_c (attest_output_get_buffer (output), '\n');
    }
  else
    attest_table_write_csv (table, attest_output_get_buffer (output));
  return attest_output_close (output, error);
}

static gboolean
prepare (Sampling *sampling, GError **error)
{
  const AttestPassagesWish *wish = sampling->wish;
  AttestReportFilter filter = { .codebook = wish->codebook, .dimension = wish->dimension };

  sampling->codes = attest_store_report_frequency (sampling->inv->store, &filter, error);
  if (sampling->codes == NULL)
    return FALSE;
  sampling->size = wish->size;
  sampling->random = g_rand_new_with_seed ((guint32)wish->seed);
  sampling->chunk = g_string_chunk_new (4096);
  sampling->numbers = g_hash_table_new (g_str_hash, g_str_equal);
  sampling->found = g_array_new (FALSE, FALSE, sizeof (Passage));
  g_array_set_clear_func (sampling->found, clear_passage);
  sampling->drawn = g_array_new (FALSE, FALSE, sizeof (Passage));
  g_array_set_clear_func (sampling->drawn, clear_passage);
  sampling->sizes = g_new0 (gint64, n_codes (sampling) + 1);
  sampling->n_drawn = g_new0 (gint64, n_codes (sampling) + 1);
  for (guint i = 0; i < n_codes (sampling); i++)
    {
      char *code = g_array_index (sampling->codes->rows, AttestFrequencyRow, i).code;

      if (wish->code == NULL || strcmp (wish->code, code) == 0)
        g_hash_table_insert (sampling->numbers, code, GUINT_TO_POINTER (i + 1));
    }
  return TRUE;
}

gboolean
attest_cli_sample_passages (AttestInvocation *inv, const AttestPassagesWish *wish, GError **error)
{
  g_auto (Sampling) sampling = { .inv = inv, .wish = wish };
  AttestSegmentFilter filter
      = { .dimension = sampling.wish->dimension, .code = sampling.wish->code };
  g_autofree gboolean *is_drawn = NULL;

  if (!prepare (&sampling, error))
    return FALSE;
  filter.codebook = sampling.codes->codebook->name;
  if (!attest_store_foreach_segment (inv->store, &filter, take_segment, &sampling, error))
    return FALSE;
  is_drawn = g_new0 (gboolean, MAX (sampling.found->len, 1));
  draw_found (&sampling, is_drawn);
  if (!sample_sources (&sampling, is_drawn, error))
    return FALSE;
  finish_drawing (&sampling, is_drawn);
  return write_table (&sampling, error);
}
