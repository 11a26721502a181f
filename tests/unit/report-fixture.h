/* report-fixture: a small coded project in which everything is fictional: three interviews and a
 * focus group in three scripts, text that would be markup, formulas or control sequences,
 * overlapping segments, a question about a code that nobody answers, a rejected segment, a speaker
 * without a group.
 */
#pragma once

#include "guide-fixture.h"

/* Indexes into report_codes. */
enum
{
  RELEVANCE,
  EFFECTIVENESS,
  IMPACT,
  GENDER,
  OWNERSHIP,
};

static const AttestStoreCode report_codes[]
    = { { "relevance", "Relevance", "criterion", "*", "*" },
        { "effectiveness", "Effectiveness", "criterion", "en", "en" },
        { "impact", "Impact", "criterion", "*", "*" },
        { "gender", "Gender <equality>", "theme", "*", "" },
        { "ownership", NULL, "theme", "*", "" } };
/* Two a code. */
static const char *const report_patterns[] = {
  "relevance/1.1", "relevance/2.1", "effectiveness/1.1", "effectiveness/2.1", "impact/1.1",
  "impact/2.1",    "gender/1.1",    "gender/2.1",        "ownership/1.1",     "ownership/2.1"
};

/* Appends a segment of the sentence @quote in which @first, and @second unless NULL, were found. */
static inline void
report_find (AttestCoding *coding, const AttestDocument *doc, guint turn, guint code,
             const char *quote, const char *first, const char *second)
{
  const AttestTurn *t = attest_document_turn (doc, turn);
  const char *start
      = g_strstr_len (doc->text + t->start_byte, (gssize)(t->end_byte - t->start_byte), quote);
  AttestSegment segment
      = { .turn = turn, .code = code, .first_hit = coding->hits->len, .weight = 1 };
  const char *const found[] = { first, second };

  g_assert_nonnull (start);
  segment.start_byte = (gsize)(start - doc->text);
  segment.end_byte = segment.start_byte + strlen (quote);
  for (guint i = 0; i < G_N_ELEMENTS (found) && found[i] != NULL; i++)
    {
      const char *at = g_strstr_len (start, (gssize)strlen (quote), found[i]);
      AttestHit hit = { .pattern = code * 2 + i };

      g_assert_nonnull (at);
      hit.start_byte = (gsize)(at - doc->text);
      hit.end_byte = hit.start_byte + strlen (found[i]);
      g_array_append_val (coding->hits, hit);
      segment.n_hits++;
      segment.strength++;
    }
  g_array_append_val (coding->segments, segment);
}

static inline void
report_ask (AttestCoding *coding, guint turn, guint code)
{
  AttestAsked asked = { turn, code };

  g_array_append_val (coding->asked, asked);
}

static inline AttestDocument *
report_add_source (Fixture *fixture, const char *label, AttestSourceKind kind, const char *text,
                   const char *lang)
{
  g_autofree char *path = g_strconcat ("/home/somebody/", label, ".txt", NULL);
  AttestDocument *doc = fixture_document (path, text);

  for (guint i = 0; i < doc->turns->len; i++)
    attest_document_turn (doc, i)->lang = lang;
  fixture_add (fixture, doc, label, kind);
  return doc;
}

#define REPORT_MINISTRY                                                                            \
  "I: Did it answer a need, and was it effective?\n"                                               \
  "Aigul: All targets were reached early, café included \U0001F642. Women were trained "          \
  "first, and the ministry wanted that.\n"                                                         \
  "I: What changed?\n"                                                                             \
  "Aigul: =HYPERLINK(\"http://x\") <script>alert('1')</script> & \"javascript:alert(2)\" changed " \
  "\u202enothing for women.\n"
#define REPORT_NGO                                                                                   \
  "I: Что изменилось?\n"                                                                \
  "Ольга: Женщины теперь сами решают. Проект был нужен.\n" \
  "Ольга: Ничего не изменилось для мужчи\u0301н.\n"
#define REPORT_ARABIC                                                                              \
  "I: هل كان البرنامج مفيدا؟\n"                                                 \
  "R: كان البرنامج مفيدا للنساء. لم يتغير شيء.\n"
#define REPORT_GROUP                                                                               \
  "I: Was it needed?\n"                                                                            \
  "P1: It was needed here, everybody said so.\n"                                                   \
  "P2: I do not know.\n"                                                                           \
  "P1: -1+2 of us is what they counted.\n"

static inline void
report_code_ministry (Fixture *fixture, const AttestDocument *doc)
{
  g_autoptr (AttestCoding) coding = attest_coding_new ();
  const char *women = "Women were trained first, and the ministry wanted that.";

  report_find (coding, doc, 1, EFFECTIVENESS,
               "All targets were reached early, café included 🙂.", "targets were reached",
               "reached early");
  report_find (coding, doc, 1, EFFECTIVENESS, women, "trained", NULL);
  report_find (coding, doc, 1, GENDER, women, "Women", NULL);
  report_find (coding, doc, 1, OWNERSHIP, "and the ministry wanted that.", "ministry wanted", NULL);
  report_find (coding, doc, 3, IMPACT,
               "=HYPERLINK(\"http://x\") <script>alert('1')</script> & \"javascript:alert(2)\" "
               "changed \u202enothing for women.",
               "<script>alert('1')</script>", "changed");
  report_ask (coding, 1, RELEVANCE);
  report_ask (coding, 1, EFFECTIVENESS);
  report_ask (coding, 3, IMPACT);
  fixture_add_coding (fixture, "01-ministry", doc, coding);
}

static inline void
report_code_others (Fixture *fixture, const AttestDocument *ngo, const AttestDocument *arabic,
                    const AttestDocument *group)
{
  g_autoptr (AttestCoding) of_ngo = attest_coding_new ();
  g_autoptr (AttestCoding) of_arabic = attest_coding_new ();
  g_autoptr (AttestCoding) of_group = attest_coding_new ();

  report_find (of_ngo, ngo, 1, IMPACT, "Женщины теперь сами решают.", "теперь", "решают");
  report_find (of_ngo, ngo, 1, GENDER, "Женщины теперь сами решают.", "Женщины", NULL);
  report_find (of_ngo, ngo, 1, RELEVANCE, "Проект был нужен.", "нужен", NULL);
  report_find (of_ngo, ngo, 2, IMPACT, "Ничего не изменилось для мужчи\u0301н.", "не изменилось",
               NULL);
  report_ask (of_ngo, 1, IMPACT);
  report_ask (of_ngo, 2, IMPACT);
  fixture_add_coding (fixture, "02-НПО с длинным именем, Ош", ngo, of_ngo);
  report_find (of_arabic, arabic, 1, GENDER, "كان البرنامج مفيدا للنساء.", "للنساء", NULL);
  report_find (of_arabic, arabic, 1, IMPACT, "لم يتغير شيء.", "يتغير", NULL);
  fixture_add_coding (fixture, "03-سوق", arabic, of_arabic);
  report_find (of_group, group, 1, RELEVANCE, "It was needed here, everybody said so.", "needed",
               NULL);
  report_find (of_group, group, 3, IMPACT, "-1+2 of us is what they counted.", "counted", NULL);
  report_ask (of_group, 1, RELEVANCE);
  report_ask (of_group, 2, RELEVANCE);
  fixture_add_coding (fixture, "04-group", group, of_group);
}

static inline void
report_import_respondents (Fixture *fixture)
{
  AttestAttribute official[]
      = { { (char *)"group", (char *)"Government" }, { (char *)"gender", (char *)"female" } };
  AttestAttribute activist[]
      = { { (char *)"group", (char *)"Civil society" }, { (char *)"gender", (char *)"female" } };
  AttestAttribute trader[] = { { (char *)"group", (char *)"Migrants" } };
  const AttestRespondentRow rows[] = {
    { "R01", "01-ministry", NULL, official, 2, 0 },
    { "R02", "02-НПО с длинным именем, Ош", NULL, activist, 2, 0 },
    { "R03", "03-سوق", NULL, trader, 1, 0 },
  };
  GError *error = NULL;

  attest_store_import_respondents (fixture->store, rows, G_N_ELEMENTS (rows), &error);
  g_assert_no_error (error);
}

static inline void
report_begin_run (Fixture *fixture)
{
  static const char text[] = "attest: codebook/1\nid: small\nversion: 1.2.0\n";
  AttestRunSpec spec = { .codes = report_codes,
                         .n_codes = G_N_ELEMENTS (report_codes),
                         .patterns = report_patterns,
                         .n_patterns = G_N_ELEMENTS (report_patterns) };
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  GError *error = NULL;

  attest_store_add_codebook (fixture->store, "small", "1.2.0", "A small codebook", sha256, text,
                             strlen (text), &spec.codebook_id, &error);
  g_assert_no_error (error);
  attest_store_begin_run (fixture->store, &spec, NULL, &error);
  g_assert_no_error (error);
}

/* A guide for the ministry and the group: relevance, and impact with ownership, and how they are;
 * what it finds, the codebook has found, too. */
static inline void
report_apply_guide (Fixture *fixture, const AttestDocument *ministry, const AttestDocument *group)
{
  static const char *const about_relevance[] = { "relevance", NULL };
  static const char *const about_impact[] = { "impact", NULL };
  static const char *const nothing[] = { NULL };
  static const AttestStoreQuestion questions[]
      = { { "1", "What for", "Did it answer a <need>?", "en", about_relevance },
          { "2.1", "What came of it", "What changed?", "en ru", about_impact },
          { "3", NULL, "How are you?", "*", nothing } };
  static const char text[] = "attest: guide/1\nid: talks\nversion: 1.1.0\n";
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  AttestGuideSpec spec = { .name = "talks",
                           .version = "1.1.0",
                           .sha256 = sha256,
                           .text = text,
                           .length_bytes = strlen (text),
                           .questions = questions,
                           .n_questions = G_N_ELEMENTS (questions) };
  g_autoptr (AttestCoding) of_ministry = attest_coding_new ();
  g_autoptr (AttestCoding) of_group = attest_coding_new ();
  GError *error = NULL;
  gint64 id;

  attest_store_begin_guide (fixture->store, &spec, &id, &error);
  g_assert_no_error (error);
  fixture_asks (of_ministry, ministry, 0, 0);
  fixture_asks (of_ministry, ministry, 2, 1);
  fixture_answers (of_ministry, 1, 0);
  fixture_answers (of_ministry, 3, 1);
  fixture_align (fixture, id, "01-ministry", ministry, of_ministry);
  fixture_asks (of_group, group, 0, 0);
  fixture_answers (of_group, 1, 0);
  fixture_answers (of_group, 2, 0);
  fixture_align (fixture, id, "04-group", group, of_group);
}

/* Fills a new project. */
static inline void
report_fill (Fixture *fixture)
{
  g_autoptr (AttestDocument) ministry = NULL;
  g_autoptr (AttestDocument) ngo = NULL;
  g_autoptr (AttestDocument) arabic = NULL;
  g_autoptr (AttestDocument) group = NULL;

  fixture_begin (fixture);
  ministry
      = report_add_source (fixture, "01-ministry", ATTEST_SOURCE_INTERVIEW, REPORT_MINISTRY, "en");
  ngo = report_add_source (fixture, "02-НПО с длинным именем, Ош", ATTEST_SOURCE_INTERVIEW,
                           REPORT_NGO, "ru");
  arabic = report_add_source (fixture, "03-سوق", ATTEST_SOURCE_INTERVIEW, REPORT_ARABIC, "ar");
  group = report_add_source (fixture, "04-group", ATTEST_SOURCE_FOCUS_GROUP, REPORT_GROUP, "en");
  report_import_respondents (fixture);
  report_begin_run (fixture);
  report_code_ministry (fixture, ministry);
  report_code_others (fixture, ngo, arabic, group);
  fixture_end_run (fixture);
  report_apply_guide (fixture, ministry, group);
  fixture_commit (fixture, "code");
  fixture_tamper (fixture, "UPDATE segment SET status = 'rejected' WHERE id ="
                           " (SELECT max (id) FROM segment)");
}
