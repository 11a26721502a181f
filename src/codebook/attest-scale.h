/* attest-scale: a rating scale, as read from a YAML file.
 *
 * doc/ledger.md is the format. A scale has levels, from the best to the worst, or a range of
 * numbers, and besides levels outside of that order: something that was not rated has no place
 * between good and poor. Immutable after loading.
 */
#pragma once

#include "codebook/attest-codebook.h"

G_BEGIN_DECLS

typedef struct
{
  char *level;            /* how it is typed and printed: "5", "green" */
  AttestLocalText *label; /* may be empty */
  char *description;      /* (nullable) what it takes */
  guint line;             /* in the file, from 1; 0: not from a file */
} AttestScaleLevel;

typedef struct
{
  AttestCodebook *file; /* id, version, title, text and SHA-256; it has no codes */
  GArray *levels;       /* of AttestScaleLevel, best first; none where there is a range */
  GArray *outside;      /* of AttestScaleLevel, not in the order */
  double least, most;   /* of a range; equal: it has levels */
  char *unit;           /* (nullable) of a range: "%" */
} AttestScale;

/* A level that was chosen. Strings are borrowed from the scale, but for that of a range. */
typedef struct
{
  char *level;       /* as it is kept */
  const char *label; /* (nullable) for people */
  double position;   /* 0 the worst … 1 the best; -1: outside the order */
} AttestScaleChoice;

void attest_scale_choice_clear (AttestScaleChoice *choice);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AttestScaleChoice, attest_scale_choice_clear)

/** Parses a scale. Problems and errors are as those of attest_codebook_parse(). */
AttestScale *attest_scale_parse (const char *path, const char *text, gsize length_bytes,
                                 GArray *problems, GError **error);
/** Loads a file, or the shipped scale of this id. */
AttestScale *attest_scale_load (const char *file_or_id, GArray *problems, GError **error);
void attest_scale_free (AttestScale *scale);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestScale, attest_scale_free)

/**
 * The level that @text means: its name, or its label in any language, whatever the case; a number
 * of the range. @lang: (nullable) of the label. ATTEST_ERROR_USAGE, with the levels that there are,
 * when it is none.
 */
gboolean attest_scale_choose (const AttestScale *scale, const char *text, const char *lang,
                              AttestScaleChoice *out_choice, GError **error);

/** "5 excellent, 4 very good, …", or "a number from 0 to 100". */
char *attest_scale_describe (const AttestScale *scale);

static inline const AttestScaleLevel *
attest_scale_level (const GArray *levels, guint i)
{
  return &g_array_index (levels, AttestScaleLevel, i);
}

G_END_DECLS
