/* attest-facts: see the header. */
#include "config.h"

#include "pattern/attest-facts-private.h"

#include <math.h>
#include <string.h>

#include "pattern/attest-rarity.h"

/* What searching costs, in ns for each byte of text, on a machine of 2024; only ratios matter. */
#define COST_NEEDLE 0.002   /* one needle more to look for */
#define COST_HIT 100.0      /* PCRE2 tries one place */
#define COST_WIDE_HIT 200.0 /* PCRE2 tries many places */
#define COST_PLAIN 2.0      /* PCRE2 searches the whole text */
/* Bytes up to which a start is still one place. */
#define MAX_NARROW_BYTES 16
/* Sets of needles up to this are freed of needles in others, which takes the square of it. */
#define MAX_REDUCED 64

static const AttestReach no_reach;

static void
unite (AttestAsciiSet *set, const AttestAsciiSet *other)
{
  set->bits[0] |= other->bits[0];
  set->bits[1] |= other->bits[1];
}

static void
add_both_cases (AttestAsciiSet *set, guchar c)
{
  guint lower = (guchar)g_ascii_tolower ((gchar)c), upper = (guchar)g_ascii_toupper ((gchar)c);

  set->bits[lower >> 6] |= G_GUINT64_CONSTANT (1) << (lower & 63);
  set->bits[upper >> 6] |= G_GUINT64_CONSTANT (1) << (upper & 63);
}

static guint
add_bytes (guint a, guint b)
{
  return a > ATTEST_UNBOUNDED - b ? ATTEST_UNBOUNDED : a + b;
}

static guint
multiply_bytes (guint a, guint b)
{
  return b != 0 && a > (ATTEST_UNBOUNDED - 1) / b ? ATTEST_UNBOUNDED : a * b;
}

/* --- finite sets of texts */

static gboolean
texts_has (const AttestTexts *texts, const char *bytes, guint length)
{
  for (guint i = 0; i < texts->n; i++)
    {
      const char *other = texts->bytes[i];

      /* Looking at two bytes saves most calls. */
      if (texts->lengths[i] == length
          && (length == 0
              || (other[0] == bytes[0] && other[length - 1] == bytes[length - 1]
                  && memcmp (other, bytes, length) == 0)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
texts_add (AttestTexts *texts, const char *bytes, guint length)
{
  if (length > ATTEST_NEEDLE_BYTES)
    return FALSE;
  if (texts_has (texts, bytes, length))
    return TRUE;
  if (texts->n == ATTEST_MAX_TEXTS)
    return FALSE;
  memcpy (texts->bytes[texts->n], bytes, length);
  texts->lengths[texts->n++] = (guint8)length;
  return TRUE;
}

static void
texts_init_empty (AttestTexts *texts)
{
  texts->n = 1;
  texts->lengths[0] = 0;
}

/* Adds all of @other. FALSE: too many, and @texts is spoilt. */
static gboolean
texts_add_all (AttestTexts *texts, const AttestTexts *other)
{
  for (guint i = 0; i < other->n; i++)
    if (!texts_add (texts, other->bytes[i], other->lengths[i]))
      return FALSE;
  return TRUE;
}

/* Each of @texts with each of @tails behind it. FALSE: too many or too long, nothing is changed. */
static gboolean
texts_multiply (AttestTexts *texts, const AttestTexts *tails)
{
  AttestTexts product;
  char joined[2 * ATTEST_NEEDLE_BYTES];

  if (texts->n == 1 && tails->n == 1)
    {
      if (texts->lengths[0] + tails->lengths[0] > ATTEST_NEEDLE_BYTES)
        return FALSE;
      memcpy (texts->bytes[0] + texts->lengths[0], tails->bytes[0], tails->lengths[0]);
      texts->lengths[0] = (guint8)(texts->lengths[0] + tails->lengths[0]);
      return TRUE;
    }
  product.n = 0;
  for (guint i = 0; i < texts->n; i++)
    for (guint k = 0; k < tails->n; k++)
      {
        memcpy (joined, texts->bytes[i], texts->lengths[i]);
        memcpy (joined + texts->lengths[i], tails->bytes[k], tails->lengths[k]);
        if (!texts_add (&product, joined, texts->lengths[i] + tails->lengths[k]))
          return FALSE;
      }
  *texts = product;
  return TRUE;
}

/* --- needles */

static double
text_cost (const char *bytes, guint length_bytes, gboolean is_wide)
{
  return COST_NEEDLE
         + (is_wide ? COST_WIDE_HIT : COST_HIT) * exp2 (-attest_rarity_bits (bytes, length_bytes));
}

static double
needles_cost (const GArray *needles)
{
  double cost = 0;

  for (guint i = 0; i < needles->len; i++)
    {
      const AttestNeedle *needle = &g_array_index (needles, AttestNeedle, i);

      cost += text_cost (needle->bytes, needle->length_bytes,
                         needle->reach.max_bytes - needle->reach.min_bytes > MAX_NARROW_BYTES);
    }
  return cost;
}

/* The price of the texts as needles; infinite when they cannot be. */
static double
texts_cost (const AttestTexts *texts)
{
  double cost = 0;

  for (guint i = 0; i < texts->n; i++)
    if (texts->lengths[i] == 0)
      return INFINITY;
    else
      cost += text_cost (texts->bytes[i], texts->lengths[i], FALSE);
  return cost;
}

/* Lets @needle stand for @longer, in which it is found at @at. */
static void
widen (AttestNeedle *needle, const AttestNeedle *longer, guint at)
{
  AttestReach *reach = &needle->reach;

  reach->min_bytes = MIN (reach->min_bytes, add_bytes (longer->reach.min_bytes, at));
  reach->max_bytes = MAX (reach->max_bytes, add_bytes (longer->reach.max_bytes, at));
  unite (&reach->ascii, &longer->reach.ascii);
  for (guint i = 0; i < at; i++)
    if ((guchar)longer->bytes[i] < 0x80)
      add_both_cases (&reach->ascii, (guchar)longer->bytes[i]);
}

/* Drops the needles that hold another. */
static void
reduce (GArray *needles)
{
  for (guint i = 0; i < needles->len; i++)
    for (guint k = 0; k < needles->len;)
      {
        AttestNeedle *needle = &g_array_index (needles, AttestNeedle, i);
        const AttestNeedle *other = &g_array_index (needles, AttestNeedle, k);
        const char *at = i == k ? NULL
                                : memmem (other->bytes, other->length_bytes, needle->bytes,
                                          needle->length_bytes);

        if (at == NULL)
          {
            k++;
            continue;
          }
        widen (needle, other, (guint)(at - other->bytes));
        g_array_remove_index (needles, k);
        if (k < i)
          i--;
      }
}

static GArray *
needles_of_texts (const AttestTexts *texts, const AttestReach *reach)
{
  GArray *needles;

  if (texts_has (texts, "", 0))
    return NULL;
  needles = g_array_sized_new (FALSE, FALSE, sizeof (AttestNeedle), texts->n);
  for (guint i = 0; i < texts->n; i++)
    {
      AttestNeedle needle = { .reach = *reach, .length_bytes = texts->lengths[i] };

      memcpy (needle.bytes, texts->bytes[i], texts->lengths[i]);
      g_array_append_val (needles, needle);
    }
  return needles;
}

/* --- facts */

void
attest_facts_clear (AttestFacts *facts)
{
  g_clear_pointer (&facts->needles, g_array_unref);
}

/* But for the texts, of which there are none yet. */
static void
init (AttestFacts *facts)
{
  facts->is_finite = FALSE;
  facts->texts.n = 0;
  facts->needles = NULL;
  facts->cost = INFINITY;
  facts->min_bytes = facts->max_bytes = 0;
  facts->ascii = no_reach.ascii;
}

void
attest_facts_init_empty (AttestFacts *facts)
{
  init (facts);
  facts->is_finite = TRUE;
  texts_init_empty (&facts->texts);
}

void
attest_facts_init_any (AttestFacts *facts)
{
  init (facts);
  facts->max_bytes = ATTEST_UNBOUNDED;
  facts->ascii = (AttestAsciiSet){ { G_MAXUINT64, G_MAXUINT64 } };
}

void
attest_facts_init_char (AttestFacts *facts, guint32 c)
{
  char utf8[6];

  init (facts);
  facts->is_finite = TRUE;
  if (c < 0x80)
    {
      add_both_cases (&facts->ascii, (guchar)c);
      c = (guchar)g_ascii_tolower ((gchar)c);
    }
  facts->min_bytes = facts->max_bytes = (guint)g_unichar_to_utf8 (c, utf8);
  texts_add (&facts->texts, utf8, facts->min_bytes);
}

static guint
count_ascii (const AttestAsciiSet *set)
{
  return (guint)(__builtin_popcountll (set->bits[0]) + __builtin_popcountll (set->bits[1]));
}

void
attest_facts_init_set (AttestFacts *facts, const AttestAsciiSet *ascii, const guint32 *wide,
                       guint n_wide, gboolean all_wide)
{
  char utf8[6];

  init (facts);
  facts->ascii = *ascii;
  facts->min_bytes = count_ascii (ascii) > 0 ? 1 : 2;
  facts->max_bytes = all_wide || n_wide > 0 ? 4 : 1;
  /* Twice, for both cases. */
  if (all_wide || count_ascii (ascii) > 2 * ATTEST_MAX_CLASS_CHARS)
    return;
  for (guchar c = 0; c < 0x80; c++)
    if (attest_ascii_set_has (ascii, c))
      {
        char lower = g_ascii_tolower ((gchar)c);

        texts_add (&facts->texts, &lower, 1);
      }
  for (guint i = 0; i < n_wide; i++)
    texts_add (&facts->texts, utf8, (guint)g_unichar_to_utf8 (wide[i], utf8));
  facts->is_finite = facts->texts.n > 0 && facts->texts.n <= ATTEST_MAX_CLASS_CHARS;
}

/* Leaves the texts for their needles. */
static void
forget_texts (AttestFacts *facts)
{
  if (!facts->is_finite)
    return;
  facts->is_finite = FALSE;
  facts->needles = needles_of_texts (&facts->texts, &no_reach);
  facts->cost = facts->needles != NULL ? needles_cost (facts->needles) : INFINITY;
}

/* texts^min ∪ … ∪ texts^max, if that is not too much. */
static gboolean
repeat_texts (AttestFacts *facts, guint min, guint max)
{
  AttestTexts all = { 0 }, power;

  texts_init_empty (&power);
  for (guint round = 0; round <= max; round++)
    {
      if (round >= min && !texts_add_all (&all, &power))
        return FALSE;
      if (round < max && !texts_multiply (&power, &facts->texts))
        return FALSE;
      /* The empty text alone may be repeated for ever. */
      if (round > ATTEST_MAX_TEXTS + ATTEST_NEEDLE_BYTES)
        break;
    }
  if (all.n == 0)
    return FALSE;
  facts->texts = all;
  return TRUE;
}

/* As many of the rounds that must be as fit. */
static void
raise_texts (AttestFacts *facts, guint min)
{
  AttestTexts power = facts->texts;

  for (guint round = 1; round < MIN (min, ATTEST_NEEDLE_BYTES); round++)
    if (!texts_multiply (&power, &facts->texts))
      break;
  facts->texts = power;
}

void
attest_facts_repeat (AttestFacts *facts, guint min, guint max)
{
  if (min == 1 && max == 1)
    return;
  if (max == 0)
    {
      attest_facts_clear (facts);
      attest_facts_init_empty (facts);
      return;
    }
  if (facts->is_finite && !(facts->texts.n == 1 && facts->texts.lengths[0] == 0)
      && !repeat_texts (facts, min, max))
    {
      raise_texts (facts, min);
      forget_texts (facts);
    }
  if (min == 0 && !facts->is_finite)
    {
      g_clear_pointer (&facts->needles, g_array_unref);
      facts->cost = INFINITY;
    }
  facts->min_bytes = multiply_bytes (facts->min_bytes, min);
  facts->max_bytes = max == ATTEST_UNBOUNDED ? (facts->max_bytes == 0 ? 0 : ATTEST_UNBOUNDED)
                                             : multiply_bytes (facts->max_bytes, max);
}

/* Moves the needles of @other to @facts. FALSE: too many. */
static gboolean
join_needles (AttestFacts *facts, AttestFacts *other)
{
  if (facts->needles == NULL || other->needles == NULL
      || facts->needles->len + other->needles->len > ATTEST_MAX_NEEDLES)
    return FALSE;
  g_array_append_vals (facts->needles, other->needles->data, other->needles->len);
  facts->cost += other->cost;
  return TRUE;
}

void
attest_facts_take_alternative (AttestFacts *facts, AttestFacts *other)
{
  AttestTexts both = facts->texts;

  if (facts->is_finite && other->is_finite && texts_add_all (&both, &other->texts))
    facts->texts = both;
  else
    {
      forget_texts (facts);
      forget_texts (other);
      if (!join_needles (facts, other))
        {
          attest_facts_clear (facts);
          facts->cost = INFINITY;
        }
    }
  facts->min_bytes = MIN (facts->min_bytes, other->min_bytes);
  facts->max_bytes = MAX (facts->max_bytes, other->max_bytes);
  unite (&facts->ascii, &other->ascii);
  attest_facts_clear (other);
}

GArray *
attest_facts_steal_needles (AttestFacts *facts, const char **out_reason)
{
  forget_texts (facts);
  if (facts->needles != NULL && facts->needles->len <= MAX_REDUCED)
    {
      reduce (facts->needles);
      facts->cost = needles_cost (facts->needles);
    }
  if (facts->needles == NULL)
    *out_reason = "no word or part of a word is in all that it matches";
  else if (facts->cost > COST_PLAIN)
    *out_reason = "what is in all that it matches is too short or too common";
  else
    return g_steal_pointer (&facts->needles);
  return NULL;
}

/* --- sequences */

static void
start_run (AttestSequence *sequence)
{
  texts_init_empty (&sequence->run);
  sequence->run_reach
      = (AttestReach){ sequence->all.min_bytes, sequence->all.max_bytes, sequence->all.ascii };
}

void
attest_sequence_init (AttestSequence *sequence)
{
  attest_facts_init_empty (&sequence->all);
  start_run (sequence);
}

static void
offer (AttestSequence *sequence, GArray *needles)
{
  double cost;

  if (needles == NULL)
    return;
  cost = needles_cost (needles);
  if (sequence->all.needles != NULL && sequence->all.cost <= cost)
    {
      g_array_unref (needles);
      return;
    }
  attest_facts_clear (&sequence->all);
  sequence->all.needles = needles;
  sequence->all.cost = cost;
}

static void
end_run (AttestSequence *sequence)
{
  offer (sequence, needles_of_texts (&sequence->run, &sequence->run_reach));
  start_run (sequence);
}

static void
take_texts (AttestSequence *sequence, const AttestTexts *texts)
{
  AttestTexts product;
  gboolean fits;

  /* Most parts are single letters. */
  if (sequence->run.n == 1 && texts->n == 1 && texts_multiply (&sequence->run, texts))
    return;
  product = sequence->run;
  fits = texts_multiply (&product, texts);

  /* What comes behind may be rarer alone than with all that can stand before it. */
  if (fits && (product.n == 1 || texts_cost (&product) <= texts_cost (texts)))
    {
      sequence->run = product;
      return;
    }
  sequence->all.is_finite = FALSE;
  end_run (sequence);
  sequence->run = *texts;
}

/* The needles of a part that starts behind what there is so far. */
static void
take_needles (AttestSequence *sequence, GArray *needles)
{
  for (guint i = 0; i < needles->len; i++)
    {
      AttestReach *reach = &g_array_index (needles, AttestNeedle, i).reach;

      reach->min_bytes = add_bytes (reach->min_bytes, sequence->all.min_bytes);
      reach->max_bytes = add_bytes (reach->max_bytes, sequence->all.max_bytes);
      unite (&reach->ascii, &sequence->all.ascii);
    }
  offer (sequence, needles);
}

void
attest_sequence_take (AttestSequence *sequence, AttestFacts *facts)
{
  AttestFacts *all = &sequence->all;

  if (facts->is_finite)
    take_texts (sequence, &facts->texts);
  else
    {
      end_run (sequence);
      if (facts->needles != NULL)
        take_needles (sequence, g_steal_pointer (&facts->needles));
      all->is_finite = FALSE;
    }
  all->min_bytes = add_bytes (all->min_bytes, facts->min_bytes);
  all->max_bytes = add_bytes (all->max_bytes, facts->max_bytes);
  unite (&all->ascii, &facts->ascii);
  if (!facts->is_finite)
    start_run (sequence);
  attest_facts_clear (facts);
}

void
attest_sequence_finish (AttestSequence *sequence, AttestFacts *out)
{
  AttestFacts *all = &sequence->all;

  if (all->is_finite)
    all->texts = sequence->run;
  else
    end_run (sequence);
  *out = *all;
  all->needles = NULL;
  attest_sequence_init (sequence);
}
