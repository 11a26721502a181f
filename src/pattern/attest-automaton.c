/* attest-automaton: see the header. */
#include "pattern/attest-automaton.h"

#include <string.h>

/* What is known of a part while the automaton is built. */
typedef struct
{
  GArray *first, *last; /* of guint */
  gboolean is_nullable;
} Part;

typedef struct
{
  const AttestRegex *regex;
  const AttestAlphabet *alphabet;
  AttestAutomatonKind kind;
  AttestAutomaton *automaton;
  AttestEffort *effort; /* (nullable) */
  gboolean failed;
} Builder;

static void build (Builder *builder, guint index, Part *out);

static void
part_init (Part *part)
{
  part->first = g_array_new (FALSE, FALSE, sizeof (guint));
  part->last = g_array_new (FALSE, FALSE, sizeof (guint));
  part->is_nullable = TRUE;
}

static void
part_clear (Part *part)
{
  g_array_unref (part->first);
  g_array_unref (part->last);
}

static void
append_all (GArray *to, const GArray *from)
{
  g_array_append_vals (to, from->data, from->len);
}

/* Two ways from one position to the next say all that more of them would. */
static void
add_way (GArray *follow, guint position)
{
  guint n = 0;

  for (guint i = 0; i < follow->len; i++)
    n += g_array_index (follow, guint, i) == position;
  if (n < 2)
    g_array_append_val (follow, position);
}

/* Every end of the one may be followed by every beginning of the other. */
static void
connect (Builder *builder, const GArray *last, const GArray *first)
{
  for (guint i = 0; i < last->len && !builder->failed; i++)
    {
      GArray *follow = g_array_index (builder->automaton->positions, AttestPosition,
                                      g_array_index (last, guint, i))
                           .follow;

      for (guint k = 0; k < first->len; k++)
        add_way (follow, g_array_index (first, guint, k));
      if (!attest_effort_spend (builder->effort, (guint64)(follow->len + 1) * first->len))
        builder->failed = TRUE;
    }
}

static void
build_position (Builder *builder, const AttestNode *node, Part *out)
{
  AttestPosition position = { .start_byte = node->start_byte, .end_byte = node->end_byte };
  guint number = builder->automaton->positions->len;

  part_init (out);
  out->is_nullable = FALSE;
  if (number == ATTEST_MAX_POSITIONS
      || !attest_alphabet_get_symbols (builder->alphabet, builder->regex, node, &position.symbols))
    {
      builder->failed = TRUE;
      return;
    }
  position.follow = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (builder->automaton->positions, position);
  g_array_append_val (out->first, number);
  g_array_append_val (out->last, number);
}

static gboolean
has_loops (const Builder *builder)
{
  return builder->kind == ATTEST_AUTOMATON_LOOPS || builder->kind == ATTEST_AUTOMATON_EDGES;
}

static void
build_edge (Builder *builder, const AttestNode *node, Part *out)
{
  AttestPosition position
      = { .start_byte = node->start_byte, .end_byte = node->end_byte, .edge = node->letter };
  guint number = builder->automaton->positions->len;

  part_init (out);
  out->is_nullable = FALSE;
  builder->failed = builder->failed || number == ATTEST_MAX_POSITIONS;
  if (builder->failed)
    return;
  position.follow = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (builder->automaton->positions, position);
  g_array_append_val (out->first, number);
  g_array_append_val (out->last, number);
}

/* Puts @next behind @part, and takes it. */
static void
concatenate (Builder *builder, Part *part, Part *next)
{
  connect (builder, part->last, next->first);
  if (part->is_nullable)
    append_all (part->first, next->first);
  if (!next->is_nullable)
    g_array_set_size (part->last, 0);
  append_all (part->last, next->last);
  part->is_nullable = part->is_nullable && next->is_nullable;
  part_clear (next);
}

/* A look-around at the outer end of the whole pattern. */
static gboolean
is_outer_look (const Builder *builder, const AttestNode *root, guint index)
{
  const AttestNode *node = attest_regex_node (builder->regex, index);

  return node->kind == ATTEST_NODE_LOOK && (index == root->first || node->next == 0);
}

static void
build_sequence (Builder *builder, const AttestNode *node, Part *out)
{
  gboolean is_root = node == attest_regex_node (builder->regex, builder->regex->root);

  part_init (out);
  for (guint i = node->first; i != 0 && !builder->failed;
       i = attest_regex_node (builder->regex, i)->next)
    {
      Part next;

      if (is_root && is_outer_look (builder, node, i))
        continue;
      build (builder, i, &next);
      concatenate (builder, out, &next);
    }
}

static void
build_choice (Builder *builder, const AttestNode *node, Part *out)
{
  part_init (out);
  out->is_nullable = FALSE;
  for (guint i = node->first; i != 0 && !builder->failed;
       i = attest_regex_node (builder->regex, i)->next)
    {
      Part next;

      build (builder, i, &next);
      append_all (out->first, next.first);
      append_all (out->last, next.last);
      out->is_nullable = out->is_nullable || next.is_nullable;
      part_clear (&next);
    }
}

static void
build_repeat (Builder *builder, const AttestNode *node, Part *out)
{
  gboolean is_loop = node->max == ATTEST_UNBOUNDED || (has_loops (builder) && node->max > 1);
  guint n = is_loop ? MAX (node->min, 1) : node->max;

  if (has_loops (builder))
    n = MIN (n, 1);
  part_init (out);
  for (guint i = 0; i < n && !builder->failed; i++)
    {
      guint n_positions = builder->automaton->positions->len;
      Part next;

      build (builder, node->first, &next);
      if (is_loop && i == n - 1)
        connect (builder, next.last, next.first);
      /* (?:x?){9}: any of the nine may be the one that is empty. */
      if (is_loop && i == n - 1 && node->max != ATTEST_UNBOUNDED && next.is_nullable)
        connect (builder, next.last, next.first);
      next.is_nullable = next.is_nullable || i >= node->min;
      concatenate (builder, out, &next);
      if (builder->automaton->positions->len == n_positions)
        break; /* nothing, however often */
    }
}

static void
build_other (Builder *builder, const AttestNode *node, Part *out)
{
  part_init (out);
  switch (node->kind)
    {
    case ATTEST_NODE_REFERENCE:
    case ATTEST_NODE_LINE_END:
      builder->failed = builder->failed || !has_loops (builder);
      break;
    case ATTEST_NODE_EDGE:
    case ATTEST_NODE_LOOK:
    case ATTEST_NODE_VERB:
    case ATTEST_NODE_DEFINE:
    default:
      /* What only narrows may be left out of what is larger. */
      builder->failed = builder->failed || builder->kind == ATTEST_AUTOMATON_EXACT;
    }
}

static void
build (Builder *builder, guint index, Part *out)
{
  const AttestNode *node = attest_regex_node (builder->regex, index);

  switch (node->kind)
    {
    case ATTEST_NODE_CHAR:
    case ATTEST_NODE_SET:
      build_position (builder, node, out);
      break;
    case ATTEST_NODE_EDGE:
      if (builder->kind == ATTEST_AUTOMATON_EDGES)
        build_edge (builder, node, out);
      else
        build_other (builder, node, out);
      break;
    case ATTEST_NODE_SEQUENCE:
      build_sequence (builder, node, out);
      break;
    case ATTEST_NODE_CHOICE:
      build_choice (builder, node, out);
      break;
    case ATTEST_NODE_REPEAT:
      builder->failed
          = builder->failed || (node->possessive && builder->kind == ATTEST_AUTOMATON_EXACT);
      build_repeat (builder, node, out);
      break;
    case ATTEST_NODE_GROUP:
      build (builder, node->first, out);
      break;
    case ATTEST_NODE_ATOMIC:
    case ATTEST_NODE_RESET:
    case ATTEST_NODE_CONDITIONAL:
      builder->failed = builder->failed || builder->kind == ATTEST_AUTOMATON_EXACT;
      build (builder, node->first, out);
      out->is_nullable = out->is_nullable || node->kind == ATTEST_NODE_CONDITIONAL;
      break;
    default:
      build_other (builder, node, out);
    }
}

static void
clear_position (gpointer data)
{
  g_array_unref (((AttestPosition *)data)->follow);
}

AttestAutomaton *
attest_automaton_new (const AttestRegex *regex, const AttestAlphabet *alphabet,
                      AttestAutomatonKind kind, AttestEffort *effort)
{
  AttestAutomaton *automaton;
  Part part;

  if (regex->reason != NULL || regex->needs_whole_text)
    return NULL;
  automaton = g_new0 (AttestAutomaton, 1);
  automaton->positions = g_array_new (FALSE, FALSE, sizeof (AttestPosition));
  g_array_set_clear_func (automaton->positions, clear_position);
  Builder builder = { regex, alphabet, kind, automaton, effort, FALSE };
  build (&builder, regex->root, &part);
  automaton->first = g_array_ref (part.first);
  automaton->is_nullable = part.is_nullable;
  for (guint i = 0; i < part.last->len && !builder.failed; i++)
    g_array_index (automaton->positions, AttestPosition, g_array_index (part.last, guint, i))
        .is_last
        = TRUE;
  part_clear (&part);
  if (!builder.failed)
    return automaton;
  attest_automaton_free (automaton);
  return NULL;
}

void
attest_automaton_free (AttestAutomaton *automaton)
{
  if (automaton == NULL)
    return;
  g_array_unref (automaton->positions);
  g_array_unref (automaton->first);
  g_free (automaton);
}

/* --- a shortest text --------------------------------------------------------------------- */

static gunichar
choose_char (const AttestAutomaton *automaton, const AttestAlphabet *alphabet, guint position)
{
  return attest_alphabet_choose_char (alphabet,
                                      &attest_automaton_position (automaton, position)->symbols);
}

/* Visits those of @next that have not been: from[] says from where; a first one from itself. */
static void
visit (const AttestAutomaton *automaton, const AttestAlphabet *alphabet, const GArray *next,
       guint at, guint *from, GArray *queue)
{
  for (guint i = 0; i < next->len; i++)
    {
      guint to = g_array_index (next, guint, i);

      if (from[to] != G_MAXUINT || choose_char (automaton, alphabet, to) == 0)
        continue;
      from[to] = at == G_MAXUINT ? to : at;
      g_array_append_val (queue, to);
    }
}

/* @goal: a position, or G_MAXUINT: any that a match may end at. */
static char *
dup_text (const AttestAutomaton *automaton, const AttestAlphabet *alphabet, guint goal)
{
  guint n = automaton->positions->len;
  g_autofree guint *from = g_new (guint, n + 1);
  g_autoptr (GArray) queue = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GString) text = g_string_new (NULL);

  memset (from, 0xff, sizeof *from * n);
  visit (automaton, alphabet, automaton->first, G_MAXUINT, from, queue);
  for (guint i = 0; i < queue->len; i++)
    {
      guint at = g_array_index (queue, guint, i);
      const AttestPosition *position = attest_automaton_position (automaton, at);

      if (goal == G_MAXUINT ? !position->is_last : at != goal)
        {
          visit (automaton, alphabet, position->follow, at, from, queue);
          continue;
        }
      for (;; at = from[at])
        {
          char utf8[8] = "";

          g_unichar_to_utf8 (choose_char (automaton, alphabet, at), utf8);
          g_string_prepend (text, utf8);
          if (from[at] == at)
            return g_string_free (g_steal_pointer (&text), FALSE);
        }
    }
  return NULL;
}

char *
attest_automaton_dup_text (const AttestAutomaton *automaton, const AttestAlphabet *alphabet)
{
  return automaton->is_nullable ? g_strdup ("") : dup_text (automaton, alphabet, G_MAXUINT);
}

char *
attest_automaton_dup_text_to (const AttestAutomaton *automaton, const AttestAlphabet *alphabet,
                              guint position)
{
  return dup_text (automaton, alphabet, position);
}
