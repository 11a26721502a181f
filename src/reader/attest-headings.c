#include "reader/attest-headings.h"

#include <string.h>

/* Words of headings, in lower case; the plainer ones first. */
static const struct
{
  AttestHeading kind;
  const char *words;
} headings[] = {
  { ATTEST_HEADING_NUMBER, "|no|n°|nº|#|№|nr|num|id|line|row|index|numéro|ligne|número|fila|номер|"
                           "строка|п/п|№ п/п|" },
  { ATTEST_HEADING_ID, "|respondent|respondent id|participant id|response id|interview id|"
                       "submission id|case id|uuid|code|répondant|id répondant|encuestado|"
                       "id encuestado|респондент|код|" },
  { ATTEST_HEADING_TIME, "|time|times|timestamp|timestamps|timecode|time code|start|start time|"
                         "starttime|begin|start ms|timespan|timing|heure|temps|début|minutage|"
                         "horodatage|hora|tiempo|inicio|время|начало|тайм-код|таймкод|" },
  { ATTEST_HEADING_END, "|end|end time|endtime|stop|end ms|fin|final|конец|" },
  { ATTEST_HEADING_SPEAKER, "|speaker|name|who|participant|speaker name|speaker label|locuteur|"
                            "locutrice|intervenant|intervenante|orateur|nom|qui|hablante|"
                            "interlocutor|orador|nombre|quién|говорящий|спикер|участник|имя|кто|" },
  { ATTEST_HEADING_TEXT, "|text|transcript|transcription|content|speech|utterance|sentence|message|"
                         "words|what was said|what is "
                         "said|said|dialogue|verbatim|statement|texte|contenu|propos|discours|"
                         "paroles|verbatims|ce qui est dit|texto|lo dicho|diálogo|contenido|"
                         "transcripción|discurso|mensaje|текст|содержание|речь|реплика|"
                         "высказывание|что сказано|расшифровка|транскрипт|сообщение|" },
  { ATTEST_HEADING_QUESTION, "|question|questions|pregunta|preguntas|вопрос|вопросы|" },
  { ATTEST_HEADING_ANSWER, "|answer|answers|response|responses|reply|réponse|réponses|respuesta|"
                           "respuestas|ответ|ответы|" },
};

AttestHeading
attest_heading_classify (const char *cell, guint *out_rank)
{
  g_autofree char *folded = g_utf8_strdown (cell, -1);
  g_autofree char *key = NULL;
  gsize n_bytes;

  g_strstrip (g_strdelimit (folded, "_\n\t", ' '));
  n_bytes = strlen (folded);
  while (n_bytes > 0 && strchr (":. ", folded[n_bytes - 1]) != NULL)
    folded[--n_bytes] = '\0';
  if (n_bytes == 0 || strchr (folded, '|') != NULL)
    return ATTEST_HEADING_OTHER;
  key = g_strconcat ("|", folded, "|", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (headings); i++)
    {
      const char *found = strstr (headings[i].words, key);

      if (found == NULL)
        continue;
      if (out_rank != NULL)
        *out_rank = (guint)(found - headings[i].words);
      return headings[i].kind;
    }
  return ATTEST_HEADING_OTHER;
}
