/* attest-relax: see the header. */
#include "pattern/attest-relax.h"

#include "pattern/attest-facts-private.h"

/* What is known of the tree. */
typedef struct
{
  const AttestRegex *regex;
  const char *reason; /* (nullable) set: refused */
} Relaxer;

static void relax (Relaxer *relaxer, guint index, AttestFacts *out);

static void
relax_char (const AttestNode *node, AttestFacts *out)
{
  gunichar c = node->c;

  /* Text with one of these never comes here, but text with the letters that they equal does. */
  if (c == ATTEST_LONG_S || c == ATTEST_KELVIN)
    c = c == ATTEST_LONG_S ? 's' : 'k';
  attest_facts_init_char (out, attest_char_fold (c));
}

static void
relax_set (Relaxer *relaxer, const AttestNode *node, AttestFacts *out)
{
  const AttestCharSet *set = &g_array_index (relaxer->regex->sets, AttestCharSet, node->set);
  AttestAsciiSet ascii = { { set->may[0], set->may[1] } };
  guint n_wide = set->wide != NULL ? set->wide->len : 0;

  if ((set->may[0] | set->may[1]) == 0 && n_wide == 0 && !set->all_wide)
    relaxer->reason = "it has an empty class";
  attest_facts_init_set (out, &ascii,
                         n_wide > 0 ? (const guint32 *)(gpointer)set->wide->data : NULL, n_wide,
                         set->all_wide);
}

/* \R: one of \v, or two for CR and LF. */
static void
relax_line_end (AttestFacts *out)
{
  AttestAsciiSet ascii = { { 0, 0 } };

  attest_char_set_escape ('v', ascii.bits);
  attest_facts_init_set (out, &ascii, NULL, 0, TRUE);
  attest_facts_repeat (out, 1, 2);
}

static void
relax_choice (Relaxer *relaxer, const AttestNode *node, AttestFacts *out)
{
  relax (relaxer, node->first, out);
  for (guint i = attest_regex_node (relaxer->regex, node->first)->next; i != 0;
       i = attest_regex_node (relaxer->regex, i)->next)
    {
      AttestFacts other;

      relax (relaxer, i, &other);
      attest_facts_take_alternative (out, &other);
    }
}

static void
take_repeated (AttestSequence *sequence, AttestFacts *item, guint min, guint max)
{
  if (item->is_finite && min > 0 && max > min)
    {
      /* What must be there is one text with what stands before it. */
      AttestFacts must = *item;

      attest_facts_repeat (&must, min, min);
      attest_sequence_take (sequence, &must);
      max = max == ATTEST_UNBOUNDED ? max : max - min;
      min = 0;
    }
  attest_facts_repeat (item, min, max);
  attest_sequence_take (sequence, item);
}

static void
relax_sequence (Relaxer *relaxer, const AttestNode *node, AttestFacts *out)
{
  AttestSequence sequence;

  attest_sequence_init (&sequence);
  for (guint i = node->first; i != 0; i = attest_regex_node (relaxer->regex, i)->next)
    {
      const AttestNode *child = attest_regex_node (relaxer->regex, i);
      gboolean repeats = child->kind == ATTEST_NODE_REPEAT;
      AttestFacts item;

      relax (relaxer, repeats ? child->first : i, &item);
      take_repeated (&sequence, &item, repeats ? child->min : 1, repeats ? child->max : 1);
    }
  attest_sequence_finish (&sequence, out);
}

static void
relax_conditional (Relaxer *relaxer, const AttestNode *node, AttestFacts *out)
{
  AttestFacts nothing;

  attest_facts_init_empty (&nothing);
  relax (relaxer, node->first, out);
  attest_facts_take_alternative (out, &nothing);
}

static void
relax (Relaxer *relaxer, guint index, AttestFacts *out)
{
  const AttestNode *node = attest_regex_node (relaxer->regex, index);

  switch (node->kind)
    {
    case ATTEST_NODE_CHAR:
      relax_char (node, out);
      break;
    case ATTEST_NODE_SET:
      relax_set (relaxer, node, out);
      break;
    case ATTEST_NODE_SEQUENCE:
      relax_sequence (relaxer, node, out);
      break;
    case ATTEST_NODE_CHOICE:
      relax_choice (relaxer, node, out);
      break;
    case ATTEST_NODE_REPEAT:
      relax (relaxer, node->first, out);
      attest_facts_repeat (out, node->min, node->max);
      break;
    case ATTEST_NODE_GROUP:
    case ATTEST_NODE_ATOMIC:
    case ATTEST_NODE_RESET:
      relax (relaxer, node->first, out);
      break;
    case ATTEST_NODE_CONDITIONAL:
      relax_conditional (relaxer, node, out);
      break;
    case ATTEST_NODE_REFERENCE:
      attest_facts_init_any (out);
      break;
    case ATTEST_NODE_LINE_END:
      relax_line_end (out);
      break;
    case ATTEST_NODE_LOOK: /* an assertion only narrows */
    case ATTEST_NODE_DEFINE:
    case ATTEST_NODE_EDGE:
    case ATTEST_NODE_VERB:
    default:
      attest_facts_init_empty (out);
    }
}

AttestRelaxed *
attest_relax_pattern (const char *body)
{
  g_autoptr (AttestRegex) regex = attest_regex_parse (body);
  AttestRelaxed *relaxed = g_new0 (AttestRelaxed, 1);
  Relaxer relaxer = { regex, regex->reason };
  AttestFacts facts;

  if (regex->reason == NULL)
    relax (&relaxer, regex->root, &facts);
  else
    attest_facts_init_any (&facts);
  relaxed->reason = relaxer.reason;
  relaxed->needs_whole_text = regex->needs_whole_text;
  if (relaxed->reason == NULL)
    relaxed->needles = attest_facts_steal_needles (&facts, &relaxed->reason);
  attest_facts_clear (&facts);
  return relaxed;
}

void
attest_relaxed_free (AttestRelaxed *relaxed)
{
  if (relaxed == NULL)
    return;
  g_clear_pointer (&relaxed->needles, g_array_unref);
  g_free (relaxed);
}
