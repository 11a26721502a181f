/* attest-codebook-lint-unless: `unless` patterns that take all away, or can take nothing away. */
#include <string.h>

#include "codebook/attest-codebook-lint-private.h"

/* Longer ones are not looked at for overlaps: that is quadratic. */
#define MAX_LITERAL_CHARS 100

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
check_unless_pattern (AttestLinter *linter, const AttestRule *rule,
                      const AttestCondition *condition, const AttestCodebookPattern *unless)
{
  gboolean can_overlap = condition->unit.kind != ATTEST_UNIT_HIT || rule->n_match == 0;

  for (guint i = rule->first_match; i < rule->first_match + rule->n_match; i++)
    {
      const AttestCodebookPattern *match = attest_codebook_pattern (linter->codebook, i);
      if (attest_lint_is_same_pattern (match, unless))
        attest_lint_warn_at_pattern (linter, match, "never-hit",
                                     "all that it matches is taken away by ", unless->name);
      can_overlap = can_overlap || patterns_can_overlap (match, unless);
    }
  if (!can_overlap)
    attest_lint_warn_at_pattern (
        linter, unless, "unless-apart",
        "it takes nothing away: it takes away hits that it overlaps, and can "
        "overlap none of this rule; to look further, set unit: sentence",
        "");
}

void
attest_lint_check_unless (AttestLinter *linter, const AttestRule *rule)
{
  if ((guint64)rule->n_match * rule->n_unless > ATTEST_LINT_MAX_PAIRS)
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
