/* {silence CHECK ABOUT: why}: what a check finds in its sentence does not count. */
#include <string.h>

#include "report/attest-brief-check-private.h"

typedef struct
{
  char *check;   /* as it is written */
  char *about;   /* (nullable) of several problems of the check, which: "Q7F3K2A" */
  char *because; /* "": it does not say */
  gboolean is_used;
} Silence;

static void
silence_free (gpointer data)
{
  Silence *silence = data;

  g_free (silence->check);
  g_free (silence->about);
  g_free (silence->because);
  g_free (silence);
}

/* The colon before the reason; one in "count:respondents" has no space behind it. */
static const char *
find_colon (const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    if (*at == ':' && (at[1] == '\0' || g_ascii_isspace (at[1])))
      return at;
  return text + strlen (text);
}

/* @text: "contradicted Q7F3K2A: why" */
static Silence *
read_silence (const char *text)
{
  Silence *silence = g_new0 (Silence, 1);
  const char *colon = find_colon (text);
  g_autofree char *names = g_strstrip (g_strndup (text, (gsize)(colon - text)));
  char *space = names + strcspn (names, " \t\n");

  silence->because = g_strdup (*colon == ':' ? colon + 1 : "");
  for (char *at = silence->because; *at != '\0'; at++)
    if (g_ascii_isspace (*at)) /* a reason over several lines */
      *at = ' ';
  g_strstrip (silence->because);
  if (*space != '\0')
    silence->about = g_strstrip (g_strdup (space + 1));
  *space = '\0';
  silence->check = g_strdup (names);
  return silence;
}

static char *
dup_key (guint sentence, const char *check, const char *about)
{
  g_autofree char *key = g_strdup_printf ("%u %s %s", sentence, check, about != NULL ? about : "");

  return g_utf8_casefold (key, -1);
}

/* Whether it says all that it must; *@out_rule: of its check, when there is one. */
static gboolean
is_complete (const Silence *silence, gboolean *out_is_check, AttestBriefSilencing *out_rule)
{
  *out_is_check = attest_brief_find_silencing (silence->check, out_rule);
  return *out_is_check && *out_rule != ATTEST_BRIEF_NEVER_SILENCED && silence->because[0] != '\0'
         && (*out_rule != ATTEST_BRIEF_SILENCED_BY_NAME || silence->about != NULL);
}

void
attest_brief_read_silences (AttestBriefChecker *checker)
{
  checker->silences = g_hash_table_new_full (NULL, NULL, NULL, silence_free);
  checker->silence_by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < checker->brief->marks->len; i++)
    {
      const AttestMark *mark = attest_brief_mark (checker->brief, i);
      AttestBriefSilencing rule;
      gboolean is_check;
      Silence *silence;
      g_autofree char *key = NULL;

      if (mark->type != ATTEST_MARK_SILENCE)
        continue;
      silence = read_silence (mark->id);
      g_hash_table_insert (checker->silences, (gpointer)mark, silence);
      key = dup_key (mark->sentence, silence->check, silence->about);
      if (mark->sentence != G_MAXUINT && is_complete (silence, &is_check, &rule)
          && !g_hash_table_contains (checker->silence_by_key, key))
        g_hash_table_insert (checker->silence_by_key, g_steal_pointer (&key), silence);
    }
}

const char *
attest_brief_find_silence (AttestBriefChecker *checker, const char *about)
{
  guint sentence;

  if (checker->sentence == NULL || g_hash_table_size (checker->silence_by_key) == 0)
    return NULL;
  sentence = (guint)(checker->sentence - attest_brief_sentence (checker->brief, 0));
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *key = dup_key (sentence, checker->check, i == 0 ? about : NULL);
      Silence *silence = g_hash_table_lookup (checker->silence_by_key, key);

      if (silence == NULL)
        continue;
      silence->is_used = TRUE;
      return silence->because;
    }
  return NULL;
}

static char *
list_checks (void)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < attest_brief_n_checks (); i++)
    {
      AttestBriefSilencing rule;
      const char *id, *what;

      attest_brief_get_check (i, &id, &what);
      if (attest_brief_find_silencing (id, &rule) && rule != ATTEST_BRIEF_NEVER_SILENCED)
        g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", id);
    }
  return g_string_free (list, FALSE);
}

void
attest_brief_check_silence (AttestBriefChecker *checker, const AttestMark *mark)
{
  const Silence *silence
      = mark->type == ATTEST_MARK_SILENCE ? g_hash_table_lookup (checker->silences, mark) : NULL;
  AttestBriefSilencing rule;
  gboolean is_check;
  g_autofree char *name = NULL, *checks = NULL, *message = NULL;

  if (silence == NULL || (is_complete (silence, &is_check, &rule) && silence->is_used))
    return;
  name = attest_text_printable (silence->check, strlen (silence->check), 40);
  if (!is_check)
    {
      checks = list_checks ();
      message = g_strdup_printf ("'%s' is no check; there are: %s", name, checks);
    }
  else if (rule == ATTEST_BRIEF_NEVER_SILENCED)
    message = g_strdup_printf ("what %s finds cannot be silenced", name);
  else if (silence->because[0] == '\0')
    message = g_strdup_printf ("say why it does not count: {silence %s: why}", name);
  else if (rule == ATTEST_BRIEF_SILENCED_BY_NAME && silence->about == NULL)
    message
        = g_strdup_printf ("say which quote, so that another counts: {silence %s Q…: why}", name);
  else
    message = g_strdup_printf ("its sentence has no such problem of %s, or no longer: take the "
                               "silence out",
                               name);
  attest_brief_complain (checker, mark->start_byte, mark->end_byte, "%s", message);
}
