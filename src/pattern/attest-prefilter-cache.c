#include "pattern/attest-prefilter-cache.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "util/attest-hash.h"
#include "util/attest-limits.h"

#define SUFFIX ".hsdb"

static char *
cache_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "attest", NULL);
}

static char *
cache_path (const char *key)
{
  g_autofree char *folder = cache_folder ();
  g_autofree char *name = g_strconcat (key, SUFFIX, NULL);

  return g_build_filename (folder, name, NULL);
}

char *
attest_prefilter_cache_key (const char *text, gsize length_bytes)
{
  return attest_sha256_hex (text, length_bytes);
}

GBytes *
attest_prefilter_cache_load (const char *key)
{
  g_autofree char *path = cache_path (key);
  g_autofree char *contents = NULL;
  gsize length_bytes;
  guint8 hash[ATTEST_SHA256_BYTES];
  GStatBuf info;

  if (g_stat (path, &info) != 0 || !S_ISREG (info.st_mode)
      || (guint64)info.st_size > ATTEST_MAX_CACHE_BYTES
      || !g_file_get_contents (path, &contents, &length_bytes, NULL) || length_bytes < sizeof hash)
    return NULL;
  attest_sha256 (contents + sizeof hash, length_bytes - sizeof hash, hash);
  if (memcmp (hash, contents, sizeof hash) != 0)
    return NULL;
  return g_bytes_new (contents + sizeof hash, length_bytes - sizeof hash);
}

/* A file of the cache. */
typedef struct
{
  char *path;
  gint64 written_at;
  guint64 length_bytes;
} Entry;

static void
clear_entry (gpointer entry)
{
  g_free (((Entry *)entry)->path);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *x = a, *y = b;

  return x->written_at < y->written_at ? 1 : x->written_at > y->written_at ? -1 : 0;
}

/* Removes the oldest files beyond the limit. */
static void
trim (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  guint64 total = 0;
  const char *name;

  g_array_set_clear_func (entries, clear_entry);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      GStatBuf info;
      Entry entry = { .path = g_build_filename (folder, name, NULL) };

      if (g_str_has_suffix (name, SUFFIX) && g_stat (entry.path, &info) == 0)
        {
          entry.written_at = (gint64)info.st_mtime;
          entry.length_bytes = (guint64)info.st_size;
          g_array_append_val (entries, entry);
        }
      else
        clear_entry (&entry);
    }
  g_array_sort (entries, compare_entries);
  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);

      total += entry->length_bytes;
      if (total > ATTEST_MAX_CACHE_BYTES)
        g_unlink (entry->path);
    }
}

void
attest_prefilter_cache_store (const char *key, GBytes *bytes)
{
  g_autofree char *folder = cache_folder ();
  g_autofree char *path = cache_path (key);
  gsize length_bytes;
  gconstpointer data = g_bytes_get_data (bytes, &length_bytes);
  g_autofree char *contents = g_malloc (ATTEST_SHA256_BYTES + length_bytes);

  if (length_bytes > ATTEST_MAX_CACHE_BYTES || g_mkdir_with_parents (folder, 0700) != 0)
    return;
  attest_sha256 (data, length_bytes, (guint8 *)contents);
  memcpy (contents + ATTEST_SHA256_BYTES, data, length_bytes);
  if (g_file_set_contents_full (path, contents, (gssize)(ATTEST_SHA256_BYTES + length_bytes),
                                G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL))
    trim (folder);
}
