/* Segments of a project as stretches. */
#include "cli/attest-cli-agree-project-private.h"
#include "cli/attest-cli-agree-spans-private.h"

#include <string.h>

typedef struct
{
  AttestAgreeLoading *project;
  AttestAgreeSpansLoading *spans;
  GPtrArray *shifts; /* of GArray of gint64: by text and turn, what is taken off a position */
  guint coder;
} Gathering;

/* Where each turn begins when nothing stands between the turns of others than interviewers. */
static GArray *
shift_turns (const AttestDocument *doc, gint64 *out_length)
{
  g_autoptr (AttestCharMap) map = attest_char_map_new (doc->text, doc->length_bytes);
  GArray *shifts = g_array_new (FALSE, FALSE, sizeof (gint64));

  *out_length = 0;
  for (guint i = 0; i < doc->turns->len; i++)
    {
      const AttestTurn *turn = attest_document_turn (doc, i);
      gint64 start = (gint64)attest_char_map_to_char (map, turn->start_byte);
      gint64 end = (gint64)attest_char_map_to_char (map, turn->end_byte);
      gint64 shift = start - *out_length;

      g_array_append_val (shifts, shift);
      if (attest_agree_has_units (doc, i))
        *out_length += end - start;
    }
  return shifts;
}

/* Every codebook saw every text; people those in which they judged something. */
static gboolean
saw (const Gathering *gathering, guint coder, const char *label)
{
  const AttestAgreeLoading *project = gathering->project;

  if (coder < project->first_run)
    return TRUE;
  if (coder < project->first_coder)
    return attest_agree_run_saw (project, coder, label);
  for (guint i = 0; i < project->judgements->len; i++)
    {
      const AttestJudgement *judgement = project->judgements->pdata[i];

      if (attest_agree_is_of (judgement, project->project->coders->pdata[coder])
          && strcmp (judgement->source, label) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
add_text (Gathering *gathering, const char *label, gint64 length)
{
  AttestAgreeStretch nothing = { .code = ATTEST_AGREE_NO_CODE };

  nothing.text = attest_agree_names_add (&gathering->spans->texts, label);
  g_array_append_val (gathering->spans->lengths, length);
  for (guint i = 0; i < gathering->project->project->coders->len; i++)
    {
      nothing.coder = i;
      if (!saw (gathering, i, label))
        continue;
      g_array_append_val (gathering->spans->stretches, nothing);
    }
}

static gboolean
add_texts (Gathering *gathering, GError **error)
{
  AttestStore *store = gathering->project->store;
  g_autoptr (GPtrArray) sources = attest_store_list_sources (store, error);

  for (guint i = 0; sources != NULL && i < sources->len; i++)
    {
      const AttestSourceInfo *info = g_ptr_array_index (sources, i);
      g_autoptr (AttestDocument) doc = NULL;
      gint64 length;

      if (!attest_agree_get_text (gathering->project, info, &doc, error))
        return FALSE;
      if (doc == NULL)
        continue;
      g_autoptr (GArray) shifts = shift_turns (doc, &length);
      /* Where only interviewers speak, nothing can be coded. */
      if (length > 0)
        {
          g_ptr_array_add (gathering->shifts, g_array_ref (shifts));
          add_text (gathering, info->label, length);
        }
    }
  return sources != NULL && attest_agree_check_texts (gathering->project, error);
}

/* Takes a segment of the coder at hand. */
static void
add_stretch (Gathering *gathering, guint text, guint turn, guint code, gint64 start, gint64 end)
{
  gint64 shift
      = g_array_index ((GArray *)g_ptr_array_index (gathering->shifts, text), gint64, turn);
  AttestAgreeStretch stretch = { .text = text,
                                 .coder = gathering->coder,
                                 .code = code,
                                 .start = start - shift,
                                 .end = end - shift };

  g_array_append_val (gathering->spans->stretches, stretch);
}

static gboolean
take_segment (const AttestStoreSegment *segment, gpointer data, GError **error)
{
  Gathering *gathering = data;
  guint text, code;

  if (segment->role != ATTEST_ROLE_INTERVIEWER
      && attest_agree_names_find (&gathering->spans->texts, segment->source, &text)
      && attest_agree_find_code (gathering->project, gathering->coder, segment->code, &code)
      && attest_agree_counts (gathering->project, segment))
    add_stretch (gathering, text, segment->turn, code, segment->start, segment->end);
  return TRUE;
}

/* A text of a run. */
typedef struct
{
  Gathering *gathering;
  guint text;
} RunText;

static void
take_found (const AttestAgreeFound *found, gpointer data)
{
  const RunText *at = data;

  add_stretch (at->gathering, at->text, found->turn, found->code, found->start, found->end);
}

static void
take_runs (Gathering *gathering)
{
  const AttestAgreeLoading *project = gathering->project;
  const GPtrArray *labels = gathering->spans->texts.names;

  for (guint coder = project->first_run; coder < project->first_coder; coder++)
    for (guint i = 0; i < labels->len; i++)
      {
        RunText at = { gathering, i };

        gathering->coder = coder;
        if (attest_agree_run_saw (project, coder, labels->pdata[i]))
          attest_agree_foreach_found (project, coder, labels->pdata[i], take_found, &at);
      }
}

/* What people accepted or marked. */
static void
take_judgements (Gathering *gathering)
{
  AttestAgreeLoading *project = gathering->project;

  for (guint i = 0; project->judgements != NULL && i < project->judgements->len; i++)
    for (guint coder = project->first_coder; coder < project->project->coders->len; coder++)
      {
        const AttestJudgement *judgement = project->judgements->pdata[i];
        guint text, code;

        gathering->coder = coder;
        if (judgement->holds
            && attest_agree_is_of (judgement, project->project->coders->pdata[coder])
            && attest_agree_names_find (&gathering->spans->texts, judgement->source, &text)
            && attest_agree_find_code_of (project, judgement->codebook, judgement->code, &code))
          add_stretch (gathering, text, judgement->turn, code, judgement->start, judgement->end);
      }
}

static gboolean
check_seen (const Gathering *gathering, GError **error)
{
  const AttestAgreeLoading *project = gathering->project;
  const GPtrArray *labels = gathering->spans->texts.names;

  for (guint i = 0; i < labels->len; i++)
    {
      guint n = 0;

      for (guint coder = 0; coder < project->project->coders->len; coder++)
        n += saw (gathering, coder, labels->pdata[i]);
      if (n >= 2)
        return TRUE;
    }
  return attest_throw (error, ATTEST_ERROR_USAGE,
                       labels->len == 0
                           ? "nobody but interviewers says anything in the project"
                           : "no source was judged by two coders: give both the same sources, "
                             "which 'attest sample --double-code' draws");
}

static gboolean
gather (Gathering *gathering, GError **error)
{
  AttestAgreeProject *project = gathering->project->project;

  if ((gathering->project->wish->coders != NULL
       && !attest_agree_choose_coders (gathering->project, error))
      || !attest_agree_choose_codes (gathering->project, error)
      || !attest_agree_code_runs (gathering->project, error))
    return FALSE;
  for (guint i = 0; i < project->coders->len; i++)
    attest_agree_names_add (&gathering->spans->coders, g_ptr_array_index (project->coders, i));
  for (guint i = 0; i < project->codes->len; i++)
    attest_agree_names_add (&gathering->spans->codes, g_ptr_array_index (project->codes, i));
  if (!add_texts (gathering, error))
    return FALSE;
  take_judgements (gathering);
  take_runs (gathering);
  for (guint i = 0; i < gathering->project->first_run; i++)
    {
      AttestSegmentFilter filter = { .codebook = g_ptr_array_index (project->coders, i) };

      gathering->coder = i;
      if (!attest_store_foreach_segment (gathering->project->store, &filter, take_segment,
                                         gathering, error))
        return FALSE;
      attest_agree_tell_decided (gathering->project, filter.codebook);
    }
  if (!check_seen (gathering, error))
    return FALSE;
  for (guint i = 0; i < project->warnings->len; i++)
    g_ptr_array_add (gathering->spans->spans->warnings,
                     g_strdup (g_ptr_array_index (project->warnings, i)));
  return attest_agree_spans_build (gathering->spans, error);
}

AttestAgreeSpans *
attest_agree_spans_load_project (AttestStore *store, const AttestAgreeWish *wish, GError **error)
{
  g_autoptr (AttestAgreeProject) project = attest_agree_project_new ();
  g_auto (AttestAgreeLoading) loading;
  AttestAgreeSpansLoading spans;
  Gathering gathering = { .project = &loading, .spans = &spans };

  attest_agree_loading_init (&loading, project, store, wish);
  attest_agree_spans_begin (&spans);
  spans.spans->runs = g_ptr_array_ref (project->runs);
  spans.spans->run_notes = g_ptr_array_ref (project->run_notes);
  gathering.shifts = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  gboolean ok = gather (&gathering, error);
  g_ptr_array_unref (gathering.shifts);
  return attest_agree_spans_end (&spans, ok);
}
