#include "reader/attest-reader.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "reader/attest-reader-private.h"
#include "reader/attest-roles.h"
#include "util/attest-error.h"
#include "util/attest-limits.h"
#include "util/attest-text.h"

/* To add a format, add a file, its line in the fragment, and a line here. */
/* clang-format off */
static const AttestReader *const readers[] = {
  &attest_reader_docx,
  &attest_reader_odt,
  &attest_reader_xlsx,
  &attest_reader_rtf,
  &attest_reader_html,
  &attest_reader_eaf,
  &attest_reader_exb,
  &attest_reader_tei,
  &attest_reader_cha,
  &attest_reader_textgrid,
  &attest_reader_pdf,
  &attest_reader_vtt,
  &attest_reader_srt,
  &attest_reader_json,
  &attest_reader_csv,
  &attest_reader_md,
  &attest_reader_txt,
  NULL,
};
/* clang-format on */

#define PROBE_BYTES 4096

const AttestReader *const *
attest_reader_list (void)
{
  return readers;
}

const AttestReader *
attest_reader_find (const char *id)
{
  for (const AttestReader *const *r = readers; *r != NULL; r++)
    if (strcmp ((*r)->id, id) == 0)
      return *r;
  return NULL;
}

gboolean
attest_probe_contains (const AttestProbe *probe, const char *name)
{
  gsize n_bytes = strlen (name);

  for (gsize i = 0; i + n_bytes <= probe->head_bytes; i++)
    if (memcmp (probe->head + i, name, n_bytes) == 0)
      return TRUE;
  return FALSE;
}

gboolean
attest_probe_is_xml (const AttestProbe *probe)
{
  const char *text = probe->head_text;

  if (text == NULL)
    return TRUE;
  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    text += 3;
  return text[strspn (text, " \t\r\n")] == '<';
}

/* The head as text, cut at a whole character; NULL when it holds a NUL and no UTF-16 mark. */
static char *
head_text (const guint8 *head, gsize head_bytes)
{
  gboolean wide = head_bytes >= 2
                  && ((head[0] == 0xff && head[1] == 0xfe) || (head[0] == 0xfe && head[1] == 0xff));

  if (wide)
    return g_convert_with_fallback ((const char *)head, (gssize)(head_bytes & ~(gsize)1), "UTF-8",
                                    "UTF-16", "?", NULL, NULL, NULL);
  return g_utf8_make_valid ((const char *)head, (gssize)head_bytes);
}

static int
compare_bids (gconstpointer a, gconstpointer b)
{
  return ((const AttestReaderBid *)b)->score - ((const AttestReaderBid *)a)->score;
}

GArray *
attest_reader_bids (const char *path, const guint8 *bytes, gsize length_bytes)
{
  const char *dot = strrchr (path, '.');
  g_autofree char *suffix
      = g_ascii_strdown (dot != NULL && strchr (dot, '/') == NULL ? dot + 1 : "", -1);
  g_autofree char *text = head_text (bytes, MIN (length_bytes, PROBE_BYTES));
  AttestProbe probe = { suffix, bytes, MIN (length_bytes, PROBE_BYTES), length_bytes, text };
  GArray *bids = g_array_new (FALSE, FALSE, sizeof (AttestReaderBid));

  for (const AttestReader *const *r = readers; *r != NULL; r++)
    {
      AttestReaderBid bid = { *r, (*r)->probe (&probe) };

      g_array_append_val (bids, bid);
    }
  /* Stable: ties go to the order of the list. */
  g_array_sort (bids, compare_bids);
  return bids;
}

static const AttestReader *
choose (const char *path, const guint8 *bytes, gsize size)
{
  g_autoptr (GArray) bids = attest_reader_bids (path, bytes, size);
  const AttestReaderBid *best = &g_array_index (bids, AttestReaderBid, 0);

  return best->score > 0 ? best->reader : NULL;
}

/* Libraries quote the file in their messages, with all that is in it. */
static void
make_printable (GError **error)
{
  char *message;

  if (error == NULL || *error == NULL)
    return;
  message = attest_text_printable ((*error)->message, strlen ((*error)->message), 0);
  g_free ((*error)->message);
  (*error)->message = g_strstrip (message);
}

AttestDocument *
attest_reader_read_bytes (const char *path, GBytes *bytes, const AttestReadOptions *options,
                          GError **error)
{
  static const AttestReadOptions no_options = { NULL };
  g_autoptr (AttestDocument) doc = attest_document_new (path);
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  const AttestReader *reader;

  options = options != NULL ? options : &no_options;
  if (size == 0)
    return attest_throw_null (error, ATTEST_ERROR_INPUT, "%s: the file is empty", path);
  reader
      = options->format != NULL ? attest_reader_find (options->format) : choose (path, data, size);
  if (reader == NULL)
    return attest_throw_null (error, ATTEST_ERROR_INPUT, "%s: no reader for this kind of file",
                              path);
  doc->original = g_bytes_ref (bytes);
  doc->reader = reader->id;
  if (!reader->read (doc, options, error))
    {
      make_printable (error);
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  if (doc->turns->len == 0)
    return attest_throw_null (error, ATTEST_ERROR_INPUT, "%s: nobody says anything in it", path);
  if (doc->turns->len > ATTEST_MAX_TURNS)
    return attest_throw_null (error, ATTEST_ERROR_LIMIT,
                              "%s: more than %u turns; split the file, one part for each interview",
                              path, ATTEST_MAX_TURNS);
  attest_roles_assign (doc, options->interviewers);
  attest_document_count_words (doc);
  if (!options->unhashed)
    attest_document_hash (doc);
  return g_steal_pointer (&doc);
}

GBytes *
attest_reader_load_file (const char *path, GError **error)
{
  g_autofree char *contents = NULL;
  GStatBuf info;
  gsize size = 0;

  if (g_stat (path, &info) != 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", path,
                   g_strerror (errno));
      return NULL;
    }
  if (!S_ISREG (info.st_mode))
    return attest_throw_null (error, ATTEST_ERROR_INPUT, "%s: not a regular file", path);
  if ((guint64)info.st_size > ATTEST_MAX_SOURCE_BYTES)
    return attest_throw_null (error, ATTEST_ERROR_LIMIT, "%s: larger than %u MB", path,
                              ATTEST_MAX_SOURCE_BYTES >> 20);
  if (!g_file_get_contents (path, &contents, &size, error))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&contents), size);
}

AttestDocument *
attest_reader_read_file (const char *path, const AttestReadOptions *options, GError **error)
{
  g_autoptr (GBytes) bytes = attest_reader_load_file (path, error);

  return bytes != NULL ? attest_reader_read_bytes (path, bytes, options, error) : NULL;
}
