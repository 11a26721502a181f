/* Methods and limits, with the numbers of the project. */
#include <string.h>

#include "report/attest-brief-draft-private.h"
#include "report/attest-brief-facts.h"
#include "report/attest-brief-people.h"
#include "report/attest-disclosure.h"

/* "a, b and c" */
static char *
join (const AttestBriefDraft *draft, GPtrArray *items)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    {
      if (i > 0 && i + 1 == items->len)
        g_string_append_printf (out, " %s ",
                                attest_catalogue_get (draft->labels, "brief-text.and"));
      else if (i > 0)
        g_string_append (out, ", ");
      g_string_append (out, g_ptr_array_index (items, i));
    }
  return g_string_free (out, FALSE);
}

static void
write_sentence (AttestBriefDraft *draft, const char *text, const char *mark)
{
  g_autofree char *escaped = attest_brief_dup_escaped (text);

  g_string_append_printf (draft->out, "%s {%s}\n", escaped, mark);
}

/* ---- what there is ---- */

static void
write_material (AttestBriefDraft *draft)
{
  g_autoptr (GPtrArray) counts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) marks = g_string_new (NULL);
  g_autofree char *list = NULL, *text = NULL;

  for (guint i = 0; i < ATTEST_N_SOURCE_KINDS; i++)
    {
      const char *kind = attest_source_kind_to_string ((AttestSourceKind)i);
      g_autofree char *fact = g_strconcat (kind, "s", NULL);
      gint64 n = 0;

      if (!attest_brief_find_fact (draft->facts, fact, &n) || n == 0)
        continue;
      g_ptr_array_add (counts, attest_brief_dup_count (draft->labels, kind, n));
      g_string_append_printf (marks, "%scount:%s", marks->len > 0 ? ", " : "", fact);
    }
  if (counts->len == 0)
    return;
  list = join (draft, counts);
  text = attest_catalogue_dup (draft->labels, "brief.methods-material", "counts", list, NULL);
  write_sentence (draft, text, marks->str);
}

/* ---- who was heard ---- */

/* "Government (4)"; of small groups no number. */
static char *
dup_groups (const AttestBriefDraft *draft, const GArray *groups)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < groups->len; i++)
    {
      const AttestBriefGroup *group = &g_array_index (groups, AttestBriefGroup, i);

      g_string_append_printf (
          out, "%s%s", i > 0 ? ", " : "",
          group->group != NULL
              ? group->group
              : attest_catalogue_get (draft->labels, "brief.methods-group-unknown"));
      if (!group->is_small && !group->is_hidden)
        g_string_append_printf (out, " (%" G_GINT64_FORMAT ")", group->respondents);
    }
  return g_string_free (out, FALSE);
}

static gboolean
write_people (AttestBriefDraft *draft, GError **error)
{
  g_autoptr (GArray) groups
      = attest_brief_list_groups (draft->store, ATTEST_DISCLOSURE_MIN_GROUP, error);
  gint64 n_respondents = 0, n_groups = 0;
  g_autofree char *respondents = NULL, *text = NULL;

  if (groups == NULL)
    return FALSE;
  attest_brief_find_fact (draft->facts, "respondents", &n_respondents);
  attest_brief_find_fact (draft->facts, "groups", &n_groups);
  if (n_respondents == 0)
    return TRUE;
  respondents = attest_brief_dup_count (draft->labels, "respondent", n_respondents);
  if (n_groups > 0)
    {
      g_autofree char *count = attest_brief_dup_count (draft->labels, "group", n_groups);
      g_autofree char *list = dup_groups (draft, groups);

      text = attest_catalogue_dup (draft->labels, "brief.methods-spoke", "respondents", respondents,
                                   "groups", count, "list", list, NULL);
      write_sentence (draft, text, "count:respondents, count:groups");
      return TRUE;
    }
  text = attest_catalogue_dup (draft->labels, "brief.methods-spoke-ungrouped", "respondents",
                               respondents, NULL);
  write_sentence (draft, text, "count:respondents");
  return TRUE;
}

/* ---- who was silent ---- */

/* Those that may be named, with a colon in front; "" when there are none. */
static char *
dup_silent (const AttestEvidence *code)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < code->groups->len; i++)
    {
      const AttestEvidenceGroup *group = &g_array_index (code->groups, AttestEvidenceGroup, i);

      /* That a group of one said nothing is what one person said nothing of. */
      if (attest_brief_is_silent (group) && group->present >= ATTEST_DISCLOSURE_MIN_GROUP)
        g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : ": ", group->group);
    }
  return g_string_free (out, FALSE);
}

static void
write_silence (AttestBriefDraft *draft, const AttestEvidence *code)
{
  const char *name = attest_brief_names_get (draft->names, code->code);
  g_autofree char *fact = g_strconcat ("silent-groups:", code->code, NULL);
  g_autofree char *mark = g_strconcat ("count:", fact, NULL);
  g_autofree char *text = NULL;
  gint64 n = 0;

  attest_brief_find_fact (draft->facts, fact, &n);
  if (code->spoke == 0)
    {
      g_autofree char *unheard = g_strconcat ("count:respondents:", code->code, NULL);

      text = attest_catalogue_dup (draft->labels, "brief.methods-unheard", "criterion", name, NULL);
      write_sentence (draft, text, unheard);
    }
  else if (n > 0)
    {
      g_autofree char *count = attest_brief_dup_count (draft->labels, "group", n);
      g_autofree char *list = dup_silent (code);

      text = attest_catalogue_dup (draft->labels, "brief.methods-silent", "criterion", name,
                                   "groups", count, "list", list, NULL);
      write_sentence (draft, text, mark);
    }
}

gboolean
attest_brief_draft_methods (AttestBriefDraft *draft, GError **error)
{
  g_autoptr (GPtrArray) codes = attest_brief_load_codes (draft->store, error);

  if (codes == NULL)
    return FALSE;
  attest_brief_draft_heading (draft, 2, attest_catalogue_get (draft->labels, "brief.methods"),
                              NULL);
  write_material (draft);
  if (!write_people (draft, error))
    return FALSE;
  for (guint i = 0; i < codes->len; i++)
    {
      const AttestEvidence *code = g_ptr_array_index (codes, i);
      const AttestCriterion *criterion = attest_project_find_criterion (draft->project, code->code);

      if (criterion != NULL && attest_criterion_is_judged (criterion))
        write_silence (draft, code);
    }
  g_string_append_c (draft->out, '\n');
  attest_brief_draft_gap (draft, attest_catalogue_get (draft->labels, "brief.todo-limits"));
  return TRUE;
}
