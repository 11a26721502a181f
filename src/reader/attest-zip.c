#include "config.h"

#include "reader/attest-zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#include "util/attest-error.h"
#include "util/attest-limits.h"

/* The directory is read once, to know the names. An entry is then unpacked by going through
 * the directory again: that is cheap beside the unpacking, and of a document with pictures only the
 * few parts that hold text are ever unpacked. Only the archive's directory at its end counts
 * (the "seekable" reader), so a file that was cut off is refused instead of read in part.
 */

#define BLOCK_BYTES (64 * 1024)

typedef struct archive Archive;

struct _AttestZip
{
  GBytes *bytes;
  GHashTable *names;       /* normalised name → number of entries with it */
  guint64 total_bytes;     /* unpacked so far */
  guint64 max_total_bytes; /* to be unpacked */
  Archive *walk;           /* where attest_zip_next() is; NULL before it */
  struct archive_entry *walk_entry;
  char *walk_name;
};

/* What is known while one entry is unpacked. */
typedef struct
{
  AttestZip *zip;
  const char *name;
  gint64 start_byte; /* in the archive */
  GByteArray *out;
} Unpacking;

static void
archive_close_free (Archive *archive)
{
  archive_read_free (archive);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Archive, archive_close_free)

gboolean
attest_zip_is_ole (const guint8 *head, gsize head_bytes)
{
  static const guint8 magic[] = { 0xD0, 0xCF, 0x11, 0xE0 };

  return head_bytes >= sizeof magic && memcmp (head, magic, sizeof magic) == 0;
}

/* Names inside of a compound file are UTF-16. */
static gboolean
holds_wide_name (const guint8 *data, gsize n_bytes, const char *name)
{
  gsize n = strlen (name);
  g_autofree char *wide = g_malloc0 (n * 2);

  for (gsize i = 0; i < n; i++)
    wide[i * 2] = name[i];
  return memmem (data, n_bytes, wide, n * 2) != NULL;
}

static AttestZip *
throw_ole (const guint8 *data, gsize n_bytes, GError **error)
{
  if (holds_wide_name (data, n_bytes, "EncryptedPackage"))
    return attest_throw_null (error, ATTEST_ERROR_INPUT,
                              "it is encrypted: save it without a password");
  if (holds_wide_name (data, n_bytes, "WordDocument"))
    return attest_throw_null (error, ATTEST_ERROR_INPUT, "it is a legacy .doc: save it as .docx");
  return attest_throw_null (error, ATTEST_ERROR_INPUT,
                            "it is a legacy Office file or an encrypted document: save it in the "
                            "current format (.docx, .xlsx) without a password");
}

/* The name by which an entry is found, or NULL when no part of a document has such a name. */
static char *
normalise_name (const char *name)
{
  g_autofree char *folded = g_ascii_strdown (name, -1);
  g_auto (GStrv) parts = NULL;

  g_strdelimit (folded, "\\", '/');
  if (folded[0] == '\0' || folded[0] == '/' || g_str_has_suffix (folded, "/"))
    return NULL;
  parts = g_strsplit (folded, "/", -1);
  if (g_strv_contains ((const char *const *)parts, ".."))
    return NULL;
  return g_steal_pointer (&folded);
}

static char *
entry_name (struct archive_entry *entry)
{
  const char *name = archive_entry_pathname_utf8 (entry);

  if (name == NULL) /* a name in some other encoding; those of parts are ASCII */
    name = archive_entry_pathname (entry);
  return name != NULL ? normalise_name (name) : NULL;
}

static gboolean
throw_damaged (Archive *archive, const char *name, GError **error)
{
  const char *why = archive_error_string (archive);
  g_autofree char *clean = g_utf8_make_valid (why != NULL ? why : "no details", -1);

  if (name == NULL)
    return attest_throw (error, ATTEST_ERROR_INPUT, "the ZIP archive is damaged or cut off (%s)",
                         clean);
  return attest_throw (error, ATTEST_ERROR_INPUT, "%s is damaged (%s)", name, clean);
}

static Archive *
open_archive (GBytes *bytes, GError **error)
{
  g_autoptr (Archive) archive = archive_read_new ();
  gsize n_bytes;
  const guint8 *data = g_bytes_get_data (bytes, &n_bytes);

  if (n_bytes < 4 || memcmp (data, "PK", 2) != 0)
    return attest_throw_null (error, ATTEST_ERROR_INPUT, "it is not a ZIP archive");
  archive_read_support_format_zip_seekable (archive);
  if (archive_read_open_memory (archive, data, n_bytes) < ARCHIVE_WARN)
    {
      throw_damaged (archive, NULL, error);
      return NULL;
    }
  return g_steal_pointer (&archive);
}

static gboolean
read_directory (AttestZip *zip, GError **error)
{
  g_autoptr (Archive) archive = open_archive (zip->bytes, error);
  struct archive_entry *entry;
  guint n_entries = 0;
  int status;

  if (archive == NULL)
    return FALSE;
  while ((status = archive_read_next_header (archive, &entry)) == ARCHIVE_OK
         || status == ARCHIVE_WARN)
    {
      char *name;
      guint count;

      if (++n_entries > ATTEST_MAX_ARCHIVE_ENTRIES)
        return attest_throw (error, ATTEST_ERROR_INPUT, "the ZIP archive has more than %d entries",
                             ATTEST_MAX_ARCHIVE_ENTRIES);
      name = entry_name (entry);
      if (name == NULL)
        continue;
      count = GPOINTER_TO_UINT (g_hash_table_lookup (zip->names, name));
      g_hash_table_insert (zip->names, name, GUINT_TO_POINTER (count + 1));
    }
  return status == ARCHIVE_EOF || throw_damaged (archive, NULL, error);
}

AttestZip *
attest_zip_new (GBytes *bytes, GError **error)
{
  g_autoptr (AttestZip) zip = NULL;
  gsize n_bytes;
  const guint8 *data = g_bytes_get_data (bytes, &n_bytes);

  if (attest_zip_is_ole (data, n_bytes))
    return throw_ole (data, n_bytes, error);
  zip = g_new0 (AttestZip, 1);
  zip->bytes = g_bytes_ref (bytes);
  zip->max_total_bytes = ATTEST_MAX_ARCHIVE_TOTAL_BYTES;
  zip->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!read_directory (zip, error))
    return NULL;
  return g_steal_pointer (&zip);
}

void
attest_zip_free (AttestZip *zip)
{
  if (zip == NULL)
    return;
  g_clear_pointer (&zip->walk, archive_close_free);
  g_free (zip->walk_name);
  g_bytes_unref (zip->bytes);
  g_hash_table_unref (zip->names);
  g_free (zip);
}

gboolean
attest_zip_contains (const AttestZip *zip, const char *name)
{
  g_autofree char *wanted = normalise_name (name);

  return wanted != NULL && g_hash_table_contains (zip->names, wanted);
}

/* After each block: what the entry says about its own size is not believed. */
static gboolean
check_limits (const Unpacking *unpacking, Archive *archive, GError **error)
{
  gsize unpacked = unpacking->out->len;
  gint64 packed = archive_filter_bytes (archive, 0) - unpacking->start_byte;

  if (unpacked > ATTEST_MAX_ARCHIVE_ENTRY_BYTES)
    return attest_throw (error, ATTEST_ERROR_INPUT, "%s is larger than %u MiB when unpacked",
                         unpacking->name, ATTEST_MAX_ARCHIVE_ENTRY_BYTES >> 20);
  if (unpacking->zip->total_bytes + unpacked > unpacking->zip->max_total_bytes)
    return attest_throw (error, ATTEST_ERROR_INPUT,
                         "the parts are larger than %" G_GUINT64_FORMAT " MiB when unpacked",
                         unpacking->zip->max_total_bytes >> 20);
  if (unpacked > ATTEST_MIN_RATIO_BYTES
      && unpacked / ATTEST_MAX_ARCHIVE_RATIO > (gsize)MAX (packed, 1))
    return attest_throw (error, ATTEST_ERROR_INPUT,
                         "%s is packed more than %d : 1, as no document is (a ZIP bomb?)",
                         unpacking->name, ATTEST_MAX_ARCHIVE_RATIO);
  return TRUE;
}

/* Bytes to set aside for an entry that says it has @says: no more than its packed size makes
 * likely. */
static guint
expected_bytes (const AttestZip *zip, gint64 says)
{
  gint64 likely = (gint64)g_bytes_get_size (zip->bytes) * 40;

  return (guint)CLAMP (says, 0, MIN (likely, ATTEST_MAX_ARCHIVE_ENTRY_BYTES));
}

static GBytes *
unpack (AttestZip *zip, Archive *archive, gint64 says_bytes, const char *name, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_sized_new (expected_bytes (zip, says_bytes));
  g_autofree guint8 *block = g_malloc (BLOCK_BYTES);
  Unpacking unpacking = { zip, name, archive_filter_bytes (archive, 0), out };
  la_ssize_t n_bytes;

  while ((n_bytes = archive_read_data (archive, block, BLOCK_BYTES)) > 0)
    {
      g_byte_array_append (out, block, (guint)n_bytes);
      if (!check_limits (&unpacking, archive, error))
        return NULL;
    }
  if (n_bytes < 0)
    {
      throw_damaged (archive, name, error);
      return NULL;
    }
  zip->total_bytes += out->len;
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

GBytes *
attest_zip_read (AttestZip *zip, const char *name, GError **error)
{
  g_autofree char *wanted = normalise_name (name);
  g_autoptr (Archive) archive = NULL;
  struct archive_entry *entry;
  guint count = 0;

  if (wanted != NULL)
    count = GPOINTER_TO_UINT (g_hash_table_lookup (zip->names, wanted));
  if (count == 0)
    return attest_throw_null (error, ATTEST_ERROR_INPUT, "%s is missing", name);
  /* Programs differ in which one they show: a quote must not depend on that. */
  if (count > 1)
    return attest_throw_null (error, ATTEST_ERROR_INPUT, "%s occurs %u times", name, count);

  archive = open_archive (zip->bytes, error);
  if (archive == NULL)
    return NULL;
  while (archive_read_next_header (archive, &entry) >= ARCHIVE_WARN)
    {
      g_autofree char *found = entry_name (entry);

      if (g_strcmp0 (found, wanted) != 0)
        continue;
      if (archive_entry_is_encrypted (entry))
        return attest_throw_null (error, ATTEST_ERROR_INPUT,
                                  "%s is encrypted: save the document without a password", name);
      return unpack (zip, archive, archive_entry_size (entry), name, error);
    }
  throw_damaged (archive, name, error);
  return NULL;
}

void
attest_zip_set_max_total (AttestZip *zip, guint64 max_total_bytes)
{
  zip->max_total_bytes = max_total_bytes;
}

gboolean
attest_zip_next (AttestZip *zip, char **out_name, GError **error)
{
  int status;

  *out_name = NULL;
  if (zip->walk == NULL && (zip->walk = open_archive (zip->bytes, error)) == NULL)
    return FALSE;
  while ((status = archive_read_next_header (zip->walk, &zip->walk_entry)) == ARCHIVE_OK
         || status == ARCHIVE_WARN)
    {
      const char *name = archive_entry_pathname_utf8 (zip->walk_entry);

      if (name == NULL)
        name = archive_entry_pathname (zip->walk_entry);
      if (name == NULL || *name == '\0' || g_str_has_suffix (name, "/")
          || archive_entry_filetype (zip->walk_entry) == AE_IFDIR)
        continue;
      g_free (zip->walk_name);
      zip->walk_name = g_utf8_make_valid (name, -1);
      g_strdelimit (zip->walk_name, "\\", '/');
      *out_name = g_strdup (zip->walk_name);
      return TRUE;
    }
  return status == ARCHIVE_EOF || throw_damaged (zip->walk, NULL, error);
}

GBytes *
attest_zip_unpack (AttestZip *zip, GError **error)
{
  g_return_val_if_fail (zip->walk != NULL && zip->walk_name != NULL, NULL);
  if (archive_entry_is_encrypted (zip->walk_entry))
    return attest_throw_null (error, ATTEST_ERROR_INPUT,
                              "it is encrypted: unpack the archive with its password first");
  return unpack (zip, zip->walk, archive_entry_size (zip->walk_entry), zip->walk_name, error);
}
