#include "cli/attest-cli-disclosure.h"

#include "util/attest-text.h"

static gboolean
check_flags (const AttestDisclosureFlags *flags, GError **error)
{
  if (flags->is_public && flags->is_internal)
    return attest_throw (error, ATTEST_ERROR_USAGE, "--public and --internal exclude each other");
  if (!flags->is_public && (flags->min_group != 0 || flags->attribution != NULL))
    return attest_throw (error, ATTEST_ERROR_USAGE, "--%s says nothing without --public",
                         flags->min_group != 0 ? "min-group" : "attribution");
  return TRUE;
}

gboolean
attest_cli_open_disclosure (AttestInvocation *inv, const AttestDisclosureFlags *flags,
                            const char *attribute, const char *value,
                            AttestDisclosure **out_disclosure, GError **error)
{
  AttestDisclosureOptions options = { .audience = ATTEST_AUDIENCE_PUBLIC,
                                      .min_group = (guint)flags->min_group,
                                      .attribute = attribute,
                                      .value = value };
  g_auto (GStrv) names = NULL;

  *out_disclosure = NULL;
  if (!check_flags (flags, error))
    return FALSE;
  if (!flags->is_public)
    return TRUE;
  if (flags->attribution != NULL)
    names = g_strsplit (flags->attribution, ",", -1);
  options.attribution = (const char *const *)names;
  *out_disclosure = attest_disclosure_new (inv->store, &options, error);
  return *out_disclosure != NULL;
}

void
attest_cli_append_withheld (const AttestDisclosure *disclosure, guint columns, GString *out)
{
  g_autofree char *note = attest_disclosure_dup_note (disclosure);

  if (note == NULL)
    return;
  g_string_append_c (out, '\n');
  attest_text_append_wrapped (out, note, columns);
}
