/* attest-qualify: how a passage was said, by the words of its language.
 *
 * After ConText: phrases trigger; a negation reaches the evaluations in its scope, which ends after
 * some words, at a mark or at a word such as "but"; some phrases only look like triggers. What is
 * said around the hits counts before what is said elsewhere in the passage. doc/qualifiers.md is
 * the description for people.
 */
#pragma once

#include "codebook/attest-qualifier-file.h"
#include "model/attest-coding.h"
#include "model/attest-qualifiers.h"

G_BEGIN_DECLS

/* The words of all languages. Immutable, shared by all threads. */
typedef struct _AttestQualifierSet AttestQualifierSet;

/** Takes @files (element-type AttestQualifierFile) over. NULL with ATTEST_ERROR_CODEBOOK for a
 * phrase that is none. */
AttestQualifierSet *attest_qualifier_set_new (GPtrArray *files, GError **error);
/** Of the files that are found, see attest_qualifier_files_load(). */
AttestQualifierSet *attest_qualifier_set_load (GError **error);
AttestQualifierSet *attest_qualifier_set_ref (AttestQualifierSet *set);
void attest_qualifier_set_unref (AttestQualifierSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestQualifierSet, attest_qualifier_set_unref)
/** How many languages it has. */
guint attest_qualifier_set_get_count (const AttestQualifierSet *set);

/* State of one thread. */
typedef struct _AttestQualifierWorker AttestQualifierWorker;

AttestQualifierWorker *attest_qualifier_worker_new (AttestQualifierSet *set);
void attest_qualifier_worker_free (AttestQualifierWorker *worker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestQualifierWorker, attest_qualifier_worker_free)

/**
 * Qualifies @text (valid UTF-8, without line ends that part sentences).
 *
 * @lang: (nullable) without a language, or in one without a file, nothing is known.
 * @hits: (nullable) what the passage is quoted for, as offsets into a text in which @text starts
 *   at @start_byte; without hits all of it counts alike.
 */
AttestQualifiers attest_qualify (AttestQualifierWorker *worker, const char *lang, const char *text,
                                 gsize length_bytes, gsize start_byte, const AttestHit *hits,
                                 guint n_hits);

/* Why: a phrase of the passage that was qualified last. */
typedef struct
{
  AttestTrigger trigger;
  gsize start_byte, end_byte; /* in @text */
  gboolean is_turned;         /* an evaluation that a negation or a reversal reaches */
  gboolean counts;            /* it took part in the decision */
} AttestQualifierMark;

/** (element-type AttestQualifierMark) by place; borrowed, until the next call. */
const GArray *attest_qualifier_worker_explain (AttestQualifierWorker *worker);

G_END_DECLS
