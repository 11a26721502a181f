/* Respondents of copies, and by which guide sources were held: what people set, and set again.
 *
 * Of what the tables respondent_said and speaker_said tell, the last counts. Of guides, and of what
 * an older attest wrote, there is no history, but the log tells when a copy spoke of them last.
 * What a copy says counts unless another copy knew of it when it said something itself. Of copies
 * that did not know of each other, the one that said something last counts where they differ, and
 * the difference is listed.
 */
#include "config.h"

#include "store/attest-store-merge-withdrawals-private.h"

#include <string.h>

#include "util/attest-error.h"

enum
{
  LIST_ATTRIBUTES,
  LIST_SPEAKERS,
  LIST_GUIDES,
  LIST_GIVEN,
  LIST_ALL_ATTRIBUTES,
  LIST_ALL_SPEAKERS,
  LIST_SOURCES,
  N_STATEMENTS
};

/* Columns: key, what, value. */
static const char *const statements[N_STATEMENTS] = {
  [LIST_GIVEN] = "SELECT label, '', '' FROM respondent r WHERE origin = 'given'"
                 " OR EXISTS (SELECT 1 FROM respondent_attribute WHERE respondent_id = r.id)"
                 " ORDER BY label",
  [LIST_ATTRIBUTES]
  = "SELECT r.label, a.name, a.value FROM respondent_attribute a"
    " JOIN respondent r ON r.id = a.respondent_id WHERE NOT EXISTS (SELECT 1 FROM respondent_said d"
    "   WHERE d.respondent = r.label AND d.name = a.name) ORDER BY r.label, a.name",
  [LIST_SPEAKERS]
  = "SELECT m.source_id, m.speaker, r.label FROM respondent_speaker m"
    " JOIN respondent r ON r.id = m.respondent_id WHERE NOT EXISTS (SELECT 1 FROM speaker_said d"
    "   WHERE d.source_id = m.source_id AND d.speaker = m.speaker) ORDER BY m.source_id, m.speaker",
  /* Also what has a history, for a project that gets none. */
  [LIST_ALL_ATTRIBUTES] = "SELECT r.label, a.name, a.value FROM respondent_attribute a"
                          " JOIN respondent r ON r.id = a.respondent_id ORDER BY r.label, a.name",
  [LIST_ALL_SPEAKERS]
  = "SELECT m.source_id, m.speaker, r.label FROM respondent_speaker m"
    " JOIN respondent r ON r.id = m.respondent_id ORDER BY m.source_id, m.speaker",
  [LIST_SOURCES] = "SELECT DISTINCT v.source_id FROM respondent r"
                   " JOIN speaker p ON p.respondent_id = r.id JOIN version v ON v.id = p.version_id"
                   " WHERE r.label = ?1",
  [LIST_GUIDES] = "SELECT s.source_id, g.id, g.name FROM guide_source s"
                  " JOIN guide g ON g.id = s.guide_id ORDER BY s.source_id",
};

/* ---- who said something, and when ---- */

/* NULL: it never did. */
static const AttestMergeEntry *
find_last (const AttestMergeCopy *copy, const char *prefix)
{
  for (guint i = copy->entries->len; i-- > 0;)
    {
      const AttestMergeEntry *entry = copy->entries->pdata[i];

      if (g_str_has_prefix (entry->command, prefix))
        return entry;
    }
  return NULL;
}

typedef struct
{
  AttestMergeCopy *copy;
  const AttestMergeEntry *last;
} Speaker;

static int
compare_speakers (gconstpointer a, gconstpointer b)
{
  const Speaker *x = a, *y = b;

  if (x->last == NULL || y->last == NULL)
    return (int)(x->last != NULL) - (int)(y->last != NULL);
  return attest_merge_compare_entries (x->last, y->last);
}

/* Whether @other knew what @speaker said when it said something itself. */
static gboolean
is_superseded (const Speaker *speaker, const Speaker *other)
{
  return speaker->last != NULL && other->last != NULL
         && strcmp (speaker->last->name, other->last->name) != 0
         && g_hash_table_contains (other->copy->by_name, speaker->last->name);
}

/* (element-type Speaker) the last to speak last. @prefix: of the commands that say something. */
static GArray *
list_speakers (AttestMerge *merge, const char *prefix)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Speaker));
  GArray *speakers = g_array_new (FALSE, FALSE, sizeof (Speaker));

  for (guint i = 0; i < merge->copies->len; i++)
    {
      Speaker speaker = { merge->copies->pdata[i], NULL };

      speaker.last = find_last (speaker.copy, prefix);
      g_array_append_val (all, speaker);
    }
  for (guint i = 0; i < all->len; i++)
    {
      const Speaker *speaker = &g_array_index (all, Speaker, i);
      gboolean counts = TRUE;

      for (guint k = 0; counts && k < all->len; k++)
        counts = !is_superseded (speaker, &g_array_index (all, Speaker, k));
      if (counts)
        g_array_append_val (speakers, *speaker);
    }
  g_array_sort (speakers, compare_speakers);
  return speakers;
}

/* ---- what they say ---- */

/* One value, of something. */
typedef struct
{
  char *value;
  const Speaker *by;
} Said;

static void
free_said (gpointer item)
{
  g_free (((Said *)item)->value);
  g_free (item);
}

/* Whether the copies say it independently of each other, and both do. */
static gboolean
is_conflict (const Said *before, const Speaker *now, const char *value)
{
  return before != NULL && strcmp (before->value, value) != 0 && before->by->last != NULL
         && strcmp (before->by->last->name, now->last != NULL ? now->last->name : "") != 0;
}

typedef struct
{
  AttestMerge *merge;
  GHashTable *said; /* "KEY\nWHAT" → Said */
  GPtrArray *order; /* of keys of said, borrowed */
  const char *type;
} Gathering;

static void
gather (Gathering *gathering, const Speaker *speaker, const char *key, const char *what,
        const char *value)
{
  g_autofree char *name = g_strdup_printf ("%s\n%s", key, what);
  Said *before = g_hash_table_lookup (gathering->said, name);

  if (is_conflict (before, speaker, value))
    attest_merge_conflict (gathering->merge, gathering->type, key, before->by->copy, value,
                           before->value,
                           "%s '%s', %s: '%s' in %s, '%s' in %s; kept '%s', which was said last",
                           strcmp (gathering->type, "attribute") == 0 ? "respondent" : "source",
                           key, *what != '\0' ? what : "everybody", before->value,
                           before->by->copy->name, value, speaker->copy->name, value);
  if (before == NULL)
    {
      before = g_new0 (Said, 1);
      g_ptr_array_add (gathering->order, name);
      g_hash_table_insert (gathering->said, g_steal_pointer (&name), before);
    }
  g_free (before->value);
  before->value = g_strdup (value);
  before->by = speaker;
}

/* The label in the merged project of a source of a copy; NULL: it is not there. */
static char *
dup_source_label (AttestMerge *merge, const AttestMergeCopy *copy, gint64 source_id)
{
  gint64 id = attest_merge_find_id (copy, "source", source_id);
  g_auto (AttestStmt) stmt
      = attest_stmt_query (merge->store, "SELECT label FROM source WHERE id = ?1", NULL, "i", id);

  return stmt != NULL && attest_stmt_step (merge->store, stmt, NULL) > 0 ? attest_stmt_dup (stmt, 0)
                                                                         : NULL;
}

/* Somebody who withdrew in another copy. */
static gboolean
is_hidden (const AttestMerge *merge, const AttestMergeCopy *copy, int statement, AttestStmt stmt)
{
  if (statement == LIST_GUIDES)
    return FALSE;
  if (statement == LIST_SPEAKERS || statement == LIST_ALL_SPEAKERS)
    return attest_merge_is_hidden_respondent (merge, copy, attest_stmt_text (stmt, 2))
           || attest_merge_is_hidden_speaker (merge, copy, sqlite3_column_int64 (stmt, 0),
                                              attest_stmt_text (stmt, 1));
  return attest_merge_is_hidden_respondent (merge, copy, attest_stmt_text (stmt, 0));
}

static gboolean
gather_all (Gathering *gathering, GArray *speakers, int statement, GError **error)
{
  for (guint i = 0; i < speakers->len; i++)
    {
      const Speaker *speaker = &g_array_index (speakers, Speaker, i);
      g_auto (AttestStmt) stmt
          = attest_stmt_query (speaker->copy->store, statements[statement], error, "");
      int rc;

      if (stmt == NULL)
        return FALSE;
      while ((rc = attest_stmt_step (speaker->copy->store, stmt, error)) > 0)
        {
          gboolean of_source = statement == LIST_SPEAKERS || statement == LIST_ALL_SPEAKERS
                               || statement == LIST_GUIDES;
          g_autofree char *key = of_source ? dup_source_label (gathering->merge, speaker->copy,
                                                               sqlite3_column_int64 (stmt, 0))
                                           : attest_stmt_dup (stmt, 0);

          if (key != NULL && !is_hidden (gathering->merge, speaker->copy, statement, stmt))
            gather (gathering, speaker, key,
                    statement == LIST_GUIDES ? "guide" : attest_stmt_text (stmt, 1),
                    attest_stmt_text (stmt, 2));
        }
      if (rc < 0)
        return FALSE;
    }
  return TRUE;
}

static void
gathering_clear (Gathering *gathering)
{
  g_ptr_array_unref (gathering->order);
  g_hash_table_unref (gathering->said);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Gathering, gathering_clear)

static void
gathering_init (Gathering *gathering, AttestMerge *merge, const char *type)
{
  gathering->merge = merge;
  gathering->type = type;
  gathering->said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_said);
  gathering->order = g_ptr_array_new ();
}

/* ---- respondents ---- */

static gboolean
has_respondent (const AttestMerge *merge, const char *label)
{
  for (guint i = 0; i < merge->copies->len; i++)
    {
      const AttestMergeCopy *copy = merge->copies->pdata[i];
      gint64 n = 0;

      if (copy->is_target
          && attest_stmt_get_int (copy->store, "SELECT count (*) FROM respondent WHERE label = ?1",
                                  &n, NULL, "s", label)
          && n > 0)
        return TRUE;
    }
  return FALSE;
}

/* Also tells the copies what their respondents are here. */
static gboolean
add_respondent (AttestMerge *merge, const char *label, GError **error)
{
  gint64 id;

  if (!attest_stmt_exec (merge->store,
                         "INSERT INTO respondent (label, origin) VALUES (?1, 'given')", error, "s",
                         label))
    return FALSE;
  id = sqlite3_last_insert_rowid (merge->store->db);
  merge->result->respondents += !has_respondent (merge, label);
  for (guint i = 0; i < merge->copies->len; i++)
    {
      AttestMergeCopy *copy = merge->copies->pdata[i];
      gint64 was = 0;

      if (!attest_stmt_get_int (copy->store, "SELECT id FROM respondent WHERE label = ?1", &was,
                                error, "s", label))
        return FALSE;
      if (was != 0)
        attest_merge_map_id (copy, "respondent", was, id);
    }
  return TRUE;
}

static gboolean
add_values (AttestMerge *merge, const Gathering *gathering, const char *sql, GError **error)
{
  for (guint i = 0; i < gathering->order->len; i++)
    {
      const char *name = gathering->order->pdata[i];
      const Said *said = g_hash_table_lookup (gathering->said, name);
      const char *what = strchr (name, '\n') + 1;
      g_autofree char *key = g_strndup (name, (gsize)(what - 1 - name));

      if (!attest_stmt_exec (merge->store, sql, error, "sss", key, what, said->value))
        return FALSE;
    }
  return TRUE;
}

/* Whether a respondent speaks in a source that the new project has. */
static gboolean
speaks (const AttestMerge *merge, const char *label)
{
  const AttestMergeCopy *copy = merge->copies->pdata[0];
  g_auto (AttestStmt) stmt
      = attest_stmt_query (copy->store, statements[LIST_SOURCES], NULL, "s", label);

  while (stmt != NULL && attest_stmt_step (copy->store, stmt, NULL) > 0)
    if (attest_merge_find_id (copy, "source", sqlite3_column_int64 (stmt, 0)) != 0)
      return TRUE;
  return FALSE;
}

gboolean
attest_merge_respondents (AttestMerge *merge, GError **error)
{
  g_autoptr (GArray) speakers = list_speakers (merge, "respondents");
  g_auto (Gathering) given = { NULL };

  gathering_init (&given, merge, "attribute");
  if (!gather_all (&given, speakers, LIST_GIVEN, error))
    return FALSE;
  for (guint i = 0; i < given.order->len; i++)
    {
      const char *name = given.order->pdata[i];
      g_autofree char *label = g_strndup (name, (gsize)(strchr (name, '\n') - name));

      if ((!merge->is_blind || speaks (merge, label)) && !add_respondent (merge, label, error))
        return FALSE;
    }
  return TRUE;
}

/* What has a history, last. */
static gboolean
add_last_said (AttestMerge *merge, GError **error)
{
  return attest_stmt_exec (
             merge->store,
             "INSERT INTO respondent_attribute (respondent_id, name, value)"
             " SELECT r.id, d.name, d.value FROM respondent_said d"
             " JOIN respondent r ON r.label = d.respondent WHERE d.value IS NOT NULL"
             " AND d.id = (SELECT max (id) FROM respondent_said m WHERE m.respondent = d.respondent"
             "   AND m.name = d.name) ON CONFLICT DO UPDATE SET value = excluded.value",
             error, "")
         && attest_stmt_exec (
             merge->store,
             "INSERT INTO respondent_speaker (source_id, speaker, respondent_id)"
             " SELECT d.source_id, d.speaker, r.id FROM speaker_said d"
             " JOIN respondent r ON r.label = d.respondent"
             " WHERE d.id = (SELECT max (id) FROM speaker_said m WHERE m.source_id = d.source_id"
             "   AND m.speaker = d.speaker)"
             " ON CONFLICT DO UPDATE SET respondent_id = excluded.respondent_id",
             error, "");
}

gboolean
attest_merge_describe_respondents (AttestMerge *merge, GError **error)
{
  g_autoptr (GArray) speakers = list_speakers (merge, "respondents");
  g_auto (Gathering) attributes = { NULL };
  g_auto (Gathering) voices = { NULL };

  gathering_init (&attributes, merge, "attribute");
  gathering_init (&voices, merge, "speaker");
  return gather_all (&attributes, speakers, merge->is_blind ? LIST_ALL_ATTRIBUTES : LIST_ATTRIBUTES,
                     error)
         && gather_all (&voices, speakers, merge->is_blind ? LIST_ALL_SPEAKERS : LIST_SPEAKERS,
                        error)
         && add_values (merge, &attributes,
                        "INSERT INTO respondent_attribute (respondent_id, name, value)"
                        " SELECT id, ?2, ?3 FROM respondent WHERE label = ?1"
                        " AND NOT EXISTS (SELECT 1 FROM respondent_said"
                        "   WHERE respondent = ?1 AND name = ?2)",
                        error)
         && add_values (merge, &voices,
                        "INSERT INTO respondent_speaker (source_id, speaker, respondent_id)"
                        " SELECT s.id, ?2, r.id FROM source s, respondent r"
                        " WHERE s.label = ?1 AND r.label = ?3 AND NOT EXISTS (SELECT 1"
                        "   FROM speaker_said d WHERE d.source_id = s.id AND d.speaker = ?2)",
                        error)
         && add_last_said (merge, error);
}

/* ---- guides ---- */

gboolean
attest_merge_guides (AttestMerge *merge, GError **error)
{
  g_autoptr (GArray) speakers = list_speakers (merge, "guide");
  g_auto (Gathering) guides = { NULL };

  gathering_init (&guides, merge, "guide");
  if (!gather_all (&guides, speakers, LIST_GUIDES, error))
    return FALSE;
  for (guint i = 0; i < guides.order->len; i++)
    {
      const char *name = guides.order->pdata[i];
      const Said *said = g_hash_table_lookup (guides.said, name);
      g_autofree char *label = g_strndup (name, (gsize)(strchr (name, '\n') - name));

      /* The newest of the name, as its copy applied it; the last text of a guide counts. */
      if (!attest_stmt_exec (
              merge->store,
              "INSERT INTO guide_source (source_id, guide_id, applied_at,"
              " tool_version) SELECT s.id, g.id, g.added_at, ?3 FROM source s, guide g"
              " WHERE s.label = ?1 AND g.name = ?2 ORDER BY g.id DESC LIMIT 1",
              error, "sss", label, said->value, PACKAGE_VERSION))
        return FALSE;
    }
  return TRUE;
}
