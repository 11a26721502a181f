/* attest-brief-annex: the list that the numbers of a brief lead to, in HTML.
 */
#pragma once

#include "report/attest-brief-notes.h"
#include "report/attest-html.h"

G_BEGIN_DECLS

void attest_brief_write_annex (const AttestBriefRendering *rendering, const AttestBriefNotes *notes,
                               AttestHtml *html);

G_END_DECLS
