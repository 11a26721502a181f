/* Keeping a sample in the project, under a name. */
#include <string.h>

#include "cli/attest-cli-review.h"
#include "cli/attest-cli-sample-draw.h"

static gboolean
has_name (GPtrArray *samples, const char *name)
{
  for (guint i = 0; i < samples->len; i++)
    if (strcmp (((AttestSample *)samples->pdata[i])->name, name) == 0)
      return TRUE;
  return FALSE;
}

/* As an audit log tells it: of sentences "40 of 812 sentences …". */
static gboolean
is_same (const AttestSample *a, const AttestSample *b)
{
  if (!a->is_drawn || a->unit != b->unit || a->seed != b->seed
      || g_strcmp0 (a->codebook, b->codebook) != 0 || g_strcmp0 (a->design, b->design) != 0
      || a->units->len != b->units->len)
    return FALSE;
  for (guint i = 0; i < a->units->len; i++)
    {
      const AttestSampleUnit *x = &g_array_index (a->units, AttestSampleUnit, i);
      const AttestSampleUnit *y = &g_array_index (b->units, AttestSampleUnit, i);

      if (strcmp (x->source, y->source) != 0 || x->start != y->start || x->end != y->end
          || g_strcmp0 (x->stratum, y->stratum) != 0 || x->of_units != y->of_units)
        return FALSE;
    }
  return TRUE;
}

/* The first number that no sample has. */
static char *
dup_free_name (GPtrArray *samples)
{
  for (guint n = 1;; n++)
    {
      g_autofree char *name = g_strdup_printf ("double-%u", n);

      if (!has_name (samples, name))
        return g_steal_pointer (&name);
    }
}

static gboolean
write_sample (AttestInvocation *inv, const AttestSample *sample, GError **error)
{
  g_autofree char *detail = g_strdup_printf ("%s: %s, seed %" G_GINT64_FORMAT, sample->name,
                                             sample->design, sample->seed);

  if (!attest_store_begin (inv->store, error))
    return FALSE;
  if (attest_store_add_sample (inv->store, sample, error)
      && attest_store_commit (inv->store, attest_cli_get_coder (NULL), "sample", detail, error))
    return TRUE;
  attest_store_rollback (inv->store);
  return FALSE;
}

gboolean
attest_cli_keep_sample (AttestInvocation *inv, AttestSample *sample, GError **error)
{
  g_autoptr (GPtrArray) samples = attest_store_list_samples (inv->store, error);

  if (samples == NULL)
    return FALSE;
  for (guint i = 0; i < samples->len; i++)
    {
      const AttestSample *other = samples->pdata[i];

      if (!is_same (other, sample) || (sample->name != NULL && strcmp (sample->name, other->name)))
        continue;
      g_free (sample->name);
      sample->name = g_strdup (other->name);
      return TRUE;
    }
  if (sample->name != NULL && (*sample->name == '\0' || has_name (samples, sample->name)))
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         *sample->name == '\0' ? "--name: a sample needs a name"
                                               : "there is a sample '%s' already, drawn otherwise; "
                                                 "'attest sample --list' tells of it",
                         sample->name);
  if (sample->name == NULL)
    sample->name = dup_free_name (samples);
  return attest_cli_open_for_writing (inv, error) && write_sample (inv, sample, error);
}
