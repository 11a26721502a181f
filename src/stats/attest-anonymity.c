#include "stats/attest-anonymity.h"

#include <string.h>

typedef struct
{
  const char *const *values;
  guint n, depth, k;
  guint *depths;
} People;

/* The first @d values of a person, with lengths so that no two lists are the same text. */
static char *
dup_class (const People *people, guint person, guint d)
{
  g_autoptr (GString) key = g_string_new (NULL);

  for (guint i = 0; i < d; i++)
    {
      const char *value = people->values[(gsize)person * people->depth + i];

      if (value == NULL)
        g_string_append (key, "-;");
      else
        g_string_append_printf (key, "%zu:%s;", strlen (value), value);
    }
  return g_string_free (g_steal_pointer (&key), FALSE);
}

/* Class → number of members, of those of whom @d values are told, or with G_MAXUINT of whom any. */
static GHashTable *
count_classes (const People *people, guint d)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < people->n; i++)
    if (people->depths[i] > 0 && (d == G_MAXUINT || people->depths[i] == d))
      {
        char *key = dup_class (people, i, people->depths[i]);
        guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, key));

        g_hash_table_insert (counts, key, GUINT_TO_POINTER (count + 1));
      }
  return g_steal_pointer (&counts);
}

static void
raise_small (const People *people, guint d)
{
  g_autoptr (GHashTable) counts = count_classes (people, d);

  for (guint i = 0; i < people->n; i++)
    if (people->depths[i] == d)
      {
        g_autofree char *key = dup_class (people, i, d);

        if (GPOINTER_TO_UINT (g_hash_table_lookup (counts, key)) < people->k)
          people->depths[i]--;
      }
}

static guint
count_untold (const People *people)
{
  guint n = 0;

  for (guint i = 0; i < people->n; i++)
    n += people->depths[i] == 0;
  return n;
}

/* Of the classes with the fewest members the first by name; borrowed, or NULL. */
static const char *
find_smallest (GHashTable *counts)
{
  const char *smallest = NULL;
  guint least = 0;
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      guint count = GPOINTER_TO_UINT (value);

      if (smallest == NULL || count < least || (count == least && strcmp (key, smallest) < 0))
        {
          smallest = key;
          least = count;
        }
    }
  return smallest;
}

static void
hide_class (const People *people, const char *class)
{
  for (guint i = 0; i < people->n; i++)
    {
      g_autofree char *key = dup_class (people, i, people->depths[i]);

      if (strcmp (key, class) == 0)
        people->depths[i] = 0;
    }
}

void
attest_anonymity_generalise (const char *const *values, guint n, guint depth, guint k,
                             guint *out_depths)
{
  const People people = { values, n, depth, k, out_depths };

  /* What is not known at the end tells nothing: "Government" and not "Government, unknown". */
  for (guint i = 0; i < n; i++)
    {
      out_depths[i] = depth;
      while (out_depths[i] > 0 && values[(gsize)i * depth + out_depths[i] - 1] == NULL)
        out_depths[i]--;
    }
  for (guint d = depth; d > 0; d--)
    raise_small (&people, d);
  for (guint untold = count_untold (&people); untold > 0 && untold < k;
       untold = count_untold (&people))
    {
      g_autoptr (GHashTable) counts = count_classes (&people, G_MAXUINT);
      const char *smallest = find_smallest (counts);

      if (smallest == NULL)
        return;
      hide_class (&people, smallest);
    }
}
