#include "report/attest-report.h"

#include <math.h>
#include <string.h>

#define SHA_DIGITS 8

char *
attest_report_dup_codebook (const AttestCodebookInfo *codebook)
{
  return g_strdup_printf (
      "%s%s%s (sha256 %.*s)", codebook->name, codebook->version != NULL ? " " : "",
      codebook->version != NULL ? codebook->version : "", SHA_DIGITS, codebook->sha256);
}

char *
attest_report_dup_count (gint64 n, const char *singular, const char *plural)
{
  if (n == 1)
    return g_strdup_printf ("1 %s", singular);
  if (n < 0)
    {
      g_autofree char *count = attest_count_to_words (n);

      return plural != NULL ? g_strdup_printf ("%s %s", count, plural)
                            : g_strdup_printf ("%s %ss", count, singular);
    }
  return plural != NULL ? g_strdup_printf ("%" G_GINT64_FORMAT " %s", n, plural)
                        : g_strdup_printf ("%" G_GINT64_FORMAT " %ss", n, singular);
}

char *
attest_report_dup_searched (const AttestReportTotals *totals)
{
  g_autofree char *sources = attest_report_dup_count (totals->sources, "source", NULL);
  g_autofree char *respondents = attest_report_dup_count (totals->respondents, "respondent", NULL);
  g_autofree char *groups = attest_report_dup_count (totals->groups, "group", NULL);
  g_autofree char *turns = attest_report_dup_count (totals->turns, "turn", NULL);
  g_autofree char *words = attest_report_dup_count (totals->words, "word", NULL);

  return g_strdup_printf ("%s, %s in %s, %s, %s", sources, respondents, groups, turns, words);
}

char *
attest_report_dup_origin (const AttestFrequency *frequency)
{
  const AttestReportTotals *totals = &frequency->totals;
  g_autofree char *codebook = attest_report_dup_codebook (frequency->codebook);
  g_autofree char *searched = attest_report_dup_searched (totals);
  g_autofree char *sources = attest_report_dup_count (totals->not_searched, "source", NULL);
  g_autofree char *turns = attest_report_dup_count (totals->incomplete, "turn", NULL);
  g_autofree char *rejected = attest_report_dup_count (totals->rejected, "segment", NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "Codebook: %s\nSearched: %s of respondents", codebook, searched);
  if (frequency->attribute != NULL)
    g_string_append_printf (text, "\nOnly respondents with %s: %s", frequency->attribute,
                            frequency->value);
  if (totals->not_searched > 0)
    g_string_append_printf (text,
                            "\nNot searched with this codebook: %s of the project; "
                            "'attest code' does it",
                            sources);
  if (totals->incomplete > 0)
    g_string_append_printf (text,
                            "\nIncomplete: a limit stopped the search of %s; what is counted "
                            "may be too low",
                            turns);
  if (totals->rejected > 0)
    g_string_append_printf (text, "\nLeft out: %s that %s rejected in review", rejected,
                            totals->rejected == 1 ? "was" : "were");
  if (frequency->audience != NULL)
    g_string_append_printf (text, "\n%s", frequency->audience);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

double
attest_report_per_1000_words (gint64 segments, const AttestReportTotals *totals)
{
  return totals->words > 0 && segments >= 0 ? (double)segments * 1000 / (double)totals->words : NAN;
}

/* Letters and digits in lower case: "human-rights" and "Human rights" say the same. */
static char *
fold_name (const char *name)
{
  g_autoptr (GString) letters = g_string_new (NULL);

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      g_string_append_unichar (letters, g_unichar_tolower (g_utf8_get_char (p)));
  return g_string_free (g_steal_pointer (&letters), FALSE);
}

gboolean
attest_report_is_name_of (const char *name, const char *code)
{
  g_autofree char *folded_name = fold_name (name);
  g_autofree char *folded_code = fold_name (code);

  return strcmp (folded_name, folded_code) == 0;
}

char *
attest_report_dup_title (const char *name, const char *code)
{
  if (name == NULL)
    return g_strdup (code);
  return attest_report_is_name_of (name, code) ? g_strdup (name)
                                               : g_strdup_printf ("%s (%s)", name, code);
}

void
attest_report_add_code (AttestTable *table, const char *code, GHashTable *linked)
{
  g_autofree char *link = NULL;

  attest_table_add_text (table, code);
  if (linked == NULL || !g_hash_table_contains (linked, code))
    return;
  link = attest_html_dup_link (ATTEST_CODE_ANCHOR, code);
  attest_table_link (table, link);
}
