/* Rating scales: what is shipped, what a level may be called, and what is wrong with a file. */
#include <string.h>

#include <glib.h>

#include "codebook/attest-scale.h"
#include "util/attest-error.h"

static AttestScale *
load (const char *id)
{
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autoptr (GError) error = NULL;
  AttestScale *scale = attest_scale_load (id, problems, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  return scale;
}

static void
assert_choice (const AttestScale *scale, const char *text, const char *level, const char *label,
               double position)
{
  g_auto (AttestScaleChoice) choice = { NULL };
  g_autoptr (GError) error = NULL;

  attest_scale_choose (scale, text, NULL, &choice, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (choice.level, ==, level);
  g_assert_cmpstr (choice.label, ==, label);
  g_assert_cmpfloat (choice.position, ==, position);
}

static void
assert_refused (const AttestScale *scale, const char *text, const char *message)
{
  AttestScaleChoice choice = { NULL };
  g_autoptr (GError) error = NULL;

  g_assert_false (attest_scale_choose (scale, text, NULL, &choice, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_USAGE);
  g_assert_nonnull (strstr (error->message, message));
  g_assert_null (choice.level);
}

static void
test_levels (void)
{
  g_autoptr (AttestScale) scale = load ("iom-5");

  g_assert_cmpuint (scale->levels->len, ==, 5);
  assert_choice (scale, "5", "5", "excellent", 1);
  assert_choice (scale, "4", "4", "very good", 0.75);
  assert_choice (scale, "1", "1", "poor", 0);
  assert_choice (scale, "Very Good", "4", "very good", 0.75);
  assert_choice (scale, "ОТЛИЧНО", "5", "excellent", 1);
  assert_refused (scale, "6", "'6' is no level of the scale iom-5, which has 5 excellent, 4 very ");
  assert_refused (scale, "", "is no level");
  assert_refused (scale, "4.5", "is no level");
}

static void
test_outside (void)
{
  static const char *const ids[]
      = { "iom-5", "six-point", "four-point", "percentage", "traffic-light" };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (AttestScale) scale = load (ids[i]);

      g_assert_cmpstr (scale->file->id, ==, ids[i]);
      assert_choice (scale, "not-rated", "not-rated", "not rated", -1);
      assert_choice (scale, "Not assessed", "not-assessed", "not assessed", -1);
    }
}

static void
test_range (void)
{
  g_autoptr (AttestScale) scale = load ("percentage");

  assert_choice (scale, "75", "75", NULL, 0.75);
  assert_choice (scale, "66.7 %", "66.7", NULL, 66.7 / 100);
  assert_choice (scale, "100%", "100", NULL, 1);
  assert_choice (scale, "-0", "0", NULL, 0);
  assert_refused (scale, "100.1", "a number from 0 to 100; outside the order: not-rated");
  assert_refused (scale, "-1", "a number from 0 to 100");
  assert_refused (scale, "nan", "a number from 0 to 100");
  assert_refused (scale, "7x", "a number from 0 to 100");
  assert_refused (scale, "%", "a number from 0 to 100");
}

static void
test_own_outside (void)
{
  static const char text[] = "attest: scale/1\nid: s\nlevels: [{level: a}, {level: b}]\n"
                             "outside:\n- {level: na, label: unable to assess}\n";
  g_autoptr (AttestScale) scale = attest_scale_parse ("s.yaml", text, strlen (text), NULL, NULL);

  g_assert_nonnull (scale);
  assert_choice (scale, "unable to assess", "na", "unable to assess", -1);
  assert_choice (scale, "B", "b", NULL, 0);
  assert_refused (scale, "not-rated", "a, b; outside the order: na unable to assess");
}

static void
assert_wrong (const char *body, const char *message)
{
  g_autofree char *text = g_strconcat ("attest: scale/1\nid: s\n", body, NULL);
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (AttestScale) scale
      = attest_scale_parse ("s.yaml", text, strlen (text), problems, &error);

  g_assert_null (scale);
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_CODEBOOK);
  /* Below it stands the line, with a caret. */
  error->message[strcspn (error->message, "\n")] = '\0';
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_wrong (void)
{
  assert_wrong ("", "s.yaml:1:1: a scale needs 'levels', the best first, or a 'range'");
  assert_wrong ("levels: 5\n",
                "s.yaml:3:9: levels are a list: begin each with '- level: …', the best first");
  assert_wrong ("levels:\n- level: 5\n- level: 5\n",
                "s.yaml:5:3: '5' is there twice: it is the level in line 4 already");
  assert_wrong ("levels:\n- {level: 2, label: good}\n- {level: 1, label: Good}\n",
                "s.yaml:5:3: 'Good' is there twice: it is the level in line 4 already");
  assert_wrong ("levels:\n- {level: 5}\nrange: {from: 0, to: 9}\n",
                "s.yaml:5:8: a scale has levels or a range: remove one of them");
  assert_wrong ("range: {from: 9, to: 9}\n",
                "s.yaml:3:8: a range goes from a number to a higher one");
  assert_wrong ("range: {from: none, to: 9}\n", "s.yaml:3:15: an end of a range is a number");
  assert_wrong ("levels:\n- {level: 5, lable: good}\n",
                "s.yaml:4:14: unknown key 'lable': did you mean 'label'?");
}

static void
test_unknown (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (attest_scale_load ("no-such", NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_nonnull (strstr (error->message, "no shipped scale 'no-such'; shipped are: four-point, "
                                            "iom-5, percentage, six-point, traffic-light"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scale/levels", test_levels);
  g_test_add_func ("/scale/outside", test_outside);
  g_test_add_func ("/scale/range", test_range);
  g_test_add_func ("/scale/own-outside", test_own_outside);
  g_test_add_func ("/scale/wrong", test_wrong);
  g_test_add_func ("/scale/unknown", test_unknown);
  return g_test_run ();
}
