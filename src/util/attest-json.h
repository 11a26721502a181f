/* attest-json: a printer for JSON, in the order of the calls.
 *
 * Appends to a GString that the caller owns and may flush between records. Strings must be
 * valid UTF-8; they are written as UTF-8 with only what JSON requires escaped (and U+2028,
 * U+2029, DEL and C1 as \u escapes, so that a line stays a line). NULL strings are null.
 * Doubles are printed with up to 6 significant digits, the same in every locale;
 * one that is not finite is null. Calls in an order that makes no JSON are programming errors
 * and abort.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _AttestJson AttestJson;

/** @pretty: two spaces of indentation; otherwise one line without spaces but ", " and ": ". */
AttestJson *attest_json_new (GString *out, gboolean pretty);
void attest_json_free (AttestJson *json);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestJson, attest_json_free)

void attest_json_begin_object (AttestJson *json);
void attest_json_end_object (AttestJson *json);
void attest_json_begin_array (AttestJson *json);
void attest_json_end_array (AttestJson *json);
/** The key of the next value; only inside an object. */
void attest_json_key (AttestJson *json, const char *key);

void attest_json_string (AttestJson *json, const char *value);
void attest_json_string_len (AttestJson *json, const char *value, gsize length_bytes);
void attest_json_int (AttestJson *json, gint64 value);
void attest_json_double (AttestJson *json, double value);
void attest_json_bool (AttestJson *json, gboolean value);
void attest_json_null (AttestJson *json);

/** A value that is JSON already, written as it is. */
void attest_json_raw (AttestJson *json, const char *value, gsize length_bytes);

/* Key and value in one call. */
void attest_json_member_string (AttestJson *json, const char *key, const char *value);
void attest_json_member_int (AttestJson *json, const char *key, gint64 value);
void attest_json_member_double (AttestJson *json, const char *key, double value);
void attest_json_member_bool (AttestJson *json, const char *key, gboolean value);
void attest_json_member_null (AttestJson *json, const char *key);
/** @value_ms, or null when it is negative. */
void attest_json_member_time (AttestJson *json, const char *key, gint64 value_ms);
/** @value, or null when it is not known, or not to be told. */
void attest_json_member_int_if (AttestJson *json, const char *key, gboolean is_known, gint64 value);
/** [low, high], or null when there is none: NAN. */
void attest_json_member_interval (AttestJson *json, const char *key, double low, double high);
/** An array of @strings (element-type char *). */
void attest_json_member_strings (AttestJson *json, const char *key, const GPtrArray *strings);

G_END_DECLS
