/* Patterns as trees. */
#include "pattern/attest-regex.h"

#include <string.h>

static void
dump (const AttestRegex *regex, guint index, GString *out)
{
  static const char *const names[]
      = { "char", "set",  "seq",    "or",   "repeat", "group", "atomic", "reset",
          "look", "cond", "define", "edge", "ref",    "line",  "verb" };
  const AttestNode *node = attest_regex_node (regex, index);
  int length = (int)(node->end_byte - node->start_byte);

  if (node->kind == ATTEST_NODE_CHAR || node->kind == ATTEST_NODE_SET
      || node->kind == ATTEST_NODE_EDGE || node->kind == ATTEST_NODE_REFERENCE)
    {
      g_string_append_printf (out, "%s%.*s", node->kind == ATTEST_NODE_CHAR ? "" : "@", length,
                              regex->body + node->start_byte);
      return;
    }
  g_string_append_printf (out, "(%s", names[node->kind]);
  if (node->kind == ATTEST_NODE_REPEAT)
    g_string_append_printf (out, " %u-%d%s", node->min, (int)node->max,
                            node->possessive ? "!" : "");
  if (node->kind == ATTEST_NODE_LOOK)
    g_string_append_printf (out, "%s%s", node->is_behind ? "<" : "", node->is_negated ? "!" : "=");
  if (node->captures)
    g_string_append (out, " capture");
  for (guint i = node->first; i != 0; i = attest_regex_node (regex, i)->next)
    {
      g_string_append_c (out, ' ');
      dump (regex, i, out);
    }
  g_string_append_c (out, ')');
}

static void
test_trees (void)
{
  static const char *const cases[][2] = {
    { "", "(seq)" },
    { "ab", "(seq a b)" },
    { "a|b|", "(or (seq a) (seq b) (seq))" },
    { "(?:a|b)s?", "(seq (group (or (seq a) (seq b))) (repeat 0-1 s))" },
    { "(a)\\1", "(seq (group capture (seq a)) @\\1)" },
    { "\\w+ [a-z]{2,3}+", "(seq (repeat 1--1 @\\w)   (repeat 2-3! @[a-z]))" },
    { "a{2}{3}", "(seq (repeat 3-3 (repeat 2-2 a)))" },
    { "a{,3}", "(seq a { , 3 })" },
    { "(?<!x)a(?=b)", "(seq (look<! (seq x)) a (look= (seq b)))" },
    { "(?>a+)\\b$", "(seq (atomic (seq (repeat 1--1 a))) @\\b @$)" },
    { "(?x) a # b\n c", "(seq (seq) a c)" },
    { "\\Qa.b\\E.", "(seq a . b @.)" },
    { "(?(?=a)b|c)d", "(seq (cond (or (seq b) (seq c))) d)" },
    { "a(*PRUNE)b", "(seq a (verb) b)" },
    { "\\x{e9}[^\\W\\d]\\.", "(seq \\x{e9} @[^\\W\\d] \\.)" },
    { NULL, NULL },
  };

  for (guint i = 0; cases[i][0] != NULL; i++)
    {
      g_autoptr (AttestRegex) regex = attest_regex_parse (cases[i][0]);
      g_autoptr (GString) found = g_string_new (NULL);

      g_assert_null (regex->reason);
      dump (regex, regex->root, found);
      g_assert_cmpstr (found->str, ==, cases[i][1]);
    }
}

static void
test_flags (void)
{
  g_autoptr (AttestRegex) regex = attest_regex_parse ("a(?-i)b(?i:c)(?s).\\K");
  const AttestNode *root = attest_regex_node (regex, regex->root);
  guint n_case = 0;

  g_assert_null (regex->reason);
  g_assert_cmpint (root->kind, ==, ATTEST_NODE_SEQUENCE);
  g_assert_true (regex->has_options);
  g_assert_true (regex->needs_whole_text);
  for (guint i = 1; i < regex->nodes->len; i++)
    if (attest_regex_node (regex, i)->kind == ATTEST_NODE_CHAR)
      n_case += attest_regex_node (regex, i)->case_matters;
  g_assert_cmpuint (n_case, ==, 1);
}

static void
test_refused (void)
{
  static const char *const bodies[] = { "(*CRLF)a", "a(?C1)b", "[\\Qa\\E]", NULL };

  for (guint i = 0; bodies[i] != NULL; i++)
    {
      g_autoptr (AttestRegex) regex = attest_regex_parse (bodies[i]);
      g_assert_nonnull (regex->reason);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/regex/trees", test_trees);
  g_test_add_func ("/regex/flags", test_flags);
  g_test_add_func ("/regex/refused", test_refused);
  return g_test_run ();
}
