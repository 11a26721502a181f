#include "exchange/attest-exchange.h"

#include <string.h>

#include "exchange/attest-exchange-private.h"
#include "reader/attest-decode.h"
#include "util/attest-error.h"
#include "util/attest-limits.h"
#include "util/attest-text.h"

/* clang-format off: a line each, so that two additions do not meet */
/* To add a format, add its file, its line in the fragment, and a line here. */
static const AttestExchangeFormat *const formats[] = {
  &attest_format_csv,      &attest_format_lexicoder, &attest_format_liwc,       &attest_format_qdc,
  &attest_format_quanteda, &attest_format_wordstat,  &attest_format_yoshikoder,
};
/* clang-format on */

static const char *const format_ids[] = {
  "csv", "lexicoder", "liwc", "qdc", "quanteda", "wordstat", "yoshikoder", NULL,
};

/* Looked at to tell formats apart. */
#define HEAD_BYTES 65536
/* A bid of less than this is a guess that the name of the file may overrule. */
#define SURE 50
#define MAX_NAME_COLUMNS 80

const char *const *
attest_exchange_formats (void)
{
  return format_ids;
}

void
attest_exchange_clear (AttestExchange *exchange)
{
  g_clear_pointer (&exchange->text, g_free);
  g_clear_pointer (&exchange->losses, g_array_unref);
}

static const AttestExchangeFormat *
find_format (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (strcmp (formats[i]->id, id) == 0)
      return formats[i];
  return NULL;
}

static const AttestExchangeFormat *
find_format_of_name (const char *path)
{
  g_autofree char *small = g_ascii_strdown (path, -1);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    for (const char *const *suffix = formats[i]->suffixes; *suffix != NULL; suffix++)
      if (g_str_has_suffix (small, *suffix))
        return formats[i];
  return NULL;
}

const char *
attest_exchange_format_of_name (const char *path)
{
  const AttestExchangeFormat *format = find_format_of_name (path);

  return format != NULL ? format->id : NULL;
}

/* --- in ----------------------------------------------------------------------------------- */

/* The content decides; where it is not sure, the name; NULL: neither. */
static const AttestExchangeFormat *
detect_format (const AttestExchangeInput *input, const char *head)
{
  const AttestExchangeFormat *best = NULL;
  guint best_bid = 0;

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      guint bid = formats[i]->probe (head);
      if (bid > best_bid)
        {
          best = formats[i];
          best_bid = bid;
        }
    }
  if (best_bid >= SURE)
    return best;
  const AttestExchangeFormat *named = find_format_of_name (input->path);
  return named != NULL ? named : best;
}

static gboolean
throw_unknown (const AttestExchangeInput *input, GError **error)
{
  g_autofree char *list = g_strjoinv (", ", (char **)format_ids);

  return attest_exchange_throw (input, 0, 0, error,
                                "is in no format that attest imports codebooks from; say which it "
                                "is by --format (%s)",
                                list);
}

static gboolean
choose_format (const AttestExchangeInput *input, const AttestExchangeFormat **out_format,
               GError **error)
{
  const AttestImportOptions *options = input->options;
  gsize length_bytes;
  const char *data = g_bytes_get_data (input->bytes, &length_bytes);
  gsize mark_bytes = length_bytes >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  g_autofree char *head = g_strndup (data != NULL ? data + mark_bytes : "",
                                     MIN (length_bytes - mark_bytes, HEAD_BYTES));
  const AttestExchangeFormat *format
      = options->format != NULL ? find_format (options->format) : detect_format (input, head);

  if (length_bytes == 0)
    return attest_exchange_throw (input, 0, 0, error, "the file is empty");
  if (length_bytes > ATTEST_MAX_CODEBOOK_BYTES)
    return attest_exchange_throw (input, 0, 0, error, "is larger than %u bytes: split it",
                                  ATTEST_MAX_CODEBOOK_BYTES);
  if (format == NULL)
    return throw_unknown (input, error);
  *out_format = format;
  return TRUE;
}

static void
add_warnings (AttestOutline *outline, const AttestDocument *doc)
{
  for (guint i = 0; i < doc->warnings->len; i++)
    {
      const AttestWarning *warning = &g_array_index (doc->warnings, AttestWarning, i);
      attest_outline_lose (outline, ATTEST_LOSS_CHANGED, "encoding", warning->line,
                           warning->line > 0 ? 1 : 0, NULL, "%s", warning->message);
    }
}

/* "my words.DIC" → "my-words" */
static char *
dup_id_of_path (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  char *dot = strrchr (base, '.');

  if (dot != NULL && dot != base)
    *dot = '\0';
  g_autofree char *valid = g_utf8_make_valid (base, -1);
  return attest_outline_dup_id (valid);
}

/* What the codebook layer has against the result, at the place in the file that was imported. */
static gboolean
throw_problem (const AttestExchangeInput *input, const AttestYamlOut *yaml, const GArray *problems,
               GError **error)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const AttestProblem *problem = &g_array_index (problems, AttestProblem, i);
      AttestPlace place = { 0, 0 };

      if (problem->severity != ATTEST_SEVERITY_ERROR)
        continue;
      if (problem->line > 0 && problem->line <= yaml->places->len)
        place = g_array_index (yaml->places, AttestPlace, problem->line - 1);
      return attest_exchange_throw (input, place.line, place.column, error, "%s", problem->message);
    }
  return attest_exchange_throw (input, 0, 0, error, "cannot be a codebook");
}

/* What is imported must be a codebook. */
static gboolean
check_result (const AttestExchangeInput *input, const AttestYamlOut *yaml, guint *out_codes,
              guint *out_patterns, GError **error)
{
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autoptr (GError) cause = NULL;
  g_autoptr (AttestCodebook) codebook
      = attest_codebook_parse (input->path, yaml->text->str, yaml->text->len, problems, &cause);

  if (codebook == NULL)
    return throw_problem (input, yaml, problems, error);
  *out_codes = codebook->codes->len;
  *out_patterns = codebook->patterns->len;
  return TRUE;
}

static int
compare_losses (gconstpointer a, gconstpointer b)
{
  const AttestLoss *p = a, *q = b;

  if (p->line != q->line)
    return p->line < q->line ? -1 : 1;
  return p->column < q->column ? -1 : p->column > q->column;
}

static gboolean
make_codebook (const AttestExchangeInput *input, const AttestExchangeFormat *format,
               AttestOutline *outline, AttestExchange *out_exchange, GError **error)
{
  g_auto (AttestYamlOut) yaml = { 0 };
  g_autofree char *base = g_path_get_basename (input->path);
  g_autofree char *printable = attest_text_printable (base, strlen (base), MAX_NAME_COLUMNS);
  g_autofree char *comment
      = g_strdup_printf ("Imported by attest from %s (%s).", printable, format->name);
  guint n_codes = 0, n_patterns = 0;

  if (outline->nodes->len == 0)
    return attest_exchange_throw (input, 0, 0, error, "has no categories");
  if (outline->id == NULL)
    outline->id = dup_id_of_path (input->path);
  attest_outline_to_yaml (outline, comment, input->options->rule_each, &yaml);
  if (!check_result (input, &yaml, &n_codes, &n_patterns, error))
    return FALSE;
  g_array_sort (outline->losses, compare_losses);
  *out_exchange = (AttestExchange){ .format = format->id,
                                    .name = format->name,
                                    .length_bytes = yaml.text->len,
                                    .n_codes = n_codes,
                                    .n_patterns = n_patterns,
                                    .losses = g_array_ref (outline->losses) };
  out_exchange->text = g_string_free (g_steal_pointer (&yaml.text), FALSE);
  return TRUE;
}

/* Messages of the decoder begin with the line, if anything. */
static gboolean
decode (AttestExchangeInput *input, AttestDocument *doc, char **out_text, GError **error)
{
  g_autoptr (GError) cause = NULL;
  gsize n_bytes;
  const guint8 *data = g_bytes_get_data (input->bytes, &n_bytes);

  *out_text
      = attest_decode (doc, data, n_bytes, input->options->encoding, &input->length_bytes, &cause);
  input->text = *out_text;
  if (*out_text != NULL)
    return TRUE;
  return attest_exchange_rethrow (input, cause, 1, error);
}

gboolean
attest_exchange_import (const char *path, GBytes *bytes, const AttestImportOptions *options,
                        AttestExchange *out_exchange, GError **error)
{
  AttestExchangeInput input = { .path = path, .bytes = bytes, .text = "", .options = options };
  g_autoptr (AttestOutline) outline = attest_outline_new ();
  g_autoptr (AttestDocument) doc = attest_document_new (path);
  g_autofree char *text = NULL;
  const AttestExchangeFormat *format = NULL;

  if (!choose_format (&input, &format, error))
    return FALSE;
  if (!format->is_binary)
    {
      if (!decode (&input, doc, &text, error))
        return FALSE;
      add_warnings (outline, doc);
    }
  return format->read (&input, outline, error)
         && make_codebook (&input, format, outline, out_exchange, error);
}

/* --- out ---------------------------------------------------------------------------------- */

gboolean
attest_exchange_export (const AttestCodebook *codebook, const char *format_id, const char *lang,
                        AttestExchange *out_exchange, GError **error)
{
  const AttestExchangeFormat *format = find_format (format_id);
  g_autoptr (AttestOutline) outline = attest_outline_from_codebook (codebook, format, lang);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_codes = 0, n_patterns = 0;

  for (guint i = 0; i < outline->nodes->len; i++)
    {
      const AttestNode *node = attest_outline_node (outline, i);
      n_codes += node->is_code;
      n_patterns += node->entries->len;
    }
  if (n_patterns == 0 && (format->features & ATTEST_CAN_RULES) != 0)
    return attest_throw (error, ATTEST_ERROR_CODEBOOK,
                         "%s: no rule of it can be written as a %s: nothing to export",
                         codebook->path, format->name);
  format->write (outline, text);
  *out_exchange = (AttestExchange){ .format = format->id,
                                    .name = format->name,
                                    .length_bytes = text->len,
                                    .n_codes = n_codes,
                                    .n_patterns = n_patterns,
                                    .losses = g_array_ref (outline->losses) };
  out_exchange->text = g_string_free (g_steal_pointer (&text), FALSE);
  return TRUE;
}
