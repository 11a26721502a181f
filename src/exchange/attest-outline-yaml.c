/* attest-outline-yaml: an outline as a codebook, in YAML that people can go on with.
 *
 * Each word is on a line of its own, so that what the codebook layer has to say of the result can
 * be told at the place in the file that was imported.
 */
#include <string.h>

#include "exchange/attest-exchange-private.h"

#define ALONE "code" /* dimension of the codes that are in none, as in the codebook layer */

typedef struct
{
  AttestYamlOut *yaml;
  AttestOutline *outline;
  const AttestOutlineIds *ids;
  AttestRuleStyle style;
} Writer;

/* --- codes -------------------------------------------------------------------------------- */

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The languages that rules are for. */
static void
put_languages (Writer *writer)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) langs = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < writer->outline->nodes->len; i++)
    {
      const AttestNode *node = attest_outline_node (writer->outline, i);

      for (guint k = 0; k < node->entries->len; k++)
        {
          const char *list = g_array_index (node->entries, AttestEntry, k).lang;
          g_auto (GStrv) parts = list != NULL ? g_strsplit (list, ", ", -1) : NULL;

          for (char **part = parts; part != NULL && *part != NULL; part++)
            if (!g_hash_table_contains (seen, *part))
              {
                g_ptr_array_add (langs, g_strdup (*part));
                g_hash_table_add (seen, g_ptr_array_index (langs, langs->len - 1));
              }
        }
    }
  if (langs->len == 0)
    return;
  g_ptr_array_sort (langs, compare_strings);
  g_ptr_array_add (langs, NULL);
  g_autofree char *list = g_strjoinv (", ", (char **)langs->pdata);
  attest_yaml_put (writer->yaml, 0, "languages: [%s]", list);
}

static void
put_dimensions (Writer *writer)
{
  const AttestOutlineIds *ids = writer->ids;
  gboolean is_one_alone = FALSE;

  if (ids->n_dimensions == 0)
    return;
  attest_yaml_put (writer->yaml, 0, "dimensions:");
  for (guint i = 0; i < ids->n_nodes; i++)
    {
      const AttestNode *node = attest_outline_node (writer->outline, i);
      if (ids->dimension_ids[i] != NULL)
        {
          g_autofree char *id = attest_yaml_dup_scalar (ids->dimension_ids[i]);
          g_autofree char *title = attest_yaml_dup_scalar (node->name);
          writer->yaml->place = (AttestPlace){ node->line, node->column };
          attest_yaml_put (writer->yaml, 2, "%s: {title: %s}", id, title);
        }
      is_one_alone
          = is_one_alone || (ids->code_ids[i] != NULL && ids->dimensions[i] == ATTEST_NO_NODE);
    }
  for (guint i = 0; i < ids->n_nodes; i++)
    is_one_alone = is_one_alone && g_strcmp0 (ids->dimension_ids[i], ALONE) != 0;
  if (is_one_alone)
    attest_yaml_put (writer->yaml, 2, ALONE ": {title: Code}");
}

static void
put_code (Writer *writer, guint i)
{
  const AttestNode *node = attest_outline_node (writer->outline, i);
  const AttestOutlineIds *ids = writer->ids;
  g_autofree char *id = attest_yaml_dup_scalar (ids->code_ids[i]);
  guint top = ids->dimensions[i];

  writer->yaml->place = (AttestPlace){ node->line, node->column };
  attest_yaml_put (writer->yaml, 2, "- id: %s", id);
  if (ids->n_dimensions > 0)
    {
      g_autofree char *dimension
          = attest_yaml_dup_scalar (top != ATTEST_NO_NODE ? ids->dimension_ids[top] : ALONE);
      attest_yaml_put (writer->yaml, 4, "dimension: %s", dimension);
    }
  if (strcmp (node->name, ids->code_ids[i]) != 0)
    attest_yaml_put_text (writer->yaml, 4, "name", node->name);
  const char *const texts[][2] = { { "question", node->question },
                                   { "definition", node->definition },
                                   { "include", node->include },
                                   { "exclude", node->exclude } };
  for (guint k = 0; k < G_N_ELEMENTS (texts); k++)
    if (texts[k][1] != NULL)
      attest_yaml_put_text (writer->yaml, 4, texts[k][0], texts[k][1]);
  attest_outline_put_rules (writer->yaml, node, &writer->style);
  writer->yaml->place = (AttestPlace){ node->line, node->column };
  attest_yaml_put_list (writer->yaml, 4, "examples", node->examples);
  attest_yaml_put_list (writer->yaml, 4, "counterexamples", node->counterexamples);
}

void
attest_outline_to_yaml (AttestOutline *outline, const char *comment, gboolean rule_each,
                        AttestYamlOut *out_yaml)
{
  g_auto (AttestOutlineIds) ids = { 0 };
  Writer writer = { .yaml = out_yaml,
                    .outline = outline,
                    .ids = &ids,
                    .style = { rule_each, attest_outline_is_edgeless (outline) } };

  attest_outline_ids_init (&ids, outline);
  attest_yaml_out_init (out_yaml);
  g_autofree char *id = attest_yaml_dup_scalar (outline->id);
  attest_yaml_put (out_yaml, 0, "# %s", comment);
  attest_yaml_put (out_yaml, 0, "attest: codebook/1");
  attest_yaml_put (out_yaml, 0, "id: %s", id);
  if (outline->title != NULL)
    attest_yaml_put_text (out_yaml, 0, "title", outline->title);
  put_languages (&writer);
  if (writer.style.any_edges)
    attest_yaml_put (out_yaml, 0, "word_edges: false");
  put_dimensions (&writer);
  attest_yaml_put (out_yaml, 0, "codes:");
  for (guint i = 0; i < ids.n_nodes; i++)
    if (ids.code_ids[i] != NULL)
      put_code (&writer, i);
}
