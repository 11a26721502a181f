/* What the files that read a pattern share. */
#pragma once

#include "pattern/attest-regex.h"

G_BEGIN_DECLS

/* The state of a descent through a pattern. */
typedef struct
{
  const char *p, *end;
  const char *reason; /* (nullable) set: refused */
  guint depth;
  gboolean extended, extended_more; /* (?x), (?xx) */
  gboolean case_matters;            /* (?-i) */
  gboolean literal;                 /* inside \Q…\E */
  AttestRegex *regex;
} AttestRegexParser;

/** Stops: the pattern is not understood. The first reason stays. */
void attest_regex_refuse (AttestRegexParser *parser, const char *reason);
gboolean attest_regex_starts_with (const AttestRegexParser *parser, const char *prefix);
/** Passes over @prefix when it is there. */
gboolean attest_regex_take (AttestRegexParser *parser, const char *prefix);
guint32 attest_regex_take_char (AttestRegexParser *parser);
/** At most @most digits in @base. */
guint32 attest_regex_take_number (AttestRegexParser *parser, guint base, guint most);
/** Passes over everything up to and with @stop. */
void attest_regex_skip_past (AttestRegexParser *parser, char stop);

/** A node that starts @start. */
guint attest_regex_add_node (AttestRegexParser *parser, AttestNodeKind kind, const char *start);
/** To be changed before the next is added. */
AttestNode *attest_regex_get_node (AttestRegexParser *parser, guint node);
/** Sets where the node ends: here. Returns it. */
guint attest_regex_end_node (AttestRegexParser *parser, guint node);

/* attest-regex-class.c; each adds a node and returns it. */

/** Takes over what @set owns. */
guint attest_regex_add_set (AttestRegexParser *parser, const char *start, AttestCharSet *set);
guint attest_regex_add_char (AttestRegexParser *parser, const char *start, gunichar c);
/** Behind the backslash. */
guint attest_regex_parse_escape (AttestRegexParser *parser);
/** Behind the bracket. */
guint attest_regex_parse_class (AttestRegexParser *parser);

G_END_DECLS
