/* attest-segmenter: the matches of one turn into segments.
 *
 * Matches for which a condition of their rule or code does not hold are dropped, the others are
 * hits. Each hit is widened to its sentence; per code, sentences that overlap become one segment.
 * Segments that weigh less than their code wants fall away, and then those whose code requires or
 * excludes other codes around it.
 */
#pragma once

#include "codebook/attest-codebook.h"
#include "model/attest-coding.h"
#include "pattern/attest-scanner.h"

G_BEGIN_DECLS

/* Belongs to one thread. */
typedef struct _AttestSegmenter AttestSegmenter;

/**
 * @codebook: must outlive the segmenter.
 * @hits_only: nobody looks at the segments, so that hits need no sentences; a hit, or several that
 *   overlap, then stand for a segment. Has no effect where segments decide which hits stand, see
 *   attest_segmenter_needs_segments().
 */
AttestSegmenter *attest_segmenter_new (const AttestCodebook *codebook, gboolean hits_only);
/** Whether which hits stand depends on the segments around them, or on sentences. */
gboolean attest_segmenter_needs_segments (const AttestCodebook *codebook);
void attest_segmenter_free (AttestSegmenter *segmenter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestSegmenter, attest_segmenter_free)

/* One turn, as it was searched. */
typedef struct
{
  guint number;
  gsize start_byte; /* of the turn in the document */
  const char *text; /* unwrapped, see attest_text_dup_unwrapped() */
  gsize length_bytes;
  const char *lang; /* (nullable) */
  gsize words;
  /* What it was asked about; each (nullable), of guint. */
  const GArray *asked_codes, *asked_rules;
} AttestSearchedTurn;

typedef enum
{
  ATTEST_VERDICT_HIT,
  ATTEST_VERDICT_NOT_ASKED,  /* the rule is for answers to a certain question */
  ATTEST_VERDICT_MISSING,    /* what `condition` wants is not there */
  ATTEST_VERDICT_TAKEN_AWAY, /* by `partner`, by which `condition` (unless, stop) holds */
} AttestVerdictKind;

/* Why a match is a hit, or is none. */
typedef struct
{
  guint turn; /* number */
  AttestMatch match;
  AttestVerdictKind kind;
  guint condition;     /* index into the codebook's conditions */
  AttestMatch partner; /* into the turn's text */
} AttestVerdict;

typedef enum
{
  ATTEST_DROPPED_WEIGHT,   /* weighs less than its code's min_weight */
  ATTEST_DROPPED_REQUIRES, /* `other` is not in the unit */
  ATTEST_DROPPED_EXCLUDES, /* `other` is in the unit */
} AttestDroppedReason;

/* A segment that was none in the end; positions are those of the turn's text. */
typedef struct
{
  guint code;
  gsize start_byte, end_byte;
  guint strength;
  double weight;
  AttestDroppedReason reason;
  guint other; /* code */
} AttestDropped;

/* A condition that a hit met, and by what. */
typedef struct
{
  guint verdict;   /* index into the verdicts */
  guint condition; /* index into the codebook's conditions */
  AttestMatch partner;
} AttestHeld;

/* What was decided, for those who want to know why. */
typedef struct
{
  GArray *verdicts; /* of AttestVerdict, by pattern, then by start */
  GArray *held;     /* of AttestHeld */
  GArray *dropped;  /* of AttestDropped */
} AttestTrace;

AttestTrace *attest_trace_new (void);
void attest_trace_free (AttestTrace *trace);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestTrace, attest_trace_free)

/** From now on, decisions are appended to @trace (nullable). */
void attest_segmenter_set_trace (AttestSegmenter *segmenter, AttestTrace *trace);

/**
 * Appends the segments and hits of a turn to @coding, ordered by start, then by code.
 * @matches: (element-type AttestMatch) by pattern, then by start, into the turn's text.
 */
void attest_segmenter_add_turn (AttestSegmenter *segmenter, const AttestSearchedTurn *turn,
                                const GArray *matches, AttestCoding *coding);

G_END_DECLS
