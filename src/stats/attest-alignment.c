#include "stats/attest-alignment.h"

#include <string.h>

#include "util/attest-csv.h"
#include "util/attest-error.h"

const char *
attest_aligned_by_to_string (AttestAlignedBy by)
{
  static const char *const names[] = { NULL, "id", "name", "mapping" };

  return names[by];
}

/* ---- a mapping ---- */

static void
clear_pair (gpointer data)
{
  AttestAlignPair *pair = data;

  g_free (pair->a);
  g_free (pair->b);
}

GArray *
attest_alignment_read_mapping (const char *path, GError **error)
{
  g_autoptr (GPtrArray) rows = attest_csv_read_file (path, error);
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (AttestAlignPair));

  g_array_set_clear_func (pairs, clear_pair);
  if (rows == NULL)
    return NULL;
  int a = attest_csv_find_column (g_ptr_array_index (rows, 0), "a");
  int b = attest_csv_find_column (g_ptr_array_index (rows, 0), "b");
  if (a < 0 || b < 0)
    return attest_throw_null (error, ATTEST_ERROR_INPUT,
                              "%s:1: no column '%s': a mapping has the columns a (code of the "
                              "first codebook) and b (code of the others)",
                              path, a < 0 ? "a" : "b");
  for (guint i = 1; i < rows->len; i++)
    {
      const AttestCsvRow *row = g_ptr_array_index (rows, i);
      AttestAlignPair pair = { g_strdup (g_ptr_array_index (row->cells, (guint)a)),
                               g_strdup (g_ptr_array_index (row->cells, (guint)b)), row->line };

      g_strstrip (pair.a);
      g_strstrip (pair.b);
      if (*pair.a != '\0' && *pair.b != '\0')
        g_array_append_val (pairs, pair);
      else
        clear_pair (&pair);
    }
  if (pairs->len == 0)
    return attest_throw_null (error, ATTEST_ERROR_INPUT, "%s: the mapping pairs no codes", path);
  return g_steal_pointer (&pairs);
}

/* ---- aligning ---- */

/* All codes of all sides in one list; those that are aligned are joined into sets, of which the
 * earliest code stands for all. */
typedef struct
{
  const AttestAlignSide *sides;
  guint n_sides;
  guint *first;        /* by side: its first code in the list; one more at the end */
  guint *parent;       /* by code */
  AttestAlignedBy *by; /* by code */
} Aligning;

static guint
find_root (const Aligning *aligning, guint code)
{
  while (aligning->parent[code] != code)
    code = aligning->parent[code];
  return code;
}

static void
join (Aligning *aligning, guint a, guint b, AttestAlignedBy by)
{
  guint x = find_root (aligning, a), y = find_root (aligning, b);

  aligning->parent[MAX (x, y)] = MIN (x, y);
  aligning->by[a] = aligning->by[b] = by;
}

static gboolean
find_code (const AttestAlignSide *side, const char *id, guint *out)
{
  for (guint i = 0; i < side->n_codes; i++)
    if (strcmp (side->codes[i].id, id) == 0)
      {
        *out = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
join_mapped (Aligning *aligning, const GArray *pairs, const char *path, GError **error)
{
  for (guint i = 0; pairs != NULL && i < pairs->len; i++)
    {
      const AttestAlignPair *pair = &g_array_index (pairs, AttestAlignPair, i);
      gboolean found = FALSE;
      guint a, b;

      if (!find_code (&aligning->sides[0], pair->a, &a))
        return attest_throw (error, ATTEST_ERROR_INPUT,
                             "%s:%u: the codebook %s has no code '%s'; column a has codes of the "
                             "first codebook",
                             path, pair->line, aligning->sides[0].label, pair->a);
      for (guint side = 1; side < aligning->n_sides; side++)
        if (find_code (&aligning->sides[side], pair->b, &b))
          {
            join (aligning, a, aligning->first[side] + b, ATTEST_ALIGNED_MAPPING);
            found = TRUE;
          }
      if (!found)
        return attest_throw (
            error, ATTEST_ERROR_INPUT,
            "%s:%u: %s has no code '%s'; column b has codes of the other codebooks", path,
            pair->line, aligning->n_sides == 2 ? aligning->sides[1].label : "no other codebook",
            pair->b);
    }
  return TRUE;
}

static gboolean
is_same (const AttestAlignCode *a, const AttestAlignCode *b, AttestAlignedBy by)
{
  if (by == ATTEST_ALIGNED_ID)
    return strcmp (a->id, b->id) == 0;
  return a->name != NULL && b->name != NULL && attest_csv_same_name (a->name, b->name);
}

/* Joins each code of @side that stands alone with one of an earlier side; by name only where the
 * other has no partner on @side yet. */
static void
join_like (Aligning *aligning, guint side, AttestAlignedBy by)
{
  const AttestAlignSide *own = &aligning->sides[side];

  for (guint i = 0; i < own->n_codes; i++)
    for (guint k = 0; k < side; k++)
      for (guint n = 0; n < aligning->sides[k].n_codes; n++)
        {
          guint a = aligning->first[k] + n, b = aligning->first[side] + i;

          if (aligning->by[b] != ATTEST_ALIGNED_ALONE || aligning->by[a] == ATTEST_ALIGNED_MAPPING
              || (by == ATTEST_ALIGNED_NAME && aligning->by[a] != ATTEST_ALIGNED_ALONE)
              || !is_same (&aligning->sides[k].codes[n], &own->codes[i], by))
            continue;
          join (aligning, a, b, by);
        }
}

static void
clear_row (gpointer data)
{
  g_free (((AttestAlignedRow *)data)->label);
}

static AttestAlignment *
make_rows (const Aligning *aligning)
{
  AttestAlignment *alignment = g_new0 (AttestAlignment, 1);
  g_autofree guint *row_of_root = g_new0 (guint, aligning->first[aligning->n_sides] + 1);

  alignment->n_sides = aligning->n_sides;
  alignment->rows = g_array_new (FALSE, FALSE, sizeof (AttestAlignedRow));
  g_array_set_clear_func (alignment->rows, clear_row);
  alignment->row_of = g_new0 (guint *, aligning->n_sides);
  for (guint side = 0; side < aligning->n_sides; side++)
    {
      alignment->row_of[side] = g_new (guint, MAX (aligning->sides[side].n_codes, 1));
      for (guint i = 0; i < aligning->sides[side].n_codes; i++)
        {
          guint code = aligning->first[side] + i, root = find_root (aligning, code);

          if (root == code)
            {
              AttestAlignedRow row
                  = { g_strdup (aligning->sides[side].codes[i].id), aligning->by[code], 0 };

              row_of_root[root] = alignment->rows->len;
              g_array_append_val (alignment->rows, row);
            }
          alignment->row_of[side][i] = row_of_root[root];
          g_array_index (alignment->rows, AttestAlignedRow, row_of_root[root]).sides |= 1u << side;
        }
    }
  return alignment;
}

AttestAlignment *
attest_alignment_new (const AttestAlignSide *sides, guint n_sides, const GArray *pairs,
                      const char *path, GError **error)
{
  g_autofree guint *first = g_new0 (guint, n_sides + 1);
  Aligning aligning = { .sides = sides, .n_sides = n_sides, .first = first };

  for (guint i = 0; i < n_sides; i++)
    first[i + 1] = first[i] + sides[i].n_codes;
  g_autofree guint *parent = g_new (guint, first[n_sides] + 1);
  g_autofree AttestAlignedBy *by = g_new0 (AttestAlignedBy, first[n_sides] + 1);
  for (guint i = 0; i < first[n_sides]; i++)
    parent[i] = i;
  aligning.parent = parent;
  aligning.by = by;
  if (!join_mapped (&aligning, pairs, path, error))
    return NULL;
  for (guint side = 1; side < n_sides; side++)
    {
      join_like (&aligning, side, ATTEST_ALIGNED_ID);
      join_like (&aligning, side, ATTEST_ALIGNED_NAME);
    }
  return make_rows (&aligning);
}

void
attest_alignment_free (AttestAlignment *alignment)
{
  if (alignment == NULL)
    return;
  for (guint i = 0; i < alignment->n_sides; i++)
    g_free (alignment->row_of[i]);
  g_free (alignment->row_of);
  g_array_unref (alignment->rows);
  g_free (alignment);
}

guint
attest_alignment_count_common (const AttestAlignment *alignment)
{
  guint n = 0;

  for (guint i = 0; i < alignment->rows->len; i++)
    {
      guint sides = attest_alignment_row (alignment, i)->sides;

      n += (sides & (sides - 1)) != 0;
    }
  return n;
}

/* ---- suggesting ---- */

static int
compare_suggestions (gconstpointer a, gconstpointer b)
{
  const AttestAlignSuggestion *x = a, *y = b;

  if (x->jaccard != y->jaccard)
    return x->jaccard > y->jaccard ? -1 : 1;
  if (x->both != y->both)
    return x->both > y->both ? -1 : 1;
  return x->a != y->a ? (x->a < y->a ? -1 : 1) : (x->b > y->b) - (x->b < y->b);
}

static int
compare_codes (gconstpointer a, gconstpointer b)
{
  const AttestAlignSuggestion *x = a, *y = b;

  return (x->a > y->a) - (x->a < y->a);
}

GArray *
attest_alignment_suggest (const gint64 *n_a, guint n_a_codes, const gint64 *n_b, guint n_b_codes,
                          const gint64 *both, double least)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (AttestAlignSuggestion));
  g_autofree gboolean *has_a = g_new0 (gboolean, n_a_codes + 1);
  g_autofree gboolean *has_b = g_new0 (gboolean, n_b_codes + 1);
  GArray *chosen = g_array_new (FALSE, FALSE, sizeof (AttestAlignSuggestion));

  for (guint a = 0; a < n_a_codes; a++)
    for (guint b = 0; b < n_b_codes; b++)
      {
        gint64 n = both[(gsize)a * n_b_codes + b], either = n_a[a] + n_b[b] - n;
        AttestAlignSuggestion suggestion
            = { a, b, n, n_a[a], n_b[b], either > 0 ? (double)n / (double)either : 0 };

        if (n > 0 && suggestion.jaccard >= least)
          g_array_append_val (all, suggestion);
      }
  g_array_sort (all, compare_suggestions);
  for (guint i = 0; i < all->len; i++)
    {
      const AttestAlignSuggestion *suggestion = &g_array_index (all, AttestAlignSuggestion, i);

      if (has_a[suggestion->a] || has_b[suggestion->b])
        continue;
      has_a[suggestion->a] = has_b[suggestion->b] = TRUE;
      g_array_append_val (chosen, *suggestion);
    }
  g_array_sort (chosen, compare_codes);
  return chosen;
}
