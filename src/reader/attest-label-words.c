#include "reader/attest-label-words.h"

#include <string.h>

typedef struct
{
  AttestRole role;
  gboolean soft;
  const char *words; /* '|' around each; '#' at the end: may be followed by a number or letter */
} RoleWords;

static const RoleWords role_words[] = {
  { ATTEST_ROLE_INTERVIEWER, FALSE,
    "|i#|int#|int.|interviewer#|iv|ir|q#|question#|moderator#|mod#|facilitator#|"
    "enquêteur#|enquêtrice#|enquêteuse|enq.#|enq#|intervieweur#|intervieweuse|animateur#|"
    "animatrice#|modérateur#|modératrice#|facilitateur|facilitatrice|entrevistador#|"
    "entrevistadora#|moderador#|moderadora#|facilitadora|facilitador|pregunta#|e|"
    "интервьюер#|инт|инт.|интервьюёр|и|в|модератор#|вопрос#|المحاور|المحاورة|الميسر|س|سؤال|" },
  /* Those who ask are called so, and sometimes those who answer. */
  { ATTEST_ROLE_INTERVIEWER, TRUE,
    "|evaluator#|host|researcher#|enumerator#|chercheur#|chercheuse#|évaluateur#|"
    "évaluatrice#|evaluador#|evaluadora#|investigador#|investigadora#|оценщик|"
    "исследователь|эксперт-оценщик|ведущий|ведущая|الباحث|الباحثة|" },
  { ATTEST_ROLE_INTERPRETER, FALSE,
    "|interpreter#|translator#|interprète#|traducteur|traductrice|intérprete|traductor|traductora|"
    "переводчик|переводчица|المترجم|المترجمة|" },
  { ATTEST_ROLE_RESPONDENT, FALSE,
    "|r#|a#|p#|participant#|participants|respondent#|respondents|resp.#|resp#|interviewee#|ie|"
    "informant#|key informant#|informant clé|kii#|idi#|fgd#|f#|m#|woman#|man#|female#|male#|women|"
    "men|beneficiary#|répondant#|répondante#|rép.#|rép#|réponse#|interviewé#|interviewée#|"
    "interviewe#|enquêté#|enquêtée#|participante#|femme#|homme#|bénéficiaire#|entrevistado#|"
    "entrevistada#|encuestado#|encuestada#|informante#|respuesta#|mujer#|hombre#|beneficiario#|"
    "beneficiaria#|respondante|answer#|респондент#|респондентка|р#|о|ответ#|участник#|участница#|"
    "информант#|женщина#|мужчина#|all|everyone|everybody|group|several|tous|toutes|groupe|todos|"
    "todas|grupo|все|группа|несколько|المستجيب|المستجيبة|المشارك|المشاركة|ج|جواب|" },
  { ATTEST_ROLE_OTHER, FALSE,
    "|observer#|notetaker#|note-taker#|note taker|observateur|observatrice|"
    "observador|observadora|наблюдатель|" },
};

/* Speakers whose role the label does not tell. */
static const char *const roleless[] = { "speaker#",  "unknown speaker", "unidentified speaker",
                                        "unknown",   "voice#",          "спикер#",
                                        "locuteur#", "orateur#",        "hablante#" };

/* Words that stand before a colon and are nobody. */
static const char never_words[]
    = "|note|notes|nb|n.b.|n.b|http|https|ftp|www|mailto|e.g.|i.e.|eg|ie.|ps|p.s.|objective|"
      "objectives|goal|goals|source|sources|re|fw|fwd|subject|transcript|transcription|example|"
      "for example|for instance|important|summary|background|context|introduction|conclusion|"
      "conclusions|recommendation|recommendations|lesson|lessons|lesson learned|lessons learned|"
      "finding|findings|result|results|challenge|challenges|comment|comments|observation|"
      "observations|remark|remarks|reference|references|see|cf|cf.|time|date|place|location|topic|"
      "theme|section|part|chapter|page|figure|table|annex|appendix|indicator|output|outcome|impact|"
      "activity|activities|relevance|coherence|efficiency|effectiveness|sustainability|gender|"
      "first|firstly|second|secondly|third|thirdly|finally|also|however|therefore|because|yes|no|"
      "ok|okay|so|well|and|but|or|then|now|total|tel|phone|email|e-mail|fax|question guide|"
      "my answer|my question|the question|the answer|the point|the problem|the thing|that is|"
      "objet|objectif|objectifs|exemple|par exemple|remarque|remarques|nota|résumé|contexte|"
      "résultat|résultats|constat|constats|recommandation|recommandations|défi|défis|lieu|"
      "pertinence|cohérence|efficacité|efficience|durabilité|oui|non|donc|mais|voilà|enfin|bref|"
      "objetivo|objetivos|ejemplo|por ejemplo|resumen|contexto|resultado|resultados|hallazgo|"
      "recomendación|recomendaciones|reto|retos|lugar|fecha|pertinencia|coherencia|eficacia|"
      "eficiencia|impacto|sostenibilidad|sí|pero|entonces|bueno|importante|nota bene|"
      "примечание|примечания|цель|цели|задача|задачи|источник|пример|например|важно|вывод|выводы|"
      "итог|итоги|результат|результаты|рекомендация|рекомендации|тема|раздел|место|время|да|нет|"
      "во-первых|во-вторых|в-третьих|то есть|т.е.|";

/* "He said: go home." */
static const char saying_words[]
    = "|said|says|say|asked|asks|ask|told|tells|replied|answered|is|was|are|were|dit|disait|"
      "demandé|répondu|est|dijo|dice|preguntó|respondió|es|сказал|сказала|сказали|говорит|говорят|"
      "спросил|спросила|ответил|ответила|это|that|this|these|following|suivant|suivants|siguiente|"
      "следующее|";

/* @label equals the word of @length_bytes, or goes on with a number or a letter after '#'. */
static gboolean
word_matches (const char *word, gsize length_bytes, const char *label)
{
  gboolean numbered = length_bytes > 0 && word[length_bytes - 1] == '#';
  const char *rest, *end;

  length_bytes -= numbered;
  if (strncmp (label, word, length_bytes) != 0)
    return FALSE;
  rest = label + length_bytes;
  if (*rest == '\0' || !numbered)
    return *rest == '\0';
  end = rest + strcspn (rest, "0123456789");
  /* "participant a", "p-b": one letter after a gap. */
  if (*end == '\0' && strchr (" -_.", *rest) != NULL && g_ascii_isalpha (rest[1])
      && rest[2] == '\0')
    return TRUE;
  while (*rest != '\0' && strchr ("0123456789 -_.#", *rest) != NULL)
    rest++;
  return *rest == '\0';
}

static gboolean
in_list (const char *list, const char *word)
{
  gsize n = strlen (word);

  if (n == 0 || strchr (word, '|') != NULL)
    return FALSE;
  for (const char *p = list; (p = strstr (p, word)) != NULL; p++)
    if (p > list && p[-1] == '|' && p[n] == '|')
      return TRUE;
  return FALSE;
}

gboolean
attest_label_role (const char *folded, AttestRole *out_role, gboolean *out_soft)
{
  for (guint i = 0; i < G_N_ELEMENTS (role_words); i++)
    for (const char *w = role_words[i].words + 1; *w != '\0';)
      {
        gsize length_bytes = strcspn (w, "|");

        if (word_matches (w, length_bytes, folded))
          {
            *out_role = role_words[i].role;
            if (out_soft != NULL)
              *out_soft = role_words[i].soft;
            return TRUE;
          }
        w += length_bytes + 1;
      }
  return FALSE;
}

gboolean
attest_label_is_known (const char *folded)
{
  /* Of the letters, those that are no words in their language. */
  static const char letters[] = "|r|q|и|р|i|a|";
  AttestRole role;

  if (g_utf8_strlen (folded, -1) < 2)
    return in_list (letters, folded);
  for (guint i = 0; i < G_N_ELEMENTS (roleless); i++)
    if (word_matches (roleless[i], strlen (roleless[i]), folded))
      return TRUE;
  return attest_label_role (folded, &role, NULL);
}

gboolean
attest_label_is_never (const char *folded)
{
  const char *last = strrchr (folded, ' ');

  if (folded[0] == 'q' && g_ascii_isdigit (folded[1]))
    return TRUE;
  return in_list (never_words, folded) || (last != NULL && in_list (saying_words, last + 1));
}

gboolean
attest_label_is_name (const char *label)
{
  static const char particles[] = "|de|da|do|dos|del|la|le|el|al|van|von|der|den|bin|ibn|y|of|";
  gboolean start = TRUE;
  guint words = 0;

  for (const char *p = label; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (start && g_unichar_islower (c))
        {
          g_autofree char *word = g_strndup (p, strcspn (p, " "));

          if (words == 0 || !in_list (particles, word))
            return FALSE;
        }
      words += start;
      start = g_unichar_isspace (c);
    }
  return words > 0 && words <= 4;
}

gboolean
attest_label_is_full_name (const char *label)
{
  for (const char *p = label; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      return FALSE;
  return strchr (label, ' ') != NULL && attest_label_is_name (label);
}

gboolean
attest_label_is_letters (const char *label, gsize length_bytes)
{
  for (const char *p = label; p < label + length_bytes; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isalpha (c) && !g_unichar_ismark (c) && !g_unichar_isspace (c) && c != '.'
          && c != '-' && c != '\'' && c != 0x2019)
        return FALSE;
    }
  return TRUE;
}

gsize
attest_label_question_length (const char *text, gsize length_bytes)
{
  static const char *const words[] = { "question", "pregunta", "вопрос" };
  g_autofree char *head = NULL;

  if (length_bytes < 8 || strchr ("QqPp\xd0", text[0]) == NULL)
    return 0;
  head = g_utf8_strdown (text, (gssize)MIN (length_bytes, 40));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize n = strlen (words[i]), digits;

      if (!g_str_has_prefix (head, words[i]))
        continue;
      n += head[n] == ' ';
      for (digits = n; g_ascii_isdigit (head[n]) || (head[n] == '.' && n > digits); n++)
        ;
      return n > digits ? n : 0;
    }
  return 0;
}
