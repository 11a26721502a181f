/* attest-outline-rules: the words of a category as rules of a codebook. */
#include <string.h>

#include "exchange/attest-exchange-private.h"

/* {{ would begin a fragment. */
static char *
dup_without_references (const char *pattern)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = pattern; *p != '\0'; p++)
    {
      if (p[0] == '{' && p[1] == '{')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
      if (p[0] == '\\' && p[1] != '\0')
        g_string_append_c (out, *++p);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* An entry as it stands in a rule. */
typedef struct
{
  const AttestEntry *entry;
  char *text;
  gboolean is_word;
  gboolean any_edges;
} Item;

static void
clear_item (gpointer data)
{
  g_free (((Item *)data)->text);
}

static Item
make_item (const AttestEntry *entry)
{
  Item item = { .entry = entry, .any_edges = entry->any_edges };
  gboolean word_edges;

  if (entry->kind == ATTEST_ENTRY_REGEX)
    item.text = dup_without_references (entry->text);
  else if (attest_glob_is_words (entry->text) && !entry->match_case)
    {
      item.text = attest_glob_to_text (entry->text);
      item.is_word = TRUE;
      item.any_edges = FALSE;
    }
  else
    {
      item.text = attest_glob_to_pattern (entry->text, &word_edges);
      item.any_edges = !word_edges;
    }
  if (entry->match_case)
    {
      char *exact = g_strdup_printf ("(?-i:%s)", item.text);
      g_free (item.text);
      item.text = exact;
    }
  return item;
}

const char *
attest_entry_use_to_string (AttestEntryUse use)
{
  static const char *const names[]
      = { "match", "unless", "stop", "asked", "all", "near", "before", "after" };

  return names[use];
}

/* What belongs into one rule, or into one condition. */
typedef struct
{
  const AttestEntry *first;
  GArray *items; /* of Item */
  gboolean any_edges;
  gboolean says_edges; /* … and it has to be said */
} Group;

static void
clear_group (gpointer data)
{
  g_array_unref (((Group *)data)->items);
}

static char *
dup_group_key (const AttestEntry *entry, gboolean any_edges, gboolean rule_each, guint number)
{
  if (entry->use == ATTEST_ENTRY_STOP)
    return g_strdup_printf ("stop %u %s", entry->condition, entry->lang != NULL ? entry->lang : "");
  if (entry->rule != NULL)
    return g_strdup_printf ("rule %s", entry->rule);
  if (rule_each)
    return g_strdup_printf ("each %u", number);
  char weight[G_ASCII_DTOSTR_BUF_SIZE];
  return g_strdup_printf ("%s %s %d", g_ascii_dtostr (weight, sizeof weight, entry->weight),
                          entry->lang != NULL ? entry->lang : "", any_edges);
}

static gboolean
has_item (const Group *group, GHashTable *seen, const Item *item)
{
  char *key = g_strdup_printf ("%p %d %d %u %s", (const void *)group->first, item->is_word,
                               item->entry->use, item->entry->condition, item->text);

  return !g_hash_table_add (seen, key);
}

/* The entries of a category with one of the @uses (bits), those that belong together together, each
 * once. */
static GArray *
group_entries (const AttestNode *node, const AttestRuleStyle *style, guint uses)
{
  GArray *groups = g_array_new (FALSE, TRUE, sizeof (Group));
  g_autoptr (GHashTable) by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_array_set_clear_func (groups, clear_group);
  for (guint i = 0; i < node->entries->len; i++)
    {
      const AttestEntry *entry = &g_array_index (node->entries, AttestEntry, i);
      if ((uses & (1u << entry->use)) == 0)
        continue;
      Item item = make_item (entry);
      g_autofree char *key = dup_group_key (entry, item.any_edges, style->rule_each, i);
      guint known = GPOINTER_TO_UINT (g_hash_table_lookup (by_key, key));
      if (known == 0)
        {
          Group group = { .first = entry, .items = g_array_new (FALSE, TRUE, sizeof (Item)) };
          g_array_set_clear_func (group.items, clear_item);
          g_array_append_val (groups, group);
          known = groups->len;
          g_hash_table_insert (by_key, g_steal_pointer (&key), GUINT_TO_POINTER (known));
        }
      Group *group = &g_array_index (groups, Group, known - 1);
      if (has_item (group, seen, &item))
        {
          clear_item (&item);
          continue;
        }
      group->any_edges = group->any_edges || item.any_edges;
      group->says_edges = group->any_edges && !style->any_edges;
      g_array_append_val (group->items, item);
    }
  return groups;
}

/* Some of the items of a group. */
typedef struct
{
  const Group *group;
  AttestEntryUse use;
  guint condition; /* of conditions */
} Part;

static gboolean
is_of_part (const Part *part, const Item *item)
{
  return item->entry->use == part->use
         && (part->use == ATTEST_ENTRY_HIT || item->entry->condition == part->condition);
}

static guint
count_items (const Part *part, gboolean is_word)
{
  guint n = 0;

  for (guint i = 0; i < part->group->items->len; i++)
    {
      const Item *item = &g_array_index (part->group->items, Item, i);
      n += is_of_part (part, item) && item->is_word == is_word;
    }
  return n;
}

static char *
dup_item (const Group *group, const Item *item)
{
  if (item->is_word || item->any_edges || !group->any_edges)
    return attest_yaml_dup_scalar (item->text);
  g_autofree char *bounded = g_strdup_printf ("\\b(?:%s)\\b", item->text);
  return attest_yaml_dup_scalar (bounded);
}

/* The items of one kind: "key: a", or a list. */
static void
put_items (AttestYamlOut *yaml, guint indent, const char *lead, const char *key, const Part *part,
           gboolean is_word)
{
  guint n = count_items (part, is_word);

  if (n > 1)
    attest_yaml_put (yaml, indent, "%s%s:", lead, key);
  for (guint i = 0; i < part->group->items->len && n > 0; i++)
    {
      const Item *item = &g_array_index (part->group->items, Item, i);
      if (!is_of_part (part, item) || item->is_word != is_word)
        continue;
      g_autofree char *scalar = dup_item (part->group, item);
      yaml->place = (AttestPlace){ item->entry->line, item->entry->column };
      if (n == 1)
        attest_yaml_put (yaml, indent, "%s%s: %s", lead, key, scalar);
      else
        attest_yaml_put (yaml, indent + (guint)strlen (lead) + 2, "- %s", scalar);
    }
}

static const AttestEntry *
first_of_part (const Part *part)
{
  for (guint i = 0; i < part->group->items->len; i++)
    {
      const Item *item = &g_array_index (part->group->items, Item, i);
      if (is_of_part (part, item))
        return item->entry;
    }
  return NULL;
}

static char *
dup_unit (const AttestUnit *unit)
{
  return unit->kind == ATTEST_UNIT_WINDOW ? g_strdup_printf ("{window: %u}", unit->sentences)
                                          : attest_unit_dup_text (unit);
}

/* The keys of a condition. @lead: "" or "- ", before the first. */
static void
put_condition (AttestYamlOut *yaml, guint indent, const char *lead, const Part *part)
{
  const AttestEntry *first = first_of_part (part);
  const char *rest = *lead != '\0' ? "  " : "";
  guint n_patterns = count_items (part, FALSE);

  if (first->max_words != ATTEST_ANY_DISTANCE)
    {
      attest_yaml_put (yaml, indent, "%swords: %u", lead, first->max_words);
      lead = rest;
    }
  if (first->has_unit)
    {
      g_autofree char *unit = dup_unit (&first->unit);
      attest_yaml_put (yaml, indent, "%sunit: %s", lead, unit);
      lead = rest;
    }
  if (part->group->says_edges && n_patterns > 0)
    {
      attest_yaml_put (yaml, indent, "%sword_edges: false", lead);
      lead = rest;
    }
  if (n_patterns > 0)
    {
      put_items (yaml, indent, lead, "match", part, FALSE);
      lead = rest;
    }
  if (count_items (part, TRUE) > 0)
    put_items (yaml, indent, lead, "of", part, TRUE);
}

/* The numbers of the conditions of one kind, in the order in which they are met. */
static GArray *
list_conditions (const Group *group, AttestEntryUse use)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < group->items->len; i++)
    {
      const AttestEntry *entry = g_array_index (group->items, Item, i).entry;
      gboolean is_known = FALSE;

      for (guint k = 0; k < numbers->len; k++)
        is_known = is_known || g_array_index (numbers, guint, k) == entry->condition;
      if (entry->use == use && !is_known)
        g_array_append_val (numbers, entry->condition);
    }
  return numbers;
}

/* @lead: before the key. Returns what stands before the next key of the rule. */
static const char *
put_conditions (AttestYamlOut *yaml, const char *lead, const Group *group, AttestEntryUse use)
{
  g_autoptr (GArray) numbers = list_conditions (group, use);

  if (numbers->len == 0)
    return lead;
  attest_yaml_put (yaml, 6, "%s%s:", lead, attest_entry_use_to_string (use));
  for (guint i = 0; i < numbers->len; i++)
    {
      Part part = { group, use, g_array_index (numbers, guint, i) };
      put_condition (yaml, 10, numbers->len > 1 ? "- " : "", &part);
    }
  return "  ";
}

/* "en", or "en, fr". */
static void
put_langs (AttestYamlOut *yaml, const char *lead, const char *langs)
{
  gboolean is_list = strchr (langs, ',') != NULL;

  attest_yaml_put (yaml, 6, "%slang: %s%s%s", lead, is_list ? "[" : "", langs, is_list ? "]" : "");
}

static gboolean
is_number (const char *text)
{
  return text[strspn (text, "0123456789.")] == '\0';
}

/* What a rule has beside its patterns. Returns what stands before the next key. */
static const char *
put_rule_head (AttestYamlOut *yaml, const Group *group)
{
  const AttestEntry *first = group->first;
  const char *lead = "- ";

  if (first->rule != NULL && !is_number (first->rule))
    {
      g_autofree char *id = attest_outline_dup_id (first->rule);
      g_strdelimit (id, ".", '-');
      attest_yaml_put (yaml, 6, "%sid: %s", lead, id);
      lead = "  ";
    }
  if (first->weight != 1.0)
    {
      char weight[G_ASCII_DTOSTR_BUF_SIZE];
      attest_yaml_put (yaml, 6, "%sweight: %s", lead,
                       g_ascii_formatd (weight, sizeof weight, "%.10g", first->weight));
      lead = "  ";
    }
  if (first->lang != NULL)
    {
      put_langs (yaml, lead, first->lang);
      lead = "  ";
    }
  if (group->says_edges)
    {
      attest_yaml_put (yaml, 6, "%sword_edges: false", lead);
      lead = "  ";
    }
  return lead;
}

static void
put_rule (AttestYamlOut *yaml, const Group *group)
{
  static const AttestEntryUse conditions[]
      = { ATTEST_ENTRY_ALL, ATTEST_ENTRY_NEAR, ATTEST_ENTRY_BEFORE, ATTEST_ENTRY_AFTER,
          ATTEST_ENTRY_UNLESS };
  Part hits = { group, ATTEST_ENTRY_HIT, 0 };

  yaml->place = (AttestPlace){ group->first->line, group->first->column };
  const char *lead = put_rule_head (yaml, group);
  if (count_items (&hits, FALSE) > 0)
    {
      put_items (yaml, 6, lead, "match", &hits, FALSE);
      lead = "  ";
    }
  if (count_items (&hits, TRUE) > 0)
    {
      put_items (yaml, 6, lead, "words", &hits, TRUE);
      lead = "  ";
    }
  for (gsize i = 0; i < G_N_ELEMENTS (conditions); i++)
    lead = put_conditions (yaml, lead, group, conditions[i]);
}

static void
put_stops (AttestYamlOut *yaml, const AttestNode *node, const AttestRuleStyle *style)
{
  g_autoptr (GArray) groups = group_entries (node, style, 1u << ATTEST_ENTRY_STOP);

  if (groups->len == 0)
    return;
  attest_yaml_put (yaml, 4, "stop:");
  for (guint i = 0; i < groups->len; i++)
    {
      const Group *group = &g_array_index (groups, Group, i);
      const char *lead = "- ";

      yaml->place = (AttestPlace){ group->first->line, group->first->column };
      if (group->first->lang != NULL)
        {
          put_langs (yaml, "- ", group->first->lang);
          lead = "  ";
        }
      put_condition (yaml, 6, lead, &(Part){ group, ATTEST_ENTRY_STOP, group->first->condition });
    }
}

/* Questions are patterns only. */
static void
put_asked (AttestYamlOut *yaml, const AttestNode *node, const AttestRuleStyle *style)
{
  gboolean is_begun = FALSE;

  for (guint i = 0; i < node->entries->len; i++)
    {
      const AttestEntry *entry = &g_array_index (node->entries, AttestEntry, i);
      gboolean word_edges = !entry->any_edges || style->any_edges;

      if (entry->use != ATTEST_ENTRY_ASKED)
        continue;
      g_autofree char *pattern = entry->kind == ATTEST_ENTRY_REGEX
                                     ? dup_without_references (entry->text)
                                     : attest_glob_to_pattern (entry->text, &word_edges);
      g_autofree char *scalar = attest_yaml_dup_scalar (pattern);
      yaml->place = (AttestPlace){ entry->line, entry->column };
      if (!is_begun)
        attest_yaml_put (yaml, 4, "asked:");
      is_begun = TRUE;
      if (entry->lang == NULL && word_edges)
        attest_yaml_put (yaml, 6, "- %s", scalar);
      else
        {
          attest_yaml_put (yaml, 6, "- match: %s", scalar);
          if (entry->lang != NULL)
            put_langs (yaml, "  ", entry->lang);
          if (!word_edges)
            attest_yaml_put (yaml, 6, "  word_edges: false");
        }
    }
}

void
attest_outline_put_rules (AttestYamlOut *yaml, const AttestNode *node, const AttestRuleStyle *style)
{
  put_asked (yaml, node, style);
  put_stops (yaml, node, style);

  g_autoptr (GArray) groups
      = group_entries (node, style, ~(1u << ATTEST_ENTRY_STOP | 1u << ATTEST_ENTRY_ASKED));

  attest_yaml_put (yaml, 4, groups->len > 0 ? "rules:" : "rules: []");
  for (guint i = 0; i < groups->len; i++)
    put_rule (yaml, &g_array_index (groups, Group, i));
}

gboolean
attest_outline_is_edgeless (const AttestOutline *outline)
{
  gboolean has_pattern = FALSE;

  for (guint i = 0; i < outline->nodes->len; i++)
    {
      const AttestNode *node = attest_outline_node (outline, i);

      for (guint k = 0; k < node->entries->len; k++)
        {
          Item item = make_item (&g_array_index (node->entries, AttestEntry, k));
          gboolean has_edges = !item.is_word && !item.any_edges;

          has_pattern = has_pattern || (item.any_edges && item.entry->kind == ATTEST_ENTRY_REGEX);
          clear_item (&item);
          if (has_edges)
            return FALSE;
        }
    }
  return has_pattern;
}
