#include "util/attest-json.h"

#include <math.h>
#include <string.h>

typedef struct
{
  gboolean is_object;
  guint members;
} Level;

/* The state is here and not in the text, so that the owner of the text may empty it at any time. */
struct _AttestJson
{
  GString *out;
  gboolean pretty;
  gboolean has_key;
  GArray *levels; /* of Level, outermost first */
};

AttestJson *
attest_json_new (GString *out, gboolean pretty)
{
  AttestJson *json = g_new0 (AttestJson, 1);

  json->out = out;
  json->pretty = pretty;
  json->levels = g_array_new (FALSE, FALSE, sizeof (Level));
  return json;
}

void
attest_json_free (AttestJson *json)
{
  if (json == NULL)
    return;
  g_array_unref (json->levels);
  g_free (json);
}

static Level *
current_level (AttestJson *json)
{
  if (json->levels->len == 0)
    return NULL;
  return &g_array_index (json->levels, Level, json->levels->len - 1);
}

static void
append_indent (AttestJson *json)
{
  g_string_append_c (json->out, '\n');
  for (guint i = 0; i < json->levels->len; i++)
    g_string_append (json->out, "  ");
}

/* What stands between two members. */
static void
append_separator (AttestJson *json, Level *level)
{
  if (level->members++ > 0)
    g_string_append (json->out, json->pretty ? "," : ", ");
  if (json->pretty)
    append_indent (json);
}

static void
begin_value (AttestJson *json)
{
  Level *level = current_level (json);

  g_assert (level == NULL || !level->is_object || json->has_key);
  if (level != NULL && !level->is_object)
    append_separator (json, level);
  json->has_key = FALSE;
}

static void
begin_level (AttestJson *json, gboolean is_object)
{
  Level level = { is_object, 0 };

  begin_value (json);
  g_array_append_val (json->levels, level);
  g_string_append_c (json->out, is_object ? '{' : '[');
}

static void
end_level (AttestJson *json, gboolean is_object)
{
  Level *level = current_level (json);

  g_assert (level != NULL && level->is_object == is_object && !json->has_key);
  gboolean is_empty = level->members == 0;
  g_array_set_size (json->levels, json->levels->len - 1);
  if (json->pretty && !is_empty)
    append_indent (json);
  g_string_append_c (json->out, is_object ? '}' : ']');
}

void
attest_json_begin_object (AttestJson *json)
{
  begin_level (json, TRUE);
}

void
attest_json_end_object (AttestJson *json)
{
  end_level (json, TRUE);
}

void
attest_json_begin_array (AttestJson *json)
{
  begin_level (json, FALSE);
}

void
attest_json_end_array (AttestJson *json)
{
  end_level (json, FALSE);
}

/* Strings. */

/* Bytes that are escaped, or begin a character that may be: C2 begins the C1 controls, E2 begins
 * U+2028 and U+2029. */
/* clang-format off */
static const gboolean stops[256] = {
  [0x00 ... 0x1f] = TRUE,
  ['"'] = TRUE,
  ['\\'] = TRUE,
  [0x7f] = TRUE,
  [0xc2] = TRUE,
  [0xe2] = TRUE,
};
/* clang-format on */

static void
append_escape (GString *out, gunichar c)
{
  static const char *const shorthands[] = {
    ['\b'] = "\\b", ['\f'] = "\\f", ['\n'] = "\\n",  ['\r'] = "\\r",
    ['\t'] = "\\t", ['"'] = "\\\"", ['\\'] = "\\\\",
  };

  if (c < G_N_ELEMENTS (shorthands) && shorthands[c] != NULL)
    g_string_append (out, shorthands[c]);
  else
    g_string_append_printf (out, "\\u%04x", c);
}

static gboolean
must_escape (gunichar c)
{
  return c < 0x20 || c == '"' || c == '\\' || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
}

static void
append_quoted (GString *out, const char *value, gsize length_bytes)
{
  const char *end = value + length_bytes;
  const char *run = value; /* what need not be escaped and is not appended yet */

  g_string_append_c (out, '"');
  for (const char *p = value; p < end;)
    {
      if (!stops[(guchar)*p])
        {
          p++;
          continue;
        }
      gunichar c = g_utf8_get_char (p);
      const char *next = g_utf8_next_char (p);
      if (must_escape (c))
        {
          g_string_append_len (out, run, p - run);
          append_escape (out, c);
          run = next;
        }
      p = next;
    }
  g_string_append_len (out, run, end - run);
  g_string_append_c (out, '"');
}

void
attest_json_key (AttestJson *json, const char *key)
{
  Level *level = current_level (json);

  g_assert (level != NULL && level->is_object && !json->has_key);
  append_separator (json, level);
  append_quoted (json->out, key, strlen (key));
  g_string_append (json->out, ": ");
  json->has_key = TRUE;
}

void
attest_json_string (AttestJson *json, const char *value)
{
  attest_json_string_len (json, value, value != NULL ? strlen (value) : 0);
}

void
attest_json_string_len (AttestJson *json, const char *value, gsize length_bytes)
{
  if (value == NULL)
    {
      attest_json_null (json);
      return;
    }
  begin_value (json);
  append_quoted (json->out, value, length_bytes);
}

/* Other values. */

void
attest_json_int (AttestJson *json, gint64 value)
{
  begin_value (json);
  g_string_append_printf (json->out, "%" G_GINT64_FORMAT, value);
}

void
attest_json_double (AttestJson *json, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    {
      attest_json_null (json);
      return;
    }
  begin_value (json);
  /* Adding zero makes -0 into 0. */
  g_string_append (json->out, g_ascii_formatd (digits, sizeof digits, "%.6g", value + 0.0));
}

void
attest_json_bool (AttestJson *json, gboolean value)
{
  begin_value (json);
  g_string_append (json->out, value ? "true" : "false");
}

void
attest_json_null (AttestJson *json)
{
  begin_value (json);
  g_string_append (json->out, "null");
}

void
attest_json_raw (AttestJson *json, const char *value, gsize length_bytes)
{
  begin_value (json);
  g_string_append_len (json->out, value, (gssize)length_bytes);
}

void
attest_json_member_string (AttestJson *json, const char *key, const char *value)
{
  attest_json_key (json, key);
  attest_json_string (json, value);
}

void
attest_json_member_int (AttestJson *json, const char *key, gint64 value)
{
  attest_json_key (json, key);
  attest_json_int (json, value);
}

void
attest_json_member_double (AttestJson *json, const char *key, double value)
{
  attest_json_key (json, key);
  attest_json_double (json, value);
}

void
attest_json_member_bool (AttestJson *json, const char *key, gboolean value)
{
  attest_json_key (json, key);
  attest_json_bool (json, value);
}

void
attest_json_member_null (AttestJson *json, const char *key)
{
  attest_json_key (json, key);
  attest_json_null (json);
}

void
attest_json_member_time (AttestJson *json, const char *key, gint64 value_ms)
{
  attest_json_key (json, key);
  if (value_ms < 0)
    attest_json_null (json);
  else
    attest_json_int (json, value_ms);
}

void
attest_json_member_int_if (AttestJson *json, const char *key, gboolean is_known, gint64 value)
{
  if (is_known)
    attest_json_member_int (json, key, value);
  else
    attest_json_member_null (json, key);
}

void
attest_json_member_interval (AttestJson *json, const char *key, double low, double high)
{
  attest_json_key (json, key);
  if (isnan (low))
    {
      attest_json_null (json);
      return;
    }
  attest_json_begin_array (json);
  attest_json_double (json, low);
  attest_json_double (json, high);
  attest_json_end_array (json);
}

void
attest_json_member_strings (AttestJson *json, const char *key, const GPtrArray *strings)
{
  attest_json_key (json, key);
  attest_json_begin_array (json);
  for (guint i = 0; i < strings->len; i++)
    attest_json_string (json, g_ptr_array_index (strings, i));
  attest_json_end_array (json);
}
