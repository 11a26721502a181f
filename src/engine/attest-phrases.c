/* attest-phrases: see the header.
 *
 * Each distinct word of the phrases has a number. A running hash over a token finds in one go the
 * word that it is, those that it starts with, and, from its end, those that it ends with.
 */
#include "engine/attest-phrases.h"

#include <string.h>

#include "util/attest-error.h"
#include "util/attest-limits.h"

/* Words of the phrases that one token can be at a time: itself, and what it starts and ends with.
 */
#define MAX_NUMBERS 12
#define MAX_GAP_WORDS 3
#define MAX_GAPS 2
/* A longer token is no word of any phrase. */
#define MAX_KEY_BYTES 128

#define FNV_START G_GUINT64_CONSTANT (14695981039346656037)
#define FNV_PRIME G_GUINT64_CONSTANT (1099511628211)

#define SEEN_WORDS 64

typedef enum
{
  WORD_WHOLE,
  WORD_START,
  WORD_END,
} WordKind;

#define N_WORD_KINDS 3

typedef enum
{
  ELEMENT_WORDS,
  ELEMENT_ANY,
  ELEMENT_GAP,
} ElementKind;

typedef struct
{
  ElementKind kind;
  guint first_number, n_numbers; /* into numbers */
} Element;

typedef struct
{
  AttestTrigger trigger;
  gboolean at_start; /* of a sentence */
  guint first_element, n_elements;
} Phrase;

typedef struct
{
  guint64 hash;
  char *key; /* NULL: free */
  gsize key_bytes;
  guint number;
} Slot;

typedef struct
{
  Slot *slots;
  gsize n_slots; /* a power of two */
  guint n_words;
  guint64
      seen[SEEN_WORDS]; /* bits of the hashes there are: most of what is looked up is not there */
} Words;

struct _AttestPhrases
{
  const AttestQualifierFile *file;
  GArray *phrases;  /* of Phrase */
  GArray *elements; /* of Element */
  GArray *numbers;  /* of guint */
  Words words[N_WORD_KINDS];
  GPtrArray *starting; /* by number: of GArray of guint, phrases that start with the word */
};

/* --- words -------------------------------------------------------------------------------- */

static guint64
hash_byte (guint64 hash, char byte)
{
  return (hash ^ (guchar)byte) * FNV_PRIME;
}

static guint64
hash_key (const char *key, gsize n, WordKind kind)
{
  guint64 hash = FNV_START;

  for (gsize i = 0; i < n; i++)
    hash = hash_byte (hash, key[kind == WORD_END ? n - 1 - i : i]);
  return hash;
}

static Slot *
find_slot (const Words *words, guint64 hash, const char *key, gsize n)
{
  gsize at = hash & (words->n_slots - 1);

  while (words->slots[at].key != NULL
         && (words->slots[at].hash != hash || words->slots[at].key_bytes != n
             || memcmp (words->slots[at].key, key, n) != 0))
    at = (at + 1) & (words->n_slots - 1);
  return &words->slots[at];
}

static gboolean
is_seen (const Words *words, guint64 hash)
{
  return (words->seen[(hash >> 6) % SEEN_WORDS] >> (hash % 64)) & 1;
}

static void
grow (Words *words)
{
  Words larger = *words;

  larger.n_slots = MAX (words->n_slots * 2, 64);
  larger.slots = g_new0 (Slot, larger.n_slots);

  for (gsize i = 0; i < words->n_slots; i++)
    {
      const Slot *slot = &words->slots[i];

      if (slot->key != NULL)
        *find_slot (&larger, slot->hash, slot->key, slot->key_bytes) = *slot;
    }
  g_free (words->slots);
  *words = larger;
}

static guint
intern_word (AttestPhrases *phrases, const char *key, gsize n, WordKind kind)
{
  Words *words = &phrases->words[kind];
  Slot *slot;

  /* At most half full, so that a search soon meets a free slot. */
  if ((words->n_words + 1) * 2 > words->n_slots)
    grow (words);
  slot = find_slot (words, hash_key (key, n, kind), key, n);
  if (slot->key == NULL)
    {
      *slot = (Slot){ hash_key (key, n, kind), g_strndup (key, n), n, phrases->starting->len };
      words->n_words++;
      words->seen[(slot->hash >> 6) % SEEN_WORDS] |= G_GUINT64_CONSTANT (1) << (slot->hash % 64);
      g_ptr_array_add (phrases->starting, NULL);
    }
  return slot->number;
}

/* What a token is. */
typedef struct
{
  guint numbers[MAX_NUMBERS];
  guint n;
} Numbers;

static void
look_up (const Words *words, guint64 hash, const char *key, gsize n, Numbers *numbers)
{
  const Slot *slot;

  if (!is_seen (words, hash))
    return;
  slot = find_slot (words, hash, key, n);
  if (slot->key != NULL && numbers->n < MAX_NUMBERS)
    numbers->numbers[numbers->n++] = slot->number;
}

static gboolean
is_boundary (const char *key, gsize at, gsize n)
{
  return at == n || ((guchar)key[at] & 0xC0) != 0x80;
}

static void
look_up_token (const AttestPhrases *phrases, const AttestTokens *tokens, guint i, Numbers *numbers)
{
  const AttestToken *token = attest_tokens_get (tokens, i);
  const char *key = tokens->keys->str + token->key_byte;
  gsize n = token->key_bytes;
  guint64 hash = FNV_START;

  numbers->n = 0;
  if (n > MAX_KEY_BYTES)
    return;
  for (gsize k = 0; k < n; k++)
    {
      hash = hash_byte (hash, key[k]);
      if (is_boundary (key, k + 1, n))
        look_up (&phrases->words[WORD_START], hash, key, k + 1, numbers);
    }
  look_up (&phrases->words[WORD_WHOLE], hash, key, n, numbers);
  hash = FNV_START;
  for (gsize k = n; k-- > 0 && phrases->words[WORD_END].n_words > 0;)
    {
      hash = hash_byte (hash, key[k]);
      if (is_boundary (key, k, n))
        look_up (&phrases->words[WORD_END], hash, key + k, n - k, numbers);
    }
}

/* --- reading phrases ---------------------------------------------------------------------- */

static gboolean
throw_phrase (const AttestPhrases *phrases, const AttestTriggerPhrase *source, const char *what,
              GError **error)
{
  return attest_throw (error, ATTEST_ERROR_CODEBOOK, "%s:%u:%u: '%s' is no phrase: %s",
                       phrases->file->path, source->line, source->column, source->text, what);
}

/* One of "a|b*|*c". */
static gboolean
add_alternative (AttestPhrases *phrases, const char *word, AttestTokens *tokens)
{
  gsize n = strlen (word);
  WordKind kind = WORD_WHOLE;
  guint number;

  if (n > 1 && word[n - 1] == '*')
    {
      kind = WORD_START;
      n--;
    }
  else if (n > 1 && word[0] == '*')
    {
      kind = WORD_END;
      word++;
      n--;
    }
  attest_tokens_read (tokens, word, n, phrases->file->elisions);
  if (tokens->tokens->len != 1)
    return FALSE;
  number = intern_word (phrases, tokens->keys->str, tokens->keys->len, kind);
  g_array_append_val (phrases->numbers, number);
  return TRUE;
}

static gboolean
add_words (AttestPhrases *phrases, const char *item, AttestTokens *tokens)
{
  g_auto (GStrv) words = g_strsplit (item, "|", -1);
  Element element = { .kind = ELEMENT_WORDS, .first_number = phrases->numbers->len };

  for (guint i = 0; words[i] != NULL; i++)
    if (!add_alternative (phrases, words[i], tokens))
      return FALSE;
  element.n_numbers = phrases->numbers->len - element.first_number;
  g_array_append_val (phrases->elements, element);
  return TRUE;
}

/* What one item between spaces is cut into: "peut-être" is two words, "n'a" too. */
static gboolean
add_item (AttestPhrases *phrases, const char *item, AttestTokens *tokens)
{
  g_autoptr (AttestTokens) parts = NULL;

  if (strcmp (item, "_") == 0 || strcmp (item, "...") == 0)
    {
      Element element = { .kind = *item == '_' ? ELEMENT_ANY : ELEMENT_GAP };

      g_array_append_val (phrases->elements, element);
      return TRUE;
    }
  if (strpbrk (item, "|*") != NULL)
    return add_words (phrases, item, tokens);
  parts = attest_tokens_new ();
  attest_tokens_read (parts, item, strlen (item), phrases->file->elisions);
  for (guint i = 0; i < parts->tokens->len; i++)
    {
      const AttestToken *part = attest_tokens_get (parts, i);
      guint number
          = intern_word (phrases, parts->keys->str + part->key_byte, part->key_bytes, WORD_WHOLE);
      Element element = { ELEMENT_WORDS, phrases->numbers->len, 1 };

      g_array_append_val (phrases->numbers, number);
      g_array_append_val (phrases->elements, element);
    }
  return parts->tokens->len > 0;
}

static const Element *
get_element (const AttestPhrases *phrases, guint i)
{
  return &g_array_index (phrases->elements, Element, i);
}

static const char *
check_phrase (const AttestPhrases *phrases, const Phrase *phrase)
{
  guint gaps = 0;

  if (phrase->n_elements == 0)
    return "it has no word";
  if (phrase->n_elements > ATTEST_MAX_TRIGGER_ELEMENTS)
    return "it has too many words";
  if (get_element (phrases, phrase->first_element)->kind != ELEMENT_WORDS)
    return "it starts with a word";
  if (get_element (phrases, phrase->first_element + phrase->n_elements - 1)->kind == ELEMENT_GAP)
    return "it ends with a word or _";
  for (guint i = 0; i < phrase->n_elements; i++)
    gaps += get_element (phrases, phrase->first_element + i)->kind == ELEMENT_GAP;
  return gaps <= MAX_GAPS ? NULL : "'...' is there more than twice";
}

static void
index_phrase (AttestPhrases *phrases, const Phrase *phrase, guint number_of_phrase)
{
  const Element *first = get_element (phrases, phrase->first_element);

  for (guint i = 0; i < first->n_numbers; i++)
    {
      guint number = g_array_index (phrases->numbers, guint, first->first_number + i);
      GArray *list = g_ptr_array_index (phrases->starting, number);

      if (list == NULL)
        phrases->starting->pdata[number] = list = g_array_new (FALSE, FALSE, sizeof (guint));
      g_array_append_val (list, number_of_phrase);
    }
}

static gboolean
add_phrase (AttestPhrases *phrases, const AttestTriggerPhrase *source, AttestTokens *tokens,
            GError **error)
{
  g_auto (GStrv) items = g_strsplit (source->text, " ", -1);
  Phrase phrase = { .trigger = source->trigger, .first_element = phrases->elements->len };
  const char *problem;

  for (guint i = 0; items[i] != NULL; i++)
    {
      if (*items[i] == '\0')
        continue;
      if (i == 0 && strcmp (items[i], "^") == 0)
        phrase.at_start = TRUE;
      else if (!add_item (phrases, items[i], tokens))
        return throw_phrase (phrases, source, "between spaces stands one word, or several with |",
                             error);
    }
  phrase.n_elements = phrases->elements->len - phrase.first_element;
  problem = check_phrase (phrases, &phrase);
  if (problem != NULL)
    return throw_phrase (phrases, source, problem, error);
  index_phrase (phrases, &phrase, phrases->phrases->len);
  g_array_append_val (phrases->phrases, phrase);
  return TRUE;
}

static void
free_list (gpointer list)
{
  if (list != NULL)
    g_array_unref (list);
}

AttestPhrases *
attest_phrases_new (const AttestQualifierFile *file, GError **error)
{
  g_autoptr (AttestPhrases) phrases = g_new0 (AttestPhrases, 1);
  g_autoptr (AttestTokens) tokens = attest_tokens_new ();

  phrases->file = file;
  phrases->phrases = g_array_new (FALSE, FALSE, sizeof (Phrase));
  phrases->elements = g_array_new (FALSE, FALSE, sizeof (Element));
  phrases->numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  phrases->starting = g_ptr_array_new_with_free_func (free_list);
  for (guint i = 0; i < file->phrases->len; i++)
    if (!add_phrase (phrases, &g_array_index (file->phrases, AttestTriggerPhrase, i), tokens,
                     error))
      return NULL;
  return g_steal_pointer (&phrases);
}

void
attest_phrases_free (AttestPhrases *phrases)
{
  if (phrases == NULL)
    return;
  g_array_unref (phrases->phrases);
  g_array_unref (phrases->elements);
  g_array_unref (phrases->numbers);
  g_ptr_array_unref (phrases->starting);
  for (guint kind = 0; kind < N_WORD_KINDS; kind++)
    {
      for (gsize i = 0; i < phrases->words[kind].n_slots; i++)
        g_free (phrases->words[kind].slots[i].key);
      g_free (phrases->words[kind].slots);
    }
  g_free (phrases);
}

/* --- finding ------------------------------------------------------------------------------ */

typedef struct
{
  const AttestPhrases *phrases;
  const AttestTokens *tokens;
  GArray *numbers; /* of Numbers, by token */
} Search;

static gboolean
is_one_of (const Search *search, const Element *element, guint token)
{
  const Numbers *numbers = &g_array_index (search->numbers, Numbers, token);

  for (guint i = 0; i < numbers->n; i++)
    for (guint k = 0; k < element->n_numbers; k++)
      if (g_array_index (search->phrases->numbers, guint, element->first_number + k)
          == numbers->numbers[i])
        return TRUE;
  return FALSE;
}

/* Behind the last token, or 0 when the elements from @i on do not match at @token. Ends: each call
 * is one element further, and a phrase has few gaps. */
static guint
match_rest (const Search *search, const Phrase *phrase, guint i, guint token)
{
  const Element *element;
  guint end = 0;

  if (i == phrase->n_elements)
    return token;
  element = get_element (search->phrases, phrase->first_element + i);
  if (element->kind == ELEMENT_GAP)
    {
      for (guint n = 0; n <= MAX_GAP_WORDS && end == 0; n++)
        {
          end = match_rest (search, phrase, i + 1, token + n);
          if (token + n >= search->tokens->tokens->len
              || !attest_tokens_get (search->tokens, token + n)->is_word)
            break;
        }
      return end;
    }
  if (token >= search->tokens->tokens->len)
    return 0;
  if (element->kind == ELEMENT_ANY ? attest_tokens_get (search->tokens, token)->is_word
                                   : is_one_of (search, element, token))
    return match_rest (search, phrase, i + 1, token + 1);
  return 0;
}

static gboolean
starts_sentence (const AttestTokens *tokens, guint token)
{
  return token == 0
         || (!attest_tokens_get (tokens, token - 1)->is_word
             && attest_tokens_get_mark (tokens, token - 1) != ',');
}

static guint
first_gap (const AttestPhrases *phrases, const Phrase *phrase)
{
  guint i = 0;

  while (i < phrase->n_elements
         && get_element (phrases, phrase->first_element + i)->kind != ELEMENT_GAP)
    i++;
  return i;
}

/* The best phrase of each qualifier that starts at a token. */
typedef struct
{
  guint end[ATTEST_N_QUALIFIERS + 1]; /* 0: none */
  guint phrase[ATTEST_N_QUALIFIERS + 1];
} Best;

static gboolean
is_none (AttestTrigger trigger)
{
  return trigger == ATTEST_TRIGGER_NO_POLARITY || trigger == ATTEST_TRIGGER_NO_CERTAINTY
         || trigger == ATTEST_TRIGGER_NO_TIME || trigger == ATTEST_TRIGGER_NO_HOLDER
         || trigger == ATTEST_TRIGGER_NO_ACT;
}

/* Whether phrase @a goes before @b, which is as long. */
static gboolean
goes_before (const AttestPhrases *phrases, guint a, guint b)
{
  gboolean a_is_none = is_none (g_array_index (phrases->phrases, Phrase, a).trigger);
  gboolean b_is_none = is_none (g_array_index (phrases->phrases, Phrase, b).trigger);

  return a_is_none != b_is_none ? a_is_none : a < b;
}

static void
find_best (const Search *search, guint token, Best *best)
{
  const AttestPhrases *phrases = search->phrases;
  const Numbers *numbers = &g_array_index (search->numbers, Numbers, token);

  memset (best, 0, sizeof *best);
  for (guint i = 0; i < numbers->n; i++)
    {
      const GArray *list = g_ptr_array_index (phrases->starting, numbers->numbers[i]);

      for (guint k = 0; list != NULL && k < list->len; k++)
        {
          guint number = g_array_index (list, guint, k);
          const Phrase *phrase = &g_array_index (phrases->phrases, Phrase, number);
          guint qualifier = attest_trigger_get_qualifier (phrase->trigger);
          guint end;

          if (phrase->at_start && !starts_sentence (search->tokens, token))
            continue;
          end = match_rest (search, phrase, 1, token + 1);
          if (end > best->end[qualifier]
              || (end > 0 && end == best->end[qualifier]
                  && goes_before (phrases, number, best->phrase[qualifier])))
            {
              best->end[qualifier] = end;
              best->phrase[qualifier] = number;
            }
        }
    }
}

static void
take_best (const Search *search, guint token, const Best *best, guint *free_from, GArray *found)
{
  for (guint q = 0; q <= ATTEST_N_QUALIFIERS; q++)
    {
      const Phrase *phrase;

      if (best->end[q] == 0 || token < free_from[q])
        continue;
      phrase = &g_array_index (search->phrases->phrases, Phrase, best->phrase[q]);
      free_from[q] = MIN (best->end[q], token + first_gap (search->phrases, phrase));

      AttestFoundPhrase item = { phrase->trigger, token, free_from[q] };
      g_array_append_val (found, item);
    }
}

void
attest_phrases_find (const AttestPhrases *phrases, const AttestTokens *tokens, GArray *found)
{
  g_autoptr (GArray) numbers
      = g_array_sized_new (FALSE, FALSE, sizeof (Numbers), MAX (tokens->tokens->len, 1));
  Search search = { phrases, tokens, numbers };
  guint free_from[ATTEST_N_QUALIFIERS + 1] = { 0 };
  Best best;

  g_array_set_size (found, 0);
  g_array_set_size (numbers, tokens->tokens->len);
  for (guint i = 0; i < tokens->tokens->len; i++)
    look_up_token (phrases, tokens, i, &g_array_index (numbers, Numbers, i));
  for (guint i = 0; i < tokens->tokens->len; i++)
    {
      if (g_array_index (numbers, Numbers, i).n == 0)
        continue;
      find_best (&search, i, &best);
      take_best (&search, i, &best, free_from, found);
    }
}
