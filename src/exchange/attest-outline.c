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
  g_free (outline);
}

AttestNode *
attest_outline_node (const AttestOutline *outline, guint node)
{
  return &g_array_index (outline->nodes, AttestNode, node);
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
  return outline->nodes->len - 1;
}

AttestEntry *
attest_outline_add_entry (AttestOutline *outline, guint node, AttestEntryKind kind, char *text,
                          guint line, guint column)
{
  AttestNode *owner = attest_outline_node (outline, node);
  AttestEntry entry = { .kind = kind, .text = text, .weight = 1.0, .line = line, .column = column };

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
