/* attest-codebook: codes and their rules, as read from a YAML file.
 *
 * Immutable after loading, reference-counted, shared by all threads. The format is described in
 * doc/codebook.md. Nothing here matches text; the engine does.
 *
 * Codes, rules and patterns are numbered through the whole codebook from 0; rules and patterns of
 * one code lie next to each other.
 */
#pragma once

#include <glib.h>

#include "model/attest-document.h"
#include "pattern/attest-pattern.h"

G_BEGIN_DECLS

/* What a pattern is for. */
typedef enum
{
  ATTEST_PATTERN_MATCH,  /* a hit of its rule */
  ATTEST_PATTERN_UNLESS, /* a hit of its rule that overlaps a match of this one is none */
  ATTEST_PATTERN_ASKED, /* an interviewer's turn that matches asks about its code; it has no rule */
} AttestPatternUse;

#define ATTEST_NO_RULE G_MAXUINT

typedef struct
{
  AttestPatternUse use;
  guint code;
  guint rule;   /* index into rules, or ATTEST_NO_RULE */
  char *name;   /* "impact/3.2", "impact/phrases.2"; for unless and asked: "impact/3.unless.1",
                   "impact/asked.1" */
  char *source; /* the pattern as written in the file, fragments not filled in */
  AttestPattern *pattern;   /* compiled */
  const char *const *langs; /* (nullable) languages of turns it is for, interned; NULL: any */
  guint line, column;       /* of the pattern in the file, from 1 */
  gboolean word_edges;      /* matches whole words only */
} AttestCodebookPattern;

typedef struct
{
  guint code;
  char *id;                     /* (nullable) own name */
  guint number;                 /* in its code, from 1 */
  double weight;                /* > 0, default 1 */
  guint roles;                  /* bit set 1 << AttestRole; default: all but interviewer */
  const char *const *langs;     /* (nullable) */
  guint first_match, n_match;   /* into patterns */
  guint first_unless, n_unless; /* into patterns */
  guint line, column;
} AttestRule;

typedef struct
{
  char *lang; /* (nullable) */
  char *text;
  gboolean counter; /* must not be coded */
  guint rule;       /* must (not) be hit by this rule; ATTEST_NO_RULE: by the code */
  guint line, column;
} AttestExample;

/* A text in one or more languages: "lang" → text; key "" is the text without a language. */
typedef GHashTable AttestLocalText;

typedef struct
{
  char *with; /* id of the other code */
  char *rule;
} AttestConfusion;

typedef struct
{
  char *id;
  guint dimension;                                 /* index into dimensions */
  AttestLocalText *name;                           /* never empty: the id stands in */
  char *question, *definition, *include, *exclude; /* (nullable) */
  GArray *confusions;                              /* of AttestConfusion */
  guint first_rule, n_rules;
  guint first_asked, n_asked; /* into patterns */
  GArray *examples;           /* of AttestExample */
  guint line, column;
} AttestCode;

typedef struct
{
  char *id;
  AttestLocalText *title;
} AttestDimension;

/* A part of patterns, {{name}}. */
typedef struct
{
  char *name;
  char *source;     /* as written */
  char *body;       /* fragments inside it filled in */
  gboolean is_used; /* by a pattern, or by a fragment that is */
  guint line, column;
} AttestFragment;

typedef struct _AttestCodebook
{
  char *path; /* display only */
  char *text; /* the file, as read */
  gsize length_bytes;
  char *sha256;               /* of text */
  char *id, *version, *title; /* version and title may be NULL */
  const char *const *langs;   /* declared languages, interned, NULL-terminated; may be empty */
  GArray *dimensions;         /* of AttestDimension */
  GArray *fragments;          /* of AttestFragment, in file order */
  GArray *codes;              /* of AttestCode */
  GArray *rules;              /* of AttestRule */
  GArray *patterns;           /* of AttestCodebookPattern: all uses */
} AttestCodebook;

typedef enum
{
  ATTEST_SEVERITY_ERROR,
  ATTEST_SEVERITY_WARNING,
} AttestSeverity;

/* One thing that is wrong, or may be. */
typedef struct
{
  AttestSeverity severity;
  guint line, column; /* from 1; 0: unknown */
  char *code, *rule;  /* (nullable) */
  const char *check; /* static id: "yaml", "unknown-key", "regex", "empty-match", "untested", … */
  char *message;     /* says what to do */
  char *excerpt;     /* (nullable) of errors: the source line, and below it a caret at the column */
} AttestProblem;

/**
 * Parses a codebook. @path is for messages.
 *
 * Problems are appended to @problems (element-type AttestProblem, with clear function, from
 * attest_problems_new()): all that can be found in one pass, so that an author mends them together.
 *
 * Returns: the codebook, or NULL when there is at least one error; @error (ATTEST_ERROR_CODEBOOK)
 * is then the first: "PATH:LINE:COLUMN: message", a second line with the source line and a third
 * with a caret.
 */
AttestCodebook *attest_codebook_parse (const char *path, const char *text, gsize length_bytes,
                                       GArray *problems, GError **error);

/**
 * Loads a file, or a shipped codebook by id ("oecd-dac"). A name with a slash or a suffix
 * .yaml/.yml is a file; otherwise an existing file wins over an id.
 */
AttestCodebook *attest_codebook_load (const char *file_or_id, GArray *problems, GError **error);

AttestCodebook *attest_codebook_ref (AttestCodebook *codebook);
void attest_codebook_unref (AttestCodebook *codebook);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestCodebook, attest_codebook_unref)

GArray *attest_problems_new (void);

/** "error", "warning" */
const char *attest_severity_to_string (AttestSeverity severity);

/** Appends warnings about rules that will not do what their author wants (see doc/codebook.md). */
void attest_codebook_lint (const AttestCodebook *codebook, GArray *problems);

/** The text in @lang, else without a language, else in English, else in the language whose code
 * comes first in the alphabet. */
const char *attest_local_text_get (AttestLocalText *text, const char *lang);

/** The languages of a text in byte order, "" first. Free the array; the strings are borrowed. */
GPtrArray *attest_local_text_list_langs (AttestLocalText *text);

static inline AttestCode *
attest_codebook_code (const AttestCodebook *codebook, guint i)
{
  return &g_array_index (codebook->codes, AttestCode, i);
}
static inline AttestRule *
attest_codebook_rule (const AttestCodebook *codebook, guint i)
{
  return &g_array_index (codebook->rules, AttestRule, i);
}
static inline AttestCodebookPattern *
attest_codebook_pattern (const AttestCodebook *codebook, guint i)
{
  return &g_array_index (codebook->patterns, AttestCodebookPattern, i);
}
static inline AttestDimension *
attest_codebook_dimension (const AttestCodebook *codebook, guint i)
{
  return &g_array_index (codebook->dimensions, AttestDimension, i);
}
/** Index of the code, or -1. */
int attest_codebook_find_code (const AttestCodebook *codebook, const char *id);
/** The rule's own id, or its number. */
char *attest_codebook_dup_rule_name (const AttestCodebook *codebook, guint rule);
int attest_codebook_find_dimension (const AttestCodebook *codebook, const char *id);

G_END_DECLS
