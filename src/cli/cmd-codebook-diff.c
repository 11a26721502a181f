/* codebook diff: what changed between two codebooks, and with a project, what that does to it. */
#include "cli/attest-cli-coding.h"
#include "cli/attest-cli-commands.h"
#include "codebook/attest-codebook-diff.h"
#include "report/attest-table.h"

#include <string.h>

typedef struct
{
  char *format, *project;
} Options;

static const AttestOption options[]
    = { { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
          "How to print it", "table for people, csv and json for programs.", attest_list_formats },
        { "project", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, project), "FILE",
          "Also list the segments gained and lost in this project",
          "Codes its transcripts by both codebooks; nothing in it is changed.", NULL },
        { NULL } };

/* One of the two codebooks, at work on one transcript. */
typedef struct
{
  AttestCodebook *codebook;
  AttestCoder *coder;
  AttestCoderWorker *worker;
} Side;

typedef struct
{
  AttestInvocation *inv;
  Side a, b;
  AttestTable *table;
} Diff;

static void
side_init (Side *side, AttestCodebook *codebook)
{
  AttestCoderOptions coder_options = { 0 };

  side->codebook = codebook;
  side->coder = attest_coder_new (codebook, &coder_options);
  side->worker = attest_coder_worker_new (side->coder);
}

static void
side_clear (Side *side)
{
  g_clear_pointer (&side->worker, attest_coder_worker_free);
  g_clear_pointer (&side->coder, attest_coder_unref);
}

static AttestTable *
new_table (void)
{
  AttestTable *table = attest_table_new (NULL, NULL);

  attest_table_add_column (table, "change", "change", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "code", "code", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "rule", "rule", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "was", "was", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "details", "details", ATTEST_COLUMN_LIST, ATTEST_COLUMN_WRAP);
  attest_table_add_column (table, "source", "source", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "turn", "turn", ATTEST_COLUMN_INT, ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "quote", "quote", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  return table;
}

/* --- the codebooks ------------------------------------------------------------------------ */

static char *
dup_rule_name (const AttestCodebook *codebook, guint rule)
{
  return rule != G_MAXUINT ? attest_codebook_dup_rule_name (codebook, rule) : NULL;
}

/* The former name of what has another one now. */
static char *
dup_former (const Diff *diff, const AttestChange *change)
{
  if (change->kind != ATTEST_CHANGE_RENAMED)
    return NULL;
  if (change->rule_a != G_MAXUINT)
    return attest_codebook_dup_rule_name (diff->a.codebook, change->rule_a);
  return g_strdup (attest_codebook_code (diff->a.codebook, change->code_a)->id);
}

static void
add_change (const Diff *diff, const AttestChange *change)
{
  AttestTable *table = diff->table;
  gboolean is_gone = change->code_b == G_MAXUINT;
  const AttestCode *code = is_gone ? attest_codebook_code (diff->a.codebook, change->code_a)
                                   : attest_codebook_code (diff->b.codebook, change->code_b);
  g_autofree char *rule = change->rule_b != G_MAXUINT
                              ? dup_rule_name (diff->b.codebook, change->rule_b)
                              : dup_rule_name (diff->a.codebook, change->rule_a);
  g_autofree char *former = dup_former (diff, change);
  g_autoptr (GPtrArray) details = g_ptr_array_new ();

  for (guint i = 0; i < change->details->len; i++)
    g_ptr_array_add (details, g_ptr_array_index (change->details, i));
  g_ptr_array_add (details, NULL);
  attest_table_add_text (table, attest_change_kind_to_string (change->kind));
  attest_table_add_text (table, code->id);
  attest_table_add_text (table, rule);
  attest_table_add_text (table, former);
  attest_table_add_list (table, (const char *const *)details->pdata);
  attest_table_add_null (table);
  attest_table_add_null (table);
  attest_table_add_null (table);
}

/* --- a project ---------------------------------------------------------------------------- */

/* Whether a segment of the code of this id overlaps @segment. Both lists are by start. */
static gboolean
has_like_it (const Side *side, const AttestCoding *coding, const AttestSegment *segment,
             const char *code_id)
{
  guint low = 0, high = coding->segments->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (attest_coding_segment (coding, middle)->turn < segment->turn)
        low = middle + 1;
      else
        high = middle;
    }
  for (; low < coding->segments->len; low++)
    {
      const AttestSegment *other = attest_coding_segment (coding, low);

      if (other->turn != segment->turn || other->start_byte >= segment->end_byte)
        return FALSE;
      if (other->end_byte > segment->start_byte
          && strcmp (attest_codebook_code (side->codebook, other->code)->id, code_id) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Segments that @side has and @other does not. */
static void
add_segments (const Diff *diff, const char *label, const AttestDocument *doc, const Side *side,
              const AttestCoding *coding, const Side *other, const AttestCoding *other_coding)
{
  AttestTable *table = diff->table;

  for (guint i = 0; i < coding->segments->len; i++)
    {
      const AttestSegment *segment = attest_coding_segment (coding, i);
      const char *id = attest_codebook_code (side->codebook, segment->code)->id;

      if (has_like_it (other, other_coding, segment, id))
        continue;
      g_autofree char *quote
          = g_strndup (doc->text + segment->start_byte, segment->end_byte - segment->start_byte);
      const char *none[] = { NULL };

      attest_table_add_text (table, side == &diff->b ? "gained" : "lost");
      attest_table_add_text (table, id);
      attest_table_add_null (table);
      attest_table_add_null (table);
      attest_table_add_list (table, none);
      attest_table_add_text (table, label);
      attest_table_add_int (table, (gint64)segment->turn + 1);
      attest_table_add_text (table, quote);
    }
}

static gboolean
diff_project (Diff *diff, const char *path, GError **error)
{
  g_autoptr (AttestStore) store = attest_store_open (path, ATTEST_STORE_READ, error);
  g_autoptr (GPtrArray) sources = store != NULL ? attest_store_list_sources (store, error) : NULL;

  if (sources == NULL)
    return FALSE;
  for (guint i = 0; i < sources->len; i++)
    {
      const AttestSourceInfo *info = g_ptr_array_index (sources, i);
      g_autoptr (AttestDocument) doc = attest_store_get_document (store, info->label, error);

      if (doc == NULL)
        return FALSE;
      g_autoptr (AttestCoding) a = attest_coder_code (diff->a.worker, doc);
      g_autoptr (AttestCoding) b = attest_coder_code (diff->b.worker, doc);
      attest_cli_complain_incomplete (diff->inv, info->label, diff->a.codebook, a);
      attest_cli_complain_incomplete (diff->inv, info->label, diff->b.codebook, b);
      add_segments (diff, info->label, doc, &diff->b, b, &diff->a, a);
      add_segments (diff, info->label, doc, &diff->a, a, &diff->b, b);
    }
  return TRUE;
}

/* --- the command -------------------------------------------------------------------------- */

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  g_autoptr (AttestCodebook) a = attest_cli_load_codebook (inv->args[0], error);
  g_autoptr (AttestCodebook) b = a != NULL ? attest_cli_load_codebook (inv->args[1], error) : NULL;
  const char *project = opts->project != NULL ? opts->project : inv->project;
  gboolean ok = TRUE;

  if (b == NULL)
    return FALSE;
  g_autoptr (AttestTable) table = new_table ();
  g_autoptr (GArray) changes = attest_codebook_diff (a, b);
  Diff diff = { .inv = inv, .table = table };
  side_init (&diff.a, a);
  side_init (&diff.b, b);
  for (guint i = 0; i < changes->len; i++)
    add_change (&diff, &g_array_index (changes, AttestChange, i));
  if (project != NULL)
    ok = diff_project (&diff, project, error);
  side_clear (&diff.a);
  side_clear (&diff.b);
  if (!ok)
    return FALSE;
  attest_cli_write_table (inv, table, opts->format);
  return TRUE;
}

static const AttestExampleLine examples[]
    = { { "codebook diff codebook.yaml mine.yaml", "what is new in mine.yaml" },
        { "codebook diff oecd-dac mine.yaml --project kyrgyz.attest --format csv",
          "and which quotes come and go" },
        { NULL } };

const AttestCommand attest_cmd_codebook_diff = {
  .name = "codebook diff",
  .group = "codebook",
  .synopsis = "OLD NEW",
  .summary = "Say what changed between two codebooks",
  .doc
  = "OLD and NEW are files, or ids of shipped codebooks. Codes and rules are compared by what "
    "they do: the order in the file and rules that only have another number are no change. "
    "A code of another id with the same rules is renamed, and so is a rule with another id.\n\n"
    "With --project, the transcripts of the project are coded by both, and each segment that "
    "only one of them has is listed with its quote. Nothing in the project changes.",
  .examples = examples,
  .needs = ATTEST_NEEDS_NOTHING,
  .min_args = 2,
  .max_args = 2,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
