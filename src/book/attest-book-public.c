/* What differs in a book for the public: names, groups that may be told, quotes in place of
 * transcripts, small counts. See report/attest-disclosure.h. */
#include "book/attest-book-private.h"

#include <string.h>

#include "report/attest-disclosure-counts.h"

gboolean
attest_book_is_public (const AttestBook *book)
{
  return attest_disclosure_is_public (book->disclosure);
}

/* ---- sources ---- */

static int
by_name (gconstpointer a, gconstpointer b, gpointer data)
{
  AttestDisclosure *disclosure = data;
  const AttestSourceInfo *x = *(const AttestSourceInfo *const *)a;
  const AttestSourceInfo *y = *(const AttestSourceInfo *const *)b;

  return strcmp (attest_disclosure_get_source (disclosure, x->label),
                 attest_disclosure_get_source (disclosure, y->label));
}

void
attest_book_name_sources (AttestBook *book)
{
  if (attest_book_is_public (book))
    g_ptr_array_sort_with_data (book->sources, by_name, book->disclosure);
  for (guint i = 0; i < book->sources->len; i++)
    g_ptr_array_add (book->source_names,
                     g_strdup (attest_disclosure_get_source (book->disclosure,
                                                             attest_book_source (book, i)->label)));
}

/* ---- groups ---- */

GPtrArray *
attest_book_list_groups (AttestBook *book, GError **error)
{
  g_autoptr (GPtrArray) respondents = attest_store_list_respondents (book->store, error);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *groups;

  if (respondents == NULL)
    return NULL;
  groups = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < respondents->len; i++)
    {
      const AttestRespondentInfo *info = g_ptr_array_index (respondents, i);
      const char *group = attest_book_is_public (book)
                              ? attest_disclosure_get_attribute (book->disclosure, info->label,
                                                                 ATTEST_ATTRIBUTE_GROUP)
                              : attest_respondent_info_get (info, ATTEST_ATTRIBUTE_GROUP);
      char *copy;

      if (group == NULL || g_hash_table_contains (seen, group))
        continue;
      copy = g_strdup (group);
      g_hash_table_add (seen, copy);
      g_ptr_array_add (groups, copy);
    }
  return groups;
}

/* Where few of a group spoke of a code, the quotes of these few stand under no group. */
static gboolean
is_told (const AttestBook *book, const char *group, const char *code)
{
  int row = attest_book_find_code (book, code);
  const AttestEvidence *evidence = row >= 0 ? attest_book_evidence (book, (guint)row) : NULL;

  for (guint i = 0; evidence != NULL && i < evidence->groups->len; i++)
    {
      const AttestEvidenceGroup *counted
          = &g_array_index (evidence->groups, AttestEvidenceGroup, i);

      if (g_strcmp0 (counted->group, group) == 0)
        return counted->spoke >= ATTEST_COUNT_HIDDEN;
    }
  return FALSE;
}

const char *
attest_book_find_group (AttestBook *book, const char *respondent, const char *code)
{
  const char *group;

  if (respondent == NULL)
    return NULL;
  if (!attest_book_is_public (book))
    return g_hash_table_lookup (book->report->groups, respondent);
  group = attest_disclosure_get_attribute (book->disclosure, respondent, ATTEST_ATTRIBUTE_GROUP);
  return group != NULL && is_told (book, group, code) ? group : NULL;
}

void
attest_book_hide_groups (AttestBook *book)
{
  g_autoptr (GHashTable) untold = g_hash_table_new (g_str_hash, g_str_equal);
  guint nobody = book->groups->len - 1;

  for (guint i = 0; i < book->segments->len && attest_book_is_public (book); i++)
    if (attest_book_segment (book, i)->group == nobody)
      g_hash_table_add (untold, (gpointer)attest_book_segment (book, i)->id);
  for (guint i = 0; i < book->segments->len; i++)
    {
      AttestBookSegment *segment = &g_array_index (book->segments, AttestBookSegment, i);

      if (!g_hash_table_contains (untold, segment->id))
        continue;
      segment->group = nobody;
      segment->line = NULL;
    }
}

/* ---- counts ---- */

void
attest_book_hide_column (const AttestBook *book, gint64 *counts, guint n)
{
  guint n_hidden = 0, least = n;

  for (guint i = 0; i < n; i++)
    {
      gint64 shown = attest_disclosure_hide_count (book->disclosure, counts[i]);

      n_hidden += shown != counts[i];
      if (shown == counts[i] && counts[i] > 0 && (least == n || counts[i] < counts[least]))
        least = i;
      counts[i] = shown;
    }
  /* One alone follows from the total. */
  if (n_hidden == 1 && least < n)
    counts[least] = ATTEST_COUNT_HIDDEN;
}

/* ---- quotes of a source ---- */

static int
by_id (gconstpointer a, gconstpointer b, gpointer data)
{
  const AttestBook *book = data;

  return strcmp (attest_book_segment (book, *(const guint *)a)->id,
                 attest_book_segment (book, *(const guint *)b)->id);
}

/* Of all codes that the quote has. */
static char *
dup_code_names (const AttestBook *book, const AttestBookSegment *segment)
{
  GString *names = g_string_new (NULL);

  for (guint i = book->first_of_source[segment->source];
       i < book->first_of_source[segment->source + 1]; i++)
    if (attest_book_segment (book, i)->id == segment->id)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                              attest_book_code_name (book, attest_book_segment (book, i)->code));
  return g_string_free (names, FALSE);
}

gboolean
attest_book_write_source_quotes (AttestBook *book, GError **error)
{
  guint first = book->first_of_source[book->source];
  guint n = book->first_of_source[book->source + 1] - first;
  g_autofree guint *rows = g_new (guint, n + 1);
  const char *last = NULL;
  guint n_items = 0, total = 0;

  for (guint i = 0; i < n; i++)
    rows[i] = first + i;
  g_qsort_with_data (rows, (int)n, sizeof *rows, by_id, book);
  for (guint i = 0; i < n; i++)
    total += i == 0
             || attest_book_segment (book, rows[i])->id
                    != attest_book_segment (book, rows[i - 1])->id;
  attest_html_element (book->html, "p", L ("text.public-transcript"), NULL);
  for (guint i = 0; i < n; i++)
    {
      const AttestBookSegment *segment = attest_book_segment (book, rows[i]);
      g_autofree char *names = NULL;

      /* Once, also when several codes hold of it. */
      if (segment->id == last)
        continue;
      last = segment->id;
      names = dup_code_names (book, segment);
      attest_book_begin_item (book, n_items++, total);
      attest_book_write_quote (book, segment, segment->id, names);
      attest_book_index_quote (book, segment);
      if (!attest_book_step (book, error))
        return FALSE;
    }
  attest_book_end_items (book, n_items);
  return TRUE;
}

gboolean
attest_book_part_audience (AttestBook *book, G_GNUC_UNUSED GError **error)
{
  g_autofree char *note = attest_disclosure_dup_note (book->disclosure);
  g_autofree char *n = g_strdup_printf ("%u", attest_disclosure_get_min_group (book->disclosure));
  g_autofree char *signs = attest_catalogue_dup (book->labels, "text.public-signs", "n", n, NULL);

  if (!attest_book_is_public (book))
    return TRUE;
  attest_html_open (book->html, "div", "class", "audience", NULL);
  attest_html_element (book->html, "p", L ("text.public"), NULL);
  attest_html_element (book->html, "p", signs, "class", "meta", NULL);
  if (note != NULL)
    attest_html_element (book->html, "p", note, "class", "meta", NULL);
  attest_html_close (book->html, "div");
  return TRUE;
}
