/* attest-coding: what a codebook found in one document.
 *
 * Plain data: code, rule and pattern are indexes into the codebook that made
 * it. Segments are ordered by start, then by code; the hits of a segment lie
 * next to each other in `hits`, ordered by start, then by pattern.
 */
#pragma once

#include <glib.h>

#include "model/attest-qualifiers.h"

G_BEGIN_DECLS

typedef struct
{
  guint pattern;              /* index into the codebook's patterns */
  gsize start_byte, end_byte; /* of the match, into the document's text */
} AttestHit;

typedef struct
{
  guint turn;                  /* index into the document's turns */
  guint code;                  /* index into the codebook's codes */
  gsize start_byte, end_byte;  /* the quote: whole sentences, never across a turn */
  guint first_hit, n_hits;     /* into hits */
  guint strength;              /* distinct rules behind the segment */
  double weight;               /* sum of the weights of those rules */
  AttestQualifiers qualifiers; /* how it was said */
} AttestSegment;

/* The question before a turn was about a code. */
typedef struct
{
  guint turn;
  guint code;
} AttestAsked;

/* The question is about no code that the codebook knows. */
#define ATTEST_NO_CODE G_MAXUINT

/* An interviewer's turn that asks. One that asks about several codes is there once for each. */
typedef struct
{
  guint turn;
  guint code;                 /* or ATTEST_NO_CODE */
  gsize start_byte, end_byte; /* what told the code, first match; of ATTEST_NO_CODE: the turn */
} AttestQuestion;

/* A pattern could not be searched to the end of a turn. */
typedef struct
{
  guint turn;
  guint pattern;
  char *reason;
} AttestIncomplete;

typedef struct
{
  GArray *segments;   /* of AttestSegment */
  GArray *hits;       /* of AttestHit */
  GArray *asked;      /* of AttestAsked, by turn, then by code */
  GArray *questions;  /* of AttestQuestion, by turn, then by code */
  GArray *incomplete; /* of AttestIncomplete */
  gint64 coded_turns; /* turns that were searched */
  gint64 coded_words; /* and their words */
} AttestCoding;

AttestCoding *attest_coding_new (void);
void attest_coding_free (AttestCoding *coding);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestCoding, attest_coding_free)

static inline const AttestSegment *
attest_coding_segment (const AttestCoding *coding, guint i)
{
  return &g_array_index (coding->segments, AttestSegment, i);
}

static inline const AttestHit *
attest_coding_hit (const AttestCoding *coding, guint i)
{
  return &g_array_index (coding->hits, AttestHit, i);
}

G_END_DECLS
