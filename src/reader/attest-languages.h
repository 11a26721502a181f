/* attest-languages: the language of every turn.
 */
#pragma once

#include "model/attest-document.h"
#include "util/attest-language.h"

G_BEGIN_DECLS

/**
 * Sets the language of every turn: @lang (an ISO 639-1 code) for all when it is given. Else the
 * language of the document, by guess from its longest turns; a turn that is clearly in another
 * language (an interpreter's) has that.
 *
 * In an interview in several languages, turns too short to tell have the one that their script or
 * a word speaks for, else the one that their speaker always speaks, else that of their neighbours.
 * A phrase in another language inside a turn does not change the turn. NULL where it cannot be
 * told.
 */
void attest_languages_assign (AttestDocument *doc, AttestLanguageGuesser *guesser,
                              const char *lang);

G_END_DECLS
