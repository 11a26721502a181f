/* attest-brief: the text of an evaluation brief, and what its sentences refer to.
 *
 * A brief is Markdown. A sentence says what it rests on in braces at its end: {F3}, {Q7F3K2A},
 * {rating:impact}, {count:respondents}, several with commas between; or that it rests on nothing in
 * the project: {judgement}, {boilerplate}. {todo: …} is a gap, {silence CHECK: …} says why what a
 * check finds does not count, and {untraced} after a heading that the sentences of its section need
 * no references. doc/brief.md is the format.
 *
 * Markdown with footnotes that are called by the same names, [^F3], reads the same: so does a brief
 * that was rendered as Markdown.
 *
 * Nothing here looks into a project.
 */
#pragma once

#include <glib.h>

#include "util/attest-text.h"

G_BEGIN_DECLS

typedef enum
{
  ATTEST_MARK_ENTRY,  /* id: "F3" */
  ATTEST_MARK_QUOTE,  /* id: "Q7F3K2A" */
  ATTEST_MARK_RATING, /* id: the criterion */
  ATTEST_MARK_COUNT,  /* id: what is counted, "respondents" */
  ATTEST_MARK_JUDGEMENT,
  ATTEST_MARK_BOILERPLATE,
  ATTEST_MARK_UNTRACED,
  ATTEST_MARK_SILENCE, /* id: of what, and why: "count: as of June" */
  ATTEST_MARK_GAP,     /* id: what is to be written, "" */
  ATTEST_MARK_UNKNOWN, /* id: as it is written */
} AttestMarkType;

typedef struct
{
  AttestMarkType type;
  char *id;
  gsize start_byte, end_byte; /* of the id as it is written, without braces */
  guint group;                /* those in the same braces */
  guint sentence;             /* index; G_MAXUINT: in none */
} AttestMark;

typedef enum
{
  ATTEST_SENTENCE_PLAIN,
  ATTEST_SENTENCE_HEADING,   /* needs no reference */
  ATTEST_SENTENCE_ROW,       /* of a table, all its cells */
  ATTEST_SENTENCE_QUOTATION, /* a paragraph of a block quotation */
} AttestSentenceType;

typedef struct
{
  AttestSentenceType type;
  gboolean is_traced;         /* in a section whose sentences need references */
  guint number;               /* from 1, of all but headings: S1, S2 … */
  gsize start_byte, end_byte; /* in the text of the brief, marks at its end left out */
  char *text;                 /* without marks and emphasis, on one line */
  guint heading;              /* number of a heading, from 1; else 0 */
  guint first_mark, end_mark; /* its marks are among those, half-open */
} AttestBriefSentence;

typedef struct
{
  char *path; /* for messages */
  char *text; /* whole, UTF-8 */
  gsize length_bytes;
  char *lang;                /* ISO 639-1, as the head says; "en" */
  gsize body_byte;           /* where the Markdown begins */
  gsize end_byte;            /* and ends: definitions of footnotes follow */
  GArray *lines;             /* of gsize: where each line begins */
  AttestCharMap *characters; /* of the text */
  GArray *groups;            /* of AttestSpan: what is in braces, with them */
  GArray *group_marks;       /* of guint: the first mark of each group */
  GArray *marks;             /* of AttestMark, in order */
  GArray *sentences;         /* of AttestBriefSentence, in order */
  GArray *untraced;          /* of guint: numbers of headings whose sections are not traced */
  GArray *html;              /* of AttestSpan: lines of raw HTML, which nobody will see */
} AttestBrief;

/**
 * Takes a brief apart. @path: for messages. @text: UTF-8 with LF line ends, as attest_decode()
 * leaves it.
 * Errors: ATTEST_ERROR_INPUT, "PATH:LINE:COLUMN: …", for a head that says something unknown;
 * ATTEST_ERROR_LIMIT for a text that is far longer than a brief.
 */
AttestBrief *attest_brief_parse (const char *path, const char *text, gsize length_bytes,
                                 GError **error);
void attest_brief_free (AttestBrief *brief);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestBrief, attest_brief_free)

static inline const AttestMark *
attest_brief_mark (const AttestBrief *brief, guint i)
{
  return &g_array_index (brief->marks, AttestMark, i);
}

static inline const AttestBriefSentence *
attest_brief_sentence (const AttestBrief *brief, guint i)
{
  return &g_array_index (brief->sentences, AttestBriefSentence, i);
}

/** The marks of a group: *@at is the first, and then the next. NULL: no more. */
static inline const AttestMark *
attest_brief_next_of_group (const AttestBrief *brief, guint group, guint *at)
{
  while (*at < brief->marks->len)
    {
      const AttestMark *mark = attest_brief_mark (brief, (*at)++);

      if (mark->group == group)
        return mark;
      if (mark->group != G_MAXUINT)
        return NULL;
    }
  return NULL;
}

/** Whether a mark says what its sentence rests on, or that it rests on nothing. */
static inline gboolean
attest_mark_is_reference (const AttestMark *mark)
{
  return mark->type <= ATTEST_MARK_BOILERPLATE;
}

/** What a mark refers to: "F3", "rating:impact", "judgement"; NULL: it is none that says so. */
char *attest_mark_dup_id (const AttestMark *mark);

/** "S12"; "16", the first sentence that stands on that line; "16:39", the one that stands there, or
 * next on the line. NULL: none. */
const AttestBriefSentence *attest_brief_find_sentence (const AttestBrief *brief, const char *where);

/** Line and column of a byte, from 1; columns are code points. */
void attest_brief_get_place (const AttestBrief *brief, gsize byte, guint *out_line,
                             guint *out_column);

/** A text as Markdown that says just that: what would be markup or a mark is escaped. Control
 * characters and line ends become spaces. */
char *attest_brief_dup_escaped (const char *text);

G_END_DECLS
