/* zip-fixture: ZIP archives made in memory.
 */
#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <glib.h>
#include <string.h>

/* An archive of the entries {name, text} up to a NULL name. */
static inline GBytes *
zip_fixture (const char *const entries[][2])
{
  g_autofree char *buffer = NULL;
  gsize capacity = 1 << 20, used = 0;
  struct archive *archive = archive_write_new ();

  for (guint i = 0; entries[i][0] != NULL; i++)
    capacity += strlen (entries[i][0]) * 4 + strlen (entries[i][1]) + 1024;
  buffer = g_malloc (capacity);
  archive_write_set_format_zip (archive);
  archive_write_set_bytes_in_last_block (archive, 1);
  g_assert_cmpint (archive_write_open_memory (archive, buffer, capacity, &used), ==, ARCHIVE_OK);
  for (guint i = 0; entries[i][0] != NULL; i++)
    {
      struct archive_entry *entry = archive_entry_new ();
      gsize n_bytes = strlen (entries[i][1]);

      archive_entry_set_pathname (entry, entries[i][0]);
      archive_entry_set_size (entry, (la_int64_t)n_bytes);
      archive_entry_set_filetype (entry, AE_IFREG);
      archive_entry_set_perm (entry, 0644);
      g_assert_cmpint (archive_write_header (archive, entry), >=, ARCHIVE_WARN);
      g_assert_cmpint (archive_write_data (archive, entries[i][1], n_bytes), ==, n_bytes);
      archive_entry_free (entry);
    }
  g_assert_cmpint (archive_write_close (archive), ==, ARCHIVE_OK);
  archive_write_free (archive);
  return g_bytes_new (buffer, used);
}
