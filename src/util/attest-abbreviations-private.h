/* attest-abbreviations-private: the word lists behind attest-sentence. All compare exactly.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ATTEST_ABBREVIATION_NONE,
  ATTEST_ABBREVIATION_OPEN,         /* never ends a sentence: "Mr." */
  ATTEST_ABBREVIATION_NUMBER,       /* leaves it open before a number: "No. 5", but "No. We …" */
  ATTEST_ABBREVIATION_CAPITAL_ENDS, /* ends it before a capital: "etc. We left" */
  ATTEST_ABBREVIATION_STARTER_ENDS, /* ends it before a word that begins sentences */
  ATTEST_ABBREVIATION_YEAR, /* "в 2019 г. Проект" ends, "в г. Бишкек" does not */
} AttestAbbreviation;

/** @token without its last full stop; @lang NULL or without a list: all lists. */
AttestAbbreviation attest_abbreviation_find (const char *lang, const char *token,
                                             gsize length_bytes);

/** Pronouns and the like: a capital on them says that a sentence begins, not that it is a name. */
gboolean attest_abbreviation_is_starter (const char *token, gsize length_bytes);

/** Words that go on after an ellipsis, capital or not: "um... I think". */
gboolean attest_abbreviation_is_filler (const char *token, gsize length_bytes);

G_END_DECLS
