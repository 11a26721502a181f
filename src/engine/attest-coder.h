/* attest-coder: codes one document with one codebook.
 *
 * For each turn: interviewers' turns set what the next answers are asked about and are not
 * coded; other turns are searched by the rules of their language and role in one call of the scanner; hits are
 * freed of those that an `unless` pattern overlaps, widened to their sentence and merged per code into
 * segments that do not overlap.
 */
#pragma once

#include "codebook/attest-codebook.h"
#include "model/attest-coding.h"
#include "model/attest-document.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean all_roles;   /* code interviewers' turns too */
  gboolean no_prefilter;
} AttestCoderOptions;

/* Immutable, shared by all threads. */
typedef struct _AttestCoder AttestCoder;

AttestCoder *attest_coder_new (AttestCodebook *codebook, const AttestCoderOptions *options);
AttestCoder *attest_coder_ref (AttestCoder *coder);
void attest_coder_unref (AttestCoder *coder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestCoder, attest_coder_unref)

/* State of one thread. */
typedef struct _AttestCoderWorker AttestCoderWorker;

AttestCoderWorker *attest_coder_worker_new (AttestCoder *coder);
void attest_coder_worker_free (AttestCoderWorker *worker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestCoderWorker, attest_coder_worker_free)

/**
 * Codes a document. Never fails: a turn that a limit stopped is listed in `incomplete`.
 * A turn whose lang is NULL is searched by the rules of every language.
 */
AttestCoding *attest_coder_code (AttestCoderWorker *worker, const AttestDocument *doc);

/* The result of the tests of a codebook. */
typedef struct
{
  guint code;
  const AttestExample *example; /* belongs to the codebook */
  char *message;
} AttestTestFailure;

typedef struct
{
  guint passed, failed;
  GArray *failures;    /* of AttestTestFailure */
  GArray *untested;    /* of guint: codes without an example or without a counterexample */
} AttestCodebookTest;

/** Runs the examples and counterexamples of the codebook. */
AttestCodebookTest *attest_coder_test (AttestCoderWorker *worker);
void attest_codebook_test_free (AttestCodebookTest *test);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestCodebookTest, attest_codebook_test_free)

/**
 * Sets the language of each turn: @lang for all when given, else by guess: the document's from its
 * longest turns, a turn's own when it is long enough to tell and differs. Done once, at reading.
 */
void attest_coder_set_languages (AttestDocument *doc, const char *lang);

G_END_DECLS
