/* attest-guide: the questions of an interview guide, as read from a YAML file.
 *
 * A guide says by which patterns each of its questions is known in what interviewers say, and which
 * codes of a codebook it asks about. Immutable after loading. doc/guide.md is the format; nothing
 * here matches text, the engine does.
 *
 * To the engine a guide is a codebook: its codes are the questions, in the order of the guide, and
 * have no other patterns than those of ATTEST_PATTERN_ASKED.
 */
#pragma once

#include "codebook/attest-codebook.h"

G_BEGIN_DECLS

/* A code that a question asks about. */
typedef struct
{
  char *code;         /* id */
  guint line, column; /* in the file, from 1 */
} AttestGuideCode;

typedef struct
{
  char *section; /* (nullable) */
  GArray *codes; /* of AttestGuideCode, as in the file; may be empty */
} AttestGuideQuestion;

typedef struct
{
  /* id, version, title, text, SHA-256 and languages of the guide; codes are the questions: `id`,
   * and `name` is the question as it is to be asked. */
  AttestCodebook *codebook;
  char *codes_of;    /* (nullable) id of the codebook whose codes are meant */
  GArray *questions; /* of AttestGuideQuestion, by code */
} AttestGuide;

/**
 * Parses a guide. @path is for messages. Problems and errors are as those of
 * attest_codebook_parse(). Whether its codes exist is for attest_guide_check_codes().
 */
AttestGuide *attest_guide_parse (const char *path, const char *text, gsize length_bytes,
                                 GArray *problems, GError **error);
/** Loads a file. */
AttestGuide *attest_guide_load (const char *path, GArray *problems, GError **error);
void attest_guide_free (AttestGuide *guide);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestGuide, attest_guide_free)

/** Whether @codebook has every code that the guide asks about; if not, FALSE, a problem for each
 * that it has not, and the first as @error. */
gboolean attest_guide_check_codes (const AttestGuide *guide, const AttestCodebook *codebook,
                                   GArray *problems, GError **error);

/** Appends warnings about questions that will not be found as their author wants (see
 * doc/guide.md). */
void attest_guide_lint (const AttestGuide *guide, GArray *problems);

static inline const AttestGuideQuestion *
attest_guide_question (const AttestGuide *guide, guint i)
{
  return &g_array_index (guide->questions, AttestGuideQuestion, i);
}
static inline guint
attest_guide_n_questions (const AttestGuide *guide)
{
  return guide->questions->len;
}

G_END_DECLS
