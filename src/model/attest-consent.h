/* attest-consent: what a respondent allows to be done with what he said.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ATTEST_CONSENT_UNKNOWN,    /* not recorded, or not understood */
  ATTEST_CONSENT_NONE,       /* counts, and is never quoted */
  ATTEST_CONSENT_PARAPHRASE, /* in other words only */
  ATTEST_CONSENT_ANONYMOUS,  /* word for word, without a name */
  ATTEST_CONSENT_ATTRIBUTED, /* word for word, with the name */
} AttestConsent;

#define ATTEST_N_CONSENTS 5

/** "none", "paraphrase", "anonymous", "attributed"; "not recorded" of UNKNOWN. */
const char *attest_consent_to_string (AttestConsent consent);
/** One of the four, in any case, or what people write for "none": no, refused, withdrawn. */
gboolean attest_consent_from_string (const char *text, AttestConsent *out_consent);
/**
 * From the two attributes that may say it, (nullable). A refusal in either holds; else @quote,
 * which is the more exact one; else @consent. A word that is none of the above, such as "yes" or
 * "oral", allows nothing in particular: UNKNOWN.
 */
AttestConsent attest_consent_from_attributes (const char *quote, const char *consent);

G_END_DECLS
