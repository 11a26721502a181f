#include "report/attest-kwic.h"

#include <string.h>

#include "util/attest-csv.h"

/* Characters on each side when neither a terminal nor the user says how many. */
#define DEFAULT_CONTEXT 40
#define GAP "  "
#define GAP_COLUMNS 2
/* "¶1234" and a gap. */
#define TURN_COLUMNS 7
/* A match is expected to be as wide; what it takes more is taken from the right. */
#define MATCH_COLUMNS 12
#define LEAST_COLUMNS 8

/* The context: @n characters on each side, inside the turn. */
static void
find_context (const AttestKwicMatch *match, guint n, gsize *out_before_byte, gsize *out_after_byte)
{
  const AttestTurn *turn = attest_document_turn (match->doc, match->turn);
  gsize start = attest_char_map_to_char (match->map, match->start_byte);
  gsize end = attest_char_map_to_char (match->map, match->end_byte);
  gsize before_byte = attest_char_map_to_byte (match->map, start > n ? start - n : 0);
  gsize after_byte = attest_char_map_to_byte (match->map, end + n);

  *out_before_byte = MAX (before_byte, turn->start_byte);
  *out_after_byte = MIN (after_byte, turn->end_byte);
}

/* ---- for people ---- */

/* The end of @text that takes at most @columns. */
static char *
dup_tail (const char *text, guint columns)
{
  const char *tail = text + strlen (text);
  gsize used = 0;

  while (tail > text)
    {
      const char *before = g_utf8_prev_char (tail);

      used += attest_text_columns (before, (gsize)(tail - before));
      if (used + (before > text) > columns)
        return g_strconcat ("…", tail, NULL);
      tail = before;
    }
  return g_strdup (text);
}

/* Without the spaces around it: the gap stands for them. */
static char *
dup_printable (const AttestKwicMatch *match, gsize start_byte, gsize end_byte, guint columns)
{
  const char *text = match->doc->text;

  while (start_byte < end_byte && g_ascii_isspace (text[start_byte]))
    start_byte++;
  while (end_byte > start_byte && g_ascii_isspace (text[end_byte - 1]))
    end_byte--;
  return attest_text_printable (text + start_byte, end_byte - start_byte, columns);
}

static void
append_place (const AttestKwicMatch *match, const AttestKwicLayout *layout, GString *out)
{
  if (layout->columns == 0)
    {
      g_autofree char *label = attest_text_printable (match->source, strlen (match->source), 0);
      guint used = (guint)attest_text_columns (label, strlen (label));

      g_string_append_printf (out, "%s%*s" GAP, label,
                              (int)(layout->label_columns - MIN (used, layout->label_columns)), "");
    }
  if (!match->without_place)
    g_string_append_printf (out, "¶%-*u ", TURN_COLUMNS - 2, match->turn);
}

static void
append_parts (const AttestKwicLayout *layout, const char *before, const char *found,
              const char *after, guint left, GString *out)
{
  guint used = (guint)attest_text_columns (before, strlen (before));

  g_string_append_printf (out, "%*s%s" GAP "%s%s%s", (int)(left - MIN (left, used)), "", before,
                          layout->color ? "\033[1m" : "", found, layout->color ? "\033[0m" : "");
  if (*after != '\0')
    g_string_append_printf (out, GAP "%s", after);
  g_string_append_c (out, '\n');
}

/* As wide as it is. */
static void
append_free (const AttestKwicMatch *match, const AttestKwicLayout *layout, GString *out)
{
  guint context = layout->context > 0 ? layout->context : DEFAULT_CONTEXT;
  gsize before_byte, after_byte;
  g_autofree char *before = NULL;
  g_autofree char *found = dup_printable (match, match->start_byte, match->end_byte, 0);
  g_autofree char *after = NULL;

  find_context (match, context, &before_byte, &after_byte);
  before = dup_printable (match, before_byte, match->start_byte, 0);
  after = dup_printable (match, match->end_byte, after_byte, 0);
  append_parts (layout, before, found, after, context, out);
}

static void
append_fitting (const AttestKwicMatch *match, const AttestKwicLayout *layout, GString *out)
{
  guint room = MAX (layout->columns, TURN_COLUMNS + 4 * LEAST_COLUMNS) - TURN_COLUMNS;
  guint half = (room - MATCH_COLUMNS - 2 * GAP_COLUMNS) / 2;
  guint left = layout->context > 0 ? MIN (half, layout->context) : half;
  gsize before_byte, after_byte;
  g_autofree char *before = NULL;
  g_autofree char *tail = NULL;
  g_autofree char *found
      = dup_printable (match, match->start_byte, match->end_byte, room - left - GAP_COLUMNS);
  g_autofree char *after = NULL;
  guint used = left + (guint)attest_text_columns (found, strlen (found)) + 2 * GAP_COLUMNS;

  /* Marks and runs of spaces take no columns: look further than the columns say. */
  find_context (match, layout->context > 0 ? layout->context : 4 * room, &before_byte, &after_byte);
  before = dup_printable (match, before_byte, match->start_byte, 0);
  tail = dup_tail (before, left);
  after = used < room ? dup_printable (match, match->end_byte, after_byte, room - used)
                      : g_strdup ("");
  append_parts (layout, tail, found, after, left, out);
}

void
attest_kwic_append_line (const AttestKwicMatch *match, const AttestKwicLayout *layout, GString *out)
{
  append_place (match, layout, out);
  if (layout->columns == 0)
    append_free (match, layout, out);
  else
    append_fitting (match, layout, out);
}

/* ---- for programs ---- */

void
attest_kwic_append_csv_header (GString *out)
{
  attest_csv_append_row (out, "source", "turn", "role", "start", "end", "start_byte", "end_byte",
                         "start_ms", "before", "match", "after", NULL);
}

static void
append_number (GString *out, gint64 value)
{
  g_string_append_c (out, ',');
  if (value >= 0)
    g_string_append_printf (out, "%" G_GINT64_FORMAT, value);
}

/* Of the place of a match; all are -1 when it is not told. */
typedef struct
{
  gint64 turn, start, end, start_byte, end_byte, start_ms;
} Place;

static Place
find_place (const AttestKwicMatch *match)
{
  if (match->without_place)
    return (Place){ -1, -1, -1, -1, -1, -1 };
  return (Place){ match->turn,
                  (gint64)attest_char_map_to_char (match->map, match->start_byte),
                  (gint64)attest_char_map_to_char (match->map, match->end_byte),
                  (gint64)match->start_byte,
                  (gint64)match->end_byte,
                  attest_document_turn (match->doc, match->turn)->start_ms };
}

static void
write_number (AttestJson *json, const char *key, gint64 value)
{
  if (value >= 0)
    attest_json_member_int (json, key, value);
  else
    attest_json_member_null (json, key);
}

static void
append_text (GString *out, const char *text, gsize start_byte, gsize end_byte)
{
  g_autofree char *copy = g_strndup (text + start_byte, end_byte - start_byte);

  g_string_append_c (out, ',');
  attest_csv_append_cell (out, copy);
}

void
attest_kwic_append_csv (const AttestKwicMatch *match, guint context, GString *out)
{
  const char *text = match->doc->text;
  const Place place = find_place (match);
  gsize before_byte, after_byte;

  find_context (match, context > 0 ? context : DEFAULT_CONTEXT, &before_byte, &after_byte);
  attest_csv_append_cell (out, match->source);
  append_number (out, place.turn);
  g_string_append_printf (
      out, ",%s", attest_role_to_string (attest_document_turn_role (match->doc, match->turn)));
  append_number (out, place.start);
  append_number (out, place.end);
  append_number (out, place.start_byte);
  append_number (out, place.end_byte);
  append_number (out, place.start_ms);
  append_text (out, text, before_byte, match->start_byte);
  append_text (out, text, match->start_byte, match->end_byte);
  append_text (out, text, match->end_byte, after_byte);
  g_string_append (out, "\r\n");
}

static void
write_json_text (AttestJson *json, const char *key, const char *text, gsize start_byte,
                 gsize end_byte)
{
  attest_json_key (json, key);
  attest_json_string_len (json, text + start_byte, end_byte - start_byte);
}

void
attest_kwic_write_json (const AttestKwicMatch *match, guint context, AttestJson *json)
{
  const char *text = match->doc->text;
  const Place place = find_place (match);
  gsize before_byte, after_byte;

  find_context (match, context > 0 ? context : DEFAULT_CONTEXT, &before_byte, &after_byte);
  attest_json_begin_object (json);
  attest_json_member_string (json, "source", match->source);
  write_number (json, "turn", place.turn);
  attest_json_member_string (
      json, "role", attest_role_to_string (attest_document_turn_role (match->doc, match->turn)));
  write_number (json, "start", place.start);
  write_number (json, "end", place.end);
  write_number (json, "start_byte", place.start_byte);
  write_number (json, "end_byte", place.end_byte);
  write_number (json, "start_ms", place.start_ms);
  write_json_text (json, "before", text, before_byte, match->start_byte);
  write_json_text (json, "match", text, match->start_byte, match->end_byte);
  write_json_text (json, "after", text, match->end_byte, after_byte);
  attest_json_end_object (json);
}
