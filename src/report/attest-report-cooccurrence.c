#include "report/attest-report-cooccurrence.h"

#include <string.h>

static const char *const unit_names[ATTEST_N_COOCCURRENCE_UNITS]
    = { "segment", "turn", "source", "respondent" };

const char *
attest_cooccurrence_unit_to_string (AttestCooccurrenceUnit unit)
{
  return unit_names[unit];
}

gboolean
attest_cooccurrence_unit_from_string (const char *name, AttestCooccurrenceUnit *out_unit)
{
  for (guint i = 0; i < ATTEST_N_COOCCURRENCE_UNITS; i++)
    if (g_strcmp0 (name, unit_names[i]) == 0)
      {
        *out_unit = (AttestCooccurrenceUnit)i;
        return TRUE;
      }
  return FALSE;
}

void
attest_cooccurrence_free (AttestCooccurrence *cooccurrence)
{
  if (cooccurrence == NULL)
    return;
  g_free (cooccurrence->counts);
  g_free (cooccurrence->respondents);
  g_free (cooccurrence);
}

/* ---- counting ---- */

/* A segment in its unit. */
typedef struct
{
  guint unit, code, respondent;
} Member;

static int
compare_members (gconstpointer a, gconstpointer b)
{
  const Member *x = a, *y = b;

  if (x->unit != y->unit)
    return x->unit < y->unit ? -1 : 1;
  return x->code < y->code ? -1 : x->code > y->code;
}

/* Segments stand by source and position. @out_units: how many passages. */
static void
number_passages (const AttestReportData *data, guint *units, guint *out_units)
{
  gint64 end = 0;
  guint n = 0;

  for (guint i = 0; i < data->segments->len; i++)
    {
      const AttestDatum *datum = attest_report_datum (data, i);
      gboolean is_new = i == 0 || datum->source != datum[-1].source || datum->turn != datum[-1].turn
                        || datum->start_byte >= end;

      n += is_new;
      units[i] = n - 1;
      end = is_new ? datum->end_byte : MAX (end, datum->end_byte);
    }
  *out_units = n;
}

static guint
number_turns (const AttestReportData *data, guint *units)
{
  guint n = 0;

  for (guint i = 0; i < data->segments->len; i++)
    {
      const AttestDatum *datum = attest_report_datum (data, i);

      n += i == 0 || datum->source != datum[-1].source || datum->turn != datum[-1].turn;
      units[i] = n - 1;
    }
  return n;
}

/* The unit of each segment; ATTEST_NO_INDEX: in none. */
static gint64
number_units (const AttestReportData *data, AttestCooccurrenceUnit unit, guint *units)
{
  const AttestReportTotals *totals = &data->frequency->totals;
  guint n;

  switch (unit)
    {
    case ATTEST_UNIT_TURN:
      n = number_turns (data, units);
      return MAX (totals->turns, n);
    case ATTEST_UNIT_SOURCE:
      for (guint i = 0; i < data->segments->len; i++)
        units[i] = attest_report_datum (data, i)->source;
      return totals->sources;
    case ATTEST_UNIT_RESPONDENT:
      for (guint i = 0; i < data->segments->len; i++)
        units[i] = attest_report_datum (data, i)->respondent;
      return totals->respondents;
    case ATTEST_UNIT_SEGMENT:
    default:
      number_passages (data, units, &n);
      return n;
    }
}

static GArray *
list_members (const AttestReportData *data, const guint *units)
{
  GArray *members = g_array_new (FALSE, FALSE, sizeof (Member));

  for (guint i = 0; i < data->segments->len; i++)
    {
      const AttestDatum *datum = attest_report_datum (data, i);
      Member member = { units[i], datum->code, datum->respondent };

      if (units[i] != ATTEST_NO_INDEX)
        g_array_append_val (members, member);
    }
  g_array_sort (members, compare_members);
  return members;
}

/* Counts a respondent of two codes once. */
static void
count_respondent (AttestCooccurrence *c, GHashTable *seen, guint first, guint second,
                  guint respondent)
{
  gint64 key = ((gint64)first * c->n_codes + second) << 32 | respondent;

  if (respondent == ATTEST_NO_INDEX || g_hash_table_contains (seen, &key))
    return;
  g_hash_table_add (seen, g_memdup2 (&key, sizeof key));
  c->respondents[first * c->n_codes + second]++;
  if (first != second)
    c->respondents[second * c->n_codes + first]++;
}

/* The members of one unit. A respondent is behind a pair who said a part of it. */
static void
count_unit (AttestCooccurrence *c, const Member *members, guint n, GHashTable *seen)
{
  for (guint i = 0; i < n; i++)
    {
      if (i == 0 || members[i].code != members[i - 1].code)
        c->counts[members[i].code * c->n_codes + members[i].code]++;
      count_respondent (c, seen, members[i].code, members[i].code, members[i].respondent);
      for (guint k = i + 1; k < n; k++)
        {
          guint first = members[i].code, second = members[k].code;

          if (first == second)
            continue;
          count_respondent (c, seen, first, second, members[i].respondent);
          count_respondent (c, seen, first, second, members[k].respondent);
          if ((i > 0 && members[i - 1].code == first) || members[k - 1].code == second)
            continue;
          c->counts[first * c->n_codes + second]++;
          c->counts[second * c->n_codes + first]++;
        }
    }
}

/* Members of one unit and code beyond the first of each respondent say nothing new, and would make
 * a source with thousands of segments slow. */
static void
drop_repeated (GArray *members)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_direct_hash, g_direct_equal);
  guint kept = 0;

  for (guint i = 0; i < members->len; i++)
    {
      Member *member = &g_array_index (members, Member, i);
      Member *last = kept > 0 ? &g_array_index (members, Member, kept - 1) : NULL;

      if (last == NULL || last->unit != member->unit || last->code != member->code)
        g_hash_table_remove_all (seen);
      if (!g_hash_table_add (seen, GUINT_TO_POINTER (member->respondent)))
        continue;
      g_array_index (members, Member, kept++) = *member;
    }
  g_array_set_size (members, kept);
}

AttestCooccurrence *
attest_cooccurrence_new (const AttestReportData *data, AttestCooccurrenceUnit unit, gint64 least)
{
  AttestCooccurrence *c = g_new0 (AttestCooccurrence, 1);
  g_autofree guint *units = g_new (guint, data->segments->len + 1);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) members = NULL;
  const Member *all;

  c->data = data;
  c->unit = unit;
  c->least = least;
  c->n_codes = data->frequency->rows->len;
  c->counts = g_new0 (gint64, (gsize)c->n_codes * c->n_codes + 1);
  c->respondents = g_new0 (gint64, (gsize)c->n_codes * c->n_codes + 1);
  c->n_units = number_units (data, unit, units);
  members = list_members (data, units);
  drop_repeated (members);
  all = (const Member *)(void *)members->data;
  for (guint first = 0, next; first < members->len; first = next)
    {
      for (next = first + 1; next < members->len && all[next].unit == all[first].unit;)
        next++;
      count_unit (c, all + first, next - first, seen);
    }
  return c;
}

AttestPairing
attest_cooccurrence_get (const AttestCooccurrence *c, guint first, guint second)
{
  return attest_pairing_compute (c->counts[first * c->n_codes + first],
                                 c->counts[second * c->n_codes + second],
                                 c->counts[first * c->n_codes + second], c->n_units);
}
