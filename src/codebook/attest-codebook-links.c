/* attest-codebook-links: codes that require or exclude other codes.
 *
 * Whether a segment stands may depend on the segments of other codes, and these on others again. So
 * that the answer is one, and does not depend on the order of the file, codes are decided on after
 * those that they name; a circle is an error.
 */
#include <string.h>

#include "codebook/attest-codebook-private.h"
#include "util/attest-limits.h"

typedef struct
{
  guint code; /* that requires or excludes */
  const AttestYaml *node;
  gboolean is_exclude;
  guint other; /* once resolved */
} Link;

/* While a key is being read. */
typedef struct
{
  AttestUnit unit;
  gboolean is_exclude;
} Draft;

GArray *
attest_codebook_new_links (void)
{
  return g_array_new (FALSE, TRUE, sizeof (Link));
}

static void
read_link (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  Link link = { .code = parser->codebook->codes->len - 1,
                .node = value,
                .is_exclude = ((Draft *)target)->is_exclude };

  if (value->kind != ATTEST_YAML_SCALAR)
    attest_codebook_complain (parser, value, "type", "the id of a code is a text");
  else if (parser->links->len < ATTEST_MAX_LINKS)
    g_array_append_val (parser->links, link);
  else
    attest_codebook_complain (parser, value, "limit", "more than %d codes are required or excluded",
                              ATTEST_MAX_LINKS);
}

static void
read_link_codes (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  attest_codebook_read_each (parser, value, read_link, target);
}

static void
read_link_unit (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  Draft *draft = target;

  if (attest_codebook_read_unit (parser, value, &draft->unit)
      && draft->unit.kind == ATTEST_UNIT_HIT)
    attest_codebook_complain (parser, value, "unit",
                              "codes are looked for in a sentence, a window or a turn, not in a "
                              "hit");
}

static const AttestCodebookKey link_keys[] = {
  { "unit", FALSE, read_link_unit },
  { "codes", TRUE, read_link_codes },
  { NULL },
};

static AttestUnit
read_links (AttestCodebookParser *parser, const AttestYaml *value, gboolean is_exclude)
{
  Draft draft = { { ATTEST_UNIT_SENTENCE, 0 }, is_exclude };

  if (value->kind == ATTEST_YAML_MAP)
    attest_codebook_read_map (parser, value, link_keys, is_exclude ? "'excludes'" : "'requires'",
                              &draft);
  else
    read_link_codes (parser, value, &draft);
  return draft.unit;
}

void
attest_codebook_read_requires (AttestCodebookParser *parser, const AttestYaml *value,
                               gpointer target)
{
  ((AttestCode *)target)->requires_unit = read_links (parser, value, FALSE);
}

void
attest_codebook_read_excludes (AttestCodebookParser *parser, const AttestYaml *value,
                               gpointer target)
{
  ((AttestCode *)target)->excludes_unit = read_links (parser, value, TRUE);
}

void
attest_codebook_complain_unknown_code (AttestCodebookParser *parser, const AttestYaml *node)
{
  const AttestCodebook *codebook = parser->codebook;
  /* Nobody reads more, and comparing with every id takes time. */
  const char *nearest = parser->n_errors < ATTEST_MAX_PROBLEMS
                            ? attest_codebook_nearest_code (codebook, node->text)
                            : NULL;

  if (nearest != NULL)
    attest_codebook_complain (parser, node, "unknown-code",
                              "there is no code '%s': did you mean '%s'?", node->text, nearest);
  else
    attest_codebook_complain (parser, node, "unknown-code", "there is no code '%s'", node->text);
}

static Link *
link_at (const AttestCodebookParser *parser, guint i)
{
  return &g_array_index (parser->links, Link, i);
}

static void
add_to_code (AttestCodebookParser *parser, const Link *link)
{
  AttestCode *code = attest_codebook_code (parser->codebook, link->code);
  GArray **codes = link->is_exclude ? &code->excludes : &code->requires;

  if (*codes == NULL)
    *codes = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (*codes, link->other);
}

/* FALSE when there was an error. */
static gboolean
find_others (AttestCodebookParser *parser)
{
  guint n_errors_before = parser->n_errors;

  for (guint i = 0; i < parser->links->len; i++)
    {
      Link *link = link_at (parser, i);
      int other = attest_codebook_find_code (parser->codebook, link->node->text);

      if (other < 0)
        {
          attest_codebook_complain_unknown_code (parser, link->node);
          continue;
        }
      link->other = (guint)other;
      add_to_code (parser, link);
    }
  return parser->n_errors == n_errors_before;
}

/* Any link of @code to one that is not decided on either. Links are in the order of their codes. */
static const Link *
find_open_link (const AttestCodebookParser *parser, guint code, const guint *n_open)
{
  guint low = 0, high = parser->links->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      if (link_at (parser, middle)->code < code)
        low = middle + 1;
      else
        high = middle;
    }
  while (n_open[link_at (parser, low)->other] == 0)
    low++;
  return link_at (parser, low);
}

/* Names one circle: from a code that is not decided on, links lead to others, and at last round. */
static void
complain_circle (AttestCodebookParser *parser, guint code, const guint *n_open)
{
  const AttestCodebook *codebook = parser->codebook;
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr (GString) path = g_string_new (NULL);
  const Link *link;
  guint n = 0;

  /* Into the circle … */
  while (g_hash_table_add (seen, GUINT_TO_POINTER (code)))
    code = find_open_link (parser, code, n_open)->other;
  /* … and once round. */
  guint first = code;
  const Link *first_link = find_open_link (parser, first, n_open);
  do
    {
      link = find_open_link (parser, code, n_open);
      if (++n <= 5)
        g_string_append_printf (path, "%s %s ", attest_codebook_code (codebook, code)->id,
                                link->is_exclude ? "excludes" : "requires");
      else if (n == 6)
        g_string_append (path, "… ");
      code = link->other;
    }
  while (code != first);
  g_string_append (path, attest_codebook_code (codebook, first)->id);
  attest_codebook_complain (parser, first_link->node, "circular-code",
                            "codes depend on each other in a circle: %s; remove one of these",
                            path->str);
}

/* Codes whose others are all decided on come next (Kahn's algorithm), in the order of the file. */
static void
order_codes (AttestCodebookParser *parser)
{
  AttestCodebook *codebook = parser->codebook;
  guint n_codes = codebook->codes->len;
  g_autofree guint *n_open = g_new0 (guint, n_codes + 1); /* links to codes not decided on */
  g_autofree guint *first_back = g_new0 (guint, n_codes + 2);
  g_autofree guint *back = g_new0 (guint, parser->links->len + 1); /* codes that name a code */
  g_autofree guint *queue = g_new0 (guint, n_codes + 1);
  guint n_queued = 0;

  for (guint i = 0; i < parser->links->len; i++)
    {
      n_open[link_at (parser, i)->code]++;
      first_back[link_at (parser, i)->other + 2]++;
    }
  for (guint i = 2; i < n_codes + 2; i++)
    first_back[i] += first_back[i - 1];
  for (guint i = 0; i < parser->links->len; i++)
    back[first_back[link_at (parser, i)->other + 1]++] = link_at (parser, i)->code;
  for (guint i = 0; i < n_codes; i++)
    if (n_open[i] == 0)
      queue[n_queued++] = i;
  for (guint next = 0; next < n_queued; next++)
    {
      const AttestCode *code = attest_codebook_code (codebook, queue[next]);

      if (code->requires != NULL || code->excludes != NULL)
        g_array_append_val (codebook->linked_codes, queue[next]);
      for (guint k = first_back[queue[next]]; k < first_back[queue[next] + 1]; k++)
        if (--n_open[back[k]] == 0)
          queue[n_queued++] = back[k];
    }
  for (guint i = 0; i < n_codes && n_queued < n_codes; i++)
    if (n_open[i] > 0)
      {
        complain_circle (parser, i, n_open);
        return;
      }
}

void
attest_codebook_resolve_links (AttestCodebookParser *parser)
{
  if (parser->links->len > 0 && find_others (parser))
    order_codes (parser);
}
