/* People of a project as coders: what each said, and what each saw. */
#include "cli/attest-cli-agree-project-private.h"

#include <string.h>

/* ---- who ---- */

static char *
join (GPtrArray *names)
{
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? ", " : "", (char *)names->pdata[i]);
  return g_strdup (joined->str);
}

static gboolean
has (GPtrArray *names, const char *name)
{
  return g_ptr_array_find_with_equal_func (names, name, (GEqualFunc)g_str_equal, NULL);
}

static gboolean
check_coders (AttestAgreeLoading *loading, GError **error)
{
  const AttestAgreeWish *wish = loading->wish;
  g_autoptr (GPtrArray) known = attest_store_list_coders (loading->store, error);
  g_autofree char *all = known != NULL ? join (known) : NULL;
  const char *path = attest_store_get_path (loading->store);

  if (known == NULL)
    return FALSE;
  if (known->len == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "nobody has judged a segment of %s: 'attest review' and 'attest mark' do, "
                         "with --coder NAME",
                         path);
  for (guint i = 0; wish->coders[i] != NULL; i++)
    if (!has (known, wish->coders[i]))
      return attest_throw (error, ATTEST_ERROR_USAGE,
                           "'%s' has judged nothing in %s; there are: %s", wish->coders[i], path,
                           all);
  if (wish->coders[1] == NULL && wish->codebooks == NULL && wish->runs == NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "one coder has nobody to agree with: give --coder twice, or --codebook or "
                         "--run; judged have: %s%s",
                         all,
                         known->len == 1 ? " (merge the copy of another by 'attest merge')" : "");
  return TRUE;
}

/* The codebook of which the coders judged codes. */
static const char *
find_judged_codebook (AttestAgreeLoading *loading, GPtrArray *judgements, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *all = NULL;

  for (guint i = 0; i < judgements->len; i++)
    {
      const AttestJudgement *judgement = judgements->pdata[i];

      if (!has (names, judgement->codebook))
        g_ptr_array_add (names, judgement->codebook);
    }
  if (names->len == 1)
    return g_intern_string (names->pdata[0]);
  all = join (names);
  return attest_throw_null (error, ATTEST_ERROR_USAGE,
                            "codes of several codebooks were judged (%s): choose by --codes-of",
                            all);
}

/* Leaves those of the coders that are wanted; with @with_consensus, what coders settled stands for
 * what each who agreed had said. */
static gboolean
is_wanted (const AttestAgreeWish *wish, const AttestJudgement *judgement)
{
  if (judgement->agreed == NULL)
    return g_strv_contains (wish->coders, judgement->coder);
  for (guint i = 0; wish->with_consensus && judgement->agreed[i] != NULL; i++)
    if (g_strv_contains (wish->coders, judgement->agreed[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_settled_by (const AttestJudgement *judgement, const AttestJudgement *consensus)
{
  return judgement->agreed == NULL && consensus->agreed != NULL
         && judgement->decision < consensus->decision
         && g_strv_contains ((const char *const *)consensus->agreed, judgement->coder)
         && judgement->start < consensus->end && judgement->end > consensus->start
         && strcmp (judgement->code, consensus->code) == 0
         && strcmp (judgement->codebook, consensus->codebook) == 0
         && strcmp (judgement->source, consensus->source) == 0;
}

/* What coders agreed on later stands for what each had said. */
static void
leave_out_settled (GPtrArray *judgements)
{
  g_autoptr (GPtrArray) settling = g_ptr_array_new ();

  for (guint i = 0; i < judgements->len; i++)
    if (((AttestJudgement *)judgements->pdata[i])->agreed != NULL)
      g_ptr_array_add (settling, judgements->pdata[i]);
  for (guint i = judgements->len; i-- > 0;)
    for (guint k = 0; k < settling->len; k++)
      if (is_settled_by (judgements->pdata[i], settling->pdata[k]))
        {
          g_ptr_array_remove_index (judgements, i);
          break;
        }
}

gboolean
attest_agree_choose_coders (AttestAgreeLoading *loading, GError **error)
{
  const AttestAgreeWish *wish = loading->wish;

  if (!check_coders (loading, error))
    return FALSE;
  loading->judgements = attest_store_list_judgements (loading->store, wish->codes_of, error);
  if (loading->judgements == NULL)
    return FALSE;
  for (guint i = loading->judgements->len; i-- > 0;)
    if (!is_wanted (wish, loading->judgements->pdata[i]))
      g_ptr_array_remove_index (loading->judgements, i);
  leave_out_settled (loading->judgements);
  if (wish->codebooks == NULL && wish->runs == NULL)
    {
      loading->codes_of = wish->codes_of != NULL
                              ? wish->codes_of
                              : find_judged_codebook (loading, loading->judgements, error);
      return loading->codes_of != NULL;
    }
  return TRUE;
}

void
attest_agree_add_coders (AttestAgreeLoading *loading)
{
  loading->first_coder = loading->project->coders->len;
  for (guint i = 0; loading->wish->coders != NULL && loading->wish->coders[i] != NULL; i++)
    g_ptr_array_add (loading->project->coders, g_strdup (loading->wish->coders[i]));
}

/* ---- what they said ---- */

gboolean
attest_agree_is_of (const AttestJudgement *judgement, const char *coder)
{
  return judgement->agreed != NULL ? g_strv_contains ((const char *const *)judgement->agreed, coder)
                                   : strcmp (judgement->coder, coder) == 0;
}

/* Calls @func for the number of each coder whose judgement it is. */
static void
foreach_coder (AttestAgreeLoading *loading, const AttestJudgement *judgement,
               void (*func) (AttestAgreeLoading *, const AttestJudgement *, guint coder))
{
  for (guint i = loading->first_coder; i < loading->project->coders->len; i++)
    if (attest_agree_is_of (judgement, loading->project->coders->pdata[i]))
      func (loading, judgement, i);
}

static guint8 *
cell (AttestAgreeLoading *loading, guint8 *cells, guint item, guint coder)
{
  return &cells[(gsize)item * loading->project->coders->len + coder];
}

static void
take (AttestAgreeLoading *loading, const AttestJudgement *judgement, guint coder)
{
  guint source
      = GPOINTER_TO_UINT (g_hash_table_lookup (loading->source_numbers, judgement->source));
  guint first, end, code;

  if (source == 0)
    return;
  loading->saw[(gsize)(source - 1) * loading->project->coders->len + coder] = 1;
  if (!attest_agree_find_code_of (loading, judgement->codebook, judgement->code, &code))
    return;
  attest_agree_find_items (loading, source - 1, judgement->start, judgement->end, &first, &end);
  for (guint i = first; i < end; i++)
    {
      gsize at = ((gsize)i * loading->project->coders->len + coder) * loading->project->codes->len;

      loading->held[at + code] |= judgement->holds;
      *cell (loading, loading->judged, i, coder) = 1;
    }
}

/* Judgements of one coder and code, by place. */
static char *
dup_key (guint coder, const char *source, guint code)
{
  return g_strdup_printf ("%u\n%s\n%u", coder, source, code);
}

static void
note_place (AttestAgreeLoading *loading, const AttestJudgement *judgement, guint coder)
{
  guint code;

  if (!attest_agree_find_code_of (loading, judgement->codebook, judgement->code, &code))
    return;
  char *key = dup_key (coder, judgement->source, code);
  GPtrArray *places = g_hash_table_lookup (loading->places, key);

  if (places == NULL)
    {
      places = g_ptr_array_new ();
      g_hash_table_insert (loading->places, g_steal_pointer (&key), places);
    }
  g_free (key);
  g_ptr_array_add (places, (gpointer)judgement);
}

static gboolean
has_judged (AttestAgreeLoading *loading, guint coder, const AttestStoreSegment *segment, guint code)
{
  g_autofree char *key = dup_key (coder, segment->source, code);
  GPtrArray *places = g_hash_table_lookup (loading->places, key);

  for (guint i = 0; places != NULL && i < places->len; i++)
    {
      const AttestJudgement *judgement = places->pdata[i];

      if (judgement->start < segment->end && judgement->end > segment->start)
        return TRUE;
    }
  return FALSE;
}

/* A coder who left a proposed segment alone has not said that the code is absent. */
static gboolean
take_open (const AttestStoreSegment *segment, gpointer data, GError **error)
{
  AttestAgreeLoading *loading = data;
  guint source = GPOINTER_TO_UINT (g_hash_table_lookup (loading->source_numbers, segment->source));
  guint first, end, code;

  if (source == 0 || strcmp (segment->origin, "rule") != 0
      || !attest_agree_find_code_of (loading, segment->codebook, segment->code, &code))
    return TRUE;
  attest_agree_find_items (loading, source - 1, segment->start, segment->end, &first, &end);
  for (guint coder = loading->first_coder; coder < loading->project->coders->len; coder++)
    {
      guint n_said = 0;

      if (has_judged (loading, coder, segment, code))
        continue;
      for (guint i = first; i < end; i++)
        if (*cell (loading, loading->said, i, coder))
          n_said++;
        else
          *cell (loading, loading->missing, i, coder) = 1;
      loading->n_open
          += n_said < end - first
             && !loading->by_sentence[(gsize)(source - 1) * loading->project->coders->len + coder]
             && loading->saw[(gsize)(source - 1) * loading->project->coders->len + coder];
    }
  return TRUE;
}

/* Of sources in which a coder judged nothing, they saw nothing. */
static void
set_unseen (AttestAgreeLoading *loading)
{
  const AttestAgreeProject *project = loading->project;

  for (guint source = 0; source < project->sources->len; source++)
    for (guint coder = loading->first_coder; coder < project->coders->len; coder++)
      {
        if (loading->saw[(gsize)source * project->coders->len + coder])
          continue;
        for (guint i = g_array_index (loading->first_items, guint, source);
             i < g_array_index (loading->first_items, guint, source + 1); i++)
          *cell (loading, loading->missing, i, coder) = 1;
      }
}

/* Units in which nobody judged and no codebook found anything are left out. */
static void
leave_out_empty (AttestAgreeLoading *loading)
{
  const AttestAgreeProject *project = loading->project;
  gsize n_coders = project->coders->len, n_held = n_coders * project->codes->len;

  for (guint i = 0; i < project->items->len; i++)
    if (memchr (loading->held + i * n_held, 1, n_held) == NULL
        && memchr (loading->judged + i * n_coders, 1, n_coders) == NULL)
      memset (loading->missing + i * n_coders, 1, n_coders);
}

static gboolean
check_overlap (AttestAgreeLoading *loading, GError **error)
{
  const AttestAgreeProject *project = loading->project;
  g_autoptr (GString) who = g_string_new (NULL);

  for (guint i = 0; i < project->items->len; i++)
    {
      guint n = 0;

      for (guint coder = 0; coder < project->coders->len; coder++)
        n += !*cell (loading, loading->missing, i, coder);
      if (n >= 2)
        return TRUE;
    }
  for (guint coder = loading->first_coder; coder < project->coders->len; coder++)
    {
      guint n_sources = 0;

      for (guint source = 0; source < project->sources->len; source++)
        n_sources += loading->saw[(gsize)source * project->coders->len + coder];
      g_string_append_printf (who, "%s%s in %u source%s", who->len > 0 ? ", " : "",
                              (char *)project->coders->pdata[coder], n_sources,
                              n_sources == 1 ? "" : "s");
    }
  return attest_throw (error, ATTEST_ERROR_USAGE,
                       "no %s was judged by two coders (%s judged): give both the same sources, "
                       "which 'attest sample --double-code' draws",
                       attest_agree_units[project->unit], who->str);
}

static void
warn (AttestAgreeLoading *loading)
{
  const AttestAgreeProject *project = loading->project;
  guint n_empty = 0;
  gsize n_coders = project->coders->len;

  for (guint i = 0; i < project->items->len; i++)
    {
      guint n = 0;

      for (guint coder = 0; coder < n_coders; coder++)
        n += !*cell (loading, loading->missing, i, coder);
      n_empty += n >= 2 && memchr (loading->judged + i * n_coders, 1, n_coders) == NULL;
    }
  if (loading->n_open > 0)
    g_ptr_array_add (
        project->warnings,
        g_strdup_printf ("Proposed segments that a coder left open, which count as not "
                         "judged by them: %u.",
                         loading->n_open));
  if (!loading->wish->only_judged && n_empty > 0)
    g_ptr_array_add (
        project->warnings,
        g_strdup_printf (
            "In %u of %u %ss nobody judged anything, which counts as agreement that no "
            "code is there; --judged leaves them out.",
            n_empty, project->items->len, attest_agree_units[project->unit]));
}

gboolean
attest_agree_take_coders (AttestAgreeLoading *loading, GError **error)
{
  const AttestAgreeProject *project = loading->project;
  gsize n_coders = project->coders->len;
  AttestSegmentFilter filter
      = { .codebook = loading->names->len == 1 ? loading->names->pdata[0] : NULL };

  loading->judged = g_malloc0 (MAX (project->items->len * n_coders, 1));
  loading->saw = g_malloc0 (MAX (project->sources->len * n_coders, 1));
  loading->places
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  for (guint i = 0; i < loading->judgements->len; i++)
    {
      foreach_coder (loading, loading->judgements->pdata[i], take);
      foreach_coder (loading, loading->judgements->pdata[i], note_place);
    }
  if (!attest_agree_take_said (loading, error)
      || !attest_store_foreach_segment (loading->store, &filter, take_open, loading, error))
    return FALSE;
  set_unseen (loading);
  attest_agree_leave_out_unread (loading);
  if (!attest_agree_take_sample (loading, error))
    return FALSE;
  warn (loading);
  if (loading->wish->only_judged)
    leave_out_empty (loading);
  return check_overlap (loading, error);
}

void
attest_agree_clear_coders (AttestAgreeLoading *loading)
{
  g_clear_pointer (&loading->judgements, g_ptr_array_unref);
  g_clear_pointer (&loading->places, g_hash_table_unref);
  g_free (loading->missing);
  g_free (loading->judged);
  g_free (loading->saw);
  g_free (loading->said);
  g_free (loading->by_sentence);
}
