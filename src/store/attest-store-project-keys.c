/* The keys of what is known of a project, and what their values look like. They are those of the
 * head of an evaluation brief. */
#include "store/attest-store-project.h"

#include <string.h>

#include "util/attest-error.h"
#include "util/attest-limits.h"
#include "util/attest-text.h"

static const char *const timings[] = { "ex-ante", "mid-term", "final", "ex-post", NULL };
static const char *const evaluator_types[] = { "internal", "external", "mixed", NULL };
static const char *const levels[] = { "centralized", "decentralized", NULL };

/* clang-format off: a line a key */
static const AttestProjectKey keys[] = {
  { "title", "Title", FALSE, ATTEST_PROJECT_LINE, NULL, "of the project that is evaluated" },
  { "code", "Project code", FALSE, ATTEST_PROJECT_LINE, NULL, NULL },
  { "type", "Project type", FALSE, ATTEST_PROJECT_LINE, NULL, NULL },
  { "country", "Country", FALSE, ATTEST_PROJECT_LIST, NULL, NULL },
  { "coverage", "Geographical coverage", FALSE, ATTEST_PROJECT_LINE, NULL, NULL },
  { "from", "Project period from", FALSE, ATTEST_PROJECT_DATE, NULL, NULL },
  { "to", "Project period to", FALSE, ATTEST_PROJECT_DATE, NULL, NULL },
  { "donor", "Donor", FALSE, ATTEST_PROJECT_LIST, NULL, NULL },
  { "budget", "Budget", FALSE, ATTEST_PROJECT_MONEY, NULL, "currency and amount" },
  { "gender_marker", "Gender marker", FALSE, ATTEST_PROJECT_LINE, NULL, NULL },
  { "thematic_area", "Thematic area", FALSE, ATTEST_PROJECT_LIST, NULL, NULL },
  { "implementer", "Implemented by", FALSE, ATTEST_PROJECT_LIST, NULL, NULL },
  { "partners", "Partners", FALSE, ATTEST_PROJECT_LIST, NULL, NULL },
  { "summary", "Summary of the project", FALSE, ATTEST_PROJECT_TEXT, NULL,
    "what it aimed at and did" },
  { "context", "Context", FALSE, ATTEST_PROJECT_TEXT, NULL, "in which it worked" },
  { "evaluation_title", "Title of the evaluation", TRUE, ATTEST_PROJECT_LINE, NULL, NULL },
  { "evaluation_type", "Evaluation type", TRUE, ATTEST_PROJECT_LINE, NULL, "in your own words" },
  { "evaluation_timing", "Timing", TRUE, ATTEST_PROJECT_CHOICE, timings, NULL },
  { "evaluator_type", "Type of evaluators", TRUE, ATTEST_PROJECT_CHOICE, evaluator_types, NULL },
  { "evaluation_level", "Level", TRUE, ATTEST_PROJECT_CHOICE, levels, NULL },
  { "evaluators", "Evaluators", TRUE, ATTEST_PROJECT_LIST, NULL, "name, function, office" },
  { "field_from", "Field visit from", TRUE, ATTEST_PROJECT_DATE, NULL, NULL },
  { "field_to", "Field visit to", TRUE, ATTEST_PROJECT_DATE, NULL, NULL },
  { "field_note", "About the field visit", TRUE, ATTEST_PROJECT_LINE, NULL, "conducted remotely" },
  { "report_date", "Date of the final report", TRUE, ATTEST_PROJECT_DATE, NULL, NULL },
  { "brief_date", "Date of the brief", TRUE, ATTEST_PROJECT_DATE, NULL, NULL },
  { "commissioner", "Commissioned by", TRUE, ATTEST_PROJECT_LIST, NULL, NULL },
  { "manager", "Managed by", TRUE, ATTEST_PROJECT_LIST, NULL, "name, function" },
  { "purpose", "Purpose of the evaluation", TRUE, ATTEST_PROJECT_TEXT, NULL, NULL },
  { "methodology", "Methodology", TRUE, ATTEST_PROJECT_TEXT, NULL, NULL },
  { "office", "Address of the office", TRUE, ATTEST_PROJECT_TEXT, NULL, "at the foot of a brief" },
  { NULL, NULL, FALSE, ATTEST_PROJECT_TEXT, NULL, NULL },
};
/* clang-format on */

const AttestProjectKey *
attest_project_keys (void)
{
  return keys;
}

const AttestProjectKey *
attest_project_find_key (const char *key)
{
  for (const AttestProjectKey *known = keys; known->key != NULL; known++)
    if (strcmp (known->key, key) == 0)
      return known;
  return NULL;
}

char *
attest_project_normalise_key (const char *key)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *stripped = g_strstrip (g_strdup (key));

  if (!g_utf8_validate (stripped, -1, NULL) || g_utf8_strlen (stripped, -1) > ATTEST_MAX_ID_CHARS)
    return NULL;
  for (const char *p = stripped; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isalnum (c) && !g_unichar_ismark (c) && c != '_' && c != '-' && c != ' ')
        return NULL;
      g_string_append_unichar (out, c == '-' || c == ' ' ? '_' : g_unichar_tolower (c));
    }
  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

/* ---- values ---- */

/* "2019-10-21", "2019-10" or "2019" */
static char *
normalise_date (const char *value, GError **error)
{
  guint year = 0, month = 1, day = 1;
  g_auto (GStrv) parts = g_strsplit (value, "-", -1);
  guint *const numbers[] = { &year, &month, &day };
  static const guint digits[] = { 4, 2, 2 };
  gboolean fits = parts[0] != NULL;

  for (guint i = 0; fits && parts[i] != NULL; i++)
    {
      fits = i < G_N_ELEMENTS (numbers) && strlen (parts[i]) == digits[i]
             && strspn (parts[i], "0123456789") == digits[i];
      if (fits)
        *numbers[i] = (guint)g_ascii_strtoull (parts[i], NULL, 10);
    }
  if (!fits || !g_date_valid_dmy ((GDateDay)day, (GDateMonth)month, (GDateYear)year))
    return attest_throw_null (error, ATTEST_ERROR_USAGE,
                              "'%s' is no date: write 2019-10-21, 2019-10 or 2019", value);
  return g_strdup (value);
}

/* Appends the digits of an amount. Groups of three may have a comma, an apostrophe or a space
 * between them; a point stands before cents. */
static gboolean
read_amount (const char *text, GString *out)
{
  const char *p = text;
  gsize n_digits = strspn (p, "0123456789");
  gsize n_first = n_digits;

  if (n_digits == 0 || n_digits > 15)
    return FALSE;
  g_string_append_len (out, p, (gssize)n_digits);
  for (p += n_digits; *p == ',' || *p == '\'' || *p == ' '; p += 4)
    {
      if (strspn (p + 1, "0123456789") != 3 || n_first > 3 || out->len > 18)
        return FALSE;
      g_string_append_len (out, p + 1, 3);
    }
  if (*p == '.')
    {
      n_digits = strspn (p + 1, "0123456789");
      if (n_digits < 1 || n_digits > 2)
        return FALSE;
      g_string_append_len (out, p, (gssize)n_digits + 1);
      p += n_digits + 1;
    }
  return *p == '\0';
}

/* "USD 37,887" or "37887 USD" */
static char *
normalise_money (const char *value, GError **error)
{
  gsize length_bytes = strlen (value);
  const char *currency = NULL;
  g_autofree char *amount = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  if (length_bytes > 4 && value[3] == ' ')
    {
      currency = value;
      amount = g_strdup (value + 4);
    }
  else if (length_bytes > 4 && value[length_bytes - 4] == ' ')
    {
      currency = value + length_bytes - 3;
      amount = g_strndup (value, length_bytes - 4);
    }
  for (guint i = 0; currency != NULL && i < 3; i++)
    if (!g_ascii_isalpha (currency[i]))
      currency = NULL;
    else
      g_string_append_c (out, g_ascii_toupper (currency[i]));
  if (currency != NULL)
    {
      g_string_append_c (out, ' ');
      if (read_amount (g_strstrip (amount), out))
        return g_string_free (g_steal_pointer (&out), FALSE);
    }
  return attest_throw_null (error, ATTEST_ERROR_USAGE,
                            "'%s' is no amount with its currency: write 'USD 37887' or 'EUR "
                            "1,250,000.50'",
                            value);
}

static char *
normalise_choice (const AttestProjectKey *key, const char *value, GError **error)
{
  g_autofree char *words = g_strjoinv (", ", (char **)key->choices);

  for (const char *const *choice = key->choices; *choice != NULL; choice++)
    if (g_ascii_strcasecmp (*choice, value) == 0)
      return g_strdup (*choice);
  return attest_throw_null (error, ATTEST_ERROR_USAGE, "'%s' is no %s, which is one of %s", value,
                            key->key, words);
}

static char *
normalise_list (const char *value)
{
  g_auto (GStrv) lines = g_strsplit (value, "\n", -1);
  g_autoptr (GString) out = g_string_new (NULL);

  for (char **line = lines; *line != NULL; line++)
    if (*g_strstrip (*line) != '\0')
      g_string_append_printf (out, "%s%s", out->len > 0 ? "\n" : "", *line);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
attest_project_normalise_value (const char *key, const char *value, GError **error)
{
  const AttestProjectKey *known = attest_project_find_key (key);
  AttestProjectKind kind = known != NULL ? known->kind : ATTEST_PROJECT_TEXT;
  g_autofree char *stripped = g_strstrip (g_strdup (value));
  gsize nfc_bytes;
  char *nfc;

  if (!g_utf8_validate (stripped, -1, NULL))
    return attest_throw_null (error, ATTEST_ERROR_USAGE, "the %s is not UTF-8", key);
  if (strlen (stripped) > ATTEST_MAX_LEDGER_TEXT_BYTES)
    return attest_throw_null (error, ATTEST_ERROR_USAGE, "the %s is longer than %d bytes", key,
                              ATTEST_MAX_LEDGER_TEXT_BYTES);
  if (kind != ATTEST_PROJECT_TEXT && kind != ATTEST_PROJECT_LIST && strchr (stripped, '\n') != NULL)
    return attest_throw_null (error, ATTEST_ERROR_USAGE, "the %s is one line", key);
  nfc = attest_text_to_nfc (stripped, strlen (stripped), &nfc_bytes);
  if (nfc != NULL)
    {
      g_free (stripped);
      stripped = nfc;
    }
  switch (kind)
    {
    case ATTEST_PROJECT_DATE:
      return normalise_date (stripped, error);
    case ATTEST_PROJECT_MONEY:
      return normalise_money (stripped, error);
    case ATTEST_PROJECT_CHOICE:
      return normalise_choice (known, stripped, error);
    case ATTEST_PROJECT_LIST:
      return normalise_list (stripped);
    default:
      return g_steal_pointer (&stripped);
    }
}

/* ---- values together ---- */

/* "2020" and "2020-03" do not contradict each other. */
static gboolean
is_in_order (const char *from, const char *to)
{
  return from == NULL || to == NULL || strncmp (from, to, MIN (strlen (from), strlen (to))) <= 0;
}

gboolean
attest_project_check (const AttestProject *project, GError **error)
{
  static const char *const periods[][2] = { { "from", "to" }, { "field_from", "field_to" } };

  for (gsize i = 0; i < G_N_ELEMENTS (periods); i++)
    {
      const char *from = attest_project_get (project, periods[i][0], NULL);
      const char *to = attest_project_get (project, periods[i][1], NULL);

      if (!is_in_order (from, to))
        return attest_throw (error, ATTEST_ERROR_USAGE, "%s=%s is after %s=%s", periods[i][0], from,
                             periods[i][1], to);
    }
  return TRUE;
}

gboolean
attest_project_get_budget (const AttestProject *project, char out_currency[4], double *out_amount)
{
  const char *budget = attest_project_get (project, "budget", NULL);

  if (budget == NULL || strlen (budget) < 5)
    return FALSE;
  g_strlcpy (out_currency, budget, 4);
  *out_amount = g_ascii_strtod (budget + 4, NULL);
  return TRUE;
}
