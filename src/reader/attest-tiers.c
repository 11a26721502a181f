#include "reader/attest-tiers.h"

#include <string.h>

#include "reader/attest-label-words.h"
#include "reader/attest-utterances.h"
#include "util/attest-error.h"
#include "util/attest-limits.h"

/* Items of one tier touch when no more time is between them. */
#define TOUCH_MS 500
/* The same, when another tier's items came in between, or nobody's. */
#define PAUSE_MS 2000
/* Pieces are joined into a turn of at most about this length, so that a quote has a near time. */
#define LONG_TURN_MS 30000
/* A tier with so many items of one word each has words, not short answers. */
#define MIN_WORD_ITEMS 20

typedef struct
{
  gint64 start_ms, end_ms;
  gint64 order;
  guint tier, line;
  guint start_point, end_point;
  AttestItemJoin join;
  gsize text_start, text_bytes; /* in a pool */
} Piece;

typedef struct
{
  char *attributes;
  AttestRole role;
  char *role_reason;
} Person;

struct _AttestTiers
{
  AttestDocument *doc;
  AttestTimeline *timeline;
  AttestTiersOrder order;
  GPtrArray *tiers; /* of AttestTier */
  GArray *pieces;   /* of Piece */
  GString *pool;
  GString *joined;    /* text of the stretches */
  GHashTable *people; /* label → Person */
};

static void
free_tier (gpointer item)
{
  AttestTier *tier = item;

  g_free (tier->name);
  g_free (tier->label);
  g_free (tier);
}

static void
free_person (gpointer item)
{
  Person *person = item;

  g_free (person->attributes);
  g_free (person->role_reason);
  g_free (person);
}

AttestTiers *
attest_tiers_new (AttestDocument *doc, AttestTimeline *timeline, AttestTiersOrder order)
{
  AttestTiers *tiers = g_new0 (AttestTiers, 1);

  tiers->doc = doc;
  tiers->timeline = timeline;
  tiers->order = order;
  tiers->tiers = g_ptr_array_new_with_free_func (free_tier);
  tiers->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  tiers->pool = g_string_new (NULL);
  tiers->joined = g_string_new (NULL);
  tiers->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_person);
  return tiers;
}

void
attest_tiers_free (AttestTiers *tiers)
{
  if (tiers == NULL)
    return;
  g_ptr_array_unref (tiers->tiers);
  g_array_unref (tiers->pieces);
  g_string_free (tiers->pool, TRUE);
  g_string_free (tiers->joined, TRUE);
  g_hash_table_unref (tiers->people);
  g_free (tiers);
}

guint
attest_tiers_add_tier (AttestTiers *tiers, const char *name, const char *label, guint line)
{
  AttestTier *tier = g_new0 (AttestTier, 1);

  tier->name = g_strstrip (g_strdup (name));
  tier->line = line;
  tier->has_words = attest_tier_name_is_words (tier->name);
  tier->letters = G_GUINT64_CONSTANT (0xcbf29ce484222325); /* FNV-1a */
  g_ptr_array_add (tiers->tiers, tier);
  attest_tiers_set_label (tiers, tiers->tiers->len - 1, label);
  return tiers->tiers->len - 1;
}

AttestTier *
attest_tiers_get (const AttestTiers *tiers, guint tier)
{
  return g_ptr_array_index (tiers->tiers, tier);
}

guint
attest_tiers_count (const AttestTiers *tiers)
{
  return tiers->tiers->len;
}

void
attest_tiers_set_label (AttestTiers *tiers, guint tier, const char *label)
{
  AttestTier *t = attest_tiers_get (tiers, tier);
  char *copy = label != NULL ? g_strstrip (g_strdup (label)) : NULL;

  g_free (t->label);
  t->label = copy;
  if (copy != NULL && *copy == '\0')
    g_clear_pointer (&t->label, g_free);
}

static gboolean
is_blank (const char *text, gsize length_bytes)
{
  for (gsize i = 0; i < length_bytes; i++)
    if (!g_ascii_isspace (text[i]))
      return FALSE;
  return TRUE;
}

/* Counts what the text of one item says of its tier. */
static void
study_text (AttestTier *tier, const char *text, gsize length_bytes)
{
  gboolean in_word = FALSE, digit = FALSE, letter = FALSE;
  gsize words = 0;

  for (const char *p = text; p < text + length_bytes; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean space = g_unichar_isspace (c);

      words += !space && !in_word;
      in_word = !space;
      digit |= g_unichar_isdigit (c);
      if (!g_unichar_isalpha (c))
        continue;
      letter = TRUE;
      tier->letters = (tier->letters ^ g_unichar_tolower (c)) * G_GUINT64_CONSTANT (0x100000001b3);
    }
  if (!letter && !digit)
    return;
  tier->n_texts++;
  tier->n_words += words;
  tier->n_names += words == 1 && digit;
  tier->n_sentences += attest_utterances_end_sentence (text, length_bytes);
}

gboolean
attest_tiers_add (AttestTiers *tiers, guint tier, const AttestItem *item, GError **error)
{
  AttestTier *t = attest_tiers_get (tiers, tier);
  Piece piece = { .start_ms = item->start_ms,
                  .end_ms = item->end_ms,
                  .order = tiers->pieces->len,
                  .tier = tier,
                  .line = item->line,
                  .start_point = item->start_point,
                  .end_point = item->end_point,
                  .join = item->join,
                  .text_start = tiers->pool->len,
                  .text_bytes = item->length_bytes };

  t->n_items++;
  t->n_blank += is_blank (item->text, item->length_bytes);
  if (tiers->pieces->len >= ATTEST_MAX_TIER_ITEMS)
    return attest_throw (error, ATTEST_ERROR_LIMIT, "%u: more than %u annotations", item->line,
                         ATTEST_MAX_TIER_ITEMS);
  g_string_append_len (tiers->pool, item->text, (gssize)item->length_bytes);
  study_text (t, item->text, item->length_bytes);
  g_array_append_val (tiers->pieces, piece);
  return TRUE;
}

/* --- people -------------------------------------------------------------------------------- */

/* Roles as CHAT and TEI name them, without case. */
static gboolean
find_role (const char *word, AttestRole *out_role)
{
  static const struct
  {
    const char *word;
    AttestRole role;
  } roles[]
      = { { "investigator", ATTEST_ROLE_INTERVIEWER }, { "experimenter", ATTEST_ROLE_INTERVIEWER },
          { "examiner", ATTEST_ROLE_INTERVIEWER },     { "clinician", ATTEST_ROLE_INTERVIEWER },
          { "speaker", ATTEST_ROLE_RESPONDENT },       { "subject", ATTEST_ROLE_RESPONDENT },
          { "target_child", ATTEST_ROLE_RESPONDENT },  { "target_adult", ATTEST_ROLE_RESPONDENT },
          { "narrator", ATTEST_ROLE_RESPONDENT },      { "media", ATTEST_ROLE_OTHER },
          { "environment", ATTEST_ROLE_OTHER },        { "nonhuman", ATTEST_ROLE_OTHER } };
  g_autofree char *folded = g_utf8_strdown (word, -1);

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (strcmp (folded, roles[i].word) == 0)
      {
        *out_role = roles[i].role;
        return TRUE;
      }
  /* One letter would be a label, not a role. */
  return g_utf8_strlen (folded, -1) > 2 && attest_label_role (folded, out_role, NULL);
}

void
attest_tiers_describe (AttestTiers *tiers, const char *label, const char *role_word,
                       const char *attributes)
{
  Person *person;

  if (label == NULL || *label == '\0' || g_hash_table_contains (tiers->people, label)
      || g_hash_table_size (tiers->people) >= ATTEST_MAX_SPEAKERS)
    return;
  person = g_new0 (Person, 1);
  if (attributes != NULL && *attributes != '\0')
    person->attributes = g_strdup (attributes);
  if (role_word != NULL && find_role (role_word, &person->role))
    person->role_reason = g_strdup_printf ("\"%s\" in the list of speakers", role_word);
  g_hash_table_insert (tiers->people, g_strdup (label), person);
}

/* --- from items to stretches ---------------------------------------------------------------- */

static gboolean
has_guess (const AttestTiers *tiers, const Piece *piece)
{
  return tiers->timeline != NULL
         && (attest_timeline_is_guess (tiers->timeline, piece->start_point)
             || attest_timeline_is_guess (tiers->timeline, piece->end_point));
}

static void
settle_times (AttestTiers *tiers)
{
  g_autofree gint64 *last = g_new0 (gint64, tiers->tiers->len + 1);
  guint guessed = 0, guessed_line = 0;

  for (guint i = 0; i < tiers->pieces->len; i++)
    {
      Piece *piece = &g_array_index (tiers->pieces, Piece, i);

      if (piece->start_point != ATTEST_NO_POINT)
        piece->start_ms = attest_timeline_get_time (tiers->timeline, piece->start_point);
      if (piece->end_point != ATTEST_NO_POINT)
        piece->end_ms = attest_timeline_get_time (tiers->timeline, piece->end_point);
      if (attest_tiers_get (tiers, piece->tier)->left_out == NULL && has_guess (tiers, piece)
          && guessed++ == 0)
        guessed_line = piece->line;
      if (tiers->order == ATTEST_TIERS_AS_ADDED)
        continue;
      piece->order = tiers->order == ATTEST_TIERS_BY_TIME
                         ? piece->start_ms
                         : attest_timeline_get_rank (tiers->timeline, piece->start_point);
      if (piece->order < 0)
        piece->order = last[piece->tier];
      last[piece->tier] = piece->order;
    }
  if (guessed > 0)
    attest_document_warn (tiers->doc, guessed_line,
                          "%u annotations have a time that is not in the file, but put evenly "
                          "between those around it; the first here",
                          guessed);
}

static int
compare_in_tier (gconstpointer a, gconstpointer b, gpointer data)
{
  const Piece *x = a, *y = b;

  (void)data;
  if (x->tier != y->tier)
    return x->tier < y->tier ? -1 : 1;
  if (x->order != y->order)
    return x->order < y->order ? -1 : 1;
  return 0;
}

static int
compare_in_time (gconstpointer a, gconstpointer b, gpointer data)
{
  const Piece *x = a, *y = b;

  (void)data;
  return x->order != y->order ? (x->order < y->order ? -1 : 1) : 0;
}

static gboolean
has_words (const AttestTier *tier)
{
  return (tier->has_words || tier->n_texts >= MIN_WORD_ITEMS)
         && tier->n_words < 2 * (gsize)tier->n_texts;
}

static gboolean
has_sentences (const AttestTier *tier)
{
  return tier->n_sentences * 3 >= tier->n_texts && tier->n_sentences > 0;
}

/* Whether @piece goes on with the stretch @open of its tier. */
static gboolean
goes_on (const AttestTiers *tiers, const Piece *open, const Piece *piece)
{
  const AttestTier *tier = attest_tiers_get (tiers, piece->tier);
  const char *text = tiers->joined->str + open->text_start;
  gboolean ended = attest_utterances_end_sentence (text, open->text_bytes);
  gboolean is_long = open->start_ms != ATTEST_NO_TIME && piece->start_ms != ATTEST_NO_TIME
                     && piece->start_ms - open->start_ms > LONG_TURN_MS;

  if (piece->join == ATTEST_ITEM_PART)
    return TRUE;
  if (piece->join == ATTEST_ITEM_TOUCHES)
    return !ended && (!is_long || !g_ascii_isspace (text[open->text_bytes - 1]));
  if (ended || is_long || open->end_ms == ATTEST_NO_TIME || piece->start_ms == ATTEST_NO_TIME
      || piece->start_ms - open->end_ms >= TOUCH_MS)
    return FALSE;
  return has_words (tier) || has_sentences (tier);
}

/* The items of each tier that is speech, those that belong together joined; in order of time. */
static GArray *
make_stretches (AttestTiers *tiers)
{
  GArray *stretches = g_array_new (FALSE, FALSE, sizeof (Piece));
  Piece *open = NULL;

  for (guint i = 0; i < tiers->pieces->len; i++)
    {
      const Piece *piece = &g_array_index (tiers->pieces, Piece, i);
      const char *text = tiers->pool->str + piece->text_start;
      gboolean go_on;

      if (attest_tiers_get (tiers, piece->tier)->left_out != NULL
          || (is_blank (text, piece->text_bytes) && piece->join != ATTEST_ITEM_TOUCHES))
        continue;
      go_on = open != NULL && open->tier == piece->tier && goes_on (tiers, open, piece);
      if (!go_on)
        {
          if (is_blank (text, piece->text_bytes))
            continue;
          g_array_append_vals (stretches, piece, 1);
          open = &g_array_index (stretches, Piece, stretches->len - 1);
          open->text_start = tiers->joined->len;
        }
      else if (piece->join != ATTEST_ITEM_TOUCHES)
        g_string_append_c (tiers->joined, ' ');
      g_string_append_len (tiers->joined, text, (gssize)piece->text_bytes);
      open->text_bytes = tiers->joined->len - open->text_start;
      open->end_ms = go_on ? MAX (open->end_ms, piece->end_ms) : open->end_ms;
    }
  return stretches;
}

/* --- from stretches to turns ---------------------------------------------------------------- */

/* A sentence of the one who spoke last that a pause, or somebody who said nothing, cut. */
static gboolean
goes_on_after_pause (const AttestTiers *tiers, const Piece *last, const Piece *piece)
{
  const AttestTier *tier = attest_tiers_get (tiers, piece->tier);

  return last->tier == piece->tier && last->end_ms != ATTEST_NO_TIME
         && piece->start_ms != ATTEST_NO_TIME && piece->start_ms - last->end_ms < PAUSE_MS
         && piece->start_ms - last->start_ms < LONG_TURN_MS && has_sentences (tier)
         && !attest_utterances_end_sentence (tiers->joined->str + last->text_start,
                                             last->text_bytes);
}

static void
warn_of_tiers (AttestTiers *tiers)
{
  for (guint i = 0; i < tiers->tiers->len; i++)
    {
      const AttestTier *tier = attest_tiers_get (tiers, i);

      if (tier->left_out != NULL && tier->n_texts > 0)
        attest_document_warn (tiers->doc, tier->line,
                              "tier \"%s\" is left out (%u annotations): %s", tier->name,
                              tier->n_texts, tier->left_out);
    }
}

void
attest_tiers_warn_of_blanks (AttestTiers *tiers)
{
  guint n_blank = 0, line = 0;

  for (guint i = 0; i < tiers->tiers->len; i++)
    {
      const AttestTier *tier = attest_tiers_get (tiers, i);

      if (tier->left_out != NULL || tier->n_texts == 0 || tier->n_blank == 0)
        continue;
      line = n_blank == 0 ? tier->line : line;
      n_blank += tier->n_blank;
    }
  if (n_blank > 0)
    attest_document_warn (tiers->doc, line,
                          "%u annotations are empty: what is said there is not written down",
                          n_blank);
}

static void
say_how (AttestTiers *tiers)
{
  guint n_speech = 0, n_texts = 0;

  for (guint i = 0; i < tiers->tiers->len; i++)
    {
      const AttestTier *tier = attest_tiers_get (tiers, i);

      n_speech += tier->left_out == NULL && tier->n_texts > 0;
      n_texts += tier->left_out == NULL ? tier->n_texts : 0;
    }
  attest_document_say_how (
      tiers->doc,
      "%u utterances of %u speakers or tiers, in the order of %s; those that touch "
      "within a sentence are one turn",
      n_texts, n_speech, tiers->order == ATTEST_TIERS_AS_ADDED ? "the file" : "time");
}

void
attest_tiers_finish (AttestTiers *tiers)
{
  g_autoptr (AttestUtterances) utterances = attest_utterances_new (tiers->doc);
  g_autoptr (GArray) stretches = NULL;
  const Piece *last = NULL;

  warn_of_tiers (tiers);
  say_how (tiers);
  settle_times (tiers);
  if (tiers->order != ATTEST_TIERS_AS_ADDED)
    g_array_sort_with_data (tiers->pieces, compare_in_tier, NULL);
  stretches = make_stretches (tiers);
  if (tiers->order != ATTEST_TIERS_AS_ADDED)
    g_array_sort_with_data (stretches, compare_in_time, NULL);
  for (guint i = 0; i < stretches->len; i++)
    {
      const Piece *piece = &g_array_index (stretches, Piece, i);
      const AttestTier *tier = attest_tiers_get (tiers, piece->tier);
      const Person *person
          = tier->label != NULL ? g_hash_table_lookup (tiers->people, tier->label) : NULL;
      AttestUtterance said = { .label = tier->label,
                               .start_ms = piece->start_ms,
                               .end_ms = piece->end_ms,
                               .line = piece->line,
                               .text = tiers->joined->str + piece->text_start,
                               .length_bytes = piece->text_bytes,
                               .fresh = last == NULL || !goes_on_after_pause (tiers, last, piece),
                               .attributes = person != NULL ? person->attributes : NULL,
                               .role_reason = person != NULL ? person->role_reason : NULL,
                               .role = person != NULL ? person->role : ATTEST_ROLE_OTHER };

      attest_utterances_add (utterances, &said);
      last = piece;
    }
  attest_utterances_finish (utterances);
}
