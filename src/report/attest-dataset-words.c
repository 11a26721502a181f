/* What tables and columns of a dataset are, for its dictionary. */
#include "report/attest-dataset.h"

#include <string.h>

typedef struct
{
  const char *key, *text;
} Description;

static const Description tables[] = {
  { "about", "where the numbers come from: project, codebook, what was searched" },
  { "segments", "a row is a segment: a passage coded with one code" },
  { "frequency",
    "a row is a code of the codebook that coded last; rejected segments do not count" },
  { "matrix",
    "a row is a code, a column a stakeholder group: segments, rejected ones not counted" },
  { "matrix_respondents", "a row is a code, a column a stakeholder group: respondents who spoke of "
                          "it" },
  { "cells", "a row is a code and a stakeholder group: both counts, and sources" },
  { "presence",
    "a row is a respondent, a column a code: 1 spoke of it, 0 did not, empty: it cannot "
    "be told" },
  { "respondents", "a row is a respondent" },
  { "sources", "a row is a transcript or document" },
  { "ratings", "a row is a criterion that was rated" },
  { "findings", "a row is a finding" },
  { "conclusions", "a row is a conclusion" },
  { "recommendations", "a row is a recommendation" },
  { "lessons", "a row is a lesson" },
  { "practices", "a row is a good practice" },
  { "links", "a row is a link from a judgement to what it rests on" },
  { "columns", "a row is a column of one of the tables" },
};

static const Description columns[] = {
  { "act", "speech act of the segment: statement, question, recommendation, complaint, praise" },
  { "addressee", "who is called upon to act" },
  { "asked", "codes that the respondent was asked about where the segment stands" },
  { "at", "when it was last changed, UTC" },
  { "because", "the reason that was given" },
  { "by", "who said so" },
  { "certainty", "asserted, possible or conditional; empty: not told" },
  { "characters", "code points" },
  { "code", "id of the code" },
  { "code_name", "name of the code for people" },
  { "codebook", "id of the codebook" },
  { "codebook_sha256", "of the text of the codebook" },
  { "codebook_version", "of the codebook that found it" },
  { "coded_words", "words that the run that searched most has searched" },
  { "coder", "who decided of the segment; empty: nobody" },
  { "column", "name of the column" },
  { "contradicting", "ids of what contradicts it" },
  { "context", "ids of what is context to it" },
  { "criterion", "code of the criterion that it is about" },
  { "description", "what the column says" },
  { "dimension", "of the code: criterion, theme" },
  { "end", "where the passage ends in the text of the source, code points, exclusive" },
  { "end_byte", "the same in UTF-8 bytes" },
  { "group", "stakeholder group of respondents; empty: not known" },
  { "groups", "stakeholder groups" },
  { "hits", "of a segment: RULE@START-END of each match; of a code: how many matches" },
  { "holder", "own or reported experience; empty: not told" },
  { "id", "of the quote or the entry; a quote has the same id on every machine" },
  { "kind", "interview, focus-group, document, survey or observation" },
  { "label", "name of the level" },
  { "lang", "language of the turn, ISO 639-1" },
  { "level", "as it stands on the scale" },
  { "name", "for people" },
  { "note", "the answer to what contradicts, or what was noted" },
  { "of", "id of the entry that rests on the target" },
  { "origin", "rule, or manual: coded by hand" },
  { "path", "the file as it was taken in" },
  { "per_1000_words", "segments per 1,000 words of all but interviewers" },
  { "polarity", "positive or negative; empty: not told" },
  { "position", "0 the worst level of the scale, 1 the best; empty: outside the order" },
  { "priority", "how urgent it is" },
  { "quote", "the words of the passage" },
  { "reader", "format that it was read by" },
  { "resources", "that it takes" },
  { "respondent", "label of who said it; empty: not known" },
  { "respondents", "how many respondents said it" },
  { "rests_on", "ids of what supports it" },
  { "role", "of the speaker: respondent, interviewer, interpreter, other" },
  { "run", "number of the run of the codebook that found it" },
  { "scale", "id of the rating scale" },
  { "segments", "how many segments" },
  { "source", "label of the source" },
  { "sources", "of a respondent: labels of sources; of a code: in how many sources" },
  { "speaker", "label in the transcript; empty: it names none" },
  { "stance", "supports, contradicts or context" },
  { "start", "where the passage begins in the text of the source, code points from 0" },
  { "start_byte", "the same in UTF-8 bytes" },
  { "start_ms", "when the turn begins, milliseconds from the start of the recording" },
  { "status",
    "of a segment: candidate, accepted, rejected …; of a source: new, coded, incomplete" },
  { "strength", "how many distinct rules found the segment" },
  { "table", "name of the table" },
  { "target", "id of the quote or entry that it rests on" },
  { "text", "as it was written" },
  { "time", "past, present or planned; empty: not told" },
  { "time_frame", "until when" },
  { "turn", "number of the turn in the source, from 0" },
  { "turns", "turns of speakers" },
  { "type", "text, integer, number, logical, list (parts are set apart by '; ') or milliseconds" },
  { "value", "what it is" },
  { "version", "of the text of the source, from 1" },
  { "weight", "of the rules that found it" },
  { "what", "what is told" },
  { "withdrawn", "why it no longer counts; empty: it does" },
  { "words", "words" },
};

static const char *
find (const Description *list, gsize n, const char *key)
{
  for (gsize i = 0; i < n; i++)
    if (strcmp (list[i].key, key) == 0)
      return list[i].text;
  return NULL;
}

const char *
attest_dataset_describe_table (const char *table)
{
  return find (tables, G_N_ELEMENTS (tables), table);
}

const char *
attest_dataset_describe (const char *key)
{
  return find (columns, G_N_ELEMENTS (columns), key);
}
