/* What is wrong with ratings. */
#include "report/attest-report-check-private.h"

#include <string.h>

#include "report/attest-report-chain.h"
#include "report/attest-report-contrast.h"
#include "store/attest-store-voice.h"

/* So few ratings may well all be good. */
#define MIN_RATINGS_FOR_CEILING 3
/* From here on a rating is among the best of its scale: the two best levels of four to six, a third
 * of a percentage. Not quite two thirds, which a double cannot be. */
#define HIGH_POSITION 0.66
/* Quotes that speak ill before a finding is taken for bad news: one may be told wrongly. */
#define MIN_ILL 2

static gboolean
is_top_level (const AttestRating *rating)
{
  return rating->position >= 1;
}

static gboolean
is_high (const AttestRating *rating)
{
  return rating->position >= HIGH_POSITION;
}

void
attest_check_rating_basis (AttestChecker *checker)
{
  for (guint i = 0; i < checker->ledger->ratings->len; i++)
    {
      const AttestRating *rating = g_ptr_array_index (checker->ledger->ratings, i);
      g_autofree char *id = g_strconcat (ATTEST_RATING_PREFIX, rating->criterion, NULL);
      gboolean has_finding = FALSE;

      for (guint k = 0; k < checker->ledger->entries->len && !has_finding; k++)
        has_finding = attest_ledger_entry_bears (g_ptr_array_index (checker->ledger->entries, k),
                                                 rating->criterion);
      /* What was not rated needs none. */
      if (!has_finding && rating->position >= 0)
        attest_check_complain (
            checker, id, NULL,
            "the rating rests on no finding: add one, 'attest finding add … --criterion %s'",
            rating->criterion);
    }
}

/* A rating may be as good as its evidence is strong. */
void
attest_check_strength (AttestChecker *checker)
{
  for (guint i = 0; i < checker->ledger->ratings->len; i++)
    {
      const AttestRating *rating = g_ptr_array_index (checker->ledger->ratings, i);
      g_autofree char *id = g_strconcat (ATTEST_RATING_PREFIX, rating->criterion, NULL);
      g_auto (AttestStrength) strength = { 0 };
      g_autofree char *sentence = NULL, *raise = NULL;

      attest_strength_of_criterion (checker->counter, rating->criterion, &strength);
      if (rating->position <= strength.level->carries || strength.findings == 0)
        continue;
      sentence = attest_strength_dup_sentence (&strength);
      g_ptr_array_add (strength.raise, NULL);
      raise = g_strjoinv ("; ", (char **)strength.raise->pdata);
      attest_check_complain (checker, id, NULL,
                             "the rating is better than its evidence, which is %s%s%s", sentence,
                             *raise != '\0' ? ". It would take " : "", raise);
      attest_check_tell (checker, "above-strength", "strength", strength.level->level, NULL);
    }
}

void
attest_check_ceiling (AttestChecker *checker)
{
  guint n = 0, n_top = 0, n_high = 0;

  for (guint i = 0; i < checker->ledger->ratings->len; i++)
    {
      const AttestRating *rating = g_ptr_array_index (checker->ledger->ratings, i);

      n += rating->position >= 0;
      n_top += is_top_level (rating);
      n_high += is_high (rating);
    }
  if (n >= MIN_RATINGS_FOR_CEILING && n_high == n)
    {
      g_autofree char *all = g_strdup_printf ("%u", n);
      g_autofree char *top = g_strdup_printf ("%u", n_top);

      attest_check_complain (checker, NULL, NULL,
                             "all %u ratings are among the best of their scale, %u of them the "
                             "best: look for what speaks against them",
                             n, n_top);
      attest_check_tell (checker, "ceiling", "n", all, "top", top, NULL);
    }
}

void
attest_check_one_sided (AttestChecker *checker)
{
  for (guint i = 0; i < checker->ledger->ratings->len; i++)
    {
      const AttestRating *rating = g_ptr_array_index (checker->ledger->ratings, i);
      g_autofree char *id = g_strconcat (ATTEST_RATING_PREFIX, rating->criterion, NULL);
      guint n_against = 0, n_findings = 0;

      for (guint k = 0; k < checker->ledger->entries->len; k++)
        {
          const AttestLedgerEntry *entry = g_ptr_array_index (checker->ledger->entries, k);

          if (!attest_ledger_entry_bears (entry, rating->criterion))
            continue;
          n_findings++;
          n_against += attest_check_count_links (entry, TRUE,
                                                 ATTEST_CHECK_STANCE (ATTEST_STANCE_CONTRADICTS))
                       + attest_check_count_links (entry, FALSE,
                                                   ATTEST_CHECK_STANCE (ATTEST_STANCE_CONTRADICTS));
        }
      if (is_top_level (rating) && n_findings > 0 && n_against == 0)
        attest_check_complain (
            checker, id, NULL,
            "the best rating, and nothing is linked that speaks against its findings: look "
            "at 'attest counter %s'",
            rating->criterion);
    }
}

/* ---- contrast ---- */

static void
check_text (AttestChecker *checker, const AttestRating *rating, const char *id, const char *text)
{
  g_autofree char *found = attest_contrast_dup_found (checker->rules->contrast, text);

  if (found == NULL)
    return;
  attest_check_complain (checker, id, NULL,
                         "%s is rated %s%s%s, and the text takes something back: %s",
                         rating->criterion, rating->level, rating->label != NULL ? " " : "",
                         rating->label != NULL ? rating->label : "", found);
  attest_check_tell (checker, "contrast", "found", found, NULL);
}

/* Who finds a rating among the best, and says "but" in the same breath, says two things. */
void
attest_check_contrast (AttestChecker *checker)
{
  for (guint i = 0; i < checker->ledger->ratings->len; i++)
    {
      const AttestRating *rating = g_ptr_array_index (checker->ledger->ratings, i);
      g_autofree char *id = g_strconcat (ATTEST_RATING_PREFIX, rating->criterion, NULL);

      if (!is_high (rating))
        continue;
      check_text (checker, rating, id, rating->because);
      for (guint k = 0; k < checker->ledger->entries->len; k++)
        {
          const AttestLedgerEntry *entry = g_ptr_array_index (checker->ledger->entries, k);

          if (!attest_ledger_entry_is_withdrawn (entry)
              && (entry->kind == ATTEST_ENTRY_FINDING || entry->kind == ATTEST_ENTRY_CONCLUSION)
              && g_strcmp0 (entry->fields[ATTEST_FIELD_CRITERION], rating->criterion) == 0)
            check_text (checker, rating, entry->id, entry->fields[ATTEST_FIELD_TEXT]);
        }
    }
}

/* ---- bad news ---- */

/* Whether @text names the finding: "see F14". */
static gboolean
names (const char *text, const char *id)
{
  gsize length_bytes = strlen (id);

  for (const char *at = strstr (text, id); at != NULL; at = strstr (at + 1, id))
    if ((at == text || !g_ascii_isalnum (at[-1])) && !g_ascii_isalnum (at[length_bytes]))
      return TRUE;
  return FALSE;
}

static void
count_said (const AttestLedgerEntry *finding, GHashTable *polarities, guint *out_well,
            guint *out_ill)
{
  *out_well = *out_ill = 0;
  for (guint i = 0; i < finding->links->len; i++)
    {
      const AttestLedgerLink *link = &g_array_index (finding->links, AttestLedgerLink, i);
      guint polarity = GPOINTER_TO_UINT (g_hash_table_lookup (polarities, link->id));

      if (link->entry != NULL || link->stance != ATTEST_STANCE_SUPPORTS)
        continue;
      *out_well += polarity == ATTEST_POLARITY_POSITIVE;
      *out_ill += polarity == ATTEST_POLARITY_NEGATIVE;
    }
}

static void
tell_said (AttestChecker *checker, guint n_ill, guint n_well)
{
  g_autofree char *ill = g_strdup_printf ("%u", n_ill);
  g_autofree char *well = g_strdup_printf ("%u", n_well);

  attest_check_tell (checker, "bad-news", "ill", ill, "well", well, NULL);
}

static void
find_bad_news (AttestChecker *checker, const AttestRating *rating, GHashTable *polarities)
{
  for (guint i = 0; i < checker->ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (checker->ledger->entries, i);
      guint n_well, n_ill;

      if (!attest_ledger_entry_bears (entry, rating->criterion)
          || names (rating->because, entry->id))
        continue;
      count_said (entry, polarities, &n_well, &n_ill);
      if (n_ill < MIN_ILL || n_ill <= n_well)
        continue;
      attest_check_complain (
          checker, entry->id, NULL,
          "%s is rated %s%s%s, and this finding is no good news: of the quotes that support it, "
          "%u speak ill and %u well; say in the reason of the rating why it is so high all the "
          "same, and name %s",
          rating->criterion, rating->level, rating->label != NULL ? " " : "",
          rating->label != NULL ? rating->label : "", n_ill, n_well, entry->id);
      tell_said (checker, n_ill, n_well);
    }
}

/* A rating may be high in spite of what was found, as long as it says why. */
void
attest_check_bad_news (AttestChecker *checker)
{
  g_autoptr (GHashTable) polarities = NULL;

  for (guint i = 0; i < checker->ledger->ratings->len; i++)
    {
      const AttestRating *rating = g_ptr_array_index (checker->ledger->ratings, i);

      if (!is_high (rating))
        continue;
      if (polarities == NULL)
        polarities = attest_store_list_linked_polarities (checker->store, &checker->error);
      if (polarities == NULL)
        return;
      find_bad_news (checker, rating, polarities);
    }
}
