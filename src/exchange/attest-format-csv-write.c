/* attest-format-csv-write: a codebook as a table with a row for each word or pattern. */
#include <string.h>

#include "exchange/attest-format-csv-private.h"
#include "util/attest-csv.h"

static const char *
own_id (const AttestNode *node)
{
  return node->id != NULL ? node->id : node->name;
}

static void
write_row (GString *out, const char *const cells[N_WRITTEN])
{
  for (guint i = 0; i < N_WRITTEN; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      attest_csv_append_cell (out, cells[i]);
    }
  g_string_append (out, "\r\n");
}

static void
write_entry (const AttestEntry *entry, const char **cells, GString *out)
{
  char weight[G_ASCII_DTOSTR_BUF_SIZE];
  gboolean is_glob = entry->kind == ATTEST_ENTRY_GLOB;
  g_autofree char *words = is_glob ? attest_glob_to_text (entry->text) : NULL;

  g_autofree char *use
      = entry->condition > 1
            ? g_strdup_printf ("%s %u", attest_entry_use_to_string (entry->use), entry->condition)
            : g_strdup (attest_entry_use_to_string (entry->use));
  g_autofree char *within
      = entry->max_words != ATTEST_ANY_DISTANCE ? g_strdup_printf ("%u", entry->max_words) : NULL;
  g_autofree char *unit = !entry->has_unit ? NULL
                          : entry->unit.kind == ATTEST_UNIT_WINDOW
                              ? g_strdup_printf ("window %u", entry->unit.sentences)
                              : attest_unit_dup_text (&entry->unit);

  cells[COLUMN_RULE] = entry->rule;
  cells[COLUMN_USE] = use;
  cells[COLUMN_WITHIN] = within;
  cells[COLUMN_UNIT] = unit;
  cells[COLUMN_KIND] = is_glob ? WORDS : entry->any_edges ? INSIDE : REGEX;
  cells[COLUMN_TEXT] = is_glob ? words : entry->text;
  cells[COLUMN_WEIGHT] = g_ascii_formatd (weight, sizeof weight, "%.10g", entry->weight);
  cells[COLUMN_LANG] = entry->lang;
  write_row (out, cells);
}

static void
write_examples (const GPtrArray *examples, const char *use, const char **cells, GString *out)
{
  for (guint i = COLUMN_RULE; i < N_WRITTEN; i++)
    cells[i] = NULL;
  cells[COLUMN_USE] = use;
  for (guint i = 0; i < examples->len; i++)
    {
      cells[COLUMN_TEXT] = g_ptr_array_index (examples, i);
      write_row (out, cells);
    }
}

/* Its texts stand in its first row only. */
static void
write_code (const AttestOutline *outline, const AttestNode *node, GString *out)
{
  const char *cells[N_WRITTEN] = { NULL };
  gsize start_byte = out->len;

  if (node->parent != ATTEST_NO_NODE)
    {
      const AttestNode *parent = attest_outline_node (outline, node->parent);
      cells[COLUMN_DIMENSION] = own_id (parent);
      cells[COLUMN_DIMENSION_TITLE] = parent->name;
    }
  cells[COLUMN_CODE] = own_id (node);
  cells[COLUMN_NAME] = strcmp (node->name, own_id (node)) != 0 ? node->name : NULL;
  cells[COLUMN_DEFINITION] = node->definition;
  cells[COLUMN_QUESTION] = node->question;
  cells[COLUMN_INCLUDE] = node->include;
  cells[COLUMN_EXCLUDE] = node->exclude;
  for (guint i = 0; i < node->entries->len; i++)
    {
      write_entry (&g_array_index (node->entries, AttestEntry, i), cells, out);
      for (guint k = COLUMN_NAME; k <= COLUMN_EXCLUDE; k++)
        cells[k] = NULL;
    }
  if (out->len == start_byte)
    {
      write_row (out, cells);
      for (guint k = COLUMN_NAME; k <= COLUMN_EXCLUDE; k++)
        cells[k] = NULL;
    }
  write_examples (node->examples, EXAMPLE, cells, out);
  write_examples (node->counterexamples, COUNTEREXAMPLE, cells, out);
}

void
attest_format_csv_write (const AttestOutline *outline, GString *out)
{
  const char *cells[N_WRITTEN];

  for (guint i = 0; i < N_WRITTEN; i++)
    cells[i] = attest_csv_headings[i][0];
  write_row (out, cells);
  for (guint i = 0; i < outline->nodes->len; i++)
    if (attest_outline_node (outline, i)->is_code)
      write_code (outline, attest_outline_node (outline, i), out);
}
