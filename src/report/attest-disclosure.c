#include "report/attest-disclosure-private.h"

#include <string.h>

#include "stats/attest-anonymity.h"
#include "store/attest-store-decision.h"
#include "util/attest-error.h"
#include "util/attest-hash.h"

#define PARAPHRASE "paraphrase:"

/* ---- making ---- */

static void
free_person (gpointer item)
{
  AttestPerson *person = item;

  g_free (person->pseudonym);
  g_free (person->name);
  g_free (person->line);
  g_strfreev (person->values);
  g_free (person);
}

static void
free_place (gpointer item)
{
  g_free (((AttestPlace *)item)->pseudonym);
  g_free (item);
}

void
attest_disclosure_free (AttestDisclosure *disclosure)
{
  if (disclosure == NULL)
    return;
  g_strfreev (disclosure->attribution);
  g_hash_table_unref (disclosure->people);
  g_hash_table_unref (disclosure->sources);
  g_hash_table_unref (disclosure->paraphrases);
  g_ptr_array_unref (disclosure->names);
  g_free (disclosure);
}

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
static gboolean
find_attribution (AttestDisclosure *disclosure, GPtrArray *respondents, const char *const *asked,
                  GError **error)
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
static gboolean
check_choice (const AttestDisclosure *disclosure, GPtrArray *respondents,
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

  person->values = g_new0 (char *, (gsize)n + 1);
  for (guint k = 0; k < told; k++)
    if (values[k] != NULL)
      {
        person->values[k] = g_strdup (values[k]);
        g_ptr_array_add (words, (gpointer)values[k]);
      }
  g_ptr_array_add (words, NULL);
  person->line = g_strjoinv (", ", (char **)words->pdata);
}

static void
set_lines (AttestDisclosure *disclosure, GPtrArray *respondents,
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

/* The attribute "name", or what the transcript calls him, or his label. */
static char *
dup_name (const AttestRespondentInfo *info)
{
  const char *name = attest_respondent_info_get (info, "name");

  for (guint i = 0; name == NULL && !info->given && i < info->speakers->len; i++)
    name = g_array_index (info->speakers, AttestRespondentSpeaker, i).speaker;
  return g_strdup (name != NULL ? name : info->label);
}

static gboolean
load_people (AttestDisclosure *disclosure, AttestStore *store, GPtrArray *respondents,
             GError **error)
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
    }
  for (guint i = 0; i < sources->len; i++)
    {
      const AttestSourceInfo *info = g_ptr_array_index (sources, i);
      AttestPlace *place = g_new0 (AttestPlace, 1);

      place->pseudonym = dup_pseudonym (taken, 'S', key, info->label);
      place->kind = info->kind;
      g_hash_table_insert (disclosure->sources, g_strdup (info->label), place);
    }
  return TRUE;
}

static gboolean
keep_paraphrase (const AttestDecision *decision, gpointer data, GError **error)
{
  AttestDisclosure *disclosure = data;

  if (decision->action == ATTEST_DECISION_MEMO && decision->id != NULL && decision->text != NULL
      && g_ascii_strncasecmp (decision->text, PARAPHRASE, strlen (PARAPHRASE)) == 0)
    g_hash_table_insert (disclosure->paraphrases, g_strdup (decision->id),
                         g_strstrip (g_strdup (decision->text + strlen (PARAPHRASE))));
  return TRUE;
}

static AttestDisclosure *
new_empty (const AttestDisclosureOptions *options)
{
  AttestDisclosure *disclosure = g_new0 (AttestDisclosure, 1);

  disclosure->min_group
      = options->min_group != 0 ? options->min_group : ATTEST_DISCLOSURE_MIN_GROUP;
  disclosure->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_person);
  disclosure->sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_place);
  disclosure->paraphrases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  disclosure->names = g_ptr_array_new_with_free_func (g_free);
  disclosure->is_public = options->audience == ATTEST_AUDIENCE_PUBLIC;
  return disclosure;
}

AttestDisclosure *
attest_disclosure_new (AttestStore *store, const AttestDisclosureOptions *options, GError **error)
{
  g_autoptr (AttestDisclosure) disclosure = new_empty (options);
  g_autoptr (GPtrArray) respondents = attest_store_list_respondents (store, error);

  if (respondents == NULL
      || !find_attribution (disclosure, respondents, options->attribution, error)
      || !load_people (disclosure, store, respondents, error))
    return NULL;
  if (disclosure->is_public
      && (!check_choice (disclosure, respondents, options, error)
          || !attest_disclosure_find_names (store, respondents, disclosure, error)
          || !attest_store_foreach_decision (store, NULL, keep_paraphrase, disclosure, error)))
    return NULL;
  set_lines (disclosure, respondents, options);
  return g_steal_pointer (&disclosure);
}

/* ---- asking ---- */

gboolean
attest_disclosure_is_public (const AttestDisclosure *disclosure)
{
  return disclosure != NULL && disclosure->is_public;
}

guint
attest_disclosure_get_min_group (const AttestDisclosure *disclosure)
{
  return attest_disclosure_is_public (disclosure) ? disclosure->min_group : 0;
}

gboolean
attest_disclosure_is_small (const AttestDisclosure *disclosure, gint64 respondents)
{
  return respondents > 0 && respondents < attest_disclosure_get_min_group (disclosure);
}

static const AttestPerson *
find_person (const AttestDisclosure *disclosure, const char *respondent)
{
  return disclosure != NULL && respondent != NULL
             ? g_hash_table_lookup (disclosure->people, respondent)
             : NULL;
}

const char *
attest_disclosure_get_respondent (const AttestDisclosure *disclosure, const char *respondent)
{
  const AttestPerson *person = find_person (disclosure, respondent);

  if (!attest_disclosure_is_public (disclosure))
    return respondent;
  if (person == NULL)
    return NULL;
  return person->name != NULL ? person->name : person->pseudonym;
}

const char *
attest_disclosure_get_speaker (const AttestDisclosure *disclosure, const char *respondent,
                               const char *speaker)
{
  const AttestPerson *person = find_person (disclosure, respondent);

  if (!attest_disclosure_is_public (disclosure))
    return speaker;
  return person != NULL ? person->name : NULL;
}

const char *
attest_disclosure_get_source (const AttestDisclosure *disclosure, const char *source)
{
  const AttestPlace *place;

  if (!attest_disclosure_is_public (disclosure) || source == NULL)
    return source;
  place = g_hash_table_lookup (disclosure->sources, source);
  return place != NULL ? place->pseudonym : NULL;
}

const char *
attest_disclosure_get_line (const AttestDisclosure *disclosure, const char *respondent)
{
  const AttestPerson *person = find_person (disclosure, respondent);

  return person != NULL ? person->line : "";
}

const char *
attest_disclosure_get_attribute (const AttestDisclosure *disclosure, const char *respondent,
                                 const char *name)
{
  const AttestPerson *person = find_person (disclosure, respondent);

  for (guint k = 0; person != NULL && disclosure->attribution[k] != NULL; k++)
    if (strcmp (disclosure->attribution[k], name) == 0)
      return person->values[k];
  return NULL;
}

AttestConsent
attest_disclosure_get_consent (const AttestDisclosure *disclosure, const char *respondent)
{
  const AttestPerson *person = find_person (disclosure, respondent);

  return person != NULL ? person->consent : ATTEST_CONSENT_UNKNOWN;
}

/* ---- words ---- */

char *
attest_disclosure_dup_text (const AttestDisclosure *disclosure, const char *text)
{
  char *changed = NULL;

  if (text != NULL && attest_disclosure_is_public (disclosure))
    changed = attest_disclosure_dup_without_names (disclosure, text, strlen (text));
  return changed != NULL ? changed : g_strdup (text);
}

static gboolean
may_be_verbatim (const AttestDisclosure *disclosure, const char *source, const char *respondent)
{
  const AttestPlace *place
      = source != NULL ? g_hash_table_lookup (disclosure->sources, source) : NULL;

  if (respondent == NULL)
    return place != NULL && place->kind == ATTEST_SOURCE_DOCUMENT;
  return attest_disclosure_get_consent (disclosure, respondent) >= ATTEST_CONSENT_ANONYMOUS;
}

char *
attest_disclosure_dup_quote (AttestDisclosure *disclosure, const char *id, const char *source,
                             const char *respondent, const char *quote, gsize quote_bytes,
                             AttestQuoteForm *out_form)
{
  static const char *const reasons[ATTEST_N_CONSENTS] = {
    [ATTEST_CONSENT_UNKNOWN] = "[not printed: consent is not recorded]",
    [ATTEST_CONSENT_NONE] = "[not printed: no consent to be quoted]",
    [ATTEST_CONSENT_PARAPHRASE] = "[not printed: consent to a paraphrase only]",
  };
  AttestConsent consent = attest_disclosure_get_consent (disclosure, respondent);
  const char *paraphrase;
  AttestQuoteForm form = ATTEST_QUOTE_VERBATIM;
  char *text = NULL;

  if (!attest_disclosure_is_public (disclosure))
    text = g_strndup (quote, quote_bytes);
  else if (may_be_verbatim (disclosure, source, respondent))
    {
      text = attest_disclosure_dup_without_names (disclosure, quote, quote_bytes);
      text = text != NULL ? text : g_strndup (quote, quote_bytes);
    }
  else
    {
      paraphrase = id != NULL ? g_hash_table_lookup (disclosure->paraphrases, id) : NULL;
      form = consent == ATTEST_CONSENT_PARAPHRASE && paraphrase != NULL ? ATTEST_QUOTE_PARAPHRASE
                                                                        : ATTEST_QUOTE_WITHHELD;
      text = form == ATTEST_QUOTE_PARAPHRASE ? attest_disclosure_dup_text (disclosure, paraphrase)
                                             : g_strdup (reasons[consent]);
      if (form == ATTEST_QUOTE_PARAPHRASE)
        disclosure->paraphrased++;
      else
        disclosure->withheld[consent]++;
    }
  if (out_form != NULL)
    *out_form = form;
  return text;
}

char *
attest_disclosure_dup_note (const AttestDisclosure *disclosure)
{
  static const char *const reasons[ATTEST_N_CONSENTS] = {
    [ATTEST_CONSENT_UNKNOWN] = "consent is not recorded",
    [ATTEST_CONSENT_NONE] = "they are not to be quoted",
    [ATTEST_CONSENT_PARAPHRASE] = "only a paraphrase is allowed, and there is none",
  };
  g_autoptr (GString) note = NULL;

  if (!attest_disclosure_is_public (disclosure))
    return NULL;
  note = g_string_new ("Public: pseudonyms for people and sources; ");
  if (disclosure->min_group > 1)
    g_string_append_printf (note,
                            "what is told of somebody holds of at least %u respondents; <%u: a "
                            "smaller number; *: left out to protect a smaller number.",
                            disclosure->min_group, disclosure->min_group);
  else
    g_string_append (note, "groups of any size.");
  for (guint i = 0; i < ATTEST_N_CONSENTS; i++)
    if (disclosure->withheld[i] > 0)
      g_string_append_printf (note, " %u quote%s not printed: %s.", disclosure->withheld[i],
                              disclosure->withheld[i] == 1 ? " is" : "s are", reasons[i]);
  if (disclosure->paraphrased > 0)
    g_string_append_printf (note, " %u quote%s a paraphrase.", disclosure->paraphrased,
                            disclosure->paraphrased == 1 ? " is" : "s are each");
  return g_string_free (g_steal_pointer (&note), FALSE);
}
