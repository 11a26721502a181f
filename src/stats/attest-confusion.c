#include "stats/attest-confusion.h"

typedef struct
{
  const AttestAgreementInput *input;
  guint width;    /* codes, and "no code" */
  guint64 *pairs; /* width², a < b */
} Counting;

static void
add_pair (Counting *counting, guint a, guint b)
{
  counting->pairs[(gsize)MIN (a, b) * counting->width + MAX (a, b)]++;
}

/* The codes that are in @one and not in @other. */
static guint
list_only (const Counting *counting, guint16 one, guint16 other, guint *only)
{
  guint n_codes = counting->input->n_codes, n = 0;
  const guint8 *in = counting->input->sets + (gsize)one * n_codes;
  const guint8 *out = counting->input->sets + (gsize)other * n_codes;

  for (guint i = 0; i < n_codes; i++)
    if (in[i] && !out[i])
      only[n++] = i;
  return n;
}

static void
cross_sets (Counting *counting, guint16 x, guint16 y, guint *only_x, guint *only_y)
{
  guint none = counting->width - 1;
  guint n_x = list_only (counting, x, y, only_x), n_y = list_only (counting, y, x, only_y);

  for (guint i = 0; i < n_x; i++)
    for (guint k = 0; k < n_y; k++)
      add_pair (counting, only_x[i], only_y[k]);
  for (guint i = 0; i < n_x && n_y == 0; i++)
    add_pair (counting, only_x[i], none);
  for (guint k = 0; k < n_y && n_x == 0; k++)
    add_pair (counting, only_y[k], none);
}

static int
compare_confusions (gconstpointer a, gconstpointer b)
{
  const AttestConfusion *x = a, *y = b;

  if (x->pairs != y->pairs)
    return x->pairs > y->pairs ? -1 : 1;
  if (x->a != y->a)
    return x->a < y->a ? -1 : 1;
  return x->b < y->b ? -1 : x->b > y->b;
}

GArray *
attest_confusion_list (const AttestAgreementInput *input)
{
  const AttestRatings *ratings = &input->ratings;
  guint n_codes = input->n_codes > 0 ? input->n_codes : ratings->n_values;
  Counting counting = { input, n_codes + 1, NULL };
  GArray *list = g_array_new (FALSE, FALSE, sizeof (AttestConfusion));
  g_autofree guint *only_x = g_new (guint, (gsize)n_codes + 1);
  g_autofree guint *only_y = g_new (guint, (gsize)n_codes + 1);

  counting.pairs = g_new0 (guint64, (gsize)counting.width * counting.width);
  for (guint item = 0; item < ratings->n_items; item++)
    {
      const guint16 *values = ratings->values + (gsize)item * ratings->n_coders;

      for (guint i = 0; i < ratings->n_coders; i++)
        for (guint k = 0; k < i; k++)
          {
            if (values[i] == values[k] || values[i] == ATTEST_NO_RATING
                || values[k] == ATTEST_NO_RATING)
              continue;
            if (input->n_codes > 0)
              cross_sets (&counting, values[i], values[k], only_x, only_y);
            else
              add_pair (&counting, values[i], values[k]);
          }
    }
  for (guint a = 0; a < counting.width; a++)
    for (guint b = a + 1; b < counting.width; b++)
      {
        AttestConfusion confusion = { a, b, counting.pairs[(gsize)a * counting.width + b] };

        if (confusion.pairs > 0)
          g_array_append_val (list, confusion);
      }
  g_array_sort (list, compare_confusions);
  g_free (counting.pairs);
  return list;
}

gboolean
attest_item_is_split (const AttestRatings *ratings, guint item)
{
  const guint16 *values = ratings->values + (gsize)item * ratings->n_coders;
  guint16 first = ATTEST_NO_RATING;

  for (guint i = 0; i < ratings->n_coders; i++)
    if (values[i] != ATTEST_NO_RATING)
      {
        if (first != ATTEST_NO_RATING && values[i] != first)
          return TRUE;
        first = values[i];
      }
  return FALSE;
}
