#include "cli/attest-cli-compare-people.h"

#include <string.h>

typedef struct
{
  guint project;
  char *label;
  char *group; /* (nullable) */
  gint64 sentences;
  guint *with;  /* [row × sides + side]: sentences with the code; NULL when the project is done */
  GArray *held; /* of Held: what was in it */
} Person;

/* A place that is not 0. */
typedef struct
{
  guint at, n;
} Held;

struct _AttestComparePeople
{
  guint n_sides, n_rows;
  char *attribute;     /* (nullable) normalised */
  GPtrArray *persons;  /* of Person */
  GHashTable *numbers; /* "SOURCE\nSPEAKER" → number + 1, of the project at hand */
  guint n_projects;
  guint n_packed; /* persons of projects that are done */
  gboolean has_attribute;
  GPtrArray *attributes; /* of char *: all that respondents have */
  guint n_sources;
  /* For shifts by group; empty without an attribute. */
  GArray *entries; /* of AttestShiftEntry */
  GArray *units;   /* of AttestShiftUnits */
};

static void
free_person (gpointer data)
{
  Person *person = data;

  g_free (person->label);
  g_free (person->group);
  g_free (person->with);
  g_clear_pointer (&person->held, g_array_unref);
  g_free (person);
}

AttestComparePeople *
attest_compare_people_new (guint n_sides, guint n_rows, const char *attribute)
{
  AttestComparePeople *people = g_new0 (AttestComparePeople, 1);

  people->n_sides = n_sides;
  people->n_rows = n_rows;
  people->attribute = attest_store_normalise_attribute (attribute);
  people->persons = g_ptr_array_new_with_free_func (free_person);
  people->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  people->attributes = g_ptr_array_new_with_free_func (g_free);
  people->entries = g_array_new (FALSE, FALSE, sizeof (AttestShiftEntry));
  people->units = g_array_new (FALSE, FALSE, sizeof (AttestShiftUnits));
  return people;
}

void
attest_compare_people_free (AttestComparePeople *people)
{
  if (people == NULL)
    return;
  g_free (people->attribute);
  g_ptr_array_unref (people->persons);
  g_hash_table_unref (people->numbers);
  g_ptr_array_unref (people->attributes);
  g_array_unref (people->entries);
  g_array_unref (people->units);
  g_free (people);
}

/* Labels have no line ends. @speaker: (nullable) */
static char *
dup_key (const char *source, const char *speaker)
{
  return speaker != NULL ? g_strconcat (source, "\n", speaker, NULL) : g_strdup (source);
}

static void
add_person (AttestComparePeople *people, const AttestRespondentInfo *info)
{
  Person *person = g_new0 (Person, 1);
  const char *group
      = people->attribute != NULL ? attest_respondent_info_get (info, people->attribute) : NULL;

  person->project = people->n_projects - 1;
  person->label = g_strdup (info->label);
  person->group = g_strdup (group);
  person->with = g_new0 (guint, (gsize)people->n_rows * people->n_sides + 1);
  people->has_attribute = people->has_attribute || group != NULL;
  g_ptr_array_add (people->persons, person);
  for (guint i = 0; i < info->speakers->len; i++)
    {
      const AttestRespondentSpeaker *speaker
          = &g_array_index (info->speakers, AttestRespondentSpeaker, i);

      g_hash_table_insert (people->numbers, dup_key (speaker->source, speaker->speaker),
                           GUINT_TO_POINTER (people->persons->len));
    }
  for (guint i = 0; i < info->attributes->len; i++)
    {
      const char *name = g_array_index (info->attributes, AttestAttribute, i).name;

      if (!g_ptr_array_find_with_equal_func (people->attributes, name, g_str_equal, NULL))
        g_ptr_array_add (people->attributes, g_strdup (name));
    }
}

/* Of a project that is done: most respondents have few of the codes, and there may be hundreds of
 * projects. */
static void
pack_persons (AttestComparePeople *people)
{
  for (; people->n_packed < people->persons->len; people->n_packed++)
    {
      Person *person = g_ptr_array_index (people->persons, people->n_packed);

      person->held = g_array_new (FALSE, FALSE, sizeof (Held));
      for (guint at = 0; at < people->n_rows * people->n_sides; at++)
        {
          Held held = { at, person->with[at] };

          if (held.n > 0)
            g_array_append_val (person->held, held);
        }
      g_clear_pointer (&person->with, g_free);
    }
}

/* What a packed person has, in @with. */
static void
unpack_person (const AttestComparePeople *people, const Person *person, guint *with)
{
  memset (with, 0, (gsize)people->n_rows * people->n_sides * sizeof (guint));
  for (guint i = 0; i < person->held->len; i++)
    {
      const Held *held = &g_array_index (person->held, Held, i);

      with[held->at] = held->n;
    }
}

gboolean
attest_compare_people_begin (AttestComparePeople *people, AttestStore *store, GError **error)
{
  g_autoptr (GPtrArray) respondents = attest_store_list_respondents (store, error);

  pack_persons (people);
  g_hash_table_remove_all (people->numbers);
  people->n_projects++;
  for (guint i = 0; respondents != NULL && i < respondents->len; i++)
    add_person (people, g_ptr_array_index (respondents, i));
  return respondents != NULL;
}

const char *
attest_compare_people_find (const AttestComparePeople *people, const char *source,
                            const char *speaker)
{
  g_autofree char *key = dup_key (source, speaker);
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (people->numbers, key));

  return number > 0 ? ((const Person *)g_ptr_array_index (people->persons, number - 1))->label
                    : NULL;
}

/* Keeps what the speaker has by source, for the tests by group. */
static void
keep_counts (AttestComparePeople *people, const AttestCompareItem *item, guint speaker,
             guint person)
{
  AttestShiftUnits units = { people->n_sources, person, item->sentences[speaker] };

  g_array_append_val (people->units, units);
  for (guint row = 0; row < people->n_rows; row++)
    for (guint set = 1; set < 1u << people->n_sides; set++)
      {
        guint n = item->spoken[(((gsize)speaker * people->n_rows + row) << people->n_sides) + set];
        AttestShiftEntry entry = { people->n_sources, person, row, set, n };

        if (n > 0)
          g_array_append_val (people->entries, entry);
      }
}

static void
add_speaker (AttestComparePeople *people, const AttestCompareItem *item, guint speaker)
{
  const char *label = speaker > 0 ? attest_document_speaker (item->doc, speaker - 1)->label : NULL;
  g_autofree char *key = dup_key (item->label, label);
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (people->numbers, key));

  if (number == 0)
    return;
  Person *person = g_ptr_array_index (people->persons, number - 1);
  person->sentences += item->sentences[speaker];
  if (people->attribute != NULL)
    keep_counts (people, item, speaker, number - 1);
  for (guint row = 0; row < people->n_rows; row++)
    for (guint set = 1; set < 1u << people->n_sides; set++)
      for (guint side = 0; side < people->n_sides; side++)
        if ((set >> side) & 1)
          person->with[row * people->n_sides + side]
              += item->spoken[(((gsize)speaker * people->n_rows + row) << people->n_sides) + set];
}

void
attest_compare_people_add (AttestComparePeople *people, const AttestCompareItem *item)
{
  for (guint speaker = 0; speaker <= item->doc->speakers->len; speaker++)
    if (item->sentences[speaker] > 0)
      add_speaker (people, item, speaker);
  people->n_sources++;
}

/* ---- the result ---- */

static void
list_groups (const AttestComparePeople *people, AttestComparison *comparison)
{
  for (guint i = 0; i < people->persons->len; i++)
    {
      const Person *person = g_ptr_array_index (people->persons, i);
      AttestCompareGroup *group = attest_compare_find_group (comparison, person->group);

      if (person->sentences == 0)
        continue;
      if (group == NULL)
        {
          AttestCompareGroup new = { g_strdup (person->group), 0, 0 };

          g_array_append_val (comparison->groups, new);
          group = attest_compare_find_group (comparison, person->group);
        }
      group->respondents++;
      group->sentences += person->sentences;
    }
  attest_compare_sort_groups (comparison);
  comparison->shifts
      = g_new0 (AttestCompareShift,
                (gsize)MAX (people->n_rows, 1) * (comparison->groups->len + 1) * people->n_sides);
}

static void
count_person (const AttestComparePeople *people, const Person *person, const guint *with,
              AttestComparison *comparison)
{
  const AttestCompareGroup *group = attest_compare_find_group (comparison, person->group);
  gsize number = group != NULL ? attest_compare_number_of_group (comparison, person->group) : 0;

  comparison->respondents += person->sentences > 0;
  for (guint row = 0; row < people->n_rows; row++)
    for (guint side = 0; side < people->n_sides; side++)
      {
        guint n = with[row * people->n_sides + side];

        comparison->counts[(gsize)row * people->n_sides + side].respondents += n > 0;
        if (group == NULL || comparison->shifts == NULL)
          continue;
        AttestCompareShift *shift
            = &comparison->shifts[(row * (gsize)comparison->groups->len + number) * people->n_sides
                                  + side];
        shift->sentences += n;
        shift->respondents += n > 0;
      }
}

static gboolean
check_attribute (const AttestComparePeople *people, GError **error)
{
  if (people->attribute != NULL && !people->has_attribute)
    {
      g_ptr_array_add (people->attributes, NULL);
      g_autofree char *known = g_strjoinv (", ", (char **)people->attributes->pdata);

      return attest_throw (error, ATTEST_ERROR_USAGE, "no respondent has an attribute '%s'%s%s",
                           people->attribute,
                           *known != '\0' ? "; there are: "
                                          : "; 'attest respondents import' takes them from a CSV "
                                            "file",
                           known);
    }
  return TRUE;
}

gboolean
attest_compare_people_foreach (AttestComparePeople *people, AttestComparedUnitFunc func,
                               gpointer data, GError **error)
{
  g_autofree guint *with = g_new (guint, (gsize)people->n_rows * people->n_sides + 1);

  pack_persons (people);
  if (!check_attribute (people, error))
    return FALSE;
  for (guint i = 0; i < people->persons->len; i++)
    {
      const Person *person = g_ptr_array_index (people->persons, i);
      AttestComparedUnit unit = { person->project, person->group, with };

      if (person->sentences == 0)
        continue;
      unpack_person (people, person, with);
      func (&unit, data);
    }
  return TRUE;
}

/* ---- shifts by group ---- */

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const AttestShiftEntry *x = a, *y = b;

  if (x->code != y->code)
    return x->code < y->code ? -1 : 1;
  return x->cluster < y->cluster ? -1 : x->cluster > y->cluster;
}

static void
test_shifts (AttestComparePeople *people, AttestComparison *comparison, guint jobs)
{
  g_autofree guint *groups = g_new0 (guint, people->persons->len + 1);
  g_autofree guint *sides = g_new0 (guint, people->n_rows + 1);
  AttestShiftsInput input = { .n_sides = people->n_sides,
                              .n_codes = people->n_rows,
                              .n_clusters = people->n_sources,
                              .n_persons = people->persons->len,
                              .n_groups = comparison->groups->len,
                              .n_known = attest_comparison_count_known (comparison),
                              .groups = groups,
                              .sides = sides,
                              .rounds = comparison->rounds,
                              .jobs = jobs,
                              .seed = comparison->seed };

  for (guint i = 0; i < people->persons->len; i++)
    {
      const Person *person = g_ptr_array_index (people->persons, i);

      if (person->sentences > 0)
        groups[i] = attest_compare_number_of_group (comparison, person->group);
    }
  for (guint row = 0; row < people->n_rows; row++)
    sides[row] = attest_alignment_row (comparison->alignment, row)->sides;
  g_array_sort (people->entries, compare_entries);
  input.entries = (const AttestShiftEntry *)(gpointer)people->entries->data;
  input.n_entries = people->entries->len;
  input.units = (const AttestShiftUnits *)(gpointer)people->units->data;
  input.n_units = people->units->len;
  comparison->tests = attest_shifts_compute (&input);
}

gboolean
attest_compare_people_finish (AttestComparePeople *people, AttestComparison *comparison, guint jobs,
                              GError **error)
{
  g_autofree guint *with = g_new (guint, (gsize)people->n_rows * people->n_sides + 1);

  pack_persons (people);
  if (!check_attribute (people, error))
    return FALSE;
  if (people->attribute != NULL)
    {
      comparison->attribute = g_strdup (people->attribute);
      list_groups (people, comparison);
    }
  for (guint i = 0; i < people->persons->len; i++)
    {
      const Person *person = g_ptr_array_index (people->persons, i);

      unpack_person (people, person, with);
      count_person (people, person, with, comparison);
    }
  if (people->attribute != NULL)
    test_shifts (people, comparison, jobs);
  return TRUE;
}
