#include "codebook/attest-guide.h"

#include <string.h>

#include "codebook/attest-codebook-private.h"
#include "util/attest-language.h"
#include "util/attest-text.h"

/* A question as it is to be asked is itself a sign of it, unless so short that it may be any. */
#define MIN_TEXT_WORDS 4
#define DIMENSION "question"

/* --- the keys of a question --------------------------------------------------------------- */

typedef struct
{
  AttestGuide *guide;
  AttestCode *code;
  AttestGuideQuestion *question;
} Draft;

static void
read_question_id (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  attest_codebook_read_code_id (parser, value, ((Draft *)target)->code, "question");
}

static void
read_section (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  attest_codebook_read_text_into (parser, value, "a section",
                                  &((Draft *)target)->question->section);
}

/* The languages of a pattern that is for @lang only; NULL: for any. */
static const char *const *
one_lang (AttestCodebookParser *parser, const char *lang)
{
  GPtrArray *langs;

  if (lang == NULL)
    return NULL;
  langs = g_ptr_array_new ();
  g_ptr_array_add (langs, (gpointer)lang);
  return attest_codebook_take_langs (parser->codebook, langs);
}

static gboolean
ends_a_question (gunichar c)
{
  return g_unichar_isspace (c) || g_unichar_ispunct (c);
}

static void
add_text (AttestCodebookParser *parser, const AttestYaml *value, const char *lang)
{
  AttestYaml phrase = *value;
  g_autofree char *text = NULL;
  char *end;

  if (value->kind != ATTEST_YAML_SCALAR || attest_yaml_is_blank (value))
    return;
  text = g_strdup (value->text);
  end = text + strlen (text);
  while (end > text && ends_a_question (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  *end = '\0';
  if (attest_text_count_words (text, strlen (text)) < MIN_TEXT_WORDS)
    return;
  phrase.text = text;
  attest_codebook_add_asked (parser, &phrase, one_lang (parser, lang), TRUE);
}

static void
read_text (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  attest_codebook_read_local_text (parser, value, "the text of a question",
                                   ((Draft *)target)->code->name);
  if (value->kind != ATTEST_YAML_MAP)
    add_text (parser, value, NULL);
  for (guint i = 0; value->kind == ATTEST_YAML_MAP && i + 1 < value->items->len; i += 2)
    {
      const AttestYaml *key = g_ptr_array_index (value->items, i);
      gboolean is_lang = key->kind == ATTEST_YAML_SCALAR && attest_language_is_code (key->text);

      if (is_lang)
        add_text (parser, g_ptr_array_index (value->items, i + 1), g_intern_string (key->text));
    }
}

static void
read_code (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  AttestGuideQuestion *question = ((Draft *)target)->question;
  g_autofree char *id = attest_codebook_read_id (parser, value, "the id of a code", TRUE);
  AttestGuideCode code = { 0 };

  if (id == NULL)
    return;
  for (guint i = 0; i < question->codes->len; i++)
    if (strcmp (g_array_index (question->codes, AttestGuideCode, i).code, id) == 0)
      {
        attest_codebook_complain (parser, value, "duplicate-id",
                                  "the question asks about '%s' already", id);
        return;
      }
  code.code = g_steal_pointer (&id);
  attest_yaml_place (parser->yaml, value->start_byte, &code.line, &code.column);
  g_array_append_val (question->codes, code);
}

static void
read_codes (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  attest_codebook_read_each (parser, value, read_code, target);
}

/* {en: […], fr: […]}, and not {lang: en, match: […]} */
static gboolean
is_map_of_languages (const AttestYaml *value)
{
  const AttestYaml *key;

  if (value->kind != ATTEST_YAML_MAP || value->items->len == 0)
    return FALSE;
  key = g_ptr_array_index (value->items, 0);
  return key->kind == ATTEST_YAML_SCALAR && attest_language_is_code (key->text);
}

static void
read_patterns (AttestCodebookParser *parser, const AttestYaml *value, gboolean are_words)
{
  if (!is_map_of_languages (value))
    {
      attest_codebook_add_asked (parser, value, NULL, are_words);
      return;
    }
  for (guint i = 0; i + 1 < value->items->len; i += 2)
    {
      const AttestYaml *patterns = g_ptr_array_index (value->items, i + 1);
      const char *lang = attest_codebook_read_lang (parser, g_ptr_array_index (value->items, i));

      if (lang != NULL && !attest_yaml_is_blank (patterns))
        attest_codebook_add_asked (parser, patterns, one_lang (parser, lang), are_words);
    }
}

static void
read_match (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  read_patterns (parser, value, FALSE);
}

static void
read_words (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  read_patterns (parser, value, TRUE);
}

static const AttestCodebookKey question_keys[] = {
  { "id", TRUE, read_question_id },
  { "section", FALSE, read_section },
  { "asked", FALSE, read_codes },
  { "text", FALSE, read_text },
  { "match", FALSE, read_match },
  { "words", FALSE, read_words },
  { NULL },
};

/* --- the file ----------------------------------------------------------------------------- */

static void
clear_guide_code (gpointer item)
{
  g_free (((AttestGuideCode *)item)->code);
}

static void
clear_question (gpointer item)
{
  AttestGuideQuestion *question = item;

  g_free (question->section);
  g_array_unref (question->codes);
}

static void
read_question (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  AttestGuide *guide = target;
  AttestCodebook *codebook = guide->codebook;
  AttestGuideQuestion question = { .codes = g_array_new (FALSE, FALSE, sizeof (AttestGuideCode)) };
  Draft draft = { .guide = guide, .question = &question };
  guint n_errors = parser->n_errors;

  g_array_set_clear_func (question.codes, clear_guide_code);
  draft.code = attest_codebook_add_code (parser, value);
  draft.code->dimension = 0;
  draft.code->first_asked = codebook->patterns->len;
  parser->code_id = "?";
  attest_codebook_read_map (parser, value, question_keys, "a question", &draft);
  draft.code->n_asked = codebook->patterns->len - draft.code->first_asked;
  if (parser->n_errors == n_errors && draft.code->n_asked == 0)
    attest_codebook_complain (parser, value, "missing-key",
                              "nothing says how question '%s' is known: give it 'match', 'words', "
                              "or a 'text' of at least %d words",
                              draft.code->id, MIN_TEXT_WORDS);
  parser->code_id = NULL;
  attest_codebook_name_code (draft.code);
  g_array_append_val (guide->questions, question);
}

static void
read_questions (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  if (value->kind != ATTEST_YAML_LIST || value->items->len == 0)
    attest_codebook_complain (parser, value, "type",
                              "questions are a list: begin each with '- id: …'");
  else
    attest_codebook_read_each (parser, value, read_question, target);
}

static void
read_codes_of (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  AttestGuide *guide = target;

  g_free (guide->codes_of);
  guide->codes_of = attest_codebook_read_id (parser, value, "the id of a codebook", TRUE);
}

static const AttestCodebookKey file_keys[] = {
  { "attest", TRUE, attest_codebook_read_format },
  { "id", TRUE, attest_codebook_read_file_id },
  { "version", FALSE, attest_codebook_read_version },
  { "title", FALSE, attest_codebook_read_title },
  { "codebook", FALSE, read_codes_of },
  { "languages", FALSE, attest_codebook_read_languages },
  { "word_edges", FALSE, attest_codebook_read_word_edges },
  { "fragments", FALSE, attest_codebook_read_fragments },
  { "questions", TRUE, read_questions },
  { NULL },
};

static const AttestCodebookFormat format = {
  .name = "guide/1",
  .noun = "guide",
  .keys = file_keys,
};

AttestGuide *
attest_guide_parse (const char *path, const char *text, gsize length_bytes, GArray *problems,
                    GError **error)
{
  g_autoptr (AttestGuide) guide = g_new0 (AttestGuide, 1);

  guide->codebook = attest_codebook_new (path, text, length_bytes);
  guide->questions = g_array_new (FALSE, FALSE, sizeof (AttestGuideQuestion));
  g_array_set_clear_func (guide->questions, clear_question);
  attest_codebook_add_dimension (guide->codebook, DIMENSION, "Question");
  return attest_codebook_parse_as (guide->codebook, &format, guide, problems, error)
             ? g_steal_pointer (&guide)
             : NULL;
}

AttestGuide *
attest_guide_load (const char *path, GArray *problems, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *display_name = g_filename_display_name (path);

  return attest_codebook_read_file (path, text, error)
             ? attest_guide_parse (display_name, text->str, text->len, problems, error)
             : NULL;
}

void
attest_guide_free (AttestGuide *guide)
{
  if (guide == NULL)
    return;
  attest_codebook_unref (guide->codebook);
  g_array_unref (guide->questions);
  g_free (guide->codes_of);
  g_free (guide);
}
