/* What transcripts there are to draw from, and which codes they have. */
#include <string.h>

#include "cli/attest-cli-double-code-private.h"
#include "util/attest-sentence.h"
#include "util/attest-text.h"

static void
clear_candidate (gpointer item)
{
  g_free (((AttestCandidate *)item)->label);
  g_free (((AttestCandidate *)item)->group);
}

void
attest_planning_clear (AttestPlanning *planning)
{
  g_array_unref (planning->candidates);
  g_ptr_array_unref (planning->strata);
  g_hash_table_unref (planning->numbers);
  g_clear_pointer (&planning->frequency, attest_frequency_free);
  g_clear_pointer (&planning->frame, attest_sample_frame_free);
}

static gint64
count_sentences (const AttestDocument *doc, AttestSentenceFinder *finder)
{
  gint64 n = 0;

  for (guint i = 0; i < doc->turns->len; i++)
    {
      const AttestTurn *turn = attest_document_turn (doc, i);
      gsize length_bytes = turn->end_byte - turn->start_byte;

      if (attest_document_turn_role (doc, i) == ATTEST_ROLE_INTERVIEWER)
        continue;
      g_autofree char *text
          = attest_text_dup_unwrapped (doc->text + turn->start_byte, length_bytes);
      attest_sentence_finder_set_text (finder, text, length_bytes, turn->lang);
      g_autoptr (GArray) sentences = attest_sentence_finder_list (finder);
      n += sentences->len;
    }
  return n;
}

/* The group of the respondent who says most in it; of several alike, the first. */
static char *
dup_group (GPtrArray *respondents, const AttestSourceInfo *info)
{
  const AttestRespondentInfo *most = NULL;

  for (guint i = 0; i < respondents->len; i++)
    {
      const AttestRespondentInfo *respondent = respondents->pdata[i];

      if (g_strv_contains ((const char *const *)info->respondents, respondent->label)
          && (most == NULL || respondent->words > most->words))
        most = respondent;
    }
  return most != NULL ? g_strdup (attest_respondent_info_get (most, ATTEST_ATTRIBUTE_GROUP)) : NULL;
}

static guint
intern_stratum (AttestPlanning *planning, const char *kind, const char *group)
{
  g_autofree char *name = g_strdup_printf ("%s, %s", kind, group != NULL ? group : "no group");
  guint i;

  if (g_ptr_array_find_with_equal_func (planning->strata, name, (GEqualFunc)g_str_equal, &i))
    return i;
  g_ptr_array_add (planning->strata, g_steal_pointer (&name));
  return planning->strata->len - 1;
}

static gboolean
load_candidates (AttestPlanning *planning, GError **error)
{
  AttestStore *store = planning->inv->store;
  g_autoptr (GPtrArray) sources = attest_store_list_sources (store, error);
  g_autoptr (GPtrArray) respondents
      = sources != NULL ? attest_store_list_respondents (store, error) : NULL;
  g_autoptr (AttestSentenceFinder) finder = attest_sentence_finder_new ();

  for (guint i = 0; respondents != NULL && i < sources->len; i++)
    {
      const AttestSourceInfo *info = sources->pdata[i];
      g_autoptr (AttestDocument) doc = attest_store_get_document (store, info->label, error);
      AttestCandidate candidate = { .label = g_strdup (info->label),
                                    .group = dup_group (respondents, info),
                                    .kind = attest_source_kind_to_string (info->kind) };

      candidate.stratum = intern_stratum (planning, candidate.kind, candidate.group);
      candidate.sentences = doc != NULL ? count_sentences (doc, finder) : 0;
      g_array_append_val (planning->candidates, candidate);
      planning->sentences += candidate.sentences;
      if (doc == NULL)
        return FALSE;
    }
  for (guint i = 0; i < planning->candidates->len; i++)
    g_hash_table_insert (planning->numbers, attest_planning_candidate (planning, i)->label,
                         attest_planning_candidate (planning, i));
  if (respondents != NULL && planning->sentences == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "nobody but interviewers says anything in the project");
  return respondents != NULL;
}

gboolean
attest_planning_is_wanted (const AttestDoubleCodeWish *wish, const AttestFrequencyRow *row)
{
  return (wish->code == NULL || strcmp (wish->code, row->code) == 0)
         && (wish->dimension == NULL || strcmp (wish->dimension, row->dimension) == 0);
}

static gboolean
count_segment (const AttestStoreSegment *segment, gpointer data, GError **error)
{
  AttestPlanning *planning = data;
  AttestCandidate *candidate = g_hash_table_lookup (planning->numbers, segment->source);

  if (candidate != NULL && strcmp (segment->status, "rejected") != 0)
    candidate->segments++;
  return TRUE;
}

static gboolean
load_codes (AttestPlanning *planning, GError **error)
{
  const AttestDoubleCodeWish *wish = planning->wish;
  AttestReportFilter filter = { .codebook = wish->codebook };
  AttestSegmentFilter segments
      = { .codebook = wish->codebook, .code = wish->code, .dimension = wish->dimension };
  guint n = 0;

  planning->frequency = attest_store_report_frequency (planning->inv->store, &filter, error);
  if (planning->frequency == NULL)
    return FALSE;
  for (guint i = 0; i < planning->frequency->rows->len; i++)
    n += attest_planning_is_wanted (
        wish, &g_array_index (planning->frequency->rows, AttestFrequencyRow, i));
  if (n == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE, "the codebook %s has no %s '%s'",
                         planning->frequency->codebook->name,
                         wish->code != NULL ? "code" : "dimension",
                         wish->code != NULL ? wish->code : wish->dimension);
  return attest_store_foreach_segment (planning->inv->store, &segments, count_segment, planning,
                                       error);
}

gboolean
attest_planning_load (AttestPlanning *planning, AttestInvocation *inv,
                      const AttestDoubleCodeWish *wish, GError **error)
{
  planning->inv = inv;
  planning->wish = wish;
  planning->candidates = g_array_new (FALSE, TRUE, sizeof (AttestCandidate));
  g_array_set_clear_func (planning->candidates, clear_candidate);
  planning->strata = g_ptr_array_new_with_free_func (g_free);
  planning->numbers = g_hash_table_new (g_str_hash, g_str_equal);
  if (!load_candidates (planning, error) || !load_codes (planning, error))
    return FALSE;
  /* Where not all is coded it is not known, which is no fault here. */
  if (wish->rho < 0)
    planning->frame = attest_sample_frame_load (inv->store, wish->codebook, wish->dimension,
                                                wish->code, wish->kappa, wish->rho, NULL);
  return TRUE;
}
