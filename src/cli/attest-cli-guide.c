#include "cli/attest-cli-guide.h"

#include "cli/attest-cli-coding.h"
#include "cli/attest-progress.h"

/* --- into the project --------------------------------------------------------------------- */

static const char *const *
dup_codes (const AttestGuideQuestion *question)
{
  const char **codes = g_new0 (const char *, question->codes->len + 1);

  for (guint i = 0; i < question->codes->len; i++)
    codes[i] = g_array_index (question->codes, AttestGuideCode, i).code;
  return codes;
}

static gboolean
begin_guide (AttestInvocation *inv, const AttestGuide *guide, gint64 *out_id, GError **error)
{
  const AttestCodebook *codebook = guide->codebook;
  guint n = attest_guide_n_questions (guide);
  g_autofree AttestStoreQuestion *questions = g_new0 (AttestStoreQuestion, n + 1);
  AttestGuideSpec spec = { .name = codebook->id,
                           .version = codebook->version,
                           .title = codebook->title,
                           .sha256 = codebook->sha256,
                           .text = codebook->text,
                           .length_bytes = codebook->length_bytes,
                           .questions = questions,
                           .n_questions = n };
  gboolean ok;

  for (guint i = 0; i < n; i++)
    {
      const AttestCode *code = attest_codebook_code (codebook, i);

      questions[i] = (AttestStoreQuestion){
        .question = code->id,
        .section = attest_guide_question (guide, i)->section,
        .text = attest_local_text_get (code->name, NULL),
        .langs = attest_codebook_dup_asked_langs (codebook, code),
        .codes = dup_codes (attest_guide_question (guide, i)),
      };
    }
  ok = attest_store_begin_guide (inv->store, &spec, out_id, error);
  for (guint i = 0; i < n; i++)
    {
      g_free ((gpointer)questions[i].langs);
      g_free ((gpointer)questions[i].codes);
    }
  return ok;
}

static void
count_turns (const AttestDocument *doc, const AttestCoding *coding, AttestCliAlignment *alignment)
{
  const GArray *questions = coding->questions;

  alignment->sources++;
  alignment->incomplete += coding->incomplete->len;
  for (guint i = 0; i < doc->turns->len; i++)
    alignment->turns += attest_document_turn_role (doc, i) == ATTEST_ROLE_INTERVIEWER;
  for (guint i = 0, next; i < questions->len; i = next)
    {
      const AttestQuestion *question = &g_array_index (questions, AttestQuestion, i);

      next = i + 1;
      while (next < questions->len
             && g_array_index (questions, AttestQuestion, next).turn == question->turn)
        next++;
      alignment->questions++;
      if (question->code == ATTEST_NO_CODE)
        alignment->unknown++;
      else if (next == i + 1)
        alignment->single++;
      else
        alignment->several++;
    }
}

static gboolean
align_source (AttestInvocation *inv, AttestCoderWorker *worker, gint64 guide_id, const char *label,
              const guint *pattern_questions, AttestCliAlignment *alignment, GError **error)
{
  g_autoptr (AttestDocument) doc = attest_store_get_document (inv->store, label, error);
  g_autoptr (AttestCoding) coding = NULL;

  if (doc == NULL)
    return FALSE;
  coding = attest_coder_code (worker, doc);
  attest_cli_complain_incomplete (inv, label, attest_coder_worker_get_codebook (worker), coding);
  count_turns (doc, coding, alignment);
  return attest_store_align_source (inv->store, guide_id, label, doc, coding, pattern_questions,
                                    error);
}

gboolean
attest_cli_align (AttestInvocation *inv, const AttestGuide *guide, GPtrArray *labels,
                  AttestCliAlignment *out_alignment, GError **error)
{
  g_autoptr (AttestCoder) coder = attest_coder_new (guide->codebook, NULL);
  g_autoptr (AttestCoderWorker) worker = attest_coder_worker_new (coder);
  g_autofree guint *pattern_questions = g_new (guint, guide->codebook->patterns->len + 1);
  AttestCliAlignment alignment = { 0 };
  AttestProgress progress;
  gint64 guide_id;
  gboolean ok;

  for (guint i = 0; i < guide->codebook->patterns->len; i++)
    pattern_questions[i] = attest_codebook_pattern (guide->codebook, i)->code;
  ok = begin_guide (inv, guide, &guide_id, error);
  attest_progress_start (&progress, inv, "aligning", labels->len);
  for (guint i = 0; ok && i < labels->len; i++)
    {
      ok = align_source (inv, worker, guide_id, g_ptr_array_index (labels, i), pattern_questions,
                         &alignment, error);
      attest_progress_step (&progress);
    }
  attest_progress_end (&progress);
  if (ok && out_alignment != NULL)
    *out_alignment = alignment;
  return ok;
}

gboolean
attest_cli_align_again (AttestInvocation *inv, GError **error)
{
  g_autoptr (GPtrArray) guides = attest_store_list_guides (inv->store, error);

  for (guint i = 0; guides != NULL && i < guides->len; i++)
    {
      const AttestGuideInfo *info = g_ptr_array_index (guides, i);
      g_autoptr (GArray) problems = attest_problems_new ();
      g_autoptr (GPtrArray) labels = g_ptr_array_new ();
      g_autoptr (AttestGuide) guide = NULL;
      g_autoptr (GBytes) text = attest_store_get_guide_text (inv->store, info->id, error);

      if (text == NULL)
        return FALSE;
      guide = attest_guide_parse (info->name, g_bytes_get_data (text, NULL),
                                  g_bytes_get_size (text), problems, error);
      for (char **label = info->sources; *label != NULL; label++)
        g_ptr_array_add (labels, *label);
      if (guide == NULL || !attest_cli_align (inv, guide, labels, NULL, error))
        return FALSE;
    }
  return guides != NULL;
}

/* --- codes -------------------------------------------------------------------------------- */

/* A codebook that the project keeps, or NULL without error. */
static AttestCodebook *
load_kept (AttestStore *store, const char *name, GError **error)
{
  g_autoptr (AttestCodebookInfo) info = NULL;

  if (store == NULL)
    return NULL;
  info = attest_store_find_codebook (store, name, NULL);
  return info != NULL ? attest_cli_load_kept_codebook (store, info, error) : NULL;
}

gboolean
attest_cli_check_guide_codes (AttestStore *store, const AttestGuide *guide, const char *name,
                              GArray *problems, char **out_codebook, GError **error)
{
  const char *wanted = name != NULL ? name : guide->codes_of;
  g_autoptr (AttestCodebook) codebook = NULL;
  g_autoptr (GError) load_error = NULL;

  codebook = load_kept (store, wanted, &load_error);
  if (codebook == NULL && load_error == NULL && wanted != NULL)
    codebook = attest_cli_load_codebook (wanted, name != NULL ? &load_error : NULL);
  if (load_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&load_error));
      return FALSE;
    }
  *out_codebook = g_strdup (codebook != NULL ? codebook->id : "");
  return codebook == NULL || attest_guide_check_codes (guide, codebook, problems, error);
}
