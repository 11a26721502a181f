/* attest-codebook-lint: warnings about what an author is not likely to have meant.
 *
 * Only what is certain from the text of the codebook is said; what needs the matching of sentences
 * is the business of the tests. A warning that is often wrong teaches people not to read any.
 */
#include <string.h>

#include "codebook/attest-codebook-private.h"

/* Longer ones are not looked at for overlaps: that is quadratic. */
#define MAX_LITERAL_CHARS 100
/* Pairs of patterns of two rules, and earlier patterns with the same body, that are compared: a
 * codebook made to be slow must not be. */
#define MAX_PAIRS 10000
#define MAX_EARLIER 100

typedef struct
{
  const AttestCodebook *codebook;
  GArray *problems;
  GHashTable *first_by_body; /* body → index + 1 of the first match pattern that has it */
  guint *next_equal;         /* of each pattern: index + 1 of the next with its body, or 0 */
} Linter;

static void warn (Linter *linter, guint code, guint rule, guint line, guint column,
                  const char *check, const char *format, ...) G_GNUC_PRINTF (7, 8);

/* @code G_MAXUINT: none. */
static void
warn (Linter *linter, guint code, guint rule, guint line, guint column, const char *check,
      const char *format, ...)
{
  AttestProblem problem
      = { .severity = ATTEST_SEVERITY_WARNING, .line = line, .column = column, .check = check };
  va_list args;

  if (code != G_MAXUINT)
    problem.code = g_strdup (attest_codebook_code (linter->codebook, code)->id);
  if (rule != ATTEST_NO_RULE)
    problem.rule = attest_codebook_dup_rule_name (linter->codebook, rule);
  va_start (args, format);
  problem.message = g_strdup_vprintf (format, args);
  va_end (args);
  g_array_append_val (linter->problems, problem);
}

static gboolean
has_lang (const char *const *langs, const char *lang)
{
  for (guint i = 0; langs[i] != NULL; i++)
    if (langs[i] == lang)
      return TRUE;
  return FALSE;
}

/* Whether there is a turn that both are for. */
static gboolean
langs_meet (const char *const *a, const char *const *b)
{
  if (a == NULL || b == NULL)
    return TRUE;
  for (guint i = 0; a[i] != NULL; i++)
    if (has_lang (b, a[i]))
      return TRUE;
  return FALSE;
}

/* Whether @outer is for every turn that @inner is for. */
static gboolean
langs_contain (const char *const *outer, const char *const *inner)
{
  if (outer == NULL || inner == NULL)
    return outer == NULL;
  for (guint i = 0; inner[i] != NULL; i++)
    if (!has_lang (outer, inner[i]))
      return FALSE;
  return TRUE;
}

static gboolean
is_same_pattern (const AttestCodebookPattern *a, const AttestCodebookPattern *b)
{
  return a->word_edges == b->word_edges
         && strcmp (attest_pattern_get_body (a->pattern), attest_pattern_get_body (b->pattern))
                == 0;
}

static gboolean
has_pattern (const Linter *linter, guint first, guint n, const AttestCodebookPattern *pattern)
{
  for (guint i = first; i < first + n; i++)
    if (is_same_pattern (attest_codebook_pattern (linter->codebook, i), pattern))
      return TRUE;
  return FALSE;
}

static void
warn_at_pattern (Linter *linter, const AttestCodebookPattern *pattern, const char *check,
                 const char *message, const char *detail)
{
  warn (linter, pattern->code, pattern->rule, pattern->line, pattern->column, check, "%s: %s%s",
        pattern->name, message, detail);
}

/* Punctuation that a body ends or begins with for certain, or 0. */
static gunichar
edge_punctuation (const char *body, gboolean at_end)
{
  static const char plain[] = ",;:!%\"'«»“”„…—–";
  gsize length_bytes = strlen (body);
  const char *edge = at_end ? g_utf8_prev_char (body + length_bytes) : body;
  gsize slashes = 0;

  if (length_bytes == 0)
    return 0;
  if (!at_end)
    {
      gunichar c = g_utf8_get_char (*body == '\\' ? body + 1 : body);
      return *body == '\\' ? (c < 0x80 && g_ascii_ispunct ((char)c) && c != '_' ? c : 0)
                           : (g_utf8_strchr (plain, -1, c) != NULL ? c : 0);
    }
  while (edge - slashes > body && edge[-1 - (gssize)slashes] == '\\')
    slashes++;
  gunichar c = g_utf8_get_char (edge);
  if (slashes % 2 == 1)
    return c < 0x80 && g_ascii_ispunct ((char)c) && c != '_' ? c : 0;
  return g_utf8_strchr (plain, -1, c) != NULL ? c : 0;
}

static void
check_pattern (Linter *linter, const AttestCodebookPattern *pattern)
{
  const char *body = attest_pattern_get_body (pattern->pattern);

  if (attest_pattern_can_match_empty (pattern->pattern))
    warn_at_pattern (linter, pattern, "empty-match",
                     "it also matches where there is nothing, which is never a hit; make a part of "
                     "it required",
                     "");
  for (guint at_end = 0; at_end < 2 && pattern->word_edges; at_end++)
    {
      gunichar c = edge_punctuation (body, at_end == 1);
      char text[8] = "";
      if (c == 0)
        continue;
      g_unichar_to_utf8 (c, text);
      g_autofree char *detail = g_strdup_printf (
          "%s '%s': whole words are matched, so there must be a letter right %s it; set "
          "word_edges: false",
          at_end ? "it ends with" : "it begins with", text, at_end ? "after" : "before");
      warn_at_pattern (linter, pattern, "word-edge", detail, "");
    }
}

/* Equal match patterns, from the first on. */
static void
index_patterns (Linter *linter)
{
  GArray *patterns = linter->codebook->patterns;
  g_autoptr (GHashTable) last = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < patterns->len; i++)
    {
      const AttestCodebookPattern *pattern = attest_codebook_pattern (linter->codebook, i);
      gpointer body = (gpointer)attest_pattern_get_body (pattern->pattern);
      guint before;

      if (pattern->use != ATTEST_PATTERN_MATCH)
        continue;
      before = GPOINTER_TO_UINT (g_hash_table_lookup (last, body));
      if (before > 0)
        linter->next_equal[before - 1] = i + 1;
      else
        g_hash_table_insert (linter->first_by_body, body, GUINT_TO_POINTER (i + 1));
      g_hash_table_insert (last, body, GUINT_TO_POINTER (i + 1));
    }
}

/* Whether the rule wants more of a hit than its pattern. */
static gboolean
is_narrowed (const Linter *linter, const AttestRule *rule)
{
  for (guint i = rule->first_condition; i < rule->first_condition + rule->n_conditions; i++)
    if (attest_codebook_condition (linter->codebook, i)->use != ATTEST_PATTERN_UNLESS)
      return TRUE;
  return rule->n_asked > 0 || rule->asked_code;
}

/* Whether `unless` of the rule takes away only what it overlaps. */
static gboolean
looks_at_hits_only (const Linter *linter, const AttestRule *rule)
{
  for (guint i = rule->first_condition; i < rule->first_condition + rule->n_conditions; i++)
    if (attest_codebook_condition (linter->codebook, i)->unit.kind != ATTEST_UNIT_HIT)
      return FALSE;
  return TRUE;
}

static const AttestCodebookPattern *
find_earlier_equal (const Linter *linter, guint index)
{
  const AttestCodebookPattern *pattern = attest_codebook_pattern (linter->codebook, index);
  guint i = GPOINTER_TO_UINT (
      g_hash_table_lookup (linter->first_by_body, attest_pattern_get_body (pattern->pattern)));

  for (guint n = 0; i > 0 && i - 1 < index && n < MAX_EARLIER; n++)
    {
      const AttestCodebookPattern *other = attest_codebook_pattern (linter->codebook, i - 1);
      i = linter->next_equal[i - 1];
      if (other->word_edges == pattern->word_edges && langs_meet (other->langs, pattern->langs)
          && !is_narrowed (linter, attest_codebook_rule (linter->codebook, other->rule)))
        return other;
    }
  return NULL;
}

/* Whether whatever @rule hits is hit by @earlier, too. */
static gboolean
is_shadowed_by (const Linter *linter, const AttestRule *rule, const AttestRule *earlier)
{
  if ((guint64)rule->n_match * earlier->n_match > MAX_PAIRS
      || (guint64)rule->n_unless * earlier->n_unless > MAX_PAIRS)
    return FALSE;
  if (is_narrowed (linter, earlier) || !looks_at_hits_only (linter, earlier))
    return FALSE;
  if ((rule->roles & ~earlier->roles) != 0 || !langs_contain (earlier->langs, rule->langs))
    return FALSE;
  for (guint i = 0; i < rule->n_match; i++)
    if (!has_pattern (linter, earlier->first_match, earlier->n_match,
                      attest_codebook_pattern (linter->codebook, rule->first_match + i)))
      return FALSE;
  for (guint i = 0; i < earlier->n_unless; i++)
    if (!has_pattern (linter, rule->first_unless, rule->n_unless,
                      attest_codebook_pattern (linter->codebook, earlier->first_unless + i)))
      return FALSE;
  return TRUE;
}

/* TRUE, with the warning given, when an earlier rule of the code makes the rule superfluous. */
static gboolean
check_shadowed (Linter *linter, guint index)
{
  const AttestCodebook *codebook = linter->codebook;
  const AttestRule *rule = attest_codebook_rule (codebook, index);
  if (rule->n_match == 0)
    return FALSE;
  const AttestCodebookPattern *first = attest_codebook_pattern (codebook, rule->first_match);
  guint i = GPOINTER_TO_UINT (
      g_hash_table_lookup (linter->first_by_body, attest_pattern_get_body (first->pattern)));

  for (guint n = 0; i > 0 && i - 1 < rule->first_match && n < MAX_EARLIER; n++)
    {
      guint other = attest_codebook_pattern (codebook, i - 1)->rule;
      const AttestRule *earlier = attest_codebook_rule (codebook, other);
      i = linter->next_equal[i - 1];
      if (earlier->code != rule->code || !is_shadowed_by (linter, rule, earlier))
        continue;
      g_autofree char *name = attest_codebook_dup_rule_name (codebook, index);
      g_autofree char *other_name = attest_codebook_dup_rule_name (codebook, other);
      const char *code_id = attest_codebook_code (codebook, rule->code)->id;
      warn (linter, rule->code, index, rule->line, rule->column, "shadowed",
            "rule %s/%s finds nothing that rule %s/%s (line %u) does not: remove it", code_id, name,
            code_id, other_name, earlier->line);
      return TRUE;
    }
  return FALSE;
}

static void
check_equal (Linter *linter, guint index)
{
  const AttestCodebookPattern *pattern = attest_codebook_pattern (linter->codebook, index);
  const AttestCodebookPattern *other = find_earlier_equal (linter, index);
  g_autofree char *detail = NULL;

  if (other == NULL || is_narrowed (linter, attest_codebook_rule (linter->codebook, pattern->rule)))
    return;
  detail = g_strdup_printf ("%s (line %u)", other->name, other->line);
  warn_at_pattern (linter, pattern, "equal-pattern",
                   other->code == pattern->code
                       ? "it is the same as "
                       : "the same passages get another code by the same pattern, ",
                   detail);
}

/* The characters of a body that is nothing but text, for comparing without case; NULL: it is more.
 */
static gunichar *
dup_literal (const char *body, glong *out_n_chars)
{
  glong n = 0;

  for (const char *p = body; *p != '\0'; p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);
      if (!(g_unichar_isalnum (c) || c == ' ' || c == '-' || c == '\'' || c == 0x2019)
          || n >= MAX_LITERAL_CHARS)
        return NULL;
    }
  *out_n_chars = n;
  return g_utf8_to_ucs4_fast (body, -1, NULL);
}

static gboolean
is_same_letter (gunichar a, gunichar b)
{
  return g_unichar_tolower (a) == g_unichar_tolower (b)
         || g_unichar_toupper (a) == g_unichar_toupper (b);
}

/* A pattern that is nothing but text. */
typedef struct
{
  gunichar *chars;
  glong n;
  gboolean word_edges;
} Literal;

static gboolean
is_word_edge (const Literal *literal, glong i)
{
  return i <= 0 || i >= literal->n
         || g_unichar_isalnum (literal->chars[i - 1]) != g_unichar_isalnum (literal->chars[i]);
}

/* Whether @b may begin at character @shift of @a, as far as their letters and word edges go. */
static gboolean
can_meet_at (const Literal *a, const Literal *b, glong shift)
{
  glong end = shift + b->n;

  for (glong i = MAX (shift, 0); i < MIN (a->n, end); i++)
    if (!is_same_letter (a->chars[i], b->chars[i - shift]))
      return FALSE;
  return (!b->word_edges || (is_word_edge (a, shift) && is_word_edge (a, end)))
         && (!a->word_edges || (is_word_edge (b, -shift) && is_word_edge (b, a->n - shift)));
}

static gboolean
patterns_can_overlap (const AttestCodebookPattern *a, const AttestCodebookPattern *b)
{
  Literal x = { .word_edges = a->word_edges };
  Literal y = { .word_edges = b->word_edges };
  g_autofree gunichar *x_chars = x.chars = dup_literal (attest_pattern_get_body (a->pattern), &x.n);
  g_autofree gunichar *y_chars = y.chars = dup_literal (attest_pattern_get_body (b->pattern), &y.n);

  if (x_chars == NULL || y_chars == NULL)
    return TRUE;
  for (glong shift = -(y.n - 1); shift < x.n; shift++)
    if (can_meet_at (&x, &y, shift))
      return TRUE;
  return FALSE;
}

static void
check_unless_pattern (Linter *linter, const AttestRule *rule, const AttestCondition *condition,
                      const AttestCodebookPattern *unless)
{
  gboolean can_overlap = condition->unit.kind != ATTEST_UNIT_HIT || rule->n_match == 0;

  for (guint i = rule->first_match; i < rule->first_match + rule->n_match; i++)
    {
      const AttestCodebookPattern *match = attest_codebook_pattern (linter->codebook, i);
      if (is_same_pattern (match, unless))
        warn_at_pattern (linter, match, "never-hit", "all that it matches is taken away by ",
                         unless->name);
      can_overlap = can_overlap || patterns_can_overlap (match, unless);
    }
  if (!can_overlap)
    warn_at_pattern (linter, unless, "unless-apart",
                     "it takes nothing away: it takes away hits that it overlaps, and can "
                     "overlap none of this rule; to look further, set unit: sentence",
                     "");
}

static void
check_unless (Linter *linter, const AttestRule *rule)
{
  if ((guint64)rule->n_match * rule->n_unless > MAX_PAIRS)
    return;
  for (guint i = rule->first_condition; i < rule->first_condition + rule->n_conditions; i++)
    {
      const AttestCondition *condition = attest_codebook_condition (linter->codebook, i);

      for (guint k = 0; k < condition->n_patterns && condition->use == ATTEST_PATTERN_UNLESS; k++)
        check_unless_pattern (
            linter, rule, condition,
            attest_codebook_pattern (linter->codebook, condition->first_pattern + k));
    }
}

static void
check_langs (Linter *linter, guint code, guint rule, const char *const *langs, guint line,
             guint column)
{
  const char *const *declared = linter->codebook->langs;

  for (guint i = 0; langs != NULL && langs[i] != NULL && declared[0] != NULL; i++)
    if (!has_lang (declared, langs[i]))
      warn (linter, code, rule, line, column, "undeclared-language",
            "language '%s' is not among the languages of the codebook", langs[i]);
}

static void
check_rule (Linter *linter, guint index)
{
  const AttestRule *rule = attest_codebook_rule (linter->codebook, index);

  check_langs (linter, rule->code, index, rule->langs, rule->line, rule->column);
  check_unless (linter, rule);
  if (check_shadowed (linter, index))
    return;
  for (guint i = 0; i < rule->n_match; i++)
    check_equal (linter, rule->first_match + i);
}

static gboolean
has_example (const AttestCode *code, gboolean counter, const char *lang)
{
  for (guint i = 0; i < code->examples->len; i++)
    {
      const AttestExample *example = &g_array_index (code->examples, AttestExample, i);
      if (example->counter == counter
          && (lang == NULL || example->lang == NULL || strcmp (example->lang, lang) == 0))
        return TRUE;
    }
  return FALSE;
}

/* Languages for which the code has rules that no example tests. */
static char *
dup_untested_langs (const Linter *linter, const AttestCode *code)
{
  g_autoptr (GPtrArray) untested = g_ptr_array_new ();

  for (guint i = 0; i < code->n_rules; i++)
    {
      const char *const *langs
          = attest_codebook_rule (linter->codebook, code->first_rule + i)->langs;
      for (guint k = 0; langs != NULL && langs[k] != NULL; k++)
        if (!has_example (code, FALSE, langs[k]) && !g_ptr_array_find (untested, langs[k], NULL))
          g_ptr_array_add (untested, (gpointer)langs[k]);
    }
  if (untested->len == 0)
    return NULL;
  g_ptr_array_add (untested, NULL);
  return g_strjoinv (", ", (char **)untested->pdata);
}

static void
check_code (Linter *linter, guint index)
{
  const AttestCode *code = attest_codebook_code (linter->codebook, index);
  gboolean has_examples = has_example (code, FALSE, NULL);
  gboolean has_counterexamples = has_example (code, TRUE, NULL);

  if (code->definition == NULL)
    warn (linter, index, ATTEST_NO_RULE, code->line, code->column, "missing-definition",
          "code '%s' has no definition: people will read it differently", code->id);
  if (code->n_rules > 0 && !(has_examples && has_counterexamples))
    warn (linter, index, ATTEST_NO_RULE, code->line, code->column, "untested",
          "code '%s' has no %s", code->id,
          has_examples          ? "counterexamples"
          : has_counterexamples ? "examples"
                                : "examples and no counterexamples");
  g_autofree char *langs = has_examples ? dup_untested_langs (linter, code) : NULL;
  if (langs != NULL)
    warn (linter, index, ATTEST_NO_RULE, code->line, code->column, "untested",
          "code '%s' has rules but no examples in: %s", code->id, langs);
  for (guint i = 0; i < code->n_asked; i++)
    {
      const AttestCodebookPattern *asked
          = attest_codebook_pattern (linter->codebook, code->first_asked + i);
      check_langs (linter, index, ATTEST_NO_RULE, asked->langs, asked->line, asked->column);
    }
}

static void
check_fragments (Linter *linter)
{
  for (guint i = 0; i < linter->codebook->fragments->len; i++)
    {
      const AttestFragment *fragment
          = &g_array_index (linter->codebook->fragments, AttestFragment, i);
      if (!fragment->is_used)
        warn (linter, G_MAXUINT, ATTEST_NO_RULE, fragment->line, fragment->column,
              "unused-fragment", "fragment '%s' is used by no pattern", fragment->name);
    }
}

void
attest_codebook_lint (const AttestCodebook *codebook, GArray *problems)
{
  g_autoptr (GArray) found = attest_problems_new ();
  g_autoptr (GHashTable) first_by_body = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree guint *next_equal = g_new0 (guint, codebook->patterns->len + 1);
  Linter linter = { codebook, found, first_by_body, next_equal };

  index_patterns (&linter);
  check_fragments (&linter);
  for (guint i = 0; i < codebook->codes->len; i++)
    check_code (&linter, i);
  for (guint i = 0; i < codebook->rules->len; i++)
    check_rule (&linter, i);
  for (guint i = 0; i < codebook->patterns->len; i++)
    check_pattern (&linter, attest_codebook_pattern (codebook, i));
  attest_problems_sort (found);
  attest_problems_move (found, problems);
}
