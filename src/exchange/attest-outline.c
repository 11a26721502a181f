/* attest-outline: categories in categories, with words: what all formats have in common. */
#include <string.h>

#include "exchange/attest-exchange-private.h"
#include "util/attest-text.h"

#define MAX_MESSAGE_COLUMNS 300

static void
clear_entry (gpointer data)
{
  AttestEntry *entry = data;

  g_free (entry->text);
  g_free (entry->rule);
  g_free (entry->lang);
}

static void
clear_node (gpointer data)
{
  AttestNode *node = data;

  g_free (node->name);
  g_free (node->id);
  g_free (node->guid);
  g_free (node->question);
  g_free (node->definition);
  g_free (node->include);
  g_free (node->exclude);
  g_ptr_array_unref (node->examples);
  g_ptr_array_unref (node->counterexamples);
  g_array_unref (node->entries);
}

static void
clear_loss (gpointer data)
{
  AttestLoss *loss = data;

  g_free (loss->code);
  g_free (loss->message);
}

AttestOutline *
attest_outline_new (void)
{
  AttestOutline *outline = g_new0 (AttestOutline, 1);

  outline->nodes = g_array_new (FALSE, TRUE, sizeof (AttestNode));
  g_array_set_clear_func (outline->nodes, clear_node);
  outline->losses = g_array_new (FALSE, TRUE, sizeof (AttestLoss));
  g_array_set_clear_func (outline->losses, clear_loss);
  outline->children = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return outline;
}

void
attest_outline_free (AttestOutline *outline)
{
  if (outline == NULL)
    return;
  g_free (outline->id);
  g_free (outline->title);
  g_array_unref (outline->nodes);
  g_array_unref (outline->losses);
  g_hash_table_unref (outline->children);
  g_free (outline);
}

AttestNode *
attest_outline_node (const AttestOutline *outline, guint node)
{
  return &g_array_index (outline->nodes, AttestNode, node);
}

static char *
dup_child_key (guint parent, const char *name)
{
  g_autofree char *stripped = g_strstrip (g_strdup (name));

  return g_strdup_printf ("%u %s", parent, stripped);
}

guint
attest_outline_find_child (const AttestOutline *outline, guint parent, const char *name)
{
  g_autofree char *key = dup_child_key (parent, name);
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (outline->children, key));

  return found > 0 ? found - 1 : ATTEST_NO_NODE;
}

guint
attest_outline_add_node (AttestOutline *outline, guint parent, const char *name, guint line,
                         guint column)
{
  AttestNode node = { .parent = parent, .line = line, .column = column };

  node.name = g_strstrip (g_strdup (name));
  node.entries = g_array_new (FALSE, TRUE, sizeof (AttestEntry));
  g_array_set_clear_func (node.entries, clear_entry);
  node.examples = g_ptr_array_new_with_free_func (g_free);
  node.counterexamples = g_ptr_array_new_with_free_func (g_free);
  if (parent != ATTEST_NO_NODE)
    attest_outline_node (outline, parent)->n_children++;
  g_array_append_val (outline->nodes, node);
  if (attest_outline_find_child (outline, parent, name) == ATTEST_NO_NODE)
    g_hash_table_insert (outline->children, dup_child_key (parent, name),
                         GUINT_TO_POINTER (outline->nodes->len));
  return outline->nodes->len - 1;
}

AttestEntry *
attest_outline_add_entry (AttestOutline *outline, guint node, AttestEntryKind kind, char *text,
                          guint line, guint column)
{
  AttestNode *owner = attest_outline_node (outline, node);
  AttestEntry entry = { .kind = kind,
                        .text = text,
                        .weight = 1.0,
                        .max_words = ATTEST_ANY_DISTANCE,
                        .line = line,
                        .column = column };

  owner->is_code = TRUE;
  g_array_append_val (owner->entries, entry);
  return &g_array_index (owner->entries, AttestEntry, owner->entries->len - 1);
}

void
attest_outline_lose (AttestOutline *outline, AttestLossKind kind, const char *what, guint line,
                     guint column, const char *code, const char *format, ...)
{
  AttestLoss loss = { .kind = kind, .what = what, .line = line, .column = column };
  va_list args;

  va_start (args, format);
  g_autofree char *message = g_strdup_vprintf (format, args);
  va_end (args);
  loss.code = g_strdup (code);
  loss.message = attest_text_printable (message, strlen (message), MAX_MESSAGE_COLUMNS);
  g_array_append_val (outline->losses, loss);
}

const char *
attest_loss_kind_to_string (AttestLossKind kind)
{
  return kind == ATTEST_LOSS_DROPPED ? "dropped" : "changed";
}
