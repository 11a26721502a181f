#include "pattern/attest-alternatives.h"

#include <string.h>

#include "pattern/attest-pattern-private.h"
#include "pattern/attest-regex.h"
#include "util/attest-limits.h"

typedef struct
{
  guint32 start_byte, end_byte;
  guint group; /* that captures it */
} Alternative;

struct _AttestAlternatives
{
  char *body;
  GArray *items; /* of Alternative, by start */
  AttestPattern *pattern;
};

/* Groups of their own would move the numbers of others, or keep a switch such as (?i) to
 * themselves. */
static gboolean
can_be_added_to (const AttestRegex *regex)
{
  if (regex->reason != NULL || regex->needs_whole_text || regex->has_switches)
    return FALSE;
  for (guint i = 1; i < regex->nodes->len; i++)
    if (attest_regex_node (regex, i)->kind == ATTEST_NODE_REFERENCE)
      return FALSE;
  return TRUE;
}

static void
collect (const AttestRegex *regex, guint index, GArray *items)
{
  const AttestNode *node = attest_regex_node (regex, index);

  if (node->kind == ATTEST_NODE_LOOK || node->kind == ATTEST_NODE_CONDITIONAL
      || node->kind == ATTEST_NODE_DEFINE || node->kind == ATTEST_NODE_RESET)
    return;
  for (guint i = node->first; i != 0; i = attest_regex_node (regex, i)->next)
    {
      const AttestNode *child = attest_regex_node (regex, i);
      Alternative item = { child->start_byte, child->end_byte, 0 };

      if (node->kind == ATTEST_NODE_CHOICE)
        g_array_append_val (items, item);
      collect (regex, i, items);
    }
}

/* The groups of the pattern itself count, too. */
static void
number_groups (const AttestRegex *regex, GArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      Alternative *item = &g_array_index (items, Alternative, i);

      item->group = i + 1;
      for (guint k = 1; k < regex->nodes->len; k++)
        {
          const AttestNode *node = attest_regex_node (regex, k);

          if (node->kind == ATTEST_NODE_GROUP && node->captures
              && node->start_byte < item->start_byte)
            item->group++;
        }
    }
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Alternative *x = a, *y = b;

  return x->start_byte < y->start_byte ? -1 : x->start_byte > y->start_byte;
}

static char *
add_groups (const char *body, const GArray *items)
{
  GString *out = g_string_new (NULL);
  gsize length_bytes = strlen (body);

  for (guint32 at = 0; at <= length_bytes; at++)
    {
      /* Those that end here before those that begin: "|" stands between them, but for empty ones.
       */
      for (guint i = 0; i < items->len; i++)
        {
          const Alternative *item = &g_array_index (items, Alternative, i);

          if (item->end_byte == at && item->start_byte < at)
            g_string_append_c (out, ')');
        }
      for (guint i = 0; i < items->len; i++)
        {
          const Alternative *item = &g_array_index (items, Alternative, i);

          if (item->start_byte == at)
            g_string_append (out, item->end_byte == at ? "()" : "(");
        }
      if (at < length_bytes)
        g_string_append_c (out, body[at]);
    }
  return g_string_free (out, FALSE);
}

AttestAlternatives *
attest_alternatives_new (const char *body, AttestPatternFlags flags)
{
  g_autoptr (AttestRegex) regex = attest_regex_parse (body);
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Alternative));
  gsize unused;

  if (!can_be_added_to (regex))
    return NULL;
  collect (regex, regex->root, items);
  if (items->len == 0)
    return NULL;
  g_array_sort (items, compare_places);
  number_groups (regex, items);
  g_autofree char *with_groups = add_groups (body, items);
  AttestPattern *pattern = attest_pattern_new (with_groups, flags, &unused, NULL);
  if (pattern == NULL)
    return NULL;

  AttestAlternatives *alternatives = g_new0 (AttestAlternatives, 1);
  alternatives->body = g_strdup (body);
  alternatives->items = g_steal_pointer (&items);
  alternatives->pattern = pattern;
  return alternatives;
}

void
attest_alternatives_free (AttestAlternatives *alternatives)
{
  if (alternatives == NULL)
    return;
  g_free (alternatives->body);
  g_array_unref (alternatives->items);
  attest_pattern_unref (alternatives->pattern);
  g_free (alternatives);
}

guint
attest_alternatives_get_count (const AttestAlternatives *alternatives)
{
  return alternatives->items->len;
}

const char *
attest_alternatives_get_text (const AttestAlternatives *alternatives, guint i,
                              gsize *out_length_bytes)
{
  const Alternative *item = &g_array_index (alternatives->items, Alternative, i);

  *out_length_bytes = item->end_byte - item->start_byte;
  return alternatives->body + item->start_byte;
}

void
attest_alternatives_note (const AttestAlternatives *alternatives, const char *text,
                          gsize length_bytes, gsize start_byte, gboolean *reached)
{
  const pcre2_code *code = attest_pattern_get_code (alternatives->pattern);
  pcre2_match_data *data = pcre2_match_data_create_from_pattern (code, NULL);
  pcre2_match_context *context = pcre2_match_context_create (NULL);

  g_assert (data != NULL && context != NULL); /* as GLib: no memory, no work */
  pcre2_set_match_limit (context, ATTEST_MAX_MATCH_CALLS);
  pcre2_set_heap_limit (context, ATTEST_MATCH_HEAP_KIB);
  int rc = pcre2_match (code, (PCRE2_SPTR)text, length_bytes, start_byte,
                        PCRE2_ANCHORED | PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, data, context);
  const PCRE2_SIZE *spans = pcre2_get_ovector_pointer (data);
  for (guint i = 0; i < alternatives->items->len && rc > 0; i++)
    {
      guint group = g_array_index (alternatives->items, Alternative, i).group;

      if (group < (guint)rc && spans[2 * group] != PCRE2_UNSET)
        reached[i] = TRUE;
    }
  pcre2_match_data_free (data);
  pcre2_match_context_free (context);
}
