/* attest-cli-codebook-project: see the header.
 *
 * Segments come in the order of their places, so those that overlap a new one are among the few
 * that have not ended yet.
 */
#include "cli/attest-cli-codebook-project.h"

#include <string.h>

#include "util/attest-error.h"

/* With fewer segments of a code, chance puts them together. */
#define MIN_SEGMENTS 5

/* A segment that later ones may overlap. */
typedef struct
{
  guint code;
  gint64 end_byte;
  GArray *others; /* of guint: codes of segments that it overlaps */
} Open;

typedef struct
{
  const AttestCodebook *codebook;
  GHashTable *fired; /* set of names of patterns */
  guint *segments;   /* by code */
  GHashTable *pairs; /* code × number of codes + other code → segments of the one that overlap one
                        of the other, in a gsize */
  GArray *open;      /* of Open: in the source at hand */
  char *source;
} Findings;

static void
clear_open (gpointer data)
{
  g_array_unref (((Open *)data)->others);
}

static gpointer
pair_key (const Findings *findings, guint code, guint other)
{
  return GSIZE_TO_POINTER ((gsize)code * findings->codebook->codes->len + other + 1);
}

static gsize
count_pair (const Findings *findings, guint code, guint other)
{
  return GPOINTER_TO_SIZE (g_hash_table_lookup (findings->pairs, pair_key (findings, code, other)));
}

/* Counts a segment that nothing overlaps any more. */
static void
close_segment (Findings *findings, guint i)
{
  const Open *open = &g_array_index (findings->open, Open, i);

  for (guint k = 0; k < open->others->len; k++)
    {
      guint other = g_array_index (open->others, guint, k);

      g_hash_table_insert (findings->pairs, pair_key (findings, open->code, other),
                           GSIZE_TO_POINTER (count_pair (findings, open->code, other) + 1));
    }
  g_array_remove_index_fast (findings->open, i);
}

/* Those that end before @byte. */
static void
close_before (Findings *findings, gint64 byte)
{
  for (guint i = findings->open->len; i > 0; i--)
    if (g_array_index (findings->open, Open, i - 1).end_byte <= byte)
      close_segment (findings, i - 1);
}

static void
add_other (Open *open, guint code)
{
  for (guint i = 0; i < open->others->len; i++)
    if (g_array_index (open->others, guint, i) == code)
      return;
  g_array_append_val (open->others, code);
}

static void
open_segment (Findings *findings, guint code, gint64 end_byte)
{
  Open segment = { code, end_byte, g_array_new (FALSE, FALSE, sizeof (guint)) };

  for (guint i = 0; i < findings->open->len; i++)
    {
      Open *other = &g_array_index (findings->open, Open, i);

      if (other->code == code)
        continue;
      add_other (other, code);
      add_other (&segment, other->code);
    }
  g_array_append_val (findings->open, segment);
}

static gboolean
take_segment (const AttestStoreSegment *segment, gpointer data, GError **error)
{
  Findings *findings = data;
  int code = attest_codebook_find_code (findings->codebook, segment->code);

  for (guint i = 0; i < segment->n_hits && segment->hits != NULL; i++)
    if (!g_hash_table_contains (findings->fired, segment->hits[i].rule))
      g_hash_table_add (findings->fired, g_strdup (segment->hits[i].rule));
  if (code < 0)
    return TRUE;
  if (g_strcmp0 (findings->source, segment->source) != 0)
    {
      close_before (findings, G_MAXINT64);
      g_free (findings->source);
      findings->source = g_strdup (segment->source);
    }
  close_before (findings, segment->start_byte);
  open_segment (findings, (guint)code, segment->end_byte);
  findings->segments[code]++;
  return TRUE;
}

/* --- what they say ------------------------------------------------------------------------ */

static void
warn (const Findings *findings, guint code, guint rule, guint line, guint column, const char *check,
      char *message, GArray *problems)
{
  AttestProblem problem
      = { .severity = ATTEST_SEVERITY_WARNING, .line = line, .column = column, .check = check };

  problem.code = g_strdup (attest_codebook_code (findings->codebook, code)->id);
  if (rule != ATTEST_NO_RULE)
    problem.rule = attest_codebook_dup_rule_name (findings->codebook, rule);
  problem.message = message;
  g_array_append_val (problems, problem);
}

/* The languages of the turns that are coded, interned; unknown is NULL. */
static GHashTable *
list_langs (AttestStore *store, GError **error)
{
  g_autoptr (GHashTable) langs = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) sources = attest_store_list_sources (store, error);

  for (guint i = 0; sources != NULL && i < sources->len; i++)
    {
      const AttestSourceInfo *info = g_ptr_array_index (sources, i);
      g_autoptr (AttestDocument) doc = attest_store_get_document (store, info->label, error);

      if (doc == NULL)
        return NULL;
      for (guint k = 0; k < doc->turns->len; k++)
        if (attest_document_turn_role (doc, k) != ATTEST_ROLE_INTERVIEWER)
          g_hash_table_add (langs, (gpointer)attest_document_turn (doc, k)->lang);
    }
  return sources != NULL ? g_steal_pointer (&langs) : NULL;
}

static gboolean
is_spoken (const AttestRule *rule, GHashTable *langs)
{
  if (rule->langs == NULL || g_hash_table_contains (langs, NULL))
    return TRUE;
  for (guint i = 0; rule->langs[i] != NULL; i++)
    if (g_hash_table_contains (langs, rule->langs[i]))
      return TRUE;
  return FALSE;
}

static gboolean
has_fired (const Findings *findings, guint rule)
{
  for (guint i = 0; i < findings->codebook->patterns->len; i++)
    {
      const AttestCodebookPattern *pattern = attest_codebook_pattern (findings->codebook, i);

      if (pattern->rule == rule && g_hash_table_contains (findings->fired, pattern->name))
        return TRUE;
    }
  return FALSE;
}

static void
warn_never_fired (const Findings *findings, GHashTable *langs, GArray *problems)
{
  for (guint i = 0; i < findings->codebook->rules->len; i++)
    {
      const AttestRule *rule = attest_codebook_rule (findings->codebook, i);

      if (!is_spoken (rule, langs) || has_fired (findings, i))
        continue;
      g_autofree char *name = attest_codebook_dup_rule_name (findings->codebook, i);
      warn (findings, rule->code, i, rule->line, rule->column, "never-fired",
            g_strdup_printf ("rule %s/%s hits nothing in the project",
                             attest_codebook_code (findings->codebook, rule->code)->id, name),
            problems);
    }
}

static gboolean
requires (const AttestCode *code, guint other)
{
  for (guint i = 0; code->requires != NULL && i < code->requires->len; i++)
    if (g_array_index (code->requires, guint, i) == other)
      return TRUE;
  return FALSE;
}

/* Whether every segment of @code overlaps one of @other, and not because it must. */
static gboolean
is_always_with (const Findings *findings, guint code, guint other)
{
  return code != other && findings->segments[code] >= MIN_SEGMENTS
         && count_pair (findings, code, other) == findings->segments[code]
         && !requires (attest_codebook_code (findings->codebook, code), other);
}

static void
warn_together (const Findings *findings, GArray *problems)
{
  guint n = findings->codebook->codes->len;
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, findings->pairs);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      guint a = (guint)((GPOINTER_TO_SIZE (key) - 1) / n);
      guint b = (guint)((GPOINTER_TO_SIZE (key) - 1) % n);
      const AttestCode *code = attest_codebook_code (findings->codebook, a);
      const char *other = attest_codebook_code (findings->codebook, b)->id;
      gboolean both_ways = is_always_with (findings, b, a);

      if (!is_always_with (findings, a, b) || (both_ways && b < a))
        continue;
      warn (findings, a, ATTEST_NO_RULE, code->line, code->column, "always-together",
            both_ways
                ? g_strdup_printf (
                    "'%s' and '%s' always stand together in the project (%u and %u segments): do "
                    "they mean the same?",
                    code->id, other, findings->segments[a], findings->segments[b])
                : g_strdup_printf (
                    "each of the %u segments of '%s' in the project overlaps one of '%s': does it "
                    "say more?",
                    findings->segments[a], code->id, other),
            problems);
    }
}

static int
compare_problems (gconstpointer a, gconstpointer b)
{
  const AttestProblem *x = a, *y = b;

  if (x->line != y->line)
    return x->line < y->line ? -1 : 1;
  if (x->column != y->column)
    return x->column < y->column ? -1 : 1;
  return strcmp (x->message, y->message);
}

gboolean
attest_cli_check_in_project (const AttestCodebook *codebook, AttestStore *store, GArray *problems,
                             gboolean *out_is_older, GError **error)
{
  g_autoptr (AttestCodebookInfo) info = attest_store_find_codebook (store, codebook->id, error);
  g_autoptr (GHashTable) langs = info != NULL ? list_langs (store, error) : NULL;
  g_autoptr (GHashTable) fired = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) pairs = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (Open));
  g_autofree guint *segments = g_new0 (guint, codebook->codes->len + 1);
  Findings findings = { codebook, fired, segments, pairs, open, NULL };
  AttestSegmentFilter filter = { .codebook = codebook->id, .with_hits = TRUE };

  g_array_set_clear_func (open, clear_open);
  if (langs == NULL
      || !attest_store_foreach_segment (store, &filter, take_segment, &findings, error))
    return FALSE;
  close_before (&findings, G_MAXINT64);
  g_free (findings.source);
  *out_is_older = strcmp (info->sha256, codebook->sha256) != 0;

  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (AttestProblem));
  warn_never_fired (&findings, langs, found);
  warn_together (&findings, found);
  g_array_sort (found, compare_problems);
  g_array_append_vals (problems, found->data, found->len);
  return TRUE;
}
