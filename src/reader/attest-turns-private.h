/* What the files of attest-turns share. */
#pragma once

#include "reader/attest-labels.h"
#include "reader/attest-turns.h"

G_BEGIN_DECLS

/* What is known of one label, under its folded form. */
typedef struct
{
  guint seen[ATTEST_N_LABEL_KINDS]; /* lines that begin with it */
  guint bold;                       /* of them in bold */
  guint first_line;                 /* lines that are not blank before the first of them */
  gboolean known, never;            /* see attest-label-words.h */
} AttestLabelInfo;

typedef struct
{
  AttestDocument *doc;
  const GArray *marks; /* (nullable) */
  guint next_mark;
  GHashTable *labels;   /* folded label → AttestLabelInfo */
  GHashTable *expected; /* labels of the header's list of speakers */
  GHashTable *aliases;  /* folded "ab" → "Ana Bell", from "Ana Bell (AB):" */
  GString *folded;      /* scratch */

  gsize body_start;                  /* where the header ends */
  guint lines;                       /* of the body, that are not blank */
  guint share[ATTEST_N_LABEL_KINDS]; /* of them with a label that comes twice */
  guint name_and_time;               /* lines that are a label and a time, as recognisers write */
  guint timed;                       /* lines that begin with a time */
  guint time_and_name;               /* of them, those with a name alone behind it */
  gboolean name_lines;               /* paragraphs begin with a name on its own line */
  guint name_then_time;              /* lines that are a name alone, with only a time below */
  guint time_then_name;              /* lines that are only a time, with a name alone below */
  gboolean questions;                /* "Q1." and "A1." go together */
  gboolean guide; /* the only labels are "Question 1:", "Question 2:": answers stand below */
  guint lettered; /* "A:", "Speaker B:", "C:", each once: so many, from A on */

  guint taken[ATTEST_N_LABEL_KINDS]; /* labels that began turns */

  gboolean after_time; /* the line before is only a time */
  gboolean after_name; /* the line before is a name alone (first pass) */
  gboolean begun;      /* somebody was named */
  gboolean asked;      /* the line before named somebody and is a question */
  gboolean open;       /* a turn is being filled */
  AttestTurn turn;
  gint64 pending_ms; /* a time on its own line: the next turn's */
  gint64 pending_end_ms;
  gint64 last_ms;
  gboolean went_back, addressed; /* warned of that */
} AttestTurnFinder;

/** The end of the line at @start, without its LF. */
gsize attest_turn_finder_line_end (const AttestTurnFinder *f, gsize start);
/** Leaves the marks of earlier lines behind, so that no line looks at them again. */
void attest_turn_finder_skip_marks (AttestTurnFinder *f, gsize line_start);
/** The span lies in a mark of @kind. */
gboolean attest_turn_finder_in_mark (const AttestTurnFinder *f, AttestMarkKind kind, gsize start,
                                     gsize end);

/** The folded label, valid until the next call. */
const char *attest_turn_finder_fold_label (AttestTurnFinder *f, const char *line,
                                           const AttestLabelLine *parsed);
/** What is known of the label; its folded form is in f->folded. */
AttestLabelInfo *attest_turn_finder_look_up (AttestTurnFinder *f, const char *line,
                                             const AttestLabelLine *parsed);
/** Lines that begin with the folded label and a colon. */
guint attest_turn_finder_seen (const AttestTurnFinder *f, const char *folded);
/** How many letters from A on stand before a colon, each once ("A:", "Speaker B:"). */
guint attest_turn_finder_count_letters (const AttestTurnFinder *f);
/** The label looks like a name, @full: of two words. */
gboolean attest_turn_finder_is_name (const char *line, const AttestLabelLine *parsed,
                                     gboolean full);
/** Nothing but a time is on the line. */
gboolean attest_label_is_time_only (const AttestLabelLine *parsed);
/** Why the label is a speaker's, static; NULL when it is none. All lines must have been counted. */
const char *attest_turn_finder_find_evidence (AttestTurnFinder *f, const char *line,
                                              const AttestLabelLine *parsed);

/** Ends the turn that is being filled; a time at its end is its end's. */
void attest_turn_finder_close (AttestTurnFinder *f);
/** Begins a turn; @parsed (nullable) has its times. */
void attest_turn_finder_open (AttestTurnFinder *f, guint speaker, gsize start, gsize end,
                              const AttestLabelLine *parsed);

/** Header lines into metadata; sets body_start and expected. */
void attest_turns_read_header (AttestTurnFinder *f);
/** Everything between the header and @end becomes metadata: it is nobody's speech. */
void attest_turns_keep_preamble (AttestTurnFinder *f, gsize end);
/** The line is "Transcribed by https://otter.ai" or the like: metadata, nobody's speech. */
gboolean attest_turns_take_footer (AttestTurnFinder *f, gsize start, gsize end);

/** For a text in which nobody is named. */
void attest_turns_find_unlabelled (AttestTurnFinder *f);

G_END_DECLS
