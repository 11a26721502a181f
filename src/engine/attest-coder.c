/* attest-coder: see the header.
 *
 * Which patterns a turn is searched for depends on its language and on its role only. There are few
 * of both, so the lists are made once: one per language that some pattern names, one for every
 * other language, one for a language that is not known; and for each of these, one per role and one
 * of the questions.
 */
#include "engine/attest-coder.h"

#include <string.h>

#include "engine/attest-asking.h"
#include "engine/attest-segmenter.h"
#include "pattern/attest-pattern.h"
#include "pattern/attest-scanner.h"
#include "util/attest-locale.h"
#include "util/attest-text.h"

/* Beside the roles. */
#define QUESTIONS ATTEST_N_ROLES
#define N_LISTS (ATTEST_N_ROLES + 1)

#define DEFAULT_ROLES (((1u << ATTEST_N_ROLES) - 1) & ~(1u << ATTEST_ROLE_INTERVIEWER))

struct _AttestCoder
{
  AttestCodebook *codebook;
  AttestCoderOptions options;
  AttestScanner *scanner;
  GPtrArray *langs; /* of interned codes; behind the last: any other language, then unknown */
  guint *subsets;   /* of the scanner: (langs + 2) × N_LISTS */
  gboolean *empty;  /* whether nothing that can be a hit is in them */
};

struct _AttestCoderWorker
{
  AttestCoder *coder;
  AttestScan *scan;
  AttestSegmenter *segmenter;
  AttestQualifierWorker *qualifier; /* NULL: segments are not qualified */
};

/* --- lists of patterns ------------------------------------------------------------------ */

static gboolean
has_lang (const char *const *langs, const char *lang)
{
  for (; *langs != NULL; langs++)
    if (strcmp (*langs, lang) == 0)
      return TRUE;
  return FALSE;
}

static void
collect_langs (AttestCoder *coder)
{
  for (guint i = 0; i < coder->codebook->patterns->len; i++)
    {
      const AttestCodebookPattern *pattern = attest_codebook_pattern (coder->codebook, i);

      for (const char *const *l = pattern->langs; l != NULL && *l != NULL; l++)
        {
          gpointer lang = (gpointer)g_intern_string (*l);

          if (!g_ptr_array_find (coder->langs, lang, NULL))
            g_ptr_array_add (coder->langs, lang);
        }
    }
}

static guint
other_lang (const AttestCoder *coder)
{
  return coder->langs->len;
}

static guint
unknown_lang (const AttestCoder *coder)
{
  return coder->langs->len + 1;
}

static guint
find_lang (const AttestCoder *coder, const char *lang)
{
  if (lang == NULL)
    return unknown_lang (coder);
  for (guint i = 0; i < coder->langs->len; i++)
    if (strcmp (g_ptr_array_index (coder->langs, i), lang) == 0)
      return i;
  return other_lang (coder);
}

static gboolean
is_for_lang (const AttestCoder *coder, const AttestCodebookPattern *pattern, guint lang)
{
  if (pattern->langs == NULL || lang == unknown_lang (coder))
    return TRUE;
  return lang != other_lang (coder)
         && has_lang (pattern->langs, g_ptr_array_index (coder->langs, lang));
}

static gboolean
is_for_list (const AttestCoder *coder, const AttestCodebookPattern *pattern, guint list)
{
  guint roles;

  gboolean is_asked
      = pattern->use == ATTEST_PATTERN_ASKED || pattern->use == ATTEST_PATTERN_RULE_ASKED;
  if (list == QUESTIONS || is_asked)
    return list == QUESTIONS && is_asked;
  if (pattern->use == ATTEST_PATTERN_STOP)
    return TRUE;
  roles = attest_codebook_rule (coder->codebook, pattern->rule)->roles;
  if (coder->options.all_roles && roles == DEFAULT_ROLES)
    return TRUE;
  return (roles & (1u << list)) != 0;
}

static guint
find_list (const AttestCoder *coder, const char *lang, guint list)
{
  return find_lang (coder, lang) * N_LISTS + list;
}

static void
make_lists (AttestCoder *coder)
{
  guint n_lists = (coder->langs->len + 2) * N_LISTS;
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint));

  coder->subsets = g_new (guint, n_lists);
  coder->empty = g_new (gboolean, n_lists);
  for (guint i = 0; i < n_lists; i++)
    {
      gboolean is_empty = TRUE;

      g_array_set_size (numbers, 0);
      for (guint k = 0; k < coder->codebook->patterns->len; k++)
        {
          const AttestCodebookPattern *pattern = attest_codebook_pattern (coder->codebook, k);

          if (!is_for_lang (coder, pattern, i / N_LISTS)
              || !is_for_list (coder, pattern, i % N_LISTS))
            continue;
          g_array_append_val (numbers, k);
          is_empty = is_empty && !attest_codebook_is_hit (coder->codebook, pattern);
        }
      coder->empty[i] = is_empty;
      coder->subsets[i] = attest_scanner_add_subset (
          coder->scanner, (const guint *)(gpointer)numbers->data, numbers->len);
    }
}

/* --- coder and worker ------------------------------------------------------------------- */

AttestCoder *
attest_coder_new (AttestCodebook *codebook, const AttestCoderOptions *options)
{
  AttestCoder *coder = g_atomic_rc_box_new0 (AttestCoder);
  g_autoptr (GPtrArray) patterns = g_ptr_array_new ();

  coder->codebook = attest_codebook_ref (codebook);
  if (options != NULL)
    coder->options = *options;
  if (coder->options.qualifiers != NULL)
    attest_qualifier_set_ref (coder->options.qualifiers);
  coder->langs = g_ptr_array_new ();
  collect_langs (coder);
  for (guint i = 0; i < codebook->patterns->len; i++)
    g_ptr_array_add (patterns, attest_codebook_pattern (codebook, i)->pattern);
  coder->scanner = attest_scanner_new (patterns);
  attest_scanner_set_prefilter (coder->scanner, !coder->options.no_prefilter);
  make_lists (coder);
  return coder;
}

AttestCoder *
attest_coder_ref (AttestCoder *coder)
{
  return g_atomic_rc_box_acquire (coder);
}

static void
clear_coder (gpointer data)
{
  AttestCoder *coder = data;

  attest_qualifier_set_unref (coder->options.qualifiers);
  g_free (coder->subsets);
  g_free (coder->empty);
  g_ptr_array_unref (coder->langs);
  attest_scanner_unref (coder->scanner);
  attest_codebook_unref (coder->codebook);
}

void
attest_coder_unref (AttestCoder *coder)
{
  if (coder != NULL)
    g_atomic_rc_box_release_full (coder, clear_coder);
}

char *
attest_coder_dup_libraries (void)
{
  g_autofree char *pcre2 = attest_pattern_dup_library ();
  g_autofree char *icu = attest_locale_dup_library ();

  return g_strdup_printf ("%s, %s", pcre2, icu);
}

AttestCodebook *
attest_coder_get_codebook (const AttestCoder *coder)
{
  return coder->codebook;
}

gboolean
attest_coder_knows_language (const AttestCoder *coder, const char *lang)
{
  for (guint role = 0; role < ATTEST_N_ROLES; role++)
    if (!coder->empty[find_list (coder, lang, role)])
      return TRUE;
  return FALSE;
}

gboolean
attest_coder_needs_languages (const AttestCoder *coder)
{
  return coder->langs->len > 0 || coder->options.qualifiers != NULL || !coder->options.hits_only
         || attest_segmenter_needs_segments (coder->codebook);
}

AttestCoderWorker *
attest_coder_worker_new (AttestCoder *coder)
{
  AttestCoderWorker *worker = g_new0 (AttestCoderWorker, 1);

  worker->coder = attest_coder_ref (coder);
  worker->scan = attest_scan_new (coder->scanner);
  worker->segmenter = attest_segmenter_new (coder->codebook, coder->options.hits_only);
  if (coder->options.qualifiers != NULL)
    worker->qualifier = attest_qualifier_worker_new (coder->options.qualifiers);
  return worker;
}

void
attest_coder_worker_free (AttestCoderWorker *worker)
{
  if (worker == NULL)
    return;
  attest_scan_free (worker->scan);
  attest_segmenter_free (worker->segmenter);
  attest_qualifier_worker_free (worker->qualifier);
  attest_coder_unref (worker->coder);
  g_free (worker);
}

AttestCodebook *
attest_coder_worker_get_codebook (const AttestCoderWorker *worker)
{
  return worker->coder->codebook;
}

/* --- one turn --------------------------------------------------------------------------- */

static void
note_stopped (const GArray *stopped, guint turn, AttestCoding *coding)
{
  for (guint i = 0; i < stopped->len; i++)
    {
      const AttestStopped *stop = &g_array_index (stopped, AttestStopped, i);
      AttestIncomplete incomplete = { turn, stop->pattern, g_strdup (stop->reason) };

      g_array_append_val (coding->incomplete, incomplete);
    }
}

static const GArray *
search (AttestCoderWorker *worker, const AttestSearchedTurn *turn, guint list, AttestCoding *coding)
{
  const GArray *matches = NULL, *stopped = NULL;

  attest_scan_text (worker->scan, turn->text, turn->length_bytes,
                    worker->coder->subsets[find_list (worker->coder, turn->lang, list)], &matches,
                    &stopped);
  note_stopped (stopped, turn->number, coding);
  return matches;
}

/* --- what answers are asked about -------------------------------------------------------- */

/* A heading such as "Other comments" is short and has no question mark. */
static gboolean
only_asks (const AttestDocument *doc, guint speaker)
{
  return speaker != ATTEST_NO_SPEAKER
         && g_strcmp0 (attest_document_speaker (doc, speaker)->role_reason, ATTEST_REASON_QUESTIONS)
                == 0;
}

/* Whether an interpreter gives the interviewer's turn before in another language. In the same one,
 * it is an answer, in a transcript that leaves out what was said to the interpreter. */
static gboolean
renders_question (const AttestDocument *doc, guint turn)
{
  const char *lang = attest_document_turn (doc, turn)->lang;
  const char *asked_lang = turn > 0 ? attest_document_turn (doc, turn - 1)->lang : NULL;

  return lang != NULL && asked_lang != NULL && strcmp (lang, asked_lang) != 0
         && attest_document_turn_role (doc, turn) == ATTEST_ROLE_INTERPRETER
         && attest_document_turn_role (doc, turn - 1) == ATTEST_ROLE_INTERVIEWER;
}

/* --- a document -------------------------------------------------------------------------- */

static void
qualify (AttestCoderWorker *worker, const AttestSearchedTurn *turn, guint first_segment,
         AttestCoding *coding)
{
  for (guint i = first_segment; worker->qualifier != NULL && i < coding->segments->len; i++)
    {
      AttestSegment *segment = &g_array_index (coding->segments, AttestSegment, i);

      segment->qualifiers = attest_qualify (
          worker->qualifier, turn->lang, turn->text + (segment->start_byte - turn->start_byte),
          segment->end_byte - segment->start_byte, segment->start_byte,
          attest_coding_hit (coding, segment->first_hit), segment->n_hits);
    }
}

static void
code_turn (AttestCoderWorker *worker, AttestSearchedTurn *turn, AttestRole role,
           AttestAsking *asking, gboolean is_certain, gboolean renders, AttestCoding *coding)
{
  guint first_segment;

  if (role == ATTEST_ROLE_INTERVIEWER)
    attest_asking_hear (asking, turn, search (worker, turn, QUESTIONS, coding), is_certain, coding);
  else if (renders)
    attest_asking_hear_again (asking, search (worker, turn, QUESTIONS, coding));
  else
    attest_asking_answer (asking, turn, coding);
  if ((role == ATTEST_ROLE_INTERVIEWER || renders) && !worker->coder->options.all_roles)
    return;
  coding->coded_turns++;
  coding->coded_words += (gint64)turn->words;
  first_segment = coding->segments->len;
  attest_segmenter_add_turn (worker->segmenter, turn, search (worker, turn, role, coding), coding);
  qualify (worker, turn, first_segment, coding);
}

AttestCoding *
attest_coder_code (AttestCoderWorker *worker, const AttestDocument *doc)
{
  AttestCoding *coding = attest_coding_new ();
  g_autoptr (AttestAsking) asking = attest_asking_new (worker->coder->codebook);

  for (guint i = 0; i < doc->turns->len; i++)
    {
      const AttestTurn *turn = attest_document_turn (doc, i);
      const char *text = doc->text + turn->start_byte;
      gsize length_bytes = turn->end_byte - turn->start_byte;
      g_autofree char *unwrapped = NULL;

      if (memchr (text, '\n', length_bytes) != NULL)
        text = unwrapped = attest_text_dup_unwrapped (text, length_bytes);
      AttestSearchedTurn searched = { .number = i,
                                      .start_byte = turn->start_byte,
                                      .text = text,
                                      .length_bytes = length_bytes,
                                      .lang = turn->lang,
                                      .words = turn->words };
      code_turn (worker, &searched, attest_document_turn_role (doc, i), asking,
                 only_asks (doc, turn->speaker), renders_question (doc, i), coding);
    }
  return coding;
}

AttestCoding *
attest_coder_trace (AttestCoderWorker *worker, const AttestDocument *doc, AttestTrace *trace)
{
  attest_segmenter_set_trace (worker->segmenter, trace);
  AttestCoding *coding = attest_coder_code (worker, doc);
  attest_segmenter_set_trace (worker->segmenter, NULL);
  return coding;
}
