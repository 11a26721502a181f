/* attest-outline-yaml: an outline as a codebook, in YAML that people can go on with.
 *
 * Each word is on a line of its own, so that what the codebook layer has to say of the result can
 * be told at the place in the file that was imported.
 */
#include <string.h>

#include "exchange/attest-exchange-private.h"
#include "util/attest-text.h"

#define TEXT_COLUMNS 92
#define ALONE "code" /* dimension of the codes that are in none, as in the codebook layer */

typedef struct
{
  AttestOutlineYaml *out;
  AttestOutline *outline;
  const AttestOutlineIds *ids;
  gboolean rule_each;
  AttestPlace place; /* of what is being written */
} Writer;

void
attest_outline_yaml_clear (AttestOutlineYaml *yaml)
{
  if (yaml->text != NULL)
    g_string_free (yaml->text, TRUE);
  if (yaml->places != NULL)
    g_array_unref (yaml->places);
}

static void put (Writer *writer, guint indent, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* One line, or several. */
static void
put (Writer *writer, guint indent, const char *format, ...)
{
  GString *text = writer->out->text;
  va_list args;

  g_string_append_printf (text, "%*s", (int)indent, "");
  gsize start_byte = text->len;
  va_start (args, format);
  g_string_append_vprintf (text, format, args);
  va_end (args);
  g_string_append_c (text, '\n');
  for (const char *p = text->str + start_byte; *p != '\0'; p++)
    if (*p == '\n')
      g_array_append_val (writer->out->places, writer->place);
}

/* A text that YAML takes as it is, also inside [ ]. */
static gboolean
is_plain (const char *text)
{
  if (!g_unichar_isalpha (g_utf8_get_char (text)) || g_str_has_suffix (text, " "))
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (!g_unichar_isalnum (c) && !g_unichar_ismark (c)
          && (c >= 0x80 ? c < 0x2010 || c > 0x2019 : strchr (" _-.*'/+", (int)c) == NULL))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_unprintable (gunichar c)
{
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xfeff
         || c == 0xfffe || c == 0xffff;
}

static gboolean
has_unprintable (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (is_unprintable (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

static char *
dup_double_quoted (const char *text)
{
  g_autoptr (GString) out = g_string_new ("\"");

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n')
        g_string_append (out, "\\n");
      else if (is_unprintable (c))
        g_string_append_printf (out, "\\u%04x", c);
      else if (c == '"' || c == '\\')
        g_string_append_printf (out, "\\%c", (char)c);
      else
        g_string_append_unichar (out, c);
    }
  g_string_append_c (out, '"');
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
dup_scalar (const char *text)
{
  if (is_plain (text))
    return g_strdup (text);
  if (has_unprintable (text))
    return dup_double_quoted (text);
  g_autoptr (GString) quoted = g_string_new (text);
  g_string_replace (quoted, "'", "''", 0);
  return g_strdup_printf ("'%s'", quoted->str);
}

/* Several lines as they are. */
static void
put_lines (Writer *writer, guint indent, const char *key, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  put (writer, indent, "%s: |-", key);
  for (char **line = lines; *line != NULL; line++)
    put (writer, **line != '\0' ? indent + 2 : 0, "%s", *line);
}

static gboolean
is_several_lines (const char *text)
{
  g_autofree char *joined = g_strdelimit (g_strdup (text), "\n", ' ');

  return strchr (text, '\n') != NULL && !has_unprintable (joined) && strchr (" \t\n", *text) == NULL
         && !g_str_has_suffix (text, "\n");
}

/* "key: text", a long text on lines of its own. */
static void
put_text (Writer *writer, guint indent, const char *key, const char *text)
{
  gboolean is_long = strlen (text) + strlen (key) + indent > TEXT_COLUMNS;

  if (*text == '\0')
    return;
  if (is_several_lines (text))
    {
      put_lines (writer, indent, key, text);
      return;
    }
  if (!is_long || has_unprintable (text) || strstr (text, "  ") != NULL || *text == ' '
      || g_str_has_suffix (text, " "))
    {
      g_autofree char *scalar = dup_scalar (text);
      put (writer, indent, "%s: %s", key, scalar);
      return;
    }
  g_autoptr (GArray) lines = attest_text_wrap (text, strlen (text), TEXT_COLUMNS - indent - 2);
  put (writer, indent, "%s: >-", key);
  for (guint i = 0; i < lines->len; i++)
    {
      const AttestSpan *span = &g_array_index (lines, AttestSpan, i);
      put (writer, indent + 2, "%.*s", (int)(span->end_byte - span->start_byte),
           text + span->start_byte);
    }
}

static void
put_list (Writer *writer, guint indent, const char *key, const GPtrArray *texts)
{
  if (texts->len == 0)
    return;
  put (writer, indent, "%s:", key);
  for (guint i = 0; i < texts->len; i++)
    {
      g_autofree char *scalar = dup_scalar (g_ptr_array_index (texts, i));
      put (writer, indent + 2, "- %s", scalar);
    }
}

/* --- rules -------------------------------------------------------------------------------- */

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

/* What belongs into one rule, or into one condition. */
typedef struct
{
  const AttestEntry *first;
  GArray *items; /* of Item */
  gboolean any_edges;
} Group;

static void
clear_group (gpointer data)
{
  g_array_unref (((Group *)data)->items);
}

static char *
dup_group_key (const AttestEntry *entry, gboolean any_edges, gboolean rule_each, guint number)
{
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
  char *key = g_strdup_printf ("%p %d %d %s", (const void *)group->first, item->is_word,
                               item->entry->use, item->text);

  return !g_hash_table_add (seen, key);
}

/* The entries of a category with one of the @uses (bits), those that belong together together, each
 * once. */
static GArray *
group_entries (const Writer *writer, const AttestNode *node, guint uses)
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
      g_autofree char *key = dup_group_key (entry, item.any_edges, writer->rule_each, i);
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
      g_array_append_val (group->items, item);
    }
  return groups;
}

static guint
count_items (const Group *group, AttestEntryUse use, gboolean is_word)
{
  guint n = 0;

  for (guint i = 0; i < group->items->len; i++)
    {
      const Item *item = &g_array_index (group->items, Item, i);
      n += item->entry->use == use && item->is_word == is_word;
    }
  return n;
}

static char *
dup_item (const Group *group, const Item *item)
{
  if (item->is_word || item->any_edges || !group->any_edges)
    return dup_scalar (item->text);
  g_autofree char *bounded = g_strdup_printf ("\\b(?:%s)\\b", item->text);
  return dup_scalar (bounded);
}

/* The items of one kind: "key: a", or a list. */
static void
put_items (Writer *writer, guint indent, const char *lead, const char *key, const Group *group,
           AttestEntryUse use, gboolean is_word)
{
  guint n = count_items (group, use, is_word);

  if (n > 1)
    put (writer, indent, "%s%s:", lead, key);
  for (guint i = 0; i < group->items->len && n > 0; i++)
    {
      const Item *item = &g_array_index (group->items, Item, i);
      if (item->entry->use != use || item->is_word != is_word)
        continue;
      g_autofree char *scalar = dup_item (group, item);
      writer->place = (AttestPlace){ item->entry->line, item->entry->column };
      if (n == 1)
        put (writer, indent, "%s%s: %s", lead, key, scalar);
      else
        put (writer, indent + (guint)strlen (lead) + 2, "- %s", scalar);
    }
}

/* "unless:" or "stop:", with its words and patterns. @lead: "" or "- ", before the first key. */
static void
put_condition (Writer *writer, guint indent, const char *lead, const Group *group,
               AttestEntryUse use)
{
  guint n_words = count_items (group, use, TRUE);
  guint n_patterns = count_items (group, use, FALSE);
  const char *next = lead;

  if (group->any_edges && n_patterns > 0)
    {
      put (writer, indent, "%sword_edges: false", next);
      next = *lead != '\0' ? "  " : "";
    }
  if (n_patterns > 0)
    {
      put_items (writer, indent, next, "match", group, use, FALSE);
      next = *lead != '\0' ? "  " : "";
    }
  if (n_words > 0)
    put_items (writer, indent, next, "of", group, use, TRUE);
}

/* "en", or "en, fr". */
static void
put_langs (Writer *writer, const char *lead, const char *langs)
{
  gboolean is_list = strchr (langs, ',') != NULL;

  put (writer, 6, "%slang: %s%s%s", lead, is_list ? "[" : "", langs, is_list ? "]" : "");
}

static gboolean
is_number (const char *text)
{
  return text[strspn (text, "0123456789.")] == '\0';
}

/* What a rule has beside its patterns. Returns what stands before the next key. */
static const char *
put_rule_head (Writer *writer, const Group *group)
{
  const AttestEntry *first = group->first;
  const char *lead = "- ";

  if (first->rule != NULL && !is_number (first->rule))
    {
      g_autofree char *id = attest_outline_dup_id (first->rule);
      g_strdelimit (id, ".", '-');
      put (writer, 6, "%sid: %s", lead, id);
      lead = "  ";
    }
  if (first->weight != 1.0)
    {
      char weight[G_ASCII_DTOSTR_BUF_SIZE];
      put (writer, 6, "%sweight: %s", lead,
           g_ascii_formatd (weight, sizeof weight, "%.10g", first->weight));
      lead = "  ";
    }
  if (first->lang != NULL)
    {
      put_langs (writer, lead, first->lang);
      lead = "  ";
    }
  if (group->any_edges)
    {
      put (writer, 6, "%sword_edges: false", lead);
      lead = "  ";
    }
  return lead;
}

static void
put_rule (Writer *writer, const Group *group)
{
  writer->place = (AttestPlace){ group->first->line, group->first->column };
  const char *lead = put_rule_head (writer, group);
  guint n_patterns = count_items (group, ATTEST_ENTRY_HIT, FALSE);
  guint n_words = count_items (group, ATTEST_ENTRY_HIT, TRUE);
  gboolean has_unless = count_items (group, ATTEST_ENTRY_UNLESS, FALSE)
                            + count_items (group, ATTEST_ENTRY_UNLESS, TRUE)
                        > 0;

  if (n_patterns > 0)
    {
      put_items (writer, 6, lead, "match", group, ATTEST_ENTRY_HIT, FALSE);
      lead = "  ";
    }
  if (n_words > 0)
    put_items (writer, 6, lead, "words", group, ATTEST_ENTRY_HIT, TRUE);
  if (!has_unless)
    return;
  put (writer, 8, "unless:");
  put_condition (writer, 10, "", group, ATTEST_ENTRY_UNLESS);
}

static void
put_stops (Writer *writer, const AttestNode *node)
{
  g_autoptr (GArray) groups = group_entries (writer, node, 1u << ATTEST_ENTRY_STOP);

  if (groups->len == 0)
    return;
  put (writer, 4, "stop:");
  for (guint i = 0; i < groups->len; i++)
    {
      const Group *group = &g_array_index (groups, Group, i);
      const char *lead = "- ";

      writer->place = (AttestPlace){ group->first->line, group->first->column };
      if (group->first->lang != NULL)
        {
          put_langs (writer, "- ", group->first->lang);
          lead = "  ";
        }
      put_condition (writer, 6, lead, group, ATTEST_ENTRY_STOP);
    }
}

/* Questions are patterns only. */
static void
put_asked (Writer *writer, const AttestNode *node)
{
  gboolean is_begun = FALSE;

  for (guint i = 0; i < node->entries->len; i++)
    {
      const AttestEntry *entry = &g_array_index (node->entries, AttestEntry, i);
      gboolean word_edges = !entry->any_edges;

      if (entry->use != ATTEST_ENTRY_ASKED)
        continue;
      g_autofree char *pattern = entry->kind == ATTEST_ENTRY_REGEX
                                     ? dup_without_references (entry->text)
                                     : attest_glob_to_pattern (entry->text, &word_edges);
      g_autofree char *scalar = dup_scalar (pattern);
      writer->place = (AttestPlace){ entry->line, entry->column };
      if (!is_begun)
        put (writer, 4, "asked:");
      is_begun = TRUE;
      if (entry->lang == NULL && word_edges)
        put (writer, 6, "- %s", scalar);
      else
        {
          put (writer, 6, "- match: %s", scalar);
          if (entry->lang != NULL)
            put_langs (writer, "  ", entry->lang);
          if (!word_edges)
            put (writer, 6, "  word_edges: false");
        }
    }
}

static void
put_rules (Writer *writer, const AttestNode *node)
{
  g_autoptr (GArray) groups
      = group_entries (writer, node, 1u << ATTEST_ENTRY_HIT | 1u << ATTEST_ENTRY_UNLESS);

  put (writer, 4, groups->len > 0 ? "rules:" : "rules: []");
  for (guint i = 0; i < groups->len; i++)
    put_rule (writer, &g_array_index (groups, Group, i));
}

/* --- codes -------------------------------------------------------------------------------- */

static void
put_dimensions (Writer *writer)
{
  const AttestOutlineIds *ids = writer->ids;
  gboolean is_one_alone = FALSE;

  if (ids->n_dimensions == 0)
    return;
  put (writer, 0, "dimensions:");
  for (guint i = 0; i < ids->n_nodes; i++)
    {
      const AttestNode *node = attest_outline_node (writer->outline, i);
      if (ids->dimension_ids[i] != NULL)
        {
          g_autofree char *id = dup_scalar (ids->dimension_ids[i]);
          g_autofree char *title = dup_scalar (node->name);
          writer->place = (AttestPlace){ node->line, node->column };
          put (writer, 2, "%s: {title: %s}", id, title);
        }
      is_one_alone
          = is_one_alone || (ids->code_ids[i] != NULL && ids->dimensions[i] == ATTEST_NO_NODE);
    }
  for (guint i = 0; i < ids->n_nodes; i++)
    is_one_alone = is_one_alone && g_strcmp0 (ids->dimension_ids[i], ALONE) != 0;
  if (is_one_alone)
    put (writer, 2, ALONE ": {title: Code}");
}

static void
put_code (Writer *writer, guint i)
{
  const AttestNode *node = attest_outline_node (writer->outline, i);
  const AttestOutlineIds *ids = writer->ids;
  g_autofree char *id = dup_scalar (ids->code_ids[i]);
  guint top = ids->dimensions[i];

  writer->place = (AttestPlace){ node->line, node->column };
  writer->out->n_codes++;
  put (writer, 2, "- id: %s", id);
  if (ids->n_dimensions > 0)
    {
      g_autofree char *dimension
          = dup_scalar (top != ATTEST_NO_NODE ? ids->dimension_ids[top] : ALONE);
      put (writer, 4, "dimension: %s", dimension);
    }
  if (strcmp (node->name, ids->code_ids[i]) != 0)
    put_text (writer, 4, "name", node->name);
  const char *const texts[][2] = { { "question", node->question },
                                   { "definition", node->definition },
                                   { "include", node->include },
                                   { "exclude", node->exclude } };
  for (guint k = 0; k < G_N_ELEMENTS (texts); k++)
    if (texts[k][1] != NULL)
      put_text (writer, 4, texts[k][0], texts[k][1]);
  put_asked (writer, node);
  put_stops (writer, node);
  put_rules (writer, node);
  writer->place = (AttestPlace){ node->line, node->column };
  put_list (writer, 4, "examples", node->examples);
  put_list (writer, 4, "counterexamples", node->counterexamples);
}

void
attest_outline_to_yaml (AttestOutline *outline, const char *comment, gboolean rule_each,
                        AttestOutlineYaml *out_yaml)
{
  g_auto (AttestOutlineIds) ids = { 0 };
  Writer writer = { .out = out_yaml, .outline = outline, .ids = &ids, .rule_each = rule_each };

  attest_outline_ids_init (&ids, outline);
  out_yaml->text = g_string_new (NULL);
  out_yaml->places = g_array_new (FALSE, FALSE, sizeof (AttestPlace));
  g_autofree char *id = dup_scalar (outline->id);
  put (&writer, 0, "# %s", comment);
  put (&writer, 0, "attest: codebook/1");
  put (&writer, 0, "id: %s", id);
  if (outline->title != NULL)
    put_text (&writer, 0, "title", outline->title);
  put_dimensions (&writer);
  put (&writer, 0, "codes:");
  for (guint i = 0; i < ids.n_nodes; i++)
    if (ids.code_ids[i] != NULL)
      put_code (&writer, i);
}
