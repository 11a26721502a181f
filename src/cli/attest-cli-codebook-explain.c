/* What `codebook explain` prints for people: first what is coded and why, then what came near, and
 * in one line the rest. */
#include "cli/attest-cli-codebook-explain-private.h"

#include "util/attest-text.h"

const AttestTurn *
attest_cli_explained_turn (const AttestExplained *explained)
{
  return attest_document_turn (explained->doc, explained->doc->turns->len - 1);
}

char *
attest_cli_explained_dup_why_not (const AttestExplained *explained, const AttestRule *rule)
{
  if (!(rule->roles & (1u << explained->role)))
    return g_strdup_printf ("not for a turn of the role %s",
                            attest_role_to_string (explained->role));
  if (rule->langs == NULL || explained->lang == NULL
      || g_strv_contains (rule->langs, explained->lang))
    return NULL;
  g_autofree char *langs = g_strjoinv (", ", (char **)rule->langs);
  return g_strdup_printf ("only for %s", langs);
}

GPtrArray *
attest_cli_explained_alternatives (const AttestExplained *explained, const AttestMatch *match)
{
  const AttestCodebookPattern *pattern
      = attest_codebook_pattern (explained->codebook, match->pattern);
  const AttestTurn *turn = attest_cli_explained_turn (explained);
  gsize turn_bytes = turn->end_byte - turn->start_byte;
  g_autofree char *text
      = attest_text_dup_unwrapped (explained->doc->text + turn->start_byte, turn_bytes);
  g_autoptr (AttestAlternatives) alternatives = attest_alternatives_new (
      attest_pattern_get_body (pattern->pattern),
      pattern->word_edges ? ATTEST_PATTERN_WORD_EDGES : ATTEST_PATTERN_PLAIN);
  guint n = alternatives != NULL ? attest_alternatives_get_count (alternatives) : 0;
  g_autofree gboolean *reached = g_new0 (gboolean, n + 1);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);

  if (alternatives != NULL)
    attest_alternatives_note (alternatives, text, turn_bytes, match->start_byte, reached);
  for (guint i = 0; i < n; i++)
    {
      gsize length_bytes;
      const char *part = attest_alternatives_get_text (alternatives, i, &length_bytes);

      if (reached[i])
        g_ptr_array_add (found, g_strndup (part, length_bytes));
    }
  g_ptr_array_add (found, NULL);
  return found;
}

static void
write_span (const AttestExplained *explained, const char *text, gsize start_byte, gsize end_byte,
            guint strength, double weight)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *quote = attest_text_printable (text + start_byte, end_byte - start_byte, 0);

  fprintf (explained->inv->out, "'%s' (strength %u, weight %s)", quote, strength,
           g_ascii_formatd (number, sizeof number, "%g", weight));
}

static void
write_dropped (const AttestExplained *explained, const AttestDropped *dropped)
{
  const AttestCode *code = attest_codebook_code (explained->codebook, explained->code);
  const char *text = explained->doc->text + attest_cli_explained_turn (explained)->start_byte;
  FILE *out = explained->inv->out;
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  fprintf (out, "  %sdropped%s ", attest_cli_explained_color (explained, ATTEST_COLOR_YELLOW),
           attest_cli_explained_color (explained, ATTEST_COLOR_OFF));
  write_span (explained, text, dropped->start_byte, dropped->end_byte, dropped->strength,
              dropped->weight);
  if (dropped->reason == ATTEST_DROPPED_WEIGHT)
    fprintf (out, ": it weighs less than %s\n",
             g_ascii_formatd (number, sizeof number, "%g", code->min_weight));
  else
    {
      gboolean requires = dropped->reason == ATTEST_DROPPED_REQUIRES;
      g_autofree char *where
          = attest_unit_dup_text (requires ? &code->requires_unit : &code->excludes_unit);

      fprintf (out, ": %s %s in the %s\n",
               attest_codebook_code (explained->codebook, dropped->other)->id,
               requires ? "is not" : "is", where);
    }
}

/* Returns: how many segments stand. */
static guint
write_segments (const AttestExplained *explained)
{
  guint n = 0;

  for (guint i = 0; i < explained->coding->segments->len; i++)
    {
      const AttestSegment *segment = attest_coding_segment (explained->coding, i);

      if (segment->code != explained->code)
        continue;
      fprintf (explained->inv->out, "  %ssegment%s ",
               attest_cli_explained_color (explained, ATTEST_COLOR_GREEN),
               attest_cli_explained_color (explained, ATTEST_COLOR_OFF));
      write_span (explained, explained->doc->text, segment->start_byte, segment->end_byte,
                  segment->strength, segment->weight);
      fputc ('\n', explained->inv->out);
      attest_cli_explain_qualifiers (explained, segment);
      n++;
    }
  return n;
}

static void
write_all_dropped (const AttestExplained *explained)
{
  for (guint i = 0; i < explained->trace->dropped->len; i++)
    {
      const AttestDropped *dropped = &g_array_index (explained->trace->dropped, AttestDropped, i);

      if (dropped->code == explained->code)
        write_dropped (explained, dropped);
    }
}

/* Returns: how many rules fared so. @write: also writes them. */
static guint
each_rule (const AttestExplained *explained, AttestFared fared, gboolean write)
{
  const AttestCode *code = attest_codebook_code (explained->codebook, explained->code);
  guint n = 0;

  for (guint i = code->first_rule; i < code->first_rule + code->n_rules; i++)
    {
      if (attest_cli_explained_rule_fared (explained, i) != fared)
        continue;
      if (write)
        attest_cli_explain_rule (explained, i);
      n++;
    }
  return n;
}

static void
write_near (const AttestExplained *explained, AttestFared fared, const char *heading)
{
  if (each_rule (explained, fared, FALSE) == 0)
    return;
  fprintf (explained->inv->out, "  %s:\n", heading);
  each_rule (explained, fared, TRUE);
}

/* Rules without a match: in one line unless all are wanted. */
static void
write_rest (const AttestExplained *explained)
{
  FILE *out = explained->inv->out;
  guint none = each_rule (explained, ATTEST_FARED_NONE, explained->all);
  guint not_for = each_rule (explained, ATTEST_FARED_NOT_FOR, explained->all);

  if (explained->all || none + not_for == 0)
    return;
  fputs ("  ", out);
  if (none > 0)
    fprintf (out, "%u rule%s not match", none, none == 1 ? " does" : "s do");
  if (not_for > 0)
    fprintf (out, "%s%u rule%s for other languages or roles", none > 0 ? ", " : "", not_for,
             not_for == 1 ? " is" : "s are");
  fprintf (out, "; --all shows %s\n", none + not_for == 1 ? "it" : "them");
}

static void
write_lang (const AttestExplained *explained)
{
  FILE *out = explained->inv->out;

  if (explained->lang == NULL)
    fputs ("  language: it cannot be told from so few words, so rules of all languages look at it; "
           "--lang says which it is\n",
           out);
  else if (explained->is_lang_guessed)
    fprintf (out, "  language: %s, by guess; --lang says otherwise\n", explained->lang);
}

const char *
attest_cli_explained_color (const AttestExplained *explained, const char *code)
{
  return explained->inv->color ? code : "";
}

void
attest_cli_explain_text (const AttestExplained *explained)
{
  const AttestCode *code = attest_codebook_code (explained->codebook, explained->code);
  FILE *out = explained->inv->out;

  if (explained->is_further)
    fputc ('\n', out);
  fprintf (out, "%s%s%s\n", attest_cli_explained_color (explained, ATTEST_COLOR_BOLD), code->id,
           attest_cli_explained_color (explained, ATTEST_COLOR_OFF));
  if (!explained->is_further)
    write_lang (explained);
  if (code->n_rules == 0)
    fprintf (out, "  it has no rules: people give it\n");
  each_rule (explained, ATTEST_FARED_HIT, TRUE);
  if (write_segments (explained) == 0)
    fprintf (out, "  %snot coded%s\n", attest_cli_explained_color (explained, ATTEST_COLOR_RED),
             attest_cli_explained_color (explained, ATTEST_COLOR_OFF));
  write_all_dropped (explained);
  write_near (explained, ATTEST_FARED_MISS, "matches that are no hits");
  write_near (explained, ATTEST_FARED_OTHER_LANG, "would match in another language");
  write_rest (explained);
}
