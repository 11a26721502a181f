/* qualifiers: how well sentences are qualified; what 'make accuracy-qualifiers' runs.
 *
 *   qualifiers [--errors] FILE…
 *
 * A FILE is LANG-SET.tsv: sentence, polarity, certainty, time, holder, act and, where only a part
 * of the sentence is quoted for a code, that part; "-" is not known. Lines that start with # are
 * comments. For each value of each qualifier: precision, recall, F1 and how many there truly are.
 */
#include <stdio.h>
#include <string.h>

#include "engine/attest-qualify.h"

#define N_COLUMNS (1 + ATTEST_N_QUALIFIERS)

/* Truth × answer. */
typedef guint Table[ATTEST_N_QUALIFIERS][ATTEST_MAX_QUALIFIER_VALUES][ATTEST_MAX_QUALIFIER_VALUES];

static const char *
show (AttestQualifier qualifier, guint value)
{
  const char *name = attest_qualifier_value_to_string (qualifier, value);

  return name != NULL ? name : "-";
}

static void
print_marks (AttestQualifierWorker *worker, const char *sentence)
{
  const GArray *marks = attest_qualifier_worker_explain (worker);

  for (guint i = 0; i < marks->len; i++)
    {
      const AttestQualifierMark *mark = &g_array_index (marks, AttestQualifierMark, i);

      printf (" [%.*s %s%s]", (int)(mark->end_byte - mark->start_byte), sentence + mark->start_byte,
              attest_trigger_get_name (mark->trigger), mark->is_turned ? " turned" : "");
    }
  printf ("\n");
}

static gboolean
judge (AttestQualifierWorker *worker, const char *lang, char **cells, guint n_cells, Table table,
       gboolean errors)
{
  const char *target = n_cells > N_COLUMNS ? strstr (cells[0], cells[N_COLUMNS]) : NULL;
  AttestHit hit = { .start_byte = target != NULL ? (gsize)(target - cells[0]) : 0 };
  AttestQualifiers answer;

  if (n_cells > N_COLUMNS && target == NULL)
    return FALSE;
  hit.end_byte = hit.start_byte + (target != NULL ? strlen (cells[N_COLUMNS]) : 0);
  answer = attest_qualify (worker, lang, cells[0], strlen (cells[0]), 0, &hit, target != NULL);
  for (guint q = 0; q < ATTEST_N_QUALIFIERS; q++)
    {
      guint truth = attest_qualifier_value_from_string (q, cells[1 + q]);

      if (truth == ATTEST_UNQUALIFIED && strcmp (cells[1 + q], "-") != 0)
        return FALSE;
      table[q][truth][answer.values[q]]++;
      if (!errors || truth == answer.values[q])
        continue;
      printf ("%s: %s is %s, not %s: %s", lang, attest_qualifier_get_name (q), show (q, truth),
              show (q, answer.values[q]), cells[0]);
      print_marks (worker, cells[0]);
    }
  return TRUE;
}

static gboolean
judge_file (AttestQualifierWorker *worker, const char *path, Table table, gboolean errors,
            guint *out_n)
{
  g_autofree char *base = g_path_get_basename (path);
  g_auto (GStrv) name = g_strsplit (base, "-", 2);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);
      guint n_cells = g_strv_length (cells);

      if (*lines[i] == '\0' || *lines[i] == '#')
        continue;
      if (n_cells < N_COLUMNS || !judge (worker, name[0], cells, n_cells, table, errors))
        {
          fprintf (stderr, "%s:%u: is no labelled sentence\n", path, i + 1);
          return FALSE;
        }
      ++*out_n;
    }
  return TRUE;
}

static void
print_value (const char *path, Table table, guint q, guint value, double *sum_f1, guint *n_values)
{
  guint right = table[q][value][value], truly = 0, given = 0;
  double precision, recall;

  for (guint k = 0; k < ATTEST_MAX_QUALIFIER_VALUES; k++)
    {
      truly += table[q][value][k];
      given += table[q][k][value];
    }
  if (truly + given == 0)
    return;
  precision = given > 0 ? (double)right / given : 0;
  recall = truly > 0 ? (double)right / truly : 0;
  printf ("%-16s %-10s %-15s %9.2f %7.2f %5.2f %7u\n", path, attest_qualifier_get_name (q),
          show (q, value), precision, recall, 2.0 * right / (truly + given), truly);
  *sum_f1 += truly > 0 ? 2.0 * right / (truly + given) : 0;
  *n_values += truly > 0;
}

static void
print_table (const char *name, Table table, guint n)
{
  for (guint q = 0; q < ATTEST_N_QUALIFIERS; q++)
    {
      double sum_f1 = 0;
      guint n_values = 0, right = 0;

      for (guint value = 0; value < ATTEST_MAX_QUALIFIER_VALUES; value++)
        {
          print_value (name, table, q, value, &sum_f1, &n_values);
          right += table[q][value][value];
        }
      printf ("%-16s %-10s %-15s accuracy %.2f, macro-F1 %.2f, of %u\n", name,
              attest_qualifier_get_name (q), "all", n > 0 ? (double)right / n : 0,
              n_values > 0 ? sum_f1 / n_values : 0, n);
    }
}

int
main (int argc, char **argv)
{
  gboolean errors = argc > 1 && strcmp (argv[1], "--errors") == 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (AttestQualifierSet) set = attest_qualifier_set_load (&error);
  g_autoptr (AttestQualifierWorker) worker = NULL;

  if (set == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  worker = attest_qualifier_worker_new (set);
  if (!errors)
    printf ("%-16s %-10s %-15s precision  recall    F1  truly\n", "", "qualifier", "value");
  for (int i = errors ? 2 : 1; i < argc; i++)
    {
      g_autofree char *base = g_path_get_basename (argv[i]);
      g_autofree char *name = g_strndup (base, strlen (base) - strlen (".tsv"));
      Table table = { 0 };
      guint n = 0;

      if (!judge_file (worker, argv[i], table, errors, &n))
        return 1;
      if (!errors)
        print_table (name, table, n);
    }
  return 0;
}
