/* attest-cli-speech: everything that respondents say, by person and language, for counting words.
 */
#pragma once

#include "cli/attest-cli.h"

G_BEGIN_DECLS

/* What one respondent says in one language. Each piece ends as a sentence does, so that no phrase
 * goes from one into the next. */
typedef struct
{
  const char *respondent; /* borrowed */
  guint person;           /* number, over all projects */
  guint group;
  const char *lang; /* (nullable) interned */
  GString *text;
} AttestSpeech;

typedef struct
{
  GPtrArray *groups;   /* of char *: values of the attribute, or titles of projects, as they come */
  GPtrArray *persons;  /* of char *: labels */
  GPtrArray *speeches; /* of AttestSpeech */
  guint n_shared;      /* texts that several of the projects hold: among projects they are left out,
                        * among groups they count once */
} AttestSpeeches;

/**
 * Reads projects in place. @attribute: (nullable) normalised; those of whom it is not known are
 * left out; NULL: groups are projects. @lang: (nullable) only this. @is_public: names of speakers
 * are taken out. ATTEST_ERROR_USAGE: nobody has the attribute, or all words are of one group;
 * ATTEST_ERROR_LIMIT: too much text.
 */
AttestSpeeches *attest_speeches_load (const GPtrArray *projects, const char *attribute,
                                      const char *lang, gboolean is_public, GError **error);
void attest_speeches_free (AttestSpeeches *speeches);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestSpeeches, attest_speeches_free)

G_END_DECLS
