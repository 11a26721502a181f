/* attest-cli-shared-texts: texts that several projects hold, as copies of one project by two coders
 * do, or two evaluations that quote one interview.
 */
#pragma once

#include "cli/attest-cli.h"

G_BEGIN_DECLS

typedef struct
{
  GHashTable *texts;  /* SHA-256 → its projects; of all texts */
  guint n_shared;     /* texts that two projects hold, or more */
  guint n_in_all;     /* texts that every project holds */
  GHashTable *names;  /* label of a source → SHA-256 of its text where it was met first */
  GPtrArray *clashes; /* of char *: labels that stand for different texts in different projects */
  guint n_projects;
} AttestSharedTexts;

/** Reads the projects in place. @projects: (element-type char *) paths. */
AttestSharedTexts *attest_shared_texts_find (const GPtrArray *projects, GError **error);
void attest_shared_texts_free (AttestSharedTexts *shared);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestSharedTexts, attest_shared_texts_free)

/** Whether several projects hold the text. @sha256: of the text */
gboolean attest_shared_texts_has (const AttestSharedTexts *shared, const char *sha256);
/** Whether all of them do. */
gboolean attest_shared_texts_in_all (const AttestSharedTexts *shared, const char *sha256);
/* A text that several projects hold is one text: among projects it counts nowhere, since it is held
 * against itself; among groups (@once) it counts in the first of them. */

/** Whether the text does not count in project number @project. */
gboolean attest_shared_texts_is_left_out (const AttestSharedTexts *shared, guint project,
                                          gboolean once, const char *sha256);
/** (element-type AttestSourceInfo) the sources that count. */
GPtrArray *attest_shared_texts_list_counted (const AttestSharedTexts *shared, guint project,
                                             gboolean once, AttestStore *store, GError **error);
/** Set of the labels of those that do not. */
GHashTable *attest_shared_texts_list_left_out (const AttestSharedTexts *shared, guint project,
                                               gboolean once, AttestStore *store, GError **error);
/** (nullable) what is to be said of sources of one name and different texts, which count as
 * different: NULL when there are none. */
char *attest_shared_texts_dup_clashes (const AttestSharedTexts *shared);
/** Whether the respondent speaks in one of the sources, a set of labels. */
gboolean attest_shared_texts_speaks_in (const AttestRespondentInfo *info, GHashTable *labels);
/** How many there are, and what is done with them. @is_in_memory: all are coded by one codebook.
 * @is_compared: those that all projects hold are held against each other. */
char *attest_shared_texts_dup_note (const AttestSharedTexts *shared, gboolean once,
                                    gboolean is_in_memory, gboolean is_compared);

G_END_DECLS
