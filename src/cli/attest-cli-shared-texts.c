#include "cli/attest-cli-shared-texts.h"

#include <string.h>

#define MAX_CLASHES_NAMED 3

/* The projects of a text. */
typedef struct
{
  guint first, last, n;
} Holders;

static void
add_text (AttestSharedTexts *shared, const char *sha256, guint project)
{
  Holders *holders = g_hash_table_lookup (shared->texts, sha256);

  if (holders == NULL)
    {
      holders = g_new (Holders, 1);
      *holders = (Holders){ project, project, 1 };
      g_hash_table_insert (shared->texts, g_strdup (sha256), holders);
      return;
    }
  /* Twice in one project. */
  if (holders->last == project)
    return;
  holders->last = project;
  holders->n++;
  shared->n_shared += holders->n == 2;
  shared->n_in_all += holders->n == shared->n_projects;
}

/* Another text of the same name may be another version of the interview. */
static void
add_name (AttestSharedTexts *shared, const char *label, const char *sha256)
{
  const char *first = g_hash_table_lookup (shared->names, label);

  if (first == NULL)
    g_hash_table_insert (shared->names, g_strdup (label), g_strdup (sha256));
  else if (strcmp (first, sha256) != 0
           && !g_ptr_array_find_with_equal_func (shared->clashes, label, g_str_equal, NULL))
    g_ptr_array_add (shared->clashes, g_strdup (label));
}

char *
attest_shared_texts_dup_clashes (const AttestSharedTexts *shared)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = shared->clashes->len;

  if (n == 0)
    return NULL;
  for (guint i = 0; i < MIN (n, MAX_CLASHES_NAMED); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            (const char *)g_ptr_array_index (shared->clashes, i));
  return g_strdup_printf ("Sources of the same name whose text is not the same in all projects: %u "
                          "(%s%s). They count as different interviews; where one is a corrected "
                          "version of the other, take it into both by 'attest update'.",
                          n, names->str, n > MAX_CLASHES_NAMED ? ", …" : "");
}

AttestSharedTexts *
attest_shared_texts_find (const GPtrArray *projects, GError **error)
{
  g_autoptr (AttestSharedTexts) shared = g_new0 (AttestSharedTexts, 1);

  shared->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  shared->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  shared->clashes = g_ptr_array_new_with_free_func (g_free);
  shared->n_projects = projects->len;
  for (guint i = 0; i < projects->len; i++)
    {
      g_autoptr (AttestStore) store
          = attest_store_open (g_ptr_array_index (projects, i), ATTEST_STORE_IN_PLACE, error);
      g_autoptr (GPtrArray) sources
          = store != NULL ? attest_store_list_sources (store, error) : NULL;

      for (guint k = 0; sources != NULL && k < sources->len; k++)
        {
          const AttestSourceInfo *info = g_ptr_array_index (sources, k);

          add_text (shared, info->text_sha256, i);
          add_name (shared, info->label, info->text_sha256);
        }
      if (sources == NULL)
        return NULL;
    }
  return g_steal_pointer (&shared);
}

void
attest_shared_texts_free (AttestSharedTexts *shared)
{
  if (shared == NULL)
    return;
  g_hash_table_unref (shared->texts);
  g_hash_table_unref (shared->names);
  g_ptr_array_unref (shared->clashes);
  g_free (shared);
}

gboolean
attest_shared_texts_has (const AttestSharedTexts *shared, const char *sha256)
{
  const Holders *holders = g_hash_table_lookup (shared->texts, sha256);

  return holders != NULL && holders->n > 1;
}

gboolean
attest_shared_texts_in_all (const AttestSharedTexts *shared, const char *sha256)
{
  const Holders *holders = g_hash_table_lookup (shared->texts, sha256);

  return holders != NULL && holders->n > 1 && holders->n == shared->n_projects;
}

gboolean
attest_shared_texts_is_left_out (const AttestSharedTexts *shared, guint project, gboolean once,
                                 const char *sha256)
{
  const Holders *holders = g_hash_table_lookup (shared->texts, sha256);

  if (holders == NULL)
    return FALSE;
  return once ? holders->first != project : holders->n > 1;
}

GPtrArray *
attest_shared_texts_list_counted (const AttestSharedTexts *shared, guint project, gboolean once,
                                  AttestStore *store, GError **error)
{
  GPtrArray *sources = attest_store_list_sources (store, error);

  for (guint i = 0; sources != NULL && i < sources->len;)
    {
      const AttestSourceInfo *info = g_ptr_array_index (sources, i);

      if (attest_shared_texts_is_left_out (shared, project, once, info->text_sha256))
        g_ptr_array_remove_index (sources, i);
      else
        i++;
    }
  return sources;
}

GHashTable *
attest_shared_texts_list_left_out (const AttestSharedTexts *shared, guint project, gboolean once,
                                   AttestStore *store, GError **error)
{
  g_autoptr (GPtrArray) sources = attest_store_list_sources (store, error);
  GHashTable *labels;

  if (sources == NULL)
    return NULL;
  labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < sources->len; i++)
    {
      const AttestSourceInfo *info = g_ptr_array_index (sources, i);

      if (attest_shared_texts_is_left_out (shared, project, once, info->text_sha256))
        g_hash_table_add (labels, g_strdup (info->label));
    }
  return labels;
}

gboolean
attest_shared_texts_speaks_in (const AttestRespondentInfo *info, GHashTable *labels)
{
  for (guint i = 0; i < info->speakers->len; i++)
    if (g_hash_table_contains (labels,
                               g_array_index (info->speakers, AttestRespondentSpeaker, i).source))
      return TRUE;
  return FALSE;
}

/* What is done with them. */
static const char *
explain (const AttestSharedTexts *shared, gboolean once, gboolean is_in_memory,
         gboolean is_compared)
{
  if (once)
    return "Each counts once, in the first of them.";
  if (is_in_memory)
    return "All are coded by one codebook, which finds the same in each; neither they nor who "
           "speaks in them counts among the projects.";
  if (!is_compared)
    return "Neither they nor who speaks in them counts among the projects; name two of the "
           "projects to compare passage by passage what both hold.";
  if (shared->n_in_all == shared->n_shared)
    return "They are compared passage by passage; neither they nor who speaks in them counts "
           "among the projects.";
  return "Those that all of them hold are compared passage by passage; none of them, nor who "
         "speaks in them, counts among the projects. Name two projects to compare what they alone "
         "share.";
}

char *
attest_shared_texts_dup_note (const AttestSharedTexts *shared, gboolean once, gboolean is_in_memory,
                              gboolean is_compared)
{
  return g_strdup_printf ("Texts that several of the projects hold: %u. %s", shared->n_shared,
                          explain (shared, once, is_in_memory, is_compared));
}
