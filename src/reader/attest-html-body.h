/* attest-html-body: an HTML page into text. */
#pragma once

#include "reader/attest-flow.h"

G_BEGIN_DECLS

typedef struct
{
  AttestFlow *flow;
  GString *title;
  guint n_hidden;     /* hidden elements left out */
  gboolean is_frames; /* the page only names other pages */
} AttestHtmlContent;

/** Reads @text, UTF-8 without NUL; nothing is loaded. ATTEST_ERROR_INPUT when it is nested too
 * deep. */
gboolean attest_html_body_read (const char *text, gsize length_bytes, AttestHtmlContent *content,
                                GError **error);

G_END_DECLS
