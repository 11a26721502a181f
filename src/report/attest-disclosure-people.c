/* Who people are to the public: pseudonyms, names of those who want to be named, lines of
 * attribution. */
#include "report/attest-disclosure-private.h"

#include <string.h>

#include "stats/attest-anonymity.h"
#include "util/attest-error.h"
#include "util/attest-hash.h"

/* Five characters of a hash that nobody can compute who does not have the project: its key is the
 * hash of the first entry of the audit log. More where another has the same. */
static char *
dup_pseudonym (GHashTable *taken, char prefix, const char *key, const char *label)
{
  static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  g_autofree char *seed = g_strdup_printf ("%s\n%c\n%s", key, prefix, label);
  guint8 hash[ATTEST_SHA256_BYTES];

  attest_sha256 (seed, strlen (seed), hash);
  for (guint n = 5;; n++)
    {
      g_autoptr (GString) name = g_string_new (NULL);

      g_string_append_c (name, prefix);
      for (guint i = 0; i < n; i++)
        g_string_append_c (name, digits[hash[i] & 31]);
      if (n == ATTEST_SHA256_BYTES || g_hash_table_add (taken, g_strdup (name->str)))
        return g_string_free (g_steal_pointer (&name), FALSE);
    }
}

static char *
dup_key (AttestStore *store, GError **error)
{
  g_autoptr (GPtrArray) audit = attest_store_list_audit (store, error);

  if (audit == NULL)
    return NULL;
  return g_strdup (audit->len > 0 ? ((AttestAuditEntry *)g_ptr_array_index (audit, 0))->hash : "");
}

static gboolean
has_attribute (GPtrArray *respondents, const char *name)
{
  for (guint i = 0; i < respondents->len; i++)
    if (attest_respondent_info_get (g_ptr_array_index (respondents, i), name) != NULL)
      return TRUE;
  return FALSE;
}

/* As asked for, or those of the usual names that the project has. */
gboolean
attest_disclosure_find_attribution (AttestDisclosure *disclosure, GPtrArray *respondents,
                                    const char *const *asked, GError **error)
{
  static const char *const usual[]
      = { ATTEST_ATTRIBUTE_GROUP, "subgroup", "sub-group", "gender", "sex", "place", NULL };
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (const char *const *p = asked != NULL ? asked : usual; *p != NULL; p++)
    {
      g_autofree char *name = attest_store_normalise_attribute (*p);

      if (has_attribute (respondents, name))
        g_ptr_array_add (names, g_steal_pointer (&name));
      else if (asked != NULL)
        return attest_throw (error, ATTEST_ERROR_USAGE, "no respondent has an attribute '%s'",
                             name);
    }
  g_ptr_array_add (names, NULL);
  disclosure->attribution = (char **)g_ptr_array_free (g_steal_pointer (&names), FALSE);
  return TRUE;
}

static gboolean
is_chosen (const AttestRespondentInfo *info, const AttestDisclosureOptions *options)
{
  return options->attribute == NULL
         || g_strcmp0 (attest_respondent_info_get (info, options->attribute), options->value) == 0;
}

/* Few people, or all but few, are known by being chosen. */
gboolean
attest_disclosure_check_choice (const AttestDisclosure *disclosure, GPtrArray *respondents,
                                const AttestDisclosureOptions *options, GError **error)
{
  guint n = 0;

  for (guint i = 0; i < respondents->len; i++)
    n += is_chosen (g_ptr_array_index (respondents, i), options);
  if (n < disclosure->min_group && n < respondents->len)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "fewer than %u respondents have %s=%s: too few for public output, which "
                         "would tell who they are",
                         disclosure->min_group, options->attribute, options->value);
  if (n < respondents->len && respondents->len - n < disclosure->min_group)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "all but a few respondents have %s=%s: beside an output of all, this one "
                         "would tell who the others are",
                         options->attribute, options->value);
  return TRUE;
}

/* Fills the line and the values of people, all of those who are to be named and as much as they
 * share of the others. */
static void
set_line (AttestPerson *person, const char *const *values, guint n, guint told)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  person->values = g_ptr_array_new_full (n, g_free);
  g_ptr_array_set_size (person->values, (gint)n);
  for (guint k = 0; k < told; k++)
    if (values[k] != NULL)
      {
        g_ptr_array_index (person->values, k) = g_strdup (values[k]);
        g_ptr_array_add (words, (gpointer)values[k]);
      }
  g_ptr_array_add (words, NULL);
  person->line = g_strjoinv (", ", (char **)words->pdata);
}

void
attest_disclosure_set_lines (AttestDisclosure *disclosure, GPtrArray *respondents,
                             const AttestDisclosureOptions *options)
{
  guint n = g_strv_length (disclosure->attribution), hidden = 0, next = 0;
  g_autofree const char **values = g_new0 (const char *, (gsize)respondents->len *n + 1);
  g_autofree guint *depths = g_new0 (guint, (gsize)respondents->len + 1);
  g_autoptr (GPtrArray) people = g_ptr_array_new ();

  for (guint i = 0; i < respondents->len; i++)
    {
      const AttestRespondentInfo *info = g_ptr_array_index (respondents, i);
      AttestPerson *person = g_hash_table_lookup (disclosure->people, info->label);
      const char **own = values + (gsize)hidden * n;

      for (guint k = 0; k < n; k++)
        own[k] = attest_respondent_info_get (info, disclosure->attribution[k]);
      /* Whoever is named hides nobody else; who is not printed here neither. */
      if (person->consent == ATTEST_CONSENT_ATTRIBUTED || !is_chosen (info, options))
        set_line (person, own, n, person->consent == ATTEST_CONSENT_ATTRIBUTED ? n : 0);
      else
        {
          g_ptr_array_add (people, person);
          hidden++;
        }
    }
  attest_anonymity_generalise (values, hidden, n, disclosure->min_group, depths);
  for (; next < hidden; next++)
    set_line (g_ptr_array_index (people, next), values + (gsize)next * n, n, depths[next]);
}

/* The attribute "name", or what the transcripts call him where all do so, or his label. */
static char *
dup_name (const AttestRespondentInfo *info)
{
  const char *name = attest_respondent_info_get (info, "name"), *called = NULL;

  if (name != NULL)
    return g_strdup (name);
  for (guint i = 0; i < info->speakers->len; i++)
    {
      const char *speaker = g_array_index (info->speakers, AttestRespondentSpeaker, i).speaker;

      if (speaker == NULL || (called != NULL && strcmp (called, speaker) != 0))
        return g_strdup (info->label);
      called = speaker;
    }
  return g_strdup (called != NULL ? called : info->label);
}

char *
attest_disclosure_dup_speaker_key (const char *source, const char *speaker)
{
  return g_strdup_printf ("%s\n%s", source, speaker != NULL ? speaker : "");
}

static void
note_speakers (AttestDisclosure *disclosure, const AttestRespondentInfo *info)
{
  for (guint i = 0; i < info->speakers->len; i++)
    {
      const AttestRespondentSpeaker *speaker
          = &g_array_index (info->speakers, AttestRespondentSpeaker, i);

      g_hash_table_insert (disclosure->speakers,
                           attest_disclosure_dup_speaker_key (speaker->source, speaker->speaker),
                           g_strdup (info->label));
    }
}

gboolean
attest_disclosure_load_people (AttestDisclosure *disclosure, AttestStore *store,
                               GPtrArray *respondents, GError **error)
{
  g_autofree char *key = dup_key (store, error);
  g_autoptr (GPtrArray) sources = key != NULL ? attest_store_list_sources (store, error) : NULL;
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (sources == NULL)
    return FALSE;
  for (guint i = 0; i < respondents->len; i++)
    {
      const AttestRespondentInfo *info = g_ptr_array_index (respondents, i);
      AttestPerson *person = g_new0 (AttestPerson, 1);

      person->pseudonym = dup_pseudonym (taken, 'P', key, info->label);
      person->consent = attest_consent_from_attributes (
          attest_respondent_info_get (info, ATTEST_ATTRIBUTE_QUOTE),
          attest_respondent_info_get (info, ATTEST_ATTRIBUTE_CONSENT));
      if (person->consent == ATTEST_CONSENT_ATTRIBUTED)
        person->name = dup_name (info);
      g_hash_table_insert (disclosure->people, g_strdup (info->label), person);
      note_speakers (disclosure, info);
      g_hash_table_insert (disclosure->printed,
                           person->name != NULL ? person->name : person->pseudonym, person);
    }
  for (guint i = 0; i < sources->len; i++)
    {
      const AttestSourceInfo *info = g_ptr_array_index (sources, i);
      AttestPlace *place = g_new0 (AttestPlace, 1);

      place->pseudonym = dup_pseudonym (taken, 'S', key, info->label);
      place->kind = info->kind;
      g_hash_table_insert (disclosure->sources, g_strdup (info->label), place);
      g_hash_table_add (disclosure->pseudonyms, place->pseudonym);
    }
  return TRUE;
}
