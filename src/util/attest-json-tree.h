/* attest-json-tree: one JSON text (RFC 8259), checked whole and laid out flat.
 *
 * 16 bytes a value, no copy of the text, no recursion. The libraries of Debian build an object per
 * value: ten times the memory and, measured on 74 MB of words with times, 17 (json-glib) to 25 MB/s
 * (Jansson) where this takes 150; and json-glib takes much for JSON that is none.
 *
 * A value is its index; the whole text is 0. Values borrow from the text, which must outlive the
 * tree. A tree is immutable and may be shared by threads.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _AttestJsonTree AttestJsonTree;

typedef enum
{
  ATTEST_JSON_NULL,
  ATTEST_JSON_FALSE,
  ATTEST_JSON_TRUE,
  ATTEST_JSON_NUMBER,
  ATTEST_JSON_STRING,
  ATTEST_JSON_ARRAY,
  ATTEST_JSON_OBJECT,
} AttestJsonType;

/* No such value. All functions take it for a value and find nothing in it. */
#define ATTEST_JSON_NONE G_MAXUINT

/**
 * Parses @text (UTF-8 without BOM).
 *
 * Returns: a tree, or NULL with ATTEST_ERROR_INPUT, "LINE:COLUMN: message", for what is no JSON,
 * is deeper than ATTEST_MAX_JSON_DEPTH or has more than ATTEST_MAX_JSON_VALUES values.
 */
AttestJsonTree *attest_json_tree_new (const char *text, gsize length_bytes, GError **error);
void attest_json_tree_free (AttestJsonTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestJsonTree, attest_json_tree_free)

gboolean attest_json_tree_is (const AttestJsonTree *tree, guint value, AttestJsonType type);

/** The first element of an array, or the value of an object's first member. */
guint attest_json_tree_first (const AttestJsonTree *tree, guint parent);
/** The one after @child of @parent. */
guint attest_json_tree_next (const AttestJsonTree *tree, guint parent, guint child);
/** The key of @child, which is a member's value; borrowed as it is written, without quotes. */
const char *attest_json_tree_key (const AttestJsonTree *tree, guint child, gsize *out_bytes);
/** Elements or members. */
guint attest_json_tree_count (const AttestJsonTree *tree, guint parent);

/**
 * The value at @path below @value: keys and indices joined by dots, "channels.0.alternatives".
 * Of members with one key the last one counts.
 */
guint attest_json_tree_get (const AttestJsonTree *tree, guint value, const char *path);

/** The first of @keys (paths, separated by spaces) that @object has and that is not null. */
guint attest_json_tree_find (const AttestJsonTree *tree, guint object, const char *keys);
/** The first of @keys whose value is a string. */
guint attest_json_tree_find_string (const AttestJsonTree *tree, guint object, const char *keys);

/**
 * Appends the text of a string: escapes decoded, a lone surrogate as U+FFFD; may contain NULs.
 * FALSE: @value is no string.
 */
gboolean attest_json_tree_append (const AttestJsonTree *tree, guint value, GString *out);
/** The text of a string up to its first NUL, or a number as it is written; NULL for others. */
char *attest_json_tree_dup (const AttestJsonTree *tree, guint value);
/** TRUE when the string at @path is @expected. */
gboolean attest_json_tree_equals (const AttestJsonTree *tree, guint value, const char *path,
                                  const char *expected);
/** FALSE: @value is no number, or too large for one. */
gboolean attest_json_tree_get_double (const AttestJsonTree *tree, guint value, double *out);
/** Line of the text, from 1. */
guint attest_json_tree_line (const AttestJsonTree *tree, guint value);

G_END_DECLS
