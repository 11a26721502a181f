/* The inputs of tests/golden/reader-ID/CASE.d, for tests that want many small transcripts. */
#pragma once

#include <glib.h>
#include <string.h>

typedef struct
{
  char *reader; /* "vtt" of reader-vtt */
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
      input.reader = g_strdup (folder + strlen ("reader-"));
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

/* Sorted by name, so that a failure comes again. Never empty. */
static GArray *
golden_inputs_load (void)
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

      if (!g_str_has_prefix (folder, "reader-"))
        continue;
      cases = g_dir_open (path, 0, NULL);
      while (cases != NULL && (name = g_dir_read_name (cases)) != NULL)
        golden_add_case (inputs, golden, folder, name);
    }
  g_assert_cmpuint (inputs->len, >, 100);
  g_array_sort (inputs, golden_compare);
  return inputs;
}
