#include "report/attest-disclosure-ledger.h"

#include "report/attest-disclosure-private.h"

#include <string.h>

/* Who wrote a judgement, to the public. */
static const char *
team (const AttestDisclosure *disclosure)
{
  return attest_disclosure_word (disclosure, "team", "the team");
}

static void
replace (char **text, const char *with)
{
  char *copy = g_strdup (with);

  g_free (*text);
  *text = copy;
}

static void
hide_names (const AttestDisclosure *disclosure, char **text)
{
  char *changed = attest_disclosure_dup_text (disclosure, *text);

  g_free (*text);
  *text = changed;
}

void
attest_disclosure_hide_rating (const AttestDisclosure *disclosure, AttestRating *rating)
{
  if (!attest_disclosure_is_public (disclosure))
    return;
  hide_names (disclosure, &rating->because);
  replace (&rating->by, team (disclosure));
}

void
attest_disclosure_hide_ledger (const AttestDisclosure *disclosure, AttestLedger *ledger)
{
  if (!attest_disclosure_is_public (disclosure))
    return;
  for (guint i = 0; i < ledger->ratings->len; i++)
    attest_disclosure_hide_rating (disclosure, g_ptr_array_index (ledger->ratings, i));
  for (guint i = 0; i < ledger->entries->len; i++)
    {
      AttestLedgerEntry *entry = g_ptr_array_index (ledger->entries, i);

      for (guint k = 0; k < ATTEST_N_ENTRY_FIELDS; k++)
        hide_names (disclosure, &entry->fields[k]);
      replace (&entry->by, team (disclosure));
      for (guint k = 0; k < entry->links->len; k++)
        {
          AttestLedgerLink *link = &g_array_index (entry->links, AttestLedgerLink, k);

          hide_names (disclosure, &link->note);
          replace (&link->by, team (disclosure));
        }
    }
}

void
attest_disclosure_hide_passage (AttestDisclosure *disclosure, AttestQuotePassage *passage)
{
  const char *line;
  char *text;

  if (!attest_disclosure_is_public (disclosure))
    return;
  text = attest_disclosure_dup_quote (disclosure, passage->id, passage->source, passage->respondent,
                                      passage->text, strlen (passage->text), NULL);
  line = attest_disclosure_get_line (disclosure, passage->respondent);
  g_free (passage->text);
  passage->text = text;
  replace (&passage->group, *line != '\0' ? line : NULL);
  replace (&passage->speaker, attest_disclosure_get_respondent (disclosure, passage->respondent));
  replace (&passage->respondent, passage->speaker);
  replace (&passage->source, attest_disclosure_get_source (disclosure, passage->source));
  passage->turn = -1;
  passage->start = passage->end = passage->start_byte = passage->end_byte = -1;
  passage->start_ms = ATTEST_NO_TIME;
}
