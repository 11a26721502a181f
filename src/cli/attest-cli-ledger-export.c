/* The ledger as YAML: the same project gives the same text, and a small change a small difference.
 */
#include "cli/attest-cli-ledger-text.h"

#include <string.h>

#include "codebook/attest-yaml-writer.h"
#include "report/attest-report-chain.h"
#include "store/attest-store-project.h"
#include "store/attest-store-silence.h"
#include "util/attest-text.h"

/* Of a quote, behind its id. */
#define COMMENT_COLUMNS 100

static const char head[]
    = "# The ledger of an attest project: what is known of the project, what is judged, findings "
      "and\n"
      "# what follows from them, ratings. Change what you like; 'attest import ledger FILE' checks "
      "it\n"
      "# all, says what is wrong with line and column, and applies the difference or nothing.\n"
      "# - A new entry needs no id, or a name of your own that others may refer to.\n"
      "# - An entry is not deleted but withdrawn: 'withdrawn: why'.\n"
      "# - rests_on: supports, contradicts or context, and a quote or an entry; note: your "
      "answer.\n"
      "# - A part that is left out as a whole (findings, ratings …) stays as it is in the "
      "project.\n"
      "# What stands behind # is for people: what a quote says, what a level is called.\n"
      "\n";

typedef struct
{
  AttestYamlWriter *yaml;
  AttestLedger *ledger;
  AttestProject *project;
  GPtrArray *silences, *owner;
  GHashTable *quotes; /* id → AttestQuotePassage */
  gboolean with_quotes;
} Export;

static void
export_clear (Export *export)
{
  g_clear_pointer (&export->yaml, attest_yaml_writer_free);
  g_clear_pointer (&export->ledger, attest_ledger_free);
  g_clear_pointer (&export->project, attest_project_free);
  g_clear_pointer (&export->silences, g_ptr_array_unref);
  g_clear_pointer (&export->quotes, g_hash_table_unref);
  g_clear_pointer (&export->owner, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Export, export_clear)

/* ---- the project ---- */

static void
write_value (AttestYamlWriter *yaml, const AttestProjectValue *value)
{
  const AttestProjectKey *known = attest_project_find_key (value->key);

  if (known == NULL || known->kind != ATTEST_PROJECT_LIST)
    {
      attest_yaml_writer_member (yaml, value->key, value->value);
      return;
    }
  g_auto (GStrv) items = g_strsplit (value->value, "\n", -1);

  attest_yaml_writer_text (yaml, value->key);
  attest_yaml_writer_begin_list (yaml);
  for (char **item = items; *item != NULL; item++)
    attest_yaml_writer_text (yaml, *item);
  attest_yaml_writer_end_list (yaml);
}

static void
write_values (const Export *export, const char *lang)
{
  attest_yaml_writer_begin_map (export->yaml);
  for (guint i = 0; i < export->project->values->len; i++)
    {
      const AttestProjectValue *value = g_ptr_array_index (export->project->values, i);

      if (strcmp (value->lang, lang) == 0)
        write_value (export->yaml, value);
    }
  attest_yaml_writer_end_map (export->yaml);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
write_project (const Export *export)
{
  g_autoptr (GPtrArray) langs = g_ptr_array_new ();

  for (guint i = 0; i < export->project->values->len; i++)
    {
      AttestProjectValue *value = g_ptr_array_index (export->project->values, i);

      if (*value->lang != '\0'
          && !g_ptr_array_find_with_equal_func (langs, value->lang, g_str_equal, NULL))
        g_ptr_array_add (langs, value->lang);
    }
  g_ptr_array_sort (langs, compare_texts);
  attest_yaml_writer_space (export->yaml);
  attest_yaml_writer_text (export->yaml, "project");
  write_values (export, "");
  if (langs->len == 0)
    return;
  attest_yaml_writer_text (export->yaml, "translations");
  attest_yaml_writer_begin_map (export->yaml);
  for (guint i = 0; i < langs->len; i++)
    {
      attest_yaml_writer_text (export->yaml, g_ptr_array_index (langs, i));
      write_values (export, g_ptr_array_index (langs, i));
    }
  attest_yaml_writer_end_map (export->yaml);
}

static void
begin_part (const Export *export, const char *name)
{
  attest_yaml_writer_space (export->yaml);
  attest_yaml_writer_text (export->yaml, name);
  attest_yaml_writer_begin_list (export->yaml);
}

static void
write_criteria (const Export *export)
{
  begin_part (export, "criteria");
  for (guint i = 0; i < export->project->criteria->len; i++)
    {
      const AttestCriterion *criterion = g_ptr_array_index (export->project->criteria, i);

      if (criterion->scope == ATTEST_SCOPE_CODEBOOK)
        continue;
      attest_yaml_writer_begin_map (export->yaml);
      attest_yaml_writer_member (export->yaml, "criterion", criterion->criterion);
      attest_yaml_writer_member (export->yaml, "scope", attest_scope_to_string (criterion->scope));
      if (!criterion->in_codebook)
        attest_yaml_writer_member (export->yaml, "name", criterion->name);
      attest_yaml_writer_member (export->yaml, "because", criterion->because);
      attest_yaml_writer_end_map (export->yaml);
    }
  attest_yaml_writer_end_list (export->yaml);
}

/* ---- entries ---- */

static int
compare_passages (const AttestQuotePassage *a, const AttestQuotePassage *b)
{
  int order = strcmp (a->source, b->source);

  return order != 0                       ? order
         : a->start_byte != b->start_byte ? (a->start_byte < b->start_byte ? -1 : 1)
                                          : strcmp (a->id, b->id);
}

/* By stance, quotes as they stand in their sources, then entries. */
static int
compare_links (gconstpointer a, gconstpointer b, gpointer quotes)
{
  const AttestLedgerLink *x = *(const AttestLedgerLink *const *)a;
  const AttestLedgerLink *y = *(const AttestLedgerLink *const *)b;

  if (x->stance != y->stance)
    return (int)x->stance - (int)y->stance;
  if ((x->entry == NULL) != (y->entry == NULL))
    return x->entry == NULL ? -1 : 1;
  if (x->entry == NULL)
    return compare_passages (g_hash_table_lookup (quotes, x->id),
                             g_hash_table_lookup (quotes, y->id));
  if (x->entry->kind != y->entry->kind)
    return (int)x->entry->kind - (int)y->entry->kind;
  return g_ascii_strtoll (x->id + 1, NULL, 10) < g_ascii_strtoll (y->id + 1, NULL, 10) ? -1 : 1;
}

static void
write_quote_comment (const Export *export, const char *id)
{
  const AttestQuotePassage *passage = g_hash_table_lookup (export->quotes, id);
  g_autofree char *text
      = attest_text_printable (passage->text, strlen (passage->text), COMMENT_COLUMNS);
  g_autofree char *comment
      = passage->problem != NULL
            ? g_strdup_printf ("%s ¶%" G_GINT64_FORMAT ", which %s", passage->source, passage->turn,
                               passage->problem)
            : g_strdup_printf ("“%s” %s ¶%" G_GINT64_FORMAT, text, passage->source, passage->turn);

  attest_yaml_writer_comment (export->yaml, comment);
}

/* What a document says is part of the ledger: no codebook finds it again. */
static void
write_document (const Export *export, const AttestQuotePassage *passage)
{
  if (g_strcmp0 (passage->kind, attest_source_kind_to_string (ATTEST_SOURCE_DOCUMENT)) != 0
      || passage->problem != NULL || passage->segments > 0)
    return;
  attest_yaml_writer_member (export->yaml, "document", passage->source);
  attest_yaml_writer_member (export->yaml, "page", passage->page);
  attest_yaml_writer_member (export->yaml, "quote", passage->text);
}

static void
write_links (const Export *export, const AttestLedgerEntry *entry)
{
  g_autoptr (GPtrArray) links = g_ptr_array_new ();

  for (guint i = 0; i < entry->links->len; i++)
    g_ptr_array_add (links, &g_array_index (entry->links, AttestLedgerLink, i));
  if (links->len == 0)
    return;
  g_ptr_array_sort_with_data (links, compare_links, export->quotes);
  attest_yaml_writer_text (export->yaml, "rests_on");
  attest_yaml_writer_begin_list (export->yaml);
  for (guint i = 0; i < links->len; i++)
    {
      const AttestLedgerLink *link = g_ptr_array_index (links, i);

      attest_yaml_writer_begin_map (export->yaml);
      attest_yaml_writer_member (export->yaml, attest_stance_to_string (link->stance), link->id);
      if (link->entry == NULL && export->with_quotes)
        write_quote_comment (export, link->id);
      attest_yaml_writer_member (export->yaml, "note", link->note);
      if (link->entry == NULL)
        write_document (export, g_hash_table_lookup (export->quotes, link->id));
      attest_yaml_writer_end_map (export->yaml);
    }
  attest_yaml_writer_end_list (export->yaml);
}

static void
write_section (const Export *export, AttestLedgerSection section)
{
  begin_part (export, attest_ledger_section_to_string (section));
  for (guint i = 0; i < export->ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (export->ledger->entries, i);

      if ((guint)entry->kind != (guint)section)
        continue;
      attest_yaml_writer_begin_map (export->yaml);
      attest_yaml_writer_member (export->yaml, "id", entry->id);
      for (guint k = 0; k < ATTEST_N_ENTRY_FIELDS; k++)
        attest_yaml_writer_member (export->yaml, attest_entry_field_to_string ((AttestEntryField)k),
                                   entry->fields[k]);
      write_links (export, entry);
      attest_yaml_writer_end_map (export->yaml);
    }
  attest_yaml_writer_end_list (export->yaml);
}

/* ---- ratings and silences ---- */

static void
write_ratings (const Export *export)
{
  begin_part (export, "ratings");
  for (guint i = 0; i < export->ledger->ratings->len; i++)
    {
      const AttestRating *rating = g_ptr_array_index (export->ledger->ratings, i);

      attest_yaml_writer_begin_map (export->yaml);
      attest_yaml_writer_member (export->yaml, "criterion", rating->criterion);
      attest_yaml_writer_member (export->yaml, "level", rating->level);
      if (rating->label != NULL && g_ascii_strcasecmp (rating->label, rating->level) != 0)
        attest_yaml_writer_comment (export->yaml, rating->label);
      attest_yaml_writer_member (export->yaml, "scale", rating->scale);
      attest_yaml_writer_member (export->yaml, "because", rating->because);
      attest_yaml_writer_end_map (export->yaml);
    }
  attest_yaml_writer_end_list (export->yaml);
}

static void
write_silences (const Export *export)
{
  begin_part (export, "silences");
  for (guint i = 0; i < export->silences->len; i++)
    {
      const AttestSilence *silence = g_ptr_array_index (export->silences, i);

      attest_yaml_writer_begin_map (export->yaml);
      attest_yaml_writer_member (export->yaml, "check", silence->check);
      attest_yaml_writer_member (export->yaml, "of", silence->target);
      attest_yaml_writer_member (export->yaml, "about", silence->about);
      attest_yaml_writer_member (export->yaml, "because", silence->because);
      attest_yaml_writer_end_map (export->yaml);
    }
  attest_yaml_writer_end_list (export->yaml);
}

static gboolean
load (Export *export, AttestStore *store, GError **error)
{
  export->ledger = attest_store_load_ledger (store, error);
  export->project = export->ledger != NULL ? attest_store_load_project (store, error) : NULL;
  export->silences = export->project != NULL ? attest_store_list_silences (store, error) : NULL;
  export->quotes
      = export->silences != NULL
            ? attest_store_load_linked_quotes (store, export->ledger, &export->owner, error)
            : NULL;
  return export->quotes != NULL;
}

char *
attest_cli_ledger_to_text (AttestStore *store, gboolean with_quotes, GError **error)
{
  g_auto (Export) export = { .yaml = attest_yaml_writer_new (), .with_quotes = with_quotes };

  if (!load (&export, store, error))
    return NULL;
  attest_yaml_writer_begin_map (export.yaml);
  attest_yaml_writer_member (export.yaml, "attest", "ledger/1");
  write_project (&export);
  write_criteria (&export);
  for (guint section = 0; section < ATTEST_N_LEDGER_SECTIONS; section++)
    write_section (&export, (AttestLedgerSection)section);
  write_ratings (&export);
  write_silences (&export);
  attest_yaml_writer_end_map (export.yaml);
  return attest_yaml_writer_finish (export.yaml, head);
}
