/* Words and phrases of passages, and where they stand. */
#include "engine/attest-terms.h"

#include <string.h>

static void
add (GPtrArray *passages, const char *text, const char *lang, guint cluster, int code)
{
  AttestPassage *passage = attest_passage_new (
      text, strlen (text), lang != NULL ? g_intern_string (lang) : NULL, cluster);

  if (code >= 0)
    attest_passage_add_code (passage, (guint)code);
  g_ptr_array_add (passages, passage);
}

static const AttestTerm *
find (const GPtrArray *terms, const char *text)
{
  for (guint i = 0; i < terms->len; i++)
    if (strcmp (((const AttestTerm *)g_ptr_array_index (terms, i))->text, text) == 0)
      return g_ptr_array_index (terms, i);
  return NULL;
}

static GPtrArray *
make_passages (void)
{
  GPtrArray *passages = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_passage_free);

  add (passages, "The water came late, late in  the spring.", "en", 0, 1);
  add (passages, "Water tariffs: the Water Tariffs again.", "en", 2, 1);
  add (passages, "We met in the spring. Water is fine.", "en", 0, -1);
  add (passages, "Manque d’eau, manque d'eau.", "fr", 1, 1);
  add (passages, "Il manque du temps.", "fr", 1, 0);
  add (passages, "ok 2 2 x", NULL, 1, 1);
  return passages;
}

static void
test_counts (void)
{
  g_autoptr (GPtrArray) passages = make_passages ();
  AttestPassage *second = g_ptr_array_index (passages, 1);
  g_autoptr (AttestTermIndex) index = NULL;
  g_auto (AttestTermGround) ground = { 0 };
  g_autoptr (GPtrArray) terms = NULL;
  const AttestTerm *water, *tariffs;

  attest_passage_add_hit (second, 1, -3, 5);    /* the first "water" */
  attest_passage_add_hit (second, 0, 0, 100);   /* of another code */
  attest_passage_add_hit (second, 1, 200, 300); /* not in the passage */
  g_assert_cmpuint (second->hits->len, ==, 2);
  index = attest_term_index_new (passages, NULL);
  g_assert_nonnull (index);
  terms = attest_term_index_count (index, g_intern_string ("en"), 1, 1, &ground);

  g_assert_cmpuint (ground.code_passages, ==, 2);
  g_assert_cmpuint (ground.rest_passages, ==, 1);
  g_assert_cmpuint (ground.code_words, ==, 8 + 6);
  g_assert_cmpuint (ground.rest_words, ==, 8);
  g_assert_cmpuint (ground.words[0], ==, 8);
  g_assert_cmpuint (ground.words[1], ==, 0);
  g_assert_cmpuint (ground.words[2], ==, 6);

  water = find (terms, "water");
  g_assert_cmpuint (water->in_code, ==, 3);
  g_assert_cmpuint (water->in_rest, ==, 1);
  g_assert_cmpuint (water->code_passages, ==, 2);
  g_assert_cmpuint (water->rest_passages, ==, 1);
  g_assert_cmpuint (water->counts[0], ==, 1);
  g_assert_cmpuint (water->counts[2], ==, 2);
  /* The hit covers one of two in its passage; the other passage has none at all. */
  g_assert_cmpuint (water->covered, ==, 0);
  g_assert_cmpuint (water->missed, ==, 1);

  tariffs = find (terms, "water tariffs");
  g_assert_cmpuint (tariffs->in_code, ==, 2);
  g_assert_cmpuint (tariffs->n_words, ==, 2);
  /* Stop words may stand inside, marks may not, and stop words not at the ends. */
  g_assert_null (find (terms, "late late"));
  g_assert_null (find (terms, "the water"));
  g_assert_null (find (terms, "in the spring"));
  g_assert_null (find (terms, "manque"));
  g_assert_cmpstr (((const AttestTerm *)g_ptr_array_index (terms, 0))->text, ==, "came");
}

static void
test_languages (void)
{
  g_autoptr (GPtrArray) passages = make_passages ();
  g_autoptr (AttestTermIndex) index = attest_term_index_new (passages, NULL);
  const GPtrArray *langs = attest_term_index_get_langs (index);
  g_auto (AttestTermGround) ground = { 0 };
  g_auto (AttestTermGround) unknown = { 0 };
  g_autoptr (GPtrArray) terms
      = attest_term_index_count (index, g_intern_string ("fr"), 1, 1, &ground);
  g_autoptr (GPtrArray) nothing = attest_term_index_count (index, NULL, 1, 1, &unknown);

  g_assert_cmpuint (langs->len, ==, 3);
  g_assert_null (g_ptr_array_index (langs, 0));
  g_assert_cmpstr (g_ptr_array_index (langs, 1), ==, "en");
  /* What an elision cuts off is a word, and no end of a term. */
  g_assert_cmpuint (find (terms, "eau")->in_code, ==, 2);
  g_assert_cmpuint (find (terms, "manque d’eau")->in_code, ==, 2);
  g_assert_cmpuint (find (terms, "manque")->rest_passages, ==, 1);
  /* Numbers and letters are no terms. */
  g_assert_cmpuint (nothing->len, ==, 1);
}

static void
test_least (void)
{
  g_autoptr (GPtrArray) passages = make_passages ();
  g_autoptr (AttestTermIndex) index = attest_term_index_new (passages, NULL);
  g_auto (AttestTermGround) ground = { 0 };
  g_autoptr (GPtrArray) terms
      = attest_term_index_count (index, g_intern_string ("en"), 1, 2, &ground);

  g_assert_cmpuint (terms->len, ==, 1);
  g_assert_nonnull (find (terms, "water"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/terms/counts", test_counts);
  g_test_add_func ("/terms/languages", test_languages);
  g_test_add_func ("/terms/least", test_least);
  return g_test_run ();
}
