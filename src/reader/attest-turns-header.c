/* attest-turns-header: what stands above the first turn. */
#include "config.h"

#include <string.h>

#include "reader/attest-label-words.h"
#include "reader/attest-turns-private.h"
#include "util/attest-text.h"

/* A preface longer than this is worth a warning, bytes. */
#define MAX_PREAMBLE_BYTES 600
/* Keys that nobody knows, after a blank line in a header and above one that is known. */
#define MAX_KEYS_BELOW 4

/* Keys of headers, folded; one of them makes the first block of "key: value" lines a header. */
static const char *const header_keys[] = { "interview id",
                                           "interview",
                                           "interview no",
                                           "interview no.",
                                           "id",
                                           "code",
                                           "date",
                                           "date of interview",
                                           "time",
                                           "place",
                                           "location",
                                           "country",
                                           "district",
                                           "organisation",
                                           "organization",
                                           "position",
                                           "stakeholder group",
                                           "group",
                                           "sex",
                                           "gender",
                                           "age",
                                           "language",
                                           "consent",
                                           "method",
                                           "recording",
                                           "duration",
                                           "title",
                                           "file",
                                           "project",
                                           "interviewers",
                                           "interviewees",
                                           "interviewed by",
                                           "transcribed by",
                                           "transcript by",
                                           "lieu",
                                           "pays",
                                           "langue",
                                           "statut",
                                           "durée",
                                           "date de l'entretien",
                                           "entretien",
                                           "fecha",
                                           "lugar",
                                           "país",
                                           "idioma",
                                           "entrevista",
                                           "дата",
                                           "место",
                                           "язык",
                                           "организация",
                                           "должность",
                                           "согласие",
                                           "пол",
                                           "код",
                                           "интервью",
                                           "длительность",
                                           "speakers",
                                           "participants",
                                           "nom de l'organisation",
                                           NULL };

/* One line of a header. */
typedef struct
{
  gsize start, sign, end;
} HeaderLine;

/* A copy without white space around it; French has spaces that do not break before a colon. */
static char *
dup_trimmed (const char *text, gsize n)
{
  const char *end = text + n;

  for (const char *last; (last = g_utf8_find_prev_char (text, end)) != NULL; end = last)
    if (!g_unichar_isspace (g_utf8_get_char (last)))
      break;
  return g_strchug (g_strndup (text, (gsize)(end - text)));
}

static char *
fold_span (const char *text, gsize n)
{
  g_autofree char *trimmed = dup_trimmed (text, n);

  return g_utf8_strdown (trimmed, -1);
}

static void
expect (AttestTurnFinder *f, const char *list)
{
  g_auto (GStrv) names = NULL;

  if (list == NULL)
    return;
  names = g_strsplit_set (list, ",;[]\"'", -1);
  for (char **n = names; *n != NULL; n++)
    if (*g_strstrip (*n) != '\0')
      g_hash_table_add (f->expected, g_utf8_strdown (*n, -1));
}

/* "SPEAKERS" on a line of its own and the names below, as Otter writes; Google Meet "Attendees". */
static void
expect_below (AttestTurnFinder *f)
{
  static const char *const headings[] = { "SPEAKERS\n", "Attendees\n",  "Participants\n",
                                          "Invités\n",  "Asistentes\n", "Участники\n" };
  const char *text = f->doc->text;

  for (guint i = 0; i < G_N_ELEMENTS (headings); i++)
    {
      const char *found = g_strstr_len (text, MIN (4096, f->doc->length_bytes), headings[i]);
      g_autofree char *list = NULL;
      gsize start, end;

      if (found == NULL || (found > text && found[-1] != '\n'))
        continue;
      for (start = (gsize)(found - text) + strlen (headings[i]); text[start] == '\n'; start++)
        ;
      end = attest_turn_finder_line_end (f, start);
      list = g_strndup (text + start, end - start);
      expect (f, list);
    }
}

/* "Interviewer: Why was it late?" below other keys: the talk has begun. */
static gboolean
is_speech (const char *key, const char *value)
{
  AttestRole role;
  gsize n = strlen (value);

  if (!attest_label_role (key, &role, NULL))
    return g_str_has_suffix (value, "?") && !g_strv_contains (header_keys, key);
  return n > 80 || g_str_has_suffix (value, "?") || g_str_has_suffix (value, "!")
         || (n > 0 && value[n - 1] == '.' && strchr (value, ' ') != NULL);
}

/* The sign of a "key: value" line, or NULL. */
static const char *
find_sign (const char *line, gsize n)
{
  const char *sign = memchr (line, ':', MIN (n, 60));

  if (sign == NULL)
    sign = memchr (line, '=', MIN (n, 60));
  /* A row of two cells. */
  if (sign == NULL && (sign = memchr (line, '\t', MIN (n, 60))) != NULL
      && memchr (sign + 1, '\t', n - (gsize)(sign + 1 - line)) != NULL)
    sign = NULL;
  return sign == NULL || sign == line || g_str_has_prefix (sign, "://") ? NULL : sign;
}

/* A blank line inside a header: a header's key follows, below other keys that are new at most. */
static gboolean
goes_on (const AttestTurnFinder *f, gsize start, GHashTable *seen)
{
  gsize end = start;

  for (guint n = 0, blank = 0; n < MAX_KEYS_BELOW && blank < 3 && start < f->doc->length_bytes;
       start = end + 1)
    {
      const char *line = f->doc->text + start, *sign;
      g_autofree char *key = NULL;
      g_autofree char *value = NULL;

      end = attest_turn_finder_line_end (f, start);
      blank = end == start ? blank + 1 : 0;
      if (end == start)
        continue;
      sign = find_sign (line, end - start);
      if (sign == NULL)
        return FALSE;
      key = fold_span (line, (gsize)(sign - line));
      if (g_strv_contains (header_keys, key))
        return TRUE;
      value = g_strstrip (g_strndup (sign + 1, (gsize)(line + (end - start) - sign) - 1));
      if (is_speech (key, value) || g_hash_table_contains (seen, key))
        return FALSE;
      n++;
    }
  return FALSE;
}

/* The "key: value" lines at the top; FALSE when they are no header. */
static gboolean
collect_header (const AttestTurnFinder *f, GArray *lines)
{
  const AttestDocument *doc = f->doc;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean is_header = FALSE;
  guint above = 0;

  for (gsize start = 0, end; start < doc->length_bytes; start = end + 1)
    {
      const char *line = doc->text + start, *sign;
      HeaderLine entry = { .start = start };
      g_autofree char *key = NULL;
      g_autofree char *value = NULL;

      entry.end = end = attest_turn_finder_line_end (f, start);
      sign = find_sign (line, end - start);
      if (sign == NULL)
        {
          if (lines->len > 0 && end == start && goes_on (f, start, seen))
            continue;
          /* A title may stand above the header; nothing else. */
          if (lines->len > 0 || ++above > 4 || end - start > 200)
            break;
          continue;
        }
      entry.sign = (gsize)(sign - doc->text);
      key = fold_span (line, (gsize)(sign - line));
      value = g_strstrip (g_strndup (sign + 1, end - entry.sign - 1));
      if (is_speech (key, value))
        break;
      /* A key that comes again is a speaker: where it came first, the talk began. */
      if (g_hash_table_contains (seen, key) && !g_strv_contains (header_keys, key))
        {
          g_array_set_size (lines, GPOINTER_TO_UINT (g_hash_table_lookup (seen, key)));
          break;
        }
      g_hash_table_insert (seen, g_strdup (key), GUINT_TO_POINTER (lines->len));
      is_header |= g_strv_contains (header_keys, key);
      g_array_append_val (lines, entry);
    }
  return is_header;
}

static gboolean
has_words (const char *line, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (g_ascii_isalpha (line[i]) || (guchar)line[i] >= 0x80)
      return TRUE;
  return FALSE;
}

/* Lines above and between, under the name "preamble". */
static void
keep_lines (AttestTurnFinder *f, gsize start, gsize stop)
{
  g_autoptr (GString) kept = g_string_new (NULL);

  for (gsize end; start < stop; start = end + 1)
    {
      const char *line = f->doc->text + start;

      end = MIN (attest_turn_finder_line_end (f, start), stop);
      if (has_words (line, end - start))
        g_string_append_printf (kept, "%s%.*s", kept->len > 0 ? "\n" : "", (int)(end - start),
                                line);
    }
  attest_document_add_metadata (f->doc, "preamble", g_strstrip (kept->str));
}

void
attest_turns_read_header (AttestTurnFinder *f)
{
  AttestDocument *doc = f->doc;
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (HeaderLine));

  if (collect_header (f, lines))
    for (guint i = 0; i < lines->len; i++)
      {
        const HeaderLine *line = &g_array_index (lines, HeaderLine, i);
        g_autofree char *key = dup_trimmed (doc->text + line->start, line->sign - line->start);
        g_autofree char *value = g_strndup (doc->text + line->sign + 1, line->end - line->sign - 1);

        keep_lines (f, f->body_start, line->start);
        attest_document_add_metadata (doc, key, g_strstrip (value));
        f->body_start = MIN (line->end + 1, doc->length_bytes);
      }
  expect (f, attest_document_get_metadata (doc, "speakers"));
  expect_below (f);
}

void
attest_turns_keep_preamble (AttestTurnFinder *f, gsize end)
{
  if (end > f->body_start + MAX_PREAMBLE_BYTES)
    attest_document_warn (f->doc, attest_text_line_at (f->doc->text, f->body_start),
                          "%" G_GSIZE_FORMAT
                          " bytes of text before the first speaker are a preface, "
                          "not speech",
                          end - f->body_start);
  keep_lines (f, f->body_start, end);
  f->body_start = end;
}

static gboolean
line_ends_with (const char *line, gsize n, const char *words)
{
  gsize length = strlen (words);

  return n > length && n < 100 && memcmp (line + n - length, words, length) == 0;
}

gboolean
attest_turns_take_footer (AttestTurnFinder *f, gsize start, gsize end)
{
  static const char *const footers[] = { "Transcribed by http",
                                         "(Transcribed by ",
                                         "Transcribed by Otter",
                                         "Transcribed by Rev",
                                         "Transcribed with ",
                                         "Transcript by Rev",
                                         "Transcript generated by",
                                         "Transcription ended after",
                                         "Automatically transcribed by ",
                                         "This transcript was generated by",
                                         "This transcript was exported on",
                                         "This editable transcript was computer generated" };
  /* "Ana Bell stopped transcription", as Teams writes. */
  static const char *const ends[] = { " stopped transcription", " started transcription" };

  for (guint i = 0; i < G_N_ELEMENTS (footers) + G_N_ELEMENTS (ends); i++)
    if (i < G_N_ELEMENTS (footers)
            ? g_str_has_prefix (f->doc->text + start, footers[i])
            : line_ends_with (f->doc->text + start, end - start, ends[i - G_N_ELEMENTS (footers)]))
      {
        g_autofree char *line = g_strndup (f->doc->text + start, end - start);

        attest_document_add_metadata (f->doc, "footer", line);
        return TRUE;
      }
  return FALSE;
}
