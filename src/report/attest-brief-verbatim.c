/* Whether what stands in quotation marks was said, and may be quoted. */
#include <string.h>

#include "report/attest-brief-check-private.h"

/* So many words in quotation marks are no name or title any more. */
#define LEAST_QUOTED_WORDS 5

/* ---- what is quoted ---- */

static gunichar
closing_of (gunichar c)
{
  return c == 0x201c ? 0x201d : c == 0xab ? 0xbb : c == 0x201e ? 0x201c : c == '"' ? '"' : 0;
}

GPtrArray *
attest_brief_list_quoted (const AttestBriefSentence *sentence)
{
  GPtrArray *quoted = g_ptr_array_new_with_free_func (g_free);

  for (const char *at = sentence->text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar open = g_utf8_get_char (at), close = closing_of (open);
      const char *from = g_utf8_next_char (at), *to = from;
      int depth = 1;

      if (close == 0)
        continue;
      for (; *to != '\0'; to = g_utf8_next_char (to))
        {
          gunichar c = g_utf8_get_char (to);

          depth += c == close ? -1 : c == open ? 1 : 0;
          if (depth == 0)
            break;
        }
      if (*to == '\0')
        continue;
      g_ptr_array_add (quoted, g_strndup (from, (gsize)(to - from)));
      at = to;
    }
  if (quoted->len == 0 && sentence->type == ATTEST_SENTENCE_QUOTATION)
    g_ptr_array_add (quoted, g_strdup (sentence->text));
  return quoted;
}

/* ---- comparing ---- */

/* White space is one space, typographic marks are plain ones, and what Markdown takes for emphasis
 * is left out. */
static char *
dup_plain (const char *text)
{
  g_autofree char *nfc = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  GString *out = g_string_new (NULL);

  for (const char *at = nfc; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isspace (c))
        {
          if (out->len > 0 && out->str[out->len - 1] != ' ')
            g_string_append_c (out, ' ');
        }
      else if (c == 0x2018 || c == 0x2019 || c == 0x2bc)
        g_string_append_c (out, '\'');
      else if (c == 0x201c || c == 0x201d || c == 0x201e || c == 0xab || c == 0xbb)
        g_string_append_c (out, '"');
      else if (c != '*' && c != '_' && c != '`')
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

/* Punctuation at the end belongs to the sentence that quotes. */
static void
strip_part (char *part, gboolean is_last)
{
  gsize length;

  g_strstrip (part);
  for (length = strlen (part);
       is_last && length > 0 && strchr (".,;:!? ", part[length - 1]) != NULL;)
    part[--length] = '\0';
}

/* The parts between omissions and insertions. */
static GPtrArray *
split_parts (const char *quoted)
{
  g_autofree char *plain = dup_plain (quoted);
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  GString *part = g_string_new (NULL);

  for (const char *at = plain; *at != '\0'; at = g_utf8_next_char (at))
    {
      const char *close = *at == '[' ? strchr (at, ']') : NULL;
      gboolean is_dots = g_str_has_prefix (at, "...") || g_str_has_prefix (at, "…");

      if (close == NULL && !is_dots)
        {
          g_string_append_len (part, at, g_utf8_next_char (at) - at);
          continue;
        }
      g_ptr_array_add (parts, g_strdup (part->str));
      g_string_truncate (part, 0);
      at = close != NULL ? close : at + (*at == '.' ? 2 : 0);
    }
  g_ptr_array_add (parts, g_string_free (part, FALSE));
  for (guint i = 0; i < parts->len; i++)
    strip_part (g_ptr_array_index (parts, i), i + 1 == parts->len);
  return parts;
}

gboolean
attest_brief_is_verbatim (const char *quoted, const char *text)
{
  g_autoptr (GPtrArray) parts = split_parts (quoted);
  g_autofree char *plain = dup_plain (text);
  const char *at = plain;

  for (guint i = 0; i < parts->len; i++)
    {
      const char *part = g_ptr_array_index (parts, i);
      const char *found = strstr (at, part);

      if (found == NULL)
        return FALSE;
      at = found + strlen (part);
    }
  return TRUE;
}

/* ---- the quotes that a sentence refers to ---- */

static void
add_passage (const AttestBriefChecker *checker, GPtrArray *passages, const char *id)
{
  gpointer passage = g_hash_table_lookup (checker->passages, id);

  if (passage != NULL && !g_ptr_array_find (passages, passage, NULL))
    g_ptr_array_add (passages, passage);
}

/* Those named first, then those that entries rest on. @out_named: how many are named. */
static GPtrArray *
list_passages (const AttestBriefChecker *checker, guint *out_named)
{
  GPtrArray *passages = g_ptr_array_new ();
  const AttestMark *mark;

  for (guint at = 0; (mark = attest_brief_next_mark (checker, &at)) != NULL;)
    if (mark->type == ATTEST_MARK_QUOTE)
      add_passage (checker, passages, mark->id);
  *out_named = passages->len;
  for (guint at = 0; (mark = attest_brief_next_mark (checker, &at)) != NULL;)
    {
      const AttestLedgerEntry *entry
          = mark->type == ATTEST_MARK_ENTRY ? attest_ledger_find (checker->ledger, mark->id) : NULL;

      for (guint i = 0; entry != NULL && i < entry->links->len; i++)
        if (g_array_index (entry->links, AttestLedgerLink, i).entry == NULL)
          add_passage (checker, passages, g_array_index (entry->links, AttestLedgerLink, i).id);
    }
  return passages;
}

static const AttestQuotePassage *
find_passage (GPtrArray *passages, const char *quoted)
{
  for (guint i = 0; i < passages->len; i++)
    {
      const AttestQuotePassage *passage = g_ptr_array_index (passages, i);

      if (attest_brief_is_verbatim (quoted, passage->text))
        return passage;
    }
  return NULL;
}

static void
complain_of_words (AttestBriefChecker *checker, GPtrArray *passages, guint n_named,
                   const char *quoted)
{
  const AttestBriefSentence *sentence = checker->sentence;
  g_autofree char *words = attest_text_printable (quoted, strlen (quoted), 60);

  if (n_named > 0)
    {
      const AttestQuotePassage *passage = g_ptr_array_index (passages, 0);
      g_autofree char *text = attest_text_printable (passage->text, strlen (passage->text), 200);

      attest_brief_complain (checker, sentence->start_byte, sentence->end_byte,
                             "'%s' is not what %s says: '%s'; mark what is left out by […]", words,
                             passage->id, text);
    }
  else
    attest_brief_complain (checker, sentence->start_byte, sentence->end_byte,
                           "'%s' stands in quotation marks, and in none of the quotes that the "
                           "sentence rests on: name the quote, {Q…}, or take the marks away",
                           words);
}

void
attest_brief_check_verbatim (AttestBriefChecker *checker)
{
  g_autoptr (GPtrArray) quoted = attest_brief_list_quoted (checker->sentence);
  g_autoptr (GPtrArray) passages = NULL;
  guint n_named;

  passages = list_passages (checker, &n_named);
  for (guint i = 0; i < quoted->len && checker->sentence->is_traced; i++)
    {
      const char *words = g_ptr_array_index (quoted, i);

      if ((n_named > 0
           || (checker->sentence->type != ATTEST_SENTENCE_HEADING
               && attest_text_count_words (words, strlen (words)) >= LEAST_QUOTED_WORDS))
          && find_passage (passages, words) == NULL)
        complain_of_words (checker, passages, n_named, words);
    }
}

/* ---- what may not be printed ---- */

static void
check_consent (AttestBriefChecker *checker, const AttestQuotePassage *passage)
{
  const AttestBriefSentence *sentence = checker->sentence;
  AttestConsent consent = attest_disclosure_get_consent (checker->disclosure, passage->respondent);
  g_autofree char *printed = NULL;
  AttestQuoteForm form;

  printed = attest_disclosure_dup_quote (checker->disclosure, passage->id, passage->source,
                                         passage->respondent, passage->text, strlen (passage->text),
                                         &form);
  if (form == ATTEST_QUOTE_VERBATIM)
    return;
  attest_brief_complain (checker, sentence->start_byte, sentence->end_byte,
                         "it has the words of %s, whose respondent did not consent to that "
                         "(consent: %s): say it in other words, or record the consent",
                         passage->id, attest_consent_to_string (consent));
}

static void
check_names (AttestBriefChecker *checker, const char *text, gsize start_byte, gsize end_byte)
{
  g_autofree char *printed = attest_disclosure_dup_text (checker->disclosure, text);

  if (strcmp (printed, text) != 0)
    attest_brief_complain (checker, start_byte, end_byte,
                           "it names somebody who was interviewed; for the public it would read: "
                           "'%s'",
                           printed);
}

void
attest_brief_check_confidential (AttestBriefChecker *checker)
{
  const AttestBriefSentence *sentence = checker->sentence;
  g_autoptr (GPtrArray) quoted = attest_brief_list_quoted (sentence);
  g_autoptr (GPtrArray) passages = NULL;
  guint n_named;

  passages = list_passages (checker, &n_named);
  for (guint i = 0; i < quoted->len; i++)
    {
      const AttestQuotePassage *passage = find_passage (passages, g_ptr_array_index (quoted, i));

      if (passage != NULL)
        check_consent (checker, passage);
    }
  /* Tables of sections that are not traced name those who evaluate, who are interviewers, too. */
  if (sentence->is_traced || sentence->type != ATTEST_SENTENCE_ROW)
    check_names (checker, sentence->text, sentence->start_byte, sentence->end_byte);
}

void
attest_brief_check_confidential_mark (AttestBriefChecker *checker, const AttestMark *mark)
{
  if (mark->type == ATTEST_MARK_GAP || mark->type == ATTEST_MARK_UNKNOWN)
    check_names (checker, mark->id, mark->start_byte, mark->end_byte);
}
