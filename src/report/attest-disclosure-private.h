/* The inside of a disclosure. */
#pragma once

#include "report/attest-disclosure.h"

typedef struct
{
  char *pseudonym;
  char *name;        /* (nullable) by which he is printed, when he wants to be named */
  char *line;        /* of attribution */
  GPtrArray *values; /* of the attribution, as many as its names; NULL items: not to be told */
  AttestConsent consent;
} AttestPerson;

typedef struct
{
  char *pseudonym;
  AttestSourceKind kind;
} AttestPlace;

struct _AttestDisclosure
{
  gboolean is_public;
  const AttestCatalogue *labels; /* (nullable) English */
  guint min_group;
  char **attribution;
  GHashTable *people;      /* label → AttestPerson */
  GHashTable *printed;     /* pseudonym or name → AttestPerson; borrowed */
  GHashTable *speakers;    /* "source\nspeaker" → label of the respondent */
  GHashTable *sources;     /* label → AttestPlace */
  GHashTable *pseudonyms;  /* of sources; borrowed */
  GHashTable *paraphrases; /* id of the quote → text */
  GPtrArray *names;        /* of char *: what must not stand in a text, the longest first */
  GHashTable *stems;       /* of char *: beginnings of names that are declined */
  GPtrArray *by_byte[256]; /* (nullable) those of them that begin with the byte; borrowed */
  guint withheld[ATTEST_N_CONSENTS]; /* quotes, by consent; UNKNOWN includes nobody known */
  guint paraphrased;
};

/** The label "disclosure.KEY", or @english. */
const char *attest_disclosure_word (const AttestDisclosure *disclosure, const char *key,
                                    const char *english);
/** Whether what he says in @source may be printed word for word. */
gboolean attest_disclosure_is_verbatim (const AttestDisclosure *disclosure, const char *source,
                                        const char *respondent);
/** Who speaks in a source; @speaker: NULL: the turns without a label. Owned. */
char *attest_disclosure_dup_speaker_key (const char *source, const char *speaker);

/* attest-disclosure-people.c; each errors as attest_disclosure_new() */
/** @asked: (nullable) */
gboolean attest_disclosure_find_attribution (AttestDisclosure *disclosure, GPtrArray *respondents,
                                             const char *const *asked, GError **error);
gboolean attest_disclosure_load_people (AttestDisclosure *disclosure, AttestStore *store,
                                        GPtrArray *respondents, GError **error);
gboolean attest_disclosure_check_choice (const AttestDisclosure *disclosure, GPtrArray *respondents,
                                         const AttestDisclosureOptions *options, GError **error);
void attest_disclosure_set_lines (AttestDisclosure *disclosure, GPtrArray *respondents,
                                  const AttestDisclosureOptions *options);

/* attest-disclosure-names.c */
/** Fills @names from those of speakers and respondents; who is named is no secret. */
gboolean attest_disclosure_find_names (AttestStore *store, GPtrArray *respondents,
                                       AttestDisclosure *disclosure, GError **error);
/** (nullable) NULL: no name stands in it. */
char *attest_disclosure_dup_without_names (const AttestDisclosure *disclosure, const char *text,
                                           gsize length_bytes);
