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

/* Of people and their classes as they are now; both by number of person. */
typedef struct
{
  char **classes;    /* what is told */
  GHashTable *sizes; /* class → number of members */
} Classes;

static void
classes_clear (Classes *classes)
{
  g_clear_pointer (&classes->sizes, g_hash_table_unref);
  g_clear_pointer (&classes->classes, g_strfreev);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Classes, classes_clear)

static void
find_classes (const People *people, Classes *out)
{
  out->classes = g_new0 (char *, (gsize)people->n + 1);
  out->sizes = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < people->n; i++)
    {
      guint size;

      out->classes[i] = dup_class (people, i, people->depths[i]);
      size = GPOINTER_TO_UINT (g_hash_table_lookup (out->sizes, out->classes[i]));
      g_hash_table_replace (out->sizes, out->classes[i], GUINT_TO_POINTER (size + 1));
    }
}

static guint
size_of (const Classes *classes, guint person)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (classes->sizes, classes->classes[person]));
}

/* The smallest class of whose members more is told than of those of @class, the first by name where
 * several are; NULL: there is none. What is told begins with the same, since classes are written
 * value by value. */
static const char *
find_smallest_below (const People *people, const Classes *classes, const char *class, guint d)
{
  const char *smallest = NULL;
  guint least = 0;

  for (guint i = 0; i < people->n; i++)
    {
      guint size = size_of (classes, i);

      if (people->depths[i] > d && g_str_has_prefix (classes->classes[i], class)
          && (smallest == NULL || size < least
              || (size == least && strcmp (classes->classes[i], smallest) < 0)))
        {
          smallest = classes->classes[i];
          least = size;
        }
    }
  return smallest;
}

/* Mends one class that is too small, of whose members @d values are told. FALSE: there is none. */
static gboolean
mend (const People *people, guint d)
{
  g_auto (Classes) classes = { NULL };

  find_classes (people, &classes);
  for (guint i = 0; i < people->n; i++)
    {
      const char *class = classes.classes[i], *other;

      if (people->depths[i] != d || size_of (&classes, i) >= people->k)
        continue;
      other = find_smallest_below (people, &classes, class, d);
      for (guint k = 0; k < people->n; k++)
        if (strcmp (classes.classes[k], other != NULL ? other : class) == 0)
          people->depths[k] = other != NULL ? d : d - 1;
      return TRUE;
    }
  return FALSE;
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
    while (mend (&people, d))
      continue;
}
