/* attest-document: one transcript as the rest of attest sees it.
 *
 * A document is filled by one reader in one thread and read-only afterwards.
 * The text is UTF-8, NFC, with LF line ends and no control characters but LF
 * and TAB; it is NUL-terminated and contains no NUL. All spans are byte offsets
 * into the text, half-open.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ATTEST_ROLE_INTERVIEWER,
  ATTEST_ROLE_RESPONDENT,
  ATTEST_ROLE_INTERPRETER,
  ATTEST_ROLE_OTHER,
} AttestRole;

#define ATTEST_N_ROLES 4

/* No time is known. */
#define ATTEST_NO_TIME G_GINT64_CONSTANT (-1)
/* The role_reason of whoever "says" the questions of a table: each of their turns is a question,
 * however short. */
#define ATTEST_REASON_QUESTIONS "a table's questions"
/* The transcript names no speaker for the turn. */
#define ATTEST_NO_SPEAKER G_MAXUINT

typedef struct
{
  char *label; /* as in the transcript, without its punctuation */
  AttestRole role;
  char *role_reason;    /* "the label", "--interviewer", "asks 31 of 40 questions", … */
  char *attributes;     /* what stood in brackets after the label, or NULL */
  const char *evidence; /* (nullable) static: why it is taken for a label, where text has labels */
  gboolean anonymous;   /* a program made the label up: its letters say nothing of a role */
} AttestSpeaker;

typedef struct
{
  guint speaker;              /* index into speakers, or ATTEST_NO_SPEAKER */
  gsize start_byte, end_byte; /* what was said, without label and timestamp */
  gint64 start_ms, end_ms;    /* or ATTEST_NO_TIME */
  const char *lang;           /* interned ISO 639-1 code; NULL: unknown */
  gsize words;                /* see attest_text_count_words() */
} AttestTurn;

/* A page of the original, in whatever way it is printed. */
typedef struct
{
  gsize start_byte; /* where it begins in the text; pages without text begin where the next does */
  char
      *label; /* "iv", "4"; (nullable) from here on nobody can say on which page something stands */
} AttestPageStart;

typedef struct
{
  char *key; /* as in the transcript */
  char *value;
} AttestMetadata;

typedef struct
{
  guint line; /* of the original, from 1; 0: the whole file */
  char *message;
} AttestWarning;

typedef struct
{
  char *path;         /* as given by the user; display only */
  const char *reader; /* id of the reader, static */
  char *encoding;     /* "UTF-8", "windows-1252", … as found */
  gboolean encoding_guessed;
  const char *encoding_how; /* (nullable) static: how it was found; NULL: the format has only one */
  char *turns_how;          /* (nullable) how turns were found; NULL: the format marks them */
  GBytes *original;         /* the bytes of the file */
  char *sha256;             /* of the original, 64 hex digits */
  char *text;
  gsize length_bytes; /* of text */
  char *text_sha256;
  gint64 characters;      /* code points of text */
  gint64 words;           /* of all turns */
  GArray *metadata;       /* of AttestMetadata, in file order */
  GArray *speakers;       /* of AttestSpeaker, in order of appearance */
  GHashTable *labels;     /* of attest_document_intern_speaker(): index + 1 by label */
  GArray *turns;          /* of AttestTurn, in text order, never overlapping */
  GArray *pages;          /* of AttestPageStart, in text order; empty: the file does not say */
  GArray *warnings;       /* of AttestWarning */
  guint warnings_dropped; /* beyond ATTEST_MAX_WARNINGS */
} AttestDocument;

AttestDocument *attest_document_new (const char *path);
void attest_document_free (AttestDocument *doc);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestDocument, attest_document_free)

/** Takes @text (UTF-8, NUL-terminated, @length_bytes long) over. */
void attest_document_take_text (AttestDocument *doc, char *text, gsize length_bytes);

/** Sets sha256 and text_sha256. */
void attest_document_hash (AttestDocument *doc);

/** Counts the words of each turn, and of all. */
void attest_document_count_words (AttestDocument *doc);

/** Adds a warning; @line 0 is the whole file. */
void attest_document_warn (AttestDocument *doc, guint line, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/** Adds a page, in text order. @label: (nullable), see AttestPageStart; copied. */
void attest_document_add_page (AttestDocument *doc, gsize start_byte, const char *label);

/** Adds a metadata pair; strings are copied, empty values and pairs beyond the limit left out. A
 * key that comes again gets both values, each on its line. */
void attest_document_add_metadata (AttestDocument *doc, const char *key, const char *value);
/** The value of @key, compared without case, or NULL. */
const char *attest_document_get_metadata (const AttestDocument *doc, const char *key);

/** Adds the speaker @label, who must be new, with role OTHER; returns its index. */
guint attest_document_add_speaker (AttestDocument *doc, const char *label);
/** Index of the speaker @label, added with role OTHER when new. */
guint attest_document_intern_speaker (AttestDocument *doc, const char *label);

/** Sets doc->turns_how. */
void attest_document_say_how (AttestDocument *doc, const char *format, ...) G_GNUC_PRINTF (2, 3);

/** Forgets all speakers; no turn may have one. */
void attest_document_clear_speakers (AttestDocument *doc);

static inline AttestTurn *
attest_document_turn (const AttestDocument *doc, guint i)
{
  return &g_array_index (doc->turns, AttestTurn, i);
}

static inline AttestSpeaker *
attest_document_speaker (const AttestDocument *doc, guint i)
{
  return &g_array_index (doc->speakers, AttestSpeaker, i);
}

/** The label of the turn's speaker, or NULL. */
const char *attest_document_turn_label (const AttestDocument *doc, guint turn);
/** The role of the turn's speaker; a turn without speaker is a respondent's. */
AttestRole attest_document_turn_role (const AttestDocument *doc, guint turn);

/** "interviewer", "respondent", … */
const char *attest_role_to_string (AttestRole role);
gboolean attest_role_from_string (const char *name, AttestRole *out_role);

G_END_DECLS
