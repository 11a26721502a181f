#include "util/attest-output.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Large enough that writing costs nothing, small enough that memory does not count. */
#define STEP_BYTES (64 * 1024)

struct _AttestOutput
{
  FILE *stream;
  GString *buffer;
  char *path;      /* for messages; NULL: a stream of somebody else */
  char *temporary; /* NULL: written directly */
  char *target;    /* @path with links followed */
  gboolean nobody_reads;
};

static gboolean
throw_errno (const AttestOutput *output, const char *what, GError **error)
{
  int saved = errno;

  g_set_error (error, G_FILE_ERROR, (int)g_file_error_from_errno (saved), "%s%scannot %s: %s",
               output->path != NULL ? output->path : "", output->path != NULL ? ": " : "", what,
               g_strerror (saved));
  return FALSE;
}

AttestOutput *
attest_output_new_stream (FILE *stream)
{
  AttestOutput *output = g_new0 (AttestOutput, 1);

  output->stream = stream;
  output->buffer = g_string_sized_new (STEP_BYTES + 4096);
  return output;
}

/* A name that does not exist yet is its own target. */
static char *
dup_target (const char *path)
{
  char *resolved = realpath (path, NULL);
  char *copy = g_strdup (resolved != NULL ? resolved : path);

  free (resolved);
  return copy;
}

static gboolean
open_beside (AttestOutput *output, const GStatBuf *old, GError **error)
{
  int fd;

  output->temporary = g_strconcat (output->target, ".XXXXXX", NULL);
  fd = g_mkstemp_full (output->temporary, O_RDWR | O_CLOEXEC, 0666);
  if (fd < 0)
    {
      g_clear_pointer (&output->temporary, g_free);
      return throw_errno (output, "write", error);
    }
  if (old != NULL && fchmod (fd, old->st_mode & 07777) != 0)
    {
      throw_errno (output, "set the rights of the new file", error);
      close (fd);
      return FALSE;
    }
  output->stream = fdopen (fd, "wb");
  return output->stream != NULL || throw_errno (output, "write", error);
}

AttestOutput *
attest_output_new_file (const char *path, GError **error)
{
  g_autoptr (AttestOutput) output = attest_output_new_stream (NULL);
  GStatBuf old;
  gboolean exists;

  output->path = g_strdup (path);
  output->target = dup_target (path);
  exists = g_stat (output->target, &old) == 0;
  if (exists && S_ISDIR (old.st_mode))
    {
      errno = EISDIR;
      throw_errno (output, "write", error);
      return NULL;
    }
  if (exists && !S_ISREG (old.st_mode))
    {
      output->stream = g_fopen (output->target, "wbe");
      if (output->stream == NULL)
        throw_errno (output, "write", error);
      return output->stream != NULL ? g_steal_pointer (&output) : NULL;
    }
  return open_beside (output, exists ? &old : NULL, error) ? g_steal_pointer (&output) : NULL;
}

GString *
attest_output_get_buffer (AttestOutput *output)
{
  return output->buffer;
}

static gboolean
write_buffer (AttestOutput *output, GError **error)
{
  gsize length_bytes = output->buffer->len;
  gsize written;

  if (output->nobody_reads)
    {
      g_string_truncate (output->buffer, 0);
      return TRUE;
    }
  written = fwrite (output->buffer->str, 1, length_bytes, output->stream);
  g_string_truncate (output->buffer, 0);
  if (written == length_bytes)
    return TRUE;
  output->nobody_reads = errno == EPIPE;
  return output->nobody_reads || throw_errno (output, "write the output", error);
}

gboolean
attest_output_step (AttestOutput *output, GError **error)
{
  return output->buffer->len < STEP_BYTES || write_buffer (output, error);
}

gboolean
attest_output_close (AttestOutput *output, GError **error)
{
  FILE *stream = output->stream;

  if (!write_buffer (output, error))
    return FALSE;
  if (output->path == NULL)
    return fflush (stream) == 0 || errno == EPIPE
           || throw_errno (output, "write the output", error);
  if (fflush (stream) != 0 || (output->temporary != NULL && fsync (fileno (stream)) != 0))
    return throw_errno (output, "write", error);
  output->stream = NULL;
  if (fclose (stream) != 0)
    return throw_errno (output, "write", error);
  if (output->temporary != NULL && g_rename (output->temporary, output->target) != 0)
    return throw_errno (output, "put the new file in its place", error);
  g_clear_pointer (&output->temporary, g_free);
  return TRUE;
}

void
attest_output_free (AttestOutput *output)
{
  if (output == NULL)
    return;
  if (output->path != NULL && output->stream != NULL)
    fclose (output->stream);
  if (output->temporary != NULL)
    g_unlink (output->temporary);
  g_string_free (output->buffer, TRUE);
  g_free (output->path);
  g_free (output->temporary);
  g_free (output->target);
  g_free (output);
}
