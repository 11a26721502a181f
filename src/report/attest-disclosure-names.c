/* Names in texts. Only those that the project knows can be found: of speakers and respondents. */
#include "report/attest-disclosure-private.h"

#include <string.h>

/* Shorter ones, "R" or "A1", stand for no name and are in every text. */
#define MIN_NAME_CHARS 3

/* Words of labels that say what somebody is, in lower case. */
static gboolean
is_role_word (const char *word)
{
  static const char *const words[]
      = { "administrator", "advisor",        "adviser",        "agent",        "agency",
          "beneficiary",   "chair",          "chief",          "civil",        "community",
          "consultant",    "coordinator",    "country",        "department",   "deputy",
          "director",      "discussion",     "district",       "donor",        "embassy",
          "enquêteur",     "enquêté",        "evaluator",      "evaluatrice",  "expert",
          "facilitator",   "female",         "focus",          "government",   "group",
          "head",          "implementer",    "implementing",   "informant",    "international",
          "interpreter",   "interview",      "interviewee",    "interviewer",  "leader",
          "local",         "male",           "manager",        "member",       "migrant",
          "migration",     "minister",       "ministry",       "moderator",    "mission",
          "national",      "office",         "officer",        "official",     "organisation",
          "organization",  "other",          "participant",    "participante", "partner",
          "person",        "president",      "programme",      "program",      "project",
          "regional",      "representative", "respondent",     "répondant",    "secretary",
          "senior",        "society",        "speaker",        "specialist",   "staff",
          "state",         "student",        "task",           "team",         "the",
          "translator",    "trainer",        "unit",           "unknown",      "village",
          "woman",         "women",          "worker",         "young",        "youth",
          "интервьюер",    "респондент",     "участник",       "участница",    "переводчик",
          "entrevistador", "entrevistado",   "entrevistadora", "entrevistada", "ведущая",
          "ведущий",       "директор",       "интервьюер",     "министр",      "модератор",
          "мужчина",       "оценщик",        "переводчик",     "респондент",   "респондентка",
          "сотрудник",     "сотрудница",     "специалист",     "участник",     "участница",
          "фокус",         "эксперт",        "женщина",        "группа" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (word, words[i]) == 0)
      return TRUE;
  return FALSE;
}

static void
add_name (AttestDisclosure *disclosure, const char *name)
{
  if (g_utf8_strlen (name, -1) >= MIN_NAME_CHARS
      && !g_ptr_array_find_with_equal_func (disclosure->names, name, g_str_equal, NULL))
    g_ptr_array_add (disclosure->names, g_strdup (name));
}

static gboolean
is_word_char (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

/* ---- grammatical cases ---- */

/* Russian and its neighbours decline names: "Ольга Каримова", "Ольге Каримовой". A word is a form
 * of a name when both have a beginning in common that only endings follow. This also hides a few
 * words that are none, which is the lesser harm. */
static const char *const endings[]
    = { "",   "а",  "я",  "у",  "ю",  "е",  "и",   "ы",   "й",   "ь",   "о",   "ой", "ей", "ою",
        "ею", "ом", "ем", "ём", "ым", "им", "ого", "его", "ому", "ему", "ью",  "ий", "ый", "ая",
        "яя", "ую", "юю", "их", "ых", "ов", "ев",  "ам",  "ям",  "ами", "ями", "ах", "ях" };

/* The part of the word before the ending, or NULL: it has another, or nothing to tell by is left.
 */
static char *
dup_stem (const char *word, const char *ending)
{
  gsize length = strlen (word), ending_bytes = strlen (ending);

  if (!g_str_has_suffix (word, ending)
      || g_utf8_strlen (word, (gssize)(length - ending_bytes)) < MIN_NAME_CHARS)
    return NULL;
  return g_strndup (word, length - ending_bytes);
}

static gboolean
is_declined (const char *word)
{
  return g_unichar_get_script (g_utf8_get_char (word)) == G_UNICODE_SCRIPT_CYRILLIC;
}

static void
add_stems (AttestDisclosure *disclosure, const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (endings) && is_declined (word); i++)
    {
      char *stem = dup_stem (word, endings[i]);

      if (stem != NULL)
        g_hash_table_add (disclosure->stems, stem);
    }
}

/* Bytes of a name in any case that stands at @p as a whole word, or 0. */
static gsize
find_form_at (const AttestDisclosure *disclosure, const char *p, gsize left)
{
  const char *end = p;
  g_autofree char *word = NULL;

  if (g_hash_table_size (disclosure->stems) == 0 || !is_declined (p)
      || !g_unichar_isupper (g_utf8_get_char (p)))
    return 0;
  while ((gsize)(end - p) < left && is_word_char (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);
  word = g_strndup (p, (gsize)(end - p));
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *stem = dup_stem (word, endings[i]);

      if (stem != NULL && g_hash_table_contains (disclosure->stems, stem))
        return (gsize)(end - p);
    }
  return 0;
}

/* ---- names ---- */

/* "Aida Bekova" hides "Aida", "Bekova" and both; "Programme officer" and "Respondent 2" nothing. A
 * word counts as part of a name when it begins with a capital letter, or its script has none. */
static void
add_label (AttestDisclosure *disclosure, const char *label)
{
  guint n_words = 0, n_names = 0;

  for (const char *p = label; *p != '\0';)
    {
      const char *start = p;
      g_autofree char *word = NULL, *lower = NULL;
      gunichar first = g_utf8_get_char (p);

      while (*p != '\0' && is_word_char (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
      if (p == start)
        {
          p = g_utf8_next_char (p);
          continue;
        }
      word = g_strndup (start, (gsize)(p - start));
      lower = g_utf8_strdown (word, -1);
      n_words++;
      if (!g_unichar_isalpha (first) || g_unichar_islower (first) || is_role_word (lower))
        continue;
      n_names++;
      add_name (disclosure, word);
      add_stems (disclosure, word);
    }
  if (n_words > 1 && n_names > 0)
    add_name (disclosure, label);
}

static int
by_length (gconstpointer a, gconstpointer b)
{
  const char *x = *(char *const *)a, *y = *(char *const *)b;
  gsize lx = strlen (x), ly = strlen (y);

  return lx != ly ? (lx < ly ? 1 : -1) : strcmp (x, y);
}

/* What those are called who want to be named: their labels, in the transcript too; borrowed. */
static GHashTable *
list_named (const AttestDisclosure *disclosure, GPtrArray *respondents)
{
  GHashTable *named = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < respondents->len; i++)
    {
      const AttestRespondentInfo *info = g_ptr_array_index (respondents, i);
      const AttestPerson *person = g_hash_table_lookup (disclosure->people, info->label);

      if (person->name == NULL)
        continue;
      g_hash_table_add (named, info->label);
      for (guint k = 0; k < info->speakers->len; k++)
        {
          char *speaker = g_array_index (info->speakers, AttestRespondentSpeaker, k).speaker;

          if (speaker != NULL)
            g_hash_table_add (named, speaker);
        }
    }
  return named;
}

gboolean
attest_disclosure_find_names (AttestStore *store, GPtrArray *respondents,
                              AttestDisclosure *disclosure, GError **error)
{
  g_autoptr (GPtrArray) speakers = attest_store_list_speakers (store, error);
  g_autoptr (GHashTable) named = list_named (disclosure, respondents);

  if (speakers == NULL)
    return FALSE;
  for (guint i = 0; i < speakers->len; i++)
    if (!g_hash_table_contains (named, g_ptr_array_index (speakers, i)))
      add_label (disclosure, g_ptr_array_index (speakers, i));
  for (guint i = 0; i < respondents->len; i++)
    {
      const AttestRespondentInfo *info = g_ptr_array_index (respondents, i);
      const char *name = attest_respondent_info_get (info, "name");

      if (g_hash_table_contains (named, info->label))
        continue;
      if (info->given)
        add_label (disclosure, info->label);
      if (name != NULL)
        add_label (disclosure, name);
    }
  g_ptr_array_sort (disclosure->names, by_length);
  for (guint i = 0; i < disclosure->names->len; i++)
    {
      char *name = g_ptr_array_index (disclosure->names, i);
      GPtrArray **names = &disclosure->by_byte[(guchar)*name];

      if (*names == NULL)
        *names = g_ptr_array_new ();
      g_ptr_array_add (*names, name);
    }
  return TRUE;
}

/* Bytes of the name that stands at @p as a whole word, or 0. */
static gsize
find_name_at (const AttestDisclosure *disclosure, const char *p, gsize left)
{
  const GPtrArray *names = disclosure->by_byte[(guchar)*p];

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      gsize length = strlen (name);

      if (length > left || memcmp (p, name, length) != 0)
        continue;
      if (length == left || !is_word_char (g_utf8_get_char (p + length)))
        return length;
    }
  return left > 0 ? find_form_at (disclosure, p, left) : 0;
}

char *
attest_disclosure_dup_without_names (const AttestDisclosure *disclosure, const char *text,
                                     gsize length_bytes)
{
  g_autoptr (GString) out = NULL;
  gsize kept = 0;
  gboolean in_word = FALSE;

  for (gsize i = 0; i < length_bytes;)
    {
      gsize length = in_word ? 0 : find_name_at (disclosure, text + i, length_bytes - i);

      if (length > 0)
        {
          if (out == NULL)
            out = g_string_new (NULL);
          g_string_append_len (out, text + kept, (gssize)(i - kept));
          g_string_append (out, attest_disclosure_word (disclosure, "name", "[name]"));
          i += length;
          kept = i;
          continue;
        }
      in_word = is_word_char (g_utf8_get_char (text + i));
      i += (gsize)(g_utf8_next_char (text + i) - (text + i));
    }
  if (out == NULL)
    return NULL;
  g_string_append_len (out, text + kept, (gssize)(length_bytes - kept));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* ---- documents ---- */

static void
mask_names (const AttestDisclosure *disclosure, char *text, gsize length_bytes)
{
  gboolean in_word = FALSE;

  for (gsize i = 0; i < length_bytes;)
    {
      gsize length = in_word ? 0 : find_name_at (disclosure, text + i, length_bytes - i);

      if (length > 0)
        {
          memset (text + i, '_', length);
          i += length;
          continue;
        }
      in_word = is_word_char (g_utf8_get_char (text + i));
      i += (gsize)(g_utf8_next_char (text + i) - (text + i));
    }
}

guint
attest_disclosure_mask_document (AttestDisclosure *disclosure, const char *source,
                                 AttestDocument *doc)
{
  guint n = 0;

  for (guint i = 0; attest_disclosure_is_public (disclosure) && i < doc->turns->len; i++)
    {
      AttestTurn *turn = attest_document_turn (doc, i);
      g_autofree char *key = attest_disclosure_dup_speaker_key (
          source, turn->speaker == ATTEST_NO_SPEAKER
                      ? NULL
                      : attest_document_speaker (doc, turn->speaker)->label);
      const char *respondent = g_hash_table_lookup (disclosure->speakers, key);

      if (attest_disclosure_is_verbatim (disclosure, source, respondent))
        mask_names (disclosure, doc->text + turn->start_byte, turn->end_byte - turn->start_byte);
      else
        {
          turn->end_byte = turn->start_byte;
          n += attest_document_turn_role (doc, i) != ATTEST_ROLE_INTERVIEWER;
        }
    }
  return n;
}
