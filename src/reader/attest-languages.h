/* attest-languages: the language of every turn.
 */
#pragma once

#include "model/attest-document.h"
#include "util/attest-language.h"

G_BEGIN_DECLS

/**
 * Sets the language of every turn: @lang (an ISO 639-1 code) for all when it is given. Else the
 * language of the document, by guess from its longest turns; a turn that is long enough to tell and
 * clearly in another language (an interpreter's) has that. NULL where it cannot be told.
 */
void attest_languages_assign (AttestDocument *doc, AttestLanguageGuesser *guesser,
                              const char *lang);

G_END_DECLS
