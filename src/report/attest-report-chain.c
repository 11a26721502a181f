/* Walking the chain, and the chain as JSON. */
#include "report/attest-report-chain.h"

#include <string.h>

#include "report/attest-disclosure-ledger.h"
#include "report/attest-table.h"
#include "util/attest-error.h"

/* ---- nodes ---- */

static void
free_node (gpointer item)
{
  g_free (((AttestChainNode *)item)->id);
  g_free (item);
}

static void
add_node (AttestChain *chain, AttestNodeType type, const char *id, gconstpointer what)
{
  AttestChainNode *node;

  if (g_hash_table_contains (chain->ids, id))
    return;
  node = g_new0 (AttestChainNode, 1);
  node->type = type;
  node->id = g_strdup (id);
  node->rating = type == ATTEST_NODE_RATING ? what : NULL;
  node->entry = type == ATTEST_NODE_ENTRY ? what : NULL;
  node->sentence = type == ATTEST_NODE_SENTENCE ? what : NULL;
  g_ptr_array_add (chain->nodes, node);
  g_hash_table_add (chain->ids, g_strdup (id));
}

static void
add_entry (AttestChain *chain, const AttestLedgerEntry *entry)
{
  add_node (chain, ATTEST_NODE_ENTRY, entry->id, entry);
}

static void
add_rating (AttestChain *chain, const AttestRating *rating)
{
  g_autofree char *id = g_strconcat (ATTEST_RATING_PREFIX, rating->criterion, NULL);

  add_node (chain, ATTEST_NODE_RATING, id, rating);
}

/* ---- which findings a rating rests on ---- */

static gboolean
bears (const AttestLedgerEntry *entry, const AttestRating *rating)
{
  return attest_ledger_entry_bears (entry, rating->criterion);
}

static const AttestRating *
find_rating_on (const AttestChain *chain, const AttestLedgerEntry *entry)
{
  for (guint i = 0; i < chain->ledger->ratings->len; i++)
    if (bears (entry, g_ptr_array_index (chain->ledger->ratings, i)))
      return g_ptr_array_index (chain->ledger->ratings, i);
  return NULL;
}

/* ---- walking; the list of nodes is the queue ---- */

static void
add_bases (AttestChain *chain, const AttestChainNode *node)
{
  for (guint i = 0; node->rating != NULL && i < chain->ledger->entries->len; i++)
    if (bears (g_ptr_array_index (chain->ledger->entries, i), node->rating))
      add_entry (chain, g_ptr_array_index (chain->ledger->entries, i));
  for (guint i = 0; node->entry != NULL && i < node->entry->links->len; i++)
    {
      const AttestLedgerLink *link = &g_array_index (node->entry->links, AttestLedgerLink, i);

      if (link->entry != NULL)
        add_entry (chain, link->entry);
      else
        add_node (chain, ATTEST_NODE_QUOTE, link->id, NULL);
    }
}

static gboolean
rests_on_quote (const AttestLedgerEntry *entry, const char *id)
{
  for (guint i = 0; i < entry->links->len; i++)
    {
      const AttestLedgerLink *link = &g_array_index (entry->links, AttestLedgerLink, i);

      if (link->entry == NULL && strcmp (link->id, id) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
add_users (AttestChain *chain, const AttestChainNode *node)
{
  const AttestRating *rating;

  for (guint i = 0; node->type == ATTEST_NODE_QUOTE && i < chain->ledger->entries->len; i++)
    if (rests_on_quote (g_ptr_array_index (chain->ledger->entries, i), node->id))
      add_entry (chain, g_ptr_array_index (chain->ledger->entries, i));
  if (node->entry == NULL)
    return;
  for (guint i = 0; i < node->entry->used_by->len; i++)
    add_entry (chain, g_ptr_array_index (node->entry->used_by, i));
  rating = find_rating_on (chain, node->entry);
  if (rating != NULL)
    add_rating (chain, rating);
}

static gboolean
add_named (AttestChain *chain, const char *id, GError **error)
{
  const AttestLedgerEntry *entry = attest_ledger_find (chain->ledger, id);
  gboolean is_rating = g_str_has_prefix (id, ATTEST_RATING_PREFIX);
  const AttestRating *rating = attest_ledger_find_rating (
      chain->ledger, is_rating ? id + strlen (ATTEST_RATING_PREFIX) : id);

  if (entry != NULL && !is_rating)
    add_entry (chain, entry);
  else if (rating != NULL)
    add_rating (chain, rating);
  else if (!is_rating && g_ascii_toupper (*id) == 'Q')
    add_node (chain, ATTEST_NODE_QUOTE, id, NULL);
  else
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "'%s' is neither in the ledger, like F1, nor a quote, like Q7F3K2A, nor a "
                         "criterion that was rated",
                         id);
  return TRUE;
}

/* What the quotes say, once it is known which are needed. The root may have been typed otherwise.
 */
static gboolean
load_passages (AttestChain *chain, AttestStore *store, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  guint next = 0;

  for (guint i = 0; i < chain->nodes->len; i++)
    {
      const AttestChainNode *node = g_ptr_array_index (chain->nodes, i);

      if (node->type == ATTEST_NODE_QUOTE)
        g_ptr_array_add (ids, node->id);
    }
  chain->passages = attest_store_load_quotes (store, ids, error);
  if (chain->passages == NULL)
    return FALSE;
  for (guint i = 0; i < chain->nodes->len; i++)
    {
      AttestChainNode *node = g_ptr_array_index (chain->nodes, i);

      if (node->type != ATTEST_NODE_QUOTE)
        continue;
      node->passage = g_ptr_array_index (chain->passages, next++);
      g_free (node->id);
      node->id = g_strdup (node->passage->id);
    }
  return TRUE;
}

static AttestChain *
make_empty (AttestStore *store, GError **error)
{
  g_autoptr (AttestChain) chain = g_new0 (AttestChain, 1);

  chain->nodes = g_ptr_array_new_with_free_func (free_node);
  chain->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  chain->ledger = attest_store_load_ledger (store, error);
  return chain->ledger != NULL ? g_steal_pointer (&chain) : NULL;
}

/* A judgement, fixed wording and a number lead nowhere. */
static gboolean
is_leaf (const char *reference)
{
  return strcmp (reference, "judgement") == 0 || strcmp (reference, "boilerplate") == 0
         || g_str_has_prefix (reference, "count:");
}

AttestChain *
attest_chain_new_from_sentence (AttestStore *store, const AttestChainSentence *sentence,
                                GError **error)
{
  g_autoptr (AttestChain) chain = make_empty (store, error);

  if (chain == NULL)
    return NULL;
  add_node (chain, ATTEST_NODE_SENTENCE, sentence->id, sentence);
  for (const char *const *id = sentence->references; *id != NULL; id++)
    if (!is_leaf (*id) && !add_named (chain, *id, error))
      return NULL;
  for (guint i = 0; i < chain->nodes->len; i++)
    add_bases (chain, g_ptr_array_index (chain->nodes, i));
  return load_passages (chain, store, error) ? g_steal_pointer (&chain) : NULL;
}

AttestChain *
attest_chain_new (AttestStore *store, const char *id, GError **error)
{
  g_autoptr (AttestChain) chain = make_empty (store, error);

  if (chain == NULL || !add_named (chain, id, error))
    return NULL;
  chain->is_up
      = ((AttestChainNode *)g_ptr_array_index (chain->nodes, 0))->type == ATTEST_NODE_QUOTE;
  /* A quote is known by its id, in capitals, only when it was looked up. */
  if (chain->is_up && !load_passages (chain, store, error))
    return NULL;
  for (guint i = 0; i < chain->nodes->len; i++)
    if (chain->is_up)
      add_users (chain, g_ptr_array_index (chain->nodes, i));
    else
      add_bases (chain, g_ptr_array_index (chain->nodes, i));
  return chain->is_up || load_passages (chain, store, error) ? g_steal_pointer (&chain) : NULL;
}

void
attest_chain_disclose (AttestChain *chain, AttestDisclosure *disclosure)
{
  attest_disclosure_hide_ledger (disclosure, chain->ledger);
  for (guint i = 0; i < chain->passages->len; i++)
    attest_disclosure_hide_passage (disclosure, g_ptr_array_index (chain->passages, i));
}

void
attest_chain_free (AttestChain *chain)
{
  if (chain == NULL)
    return;
  g_clear_pointer (&chain->nodes, g_ptr_array_unref);
  g_clear_pointer (&chain->passages, g_ptr_array_unref);
  g_clear_pointer (&chain->ids, g_hash_table_unref);
  attest_ledger_free (chain->ledger);
  g_free (chain);
}

/* ---- what both forms say ---- */

char *
attest_rating_dup_level (const AttestRating *rating)
{
  return rating->label == NULL || g_ascii_strcasecmp (rating->label, rating->level) == 0
             ? g_strdup (rating->level)
         : rating->position < 0 ? g_strdup (rating->label)
                                : g_strdup_printf ("%s %s", rating->level, rating->label);
}

void
attest_chain_append_place (const AttestQuotePassage *passage, GString *out)
{
  g_string_append (out, passage->source);
  if (passage->turn >= 0)
    g_string_append_printf (out, " ¶%" G_GINT64_FORMAT, passage->turn);
  if (passage->page != NULL)
    g_string_append_printf (out, ", p. %s", passage->page);
  if (passage->start_ms >= 0)
    {
      g_autofree char *time = attest_table_dup_time (passage->start_ms);

      g_string_append_printf (out, " [%s]", time);
    }
  if (passage->speaker != NULL)
    g_string_append_printf (out, ", %s", passage->speaker);
  if (passage->group != NULL)
    g_string_append_printf (out, " (%s)", passage->group);
}

/* ---- JSON ---- */

void
attest_rating_write_json (const AttestRating *rating, AttestJson *json)
{
  if (rating == NULL)
    {
      attest_json_null (json);
      return;
    }
  attest_json_begin_object (json);
  attest_json_member_string (json, "level", rating->level);
  attest_json_member_string (json, "label", rating->label);
  attest_json_member_string (json, "scale", rating->scale);
  attest_json_member_string (json, "by", rating->by);
  attest_json_member_string (json, "at", rating->at);
  attest_json_member_string (json, "because", rating->because);
  attest_json_end_object (json);
}

static void
write_position (AttestJson *json, const char *key, gint64 value)
{
  if (value < 0)
    attest_json_member_null (json, key);
  else
    attest_json_member_int (json, key, value);
}

static void
write_quote (const AttestQuotePassage *passage, AttestJson *json)
{
  attest_json_begin_object (json);
  attest_json_member_string (json, "source", passage->source);
  write_position (json, "turn", passage->turn);
  attest_json_member_string (json, "speaker", passage->speaker);
  attest_json_member_string (json, "role", passage->role);
  attest_json_member_string (json, "respondent", passage->respondent);
  attest_json_member_string (json, "group", passage->group);
  write_position (json, "start", passage->start);
  write_position (json, "end", passage->end);
  write_position (json, "start_byte", passage->start_byte);
  write_position (json, "end_byte", passage->end_byte);
  attest_json_member_time (json, "start_ms", passage->start_ms);
  attest_json_member_string (json, "text", passage->text);
  attest_json_member_bool (json, "stands", passage->problem == NULL);
  attest_json_member_string (json, "problem", passage->problem);
  attest_json_member_string (json, "page", passage->page);
  attest_json_end_object (json);
}

static void
write_bases (const AttestChain *chain, const AttestChainNode *node, AttestJson *json)
{
  attest_json_key (json, "rests_on");
  attest_json_begin_array (json);
  for (guint i = 0; node->rating != NULL && i < chain->ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (chain->ledger->entries, i);

      if (bears (entry, node->rating))
        attest_json_string (json, entry->id);
    }
  for (guint i = 0; node->entry != NULL && i < node->entry->links->len; i++)
    attest_json_string (json, g_array_index (node->entry->links, AttestLedgerLink, i).id);
  for (guint i = 0; node->sentence != NULL && node->sentence->references[i] != NULL; i++)
    attest_json_string (json, node->sentence->references[i]);
  attest_json_end_array (json);
}

static void
write_users (const AttestChain *chain, const AttestChainNode *node, AttestJson *json)
{
  const AttestRating *rating = node->entry != NULL ? find_rating_on (chain, node->entry) : NULL;

  attest_json_key (json, "used_by");
  attest_json_begin_array (json);
  for (guint i = 0; node->entry != NULL && i < node->entry->used_by->len; i++)
    attest_json_string (json, ((AttestLedgerEntry *)node->entry->used_by->pdata[i])->id);
  for (guint i = 0; node->type == ATTEST_NODE_QUOTE && i < chain->ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (chain->ledger->entries, i);

      if (rests_on_quote (entry, node->id))
        attest_json_string (json, entry->id);
    }
  if (rating != NULL)
    {
      g_autofree char *id = g_strconcat (ATTEST_RATING_PREFIX, rating->criterion, NULL);

      attest_json_string (json, id);
    }
  attest_json_end_array (json);
}

void
attest_chain_write_links (const AttestLedgerEntry *entry, AttestJson *json)
{
  attest_json_key (json, "links");
  attest_json_begin_array (json);
  for (guint i = 0; i < entry->links->len; i++)
    {
      const AttestLedgerLink *link = &g_array_index (entry->links, AttestLedgerLink, i);

      attest_json_begin_object (json);
      attest_json_member_string (json, "id", link->id);
      attest_json_member_string (json, "stance", attest_stance_to_string (link->stance));
      attest_json_member_string (json, "note", link->note);
      attest_json_member_string (json, "by", link->by);
      attest_json_member_string (json, "at", link->at);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
}

/* type, id and text of a node; the object stays open. */
static void
begin_node (const AttestChainNode *node, AttestJson *json)
{
  static const char *const types[] = { "rating", "", "quote", "sentence" };

  attest_json_begin_object (json);
  attest_json_member_string (json, "type",
                             node->entry != NULL ? attest_entry_kind_to_string (node->entry->kind)
                                                 : types[node->type]);
  attest_json_member_string (json, "id", node->id);
  attest_json_member_string (json, "text",
                             node->rating != NULL     ? node->rating->because
                             : node->sentence != NULL ? node->sentence->text
                             : node->entry != NULL    ? node->entry->fields[ATTEST_FIELD_TEXT]
                                                      : node->passage->text);
}

static void
write_node (const AttestChain *chain, const AttestChainNode *node, AttestJson *json)
{
  begin_node (node, json);
  write_bases (chain, node, json);
  write_users (chain, node, json);
  if (node->entry != NULL)
    {
      for (guint i = ATTEST_FIELD_TEXT + 1; i < ATTEST_N_ENTRY_FIELDS; i++)
        attest_json_member_string (json, attest_entry_field_to_string ((AttestEntryField)i),
                                   node->entry->fields[i]);
      attest_json_member_string (json, "by", node->entry->by);
      attest_json_member_string (json, "at", node->entry->at);
      attest_chain_write_links (node->entry, json);
    }
  if (node->sentence != NULL)
    attest_json_member_int (json, "line", node->sentence->line);
  if (node->rating != NULL)
    {
      attest_json_member_string (json, "criterion", node->rating->criterion);
      attest_json_key (json, "rating");
      attest_rating_write_json (node->rating, json);
    }
  if (node->passage != NULL)
    {
      attest_json_key (json, "quote");
      write_quote (node->passage, json);
    }
  attest_json_end_object (json);
}

void
attest_chain_write_json (const AttestChain *chain, AttestJson *json)
{
  attest_json_begin_object (json);
  attest_json_member_int (json, "format", 1);
  attest_json_key (json, "root");
  begin_node (g_ptr_array_index (chain->nodes, 0), json);
  attest_json_end_object (json);
  attest_json_key (json, "chain");
  attest_json_begin_array (json);
  for (guint i = 0; i < chain->nodes->len; i++)
    write_node (chain, g_ptr_array_index (chain->nodes, i), json);
  attest_json_end_array (json);
  attest_json_end_object (json);
}
