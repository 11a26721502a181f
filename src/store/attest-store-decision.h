/* attest-store-decision: what people say of segments.
 *
 * A decision judges a quote and a code of a codebook by their names, not a row that coding makes
 * anew: it is kept when a codebook changes, and applies again when the passage is found again. What
 * was accepted stays a segment, of origin "manual", when no rule finds it any more. Decisions are
 * only added; of several about the same, the last counts. A command that decides is taken back by
 * its number in the audit log, which adds a line, too.
 *
 * Errors, transactions and ownership are those of attest-store.h. What does not exist is
 * ATTEST_ERROR_USAGE.
 */
#pragma once

#include "store/attest-store.h"

G_BEGIN_DECLS

typedef enum
{
  ATTEST_DECISION_ACCEPT,
  ATTEST_DECISION_REJECT,
  ATTEST_DECISION_RECODE,  /* rejects, and accepts the quote for another code */
  ATTEST_DECISION_RECODED, /* what RECODE writes of that code; never given */
  ATTEST_DECISION_MARK,    /* accepts a passage for a code, found by a rule or not */
  ATTEST_DECISION_KEY,     /* a quote to be shown first */
  ATTEST_DECISION_NO_KEY,
  ATTEST_DECISION_MEMO, /* of a quote, of a quote and a code, of a code, or of a source */
} AttestDecisionAction;

#define ATTEST_N_DECISION_ACTIONS 8

/** "accept", "reject", "recode", "recoded", "mark", "key", "no-key", "memo" */
const char *attest_decision_action_to_string (AttestDecisionAction action);
gboolean attest_decision_action_from_string (const char *name, AttestDecisionAction *out_action);

/* What to decide, and of what. A quote is named by @id, or by a text and a span in it. */
typedef struct
{
  AttestDecisionAction action;
  const char *id;          /* (nullable) of a quote */
  const char *source;      /* (nullable) label; its newest text, unless @text_sha256 is given */
  const char *text_sha256; /* (nullable) of the text of a version */
  gint64 start, end;       /* code points, without @id; both 0 with a memo: no quote */
  const char *codebook;    /* (nullable) name; NULL: as attest_store_find_codebook() */
  const char *code;        /* (nullable) NULL: the only one of the quote's segments */
  const char *new_code;    /* of RECODE */
  const char *text;        /* (nullable) reason, or memo; "" is NULL */
  const char *coder;
  const char *at; /* (nullable) ISO 8601, UTC; NULL: now */
  /* (nullable) NULL-terminated: coders who stand behind it, when it settles a difference; then it
   * is also added where @coder has said the same */
  const char *const *agreed;
  gboolean from_file; /* the passage need not be found by the codebook now; the same decision, of
                       * the same time, that is in force already is passed over */
} AttestDecisionSpec;

/**
 * Writes. @out_changed: (optional) FALSE: the same coder had decided the same.
 * ATTEST_ERROR_USAGE: no such quote, code, source or text; no segment with that code; several
 * codes, and @code does not say which; a span that is empty, outside the text, across turns, or
 * in what an interviewer said.
 */
gboolean attest_store_decide (AttestStore *store, const AttestDecisionSpec *spec,
                              gboolean *out_changed, GError **error);

/* Borrowed as a whole, valid during the call; (nullable) as in the specification. */
typedef struct
{
  gint64 seq; /* of the audit entry */
  AttestDecisionAction action;
  const char *id;                /* (nullable) of the quote */
  const char *source;            /* (nullable) label */
  const char *text_sha256;       /* (nullable) */
  gint64 start, end;             /* code points; 0: no quote */
  const char *codebook, *code;   /* (nullable) */
  const char *other_code, *text; /* (nullable) */
  const char *coder, *at;
  const char *quote; /* (nullable) not NUL-terminated */
  gsize quote_bytes;
} AttestDecision;

typedef gboolean (*AttestDecisionFunc) (const AttestDecision *decision, gpointer data,
                                        GError **error);

/** Calls @func for each decision in force, in the order in which they were taken. @id: (nullable)
 * only of this quote. @func must not call functions of the same store. */
gboolean attest_store_foreach_decision (AttestStore *store, const char *id, AttestDecisionFunc func,
                                        gpointer data, GError **error);

/* ---- taking back ------------------------------------------------------- */

typedef struct
{
  gint64 seq;
  char *at, *actor, *command;
  char *detail; /* (nullable) */
  gint64 decisions;
  gboolean in_force;
} AttestDecisionCommand;

void attest_decision_command_free (AttestDecisionCommand *command);
/** (element-type AttestDecisionCommand) oldest first; with a free function. */
GPtrArray *attest_store_list_decision_commands (AttestStore *store, GError **error);

/**
 * Writes. What the open transaction changes of respondents, and of the guides of sources, can be
 * taken back with its command.
 */
gboolean attest_store_track_changes (AttestStore *store, GError **error);

/**
 * Writes. Takes back the decisions of the audit entry @seq, or puts those back into force that the
 * undo @seq took back. 0: the last command in force. @out_seq: (optional) which it was.
 * ATTEST_ERROR_USAGE: nothing to take back, no such entry, no entry about decisions, or it is not
 * in force.
 */
gboolean attest_store_undo (AttestStore *store, gint64 seq, gint64 *out_seq, GError **error);
/** Whether the audit entry @seq, or the command that this undo is of, decided anything of quotes.
 */
gboolean attest_store_has_decided (AttestStore *store, gint64 seq, gboolean *out_has,
                                   GError **error);

/** The number of the entry that the next commit will append. */
gboolean attest_store_peek_audit (AttestStore *store, gint64 *out_seq, GError **error);

G_END_DECLS
