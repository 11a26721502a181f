/* attest-coder: codes one document with one codebook.
 *
 * For each turn: interviewers' turns set what the next answers are asked about and are not
 * coded; other turns are searched by the rules of their language and role in one call of the
 * scanner; hits are freed of those that an `unless` pattern overlaps, widened to their sentence and
 * merged per code into segments that do not overlap; segments are qualified in the language of
 * their turn.
 *
 * What an answer is asked about: the codes that the interviewer's turns right before it ask about.
 * An interviewer who only nods ("Mm-hm. Go on.": few words, no question mark) lets the question
 * stand. An interpreter who gives a question in another language asks it again: that turn is no
 * answer and is not coded either.
 */
#pragma once

#include "codebook/attest-codebook.h"
#include "engine/attest-segmenter.h"
#include "engine/attest-qualify.h"
#include "model/attest-coding.h"
#include "model/attest-document.h"
#include "pattern/attest-alternatives.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean all_roles;             /* code interviewers' turns too, by the rules that name no role */
  gboolean no_prefilter;          /* PCRE2 alone; the result is the same */
  gboolean hits_only;             /* see attest_segmenter_new() */
  AttestQualifierSet *qualifiers; /* (nullable) referenced; without, segments are not qualified */
} AttestCoderOptions;

/* Immutable, shared by all threads. */
typedef struct _AttestCoder AttestCoder;

/** @options: (nullable) */
AttestCoder *attest_coder_new (AttestCodebook *codebook, const AttestCoderOptions *options);
AttestCoder *attest_coder_ref (AttestCoder *coder);
void attest_coder_unref (AttestCoder *coder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestCoder, attest_coder_unref)

/** "PCRE2 10.42, ICU 72.1": another version of these may find something else. */
char *attest_coder_dup_libraries (void);
/** Borrowed. */
AttestCodebook *attest_coder_get_codebook (const AttestCoder *coder);
/** FALSE: no rule of the codebook is for turns in @lang, so that they cannot be coded. @lang:
 * (nullable) unknown, which every rule is for. */
gboolean attest_coder_knows_language (const AttestCoder *coder, const char *lang);
/** FALSE: the result is the same whatever languages the turns are in. */
gboolean attest_coder_needs_languages (const AttestCoder *coder);

/* State of one thread. */
typedef struct _AttestCoderWorker AttestCoderWorker;

AttestCoderWorker *attest_coder_worker_new (AttestCoder *coder);
void attest_coder_worker_free (AttestCoderWorker *worker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestCoderWorker, attest_coder_worker_free)
/** Borrowed. */
AttestCodebook *attest_coder_worker_get_codebook (const AttestCoderWorker *worker);

/**
 * Codes a document. Never fails: a turn that a limit stopped is listed in `incomplete`.
 * A turn whose lang is NULL is searched by the rules of every language.
 */
AttestCoding *attest_coder_code (AttestCoderWorker *worker, const AttestDocument *doc);

/** The same, and appends to @trace what was decided about each match in every turn; its positions
 * are those of the turn's text. */
AttestCoding *attest_coder_trace (AttestCoderWorker *worker, const AttestDocument *doc,
                                  AttestTrace *trace);

/* The result of the tests of a codebook. */
typedef struct
{
  guint code;
  const AttestExample *example; /* belongs to the codebook */
  char *message;
} AttestTestFailure;

/* Which alternatives ("a|b") of a pattern examples went through. */
typedef struct
{
  AttestAlternatives *alternatives;
  gboolean *is_reached; /* by alternative */
} AttestReached;

typedef struct
{
  guint passed, failed;
  GArray *failures; /* of AttestTestFailure, in the order of the cases */
  GArray *cases;    /* of const AttestExample *: all that was run, by code, then as in the file */
  /* Of each pattern: whether it made a hit in one of them, or as a condition let one be or took one
   * away. Those of questions are not looked at. */
  gboolean *is_reached;
  /* (nullable elements) of AttestReached, by pattern: of those that are reached, if they have
   * alternatives that can be told apart. */
  GPtrArray *alternatives;
  GArray *untested; /* of guint: codes without an example or without a counterexample */
} AttestCodebookTest;

/** Runs the examples and counterexamples of the codebook. */
AttestCodebookTest *attest_coder_test (AttestCoderWorker *worker);
void attest_codebook_test_free (AttestCodebookTest *test);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestCodebookTest, attest_codebook_test_free)

G_END_DECLS
