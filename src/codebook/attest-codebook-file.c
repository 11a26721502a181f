/* attest-codebook-file: a YAML file of rules, from its bytes to what its keys say, and the keys
 * that codebooks and guides have in common. */
#include <string.h>

#include "codebook/attest-codebook-private.h"
#include "util/attest-limits.h"

void
attest_codebook_read_format (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  const AttestCodebookFormat *format = parser->format;
  gboolean is_text = value->kind == ATTEST_YAML_SCALAR;

  if (is_text && strcmp (value->text, format->name) == 0)
    return;
  gsize prefix_bytes = (gsize)(strchr (format->name, '/') + 1 - format->name);
  if (is_text && strncmp (value->text, format->name, prefix_bytes) == 0)
    attest_codebook_complain (parser, value, "format",
                              "this attest reads %s, not %s: a newer one may", format->name,
                              value->text);
  else
    attest_codebook_complain (parser, value, "format", "no %s: write 'attest: %s'", format->noun,
                              format->name);
}

void
attest_codebook_read_file_id (AttestCodebookParser *parser, const AttestYaml *value,
                              gpointer target)
{
  g_autofree char *what = g_strdup_printf ("the id of a %s", parser->format->noun);

  parser->codebook->id = attest_codebook_read_id (parser, value, what, TRUE);
}

void
attest_codebook_read_version (AttestCodebookParser *parser, const AttestYaml *value,
                              gpointer target)
{
  char **version = &parser->codebook->version;

  attest_codebook_read_text_into (parser, value, "a version", version);
  /* It stands in lines of its own and in names of columns. */
  for (const char *p = *version; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      {
        attest_codebook_complain (parser, value, "version",
                                  "a version is one line without control characters");
        return;
      }
}

void
attest_codebook_read_title (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  attest_codebook_read_text_into (parser, value, "a title", &parser->codebook->title);
}

void
attest_codebook_read_languages (AttestCodebookParser *parser, const AttestYaml *value,
                                gpointer target)
{
  parser->codebook->langs = attest_codebook_read_langs (parser, value);
}

void
attest_codebook_read_word_edges (AttestCodebookParser *parser, const AttestYaml *value,
                                 gpointer target)
{
  parser->word_edges = attest_codebook_read_bool (parser, value, TRUE);
}

AttestYamlFile *
attest_codebook_read_yaml (AttestCodebookParser *parser)
{
  const AttestCodebook *codebook = parser->codebook;
  AttestProblem fatal = { .severity = ATTEST_SEVERITY_ERROR, .check = "yaml" };
  g_autoptr (AttestYamlFile) yaml = NULL;
  g_autoptr (GError) yaml_error = NULL;

  if (codebook->length_bytes > ATTEST_MAX_CODEBOOK_BYTES)
    {
      fatal.check = "limit";
      fatal.message = g_strdup_printf ("the %s is larger than %u bytes: split it",
                                       parser->format->noun, ATTEST_MAX_CODEBOOK_BYTES);
    }
  else
    {
      yaml = attest_yaml_parse (codebook->text, codebook->length_bytes, &fatal.line, &fatal.column,
                                &yaml_error);
      if (yaml == NULL)
        fatal.message = g_strdup (yaml_error->message);
      else if (attest_yaml_file_root (yaml) == NULL)
        fatal.message = g_strdup ("the file is empty");
    }
  if (fatal.message == NULL)
    return g_steal_pointer (&yaml);
  parser->n_errors++;
  g_array_append_val (parser->problems, fatal);
  return NULL;
}

gboolean
attest_codebook_parse_as (AttestCodebook *codebook, const AttestCodebookFormat *format,
                          gpointer target, GArray *problems, GError **error)
{
  g_autoptr (GArray) found = attest_problems_new ();
  g_autoptr (GHashTable) fragments = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) rule_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) mentions = g_ptr_array_new ();
  g_autoptr (GArray) links = attest_codebook_new_links ();
  AttestCodebookParser parser = { .codebook = codebook,
                                  .format = format,
                                  .problems = found,
                                  .fragments = fragments,
                                  .rule_ids = rule_ids,
                                  .mentions = mentions,
                                  .links = links,
                                  .word_edges = TRUE };
  g_autofree char *what = g_strdup_printf ("a %s", format->noun);
  g_autoptr (AttestYamlFile) yaml = attest_codebook_read_yaml (&parser);

  if (yaml != NULL)
    {
      parser.yaml = yaml;
      attest_codebook_read_map (&parser, attest_yaml_file_root (yaml), format->keys, what, target);
      if (format->finish != NULL)
        format->finish (&parser, target);
    }
  attest_codebook_hand_over_problems (&parser, problems, error);
  return parser.n_errors == 0;
}
