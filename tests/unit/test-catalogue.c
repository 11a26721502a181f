/* The catalogue: every word in every language, and what stands in braces. */
#include "report/attest-catalogue.h"

#include <glib/gstdio.h>
#include <string.h>

#include "report/attest-report-check.h"
#include "util/attest-error.h"

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The {values} of a text, sorted. */
static char *
dup_values (const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new ("\\{[a-z]+\\}", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);

  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    g_ptr_array_add (values, g_match_info_fetch (match, 0));
  g_ptr_array_sort (values, compare_texts);
  g_ptr_array_add (values, NULL);
  return g_strjoinv (" ", (char **)values->pdata);
}

static void
test_complete (void)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("ATTEST_SRCDIR"), "src/report/labels/labels.ini", NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) groups = NULL;
  guint n = 0;

  g_assert_true (g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_TRANSLATIONS, NULL));
  groups = g_key_file_get_groups (file, NULL);
  for (char **group = groups; *group != NULL; group++)
    {
      g_auto (GStrv) keys = g_key_file_get_keys (file, *group, NULL, NULL);

      for (char **key = keys; *key != NULL; key++)
        {
          g_autofree char *english = g_key_file_get_string (file, *group, *key, NULL);
          g_autofree char *values = dup_values (english);

          if (strchr (*key, '[') != NULL)
            continue;
          n++;
          for (const char *const *lang = attest_catalogue_list_langs () + 1; *lang != NULL; lang++)
            {
              g_autofree char *local = g_strdup_printf ("%s[%s]", *key, *lang);
              g_autofree char *text = g_key_file_get_string (file, *group, local, NULL);
              g_autofree char *theirs = text != NULL ? dup_values (text) : NULL;

              if (text == NULL || *text == '\0' || strcmp (values, theirs) != 0)
                g_error ("[%s] %s: '%s' is not '%s'", *group, local, text, english);
            }
        }
    }
  g_assert_cmpuint (n, >, 100);
}

static void
test_words (void)
{
  g_autoptr (AttestCatalogue) french = attest_catalogue_new ("fr", NULL, NULL);
  g_autofree char *text
      = attest_catalogue_dup (french, "text.spoke", "spoke", "3 {all}", "all", "12", NULL);

  g_assert_cmpstr (attest_catalogue_get_lang (french), ==, "fr");
  g_assert_cmpstr (attest_catalogue_get (french, "page.findings"), ==, "Constats");
  g_assert_cmpstr (attest_catalogue_get_word (french, "strength", "my own"), ==, "my own");
  g_assert_null (attest_catalogue_find (french, "page.nil"));
  /* A value is not looked through again. */
  g_assert_cmpstr (text, ==, "3 {all} personnes interrogées sur 12 en ont parlé.");
}

/* Whatever a check finds has a name and a sentence in a document. */
static void
test_checks (void)
{
  static const struct
  {
    const char *check, *sentence, *expected;
  } cases[] = {
    { "unanswered", "unanswered", "Q7F3K2A le contredit, et personne n'y a répondu." },
    { "above-strength", "above-strength",
      "La note est meilleure que ses preuves, dont la solidité est : Faible." },
    { "recommendation-open", "open-addressee", "La recommandation ne dit pas qui doit agir." },
  };
  g_autoptr (AttestCatalogue) french = attest_catalogue_new ("fr", NULL, NULL);

  for (guint i = 0; i < attest_check_count (); i++)
    {
      g_autofree char *name = g_strconcat ("check-name.", attest_check_get_name (i, NULL), NULL);

      g_assert_nonnull (attest_catalogue_find (french, name));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) values = g_strsplit ("strength weak", " ", -1);
      g_autofree char *about = g_strdup ("Q7F3K2A");
      AttestJudgementProblem problem = {
        .check = cases[i].check, .about = about, .sentence = cases[i].sentence, .values = values
      };
      g_autofree char *text = attest_judgement_problem_dup_sentence (&problem, french);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

/* Labels of somebody else, one by one. */
static void
test_own (void)
{
  g_autofree char *folder = g_dir_make_tmp ("attest-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "labels.ini", NULL);
  g_autoptr (AttestCatalogue) own = NULL;
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, "[page]\nfindings=Found\nfindings[ru]=Находки\n", -1, NULL);
  own = attest_catalogue_new ("ru", path, NULL);
  g_assert_cmpstr (attest_catalogue_get (own, "page.findings"), ==, "Находки");
  g_assert_cmpstr (attest_catalogue_get (own, "page.search"), ==, "Поиск");
  g_file_set_contents (path, "# ours\n[word]\nkind=x\n[page]\n kind = y\n", -1, NULL);
  g_assert_null (attest_catalogue_new ("en", path, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, "labels.ini:5: there is no label 'kind' in [page]"));
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalogue/complete", test_complete);
  g_test_add_func ("/catalogue/words", test_words);
  g_test_add_func ("/catalogue/checks", test_checks);
  g_test_add_func ("/catalogue/own", test_own);
  return g_test_run ();
}
