/* The conditions of rules and of codes: what is a hit, and which segments stand. */
#include "coder-fixture.h"

#include "util/attest-limits.h"

#define RULES(rules) "id: t\ncodes:\n- id: c\n  rules:\n" rules

/* One respondent's turn in English. */
static void
assert_found (const char *yaml, const char *text, const char *expected)
{
  g_autofree char *line = g_strconcat ("R|en|", text, NULL);

  assert_coded (yaml, (const char *[]){ line, NULL }, expected);
}

static void
test_words (void)
{
  static const char yaml[] = RULES (
      "  - words: [donor, fund*, \"don't know\", C++, 'so-so', café, йод, 😀 face, 'a*b']\n");

  /* Whole words only; a star is for endings; nothing is a regular expression. */
  assert_found (yaml, "A donor and donors, funding and refunding, funded.",
                "0 c 1 'A donor and donors, funding and refunding, funded.' "
                "[c/1.1:donor c/1.2:funding c/1.2:funded]\n");
  assert_found (yaml, "We don’t  know C++ or C+++, it is so‑so.",
                "0 c 1 'We don’t  know C++ or C+++, it is so‑so.' "
                "[c/1.3:don’t  know c/1.4:C++ c/1.4:C++ c/1.5:so‑so]\n");
  /* é as two code points is another letter of the word, not its end, whichever way it is written:
   * the readers compose it, so here it only must not match half of it. */
  assert_found (yaml, "Un café ici, un cafe\xcc\x81 l\xc3\xa0, des cafés.",
                "0 c 1 'Un café ici, un cafe\xcc\x81 l\xc3\xa0, des cafés.' [c/1.6:café]\n");
  assert_found (yaml, "Donor\xcc\x81 DONOR.", "0 c 1 'Donor\xcc\x81 DONOR.' [c/1.1:DONOR]\n");
  assert_found (yaml, "Нам дали ЙОД, а не йодид.",
                "0 c 1 'Нам дали ЙОД, а не йодид.' [c/1.7:ЙОД]\n");
  assert_found (yaml, "What a 😀 face and a*b.",
                "0 c 1 'What a 😀 face and a*b.' [c/1.8:😀 face c/1.9:a*b]\n");
  assert_found (yaml, "aab, ab.", "");
  assert_found (yaml, "", "");
  /* Words count on behind patterns; one rule, one sign. */
  assert_found (RULES ("  - {match: 'x+', words: y, word_edges: false}\n"), "axx y by.",
                "0 c 1 'axx y by.' [c/1.1:xx c/1.2:y]\n");
}

static void
test_all (void)
{
  /* With `match`: what is found. Without: all of them are. */
  static const char with[] = RULES ("  - {match: report, all: [late, [money, funds]]}\n");
  static const char without[] = RULES ("  - all: [late, money]\n");

  assert_found (with, "The money and the report came late. A late report.",
                "0 c 1 'The money and the report came late.' [c/1.1:report]\n");
  assert_found (with, "Funds for the report were late.",
                "0 c 1 'Funds for the report were late.' [c/1.1:report]\n");
  assert_found (without, "Money came late, always late. It came late. No money came.",
                "0 c 1 'Money came late, always late.' [c/1.all.2:Money c/1.all.1:late "
                "c/1.all.1:late]\n");
  assert_found (RULES ("  - {all: [late, money], unit: turn}\n"),
                "It always came very late. There was no money at all.",
                "0 c 1 'It always came very late.' [c/1.all.1:late]\n"
                "0 c 1 'There was no money at all.' [c/1.all.2:money]\n");
  assert_found (without, "Деньги пришли late. Money is here now.", "");
}

static void
test_units (void)
{
#define FIVE                                                                                       \
  "It was late in May. Nobody came to us. The money was there. Then it rained a lot. Gone."
  static const struct
  {
    const char *unit;
    gboolean is_found;
  } cases[] = {
    { "sentence", FALSE },   { "{window: 0}", FALSE }, { "{window: 1}", FALSE },
    { "{window: 2}", TRUE }, { "{window: 20}", TRUE }, { "turn", TRUE },
    { "hit", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *yaml
          = g_strdup_printf (RULES ("  - {match: money, all: late, unit: %s}\n"), cases[i].unit);
      g_autofree char *back
          = g_strdup_printf (RULES ("  - {match: late, all: money, unit: %s}\n"), cases[i].unit);

      g_test_message ("%s", cases[i].unit);
      assert_found (yaml, FIVE,
                    cases[i].is_found ? "0 c 1 'The money was there.' [c/1.1:money]\n" : "");
      assert_found (back, FIVE,
                    cases[i].is_found ? "0 c 1 'It was late in May.' [c/1.1:late]\n" : "");
    }
  /* A condition may have a unit of its own, and never sees another turn. */
  assert_coded (RULES ("  - {match: money, unit: hit, all: {match: late, unit: turn}}\n"),
                (const char *[]){ "R|en|The money was there. It was very late.",
                                  "R|en|The money was there.", "R|en|It was late.", NULL },
                "0 c 1 'The money was there.' [c/1.1:money]\n");
}

static void
test_unless (void)
{
  /* What it overlaps; or in the unit; or so near. */
  assert_found (RULES ("  - {match: 'effective', unless: 'cost[- ]effective'}\n"),
                "Effective, and cost-effective.",
                "0 c 1 'Effective, and cost-effective.' [c/1.1:Effective]\n");
  assert_found (RULES ("  - {match: 'effective', unless: {match: cost, unit: sentence}}\n"),
                "Effective, at a cost. It was effective for us.",
                "0 c 1 'It was effective for us.' [c/1.1:effective]\n");
  assert_found (RULES ("  - {match: 'effective', unless: {of: [not, never], words: 2}}\n"),
                "It was not very effective. It was not to us so effective then.",
                "0 c 1 'It was not to us so effective then.' [c/1.1:effective]\n");
  assert_found (RULES ("  - {match: x, unless: [xx, {match: y, unit: turn}]}\n"), "x. y.", "");
}

static void
test_near (void)
{
  static const char yaml[]
      = RULES ("  - {match: 'money|funds', near: {of: [late, slow*], words: 2}}\n");

  assert_found (yaml, "The money always came late. The money was so very much late.",
                "0 c 1 'The money always came late.' [c/1.1:money]\n");
  assert_found (yaml, "Slowly, quite slowly money came.",
                "0 c 1 'Slowly, quite slowly money came.' [c/1.1:money]\n");
  assert_found (yaml, "Late (again and) funds.", "0 c 1 'Late (again and) funds.' [c/1.1:funds]\n");
  /* Not in the next sentence, unless the unit says so. */
  assert_found (yaml, "They sent us the money. Late it was for all.", "");
  assert_found (RULES ("  - {match: money, near: {match: late, words: 2, unit: turn}}\n"),
                "They sent us the money. Late it was for all.",
                "0 c 1 'They sent us the money.' [c/1.1:money]\n");
  /* Nothing is near itself; a hyphenated word is one, and "(a)" is, too. */
  assert_found (RULES ("  - {match: go, near: {match: go, words: 0}}\n"), "We go on.", "");
  assert_found (RULES ("  - {match: go, near: {match: go, words: 0}}\n"), "We go, go on.",
                "0 c 1 'We go, go on.' [c/1.1:go c/1.1:go]\n");
  assert_found (RULES ("  - {match: a, near: {match: b, words: 1}}\n"),
                "Here a well-known 😀 b. Here a é\xcc\x81t и b.",
                "0 c 1 'Here a well-known 😀 b.' [c/1.1:a]\n");
  /* Each of several. */
  assert_found (RULES ("  - {match: m, near: [{match: a, words: 0}, {match: b, words: 1}]}\n"),
                "Once a m b. Then it m b. Now a m x y b.", "0 c 1 'Once a m b.' [c/1.1:m]\n");
}

static void
test_order (void)
{
  assert_found (RULES ("  - {match: money, before: [late, never]}\n"),
                "Late came the money. The money came late, the money never.",
                "0 c 1 'The money came late, the money never.' [c/1.1:money c/1.1:money]\n");
  assert_found (RULES ("  - {match: reached, after: {match: 'targets?', words: 3}}\n"),
                "Reached targets. Targets were all reached. Targets that we had never reached.",
                "0 c 1 'Targets were all reached.' [c/1.1:reached]\n");
  /* What it overlaps stands neither before nor after it. */
  assert_found (RULES ("  - {match: 'a b', before: 'b c', after: a}\n"), "a b c.", "");
}

static void
test_stop (void)
{
  static const char yaml[] = "id: t\ncodes:\n- id: c\n"
                             "  stop: [impact driver, {of: [asteroid], unit: sentence}, "
                             "{lang: fr, match: impact}]\n"
                             "  rules: [impact, {match: driver, weight: 2}]\n"
                             "- {id: d, rules: impact}\n";

  /* Hits of every rule of the code, and of no other code. */
  assert_found (yaml, "An impact driver. An impact and a driver.",
                "0 d 1 'An impact driver.' [d/1.1:impact]\n"
                "0 c 2 'An impact and a driver.' [c/1.1:impact c/2.1:driver]\n"
                "0 d 1 'An impact and a driver.' [d/1.1:impact]\n");
  assert_found (yaml, "The impact of the asteroid.",
                "0 d 1 'The impact of the asteroid.' [d/1.1:impact]\n");
  assert_coded (yaml, (const char *[]){ "R|fr|Un impact ici.", NULL },
                "0 d 1 'Un impact ici.' [d/1.1:impact]\n");
}

static void
test_asked (void)
{
  static const char yaml[]
      = "id: t\ncodes:\n- id: c\n  asked: 'achiev\\w+'\n  rules:\n"
        "  - {match: 'yes', asked: true}\n"
        "  - {match: 'sometimes', asked: ['how often', {match: 'combien', lang: fr}]}\n"
        "- {id: d, rules: 'yes'}\n";

  assert_coded (yaml,
                (const char *[]){ "R|en|Yes, sometimes.", "I|en|What was achieved?",
                                  "R|en|Yes, sometimes.", "I|en|How often?", "R|en|Yes, sometimes.",
                                  "I|en|Mm-hm.", "R|en|Sometimes, yes.", "I|en|And the weather?",
                                  "R|en|Yes, sometimes.", "I|fr|Combien de fois ?",
                                  "R|en|Sometimes.", NULL },
                "0 d 1 'Yes, sometimes.' [d/1.1:Yes]\n"
                "2 c 1 'Yes, sometimes.' [c/1.1:Yes]\n"
                "2 d 1 'Yes, sometimes.' [d/1.1:Yes]\n"
                "4 c 1 'Yes, sometimes.' [c/2.1:sometimes]\n"
                "4 d 1 'Yes, sometimes.' [d/1.1:Yes]\n"
                "6 c 1 'Sometimes, yes.' [c/2.1:Sometimes]\n"
                "6 d 1 'Sometimes, yes.' [d/1.1:yes]\n"
                "8 d 1 'Yes, sometimes.' [d/1.1:Yes]\n"
                "10 c 1 'Sometimes.' [c/2.1:Sometimes]\n"
                "2? c\n");
}

static void
test_min_weight (void)
{
  /* Three times .1 is .3. */
  static const char yaml[] = "id: t\ncodes:\n- id: c\n  min_weight: 0.3\n  rules:\n"
                             "  - {match: a, weight: 0.1}\n  - {match: b, weight: 0.1}\n"
                             "  - {match: c, weight: 0.1}\n";

  assert_found (yaml, "Now a and a b here. Now a b and c here.",
                "0 c 3 'Now a b and c here.' [c/1.1:a c/2.1:b c/3.1:c]\n");
}

static void
test_links (void)
{
  static const char yaml[]
      = "id: t\ncodes:\n"
        "- {id: lesson, requires: {codes: [impact], unit: {window: 1}}, rules: learnt}\n"
        "- {id: impact, excludes: noise, rules: change}\n"
        "- {id: noise, min_weight: 2, rules: [climate, warm\\w*]}\n"
        "- {id: both, requires: [impact, lesson], rules: we}\n";

  assert_found (yaml, "Much change has come. And we learnt that.",
                "0 impact 1 'Much change has come.' [impact/1.1:change]\n"
                "0 lesson 1 'And we learnt that.' [lesson/1.1:learnt]\n");
  assert_found (yaml, "Change, we learnt, is slow.",
                "0 lesson 1 'Change, we learnt, is slow.' [lesson/1.1:learnt]\n"
                "0 impact 1 'Change, we learnt, is slow.' [impact/1.1:Change]\n"
                "0 both 1 'Change, we learnt, is slow.' [both/1.1:we]\n");
  /* Noise that is too light for a segment excludes nothing; what is excluded is not there for
   * those that require it. */
  assert_found (yaml, "The climate and change we learnt.",
                "0 lesson 1 'The climate and change we learnt.' [lesson/1.1:learnt]\n"
                "0 impact 1 'The climate and change we learnt.' [impact/1.1:change]\n"
                "0 both 1 'The climate and change we learnt.' [both/1.1:we]\n");
  assert_found (yaml, "The warming climate and change we learnt.",
                "0 noise 2 'The warming climate and change we learnt.' [noise/2.1:warming "
                "noise/1.1:climate]\n");
  assert_found (yaml, "Change came to all of us. Nobody said it. We learnt a lot.",
                "0 impact 1 'Change came to all of us.' [impact/1.1:Change]\n");
}

/* Whatever finds the matches, the same comes out. */
static void
test_prefilter (void)
{
  static const char yaml[]
      = "id: t\ncodes:\n"
        "- {id: a, stop: {of: [winter], unit: sentence}, rules: [{words: [road*, мост*], "
        "near: {of: [closed, built, закрыт*], words: 4}}, {all: [school, teacher*], unit: {window: "
        "1}}]}\n"
        "- {id: b, requires: a, rules: [{match: 'the \\w+', before: {match: was, words: 3}, "
        "unless: {of: [not], unit: turn}}]}\n"
        "- {id: c, excludes: {codes: a, unit: turn}, min_weight: 1, rules: [{match: was, after: "
        "[the]}]}\n";
  static const char *const lines[]
      = { "R|-|The road was closed. The school was here. Teachers came. The café\xcc\x81 was far.",
          "R|-|The winter road was closed. It was not.",
          "R|-|Мосты были закрыты. The end was near 😀.",
          "R|-|",
          "R|-|The school was the road of the teacher, and the bridge was built.",
          NULL };
  g_autoptr (AttestCodebook) codebook = parse (yaml);
  g_autoptr (AttestDocument) doc = make_document (lines);
  g_autofree char *expected = NULL;

  for (guint i = 0; i < 2; i++)
    {
      AttestCoderOptions options = { .no_prefilter = i == 0 };
      g_autoptr (AttestCoder) coder = attest_coder_new (codebook, &options);
      g_autoptr (AttestCoderWorker) worker = attest_coder_worker_new (coder);

      /* Often enough for machine code to pay, if there is any. */
      for (guint k = 0; k < 400; k++)
        {
          g_autoptr (AttestCoding) coding = attest_coder_code (worker, doc);
          g_autofree char *found = describe (codebook, doc, coding);

          if (expected == NULL)
            expected = g_steal_pointer (&found);
          else
            g_assert_cmpstr (found, ==, expected);
        }
    }
  g_assert_cmpuint (strlen (expected), >, 400);
}

/* Codebooks and turns made to be slow are not. */
static void
test_limits (void)
{
  g_autoptr (GString) yaml = g_string_new ("id: t\ncodes:\n");
  g_autoptr (GString) text = g_string_new ("R|en|");
  g_autoptr (GString) circle = g_string_new ("id: t\ncodes:\n");
  g_autoptr (GError) error = NULL;

  /* 10,000 codes, each of which requires the next. */
  for (guint i = 0; i < 10000; i++)
    {
      g_string_append_printf (yaml, "- {id: c%u, requires: [c%u], rules: {words: [w%u]}}\n", i,
                              MIN (i + 1, 9999), i);
      g_string_append_printf (circle, "- {id: c%u, requires: [c%u], rules: {words: [w%u]}}\n", i,
                              (i + 1) % 10000, i);
    }
  g_string_truncate (yaml, (gsize)(strstr (yaml->str, "- {id: c9999") - yaml->str));
  g_string_append (yaml, "- {id: c9999, rules: {words: [w9999, all]}}\n");
  g_autoptr (AttestCodebook) codebook = parse (yaml->str);
  g_assert_cmpuint (codebook->linked_codes->len, ==, 9999);
  g_assert_cmpuint (g_array_index (codebook->linked_codes, guint, 0), ==, 9998);
  g_autoptr (AttestCodebook) none
      = attest_codebook_parse ("t", circle->str, circle->len, NULL, &error);
  g_assert_null (none);
  g_assert_true (strstr (error->message, "c0 requires c1 requires c2 requires c3 requires c4 "
                                         "requires … c0; remove one")
                 != NULL);

  /* One endless word, and one endless sentence, with hits all over. */
  for (guint i = 0; i < 2000; i++)
    g_string_append (text, "x-");
  for (guint i = 0; i < 2000; i++)
    g_string_append (text, " x y");
  g_autoptr (AttestDocument) doc = make_document ((const char *[]){ text->str, NULL });
  g_autoptr (AttestCodebook) slow = parse (
      RULES ("  - {match: x, word_edges: false, near: {match: z?y, words: 100, unit: turn}, "
             "unit: {window: 20}, all: [x, y], unless: {match: q, unit: turn}}\n"));
  g_autoptr (AttestCoder) coder = attest_coder_new (slow, NULL);
  g_autoptr (AttestCoderWorker) worker = attest_coder_worker_new (coder);
  g_autoptr (AttestCoding) coding = attest_coder_code (worker, doc);
  g_assert_cmpuint (coding->hits->len, >, 2000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/words", test_words);
  g_test_add_func ("/rules/all", test_all);
  g_test_add_func ("/rules/units", test_units);
  g_test_add_func ("/rules/unless", test_unless);
  g_test_add_func ("/rules/near", test_near);
  g_test_add_func ("/rules/order", test_order);
  g_test_add_func ("/rules/stop", test_stop);
  g_test_add_func ("/rules/asked", test_asked);
  g_test_add_func ("/rules/min-weight", test_min_weight);
  g_test_add_func ("/rules/links", test_links);
  g_test_add_func ("/rules/prefilter", test_prefilter);
  g_test_add_func ("/rules/limits", test_limits);
  return g_test_run ();
}
