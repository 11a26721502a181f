/* attest-store-guide: interview guides in the project file, and which turns ask which question.
 *
 * A source is held by one guide at most. What a guide found stays when codebooks code again: a
 * question names codes by their id. Errors, transactions and ownership are those of
 * attest-store.h.
 */
#pragma once

#include "store/attest-store.h"

G_BEGIN_DECLS

typedef struct
{
  const char *question;     /* id in the guide */
  const char *section;      /* (nullable) */
  const char *text;         /* as it is to be asked */
  const char *langs;        /* in which it can be known: "en ru"; "*": any */
  const char *const *codes; /* ids, NULL-terminated */
} AttestStoreQuestion;

typedef struct
{
  const char *name;
  const char *version, *title; /* (nullable) */
  const char *sha256, *text;
  gsize length_bytes;                   /* of text */
  const AttestStoreQuestion *questions; /* index: `code` of AttestQuestion and AttestAsked */
  guint n_questions;
} AttestGuideSpec;

/**
 * Writes. Takes a guide into the project and removes what it, and earlier ones of its name, found.
 * The same text again is the same guide. The sources that it is for are aligned after this.
 */
gboolean attest_store_begin_guide (AttestStore *store, const AttestGuideSpec *spec,
                                   gint64 *out_guide_id, GError **error);
/**
 * Writes. Keeps that the source was held by the guide, in place of any other, and what was found in
 * it. @doc: from attest_store_get_document (@source); @coding: of the guide as a codebook;
 * @pattern_questions: question by pattern, for what is incomplete.
 */
gboolean attest_store_align_source (AttestStore *store, gint64 guide_id, const char *source,
                                    const AttestDocument *doc, const AttestCoding *coding,
                                    const guint *pattern_questions, GError **error);

/** Writes. The source has no guide, and nothing that one found, from now on; the text of the guide
 * stays. */
gboolean attest_store_release_source (AttestStore *store, const char *source, GError **error);

/* A source and its guide. */
typedef struct
{
  char *source;
  char *guide;         /* (nullable) name; NULL: none */
  gint64 guide_id;     /* 0: none */
  gboolean is_aligned; /* FALSE: its text is newer than what was aligned */
} AttestGuideSource;

/** (element-type AttestGuideSource) all sources, ordered by label; with a free function. */
GPtrArray *attest_store_list_guide_sources (AttestStore *store, GError **error);

typedef struct
{
  char *question, *section, *text, *langs; /* as in AttestStoreQuestion */
  char **codes;
  gint64 turns;                /* that ask it */
  gint64 sources, respondents; /* in which it was asked, who answered */
  gint64 incomplete;           /* turns in which it was not looked for to the end */
} AttestGuideQuestionInfo;

typedef struct
{
  gint64 id;
  char *name;
  char *version, *title; /* (nullable) */
  char *sha256;
  char *applied_at;  /* ISO 8601, UTC: last */
  char **sources;    /* labels, sorted */
  GArray *questions; /* of AttestGuideQuestionInfo, in the order of the guide */
} AttestGuideInfo;

void attest_guide_info_free (AttestGuideInfo *info);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestGuideInfo, attest_guide_info_free)

/** (element-type AttestGuideInfo) the guides that sources are held by, ordered by name; with a free
 * function. */
GPtrArray *attest_store_list_guides (AttestStore *store, GError **error);
/** The file as it was. */
GBytes *attest_store_get_guide_text (AttestStore *store, gint64 guide_id, GError **error);

/* An interviewer's turn that asks. */
typedef struct
{
  char *source;
  guint turn;
  char **questions;           /* ids, in the order of the guide; empty: none of the guide */
  gsize start_byte, end_byte; /* of what told the first of them, or of the turn */
} AttestQuestionTurn;

/** (element-type AttestQuestionTurn) by source and turn; with a free function. @source: (nullable)
 * all. */
GPtrArray *attest_store_list_question_turns (AttestStore *store, const char *source,
                                             GError **error);

/** Whether sources have a guide whose questions were not looked for in them. */
gboolean attest_store_needs_alignment (AttestStore *store, gboolean *out_needs, GError **error);

G_END_DECLS
