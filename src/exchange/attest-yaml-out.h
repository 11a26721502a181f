/* attest-yaml-out: YAML for people, line by line.
 *
 * Each line remembers which place of another file it is from, so that what is wrong with the result
 * can be told there.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint line, column; /* 0: nowhere */
} AttestPlace;

typedef struct
{
  GString *text;
  GArray *places;    /* of AttestPlace: of each line */
  AttestPlace place; /* of the lines to come */
} AttestYamlOut;

void attest_yaml_out_init (AttestYamlOut *yaml);
void attest_yaml_out_clear (AttestYamlOut *yaml);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AttestYamlOut, attest_yaml_out_clear)

/** Appends a line, or several; no LF is needed at the end. */
void attest_yaml_put (AttestYamlOut *yaml, guint indent, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
/** A text as a value, with quotes where it needs them. */
char *attest_yaml_dup_scalar (const char *text);
/** "key: text", a long text on lines of its own; nothing for an empty one. */
void attest_yaml_put_text (AttestYamlOut *yaml, guint indent, const char *key, const char *text);
/** "key:" and its @texts (element-type utf8), a line each; nothing without any. */
void attest_yaml_put_list (AttestYamlOut *yaml, guint indent, const char *key,
                           const GPtrArray *texts);

G_END_DECLS
