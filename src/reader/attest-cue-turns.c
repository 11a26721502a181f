/* attest-cue-turns: from cues to utterances: markup off, speakers found. */
#include "reader/attest-cues.h"

#include <string.h>

#include "reader/attest-cue-markup.h"
#include "reader/attest-cue-rolling.h"
#include "reader/attest-label-words.h"
#include "reader/attest-labels.h"
#include "reader/attest-utterances.h"

typedef struct
{
  AttestDocument *doc;
  const GArray *cues;
  GString *plain;
  GArray *pieces;      /* of AttestCuePiece */
  GHashTable *counts;  /* folded label → occurrences */
  guint labelled;      /* pieces that begin with a label that has evidence */
  gboolean name_lines; /* the first line of a cue is a name alone, as Teams writes for Word */
  char *speaker;       /* of the last label in the text */
  AttestUtterances *utterances;
  GString *words; /* of the utterance that is being put together */
} Maker;

static void
clear_piece (gpointer item)
{
  g_free (((AttestCuePiece *)item)->voice);
}

static void
strip_cues (Maker *m)
{
  for (guint i = 0; i < m->cues->len; i++)
    {
      const AttestCue *cue = &g_array_index (m->cues, AttestCue, i);
      guint first = m->pieces->len;

      attest_cue_markup_strip (cue->text, cue->length_bytes, m->plain, m->pieces);
      for (guint p = first; p < m->pieces->len; p++)
        g_array_index (m->pieces, AttestCuePiece, p).cue = i;
      g_string_append_c (m->plain, '\n');
    }
}

/* One line of a piece, without white space around it. */
typedef struct
{
  const char *text;
  gsize length_bytes;
  gboolean change; /* ">>" stood before it: somebody else speaks */
  gboolean labelled;
  AttestLabelLine label;
} CueLine;

/* The next line that is not blank; FALSE at the end of the piece. */
static gboolean
next_line (const Maker *m, const AttestCuePiece *piece, gsize *at, CueLine *line)
{
  while (*at < piece->end_byte)
    {
      const char *p = m->plain->str + *at;
      const char *lf = memchr (p, '\n', piece->end_byte - *at);
      const char *end = lf == NULL ? m->plain->str + piece->end_byte : lf;

      *at = (gsize)(end - m->plain->str) + 1;
      *line = (CueLine){ .change = FALSE };
      while (p < end && (g_ascii_isspace (*p) || *p == '>'))
        {
          line->change |= end - p >= 2 && p[0] == '>' && p[1] == '>';
          if (*p == '>' && !line->change)
            break;
          p++;
        }
      while (end > p && g_ascii_isspace (end[-1]))
        end--;
      if (p == end)
        continue;
      line->text = p;
      line->length_bytes = (gsize)(end - p);
      line->labelled = attest_label_parse (p, line->length_bytes, &line->label)
                       && line->label.kind == ATTEST_LABEL_COLON && !line->label.numbered;
      return TRUE;
    }
  return FALSE;
}

static char *
fold_label (const CueLine *line)
{
  return g_utf8_strdown (line->text + line->label.label_start,
                         (gssize)(line->label.label_end - line->label.label_start));
}

static gboolean
has_evidence (const Maker *m, const char *folded)
{
  return !attest_label_is_never (folded)
         && (attest_label_is_known (folded)
             || GPOINTER_TO_UINT (g_hash_table_lookup (m->counts, folded)) >= 2);
}

static void
count (Maker *m, const CueLine *line)
{
  char *folded = fold_label (line);
  guint seen = GPOINTER_TO_UINT (g_hash_table_lookup (m->counts, folded));

  g_hash_table_insert (m->counts, folded, GUINT_TO_POINTER (seen + 1));
}

/* The first line of a piece that has more than one. */
static gboolean
name_line (const Maker *m, const AttestCuePiece *piece, CueLine *first)
{
  gsize at = piece->start_byte;
  CueLine second;

  return piece->voice == NULL && next_line (m, piece, &at, first)
         && next_line (m, piece, &at, &second) && first->label.kind == ATTEST_LABEL_ALONE;
}

/* Are most first lines names that come again? If not, none is. */
static void
count_name_lines (Maker *m)
{
  guint found = 0, shaped = 0;
  CueLine line;

  for (guint i = 0; i < m->pieces->len; i++)
    if (name_line (m, &g_array_index (m->pieces, AttestCuePiece, i), &line))
      {
        count (m, &line);
        shaped++;
      }
  for (guint i = 0; i < m->pieces->len; i++)
    if (name_line (m, &g_array_index (m->pieces, AttestCuePiece, i), &line))
      {
        g_autofree char *folded = fold_label (&line);

        found += has_evidence (m, folded);
      }
  m->name_lines = found >= 2 && found * 2 >= m->pieces->len && shaped == m->pieces->len;
  if (!m->name_lines)
    g_hash_table_remove_all (m->counts);
}

static void
count_labels (Maker *m)
{
  CueLine line;

  for (guint i = 0; i < m->pieces->len; i++)
    {
      const AttestCuePiece *piece = &g_array_index (m->pieces, AttestCuePiece, i);
      gsize at = piece->start_byte;

      while (piece->voice == NULL && next_line (m, piece, &at, &line))
        if (line.labelled)
          count (m, &line);
    }
  for (guint i = 0; i < m->pieces->len; i++)
    {
      const AttestCuePiece *piece = &g_array_index (m->pieces, AttestCuePiece, i);
      gsize at = piece->start_byte;

      if (piece->voice == NULL && next_line (m, piece, &at, &line) && line.labelled)
        {
          g_autofree char *folded = fold_label (&line);

          m->labelled += has_evidence (m, folded);
        }
    }
}

/* Whoever joins a meeting once is named once; in a file that names every cue that is enough. */
static gboolean
is_speaker (const Maker *m, const CueLine *line, gboolean first_line)
{
  g_autofree char *folded = NULL;
  g_autofree char *label = NULL;

  if (!line->labelled && !(m->name_lines && first_line && line->label.kind == ATTEST_LABEL_ALONE))
    return FALSE;
  folded = fold_label (line);
  if (has_evidence (m, folded))
    return TRUE;
  if (line->label.kind == ATTEST_LABEL_ALONE)
    return !attest_label_is_never (folded);
  label = g_strndup (line->text + line->label.label_start,
                     line->label.label_end - line->label.label_start);
  return first_line && m->labelled >= 2 && m->labelled * 4 >= m->pieces->len
         && !attest_label_is_never (folded) && attest_label_is_full_name (label);
}

static void
say (Maker *m, const AttestCuePiece *piece, gboolean fresh)
{
  const AttestCue *cue = &g_array_index (m->cues, AttestCue, piece->cue);
  AttestUtterance said = {
    .label = piece->voice != NULL ? piece->voice : m->speaker,
    .start_ms = cue->start_ms,
    .end_ms = cue->end_ms,
    .line = cue->line,
    .text = m->words->str,
    .length_bytes = m->words->len,
    .continues = cue->continues && piece->voice == NULL && !fresh,
    .fresh = fresh,
  };

  if (m->words->len > 0)
    attest_utterances_add (m->utterances, &said);
  g_string_truncate (m->words, 0);
}

/* "- Yes. / - No.": two people in one cue, each with a dash; their lines stay lines. */
static gboolean
begins_with_dash (const char *text, gsize length_bytes)
{
  return (length_bytes > 2 && text[0] == '-' && (text[1] == ' ' || g_ascii_isupper (text[1])))
         || (length_bytes > 3 && strncmp (text, "– ", 4) == 0);
}

static void
add_line (Maker *m, const char *text, gsize length_bytes)
{
  if (m->words->len > 0)
    g_string_append_c (m->words, begins_with_dash (text, length_bytes) ? '\n' : ' ');
  g_string_append_len (m->words, text, (gssize)length_bytes);
}

static void
make_piece (Maker *m, const AttestCuePiece *piece)
{
  gsize at = piece->start_byte;
  gboolean first = TRUE, fresh = FALSE;
  CueLine line;

  while (next_line (m, piece, &at, &line))
    {
      gboolean speaker = piece->voice == NULL && is_speaker (m, &line, first || line.change);
      gsize skip = speaker ? line.label.text_start : 0;

      if (speaker || line.change)
        {
          say (m, piece, fresh);
          fresh = line.change && !speaker;
          g_free (m->speaker);
          m->speaker = speaker ? g_strndup (line.text + line.label.label_start,
                                            line.label.label_end - line.label.label_start)
                               : NULL;
        }
      add_line (m, line.text + skip, line.length_bytes - skip);
      first = FALSE;
    }
  say (m, piece, fresh);
}

void
attest_cues_to_document (AttestDocument *doc, const GArray *cues)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (AttestCuePiece));
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (AttestUtterances) utterances = attest_utterances_new (doc);
  Maker m = { .doc = doc,
              .cues = cues,
              .plain = plain,
              .pieces = pieces,
              .counts = counts,
              .utterances = utterances,
              .words = words };

  g_array_set_clear_func (pieces, clear_piece);
  strip_cues (&m);
  attest_cue_rolling_merge (doc, cues, plain->str, pieces);
  count_name_lines (&m);
  count_labels (&m);
  for (guint i = 0; i < pieces->len; i++)
    make_piece (&m, &g_array_index (pieces, AttestCuePiece, i));
  attest_utterances_finish (utterances);
  g_free (m.speaker);
}
