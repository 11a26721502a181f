/* attest-disclosure: what of a project may be read by whom.
 *
 * Everything that prints quotes, people or counts of people asks here. For the internal audience,
 * the team that holds the project, all is printed as it is. For the public:
 *
 * - A quote is printed as its respondent consented: word for word, by its paraphrase (a memo of the
 *   quote that begins with "Paraphrase:"), or not at all; not recorded is not at all. Documents are
 *   no respondents, their words are printed; those of observations, of interviewers and of others
 *   are not.
 * - Nobody and no source has a name, but for respondents who consented to be named. Pseudonyms,
 *   P7K3Q of a respondent and S9D2M of a source, are the same in all outputs of a project, in no
 *   order, and cannot be computed without the project. Names of speakers inside of texts become
 *   "[name]".
 * - Of the attributes of respondents only those of the attribution line are printed, and of these
 * as many as at least min_group respondents share (see stats/attest-anonymity.h).
 * - Counts of fewer than min_group respondents become "<5", see stats/attest-suppression.h.
 *
 * Where in a source something stands (turn, position, time) is not printed either: the id of the
 * quote leads who has the project there.
 *
 * A disclosure is of one moment of a project. Functions take NULL for the internal audience.
 */
#pragma once

#include "report/attest-catalogue.h"
#include "model/attest-consent.h"
#include "model/attest-document.h"
#include "store/attest-store.h"

G_BEGIN_DECLS

typedef enum
{
  ATTEST_AUDIENCE_INTERNAL,
  ATTEST_AUDIENCE_PUBLIC,
} AttestAudience;

/* Respondents that an attribution line, and a count, must stand for at the least. */
#define ATTEST_DISCLOSURE_MIN_GROUP 3

typedef struct
{
  AttestAudience audience;
  guint min_group; /* 0: ATTEST_DISCLOSURE_MIN_GROUP; 1: nothing is small */
  /* (nullable) NULL-terminated, the most general first; NULL: group, subgroup, gender or sex,
   * place */
  const char *const *attribution;
  const char *attribute, *value; /* (nullable) both or none: only respondents with it are printed */
} AttestDisclosureOptions;

typedef struct _AttestDisclosure AttestDisclosure;

/**
 * ATTEST_ERROR_USAGE in public: @attribute picks out fewer than min_group respondents, or leaves
 * out so few; or an attribute of @attribution that nobody has.
 */
AttestDisclosure *attest_disclosure_new (AttestStore *store, const AttestDisclosureOptions *options,
                                         GError **error);
void attest_disclosure_free (AttestDisclosure *disclosure);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestDisclosure, attest_disclosure_free)

gboolean attest_disclosure_is_public (const AttestDisclosure *disclosure);
/** 0 for the internal audience: nothing is small. */
guint attest_disclosure_get_min_group (const AttestDisclosure *disclosure);
/** Whether a count of so many respondents must not be printed. */
gboolean attest_disclosure_is_small (const AttestDisclosure *disclosure, gint64 respondents);

/* ---- names; all (nullable) in and out, borrowed. What has been replaced already stays. ---- */

/** The label, or the pseudonym, or of who is named his name. */
const char *attest_disclosure_get_respondent (const AttestDisclosure *disclosure,
                                              const char *respondent);
/** NULL in public, but of who is named. */
const char *attest_disclosure_get_speaker (const AttestDisclosure *disclosure,
                                           const char *respondent, const char *speaker);
/** Whether he wants to be named, and is. */
gboolean attest_disclosure_is_named (const AttestDisclosure *disclosure, const char *respondent);
const char *attest_disclosure_get_source (const AttestDisclosure *disclosure, const char *source);
/** "Government, female, Osh", as much as may be told; "" when that is nothing. */
const char *attest_disclosure_get_line (const AttestDisclosure *disclosure, const char *respondent);
/** The names of the attributes of that line, NULL-terminated; of the public audience only. */
const char *const *attest_disclosure_list_attribution (const AttestDisclosure *disclosure);
/** Its value, or NULL when it is not known or must not be told. */
const char *attest_disclosure_get_attribute (const AttestDisclosure *disclosure,
                                             const char *respondent, const char *name);

/* ---- words ---- */

typedef enum
{
  ATTEST_QUOTE_VERBATIM,
  ATTEST_QUOTE_PARAPHRASE, /* in the words of the team */
  ATTEST_QUOTE_WITHHELD,   /* only that there is one */
} AttestQuoteForm;

/** (borrowed) The language of what stands in the place of what is not told; NULL: English. */
void attest_disclosure_set_labels (AttestDisclosure *disclosure, const AttestCatalogue *labels);

AttestConsent attest_disclosure_get_consent (const AttestDisclosure *disclosure,
                                             const char *respondent);
/**
 * What to print for a quote, never NULL: itself with names taken out, its paraphrase, or
 * "[not printed: …]" with the reason. Counts what it withholds for
 * attest_disclosure_dup_note().
 * @id: of the quote, for its paraphrase; @respondent: (nullable) nobody known; @out_form:
 * (optional).
 */
char *attest_disclosure_dup_quote (AttestDisclosure *disclosure, const char *id, const char *source,
                                   const char *respondent, const char *quote, gsize quote_bytes,
                                   AttestQuoteForm *out_form);
/** What the team wrote, a finding or the reason of a rating, with names taken out. NULL is NULL. */
char *attest_disclosure_dup_text (const AttestDisclosure *disclosure, const char *text);

/** What holds of the whole output, in whole sentences; NULL for the internal audience. */
char *attest_disclosure_dup_rule (const AttestDisclosure *disclosure);
/** Which quotes were not printed so far, and why; NULL: there are none. */
char *attest_disclosure_dup_note (const AttestDisclosure *disclosure);

/**
 * Leaves of a document what may be printed word for word: other turns become empty, and names in
 * them lines of "_" of the same length, so that places stay. How many turns of
 * others than interviewers were emptied.
 */
guint attest_disclosure_mask_document (AttestDisclosure *disclosure, const char *source,
                                       AttestDocument *doc);

/* ---- segments ---- */

/* For the public: where it stands is not told. `start` and the like are negative then. */
#define ATTEST_NO_TURN G_MAXUINT

/**
 * As attest_store_foreach_segment(), with segments as they may be printed: names are replaced, the
 * quote is what dup_quote() says, hits, place, coder and reason are left out. They come in the
 * order of pseudonyms of sources. @with_withheld: also those of which nothing may be printed; else
 * they are only counted.
 */
gboolean attest_disclosure_foreach_segment (AttestDisclosure *disclosure, AttestStore *store,
                                            const AttestSegmentFilter *filter,
                                            gboolean with_withheld, AttestSegmentFunc func,
                                            gpointer data, GError **error);

G_END_DECLS
