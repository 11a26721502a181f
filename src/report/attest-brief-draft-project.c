/* Tables of what is known of an evaluation and of the project that it is about. */
#include <math.h>
#include <string.h>

#include "report/attest-brief-draft-private.h"
#include "util/attest-locale.h"

/* One row; @key: of attest-store-project.h, or NULL. */
typedef struct
{
  const char *label, *key;
  char *(*dup) (const AttestBriefDraft *draft, const char *key); /* (nullable) as it is */
} Row;

static char *
dup_list (const AttestBriefDraft *draft, const char *key)
{
  g_auto (GStrv) items = attest_project_dup_items (draft->project, key, draft->lang);

  return items[0] != NULL ? g_strjoinv ("; ", items) : NULL;
}

static char *
dup_date (const AttestBriefDraft *draft, const char *key)
{
  const char *date = attest_project_get (draft->project, key, draft->lang);

  return date != NULL ? attest_locale_dup_date (draft->lang, date) : NULL;
}

/* "from" and "to", or those of another pair. */
static char *
dup_between (const AttestBriefDraft *draft, const char *from_key, const char *to_key)
{
  g_autofree char *from = dup_date (draft, from_key);
  g_autofree char *to = dup_date (draft, to_key);

  if (from == NULL || to == NULL || strcmp (from, to) == 0)
    return from != NULL ? g_steal_pointer (&from) : g_steal_pointer (&to);
  return g_strdup_printf ("%s – %s", from, to);
}

static char *
dup_period (const AttestBriefDraft *draft, const char *key)
{
  return dup_between (draft, "from", "to");
}

static char *
dup_interview_dates (const AttestBriefDraft *draft, const char *key)
{
  const char *note = attest_project_get (draft->project, "field_note", draft->lang);
  g_autofree char *dates = dup_between (draft, "field_from", "field_to");

  if (note == NULL || dates == NULL)
    return note != NULL ? g_strdup (note) : g_steal_pointer (&dates);
  return g_strdup_printf ("%s (%s)", dates, note);
}

static char *
dup_budget (const AttestBriefDraft *draft, const char *key)
{
  char currency[4];
  double amount;
  g_autofree char *number = NULL;

  if (!attest_project_get_budget (draft->project, currency, &amount))
    return NULL;
  number = attest_locale_dup_int (draft->lang, (gint64)llround (amount));
  return g_strdup_printf ("%s %s", currency, number);
}

static char *
dup_criteria (const AttestBriefDraft *draft, const char *key)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < draft->project->criteria->len; i++)
    {
      const AttestCriterion *criterion = g_ptr_array_index (draft->project->criteria, i);

      if (attest_criterion_is_judged (criterion))
        g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "",
                                attest_brief_names_get (draft->names, criterion->criterion));
    }
  return out->len > 0 ? g_strdup (out->str) : NULL;
}

static char *
dup_value (const AttestBriefDraft *draft, const Row *row)
{
  return row->dup != NULL ? row->dup (draft, row->key)
                          : g_strdup (attest_project_get (draft->project, row->key, draft->lang));
}

static void
write_table (AttestBriefDraft *draft, const Row *rows, gsize n_rows)
{
  g_string_append (draft->out, "| | |\n|---|---|\n");
  for (gsize i = 0; i < n_rows; i++)
    {
      g_autofree char *value = dup_value (draft, &rows[i]);
      g_autofree char *escaped = value != NULL ? attest_brief_dup_escaped (value) : NULL;

      g_string_append_printf (draft->out, "| %s | ",
                              attest_catalogue_get (draft->labels, rows[i].label));
      if (escaped != NULL)
        g_string_append_printf (draft->out, "%s |\n", escaped);
      else
        g_string_append_printf (draft->out, "{todo: %s} |\n",
                                attest_catalogue_get (draft->labels, rows[i].label));
    }
  g_string_append_c (draft->out, '\n');
}

/* A text of the project in its paragraphs, or a gap. */
static void
write_text (AttestBriefDraft *draft, const char *key, const char *heading, const char *gap)
{
  const char *text = attest_project_get (draft->project, key, draft->lang);
  g_auto (GStrv) paragraphs = text != NULL ? g_strsplit (text, "\n\n", -1) : NULL;

  attest_brief_draft_heading (draft, 2, attest_catalogue_get (draft->labels, heading), "untraced");
  if (text == NULL)
    attest_brief_draft_gap (draft, attest_catalogue_get (draft->labels, gap));
  for (guint i = 0; paragraphs != NULL && paragraphs[i] != NULL; i++)
    {
      attest_brief_draft_sentences (draft, paragraphs[i], NULL);
      g_string_append (draft->out, "\n\n");
    }
}

void
attest_brief_draft_evaluation (AttestBriefDraft *draft)
{
  static const Row rows[] = {
    { "brief-field.evaluation-type", "evaluation_type", NULL },
    { "brief-field.evaluators", "evaluators", dup_list },
    { "brief-field.interview-dates", NULL, dup_interview_dates },
    { "brief-field.report-date", "report_date", dup_date },
    { "brief-field.commissioned-by", "commissioner", dup_list },
    { "brief-field.managed-by", "manager", dup_list },
    { "brief-field.criteria", NULL, dup_criteria },
    { "brief-field.methodology", "methodology", NULL },
  };

  attest_brief_draft_heading (draft, 2, attest_catalogue_get (draft->labels, "brief.evaluation"),
                              "untraced");
  write_table (draft, rows, G_N_ELEMENTS (rows));
  write_text (draft, "purpose", "brief.purpose", "brief.todo-purpose");
}

void
attest_brief_draft_project (AttestBriefDraft *draft)
{
  static const Row rows[] = {
    { "brief-field.coverage", "coverage", NULL },
    { "brief-field.project-type", "type", NULL },
    { "brief-field.project-code", "code", NULL },
    { "brief-field.gender-marker", "gender_marker", NULL },
    { "brief-field.period", NULL, dup_period },
    { "brief-field.donor", "donor", dup_list },
    { "brief-field.budget", NULL, dup_budget },
  };

  write_text (draft, "summary", "brief.summary", "brief.todo-summary");
  attest_brief_draft_heading (draft, 2, attest_catalogue_get (draft->labels, "brief.project"),
                              "untraced");
  write_table (draft, rows, G_N_ELEMENTS (rows));
}
