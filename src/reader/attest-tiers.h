/* attest-tiers: turns from the tiers of linguists' transcripts (ELAN, EXMARaLDA, Praat, TEI).
 *
 * A tier is a row along the recording: what one person says, or its translation, or gestures. A
 * reader adds tiers and items and says which tiers are speech; here the speech of all tiers becomes
 * turns in order of time, and each tier that is left out a warning with its reason.
 *
 * An item is a turn of its own. Items of one tier are joined where the file or the text says that
 * one sentence goes on: they touch, and the first does not end a sentence in a tier that has
 * sentences; or the tier has single words.
 */
#pragma once

#include "model/attest-document.h"
#include "reader/attest-timeline.h"

G_BEGIN_DECLS

typedef enum
{
  ATTEST_ITEM_APART,   /* of its own, but for the rule above */
  ATTEST_ITEM_TOUCHES, /* goes on where the item before in its tier ends, even inside a word */
  ATTEST_ITEM_PART,    /* another part of the item before in its tier, after a space */
} AttestItemJoin;

typedef struct
{
  guint start_point, end_point; /* of the timeline, or ATTEST_NO_POINT: then these: */
  gint64 start_ms, end_ms;      /* or ATTEST_NO_TIME */
  guint line;                   /* of the file, from 1 */
  AttestItemJoin join;
  const char *text; /* valid UTF-8, need not be clean; copied */
  gsize length_bytes;
} AttestItem;

/* Counts are of items with words. */
typedef struct
{
  char *name;           /* as in the file */
  char *label;          /* (nullable) who speaks */
  const char *left_out; /* static; why it is no speech; NULL: it is */
  guint line;           /* where it begins */
  gboolean has_words;   /* by its name, single words */
  guint n_items;        /* all, also the empty ones */
  guint n_blank;        /* without anything but white space */
  guint n_texts;        /* with a letter or digit */
  guint n_sentences;    /* that end with the end of a sentence */
  guint n_names;        /* one word with a digit in it, as ids are: "rec01.003" */
  gsize n_words;        /* separated by white space */
  guint64 letters;      /* a hash of all letters, in order: tiers that say the same have the same */
} AttestTier;

typedef enum
{
  ATTEST_TIERS_BY_TIME,     /* items without a time stay behind the one before in their tier */
  ATTEST_TIERS_BY_TIMELINE, /* by the place of their start in the timeline */
  ATTEST_TIERS_AS_ADDED,
} AttestTiersOrder;

typedef struct _AttestTiers AttestTiers;

/** @doc and @timeline (nullable) outlive the collection. */
AttestTiers *attest_tiers_new (AttestDocument *doc, AttestTimeline *timeline,
                               AttestTiersOrder order);
void attest_tiers_free (AttestTiers *tiers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestTiers, attest_tiers_free)

/** @label: (nullable). Returns: the index of the tier. */
guint attest_tiers_add_tier (AttestTiers *tiers, const char *name, const char *label, guint line);
/** Borrowed until the next tier is added; its label and left_out may be changed. */
AttestTier *attest_tiers_get (const AttestTiers *tiers, guint tier);
guint attest_tiers_count (const AttestTiers *tiers);
void attest_tiers_set_label (AttestTiers *tiers, guint tier, const char *label);

/** FALSE with ATTEST_ERROR_LIMIT beyond ATTEST_MAX_TIER_ITEMS. */
gboolean attest_tiers_add (AttestTiers *tiers, guint tier, const AttestItem *item, GError **error);
/** What the file says of whoever has @label: @role_word as linguists call roles ("Investigator",
 * "Target_Child"); @attributes for people. Both nullable. */
void attest_tiers_describe (AttestTiers *tiers, const char *label, const char *role_word,
                            const char *attributes);

/** By its name a tier is no speech: "gesture", "phones", "ft@Ana". */
gboolean attest_tier_name_is_other (const char *name);

/** By its name it has single words. */
gboolean attest_tier_name_is_words (const char *name);
/** By its name it is speech, of whomever: "words", "utterances". */
gboolean attest_tier_name_is_speech (const char *name);

/** Leaves out tiers that are no speech by their name ("gesture", "phones"), and those that say
 * again, in more pieces, what another one says; never the last one with words. */
void attest_tiers_leave_out_by_name (AttestTiers *tiers);

/** Warns of speech that is marked and not written down yet. */
void attest_tiers_warn_of_blanks (AttestTiers *tiers);

/** Sets text, turns and speakers of the document, with warnings. Call it once. */
void attest_tiers_finish (AttestTiers *tiers);

G_END_DECLS
