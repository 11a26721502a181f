#include "report/attest-brief-draft.h"

#include <string.h>

#include "report/attest-brief-draft-private.h"
#include "report/attest-brief-facts.h"
#include "util/attest-locale.h"

/* ---- words ---- */

char *
attest_brief_dup_count (const AttestCatalogue *labels, const char *what, gint64 n)
{
  const char *lang = attest_catalogue_get_lang (labels);
  g_autofree char *name = g_strdup_printf ("count.%s.%s", what, attest_locale_plural (lang, n));
  g_autofree char *number = attest_locale_dup_int (lang, n);

  return attest_catalogue_dup (labels, name, "n", number, NULL);
}

char *
attest_brief_dup_rating (const AttestCatalogue *labels, const AttestBriefNames *names,
                         const char *scale, const char *level, const char *label,
                         gboolean is_ordered)
{
  const AttestBriefLevel *known = attest_brief_names_find_level (names, scale, level);

  if (known != NULL && known->label != NULL)
    label = known->label;
  if (label == NULL)
    label = level;
  return is_ordered && g_ascii_strcasecmp (label, level) != 0
             ? attest_catalogue_dup (labels, "brief-rating.rated", "level", level, "label", label,
                                     NULL)
             : attest_catalogue_dup (labels, "brief-rating.rated-plain", "label", label, NULL);
}

const char *
attest_brief_get_priority (const AttestCatalogue *labels, const char *priority)
{
  g_autofree char *word = g_ascii_strdown (priority, -1);
  g_autofree char *name = g_strconcat ("brief-priority.", word, NULL);
  const char *label = attest_catalogue_find (labels, name);

  return label != NULL ? label : priority;
}

/* ---- pieces ---- */

void
attest_brief_draft_heading (AttestBriefDraft *draft, int level, const char *text, const char *mark)
{
  g_autofree char *escaped = attest_brief_dup_escaped (text);

  for (int i = 0; i < level; i++)
    g_string_append_c (draft->out, '#');
  g_string_append_printf (draft->out, " %s", escaped);
  if (mark != NULL)
    g_string_append_printf (draft->out, " {%s}", mark);
  g_string_append (draft->out, "\n\n");
}

void
attest_brief_draft_gap (AttestBriefDraft *draft, const char *what)
{
  g_string_append_printf (draft->out, "{todo: %s}\n\n", what);
}

static gboolean
ends_with_stop (const char *text, gsize length)
{
  const char *last = length > 0 ? g_utf8_prev_char (text + length) : text;

  return length > 0 && g_utf8_strchr (".!?…»”)", -1, g_utf8_get_char (last)) != NULL;
}

void
attest_brief_draft_sentences (AttestBriefDraft *draft, const char *text, const char *mark)
{
  g_autofree char *line = attest_text_printable (text, strlen (text), 0);
  g_autoptr (GArray) spans = NULL;

  attest_sentence_finder_set_text (draft->finder, line, strlen (line), draft->lang);
  spans = attest_sentence_finder_list (draft->finder);
  for (guint i = 0; i < spans->len; i++)
    {
      const AttestSpan *span = &g_array_index (spans, AttestSpan, i);
      gsize length = span->end_byte - span->start_byte;
      g_autofree char *sentence = g_strndup (line + span->start_byte, length);
      g_autofree char *escaped = attest_brief_dup_escaped (sentence);

      g_string_append_printf (draft->out, "%s%s%s", i > 0 ? " " : "", escaped,
                              ends_with_stop (sentence, length) ? "" : ".");
      if (mark != NULL)
        g_string_append_printf (draft->out, " {%s}", mark);
    }
}

/* ---- findings ---- */

static gboolean
is_on (const AttestLedgerEntry *entry, AttestEntryKind kind, const char *criterion)
{
  return entry->kind == kind && !attest_ledger_entry_is_withdrawn (entry)
         && g_strcmp0 (entry->fields[ATTEST_FIELD_CRITERION], criterion) == 0;
}

/* @criterion: (nullable) on none. Returns how many. */
static guint
write_entries (AttestBriefDraft *draft, AttestEntryKind kind, const char *criterion)
{
  guint n = 0;

  for (guint i = 0; i < draft->ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (draft->ledger->entries, i);

      if (!is_on (entry, kind, criterion))
        continue;
      attest_brief_draft_sentences (draft, entry->fields[ATTEST_FIELD_TEXT], entry->id);
      g_string_append (draft->out, "\n\n");
      n++;
    }
  return n;
}

static void
write_criterion (AttestBriefDraft *draft, const AttestCriterion *criterion)
{
  const char *name = attest_brief_names_get (draft->names, criterion->criterion);
  const AttestRating *rating = attest_ledger_find_rating (draft->ledger, criterion->criterion);
  g_autofree char *mark = NULL, *heading = NULL;

  if (strcmp (name, criterion->criterion) == 0 && criterion->name != NULL)
    name = criterion->name;
  if (rating == NULL)
    {
      heading = g_strdup (name);
      mark
          = g_strconcat ("todo: ", attest_catalogue_get (draft->labels, "brief.todo-rating"), NULL);
    }
  else
    {
      g_autofree char *level
          = attest_brief_dup_rating (draft->labels, draft->names, rating->scale, rating->level,
                                     rating->label, rating->position >= 0);

      heading = g_strdup_printf ("%s (%s)", name, level);
      mark = g_strconcat ("rating:", criterion->criterion, NULL);
    }
  attest_brief_draft_heading (draft, 3, heading, mark);
  if (write_entries (draft, ATTEST_ENTRY_FINDING, criterion->criterion) == 0)
    attest_brief_draft_gap (draft, attest_catalogue_get (draft->labels, "brief.todo-findings"));
  write_entries (draft, ATTEST_ENTRY_CONCLUSION, criterion->criterion);
}

static gboolean
is_judged (const AttestBriefDraft *draft, const char *criterion)
{
  const AttestCriterion *found
      = criterion != NULL ? attest_project_find_criterion (draft->project, criterion) : NULL;

  return found != NULL && attest_criterion_is_judged (found);
}

/* What is on no criterion, or on one that is not judged. */
static void
write_rest (AttestBriefDraft *draft)
{
  static const AttestEntryKind kinds[] = { ATTEST_ENTRY_FINDING, ATTEST_ENTRY_CONCLUSION };
  gboolean has_heading = FALSE;

  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (guint i = 0; i < draft->ledger->entries->len; i++)
      {
        const AttestLedgerEntry *entry = g_ptr_array_index (draft->ledger->entries, i);

        if (entry->kind != kinds[k] || attest_ledger_entry_is_withdrawn (entry)
            || is_judged (draft, entry->fields[ATTEST_FIELD_CRITERION]))
          continue;
        if (!has_heading)
          attest_brief_draft_heading (draft, 3,
                                      attest_catalogue_get (draft->labels, "brief.across"), NULL);
        has_heading = TRUE;
        attest_brief_draft_sentences (draft, entry->fields[ATTEST_FIELD_TEXT], entry->id);
        g_string_append (draft->out, "\n\n");
      }
}

/* ---- what follows from them ---- */

/* The text of a recommendation, and in brackets who is to act, how urgently, until when. */
static char *
dup_recommendation (const AttestBriefDraft *draft, const AttestLedgerEntry *entry)
{
  static const struct
  {
    AttestEntryField field;
    const char *label;
  } fields[] = { { ATTEST_FIELD_ADDRESSEE, "brief-field.addressee" },
                 { ATTEST_FIELD_PRIORITY, "brief-field.priority" },
                 { ATTEST_FIELD_TIME_FRAME, "brief-field.time-frame" },
                 { ATTEST_FIELD_RESOURCES, "brief-field.resources" } };
  g_autofree char *text = g_strdup (entry->fields[ATTEST_FIELD_TEXT]);
  GString *out = g_string_new (NULL);
  guint n = 0;

  g_strchomp (text);
  if (g_str_has_suffix (text, "."))
    text[strlen (text) - 1] = '\0';
  g_string_append (out, text);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *value = entry->fields[fields[i].field];
      g_autofree char *said = NULL;

      if (value == NULL)
        continue;
      if (fields[i].field == ATTEST_FIELD_PRIORITY)
        value = attest_brief_get_priority (draft->labels, value);
      said = attest_catalogue_dup (draft->labels, "brief-text.labelled", "label",
                                   attest_catalogue_get (draft->labels, fields[i].label), "value",
                                   value, NULL);
      g_string_append_printf (out, "%s%s", n++ > 0 ? "; " : " (", said);
    }
  g_string_append (out, n > 0 ? ")." : ".");
  return g_string_free (out, FALSE);
}

static void
write_list (AttestBriefDraft *draft, AttestEntryKind kind, const char *heading)
{
  guint n = 0;

  attest_brief_draft_heading (draft, 2, attest_catalogue_get (draft->labels, heading), NULL);
  for (guint i = 0; i < draft->ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (draft->ledger->entries, i);
      g_autofree char *text = NULL;

      if (entry->kind != kind || attest_ledger_entry_is_withdrawn (entry))
        continue;
      n++;
      if (kind == ATTEST_ENTRY_RECOMMENDATION)
        {
          text = dup_recommendation (draft, entry);
          g_string_append_printf (draft->out, "%u. ", n);
        }
      else
        {
          text = g_strdup (entry->fields[ATTEST_FIELD_TEXT]);
          g_string_append (draft->out, "- ");
        }
      attest_brief_draft_sentences (draft, text, entry->id);
      g_string_append_c (draft->out, '\n');
    }
  if (n > 0)
    g_string_append_c (draft->out, '\n');
  else
    attest_brief_draft_gap (draft, attest_catalogue_get (draft->labels, "brief.todo-entries"));
}

/* ---- all of it ---- */

static void
write_head (AttestBriefDraft *draft)
{
  const char *title = attest_project_get (draft->project, "title", draft->lang);
  const char *own = attest_project_get (draft->project, "evaluation_title", draft->lang);
  const char *date = attest_project_get (draft->project, "brief_date", draft->lang);
  g_autofree char *heading
      = own != NULL ? g_strdup (own)
                    : attest_catalogue_dup (draft->labels, "brief.evaluation-of", "title",
                                            title != NULL ? title : "…", NULL);
  g_autofree char *gap
      = g_strconcat ("todo: ", attest_catalogue_get (draft->labels, "brief-field.title"), NULL);

  g_string_append_printf (draft->out, "---\nattest: brief/1\nlang: %s\n---\n\n", draft->lang);
  attest_brief_draft_heading (draft, 1, heading, own == NULL && title == NULL ? gap : NULL);
  g_string_append_printf (draft->out, "%s, ", attest_catalogue_get (draft->labels, "brief.banner"));
  if (date != NULL)
    {
      g_autofree char *said = attest_locale_dup_date (draft->lang, date);

      g_string_append_printf (draft->out, "%s {boilerplate}\n\n", said);
    }
  else
    attest_brief_draft_gap (draft, attest_catalogue_get (draft->labels, "brief.todo-month"));
  attest_brief_draft_sentences (draft, attest_catalogue_get (draft->labels, "brief.intro"),
                                "boilerplate");
  g_string_append_c (draft->out, ' ');
  attest_brief_draft_sentences (draft, attest_catalogue_get (draft->labels, "brief.intro-more"),
                                "boilerplate");
  g_string_append (draft->out, "\n\n");
}

static gboolean
write_draft (AttestBriefDraft *draft, GError **error)
{
  write_head (draft);
  attest_brief_draft_evaluation (draft);
  attest_brief_draft_project (draft);
  if (!attest_brief_draft_methods (draft, error))
    return FALSE;
  attest_brief_draft_heading (draft, 2, attest_catalogue_get (draft->labels, "brief.findings"),
                              NULL);
  for (guint i = 0; i < draft->project->criteria->len; i++)
    {
      const AttestCriterion *criterion = g_ptr_array_index (draft->project->criteria, i);

      if (attest_criterion_is_judged (criterion))
        write_criterion (draft, criterion);
    }
  write_rest (draft);
  write_list (draft, ATTEST_ENTRY_PRACTICE, "brief.practices");
  write_list (draft, ATTEST_ENTRY_LESSON, "brief.lessons");
  write_list (draft, ATTEST_ENTRY_RECOMMENDATION, "brief.recommendations");
  while (draft->out->len > 1 && g_str_has_suffix (draft->out->str, "\n\n"))
    g_string_truncate (draft->out, draft->out->len - 1);
  return TRUE;
}

char *
attest_brief_draft (AttestStore *store, const AttestCatalogue *labels,
                    const AttestBriefNames *names, GError **error)
{
  g_autoptr (AttestProject) project = attest_store_load_project (store, error);
  g_autoptr (AttestLedger) ledger
      = project != NULL ? attest_store_load_ledger (store, error) : NULL;
  g_autoptr (GHashTable) facts = ledger != NULL ? attest_brief_load_facts (store, error) : NULL;
  AttestBriefDraft draft
      = { store, labels, names, attest_catalogue_get_lang (labels), project, ledger,
          facts, NULL,   NULL };
  gboolean ok;

  if (facts == NULL)
    return NULL;
  draft.finder = attest_sentence_finder_new ();
  draft.out = g_string_new (NULL);
  ok = write_draft (&draft, error);
  attest_sentence_finder_free (draft.finder);
  return g_string_free (draft.out, !ok);
}
