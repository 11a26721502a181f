/* Sources of copies: the same when a version of them has the same original bytes. */
#include "store/attest-store-merge-withdrawals-private.h"

#include <string.h>

#include "util/attest-error.h"

enum
{
  LIST_SOURCES,
  LIST_VERSIONS,
  N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
  /* How it was said that a source is to be read, as one text. */
  [LIST_SOURCES]
  = "SELECT s.id, s.label, s.added_at, s.kind || ' ' || ifnull (s.lang, '-') || ' '"
    " || ifnull (s.encoding, '-') || ' ' || ifnull (s.format, '-')"
    " || ifnull ((SELECT ' interviewer ' || group_concat (label, ', ') FROM (SELECT label"
    "   FROM source_interviewer WHERE source_id = s.id ORDER BY label)), '')"
    " || ifnull ((SELECT ' map ' || group_concat (entry, ', ') FROM (SELECT entry"
    "   FROM source_map WHERE source_id = s.id ORDER BY number)), '')"
    " FROM source s ORDER BY s.id",
  /* With the time of one before, where a clock went back. */
  [LIST_VERSIONS] = "SELECT id, original_sha256, text_sha256, max (ingested_at) OVER ("
                    "   ORDER BY number), number FROM version WHERE source_id = ?1"
                    " ORDER BY number",
};

/* A source as a copy has it. */
typedef struct _Group Group;
typedef struct
{
  AttestMergeCopy *copy; /* borrowed */
  gint64 id;
  char *label, *added_at, *reading;
  GArray *versions; /* of Version */
  Group *group;
} Source;

typedef struct
{
  Source *source; /* borrowed */
  gint64 id, number;
  char *original_sha256, *text_sha256, *ingested_at;
} Version;

/* Sources that are the same. */
struct _Group
{
  GPtrArray *sources; /* of Source; the one whose row is taken first */
};

static void
clear_version (gpointer item)
{
  Version *version = item;

  g_free (version->original_sha256);
  g_free (version->text_sha256);
  g_free (version->ingested_at);
}

static void
free_source (gpointer item)
{
  Source *source = item;

  g_free (source->label);
  g_free (source->added_at);
  g_free (source->reading);
  g_array_unref (source->versions);
  g_free (source);
}

static void
free_group (gpointer item)
{
  g_ptr_array_unref (((Group *)item)->sources);
  g_free (item);
}

/* ---- what copies have ---- */

static gboolean
load_versions (Source *source, GError **error)
{
  AttestStore *store = source->copy->store;
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[LIST_VERSIONS], error, "i", source->id);
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      Version version = { .source = source,
                          .id = sqlite3_column_int64 (stmt, 0),
                          .original_sha256 = attest_stmt_dup (stmt, 1),
                          .text_sha256 = attest_stmt_dup (stmt, 2),
                          .ingested_at = attest_stmt_dup (stmt, 3),
                          .number = sqlite3_column_int64 (stmt, 4) };

      g_array_append_val (source->versions, version);
    }
  return rc == 0;
}

static gboolean
is_wanted (const Source *source, GPtrArray *labels)
{
  return labels == NULL
         || g_ptr_array_find_with_equal_func (labels, source->label, (GEqualFunc)g_str_equal, NULL);
}

static gboolean
load_sources (AttestMergeCopy *copy, GPtrArray *labels, GPtrArray *sources, GError **error)
{
  guint first = sources->len;
  int rc;

  {
    g_auto (AttestStmt) stmt = attest_stmt_query (copy->store, statements[LIST_SOURCES], error, "");

    if (stmt == NULL)
      return FALSE;
    while ((rc = attest_stmt_step (copy->store, stmt, error)) > 0)
      {
        Source *source = g_new0 (Source, 1);

        source->copy = copy;
        source->id = sqlite3_column_int64 (stmt, 0);
        source->label = attest_stmt_dup (stmt, 1);
        source->added_at = attest_stmt_dup (stmt, 2);
        source->reading = attest_stmt_dup (stmt, 3);
        source->versions = g_array_new (FALSE, TRUE, sizeof (Version));
        g_array_set_clear_func (source->versions, clear_version);
        if (is_wanted (source, labels))
          g_ptr_array_add (sources, source);
        else
          free_source (source);
      }
  }
  for (guint i = first; rc == 0 && i < sources->len; i++)
    if (!load_versions (sources->pdata[i], error))
      return FALSE;
  return rc == 0;
}

/* ---- which are the same ---- */

static void
join (Group *group, Group *other)
{
  if (group == other)
    return;
  for (guint i = 0; i < other->sources->len; i++)
    {
      Source *source = other->sources->pdata[i];

      source->group = group;
      g_ptr_array_add (group->sources, source);
    }
  g_ptr_array_set_size (other->sources, 0);
}

/* What the project had comes first, then what was taken in first. */
static int
compare_sources (gconstpointer a, gconstpointer b)
{
  const Source *x = *(const Source *const *)a, *y = *(const Source *const *)b;
  int order = y->copy->is_target - x->copy->is_target;

  if (order == 0)
    order = strcmp (x->added_at, y->added_at);
  if (order == 0)
    order = strcmp (x->label, y->label);
  if (order == 0 && x->versions->len > 0 && y->versions->len > 0)
    order = strcmp (g_array_index (x->versions, Version, 0).original_sha256,
                    g_array_index (y->versions, Version, 0).original_sha256);
  return order != 0 ? order : strcmp (x->reading, y->reading);
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const Group *x = *(const Group *const *)a, *y = *(const Group *const *)b;

  return compare_sources (&x->sources->pdata[0], &y->sources->pdata[0]);
}

static GPtrArray *
make_groups (GPtrArray *sources)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func (free_group);
  g_autoptr (GHashTable) by_hash = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < sources->len; i++)
    {
      Source *source = sources->pdata[i];

      source->group = g_new0 (Group, 1);
      source->group->sources = g_ptr_array_new ();
      g_ptr_array_add (source->group->sources, source);
      g_ptr_array_add (groups, source->group);
      for (guint k = 0; k < source->versions->len; k++)
        {
          const Version *version = &g_array_index (source->versions, Version, k);
          Source *same = g_hash_table_lookup (by_hash, version->original_sha256);

          if (same != NULL)
            join (same->group, source->group);
          g_hash_table_insert (by_hash, version->original_sha256, source);
        }
    }
  for (guint i = groups->len; i-- > 0;)
    {
      Group *group = groups->pdata[i];

      if (group->sources->len == 0)
        g_ptr_array_remove_index (groups, i);
      else
        g_ptr_array_sort (group->sources, compare_sources);
    }
  g_ptr_array_sort (groups, compare_groups);
  return groups;
}

/* ---- bringing them ---- */

static int
compare_versions (gconstpointer a, gconstpointer b)
{
  const Version *x = a, *y = b;
  int order = strcmp (x->ingested_at, y->ingested_at);

  if (order == 0 && x->number != y->number)
    order = x->number < y->number ? -1 : 1;
  return order != 0 ? order : strcmp (x->original_sha256, y->original_sha256);
}

static gboolean
throw_text (const Version *version, const Version *other, GError **error)
{
  return attest_throw (
      error, ATTEST_ERROR_STORE,
      "%s and %s read the same file of source '%s' into different texts (with another --encoding "
      "or "
      "--format, or by another attest), so positions in one are not those of the other; take it in "
      "the same way in one of them, and nothing was merged",
      version->source->copy->name, other->source->copy->name, version->source->label);
}

/* A copy that has corrected the transcript, and none of the others knows how. */
static const Version *
last_version (const Source *source)
{
  return source->versions->len > 0
             ? &g_array_index (source->versions, Version, source->versions->len - 1)
             : NULL;
}

static gboolean
has_version (const Source *source, const Version *version)
{
  for (guint i = 0; i < source->versions->len; i++)
    if (strcmp (g_array_index (source->versions, Version, i).original_sha256,
                version->original_sha256)
        == 0)
      return TRUE;
  return FALSE;
}

/* The last of @source is no version of a copy that has the last of all. */
static gboolean
is_other_correction (const Group *group, const Source *source, const Version *last)
{
  const Version *own = last_version (source);

  if (own == NULL || strcmp (own->original_sha256, last->original_sha256) == 0)
    return FALSE;
  for (guint i = 0; i < group->sources->len; i++)
    {
      const Source *other = group->sources->pdata[i];

      if (has_version (other, last) && has_version (other, own))
        return FALSE;
    }
  return TRUE;
}

static void
list_corrections (AttestMerge *merge, const Group *group, const char *label, const Version *last)
{
  for (guint i = 0; i < group->sources->len; i++)
    {
      const Source *source = group->sources->pdata[i];

      if (is_other_correction (group, source, last))
        attest_merge_conflict (
            merge, "version", label, source->copy, last->original_sha256,
            last_version (source)->original_sha256,
            "source '%s' was corrected differently in %s and %s: the text of %s, which was taken "
            "in last, holds, the other is kept as an earlier version; take a file with both "
            "corrections by 'attest update %s FILE'",
            label, source->copy->name, last->source->copy->name, last->source->copy->name, label);
    }
}

static gboolean
bring_version (AttestMerge *merge, const Version *version, gint64 number, gint64 *out_id,
               GError **error)
{
  static const char *const parts[] = { "version_content", "version_metadata", "version_warning" };
  AttestMergeCopy *copy = version->source->copy;
  const AttestMergeValue values[] = { { "number", number, NULL }, { NULL, 0, NULL } };

  if (!attest_merge_copy_rows (merge, copy, "version", "id", version->id, values, NULL, error))
    return FALSE;
  *out_id = attest_merge_find_id (copy, "version", version->id);
  if (attest_merge_get_struck (merge, version->original_sha256) != NULL)
    return attest_merge_strike_version (merge, version->original_sha256, *out_id, error);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (!attest_merge_copy_rows (merge, copy, parts[i], "version_id", version->id, NULL, NULL,
                                 error))
      return FALSE;
  return TRUE;
}

/* Of those with the same bytes, the one that was taken in last, and the smallest number. */
static GArray *
choose_each (const GArray *versions, GError **error)
{
  g_autoptr (GArray) each = g_array_new (FALSE, FALSE, sizeof (Version));

  for (guint i = 0; i < versions->len; i++)
    {
      const Version *version = &g_array_index (versions, Version, i);
      Version *same = NULL;
      gint64 number;

      for (guint k = 0; k < each->len && same == NULL; k++)
        if (strcmp (g_array_index (each, Version, k).original_sha256, version->original_sha256)
            == 0)
          same = &g_array_index (each, Version, k);
      if (same == NULL)
        {
          g_array_append_val (each, *version);
          continue;
        }
      if (strcmp (same->text_sha256, version->text_sha256) != 0)
        {
          throw_text (same, version, error);
          return NULL;
        }
      number = MIN (same->number, version->number);
      if (strcmp (version->ingested_at, same->ingested_at) > 0)
        *same = *version;
      same->number = number;
    }
  return g_steal_pointer (&each);
}

/* Each version once, the oldest first. */
static gboolean
bring_versions (AttestMerge *merge, const Group *group, const char *label, GError **error)
{
  g_autoptr (GArray) versions = g_array_new (FALSE, FALSE, sizeof (Version));
  g_autoptr (GArray) each = NULL;
  const Version *last = NULL;
  gint64 number = 0, id = 0;

  for (guint i = 0; i < group->sources->len; i++)
    {
      const Source *source = group->sources->pdata[i];

      if (source->versions->len > 0)
        g_array_append_vals (versions, source->versions->data, source->versions->len);
    }
  each = choose_each (versions, error);
  if (each == NULL)
    return FALSE;
  g_array_sort (each, compare_versions);
  for (guint i = 0; i < each->len; i++)
    {
      last = &g_array_index (each, Version, i);
      if (!bring_version (merge, last, ++number, &id, error))
        return FALSE;
      for (guint k = 0; k < versions->len; k++)
        {
          const Version *version = &g_array_index (versions, Version, k);

          if (strcmp (version->original_sha256, last->original_sha256) == 0)
            attest_merge_map_id (version->source->copy, "version", version->id, id);
        }
    }
  if (last != NULL)
    list_corrections (merge, group, label, last);
  return TRUE;
}

/* What copies say differently of the same source. */
static void
list_conflicts (AttestMerge *merge, const Group *group, const char *label)
{
  const Source *first = group->sources->pdata[0];

  for (guint i = 1; i < group->sources->len; i++)
    {
      const Source *other = group->sources->pdata[i];

      if (strcmp (other->label, first->label) != 0)
        attest_merge_conflict (merge, "label", label, other->copy, first->label, other->label,
                               "the source '%s' of %s is the source '%s'", other->label,
                               other->copy->name, label);
      if (strcmp (other->reading, first->reading) != 0)
        attest_merge_conflict (merge, "reading", label, other->copy, first->reading, other->reading,
                               "source '%s' was taken in differently in %s: kept '%s', not '%s'",
                               label, other->copy->name, first->reading, other->reading);
    }
}

static char *
choose_label (AttestMerge *merge, const Group *group, GHashTable *taken)
{
  const Source *first = group->sources->pdata[0];
  const Source *other = g_hash_table_lookup (taken, first->label);
  const char *hash
      = first->versions->len > 0 ? g_array_index (first->versions, Version, 0).original_sha256 : "";
  g_autofree char *label = g_strdup (first->label);

  for (int n = 6; g_hash_table_contains (taken, label) && n <= 64; n++)
    {
      g_free (label);
      label = g_strdup_printf ("%s~%.*s", first->label, n, hash);
    }
  if (other != NULL)
    attest_merge_conflict (
        merge, "text", first->label, first->copy, other->label, label,
        "%s has another text than %s as source '%s': it is kept as '%s'; where one is a correction "
        "of the other, take it into every copy as a version before they are merged",
        first->copy->name, other->copy->name, first->label, label);
  return g_steal_pointer (&label);
}

static gboolean
bring_source (AttestMerge *merge, const Group *group, GHashTable *taken, GError **error)
{
  Source *first = group->sources->pdata[0];
  char *label = choose_label (merge, group, taken);
  const AttestMergeValue values[] = { { "label", 0, label }, { NULL, 0, NULL } };
  gboolean is_known = FALSE;
  gint64 id;

  g_hash_table_insert (taken, label, first);
  if (!attest_merge_copy_rows (merge, first->copy, "source", "id", first->id, values, NULL, error))
    return FALSE;
  id = attest_merge_find_id (first->copy, "source", first->id);
  for (guint i = 0; i < group->sources->len; i++)
    {
      const Source *source = group->sources->pdata[i];

      attest_merge_map_id (source->copy, "source", source->id, id);
      is_known = is_known || source->copy->is_target;
    }
  merge->result->sources += !is_known;
  list_conflicts (merge, group, label);
  return attest_merge_copy_rows (merge, first->copy, "source_interviewer", "source_id", first->id,
                                 NULL, NULL, error)
         && attest_merge_copy_rows (merge, first->copy, "source_map", "source_id", first->id, NULL,
                                    NULL, error)
         && bring_versions (merge, group, label, error);
}

gboolean
attest_merge_sources (AttestMerge *merge, GPtrArray *labels, GError **error)
{
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func (free_source);
  g_autoptr (GPtrArray) groups = NULL;
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < merge->copies->len; i++)
    if (!load_sources (merge->copies->pdata[i], labels, sources, error))
      return FALSE;
  groups = make_groups (sources);
  for (guint i = 0; i < groups->len; i++)
    if (!bring_source (merge, groups->pdata[i], taken, error))
      return FALSE;
  return TRUE;
}
