/* attest-outline-ids: which categories become dimensions and codes, and what they are called.
 *
 * A codebook has two levels: dimensions and their codes. The top categories that hold others are
 * the dimensions; what is below them is a code each, deeper ones with the names between in their
 * id ("economy.state"). One category around everything, as some programs have, is only a title.
 */
#include <string.h>

#include "exchange/attest-exchange-private.h"
#include "util/attest-limits.h"

typedef struct
{
  AttestOutlineIds *ids;
  AttestOutline *outline;
  const guint *tops; /* of each node: the top one that it is below, or is */
  GHashTable *taken;
  GHashTable *numbers; /* id → how many times it was numbered */
  const char *deep;    /* (nullable) id of the first code more than one level below its dimension */
} Naming;

static gboolean
is_id_char (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c) || c == '_' || c == '-' || c == '.';
}

static gboolean
is_id (const char *name)
{
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (!is_id_char (g_utf8_get_char (p)))
      return FALSE;
  return *name != '\0' && g_utf8_strlen (name, -1) <= ATTEST_MAX_ID_CHARS;
}

char *
attest_outline_dup_id (const char *name)
{
  if (is_id (name))
    return g_strdup (name);
  g_autofree char *small = g_utf8_strdown (name, -1);
  g_autoptr (GString) id = g_string_new (NULL);
  glong n_chars = 0;

  for (const char *p = small; *p != '\0' && n_chars < ATTEST_MAX_ID_CHARS; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean is_gap = !is_id_char (c) || c == '-';

      if (is_gap && (id->len == 0 || id->str[id->len - 1] == '-'))
        continue;
      g_string_append_unichar (id, is_gap ? '-' : c);
      n_chars++;
    }
  while (id->len > 0 && id->str[id->len - 1] == '-')
    g_string_truncate (id, id->len - 1);
  return g_strdup (id->len > 0 ? id->str : "code");
}

static const char *
own_name (const AttestNode *node)
{
  return node->id != NULL ? node->id : node->name;
}

/* The category around all others when that is all it is; ATTEST_NO_NODE: there is none. */
static guint
find_cover (const AttestOutline *outline)
{
  gboolean is_deep = outline->has_cover && outline->nodes->len > 1;

  if (outline->nodes->len == 0 || attest_outline_node (outline, 0)->is_code)
    return ATTEST_NO_NODE;
  for (guint i = 1; i < outline->nodes->len; i++)
    {
      const AttestNode *node = attest_outline_node (outline, i);

      if (node->parent == ATTEST_NO_NODE)
        return ATTEST_NO_NODE;
      is_deep = is_deep || node->n_children > 0;
    }
  return is_deep ? 0 : ATTEST_NO_NODE;
}

/* Top categories that hold others are dimensions, and each category is of the one that it is below.
 */
static void
find_dimensions (AttestOutlineIds *ids, const AttestOutline *outline, guint cover, guint *tops)
{
  for (guint i = 0; i < ids->n_nodes; i++)
    {
      const AttestNode *node = attest_outline_node (outline, i);
      gboolean is_top = node->parent == ATTEST_NO_NODE || node->parent == cover;

      tops[i] = is_top ? i : tops[node->parent];
      ids->dimensions[i]
          = attest_outline_node (outline, tops[i])->n_children > 0 ? tops[i] : ATTEST_NO_NODE;
      ids->n_dimensions += is_top && i != cover && node->n_children > 0;
    }
  if (cover != ATTEST_NO_NODE)
    ids->dimensions[cover] = ATTEST_NO_NODE;
}

/* Notes an id, which must outlive the naming, if it is good and free. */
static gboolean
take (Naming *naming, char *id)
{
  if (g_utf8_strlen (id, -1) > ATTEST_MAX_ID_CHARS || g_hash_table_contains (naming->taken, id))
    return FALSE;
  return g_hash_table_add (naming->taken, id);
}

/* "a.b.c", from the one below @top to @node; the names of both when @with_top. */
static char *
dup_path (const Naming *naming, guint node, guint top, gboolean with_top)
{
  g_autofree char *path = NULL;

  for (guint i = node; i != ATTEST_NO_NODE && (with_top || i != top || i == node);
       i = attest_outline_node (naming->outline, i)->parent)
    {
      g_autofree char *part
          = attest_outline_dup_id (own_name (attest_outline_node (naming->outline, i)));
      char *longer = path != NULL ? g_strconcat (part, ".", path, NULL) : g_strdup (part);

      g_free (path);
      path = longer;
      if (i == top)
        break;
    }
  return g_steal_pointer (&path);
}

/* "own-2" */
static char *
dup_numbered (const char *own, guint n)
{
  g_autofree char *end = g_strdup_printf ("-%u", n);
  glong kept = MIN (g_utf8_strlen (own, -1), ATTEST_MAX_ID_CHARS - (glong)strlen (end));
  g_autofree char *begin = g_utf8_substring (own, 0, kept);

  return g_strconcat (begin, end, NULL);
}

/* "own-2", or what number is free. */
static char *
number_id (Naming *naming, const char *own)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (naming->numbers, own)) + 1;

  for (;; n++)
    {
      char *id = dup_numbered (own, n + 1);

      if (take (naming, id))
        {
          g_hash_table_insert (naming->numbers, g_strdup (own), GUINT_TO_POINTER (n));
          return id;
        }
      g_free (id);
    }
}

static char *
new_code_id (Naming *naming, guint i)
{
  const AttestNode *node = attest_outline_node (naming->outline, i);
  guint top = naming->tops[i];
  g_autofree char *own = attest_outline_dup_id (own_name (node));
  g_autofree char *below = dup_path (naming, i, top, naming->ids->dimensions[i] == ATTEST_NO_NODE);
  g_autofree char *whole = dup_path (naming, i, top, TRUE);
  const char *const wishes[] = { node->id != NULL ? own : below, whole, own };

  for (guint k = 0; k < G_N_ELEMENTS (wishes); k++)
    {
      char *id = g_strdup (wishes[k]);
      if (take (naming, id))
        return id;
      g_free (id);
    }
  return number_id (naming, g_utf8_strlen (whole, -1) < ATTEST_MAX_ID_CHARS ? whole : own);
}

static void
name_dimensions (Naming *naming)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < naming->ids->n_nodes; i++)
    {
      const AttestNode *node = attest_outline_node (naming->outline, i);

      if (naming->ids->dimensions[i] != i)
        continue;
      g_autofree char *own = attest_outline_dup_id (own_name (node));
      char *id = g_strdup (own);
      for (guint n = 2; g_hash_table_contains (taken, id); n++)
        {
          g_free (id);
          id = dup_numbered (own, n);
        }
      g_hash_table_add (taken, g_strdup (id));
      naming->ids->dimension_ids[i] = id;
    }
}

static void
name_codes (Naming *naming, guint cover)
{
  const AttestOutlineIds *ids = naming->ids;

  for (guint i = 0; i < ids->n_nodes; i++)
    {
      const AttestNode *node = attest_outline_node (naming->outline, i);
      guint top = ids->dimensions[i];

      if (i == cover || (!node->is_code && node->n_children > 0))
        continue;
      ids->code_ids[i] = new_code_id (naming, i);
      if (naming->deep == NULL && top != i && top != ATTEST_NO_NODE && node->parent != top)
        naming->deep = ids->code_ids[i];
    }
  if (naming->deep != NULL)
    attest_outline_lose (naming->outline, ATTEST_LOSS_CHANGED, "hierarchy", 0, 0, NULL,
                         "a codebook has two levels, dimensions and codes: deeper categories are "
                         "codes whose ids name those above, as in '%s'",
                         naming->deep);
}

static void
drop_dimensions (AttestOutlineIds *ids, AttestOutline *outline)
{
  attest_outline_lose (outline, ATTEST_LOSS_CHANGED, "dimension", 0, 0, NULL,
                       "%u categories hold others, more than a codebook may have dimensions: "
                       "their names are in the ids of codes only",
                       ids->n_dimensions);
  for (guint i = 0; i < ids->n_nodes; i++)
    ids->dimensions[i] = ATTEST_NO_NODE;
  ids->n_dimensions = 0;
}

void
attest_outline_ids_init (AttestOutlineIds *ids, AttestOutline *outline)
{
  guint cover = find_cover (outline);
  g_autofree guint *tops = g_new0 (guint, outline->nodes->len);
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Naming naming
      = { .ids = ids, .outline = outline, .tops = tops, .taken = taken, .numbers = numbers };

  ids->n_nodes = outline->nodes->len;
  ids->n_dimensions = 0;
  ids->code_ids = g_new0 (char *, ids->n_nodes);
  ids->dimension_ids = g_new0 (char *, ids->n_nodes);
  ids->dimensions = g_new0 (guint, ids->n_nodes);
  find_dimensions (ids, outline, cover, tops);
  if (ids->n_dimensions > ATTEST_MAX_DIMENSIONS - 1)
    drop_dimensions (ids, outline);
  if (cover != ATTEST_NO_NODE && outline->title == NULL)
    outline->title = g_strdup (attest_outline_node (outline, cover)->name);
  name_dimensions (&naming);
  name_codes (&naming, cover);
}

void
attest_outline_ids_clear (AttestOutlineIds *ids)
{
  for (guint i = 0; i < ids->n_nodes; i++)
    {
      g_free (ids->code_ids[i]);
      g_free (ids->dimension_ids[i]);
    }
  g_free (ids->code_ids);
  g_free (ids->dimension_ids);
  g_free (ids->dimensions);
}
