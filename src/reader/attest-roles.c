/* attest-roles: from the surest sign to the weakest: the user, the label, the header, the
 * questions.
 */
#include "reader/attest-roles.h"

#include <string.h>

typedef struct
{
  AttestRole role;
  const char *words; /* space-separated, folded; '#' at the end: may be followed by a number */
} RoleWords;

static const RoleWords role_words[] = {
  { ATTEST_ROLE_INTERVIEWER,
    "i int int. interviewer q question moderator mod facilitator evaluator enquêteur enquêtrice "
    "enq. enq chercheur chercheuse intervieweur animateur entrevistador entrevistadora moderador "
    "e интервьюер и в модератор оценщик исследователь эксперт-оценщик" },
  { ATTEST_ROLE_INTERPRETER,
    "interpreter translator interprète traducteur traductrice intérprete traductor traductora "
    "переводчик переводчица" },
  { ATTEST_ROLE_RESPONDENT,
    "r# a answer p# participant# respondent# interviewee# informant# kii# fgd# f# m# répondant# "
    "répondante# rép. interviewé# interviewée# interviewe# entrevistado# entrevistada# "
    "participante# респондент# р# о участник# участница#" },
  { ATTEST_ROLE_OTHER, "observer notetaker note-taker observateur observador наблюдатель" },
};

/* @word of the list against the folded @label: equal, or equal up to a number. */
static gboolean
word_matches (const char *word, gsize length_bytes, const char *label)
{
  gboolean numbered = length_bytes > 0 && word[length_bytes - 1] == '#';
  const char *rest;

  length_bytes -= numbered;
  if (strncmp (label, word, length_bytes) != 0)
    return FALSE;
  rest = label + length_bytes;
  if (numbered)
    while (*rest != '\0' && strchr ("0123456789 -_.", *rest) != NULL)
      rest++;
  return *rest == '\0';
}

static gboolean
role_of_label (const char *label, AttestRole *out_role)
{
  g_autofree char *folded = g_utf8_strdown (label, -1);

  for (guint i = 0; i < G_N_ELEMENTS (role_words); i++)
    for (const char *w = role_words[i].words; *w != '\0';)
      {
        gsize length_bytes = strcspn (w, " ");

        if (word_matches (w, length_bytes, folded))
          {
            *out_role = role_words[i].role;
            return TRUE;
          }
        w += length_bytes + (w[length_bytes] == ' ');
      }
  return FALSE;
}

static void
set_role (AttestSpeaker *speaker, AttestRole role, char *reason)
{
  speaker->role = role;
  g_free (speaker->role_reason);
  speaker->role_reason = reason;
}

static gboolean
same_folded (const char *a, const char *b)
{
  g_autofree char *x = g_utf8_casefold (a, -1);
  g_autofree char *y = g_utf8_casefold (b, -1);

  return strcmp (x, y) == 0;
}

static void
assign_given (AttestDocument *doc, const char *const *labels)
{
  for (; *labels != NULL; labels++)
    {
      gboolean found = FALSE;

      for (guint i = 0; i < doc->speakers->len; i++)
        if (same_folded (attest_document_speaker (doc, i)->label, *labels))
          {
            set_role (attest_document_speaker (doc, i), ATTEST_ROLE_INTERVIEWER,
                      g_strdup ("--interviewer"));
            found = TRUE;
          }
      if (!found)
        attest_document_warn (doc, 0, "--interviewer %s: nobody of that label speaks here",
                              *labels);
    }
}

static void
assign_by_header (AttestDocument *doc, AttestSpeaker *speaker)
{
  static const char *const keys[] = { "interviewer", "enquêteur", "entrevistador", "интервьюер" };

  for (guint k = 0; k < G_N_ELEMENTS (keys) && speaker->role_reason == NULL; k++)
    {
      const char *value = attest_document_get_metadata (doc, keys[k]);

      if (value != NULL && same_folded (value, speaker->label))
        set_role (speaker, ATTEST_ROLE_INTERVIEWER,
                  g_strdup ("named as interviewer in the header"));
    }
}

/* Only where nobody is known as interviewer and at least two speak: who asks most is. */
static void
assign_by_questions (AttestDocument *doc)
{
  g_autofree guint *turns = g_new0 (guint, doc->speakers->len);
  g_autofree guint *questions = g_new0 (guint, doc->speakers->len);
  int best = -1;

  for (guint i = 0; i < doc->turns->len; i++)
    {
      const AttestTurn *turn = attest_document_turn (doc, i);

      if (turn->speaker == ATTEST_NO_SPEAKER)
        continue;
      turns[turn->speaker]++;
      if (memchr (doc->text + turn->start_byte, '?', turn->end_byte - turn->start_byte) != NULL)
        questions[turn->speaker]++;
    }
  for (guint i = 0; i < doc->speakers->len; i++)
    if (attest_document_speaker (doc, i)->role_reason == NULL && questions[i] >= 2
        && (best < 0 || (guint64)questions[i] * turns[best] > (guint64)questions[best] * turns[i]))
      best = (int)i;
  if (best >= 0 && questions[best] * 3 >= turns[best])
    set_role (attest_document_speaker (doc, (guint)best), ATTEST_ROLE_INTERVIEWER,
              g_strdup_printf ("asks in %u of %u turns", questions[best], turns[best]));
}

void
attest_roles_assign (AttestDocument *doc, const char *const *interviewers)
{
  gboolean interviewer_known = FALSE;

  if (interviewers != NULL)
    assign_given (doc, interviewers);
  for (guint i = 0; i < doc->speakers->len; i++)
    {
      AttestSpeaker *speaker = attest_document_speaker (doc, i);
      AttestRole role;

      if (speaker->role_reason == NULL && !speaker->anonymous
          && role_of_label (speaker->label, &role))
        set_role (speaker, role, g_strdup ("the label"));
      assign_by_header (doc, speaker);
      interviewer_known |= speaker->role == ATTEST_ROLE_INTERVIEWER && speaker->role_reason != NULL;
    }
  if (!interviewer_known && doc->speakers->len >= 2)
    assign_by_questions (doc);
  for (guint i = 0; i < doc->speakers->len; i++)
    if (attest_document_speaker (doc, i)->role_reason == NULL)
      set_role (attest_document_speaker (doc, i), ATTEST_ROLE_RESPONDENT,
                g_strdup ("not the interviewer"));
}
