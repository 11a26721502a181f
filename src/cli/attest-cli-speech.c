#include "cli/attest-cli-speech.h"

#include <string.h>

#include "report/attest-disclosure.h"
#include "cli/attest-cli-report.h"
#include "cli/attest-cli-shared-texts.h"
#include "report/attest-report-html.h"
#include "util/attest-limits.h"
#include "util/attest-text.h"

static void
free_speech (gpointer data)
{
  AttestSpeech *speech = data;

  g_string_free (speech->text, TRUE);
  g_free (speech);
}

void
attest_speeches_free (AttestSpeeches *speeches)
{
  if (speeches == NULL)
    return;
  g_ptr_array_unref (speeches->groups);
  g_ptr_array_unref (speeches->persons);
  g_ptr_array_unref (speeches->speeches);
  g_free (speeches);
}

typedef struct
{
  AttestSpeeches *speeches;
  const char *attribute, *lang;
  gsize bytes;
  gboolean has_attribute, is_public;
  /* Of the project at hand. */
  AttestDisclosure *disclosure; /* (nullable) for the public */
  GHashTable *persons;          /* "SOURCE\nSPEAKER" → number of the person + 1 */
  GArray *groups;               /* of guint: by number of the person; G_MAXUINT: not known */
  GHashTable *by_person;        /* "NUMBER LANG" → AttestSpeech */
} Loading;

static guint
find_group (AttestSpeeches *speeches, const char *name)
{
  guint at;

  if (g_ptr_array_find_with_equal_func (speeches->groups, name, g_str_equal, &at))
    return at;
  g_ptr_array_add (speeches->groups, g_strdup (name));
  return speeches->groups->len - 1;
}

/* Labels have no line ends. @speaker: (nullable) */
static char *
dup_key (const char *source, const char *speaker)
{
  return speaker != NULL ? g_strconcat (source, "\n", speaker, NULL) : g_strdup (source);
}

static void
add_person (Loading *loading, const AttestRespondentInfo *info, guint project_group)
{
  const char *value
      = loading->attribute != NULL ? attest_respondent_info_get (info, loading->attribute) : NULL;
  guint group = loading->attribute == NULL ? project_group
                : value != NULL            ? find_group (loading->speeches, value)
                                           : G_MAXUINT;

  loading->has_attribute = loading->has_attribute || value != NULL;
  g_ptr_array_add (loading->speeches->persons, g_strdup (info->label));
  g_array_append_val (loading->groups, group);
  for (guint i = 0; i < info->speakers->len; i++)
    {
      const AttestRespondentSpeaker *speaker
          = &g_array_index (info->speakers, AttestRespondentSpeaker, i);

      g_hash_table_insert (loading->persons, dup_key (speaker->source, speaker->speaker),
                           GUINT_TO_POINTER (loading->speeches->persons->len));
    }
}

static AttestSpeech *
find_speech (Loading *loading, guint person, const char *lang)
{
  g_autofree char *key = g_strdup_printf ("%u %s", person, lang != NULL ? lang : "");
  AttestSpeech *speech = g_hash_table_lookup (loading->by_person, key);

  if (speech != NULL)
    return speech;
  speech = g_new0 (AttestSpeech, 1);
  speech->respondent = g_ptr_array_index (loading->speeches->persons, person);
  speech->person = person;
  speech->group = g_array_index (loading->groups, guint, person);
  speech->lang = lang;
  speech->text = g_string_new (NULL);
  g_ptr_array_add (loading->speeches->speeches, speech);
  g_hash_table_insert (loading->by_person, g_steal_pointer (&key), speech);
  return speech;
}

static void
add_turn (Loading *loading, const AttestDocument *doc, const char *source, guint number)
{
  const AttestTurn *turn = attest_document_turn (doc, number);
  g_autofree char *key = dup_key (source, attest_document_turn_label (doc, number));
  guint person = GPOINTER_TO_UINT (g_hash_table_lookup (loading->persons, key));

  if (person == 0 || g_array_index (loading->groups, guint, person - 1) == G_MAXUINT
      || attest_document_turn_role (doc, number) == ATTEST_ROLE_INTERVIEWER
      || (loading->lang != NULL && g_strcmp0 (loading->lang, turn->lang) != 0))
    return;
  gsize length_bytes = turn->end_byte - turn->start_byte;
  g_autofree char *text = attest_text_dup_unwrapped (doc->text + turn->start_byte, length_bytes);
  AttestSpeech *speech = find_speech (loading, person - 1, turn->lang);

  if (loading->disclosure != NULL)
    {
      g_autofree char *named = g_steal_pointer (&text);

      text = attest_disclosure_dup_text (loading->disclosure, named);
    }
  g_string_append (speech->text, text);
  g_string_append (speech->text, ".\n");
  loading->bytes += length_bytes;
}

static gboolean
add_source (Loading *loading, AttestStore *store, const char *label, GError **error)
{
  g_autoptr (AttestDocument) doc = attest_store_get_document (store, label, error);

  for (guint i = 0; doc != NULL && i < doc->turns->len; i++)
    add_turn (loading, doc, label, i);
  if (loading->bytes > ATTEST_MAX_SUGGEST_BYTES)
    return attest_throw (error, ATTEST_ERROR_LIMIT,
                         "more than %u MB of text: choose a language by --lang, or fewer projects",
                         ATTEST_MAX_SUGGEST_BYTES >> 20);
  return doc != NULL;
}

static gboolean
add_project (Loading *loading, const AttestSharedTexts *shared, guint number, const char *path,
             GError **error)
{
  g_autoptr (AttestStore) store = attest_store_open (path, ATTEST_STORE_IN_PLACE, error);
  g_autoptr (GPtrArray) sources = store != NULL ? attest_shared_texts_list_counted (
                                      shared, number, loading->attribute != NULL, store, error)
                                                : NULL;
  g_autoptr (GPtrArray) respondents
      = sources != NULL ? attest_store_list_respondents (store, error) : NULL;
  guint group = G_MAXUINT;

  if (respondents == NULL)
    return FALSE;
  if (loading->attribute == NULL)
    {
      g_autofree char *title = attest_report_dup_project_title (store, NULL);
      g_autofree char *name = g_strdup (title != NULL ? title : path);

      for (guint i = 2;
           g_ptr_array_find_with_equal_func (loading->speeches->groups, name, g_str_equal, NULL);
           i++)
        {
          g_free (name);
          name = g_strdup_printf ("%s (%u)", title != NULL ? title : path, i);
        }
      group = find_group (loading->speeches, name);
    }
  g_autoptr (AttestDisclosure) disclosure = NULL;
  AttestDisclosureOptions audience = { .audience = ATTEST_AUDIENCE_PUBLIC };
  if (loading->is_public && (disclosure = attest_disclosure_new (store, &audience, error)) == NULL)
    return FALSE;
  loading->disclosure = disclosure;
  g_hash_table_remove_all (loading->persons);
  for (guint i = 0; i < respondents->len; i++)
    add_person (loading, g_ptr_array_index (respondents, i), group);
  for (guint i = 0; i < sources->len; i++)
    if (!add_source (loading, store, ((AttestSourceInfo *)g_ptr_array_index (sources, i))->label,
                     error))
      return FALSE;
  return attest_store_check_unchanged (store, error);
}

/* Whether two groups or more say something. */
static gboolean
check_groups (const AttestSpeeches *speeches, const char *lang, GError **error)
{
  guint first = G_MAXUINT;

  for (guint i = 0; i < speeches->speeches->len; i++)
    {
      guint group = ((const AttestSpeech *)g_ptr_array_index (speeches->speeches, i))->group;

      if (first != G_MAXUINT && group != first)
        return TRUE;
      first = group;
    }
  if (first == G_MAXUINT)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "respondents say nothing%s%s%s: there are no words to count",
                         lang != NULL ? " in " : "", lang != NULL ? lang : "",
                         speeches->n_shared > 0 ? " but in texts that several projects hold" : "");
  return attest_throw (error, ATTEST_ERROR_USAGE,
                       "only in '%s' do respondents say something%s%s: there is nothing to compare "
                       "it with",
                       (const char *)g_ptr_array_index (speeches->groups, first),
                       lang != NULL ? " in " : "", lang != NULL ? lang : "");
}

AttestSpeeches *
attest_speeches_load (const GPtrArray *projects, const char *attribute, const char *lang,
                      gboolean is_public, GError **error)
{
  g_autoptr (AttestSpeeches) speeches = g_new0 (AttestSpeeches, 1);
  Loading loading
      = { .speeches = speeches, .attribute = attribute, .lang = lang, .is_public = is_public };
  g_autoptr (AttestSharedTexts) shared = attest_shared_texts_find (projects, error);
  gboolean ok = shared != NULL;

  speeches->n_shared = ok ? shared->n_shared : 0;
  speeches->groups = g_ptr_array_new_with_free_func (g_free);
  speeches->persons = g_ptr_array_new_with_free_func (g_free);
  speeches->speeches = g_ptr_array_new_with_free_func (free_speech);
  loading.persons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  loading.by_person = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  loading.groups = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; ok && i < projects->len; i++)
    ok = add_project (&loading, shared, i, g_ptr_array_index (projects, i), error);
  g_hash_table_unref (loading.persons);
  g_hash_table_unref (loading.by_person);
  g_array_unref (loading.groups);
  if (ok && attribute != NULL && !loading.has_attribute)
    ok = attest_cli_throw_no_attribute (attribute, error);
  ok = ok && check_groups (speeches, lang, error);
  return ok ? g_steal_pointer (&speeches) : NULL;
}
