/* attest-roles: from the surest sign to the weakest: the user, the label, the header, the
 * questions.
 */
#include "config.h"

#include "reader/attest-roles.h"

#include <string.h>

#include "reader/attest-label-words.h"

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

/* @label is the label of @speaker or the short form that stood in brackets after it. */
static gboolean
is_called (const AttestSpeaker *speaker, const char *label)
{
  return same_folded (speaker->label, label)
         || (speaker->attributes != NULL && same_folded (speaker->attributes, label));
}

static void
assign_given (AttestDocument *doc, const char *const *labels)
{
  for (; *labels != NULL; labels++)
    {
      gboolean found = FALSE;

      for (guint i = 0; i < doc->speakers->len; i++)
        if (is_called (attest_document_speaker (doc, i), *labels))
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

/* "Men:" is a group that answers; in "Ana (female):" the word says nothing of what Ana does. */
static gboolean
is_sex (const char *folded)
{
  static const char *const words[] = { "female", "male",  "woman",  "man",     "femme",
                                       "homme",  "mujer", "hombre", "женщина", "мужчина" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i], folded) == 0)
      return TRUE;
  return FALSE;
}

static void
assign_by_label (AttestSpeaker *speaker, gboolean *out_soft)
{
  g_autofree char *folded = g_utf8_strdown (speaker->label, -1);
  g_auto (GStrv) parts = NULL;
  AttestRole role;

  if (attest_label_role (folded, &role, out_soft))
    {
      set_role (speaker, role, g_strdup ("the label"));
      return;
    }
  *out_soft = FALSE;
  if (speaker->attributes == NULL)
    return;
  parts = g_strsplit_set (speaker->attributes, ",;/", -1);
  for (char **part = parts; *part != NULL; part++)
    {
      g_autofree char *word = g_utf8_strdown (g_strstrip (*part), -1);

      /* One letter is a name's or a sex: "(F)". */
      if (g_utf8_strlen (word, -1) > 2 && !is_sex (word) && attest_label_role (word, &role, NULL))
        {
          set_role (speaker, role, g_strdup_printf ("\"%s\" after the label", *part));
          return;
        }
    }
}

/* "Ana", "Silva" or "AS" for "Ana Silva". */
static gboolean
names_person (const char *label, const char *person)
{
  g_auto (GStrv) words = g_strsplit_set (person, " ,.()", -1);
  g_autoptr (GString) initials = g_string_new (NULL);

  if (same_folded (label, person))
    return TRUE;
  for (char **w = words; *w != NULL; w++)
    {
      if (**w == '\0')
        continue;
      if (g_utf8_strlen (*w, -1) > 1 && same_folded (*w, label))
        return TRUE;
      g_string_append_unichar (initials, g_utf8_get_char (*w));
    }
  return g_utf8_strlen (initials->str, -1) > 1 && same_folded (initials->str, label);
}

static void
assign_by_header (AttestDocument *doc, AttestSpeaker *speaker)
{
  static const char *const keys[]
      = { "interviewer",    "interviewers", "interviewed by", "moderator", "facilitator",
          "enquêteur",      "enquêtrice",   "intervieweur",   "chercheur", "entrevistador",
          "entrevistadora", "moderador",    "интервьюер",     "модератор" };

  for (guint k = 0; k < G_N_ELEMENTS (keys) && speaker->role_reason == NULL; k++)
    {
      const char *value = attest_document_get_metadata (doc, keys[k]);
      g_auto (GStrv) people = value != NULL ? g_strsplit_set (value, ",;&\n", -1) : NULL;

      for (char **person = people; person != NULL && *person != NULL; person++)
        if (names_person (speaker->label, g_strstrip (*person)) && speaker->role_reason == NULL)
          set_role (speaker, ATTEST_ROLE_INTERVIEWER,
                    g_strdup_printf ("\"%s\" in the header", keys[k]));
    }
}

static gboolean
has_label (AttestDocument *doc, const char *label)
{
  for (guint i = 0; i < doc->speakers->len; i++)
    if (g_ascii_strcasecmp (attest_document_speaker (doc, i)->label, label) == 0)
      return TRUE;
  return FALSE;
}

/* In Spanish "P" asks and "R" answers, pregunta and respuesta; in English both may be respondents.
 * "A" answers, but not beside "B". Where those two are all there is, the questions tell. */
static void
doubt_letters (AttestDocument *doc)
{
  if (doc->speakers->len != 2
      || !((has_label (doc, "P") && has_label (doc, "R"))
           || (has_label (doc, "A") && has_label (doc, "B"))))
    return;
  for (guint i = 0; i < doc->speakers->len; i++)
    if (g_strcmp0 (attest_document_speaker (doc, i)->role_reason, "the label") == 0)
      g_clear_pointer (&attest_document_speaker (doc, i)->role_reason, g_free);
}

/* A question mark of any script that has its own. */
static gboolean
asks (const char *text, gsize length_bytes)
{
  return memchr (text, '?', length_bytes) != NULL
         || memmem (text, length_bytes, "\u061f", strlen ("\u061f")) != NULL
         || memmem (text, length_bytes, "\uff1f", strlen ("\uff1f")) != NULL;
}

/* Only where nobody is known as interviewer and at least two speak: who asks most is. */
static gboolean
assign_by_questions (AttestDocument *doc)
{
  g_autofree guint *turns = g_new0 (guint, doc->speakers->len);
  g_autofree guint *questions = g_new0 (guint, doc->speakers->len);
  guint askers = 0;
  int best = -1;

  for (guint i = 0; i < doc->turns->len; i++)
    {
      const AttestTurn *turn = attest_document_turn (doc, i);

      if (turn->speaker == ATTEST_NO_SPEAKER)
        continue;
      turns[turn->speaker]++;
      if (asks (doc->text + turn->start_byte, turn->end_byte - turn->start_byte))
        questions[turn->speaker]++;
    }
  for (guint i = 0; i < doc->speakers->len; i++)
    {
      askers += questions[i] > 0;
      if (attest_document_speaker (doc, i)->role_reason == NULL && questions[i] > 0
          && (best < 0
              || (guint64)questions[i] * turns[best] > (guint64)questions[best] * turns[i]))
        best = (int)i;
    }
  if (best < 0 || questions[best] * 3 < turns[best] || (questions[best] < 2 && askers > 1))
    return FALSE;
  set_role (attest_document_speaker (doc, (guint)best), ATTEST_ROLE_INTERVIEWER,
            g_strdup_printf ("asks in %u of %u turns", questions[best], turns[best]));
  return TRUE;
}

static gboolean
is_interviewer (const AttestSpeaker *speaker)
{
  return speaker->role == ATTEST_ROLE_INTERVIEWER && speaker->role_reason != NULL;
}

/* "Researcher" asks, unless an "Interviewer" does. */
static void
settle_soft (AttestDocument *doc, const gboolean *soft)
{
  gboolean hard = FALSE;

  for (guint i = 0; i < doc->speakers->len; i++)
    hard |= is_interviewer (attest_document_speaker (doc, i)) && !soft[i];
  for (guint i = 0; hard && i < doc->speakers->len; i++)
    if (soft[i] && is_interviewer (attest_document_speaker (doc, i)))
      set_role (attest_document_speaker (doc, i), ATTEST_ROLE_RESPONDENT,
                g_strdup ("another one is the interviewer"));
}

void
attest_roles_assign (AttestDocument *doc, const char *const *interviewers)
{
  g_autofree gboolean *soft = g_new0 (gboolean, doc->speakers->len + 1);
  gboolean interviewer_known = FALSE;

  if (interviewers != NULL)
    assign_given (doc, interviewers);
  for (guint i = 0; i < doc->speakers->len; i++)
    {
      AttestSpeaker *speaker = attest_document_speaker (doc, i);

      if (speaker->role_reason == NULL && !speaker->anonymous)
        assign_by_label (speaker, &soft[i]);
      assign_by_header (doc, speaker);
    }
  settle_soft (doc, soft);
  doubt_letters (doc);
  for (guint i = 0; i < doc->speakers->len; i++)
    interviewer_known |= is_interviewer (attest_document_speaker (doc, i));
  if (!interviewer_known && doc->speakers->len >= 2)
    interviewer_known = assign_by_questions (doc);
  for (guint i = 0; i < doc->speakers->len; i++)
    if (attest_document_speaker (doc, i)->role_reason == NULL)
      set_role (attest_document_speaker (doc, i), ATTEST_ROLE_RESPONDENT,
                g_strdup (interviewer_known ? "not an interviewer" : "nobody is known to ask"));
}
