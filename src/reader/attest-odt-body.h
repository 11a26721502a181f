/* attest-odt-body: the XML of an OpenDocument text into text. */
#pragma once

#include "reader/attest-flow.h"
#include "reader/attest-odt-styles.h"

G_BEGIN_DECLS

typedef struct
{
  AttestOdtStyles *styles;
  AttestFlow *flow;  /* the text */
  AttestFlow *notes; /* footnotes and endnotes */
  GString *comments; /* "author: text", a line each */
  guint n_comments;
  guint n_hidden;   /* hidden stretches left out */
  guint n_numbered; /* paragraphs in lists */
} AttestOdtContent;

/** Reads styles.xml, content.xml or a flat document; adds to @content. */
gboolean attest_odt_body_read (AttestXml *xml, AttestOdtContent *content, GError **error);

G_END_DECLS
