/* Words that speak for a language, for attest-language.c alone. */
#pragma once

#include <glib.h>

enum
{
  VOTE_EN,
  VOTE_ES,
  VOTE_FR,
  VOTE_RU,
  N_VOTES
};

static const char *const voted_codes[N_VOTES] = { "en", "es", "fr", "ru" };

/* Words among the most frequent of one language that are no words of any other in
 * languages.conf: no "de", "que", "was", "не". */
/* clang-format off */
static const struct
{
  const char *word;
  guint vote;
} voters[] = {
  { "about", VOTE_EN }, { "ahora", VOTE_ES }, { "alors", VOTE_FR },
  { "and", VOTE_EN }, { "aquí", VOTE_ES }, { "así", VOTE_ES }, { "aussi", VOTE_FR },
  { "aux", VOTE_FR }, { "avait", VOTE_FR }, { "avec", VOTE_FR }, { "avons", VOTE_FR },
  { "año", VOTE_ES }, { "años", VOTE_ES }, { "beaucoup", VOTE_FR }, { "because", VOTE_EN },
  { "ces", VOTE_FR }, { "cette", VOTE_FR }, { "chez", VOTE_FR }, { "comme", VOTE_FR },
  { "could", VOTE_EN }, { "cuando", VOTE_ES }, { "cómo", VOTE_ES }, { "dans", VOTE_FR },
  { "did", VOTE_EN }, { "donc", VOTE_FR }, { "elle", VOTE_FR },
  { "ellos", VOTE_ES }, { "entonces", VOTE_ES }, { "eso", VOTE_ES }, { "est", VOTE_FR },
  { "esto", VOTE_ES }, { "están", VOTE_ES }, { "et", VOTE_FR },
  { "fait", VOTE_FR }, { "from", VOTE_EN }, { "fue", VOTE_ES }, { "había", VOTE_ES },
  { "hasta", VOTE_ES }, { "have", VOTE_EN }, { "hay", VOTE_ES }, { "hemos", VOTE_ES },
  { "how", VOTE_EN }, { "ils", VOTE_FR }, { "know", VOTE_EN }, { "las", VOTE_ES },
  { "les", VOTE_FR }, { "leur", VOTE_FR }, { "leurs", VOTE_FR }, { "los", VOTE_ES },
  { "mucho", VOTE_ES }, { "muchos", VOTE_ES }, { "muy", VOTE_ES }, { "my", VOTE_EN },
  { "más", VOTE_ES }, { "même", VOTE_FR }, { "nosotros", VOTE_ES }, { "nous", VOTE_FR },
  { "ont", VOTE_FR }, { "our", VOTE_EN }, { "où", VOTE_FR }, { "parce", VOTE_FR },
  { "people", VOTE_EN }, { "pero", VOTE_ES }, { "pour", VOTE_FR }, { "pues", VOTE_ES },
  { "puis", VOTE_FR }, { "quand", VOTE_FR }, { "quién", VOTE_ES }, { "qué", VOTE_ES }, { "she", VOTE_EN },
  { "some", VOTE_EN }, { "sont", VOTE_FR }, { "también", VOTE_ES }, { "tenemos", VOTE_ES },
  { "than", VOTE_EN }, { "that", VOTE_EN }, { "the", VOTE_EN }, { "their", VOTE_EN },
  { "them", VOTE_EN }, { "then", VOTE_EN }, { "there", VOTE_EN }, { "these", VOTE_EN },
  { "they", VOTE_EN }, { "think", VOTE_EN }, { "this", VOTE_EN }, { "those", VOTE_EN },
  { "to", VOTE_EN }, { "tous", VOTE_FR }, { "tout", VOTE_FR }, { "très", VOTE_FR },
  { "une", VOTE_FR }, { "very", VOTE_EN }, { "vous", VOTE_FR }, { "were", VOTE_EN },
  { "what", VOTE_EN }, { "when", VOTE_EN }, { "where", VOTE_EN }, { "which", VOTE_EN },
  { "who", VOTE_EN }, { "with", VOTE_EN }, { "would", VOTE_EN }, 
  { "yes", VOTE_EN }, { "you", VOTE_EN }, { "your", VOTE_EN }, { "ça", VOTE_FR },
  { "était", VOTE_FR }, { "été", VOTE_FR }, { "être", VOTE_FR }, { "бы", VOTE_RU },
  { "был", VOTE_RU }, { "была", VOTE_RU }, { "были", VOTE_RU }, { "было", VOTE_RU },
  { "вы", VOTE_RU }, { "где", VOTE_RU }, { "его", VOTE_RU }, { "если", VOTE_RU },
  { "есть", VOTE_RU }, { "еще", VOTE_RU }, { "ещё", VOTE_RU }, { "и", VOTE_RU },
  { "из", VOTE_RU }, { "или", VOTE_RU }, { "их", VOTE_RU }, { "к", VOTE_RU },
  { "как", VOTE_RU }, { "когда", VOTE_RU }, { "которые", VOTE_RU }, { "который", VOTE_RU },
  { "мне", VOTE_RU }, { "может", VOTE_RU }, { "мы", VOTE_RU }, { "но", VOTE_RU },
  { "они", VOTE_RU }, { "от", VOTE_RU }, { "очень", VOTE_RU }, { "потому", VOTE_RU },
  { "с", VOTE_RU }, { "тоже", VOTE_RU }, { "только", VOTE_RU }, { "уже", VOTE_RU },
  { "чем", VOTE_RU }, { "что", VOTE_RU }, { "чтобы", VOTE_RU }, { "эти", VOTE_RU },
  { "это", VOTE_RU }, { "этого", VOTE_RU }, { "этот", VOTE_RU }, { "я", VOTE_RU },
};
/* clang-format on */
