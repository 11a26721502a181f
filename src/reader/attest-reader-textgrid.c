/* Praat TextGrids, long, short and chronological. Praat itself reads only numbers, quoted texts and
 * flags and passes over all other words, which are for people; so all three are one format here. */
#include "reader/attest-reader-private.h"

#include <string.h>

#include "reader/attest-decode.h"
#include "reader/attest-tiers.h"
#include "reader/attest-times.h"
#include "util/attest-error.h"
#include "util/attest-limits.h"

typedef enum
{
  TOKEN_END,
  TOKEN_NUMBER,
  TOKEN_STRING, /* in scanner->string */
  TOKEN_FLAG,   /* "<exists>" */
} TokenKind;

typedef struct
{
  const char *p, *end;
  guint line;       /* of p */
  guint token_line; /* where the last token begins */
  double number;
  GString *string;
  gboolean exists;   /* of the last flag */
  gboolean unclosed; /* a text without its closing quote */
} Scanner;

typedef struct
{
  AttestDocument *doc;
  AttestTiers *tiers;
  Scanner scan;
  GArray *is_points; /* of gboolean: tier has points */
  guint n_silences;  /* "sil", "<p:>" */
  guint n_special;   /* "\e'" */
  guint special_line;
} TextGrid;

static void
grid_init (TextGrid *grid, AttestDocument *doc)
{
  memset (grid, 0, sizeof *grid);
  grid->doc = doc;
  grid->tiers = attest_tiers_new (doc, NULL, ATTEST_TIERS_BY_TIME);
  grid->scan.string = g_string_new (NULL);
  grid->is_points = g_array_new (FALSE, FALSE, sizeof (gboolean));
}

static void
grid_clear (TextGrid *grid)
{
  attest_tiers_free (grid->tiers);
  g_string_free (grid->scan.string, TRUE);
  g_array_unref (grid->is_points);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TextGrid, grid_clear)

/* --- tokens --------------------------------------------------------------------------------- */

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\n';
}

/* A quote inside of a text is doubled. */
static TokenKind
scan_string (Scanner *scan)
{
  g_string_truncate (scan->string, 0);
  for (scan->p++; scan->p < scan->end; scan->p++)
    {
      const char *stop = scan->p;

      while (stop < scan->end && *stop != '"' && *stop != '\n')
        stop++;
      g_string_append_len (scan->string, scan->p, stop - scan->p);
      scan->p = stop;
      if (stop == scan->end)
        break;
      if (*stop == '\n')
        scan->line++;
      else if (stop + 1 < scan->end && stop[1] == '"')
        scan->p++;
      else
        {
          scan->p++;
          return TOKEN_STRING;
        }
      g_string_append_c (scan->string, *stop);
    }
  scan->unclosed = TRUE;
  return TOKEN_END;
}

static TokenKind
scan_word (Scanner *scan)
{
  const char *start = scan->p;
  char *end = NULL;

  while (scan->p < scan->end && !is_space (*scan->p))
    scan->p++;
  if (*start == '<')
    {
      scan->exists = g_str_has_prefix (start, "<exists");
      return TOKEN_FLAG;
    }
  /* Only a number that stands free counts: "[1]:" is for people. */
  if (!g_ascii_isdigit (*start) && *start != '-' && *start != '+')
    return TOKEN_END;
  scan->number = g_ascii_strtod (start, &end);
  return end == scan->p || (end + 1 == scan->p && *end == '%') ? TOKEN_NUMBER : TOKEN_END;
}

static TokenKind
next_token (Scanner *scan)
{
  while (scan->p < scan->end)
    {
      TokenKind kind;

      if (is_space (*scan->p))
        {
          scan->line += *scan->p == '\n';
          scan->p++;
          continue;
        }
      scan->token_line = scan->line;
      if (*scan->p == '!')
        {
          while (scan->p < scan->end && *scan->p != '\n')
            scan->p++;
          continue;
        }
      if (*scan->p == '"')
        return scan_string (scan);
      kind = scan_word (scan);
      if (kind != TOKEN_END)
        return kind;
    }
  scan->token_line = scan->line;
  return TOKEN_END;
}

static gboolean
expect (Scanner *scan, TokenKind wanted, const char *what, GError **error)
{
  TokenKind kind = next_token (scan);

  if (kind == wanted)
    return TRUE;
  if (scan->unclosed)
    return attest_throw (error, ATTEST_ERROR_INPUT, "%u: a text without its closing quote",
                         scan->token_line);
  return attest_throw (error, ATTEST_ERROR_INPUT, "%u: %s expected%s", scan->token_line, what,
                       kind == TOKEN_END ? ", and the file ends: it was cut off" : "");
}

static gboolean
expect_count (Scanner *scan, const char *what, guint *out_n, GError **error)
{
  if (!expect (scan, TOKEN_NUMBER, what, error))
    return FALSE;
  if (scan->number < 0 || scan->number > ATTEST_MAX_TIER_ITEMS)
    return attest_throw (error, ATTEST_ERROR_LIMIT, "%u: %s: more than %u, or less than none",
                         scan->token_line, what, ATTEST_MAX_TIER_ITEMS);
  *out_n = (guint)scan->number;
  return TRUE;
}

static gboolean
expect_time (Scanner *scan, gint64 *out_ms, GError **error)
{
  if (!expect (scan, TOKEN_NUMBER, "a time", error))
    return FALSE;
  *out_ms = attest_time_to_ms (scan->number, 1000);
  return TRUE;
}

/* --- texts ---------------------------------------------------------------------------------- */

/* "\e'" is é where a TextGrid was saved as ASCII. */
static void
decode_special (TextGrid *grid, GString *text)
{
  static const struct
  {
    char mark;
    const char *combining;
  } marks[] = { { '\'', "\u0301" }, { '`', "\u0300" }, { '^', "\u0302" },
                { '"', "\u0308" },  { '~', "\u0303" }, { ',', "\u0327" } };
  static const char *const words[][2]
      = { { "\\ss", "ß" }, { "\\ae", "æ" }, { "\\o/", "ø" }, { "\\ao", "å" }, { "\\Ae", "Æ" },
          { "\\O/", "Ø" }, { "\\Ao", "Å" }, { "\\?d", "¿" }, { "\\!d", "¡" } };
  g_autoptr (GString) out = NULL;

  if (strchr (text->str, '\\') == NULL)
    return;
  out = g_string_sized_new (text->len);
  for (const char *p = text->str; *p != '\0';)
    {
      const char *meaning = NULL;
      gboolean combining = FALSE;

      for (guint i = 0; *p == '\\' && meaning == NULL && i < G_N_ELEMENTS (words); i++)
        if (g_str_has_prefix (p, words[i][0]))
          meaning = words[i][1];
      for (guint i = 0;
           *p == '\\' && meaning == NULL && g_ascii_isalpha (p[1]) && i < G_N_ELEMENTS (marks); i++)
        if (p[2] == marks[i].mark)
          {
            meaning = marks[i].combining;
            combining = TRUE;
          }
      if (combining)
        g_string_append_c (out, p[1]);
      g_string_append (out, meaning != NULL ? meaning : "");
      if (meaning != NULL && grid->n_special++ == 0)
        grid->special_line = grid->scan.token_line;
      if (meaning == NULL)
        g_string_append_c (out, *p);
      p += meaning != NULL ? 3 : 1;
    }
  g_string_assign (text, out->str);
}

/* Labels of silence of aligners and of Praat itself. */
static gboolean
is_silence (const char *text)
{
  static const char *const labels[]
      = { "sil",     "<sil>",  "sp",       "<p>",   "<p:>",  "#",   "##",   "_",
          "silence", "silent", "<silent>", "<nib>", "<usb>", "spn", "<spn>" };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_ascii_strcasecmp (text, labels[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
add_text (TextGrid *grid, guint tier, gint64 start_ms, gint64 end_ms, GError **error)
{
  AttestItem item = { .start_point = ATTEST_NO_POINT,
                      .end_point = ATTEST_NO_POINT,
                      .start_ms = start_ms,
                      .end_ms = end_ms,
                      .line = grid->scan.token_line };

  decode_special (grid, grid->scan.string);
  item.text = g_strstrip (grid->scan.string->str);
  item.length_bytes = strlen (item.text);
  if (is_silence (item.text))
    {
      grid->n_silences++;
      return TRUE;
    }
  return item.length_bytes == 0 || attest_tiers_add (grid->tiers, tier, &item, error);
}

/* --- tiers ---------------------------------------------------------------------------------- */

/* Class and name of a tier. */
static gboolean
begin_tier (TextGrid *grid, gboolean *out_points, GError **error)
{
  Scanner *scan = &grid->scan;

  if (!expect (scan, TOKEN_STRING, "the class of a tier", error))
    return FALSE;
  *out_points = strcmp (scan->string->str, "TextTier") == 0;
  if (!*out_points && strcmp (scan->string->str, "IntervalTier") != 0)
    return attest_throw (error, ATTEST_ERROR_INPUT,
                         "%u: a tier is \"IntervalTier\" or "
                         "\"TextTier\", not \"%.40s\"",
                         scan->token_line, scan->string->str);
  g_array_append_val (grid->is_points, *out_points);
  if (!expect (scan, TOKEN_STRING, "the name of a tier", error))
    return FALSE;
  decode_special (grid, scan->string);
  attest_tiers_add_tier (grid->tiers, scan->string->str, scan->string->str, scan->token_line);
  return expect (scan, TOKEN_NUMBER, "the begin of a tier", error)
         && expect (scan, TOKEN_NUMBER, "the end of a tier", error);
}

/* "1.5 2.5 "text"", or of a point "1.5 "text"". */
static gboolean
read_item (TextGrid *grid, guint tier, gboolean points, GError **error)
{
  gint64 start_ms, end_ms = ATTEST_NO_TIME;

  if (!expect_time (&grid->scan, &start_ms, error)
      || (!points && !expect_time (&grid->scan, &end_ms, error))
      || !expect (&grid->scan, TOKEN_STRING, "a text in quotes", error))
    return FALSE;
  return add_text (grid, tier, start_ms, end_ms, error);
}

static gboolean
read_tier (TextGrid *grid, GError **error)
{
  gboolean points;
  guint n_items, tier = attest_tiers_count (grid->tiers);

  if (!begin_tier (grid, &points, error)
      || !expect_count (&grid->scan, "the number of intervals or points", &n_items, error))
    return FALSE;
  for (guint i = 0; i < n_items; i++)
    if (!read_item (grid, tier, points, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_tiers (TextGrid *grid, GError **error)
{
  Scanner *scan = &grid->scan;
  guint n_tiers;

  if (!expect (scan, TOKEN_STRING, "\"TextGrid\"", error))
    return FALSE;
  if (!g_str_has_prefix (scan->string->str, "TextGrid"))
    return attest_throw (error, ATTEST_ERROR_INPUT,
                         "%u: a Praat file of the class \"%.40s\", not a TextGrid",
                         scan->token_line, scan->string->str);
  if (!expect (scan, TOKEN_NUMBER, "the begin of the time", error)
      || !expect (scan, TOKEN_NUMBER, "the end of the time", error)
      || !expect (scan, TOKEN_FLAG, "<exists>", error))
    return FALSE;
  if (!scan->exists)
    return TRUE;
  if (!expect_count (scan, "the number of tiers", &n_tiers, error))
    return FALSE;
  for (guint i = 0; i < n_tiers; i++)
    if (!read_tier (grid, error))
      return FALSE;
  return TRUE;
}

/* Intervals and points of all tiers in order of time, each after the number of its tier. */
static gboolean
read_chronological (TextGrid *grid, GError **error)
{
  Scanner *scan = &grid->scan;
  guint n_tiers;
  gboolean points;

  if (!expect (scan, TOKEN_NUMBER, "the begin of the time", error)
      || !expect (scan, TOKEN_NUMBER, "the end of the time", error)
      || !expect_count (scan, "the number of tiers", &n_tiers, error))
    return FALSE;
  for (guint i = 0; i < n_tiers; i++)
    if (!begin_tier (grid, &points, error))
      return FALSE;
  for (;;)
    {
      TokenKind kind = next_token (scan);

      if (kind == TOKEN_END && !scan->unclosed)
        return TRUE;
      if (kind != TOKEN_NUMBER || scan->number < 1 || scan->number > n_tiers)
        return attest_throw (error, ATTEST_ERROR_INPUT, "%u: the number of a tier expected",
                             scan->token_line);
      n_tiers = attest_tiers_count (grid->tiers);
      if (!read_item (grid, (guint)scan->number - 1,
                      g_array_index (grid->is_points, gboolean, (guint)scan->number - 1), error))
        return FALSE;
    }
}

static gboolean
read_file (TextGrid *grid, GError **error)
{
  Scanner *scan = &grid->scan;

  if (!expect (scan, TOKEN_STRING, "\"ooTextFile\"", error))
    return FALSE;
  if (g_str_has_prefix (scan->string->str, "Praat chronological TextGrid"))
    return read_chronological (grid, error);
  if (!g_str_has_prefix (scan->string->str, "ooTextFile"))
    return attest_throw (error, ATTEST_ERROR_INPUT, "%u: not a Praat text file: \"%.40s\"",
                         scan->token_line, scan->string->str);
  return read_tiers (grid, error);
}

/* --- the document --------------------------------------------------------------------------- */

/* Points are tones or bells beside intervals of speech; alone they may be notes with times. */
static void
choose_tiers (TextGrid *grid)
{
  gboolean has_intervals = FALSE;

  for (guint i = 0; i < attest_tiers_count (grid->tiers); i++)
    has_intervals |= !g_array_index (grid->is_points, gboolean, i)
                     && attest_tiers_get (grid->tiers, i)->n_texts > 0;
  for (guint i = 0; i < attest_tiers_count (grid->tiers); i++)
    if (has_intervals && g_array_index (grid->is_points, gboolean, i))
      attest_tiers_get (grid->tiers, i)->left_out = "points of time have no speech";
  attest_tiers_leave_out_by_name (grid->tiers);
}

/* Aligners call tiers "Ana - words" and "Ana - phones". */
static void
name_speakers (TextGrid *grid)
{
  for (guint i = 0; i < attest_tiers_count (grid->tiers); i++)
    {
      const char *name = attest_tiers_get (grid->tiers, i)->name;
      const char *dash = g_strrstr (name, " - ");
      g_autofree char *person = NULL;

      if (dash == NULL || dash == name || !attest_tier_name_is_speech (dash + 3))
        continue;
      person = g_strndup (name, (gsize)(dash - name));
      attest_tiers_set_label (grid->tiers, i, person);
    }
}

static gboolean
textgrid_read (AttestDocument *doc, const AttestReadOptions *options, GError **error)
{
  g_auto (TextGrid) grid;
  gsize size = 0, length_bytes = 0;
  const guint8 *bytes = g_bytes_get_data (doc->original, &size);
  g_autofree char *text = NULL;

  grid_init (&grid, doc);
  if (size >= 12 && memcmp (bytes, "ooBinaryFile", 12) == 0)
    return attest_throw (error, ATTEST_ERROR_INPUT,
                         "a binary TextGrid: save it as a text file in Praat");
  text = attest_decode (doc, bytes, size, options->encoding, &length_bytes, error);
  if (text == NULL)
    return FALSE;
  grid.scan.p = text;
  grid.scan.end = text + length_bytes;
  grid.scan.line = 1;
  if (!read_file (&grid, error))
    return FALSE;
  choose_tiers (&grid);
  name_speakers (&grid);
  if (grid.n_silences > 0)
    attest_document_warn (doc, 0, "labels of silence are left out (%u)", grid.n_silences);
  if (grid.n_special > 0)
    attest_document_warn (doc, grid.special_line,
                          "letters that Praat writes with a backslash became letters (%u), the "
                          "first here",
                          grid.n_special);
  attest_tiers_finish (grid.tiers);
  return TRUE;
}

static const char *const suffixes[] = { "textgrid", NULL };

static int
textgrid_probe (const AttestProbe *probe)
{
  const char *text = probe->head_text;

  if (text != NULL
      && ((strstr (text, "ooTextFile") != NULL && strstr (text, "\"TextGrid") != NULL)
          || strstr (text, "\"Praat chronological TextGrid") != NULL))
    return ATTEST_PROBE_STRUCTURE;
  return g_strv_contains (suffixes, probe->suffix) ? ATTEST_PROBE_SUFFIX : 0;
}

const AttestReader attest_reader_textgrid
    = { "textgrid", "Praat TextGrid", suffixes, textgrid_probe, textgrid_read };
