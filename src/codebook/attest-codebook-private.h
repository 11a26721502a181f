/* What the files that read a codebook share. */
#pragma once

#include "codebook/attest-codebook.h"
#include "codebook/attest-yaml.h"
#include "util/attest-limits.h"

G_BEGIN_DECLS

typedef struct _AttestCodebookFormat AttestCodebookFormat;

/* A codebook that is being read. */
typedef struct
{
  AttestCodebook *codebook;
  const AttestCodebookFormat *format;
  const AttestYamlFile *yaml;
  GArray *problems; /* of AttestProblem: of this file only */
  guint n_errors;
  GHashTable *fragments; /* name → index + 1 into codebook->fragments */
  GHashTable *rule_ids;  /* ids of the rules of the code that is being read */
  GPtrArray *mentions;   /* of AttestYaml: texts that must be ids of codes */
  GArray *links;         /* private to attest-codebook-links.c */
  gsize expanded_bytes;  /* of all patterns so far, against ATTEST_MAX_EXPANDED_BYTES */
  gsize compiled_bytes;  /* of all patterns so far, against ATTEST_MAX_COMPILED_BYTES */
  gboolean limit_reported;
  gboolean word_edges; /* of the whole codebook */
  const char *code_id; /* where we are; NULL: nowhere */
  const char *rule_name;
} AttestCodebookParser;

/* One key of a map. To add a key, write its function and its row. */
typedef struct
{
  const char *name;
  gboolean is_required;
  /* Reads the value into the thing that the map describes. */
  void (*read) (AttestCodebookParser *parser, const AttestYaml *value, gpointer target);
} AttestCodebookKey;

/* A kind of file. */
struct _AttestCodebookFormat
{
  const char *name; /* "codebook/1", what the key `attest` says */
  const char *noun; /* "codebook" */
  const AttestCodebookKey *keys;
  /* (nullable) what can only be done when all keys are read */
  void (*finish) (AttestCodebookParser *parser, gpointer target);
};

/* attest-codebook-file.c */

/**
 * Fills @codebook, which has its text, from that text. @target: for the keys. As
 * attest_codebook_parse() in all else; FALSE with @error when there is an error.
 */
gboolean attest_codebook_parse_as (AttestCodebook *codebook, const AttestCodebookFormat *format,
                                   gpointer target, GArray *problems, GError **error);

/** The text of the codebook as a tree; NULL, with the problem noted, when it is none. */
AttestYamlFile *attest_codebook_read_yaml (AttestCodebookParser *parser);

/* Keys of any file; @target is not used. */
void attest_codebook_read_format (AttestCodebookParser *parser, const AttestYaml *value,
                                  gpointer target);
void attest_codebook_read_file_id (AttestCodebookParser *parser, const AttestYaml *value,
                                   gpointer target);
void attest_codebook_read_version (AttestCodebookParser *parser, const AttestYaml *value,
                                   gpointer target);
void attest_codebook_read_title (AttestCodebookParser *parser, const AttestYaml *value,
                                 gpointer target);
void attest_codebook_read_languages (AttestCodebookParser *parser, const AttestYaml *value,
                                     gpointer target);
void attest_codebook_read_word_edges (AttestCodebookParser *parser, const AttestYaml *value,
                                      gpointer target);

/* attest-codebook-values.c */

/**
 * Reads a map, in the order of @keys (ended by {NULL}) and not of the file, so that what a key
 * needs stands above it. Reports unknown, repeated and missing keys. @what: "a rule".
 *
 * Returns: FALSE when @map is no map or a required key is missing.
 */
gboolean attest_codebook_read_map (AttestCodebookParser *parser, const AttestYaml *map,
                                   const AttestCodebookKey *keys, const char *what,
                                   gpointer target);

/* Values. Each reports what it does not like at the place of the value and then returns NULL, FALSE
 * or 0. */

/** A text in NFC that is not empty. @what: "a title". */
char *attest_codebook_read_text (AttestCodebookParser *parser, const AttestYaml *value,
                                 const char *what);
/** The same, in place of *@out_text. */
void attest_codebook_read_text_into (AttestCodebookParser *parser, const AttestYaml *value,
                                     const char *what, char **out_text);
/** An id of letters, digits, "_" and "-" (and "." with @dots). */
char *attest_codebook_read_id (AttestCodebookParser *parser, const AttestYaml *value,
                               const char *what, gboolean dots);
/** A text, or a map of languages. Adds to @texts. */
void attest_codebook_read_local_text (AttestCodebookParser *parser, const AttestYaml *value,
                                      const char *what, AttestLocalText *texts);
/** A language or a list of them: interned, owned by the codebook. */
const char *const *attest_codebook_read_langs (AttestCodebookParser *parser,
                                               const AttestYaml *value);
/** A language code: interned. */
const char *attest_codebook_read_lang (AttestCodebookParser *parser, const AttestYaml *value);
/** A role or a list of them, as a bit set. */
guint attest_codebook_read_roles (AttestCodebookParser *parser, const AttestYaml *value);
gboolean attest_codebook_read_bool (AttestCodebookParser *parser, const AttestYaml *value,
                                    gboolean otherwise);
double attest_codebook_read_weight (AttestCodebookParser *parser, const AttestYaml *value);
/** A number, in the notation of C and not of the locale; no "inf" and no "nan". */
gboolean attest_codebook_parse_number (const char *text, double *out);
/** The same of a value. @what: "an end of a range". */
gboolean attest_codebook_read_number (AttestCodebookParser *parser, const AttestYaml *value,
                                      const char *what, double *out);
/** A whole number from 0 to @most; 0 when it is none. @what: "words". */
guint attest_codebook_read_count (AttestCodebookParser *parser, const AttestYaml *value,
                                  const char *what, guint most);
/** FALSE when it is no unit. */
gboolean attest_codebook_read_unit (AttestCodebookParser *parser, const AttestYaml *value,
                                    AttestUnit *out_unit);

/** Calls @read for the items of a list, or for @value itself when it is none. */
void attest_codebook_read_each (AttestCodebookParser *parser, const AttestYaml *value,
                                void (*read) (AttestCodebookParser *parser, const AttestYaml *item,
                                              gpointer target),
                                gpointer target);

/* A rule, a `stop` or an `asked` that is being read. */
typedef struct
{
  AttestCode *code;
  AttestRule rule;  /* of `asked` and `stop`: langs only */
  guint rule_index; /* or ATTEST_NO_RULE */
  gboolean word_edges;
  gboolean has_unit; /* the rule names a unit for all of its conditions */
  AttestUnit unit;
  AttestPatternUse use;      /* of the patterns that are being read */
  guint n_patterns;          /* of this use, so far, valid or not */
  gboolean has_hits;         /* it says what to find */
  AttestCondition condition; /* that is being read */
  gboolean has_words;        /* the condition says how far */
} AttestRuleDraft;

/* attest-codebook-rules.c */

/** Adds a pattern of the draft's use. @target: AttestRuleDraft. */
void attest_codebook_read_pattern (AttestCodebookParser *parser, const AttestYaml *value,
                                   gpointer target);
/** Adds a word or phrase, which stands for a pattern. @target: AttestRuleDraft. */
void attest_codebook_read_word (AttestCodebookParser *parser, const AttestYaml *value,
                                gpointer target);

/* attest-codebook-conditions.c: keys of a rule. @target: AttestRuleDraft. */
void attest_codebook_read_unless (AttestCodebookParser *parser, const AttestYaml *value,
                                  gpointer target);
void attest_codebook_read_all (AttestCodebookParser *parser, const AttestYaml *value,
                               gpointer target);
void attest_codebook_read_near (AttestCodebookParser *parser, const AttestYaml *value,
                                gpointer target);
void attest_codebook_read_before (AttestCodebookParser *parser, const AttestYaml *value,
                                  gpointer target);
void attest_codebook_read_after (AttestCodebookParser *parser, const AttestYaml *value,
                                 gpointer target);
/* … and of a code. @target: AttestCode. */
void attest_codebook_read_stop (AttestCodebookParser *parser, const AttestYaml *value,
                                gpointer target);

/* attest-codebook-links.c: keys of a code. @target: AttestCode. */
void attest_codebook_read_requires (AttestCodebookParser *parser, const AttestYaml *value,
                                    gpointer target);
void attest_codebook_read_excludes (AttestCodebookParser *parser, const AttestYaml *value,
                                    gpointer target);
/** An array for AttestCodebookParser.links. */
GArray *attest_codebook_new_links (void);
/** Finds the codes that links name, once all are read, and the order in which to decide on them. */
void attest_codebook_resolve_links (AttestCodebookParser *parser);
/** Complains that there is no code of this id. */
void attest_codebook_complain_unknown_code (AttestCodebookParser *parser, const AttestYaml *node);

/* attest-codebook-parse.c */

/** Adds an empty code in the place of @value; valid until the next is added. */
AttestCode *attest_codebook_add_code (AttestCodebookParser *parser, const AttestYaml *value);
/** Its id stands in for the name of a code that has none. */
void attest_codebook_name_code (AttestCode *code);
void attest_codebook_add_dimension (AttestCodebook *codebook, const char *id, const char *title);

/* attest-codebook-words.c */

/** The pattern for a word or phrase; NULL and *@out_reason (static): what is wrong with it. */
char *attest_codebook_word_to_pattern (const char *word, const char **out_reason);

/* attest-codebook-rules.c: keys of a code. @target: AttestCode. */
void attest_codebook_read_rules (AttestCodebookParser *parser, const AttestYaml *value,
                                 gpointer target);
/** Adds to the questions about the last code, whose first_asked is set: patterns, or words and
 * phrases. @langs: (nullable) of those that name none. */
void attest_codebook_add_asked (AttestCodebookParser *parser, const AttestYaml *value,
                                const char *const *langs, gboolean are_words);
void attest_codebook_read_asked (AttestCodebookParser *parser, const AttestYaml *value,
                                 gpointer target);
void attest_codebook_read_examples (AttestCodebookParser *parser, const AttestYaml *value,
                                    gpointer target);
void attest_codebook_read_counterexamples (AttestCodebookParser *parser, const AttestYaml *value,
                                           gpointer target);

/* attest-codebook-references.c */

/** Bytes of what stands at @p and is to be copied as it is, up to the next place where a reference
 * may begin. */
gsize attest_reference_skip (const char *p);

/* What is put in for a parameter. */
typedef struct
{
  char *text; /* without the space around it; may be empty */
  gsize byte; /* its first, from the start of the reference */
} AttestArgument;

/* "{{ name }}" or "{{name(argument, argument)}}". */
typedef struct
{
  const char *start; /* borrowed */
  char *name;
  GArray *arguments; /* (nullable) of AttestArgument; NULL: it has no brackets */
  gsize length_bytes;
  gsize first_argument_byte; /* from the start: behind the bracket */
  gboolean is_open;          /* it begins as one with arguments, and does not end; no more is set */
} AttestReference;

/** Reads the reference at @p. FALSE, and nothing to clear: there is none. */
gboolean attest_reference_read (const char *p, AttestReference *out_reference);
void attest_reference_clear (AttestReference *reference);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AttestReference, attest_reference_clear)

/* attest-codebook-parameters.c */

/* The byte that stands for parameter @i of a fragment in its body; UTF-8 has none of them. */
#define ATTEST_PARAMETER_BYTE(i) ((guchar)(0xff - (i)))
#define ATTEST_FIRST_PARAMETER_BYTE ATTEST_PARAMETER_BYTE (ATTEST_MAX_PARAMETERS - 1)

/** Whether what is put behind @length_bytes of @body is a count, or a part of it: "{", "{2,". */
gboolean attest_parameter_is_in_count (const char *body, gsize length_bytes);
/** Whether an argument can be a count. */
gboolean attest_parameter_is_count (const char *text);
/** Puts what is like any argument in the places of the parameters; the length stays. */
void attest_parameter_put_dummies (GString *body);

/* attest-codebook-fragment-names.c */

/** Adds a fragment that is not filled in yet. FALSE, with the problem reported: it is none. */
gboolean attest_codebook_add_fragment (AttestCodebookParser *parser, const AttestYaml *key,
                                       const AttestYaml *value);

/* attest-codebook-expansion.c */

/* A pattern with its fragments filled in, and where its pieces are from. */
typedef struct
{
  GString *body;
  GArray *pieces; /* private */
} AttestExpansion;

void attest_expansion_clear (AttestExpansion *expansion);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AttestExpansion, attest_expansion_clear)

/** Makes a pattern that was made from its source otherwise an expansion of it. */
void attest_expansion_set (AttestExpansion *expansion, const char *body);
/** Notes that what is appended to the body next is from @source_byte of the source: copied, or put
 * in for the reference there. */
void attest_expansion_add_piece (AttestExpansion *expansion, gsize source_byte,
                                 gboolean is_fragment);
/** The byte of the source that is behind @byte of the body: of the reference, inside a fragment. */
gsize attest_expansion_source_byte (const AttestExpansion *expansion, gsize byte);
/** The byte of the file that is behind @source_byte of the text of a scalar. */
gsize attest_codebook_source_byte (const AttestCodebookParser *parser, const AttestYaml *scalar,
                                   const char *source, gsize source_byte);
/** Compiles a pattern; reports an error at its place in the file. */
AttestPattern *attest_codebook_compile (AttestCodebookParser *parser, const AttestYaml *scalar,
                                        const char *source, const AttestExpansion *expansion,
                                        AttestPatternFlags flags);

/* attest-codebook-fragments.c */

/** Reads the key `fragments`. @target is not used. */
void attest_codebook_read_fragments (AttestCodebookParser *parser, const AttestYaml *value,
                                     gpointer target);
/**
 * Fills the fragments in. FALSE, with the problem reported, when one is unknown, refers to itself,
 * gets other arguments than it takes or is not a pattern, or when the result is too long.
 */
gboolean attest_codebook_expand (AttestCodebookParser *parser, const AttestYaml *scalar,
                                 const char *source, AttestExpansion *out_expansion);

/* attest-codebook-problem.c */

/** Adds an error at @node. @check: a static id. */
void attest_codebook_complain (AttestCodebookParser *parser, const AttestYaml *node,
                               const char *check, const char *format, ...) G_GNUC_PRINTF (4, 5);
void attest_codebook_complain_at (AttestCodebookParser *parser, gsize byte, const char *check,
                                  const char *format, ...) G_GNUC_PRINTF (4, 5);
/** The code that @id is most like, or NULL. */
const char *attest_codebook_nearest_code (const AttestCodebook *codebook, const char *id);
/** The one of @names (NULL-terminated) that @name is most like, or NULL when none is like it. */
const char *attest_codebook_nearest (const char *name, const char *const *names);
/** Into file order. */
void attest_problems_sort (GArray *problems);
/** Puts those of @from behind those of @to; @from is empty afterwards and only good to be freed. */
void attest_problems_move (GArray *from, GArray *to);
/** Moves the problems found, in file order, behind those in @problems; sets @error from the first
 * that is an error. */
void attest_codebook_hand_over_problems (AttestCodebookParser *parser, GArray *problems,
                                         GError **error);
/* attest-codebook.c */

/** Reads no more than a codebook may have: the name may be a pipe or a device. */
gboolean attest_codebook_read_file (const char *path, GString *out, GError **error);

/** The file that is meant: a file as named, or the shipped one of this id in @subdir. NULL with an
 * @error that lists the shipped ones. @noun: "codebook". */
char *attest_codebook_find_file (const char *file_or_id, const char *subdir, const char *noun,
                                 GError **error);

/** An empty codebook. */
AttestCodebook *attest_codebook_new (const char *path, const char *text, gsize length_bytes);
GArray *attest_codebook_new_examples (void);
GArray *attest_codebook_new_confusions (void);
/** Takes the interned languages of @langs over as a list that lives as long as the codebook; NULL
 * for none. */
const char *const *attest_codebook_take_langs (AttestCodebook *codebook, GPtrArray *langs);
/** Notes that the last of the codes has this id. FALSE: another has it. */
gboolean attest_codebook_index_code (AttestCodebook *codebook, const char *id);
/** Reads the id of a code, or of what is one to the coder, and indexes it. @what: "question". */
void attest_codebook_read_code_id (AttestCodebookParser *parser, const AttestYaml *value,
                                   AttestCode *code, const char *what);

G_END_DECLS
