/* What the parts of a draft share. */
#pragma once

#include "report/attest-brief-draft.h"
#include "report/attest-brief.h"
#include "store/attest-store-ledger.h"
#include "store/attest-store-project.h"
#include "util/attest-sentence.h"

typedef struct
{
  AttestStore *store;
  const AttestCatalogue *labels;
  const AttestBriefNames *names;
  const char *lang;
  AttestProject *project;
  AttestLedger *ledger;
  GHashTable *facts;
  AttestSentenceFinder *finder;
  GString *out;
} AttestBriefDraft;

/** "## Text {mark}"; @mark: (nullable) */
void attest_brief_draft_heading (AttestBriefDraft *draft, int level, const char *text,
                                 const char *mark);
/** A paragraph that is a gap. */
void attest_brief_draft_gap (AttestBriefDraft *draft, const char *what);
/** The sentences of a text, escaped, each with a full stop and the mark. @mark: (nullable) */
void attest_brief_draft_sentences (AttestBriefDraft *draft, const char *text, const char *mark);

/* attest-brief-draft-project.c: what is known of evaluation and project. */
void attest_brief_draft_evaluation (AttestBriefDraft *draft);
void attest_brief_draft_project (AttestBriefDraft *draft);
/* attest-brief-draft-methods.c */
gboolean attest_brief_draft_methods (AttestBriefDraft *draft, GError **error);
