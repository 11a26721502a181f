#include "engine/attest-qualify.h"

#include <string.h>

#include "util/attest-error.h"

/* A little language, and one with elisions, backward negation and stress marks. */
static const char small_en[]
    = "attest: qualifiers/1\n"
      "lang: en\n"
      "scope: 4\n"
      "fillers: [really, very]\n"
      "polarity:\n"
      "  negation: [no, not, never]\n"
      "  reversal: [reduce*]\n"
      "  stop: [but]\n"
      "  positive: [good, help*, 'on time']\n"
      "  negative: [delay*, bad, 'too late|slow', café-talk]\n"
      "  none: [not only, '^ no ,']\n"
      "certainty: {possible: [maybe], conditional: [if], none: [as if]}\n"
      "time: {past: ['*ed', was], planned: [will], present: [is], none: [need*]}\n"
      "holder: {own: [we], reported: [they ... said]}\n"
      "act: {recommendation: [should], praise: [excellent], complaint: [useless]}\n";
static const char small_ru[] = "attest: qualifiers/1\n"
                               "lang: ru\n"
                               "polarity:\n"
                               "  negation: [не]\n"
                               "  negation-around: [не было]\n"
                               "  positive: [хорош*, мёд]\n"
                               "  negative: [дублирован*, проблем*]\n";
static const char small_fr[] = "attest: qualifiers/1\n"
                               "lang: fr\n"
                               "elisions: [l, n, d, qu]\n"
                               "polarity:\n"
                               "  negation: [n', pas]\n"
                               "  positive: [été utile, efficace]\n"
                               "  none: [n' ... que]\n";

static AttestQualifierFile *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  AttestQualifierFile *file = attest_qualifier_file_parse ("q.yaml", text, strlen (text), &error);

  g_assert_no_error (error);
  return file;
}

static AttestQualifierWorker *
new_worker (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AttestQualifierSet) set = NULL;
  GPtrArray *files = g_ptr_array_new ();

  g_ptr_array_add (files, parse (small_en));
  g_ptr_array_add (files, parse (small_ru));
  g_ptr_array_add (files, parse (small_fr));
  set = attest_qualifier_set_new (files, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (attest_qualifier_set_get_count (set), ==, 3);
  return attest_qualifier_worker_new (set);
}

/* "negative asserted past own statement"; hits are where @target stands. */
static char *
qualify_for (AttestQualifierWorker *worker, const char *lang, const char *text, const char *target)
{
  const char *found = target != NULL ? strstr (text, target) : NULL;
  AttestHit hit = { 0 };
  AttestQualifiers answer;
  GString *out = g_string_new (NULL);

  if (target != NULL)
    {
      g_assert_nonnull (found);
      hit.start_byte = 1000 + (gsize)(found - text);
      hit.end_byte = hit.start_byte + strlen (target);
    }
  answer = attest_qualify (worker, lang, text, strlen (text), 1000, &hit, target != NULL);
  for (guint q = 0; q < ATTEST_N_QUALIFIERS; q++)
    {
      const char *value = attest_qualifier_value_to_string (q, answer.values[q]);

      g_string_append_printf (out, "%s%s", q > 0 ? " " : "", value != NULL ? value : "-");
    }
  return g_string_free (out, FALSE);
}

typedef struct
{
  const char *text;
  const char *expected; /* how the answer starts */
  const char *target;   /* (nullable) */
} Case;

static void
assert_cases (const char *lang, const Case *cases)
{
  g_autoptr (AttestQualifierWorker) worker = new_worker ();

  for (; cases->text != NULL; cases++)
    {
      g_autofree char *answer = qualify_for (worker, lang, cases->text, cases->target);

      if (!g_str_has_prefix (answer, cases->expected))
        g_error ("'%s' is %s, not %s", cases->text, answer, cases->expected);
    }
}

static void
test_polarity (void)
{
  static const Case cases[] = {
    { "It came on time.", "positive" },
    { "There were delays.", "negative" },
    { "There were no delays.", "positive" },
    { "It was not good.", "negative" },
    { "We were never asked.", "negative" },
    { "It reduced delays.", "positive" },
    { "It did not reduce delays.", "negative" },
    { "Not only good.", "positive" },
    { "No, it is good.", "positive" },
    { "He said no, it is good.", "mixed" },
    { "TOO SLOW", "negative" },
    { "It is what it is.", "-" },
    /* The scope: four words that are no fillers; a comma, a full stop and "but" end it. */
    { "not one two three four good", "negative" },
    { "not one two really very three four good", "negative" },
    { "not one two three four five good", "mixed" },
    { "not here, good", "mixed" },
    { "Not here. Good", "mixed" },
    { "not here but good", "mixed" },
    { NULL },
  };

  assert_cases ("en", cases);
}

static void
test_other_qualifiers (void)
{
  static const Case cases[] = {
    { "Maybe it is good.", "positive possible present - statement" },
    { "If it is good.", "positive conditional present - statement" },
    { "As if it is good.", "positive asserted present - statement" },
    { "We looked.", "- asserted past own statement" },
    { "We needed.", "- asserted present own statement" },
    { "It will be good.", "positive asserted planned - statement" },
    { "They have always said it was useless.", "negative asserted past reported complaint" },
    { "They, well, said so.", "- asserted present - statement" },
    { "We should go.", "- asserted - own recommendation" },
    { "It is excellent.", "positive asserted present - praise" },
    { "It is not excellent.", "negative asserted present - statement" },
    { "Is it excellent?", "positive asserted present - question" },
    { NULL },
  };

  assert_cases ("en", cases);
}

/* A segment is about its hits: other parts of the sentence count only when theirs says nothing. */
static void
test_parts (void)
{
  static const Case cases[] = {
    { "The training was good but the money came with delays.", "mixed" },
    { "The training was good but the money came with delays.", "positive", "training" },
    { "The training was good but the money came with delays.", "negative", "money" },
    { "The training was held; the money came with delays.", "negative", "training" },
    { NULL },
  };

  assert_cases ("en", cases);
}

static void
test_scripts (void)
{
  static const Case en[] = {
    { "So much caf\xc3\xa9-talk", "negative" },
    { "So much cafe\xcc\x81-talk", "negative" },
    { "\xf0\x9f\x99\x82 no \xf0\x9f\x99\x82 delays \xf0\x9f\x99\x82", "positive" },
    { "\xd9\x83\xd8\xa7\xd9\x86 \xd9\x85\xd9\x81\xd9\x8a\xd8\xaf\xd8\xa7\xd8\x8c \xd9\x84\xd8\xa7",
      "-" },
    { "dela\xc2\xadys", "negative" },
    { "", "- asserted - - statement" },
    { "...", "-" },
    { NULL },
  };
  static const Case ru[] = {
    { "Дублирования не было.", "positive" },
    { "Не было проблем.", "positive" },
    { "Не было дождя.", "negative" },
    { "ПРОБЛЕМЫ", "negative" },
    { "пробле́мы", "negative" },
    { "мед", "positive" },
    { "Хорошо, не проблема", "positive" },
    { NULL },
  };
  static const Case fr[] = {
    { "Ce n’est pas efficace.", "negative" },
    { "Il n'y a que ça d'efficace.", "positive" },
    { "Ça a e\xcc\x81te\xcc\x81 utile.", "positive" },
    { NULL },
  };

  assert_cases ("en", en);
  assert_cases ("ru", ru);
  assert_cases ("fr", fr);
}

static void
test_unknown_language (void)
{
  static const Case cases[] = { { "There were no delays.", "- - - - -" }, { NULL } };

  assert_cases (NULL, cases);
  assert_cases ("de", cases);
}

static void
test_explain (void)
{
  g_autoptr (AttestQualifierWorker) worker = new_worker ();
  const GArray *marks;

  g_free (qualify_for (worker, "en", "There were no delays.", NULL));
  marks = attest_qualifier_worker_explain (worker);
  g_assert_cmpuint (marks->len, ==, 2);
  const AttestQualifierMark *mark = &g_array_index (marks, AttestQualifierMark, 1);
  g_assert_cmpint (mark->trigger, ==, ATTEST_TRIGGER_NEGATIVE);
  g_assert_cmpuint (mark->start_byte, ==, 14);
  g_assert_cmpuint (mark->end_byte, ==, 20);
  g_assert_true (mark->is_turned && mark->counts);
}

/* Whatever is said, it has an answer, soon, and the same one again. */
static void
test_random_text (void)
{
  static const char *const pieces[]
      = { "no ",       "not only ",        "delays",   ", ",    "but ", "they ", "é",
          "e\xcc\x81", "\xf0\x9f\x99\x82", "не было ", "مفيد ", "n'",   "'",     "...",
          "-",         "reduce ",          "?" };
  static const char *const langs[] = { "en", "ru", "fr" };
  g_autoptr (AttestQualifierWorker) one = new_worker ();
  g_autoptr (AttestQualifierWorker) other = new_worker ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      guint n = (guint)g_rand_int_range (rand, 0, 40);
      const char *lang = langs[round % G_N_ELEMENTS (langs)];

      for (guint i = 0; i < n; i++)
        g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      g_autofree char *a = qualify_for (one, lang, text->str, NULL);
      g_autofree char *b = qualify_for (other, lang, text->str, text->str);
      const GArray *marks = attest_qualifier_worker_explain (other);
      g_assert_cmpstr (a, ==, b);
      for (guint i = 0; i < marks->len; i++)
        {
          const AttestQualifierMark *mark = &g_array_index (marks, AttestQualifierMark, i);

          g_assert_cmpuint (mark->start_byte, <, mark->end_byte);
          g_assert_cmpuint (mark->end_byte, <=, text->len);
        }
    }
}

static void
test_bad_files (void)
{
  static const struct
  {
    const char *text, *message;
  } cases[] = {
    { "", "q.yaml: is no list of qualifiers" },
    { "lang: en\n", "q.yaml:1:1: the first line is 'attest: qualifiers/1'" },
    { "attest: qualifiers/2\n", "q.yaml:1:9: this program reads 'qualifiers/1'" },
    { "attest: qualifiers/1\n", "q.yaml:1:1: the file needs 'lang'" },
    { "attest: qualifiers/1\nlang: English\n",
      "q.yaml:2:7: the language is a code such as en, fr, es or ru" },
    { "attest: qualifiers/1\nlang: en\npolarty: {}\n",
      "q.yaml:3:1: unknown key 'polarty': did you mean 'polarity'?" },
    { "attest: qualifiers/1\nlang: en\ntime: {past: [], passt: []}\n",
      "q.yaml:3:18: unknown key 'passt': did you mean 'past'?" },
    { "attest: qualifiers/1\nlang: en\ntime: {past: was}\n",
      "q.yaml:3:14: this is a list: [not, never, …]" },
    { "attest: qualifiers/1\nlang: en\ntime: {past: [[was]]}\n",
      "q.yaml:3:15: a phrase is a text; put quotes around one that has ': ' in it" },
    { "attest: qualifiers/1\nlang: en\nscope: 0\n",
      "q.yaml:3:8: the scope is a number of words from 1 to 50" },
    { "attest: qualifiers/1\nlang: en\nlang: fr\n",
      "q.yaml:3:1: key 'lang' is there twice: put both into one list" },
    { "attest: qualifiers/1\nlang: en\ntime: {past: [",
      "q.yaml:3:15: what begins here is not closed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (
          attest_qualifier_file_parse ("q.yaml", cases[i].text, strlen (cases[i].text), &error));
      g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_CODEBOOK);
      if (!g_str_has_prefix (error->message, cases[i].message))
        g_error ("'%s', not '%s'", error->message, cases[i].message);
    }
}

static void
test_bad_phrases (void)
{
  static const char *const phrases[] = { "'...'",
                                         "'... was'",
                                         "'was ...'",
                                         "'_ was'",
                                         "'a|b c-d|e'",
                                         "'^'",
                                         "'*'",
                                         "'a|'",
                                         "'a ... b ... c ... d'",
                                         "'a b c d e f g h i j k l m'",
                                         "' '" };

  for (guint i = 0; i < G_N_ELEMENTS (phrases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text
          = g_strdup_printf ("attest: qualifiers/1\nlang: en\ntime: {past: [%s]}\n", phrases[i]);
      GPtrArray *files = g_ptr_array_new ();

      g_ptr_array_add (files, parse (text));
      g_assert_null (attest_qualifier_set_new (files, &error));
      g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_CODEBOOK);
      g_assert_true (g_str_has_prefix (error->message, "q.yaml:3:15: '"));
      g_assert_nonnull (strstr (error->message, "is no phrase"));
    }
}

static void
test_names (void)
{
  for (guint q = 0; q < ATTEST_N_QUALIFIERS; q++)
    {
      guint n = 0;

      for (guint value = 1; attest_qualifier_value_to_string (q, value) != NULL; value++, n++)
        g_assert_cmpuint (
            attest_qualifier_value_from_string (q, attest_qualifier_value_to_string (q, value)), ==,
            value);
      g_assert_cmpuint (n, >=, 2);
      g_assert_cmpuint (attest_qualifier_value_from_string (q, "nonsense"), ==, ATTEST_UNQUALIFIED);
      g_assert_cmpuint (attest_qualifier_value_from_string (q, NULL), ==, ATTEST_UNQUALIFIED);
    }
}

/* The files that are installed are without a mistake, and are there for four languages. */
static void
test_shipped (void)
{
  static const struct
  {
    const char *lang, *text, *expected;
  } cases[] = {
    { "en", "There were no delays, we were told.", "positive asserted past reported statement" },
    { "en", "There is a lot of duplication.", "negative asserted present - statement" },
    { "fr", "Il n'y a pas eu de retard.", "positive" },
    { "es", "No hubo retrasos.", "positive" },
    { "ru", "Дублирования не было.", "positive" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (AttestQualifierSet) set = attest_qualifier_set_load (&error);
  g_autoptr (AttestQualifierWorker) worker = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (attest_qualifier_set_get_count (set), ==, 4);
  worker = attest_qualifier_worker_new (set);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *answer = qualify_for (worker, cases[i].lang, cases[i].text, NULL);

      if (!g_str_has_prefix (answer, cases[i].expected))
        g_error ("'%s' is %s, not %s", cases[i].text, answer, cases[i].expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/qualify/polarity", test_polarity);
  g_test_add_func ("/qualify/other-qualifiers", test_other_qualifiers);
  g_test_add_func ("/qualify/parts", test_parts);
  g_test_add_func ("/qualify/scripts", test_scripts);
  g_test_add_func ("/qualify/unknown-language", test_unknown_language);
  g_test_add_func ("/qualify/explain", test_explain);
  g_test_add_func ("/qualify/random-text", test_random_text);
  g_test_add_func ("/qualify/bad-files", test_bad_files);
  g_test_add_func ("/qualify/bad-phrases", test_bad_phrases);
  g_test_add_func ("/qualify/names", test_names);
  g_test_add_func ("/qualify/shipped", test_shipped);
  return g_test_run ();
}
