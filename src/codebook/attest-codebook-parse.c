/* attest-codebook-parse: the top of a codebook, its dimensions and its codes.
 *
 * Each map of the format is a table of keys, in the order in which they are read: what others refer
 * to (languages, dimensions, fragments) comes before codes, wherever it stands in the file. An
 * error never stops the reading, so that all are found in one go; a codebook with one is then
 * dropped.
 *
 * The code that is being read is the last of the array; it is addressed by a pointer only while no
 * other code is added.
 */
#include <string.h>

#include "codebook/attest-codebook-private.h"
#include "util/attest-error.h"
#include "util/attest-limits.h"

#define DEFAULT_DIMENSION "code"

static AttestLocalText *
new_local_text (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* The keys of a code. */

void
attest_codebook_read_code_id (AttestCodebookParser *parser, const AttestYaml *value,
                              AttestCode *code, const char *what)
{
  g_autofree char *the_id = g_strdup_printf ("the id of a %s", what);

  code->id = attest_codebook_read_id (parser, value, the_id, TRUE);
  if (code->id == NULL)
    return;
  parser->code_id = code->id;
  if (!attest_codebook_index_code (parser->codebook, code->id))
    {
      int other = attest_codebook_find_code (parser->codebook, code->id);
      attest_codebook_complain (parser, value, "duplicate-id",
                                "%s '%s' is there twice: the first is in line %u", what, code->id,
                                attest_codebook_code (parser->codebook, (guint)other)->line);
    }
}

static void
read_code_id (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  attest_codebook_read_code_id (parser, value, target, "code");
}

static void
read_code_dimension (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  AttestCode *code = target;
  const AttestCodebook *codebook = parser->codebook;
  g_autofree char *id = attest_codebook_read_text (parser, value, "a dimension");

  if (id == NULL)
    return;
  int found = attest_codebook_find_dimension (codebook, id);
  if (found >= 0)
    {
      code->dimension = (guint)found;
      return;
    }
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (guint i = 0; i < codebook->dimensions->len; i++)
    g_ptr_array_add (names, attest_codebook_dimension (codebook, i)->id);
  g_ptr_array_add (names, NULL);
  const char *nearest = attest_codebook_nearest (id, (const char *const *)names->pdata);
  if (nearest != NULL)
    attest_codebook_complain (parser, value, "unknown-dimension",
                              "unknown dimension '%s': did you mean '%s'?", id, nearest);
  else
    attest_codebook_complain (parser, value, "unknown-dimension",
                              "unknown dimension '%s': add it under dimensions", id);
}

static void
read_code_name (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  attest_codebook_read_local_text (parser, value, "a name", ((AttestCode *)target)->name);
}

static void
read_code_question (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  attest_codebook_read_text_into (parser, value, "a question", &((AttestCode *)target)->question);
}

static void
read_code_definition (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  attest_codebook_read_text_into (parser, value, "a definition",
                                  &((AttestCode *)target)->definition);
}

static void
read_code_include (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  attest_codebook_read_text_into (parser, value, "'include'", &((AttestCode *)target)->include);
}

static void
read_code_exclude (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  attest_codebook_read_text_into (parser, value, "'exclude'", &((AttestCode *)target)->exclude);
}

static void
read_confusion_with (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  attest_codebook_read_text_into (parser, value, "the id of a code",
                                  &((AttestConfusion *)target)->with);
  if (value->kind == ATTEST_YAML_SCALAR)
    g_ptr_array_add (parser->mentions, (gpointer)value);
}

static void
read_confusion_rule (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  attest_codebook_read_text_into (parser, value, "a rule for coders",
                                  &((AttestConfusion *)target)->rule);
}

static const AttestCodebookKey confusion_keys[] = {
  { "with", TRUE, read_confusion_with },
  { "rule", TRUE, read_confusion_rule },
  { NULL },
};

static void
read_confusion (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  AttestConfusion confusion = { 0 };

  attest_codebook_read_map (parser, value, confusion_keys, "a confusion", &confusion);
  g_array_append_val (((AttestCode *)target)->confusions, confusion);
}

static void
read_code_confusions (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  attest_codebook_read_each (parser, value, read_confusion, target);
}

static void
read_code_min_weight (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  ((AttestCode *)target)->min_weight = attest_codebook_read_weight (parser, value);
}

static const AttestCodebookKey code_keys[] = {
  { "id", TRUE, read_code_id },
  { "dimension", FALSE, read_code_dimension },
  { "name", FALSE, read_code_name },
  { "question", FALSE, read_code_question },
  { "definition", FALSE, read_code_definition },
  { "include", FALSE, read_code_include },
  { "exclude", FALSE, read_code_exclude },
  { "confusions", FALSE, read_code_confusions },
  { "asked", FALSE, attest_codebook_read_asked },
  { "min_weight", FALSE, read_code_min_weight },
  { "stop", FALSE, attest_codebook_read_stop },
  { "requires", FALSE, attest_codebook_read_requires },
  { "excludes", FALSE, attest_codebook_read_excludes },
  { "rules", TRUE, attest_codebook_read_rules },
  { "examples", FALSE, attest_codebook_read_examples },
  { "counterexamples", FALSE, attest_codebook_read_counterexamples },
  { NULL },
};

void
attest_codebook_add_dimension (AttestCodebook *codebook, const char *id, const char *title)
{
  AttestDimension dimension = { .id = g_strdup (id), .title = new_local_text () };

  g_hash_table_insert (dimension.title, g_strdup (""), g_strdup (title));
  g_array_append_val (codebook->dimensions, dimension);
}

/* The dimension of codes that name none. */
static guint
default_dimension (AttestCodebook *codebook)
{
  int found = attest_codebook_find_dimension (codebook, DEFAULT_DIMENSION);

  if (found >= 0)
    return (guint)found;
  if (codebook->dimensions->len == 1)
    return 0;
  attest_codebook_add_dimension (codebook, DEFAULT_DIMENSION, "Code");
  return codebook->dimensions->len - 1;
}

AttestCode *
attest_codebook_add_code (AttestCodebookParser *parser, const AttestYaml *value)
{
  AttestCodebook *codebook = parser->codebook;
  AttestCode *code;

  g_array_set_size (codebook->codes, codebook->codes->len + 1);
  code = attest_codebook_code (codebook, codebook->codes->len - 1);
  code->name = new_local_text ();
  code->confusions = attest_codebook_new_confusions ();
  code->examples = attest_codebook_new_examples ();
  attest_yaml_place (parser->yaml, value->start_byte, &code->line, &code->column);
  return code;
}

void
attest_codebook_name_code (AttestCode *code)
{
  if (code->id != NULL && g_hash_table_size (code->name) == 0)
    g_hash_table_insert (code->name, g_strdup (""), g_strdup (code->id));
}

static void
read_code (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  AttestCode *code = attest_codebook_add_code (parser, value);

  code->dimension = G_MAXUINT;
  parser->code_id = "?";
  attest_codebook_read_map (parser, value, code_keys, "a code", code);
  parser->code_id = NULL;
  if (code->dimension == G_MAXUINT)
    code->dimension = default_dimension (parser->codebook);
  attest_codebook_name_code (code);
}

/* The keys of the file. */

static void
read_dimension_title (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  attest_codebook_read_local_text (parser, value, "a title", ((AttestDimension *)target)->title);
}

static const AttestCodebookKey dimension_keys[] = {
  { "title", FALSE, read_dimension_title },
  { NULL },
};

static void
read_dimension (AttestCodebookParser *parser, const AttestYaml *key, const AttestYaml *value)
{
  AttestCodebook *codebook = parser->codebook;
  AttestDimension dimension = { 0 };

  dimension.id = attest_codebook_read_id (parser, key, "the id of a dimension", TRUE);
  if (dimension.id == NULL)
    return;
  if (attest_codebook_find_dimension (codebook, dimension.id) >= 0)
    {
      attest_codebook_complain (parser, key, "duplicate-id", "dimension '%s' is there twice",
                                dimension.id);
      g_free (dimension.id);
      return;
    }
  dimension.title = new_local_text ();
  if (value->kind == ATTEST_YAML_MAP)
    attest_codebook_read_map (parser, value, dimension_keys, "a dimension", &dimension);
  else if (!attest_yaml_is_blank (value))
    attest_codebook_read_local_text (parser, value, "a title", dimension.title);
  if (g_hash_table_size (dimension.title) == 0)
    g_hash_table_insert (dimension.title, g_strdup (""), g_strdup (dimension.id));
  g_array_append_val (codebook->dimensions, dimension);
}

static void
read_dimensions (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  if (value->kind != ATTEST_YAML_MAP)
    {
      attest_codebook_complain (parser, value, "type",
                                "dimensions are a map of ids and titles: 'theme: {title: Theme}'");
      return;
    }
  if (value->items->len / 2 > ATTEST_MAX_DIMENSIONS)
    {
      attest_codebook_complain (parser, value, "limit", "more than %d dimensions",
                                ATTEST_MAX_DIMENSIONS);
      return;
    }
  for (guint i = 0; i + 1 < value->items->len; i += 2)
    read_dimension (parser, g_ptr_array_index (value->items, i),
                    g_ptr_array_index (value->items, i + 1));
}

static void
read_codes (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  if (value->kind != ATTEST_YAML_LIST || value->items->len == 0)
    {
      attest_codebook_complain (parser, value, "type",
                                "codes are a list: begin each code with '- id: …'");
      return;
    }
  attest_codebook_read_each (parser, value, read_code, target);
}

static const AttestCodebookKey file_keys[] = {
  { "attest", FALSE, attest_codebook_read_format },
  { "id", TRUE, attest_codebook_read_file_id },
  { "version", FALSE, attest_codebook_read_version },
  { "title", FALSE, attest_codebook_read_title },
  { "languages", FALSE, attest_codebook_read_languages },
  { "word_edges", FALSE, attest_codebook_read_word_edges },
  { "dimensions", FALSE, read_dimensions },
  { "fragments", FALSE, attest_codebook_read_fragments },
  { "codes", TRUE, read_codes },
  { NULL },
};

/* Codes may name codes that come later. */
static void
finish (AttestCodebookParser *parser, gpointer target)
{
  for (guint i = 0; i < parser->mentions->len; i++)
    {
      const AttestYaml *node = g_ptr_array_index (parser->mentions, i);
      if (attest_codebook_find_code (parser->codebook, node->text) < 0)
        attest_codebook_complain_unknown_code (parser, node);
    }
  attest_codebook_resolve_links (parser);
}

static const AttestCodebookFormat format = {
  .name = "codebook/1",
  .noun = "codebook",
  .keys = file_keys,
  .finish = finish,
};

AttestCodebook *
attest_codebook_parse (const char *path, const char *text, gsize length_bytes, GArray *problems,
                       GError **error)
{
  g_autoptr (AttestCodebook) codebook = attest_codebook_new (path, text, length_bytes);

  return attest_codebook_parse_as (codebook, &format, NULL, problems, error)
             ? g_steal_pointer (&codebook)
             : NULL;
}
