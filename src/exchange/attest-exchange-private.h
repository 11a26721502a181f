/* What the drivers of formats share. */
#pragma once

#include "exchange/attest-exchange.h"
#include "exchange/attest-glob.h"
#include "exchange/attest-yaml-out.h"

G_BEGIN_DECLS

#define ATTEST_NO_NODE G_MAXUINT

typedef enum
{
  ATTEST_ENTRY_GLOB,  /* see attest-glob.h */
  ATTEST_ENTRY_REGEX, /* as in a codebook */
} AttestEntryKind;

typedef enum
{
  ATTEST_ENTRY_HIT,    /* gives the code */
  ATTEST_ENTRY_UNLESS, /* takes hits of its rule away */
  ATTEST_ENTRY_STOP,   /* takes hits of its code away */
  ATTEST_ENTRY_ASKED,  /* a question about the code */
  ATTEST_ENTRY_ALL,    /* conditions of hits of its rule, as in a codebook */
  ATTEST_ENTRY_NEAR,
  ATTEST_ENTRY_BEFORE,
  ATTEST_ENTRY_AFTER,
} AttestEntryUse;

/* A word, a phrase or a pattern of a category. */
typedef struct
{
  AttestEntryKind kind;
  AttestEntryUse use;
  char *text;
  char *rule; /* (nullable) which rule it belongs to; a number, or an id */
  char *lang; /* (nullable) "en", or "en, fr" */
  double weight;
  gboolean match_case;
  /* Of conditions: which one of its kind in the rule, and where it looks. */
  guint condition;
  guint max_words; /* or ATTEST_ANY_DISTANCE */
  AttestUnit unit;
  gboolean has_unit;  /* otherwise the usual one */
  gboolean any_edges; /* of a regex: may match inside words */
  guint line, column; /* in the file that was read */
} AttestEntry;

/* A category. Its numbers are indexes into nodes; parents come before their children. */
typedef struct
{
  guint parent; /* or ATTEST_NO_NODE */
  char *name;
  char *id;   /* (nullable) in a codebook; made from the name without it */
  char *guid; /* (nullable) */
  char *question, *definition, *include, *exclude; /* (nullable) */
  GPtrArray *examples, *counterexamples;           /* of char * */
  guint n_children;
  gboolean is_code; /* has words, or people give it; otherwise it only holds others */
  GArray *entries;  /* of AttestEntry */
  guint line, column;
} AttestNode;

typedef struct
{
  char *id, *title; /* (nullable) */
  /* One category around all others is only the title, even when those hold no others. */
  gboolean has_cover;
  GArray *nodes;        /* of AttestNode */
  GArray *losses;       /* of AttestLoss */
  GHashTable *children; /* private to attest-outline.c */
} AttestOutline;

AttestOutline *attest_outline_new (void);
void attest_outline_free (AttestOutline *outline);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestOutline, attest_outline_free)

/** Adds a category; @name is copied without the space around it. Returns its number. */
guint attest_outline_add_node (AttestOutline *outline, guint parent, const char *name, guint line,
                               guint column);
/** The first category of this name in @parent, or ATTEST_NO_NODE. */
guint attest_outline_find_child (const AttestOutline *outline, guint parent, const char *name);
/** Valid until another node is added. */
AttestNode *attest_outline_node (const AttestOutline *outline, guint node);
/** Adds a word, whose @text is taken over, to a category, which becomes a code. To be filled in;
 * valid until another one is added. */
AttestEntry *attest_outline_add_entry (AttestOutline *outline, guint node, AttestEntryKind kind,
                                       char *text, guint line, guint column);
void attest_outline_lose (AttestOutline *outline, AttestLossKind kind, const char *what, guint line,
                          guint column, const char *code, const char *format, ...)
    G_GNUC_PRINTF (7, 8);

/* What is read. */
typedef struct
{
  const char *path;
  GBytes *bytes; /* as given */
  /* Decoded to UTF-8 with LF line ends; NUL-terminated. */
  const char *text;
  gsize length_bytes;
  const AttestImportOptions *options;
} AttestExchangeInput;

/** Sets ATTEST_ERROR_INPUT, "PATH:LINE:COLUMN: message". Always FALSE. */
gboolean attest_exchange_throw (const AttestExchangeInput *input, guint line, guint column,
                                GError **error, const char *format, ...) G_GNUC_PRINTF (5, 6);

/** Tells an error of another layer, whose message begins with "LINE:COLUMN: ", "LINE: " or nothing
 * of it, with the path. @column: where only the line is known. Always FALSE. */
gboolean attest_exchange_rethrow (const AttestExchangeInput *input, const GError *cause,
                                  guint column, GError **error);

/* A text line by line. */
typedef struct
{
  const char *rest; /* what was not read yet */
  char *line;       /* without its end; owned */
  guint number;     /* from 1 */
} AttestExchangeLines;

/** Goes to the next line. FALSE: there is none. */
gboolean attest_exchange_next_line (AttestExchangeLines *lines);
void attest_exchange_lines_clear (AttestExchangeLines *lines);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AttestExchangeLines, attest_exchange_lines_clear)
/** The column of @p in the line, from 1, in code points. */
guint attest_exchange_column (const AttestExchangeLines *lines, const char *p);

/** Whether there is nothing but space of any kind. */
gboolean attest_exchange_is_blank (const char *text);

/**
 * Adds a word of a format that does not say what its words are: as options.valuetype says.
 * @wildcards: those of the format. NULL with @error for a word that is empty.
 */
AttestEntry *attest_exchange_add_word (const AttestExchangeInput *input, AttestOutline *outline,
                                       guint node, const char *text, const char *wildcards,
                                       guint line, guint column, GError **error);

/* What a format can hold. */
typedef enum
{
  ATTEST_CAN_NEST = 1 << 0,   /* categories in categories */
  ATTEST_CAN_NAME = 1 << 1,   /* names beside ids */
  ATTEST_CAN_DEFINE = 1 << 2, /* definitions */
  ATTEST_CAN_WEIGH = 1 << 3,  /* weights of words */
  ATTEST_CAN_RULES = 1 << 4,  /* words at all */
  ATTEST_CAN_REGEX = 1 << 5,  /* regular expressions, exceptions, questions, languages */
  ATTEST_CAN_TITLE = 1 << 7,  /* a title of the whole */
  ATTEST_CAN_TEXTS = 1 << 6,  /* examples, and what else is for people */
} AttestExchangeFeatures;

/* A format. To add one, write its file and its line in attest-exchange.c. */
typedef struct
{
  const char *id;
  const char *name;            /* for people */
  const char *const *suffixes; /* NULL-terminated, with the dot */
  AttestExchangeFeatures features;
  AttestGlobNeeds globs; /* what its words can hold */
  /* (nullable) Whether the text of a word means itself there. NULL: it always does. */
  gboolean (*is_word) (const char *text);
  /* How sure the content is of this format: 0 to 100. @head: valid UTF-8 in parts only. */
  guint (*probe) (const char *head);
  /* TRUE: reads .bytes itself, in whatever encoding. */
  gboolean is_binary;
  gboolean (*read) (const AttestExchangeInput *input, AttestOutline *outline, GError **error);
  void (*write) (const AttestOutline *outline, GString *out);
} AttestExchangeFormat;

extern const AttestExchangeFormat attest_format_csv;
extern const AttestExchangeFormat attest_format_lexicoder;
extern const AttestExchangeFormat attest_format_liwc;
extern const AttestExchangeFormat attest_format_qdc;
extern const AttestExchangeFormat attest_format_quanteda;
extern const AttestExchangeFormat attest_format_wordstat;
extern const AttestExchangeFormat attest_format_yoshikoder;

/* attest-outline-yaml.c */

/** Writes the codebook; what it cannot hold is added to the losses. @comment: its first line.
 * @out_yaml: zeroed. */
void attest_outline_to_yaml (AttestOutline *outline, const char *comment, gboolean rule_each,
                             AttestYamlOut *out_yaml);

/* attest-outline-rules.c */

typedef struct
{
  gboolean rule_each; /* a rule for each word */
  gboolean any_edges; /* the whole codebook has word_edges: false */
} AttestRuleStyle;

/** "unless", "near", …, as in a codebook. */
const char *attest_entry_use_to_string (AttestEntryUse use);

/** Writes the keys `asked`, `stop` and `rules` of a code. */
void attest_outline_put_rules (AttestYamlOut *yaml, const AttestNode *node,
                               const AttestRuleStyle *style);
/** Whether all patterns of the outline may match inside words, and there is one. */
gboolean attest_outline_is_edgeless (const AttestOutline *outline);

/* attest-outline-ids.c */

/* What the categories become in a codebook. */
typedef struct
{
  char **code_ids;      /* of each node: NULL when it is no code */
  guint *dimensions;    /* of each node: the top node that is its dimension; ATTEST_NO_NODE: none */
  char **dimension_ids; /* of each node: NULL when it is no dimension */
  guint n_nodes;
  guint n_dimensions; /* without the one of codes that stand alone */
} AttestOutlineIds;

void attest_outline_ids_init (AttestOutlineIds *ids, AttestOutline *outline);
void attest_outline_ids_clear (AttestOutlineIds *ids);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AttestOutlineIds, attest_outline_ids_clear)

/** A name as an id: itself when it is one, else in small letters with "-" for what no id has. */
char *attest_outline_dup_id (const char *name);

/* attest-outline-codebook.c */

/** What of a codebook the format can hold; the rest is in the losses. */
AttestOutline *attest_outline_from_codebook (const AttestCodebook *codebook,
                                             const AttestExchangeFormat *format, const char *lang);

G_END_DECLS
