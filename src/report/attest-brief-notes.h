/* attest-brief-notes: what the sentences of a brief rest on, numbered, as it may be printed.
 */
#pragma once

#include "report/attest-brief-people.h"
#include "report/attest-brief-render.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;     /* "Q7F3K2A" */
  char *stance; /* (nullable) "supports it" */
  gboolean is_against;
  char *text;           /* of the quote, or why it is not printed */
  gboolean is_verbatim; /* the words that were said */
  char *attribution;    /* "P7K3Q, Government"; "" when nothing may be told */
  char *answer;         /* (nullable) to what contradicts */
} AttestBriefNoteQuote;

typedef struct
{
  guint number;        /* from 1 */
  char *id;            /* "F3", "rating:impact" */
  char *title;         /* "Finding F3, Impact" */
  char *text;          /* (nullable) with a full stop */
  char *details;       /* (nullable) strength, who is to act */
  GArray *quotes;      /* of AttestBriefNoteQuote */
  GPtrArray *rests_on; /* of char *: ids of notes */
} AttestBriefNote;

typedef struct
{
  GPtrArray *notes; /* of AttestBriefNote, as they are first referred to, then what those rest on */
  GHashTable *by_id;      /* id → AttestBriefNote */
  GArray *groups;         /* of AttestBriefGroup: who was heard */
  gboolean has_judgement; /* a sentence is marked as judgement */
} AttestBriefNotes;

AttestBriefNotes *attest_brief_notes_new (const AttestBriefRendering *rendering, GError **error);
void attest_brief_notes_free (AttestBriefNotes *notes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestBriefNotes, attest_brief_notes_free)

/** The note that a mark leads to; NULL: none. */
const AttestBriefNote *attest_brief_notes_find (const AttestBriefNotes *notes,
                                                const AttestMark *mark);

/** The body with each group of marks as N, its index, between noncharacters in braces, which
 * Markdown leaves alone. */
char *attest_brief_dup_body (const AttestBrief *brief);
/** Reads such a group at @at, and moves @at behind it. FALSE: there is none. */
gboolean attest_brief_read_group (const AttestBrief *brief, const char **at, guint *out_group);

G_END_DECLS
