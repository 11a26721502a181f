/* Scales of ratings: the one that is meant, and the rating with it. */
#include "cli/attest-cli-ledger.h"

static gboolean
load_kept (AttestStore *store, const char *name, AttestScale **out, GError **error)
{
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autoptr (GBytes) text = NULL;

  *out = NULL;
  if (!attest_store_find_scale (store, name, &text, error))
    return FALSE;
  if (text != NULL)
    *out = attest_scale_parse (name, g_bytes_get_data (text, NULL), g_bytes_get_size (text),
                               problems, error);
  return text == NULL || *out != NULL;
}

AttestScale *
attest_cli_load_scale (AttestStore *store, const char *name, GError **error)
{
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autofree char *last = NULL;
  g_autoptr (GBytes) text = NULL;
  AttestScale *scale = NULL;

  if (name == NULL)
    {
      if (!attest_store_get_last_scale (store, &last, &text, error))
        return NULL;
      if (text != NULL)
        return attest_scale_parse (last, g_bytes_get_data (text, NULL), g_bytes_get_size (text),
                                   problems, error);
      name = ATTEST_CLI_DEFAULT_SCALE;
    }
  /* A file is named as such, and wins: it may be a newer version of what is kept. */
  if (!g_file_test (name, G_FILE_TEST_EXISTS) && !load_kept (store, name, &scale, error))
    return NULL;
  return scale != NULL ? scale : attest_scale_load (name, problems, error);
}

gboolean
attest_cli_add_rating (AttestStore *store, const AttestScale *scale, const AttestRating *rating,
                       GError **error)
{
  const AttestCodebook *file = scale->file;
  gint64 scale_id;

  return attest_store_add_scale (store, file->id, file->version, file->title, file->sha256,
                                 file->text, file->length_bytes, &scale_id, error)
         && attest_store_add_rating (store, scale_id, rating, error);
}
