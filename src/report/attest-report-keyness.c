#include "report/attest-report-keyness.h"

#include <math.h>
#include <string.h>

#include "report/attest-report.h"

#define ALPHA .05
/* A term of which one respondent has more than this is his or hers. */
#define MIN_EXPECTED 5

static void
clear_term (gpointer data)
{
  AttestKeyTerm *term = data;

  g_free (term->text);
  g_free (term->mostly);
}

static void
clear_ground (gpointer data)
{
  g_free (((AttestKeyGround *)data)->group);
}

AttestKeyness *
attest_keyness_new (void)
{
  AttestKeyness *keyness = g_new0 (AttestKeyness, 1);

  keyness->grounds = g_array_new (FALSE, TRUE, sizeof (AttestKeyGround));
  g_array_set_clear_func (keyness->grounds, clear_ground);
  keyness->terms = g_array_new (FALSE, TRUE, sizeof (AttestKeyTerm));
  g_array_set_clear_func (keyness->terms, clear_term);
  return keyness;
}

void
attest_keyness_free (AttestKeyness *keyness)
{
  if (keyness == NULL)
    return;
  g_free (keyness->by);
  g_array_unref (keyness->grounds);
  g_array_unref (keyness->terms);
  g_free (keyness);
}

static const AttestKeyTerm *
term_at (const AttestKeyness *keyness, guint i)
{
  return &g_array_index (keyness->terms, AttestKeyTerm, i);
}

static const AttestKeyGround *
ground_at (const AttestKeyness *keyness, guint i)
{
  return &g_array_index (keyness->grounds, AttestKeyGround, i);
}

/* ---- choosing ---- */

static int
compare_terms (gconstpointer a, gconstpointer b)
{
  const AttestKeyTerm *x = a, *y = b;

  if (x->ground != y->ground)
    return x->ground < y->ground ? -1 : 1;
  if (x->g2 != y->g2)
    return x->g2 > y->g2 ? -1 : 1;
  return strcmp (x->text, y->text);
}

void
attest_keyness_finish (AttestKeyness *keyness, gboolean all)
{
  guint n = keyness->terms->len, shown = 0, ground = G_MAXUINT;
  g_autofree double *p = g_new (double, n + 1);
  GArray *kept = g_array_new (FALSE, TRUE, sizeof (AttestKeyTerm));

  for (guint i = 0; i < n; i++)
    p[i] = term_at (keyness, i)->p;
  keyness->n_tests = n;
  attest_adjust_p (p, n, keyness->adjust);
  for (guint i = 0; i < n; i++)
    g_array_index (keyness->terms, AttestKeyTerm, i).p_adjusted = p[i];
  g_array_sort (keyness->terms, compare_terms);
  for (guint i = 0; i < n; i++)
    {
      AttestKeyTerm *term = &g_array_index (keyness->terms, AttestKeyTerm, i);

      shown = term->ground == ground ? shown : 0;
      ground = term->ground;
      if (term->log_ratio <= 0 || (!all && !(term->p_adjusted < ALPHA)) || shown >= keyness->limit)
        {
          clear_term (term);
          continue;
        }
      shown++;
      g_array_append_val (kept, *term);
    }
  g_array_set_clear_func (keyness->terms, NULL);
  g_array_unref (keyness->terms);
  keyness->terms = kept;
  g_array_set_clear_func (kept, clear_term);
}

/* ---- tables ---- */

static void
add_columns (AttestTable *table, gboolean for_people)
{
  static const char *const numbers[][2]
      = { { "g2", "G²" }, { "log_ratio", "log ratio" }, { "dp", "DP" } };
  static const char *const machine[]
      = { "bic", "ell", "p", "p_adjusted", "p_respondents", "min_expected" };
  static const char *const counts[]
      = { "a", "b", "a_words", "b_words", "a_respondents", "a_of", "b_respondents", "b_of" };

  attest_table_add_column (table, "group", "group", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "lang", "lang", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "words", "words", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    attest_table_add_column (table, numbers[i][0], numbers[i][1], ATTEST_COLUMN_DOUBLE,
                             ATTEST_COLUMN_PLAIN);
  if (for_people)
    {
      attest_table_add_column (table, "times", "times", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_RIGHT);
      attest_table_add_column (table, "used_by", "used by", ATTEST_COLUMN_TEXT,
                               ATTEST_COLUMN_RIGHT);
      attest_table_add_column (table, "others", "of the others", ATTEST_COLUMN_TEXT,
                               ATTEST_COLUMN_RIGHT);
      attest_table_add_column (table, "p_adjusted", "p", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_RIGHT);
      attest_table_add_column (table, "p_respondents", "p of who", ATTEST_COLUMN_TEXT,
                               ATTEST_COLUMN_RIGHT);
    }
  attest_table_add_column (table, "mostly", "mostly", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_OPTIONAL);
  if (for_people)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (machine); i++)
    attest_table_add_column (table, machine[i], "", ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_PLAIN);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    attest_table_add_column (table, counts[i], "", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
}

static void
add_p (AttestTable *table, double p)
{
  g_autofree char *text = isnan (p)  ? NULL
                          : p < .001 ? g_strdup ("< .001")
                                     : g_strdup_printf ("%.3f", p);

  attest_table_add_text (table, text);
}

static void
add_for_people (AttestTable *table, const AttestKeyTerm *term, const AttestKeyGround *ground)
{
  g_autofree char *times
      = g_strdup_printf ("%" G_GINT64_FORMAT " : %" G_GINT64_FORMAT "%s", term->a, term->b,
                         term->min_expected < MIN_EXPECTED ? " few" : "");
  g_autofree char *who = g_strdup_printf ("%u/%u", term->respondents, ground->respondents);
  g_autofree char *others = g_strdup_printf ("%u/%u", term->others, ground->others);

  attest_table_add_text (table, times);
  attest_table_add_text (table, who);
  attest_table_add_text (table, others);
  add_p (table, term->p_adjusted);
  add_p (table, term->p_respondents);
}

static void
add_row (AttestTable *table, const AttestKeyness *keyness, const AttestKeyTerm *term,
         gboolean for_people)
{
  const AttestKeyGround *ground = ground_at (keyness, term->ground);

  attest_table_add_text (table, ground->group);
  attest_table_add_text (table, ground->lang);
  attest_table_add_text (table, term->text);
  attest_table_add_double (table, term->g2);
  attest_table_add_double (table, term->log_ratio);
  attest_table_add_double (table, term->dp);
  if (for_people)
    add_for_people (table, term, ground);
  attest_table_add_text (table, keyness->is_public ? NULL : term->mostly);
  if (for_people)
    return;
  attest_table_add_double (table, term->bic);
  attest_table_add_double (table, term->ell);
  attest_table_add_double (table, term->p);
  attest_table_add_double (table, term->p_adjusted);
  attest_table_add_double (table, term->p_respondents);
  attest_table_add_double (table, term->min_expected);
  attest_table_add_int (table, term->a);
  attest_table_add_int (table, term->b);
  attest_table_add_int (table, ground->words);
  attest_table_add_int (table, ground->other_words);
  attest_table_add_int (table, term->respondents);
  attest_table_add_int (table, ground->respondents);
  attest_table_add_int (table, term->others);
  attest_table_add_int (table, ground->others);
}

AttestTable *
attest_keyness_table_new (const AttestKeyness *keyness, gboolean for_people)
{
  g_autofree char *note = g_strdup_printf (
      "Each group against all others. G² (two cells), log ratio: 1 is twice as often; DP: 0 evenly "
      "over the respondents, 1 all in one; times: in the group, in the others; p: of G², adjusted; "
      "p of who: of the respondents who use it.");
  AttestTable *table = attest_table_new (for_people ? "Words" : NULL, for_people ? note : NULL);
  guint before = G_MAXUINT;

  add_columns (table, for_people);
  for (guint i = 0; i < keyness->terms->len; i++)
    {
      const AttestKeyTerm *term = term_at (keyness, i);
      const AttestKeyGround *ground = ground_at (keyness, term->ground);

      if (for_people && term->ground != before)
        {
          g_autofree char *heading
              = g_strdup_printf ("%s%s%s: %" G_GINT64_FORMAT
                                 " words of %u respondents; others %" G_GINT64_FORMAT " of %u",
                                 ground->group, ground->lang != NULL ? ", " : "",
                                 ground->lang != NULL ? ground->lang : "", ground->words,
                                 ground->respondents, ground->other_words, ground->others);

          attest_table_begin_section (table, heading);
        }
      before = term->ground;
      add_row (table, keyness, term, for_people);
    }
  return table;
}

GPtrArray *
attest_keyness_remarks (const AttestKeyness *keyness)
{
  GPtrArray *remarks = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) small = g_string_new (NULL);

  g_ptr_array_add (remarks,
                   g_strdup_printf ("Terms tested: %u, with at least %u occurrences by at least %u "
                                    "respondents of the group; p is %s.",
                                    keyness->n_tests, keyness->min_count, keyness->min_respondents,
                                    keyness->adjust == ATTEST_ADJUST_NONE
                                        ? "not adjusted, so that one in 20 is below .05 by chance"
                                    : keyness->adjust == ATTEST_ADJUST_BH
                                        ? "adjusted for that (Benjamini and Hochberg 1995)"
                                        : "adjusted for that (Holm 1979)"));
  g_ptr_array_add (remarks,
                   g_strdup ("G² takes the words of a respondent as independent, which they are "
                             "not: read how many respondents use a term, and DP, beside it."));
  for (guint i = 0; i < keyness->grounds->len; i++)
    {
      const AttestKeyGround *ground = ground_at (keyness, i);

      if (ground->respondents < ATTEST_SMALL_GROUP || ground->others < ATTEST_SMALL_GROUP)
        g_string_append_printf (small, "%s%s%s%s%s", small->len > 0 ? ", " : "", ground->group,
                                ground->lang != NULL ? " (" : "",
                                ground->lang != NULL ? ground->lang : "",
                                ground->lang != NULL ? ")" : "");
    }
  if (small->len > 0)
    g_ptr_array_add (
        remarks, g_strdup_printf ("Fewer than %d respondents, here or among the others: %s. What "
                                  "is typical there is typical of these people.",
                                  ATTEST_SMALL_GROUP, small->str));
  if (keyness->n_shared > 0)
    g_ptr_array_add (
        remarks,
        g_strdup_printf ("Texts that several of the projects hold: %u. %s", keyness->n_shared,
                         keyness->by != NULL
                             ? "Each counts once, in the first of them."
                             : "Nothing in them is typical of one: they are left out."));
  return remarks;
}

void
attest_keyness_write_json (const AttestKeyness *keyness, GString *out)
{
  g_autoptr (AttestJson) json = attest_json_new (out, TRUE);
  g_autoptr (AttestTable) table = attest_keyness_table_new (keyness, FALSE);
  g_autoptr (GPtrArray) remarks = attest_keyness_remarks (keyness);

  attest_json_begin_object (json);
  attest_json_member_int (json, "format", 1);
  attest_json_member_string (json, "report", "keyness");
  attest_json_member_string (json, "by", keyness->by);
  attest_json_member_string (json, "statistic", "G2, two cells");
  attest_json_member_string (json, "adjustment", attest_adjust_names[keyness->adjust]);
  attest_json_member_int (json, "tests", keyness->n_tests);
  attest_json_key (json, "groups");
  attest_json_begin_array (json);
  for (guint i = 0; i < keyness->grounds->len; i++)
    {
      const AttestKeyGround *ground = ground_at (keyness, i);

      attest_json_begin_object (json);
      attest_json_member_string (json, "group", ground->group);
      attest_json_member_string (json, "lang", ground->lang);
      attest_json_member_int (json, "words", ground->words);
      attest_json_member_int (json, "respondents", ground->respondents);
      attest_json_member_int (json, "other_words", ground->other_words);
      attest_json_member_int (json, "other_respondents", ground->others);
      attest_json_member_int (json, "terms", ground->n_terms);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
  attest_json_key (json, "rows");
  attest_table_write_json (table, json);
  attest_json_key (json, "warnings");
  attest_json_begin_array (json);
  for (guint i = 0; i < remarks->len; i++)
    attest_json_string (json, g_ptr_array_index (remarks, i));
  attest_json_end_array (json);
  attest_json_end_object (json);
  g_string_append_c (out, '\n');
}
