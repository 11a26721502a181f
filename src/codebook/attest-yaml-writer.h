/* attest-yaml-writer: YAML for version control, written by libyaml.
 *
 * Any text that is UTF-8 comes back as it is when the result is read by attest-yaml. Texts of
 * several lines are blocks; what other readers of YAML would take for a number, a date, true or
 * null is in quotes. libyaml writes neither comments nor characters beyond U+FFFF as they are:
 * both are put in afterwards.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _AttestYamlWriter AttestYamlWriter;

AttestYamlWriter *attest_yaml_writer_new (void);
void attest_yaml_writer_free (AttestYamlWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestYamlWriter, attest_yaml_writer_free)

void attest_yaml_writer_begin_map (AttestYamlWriter *writer);
void attest_yaml_writer_end_map (AttestYamlWriter *writer);
void attest_yaml_writer_begin_list (AttestYamlWriter *writer);
void attest_yaml_writer_end_list (AttestYamlWriter *writer);

/** A key, a value or an item. */
void attest_yaml_writer_text (AttestYamlWriter *writer, const char *text);
/** A key and its value; nothing when @text is NULL. */
void attest_yaml_writer_member (AttestYamlWriter *writer, const char *key, const char *text);

/** Puts an empty line before the line of the next text. */
void attest_yaml_writer_space (AttestYamlWriter *writer);
/** Puts a comment behind the last text, which is of one line and ends its line. Control characters
 * are made visible. */
void attest_yaml_writer_comment (AttestYamlWriter *writer, const char *comment);

/** The whole, NUL-terminated. @head: (nullable) comment lines at its top, each with "# " before it
 * and an LF behind. */
char *attest_yaml_writer_finish (AttestYamlWriter *writer, const char *head);

G_END_DECLS
