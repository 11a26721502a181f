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
  ATTEST_PATTERN_UNLESS, /* takes hits of its rule away */
  ATTEST_PATTERN_ALL,    /* must be in the unit of a hit; a hit when its rule has no `match` */
  ATTEST_PATTERN_NEAR,   /* must be near a hit of its rule */
  ATTEST_PATTERN_BEFORE, /* a hit of its rule must stand before it */
  ATTEST_PATTERN_AFTER,  /* a hit of its rule must stand after it */
  ATTEST_PATTERN_STOP,   /* takes hits of its code away; it has no rule */
  /* An interviewer's turn that matches asks about its code; it has no rule. */
  ATTEST_PATTERN_ASKED,
  ATTEST_PATTERN_RULE_ASKED, /* its rule is only for answers to a turn that matches */
} AttestPatternUse;

#define ATTEST_NO_RULE G_MAXUINT

/* Where a condition looks, seen from a hit or from a segment. */
typedef enum
{
  ATTEST_UNIT_HIT,
  ATTEST_UNIT_SENTENCE, /* the sentences that the hit touches */
  ATTEST_UNIT_WINDOW,   /* those, and some before and behind */
  ATTEST_UNIT_TURN,
} AttestUnitKind;

typedef struct
{
  AttestUnitKind kind;
  guint sentences; /* of a window, on each side */
} AttestUnit;

#define ATTEST_ANY_DISTANCE G_MAXUINT

/* What must be there beside a hit (all, near, before, after), or must not (unless, stop): a match
 * of any of the patterns that overlaps the unit. */
typedef struct
{
  AttestPatternUse use;
  AttestUnit unit;
  guint max_words; /* between it and the hit, or ATTEST_ANY_DISTANCE */
  guint first_pattern, n_patterns;
} AttestCondition;

typedef struct
{
  AttestPatternUse use;
  guint code;
  guint rule;   /* index into rules, or ATTEST_NO_RULE */
  char *name;   /* "impact/3.2", "impact/phrases.2"; for others than hits: "impact/3.unless.1",
                   "impact/asked.1", "impact/stop.1" */
  char *source; /* the pattern or word as written in the file, fragments not filled in */
  AttestPattern *pattern;   /* compiled */
  const char *const *langs; /* (nullable) languages of turns it is for, interned; NULL: any */
  guint line, column;       /* of the pattern in the file, from 1 */
  gboolean word_edges;      /* matches whole words only */
  gboolean is_word;         /* source is a word or phrase, not a regular expression */
} AttestCodebookPattern;

typedef struct
{
  guint code;
  char *id;                     /* (nullable) own name */
  guint number;                 /* in its code, from 1 */
  double weight;                /* > 0, default 1 */
  guint roles;                  /* bit set 1 << AttestRole; default: all but interviewer */
  const char *const *langs;     /* (nullable) */
  guint first_match, n_match;   /* into patterns; none: its `all` patterns are the hits */
  guint first_unless, n_unless; /* into patterns */
  guint first_asked, n_asked;   /* into patterns */
  gboolean asked_code;          /* only for answers to questions about its code */
  guint first_condition, n_conditions;
  guint line, column;
} AttestRule;

typedef struct
{
  char *lang; /* (nullable) */
  char *text;
  char *asked;      /* (nullable) the question that it answers */
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
  guint first_asked, n_asked;  /* into patterns */
  guint first_stop, n_stop;    /* into conditions */
  double min_weight;           /* of its segments; 0: any */
  GArray *requires, *excludes; /* (nullable) of guint: codes that must (not) be in the unit */
  AttestUnit requires_unit, excludes_unit; /* not of a hit */
  GArray *examples;                        /* of AttestExample */
  guint line, column;
} AttestCode;

typedef struct
{
  char *id;
  AttestLocalText *title;
} AttestDimension;

/* A part of patterns, {{name}} or {{name(argument)}}. */
typedef struct
{
  char *name;
  char **parameters; /* (nullable) NULL-terminated: {{parameter}} in it stands for an argument */
  guint counts;      /* bit set: parameters that are numbers, because they stand in {0,…} */
  char *source;      /* as written */
  /* Fragments inside it filled in; each parameter is a byte, private to the file that fills in. */
  char *body;
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
  GArray *conditions;         /* of AttestCondition */
  /* of guint: codes that require or exclude others, after the codes that they name */
  GArray *linked_codes;
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
static inline AttestCondition *
attest_codebook_condition (const AttestCodebook *codebook, guint i)
{
  return &g_array_index (codebook->conditions, AttestCondition, i);
}
/** TRUE when matches of the pattern are hits, as long as the conditions of its rule hold. */
static inline gboolean
attest_codebook_is_hit (const AttestCodebook *codebook, const AttestCodebookPattern *pattern)
{
  return pattern->use == ATTEST_PATTERN_MATCH
         || (pattern->use == ATTEST_PATTERN_ALL
             && attest_codebook_rule (codebook, pattern->rule)->n_match == 0);
}
static inline AttestDimension *
attest_codebook_dimension (const AttestCodebook *codebook, guint i)
{
  return &g_array_index (codebook->dimensions, AttestDimension, i);
}
/** Index of the code, or -1. */
int attest_codebook_find_code (const AttestCodebook *codebook, const char *id);
/** The languages of turns that the rules of a code are for, "en ru"; "*": any; "": it has no rules.
 */
char *attest_codebook_dup_rule_langs (const AttestCodebook *codebook, const AttestCode *code);
/** The same of the questions about it. */
char *attest_codebook_dup_asked_langs (const AttestCodebook *codebook, const AttestCode *code);
/** "mine has no code 'impcat': did you mean 'impact'?" */
char *attest_codebook_dup_no_code (const AttestCodebook *codebook, const char *id);
/** "hit", "sentence", "window of 2", "turn" */
char *attest_unit_dup_text (const AttestUnit *unit);
/** "sentence", "sentence, 5 words apart" */
char *attest_condition_dup_where (const AttestCondition *condition);
/** "unless", "all", …; NULL for ATTEST_PATTERN_MATCH. */
const char *attest_pattern_use_to_string (AttestPatternUse use);
/** The rule's own id, or its number. */
char *attest_codebook_dup_rule_name (const AttestCodebook *codebook, guint rule);
int attest_codebook_find_dimension (const AttestCodebook *codebook, const char *id);

G_END_DECLS
