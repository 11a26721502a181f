/* Evidence for programs: JSON and CSV. */
#include "report/attest-report-evidence.h"

#include "report/attest-disclosure-counts.h"
#include "report/attest-report-chain.h"
#include "report/attest-segment-record.h"

/* What writing records needs from segment to segment. */
typedef struct
{
  GArray *hits; /* of AttestRecordHit */
} Records;

static void
append_json_segment (const AttestStoreSegment *segment, const char *group, GString *out,
                     gpointer data)
{
  Records *records = data;
  AttestSegmentRecord record;

  attest_segment_record_from_store (&record, segment, records->hits);
  record.group = group;
  g_string_append (out, out->len > 0 ? ",\n        " : "");
  attest_segment_record_write_line (&record, ATTEST_RECORD_EVIDENCE, out);
  g_string_truncate (out, out->len - 1);
}

static void
write_json_profile (const AttestEvidenceReport *report, const AttestEvidence *evidence,
                    const AttestStrength *strength, AttestJson *json)
{
  attest_json_key (json, "profile");
  attest_json_begin_object (json);
  attest_count_write_member (json, "respondents", evidence->spoke);
  attest_count_write_member (json, "groups", evidence->n_groups);
  for (guint i = ATTEST_FACT_SUPPORTING; i <= ATTEST_FACT_CONTRADICTING; i++)
    if (strength != NULL)
      attest_count_write_member (
          json, attest_fact_to_string ((AttestFact)i),
          attest_disclosure_hide_count (report->disclosure, strength->facts.counts[i]));
    else
      attest_json_member_null (json, attest_fact_to_string ((AttestFact)i));
  attest_count_write_member (json, "asked", evidence->asked);
  attest_count_write_member (json, "asked_and_spoke", evidence->both);
  attest_count_write_member (json, "sources", evidence->sources);
  attest_count_write_member (json, "segments", evidence->segments);
  attest_count_write_member (json, "hits", evidence->hits);
  attest_json_key (json, "by_group");
  attest_json_begin_array (json);
  for (guint i = 0; i < evidence->groups->len; i++)
    {
      const AttestEvidenceGroup *group = &g_array_index (evidence->groups, AttestEvidenceGroup, i);

      if (group->group == NULL && group->present == 0)
        continue;
      attest_json_begin_object (json);
      attest_json_member_string (json, "group", group->group);
      attest_count_write_member (json, "present", group->present);
      attest_count_write_member (json, "asked", group->asked);
      attest_count_write_member (json, "spoke", group->spoke);
      attest_count_write_member (json, "asked_and_spoke", group->both);
      attest_count_write_member (json, "segments", group->segments);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
  attest_json_end_object (json);
}

/* The segments of a code, by group, as an array with a line for each. */
static gboolean
write_json_segments (AttestEvidenceReport *report, const AttestEvidence *evidence, Records *records,
                     AttestJson *json, GError **error)
{
  g_autoptr (GPtrArray) texts
      = attest_evidence_report_render (report, evidence, TRUE, append_json_segment, records, error);
  g_autoptr (GString) array = NULL;

  if (texts == NULL)
    return FALSE;
  array = g_string_new ("[");
  for (guint i = 0; i < texts->len; i++)
    {
      const GString *text = g_ptr_array_index (texts, i);

      if (text->len == 0)
        continue;
      g_string_append (array, array->len > 1 ? ",\n        " : "\n        ");
      g_string_append_len (array, text->str, (gssize)text->len);
    }
  g_string_append (array, array->len > 1 ? "\n      ]" : "]");
  attest_json_key (json, "segments");
  attest_json_raw (json, array->str, array->len);
  return TRUE;
}

static void
write_json_findings (const AttestEvidenceReport *report, const AttestEvidence *evidence,
                     AttestJson *json)
{
  g_autoptr (GPtrArray) findings = attest_evidence_list_findings (report, evidence);

  attest_json_key (json, "findings");
  attest_json_begin_array (json);
  for (guint i = 0; i < findings->len; i++)
    {
      const AttestLedgerEntry *finding = g_ptr_array_index (findings, i);

      attest_json_begin_object (json);
      attest_json_member_string (json, "id", finding->id);
      attest_json_member_string (json, "text", finding->fields[ATTEST_FIELD_TEXT]);
      attest_chain_write_links (finding, json);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
}

static void
write_json_scope (const AttestCriterion *criterion, AttestJson *json)
{
  attest_json_key (json, "scope");
  if (criterion == NULL)
    {
      attest_json_null (json);
      return;
    }
  attest_json_begin_object (json);
  attest_json_member_string (json, "scope", attest_scope_to_string (criterion->scope));
  attest_json_member_string (json, "because", criterion->because);
  attest_json_member_string (json, "by", criterion->by);
  attest_json_member_string (json, "at", criterion->at);
  attest_json_end_object (json);
}

static gboolean
write_json_code (AttestEvidenceReport *report, const AttestEvidence *evidence, Records *records,
                 AttestJson *json, GError **error)
{
  g_auto (AttestStrength) strength = { 0 };
  gboolean is_told = attest_evidence_get_strength (report, evidence, &strength);

  attest_json_begin_object (json);
  attest_json_member_string (json, "code", evidence->code);
  attest_json_key (json, "rating");
  attest_rating_write_json (attest_ledger_find_rating (report->ledger, evidence->code), json);
  attest_json_key (json, "strength");
  if (!is_told)
    attest_json_null (json);
  else if (attest_disclosure_is_public (report->disclosure))
    {
      attest_json_begin_object (json);
      attest_json_member_string (json, "level", strength.level->level);
      attest_json_end_object (json);
    }
  else
    attest_strength_write_json (&strength, json);
  write_json_profile (report, evidence, is_told ? &strength : NULL, json);
  write_json_findings (report, evidence, json);
  if (!write_json_segments (report, evidence, records, json, error))
    return FALSE;
  write_json_scope (attest_evidence_get_scope (report, evidence), json);
  attest_json_end_object (json);
  return TRUE;
}

static void
write_json_silences (const AttestEvidenceReport *report, AttestJson *json)
{
  attest_json_key (json, "silenced");
  attest_json_begin_array (json);
  for (guint i = 0; i < report->silences->len; i++)
    {
      const AttestSilence *silence = g_ptr_array_index (report->silences, i);

      attest_json_begin_object (json);
      attest_json_member_string (json, "check", silence->check);
      attest_json_member_string (json, "id", silence->target);
      attest_json_member_string (json, "about", silence->about);
      attest_json_member_string (json, "because", silence->because);
      attest_json_member_string (json, "by", silence->by);
      attest_json_member_string (json, "at", silence->at);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
}

gboolean
attest_evidence_report_write_json (AttestEvidenceReport *report, AttestOutput *output,
                                   GError **error)
{
  GString *out = attest_output_get_buffer (output);
  g_autoptr (AttestJson) json = attest_json_new (out, TRUE);
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (AttestRecordHit));
  Records records = { hits };

  attest_json_begin_object (json);
  attest_json_member_int (json, "format", 1);
  attest_json_member_string (json, "report", "evidence");
  attest_json_key (json, "criteria");
  attest_json_begin_array (json);
  for (guint i = 0; i < report->codes->len; i++)
    if (!write_json_code (report, g_ptr_array_index (report->codes, i), &records, json, error)
        || !attest_output_step (output, error))
      return FALSE;
  attest_json_end_array (json);
  write_json_silences (report, json);
  attest_json_end_object (json);
  g_string_append_c (out, '\n');
  return TRUE;
}

static void
append_csv_segment (const AttestStoreSegment *segment, const char *group, GString *out,
                    gpointer data)
{
  Records *records = data;
  AttestSegmentRecord record;

  attest_segment_record_from_store (&record, segment, records->hits);
  record.group = group;
  attest_segment_record_write_csv (&record, ATTEST_RECORD_EVIDENCE, out);
}

gboolean
attest_evidence_report_write_csv (AttestEvidenceReport *report, AttestOutput *output,
                                  GError **error)
{
  GString *out = attest_output_get_buffer (output);
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (AttestRecordHit));
  Records records = { hits };

  attest_segment_record_write_csv_header (ATTEST_RECORD_EVIDENCE, NULL, out);
  for (guint i = 0; i < report->codes->len; i++)
    {
      g_autoptr (GPtrArray) texts = attest_evidence_report_render (
          report, g_ptr_array_index (report->codes, i), TRUE, append_csv_segment, &records, error);

      if (texts == NULL)
        return FALSE;
      for (guint k = 0; k < texts->len; k++)
        {
          const GString *text = g_ptr_array_index (texts, k);

          g_string_append_len (out, text->str, (gssize)text->len);
          if (!attest_output_step (output, error))
            return FALSE;
        }
    }
  return TRUE;
}
