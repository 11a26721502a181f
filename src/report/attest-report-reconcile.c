#include "report/attest-report-reconcile.h"

#include <string.h>

static void
free_difference (gpointer item)
{
  AttestDifference *difference = item;

  g_array_unref (difference->coders);
  g_ptr_array_unref (difference->judgements);
  g_free (difference);
}

void
attest_differences_free (AttestDifferences *differences)
{
  if (differences == NULL)
    return;
  g_ptr_array_unref (differences->differences);
  g_ptr_array_unref (differences->coders);
  g_free (differences);
}

static gboolean
is_one_passage (const AttestDifference *difference, const AttestJudgement *judgement)
{
  const AttestJudgement *first = difference->first;

  return strcmp (first->source, judgement->source) == 0
         && strcmp (first->codebook, judgement->codebook) == 0
         && strcmp (first->code, judgement->code) == 0 && judgement->start < difference->end;
}

static AttestDifference *
difference_new (const AttestJudgement *first)
{
  AttestDifference *difference = g_new0 (AttestDifference, 1);

  difference->first = first;
  difference->start = first->start;
  difference->coders = g_array_new (FALSE, TRUE, sizeof (AttestDifferenceCoder));
  difference->judgements = g_ptr_array_new ();
  return difference;
}

static void
add_judgement (AttestDifference *difference, const AttestJudgement *judgement)
{
  g_ptr_array_add (difference->judgements, (gpointer)judgement);
  difference->end = MAX (difference->end, judgement->end);
  if (judgement->agreed != NULL
      && (difference->consensus == NULL || difference->consensus->decision < judgement->decision))
    difference->consensus = judgement;
}

static char *
dup_part (const char *source, const char *coder)
{
  return g_strdup_printf ("%s\n%s", source, coder);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static gboolean
is_within (const AttestJudgement *judgement, const AttestJudged *judged)
{
  return strcmp (judgement->coder, judged->coder) == 0
         && strcmp (judgement->source, judged->source) == 0
         && strcmp (judgement->codebook, judged->codebook) == 0 && judgement->start >= judged->start
         && judgement->end <= judged->end;
}

static gboolean
is_in_sample (const AttestJudgement *judgement, const GPtrArray *judged)
{
  for (guint i = 0; judged != NULL && i < judged->len; i++)
    if (is_within (judgement, judged->pdata[i]))
      return TRUE;
  return FALSE;
}

static void
add_coder (AttestDifferences *differences, const char *coder)
{
  if (!g_ptr_array_find_with_equal_func (differences->coders, coder, (GEqualFunc)g_str_equal, NULL))
    g_ptr_array_add (differences->coders, (gpointer)coder);
}

/* Who takes part, and in which whole sources: "source\ncoder". */
static GHashTable *
list_parts (AttestDifferences *differences, GPtrArray *judgements, const GPtrArray *judged,
            const char *const *coders)
{
  GHashTable *parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < judgements->len; i++)
    {
      const AttestJudgement *judgement = judgements->pdata[i];

      if (judgement->agreed != NULL
          || (coders != NULL && !g_strv_contains (coders, judgement->coder)))
        continue;
      if (!is_in_sample (judgement, judged))
        g_hash_table_add (parts, dup_part (judgement->source, judgement->coder));
      add_coder (differences, judgement->coder);
    }
  for (guint i = 0; judged != NULL && i < judged->len; i++)
    {
      const char *coder = ((AttestJudged *)judged->pdata[i])->coder;

      if (coders == NULL || g_strv_contains (coders, coder))
        add_coder (differences, coder);
    }
  g_ptr_array_sort (differences->coders, compare_names);
  return parts;
}

static AttestDifferenceCoder
find_said (const AttestDifference *difference, const char *coder)
{
  AttestDifferenceCoder said = { .coder = coder };

  for (guint i = 0; i < difference->judgements->len; i++)
    {
      const AttestJudgement *judgement = difference->judgements->pdata[i];

      if (judgement->agreed != NULL || strcmp (judgement->coder, coder) != 0
          || said.says == ATTEST_SAYS_YES)
        continue;
      said.says = judgement->holds ? ATTEST_SAYS_YES : ATTEST_SAYS_NO;
      said.judgement = judgement;
    }
  return said;
}

/* Somebody judged it again after it was settled. */
static gboolean
is_reopened (const AttestDifference *difference)
{
  for (guint i = 0; i < difference->coders->len; i++)
    {
      const AttestDifferenceCoder *said
          = &g_array_index (difference->coders, AttestDifferenceCoder, i);

      if (said->judgement != NULL && said->judgement->decision > difference->consensus->decision)
        return TRUE;
    }
  return FALSE;
}

/* @coder has read the source, or judged a sentence of it that the passage is in. */
static gboolean
takes_part (GHashTable *parts, const GPtrArray *judged, const AttestDifference *difference,
            const char *coder)
{
  const AttestJudgement *first = difference->first;
  g_autofree char *part = dup_part (first->source, coder);

  if (g_hash_table_contains (parts, part))
    return TRUE;
  for (guint i = 0; judged != NULL && i < judged->len; i++)
    {
      const AttestJudged *one = judged->pdata[i];

      if (strcmp (one->coder, coder) == 0 && strcmp (one->source, first->source) == 0
          && strcmp (one->codebook, first->codebook) == 0 && one->start < difference->end
          && one->end > difference->start)
        return TRUE;
    }
  return FALSE;
}

/* Takes it over. */
static void
finish (AttestDifferences *differences, GHashTable *parts, const GPtrArray *judged,
        AttestDifference *difference)
{
  guint n_yes = 0, n_other = 0;

  for (guint i = 0; i < differences->coders->len; i++)
    {
      const char *coder = differences->coders->pdata[i];
      AttestDifferenceCoder said = find_said (difference, coder);

      if (!takes_part (parts, judged, difference, coder))
        continue;
      g_array_append_val (difference->coders, said);
      n_yes += said.says == ATTEST_SAYS_YES;
      n_other += said.says != ATTEST_SAYS_YES;
    }
  differences->passages += difference->coders->len >= 2;
  if (difference->consensus != NULL && is_reopened (difference))
    difference->consensus = NULL;
  if (n_yes == 0 || n_other == 0)
    {
      free_difference (difference);
      return;
    }
  differences->settled += difference->consensus != NULL;
  g_ptr_array_add (differences->differences, difference);
}

AttestDifferences *
attest_differences_new (GPtrArray *judgements, GPtrArray *judged, const char *const *coders)
{
  AttestDifferences *differences = g_new0 (AttestDifferences, 1);
  AttestDifference *current = NULL;
  g_autoptr (GHashTable) parts = NULL;

  differences->differences = g_ptr_array_new_with_free_func (free_difference);
  differences->coders = g_ptr_array_new ();
  parts = list_parts (differences, judgements, judged, coders);
  for (guint i = 0; i < judgements->len; i++)
    {
      const AttestJudgement *judgement = judgements->pdata[i];

      if (judgement->agreed == NULL && coders != NULL
          && !g_strv_contains (coders, judgement->coder))
        continue;
      if (current == NULL || !is_one_passage (current, judgement))
        {
          if (current != NULL)
            finish (differences, parts, judged, current);
          current = difference_new (judgement);
        }
      add_judgement (current, judgement);
    }
  if (current != NULL)
    finish (differences, parts, judged, current);
  return differences;
}

const AttestDifference *
attest_differences_find (const AttestDifferences *differences, const char *id, const char *code,
                         guint *out_n)
{
  const AttestDifference *found = NULL;
  guint n = 0;

  for (guint i = 0; i < differences->differences->len; i++)
    {
      const AttestDifference *difference = differences->differences->pdata[i];
      gboolean is_it = FALSE;

      if (code != NULL && strcmp (difference->first->code, code) != 0)
        continue;
      for (guint k = 0; !is_it && k < difference->judgements->len; k++)
        is_it = g_ascii_strcasecmp (((const AttestJudgement *)difference->judgements->pdata[k])->id,
                                    id)
                == 0;
      if (is_it && n++ == 0)
        found = difference;
    }
  if (out_n != NULL)
    *out_n = n;
  return n == 1 ? found : NULL;
}
