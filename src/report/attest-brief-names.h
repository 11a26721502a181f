/* attest-brief-names: how criteria and levels are called in the language of a brief.
 *
 * Codebooks and scales know; report does not read them. So whoever does fills this in.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *level;   /* as it is kept: "4" */
  char *label;   /* (nullable) in the language of the brief */
  char **labels; /* in all languages, NULL-terminated */
} AttestBriefLevel;

typedef struct
{
  GPtrArray *criteria; /* of char *: ids, in the order of the codebook */
  GHashTable *names;   /* id of a criterion → its name */
  GHashTable *scales;  /* id of a scale → (element-type AttestBriefLevel) GArray */
} AttestBriefNames;

AttestBriefNames *attest_brief_names_new (void);
void attest_brief_names_free (AttestBriefNames *names);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestBriefNames, attest_brief_names_free)

/** Borrowed: the levels of a scale, empty so far when it is new. */
GArray *attest_brief_names_take_scale (AttestBriefNames *names, const char *scale);
/** The level of a scale, or NULL. */
const AttestBriefLevel *attest_brief_names_find_level (const AttestBriefNames *names,
                                                       const char *scale, const char *level);
/** The name of a criterion; its id, when it has none. */
const char *attest_brief_names_get (const AttestBriefNames *names, const char *criterion);

G_END_DECLS
