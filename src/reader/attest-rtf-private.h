/* What the files of attest-rtf-body share: one reading of a file.
 */
#pragma once

#include "reader/attest-codepage.h"
#include "reader/attest-rtf-body.h"
#include "reader/attest-rtf-fonts.h"
#include "reader/attest-rtf-lexer.h"
#include "reader/attest-rtf-sink.h"

G_BEGIN_DECLS

/* What the text of a group is for. */
typedef enum
{
  ATTEST_RTF_TO_SINK, /* the text of the document */
  ATTEST_RTF_TO_NOTHING,
  ATTEST_RTF_TO_ALTERNATIVES, /* \upr: only the one in Unicode counts */
  ATTEST_RTF_TO_FONTS,
  ATTEST_RTF_TO_STYLES,
  ATTEST_RTF_TO_INFO,
  ATTEST_RTF_TO_METADATA,
} AttestRtfDestination;

/* What a group keeps to itself. */
typedef struct
{
  AttestRtfDestination to;
  AttestRtfSink *sink;
  gboolean ends_note, ends_box; /* something ends with the group */
  const char *key;              /* of metadata that ends with the group, or NULL */
  gboolean star;                /* \* came: the next word is unknown to older programs */
  gboolean nested_props;        /* rows and edges are those of a nested table */
  guint n_fallback;             /* \uc */
  int font, double_byte_font;   /* -1: none */
  gboolean double_byte;         /* \dbch: the latter holds */
  gboolean bold, italic, hidden, deleted;
  gboolean in_table;
  guint nesting; /* \itap */
  int style, outline;
} AttestRtfState;

typedef struct
{
  AttestDocument *doc;
  AttestRtfReport *report;
  AttestRtfLexer lexer;
  AttestRtfToken token;
  AttestCodepages *codepages;
  AttestRtfFonts *fonts;
  AttestRtfSink *main, *notes, *boxes;
  GArray *states; /* of AttestRtfState; the last one is that of the group that is open */
  AttestRtfState *state;
  int default_font;
  guint named_codepage; /* ATTEST_CODEPAGE_NAMED when the user names one, else 0 */
  guint to_skip;        /* characters after \u that stand for it in older programs */
  gunichar2 high;       /* a surrogate that waits for its other half, or 0 */
  gboolean row_defined; /* \trowd came, \row did not */
  GArray *edges;        /* of int: \cellx of the row */
  GByteArray *pending;  /* bytes of text, of one code page */
  AttestRtfState pending_state;
  guint pending_codepage;
  gsize pending_at;
  gboolean in_hidden; /* the last text was hidden */
  GString *scratch, *metadata;
  GPtrArray *found; /* metadata: keys and values in turn */
} AttestRtfBody;

/** Whether the text of the open group is kept at all. */
gboolean attest_rtf_takes_text (const AttestRtfBody *body);
/** Where text of @state stands. */
AttestRtfPlace attest_rtf_place (const AttestRtfBody *body, const AttestRtfState *state);
/** The code page of bytes in @state. */
guint attest_rtf_codepage (const AttestRtfBody *body, const AttestRtfState *state);

/** Takes one byte of text, however it is written. */
void attest_rtf_take_byte (AttestRtfBody *body, guint8 byte);
/** Takes the text of the token. */
void attest_rtf_take_text (AttestRtfBody *body);
/** Takes the token's \u: a unit of UTF-16 as a signed number; some programs write code points. */
void attest_rtf_take_unicode (AttestRtfBody *body);
/** Takes UTF-8 that a word stands for. */
void attest_rtf_put (AttestRtfBody *body, const char *text);
/** Takes TAB or LF. */
void attest_rtf_put_space (AttestRtfBody *body, char space);
/** Delivers what waits for more bytes or for the other half of a surrogate. */
void attest_rtf_flush (AttestRtfBody *body);

/** Runs the word of the token. */
void attest_rtf_run_word (AttestRtfBody *body);
/** \par */
void attest_rtf_end_paragraph (AttestRtfBody *body);

G_END_DECLS
