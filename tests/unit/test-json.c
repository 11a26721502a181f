#include "util/attest-json.h"

#include <locale.h>
#include <math.h>

typedef void (*Write) (AttestJson *json);

static void
assert_json (Write write, gboolean pretty, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (AttestJson) json = attest_json_new (out, pretty);

  write (json);
  g_assert_cmpstr (out->str, ==, expected);
}

static void
write_record (AttestJson *json)
{
  attest_json_begin_object (json);
  attest_json_member_string (json, "quote", "It was good.");
  attest_json_member_int (json, "line", 12);
  attest_json_member_bool (json, "negated", FALSE);
  attest_json_member_null (json, "speaker");
  attest_json_member_time (json, "start_ms", 1500);
  attest_json_member_time (json, "end_ms", -1);
  attest_json_key (json, "codes");
  attest_json_begin_array (json);
  attest_json_string (json, "a");
  attest_json_begin_object (json);
  attest_json_end_object (json);
  attest_json_begin_array (json);
  attest_json_end_array (json);
  attest_json_end_array (json);
  attest_json_end_object (json);
}

static void
test_one_line (void)
{
  assert_json (write_record, FALSE,
               "{\"quote\": \"It was good.\", \"line\": 12, \"negated\": false, "
               "\"speaker\": null, \"start_ms\": 1500, \"end_ms\": null, "
               "\"codes\": [\"a\", {}, []]}");
}

static void
test_pretty (void)
{
  assert_json (write_record, TRUE,
               "{\n  \"quote\": \"It was good.\",\n  \"line\": 12,\n  \"negated\": false,\n"
               "  \"speaker\": null,\n  \"start_ms\": 1500,\n  \"end_ms\": null,\n"
               "  \"codes\": [\n    \"a\",\n    {},\n    []\n  ]\n}");
}

static void
assert_string (const char *value, gssize length_bytes, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (AttestJson) json = attest_json_new (out, FALSE);

  if (length_bytes < 0)
    attest_json_string (json, value);
  else
    attest_json_string_len (json, value, (gsize)length_bytes);
  g_assert_cmpstr (out->str, ==, expected);
}

static void
test_strings (void)
{
  assert_string (NULL, -1, "null");
  assert_string ("", -1, "\"\"");
  assert_string ("say \"yes\" \\ no/maybe", -1, "\"say \\\"yes\\\" \\\\ no/maybe\"");
  assert_string ("a\r\n\tb\b\f", -1, "\"a\\r\\n\\tb\\b\\f\"");
  assert_string ("\x1b\x7f\xc2\x9b\xc2\xa0", -1, "\"\\u001b\\u007f\\u009b\xc2\xa0\"");
  assert_string ("\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xa6", -1, "\"\\u2028\\u2029\xe2\x80\xa6\"");
  assert_string ("cafe\xcc\x81 жизнь مرحبا 👍", -1, "\"cafe\xcc\x81 жизнь مرحبا 👍\"");
  assert_string ("a\0b", 3, "\"a\\u0000b\"");
  assert_string ("cut here", 3, "\"cut\"");
}

static void
assert_double (double value, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (AttestJson) json = attest_json_new (out, FALSE);

  attest_json_double (json, value);
  g_assert_cmpstr (out->str, ==, expected);
}

static void
test_doubles (void)
{
  assert_double (0.5, "0.5");
  assert_double (1.0 / 3, "0.333333");
  assert_double (100, "100");
  assert_double (-0.0, "0");
  assert_double (1e-9, "1e-09");
  assert_double (NAN, "null");
  assert_double (INFINITY, "null");
  /* Where the locale is not installed this repeats the check in C. */
  setlocale (LC_ALL, "de_DE.UTF-8");
  assert_double (0.5, "0.5");
  setlocale (LC_ALL, "C");
}

static void
test_ints (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (AttestJson) json = attest_json_new (out, FALSE);

  attest_json_int (json, G_MININT64);
  g_assert_cmpstr (out->str, ==, "-9223372036854775808");
}

/* A large array is written out in parts. */
static void
test_flush_between_records (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (AttestJson) json = attest_json_new (out, FALSE);

  attest_json_begin_array (json);
  attest_json_int (json, 1);
  g_string_truncate (out, 0);
  attest_json_int (json, 2);
  attest_json_end_array (json);
  g_assert_cmpstr (out->str, ==, ", 2]");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/one-line", test_one_line);
  g_test_add_func ("/json/pretty", test_pretty);
  g_test_add_func ("/json/strings", test_strings);
  g_test_add_func ("/json/doubles", test_doubles);
  g_test_add_func ("/json/ints", test_ints);
  g_test_add_func ("/json/flush-between-records", test_flush_between_records);
  return g_test_run ();
}
