#include "reader/attest-languages.h"

#include <string.h>

/* Turns that speak for the document. */
#define N_LONGEST 12
/* A longer turn counts no more than this, bytes: one speech is no majority. */
#define MAX_WEIGHT 1000

static gsize
turn_bytes (const AttestTurn *turn)
{
  return turn->end_byte - turn->start_byte;
}

/* The longest turns, longest first; returns how many. */
static guint
find_longest (const AttestDocument *doc, const AttestTurn *longest[N_LONGEST])
{
  guint n = 0;

  for (guint i = 0; i < doc->turns->len; i++)
    {
      const AttestTurn *turn = attest_document_turn (doc, i);
      guint at = n;

      while (at > 0 && turn_bytes (longest[at - 1]) < turn_bytes (turn))
        at--;
      if (at == N_LONGEST)
        continue;
      n = MIN (n + 1, N_LONGEST);
      memmove (&longest[at + 1], &longest[at], (n - 1 - at) * sizeof longest[0]);
      longest[at] = turn;
    }
  return n;
}

/* The language of more than half of the longest turns that are in a known language, by weight. */
static const char *
guess_document (const AttestDocument *doc, AttestLanguageGuesser *guesser)
{
  const AttestTurn *longest[N_LONGEST];
  const char *langs[N_LONGEST];
  gsize weights[N_LONGEST];
  guint n = find_longest (doc, longest);
  gsize total = 0;

  for (guint i = 0; i < n; i++)
    {
      langs[i] = attest_language_guess (guesser, doc->text + longest[i]->start_byte,
                                        turn_bytes (longest[i]));
      weights[i] = langs[i] != NULL ? MIN (turn_bytes (longest[i]), MAX_WEIGHT) : 0;
      total += weights[i];
    }
  for (guint i = 0; i < n; i++)
    {
      gsize weight = 0;

      for (guint k = 0; k < n; k++)
        weight += g_strcmp0 (langs[k], langs[i]) == 0 ? weights[k] : 0;
      if (langs[i] != NULL && 2 * weight > total)
        return langs[i];
    }
  return NULL;
}

/* --- an interview in several languages ------------------------------------------------------- */

/* At most so many languages are told apart turn by turn; more were misread. */
#define MAX_LANGS 8
/* Longer turns are told by themselves. */
#define MAX_SHORT_BYTES 200
/* A phrase that is quoted is there once or twice. */
#define MIN_VOTING_TURNS 3

typedef struct
{
  const AttestDocument *doc;
  AttestLanguageGuesser *guesser;
  const char *common;               /* (nullable) */
  const char *langs[MAX_LANGS + 1]; /* of turns that could be told; NULL-terminated */
  guint n_langs;
  const char **told; /* by turn, NULL: it could not be told by itself */
} Mix;

static const char *
guess_turn (const Mix *mix, const AttestTurn *turn, gboolean by_choice)
{
  const char *text = mix->doc->text + turn->start_byte;

  if (by_choice)
    return attest_language_choose (mix->guesser, text, turn_bytes (turn), mix->langs);
  return mix->common == NULL
             ? attest_language_guess (mix->guesser, text, turn_bytes (turn))
             : attest_language_guess_other (mix->guesser, text, turn_bytes (turn), mix->common);
}

static void
add_lang (Mix *mix, const char *lang)
{
  for (guint i = 0; i < mix->n_langs; i++)
    if (mix->langs[i] == lang)
      return;
  if (mix->n_langs < MAX_LANGS)
    mix->langs[mix->n_langs++] = lang;
}

/* Turns that are clearly in another language than most, or, without such a language, in any. */
static void
tell_long_turns (Mix *mix)
{
  if (mix->common != NULL)
    add_lang (mix, mix->common);
  for (guint i = 0; i < mix->doc->turns->len; i++)
    {
      mix->told[i] = guess_turn (mix, attest_document_turn (mix->doc, i), FALSE);
      if (mix->told[i] != NULL)
        add_lang (mix, mix->told[i]);
    }
}

/* In talk of short turns none may be long enough. A language is spoken when several turns have
 * words of it and of no other. */
static void
tell_voting_turns (Mix *mix)
{
  g_autoptr (GHashTable) turns = g_hash_table_new (g_direct_hash, g_direct_equal);
  GHashTableIter iter;
  gpointer lang, count;

  for (guint i = 0; i < mix->doc->turns->len; i++)
    {
      const AttestTurn *turn = attest_document_turn (mix->doc, i);
      gpointer voted = turn_bytes (turn) > MAX_SHORT_BYTES
                           ? NULL
                           : (gpointer)attest_language_vote (
                               mix->guesser, mix->doc->text + turn->start_byte, turn_bytes (turn));

      count = voted != NULL ? g_hash_table_lookup (turns, voted) : NULL;
      if (voted != NULL)
        g_hash_table_insert (turns, voted, GUINT_TO_POINTER (GPOINTER_TO_UINT (count) + 1));
    }
  g_hash_table_iter_init (&iter, turns);
  while (g_hash_table_iter_next (&iter, &lang, &count))
    if (GPOINTER_TO_UINT (count) >= MIN_VOTING_TURNS)
      add_lang (mix, lang);
}

/* The others, as far as their letters and words choose between the languages of the interview. */
static void
tell_short_turns (Mix *mix)
{
  for (guint i = 0; i < mix->doc->turns->len; i++)
    if (mix->told[i] == NULL)
      mix->told[i] = guess_turn (mix, attest_document_turn (mix->doc, i), TRUE);
}

/* The only language that each speaker is known to speak, by speaker; NULL: several, or none. */
static const char **
find_own_languages (const Mix *mix)
{
  guint n = mix->doc->speakers->len;
  const char **own = g_new0 (const char *, n + 1);
  g_autofree gboolean *has_several = g_new0 (gboolean, n + 1);

  for (guint i = 0; i < mix->doc->turns->len; i++)
    {
      guint speaker = attest_document_turn (mix->doc, i)->speaker;

      if (speaker == ATTEST_NO_SPEAKER || mix->told[i] == NULL)
        continue;
      has_several[speaker]
          = has_several[speaker] || (own[speaker] != NULL && own[speaker] != mix->told[i]);
      own[speaker] = mix->told[i];
    }
  for (guint speaker = 0; speaker < n; speaker++)
    if (has_several[speaker])
      own[speaker] = NULL;
  return own;
}

/* What an interpreter says after somebody else is in the other of two languages. */
static const char *
interpret (const Mix *mix, guint turn, const char *heard)
{
  if (attest_document_turn_role (mix->doc, turn) != ATTEST_ROLE_INTERPRETER || mix->n_langs != 2
      || heard == NULL || turn == 0
      || attest_document_turn (mix->doc, turn - 1)->speaker
             == attest_document_turn (mix->doc, turn)->speaker)
    return NULL;
  return mix->langs[heard == mix->langs[0] ? 1 : 0];
}

/* The first of what speaks for a language that the letters of the turn allow. */
static const char *
first_possible (const Mix *mix, const AttestTurn *turn, const char *const *langs, guint n)
{
  for (guint i = 0; i < n; i++)
    if (langs[i] != NULL
        && attest_language_is_possible (mix->doc->text + turn->start_byte, turn_bytes (turn),
                                        langs[i]))
      return langs[i];
  return NULL;
}

/*
 * A turn that cannot be told by itself ("Mm-hm. OK.") has the language that its speaker always
 * speaks; of speakers of several, that of the turns before and behind it when these agree; else
 * that of most of the interview, and of all these the first that its letters allow.
 */
static void
fill_from_neighbours (Mix *mix)
{
  guint n = mix->doc->turns->len;
  g_autofree const char **own = find_own_languages (mix);
  g_autofree const char **next = g_new0 (const char *, n + 1); /* told behind turn i */
  const char *before = NULL;

  for (guint i = n; i-- > 0;)
    next[i] = i + 1 < n && mix->told[i + 1] != NULL ? mix->told[i + 1] : next[i + 1];
  for (guint i = 0; i < n; i++)
    {
      AttestTurn *turn = attest_document_turn (mix->doc, i);
      gboolean agree = before == NULL || next[i] == NULL || before == next[i];
      const char *const langs[] = { mix->told[i],
                                    turn->speaker != ATTEST_NO_SPEAKER ? own[turn->speaker] : NULL,
                                    interpret (mix, i, before),
                                    agree ? (before != NULL ? before : next[i]) : NULL,
                                    mix->common,
                                    before,
                                    next[i] };

      turn->lang = mix->told[i] != NULL ? mix->told[i]
                                        : first_possible (mix, turn, langs, G_N_ELEMENTS (langs));
      if (turn->lang == NULL)
        turn->lang = mix->common;
      before = turn->lang;
    }
}

void
attest_languages_assign (AttestDocument *doc, AttestLanguageGuesser *guesser, const char *lang)
{
  Mix mix = { .doc = doc,
              .guesser = guesser,
              .common = lang != NULL ? g_intern_string (lang) : guess_document (doc, guesser) };
  g_autofree const char **told = mix.told = g_new0 (const char *, doc->turns->len + 1);

  if (lang == NULL)
    {
      tell_long_turns (&mix);
      tell_voting_turns (&mix);
    }
  if (mix.n_langs > 1)
    {
      tell_short_turns (&mix);
      fill_from_neighbours (&mix);
      return;
    }
  for (guint i = 0; i < doc->turns->len; i++)
    attest_document_turn (doc, i)->lang = mix.common != NULL ? mix.common : told[i];
}
