/* attest-codebook-diff: see the header.
 *
 * A rule is compared by lines that say what it does: a line a pattern or condition, one for each
 * other setting. Rules whose lines are the same do the same.
 */
#include "codebook/attest-codebook-diff.h"

#include <string.h>

/* Pairs of rules of one code that are compared for a pattern in common. */
#define MAX_PAIRS 250000

typedef struct
{
  const AttestCodebook *a, *b;
  GArray *changes;
} Differ;

/* The lines of a code's rules. */
typedef struct
{
  const AttestCodebook *codebook;
  const AttestCode *code;
  GPtrArray *lines; /* of GPtrArray of char *, by rule */
  GPtrArray *keys;  /* of char *: all lines of the rule */
  guint *partner;   /* index in the other code + 1, or 0 */
} Side;

const char *
attest_change_kind_to_string (AttestChangeKind kind)
{
  static const char *const names[] = { "added", "removed", "changed", "renamed" };

  return names[kind];
}

static void
clear_change (gpointer data)
{
  g_ptr_array_unref (((AttestChange *)data)->details);
}

static char *
dup_pattern (const AttestCodebookPattern *pattern, const char *before)
{
  g_autofree char *langs = pattern->rule == ATTEST_NO_RULE && pattern->langs != NULL
                               ? g_strjoinv (", ", (char **)pattern->langs)
                               : NULL;

  return g_strdup_printf (
      "%s%s%s%s%s%s", before,
      pattern->is_word ? pattern->source : attest_pattern_get_body (pattern->pattern),
      pattern->is_word      ? " (word)"
      : pattern->word_edges ? ""
                            : " (no edges)",
      langs != NULL ? " (" : "", langs != NULL ? langs : "", langs != NULL ? ")" : "");
}

static void
add_patterns (const AttestCodebook *codebook, guint first, guint n, const char *before,
              GPtrArray *lines)
{
  for (guint i = first; i < first + n; i++)
    g_ptr_array_add (lines, dup_pattern (attest_codebook_pattern (codebook, i), before));
}

static void
add_conditions (const AttestCodebook *codebook, guint first, guint n, GPtrArray *lines)
{
  for (guint i = first; i < first + n; i++)
    {
      const AttestCondition *condition = attest_codebook_condition (codebook, i);
      g_autofree char *where = attest_condition_dup_where (condition);
      g_autoptr (GPtrArray) patterns = g_ptr_array_new_with_free_func (g_free);

      add_patterns (codebook, condition->first_pattern, condition->n_patterns, "", patterns);
      g_ptr_array_add (patterns, NULL);
      g_autofree char *list = g_strjoinv (" or ", (char **)patterns->pdata);
      g_ptr_array_add (lines, g_strdup_printf ("%s (%s): %s",
                                               attest_pattern_use_to_string (condition->use), where,
                                               list));
    }
}

static void
add_number (GPtrArray *lines, const char *what, double value, double usual)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (value != usual)
    g_ptr_array_add (
        lines, g_strdup_printf ("%s %s", what, g_ascii_dtostr (number, sizeof number, value)));
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
list_rule (const AttestCodebook *codebook, const AttestRule *rule)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  guint usual = ((1u << ATTEST_N_ROLES) - 1) & ~(1u << ATTEST_ROLE_INTERVIEWER);

  add_patterns (codebook, rule->first_match, rule->n_match, "", lines);
  add_patterns (codebook, rule->first_asked, rule->n_asked, "asked: ", lines);
  add_conditions (codebook, rule->first_condition, rule->n_conditions, lines);
  add_number (lines, "weight", rule->weight, 1.0);
  for (guint i = 0; rule->langs != NULL && rule->langs[i] != NULL; i++)
    g_ptr_array_add (lines, g_strconcat ("lang ", rule->langs[i], NULL));
  for (guint role = 0; role < ATTEST_N_ROLES && rule->roles != usual; role++)
    if (rule->roles & (1u << role))
      g_ptr_array_add (lines,
                       g_strconcat ("role ", attest_role_to_string ((AttestRole)role), NULL));
  if (rule->asked_code)
    g_ptr_array_add (lines, g_strdup ("asked: true"));
  g_ptr_array_sort (lines, compare_lines);
  return lines;
}

static void
add_links (const AttestCodebook *codebook, const GArray *codes, const AttestUnit *unit,
           const char *what, GPtrArray *lines)
{
  g_autofree char *where = attest_unit_dup_text (unit);

  for (guint i = 0; codes != NULL && i < codes->len; i++)
    g_ptr_array_add (
        lines,
        g_strdup_printf ("%s (%s): %s", what, where,
                         attest_codebook_code (codebook, g_array_index (codes, guint, i))->id));
}

static void
add_text (GPtrArray *lines, const char *what, const char *value)
{
  if (value != NULL)
    g_ptr_array_add (lines, g_strdup_printf ("%s: %s", what, value));
}

/* What a code is beside its rules. */
static GPtrArray *
list_code (const AttestCodebook *codebook, const AttestCode *code)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) langs = attest_local_text_list_langs (code->name);

  add_text (lines, "dimension", attest_codebook_dimension (codebook, code->dimension)->id);
  for (guint i = 0; i < langs->len; i++)
    {
      const char *name = g_hash_table_lookup (code->name, g_ptr_array_index (langs, i));
      if (strcmp (name, code->id) != 0)
        add_text (lines, "name", name);
    }
  add_text (lines, "question", code->question);
  add_text (lines, "definition", code->definition);
  add_text (lines, "include", code->include);
  add_text (lines, "exclude", code->exclude);
  add_number (lines, "min_weight", code->min_weight, 0.0);
  add_patterns (codebook, code->first_asked, code->n_asked, "asked: ", lines);
  add_conditions (codebook, code->first_stop, code->n_stop, lines);
  add_links (codebook, code->requires, &code->requires_unit, "requires", lines);
  add_links (codebook, code->excludes, &code->excludes_unit, "excludes", lines);
  g_ptr_array_sort (lines, compare_lines);
  return lines;
}

static gboolean
has_line (const GPtrArray *lines, const char *line)
{
  /* Sorted. */
  guint low = 0, high = lines->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      int order = strcmp (g_ptr_array_index (lines, middle), line);

      if (order == 0)
        return TRUE;
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return FALSE;
}

static GPtrArray *
compare_lists (const GPtrArray *a, const GPtrArray *b)
{
  GPtrArray *details = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < a->len; i++)
    if (!has_line (b, g_ptr_array_index (a, i)))
      g_ptr_array_add (details, g_strconcat ("- ", g_ptr_array_index (a, i), NULL));
  for (guint i = 0; i < b->len; i++)
    if (!has_line (a, g_ptr_array_index (b, i)))
      g_ptr_array_add (details, g_strconcat ("+ ", g_ptr_array_index (b, i), NULL));
  return details;
}

static GPtrArray *
copy_lines (const GPtrArray *lines, const char *before)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < lines->len; i++)
    g_ptr_array_add (copy, g_strconcat (before, g_ptr_array_index (lines, i), NULL));
  return copy;
}

static void
side_init (Side *side, const AttestCodebook *codebook, guint code)
{
  side->codebook = codebook;
  side->code = attest_codebook_code (codebook, code);
  side->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  side->keys = g_ptr_array_new_with_free_func (g_free);
  side->partner = g_new0 (guint, side->code->n_rules + 1);
  for (guint i = 0; i < side->code->n_rules; i++)
    {
      GPtrArray *lines
          = list_rule (codebook, attest_codebook_rule (codebook, side->code->first_rule + i));
      g_autoptr (GString) key = g_string_new (NULL);

      for (guint k = 0; k < lines->len; k++)
        g_string_append_printf (key, "%s\n", (const char *)g_ptr_array_index (lines, k));
      g_ptr_array_add (side->lines, lines);
      g_ptr_array_add (side->keys, g_string_free (g_steal_pointer (&key), FALSE));
    }
}

static void
side_clear (Side *side)
{
  g_ptr_array_unref (side->lines);
  g_ptr_array_unref (side->keys);
  g_free (side->partner);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Side, side_clear)

static const char *
rule_id (const Side *side, guint i)
{
  return attest_codebook_rule (side->codebook, side->code->first_rule + i)->id;
}

/* Partners by @key (nullable) of a rule, each taken once. */
static void
pair_by (Side *a, Side *b, const char *(*key) (const Side *side, guint i))
{
  g_autoptr (GHashTable) rules = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = a->code->n_rules; i > 0; i--)
    if (a->partner[i - 1] == 0 && key (a, i - 1) != NULL)
      g_hash_table_replace (rules, (gpointer)key (a, i - 1), GUINT_TO_POINTER (i));
  for (guint i = 0; i < b->code->n_rules; i++)
    {
      const char *wanted = b->partner[i] == 0 ? key (b, i) : NULL;
      guint found = wanted != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (rules, wanted)) : 0;

      if (found == 0 || a->partner[found - 1] != 0)
        continue;
      b->partner[i] = found;
      a->partner[found - 1] = i + 1;
    }
}

static const char *
rule_key (const Side *side, guint i)
{
  return g_ptr_array_index (side->keys, i);
}

/* What is left, and shares a pattern, is one rule that was changed. */
static void
pair_by_pattern (Side *a, Side *b)
{
  if ((guint64)a->code->n_rules * b->code->n_rules > MAX_PAIRS)
    return;
  for (guint i = 0; i < b->code->n_rules; i++)
    for (guint k = 0; k < a->code->n_rules && b->partner[i] == 0; k++)
      {
        const GPtrArray *lines = g_ptr_array_index (b->lines, i);

        for (guint l = 0; l < lines->len && a->partner[k] == 0 && b->partner[i] == 0; l++)
          if (!g_str_has_prefix (g_ptr_array_index (lines, l), "lang ")
              && has_line (g_ptr_array_index (a->lines, k), g_ptr_array_index (lines, l)))
            {
              b->partner[i] = k + 1;
              a->partner[k] = i + 1;
            }
      }
}

static void
add_change (Differ *differ, AttestChangeKind kind, guint code_a, guint code_b, guint rule_a,
            guint rule_b, GPtrArray *details)
{
  AttestChange change = { kind, code_a, code_b, rule_a, rule_b, details };

  g_array_append_val (differ->changes, change);
}

static void
diff_pair (Differ *differ, const Side *a, const Side *b, guint i, guint code_a, guint code_b)
{
  guint k = b->partner[i] - 1;
  guint rule_a = a->code->first_rule + k, rule_b = b->code->first_rule + i;
  GPtrArray *details
      = compare_lists (g_ptr_array_index (a->lines, k), g_ptr_array_index (b->lines, i));
  /* Without ids, a rule's name is its number, which means nothing. */
  gboolean is_renamed = g_strcmp0 (rule_id (a, k), rule_id (b, i)) != 0;

  if (details->len > 0)
    add_change (differ, ATTEST_CHANGE_CHANGED, code_a, code_b, rule_a, rule_b, details);
  else if (is_renamed)
    add_change (differ, ATTEST_CHANGE_RENAMED, code_a, code_b, rule_a, rule_b, details);
  else
    g_ptr_array_unref (details);
}

static void
diff_rules (Differ *differ, guint code_a, guint code_b)
{
  g_auto (Side) a = { 0 };
  g_auto (Side) b = { 0 };

  side_init (&a, differ->a, code_a);
  side_init (&b, differ->b, code_b);
  pair_by (&a, &b, rule_id);
  pair_by (&a, &b, rule_key);
  pair_by_pattern (&a, &b);
  for (guint i = 0; i < b.code->n_rules; i++)
    if (b.partner[i] > 0)
      diff_pair (differ, &a, &b, i, code_a, code_b);
    else
      add_change (differ, ATTEST_CHANGE_ADDED, code_a, code_b, G_MAXUINT, b.code->first_rule + i,
                  copy_lines (g_ptr_array_index (b.lines, i), "+ "));
  for (guint i = 0; i < a.code->n_rules; i++)
    if (a.partner[i] == 0)
      add_change (differ, ATTEST_CHANGE_REMOVED, code_a, code_b, a.code->first_rule + i, G_MAXUINT,
                  copy_lines (g_ptr_array_index (a.lines, i), "- "));
}

static char *
dup_code_key (const AttestCodebook *codebook, guint code)
{
  g_auto (Side) side = { 0 };

  side_init (&side, codebook, code);
  if (side.keys->len == 0)
    return NULL;
  g_ptr_array_add (side.keys, NULL);
  return g_strjoinv ("\n", (char **)side.keys->pdata);
}

/* Codes of @a that @b does not have, by what their rules do. */
static GHashTable *
index_gone (const Differ *differ)
{
  GHashTable *gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < differ->a->codes->len; i++)
    if (attest_codebook_find_code (differ->b, attest_codebook_code (differ->a, i)->id) < 0)
      {
        char *key = dup_code_key (differ->a, i);
        if (key != NULL)
          g_hash_table_replace (gone, key, GUINT_TO_POINTER (i + 1));
      }
  return gone;
}

/* The code of @a that code @i of @b is; -1: it is new. */
static int
find_before (const Differ *differ, guint i, GHashTable *gone, gboolean *taken)
{
  int found = attest_codebook_find_code (differ->a, attest_codebook_code (differ->b, i)->id);
  g_autofree char *key = found < 0 ? dup_code_key (differ->b, i) : NULL;

  if (key != NULL)
    found = (int)GPOINTER_TO_UINT (g_hash_table_lookup (gone, key)) - 1;
  if (found >= 0 && taken[found])
    return -1;
  if (found >= 0)
    taken[found] = TRUE;
  return found;
}

static void
diff_code (Differ *differ, guint code_a, guint code_b)
{
  const AttestCode *a = attest_codebook_code (differ->a, code_a);
  const AttestCode *b = attest_codebook_code (differ->b, code_b);
  g_autoptr (GPtrArray) lines_a = list_code (differ->a, a);
  g_autoptr (GPtrArray) lines_b = list_code (differ->b, b);
  GPtrArray *details = compare_lists (lines_a, lines_b);
  gboolean is_renamed = strcmp (a->id, b->id) != 0;

  if (is_renamed || details->len > 0)
    add_change (differ, is_renamed ? ATTEST_CHANGE_RENAMED : ATTEST_CHANGE_CHANGED, code_a, code_b,
                G_MAXUINT, G_MAXUINT, details);
  else
    g_ptr_array_unref (details);
  diff_rules (differ, code_a, code_b);
}

GArray *
attest_codebook_diff (const AttestCodebook *a, const AttestCodebook *b)
{
  Differ differ = { a, b, g_array_new (FALSE, TRUE, sizeof (AttestChange)) };
  g_autofree gboolean *taken = g_new0 (gboolean, a->codes->len + 1);
  g_autoptr (GHashTable) gone = index_gone (&differ);

  g_array_set_clear_func (differ.changes, clear_change);
  for (guint i = 0; i < b->codes->len; i++)
    {
      int before = find_before (&differ, i, gone, taken);

      if (before >= 0)
        diff_code (&differ, (guint)before, i);
      else
        add_change (&differ, ATTEST_CHANGE_ADDED, G_MAXUINT, i, G_MAXUINT, G_MAXUINT,
                    g_ptr_array_new_with_free_func (g_free));
    }
  for (guint i = 0; i < a->codes->len; i++)
    if (!taken[i])
      add_change (&differ, ATTEST_CHANGE_REMOVED, i, G_MAXUINT, G_MAXUINT, G_MAXUINT,
                  g_ptr_array_new_with_free_func (g_free));
  return differ.changes;
}
