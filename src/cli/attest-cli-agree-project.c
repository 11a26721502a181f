#include "cli/attest-cli-agree-project.h"

#include <string.h>

#include "cli/attest-cli-agree-sets.h"
#include "cli/attest-cli-coding.h"
#include "util/attest-limits.h"
#include "util/attest-sentence.h"

const char *const attest_agree_units[] = { "sentence", "turn", "source", "passage", NULL };

#define PEOPLE "people"

typedef struct
{
  AttestAgreeProject *project;
  AttestStore *store;
  const AttestAgreeWish *wish;
  GHashTable *source_numbers; /* label → number + 1 */
  GArray *first_items;        /* of guint: by source; one more at the end */
  GArray *gold_items;         /* of guint: of each item, in the file that people judged */
  AttestCodebook *judged;     /* the codebook by which people judged */
  guint8 *held;               /* [(item × coders + coder) × codes + code] */
  guint coder;                /* the one whose segments are being read */
} Loading;

static const AttestGoldItem *
gold_item (const Loading *loading, guint i)
{
  return &g_array_index (loading->wish->gold->items, AttestGoldItem, i);
}

/* ---- codes ---- */

/* Whether people gave any code of the dimension of this name: of other dimensions nobody knows what
 * they would have said. */
static gboolean
is_judged (const Loading *loading, const char *dimension)
{
  for (guint i = 0; i < loading->wish->gold->items->len; i++)
    {
      const GArray *codes = gold_item (loading, i)->codes;

      for (guint k = 0; k < codes->len; k++)
        {
          const AttestCode *code
              = attest_codebook_code (loading->judged, g_array_index (codes, guint, k));

          if (strcmp (attest_codebook_dimension (loading->judged, code->dimension)->id, dimension)
              == 0)
            return TRUE;
        }
    }
  return FALSE;
}

static gboolean
is_wanted (const Loading *loading, const AttestCodebook *codebook, const AttestCode *code)
{
  const char *dimension = attest_codebook_dimension (codebook, code->dimension)->id;

  if (loading->wish->dimension != NULL)
    return strcmp (dimension, loading->wish->dimension) == 0;
  return loading->wish->gold == NULL || is_judged (loading, dimension);
}

static void
keep_common (const Loading *loading, const AttestCodebook *codebook, gboolean is_first,
             GPtrArray *left_out)
{
  AttestAgreeProject *project = loading->project;
  g_autoptr (GPtrArray) common = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < codebook->codes->len; i++)
    {
      const AttestCode *code = attest_codebook_code (codebook, i);
      gboolean is_known = g_ptr_array_find_with_equal_func (project->codes, code->id,
                                                            (GEqualFunc)g_str_equal, NULL);

      if (!is_wanted (loading, codebook, code))
        continue;
      if (is_first || is_known)
        g_ptr_array_add (common, g_strdup (code->id));
      else
        g_ptr_array_add (left_out, g_strdup (code->id));
    }
  /* In the order of the first codebook. */
  for (guint i = 0; i < project->codes->len;)
    if (g_ptr_array_find_with_equal_func (common, project->codes->pdata[i], (GEqualFunc)g_str_equal,
                                          NULL))
      i++;
    else
      {
        g_ptr_array_add (left_out, g_strdup (project->codes->pdata[i]));
        g_ptr_array_remove_index (project->codes, i);
      }
  if (is_first)
    for (guint i = 0; i < common->len; i++)
      g_ptr_array_add (project->codes, g_strdup (common->pdata[i]));
}

/* Whether it searched every source. */
static gboolean
check_searched (AttestStore *store, const char *name, GError **error)
{
  AttestReportFilter filter = { .codebook = name };
  g_autoptr (AttestFrequency) frequency = attest_store_report_frequency (store, &filter, error);

  if (frequency == NULL)
    return FALSE;
  if (frequency->totals.not_searched > 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "codebook '%s' has not searched %" G_GINT64_FORMAT
                         " of the sources, where it cannot agree or differ: 'attest code' first",
                         name, frequency->totals.not_searched);
  return TRUE;
}

static gboolean
add_codebook (Loading *loading, const char *name, gboolean is_first, GPtrArray *left_out,
              GError **error)
{
  const AttestAgreeWish *wish = loading->wish;
  g_autoptr (AttestCodebookInfo) info = attest_store_find_codebook (loading->store, name, error);
  g_autoptr (AttestCodebook) codebook
      = info != NULL ? attest_cli_load_kept_codebook (loading->store, info, error) : NULL;

  if (codebook == NULL || !check_searched (loading->store, name, error))
    return FALSE;
  if (wish->dimension != NULL && attest_codebook_find_dimension (codebook, wish->dimension) < 0)
    return attest_throw (error, ATTEST_ERROR_USAGE, "the codebook %s has no dimension '%s'", name,
                         wish->dimension);
  if (is_first && wish->gold != NULL)
    {
      if (!attest_gold_resolve (wish->gold, codebook, error))
        return FALSE;
      loading->judged = attest_codebook_ref (codebook);
    }
  keep_common (loading, codebook, is_first, left_out);
  g_ptr_array_add (loading->project->coders, g_strdup (name));
  return TRUE;
}

static gboolean
add_codebooks (Loading *loading, GError **error)
{
  AttestAgreeProject *project = loading->project;
  const char *const *names = loading->wish->codebooks;
  g_autoptr (GPtrArray) left_out = g_ptr_array_new_with_free_func (g_free);

  if (loading->wish->gold != NULL)
    g_ptr_array_add (project->coders, g_strdup (PEOPLE));
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_ptr_array_find_with_equal_func (project->coders, names[i], (GEqualFunc)g_str_equal,
                                            NULL))
        return attest_throw (error, ATTEST_ERROR_USAGE, "codebook '%s' is named twice", names[i]);
      if (!add_codebook (loading, names[i], i == 0, left_out, error))
        return FALSE;
    }
  if (project->codes->len == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         loading->wish->gold != NULL
                             ? "people gave no code, so it is not known which they judged: choose "
                               "by --dimension"
                             : "the codebooks have no code in common: codes are the same when they "
                               "have the same id");
  if (left_out->len == 0)
    return TRUE;
  g_ptr_array_add (left_out, NULL);
  g_autofree char *list = g_strjoinv (", ", (char **)left_out->pdata);
  g_ptr_array_add (project->warnings,
                   g_strdup_printf ("Codes that not all of them have, left out: %s.", list));
  return TRUE;
}

/* ---- units ---- */

static void
add_unit (Loading *loading, const AttestDocument *doc, const AttestCharMap *map, guint turn,
          AttestSpan span)
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
add_sentences (Loading *loading, const AttestDocument *doc, const AttestCharMap *map, guint number,
               AttestSentenceFinder *finder)
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

static void
add_units (Loading *loading, const AttestDocument *doc, AttestSentenceFinder *finder)
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

      if (attest_document_turn_role (doc, i) == ATTEST_ROLE_INTERVIEWER)
        continue;
      if (loading->project->unit == ATTEST_AGREE_TURN)
        add_unit (loading, doc, map, i, (AttestSpan){ turn->start_byte, turn->end_byte });
      else
        add_sentences (loading, doc, map, i, finder);
    }
}

/* ---- passages that people judged ---- */

static void
add_passage (guint item, const AttestDocument *doc, const AttestCharMap *map, gpointer data)
{
  Loading *loading = data;
  const AttestGoldItem *judged = gold_item (loading, item);
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
add_passages (Loading *loading, GError **error)
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

/* What people said of the items. */
static void
take_judgements (Loading *loading)
{
  const AttestAgreeProject *project = loading->project;

  for (guint i = 0; i < loading->gold_items->len; i++)
    {
      const GArray *codes
          = gold_item (loading, g_array_index (loading->gold_items, guint, i))->codes;

      for (guint k = 0; k < codes->len; k++)
        {
          const AttestCode *given
              = attest_codebook_code (loading->judged, g_array_index (codes, guint, k));
          guint code;

          if (g_ptr_array_find_with_equal_func (project->codes, given->id, (GEqualFunc)g_str_equal,
                                                &code))
            loading->held[(gsize)i * project->coders->len * project->codes->len + code] = 1;
        }
    }
}

/* ---- all sources ---- */

static gboolean
add_sources (Loading *loading, GError **error)
{
  AttestAgreeProject *project = loading->project;
  g_autoptr (GPtrArray) sources = attest_store_list_sources (loading->store, error);
  g_autoptr (AttestSentenceFinder) finder = attest_sentence_finder_new ();

  for (guint i = 0; sources != NULL && i < sources->len; i++)
    {
      const AttestSourceInfo *info = g_ptr_array_index (sources, i);
      g_autoptr (AttestDocument) doc
          = attest_store_get_document (loading->store, info->label, error);
      char *label = g_strdup (info->label);

      g_ptr_array_add (project->sources, label);
      if (doc == NULL)
        return FALSE;
      g_hash_table_insert (loading->source_numbers, label,
                           GUINT_TO_POINTER (project->sources->len));
      g_array_append_val (loading->first_items, project->items->len);
      add_units (loading, doc, finder);
    }
  g_array_append_val (loading->first_items, project->items->len);
  if (sources != NULL && project->items->len == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "nobody but interviewers says anything in the project");
  return sources != NULL;
}

/* ---- what was found ---- */

/* The first item of a source that ends behind @start; passages that people judged are in any order,
 * and the first of them is as good as any. */
static guint
find_item (const Loading *loading, guint source, gint64 start)
{
  guint low = g_array_index (loading->first_items, guint, source);
  guint high = g_array_index (loading->first_items, guint, source + 1);

  while (low < high && loading->wish->gold == NULL)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (loading->project->places, AttestAgreePlace, middle).end <= start)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static gboolean
take_segment (const AttestStoreSegment *segment, gpointer data, GError **error)
{
  const Loading *loading = data;
  const AttestAgreeProject *project = loading->project;
  guint source = GPOINTER_TO_UINT (g_hash_table_lookup (loading->source_numbers, segment->source));
  guint code;

  if (source == 0 || strcmp (segment->status, "rejected") == 0
      || !g_ptr_array_find_with_equal_func (project->codes, segment->code, (GEqualFunc)g_str_equal,
                                            &code))
    return TRUE;
  guint end = g_array_index (loading->first_items, guint, source);
  for (guint i = find_item (loading, source - 1, segment->start); i < end; i++)
    {
      const AttestAgreePlace *place = &g_array_index (project->places, AttestAgreePlace, i);

      if (place->start < segment->end && place->end > segment->start)
        loading
            ->held[((gsize)i * project->coders->len + loading->coder) * project->codes->len + code]
            = 1;
      else if (loading->wish->gold == NULL)
        break;
    }
  return TRUE;
}

static gboolean
take_segments (Loading *loading, GError **error)
{
  const AttestAgreeProject *project = loading->project;

  for (guint i = loading->wish->gold != NULL ? 1 : 0; i < project->coders->len; i++)
    {
      AttestSegmentFilter filter = { .codebook = g_ptr_array_index (project->coders, i) };

      loading->coder = i;
      if (!attest_store_foreach_segment (loading->store, &filter, take_segment, loading, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
make_ratings (Loading *loading, GError **error)
{
  AttestAgreeProject *project = loading->project;
  guint n_codes = project->codes->len;
  gsize n = (gsize)project->items->len * project->coders->len;
  g_auto (AttestAgreeSets) sets;

  attest_agree_sets_init (&sets, n_codes);
  project->ratings = g_new (guint16, n);
  for (gsize i = 0; i < n; i++)
    if (!attest_agree_sets_number (&sets, loading->held + i * n_codes, &project->ratings[i], error))
      return FALSE;
  project->n_values = attest_agree_sets_take (&sets, &project->sets);
  project->cluster_of = g_new (guint, project->items->len);
  for (guint source = 0; source < project->sources->len; source++)
    for (guint i = g_array_index (loading->first_items, guint, source);
         i < g_array_index (loading->first_items, guint, source + 1); i++)
      project->cluster_of[i] = source;
  return TRUE;
}

static gboolean
load_all (Loading *loading, GError **error)
{
  const AttestAgreeProject *project = loading->project;

  if (!(loading->wish->gold != NULL ? add_passages (loading, error) : add_sources (loading, error)))
    return FALSE;
  gsize size = (gsize)project->items->len * project->coders->len * project->codes->len;
  if (size > ATTEST_MAX_AGREE_BYTES)
    return attest_throw (error, ATTEST_ERROR_LIMIT,
                         "more than %u million judgements: choose by --dimension, or a larger "
                         "--unit",
                         ATTEST_MAX_AGREE_BYTES / 1000000);
  loading->held = g_malloc0 (MAX (size, 1));
  take_judgements (loading);
  return take_segments (loading, error) && make_ratings (loading, error);
}

static void
clear_place (gpointer data)
{
  g_free (((AttestAgreePlace *)data)->quote);
}

AttestAgreeProject *
attest_agree_project_load (AttestStore *store, const AttestAgreeWish *wish, GError **error)
{
  g_autoptr (AttestAgreeProject) project = g_new0 (AttestAgreeProject, 1);
  Loading loading = { .project = project, .store = store, .wish = wish };

  project->unit = wish->gold != NULL ? ATTEST_AGREE_PASSAGE : wish->unit;
  project->sources = g_ptr_array_new_with_free_func (g_free);
  project->coders = g_ptr_array_new_with_free_func (g_free);
  project->codes = g_ptr_array_new_with_free_func (g_free);
  project->items = g_ptr_array_new_with_free_func (g_free);
  project->warnings = g_ptr_array_new_with_free_func (g_free);
  project->places = g_array_new (FALSE, FALSE, sizeof (AttestAgreePlace));
  g_array_set_clear_func (project->places, clear_place);
  loading.source_numbers = g_hash_table_new (g_str_hash, g_str_equal);
  loading.first_items = g_array_new (FALSE, FALSE, sizeof (guint));
  loading.gold_items = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean ok = add_codebooks (&loading, error) && load_all (&loading, error);
  attest_codebook_unref (loading.judged);
  g_array_unref (loading.gold_items);
  g_hash_table_unref (loading.source_numbers);
  g_array_unref (loading.first_items);
  g_free (loading.held);
  return ok ? g_steal_pointer (&project) : NULL;
}

void
attest_agree_project_free (AttestAgreeProject *project)
{
  if (project == NULL)
    return;
  g_ptr_array_unref (project->sources);
  g_ptr_array_unref (project->coders);
  g_ptr_array_unref (project->codes);
  g_ptr_array_unref (project->items);
  g_ptr_array_unref (project->warnings);
  g_array_unref (project->places);
  g_free (project->ratings);
  g_free (project->cluster_of);
  g_free (project->sets);
  g_free (project);
}

void
attest_agree_project_set_input (const AttestAgreeProject *project, AttestAgreementInput *input)
{
  input->ratings = (AttestRatings){ .n_items = project->items->len,
                                    .n_coders = project->coders->len,
                                    .n_values = project->n_values,
                                    .n_clusters = project->sources->len,
                                    .values = project->ratings,
                                    .clusters = project->cluster_of };
  input->n_codes = project->codes->len;
  input->sets = project->sets;
}
