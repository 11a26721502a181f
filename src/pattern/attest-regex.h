/* attest-regex: a pattern as a tree.
 *
 * PCRE2 does not tell what it compiled, so its syntax is read once more here. The tree is for
 * reasoning about a pattern; matching is PCRE2's business alone. What is not understood is refused
 * as a whole and never guessed at.
 */
#pragma once

#include "pattern/attest-char-set.h"

G_BEGIN_DECLS

typedef enum
{
  ATTEST_NODE_CHAR,        /* one character */
  ATTEST_NODE_SET,         /* one character of a class, an escape such as \w, or a dot */
  ATTEST_NODE_SEQUENCE,    /* children, one after the other; maybe none */
  ATTEST_NODE_CHOICE,      /* two children or more: one of them */
  ATTEST_NODE_REPEAT,      /* its child, `min` to `max` times */
  ATTEST_NODE_GROUP,       /* its child, in brackets that capture or do not */
  ATTEST_NODE_ATOMIC,      /* its child, (?>…) */
  ATTEST_NODE_RESET,       /* its child, (?|…) */
  ATTEST_NODE_LOOK,        /* an assertion that its child matches, or not, ahead or behind */
  ATTEST_NODE_CONDITIONAL, /* (?(…)yes|no): its child is the choice; with one branch, or nothing */
  ATTEST_NODE_DEFINE,      /* (?(DEFINE)…): nothing; its child is for references */
  ATTEST_NODE_EDGE,        /* an assertion without an inside; `letter` of \b \B \A \Z \z, ^ or $ */
  ATTEST_NODE_REFERENCE,   /* what another part matched, or would match; or \X */
  ATTEST_NODE_LINE_END,    /* \R */
  ATTEST_NODE_VERB,        /* (*PRUNE) and the like, and \K */
} AttestNodeKind;

typedef struct
{
  AttestNodeKind kind;
  guint32 start_byte, end_byte; /* in the pattern; without its quantifier */
  guint32 min, max;             /* of a repeat; the most may be ATTEST_UNBOUNDED */
  gunichar c;                   /* of a character */
  guint set;                    /* of a set: index into `sets` */
  char letter;                  /* of an edge */
  guint possessive : 1;         /* of a repeat: never gives back */
  guint captures : 1;           /* of a group */
  guint is_negated : 1;         /* of a look */
  guint is_behind : 1;
  guint case_matters : 1; /* of a character or set: (?-i) */
  guint is_odd : 1;       /* of a set: what it means depends on options around it */
  guint first, next;      /* indexes of its first child, and of its next sibling; 0: none */
} AttestNode;

typedef struct
{
  char *body;
  GArray *nodes;      /* of AttestNode; the first is not used */
  GArray *sets;       /* of AttestCharSet: more than they match, never less */
  guint root;         /* index */
  const char *reason; /* (nullable) static: the pattern is not understood; there is no tree then */
  /* Where an attempt failed counts for the next ((*COMMIT), (*SKIP)), or where it began is not
   * where the match begins (\K). */
  gboolean needs_whole_text;
  gboolean has_switches; /* (?i) and the like */
  gboolean has_options;  /* those that change what a dot, an edge or a quantifier is: (?s), (?U) */
} AttestRegex;

/** @body: compiles in PCRE2 with UTF, UCP and CASELESS and without \C. */
AttestRegex *attest_regex_parse (const char *body);
void attest_regex_free (AttestRegex *regex);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestRegex, attest_regex_free)

static inline const AttestNode *
attest_regex_node (const AttestRegex *regex, guint i)
{
  return &g_array_index (regex->nodes, AttestNode, i);
}

G_END_DECLS
