#include "report/attest-disclosure-private.h"

#include <string.h>

#include "store/attest-store-decision.h"

#define PARAPHRASE "paraphrase:"

/* ---- making ---- */

static void
free_person (gpointer item)
{
  AttestPerson *person = item;

  g_free (person->pseudonym);
  g_free (person->name);
  g_free (person->line);
  g_clear_pointer (&person->values, g_ptr_array_unref);
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
  g_hash_table_unref (disclosure->printed);
  g_hash_table_unref (disclosure->pseudonyms);
  g_hash_table_unref (disclosure->speakers);
  g_hash_table_unref (disclosure->people);
  g_hash_table_unref (disclosure->sources);
  g_hash_table_unref (disclosure->paraphrases);
  for (guint i = 0; i < G_N_ELEMENTS (disclosure->by_byte); i++)
    g_clear_pointer (&disclosure->by_byte[i], g_ptr_array_unref);
  g_ptr_array_unref (disclosure->names);
  g_hash_table_unref (disclosure->stems);
  g_free (disclosure);
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
  disclosure->printed = g_hash_table_new (g_str_hash, g_str_equal);
  disclosure->speakers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  disclosure->pseudonyms = g_hash_table_new (g_str_hash, g_str_equal);
  disclosure->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_person);
  disclosure->sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_place);
  disclosure->paraphrases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  disclosure->names = g_ptr_array_new_with_free_func (g_free);
  disclosure->stems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  disclosure->is_public = options->audience == ATTEST_AUDIENCE_PUBLIC;
  return disclosure;
}

AttestDisclosure *
attest_disclosure_new (AttestStore *store, const AttestDisclosureOptions *options, GError **error)
{
  g_autoptr (AttestDisclosure) disclosure = new_empty (options);
  g_autoptr (GPtrArray) respondents = attest_store_list_respondents (store, error);

  if (respondents == NULL
      || !attest_disclosure_find_attribution (disclosure, respondents, options->attribution, error)
      || !attest_disclosure_load_people (disclosure, store, respondents, error))
    return NULL;
  if (disclosure->is_public
      && (!attest_disclosure_check_choice (disclosure, respondents, options, error)
          || !attest_disclosure_find_names (store, respondents, disclosure, error)
          || !attest_store_foreach_decision (store, NULL, keep_paraphrase, disclosure, error)))
    return NULL;
  attest_disclosure_set_lines (disclosure, respondents, options);
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
  const AttestPerson *person = NULL;

  if (disclosure == NULL || respondent == NULL)
    return NULL;
  person = g_hash_table_lookup (disclosure->people, respondent);
  return person != NULL ? person : g_hash_table_lookup (disclosure->printed, respondent);
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

gboolean
attest_disclosure_is_named (const AttestDisclosure *disclosure, const char *respondent)
{
  const AttestPerson *person = find_person (disclosure, respondent);

  return person != NULL && person->name != NULL;
}

const char *
attest_disclosure_get_source (const AttestDisclosure *disclosure, const char *source)
{
  const AttestPlace *place;

  if (!attest_disclosure_is_public (disclosure) || source == NULL
      || g_hash_table_contains (disclosure->pseudonyms, source))
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
      return g_ptr_array_index (person->values, k);
  return NULL;
}

const char *const *
attest_disclosure_list_attribution (const AttestDisclosure *disclosure)
{
  return (const char *const *)disclosure->attribution;
}

AttestConsent
attest_disclosure_get_consent (const AttestDisclosure *disclosure, const char *respondent)
{
  const AttestPerson *person = find_person (disclosure, respondent);

  return person != NULL ? person->consent : ATTEST_CONSENT_UNKNOWN;
}

/* ---- words ---- */

/* What stands in the place of a quote, and what is said of all such; by consent. */
static const struct
{
  const char *key, *instead, *note_key, *why;
} reasons[ATTEST_N_CONSENTS] = {
  [ATTEST_CONSENT_UNKNOWN] = { "unknown", "[not printed: consent is not recorded]",
                               "disclosure.note-unknown", "consent is not recorded" },
  [ATTEST_CONSENT_NONE] = { "none", "[not printed: no consent to be quoted]",
                            "disclosure.note-none", "no consent to be quoted" },
  [ATTEST_CONSENT_PARAPHRASE]
  = { "paraphrase", "[not printed: consent to a paraphrase only]", "disclosure.note-paraphrase",
      "only a paraphrase is allowed, and there is none" },
};

void
attest_disclosure_set_labels (AttestDisclosure *disclosure, const AttestCatalogue *labels)
{
  if (disclosure != NULL)
    disclosure->labels = labels;
}

const char *
attest_disclosure_word (const AttestDisclosure *disclosure, const char *key, const char *english)
{
  g_autofree char *name = NULL;

  if (disclosure->labels == NULL)
    return english;
  name = g_strconcat ("disclosure.", key, NULL);
  return attest_catalogue_get (disclosure->labels, name);
}

char *
attest_disclosure_dup_text (const AttestDisclosure *disclosure, const char *text)
{
  char *changed = NULL;

  if (text != NULL && attest_disclosure_is_public (disclosure))
    changed = attest_disclosure_dup_without_names (disclosure, text, strlen (text));
  return changed != NULL ? changed : g_strdup (text);
}

gboolean
attest_disclosure_is_verbatim (const AttestDisclosure *disclosure, const char *source,
                               const char *respondent)
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
  AttestConsent consent = attest_disclosure_get_consent (disclosure, respondent);
  const char *paraphrase;
  AttestQuoteForm form = ATTEST_QUOTE_VERBATIM;
  char *text = NULL;

  if (!attest_disclosure_is_public (disclosure))
    text = g_strndup (quote, quote_bytes);
  else if (attest_disclosure_is_verbatim (disclosure, source, respondent))
    {
      text = attest_disclosure_dup_without_names (disclosure, quote, quote_bytes);
      text = text != NULL ? text : g_strndup (quote, quote_bytes);
    }
  else
    {
      paraphrase = id != NULL ? g_hash_table_lookup (disclosure->paraphrases, id) : NULL;
      form = consent == ATTEST_CONSENT_PARAPHRASE && paraphrase != NULL ? ATTEST_QUOTE_PARAPHRASE
                                                                        : ATTEST_QUOTE_WITHHELD;
      text = form == ATTEST_QUOTE_PARAPHRASE
                 ? attest_disclosure_dup_text (disclosure, paraphrase)
                 : g_strdup (attest_disclosure_word (disclosure, reasons[consent].key,
                                                     reasons[consent].instead));
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
attest_disclosure_dup_rule (const AttestDisclosure *disclosure)
{
  if (!attest_disclosure_is_public (disclosure))
    return NULL;
  if (disclosure->min_group < 2)
    return g_strdup ("For the public: people and sources have pseudonyms.");
  return g_strdup_printf ("For the public: people and sources have pseudonyms; what is told of "
                          "somebody holds of at least %u. <%u: a smaller number; *: left out, "
                          "since a smaller number would follow from it.",
                          disclosure->min_group, disclosure->min_group);
}

char *
attest_disclosure_dup_note (const AttestDisclosure *disclosure)
{
  g_autoptr (GString) note = g_string_new (NULL);

  for (guint i = 0; attest_disclosure_is_public (disclosure) && i < ATTEST_N_CONSENTS; i++)
    {
      g_autofree char *n = g_strdup_printf ("%u", disclosure->withheld[i]);
      g_autofree char *local = NULL;

      if (disclosure->withheld[i] == 0)
        continue;
      g_string_append (note, note->len > 0 ? " " : "");
      if (disclosure->labels != NULL)
        local = attest_catalogue_dup (disclosure->labels, reasons[i].note_key, "n", n, NULL);
      if (local != NULL)
        g_string_append (note, local);
      else
        g_string_append_printf (note, "Not printed: %s quote%s, %s.", n,
                                disclosure->withheld[i] == 1 ? "" : "s", reasons[i].why);
    }
  return note->len > 0 ? g_string_free (g_steal_pointer (&note), FALSE) : NULL;
}
