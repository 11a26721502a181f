/* What the names of tiers say: by custom, "phones" or "ft@Ana" is no speech of its own. */
#include "reader/attest-tiers.h"

#include <string.h>

typedef enum
{
  KIND_PERSON,     /* or anything else */
  KIND_UTTERANCES, /* "text", "utterance" */
  KIND_WORDS,
  KIND_OTHER, /* no speech */
} Kind;

/* No word here is also what people or their offices are called. */
static const char other_words[]
    = "|gesture|gestures|gest|gaze|note|notes|comment|comments|com|remark|remarks|translation|"
      "translations|free|ft|gloss|glosses|glossing|ge|gl|pos|ps|mb|morph|morphs|morpheme|morphemes|"
      "phone|phones|phoneme|phonemes|phon|phonetic|phonetics|ipa|sampa|mau|kan|kas|pho|"
      "syllable|syllables|syl|syll|tone|tones|tobi|pitch|f0|formant|noise|noises|music|silence|"
      "silences|vad|topic|topics|lemma|lemmas|stem|movement|movements|posture|todo|prosody|stress|"
      "nv|nonverbal|traduction|glose|traducción|traduccion|nota|notas|geste|gestes|übersetzung|"
      "kommentar|перевод|комментарий|комментарии|жест|жесты|";
static const char utterance_words[]
    = "|text|txt|tx|transcription|transcript|utterance|utterances|utt|utts|sentence|sentences|"
      "phrase|phrases|orth|orthography|speech|spch|ipu|ipus|turn|turns|trs|trn|transcripción|"
      "transkription|расшифровка|";
static const char word_words[] = "|word|words|ort|token|tokens|mots|palabra|palabras|wörter|";

static gboolean
in_words (const char *list, const char *word)
{
  g_autofree char *wanted = g_strconcat ("|", word, "|", NULL);

  return strstr (list, wanted) != NULL;
}

/* *@out_rest: the name without the words that tell its kind: "ana" of "Ana - words". */
static Kind
find_kind (const char *name, char **out_rest)
{
  g_autofree char *folded = g_utf8_strdown (name, -1);
  g_auto (GStrv) words = g_strsplit_set (folded, " _-@.:/()[]0123456789", -1);
  GString *rest = g_string_new (NULL);
  Kind kind = KIND_PERSON;

  for (char **w = words; *w != NULL; w++)
    {
      Kind this = KIND_PERSON;

      if (**w == '\0' || strchr (*w, '|') != NULL)
        continue;
      if (in_words (other_words, *w))
        this = KIND_OTHER;
      else if (in_words (word_words, *w))
        this = KIND_WORDS;
      else if (in_words (utterance_words, *w))
        this = KIND_UTTERANCES;
      else
        g_string_append_printf (rest, "%s ", *w);
      kind = MAX (kind, this);
    }
  *out_rest = g_string_free (rest, FALSE);
  return kind;
}

gboolean
attest_tier_name_is_other (const char *name)
{
  g_autofree char *rest = NULL;

  return find_kind (name, &rest) == KIND_OTHER;
}

gboolean
attest_tier_name_is_words (const char *name)
{
  g_autofree char *rest = NULL;

  return find_kind (name, &rest) == KIND_WORDS;
}

gboolean
attest_tier_name_is_speech (const char *name)
{
  g_autofree char *rest = NULL;
  Kind kind = find_kind (name, &rest);

  return kind == KIND_UTTERANCES || kind == KIND_WORDS;
}

/* Tiers that are still taken and have words. */
static guint
count_speech (const AttestTiers *tiers)
{
  guint n = 0;

  for (guint i = 0; i < attest_tiers_count (tiers); i++)
    {
      const AttestTier *tier = attest_tiers_get (tiers, i);

      n += tier->left_out == NULL && tier->n_texts > 0;
    }
  return n;
}

/* Of tiers with the same letters, the one with the fewest items stays. */
static void
leave_out_copies (AttestTiers *tiers)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < attest_tiers_count (tiers); i++)
    {
      AttestTier *tier = attest_tiers_get (tiers, i), *other;

      /* "Yes." of two people is no copy. */
      if (tier->left_out != NULL || tier->n_texts == 0 || tier->n_words < 4)
        continue;
      other = g_hash_table_lookup (seen, &tier->letters);
      if (other == NULL || tier->n_texts < other->n_texts)
        g_hash_table_replace (seen, &tier->letters, tier);
      if (other != NULL && other->n_texts != tier->n_texts)
        (tier->n_texts < other->n_texts ? other : tier)->left_out
            = "another tier has the same text in larger pieces";
    }
}

/* "words" beside "utterances" of the same person. */
static void
leave_out_words (AttestTiers *tiers)
{
  g_autoptr (GHashTable) with_utterances
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < attest_tiers_count (tiers); i++)
      {
        AttestTier *tier = attest_tiers_get (tiers, i);
        g_autofree char *rest = NULL;
        Kind kind = find_kind (tier->name, &rest);

        if (tier->left_out != NULL || tier->n_texts == 0)
          continue;
        if (pass == 0 && kind == KIND_UTTERANCES)
          g_hash_table_add (with_utterances, g_steal_pointer (&rest));
        else if (pass == 1 && kind == KIND_WORDS && g_hash_table_contains (with_utterances, rest))
          tier->left_out = "single words, of which another tier has the sentences";
      }
}

void
attest_tiers_leave_out_by_name (AttestTiers *tiers)
{
  guint speech = count_speech (tiers);

  for (guint i = 0; i < attest_tiers_count (tiers); i++)
    {
      AttestTier *tier = attest_tiers_get (tiers, i);

      if (tier->left_out != NULL || tier->n_texts == 0 || speech < 2
          || !attest_tier_name_is_other (tier->name))
        continue;
      tier->left_out = "by its name it is no speech";
      speech--;
    }
  leave_out_copies (tiers);
  leave_out_words (tiers);
}
