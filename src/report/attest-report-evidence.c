#include "report/attest-report-evidence.h"

#include <string.h>

#include "report/attest-disclosure-counts.h"
#include "report/attest-disclosure-ledger.h"
#include "report/attest-report-chain.h"
#include "util/attest-language.h"

void
attest_evidence_report_free (AttestEvidenceReport *report)
{
  if (report == NULL)
    return;
  g_clear_pointer (&report->disclosure, attest_disclosure_free);
  g_clear_pointer (&report->frequency, attest_frequency_free);
  g_clear_pointer (&report->codes, g_ptr_array_unref);
  g_clear_pointer (&report->project, attest_project_free);
  g_clear_pointer (&report->passages, g_hash_table_unref);
  g_clear_pointer (&report->passage_owner, g_ptr_array_unref);
  g_clear_pointer (&report->groups, g_hash_table_unref);
  g_clear_pointer (&report->counter, attest_strength_counter_free);
  g_clear_pointer (&report->ledger, attest_ledger_free);
  g_clear_pointer (&report->silences, g_ptr_array_unref);
  g_free (report);
}

static GHashTable *
load_groups (AttestStore *store, GError **error)
{
  g_autoptr (GPtrArray) respondents = attest_store_list_respondents (store, error);
  GHashTable *groups = NULL;

  if (respondents == NULL)
    return NULL;
  groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < respondents->len; i++)
    {
      const AttestRespondentInfo *info = g_ptr_array_index (respondents, i);
      const char *group = attest_respondent_info_get (info, ATTEST_ATTRIBUTE_GROUP);

      if (group != NULL)
        g_hash_table_insert (groups, g_strdup (info->label), g_strdup (group));
    }
  return groups;
}

/* A criterion that was added, and that no rule speaks of: there are only judgements. */
static gboolean
is_only_judged (const AttestCriterion *criterion)
{
  return criterion != NULL && criterion->scope == ATTEST_SCOPE_ADDED && !criterion->in_codebook;
}

static AttestEvidence *
new_without_segments (const AttestCriterion *criterion)
{
  AttestEvidence *evidence = g_new0 (AttestEvidence, 1);

  evidence->dimension = g_strdup (ATTEST_DIMENSION_CRITERION);
  evidence->code = g_strdup (criterion->criterion);
  evidence->name = g_strdup (criterion->name != NULL ? criterion->name : criterion->criterion);
  evidence->groups = g_array_new (FALSE, TRUE, sizeof (AttestEvidenceGroup));
  return evidence;
}

static GPtrArray *
load_codes (AttestEvidenceReport *report, const char *code, GError **error)
{
  const AttestCriterion *meant
      = code != NULL ? attest_project_find_criterion (report->project, code) : NULL;
  const char *dimension = report->filter.dimension;
  GPtrArray *codes
      = is_only_judged (meant)
            ? g_ptr_array_new_with_free_func ((GDestroyNotify)attest_evidence_free)
            : attest_store_report_evidence (report->store, &report->filter, code, error);

  if (codes == NULL || (dimension != NULL && strcmp (dimension, ATTEST_DIMENSION_CRITERION) != 0))
    return codes;
  for (guint i = 0; i < report->project->criteria->len; i++)
    {
      const AttestCriterion *criterion = g_ptr_array_index (report->project->criteria, i);

      if (is_only_judged (criterion) && (code == NULL || criterion == meant))
        g_ptr_array_add (codes, new_without_segments (criterion));
    }
  return codes;
}

AttestEvidenceReport *
attest_evidence_report_new (AttestStore *store, const AttestReportFilter *filter, const char *code,
                            GError **error)
{
  g_autoptr (AttestEvidenceReport) report = g_new0 (AttestEvidenceReport, 1);
  AttestReportFilter all = *filter;

  all.dimension = NULL;
  report->store = store;
  report->filter = *filter;
  report->frequency = attest_store_report_frequency (store, &all, error);
  if (report->frequency == NULL)
    return NULL;
  report->filter.codebook = report->frequency->codebook->name;
  report->project = attest_store_load_project (store, error);
  if (report->project == NULL)
    return NULL;
  report->codes = load_codes (report, code, error);
  if (report->codes == NULL)
    return NULL;
  if (!attest_store_find_main_language (store, &report->main_lang, error))
    return NULL;
  report->ledger = attest_store_load_ledger (store, error);
  if (report->ledger == NULL)
    return NULL;
  report->passages
      = attest_store_load_linked_quotes (store, report->ledger, &report->passage_owner, error);
  if (report->passages == NULL)
    return NULL;
  report->silences = attest_store_list_silences (store, error);
  if (report->silences == NULL)
    return NULL;
  report->groups = load_groups (store, error);
  return report->groups != NULL ? g_steal_pointer (&report) : NULL;
}

void
attest_evidence_report_disclose (AttestEvidenceReport *report, AttestDisclosure *disclosure)
{
  report->disclosure = disclosure;
  attest_disclosure_hide_frequency (disclosure, report->frequency);
  attest_disclosure_hide_evidence (disclosure, report->codes, report->frequency);
  attest_disclosure_hide_ledger (disclosure, report->ledger);
  /* What the team said of its own work. */
  if (attest_disclosure_is_public (disclosure))
    g_ptr_array_set_size (report->silences, 0);
}

/* ---- what people judged ---- */

const AttestCriterion *
attest_evidence_get_scope (const AttestEvidenceReport *report, const AttestEvidence *evidence)
{
  const AttestCriterion *criterion
      = attest_project_find_criterion (report->project, evidence->code);

  return criterion != NULL && criterion->scope != ATTEST_SCOPE_CODEBOOK ? criterion : NULL;
}

char *
attest_evidence_dup_rating (const AttestEvidenceReport *report, const AttestEvidence *evidence)
{
  const AttestRating *rating = attest_ledger_find_rating (report->ledger, evidence->code);
  const AttestCriterion *criterion = attest_evidence_get_scope (report, evidence);
  g_autofree char *level = NULL, *added = NULL;

  if (criterion != NULL && !attest_criterion_is_judged (criterion))
    return g_strdup_printf ("Not assessed, said %s on %.10s: %s", criterion->by, criterion->at,
                            criterion->because);
  if (criterion != NULL)
    added = g_strdup_printf ("Added to the criteria by %s on %.10s: %s. ", criterion->by,
                             criterion->at, criterion->because);
  if (rating == NULL)
    return g_steal_pointer (&added);
  level = attest_rating_dup_level (rating);
  return g_strdup_printf ("%sRated %s on the scale %s by %s on %.10s: %s",
                          added != NULL ? added : "", level, rating->scale, rating->by, rating->at,
                          rating->because);
}

GPtrArray *
attest_evidence_list_findings (const AttestEvidenceReport *report, const AttestEvidence *evidence)
{
  GPtrArray *findings = g_ptr_array_new ();

  for (guint i = 0; i < report->ledger->entries->len; i++)
    {
      AttestLedgerEntry *entry = g_ptr_array_index (report->ledger->entries, i);

      if (attest_ledger_entry_bears (entry, evidence->code))
        g_ptr_array_add (findings, entry);
    }
  return findings;
}

/* ---- what was silenced ---- */

/* Whether a silence is about the rating or a finding of @criterion. */
static gboolean
concerns (const AttestEvidenceReport *report, const AttestSilence *silence, const char *criterion)
{
  const AttestLedgerEntry *entry = attest_ledger_find (report->ledger, silence->target);

  if (g_str_has_prefix (silence->target, ATTEST_RATING_PREFIX))
    return strcmp (silence->target + strlen (ATTEST_RATING_PREFIX), criterion) == 0;
  return strcmp (silence->target, criterion) == 0
         || (entry != NULL && g_strcmp0 (entry->fields[ATTEST_FIELD_CRITERION], criterion) == 0);
}

static gboolean
concerns_any (const AttestEvidenceReport *report, const AttestSilence *silence)
{
  for (guint i = 0; i < report->codes->len; i++)
    if (concerns (report, silence,
                  ((const AttestEvidence *)g_ptr_array_index (report->codes, i))->code))
      return TRUE;
  return FALSE;
}

GPtrArray *
attest_evidence_list_silences (const AttestEvidenceReport *report, const AttestEvidence *evidence)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < report->silences->len; i++)
    {
      const AttestSilence *silence = g_ptr_array_index (report->silences, i);
      g_autofree char *when = silence->by != NULL && silence->at != NULL
                                  ? g_strdup_printf (", by %s on %.10s", silence->by, silence->at)
                                  : g_strdup ("");

      if (evidence != NULL ? concerns (report, silence, evidence->code)
                           : !concerns_any (report, silence))
        g_ptr_array_add (lines,
                         g_strdup_printf ("Silenced: %s of %s%s%s%s: %s", silence->check,
                                          silence->target, silence->about != NULL ? " about " : "",
                                          silence->about != NULL ? silence->about : "", when,
                                          silence->because));
    }
  return lines;
}

gboolean
attest_evidence_report_add_strength (AttestEvidenceReport *report, const AttestStrengthRules *rules,
                                     GError **error)
{
  report->counter = attest_strength_counter_new (report->store, rules, report->ledger, error);
  return report->counter != NULL;
}

gboolean
attest_evidence_get_strength (const AttestEvidenceReport *report, const AttestEvidence *evidence,
                              AttestStrength *out_strength)
{
  g_autoptr (GPtrArray) findings = attest_evidence_list_findings (report, evidence);

  if (report->counter == NULL || findings->len == 0)
    return FALSE;
  attest_strength_of_criterion (report->counter, evidence->code, out_strength);
  return TRUE;
}

char *
attest_evidence_dup_strength (const AttestEvidenceReport *report, const AttestEvidence *evidence)
{
  g_auto (AttestStrength) strength = { 0 };

  if (!attest_evidence_get_strength (report, evidence, &strength))
    return NULL;
  return attest_disclosure_is_public (report->disclosure)
             ? g_strdup (strength.level->level)
             : attest_strength_dup_sentence (&strength);
}

/* ---- quotes by group ---- */

typedef struct
{
  AttestEvidenceReport *report;
  const AttestEvidence *evidence;
  GPtrArray *texts; /* of GString, by group */
  AttestEvidenceFunc func;
  gpointer data;
} Rendering;

static void
free_text (gpointer text)
{
  g_string_free (text, TRUE);
}

/* The group of whoever says it; NULL: not known, or so few of it spoke that it is not told. */
static const char *
find_group (const Rendering *rendering, const char *respondent)
{
  const AttestDisclosure *disclosure = rendering->report->disclosure;
  const GArray *groups = rendering->evidence->groups;
  const char *group = NULL;

  if (respondent == NULL)
    return NULL;
  if (!attest_disclosure_is_public (disclosure))
    return g_hash_table_lookup (rendering->report->groups, respondent);
  group = attest_disclosure_get_attribute (disclosure, respondent, ATTEST_ATTRIBUTE_GROUP);
  for (guint i = 0; group != NULL && i < groups->len; i++)
    {
      const AttestEvidenceGroup *counted = &g_array_index (groups, AttestEvidenceGroup, i);

      if (g_strcmp0 (counted->group, group) == 0)
        return counted->spoke >= ATTEST_COUNT_HIDDEN
                       || attest_disclosure_is_named (disclosure, respondent)
                   ? group
                   : NULL;
    }
  return NULL;
}

static gboolean
render_segment (const AttestStoreSegment *segment, gpointer data, GError **error)
{
  Rendering *rendering = data;
  const char *group = find_group (rendering, segment->respondent);
  guint i = 0;

  if (strcmp (segment->status, "rejected") == 0)
    return TRUE;
  /* The store lists the group of every segment that it has counted. */
  while (i + 1 < rendering->texts->len
         && g_strcmp0 (g_array_index (rendering->evidence->groups, AttestEvidenceGroup, i).group,
                       group)
                != 0)
    i++;
  rendering->func (segment, group, g_ptr_array_index (rendering->texts, i), rendering->data);
  return TRUE;
}

GPtrArray *
attest_evidence_report_render (AttestEvidenceReport *report, const AttestEvidence *evidence,
                               gboolean with_hits, AttestEvidenceFunc func, gpointer data,
                               GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (free_text);
  Rendering rendering = { report, evidence, texts, func, data };
  AttestSegmentFilter filter = { .codebook = report->filter.codebook,
                                 .code = evidence->code,
                                 .attribute = report->filter.attribute,
                                 .value = report->filter.value,
                                 .with_hits = with_hits };

  for (guint i = 0; i < evidence->groups->len; i++)
    g_ptr_array_add (texts, g_string_new (NULL));
  if (evidence->segments != 0
      && !attest_disclosure_foreach_segment (report->disclosure, report->store, &filter, FALSE,
                                             render_segment, &rendering, error))
    return NULL;
  return g_steal_pointer (&texts);
}

/* ---- for people ---- */

char *
attest_evidence_dup_other_language (const AttestEvidenceReport *report,
                                    const AttestStoreSegment *segment)
{
  if (segment->lang == NULL || report->main_lang == NULL
      || strcmp (segment->lang, report->main_lang) == 0)
    return NULL;
  return attest_language_dup_name (segment->lang);
}

void
attest_evidence_append_place (const AttestEvidenceReport *report, const AttestStoreSegment *segment,
                              const char *group, GString *out)
{
  g_autofree char *language = attest_evidence_dup_other_language (report, segment);
  const char *line = attest_evidence_get_line (report, segment, group);

  g_string_append (out, segment->source);
  if (segment->turn != ATTEST_NO_TURN)
    g_string_append_printf (out, " ¶%u", segment->turn);
  if (segment->page != NULL)
    g_string_append_printf (out, ", p. %s", segment->page);
  if (segment->start_ms >= 0)
    {
      g_autofree char *time = attest_table_dup_time (segment->start_ms);

      g_string_append_printf (out, " [%s]", time);
    }
  if (attest_disclosure_is_public (report->disclosure) && segment->respondent != NULL)
    g_string_append_printf (out, " %s", segment->respondent);
  if (line != NULL)
    g_string_append_printf (out, " (%s)", line);
  if (language != NULL)
    g_string_append_printf (out, ", in %s", language);
}

const char *
attest_evidence_get_line (const AttestEvidenceReport *report, const AttestStoreSegment *segment,
                          const char *group)
{
  const char *line;

  if (!attest_disclosure_is_public (report->disclosure) || group == NULL)
    return group;
  line = attest_disclosure_get_line (report->disclosure, segment->respondent);
  return *line != '\0' ? line : NULL;
}

char *
attest_evidence_dup_profile (const AttestEvidenceReport *report, const AttestEvidence *evidence)
{
  const AttestReportTotals *totals = &report->frequency->totals;
  g_autofree char *respondents = attest_report_dup_count (totals->respondents, "respondent", NULL);
  g_autofree char *groups = attest_report_dup_count (totals->groups, "group", NULL);
  g_autofree char *spoke = attest_count_to_words (evidence->spoke);
  g_autofree char *in_groups = attest_count_to_words (evidence->n_groups);
  g_autofree char *asked = attest_count_to_words (evidence->asked);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%s%s of %s", evidence->spoke == 0 ? "None: " : "", spoke,
                          respondents);
  if (evidence->spoke != 0 && totals->groups != 0 && evidence->n_groups >= 0)
    g_string_append_printf (text, ", in %s of %s,", in_groups, groups);
  g_string_append (text, " spoke of it");
  if (evidence->asked < 0)
    return g_string_free (g_steal_pointer (&text), FALSE);
  if (evidence->asked == 0)
    g_string_append (text, "; none was asked about it");
  else
    g_string_append_printf (text, "; %s %s asked about it, of whom ", asked,
                            evidence->asked == 1 ? "was" : "were");
  if (evidence->asked > 0 && evidence->both > 0)
    g_string_append_printf (text, "%" G_GINT64_FORMAT " spoke of it", evidence->both);
  else if (evidence->asked > 0)
    g_string_append (text, "none spoke of it");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

const char *
attest_evidence_get_group_heading (const AttestEvidenceReport *report,
                                   const AttestEvidenceGroup *group)
{
  if (group->group != NULL)
    return group->group;
  return attest_disclosure_is_public (report->disclosure) ? "group not told" : "group not known";
}

AttestTable *
attest_evidence_to_table (const AttestEvidence *evidence, const char *title)
{
  AttestTable *table = attest_table_new (title, NULL);

  attest_table_add_column (table, "group", "group", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  attest_table_add_column (table, "respondents", "respondents", ATTEST_COLUMN_INT,
                           ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "asked", "asked about", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "spoke", "spoke about", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "both", "both", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "segments", "segments", ATTEST_COLUMN_INT, ATTEST_COLUMN_BAR);
  for (guint i = 0; i < evidence->groups->len; i++)
    {
      const AttestEvidenceGroup *group = &g_array_index (evidence->groups, AttestEvidenceGroup, i);

      /* Only there for quotes. */
      if (group->group == NULL && group->present == 0)
        continue;
      attest_table_add_text (table, group->group != NULL ? group->group : "group not known");
      attest_table_add_count (table, group->present);
      attest_table_add_count (table, group->asked);
      attest_table_add_count (table, group->spoke);
      attest_table_add_count (table, group->both);
      attest_table_add_count (table, group->segments);
    }
  return table;
}
