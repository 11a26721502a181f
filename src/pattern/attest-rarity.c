/* attest-rarity: see the header.
 *
 * Texts are as rare as their letters together, but for words that are used all the time. Both were
 * counted in interviews in English, French, Spanish and Russian; other languages differ.
 */
#include "pattern/attest-rarity.h"

#include <stdlib.h>
#include <string.h>

/* Behind so many bits, letters are less of a surprise: they make words. */
#define WORD_BITS 12.0
#define BITS_AFTER_WORD 0.25
/* Of the words below, bytes. */
#define MAX_COMMON_BYTES 18

/* -log2 of the share of each byte, in quarters of a bit. */
static const guint8 quarter_bits[128] = {
  56, 56, 56, 56, 56, 56, 56, 56, 56, 56, 28, 56, 56, 56, 56, 56, 56, 56, 56, 56, 56, 56,
  56, 56, 56, 56, 56, 56, 56, 56, 56, 56, 10, 56, 49, 45, 56, 56, 56, 39, 47, 47, 48, 56,
  28, 38, 26, 41, 35, 39, 39, 43, 44, 44, 48, 48, 47, 47, 33, 56, 56, 52, 56, 40, 56, 56,
  56, 56, 56, 56, 56, 56, 56, 56, 56, 56, 56, 56, 56, 56, 56, 56, 56, 56, 56, 56, 56, 56,
  56, 56, 56, 51, 56, 51, 56, 53, 50, 15, 25, 21, 21, 14, 26, 25, 20, 17, 36, 29, 20, 23,
  17, 16, 23, 32, 18, 17, 15, 21, 28, 26, 38, 24, 39, 56, 56, 56, 56, 56,
};
/* Where letters are not ASCII, the first byte says little and the last as much as a letter. */
#define QUARTER_BITS_FIRST 4
#define QUARTER_BITS_LAST 18

typedef struct
{
  const char *word;
  guint bits;
} Common;

/* By byte. */
static const Common common[] = {
  { "about", 10 },     { "after", 12 },  { "ahora", 12 },   { "al", 11 },     { "algo", 12 },
  { "all", 10 },       { "also", 11 },   { "always", 12 },  { "an", 11 },     { "and", 8 },
  { "any", 12 },       { "are", 10 },    { "as", 10 },      { "así", 11 },    { "at", 10 },
  { "aussi", 12 },     { "avec", 11 },   { "back", 12 },    { "be", 10 },     { "because", 10 },
  { "been", 11 },      { "before", 12 }, { "bien", 12 },    { "but", 10 },    { "by", 11 },
  { "cada", 12 },      { "can", 10 },    { "ce", 10 },      { "cette", 11 },  { "change", 12 },
  { "come", 12 },      { "comme", 12 },  { "como", 10 },    { "con", 10 },    { "could", 11 },
  { "dans", 10 },      { "de", 8 },      { "del", 10 },     { "des", 9 },     { "did", 11 },
  { "different", 12 }, { "do", 10 },     { "el", 8 },       { "elle", 12 },   { "en", 8 },
  { "es", 8 },         { "eso", 11 },    { "est", 10 },     { "esta", 11 },   { "este", 11 },
  { "esto", 10 },      { "está", 11 },   { "et", 9 },       { "every", 12 },  { "faire", 12 },
  { "fait", 11 },      { "first", 12 },  { "for", 9 },      { "from", 11 },   { "gente", 11 },
  { "get", 11 },       { "go", 11 },     { "going", 12 },   { "good", 12 },   { "got", 11 },
  { "hacer", 11 },     { "had", 10 },    { "has", 11 },     { "have", 9 },    { "hay", 11 },
  { "he", 11 },        { "here", 11 },   { "how", 11 },     { "if", 10 },     { "il", 10 },
  { "ils", 11 },       { "in", 8 },      { "into", 11 },    { "is", 8 },      { "it", 8 },
  { "just", 10 },      { "kind", 12 },   { "know", 10 },    { "la", 8 },      { "las", 9 },
  { "le", 9 },         { "les", 9 },     { "leur", 12 },    { "like", 10 },   { "little", 12 },
  { "lo", 10 },        { "los", 9 },     { "lot", 12 },     { "mais", 11 },   { "make", 11 },
  { "many", 12 },      { "maybe", 12 },  { "me", 12 },      { "more", 11 },   { "much", 12 },
  { "muy", 12 },       { "my", 11 },     { "más", 10 },     { "même", 12 },   { "need", 12 },
  { "no", 9 },         { "not", 10 },    { "nothing", 12 }, { "nous", 11 },   { "now", 11 },
  { "of", 8 },         { "on", 9 },      { "one", 10 },     { "only", 12 },   { "ont", 11 },
  { "or", 10 },        { "other", 11 },  { "our", 12 },     { "out", 11 },    { "over", 12 },
  { "par", 11 },       { "para", 9 },    { "pas", 10 },     { "people", 11 }, { "pero", 10 },
  { "plus", 11 },      { "por", 10 },    { "porque", 11 },  { "pour", 10 },   { "problem", 12 },
  { "problema", 12 },  { "que", 8 },     { "qui", 10 },     { "re", 10 },     { "really", 11 },
  { "right", 12 },     { "said", 12 },   { "say", 11 },     { "se", 9 },      { "see", 11 },
  { "si", 10 },        { "so", 9 },      { "sobre", 12 },   { "some", 11 },   { "something", 12 },
  { "son", 11 },       { "still", 12 },  { "su", 11 },      { "sur", 11 },    { "también", 12 },
  { "tener", 12 },     { "than", 12 },   { "that", 8 },     { "the", 8 },     { "their", 11 },
  { "them", 11 },      { "then", 10 },   { "there", 9 },    { "these", 11 },  { "they", 9 },
  { "thing", 11 },     { "things", 11 }, { "think", 10 },   { "this", 9 },    { "those", 12 },
  { "through", 12 },   { "time", 11 },   { "to", 8 },       { "todo", 11 },   { "tout", 11 },
  { "travail", 12 },   { "two", 12 },    { "un", 8 },       { "una", 9 },     { "une", 10 },
  { "up", 11 },        { "us", 12 },     { "use", 11 },     { "used", 12 },   { "very", 11 },
  { "vez", 12 },       { "vous", 10 },   { "want", 11 },    { "was", 9 },     { "way", 11 },
  { "we", 8 },         { "well", 11 },   { "were", 11 },    { "what", 10 },   { "when", 11 },
  { "where", 12 },     { "which", 11 },  { "who", 12 },     { "will", 11 },   { "with", 10 },
  { "work", 12 },      { "would", 11 },  { "years", 12 },   { "yes", 11 },    { "you", 8 },
  { "your", 10 },      { "ça", 11 },     { "était", 11 },   { "être", 11 },   { "бы", 11 },
  { "были", 12 },      { "было", 11 },   { "вот", 12 },     { "вы", 11 },     { "для", 11 },
  { "его", 12 },       { "если", 11 },   { "есть", 11 },    { "за", 10 },     { "и", 10 },
  { "из", 11 },        { "или", 11 },    { "как", 10 },     { "когда", 12 },  { "люди", 12 },
  { "может", 12 },     { "можно", 12 },  { "мы", 11 },      { "на", 8 },      { "нам", 12 },
  { "нас", 11 },       { "не", 8 },      { "нет", 11 },     { "но", 11 },     { "они", 11 },
  { "от", 12 },        { "очень", 12 },  { "по", 10 },      { "проект", 12 }, { "с", 10 },
  { "так", 11 },       { "там", 11 },    { "то", 10 },      { "только", 12 }, { "у", 12 },
  { "уже", 12 },       { "что", 10 },    { "чтобы", 12 },   { "это", 10 },    { "этого", 12 }
};

typedef struct
{
  const char *bytes;
  gsize length_bytes;
} Word;

static int
compare_word (gconstpointer key, gconstpointer entry)
{
  const Word *word = key;
  const Common *other = entry;
  int order = strncmp (word->bytes, other->word, word->length_bytes);

  return order != 0 ? order : other->word[word->length_bytes] == '\0' ? 0 : -1;
}

/* 0: it is no common word, with or without blanks around it. */
static guint
common_bits (const char *bytes, guint length_bytes)
{
  Word word = { bytes, length_bytes };
  const Common *found;

  while (word.length_bytes > 0 && word.bytes[0] == ' ')
    {
      word.bytes++;
      word.length_bytes--;
    }
  while (word.length_bytes > 0 && word.bytes[word.length_bytes - 1] == ' ')
    word.length_bytes--;
  if (word.length_bytes < 2 || word.length_bytes > MAX_COMMON_BYTES)
    return 0;
  found = bsearch (&word, common, G_N_ELEMENTS (common), sizeof *common, compare_word);
  return found != NULL ? found->bits : 0;
}

double
attest_rarity_letter_bits (const char *bytes, guint length_bytes)
{
  guint quarters = 0;

  for (guint i = 0; i < length_bytes; i++)
    {
      guchar c = (guchar)bytes[i];

      quarters += c < 0x80 ? quarter_bits[c] : c < 0xc0 ? QUARTER_BITS_LAST : QUARTER_BITS_FIRST;
    }
  return quarters / 4.0;
}

double
attest_rarity_bits (const char *bytes, guint length_bytes)
{
  guint known = common_bits (bytes, length_bytes);
  double bits;

  if (known > 0)
    return known;
  bits = attest_rarity_letter_bits (bytes, length_bytes);
  return bits <= WORD_BITS ? bits : WORD_BITS + (bits - WORD_BITS) * BITS_AFTER_WORD;
}
