#include "model/attest-consent.h"

static const char *const names[ATTEST_N_CONSENTS] = {
  [ATTEST_CONSENT_UNKNOWN] = "not recorded",  [ATTEST_CONSENT_NONE] = "none",
  [ATTEST_CONSENT_PARAPHRASE] = "paraphrase", [ATTEST_CONSENT_ANONYMOUS] = "anonymous",
  [ATTEST_CONSENT_ATTRIBUTED] = "attributed",
};

const char *
attest_consent_to_string (AttestConsent consent)
{
  return names[consent];
}

gboolean
attest_consent_from_string (const char *text, AttestConsent *out_consent)
{
  static const char *const refusals[] = { "no", "refused", "withdrawn" };
  g_autofree char *word = g_strstrip (g_ascii_strdown (text, -1));

  for (guint i = ATTEST_CONSENT_NONE; i < ATTEST_N_CONSENTS; i++)
    if (g_str_equal (word, names[i]))
      {
        *out_consent = (AttestConsent)i;
        return TRUE;
      }
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (g_str_equal (word, refusals[i]))
      {
        *out_consent = ATTEST_CONSENT_NONE;
        return TRUE;
      }
  return FALSE;
}

AttestConsent
attest_consent_from_attributes (const char *quote, const char *consent)
{
  AttestConsent exact = ATTEST_CONSENT_UNKNOWN, general = ATTEST_CONSENT_UNKNOWN;
  gboolean has_exact = quote != NULL;

  if (quote != NULL && !attest_consent_from_string (quote, &exact))
    exact = ATTEST_CONSENT_UNKNOWN;
  if (consent != NULL && !attest_consent_from_string (consent, &general))
    general = ATTEST_CONSENT_UNKNOWN;
  if (general == ATTEST_CONSENT_NONE)
    return general;
  return has_exact ? exact : general;
}
