/* What of a project the public may read. */
#include "report/attest-disclosure-risks.h"
#include "report/attest-disclosure.h"

#include "decision-fixture.h"

/* Six speakers of two interviews with whom everything can be tried. */
static void
fill (Fixture *fixture)
{
  static const char *const facts[][5] = {
    { "R-Aida", "minister", "Aida Bekova", "group=Government Sex=female place=Osh", "Anonymous" },
    { "R-Бек", "minister", "Бек Асанов", "group=Government sex=male phone=0555", "attributed" },
    { "R3", "donor", "Programme officer", "group=Government sex=female place=Jalal-Abad",
      "paraphrase" },
    { "R4", "donor", "Cho", "group=Government", "none" },
  };
  g_autoptr (AttestDocument) minister
      = fixture_document ("m.txt", "I: How?\nAida Bekova: Bekova and Бек Асанов agree.\n"
                                   "Бек Асанов: Aida said so.\nNur: Aidana did not.\n");
  g_autoptr (AttestDocument) donor = fixture_document (
      "d.txt", "Programme officer: The Programme officer came.\nCho: Choice is not Cho.\n");
  g_autoptr (AttestDocument) plan = fixture_document ("p.txt", "Plan of Nur.\n");
  GError *error = NULL;

  fixture_begin (fixture);
  fixture_add (fixture, minister, "minister", ATTEST_SOURCE_INTERVIEW);
  fixture_add (fixture, donor, "donor", ATTEST_SOURCE_INTERVIEW);
  fixture_add (fixture, plan, "plan", ATTEST_SOURCE_DOCUMENT);
  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      AttestRespondentRow row
          = { .respondent = facts[i][0], .source = facts[i][1], .speaker = facts[i][2] };
      AttestAttribute attributes[5];
      g_auto (GStrv) words = g_strsplit (facts[i][3], " ", -1);

      row.attributes = attributes;
      for (char **word = words; *word != NULL; word++)
        {
          char *equals = strchr (*word, '=');

          *equals = '\0';
          attributes[row.n_attributes++] = (AttestAttribute){ *word, equals + 1 };
        }
      attributes[row.n_attributes++] = (AttestAttribute){ (char *)"quote", (char *)facts[i][4] };
      attest_store_import_respondents (fixture->store, &row, 1, &error);
      g_assert_no_error (error);
    }
  fixture_commit (fixture, "ingest");
}

static AttestDisclosure *
disclose (Fixture *fixture, const AttestDisclosureOptions *options)
{
  GError *error = NULL;
  AttestDisclosure *disclosure = attest_disclosure_new (fixture->store, options, &error);

  g_assert_no_error (error);
  return disclosure;
}

static const AttestDisclosureOptions in_public = { .audience = ATTEST_AUDIENCE_PUBLIC };

static void
test_names (Fixture *fixture, gconstpointer data)
{
  AttestDisclosureOptions team = { .audience = ATTEST_AUDIENCE_INTERNAL };
  g_autoptr (AttestDisclosure) d = NULL, again = NULL, internal = NULL;
  const char *aida;

  fill (fixture);
  d = disclose (fixture, &in_public);
  again = disclose (fixture, &in_public);
  internal = disclose (fixture, &team);
  aida = attest_disclosure_get_respondent (d, "R-Aida");
  g_assert_cmpint (aida[0], ==, 'P');
  g_assert_cmpuint (strlen (aida), ==, 6);
  g_assert_cmpstr (aida, ==, attest_disclosure_get_respondent (again, "R-Aida"));
  g_assert_cmpstr (aida, !=, attest_disclosure_get_respondent (d, "R3"));
  g_assert_cmpstr (attest_disclosure_get_respondent (d, "R-Бек"), ==, "Бек Асанов");
  g_assert_null (attest_disclosure_get_respondent (d, NULL));
  g_assert_null (attest_disclosure_get_respondent (d, "nobody"));
  g_assert_cmpstr (attest_disclosure_get_respondent (d, aida), ==, aida);
  g_assert_cmpstr (attest_disclosure_get_source (d, attest_disclosure_get_source (d, "donor")), ==,
                   attest_disclosure_get_source (d, "donor"));
  g_assert_null (attest_disclosure_get_speaker (d, "R-Aida", "Aida Bekova"));
  g_assert_cmpstr (attest_disclosure_get_speaker (d, "R-Бек", "Бек Асанов"), ==, "Бек Асанов");
  g_assert_cmpint (attest_disclosure_get_source (d, "minister")[0], ==, 'S');
  g_assert_cmpstr (attest_disclosure_get_respondent (internal, "R-Aida"), ==, "R-Aida");
  g_assert_cmpstr (attest_disclosure_get_speaker (NULL, "R-Aida", "Aida"), ==, "Aida");
  g_assert_cmpstr (attest_disclosure_get_source (NULL, "minister"), ==, "minister");
}

/* Three are left of the group when the one with a name is left out, too few for more. */
static void
test_lines (Fixture *fixture, gconstpointer data)
{
  static const char *const by_sex[] = { "Sex", "stakeholder_group", NULL };
  AttestDisclosureOptions options = { .audience = ATTEST_AUDIENCE_PUBLIC };
  g_autoptr (AttestDisclosure) d = NULL, two = NULL, sex = NULL;

  fill (fixture);
  d = disclose (fixture, &options);
  g_assert_cmpuint (attest_disclosure_get_min_group (d), ==, 3);
  g_assert_cmpstr (attest_disclosure_get_line (d, "R-Aida"), ==, "Government");
  g_assert_cmpstr (attest_disclosure_get_line (d, "minister/Nur"), ==, "");
  g_assert_cmpstr (attest_disclosure_get_line (d, "R-Бек"), ==, "Government, male");
  options.min_group = 1;
  two = disclose (fixture, &options);
  g_assert_cmpstr (attest_disclosure_get_line (two, "R-Aida"), ==, "Government, female, Osh");
  g_assert_cmpstr (attest_disclosure_get_attribute (two, "R-Aida", "place"), ==, "Osh");
  g_assert_null (attest_disclosure_get_attribute (two, "R-Бек", "phone"));
  options.attribution = by_sex;
  sex = disclose (fixture, &options);
  g_assert_cmpstr (attest_disclosure_get_line (sex, "R-Aida"), ==, "female, Government");
}

static void
assert_quote (AttestDisclosure *d, const char *source, const char *respondent, const char *quote,
              AttestQuoteForm form, const char *expected)
{
  AttestQuoteForm found;
  g_autofree char *text = attest_disclosure_dup_quote (d, "Q000000", source, respondent, quote,
                                                       strlen (quote), &found);

  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpint (found, ==, form);
}

static void
test_quotes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestDisclosure) d = NULL;
  g_autofree char *note = NULL;

  fill (fixture);
  d = disclose (fixture, &in_public);
  assert_quote (d, "minister", "R-Aida", "Bekova and Бек Асанов agree.", ATTEST_QUOTE_VERBATIM,
                "[name] and Бек Асанов agree.");
  assert_quote (d, "minister", "R-Бек", "Aida said so, Aida Bekova.", ATTEST_QUOTE_VERBATIM,
                "[name] said so, [name].");
  assert_quote (d, "donor", "R3", "The Programme officer came.", ATTEST_QUOTE_WITHHELD,
                "[not printed: consent to a paraphrase only]");
  assert_quote (d, "donor", "R4", "Choice is not Cho.", ATTEST_QUOTE_WITHHELD,
                "[not printed: no consent to be quoted]");
  assert_quote (d, "minister", "minister/Nur", "Aidana did not.", ATTEST_QUOTE_WITHHELD,
                "[not printed: consent is not recorded]");
  assert_quote (d, "plan", NULL, "Plan of Nur and Aidana.", ATTEST_QUOTE_VERBATIM,
                "Plan of [name] and Aidana.");
  assert_quote (d, "minister", NULL, "How?", ATTEST_QUOTE_WITHHELD,
                "[not printed: consent is not recorded]");
  assert_quote (NULL, "donor", "R4", "Choice is not Cho.", ATTEST_QUOTE_VERBATIM,
                "Choice is not Cho.");
  note = attest_disclosure_dup_note (d);
  g_assert_nonnull (strstr (note, "Not printed: 2 quotes, consent is not recorded."));
  g_assert_nonnull (strstr (note, "Not printed: 1 quote, no consent to be quoted."));
}

/* Names are hidden in every case that Russian has, and only names are. */
static void
test_cases (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *said, *printed;
  } texts[] = {
    { "Спросите Каримову, Каримовой это известно.", "Спросите [name], [name] это известно." },
    { "С Ольгой и Сергеем, от Ольги и Сергея.", "С [name] и [name], от [name] и [name]." },
    { "О Достоевском, с Айбеком, у Асели.", "О [name], с [name], у [name]." },
    { "Каримов и семья Каримовых.", "[name] и семья [name]." },
    /* Other words with the same beginning, small letters, roles. */
    { "Каримовщина, Сергиев Посад, ольгой не зовут.",
      "Каримовщина, Сергиев Посад, ольгой не зовут." },
    { "Респонденты и эксперты. Эксперты!", "Респонденты и эксперты. Эксперты!" },
  };
  g_autoptr (AttestDocument) doc
      = fixture_document ("o.txt", "Ольга Каримова: Да.\nСергей Достоевский: Да.\nАйбек: Да.\n"
                                   "Асель: Да.\nРеспондент: Да.\nЭксперт: Да.\n");
  g_autoptr (AttestDisclosure) d = NULL;

  fixture_begin (fixture);
  fixture_add (fixture, doc, "talk", ATTEST_SOURCE_INTERVIEW);
  fixture_commit (fixture, "ingest");
  d = disclose (fixture, &in_public);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *printed = attest_disclosure_dup_text (d, texts[i].said);

      g_assert_cmpstr (printed, ==, texts[i].printed);
    }
}

static void
test_paraphrase (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestDisclosure) d = NULL;
  g_autofree char *text = NULL;
  const char *quote = "The Programme officer came.";
  AttestDecisionSpec memo = { .action = ATTEST_DECISION_MEMO,
                              .source = "donor",
                              .end = 27,
                              .start = 0,
                              .coder = "kim",
                              .text = "Paraphrase: Cho saw them come." };
  AttestDecisionSpec aside = memo;
  GError *error = NULL;

  fill (fixture);
  memo.start = aside.start = 19;
  memo.end = aside.end = 46;
  aside.text = "ask again";
  fixture_begin (fixture);
  g_assert_true (attest_store_decide (fixture->store, &memo, NULL, &error));
  g_assert_true (attest_store_decide (fixture->store, &aside, NULL, &error));
  g_assert_no_error (error);
  fixture_commit (fixture, "memo");
  d = disclose (fixture, &in_public);
  text = attest_disclosure_dup_quote (d, fixture_quote_id (fixture, 0), "donor", "R3", quote,
                                      strlen (quote), NULL);
  g_assert_cmpstr (text, ==, "[name] saw them come.");
}

static void
test_choice (Fixture *fixture, gconstpointer data)
{
  AttestDisclosureOptions options
      = { .audience = ATTEST_AUDIENCE_PUBLIC, .attribute = "sex", .value = "male" };
  g_autoptr (AttestDisclosure) d = NULL;
  GError *error = NULL;

  fill (fixture);
  g_assert_null (attest_disclosure_new (fixture->store, &options, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_USAGE);
  g_clear_error (&error);
  options.attribute = "group";
  options.value = "Government";
  g_assert_null (attest_disclosure_new (fixture->store, &options, &error));
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_USAGE);
  g_clear_error (&error);
  options.min_group = 1;
  d = attest_disclosure_new (fixture->store, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (attest_disclosure_get_line (d, "R-Aida"), ==, "Government, female, Osh");
}

static void
test_risks (void)
{
  static const struct
  {
    const char *text, *expected;
  } cases[] = { { "It went well. Nothing more.", "" },
                { "I think NGOs came.", "" },
                { "We met Aida there.", "name" },
                { "Мы встретили Айгуль там.", "name" },
                { "In 2019 nobody came.", "number" },
                { "I was the only woman.", "unique position" },
                { "Je suis le directeur.", "position" },
                { "Единственная женщина там.", "unique" },
                { "Write to a@b.org.", "address" },
                { "Call 0555 12-34-56 now.", "number address" },
                { "قالت إنها هناك", "" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint risks = attest_disclosure_find_risks (cases[i].text, strlen (cases[i].text), TRUE);
      g_autoptr (GString) found = g_string_new (NULL);

      for (guint k = 0; k < ATTEST_N_RISKS; k++)
        if ((risks & (1u << k)) != 0)
          g_string_append_printf (found, "%s%s", found->len > 0 ? " " : "",
                                  attest_risk_to_string ((AttestRisk)k));
      g_assert_cmpstr (found->str, ==, cases[i].expected);
    }
  g_assert_cmpuint (attest_disclosure_find_risks ("Das Haus", 8, FALSE), ==, 0);
}

static void
test_consent (void)
{
  static const struct
  {
    const char *quote, *consent;
    AttestConsent expected;
  } cases[] = { { NULL, NULL, ATTEST_CONSENT_UNKNOWN },
                { NULL, "yes", ATTEST_CONSENT_UNKNOWN },
                { NULL, "No", ATTEST_CONSENT_NONE },
                { NULL, " anonymous ", ATTEST_CONSENT_ANONYMOUS },
                { "attributed", "anonymous", ATTEST_CONSENT_ATTRIBUTED },
                { "attributed", "withdrawn", ATTEST_CONSENT_NONE },
                { "maybe", "attributed", ATTEST_CONSENT_UNKNOWN },
                { "NONE", "attributed", ATTEST_CONSENT_NONE },
                { "Paraphrase", "yes", ATTEST_CONSENT_PARAPHRASE } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (attest_consent_from_attributes (cases[i].quote, cases[i].consent), ==,
                     cases[i].expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/disclosure/names", test_names);
  FIXTURE_TEST ("/disclosure/lines", test_lines);
  FIXTURE_TEST ("/disclosure/quotes", test_quotes);
  FIXTURE_TEST ("/disclosure/cases", test_cases);
  FIXTURE_TEST ("/disclosure/paraphrase", test_paraphrase);
  FIXTURE_TEST ("/disclosure/choice", test_choice);
  g_test_add_func ("/disclosure/consent", test_consent);
  g_test_add_func ("/disclosure/risks", test_risks);
  return g_test_run ();
}
