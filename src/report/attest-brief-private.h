/* What the files that read a brief share. */
#pragma once

#include <cmark-gfm.h>

#include "report/attest-brief.h"

/* Sentences of the body. @masked: the text in which what is no body is blank, and marks are
 * letters in braces; of equal length. */
void attest_brief_find_sentences (AttestBrief *brief, const char *masked);
/* The groups and marks of the body. */
void attest_brief_find_marks (AttestBrief *brief);
/** The tree of a Markdown text with tables; to be freed by cmark_node_free(). */
cmark_node *attest_brief_parse_markdown (const char *text, gsize length_bytes);
