#include "cli/attest-cli-brief.h"

#include <string.h>

#include "codebook/attest-codebook.h"
#include "codebook/attest-scale.h"
#include "reader/attest-decode.h"
#include "reader/attest-reader.h"
#include "store/attest-store-ledger.h"

/* Dimension whose codes are rated. */
#define CRITERION "criterion"

AttestBrief *
attest_cli_load_brief (AttestInvocation *inv, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = attest_reader_load_file (path, error);
  g_autoptr (AttestDocument) doc = attest_document_new (path);
  g_autofree char *shown = attest_text_printable (path, strlen (path), 0);
  g_autofree char *text = NULL;
  gsize length_bytes;

  if (bytes == NULL)
    return NULL;
  text = attest_decode (doc, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL,
                        &length_bytes, error);
  if (text == NULL)
    {
      g_prefix_error (error, "%s: ", shown);
      return NULL;
    }
  if (doc->encoding_guessed)
    attest_cli_complain (inv,
                         "warning: %s: it is not UTF-8 and was read as %s, which is a guess: save "
                         "it as UTF-8",
                         shown, doc->encoding);
  for (guint i = 0; i < doc->warnings->len; i++)
    {
      const AttestWarning *warning = &g_array_index (doc->warnings, AttestWarning, i);

      attest_cli_complain (inv, "warning: %s:%u: %s", shown, warning->line, warning->message);
    }
  return attest_brief_parse (shown, text, length_bytes, error);
}

/* ---- names ---- */

static char **
list_values (AttestLocalText *texts)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (texts), (GCompareFunc)strcmp);
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();

  for (GList *at = keys; at != NULL; at = at->next)
    g_strv_builder_add (values, g_hash_table_lookup (texts, at->data));
  return g_strv_builder_end (values);
}

static void
add_levels (AttestBriefNames *names, const AttestScale *scale, const char *lang)
{
  GArray *levels = attest_brief_names_take_scale (names, scale->file->id);
  const GArray *both[] = { scale->levels, scale->outside };

  for (gsize i = 0; i < G_N_ELEMENTS (both); i++)
    for (guint k = 0; both[i] != NULL && k < both[i]->len; k++)
      {
        const AttestScaleLevel *level = attest_scale_level (both[i], k);
        AttestBriefLevel entry
            = { g_strdup (level->level), g_strdup (attest_local_text_get (level->label, lang)),
                list_values (level->label) };

        g_array_append_val (levels, entry);
      }
}

/* The project keeps the text of each scale that was used. */
static gboolean
add_scales (AttestBriefNames *names, AttestStore *store, const char *lang, GError **error)
{
  g_autoptr (AttestLedger) ledger = attest_store_load_ledger (store, error);

  if (ledger == NULL)
    return FALSE;
  for (guint i = 0; i < ledger->ratings->len; i++)
    {
      const AttestRating *rating = g_ptr_array_index (ledger->ratings, i);
      g_autoptr (GArray) problems = attest_problems_new ();
      g_autoptr (GBytes) text = NULL;
      g_autoptr (AttestScale) scale = NULL;

      if (g_hash_table_contains (names->scales, rating->scale))
        continue;
      if (!attest_store_find_scale (store, rating->scale, &text, error))
        return FALSE;
      scale = text != NULL ? attest_scale_parse (rating->scale, g_bytes_get_data (text, NULL),
                                                 g_bytes_get_size (text), problems, NULL)
                           : NULL;
      /* Without it, levels are called as they were when the criterion was rated. */
      if (scale != NULL)
        add_levels (names, scale, lang);
    }
  return TRUE;
}

static gboolean
add_criteria (AttestBriefNames *names, AttestStore *store, const char *lang, GError **error)
{
  g_autoptr (GPtrArray) codebooks = attest_store_list_codebooks (store, error);

  if (codebooks == NULL)
    return FALSE;
  for (guint i = codebooks->len; i-- > 0;)
    {
      const AttestCodebookInfo *info = g_ptr_array_index (codebooks, i);
      g_autoptr (GBytes) text = attest_store_get_codebook_text (store, info->id, error);
      g_autoptr (GArray) problems = attest_problems_new ();
      g_autoptr (AttestCodebook) codebook = NULL;

      if (text == NULL)
        return FALSE;
      codebook = attest_codebook_parse (info->name, g_bytes_get_data (text, NULL),
                                        g_bytes_get_size (text), problems, NULL);
      for (guint k = 0; codebook != NULL && k < codebook->codes->len; k++)
        {
          const AttestCode *code = &g_array_index (codebook->codes, AttestCode, k);
          const AttestDimension *dimension
              = &g_array_index (codebook->dimensions, AttestDimension, code->dimension);

          if (strcmp (dimension->id, CRITERION) != 0
              || g_hash_table_contains (names->names, code->id))
            continue;
          g_ptr_array_add (names->criteria, g_strdup (code->id));
          g_hash_table_insert (names->names, g_strdup (code->id),
                               g_strdup (attest_local_text_get (code->name, lang)));
        }
    }
  return TRUE;
}

AttestBriefNames *
attest_cli_load_brief_names (AttestStore *store, const char *lang, GError **error)
{
  g_autoptr (AttestBriefNames) names = attest_brief_names_new ();

  return add_criteria (names, store, lang, error) && add_scales (names, store, lang, error)
             ? g_steal_pointer (&names)
             : NULL;
}

AttestCatalogue *
attest_cli_load_brief_labels (AttestInvocation *inv, const char *lang, GError **error)
{
  const char *const *langs = attest_catalogue_list_langs ();

  if (g_strv_contains (langs, lang))
    return attest_catalogue_new (lang, NULL, error);
  attest_cli_complain (inv, "warning: attest has no words in '%s'; what it adds is in English",
                       lang);
  return attest_catalogue_new (langs[0], NULL, error);
}

gboolean
attest_cli_is_publishable (const AttestBriefCheck *found, const AttestBriefSentence *only,
                           GError **error)
{
  for (guint i = 0; i < found->problems->len; i++)
    {
      const AttestBriefProblem *problem = &g_array_index (found->problems, AttestBriefProblem, i);
      guint line, column;

      if (strcmp (problem->check, "confidential") != 0
          || (only != NULL && problem->sentence != only))
        continue;
      attest_brief_get_place (found->brief, problem->start_byte, &line, &column);
      return attest_throw (error, ATTEST_ERROR_INPUT,
                           "%s:%u:%u: %s; --internal prints it for those who hold the project",
                           found->brief->path, line, column, problem->message);
    }
  return TRUE;
}
