/* attest-brief-render: a brief for readers, with an annex of what its sentences rest on.
 *
 * References become numbers that lead into the annex. It holds entries of the ledger and quotes,
 * each as the disclosure allows: for the public by pseudonym and group. Raw HTML of the text is
 * shown as text, links of the text as text with their address, images by their description: the
 * page asks for nothing from outside, and nothing in a text becomes markup. The same project and
 * text give the same bytes.
 */
#pragma once

#include "model/attest-strength.h"
#include "report/attest-brief-names.h"
#include "report/attest-brief.h"
#include "report/attest-catalogue.h"
#include "report/attest-disclosure.h"

G_BEGIN_DECLS

typedef struct
{
  AttestStore *store;
  const AttestBrief *brief;
  const AttestBriefNames *names; /* in the language of the labels */
  const AttestCatalogue *labels;
  const AttestStrengthRules *rules;
  AttestDisclosure *disclosure; /* (nullable) NULL: for those who hold the project */
} AttestBriefRendering;

typedef enum
{
  ATTEST_BRIEF_PAGE,   /* a self-contained page with its style */
  ATTEST_BRIEF_OFFICE, /* the same without style, for a converter to word processors */
} AttestBriefHtmlForm;

/** Appends a page of HTML. */
gboolean attest_brief_render_html (const AttestBriefRendering *rendering, AttestBriefHtmlForm form,
                                   GString *out, GError **error);
/** Appends Markdown with footnotes, which attest_brief_parse() reads as the same brief. */
gboolean attest_brief_render_markdown (const AttestBriefRendering *rendering, GString *out,
                                       GError **error);

G_END_DECLS
