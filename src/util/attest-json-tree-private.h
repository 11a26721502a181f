/* What the parser of JSON and those who walk its tree share. */
#pragma once

#include "util/attest-json-tree.h"

G_BEGIN_DECLS

/* The type of a member's key. */
#define ATTEST_JSON_KEY 7

/* In the order of the text, so that what is inside of a value follows it directly; a member is its
 * key and then its value. */
typedef struct
{
  guint32 start;  /* of its text in bytes; a string's is between the quotes */
  guint32 length; /* bytes; of arrays and objects: how many elements or members */
  guint32 next;   /* the node after this value and all that is inside */
  guint8 type;
  guint8 escaped; /* a string with a backslash */
} AttestJsonNode;

struct _AttestJsonTree
{
  const char *text;
  GArray *nodes;       /* of AttestJsonNode */
  GArray *line_starts; /* of guint32: bytes after each LF, ascending */
};

G_END_DECLS
