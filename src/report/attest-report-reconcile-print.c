/* What coders differ about, for people and programs. */
#include "report/attest-report-reconcile.h"

#include <string.h>

static const char *const says[] = { "–", "yes", "no" };
static const char *const says_json[] = { NULL, "accepted", "rejected" };

/* The passages, each once; with who gave it where they differ. */
static char *
dup_quotes (const AttestDifference *difference)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean is_same = TRUE;

  for (guint i = 1; i < difference->judgements->len; i++)
    is_same = is_same
              && strcmp (((const AttestJudgement *)difference->judgements->pdata[i])->id,
                         difference->first->id)
                     == 0;
  if (is_same)
    return g_strdup (difference->first->quote);
  for (guint i = 0; i < difference->coders->len; i++)
    {
      const AttestDifferenceCoder *said
          = &g_array_index (difference->coders, AttestDifferenceCoder, i);

      if (said->judgement != NULL)
        g_string_append_printf (text, "%s%s: %s", text->len > 0 ? " | " : "", said->coder,
                                said->judgement->quote);
    }
  return g_strdup (text->str);
}

static const AttestJudgement *
find_yes (const AttestDifference *difference)
{
  for (guint i = 0; i < difference->coders->len; i++)
    {
      const AttestDifferenceCoder *said
          = &g_array_index (difference->coders, AttestDifferenceCoder, i);

      if (said->says == ATTEST_SAYS_YES)
        return said->judgement;
    }
  return difference->first;
}

static void
add_coders (AttestTable *table, const AttestDifferences *differences,
            const AttestDifference *difference)
{
  for (guint i = 0, k = 0; i < differences->coders->len; i++)
    {
      const AttestDifferenceCoder *said
          = k < difference->coders->len
                ? &g_array_index (difference->coders, AttestDifferenceCoder, k)
                : NULL;

      if (said != NULL && strcmp (said->coder, differences->coders->pdata[i]) == 0)
        {
          attest_table_add_text (table, says[said->says]);
          k++;
        }
      else
        attest_table_add_text (table, "not read");
    }
}

AttestTable *
attest_differences_table_new (const AttestDifferences *differences, gboolean with_settled,
                              gboolean for_people)
{
  AttestTable *table = attest_table_new (
      "What coders differ about",
      for_people ? "Unit: passage of a code. –: read the source, and said nothing here." : NULL);

  attest_table_add_column (table, "id", "quote", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "source", "source", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "turn", "turn", ATTEST_COLUMN_INT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "codebook", "codebook", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "code", "code", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  for (guint i = 0; i < differences->coders->len; i++)
    attest_table_add_column (table, differences->coders->pdata[i], differences->coders->pdata[i],
                             ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "settled", "settled", ATTEST_COLUMN_TEXT,
                           with_settled ? ATTEST_COLUMN_PLAIN : ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "quote", "text", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  for (guint i = 0; i < differences->differences->len; i++)
    {
      const AttestDifference *difference = differences->differences->pdata[i];
      g_autofree char *quotes = dup_quotes (difference);

      if (!with_settled && difference->consensus != NULL)
        continue;
      attest_table_add_text (table, find_yes (difference)->id);
      attest_table_add_text (table, difference->first->source);
      attest_table_add_int (table, difference->first->turn);
      attest_table_add_text (table, difference->first->codebook);
      attest_table_add_text (table, difference->first->code);
      add_coders (table, differences, difference);
      attest_table_add_text (table, difference->consensus == NULL  ? NULL
                                    : difference->consensus->holds ? "yes"
                                                                   : "no");
      attest_table_add_text (table, quotes);
    }
  return table;
}

static void
write_coder (AttestJson *json, const AttestDifferenceCoder *said)
{
  const AttestJudgement *judgement = said->judgement;

  attest_json_begin_object (json);
  attest_json_member_string (json, "coder", said->coder);
  attest_json_member_string (json, "says", says_json[said->says]);
  attest_json_member_string (json, "id", judgement != NULL ? judgement->id : NULL);
  attest_json_member_string (json, "quote", judgement != NULL ? judgement->quote : NULL);
  attest_json_member_string (json, "reason", judgement != NULL ? judgement->reason : NULL);
  attest_json_member_string (json, "at", judgement != NULL ? judgement->at : NULL);
  attest_json_end_object (json);
}

static void
write_consensus (AttestJson *json, const AttestJudgement *consensus)
{
  attest_json_key (json, "consensus");
  if (consensus == NULL)
    {
      attest_json_null (json);
      return;
    }
  attest_json_begin_object (json);
  attest_json_member_string (json, "says",
                             says_json[consensus->holds ? ATTEST_SAYS_YES : ATTEST_SAYS_NO]);
  attest_json_member_string (json, "id", consensus->id);
  attest_json_member_string (json, "quote", consensus->quote);
  attest_json_key (json, "agreed");
  attest_json_begin_array (json);
  for (guint i = 0; consensus->agreed[i] != NULL; i++)
    attest_json_string (json, consensus->agreed[i]);
  attest_json_end_array (json);
  attest_json_member_string (json, "by", consensus->coder);
  attest_json_member_string (json, "at", consensus->at);
  attest_json_member_string (json, "reason", consensus->reason);
  attest_json_end_object (json);
}

void
attest_differences_write_json (const AttestDifferences *differences, gboolean with_settled,
                               GString *out)
{
  g_autoptr (AttestJson) json = attest_json_new (out, TRUE);

  attest_json_begin_object (json);
  attest_json_member_int (json, "format", 1);
  attest_json_member_string (json, "unit", "passage of a code");
  attest_json_member_int (json, "passages", differences->passages);
  attest_json_member_int (json, "differences", differences->differences->len);
  attest_json_member_int (json, "settled", differences->settled);
  attest_json_key (json, "items");
  attest_json_begin_array (json);
  for (guint i = 0; i < differences->differences->len; i++)
    {
      const AttestDifference *difference = differences->differences->pdata[i];

      if (!with_settled && difference->consensus != NULL)
        continue;
      attest_json_begin_object (json);
      attest_json_member_string (json, "source", difference->first->source);
      attest_json_member_int (json, "turn", difference->first->turn);
      attest_json_member_int (json, "start", difference->start);
      attest_json_member_int (json, "end", difference->end);
      attest_json_member_string (json, "codebook", difference->first->codebook);
      attest_json_member_string (json, "code", difference->first->code);
      attest_json_key (json, "coders");
      attest_json_begin_array (json);
      for (guint k = 0; k < difference->coders->len; k++)
        write_coder (json, &g_array_index (difference->coders, AttestDifferenceCoder, k));
      attest_json_end_array (json);
      write_consensus (json, difference->consensus);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
  attest_json_end_object (json);
  g_string_append_c (out, '\n');
}
