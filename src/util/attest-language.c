/* attest-language: see the header.
 *
 * libexttextcat compares the frequencies of letter groups. It is right where it is clear, but on
 * a short sentence it is often not clear (a sixth of Spanish sentences of 30 to 80 letters) and
 * takes some 50 µs. Very frequent words that belong to one language decide most of those, and long
 * turns at once: three such words and none of another language need no further proof. So words
 * vote first, for the four languages of the shipped codebooks, and the fingerprints have the rest.
 */
#include "util/attest-language.h"

#include <libexttextcat/textcat.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include "util/attest-language-voters-private.h"
#include "util/attest-path.h"

#define MAX_LETTERS 200 /* looked at; more do not make a guess clearer */
#define MAX_SCAN_BYTES                                                                             \
  4096 /* in which letters are looked for: a turn may be a table of numbers                        \
        */
#define MIN_LETTERS 10
/* Below, fingerprints alone are wrong in 4 % of the sentences in which they are clear. */
#define MIN_SURE_LETTERS 30
#define SURE_VOTES 3
/* Words that are no names speak for another language in a shorter passage, too. */
#define MIN_VOTED_LETTERS 25
#define MAX_INVERTED_VOTES 2 /* ¿ may also be what is left of a wrong encoding */
#define MIN_VOTES 2          /* of a turn that is one of several */
/* Of what a passage must have to choose between few languages: "Да." */
#define MIN_CHOICE_LETTERS 2
/* Of the table of the words that vote: some five for each. */
#define VOTER_SLOTS 1024
#define MAX_VOTER_BYTES 20
/* Names and borrowed words make a few words look like another language. */
#define MIN_OTHER_LETTERS 60
/* A passage in another script than the rest is no matter of names only. */
#define MIN_OTHER_SCRIPT_LETTERS 10
#define MAX_NAME_UNITS 100 /* of the name of a language */
/* One letter in so many may be one that the language has not: names. */
#define MAX_STRANGE_SHARE 20

enum
{
  SCRIPT_LATIN,
  SCRIPT_CYRILLIC,
  SCRIPT_ARABIC,
  SCRIPT_OTHER,
  N_SCRIPTS
};

#define LATIN (1u << SCRIPT_LATIN)
#define CYRILLIC (1u << SCRIPT_CYRILLIC)
#define ARABIC (1u << SCRIPT_ARABIC)

static const struct
{
  const char *code;
  guint scripts;
} languages[] = {
  { "ar", ARABIC },   { "az", LATIN },    { "de", LATIN },
  { "en", LATIN },    { "es", LATIN },    { "fr", LATIN },
  { "it", LATIN },    { "kk", CYRILLIC }, { "ky", CYRILLIC },
  { "nl", LATIN },    { "pt", LATIN },    { "ro", LATIN },
  { "ru", CYRILLIC }, { "tg", CYRILLIC }, { "tk", LATIN },
  { "tr", LATIN },    { "uk", CYRILLIC }, { "uz", LATIN | CYRILLIC },
};

/* The letters of a text in lower case, words separated by single spaces. */
typedef struct
{
  char bytes[MAX_LETTERS * 2 * U8_MAX_LENGTH];
  gsize length_bytes;
  guint letters;
  guint by_script[N_SCRIPTS];
  guint not_russian;   /* Cyrillic letters that Russian has not */
  guint not_ukrainian; /* and those that Ukrainian has not */
  guint schwas;        /* ə, in every other word of Azerbaijani */
  guint inverted;      /* ¿ and ¡, which only Spanish has */
} Sample;

struct _AttestLanguageGuesser
{
  void *textcat; /* NULL: no data */
  candidate_t *candidates;
  guint8 voter_slots[VOTER_SLOTS]; /* by hash, open: index into voters + 1, 0: free */
};
G_STATIC_ASSERT (G_N_ELEMENTS (voters) < G_MAXUINT8);

static guint
hash_word (const char *word, gsize length_bytes)
{
  guint32 hash = 2166136261u;

  for (gsize i = 0; i < length_bytes; i++)
    hash = (hash ^ (guchar)word[i]) * 16777619u;
  return (hash ^ (hash >> 16)) % VOTER_SLOTS;
}

static void
index_voters (AttestLanguageGuesser *guesser)
{
  for (guint i = 0; i < G_N_ELEMENTS (voters); i++)
    {
      guint slot = hash_word (voters[i].word, strlen (voters[i].word));

      while (guesser->voter_slots[slot] != 0)
        slot = (slot + 1) % VOTER_SLOTS;
      guesser->voter_slots[slot] = (guint8)(i + 1);
    }
}

AttestLanguageGuesser *
attest_language_guesser_new (void)
{
  AttestLanguageGuesser *guesser = g_new0 (AttestLanguageGuesser, 1);

  index_voters (guesser);
  g_autofree char *conf = attest_path_find_data ("data", "languages.conf");

  if (conf != NULL)
    guesser->textcat = special_textcat_Init (conf, ATTEST_TEXTCATDIR "/");
  if (guesser->textcat == NULL)
    return guesser;
  textcat_SetProperty (guesser->textcat, TCPROP_MINIMUM_DOCUMENT_SIZE, MIN_LETTERS);
  guesser->candidates = textcat_GetClassifyFullOutput (guesser->textcat);
  return guesser;
}

gboolean
attest_language_guesser_is_ready (const AttestLanguageGuesser *guesser)
{
  return guesser->textcat != NULL;
}

void
attest_language_guesser_free (AttestLanguageGuesser *guesser)
{
  if (guesser == NULL)
    return;
  if (guesser->textcat != NULL)
    {
      textcat_ReleaseClassifyFullOutput (guesser->textcat, guesser->candidates);
      textcat_Done (guesser->textcat);
    }
  g_free (guesser);
}

static guint
script_of (UChar32 c)
{
  UErrorCode status = U_ZERO_ERROR;

  if (c < 0x250)
    return SCRIPT_LATIN;
  switch (uscript_getScript (c, &status))
    {
    case USCRIPT_LATIN:
      return SCRIPT_LATIN;
    case USCRIPT_CYRILLIC:
      return SCRIPT_CYRILLIC;
    case USCRIPT_ARABIC:
      return SCRIPT_ARABIC;
    default:
      return SCRIPT_OTHER;
    }
}

/* @c is a letter in lower case. */
static void
count_letter (Sample *sample, UChar32 c)
{
  guint script = script_of (c);

  sample->letters++;
  sample->by_script[script]++;
  sample->schwas += c == 0x259;
  if (script != SCRIPT_CYRILLIC)
    return;
  sample->not_russian += c > 0x451 || c == 0x450;
  sample->not_ukrainian += c == 0x44a || c == 0x44b || c == 0x44d || c == 0x451 || c > 0x491;
}

static inline void
take_ascii (Sample *sample, char c, gboolean *in_word)
{
  if (g_ascii_isalpha (c))
    {
      sample->letters++;
      sample->by_script[SCRIPT_LATIN]++;
      sample->bytes[sample->length_bytes++] = (char)(c | 0x20);
    }
  else if (*in_word)
    sample->bytes[sample->length_bytes++] = ' ';
  *in_word = g_ascii_isalpha (c);
}

static void
take_char (Sample *sample, UChar32 c, gboolean *in_word)
{
  guint32 mask = c < 0 ? 0 : U_GET_GC_MASK (c);

  sample->inverted += c == 0xbf || c == 0xa1;
  if (mask & U_GC_L_MASK)
    {
      c = u_tolower (c);
      count_letter (sample, c);
      U8_APPEND_UNSAFE (sample->bytes, sample->length_bytes, c);
      *in_word = TRUE;
    }
  else if (*in_word && !(mask & U_GC_M_MASK))
    {
      sample->bytes[sample->length_bytes++] = ' ';
      *in_word = FALSE;
    }
}

static void
take_sample (Sample *sample, const char *text, gsize length_bytes)
{
  gsize bound = MIN (length_bytes, MAX_SCAN_BYTES);
  gsize i = 0;
  gboolean in_word = FALSE;

  memset (sample, 0, sizeof *sample);
  while (i < bound && sample->letters < MAX_LETTERS)
    if ((guchar)text[i] < 0x80)
      take_ascii (sample, text[i++], &in_word);
    else
      {
        UChar32 c;

        U8_NEXT ((const guint8 *)text, i, length_bytes, c);
        take_char (sample, c, &in_word);
      }
}

/* The language that a word speaks for, or -1. */
static int
find_vote (const AttestLanguageGuesser *guesser, const char *word, gsize length_bytes)
{
  for (guint slot = hash_word (word, length_bytes); guesser->voter_slots[slot] != 0;
       slot = (slot + 1) % VOTER_SLOTS)
    {
      guint i = guesser->voter_slots[slot] - 1u;

      if (strncmp (voters[i].word, word, length_bytes) == 0 && voters[i].word[length_bytes] == '\0')
        return (int)voters[i].vote;
    }
  return -1;
}

static void
count_votes (const AttestLanguageGuesser *guesser, const Sample *sample, guint votes[N_VOTES])
{
  const char *p = sample->bytes;
  const char *end = p + sample->length_bytes;

  memset (votes, 0, N_VOTES * sizeof votes[0]);
  votes[VOTE_ES] = MIN (sample->inverted, MAX_INVERTED_VOTES);
  while (p < end)
    {
      const char *space = memchr (p, ' ', (gsize)(end - p));
      gsize length_bytes = (gsize)((space != NULL ? space : end) - p);
      int vote = length_bytes <= MAX_VOTER_BYTES ? find_vote (guesser, p, length_bytes) : -1;

      if (vote >= 0)
        votes[vote]++;
      p += length_bytes + 1;
    }
}

/* The language with most votes, or -1; *out_lead: how many more than all others together. */
static int
find_winner (const guint votes[N_VOTES], guint *out_lead)
{
  guint total = 0;
  int best = 0;

  for (int i = 0; i < N_VOTES; i++)
    {
      total += votes[i];
      if (votes[i] > votes[best])
        best = i;
    }
  *out_lead = 2 * votes[best] > total ? 2 * votes[best] - total : 0;
  return *out_lead > 0 ? best : -1;
}

/* The script of at least two thirds of the letters, as a mask; 0 when there is none. */
static guint
main_script (const Sample *sample)
{
  for (guint script = 0; script < SCRIPT_OTHER; script++)
    if (3 * sample->by_script[script] >= 2 * sample->letters)
      return 1u << script;
  return 0;
}

static gboolean
may_be (const Sample *sample, const char *code, guint script)
{
  if (strcmp (code, "ru") == 0 && sample->not_russian * MAX_STRANGE_SHARE > sample->letters)
    return FALSE;
  if (strcmp (code, "uk") == 0 && sample->not_ukrainian * MAX_STRANGE_SHARE > sample->letters)
    return FALSE;
  if (strcmp (code, "az") == 0 && sample->schwas == 0)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    if (strcmp (languages[i].code, code) == 0)
      return (languages[i].scripts & script) != 0;
  return TRUE;
}

/* The one language that the fingerprints find, or NULL; *out_has_voted: whether @voted, which may
 * be NULL, is among those they cannot choose from. */
static const char *
ask_textcat (AttestLanguageGuesser *guesser, const Sample *sample, guint script, const char *voted,
             gboolean *out_has_voted)
{
  const char *best = NULL;
  gboolean is_clear = TRUE;
  int n = textcat_ClassifyFull (guesser->textcat, sample->bytes, sample->length_bytes,
                                guesser->candidates);

  *out_has_voted = FALSE;
  for (int i = 0; i < n; i++)
    {
      const char *code = guesser->candidates[i].name;

      if (!may_be (sample, code, script))
        continue;
      *out_has_voted = *out_has_voted || g_strcmp0 (code, voted) == 0;
      is_clear = is_clear && (best == NULL || strcmp (best, code) == 0);
      best = code;
    }
  return is_clear ? best : NULL;
}

static gboolean
is_voted_on (const char *code)
{
  for (guint i = 0; i < N_VOTES; i++)
    if (strcmp (voted_codes[i], code) == 0)
      return TRUE;
  return FALSE;
}

static const char *
guess_sample (AttestLanguageGuesser *guesser, const Sample *sample, const guint votes[N_VOTES])
{
  guint script = main_script (sample);
  guint lead;
  gboolean has_voted;
  int winner = find_winner (votes, &lead);
  const char *voted = winner >= 0 ? voted_codes[winner] : NULL;

  if (voted != NULL && !may_be (sample, voted, script))
    voted = NULL;
  if (voted != NULL)
    voted = g_intern_string (voted);
  if (voted != NULL && lead >= SURE_VOTES)
    return voted;

  const char *found = ask_textcat (guesser, sample, script, voted, &has_voted);
  if (voted != NULL && (has_voted || lead > 1))
    return found == NULL || strcmp (found, voted) == 0 ? voted : NULL;
  if (found == NULL || sample->letters < MIN_SURE_LETTERS)
    return NULL;
  /* Without such words Ukrainian looks like Russian, but for these letters. */
  if (strcmp (found, "ru") == 0 && sample->not_ukrainian == 0)
    return NULL;
  /* A language that always has such words, without one of them and with one of another. */
  if (voted != NULL && is_voted_on (found))
    return NULL;
  return g_intern_string (found);
}

const char *
attest_language_guess (AttestLanguageGuesser *guesser, const char *text, gsize length_bytes)
{
  Sample sample;
  guint votes[N_VOTES];

  if (guesser->textcat == NULL)
    return NULL;
  take_sample (&sample, text, length_bytes);
  if (sample.letters < MIN_LETTERS || main_script (&sample) == 0)
    return NULL;
  count_votes (guesser, &sample, votes);
  return guess_sample (guesser, &sample, votes);
}

/* Letters from which on a passage may be in another language than @expected. */
static guint
min_other_letters (const Sample *sample, const char *expected)
{
  return may_be (sample, expected, main_script (sample)) ? MIN_OTHER_LETTERS
                                                         : MIN_OTHER_SCRIPT_LETTERS;
}

const char *
attest_language_guess_other (AttestLanguageGuesser *guesser, const char *text, gsize length_bytes,
                             const char *expected)
{
  Sample sample;
  guint votes[N_VOTES];
  guint lead;

  if (guesser->textcat == NULL)
    return NULL;
  take_sample (&sample, text, length_bytes);
  if (sample.letters < MIN_OTHER_SCRIPT_LETTERS || main_script (&sample) == 0)
    return NULL;
  count_votes (guesser, &sample, votes);
  int winner = find_winner (votes, &lead);
  if (sample.letters < min_other_letters (&sample, expected)
      && (sample.letters < MIN_VOTED_LETTERS || lead < SURE_VOTES || lead != votes[winner]))
    return NULL;
  /* A single word of the expected language is proof enough, and spares the fingerprints. */
  for (guint i = 0; i < N_VOTES; i++)
    if (votes[i] > 0 && strcmp (voted_codes[i], expected) == 0
        && ((guint)winner == i || lead < SURE_VOTES))
      return NULL;
  const char *found = guess_sample (guesser, &sample, votes);
  return found == NULL || strcmp (found, expected) == 0 ? NULL : g_intern_string (found);
}

/* The one of @candidates that is @code, or NULL. */
static const char *
find_candidate (const char *const *candidates, const char *code)
{
  for (; code != NULL && *candidates != NULL; candidates++)
    if (strcmp (*candidates, code) == 0)
      return *candidates;
  return NULL;
}

const char *
attest_language_choose (AttestLanguageGuesser *guesser, const char *text, gsize length_bytes,
                        const char *const *candidates)
{
  Sample sample;
  guint votes[N_VOTES], lead, n_possible = 0;
  const char *possible = NULL;

  take_sample (&sample, text, length_bytes);
  guint script = main_script (&sample);
  if (sample.letters < MIN_CHOICE_LETTERS || script == 0)
    return NULL;
  for (guint i = 0; candidates[i] != NULL; i++)
    if (may_be (&sample, candidates[i], script))
      {
        possible = candidates[i];
        n_possible++;
      }
  if (n_possible < 2)
    return possible;
  count_votes (guesser, &sample, votes);
  for (guint i = 0; i < N_VOTES; i++)
    if (find_candidate (candidates, voted_codes[i]) == NULL)
      votes[i] = 0;
  int winner = find_winner (votes, &lead);
  if (winner >= 0 && may_be (&sample, voted_codes[winner], script))
    return find_candidate (candidates, voted_codes[winner]);
  if (guesser->textcat == NULL || sample.letters < MIN_LETTERS)
    return NULL;
  return find_candidate (candidates, guess_sample (guesser, &sample, votes));
}

const char *
attest_language_vote (AttestLanguageGuesser *guesser, const char *text, gsize length_bytes)
{
  Sample sample;
  guint votes[N_VOTES], lead;

  take_sample (&sample, text, length_bytes);
  if (main_script (&sample) == 0)
    return NULL;
  count_votes (guesser, &sample, votes);
  int winner = find_winner (votes, &lead);
  return winner >= 0 && lead >= MIN_VOTES && lead == votes[winner]
             ? g_intern_string (voted_codes[winner])
             : NULL;
}

gboolean
attest_language_is_possible (const char *text, gsize length_bytes, const char *code)
{
  Sample sample;

  take_sample (&sample, text, length_bytes);
  guint script = main_script (&sample);
  return sample.letters == 0 || script == 0 || may_be (&sample, code, script);
}

char *
attest_language_dup_name (const char *code)
{
  UChar name[MAX_NAME_UNITS];
  UErrorCode status = U_ZERO_ERROR;
  int32_t n = uloc_getDisplayLanguage (code, "en", name, MAX_NAME_UNITS, &status);
  char *text = U_SUCCESS (status) && n > 0
                   ? g_utf16_to_utf8 ((const gunichar2 *)name, n, NULL, NULL, NULL)
                   : NULL;

  return text != NULL ? text : g_strdup (code);
}

gboolean
attest_language_is_code (const char *code)
{
  gsize length = strspn (code, "abcdefghijklmnopqrstuvwxyz");

  return (length == 2 || length == 3) && code[length] == '\0';
}
