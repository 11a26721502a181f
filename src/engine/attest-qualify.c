/* attest-qualify: see the header.
 *
 * A passage is cut into parts, at marks that end a clause and at words such as "but". A trigger
 * counts when its part holds a hit; where no trigger of a qualifier does, all count.
 */
#include "engine/attest-qualify.h"

#include <string.h>

#include "engine/attest-phrases.h"
#include "engine/attest-tokens.h"

typedef struct
{
  AttestQualifierFile *file;
  AttestPhrases *phrases;
} Language;

struct _AttestQualifierSet
{
  GArray *languages; /* of Language */
};

/* What is known of a token. */
typedef struct
{
  guint part;   /* of the passage, from 0 */
  guint words;  /* that a scope counts, before it */
  guint bounds; /* ends of scopes at or before it */
} Place;

/* A phrase that was found. */
typedef struct
{
  AttestTrigger trigger;
  guint first_token, end_token;
  guint part;
  gboolean is_negated;
  guint reversals;   /* that reach it */
  gboolean is_spent; /* of a negation: it turned an evaluation */
  gboolean counts;
} Mark;

struct _AttestQualifierWorker
{
  AttestQualifierSet *set;
  AttestTokens *tokens;
  GArray *found; /* of AttestFoundPhrase */
  /* What tokens and found are of: a passage often is a segment of several codes. */
  const Language *language;
  char *passage;
  gsize passage_bytes;
  GArray *places; /* of Place, by token */
  GArray *marks;  /* of Mark */
  GArray *focus;  /* of guint: parts that hold a hit, ascending */
  GArray *explained;
};

/* --- the set ------------------------------------------------------------------------------ */

static void
clear_language (gpointer item)
{
  Language *language = item;

  attest_phrases_free (language->phrases);
  attest_qualifier_file_free (language->file);
}

static void
clear_set (gpointer data)
{
  g_array_unref (((AttestQualifierSet *)data)->languages);
}

AttestQualifierSet *
attest_qualifier_set_new (GPtrArray *files, GError **error)
{
  g_autoptr (AttestQualifierSet) set = g_atomic_rc_box_new0 (AttestQualifierSet);
  g_autoptr (GPtrArray) owned = files;

  set->languages = g_array_new (FALSE, TRUE, sizeof (Language));
  g_array_set_clear_func (set->languages, clear_language);
  g_ptr_array_set_free_func (owned, (GDestroyNotify)attest_qualifier_file_free);
  while (owned->len > 0)
    {
      Language language = { g_ptr_array_steal_index (owned, 0), NULL };

      language.phrases = attest_phrases_new (language.file, error);
      g_array_append_val (set->languages, language);
      if (language.phrases == NULL)
        return NULL;
    }
  return g_steal_pointer (&set);
}

AttestQualifierSet *
attest_qualifier_set_load (GError **error)
{
  GPtrArray *files = attest_qualifier_files_load (error);

  return files == NULL ? NULL : attest_qualifier_set_new (files, error);
}

AttestQualifierSet *
attest_qualifier_set_ref (AttestQualifierSet *set)
{
  return g_atomic_rc_box_acquire (set);
}

void
attest_qualifier_set_unref (AttestQualifierSet *set)
{
  if (set != NULL)
    g_atomic_rc_box_release_full (set, clear_set);
}

guint
attest_qualifier_set_get_count (const AttestQualifierSet *set)
{
  return set->languages->len;
}

static const Language *
find_language (const AttestQualifierSet *set, const char *lang)
{
  for (guint i = 0; lang != NULL && i < set->languages->len; i++)
    {
      const Language *language = &g_array_index (set->languages, Language, i);

      if (strcmp (language->file->lang, lang) == 0)
        return language;
    }
  return NULL;
}

/* --- the worker --------------------------------------------------------------------------- */

AttestQualifierWorker *
attest_qualifier_worker_new (AttestQualifierSet *set)
{
  AttestQualifierWorker *worker = g_new0 (AttestQualifierWorker, 1);

  worker->set = attest_qualifier_set_ref (set);
  worker->tokens = attest_tokens_new ();
  worker->found = g_array_new (FALSE, FALSE, sizeof (AttestFoundPhrase));
  worker->places = g_array_new (FALSE, FALSE, sizeof (Place));
  worker->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  worker->focus = g_array_new (FALSE, FALSE, sizeof (guint));
  worker->explained = g_array_new (FALSE, FALSE, sizeof (AttestQualifierMark));
  return worker;
}

void
attest_qualifier_worker_free (AttestQualifierWorker *worker)
{
  if (worker == NULL)
    return;
  attest_tokens_free (worker->tokens);
  g_array_unref (worker->found);
  g_array_unref (worker->places);
  g_array_unref (worker->marks);
  g_array_unref (worker->focus);
  g_array_unref (worker->explained);
  g_free (worker->passage);
  attest_qualifier_set_unref (worker->set);
  g_free (worker);
}

static Mark *
get_mark (const AttestQualifierWorker *worker, guint i)
{
  return &g_array_index (worker->marks, Mark, i);
}

static const Place *
get_place (const AttestQualifierWorker *worker, guint token)
{
  return &g_array_index (worker->places, Place, token);
}

/* --- parts -------------------------------------------------------------------------------- */

/* Puts tokens into parts, and notes which words a scope counts. */
static void
place_tokens (AttestQualifierWorker *worker)
{
  Place place = { 0 };
  guint next = 0, filler_end = 0;

  g_array_set_size (worker->places, 0);
  for (guint i = 0; i < worker->tokens->tokens->len; i++)
    {
      char mark = attest_tokens_get_mark (worker->tokens, i);
      gboolean stops = mark != '\0' && mark != ',';

      for (; next < worker->found->len; next++)
        {
          const AttestFoundPhrase *found = &g_array_index (worker->found, AttestFoundPhrase, next);

          if (found->first_token > i)
            break;
          stops |= found->trigger == ATTEST_TRIGGER_STOP;
          if (found->trigger == ATTEST_TRIGGER_FILLER)
            filler_end = MAX (filler_end, found->end_token);
        }
      place.part += stops;
      place.bounds += stops || mark == ',';
      g_array_append_val (worker->places, place);
      place.words += mark == '\0' && i >= filler_end;
    }
}

static void
read_passage (AttestQualifierWorker *worker, const Language *language, const char *text,
              gsize length_bytes)
{
  if (worker->language == language && worker->passage_bytes == length_bytes
      && memcmp (worker->passage, text, length_bytes) == 0)
    return;
  worker->language = language;
  worker->passage = g_realloc (worker->passage, MAX (length_bytes, 1));
  memcpy (worker->passage, text, length_bytes);
  worker->passage_bytes = length_bytes;
  attest_tokens_read (worker->tokens, text, length_bytes, language->file->elisions);
  attest_phrases_find (language->phrases, worker->tokens, worker->found);
  place_tokens (worker);
}

static void
take_marks (AttestQualifierWorker *worker)
{
  g_array_set_size (worker->marks, 0);
  for (guint i = 0; i < worker->found->len; i++)
    {
      const AttestFoundPhrase *found = &g_array_index (worker->found, AttestFoundPhrase, i);
      Mark mark = { .trigger = found->trigger,
                    .first_token = found->first_token,
                    .end_token = found->end_token,
                    .part = get_place (worker, found->first_token)->part };

      g_array_append_val (worker->marks, mark);
    }
}

/* The first token that ends behind @byte. */
static guint
find_token (const AttestTokens *tokens, gsize byte)
{
  guint low = 0, high = tokens->tokens->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (attest_tokens_get (tokens, middle)->end_byte <= byte)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
focus_on (AttestQualifierWorker *worker, gsize start_byte, const AttestHit *hits, guint n_hits)
{
  g_array_set_size (worker->focus, 0);
  for (guint i = 0; i < n_hits; i++)
    {
      gsize end_byte = hits[i].end_byte - start_byte;

      for (guint token = find_token (worker->tokens, hits[i].start_byte - start_byte);
           token < worker->tokens->tokens->len
           && attest_tokens_get (worker->tokens, token)->start_byte < end_byte;
           token++)
        {
          guint part = get_place (worker, token)->part;

          /* Hits are in order, so parts that repeat stand at the end. */
          if (worker->focus->len == 0
              || g_array_index (worker->focus, guint, worker->focus->len - 1) < part)
            g_array_append_val (worker->focus, part);
        }
    }
}

static gboolean
is_in_focus (const AttestQualifierWorker *worker, guint part)
{
  guint low = 0, high = worker->focus->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      guint at = g_array_index (worker->focus, guint, middle);

      if (at == part)
        return TRUE;
      if (at < part)
        low = middle + 1;
      else
        high = middle;
    }
  return FALSE;
}

/* --- scopes ------------------------------------------------------------------------------- */

static gboolean
is_evaluation (AttestTrigger trigger)
{
  return trigger == ATTEST_TRIGGER_POSITIVE || trigger == ATTEST_TRIGGER_NEGATIVE
         || trigger == ATTEST_TRIGGER_COMPLAINT || trigger == ATTEST_TRIGGER_PRAISE;
}

static gboolean
is_negation (AttestTrigger trigger)
{
  return trigger == ATTEST_TRIGGER_NEGATION || trigger == ATTEST_TRIGGER_NEGATION_BACKWARD
         || trigger == ATTEST_TRIGGER_NEGATION_AROUND;
}

static void
turn (Mark *mark, Mark *by)
{
  if (is_negation (by->trigger))
    mark->is_negated = TRUE;
  else
    mark->reversals++;
  by->is_spent = TRUE;
}

/* Evaluations behind mark @i, with at most @scope_words between. */
static void
reach_forward (AttestQualifierWorker *worker, guint i, guint scope_words)
{
  Mark *by = get_mark (worker, i);
  const Place *from = get_place (worker, by->end_token - 1);

  for (guint k = i + 1; k < worker->marks->len; k++)
    {
      Mark *mark = get_mark (worker, k);
      const Place *place = get_place (worker, mark->first_token);

      if (place->words > from->words + 1 + scope_words || place->bounds != from->bounds)
        return;
      if (is_evaluation (mark->trigger) && mark->first_token >= by->end_token)
        turn (mark, by);
    }
}

static void
reach_backward (AttestQualifierWorker *worker, guint i, guint scope_words)
{
  Mark *by = get_mark (worker, i);
  const Place *from = get_place (worker, by->first_token);

  for (guint k = i; k-- > 0;)
    {
      Mark *mark = get_mark (worker, k);
      const Place *place = get_place (worker, mark->end_token - 1);

      if (place->words + 1 + scope_words < from->words || place->bounds != from->bounds)
        return;
      if (is_evaluation (mark->trigger) && mark->end_token <= by->first_token)
        turn (mark, by);
    }
}

static void
reach_all (AttestQualifierWorker *worker, guint scope_words)
{
  for (guint i = 0; i < worker->marks->len; i++)
    {
      AttestTrigger trigger = get_mark (worker, i)->trigger;

      if (trigger == ATTEST_TRIGGER_NEGATION || trigger == ATTEST_TRIGGER_NEGATION_AROUND
          || trigger == ATTEST_TRIGGER_REVERSAL)
        reach_forward (worker, i, scope_words);
      if (trigger == ATTEST_TRIGGER_NEGATION_BACKWARD
          || (trigger == ATTEST_TRIGGER_NEGATION_AROUND && !get_mark (worker, i)->is_spent))
        reach_backward (worker, i, scope_words);
    }
}

static gboolean
is_turned (const Mark *mark)
{
  return mark->is_negated != (mark->reversals % 2 == 1);
}

/* --- decisions ---------------------------------------------------------------------------- */

/* How often each trigger stands, in the parts that count for a qualifier. */
typedef struct
{
  guint n[ATTEST_N_TRIGGERS];
  guint turned[ATTEST_N_TRIGGERS];
  guint bare_negations; /* that turn nothing: what they negate did not happen */
} Counts;

static gboolean
works_on (const Mark *mark, AttestQualifier qualifier)
{
  if (qualifier == ATTEST_QUALIFIER_POLARITY)
    return is_evaluation (mark->trigger) || (is_negation (mark->trigger) && !mark->is_spent);
  return attest_trigger_get_qualifier (mark->trigger) == (guint)qualifier;
}

static Counts
count (AttestQualifierWorker *worker, AttestQualifier qualifier)
{
  gboolean has_focus = FALSE;
  Counts counts = { { 0 }, { 0 }, 0 };

  for (guint i = 0; i < worker->marks->len && worker->focus->len > 0 && !has_focus; i++)
    has_focus = works_on (get_mark (worker, i), qualifier)
                && is_in_focus (worker, get_mark (worker, i)->part);
  for (guint i = 0; i < worker->marks->len; i++)
    {
      Mark *mark = get_mark (worker, i);

      if (!works_on (mark, qualifier) || (has_focus && !is_in_focus (worker, mark->part)))
        continue;
      mark->counts = TRUE;
      if (is_negation (mark->trigger))
        counts.bare_negations++;
      else if (is_turned (mark))
        counts.turned[mark->trigger]++;
      else
        counts.n[mark->trigger]++;
    }
  return counts;
}

static guint
decide_polarity (const Counts *counts)
{
  guint good = counts->n[ATTEST_TRIGGER_POSITIVE] + counts->n[ATTEST_TRIGGER_PRAISE]
               + counts->turned[ATTEST_TRIGGER_NEGATIVE] + counts->turned[ATTEST_TRIGGER_COMPLAINT];
  guint bad = counts->n[ATTEST_TRIGGER_NEGATIVE] + counts->n[ATTEST_TRIGGER_COMPLAINT]
              + counts->turned[ATTEST_TRIGGER_POSITIVE] + counts->turned[ATTEST_TRIGGER_PRAISE]
              + counts->bare_negations;

  if (good > 0)
    return bad > 0 ? ATTEST_POLARITY_MIXED : ATTEST_POLARITY_POSITIVE;
  return bad > 0 ? ATTEST_POLARITY_NEGATIVE : ATTEST_UNQUALIFIED;
}

static guint
decide_certainty (const Counts *counts)
{
  if (counts->n[ATTEST_TRIGGER_CONDITIONAL] > 0)
    return ATTEST_CERTAINTY_CONDITIONAL;
  return counts->n[ATTEST_TRIGGER_POSSIBLE] > 0 ? ATTEST_CERTAINTY_POSSIBLE
                                                : ATTEST_CERTAINTY_ASSERTED;
}

/* The present is what needs no word of its own; what should be is of no time. */
static guint
decide_time (const AttestQualifierWorker *worker, const Counts *counts, guint act)
{
  guint past = counts->n[ATTEST_TRIGGER_PAST], present = counts->n[ATTEST_TRIGGER_PRESENT];

  if (act == ATTEST_ACT_RECOMMENDATION || worker->tokens->tokens->len == 0)
    return ATTEST_UNQUALIFIED;
  if (counts->n[ATTEST_TRIGGER_PLANNED] > 0)
    return ATTEST_TIME_PLANNED;
  if (past > 0 && past >= present)
    return ATTEST_TIME_PAST;
  return ATTEST_TIME_PRESENT;
}

static guint
decide_holder (const Counts *counts)
{
  if (counts->n[ATTEST_TRIGGER_REPORTED] > 0)
    return ATTEST_HOLDER_REPORTED;
  return counts->n[ATTEST_TRIGGER_OWN] > 0 ? ATTEST_HOLDER_OWN : ATTEST_UNQUALIFIED;
}

static guint
decide_act (const AttestQualifierWorker *worker, const Counts *counts, guint polarity)
{
  guint n_tokens = worker->tokens->tokens->len;

  if (n_tokens > 0 && attest_tokens_get_mark (worker->tokens, n_tokens - 1) == '?')
    return ATTEST_ACT_QUESTION;
  if (counts->n[ATTEST_TRIGGER_RECOMMENDATION] > 0)
    return ATTEST_ACT_RECOMMENDATION;
  if (counts->n[ATTEST_TRIGGER_PRAISE] > 0 && polarity == ATTEST_POLARITY_POSITIVE)
    return ATTEST_ACT_PRAISE;
  if (counts->n[ATTEST_TRIGGER_COMPLAINT] > 0
      && (polarity == ATTEST_POLARITY_NEGATIVE || polarity == ATTEST_POLARITY_MIXED))
    return ATTEST_ACT_COMPLAINT;
  return ATTEST_ACT_STATEMENT;
}

AttestQualifiers
attest_qualify (AttestQualifierWorker *worker, const char *lang, const char *text,
                gsize length_bytes, gsize start_byte, const AttestHit *hits, guint n_hits)
{
  const Language *language = find_language (worker->set, lang);
  AttestQualifiers qualifiers = { { 0 } };
  Counts counts[ATTEST_N_QUALIFIERS];
  guint8 *values = qualifiers.values;

  g_array_set_size (worker->marks, 0);
  if (language == NULL)
    return qualifiers;
  read_passage (worker, language, text, length_bytes);
  take_marks (worker);
  focus_on (worker, start_byte, hits, n_hits);
  reach_all (worker, language->file->scope_words);
  for (guint q = 0; q < ATTEST_N_QUALIFIERS; q++)
    counts[q] = count (worker, q);
  values[ATTEST_QUALIFIER_POLARITY] = (guint8)decide_polarity (&counts[ATTEST_QUALIFIER_POLARITY]);
  values[ATTEST_QUALIFIER_CERTAINTY]
      = (guint8)decide_certainty (&counts[ATTEST_QUALIFIER_CERTAINTY]);
  values[ATTEST_QUALIFIER_HOLDER] = (guint8)decide_holder (&counts[ATTEST_QUALIFIER_HOLDER]);
  values[ATTEST_QUALIFIER_ACT] = (guint8)decide_act (worker, &counts[ATTEST_QUALIFIER_ACT],
                                                     values[ATTEST_QUALIFIER_POLARITY]);
  values[ATTEST_QUALIFIER_TIME]
      = (guint8)decide_time (worker, &counts[ATTEST_QUALIFIER_TIME], values[ATTEST_QUALIFIER_ACT]);
  return qualifiers;
}

const GArray *
attest_qualifier_worker_explain (AttestQualifierWorker *worker)
{
  g_array_set_size (worker->explained, 0);
  for (guint i = 0; i < worker->marks->len; i++)
    {
      const Mark *mark = get_mark (worker, i);
      AttestQualifierMark item
          = { mark->trigger, attest_tokens_get (worker->tokens, mark->first_token)->start_byte,
              attest_tokens_get (worker->tokens, mark->end_token - 1)->end_byte, is_turned (mark),
              mark->counts };

      g_array_append_val (worker->explained, item);
    }
  return worker->explained;
}
