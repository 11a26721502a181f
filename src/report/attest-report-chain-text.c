/* A trace for people: a tree, indented, quotes with where they are from. */
#include "report/attest-report-chain.h"

#include <string.h>

#include "util/attest-text.h"

#define BOLD "\033[1m"
#define DIM "\033[2m"
#define PLAIN "\033[0m"
#define INDENT 2
/* A text is not squeezed further, even when the terminal is narrower. */
#define LEAST_COLUMNS 30
/* Deeper, a tree is no longer read; the chain of judgements has three steps or four. */
#define MAX_DEPTH 12

typedef struct
{
  const AttestChain *chain;
  guint columns;
  gboolean color;
  GHashTable *shown;    /* ids */
  GHashTable *passages; /* id → AttestQuotePassage */
  GString *out;
} Writer;

static void
append_lines (Writer *writer, const char *text, guint depth)
{
  guint indent = depth * INDENT;
  guint width = writer->columns == 0
                    ? 0
                    : MAX (writer->columns - MIN (indent, writer->columns), LEAST_COLUMNS);
  g_autofree char *printable = attest_text_printable (text, strlen (text), 0);
  g_autoptr (GArray) lines = attest_text_wrap (printable, strlen (printable), width);

  for (guint i = 0; i < lines->len; i++)
    {
      AttestSpan line = g_array_index (lines, AttestSpan, i);

      g_string_append_printf (writer->out, "%*s%.*s\n", (int)indent, "",
                              (int)(line.end_byte - line.start_byte), printable + line.start_byte);
    }
}

static void
append_dim (Writer *writer, const char *before, const char *text, const char *after)
{
  g_string_append_printf (writer->out, "%s%s%s%s%s", before, writer->color ? DIM : "", text, after,
                          writer->color ? PLAIN : "");
}

/* Down: "Q7F3K2A supports it  01-ministry ¶12 …"; up: "supports F1  finding …". */
static void
append_heading (Writer *writer, const char *stance, const char *id, const char *after, guint depth)
{
  g_autofree char *printable = attest_text_printable (after, strlen (after), 0);

  g_string_append_printf (writer->out, "%*s", (int)(depth * INDENT), "");
  if (stance != NULL && writer->chain->is_up)
    append_dim (writer, "", stance, " ");
  g_string_append_printf (writer->out, "%s%s%s", writer->color ? BOLD : "", id,
                          writer->color ? PLAIN : "");
  if (stance != NULL && !writer->chain->is_up)
    append_dim (writer, " ", stance, strcmp (stance, "context") == 0 ? "" : " it");
  g_string_append_printf (writer->out, "%s%s\n", *printable != '\0' ? "  " : "", printable);
}

static void
append_quote (Writer *writer, const char *stance, const char *id, guint depth)
{
  const AttestQuotePassage *passage = g_hash_table_lookup (writer->passages, id);
  g_autoptr (GString) place = g_string_new (NULL);
  g_autofree char *quoted = NULL;

  attest_chain_append_place (passage, place);
  append_heading (writer, stance, id, place->str, depth);
  quoted = g_strdup_printf ("“%s”", passage->text);
  append_lines (writer, quoted, depth + 1);
  if (passage->problem != NULL)
    {
      g_autofree char *line = g_strdup_printf ("does not stand: the quote %s", passage->problem);

      append_lines (writer, line, depth + 1);
    }
  else if (passage->segments > 0 && passage->rejected == passage->segments)
    append_lines (writer, "rejected in review", depth + 1);
}

/* "finding on relevance, withdrawn: …" */
static char *
describe_entry (const AttestLedgerEntry *entry)
{
  GString *text = g_string_new (attest_entry_kind_to_string (entry->kind));

  if (entry->fields[ATTEST_FIELD_CRITERION] != NULL)
    g_string_append_printf (text, " on %s", entry->fields[ATTEST_FIELD_CRITERION]);
  for (guint i = ATTEST_FIELD_ADDRESSEE; i <= ATTEST_FIELD_RESOURCES; i++)
    if (entry->fields[i] != NULL)
      g_string_append_printf (text, "; %s: %s",
                              i == ATTEST_FIELD_TIME_FRAME
                                  ? "time frame"
                                  : attest_entry_field_to_string ((AttestEntryField)i),
                              entry->fields[i]);
  if (attest_ledger_entry_is_withdrawn (entry))
    g_string_append_printf (text, "; withdrawn: %s", entry->fields[ATTEST_FIELD_WITHDRAWN]);
  return g_string_free (text, FALSE);
}

static char *
describe_rating (const AttestRating *rating)
{
  g_autofree char *level = attest_rating_dup_level (rating);

  return g_strdup_printf ("rated %s on the scale %s, by %s on %.10s", level, rating->scale,
                          rating->by, rating->at);
}

static void append_entry (Writer *writer, const char *stance, const AttestLedgerEntry *entry,
                          guint depth);

static void
append_note (Writer *writer, const AttestLedgerLink *link, guint depth)
{
  g_autofree char *note = NULL;

  if (link->note == NULL)
    return;
  note = g_strdup_printf ("note: %s", link->note);
  append_lines (writer, note, depth);
}

static void
append_links (Writer *writer, const AttestLedgerEntry *entry, guint depth)
{
  if (entry->links->len == 0)
    append_lines (writer, "rests on nothing", depth);
  for (guint i = 0; i < entry->links->len; i++)
    {
      const AttestLedgerLink *link = &g_array_index (entry->links, AttestLedgerLink, i);
      const char *stance = attest_stance_to_string (link->stance);

      if (link->entry != NULL)
        append_entry (writer, stance, link->entry, depth);
      else
        append_quote (writer, stance, link->id, depth);
      append_note (writer, link, depth + 1);
    }
}

static void
append_rating (Writer *writer, const AttestRating *rating, guint depth)
{
  g_autofree char *what = describe_rating (rating);
  guint n = 0;

  append_heading (writer, NULL, rating->criterion, what, depth);
  append_lines (writer, rating->because, depth + 1);
  for (guint i = 0; !writer->chain->is_up && i < writer->chain->ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (writer->chain->ledger->entries, i);

      if (!attest_ledger_entry_bears (entry, rating->criterion))
        continue;
      append_entry (writer, NULL, entry, depth + 1);
      n++;
    }
  if (n == 0 && !writer->chain->is_up)
    append_lines (writer, "no finding on this criterion", depth + 1);
}

static void
append_users (Writer *writer, const AttestLedgerEntry *entry, guint depth)
{
  for (guint i = 0; i < entry->used_by->len; i++)
    append_entry (writer, NULL, g_ptr_array_index (entry->used_by, i), depth);
  for (guint i = 0; i < writer->chain->ledger->ratings->len; i++)
    {
      const AttestRating *rating = g_ptr_array_index (writer->chain->ledger->ratings, i);

      if (attest_ledger_entry_bears (entry, rating->criterion))
        append_rating (writer, rating, depth);
    }
}

static void
append_entry (Writer *writer, const char *stance, const AttestLedgerEntry *entry, guint depth)
{
  g_autofree char *what = NULL;

  if (g_hash_table_contains (writer->shown, entry->id) || depth > MAX_DEPTH)
    {
      append_heading (writer, stance, entry->id, "(see above)", depth);
      return;
    }
  g_hash_table_add (writer->shown, entry->id);
  what = describe_entry (entry);
  append_heading (writer, stance, entry->id, what, depth);
  append_lines (writer, entry->fields[ATTEST_FIELD_TEXT], depth + 1);
  if (writer->chain->is_up)
    append_users (writer, entry, depth + 1);
  else
    append_links (writer, entry, depth + 1);
}

/* What links say of the quote at the root: "F1 supports". */
static void
append_quote_users (Writer *writer, const char *id)
{
  guint n = 0;

  for (guint i = 0; i < writer->chain->ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (writer->chain->ledger->entries, i);

      for (guint k = 0; k < entry->links->len; k++)
        {
          const AttestLedgerLink *link = &g_array_index (entry->links, AttestLedgerLink, k);

          if (link->entry != NULL || strcmp (link->id, id) != 0)
            continue;
          append_entry (writer, attest_stance_to_string (link->stance), entry, 1);
          append_note (writer, link, 2);
          n++;
        }
    }
  if (n == 0)
    append_lines (writer, "nothing rests on it", 1);
}

/* From above, one line of what rests on the root: reviewers look both ways. */
static void
append_up (Writer *writer, const AttestLedgerEntry *entry)
{
  g_autoptr (GString) users = g_string_new (NULL);

  for (guint i = 0; i < entry->used_by->len; i++)
    g_string_append_printf (users, "%s%s", i > 0 ? ", " : "",
                            ((AttestLedgerEntry *)entry->used_by->pdata[i])->id);
  for (guint i = 0; i < writer->chain->ledger->ratings->len; i++)
    {
      const AttestRating *rating = g_ptr_array_index (writer->chain->ledger->ratings, i);

      if (attest_ledger_entry_bears (entry, rating->criterion))
        g_string_append_printf (users, "%sthe rating of %s", users->len > 0 ? ", " : "",
                                rating->criterion);
    }
  if (users->len > 0)
    {
      g_string_prepend (users, "on it rests: ");
      append_lines (writer, users->str, 0);
    }
}

static void
append_sentence (Writer *writer, const AttestChainSentence *sentence)
{
  g_autofree char *what = g_strdup_printf ("sentence, line %u", sentence->line);

  append_heading (writer, NULL, sentence->id, what, 0);
  append_lines (writer, sentence->text, 1);
  if (sentence->references[0] == NULL)
    append_lines (writer, "rests on nothing", 1);
  for (const char *const *id = sentence->references; *id != NULL; id++)
    {
      const char *criterion = g_str_has_prefix (*id, ATTEST_RATING_PREFIX)
                                  ? *id + strlen (ATTEST_RATING_PREFIX)
                                  : NULL;
      const AttestLedgerEntry *entry = attest_ledger_find (writer->chain->ledger, *id);

      if (criterion != NULL)
        append_rating (writer, attest_ledger_find_rating (writer->chain->ledger, criterion), 1);
      else if (entry != NULL)
        append_entry (writer, NULL, entry, 1);
      else if (g_hash_table_contains (writer->passages, *id))
        append_quote (writer, NULL, *id, 1);
      else
        append_lines (writer, *id, 1);
    }
}

void
attest_chain_write_text (const AttestChain *chain, guint columns, gboolean color, GString *out)
{
  g_autoptr (GHashTable) shown = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) passages = g_hash_table_new (g_str_hash, g_str_equal);
  Writer writer = { chain, columns, color, shown, passages, out };
  const AttestChainNode *root = g_ptr_array_index (chain->nodes, 0);

  for (guint i = 0; i < chain->passages->len; i++)
    {
      AttestQuotePassage *passage = g_ptr_array_index (chain->passages, i);

      g_hash_table_insert (passages, passage->id, passage);
    }
  if (root->rating != NULL)
    append_rating (&writer, root->rating, 0);
  else if (root->sentence != NULL)
    append_sentence (&writer, root->sentence);
  else if (root->entry != NULL)
    {
      append_entry (&writer, NULL, root->entry, 0);
      append_up (&writer, root->entry);
    }
  else
    {
      append_quote (&writer, NULL, root->id, 0);
      append_quote_users (&writer, root->id);
    }
}
