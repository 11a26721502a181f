/* attest-yaml: a YAML file as a tree of nodes that know their place in the file.
 *
 * The only user of libyaml. Aliases (*name) are resolved: the tree may hold a node at several
 * places, but never inside itself. Its size and its depth, aliases unfolded, are bounded by
 * attest-limits.h, so that whoever walks it may recurse. Nothing is included from other files; tags
 * other than YAML's own are errors.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ATTEST_YAML_SCALAR,
  ATTEST_YAML_LIST,
  ATTEST_YAML_MAP,
} AttestYamlKind;

typedef struct
{
  AttestYamlKind kind;
  gsize start_byte; /* in the file, of the opening quote or bracket if there is one */

  /* Scalars. All are strings: "true", "1.0" and "no" stay what was written. */
  char *text;                         /* (nullable) without quotes and escapes; holds no NUL */
  char style;                         /* '\'', '"', '|' for a block, 0: plain */
  gsize raw_start_byte, raw_end_byte; /* what stands in the file, without its quotes */

  /* Lists: of AttestYaml. Maps: key and value by turns. */
  GPtrArray *items;

  guint n_nodes; /* of the tree below and this one, aliases unfolded */
  guint height;  /* levels of the tree below and this one */
  gboolean is_open;
} AttestYaml;

typedef struct _AttestYamlFile AttestYamlFile;

/**
 * Parses @text, which must outlive the file. A byte order mark is skipped.
 *
 * On failure returns NULL and sets @error (ATTEST_ERROR_CODEBOOK, without the place) and the place,
 * counted from 1, in *@out_line and *@out_column.
 */
AttestYamlFile *attest_yaml_parse (const char *text, gsize length_bytes, guint *out_line,
                                   guint *out_column, GError **error);
void attest_yaml_file_free (AttestYamlFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestYamlFile, attest_yaml_file_free)

/** The top node, or NULL when the file holds nothing. */
const AttestYaml *attest_yaml_file_root (const AttestYamlFile *file);

/** Line and column, in code points, both from 1. */
void attest_yaml_place (const AttestYamlFile *file, gsize byte, guint *out_line, guint *out_column);

/**
 * Where byte @text_byte of the text of a scalar stands in the file. Where that cannot be told (a
 * text over several lines), the start of the scalar.
 */
gsize attest_yaml_file_byte (const AttestYamlFile *file, const AttestYaml *scalar, gsize text_byte);

/** TRUE for a value that was left out ("key:"). */
static inline gboolean
attest_yaml_is_blank (const AttestYaml *node)
{
  return node->kind == ATTEST_YAML_SCALAR && node->style == 0 && *node->text == '\0';
}

G_END_DECLS
