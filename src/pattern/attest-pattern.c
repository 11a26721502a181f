/* attest-pattern: see the header.
 *
 * A body that may not be a whole pattern is compiled by itself first: the errors and offsets that
 * PCRE2 gives are then those of what the author wrote, and one such as "a)(b" cannot reach out of
 * the group that the word edges put around it. What such a group needs beyond that:
 *
 *   \b(?:BODY\E)\b      \E ends a \Q that the body left open, and is nothing otherwise
 *   \b(?:BODY\n\E)\b    when the first does not compile: then a (?x) comment swallowed the end
 *
 * Settings that count only at the very start of a pattern, such as (*LIMIT_MATCH=1000), move in
 * front of the \b.
 */
#include "pattern/attest-pattern.h"

#include <string.h>

#include "pattern/attest-pattern-private.h"
#include "util/attest-error.h"
#include "util/attest-limits.h"

#define COMPILE_OPTIONS                                                                            \
  (PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_NEVER_BACKSLASH_C | PCRE2_USE_OFFSET_LIMIT)
#define MAX_MESSAGE_BYTES 256

/* Compiling to machine code takes as long as trying a pattern at some hundred places without. */
#define JIT_AFTER_WORK 4096
/* What one call is worth, in places where a match may begin. */
#define WORK_OF_CALL 16
/* PCRE2 looks up to the end of the text for the next letter that a match can begin with. With more
 * text than this behind the places that are asked about, a pattern is used that does not. */
#define MAX_QUICK_BYTES 32768
/* Calls of the match function after which machine code decides, whose limits are ours. */
#define MAX_QUICK_CALLS 20000

struct _AttestPattern
{
  char *body;
  gboolean has_edges;
  pcre2_code *code;
  pcre2_code *local_code; /* the same without a look ahead for where a match can begin */
  gboolean can_match_empty;
  gboolean needs_one_engine;
  gint work;                      /* done without machine code; atomic */
  gsize is_ready, is_local_ready; /* for g_once: compiled to machine code */
};

struct _AttestMatcher
{
  pcre2_match_data *data;
  pcre2_match_context *context;
  pcre2_jit_stack *jit_stack;
};

/* Settings that PCRE2 knows only at the start of a pattern. */
static const char *const start_settings[] = {
  "ANY",
  "ANYCRLF",
  "BSR_ANYCRLF",
  "BSR_UNICODE",
  "CR",
  "CRLF",
  "LF",
  "LIMIT_DEPTH",
  "LIMIT_HEAP",
  "LIMIT_MATCH",
  "NO_JIT",
  "NO_START_OPT",
  "NOTEMPTY",
  "NOTEMPTY_ATSTART",
  "NO_AUTO_POSSESS",
  "NO_DOTSTAR_ANCHOR",
  "NUL",
  "LIMIT_RECURSION",
  "UCP",
  "UTF",
};

static void
clear_pattern (gpointer data)
{
  AttestPattern *pattern = data;

  pcre2_code_free (pattern->code);
  pcre2_code_free (pattern->local_code);
  g_free (pattern->body);
}

static gboolean
is_start_setting (const char *name, gsize length_bytes)
{
  for (gsize i = 0; i < G_N_ELEMENTS (start_settings); i++)
    if (strlen (start_settings[i]) == length_bytes
        && memcmp (start_settings[i], name, length_bytes) == 0)
      return TRUE;
  return FALSE;
}

/* Bytes of "(*NAME)(*NAME=VALUE)…" at the start of a body. */
static gsize
start_settings_length (const char *body)
{
  const char *p = body;

  while (g_str_has_prefix (p, "(*"))
    {
      gsize name_bytes = strcspn (p + 2, "=)");
      const char *end = strchr (p + 2 + name_bytes, ')');
      if (end == NULL || !is_start_setting (p + 2, name_bytes))
        break;
      p = end + 1;
    }
  return (gsize)(p - body);
}

static pcre2_code *
compile (const char *body, gsize length_bytes, guint32 options, int *out_error,
         gsize *out_error_byte)
{
  PCRE2_SIZE at = 0;
  pcre2_code *code = pcre2_compile ((PCRE2_SPTR)body, length_bytes, COMPILE_OPTIONS | options,
                                    out_error, &at, NULL);

  *out_error_byte = MIN (at, length_bytes);
  return code;
}

static pcre2_code *
compile_with_word_edges (const char *body, guint32 options, int *out_error)
{
  static const char *const endings[] = { "\\E)\\b", "\n\\E)\\b" };
  int settings_bytes = (int)start_settings_length (body);

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      gsize unused;
      g_autofree char *wrapped = g_strdup_printf ("%.*s\\b(?:%s%s", settings_bytes, body,
                                                  body + settings_bytes, endings[i]);
      pcre2_code *code = compile (wrapped, strlen (wrapped), options, out_error, &unused);
      if (code != NULL)
        return code;
    }
  return NULL;
}

/* Passes over the class at @p, up to and with its bracket; NULL: it is not one of the simple ones.
 */
static const char *
skip_class (const char *p)
{
  p++;
  p += *p == '^';
  p += *p == ']';
  for (; *p != ']'; p++)
    if (*p == '\0' || *p == '[' || (*p == '\\' && (*++p == '\0' || strchr ("QEc", *p) != NULL)))
      return NULL;
  return p + 1;
}

/* Whether each bracket is sure to have its other half in the body. FALSE says nothing: comments,
 * quotations and other places where brackets do not count are not looked into. */
static gboolean
is_surely_whole (const char *body)
{
  guint depth = 0;

  for (const char *p = body; *p != '\0';)
    switch (*p)
      {
      case '\\':
        if (p[1] == '\0' || strchr ("QEcgk", p[1]) != NULL)
          return FALSE;
        p += 2;
        break;
      case '[':
        p = skip_class (p);
        if (p == NULL)
          return FALSE;
        break;
      case '#':
      case '*':
        /* "(*VERB:text)", and comments, for which (?x) is not even looked for. */
        if (*p == '#' || (p > body && p[-1] == '('))
          return FALSE;
        p++;
        break;
      case '(':
        if (p[1] == '?' && p[2] != '\0' && strchr (":=!<>|", p[2]) == NULL)
          return FALSE;
        depth++;
        p++;
        break;
      case ')':
        if (depth-- == 0)
          return FALSE;
        p++;
        break;
      default:
        p++;
      }
  return depth == 0;
}

/* Whether the body may have a construct for which PCRE2 10.42 does not find the same by its
 * interpreter, by machine code, and without a look ahead for where a match can begin: calls of
 * groups (/x(?:(?R)?-)?/ finds "x" or "xx-" in "xx-"), verbs, atomic groups, possessive
 * quantifiers. TRUE more often than needed. */
static gboolean
needs_one_engine (const char *body)
{
  static const char *const constructs[]
      = { "(*", "(?>", "(?|", "(?(", "(?R", "(?&", "(?+", "(?-", "(?P>", "\\g", "\\K" };

  for (gsize i = 0; i < G_N_ELEMENTS (constructs); i++)
    if (strstr (body, constructs[i]) != NULL)
      return TRUE;
  for (const char *p = strstr (body, "(?"); p != NULL; p = strstr (p + 2, "(?"))
    if (g_ascii_isdigit (p[2]))
      return TRUE;
  for (const char *p = strchr (body, '+'); p != NULL; p = strchr (p + 1, '+'))
    if (p > body && strchr ("+*?}", p[-1]) != NULL)
      return TRUE;
  return FALSE;
}

static gpointer
throw_pcre2 (GError **error, int number)
{
  char message[MAX_MESSAGE_BYTES];

  if (pcre2_get_error_message (number, (PCRE2_UCHAR *)message, sizeof message) < 0)
    g_snprintf (message, sizeof message, "PCRE2 error %d", number);
  return attest_throw_null (error, ATTEST_ERROR_CODEBOOK, "%s", message);
}

AttestPattern *
attest_pattern_new (const char *body, AttestPatternFlags flags, gsize *out_error_byte,
                    GError **error)
{
  gsize length_bytes = strlen (body);
  guint32 matches_empty = 0;
  int number = 0;

  *out_error_byte = 0;
  if (length_bytes > ATTEST_MAX_PATTERN_BYTES)
    return attest_throw_null (error, ATTEST_ERROR_CODEBOOK,
                              "the pattern is longer than %u bytes: split it into several",
                              ATTEST_MAX_PATTERN_BYTES);
  pcre2_code *code = NULL;
  gboolean has_edges = (flags & ATTEST_PATTERN_WORD_EDGES) != 0;
  if (has_edges && is_surely_whole (body))
    code = compile_with_word_edges (body, 0, &number);
  if (code == NULL)
    {
      code = compile (body, length_bytes, 0, &number, out_error_byte);
      if (code == NULL)
        return throw_pcre2 (error, number);
      if (has_edges)
        {
          pcre2_code_free (code);
          code = compile_with_word_edges (body, 0, &number);
          if (code == NULL)
            return throw_pcre2 (error, number);
        }
    }
  pcre2_pattern_info (code, PCRE2_INFO_MATCHEMPTY, &matches_empty);

  AttestPattern *pattern = g_atomic_rc_box_new0 (AttestPattern);
  pattern->body = g_strdup (body);
  pattern->has_edges = has_edges;
  pattern->needs_one_engine = needs_one_engine (body);
  pattern->code = code;
  pattern->can_match_empty = matches_empty != 0;
  return pattern;
}

AttestPattern *
attest_pattern_ref (AttestPattern *pattern)
{
  return g_atomic_rc_box_acquire (pattern);
}

void
attest_pattern_unref (AttestPattern *pattern)
{
  if (pattern != NULL)
    g_atomic_rc_box_release_full (pattern, clear_pattern);
}

/* PCRE2 says "10.42 2022-12-11". */
char *
attest_pattern_dup_library (void)
{
  g_autofree char *version = g_malloc0 ((gsize)pcre2_config (PCRE2_CONFIG_VERSION, NULL) + 1);

  pcre2_config (PCRE2_CONFIG_VERSION, version);
  version[strcspn (version, " ")] = '\0';
  return g_strdup_printf ("PCRE2 %s", version);
}

const char *
attest_pattern_get_body (const AttestPattern *pattern)
{
  return pattern->body;
}

const pcre2_code *
attest_pattern_get_code (const AttestPattern *pattern)
{
  return pattern->code;
}

gsize
attest_pattern_get_size_bytes (const AttestPattern *pattern)
{
  gsize code_bytes = 0;
  gsize jit_bytes = 0;

  pcre2_pattern_info (pattern->code, PCRE2_INFO_SIZE, &code_bytes);
  pcre2_pattern_info (pattern->code, PCRE2_INFO_JITSIZE, &jit_bytes);
  return code_bytes + jit_bytes;
}

gboolean
attest_pattern_can_match_empty (const AttestPattern *pattern)
{
  return pattern->can_match_empty;
}

AttestMatcher *
attest_matcher_new (void)
{
  AttestMatcher *matcher = g_new0 (AttestMatcher, 1);

  /* Only the whole match is looked at. */
  matcher->data = pcre2_match_data_create (1, NULL);
  matcher->context = pcre2_match_context_create (NULL);
  matcher->jit_stack
      = pcre2_jit_stack_create (ATTEST_JIT_STACK_START_BYTES, ATTEST_JIT_STACK_MAX_BYTES, NULL);
  g_assert (matcher->data != NULL && matcher->context != NULL); /* as GLib: no memory, no work */
  pcre2_set_match_limit (matcher->context, ATTEST_MAX_MATCH_CALLS);
  pcre2_set_heap_limit (matcher->context, ATTEST_MATCH_HEAP_KIB);
  /* A NULL stack means JIT's own 32 KiB: matching works, the stack limit just comes earlier. */
  if (matcher->jit_stack != NULL)
    pcre2_jit_stack_assign (matcher->context, NULL, matcher->jit_stack);
  return matcher;
}

void
attest_matcher_free (AttestMatcher *matcher)
{
  if (matcher == NULL)
    return;
  pcre2_match_data_free (matcher->data);
  pcre2_match_context_free (matcher->context);
  pcre2_jit_stack_free (matcher->jit_stack);
  g_free (matcher);
}

static const char *
limit_reason (int rc)
{
  switch (rc)
    {
    case PCRE2_ERROR_MATCHLIMIT:
      return "match limit: the pattern backtracks too much";
    case PCRE2_ERROR_DEPTHLIMIT:
      return "depth limit: the pattern nests too deeply";
    case PCRE2_ERROR_HEAPLIMIT:
    case PCRE2_ERROR_NOMEMORY:
      return "memory limit: the pattern needs too much memory";
    case PCRE2_ERROR_JIT_STACKLIMIT:
      return "stack limit: the pattern backtracks too deeply";
    case PCRE2_ERROR_RECURSELOOP:
      return "the pattern recurses into itself without end";
    default:
      return "PCRE2 failed";
    }
}

/* Where to search on after an empty match that was found from @found_from and ends at @end_byte. */
static gsize
step_over_empty (const char *text, gsize length_bytes, gsize found_from, gsize end_byte)
{
  if (end_byte > found_from) /* \K: something was consumed */
    return end_byte;
  if (end_byte >= length_bytes)
    return length_bytes + 1;
  return end_byte + (gsize)(g_utf8_next_char (text + end_byte) - (text + end_byte));
}

/* To machine code. Without JIT (a platform that has none, or a pattern too large for it) matching
 * is slower. */
static void
make_ready (AttestPattern *pattern)
{
  if (g_once_init_enter (&pattern->is_ready))
    {
      pcre2_jit_compile (pattern->code, PCRE2_JIT_COMPLETE);
      g_once_init_leave (&pattern->is_ready, 1);
    }
}

static const pcre2_code *
get_local_code (AttestPattern *pattern)
{
  if (g_once_init_enter (&pattern->is_local_ready))
    {
      int number;
      gsize unused;

      pattern->local_code
          = pattern->has_edges
                ? compile_with_word_edges (pattern->body, PCRE2_NO_START_OPTIMIZE, &number)
                : compile (pattern->body, strlen (pattern->body), PCRE2_NO_START_OPTIMIZE, &number,
                           &unused);
      g_assert (pattern->local_code != NULL);
      pcre2_jit_compile (pattern->local_code, PCRE2_JIT_COMPLETE);
      g_once_init_leave (&pattern->is_local_ready, 1);
    }
  return pattern->local_code;
}

/* Whether it is worth while by now: most patterns are tried at a few places only. */
static gboolean
is_worth_jit (AttestPattern *pattern, gsize n_places)
{
  gint work = (gint)MIN (n_places, JIT_AFTER_WORK) + WORK_OF_CALL;

  return g_atomic_int_get (&pattern->work) >= JIT_AFTER_WORK
         || g_atomic_int_add (&pattern->work, work) + work >= JIT_AFTER_WORK;
}

static int
match (AttestMatcher *matcher, AttestPattern *pattern, const char *text, gsize length_bytes,
       gsize from_byte, gsize last_start_byte)
{
  /* Both are true by contract: the text was checked when the document was read. */
  const guint32 options = PCRE2_NO_UTF_CHECK;

  pcre2_set_offset_limit (matcher->context, last_start_byte);
  if (length_bytes - MIN (length_bytes, last_start_byte) > MAX_QUICK_BYTES
      && !pattern->needs_one_engine)
    return pcre2_match (get_local_code (pattern), (PCRE2_SPTR)text, length_bytes, from_byte,
                        options, matcher->data, matcher->context);
  if (length_bytes <= MAX_QUICK_BYTES && !pattern->needs_one_engine
      && !is_worth_jit (pattern, MIN (last_start_byte, length_bytes) - from_byte))
    {
      int rc;

      pcre2_set_match_limit (matcher->context, MAX_QUICK_CALLS);
      rc = pcre2_match (pattern->code, (PCRE2_SPTR)text, length_bytes, from_byte,
                        options | PCRE2_NO_JIT, matcher->data, matcher->context);
      pcre2_set_match_limit (matcher->context, ATTEST_MAX_MATCH_CALLS);
      if (rc >= 0 || rc == PCRE2_ERROR_NOMATCH)
        return rc;
    }
  make_ready (pattern);
  return pcre2_match (pattern->code, (PCRE2_SPTR)text, length_bytes, from_byte, options,
                      matcher->data, matcher->context);
}

AttestMatchResult
attest_matcher_find (AttestMatcher *matcher, AttestPattern *pattern, const char *text,
                     gsize length_bytes, gsize from_byte, gsize *out_start_byte,
                     gsize *out_end_byte, const char **out_reason)
{
  return attest_matcher_find_between (matcher, pattern, text, length_bytes, from_byte, PCRE2_UNSET,
                                      out_start_byte, out_end_byte, out_reason);
}

AttestMatchResult
attest_matcher_find_between (AttestMatcher *matcher, AttestPattern *pattern, const char *text,
                             gsize length_bytes, gsize from_byte, gsize last_start_byte,
                             gsize *out_start_byte, gsize *out_end_byte, const char **out_reason)
{
  const PCRE2_SIZE *span = pcre2_get_ovector_pointer (matcher->data);

  while (from_byte <= MIN (length_bytes, last_start_byte))
    {
      int rc = match (matcher, pattern, text, length_bytes, from_byte, last_start_byte);

      if (rc == PCRE2_ERROR_NOMATCH)
        return ATTEST_MATCH_NONE;
      if (rc < 0)
        {
          *out_reason = limit_reason (rc);
          return ATTEST_MATCH_LIMIT;
        }
      if (span[0] < span[1])
        {
          *out_start_byte = span[0];
          *out_end_byte = span[1];
          return ATTEST_MATCH_FOUND;
        }
      from_byte = step_over_empty (text, length_bytes, pcre2_get_startchar (matcher->data),
                                   MAX (span[1], from_byte));
    }
  return ATTEST_MATCH_NONE;
}

static gboolean
takes_more_steps (AttestMatcher *matcher, AttestPattern *pattern, const char *text,
                  gsize length_bytes, guint32 steps)
{
  int rc;

  pcre2_set_match_limit (matcher->context, steps);
  pcre2_set_offset_limit (matcher->context, PCRE2_UNSET);
  rc = pcre2_match (pattern->code, (PCRE2_SPTR)text, length_bytes, 0,
                    PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, matcher->data, matcher->context);
  pcre2_set_match_limit (matcher->context, ATTEST_MAX_MATCH_CALLS);
  return rc == PCRE2_ERROR_MATCHLIMIT;
}

guint32
attest_matcher_count_steps (AttestMatcher *matcher, AttestPattern *pattern, const char *text,
                            gsize length_bytes, guint32 max_steps)
{
  guint32 low = 0, high = 16;

  while (high < max_steps && takes_more_steps (matcher, pattern, text, length_bytes, high))
    {
      low = high;
      high *= 2;
    }
  high = MIN (high, max_steps);
  while (high - low > 1)
    {
      guint32 middle = low + (high - low) / 2;

      if (takes_more_steps (matcher, pattern, text, length_bytes, middle))
        low = middle;
      else
        high = middle;
    }
  return high;
}
