/* What is wrong with entries of the ledger. */
#include "report/attest-report-check-private.h"

#define SUPPORTS ATTEST_CHECK_STANCE (ATTEST_STANCE_SUPPORTS)

typedef void (*EntryFunc) (AttestChecker *checker, const AttestLedgerEntry *entry);

static void
for_each_entry (AttestChecker *checker, EntryFunc func)
{
  for (guint i = 0; i < checker->ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (checker->ledger->entries, i);

      if (!attest_ledger_entry_is_withdrawn (entry))
        func (checker, entry);
    }
}

static void
find_baseless (AttestChecker *checker, const AttestLedgerEntry *entry)
{
  const char *kind = attest_entry_kind_to_string (entry->kind);

  if (entry->kind == ATTEST_ENTRY_FINDING)
    return;
  if (attest_check_count_links (entry, FALSE, SUPPORTS)
          + attest_check_count_links (entry, TRUE, SUPPORTS)
      == 0)
    attest_check_complain (checker, entry->id, NULL,
                           "the %s rests on nothing: 'attest %s link %s ID', with %s", kind, kind,
                           entry->id, attest_entry_kind_get_bases (entry->kind));
}

static void
find_without_quote (AttestChecker *checker, const AttestLedgerEntry *entry)
{
  if (entry->kind == ATTEST_ENTRY_FINDING && attest_check_count_links (entry, TRUE, SUPPORTS) == 0
      && attest_check_count_links (entry, FALSE, SUPPORTS) == 0)
    attest_check_complain (
        checker, entry->id, NULL, "%s",
        attest_check_count_links (entry, TRUE, ATTEST_CHECK_ANY_STANCE) > 0
            ? "no quote supports the finding: it is contradicted only, or has only context"
            : "the finding rests on no quote: 'attest segments' lists quotes to link");
  else
    return;
  if (attest_check_count_links (entry, TRUE, ATTEST_CHECK_ANY_STANCE) > 0)
    attest_check_tell (checker, "finding-unsupported", NULL);
}

/* What a recommendation is to say; the aims of the meta-evaluations name them all. */
static void
find_open (AttestChecker *checker, const AttestLedgerEntry *entry)
{
  static const struct
  {
    AttestEntryField field;
    const char *what, *option, *sentence;
  } needed[] = { { ATTEST_FIELD_ADDRESSEE, "who is to act", "addressee", "open-addressee" },
                 { ATTEST_FIELD_PRIORITY, "how urgent it is", "priority", "open-priority" },
                 { ATTEST_FIELD_TIME_FRAME, "until when", "time-frame", "open-time-frame" },
                 { ATTEST_FIELD_RESOURCES, "with what means", "resources", "open-resources" } };
  gboolean has_conclusion = FALSE;

  if (entry->kind != ATTEST_ENTRY_RECOMMENDATION)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    if (entry->fields[needed[i].field] == NULL)
      {
        /* Often nobody knows the means yet. */
        (needed[i].field == ATTEST_FIELD_RESOURCES ? attest_check_warn : attest_check_complain) (
            checker, entry->id, needed[i].option,
            "the recommendation does not say %s: 'attest recommendation edit %s --%s …'",
            needed[i].what, entry->id, needed[i].option);
        attest_check_tell (checker, needed[i].sentence, NULL);
      }
  for (guint i = 0; i < entry->links->len; i++)
    {
      const AttestLedgerLink *link = &g_array_index (entry->links, AttestLedgerLink, i);

      has_conclusion = has_conclusion
                       || (link->entry != NULL && link->entry->kind == ATTEST_ENTRY_CONCLUSION
                           && link->stance == ATTEST_STANCE_SUPPORTS);
    }
  /* One that rests on nothing is told by another check. */
  if (has_conclusion || entry->links->len == 0)
    return;
  attest_check_complain (checker, entry->id, "conclusion",
                         "the recommendation rests on no conclusion: 'attest recommendation link "
                         "%s C…'",
                         entry->id);
  attest_check_tell (checker, "open-conclusion", NULL);
}

static void
find_unused (AttestChecker *checker, const AttestLedgerEntry *entry)
{
  gboolean is_basis = entry->kind == ATTEST_ENTRY_FINDING || entry->kind == ATTEST_ENTRY_CONCLUSION;
  const char *criterion = entry->fields[ATTEST_FIELD_CRITERION];
  gboolean is_rated = entry->kind == ATTEST_ENTRY_FINDING && criterion != NULL
                      && attest_ledger_find_rating (checker->ledger, criterion) != NULL;
  guint n = 0;

  for (guint i = 0; i < entry->used_by->len; i++)
    n += !attest_ledger_entry_is_withdrawn (g_ptr_array_index (entry->used_by, i));
  if (is_basis && !is_rated && n == 0)
    attest_check_complain (checker, entry->id, NULL,
                           "nothing rests on the %s: use it, or withdraw it with a reason",
                           attest_entry_kind_to_string (entry->kind));
}

/* ---- the checks ---- */

void
attest_check_without_quote (AttestChecker *checker)
{
  for_each_entry (checker, find_without_quote);
}

void
attest_check_without_basis (AttestChecker *checker)
{
  for_each_entry (checker, find_baseless);
}

void
attest_check_recommendations (AttestChecker *checker)
{
  for_each_entry (checker, find_open);
}

void
attest_check_unused (AttestChecker *checker)
{
  for_each_entry (checker, find_unused);
}
