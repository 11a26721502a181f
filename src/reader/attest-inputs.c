#include "reader/attest-inputs.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "reader/attest-zip.h"
#include "util/attest-error.h"
#include "util/attest-limits.h"

/* One name of the row; an archive stands for several inputs. */
typedef struct
{
  char *path;
  guint64 size_bytes;
  GBytes *bytes; /* standard input */
  gboolean archive;
} Entry;

struct _AttestInputs
{
  GArray *entries; /* of Entry */
  GPtrArray *left_out;
  guint count;
  guint64 bytes;
  guint next;     /* entry */
  AttestZip *zip; /* of entry next - 1, while there is something in it */
};

static void
clear_entry (gpointer data)
{
  Entry *entry = data;

  g_free (entry->path);
  g_clear_pointer (&entry->bytes, g_bytes_unref);
}

void
attest_input_free (AttestInput *input)
{
  if (input == NULL)
    return;
  g_free (input->path);
  g_clear_pointer (&input->bytes, g_bytes_unref);
  g_clear_error (&input->error);
  g_free (input);
}

AttestDocument *
attest_input_read (const AttestInput *input, const AttestReadOptions *options, GError **error)
{
  if (input->error != NULL)
    {
      g_propagate_error (error, g_error_copy (input->error));
      return NULL;
    }
  if (input->bytes != NULL)
    return attest_reader_read_bytes (input->path, input->bytes, options, error);
  return attest_reader_read_file (input->path, options, error);
}

/* ---- what is taken ---- */

static const char *
suffix_of (const char *name)
{
  const char *dot = strrchr (name, '.');

  return dot != NULL && dot != name ? dot + 1 : "";
}

static gboolean
is_known_suffix (const char *suffix)
{
  for (const AttestReader *const *r = attest_reader_list (); *r != NULL; r++)
    for (const char *const *known = (*r)->suffixes; *known != NULL; known++)
      if (g_ascii_strcasecmp (*known, suffix) == 0)
        return TRUE;
  return FALSE;
}

/* What systems and programs leave behind, and nobody means. */
static gboolean
is_passed_over (const char *name)
{
  static const char *const names[] = { "Thumbs.db", "desktop.ini", "__MACOSX", NULL };
  const char *suffix = suffix_of (name);

  return name[0] == '.' || g_str_has_prefix (name, "~$") || g_strv_contains (names, name)
         || strcmp (suffix, "attest") == 0 || strcmp (suffix, "attest-wal") == 0
         || strcmp (suffix, "attest-shm") == 0;
}

static void
leave_out (AttestInputs *inputs, const char *path, const char *why)
{
  g_ptr_array_add (inputs->left_out, g_strdup_printf ("%s: left out: %s", path, why));
}

static void
leave_out_kind (AttestInputs *inputs, const char *path)
{
  const char *suffix = suffix_of (path);
  g_autofree char *why = *suffix != '\0' ? g_strdup_printf ("no reader for .%s files", suffix)
                                         : g_strdup ("its name does not say what it is");

  leave_out (inputs, path, why);
}

static gboolean
add_entry (AttestInputs *inputs, Entry entry, guint n_inputs, GError **error)
{
  g_array_append_val (inputs->entries, entry);
  inputs->count += n_inputs;
  inputs->bytes += entry.size_bytes;
  return inputs->count <= ATTEST_MAX_INPUTS
         || attest_throw (error, ATTEST_ERROR_LIMIT, "more than %u files", ATTEST_MAX_INPUTS);
}

static gboolean
add_file (AttestInputs *inputs, const char *path, guint64 size_bytes, GError **error)
{
  return add_entry (inputs, (Entry){ g_strdup (path), size_bytes, NULL, FALSE }, 1, error);
}

/* ---- archives ---- */

/* NULL: the file is none of transcripts; it is read as it is, or refused as what it is. */
static AttestZip *
open_archive (const char *path)
{
  g_autofree char *contents = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (AttestZip) zip = NULL;
  GStatBuf info;
  gsize size = 0;

  if (g_ascii_strcasecmp (suffix_of (path), "zip") != 0 || g_stat (path, &info) != 0
      || (guint64)info.st_size > ATTEST_MAX_SOURCE_BYTES
      || !g_file_get_contents (path, &contents, &size, NULL))
    return NULL;
  bytes = g_bytes_new_take (g_steal_pointer (&contents), size);
  zip = attest_zip_new (bytes, NULL);
  /* An Office or an OpenDocument file. */
  if (zip == NULL || attest_zip_contains (zip, "[Content_Types].xml")
      || attest_zip_contains (zip, "mimetype"))
    return NULL;
  attest_zip_set_max_total (zip, ATTEST_MAX_BUNDLE_BYTES);
  return g_steal_pointer (&zip);
}

typedef enum
{
  MEMBER_TAKEN,
  MEMBER_PASSED_OVER,
  MEMBER_ARCHIVE,
  MEMBER_UNKNOWN,
} Member;

static Member
judge_member (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "/", -1);

  for (char **part = parts; *part != NULL; part++)
    if (is_passed_over (*part) && strcmp (*part, "..") != 0 && strcmp (*part, ".") != 0)
      return MEMBER_PASSED_OVER;
  if (g_ascii_strcasecmp (suffix_of (name), "zip") == 0)
    return MEMBER_ARCHIVE;
  return is_known_suffix (suffix_of (name)) ? MEMBER_TAKEN : MEMBER_UNKNOWN;
}

static gboolean
add_archive (AttestInputs *inputs, const char *path, AttestZip *zip, guint64 size_bytes,
             GError **error)
{
  guint n_taken = 0;
  char *name = NULL;

  /* Damage is told when the members are read. */
  while (attest_zip_next (zip, &name, NULL) && name != NULL)
    {
      g_autofree char *member = name;
      g_autofree char *shown = g_strconcat (path, "/", member, NULL);

      switch (judge_member (member))
        {
        case MEMBER_TAKEN:
          n_taken++;
          break;
        case MEMBER_ARCHIVE:
          leave_out (inputs, shown, "an archive in an archive; unpack it first");
          break;
        case MEMBER_UNKNOWN:
          leave_out_kind (inputs, shown);
          break;
        case MEMBER_PASSED_OVER:
          break;
        }
    }
  if (n_taken == 0)
    leave_out (inputs, path, "no transcript is in it");
  return add_entry (inputs, (Entry){ g_strdup (path), size_bytes, NULL, TRUE }, n_taken, error);
}

static AttestInput *
next_member (AttestInputs *inputs, const char *archive)
{
  AttestInput *input = g_new0 (AttestInput, 1);
  g_autofree char *name = NULL;

  do
    {
      g_clear_pointer (&name, g_free);
      if (!attest_zip_next (inputs->zip, &name, &input->error))
        name = NULL;
    }
  while (name != NULL && judge_member (name) != MEMBER_TAKEN);
  if (name == NULL && input->error == NULL)
    {
      attest_input_free (input);
      return NULL;
    }
  input->path = name != NULL ? g_strconcat (archive, "/", name, NULL) : g_strdup (archive);
  if (name != NULL)
    input->bytes = attest_zip_unpack (inputs->zip, &input->error);
  else
    g_clear_pointer (&inputs->zip, attest_zip_free);
  if (input->bytes != NULL)
    input->size_bytes = g_bytes_get_size (input->bytes);
  if (input->error != NULL)
    g_prefix_error (&input->error, "%s: ", input->path);
  return input;
}

/* ---- folders ---- */

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
list_folder (const char *path, GError **error)
{
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GDir) dir = g_dir_open (path, 0, error);
  const char *name;

  if (dir == NULL)
    return NULL;
  names = g_ptr_array_new_with_free_func (g_free);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (!is_passed_over (name))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

static gboolean add_folder (AttestInputs *inputs, const char *path, guint depth, GError **error);

/* A file that is named, or found in a folder (@depth over 0). */
static gboolean
add_path (AttestInputs *inputs, const char *path, guint depth, GError **error)
{
  g_autoptr (AttestZip) zip = NULL;
  GStatBuf info, link;
  guint64 size_bytes;

  if (g_stat (path, &info) != 0)
    return add_file (inputs, path, 0, error);
  size_bytes = (guint64)info.st_size;
  if (S_ISDIR (info.st_mode))
    {
      if (depth == 0 || (g_lstat (path, &link) == 0 && !S_ISLNK (link.st_mode)))
        return add_folder (inputs, path, depth, error);
      leave_out (inputs, path, "a link to a folder; name the folder itself");
      return TRUE;
    }
  if (S_ISREG (info.st_mode) && (zip = open_archive (path)) != NULL)
    return add_archive (inputs, path, zip, size_bytes, error);
  if (depth == 0 || (S_ISREG (info.st_mode) && is_known_suffix (suffix_of (path))))
    return add_file (inputs, path, size_bytes, error);
  leave_out_kind (inputs, path);
  return TRUE;
}

/* Beside the interviews stands who the respondents are. */
static gboolean
is_respondents (const char *name)
{
  return g_ascii_strcasecmp (name, "respondents.csv") == 0;
}

static gboolean
add_folder (AttestInputs *inputs, const char *path, guint depth, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) names = NULL;
  guint before = inputs->count;

  if (depth >= ATTEST_MAX_FOLDER_DEPTH)
    {
      leave_out (inputs, path, "too many folders inside folders");
      return TRUE;
    }
  names = list_folder (path, &local);
  if (names == NULL)
    {
      leave_out (inputs, path, local->message);
      return TRUE;
    }
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (is_respondents (name))
        leave_out (inputs, child, "it is for 'attest respondents import'");
      else if (!add_path (inputs, child, depth + 1, error))
        return FALSE;
    }
  if (depth == 0 && inputs->count == before)
    leave_out (inputs, path, "no transcript is in it");
  return TRUE;
}

/* ---- standard input ---- */

/* A line of @text from @*at on, without its end; NULL at the end, and for what no name can be. */
static char *
next_line (const char *text, gsize length_bytes, gsize *at)
{
  const char *start = text + *at;
  const char *end;

  if (*at >= length_bytes)
    return NULL;
  end = memchr (start, '\n', length_bytes - *at);
  if (end == NULL)
    end = text + length_bytes;
  *at = (gsize)(end - text) + 1;
  return g_strchomp (g_strndup (start, (gsize)(end - start)));
}

/* Whether a line names a file, or every line ends like one: a list whose files are gone is still a
 * list. */
static gboolean
is_list (const char *text, gsize length_bytes)
{
  gboolean like_names = TRUE;
  gsize at = 0;
  char *next;

  while ((next = next_line (text, length_bytes, &at)) != NULL)
    {
      g_autofree char *line = next;

      if (*line == '\0')
        continue;
      if (strlen (line) < PATH_MAX && g_file_test (line, G_FILE_TEST_EXISTS))
        return TRUE;
      like_names = like_names && is_known_suffix (suffix_of (line));
    }
  return like_names;
}

static gboolean
add_standard_input (AttestInputs *inputs, GBytes *bytes, AttestStdinUse use, GError **error)
{
  gsize length_bytes = 0, at = 0;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &length_bytes) : NULL;
  char *next;

  if (use == ATTEST_STDIN_LIST_OR_CONTENT && length_bytes > 0 && !is_list (text, length_bytes))
    return add_entry (
        inputs, (Entry){ g_strdup ("stdin"), length_bytes, g_bytes_ref (bytes), FALSE }, 1, error);
  while ((next = next_line (text, length_bytes, &at)) != NULL)
    {
      g_autofree char *line = next;

      if (*line != '\0' && !add_path (inputs, line, 0, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- the row ---- */

AttestInputs *
attest_inputs_new (char *const *names, guint n_names, GBytes *standard_input, AttestStdinUse use,
                   GError **error)
{
  g_autoptr (AttestInputs) inputs = g_new0 (AttestInputs, 1);

  inputs->entries = g_array_new (FALSE, TRUE, sizeof (Entry));
  g_array_set_clear_func (inputs->entries, clear_entry);
  inputs->left_out = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n_names; i++)
    if (strcmp (names[i], "-") == 0 ? !add_standard_input (inputs, standard_input, use, error)
                                    : !add_path (inputs, names[i], 0, error))
      return NULL;
  return g_steal_pointer (&inputs);
}

void
attest_inputs_free (AttestInputs *inputs)
{
  if (inputs == NULL)
    return;
  g_array_unref (inputs->entries);
  g_ptr_array_unref (inputs->left_out);
  attest_zip_free (inputs->zip);
  g_free (inputs);
}

guint
attest_inputs_get_count (const AttestInputs *inputs)
{
  return inputs->count;
}

guint64
attest_inputs_get_bytes (const AttestInputs *inputs)
{
  return inputs->bytes;
}

const GPtrArray *
attest_inputs_get_left_out (const AttestInputs *inputs)
{
  return inputs->left_out;
}

AttestInput *
attest_inputs_next (AttestInputs *inputs)
{
  for (;;)
    {
      const Entry *entry;
      AttestInput *input;

      if (inputs->zip != NULL)
        {
          entry = &g_array_index (inputs->entries, Entry, inputs->next - 1);
          input = next_member (inputs, entry->path);
          if (input != NULL)
            return input;
          g_clear_pointer (&inputs->zip, attest_zip_free);
        }
      if (inputs->next >= inputs->entries->len)
        return NULL;
      entry = &g_array_index (inputs->entries, Entry, inputs->next++);
      /* An archive that is no longer one is told to be what it is. */
      if (entry->archive && (inputs->zip = open_archive (entry->path)) != NULL)
        continue;
      input = g_new0 (AttestInput, 1);
      input->path = g_strdup (entry->path);
      input->bytes = entry->bytes != NULL ? g_bytes_ref (entry->bytes) : NULL;
      input->size_bytes = entry->size_bytes;
      return input;
    }
}
