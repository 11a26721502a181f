/* What is wrong with what entries of the ledger rest on. */
#include "report/attest-report-check-private.h"

#include "model/attest-consent.h"

typedef void (*LinkFunc) (AttestChecker *checker, const AttestLedgerEntry *entry,
                          const AttestLedgerLink *link);

static void
for_each_link (AttestChecker *checker, LinkFunc func)
{
  for (guint i = 0; i < checker->ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (checker->ledger->entries, i);

      for (guint k = 0; !attest_ledger_entry_is_withdrawn (entry) && k < entry->links->len; k++)
        func (checker, entry, &g_array_index (entry->links, AttestLedgerLink, k));
    }
}

static void
find_unanswered (AttestChecker *checker, const AttestLedgerEntry *entry,
                 const AttestLedgerLink *link)
{
  if (link->stance == ATTEST_STANCE_CONTRADICTS && link->note == NULL)
    attest_check_complain (
        checker, entry->id, link->id,
        "%s contradicts it and has no answer: 'attest %s link %s %s --stance contradicts "
        "--note …'",
        link->id, attest_entry_kind_to_string (entry->kind), entry->id, link->id);
}

static void
find_stale (AttestChecker *checker, const AttestLedgerEntry *entry, const AttestLedgerLink *link)
{
  const AttestQuotePassage *passage
      = link->entry == NULL ? g_hash_table_lookup (checker->passages, link->id) : NULL;

  if (passage != NULL && passage->problem != NULL)
    attest_check_complain (checker, entry->id, link->id, "it rests on quote %s, which %s", link->id,
                           passage->problem);
  else if (link->entry != NULL && attest_ledger_entry_is_withdrawn (link->entry))
    {
      attest_check_complain (checker, entry->id, link->id, "it rests on %s, which was withdrawn",
                             link->id);
      attest_check_tell (checker, "stale-withdrawn", NULL);
    }
}

static void
find_rejected (AttestChecker *checker, const AttestLedgerEntry *entry, const AttestLedgerLink *link)
{
  const AttestQuotePassage *passage
      = link->entry == NULL ? g_hash_table_lookup (checker->passages, link->id) : NULL;

  if (passage != NULL && passage->segments > 0 && passage->segments == passage->rejected)
    attest_check_complain (
        checker, entry->id, link->id,
        "it rests on quote %s, which was rejected in review: link another, or decide again",
        link->id);
}

/* How much of what the respondent said may be used; UNKNOWN when nobody noted it. */
static AttestConsent
get_consent (const AttestChecker *checker, const char *respondent, const char **out_given)
{
  const char *quote = attest_strength_counter_get_attribute (checker->counter, respondent,
                                                             ATTEST_ATTRIBUTE_QUOTE);
  const char *consent = attest_strength_counter_get_attribute (checker->counter, respondent,
                                                               ATTEST_ATTRIBUTE_CONSENT);

  *out_given = consent != NULL ? consent : quote;
  return attest_consent_from_attributes (quote, consent);
}

/* Not known is no refusal, and no consent either. */
static void
find_not_consented (AttestChecker *checker, const AttestLedgerEntry *entry,
                    const AttestLedgerLink *link)
{
  const AttestQuotePassage *passage
      = link->entry == NULL ? g_hash_table_lookup (checker->passages, link->id) : NULL;
  AttestConsent consent;
  const char *given;

  if (passage == NULL || passage->respondent == NULL)
    return;
  consent = get_consent (checker, passage->respondent, &given);
  if (consent == ATTEST_CONSENT_NONE)
    attest_check_complain (
        checker, entry->id, link->id,
        "it rests on quote %s of respondent %s, who does not want to be quoted (consent: %s)",
        link->id, passage->respondent, given);
  else if (given == NULL)
    {
      attest_check_warn (
          checker, entry->id, link->id,
          "it rests on quote %s of respondent %s, of whom no consent is known: 'attest "
          "respondents set %s consent=…'",
          link->id, passage->respondent, passage->respondent);
      attest_check_tell (checker, "consent-unknown", NULL);
    }
}

/* Where nobody's consent was ever noted, one line says it. */
static gboolean
knows_consent (const AttestChecker *checker)
{
  GHashTableIter iter;
  gpointer passage;
  const char *given = NULL;

  g_hash_table_iter_init (&iter, checker->passages);
  while (given == NULL && g_hash_table_iter_next (&iter, NULL, &passage))
    get_consent (checker, ((AttestQuotePassage *)passage)->respondent, &given);
  return given != NULL || g_hash_table_size (checker->passages) == 0;
}

/* ---- the checks ---- */

void
attest_check_unanswered (AttestChecker *checker)
{
  for_each_link (checker, find_unanswered);
}

void
attest_check_stale (AttestChecker *checker)
{
  for_each_link (checker, find_stale);
}

void
attest_check_consent (AttestChecker *checker)
{
  if (knows_consent (checker))
    {
      for_each_link (checker, find_not_consented);
      return;
    }
  attest_check_warn (checker, NULL, NULL,
                     "whether those who are quoted want to be is not known of anybody: give them "
                     "an attribute consent");
  attest_check_tell (checker, "consent-nobody", NULL);
}

void
attest_check_rejected (AttestChecker *checker)
{
  for_each_link (checker, find_rejected);
}
