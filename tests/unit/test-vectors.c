/* Every vector of tests/golden/agreement/vectors.json is computed by attest: a section, or a figure
 * of one, that no test computes is a failure. Agreement itself is in test-agreement-vectors. */
#include <glib.h>
#include <math.h>
#include <string.h>

#include "stats/attest-association.h"
#include "stats/attest-keyness.h"
#include "stats/attest-pairing.h"
#include "stats/attest-proportion.h"
#include "stats/attest-saturation.h"
#include "stats/attest-score.h"
#include "util/attest-json-tree.h"

#define EXACT 1e-8

typedef struct
{
  const AttestJsonTree *tree;
  guint item;
} Case;

/* FALSE: attest does not compute it. */
typedef gboolean (*Compute) (const Case *vector, const char *key, double *out);

static double
number (const Case *vector, const char *path)
{
  double value = NAN;

  attest_json_tree_get_double (vector->tree,
                               attest_json_tree_get (vector->tree, vector->item, path), &value);
  return value;
}

#define FOREACH(item, tree, parent)                                                                \
  for (guint item = attest_json_tree_first (tree, parent); item != ATTEST_JSON_NONE;               \
       item = attest_json_tree_next (tree, parent, item))

/* ---- sections of cases with figures by name ---- */

static void
append_code (GArray *codes)
{
  guint code = 0;

  g_array_append_val (codes, code);
}

static gboolean
compute_retrieval (const Case *vector, const char *key, double *out)
{
  static const struct
  {
    const char *count;
    gboolean is_right, is_found;
  } kinds[] = { { "tp", TRUE, TRUE }, { "fp", FALSE, TRUE }, { "fn", TRUE, FALSE } };
  g_autoptr (AttestScore) score = attest_score_new (1);
  g_autoptr (AttestScoreResult) result = NULL;

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (int i = 0; i < (int)number (vector, kinds[k].count); i++)
      {
        g_autoptr (GArray) gold = g_array_new (FALSE, FALSE, sizeof (guint));
        g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint));

        if (kinds[k].is_right)
          append_code (gold);
        if (kinds[k].is_found)
          append_code (found);
        attest_score_add (score, 0, 1, gold, found);
      }
  result = attest_score_compute (score, 0, 0);
  const AttestScoreRow *row = &result->codes[0];
  *out = strcmp (key, "precision") == 0 ? row->precision.value
         : strcmp (key, "recall") == 0  ? row->recall.value
                                        : row->f1.value;
  return strcmp (key, "precision") == 0 || strcmp (key, "recall") == 0 || strcmp (key, "f1") == 0;
}

static gboolean
compute_wilson (const Case *vector, const char *key, double *out)
{
  AttestEstimate estimate
      = attest_proportion_estimate ((gint64)number (vector, "x"), (gint64)number (vector, "n"));

  *out = strcmp (key, "0") == 0 ? estimate.low : estimate.high;
  return TRUE;
}

static gboolean
compute_keyness (const Case *vector, const char *key, double *out)
{
  double a = number (vector, "a"), b = number (vector, "b");
  double c = number (vector, "c"), d = number (vector, "d");
  double least = attest_keyness_min_expected (a, b, c, d);

  if (strcmp (key, "E1") == 0)
    *out = c <= d ? least : a + b - least;
  else if (strcmp (key, "E2") == 0)
    *out = c <= d ? a + b - least : least;
  else if (strcmp (key, "G2") == 0)
    *out = attest_keyness_g2 (a, b, c, d);
  else if (strcmp (key, "G2_four_cell") == 0)
    *out = attest_keyness_g2_four_cell (a, b, c, d);
  else if (strcmp (key, "pct_diff") == 0)
    *out = attest_keyness_percent_difference (a, b, c, d);
  else if (strcmp (key, "log_ratio") == 0)
    *out = attest_keyness_log_ratio (a, b, c, d);
  else if (strcmp (key, "bic") == 0)
    *out = attest_keyness_bic (a, b, c, d);
  else if (strcmp (key, "ell") == 0)
    *out = attest_keyness_ell (a, b, c, d);
  else if (strcmp (key, "chi2") == 0)
    *out = attest_chi2_2x2 (a, b, c - a, d - b, FALSE);
  else if (strcmp (key, "chi2_yates") == 0)
    *out = attest_chi2_2x2 (a, b, c - a, d - b, TRUE);
  else if (strcmp (key, "chi2_williams") == 0)
    *out = attest_chi2_williams_2x2 (a, b, c - a, d - b);
  else
    return FALSE;
  return TRUE;
}

/* The correction that is not capped can raise χ²: attest has it nowhere, on purpose. */
static gboolean
compute_yates (const Case *vector, const char *key, double *out)
{
  double a = number (vector, "table.0.0"), b = number (vector, "table.0.1");
  double c = number (vector, "table.1.0"), d = number (vector, "table.1.1");

  *out = strcmp (key, "chi2_yates") == 0 ? attest_chi2_2x2 (a, b, c, d, TRUE)
                                         : number (vector, "expected.chi2_yates_uncapped");
  return TRUE;
}

static gboolean
compute_pairing (const Case *vector, const char *key, double *out)
{
  gint64 n1 = (gint64)number (vector, "n1"), n2 = (gint64)number (vector, "n2");
  gint64 both = (gint64)number (vector, "n12");
  gint64 n = isnan (number (vector, "N")) ? n1 + n2 : (gint64)number (vector, "N");
  AttestPairing pairing = attest_pairing_compute (n1, n2, both, n);
  gint64 with[] = { both, n2 - both }, of[] = { n1, n - n1 };
  AttestAssociationInput input = { .n_groups = 2, .with = with, .of = of };
  AttestAssociation association = attest_association (&input);

  if (strcmp (key, "jaccard") == 0)
    *out = pairing.jaccard;
  else if (strcmp (key, "dice") == 0)
    *out = pairing.dice;
  else if (strcmp (key, "pmi") == 0)
    *out = pairing.pmi;
  else if (strcmp (key, "npmi") == 0)
    *out = pairing.npmi;
  else if (strcmp (key, "phi") == 0)
    *out = pairing.phi;
  else if (strcmp (key, "chi2") == 0)
    *out = association.chi2;
  else if (strcmp (key, "chi2_yates") == 0)
    *out = association.chi2_yates;
  else if (strcmp (key, "odds_ratio") == 0)
    *out = association.odds_ratio.value;
  else if (strcmp (key, "min_expected") == 0)
    *out = association.min_expected;
  else if (strcmp (key, "G2") == 0)
    *out = attest_keyness_g2_four_cell ((double)both, (double)(n2 - both), (double)n1,
                                        (double)(n - n1));
  else
    return FALSE;
  return TRUE;
}

/* ---- saturation, which is told by runs ---- */

/* The base, then what each interview brings. */
static GPtrArray *
make_interviews (const Case *vector, guint *out_n_themes)
{
  GPtrArray *interviews = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  guint n_base = (guint)number (vector, "base_interviews");
  guint theme = 0;

  for (guint i = 0; i < n_base; i++)
    g_ptr_array_add (interviews, g_array_new (FALSE, FALSE, sizeof (guint)));
  for (; theme < (guint)number (vector, "base_themes"); theme++)
    g_array_append_val ((GArray *)interviews->pdata[theme % n_base], theme);
  FOREACH (item, vector->tree,
           attest_json_tree_get (vector->tree, vector->item, "new_themes_from_interview_5"))
  {
    GArray *themes = g_array_new (FALSE, FALSE, sizeof (guint));
    double n_new = 0;

    attest_json_tree_get_double (vector->tree, item, &n_new);
    for (guint i = 0; i < (guint)n_new; i++, theme++)
      g_array_append_val (themes, theme);
    g_ptr_array_add (interviews, themes);
  }
  *out_n_themes = theme;
  return interviews;
}

static void
check_run (const Case *vector, guint run)
{
  const Case one = { vector->tree, run };
  guint n_themes;
  g_autoptr (GPtrArray) interviews = make_interviews (vector, &n_themes);
  AttestSaturationOptions options = { .base = (guint)number (vector, "base_interviews"),
                                      .run = (guint)number (&one, "length"),
                                      .threshold = number (vector, "threshold") };
  g_autoptr (AttestSaturation) saturation
      = attest_saturation_compute (interviews, n_themes, &options);
  g_autofree char *reached = g_strdup_printf ("%d+%u", saturation->reached, options.run);
  guint step = options.base + options.run - 1;

  g_assert_true (attest_json_tree_equals (vector->tree, run, "reached", reached));
  FOREACH (ratio, vector->tree, attest_json_tree_get (vector->tree, run, "ratios"))
  {
    double expected = NAN;

    attest_json_tree_get_double (vector->tree, ratio, &expected);
    g_assert_cmpfloat_with_epsilon (
        g_array_index (saturation->steps, AttestSaturationStep, step++).share, expected, EXACT);
  }
}

static void
check_saturation (const Case *vector)
{
  FOREACH (run, vector->tree, attest_json_tree_get (vector->tree, vector->item, "runs"))
  check_run (vector, run);
}

/* ---- all sections ---- */

static const struct
{
  const char *section;
  Compute compute;                    /* NULL: elsewhere */
  void (*check) (const Case *vector); /* in place of compute */
} sections[] = {
  /* test-agreement-vectors */
  { "two_coders", NULL, NULL },
  { "two_coders_properties", NULL, NULL },
  { "cohen_kappa_se", NULL, NULL },
  { "fleiss_kappa", NULL, NULL },
  { "multi_rater_missing", NULL, NULL },
  { "krippendorff_alpha", NULL, NULL },
  { "ordinal_distance", NULL, NULL },
  { "unitizing_alpha_2016", NULL, NULL },
  { "unitizing_alpha_1995", NULL, NULL },
  { "unitizing_distance_1995", NULL, NULL },
  { "precision_recall", compute_retrieval, NULL },
  { "wilson95", compute_wilson, NULL },
  { "keyness", compute_keyness, NULL },
  { "yates_small_table", compute_yates, NULL },
  { "cooccurrence", compute_pairing, NULL },
  { "saturation", NULL, check_saturation },
};

static char *
dup_key (const AttestJsonTree *tree, guint parent, guint child, guint index)
{
  gsize length_bytes = 0;
  const char *key = attest_json_tree_key (tree, child, &length_bytes);

  return attest_json_tree_is (tree, parent, ATTEST_JSON_OBJECT) ? g_strndup (key, length_bytes)
                                                                : g_strdup_printf ("%u", index);
}

static void
check_figures (const Case *vector, const char *section, Compute compute)
{
  guint expected = attest_json_tree_get (vector->tree, vector->item, "expected"), n = 0;

  FOREACH (figure, vector->tree, expected)
  {
    g_autofree char *key = dup_key (vector->tree, expected, figure, n++);
    double right = NAN, value = NAN;

    attest_json_tree_get_double (vector->tree, figure, &right);
    if (!compute (vector, key, &value))
      g_error ("%s, line %u: nobody computes '%s'", section,
               attest_json_tree_line (vector->tree, figure), key);
    if (isnan (right) ? !isnan (value) : !(fabs (value - right) <= EXACT))
      g_error ("%s, line %u: %s is %.10g, not %.10g", section,
               attest_json_tree_line (vector->tree, figure), key, value, right);
  }
  g_assert_cmpuint (n, >, 0);
}

static void
check_section (const AttestJsonTree *tree, guint cases, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      if (strcmp (sections[i].section, name) != 0)
        continue;
      if (sections[i].compute != NULL || sections[i].check != NULL)
        FOREACH (item, tree, cases)
        {
          const Case vector = { tree, item };

          if (sections[i].check != NULL)
            sections[i].check (&vector);
          else
            check_figures (&vector, name, sections[i].compute);
        }
      return;
    }
  g_error ("vectors.json has a section '%s' that no test computes", name);
}

static void
check_file (const char *path)
{
  g_autofree char *text = NULL;
  gsize length_bytes;
  g_autoptr (GError) error = NULL;
  g_autoptr (AttestJsonTree) tree = NULL;
  guint n = 0;

  g_file_get_contents (path, &text, &length_bytes, &error);
  g_assert_no_error (error);
  tree = attest_json_tree_new (text, length_bytes, &error);
  g_assert_no_error (error);
  FOREACH (section, tree, 0)
  {
    g_autofree char *name = dup_key (tree, 0, section, 0);

    if (strcmp (name, "about") == 0 || strcmp (name, "sources") == 0
        || strcmp (name, "format") == 0)
      continue;
    check_section (tree, section, name);
    n++;
  }
  g_assert_cmpuint (n, >, 10);
}

static void
test_golden (void)
{
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "golden", "agreement", "vectors.json", NULL);

  check_file (path);
}

/* The project's reference file may be ahead of ours. */
static void
test_reference (void)
{
  const char *samples = g_getenv ("ATTEST_SAMPLES");
  g_autofree char *path
      = g_build_filename (samples != NULL ? samples : "", "..", "reference", "vectors.json", NULL);

  if (samples == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("no reference file");
      return;
    }
  check_file (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vectors/golden", test_golden);
  g_test_add_func ("/vectors/reference", test_reference);
  return g_test_run ();
}
