#include "report/attest-brief-notes.h"

#include <string.h>

#include "report/attest-brief-draft.h"
#include "report/attest-brief-passages.h"
#include "report/attest-report-chain.h"
#include "report/attest-report-strength.h"

/* What begins a line is no longer: an indent, and the number of an item. */
#define MAX_INDENT_BYTES 64
/* U+FDD0: no text has it, and no escaping changes it. */
#define EDGE "\xef\xb7\x90"

typedef struct
{
  const AttestBriefRendering *rendering;
  AttestLedger *ledger;
  GHashTable *passages; /* id → AttestQuotePassage */
  AttestStrengthCounter *counter;
  AttestBriefNotes *notes;
} Builder;

/* ---- notes ---- */

static void
clear_quote (gpointer item)
{
  AttestBriefNoteQuote *quote = item;

  g_free (quote->id);
  g_free (quote->stance);
  g_free (quote->text);
  g_free (quote->attribution);
  g_free (quote->answer);
}

static void
free_note (gpointer item)
{
  AttestBriefNote *note = item;

  g_free (note->id);
  g_free (note->title);
  g_free (note->text);
  g_free (note->details);
  g_array_unref (note->quotes);
  g_ptr_array_unref (note->rests_on);
  g_free (note);
}

void
attest_brief_notes_free (AttestBriefNotes *notes)
{
  if (notes == NULL)
    return;
  g_clear_pointer (&notes->groups, g_array_unref);
  g_hash_table_unref (notes->by_id);
  g_ptr_array_unref (notes->notes);
  g_free (notes);
}

/* A new note, or NULL when there is one of this id. */
static AttestBriefNote *
add_note (Builder *builder, const char *id)
{
  AttestBriefNote *note;

  if (g_hash_table_contains (builder->notes->by_id, id))
    return NULL;
  note = g_new0 (AttestBriefNote, 1);
  note->id = g_strdup (id);
  note->quotes = g_array_new (FALSE, FALSE, sizeof (AttestBriefNoteQuote));
  g_array_set_clear_func (note->quotes, clear_quote);
  note->rests_on = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (builder->notes->notes, note);
  note->number = builder->notes->notes->len;
  g_hash_table_insert (builder->notes->by_id, note->id, note);
  return note;
}

static const char *
label (const Builder *builder, const char *name)
{
  return attest_catalogue_get (builder->rendering->labels, name);
}

/* What the team wrote, as it may be printed. */
static char *
dup_text (const Builder *builder, const char *text)
{
  return attest_disclosure_dup_text (builder->rendering->disclosure, text);
}

/* The same, as a sentence that another may follow. */
static char *
dup_sentence (const Builder *builder, const char *text)
{
  g_autofree char *shown = dup_text (builder, text);
  const char *last;

  if (shown == NULL || *g_strchomp (shown) == '\0')
    return g_steal_pointer (&shown);
  last = g_utf8_prev_char (shown + strlen (shown));
  return g_utf8_strchr (".!?…»”", -1, g_utf8_get_char (last)) != NULL
             ? g_steal_pointer (&shown)
             : g_strconcat (shown, ".", NULL);
}

/* ---- quotes ---- */

static char *
dup_attribution (const Builder *builder, const AttestQuotePassage *passage)
{
  AttestDisclosure *disclosure = builder->rendering->disclosure;
  GString *out = g_string_new (NULL);
  const char *name, *line;

  if (!attest_disclosure_is_public (disclosure))
    {
      attest_chain_append_place (passage, out);
      return g_string_free (out, FALSE);
    }
  name = attest_disclosure_get_respondent (disclosure, passage->respondent);
  line = passage->respondent != NULL ? attest_disclosure_get_line (disclosure, passage->respondent)
                                     : NULL;
  if (name == NULL)
    name = attest_disclosure_get_source (disclosure, passage->source);
  if (name != NULL)
    g_string_append (out, name);
  if (line != NULL && *line != '\0')
    g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "", line);
  return g_string_free (out, FALSE);
}

static char *
dup_quote (const Builder *builder, const AttestQuotePassage *passage, gboolean *out_is_verbatim)
{
  AttestDisclosure *disclosure = builder->rendering->disclosure;
  AttestQuoteForm form = ATTEST_QUOTE_VERBATIM;
  g_autofree char *text = NULL;

  *out_is_verbatim = FALSE;
  if (passage->problem != NULL)
    return g_strdup (label (builder, "annex.gone"));
  text = attest_disclosure_dup_quote (disclosure, passage->id, passage->source, passage->respondent,
                                      passage->text, strlen (passage->text), &form);
  if (form == ATTEST_QUOTE_WITHHELD)
    return g_strdup (label (builder, attest_disclosure_get_consent (disclosure, passage->respondent)
                                             == ATTEST_CONSENT_PARAPHRASE
                                         ? "annex.paraphrase"
                                         : "annex.withheld"));
  *out_is_verbatim = form == ATTEST_QUOTE_VERBATIM;
  return g_steal_pointer (&text);
}

/* @stance, @answer: (nullable) */
static void
add_quote (Builder *builder, AttestBriefNote *note, const char *id, const char *stance,
           gboolean is_against, const char *answer)
{
  const AttestQuotePassage *passage = g_hash_table_lookup (builder->passages, id);
  AttestBriefNoteQuote quote = { NULL };

  if (passage == NULL)
    return;
  quote.id = g_strdup (passage->id);
  quote.stance = g_strdup (stance);
  quote.is_against = is_against;
  quote.text = dup_quote (builder, passage, &quote.is_verbatim);
  quote.attribution = dup_attribution (builder, passage);
  quote.answer = dup_text (builder, answer);
  g_array_append_val (note->quotes, quote);
}

/* ---- entries and ratings ---- */

static char *
dup_labelled (const Builder *builder, const char *name, const char *value)
{
  return attest_catalogue_dup (builder->rendering->labels, "brief-text.labelled", "label", name,
                               "value", value, NULL);
}

static void
append_detail (Builder *builder, GString *details, const char *name, const char *value)
{
  g_autofree char *shown = dup_text (builder, value);
  g_autofree char *detail = shown != NULL ? dup_labelled (builder, name, shown) : NULL;

  if (detail != NULL)
    g_string_append_printf (details, "%s%s", details->len > 0 ? "; " : "", detail);
}

/* Only the level: the counts may be small ones. */
static void
append_strength (Builder *builder, GString *details, const AttestStrength *strength)
{
  const char *level = strength->level->level;

  append_detail (builder, details, label (builder, "brief-strength.name"),
                 attest_catalogue_get_word (builder->rendering->labels, "brief-strength", level));
}

static char *
dup_title (const Builder *builder, const AttestLedgerEntry *entry)
{
  const char *kind = attest_catalogue_get_word (builder->rendering->labels, "entry",
                                                attest_entry_kind_to_string (entry->kind));
  const char *criterion = entry->fields[ATTEST_FIELD_CRITERION];

  return criterion == NULL
             ? g_strdup_printf ("%s %s", kind, entry->id)
             : g_strdup_printf ("%s %s, %s", kind, entry->id,
                                attest_brief_names_get (builder->rendering->names, criterion));
}

static void
add_links (Builder *builder, AttestBriefNote *note, const AttestLedgerEntry *entry)
{
  static const char *const stances[] = { [ATTEST_STANCE_SUPPORTS] = "brief-stance.supports",
                                         [ATTEST_STANCE_CONTRADICTS] = "brief-stance.contradicts",
                                         [ATTEST_STANCE_CONTEXT] = "brief-stance.context" };

  /* What supports it first, whatever came first. */
  for (guint stance = 0; stance < ATTEST_N_STANCES; stance++)
    for (guint i = 0; i < entry->links->len; i++)
      {
        const AttestLedgerLink *link = &g_array_index (entry->links, AttestLedgerLink, i);

        if ((guint)link->stance != stance)
          continue;
        if (link->entry == NULL)
          add_quote (builder, note, link->id, label (builder, stances[stance]),
                     link->stance == ATTEST_STANCE_CONTRADICTS, link->note);
        else if (!attest_ledger_entry_is_withdrawn (link->entry))
          g_ptr_array_add (note->rests_on, g_strdup (link->entry->id));
      }
}

static void
add_entry (Builder *builder, const AttestLedgerEntry *entry)
{
  AttestBriefNote *note = add_note (builder, entry->id);
  g_autoptr (GString) details = g_string_new (NULL);

  if (note == NULL)
    return;
  note->title = dup_title (builder, entry);
  note->text = dup_sentence (builder, entry->fields[ATTEST_FIELD_TEXT]);
  if (attest_ledger_entry_is_withdrawn (entry))
    {
      g_autofree char *reason = dup_text (builder, entry->fields[ATTEST_FIELD_WITHDRAWN]);

      note->details = attest_catalogue_dup (builder->rendering->labels, "annex.withdrawn", "reason",
                                            reason, NULL);
      return;
    }
  if (entry->kind == ATTEST_ENTRY_FINDING)
    {
      g_auto (AttestStrength) strength = { .level = NULL };

      attest_strength_of_finding (builder->counter, entry, &strength);
      append_strength (builder, details, &strength);
    }
  append_detail (builder, details, label (builder, "brief-field.addressee"),
                 entry->fields[ATTEST_FIELD_ADDRESSEE]);
  if (entry->fields[ATTEST_FIELD_PRIORITY] != NULL)
    append_detail (builder, details, label (builder, "brief-field.priority"),
                   attest_brief_get_priority (builder->rendering->labels,
                                              entry->fields[ATTEST_FIELD_PRIORITY]));
  append_detail (builder, details, label (builder, "brief-field.time-frame"),
                 entry->fields[ATTEST_FIELD_TIME_FRAME]);
  append_detail (builder, details, label (builder, "brief-field.resources"),
                 entry->fields[ATTEST_FIELD_RESOURCES]);
  note->details = details->len > 0 ? g_strdup (details->str) : NULL;
  add_links (builder, note, entry);
}

static void
add_rating (Builder *builder, const AttestRating *rating)
{
  g_autofree char *id = g_strconcat (ATTEST_RATING_PREFIX, rating->criterion, NULL);
  AttestBriefNote *note = add_note (builder, id);
  g_autofree char *level = NULL;
  g_autoptr (GString) details = g_string_new (NULL);
  g_auto (AttestStrength) strength = { .level = NULL };

  if (note == NULL)
    return;
  level = attest_brief_dup_rating (builder->rendering->labels, builder->rendering->names,
                                   rating->scale, rating->level, rating->label,
                                   rating->position >= 0);
  note->title = g_strdup_printf (
      "%s, %s", attest_brief_names_get (builder->rendering->names, rating->criterion), level);
  note->text = dup_sentence (builder, rating->because);
  attest_strength_of_criterion (builder->counter, rating->criterion, &strength);
  append_strength (builder, details, &strength);
  note->details = g_strdup (details->str);
  for (guint i = 0; i < builder->ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (builder->ledger->entries, i);

      if (attest_ledger_entry_bears (entry, rating->criterion))
        g_ptr_array_add (note->rests_on, g_strdup (entry->id));
    }
}

/* ---- all of them ---- */

static void
add_mark (Builder *builder, const AttestMark *mark)
{
  const AttestLedgerEntry *entry
      = mark->type == ATTEST_MARK_ENTRY ? attest_ledger_find (builder->ledger, mark->id) : NULL;
  const AttestRating *rating = mark->type == ATTEST_MARK_RATING
                                   ? attest_ledger_find_rating (builder->ledger, mark->id)
                                   : NULL;
  AttestBriefNote *note = NULL;

  builder->notes->has_judgement |= mark->type == ATTEST_MARK_JUDGEMENT;
  if (entry != NULL)
    add_entry (builder, entry);
  else if (rating != NULL)
    add_rating (builder, rating);
  else if (mark->type == ATTEST_MARK_QUOTE && g_hash_table_contains (builder->passages, mark->id))
    {
      note = add_note (builder, mark->id);
      if (note == NULL)
        return;
      note->title = g_strdup_printf ("%s %s", label (builder, "entry.quote"), mark->id);
      add_quote (builder, note, mark->id, NULL, FALSE, NULL);
    }
}

static gboolean
load (Builder *builder, GError **error)
{
  const AttestBriefRendering *rendering = builder->rendering;

  builder->ledger = attest_store_load_ledger (rendering->store, error);
  if (builder->ledger == NULL)
    return FALSE;
  builder->passages
      = attest_brief_load_passages (rendering->store, builder->ledger, rendering->brief, error);
  if (builder->passages == NULL)
    return FALSE;
  builder->notes->groups = attest_brief_list_groups (
      rendering->store, attest_disclosure_get_min_group (rendering->disclosure), error);
  if (builder->notes->groups == NULL)
    return FALSE;
  builder->counter
      = attest_strength_counter_new (rendering->store, rendering->rules, builder->ledger, error);
  return builder->counter != NULL;
}

static void
builder_clear (Builder *builder)
{
  g_clear_pointer (&builder->counter, attest_strength_counter_free);
  g_clear_pointer (&builder->passages, g_hash_table_unref);
  g_clear_pointer (&builder->ledger, attest_ledger_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Builder, builder_clear)

AttestBriefNotes *
attest_brief_notes_new (const AttestBriefRendering *rendering, GError **error)
{
  g_autoptr (AttestBriefNotes) notes = g_new0 (AttestBriefNotes, 1);
  g_auto (Builder) builder = { .rendering = rendering, .notes = notes };

  notes->notes = g_ptr_array_new_with_free_func (free_note);
  notes->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  if (!load (&builder, error))
    return NULL;
  for (guint i = 0; i < rendering->brief->marks->len; i++)
    add_mark (&builder, attest_brief_mark (rendering->brief, i));
  /* What they rest on; the list is the queue. */
  for (guint i = 0; i < notes->notes->len; i++)
    {
      const AttestBriefNote *note = g_ptr_array_index (notes->notes, i);

      for (guint k = 0; k < note->rests_on->len; k++)
        add_entry (&builder,
                   attest_ledger_find (builder.ledger, g_ptr_array_index (note->rests_on, k)));
    }
  return g_steal_pointer (&notes);
}

const AttestBriefNote *
attest_brief_notes_find (const AttestBriefNotes *notes, const AttestMark *mark)
{
  g_autofree char *id = attest_mark_dup_id (mark);

  return id != NULL ? g_hash_table_lookup (notes->by_id, id) : NULL;
}

/* ---- marks on their way through Markdown ---- */

/* Nothing is shown of it. */
static gboolean
is_silent_group (const AttestBrief *brief, guint group)
{
  guint next = g_array_index (brief->group_marks, guint, group);
  const AttestMark *mark;

  while ((mark = attest_brief_next_of_group (brief, group, &next)) != NULL)
    if (mark->type != ATTEST_MARK_UNTRACED)
      return FALSE;
  return TRUE;
}

static gboolean
is_gap (const AttestBrief *brief, guint group)
{
  return attest_brief_mark (brief, g_array_index (brief->group_marks, guint, group))->type
         == ATTEST_MARK_GAP;
}

/* Whether the text ends with a space that is no part of what begins its line: "- ", "1. ". */
static gboolean
follows_word (const GString *out)
{
  gsize start = out->len;

  if (out->len == 0 || out->str[out->len - 1] != ' ')
    return FALSE;
  while (start > 0 && out->str[start - 1] != '\n' && out->len - start < MAX_INDENT_BYTES)
    start--;
  return start + strspn (out->str + start, " \t-+*>#|0123456789.)") < out->len;
}

/* Nothing in the text can be taken for a group. */
static void
append_text (GString *out, const char *text, gsize length)
{
  gsize start = out->len;

  g_string_append_len (out, text, (gssize)length);
  for (char *at = strstr (out->str + start, EDGE); at != NULL; at = strstr (at, EDGE))
    memcpy (at, "\xef\xbf\xbd", 3); /* U+FFFD */
}

char *
attest_brief_dup_body (const AttestBrief *brief)
{
  GString *out = g_string_new (NULL);
  gsize at = brief->body_byte;

  for (guint i = 0; i < brief->groups->len; i++)
    {
      const AttestSpan *span = &g_array_index (brief->groups, AttestSpan, i);
      gboolean is_silent = is_silent_group (brief, i);

      append_text (out, brief->text + at, span->start_byte - at);
      /* A number stands right at the word that it belongs to. */
      while (!is_gap (brief, i) && follows_word (out))
        g_string_truncate (out, out->len - 1);
      if (!is_silent)
        g_string_append_printf (out, "{" EDGE "%u" EDGE "}", i);
      at = span->end_byte;
    }
  append_text (out, brief->text + at, brief->end_byte - at);
  return g_string_free (out, FALSE);
}

gboolean
attest_brief_read_group (const AttestBrief *brief, const char **at, guint *out_group)
{
  char *end;
  guint64 group;

  if (!g_str_has_prefix (*at, "{" EDGE))
    return FALSE;
  group = g_ascii_strtoull (*at + strlen ("{" EDGE), &end, 10);
  if (!g_str_has_prefix (end, EDGE "}") || group >= brief->groups->len)
    return FALSE;
  *at = end + strlen (EDGE "}");
  *out_group = (guint)group;
  return TRUE;
}
