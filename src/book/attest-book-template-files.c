/* The template of a book: the files of attest, and those of an institution in their place. */
#include "book/attest-book-private.h"

#include <string.h>

#include "book/attest-book-resource.h"
#include "report/attest-page.h"
#include "util/attest-error.h"
#include "util/attest-limits.h"

static const char *const names[]
    = { "header",   "footer",  "index",       "heat",       "findings", "recommendations", "code",
        "codebook", "methods", "transcripts", "transcript", "search",   "quotes",          NULL };

#define LABELS "labels.ini"
#define COLOURS "colours.ini"

typedef struct
{
  const char *suffix, *type, *magic;
  gsize magic_bytes;
} LogoType;

/* An SVG in <img> runs no script and loads nothing. */
static const LogoType logo_types[] = {
  { "logo.svg", "image/svg+xml", "<", 1 },
  { "logo.png", "image/png", "\x89PNG", 4 },
  { "logo.jpg", "image/jpeg", "\xff\xd8\xff", 3 },
};

static GBytes *
load_resource (const char *name)
{
  g_autofree char *path = g_strconcat ("/attest/book/", name, NULL);
  GBytes *bytes = g_resource_lookup_data (attest_book_get_resource (), path,
                                          G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_assert (bytes != NULL);
  return bytes;
}

static char *
dup_resource (const char *name)
{
  g_autoptr (GBytes) bytes = load_resource (name);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* ---- the folder of the institution ---- */

/* The path of a file of the folder, or NULL when there is none. */
static char *
dup_own_path (const AttestBook *book, const char *name)
{
  g_autofree char *path = NULL;

  if (book->options->template_dir == NULL)
    return NULL;
  path = g_build_filename (book->options->template_dir, name, NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS) ? g_steal_pointer (&path) : NULL;
}

static gboolean
read_own (const char *path, char **out_text, gsize *out_length, GError **error)
{
  if (!g_file_get_contents (path, out_text, out_length, error))
    return FALSE;
  if (*out_length <= ATTEST_MAX_TEMPLATE_BYTES)
    return TRUE;
  g_clear_pointer (out_text, g_free);
  return attest_throw (error, ATTEST_ERROR_LIMIT, "%s: is larger than %u kB", path,
                       ATTEST_MAX_TEMPLATE_BYTES / 1024);
}

static gboolean
is_template_file (const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_has_prefix (name, names[i]) && strcmp (name + strlen (names[i]), ".txt") == 0)
      return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (logo_types); i++)
    if (strcmp (name, logo_types[i].suffix) == 0)
      return TRUE;
  return strcmp (name, LABELS) == 0 || strcmp (name, COLOURS) == 0;
}

/* A file with a slip in its name must not be passed over in silence. */
static gboolean
check_folder (const char *folder, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *name;

  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      gboolean looks_like_ours = g_str_has_suffix (name, ".txt") || g_str_has_suffix (name, ".ini")
                                 || g_str_has_prefix (name, "logo.");

      if (looks_like_ours && *name != '.' && !is_template_file (name))
        {
          g_autofree char *known = g_strjoinv (".txt, ", (char **)names);

          return attest_throw (error, ATTEST_ERROR_INPUT,
                               "%s/%s: is no file of a template; there are %s.txt, labels.ini, "
                               "colours.ini, logo.svg, logo.png and logo.jpg",
                               folder, name, known);
        }
    }
  return TRUE;
}

/* ---- pages ---- */

static gboolean
load_page (AttestBook *book, const char *name, GError **error)
{
  g_autofree char *file = g_strconcat (name, ".txt", NULL);
  g_autofree char *path = dup_own_path (book, file);
  g_autofree char *text = NULL;
  GArray *items;
  gsize length;

  if (path == NULL)
    {
      text = dup_resource (file);
      length = strlen (text);
    }
  else if (!read_own (path, &text, &length, error))
    return FALSE;
  items = attest_book_parse_template (book, name, path != NULL ? path : file, text, length, error);
  if (items == NULL)
    return FALSE;
  g_hash_table_insert (book->templates, g_strdup (name), items);
  return TRUE;
}

/* ---- colours ---- */

/* #rgb or #rrggbb, and nothing else: it becomes part of the style sheet. */
static gboolean
is_colour (const char *text)
{
  gsize n = *text == '#' ? strspn (text + 1, "0123456789abcdefABCDEF") : 0;

  return (n == 3 || n == 6) && text[1 + n] == '\0';
}

static gboolean
append_colours (GKeyFile *file, const char *group, const char *path, GString *style, GError **error)
{
  static const char *const keys[]
      = { "accent", "link", "background", "panel", "text", "soft", "line", NULL };
  static const char *const variables[]
      = { "accent", "link", "bg", "panel", "text", "soft", "line", NULL };
  g_auto (GStrv) found = g_key_file_get_keys (file, group, NULL, NULL);

  for (char **key = found; found != NULL && *key != NULL; key++)
    {
      g_autofree char *value = g_key_file_get_string (file, group, *key, NULL);
      guint i = 0;

      while (keys[i] != NULL && strcmp (keys[i], *key) != 0)
        i++;
      if (keys[i] == NULL)
        return attest_throw (error, ATTEST_ERROR_INPUT,
                             "%s: [%s] has no colour '%s'; there are accent, link, background, "
                             "panel, text, soft and line",
                             path, group, *key);
      if (value == NULL || !is_colour (value))
        return attest_throw (error, ATTEST_ERROR_INPUT,
                             "%s: [%s] %s is no colour; write it as #1f6f8b", path, group, *key);
      g_string_append_printf (style, "--%s: %s; ", variables[i], value);
    }
  return TRUE;
}

static gboolean
append_own_colours (AttestBook *book, GString *style, GError **error)
{
  g_autofree char *path = dup_own_path (book, COLOURS);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) inner = NULL;
  g_auto (GStrv) groups = NULL;

  if (path == NULL)
    return TRUE;
  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &inner))
    return attest_throw (error, ATTEST_ERROR_INPUT, "%s: %s", path, inner->message);
  groups = g_key_file_get_groups (file, NULL);
  for (char **group = groups; *group != NULL; group++)
    if (strcmp (*group, "light") != 0 && strcmp (*group, "dark") != 0)
      return attest_throw (error, ATTEST_ERROR_INPUT, "%s: [%s]: there are [light] and [dark]",
                           path, *group);
  g_string_append (style, "@media screen { :root { ");
  if (!append_colours (file, "light", path, style, error))
    return FALSE;
  g_string_append (style, "} }\n@media screen and (prefers-color-scheme: dark) { :root { ");
  if (!append_colours (file, "dark", path, style, error))
    return FALSE;
  g_string_append (style, "} }\n");
  return TRUE;
}

/* ---- style, script, logo ---- */

static gboolean
load_logo (AttestBook *book, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (logo_types); i++)
    {
      const LogoType *type = &logo_types[i];
      g_autofree char *path = dup_own_path (book, type->suffix);
      g_autofree char *data = NULL;
      g_autofree char *encoded = NULL;
      gsize length;

      if (path == NULL)
        continue;
      if (!read_own (path, &data, &length, error))
        return FALSE;
      if (length < type->magic_bytes || memcmp (data, type->magic, type->magic_bytes) != 0)
        return attest_throw (error, ATTEST_ERROR_INPUT, "%s: is no %s picture", path,
                             strchr (type->suffix, '.') + 1);
      encoded = g_base64_encode ((const guchar *)data, length);
      book->logo = g_strdup_printf ("data:%s;base64,%s", type->type, encoded);
      return TRUE;
    }
  return TRUE;
}

static char *
dup_hash (const char *text)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize digest_bytes = sizeof digest;

  g_checksum_update (checksum, (const guchar *)text, (gssize)strlen (text));
  g_checksum_get_digest (checksum, digest, &digest_bytes);
  return g_base64_encode (digest, digest_bytes);
}

/* Only this style and this script, by what they are; not even other files of the folder. */
static void
make_policy (AttestBook *book)
{
  g_autofree char *style = dup_hash (book->style);
  g_autofree char *script = dup_hash (book->script);

  book->policy = g_strdup_printf (
      "default-src 'none'; style-src 'sha256-%s'; script-src 'sha256-%s'; %sbase-uri 'none'; "
      "form-action 'none'",
      style, script, book->logo != NULL ? "img-src data:; " : "");
}

gboolean
attest_book_load_templates (AttestBook *book, GError **error)
{
  g_autofree char *labels = dup_own_path (book, LABELS);
  g_autofree char *book_style = dup_resource ("book.css");
  g_autofree char *book_script = dup_resource ("book.js");
  g_autofree char *search_script = dup_resource ("search.js");
  g_autofree char *page_style = attest_page_dup_style ();
  g_autoptr (GString) style = g_string_new (page_style);

  if (book->options->template_dir != NULL && !check_folder (book->options->template_dir, error))
    return FALSE;
  book->labels = attest_catalogue_new (book->options->lang, labels, error);
  if (book->labels == NULL)
    return FALSE;
  for (guint i = 0; names[i] != NULL; i++)
    if (!load_page (book, names[i], error))
      return FALSE;
  g_string_append (style, book_style);
  if (!append_own_colours (book, style, error) || !load_logo (book, error))
    return FALSE;
  book->style = g_string_free (g_steal_pointer (&style), FALSE);
  book->script = g_strconcat (book_script, search_script, NULL);
  make_policy (book);
  return TRUE;
}
