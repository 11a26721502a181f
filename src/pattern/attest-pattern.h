/* attest-pattern: one compiled regular expression (PCRE2: caseless, UTF, UCP, JIT).
 *
 * Immutable and shared by all threads. \C is not allowed. Limits that a pattern sets for itself
 * ((*LIMIT_MATCH=…)) can only lower ours.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _AttestPattern AttestPattern;

typedef enum
{
  ATTEST_PATTERN_PLAIN = 0,
  /* Match whole words only: as \b(?:BODY)\b. Error offsets stay those of the body. */
  ATTEST_PATTERN_WORD_EDGES = 1 << 0,
} AttestPatternFlags;

/**
 * Compiles @body. On failure returns NULL, sets @error (ATTEST_ERROR_CODEBOOK, PCRE2's message)
 * and *@out_error_byte, the offset into @body.
 */
AttestPattern *attest_pattern_new (const char *body, AttestPatternFlags flags,
                                   gsize *out_error_byte, GError **error);
AttestPattern *attest_pattern_ref (AttestPattern *pattern);
void attest_pattern_unref (AttestPattern *pattern);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestPattern, attest_pattern_unref)

/** "PCRE2 10.42": by which patterns are run. */
char *attest_pattern_dup_library (void);

/** The body as given. */
const char *attest_pattern_get_body (const AttestPattern *pattern);
/** Memory that the compiled pattern takes. */
gsize attest_pattern_get_size_bytes (const AttestPattern *pattern);
/** TRUE when the pattern can match the empty string. */
gboolean attest_pattern_can_match_empty (const AttestPattern *pattern);

/* Runs patterns over text; belongs to one thread. */
typedef struct _AttestMatcher AttestMatcher;

AttestMatcher *attest_matcher_new (void);
void attest_matcher_free (AttestMatcher *matcher);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestMatcher, attest_matcher_free)

typedef enum
{
  ATTEST_MATCH_NONE,
  ATTEST_MATCH_FOUND,
  /* A limit stopped the search. It says nothing about whether the text matches. */
  ATTEST_MATCH_LIMIT,
} AttestMatchResult;

/**
 * Finds the next match that is not empty, at or after @from_byte. Text before @from_byte is
 * seen by lookbehind and \b. @text must be valid UTF-8.
 *
 * Returns: ATTEST_MATCH_FOUND and the span in *@out_start_byte, *@out_end_byte (a \K
 * that puts the start behind the end is no match); ATTEST_MATCH_LIMIT and *@out_reason (static:
 * which limit).
 */
AttestMatchResult attest_matcher_find (AttestMatcher *matcher, AttestPattern *pattern,
                                       const char *text, gsize length_bytes, gsize from_byte,
                                       gsize *out_start_byte, gsize *out_end_byte,
                                       const char **out_reason);

/** The same, for matches that begin at or before @last_start_byte. */
AttestMatchResult attest_matcher_find_between (AttestMatcher *matcher, AttestPattern *pattern,
                                               const char *text, gsize length_bytes,
                                               gsize from_byte, gsize last_start_byte,
                                               gsize *out_start_byte, gsize *out_end_byte,
                                               const char **out_reason);

/** How many steps PCRE2 takes at the dearest place of @text, up to @max_steps: a measure of
 * backtracking. Slow: it searches some dozen times. */
guint32 attest_matcher_count_steps (AttestMatcher *matcher, AttestPattern *pattern,
                                    const char *text, gsize length_bytes, guint32 max_steps);

G_END_DECLS
