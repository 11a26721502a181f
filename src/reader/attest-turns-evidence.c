/* attest-turns-evidence: why a line's label is taken for a speaker. */
#include "config.h"

#include <string.h>

#include "reader/attest-label-words.h"
#include "reader/attest-turns-private.h"

/* The folded label in f->folded, valid until the next call. */
const char *
attest_turn_finder_fold_label (AttestTurnFinder *f, const char *line, const AttestLabelLine *parsed)
{
  const char *label = line + parsed->label_start;
  gsize n = parsed->label_end - parsed->label_start;

  g_string_truncate (f->folded, 0);
  for (gsize i = 0; i < n; i++)
    if ((guchar)label[i] >= 0x80)
      {
        g_autofree char *plain = attest_label_dup (label, n);
        g_autofree char *folded = g_utf8_strdown (plain, -1);

        return g_string_assign (f->folded, folded)->str;
      }
  g_string_append_len (f->folded, label, (gssize)n);
  return g_string_ascii_down (f->folded)->str;
}

AttestLabelInfo *
attest_turn_finder_look_up (AttestTurnFinder *f, const char *line, const AttestLabelLine *parsed)
{
  const char *folded = attest_turn_finder_fold_label (f, line, parsed);
  AttestLabelInfo *info = g_hash_table_lookup (f->labels, folded);

  if (info != NULL)
    return info;
  info = g_new0 (AttestLabelInfo, 1);
  info->first_line = f->lines;
  info->known = attest_label_is_known (folded);
  info->never = attest_label_is_never (folded);
  g_hash_table_insert (f->labels, g_strdup (folded), info);
  return info;
}

gboolean
attest_label_is_time_only (const AttestLabelLine *parsed)
{
  return parsed->kind == ATTEST_LABEL_NONE && parsed->time_before && parsed->alone;
}

guint
attest_turn_finder_seen (const AttestTurnFinder *f, const char *folded)
{
  const AttestLabelInfo *info = g_hash_table_lookup (f->labels, folded);

  return info == NULL ? 0 : info->seen[ATTEST_LABEL_COLON];
}

guint
attest_turn_finder_count_letters (const AttestTurnFinder *f)
{
  guint n = 0, seen = 0;

  do
    {
      char letter[] = { (char)('a' + n), '\0' };
      g_autofree char *speaker = g_strconcat ("speaker ", letter, NULL);

      seen = attest_turn_finder_seen (f, letter) + attest_turn_finder_seen (f, speaker);
      n += seen == 1;
    }
  while (seen == 1 && n < 26);
  return n >= 2 && seen == 0 ? n : 0;
}

/* The label is one of those letters. */
static gboolean
is_lettered (const AttestTurnFinder *f, const char *folded)
{
  const char *letter = g_str_has_prefix (folded, "speaker ") ? folded + 8 : folded;

  return letter[0] >= 'a' && letter[0] < (char)('a' + f->lettered) && letter[1] == '\0';
}

/* Begins with a capital, or is of a script that has none. */
static gboolean
is_capital (const char *line, const AttestLabelLine *parsed)
{
  return !g_unichar_islower (g_utf8_get_char (line + parsed->label_start));
}

gboolean
attest_turn_finder_is_name (const char *line, const AttestLabelLine *parsed, gboolean full)
{
  g_autofree char *label
      = g_strndup (line + parsed->label_start, parsed->label_end - parsed->label_start);

  return full ? attest_label_is_full_name (label) : attest_label_is_name (label);
}

/* "Yes." in bold is an answer or a question; "A. B." is somebody. */
static gboolean
is_sentence (const char *folded)
{
  gsize n = strlen (folded);

  if (n < 3 || folded[n - 1] != '.')
    return n > 0 && (folded[n - 1] == '?' || folded[n - 1] == '!');
  return g_ascii_isalpha (folded[n - 2]) && g_ascii_isalpha (folded[n - 3]);
}

/* Why it is a label, or NULL. */
static const char *
find_colon_evidence (const AttestTurnFinder *f, const char *line, const AttestLabelLine *parsed,
                     const AttestLabelInfo *info)
{
  gboolean timed = parsed->start_ms != ATTEST_NO_TIME;

  if (parsed->attr_end > parsed->attr_start)
    {
      g_autofree char *alias = g_utf8_strdown (line + parsed->attr_start,
                                               (gssize)(parsed->attr_end - parsed->attr_start));

      /* "Ana Bell (AB):", and AB: speaks later. */
      if (g_hash_table_contains (f->aliases, alias) && attest_turn_finder_seen (f, alias) > 0)
        return "its short form speaks later";
    }
  if (parsed->numbered)
    return f->questions ? "questions and answers are numbered" : NULL;
  if (f->guide)
    return NULL;
  /* "[0:15] Okay." is said, unless names stand behind the times of this file. */
  if (parsed->by_time && (f->time_and_name * 2 < f->timed || is_sentence (f->folded->str)))
    return NULL;
  /* "A:" and "B:", each once: speakers when they are most of the text, else a list. */
  if (is_lettered (f, f->folded->str))
    return f->lettered * 2 > f->lines ? "letters in order" : NULL;
  if (parsed->dated
      && (info->seen[ATTEST_LABEL_COLON] >= 2 || attest_turn_finder_is_name (line, parsed, FALSE)))
    return "a name with a date, as messengers write";
  if (info->known)
    return "a known word";
  if (info->seen[ATTEST_LABEL_COLON] >= 2 && is_capital (line, parsed))
    return "it comes again";
  if (parsed->time_after && parsed->alone && f->name_and_time >= 2)
    return "names with times are on lines of their own";
  if (info->bold > 0)
    return "it is in bold";
  if (timed && (parsed->time_after || parsed->time_bracketed))
    return attest_turn_finder_is_name (line, parsed, FALSE) ? "a name with a time" : NULL;
  /* Where most lines have a label, a full name is one although it comes once. */
  if (f->share[ATTEST_LABEL_COLON] * 2 >= f->lines
      && attest_turn_finder_is_name (line, parsed, TRUE))
    return "a full name, where most lines have a label";
  /* Somebody has just been asked. */
  return f->asked && attest_turn_finder_is_name (line, parsed, FALSE)
                 && attest_label_is_letters (line + parsed->label_start,
                                             parsed->label_end - parsed->label_start)
             ? "a name below a question"
             : NULL;
}

/* The line below holds a time and nothing else. */
static gboolean
time_below (const AttestTurnFinder *f, const char *line)
{
  const char *text = f->doc->text, *lf = strchr (line, '\n');
  AttestLabelLine below;
  gsize start;

  if (lf == NULL)
    return FALSE;
  start = (gsize)(lf + 1 - text);
  return attest_label_parse (lf + 1, attest_turn_finder_line_end (f, start) - start, &below)
         && attest_label_is_time_only (&below);
}

/* A name on its own line: known, or in the pattern of its file. */
static const char *
find_name_evidence (const AttestTurnFinder *f, const char *line, const AttestLabelInfo *info,
                    const char *folded)
{
  gboolean twice = info->seen[ATTEST_LABEL_ALONE] >= 2 && !is_sentence (folded);

  if (info->known && strlen (folded) > 2)
    return "a known word";
  if (f->after_time && f->time_then_name >= 2)
    return "names stand below times";
  if (f->name_then_time >= 2 && time_below (f, line))
    return "names stand above times";
  if (twice && info->bold >= 2)
    return "it comes again, in bold";
  return twice && f->name_lines ? "most paragraphs begin with a name on its own line" : NULL;
}

/* "Name [0:15] text": where a good part of the lines is of this shape. */
static const char *
find_timed_evidence (const AttestTurnFinder *f, const char *line, const AttestLabelLine *parsed,
                     const AttestLabelInfo *info)
{
  if (info->known)
    return "a known word";
  if (f->share[ATTEST_LABEL_TIME] * 3 < f->lines)
    return NULL;
  if (info->seen[ATTEST_LABEL_TIME] >= 2)
    return "it comes again before a time";
  return attest_turn_finder_is_name (line, parsed, TRUE)
             ? "a full name before a time, as on many lines"
             : NULL;
}

const char *
attest_turn_finder_find_evidence (AttestTurnFinder *f, const char *line,
                                  const AttestLabelLine *parsed)
{
  const AttestLabelInfo *info;
  const char *folded;
  guint twice;

  if (parsed->kind == ATTEST_LABEL_NONE)
    return NULL;
  info = attest_turn_finder_look_up (f, line, parsed);
  folded = f->folded->str;
  if (info->never && !(parsed->numbered && f->questions))
    return NULL;
  if (g_hash_table_contains (f->expected, folded))
    return "it is in a list of speakers";
  if (g_hash_table_contains (f->aliases, folded))
    return "the short form of a name above";
  twice = info->seen[parsed->kind] >= 2;
  switch (parsed->kind)
    {
    case ATTEST_LABEL_COLON:
      return find_colon_evidence (f, line, parsed, info);
    case ATTEST_LABEL_ALONE:
      return find_name_evidence (f, line, info, folded);
    case ATTEST_LABEL_TIME:
      return find_timed_evidence (f, line, parsed, info);
    case ATTEST_LABEL_BRACKETS:
      if (info->known && (twice || strlen (folded) > 2))
        return "a known word in brackets";
      return twice && is_capital (line, parsed)
                     && f->share[ATTEST_LABEL_BRACKETS] * 3 >= f->lines * 2
                 ? "most lines begin with a name in brackets"
                 : NULL;
    case ATTEST_LABEL_TAB:
      if (info->known && strlen (folded) > 2)
        return "a known word before a TAB";
      if (parsed->time_before && f->share[ATTEST_LABEL_TAB] * 2 >= f->lines
          && attest_turn_finder_is_name (line, parsed, FALSE))
        return "a name between a time and a TAB, as on most lines";
      return twice && (info->known || f->share[ATTEST_LABEL_TAB] * 2 >= f->lines)
                 ? "most lines begin with a name and a TAB"
                 : NULL;
    case ATTEST_LABEL_DASH:
      return twice && f->share[ATTEST_LABEL_DASH] * 2 >= f->lines
                 ? "most lines begin with a name and a dash"
                 : NULL;
    default:
      return NULL;
    }
}
