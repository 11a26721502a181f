/* attest-store-sample: what was drawn for several people to code, and what of it they have judged.
 *
 * A sample is drawn once, by a command of the audit log, and never changed; undoing the command
 * takes it back. A copy for a coder holds the same units under the same name, without the strata
 * they were drawn from, and brings that along when it is merged: so a project tells for whom copies
 * were made. Sentences are named by their quotes, and follow them into a corrected transcript.
 *
 * Who judges a sentence of a sample says of all codes of the codebook whether it has them: those
 * that it has are decisions (attest-store-decision.h), and that these are all is a row for itself.
 * Without it, a sentence that nobody gave a code could not be told from one that nobody read.
 *
 * Errors, transactions and ownership are those of attest-store.h.
 */
#pragma once

#include "store/attest-store.h"

G_BEGIN_DECLS

typedef enum
{
  ATTEST_SAMPLE_SENTENCE,
  ATTEST_SAMPLE_SOURCE,
} AttestSampleUnitKind;

/** "sentence", "source" */
const char *attest_sample_unit_kind_to_string (AttestSampleUnitKind kind);

typedef enum
{
  ATTEST_UNIT_STANDS,
  ATTEST_UNIT_LOST,      /* its transcript was corrected, and nobody can say where it stands now */
  ATTEST_UNIT_WITHDRAWN, /* who said it withdrew */
} AttestSampleUnitState;

typedef struct
{
  char *source; /* label */
  /* Of a sentence: */
  char *id;          /* of the quote; to add: NULL */
  guint turn;        /* not to add */
  gint64 start, end; /* code points, in the newest text */
  /* From what it was drawn; in a copy for a coder NULL and 0. */
  char *stratum; /* the code, "" for none; of a source its kind and group */
  gint64 of_units;
  AttestSampleUnitState state; /* not to add */
} AttestSampleUnit;

typedef struct
{
  gint64 seq; /* of the audit entry; not to add */
  char *name;
  AttestSampleUnitKind unit;
  char *codebook;    /* (nullable) name; of sentences */
  gboolean is_drawn; /* FALSE: it was given to a coder, and what follows is not known */
  gint64 seed;
  char *design;  /* (nullable) what was asked for, in words */
  char *coder;   /* (nullable) for whom the copy is */
  char *at, *by; /* when, and who; not to add */
  GArray *units; /* of AttestSampleUnit, by source and place */
} AttestSample;

AttestSample *attest_sample_new (void);
void attest_sample_free (AttestSample *sample);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestSample, attest_sample_free)
/** Appends a unit, with copies of the texts. @stratum: (nullable) */
void attest_sample_add_unit (AttestSample *sample, const char *source, gint64 start, gint64 end,
                             const char *stratum, gint64 of_units);

/** Writes. ATTEST_ERROR_USAGE: a source that is not there. */
gboolean attest_store_add_sample (AttestStore *store, const AttestSample *sample, GError **error);

/** (element-type AttestSample) in the order in which they were drawn, and those given to coders;
 * without what was taken back. With a free function. */
GPtrArray *attest_store_list_samples (AttestStore *store, GError **error);

/** The last one of that name that was drawn here, or else given to a coder. ATTEST_ERROR_USAGE:
 * there is none; the message names those that there are. */
AttestSample *attest_store_find_sample (AttestStore *store, const char *name, GError **error);

/* ---- what is judged -------------------------------------------------- */

/* That somebody said all there is to say of a sentence; the last time they did. */
typedef struct
{
  char *id; /* of the quote */
  char *source;
  gint64 start, end; /* code points */
  char *codebook, *coder, *at;
} AttestJudged;

void attest_judged_free (AttestJudged *judged);

/** Writes. Quote @id has no other codes of @codebook than those that @coder decided it has. */
gboolean attest_store_add_judged (AttestStore *store, const char *id, const char *codebook,
                                  const char *coder, GError **error);

/** (element-type AttestJudged) by coder, source and place, of what stands in the newest texts; with
 * a free function. @codebook: (nullable) */
GPtrArray *attest_store_list_judged (AttestStore *store, const char *codebook, GError **error);

G_END_DECLS
