/* The inputs of tests/golden/reader-ID/CASE.d, for tests that want many small transcripts, and of
 * tests/golden/exchange-ID/CASE.d, codebooks of other programs. */
#pragma once

#include <glib.h>
#include <string.h>

typedef struct
{
  char *reader; /* "vtt" of reader-vtt; "liwc" of exchange-liwc */
  char *name;   /* "reader-vtt/zoom.d/input.vtt" */
  GBytes *bytes;
} GoldenInput;

static void
golden_input_clear (gpointer item)
{
  GoldenInput *input = item;

  g_free (input->reader);
  g_free (input->name);
  g_bytes_unref (input->bytes);
}

static void
golden_add_case (GArray *inputs, const char *golden, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (golden, folder, name, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *file;

  while (dir != NULL && (file = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *full = g_build_filename (path, file, NULL);
      GoldenInput input;
      char *contents;
      gsize length;

      if (!g_str_has_prefix (file, "input."))
        continue;
      g_assert_true (g_file_get_contents (full, &contents, &length, NULL));
      const char *dash = strchr (folder, '-');
      input.reader = g_strdup (dash != NULL ? dash + 1 : folder);
      input.name = g_build_filename (folder, name, file, NULL);
      input.bytes = g_bytes_new_take (contents, length);
      g_array_append_val (inputs, input);
    }
}

static int
golden_compare (gconstpointer a, gconstpointer b)
{
  return strcmp (((const GoldenInput *)a)->name, ((const GoldenInput *)b)->name);
}

/* Those of the folders that begin with @prefix, sorted by name, so that a failure comes again. */
static inline GArray *
golden_inputs_load_of (const char *prefix)
{
  GArray *inputs = g_array_new (FALSE, FALSE, sizeof (GoldenInput));
  g_autofree char *golden = g_test_build_filename (G_TEST_DIST, "golden", NULL);
  g_autoptr (GDir) dir = g_dir_open (golden, 0, NULL);
  const char *folder, *name;

  g_array_set_clear_func (inputs, golden_input_clear);
  while (dir != NULL && (folder = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (golden, folder, NULL);
      g_autoptr (GDir) cases = NULL;

      if (!g_str_has_prefix (folder, prefix))
        continue;
      cases = g_dir_open (path, 0, NULL);
      while (cases != NULL && (name = g_dir_read_name (cases)) != NULL)
        golden_add_case (inputs, golden, folder, name);
    }
  g_array_sort (inputs, golden_compare);
  return inputs;
}

/* Those of readers. Never empty. */
static inline GArray *
golden_inputs_load (void)
{
  GArray *inputs = golden_inputs_load_of ("reader-");

  g_assert_cmpuint (inputs->len, >, 100);
  return inputs;
}
