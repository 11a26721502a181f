/* attest-backtracking: see the header. */
#include "pattern/attest-backtracking.h"

#include <string.h>

#include "pattern/attest-ambiguity.h"
#include "util/attest-limits.h"

/* Characters that are repeated in a text that is tried: with more, a word is no word any more, and
 * also a repetition that is harmless in practice, (?:\w+ ?){0,4}, takes long. */
#define MAX_PUMPED_BYTES 40
/* Repetitions before the last at which steps are counted. */
#define COUNTED_BEFORE 6

/* A text that may show it. */
typedef struct
{
  AttestPattern *pattern;
  AttestMatcher *matcher;
  const char *prefix, *pump;
  char *suffix;
  AttestEffort *effort; /* (nullable) */
} Attack;

static GString *
make_text (const Attack *attack, guint repeats)
{
  GString *text = g_string_new (attack->prefix);

  for (guint i = 0; i < repeats; i++)
    g_string_append (text, attack->pump);
  g_string_append (text, attack->suffix);
  return text;
}

static gboolean
may_try (const Attack *attack)
{
  return attack->effort == NULL || attack->effort->trials > 0;
}

/* Whether a search of the text, as the engine searches it, meets the limit. */
static gboolean
gives_up (const Attack *attack, guint repeats)
{
  GString *text = make_text (attack, repeats);
  AttestMatchResult result = ATTEST_MATCH_NONE;
  gsize start = 0, end = 0;
  const char *reason;

  if (may_try (attack))
    {
      if (attack->effort != NULL)
        attack->effort->trials--;
      result = attest_matcher_find (attack->matcher, attack->pattern, text->str, text->len, 0,
                                    &start, &end, &reason);
    }
  g_string_free (text, TRUE);
  return result == ATTEST_MATCH_LIMIT;
}

static guint32
count_steps (const Attack *attack, guint repeats)
{
  GString *text = make_text (attack, repeats);
  guint32 steps = attest_matcher_count_steps (attack->matcher, attack->pattern, text->str,
                                              text->len, ATTEST_MAX_MATCH_CALLS);

  g_string_free (text, TRUE);
  return steps;
}

/* NULL: the pattern bears the text. */
static AttestBacktracking *
try_attack (const Attack *attack)
{
  guint low = 0, high = (guint)MAX (1, MAX_PUMPED_BYTES / strlen (attack->pump));
  AttestBacktracking *found;

  if (!gives_up (attack, high))
    return NULL;
  while (high - low > 1 && may_try (attack))
    {
      guint middle = low + (high - low) / 2;

      if (gives_up (attack, middle))
        high = middle;
      else
        low = middle;
    }
  found = g_new0 (AttestBacktracking, 1);
  found->text = g_string_free (make_text (attack, high), FALSE);
  found->pump = g_strdup (attack->pump);
  found->repeats = high;
  found->counted = high > COUNTED_BEFORE + 1 ? high - COUNTED_BEFORE : 1;
  found->steps = count_steps (attack, found->counted);
  found->steps_with_one_more = count_steps (attack, found->counted + 1);
  return found;
}

/* The text must fail behind the prefix and the repetitions: because nothing fits there; or, where
 * PCRE2 first looks whether the text has a letter that every match has, because they follow in the
 * wrong order, or too far behind. */
static AttestBacktracking *
try_suffixes (Attack *attack, const char *whole)
{
  g_autofree char *reversed = g_utf8_strreverse (whole, -1);
  char *suffixes[] = { g_strdup ("!"), g_strdup_printf ("!! %s!", reversed),
                       g_strdup_printf ("!! %s", whole), g_strdup ("") };
  AttestBacktracking *found = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      attack->suffix = suffixes[i];
      if (found == NULL)
        found = try_attack (attack);
    }
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    g_free (suffixes[i]);
  return found;
}

/* The largest part with the position in it that is repeated. */
static void
find_repeated (const AttestRegex *regex, const AttestPosition *position, AttestBacktracking *found)
{
  found->start_byte = position->start_byte;
  found->end_byte = position->end_byte;
  for (guint i = 1; i < regex->nodes->len; i++)
    {
      const AttestNode *node = attest_regex_node (regex, i);

      if (node->kind != ATTEST_NODE_REPEAT || node->max <= 1 || node->start_byte > found->start_byte
          || node->end_byte < found->end_byte)
        continue;
      found->start_byte = node->start_byte;
      found->end_byte = node->end_byte;
    }
}

AttestBacktracking *
attest_backtracking_find (AttestPattern *pattern, const AttestRegex *regex,
                          const AttestAlphabet *alphabet, AttestEffort *effort)
{
  g_autoptr (AttestAutomaton) automaton
      = attest_automaton_new (regex, alphabet, ATTEST_AUTOMATON_LOOPS, effort);
  if (automaton == NULL)
    return NULL;
  g_autoptr (GArray) ambiguities = attest_ambiguity_find (automaton, alphabet, effort);
  AttestBacktracking *found = NULL;

  for (guint i = 0; i < ambiguities->len && found == NULL; i++)
    {
      const AttestAmbiguity *ambiguity = &g_array_index (ambiguities, AttestAmbiguity, i);
      const AttestPosition *position = attest_automaton_position (automaton, ambiguity->position);
      g_autofree char *prefix
          = attest_automaton_dup_text_to (automaton, alphabet, ambiguity->position);
      g_autofree char *whole = attest_automaton_dup_text (automaton, alphabet);
      g_autoptr (AttestMatcher) matcher = attest_matcher_new ();
      Attack attack = { pattern, matcher, prefix, ambiguity->pump, NULL, effort };

      if (prefix == NULL || whole == NULL || *whole == '\0')
        continue;
      found = try_suffixes (&attack, whole);
      if (found != NULL)
        find_repeated (regex, position, found);
    }
  return found;
}

void
attest_backtracking_free (AttestBacktracking *backtracking)
{
  if (backtracking == NULL)
    return;
  g_free (backtracking->text);
  g_free (backtracking->pump);
  g_free (backtracking);
}
