/* Every published figure of tests/golden/agreement/vectors.json comes out; so does every one of the
 * project's reference file, where there is one. */
#include "agreement-fixture.h"
#include "stats/attest-gwet.h"
#include "stats/attest-kappa.h"
#include "stats/attest-unitizing-1995.h"
#include "util/attest-json-tree.h"

#define EXACT 1e-8

typedef struct
{
  char *text;
  AttestJsonTree *tree;
} Vectors;

static void
vectors_clear (Vectors *vectors)
{
  attest_json_tree_free (vectors->tree);
  g_free (vectors->text);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Vectors, vectors_clear)

/* FALSE: there is no reference file. */
static gboolean
load (Vectors *vectors, gconstpointer is_reference)
{
  const char *samples = g_getenv ("ATTEST_SAMPLES");
  g_autofree char *path
      = is_reference != NULL
            ? g_build_filename (samples != NULL ? samples : "", "..", "reference", "vectors.json",
                                NULL)
            : g_test_build_filename (G_TEST_DIST, "golden", "agreement", "vectors.json", NULL);
  g_autoptr (GError) error = NULL;
  gsize length_bytes;

  memset (vectors, 0, sizeof *vectors);
  if (is_reference != NULL && !g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("no reference file");
      return FALSE;
    }
  g_file_get_contents (path, &vectors->text, &length_bytes, &error);
  g_assert_no_error (error);
  vectors->tree = attest_json_tree_new (vectors->text, length_bytes, &error);
  g_assert_no_error (error);
  return TRUE;
}

#define FOREACH(item, tree, parent)                                                                \
  for (guint item = attest_json_tree_first (tree, parent); item != ATTEST_JSON_NONE;               \
       item = attest_json_tree_next (tree, parent, item))

static guint
section (const Vectors *vectors, const char *name)
{
  guint found = attest_json_tree_get (vectors->tree, 0, name);

  g_assert_cmpuint (attest_json_tree_count (vectors->tree, found), >, 0);
  return found;
}

static void
assert_figure (const char *id, const char *key, double value, double expected, double tolerance)
{
  if (fabs (value - expected) <= tolerance)
    return;
  g_test_message ("%s %s: %.10g, not %.10g", id, key, value, expected);
  g_test_fail ();
}

/* Looks for @key among what is expected and published; a null must be NAN. */
static void
assert_case (const Vectors *vectors, guint item, const char *key, double value)
{
  const AttestJsonTree *tree = vectors->tree;
  g_autofree char *id = attest_json_tree_dup (tree, attest_json_tree_get (tree, item, "id"));
  g_autofree char *expected_at = g_strconcat ("expected.", key, NULL);
  g_autofree char *published_at = g_strconcat ("published.", key, NULL);
  guint expected_value = attest_json_tree_get (tree, item, expected_at);
  double expected, published, tolerance;

  g_assert_cmpuint (expected_value, !=, ATTEST_JSON_NONE);
  if (attest_json_tree_get_double (tree, expected_value, &expected))
    assert_figure (id, key, value, expected, EXACT);
  else
    g_assert_true (isnan (value));
  if (!attest_json_tree_get_double (tree, attest_json_tree_get (tree, item, published_at),
                                    &published))
    return;
  if (!strstr (key, "per_category")
      || !attest_json_tree_get_double (
          tree, attest_json_tree_get (tree, item, "published_tolerance_per_category"), &tolerance))
    g_assert_true (attest_json_tree_get_double (
        tree, attest_json_tree_get (tree, item, "published_tolerance"), &tolerance));
  assert_figure (id, key, value, published, tolerance);
}

static double
number (const AttestJsonTree *tree, guint value)
{
  double result;

  g_assert_true (attest_json_tree_get_double (tree, value, &result));
  return result;
}

/* ---- two coders ---- */

/* A row of the table an array. @transposed: coders change places. */
static double *
read_table (const AttestJsonTree *tree, guint item, gboolean transposed, guint *out_q)
{
  guint rows = attest_json_tree_get (tree, item, "table_rows_coder1");
  guint q = attest_json_tree_count (tree, rows), i = 0;
  double *table = g_new (double, (gsize)q *q);

  FOREACH (row, tree, rows)
  {
    guint j = 0;

    FOREACH (cell, tree, row)
    {
      table[transposed ? j * q + i : i * q + j] = number (tree, cell);
      j++;
    }
    i++;
  }
  *out_q = q;
  return table;
}

static void
expand_table (Fixture *fixture, const double *table, guint q)
{
  guint n = 0, at = 0;

  for (guint i = 0; i < q * q; i++)
    n += (guint)table[i];
  fixture_init (fixture, n, 2, q);
  for (guint i = 0; i < q * q; i++)
    for (guint k = 0; k < (guint)table[i]; k++)
      {
        fixture->values[2 * at] = (guint16)(i / q);
        fixture->values[2 * at++ + 1] = (guint16)(i % q);
      }
}

static double
expected_of (double observed, double coefficient)
{
  return (observed - coefficient) / (1 - coefficient);
}

static void
check_two_coders (const Vectors *vectors, guint item, gboolean transposed)
{
  guint q;
  g_autofree double *table = read_table (vectors->tree, item, transposed, &q);
  g_auto (Fixture) fixture;

  expand_table (&fixture, table, q);
  g_autoptr (AttestAgreement) agreement = compute (&fixture, ATTEST_METRIC_NOMINAL, NULL);
  const AttestAgreementRow *row = &agreement->overall;
  double observed = VALUE (*row, ATTEST_PERCENT);
  assert_case (vectors, item, "n", row->items);
  assert_case (vectors, item, "po", observed);
  assert_case (vectors, item, "cohen_kappa", VALUE (*row, ATTEST_COHEN_KAPPA));
  assert_case (vectors, item, "scott_pi", VALUE (*row, ATTEST_SCOTT_PI));
  assert_case (vectors, item, "gwet_ac1", VALUE (*row, ATTEST_GWET_AC1));
  assert_case (vectors, item, "brennan_prediger", VALUE (*row, ATTEST_BRENNAN_PREDIGER));
  assert_case (vectors, item, "krippendorff_alpha_nominal",
               VALUE (*row, ATTEST_KRIPPENDORFF_ALPHA));
  assert_case (vectors, item, "pe_cohen", expected_of (observed, VALUE (*row, ATTEST_COHEN_KAPPA)));
  assert_case (vectors, item, "pe_scott", expected_of (observed, VALUE (*row, ATTEST_SCOTT_PI)));
  assert_case (vectors, item, "pe_ac1", expected_of (observed, VALUE (*row, ATTEST_GWET_AC1)));
  /* Of two coders who rated everything, Fleiss' kappa is Scott's pi. */
  assert_case (vectors, item, "scott_pi", VALUE (*row, ATTEST_FLEISS_KAPPA));
}

static void
test_two_coders (gconstpointer is_reference)
{
  g_auto (Vectors) vectors;

  if (!load (&vectors, is_reference))
    return;
  FOREACH (item, vectors.tree, section (&vectors, "two_coders"))
  {
    check_two_coders (&vectors, item, FALSE);
    check_two_coders (&vectors, item, TRUE);
  }
}

static void
test_kappa_errors (gconstpointer is_reference)
{
  g_auto (Vectors) vectors;

  if (!load (&vectors, is_reference))
    return;
  FOREACH (item, vectors.tree, section (&vectors, "cohen_kappa_se"))
  {
    guint q;
    g_autofree double *table = read_table (vectors.tree, item, FALSE, &q);
    double kappa = attest_cohen_kappa (table, q, NULL);
    AttestKappaErrors errors = attest_cohen_kappa_errors (table, q);

    assert_case (&vectors, item, "cohen_kappa", kappa);
    assert_case (&vectors, item, "ase", errors.ase);
    assert_case (&vectors, item, "ase_h0", errors.ase_h0);
    assert_case (&vectors, item, "z", kappa / errors.ase_h0);
    /* The file has z to eight digits. */
    assert_case (&vectors, item, "ci95.0", kappa - 1.959963984540054 * errors.ase);
    assert_case (&vectors, item, "ci95.1", kappa + 1.959963984540054 * errors.ase);
  }
}

/* ---- several coders ---- */

/* Items by value: how many coders gave it. */
static void
read_counts (Fixture *fixture, const AttestJsonTree *tree, guint item)
{
  guint rows = attest_json_tree_get (tree, item, "counts_subject_by_category");
  guint first = attest_json_tree_first (tree, rows), n_coders = 0, i = 0;

  FOREACH (cell, tree, first)
  n_coders += (guint)number (tree, cell);
  fixture_init (fixture, attest_json_tree_count (tree, rows), n_coders,
                attest_json_tree_count (tree, first));
  FOREACH (row, tree, rows)
  {
    guint16 value = 0;

    FOREACH (cell, tree, row)
    {
      for (guint k = 0; k < (guint)number (tree, cell); k++)
        fixture->values[i++] = value;
      value++;
    }
  }
}

static void
test_fleiss (gconstpointer is_reference)
{
  g_auto (Vectors) vectors;

  if (!load (&vectors, is_reference))
    return;
  FOREACH (item, vectors.tree, section (&vectors, "fleiss_kappa"))
  {
    g_auto (Fixture) fixture;

    read_counts (&fixture, vectors.tree, item);
    g_autoptr (AttestAgreement) agreement = compute (&fixture, ATTEST_METRIC_NOMINAL, NULL);
    const AttestAgreementRow *row = &agreement->overall;
    assert_case (&vectors, item, "subjects", row->items);
    assert_case (&vectors, item, "raters", fixture.ratings.n_coders);
    assert_case (&vectors, item, "P", VALUE (*row, ATTEST_PERCENT));
    assert_case (&vectors, item, "Pe",
                 expected_of (VALUE (*row, ATTEST_PERCENT), VALUE (*row, ATTEST_FLEISS_KAPPA)));
    assert_case (&vectors, item, "fleiss_kappa", VALUE (*row, ATTEST_FLEISS_KAPPA));
    assert_case (&vectors, item, "free_marginal", VALUE (*row, ATTEST_BRENNAN_PREDIGER));
    for (guint i = 0; i < agreement->n_codes; i++)
      {
        g_autofree char *key = g_strdup_printf ("per_category.%u", i);

        assert_case (&vectors, item, key, VALUE (agreement->codes[i], ATTEST_FLEISS_KAPPA));
      }
  }
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const char *x = *(const char *const *)a, *y = *(const char *const *)b;
  double number_x = g_ascii_strtod (x, NULL), number_y = g_ascii_strtod (y, NULL);

  return number_x != number_y ? (number_x < number_y ? -1 : 1) : strcmp (x, y);
}

/* Items as arrays of values, null for none. Returns the values, ascending. */
static GPtrArray *
read_units (Fixture *fixture, const AttestJsonTree *tree, guint item)
{
  guint units = attest_json_tree_get (tree, item, "units"), i = 0;
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  FOREACH (unit, tree, units)
  FOREACH (value, tree, unit)
  {
    g_autofree char *name = attest_json_tree_dup (tree, value);

    if (name != NULL
        && !g_ptr_array_find_with_equal_func (names, name, (GEqualFunc)g_str_equal, NULL))
      g_ptr_array_add (names, g_steal_pointer (&name));
  }
  g_ptr_array_sort (names, compare_names);
  fixture_init (fixture, attest_json_tree_count (tree, units),
                attest_json_tree_count (tree, attest_json_tree_first (tree, units)), names->len);
  FOREACH (unit, tree, units)
  FOREACH (value, tree, unit)
  {
    g_autofree char *name = attest_json_tree_dup (tree, value);
    guint at;

    if (name != NULL
        && g_ptr_array_find_with_equal_func (names, name, (GEqualFunc)g_str_equal, &at))
      fixture->values[i] = (guint16)at;
    i++;
  }
  return names;
}

static void
test_missing (gconstpointer is_reference)
{
  g_auto (Vectors) vectors;

  if (!load (&vectors, is_reference))
    return;
  FOREACH (item, vectors.tree, section (&vectors, "multi_rater_missing"))
  {
    g_auto (Fixture) fixture;
    g_autoptr (GPtrArray) names = read_units (&fixture, vectors.tree, item);
    g_autoptr (AttestAgreement) agreement = compute (&fixture, ATTEST_METRIC_NOMINAL, NULL);
    const AttestAgreementRow *row = &agreement->overall;
    double observed = VALUE (*row, ATTEST_PERCENT);

    assert_case (&vectors, item, "categories", names->len);
    assert_case (&vectors, item, "pa", observed);
    assert_case (&vectors, item, "fleiss_kappa", VALUE (*row, ATTEST_FLEISS_KAPPA));
    assert_case (&vectors, item, "pe_fleiss",
                 expected_of (observed, VALUE (*row, ATTEST_FLEISS_KAPPA)));
    assert_case (&vectors, item, "gwet_ac1", VALUE (*row, ATTEST_GWET_AC1));
    assert_case (&vectors, item, "pe_ac1", expected_of (observed, VALUE (*row, ATTEST_GWET_AC1)));
    assert_case (&vectors, item, "gwet_ac1_se", row->gwet_ac1_se);
    assert_case (&vectors, item, "brennan_prediger", VALUE (*row, ATTEST_BRENNAN_PREDIGER));
    assert_case (&vectors, item, "krippendorff_alpha_nominal",
                 VALUE (*row, ATTEST_KRIPPENDORFF_ALPHA));
  }
}

static AttestMetric
read_metric (const AttestJsonTree *tree, guint item)
{
  for (guint i = ATTEST_METRIC_NOMINAL; i <= ATTEST_METRIC_RATIO; i++)
    if (attest_json_tree_equals (tree, item, "metric", attest_metric_to_string (i)))
      return i;
  g_assert_not_reached ();
}

static void
test_alpha (gconstpointer is_reference)
{
  g_auto (Vectors) vectors;

  if (!load (&vectors, is_reference))
    return;
  FOREACH (item, vectors.tree, section (&vectors, "krippendorff_alpha"))
  {
    g_auto (Fixture) fixture;
    g_autoptr (GPtrArray) names = read_units (&fixture, vectors.tree, item);
    g_autofree double *numbers = g_new (double, names->len);
    g_autofree double *tally = attest_tally_new (&fixture.ratings);
    AttestTallyShape shape = { fixture.ratings.n_coders, names->len };
    AttestMetric metric = read_metric (vectors.tree, item);

    for (guint i = 0; i < names->len; i++)
      numbers[i] = g_ascii_strtod (g_ptr_array_index (names, i), NULL);
    AttestAlpha alpha = attest_alpha (&shape, tally, metric, numbers);
    assert_case (&vectors, item, "alpha", alpha.alpha);
    assert_case (&vectors, item, "D_o", alpha.observed);
    assert_case (&vectors, item, "D_e", alpha.expected);
    assert_case (&vectors, item, "n", alpha.n);
    g_autoptr (AttestAgreement) agreement = compute (&fixture, metric, numbers);
    assert_case (&vectors, item, "alpha", VALUE (agreement->overall, ATTEST_KRIPPENDORFF_ALPHA));
  }
}

static void
test_ordinal_distance (gconstpointer is_reference)
{
  g_auto (Vectors) vectors;

  if (!load (&vectors, is_reference))
    return;
  FOREACH (item, vectors.tree, section (&vectors, "ordinal_distance"))
  {
    guint counts = attest_json_tree_get (vectors.tree, item, "n_c"), n = 0, a = 0;
    double n_c[16];

    FOREACH (value, vectors.tree, counts)
    n_c[n++] = number (vectors.tree, value);
    FOREACH (row, vectors.tree, attest_json_tree_get (vectors.tree, item, "delta"))
    {
      guint b = 0;

      FOREACH (cell, vectors.tree, row)
      {
        assert_figure ("ordinal", "delta",
                       attest_metric_delta (ATTEST_METRIC_ORDINAL, NULL, n_c, a, b),
                       number (vectors.tree, cell), EXACT);
        b++;
      }
      a++;
    }
  }
}

/* ---- spans ---- */

/* @item: of "coders", lists of [start, end, value]. Values are named in the order of their names.
 */
static AttestStretch **
read_spans (const AttestJsonTree *tree, guint item, GPtrArray *names, guint *n_units)
{
  guint coders = attest_json_tree_get (tree, item, "coders"), i = 0;
  AttestStretch **units = g_new0 (AttestStretch *, 16);

  FOREACH (coder, tree, coders)
  FOREACH (unit, tree, coder)
  {
    g_autofree char *name = attest_json_tree_dup (tree, attest_json_tree_get (tree, unit, "2"));

    if (!g_ptr_array_find_with_equal_func (names, name, (GEqualFunc)g_str_equal, NULL))
      g_ptr_array_add (names, g_steal_pointer (&name));
  }
  g_ptr_array_sort (names, compare_names);
  FOREACH (coder, tree, coders)
  {
    units[i] = g_new (AttestStretch, attest_json_tree_count (tree, coder));
    n_units[i] = 0;
    FOREACH (unit, tree, coder)
    {
      g_autofree char *name = attest_json_tree_dup (tree, attest_json_tree_get (tree, unit, "2"));
      AttestStretch *own = &units[i][n_units[i]++];

      own->start = (gint64)number (tree, attest_json_tree_get (tree, unit, "0"));
      own->end = (gint64)number (tree, attest_json_tree_get (tree, unit, "1"));
      g_ptr_array_find_with_equal_func (names, name, (GEqualFunc)g_str_equal, &own->value);
    }
    i++;
  }
  return units;
}

static void
check_spans (const Vectors *vectors, guint item)
{
  const AttestJsonTree *tree = vectors->tree;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  guint n_units[16], n_coders = 0;
  AttestStretch **units = read_spans (tree, item, names, n_units);
  g_autoptr (AttestAdder) adder = attest_adder_new (attest_unitizing_length (names->len));
  double ku_alpha[8], coverages[8];

  while (units[n_coders] != NULL)
    n_coders++;
  AttestContinuum continuum = { (gint64)number (tree, attest_json_tree_get (tree, item, "length")),
                                n_coders, (const AttestStretch *const *)units, n_units };
  attest_unitizing_add (&continuum, names->len, adder);
  AttestUnitizing result
      = attest_unitizing (attest_adder_get_sums (adder), names->len, ku_alpha, coverages);
  assert_case (vectors, item, "u_alpha", result.u_alpha);
  assert_case (vectors, item, "bar_u_alpha", result.bar_u_alpha);
  assert_case (vectors, item, "cu_alpha", result.cu_alpha);
  if (attest_json_tree_is (tree, attest_json_tree_get (tree, item, "expected.ku_alpha"),
                           ATTEST_JSON_OBJECT))
    {
      assert_case (vectors, item, "coverage", result.coverage);
      for (guint i = 0; i < names->len; i++)
        {
          const char *name = g_ptr_array_index (names, i);
          g_autofree char *ku = g_strconcat ("ku_alpha.", name, NULL);
          g_autofree char *coverage = g_strconcat ("coverage_by_value.", name, NULL);

          assert_case (vectors, item, ku, ku_alpha[i]);
          assert_case (vectors, item, coverage, coverages[i]);
        }
    }
  for (guint i = 0; i < n_coders; i++)
    g_free (units[i]);
  g_free (units);
}

static void
test_unitizing (gconstpointer is_reference)
{
  g_auto (Vectors) vectors;

  if (!load (&vectors, is_reference))
    return;
  FOREACH (item, vectors.tree, section (&vectors, "unitizing_alpha_2016"))
  check_spans (&vectors, item);
}

/* Overall is of cases before it. */
static void
test_unitizing_1995 (gconstpointer is_reference)
{
  g_auto (Vectors) vectors;
  double observed = 0, expected = 0;

  if (!load (&vectors, is_reference))
    return;
  FOREACH (item, vectors.tree, section (&vectors, "unitizing_alpha_1995"))
  {
    if (attest_json_tree_get (vectors.tree, item, "combines") != ATTEST_JSON_NONE)
      {
        assert_case (&vectors, item, "alpha", 1 - observed / expected);
        continue;
      }
    g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
    guint n_units[16], n_coders = 0;
    AttestStretch **units = read_spans (vectors.tree, item, names, n_units);
    while (units[n_coders] != NULL)
      n_coders++;
    AttestContinuum text
        = { (gint64)number (vectors.tree, attest_json_tree_get (vectors.tree, item, "length")),
            n_coders, (const AttestStretch *const *)units, n_units };
    AttestDisagreement found = attest_unitizing_1995 (&text, 0);
    assert_case (&vectors, item, "Do", found.observed);
    assert_case (&vectors, item, "De", found.expected);
    assert_case (&vectors, item, "alpha", 1 - found.observed / found.expected);
    observed += found.observed;
    expected += found.expected;
    for (guint i = 0; i < n_coders; i++)
      g_free (units[i]);
    g_free (units);
  }
}

/* [start, length], or a gap where @key has none. Returns how many units. */
static guint
read_unit (const AttestJsonTree *tree, guint item, const char *key, AttestStretch *unit)
{
  guint pair = attest_json_tree_get (tree, item, key);

  if (pair == ATTEST_JSON_NONE)
    return 0;
  unit->start = (gint64)number (tree, attest_json_tree_get (tree, pair, "0"));
  unit->end = unit->start + (gint64)number (tree, attest_json_tree_get (tree, pair, "1"));
  unit->value = 0;
  return 1;
}

/* With one unit, or none, of each of two coders, D_o is δ / L². */
static void
test_distances_1995 (gconstpointer is_reference)
{
  g_auto (Vectors) vectors;

  if (!load (&vectors, is_reference))
    return;
  FOREACH (item, vectors.tree, section (&vectors, "unitizing_distance_1995.cases"))
  {
    AttestStretch a, b;
    const AttestStretch *units[] = { &a, &b };
    guint n_units[] = { read_unit (vectors.tree, item, "unit1", &a),
                        read_unit (vectors.tree, item, "unit2", &b) };
    AttestContinuum text = { 1000, 2, units, n_units };

    assert_figure ("1995", "distance", attest_unitizing_1995 (&text, 0).observed * 1e6,
                   number (vectors.tree, attest_json_tree_get (vectors.tree, item, "distance")),
                   EXACT);
  }
}

static void
add (const char *name, GTestDataFunc func)
{
  g_autofree char *own = g_strconcat ("/agreement/vectors/", name, NULL);
  g_autofree char *reference = g_strconcat ("/agreement/reference/", name, NULL);

  g_test_add_data_func (own, NULL, func);
  g_test_add_data_func (reference, "reference", func);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("two-coders", test_two_coders);
  add ("kappa-errors", test_kappa_errors);
  add ("fleiss", test_fleiss);
  add ("missing", test_missing);
  add ("alpha", test_alpha);
  add ("ordinal-distance", test_ordinal_distance);
  add ("unitizing", test_unitizing);
  add ("unitizing-1995", test_unitizing_1995);
  add ("distances-1995", test_distances_1995);
  return g_test_run ();
}
