#include "model/attest-qualifiers.h"

static const char *const qualifier_names[ATTEST_N_QUALIFIERS] = {
  [ATTEST_QUALIFIER_POLARITY] = "polarity", [ATTEST_QUALIFIER_CERTAINTY] = "certainty",
  [ATTEST_QUALIFIER_TIME] = "time",         [ATTEST_QUALIFIER_HOLDER] = "holder",
  [ATTEST_QUALIFIER_ACT] = "act",
};

static const char *const value_names[ATTEST_N_QUALIFIERS][ATTEST_MAX_QUALIFIER_VALUES] = {
  [ATTEST_QUALIFIER_POLARITY] = { NULL, "positive", "negative", "mixed" },
  [ATTEST_QUALIFIER_CERTAINTY] = { NULL, "asserted", "possible", "conditional" },
  [ATTEST_QUALIFIER_TIME] = { NULL, "past", "present", "planned" },
  [ATTEST_QUALIFIER_HOLDER] = { NULL, "own", "reported" },
  [ATTEST_QUALIFIER_ACT]
  = { NULL, "statement", "question", "recommendation", "complaint", "praise" },
};

const char *
attest_qualifier_get_name (AttestQualifier qualifier)
{
  return qualifier_names[qualifier];
}

const char *
attest_qualifier_value_to_string (AttestQualifier qualifier, guint value)
{
  return value < ATTEST_MAX_QUALIFIER_VALUES ? value_names[qualifier][value] : NULL;
}

guint
attest_qualifier_value_from_string (AttestQualifier qualifier, const char *name)
{
  for (guint value = 1; value < ATTEST_MAX_QUALIFIER_VALUES; value++)
    if (g_strcmp0 (value_names[qualifier][value], name) == 0 && name != NULL)
      return value;
  return ATTEST_UNQUALIFIED;
}
