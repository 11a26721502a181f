/* A brief as Markdown with footnotes. */
#include <cmark-gfm.h>
#include <string.h>

#include "report/attest-brief-notes.h"
#include "report/attest-brief-private.h"

/* What is HTML in the text is text. */
static void
disarm (cmark_node *root)
{
  cmark_iter *iter = cmark_iter_new (root);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  for (cmark_event_type event = cmark_iter_next (iter); event != CMARK_EVENT_DONE;
       event = cmark_iter_next (iter))
    {
      cmark_node *node = cmark_iter_get_node (iter);
      cmark_node_type type = cmark_node_get_type (node);

      if (event == CMARK_EVENT_ENTER
          && (type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE))
        g_ptr_array_add (found, node);
    }
  cmark_iter_free (iter);
  for (guint i = 0; i < found->len; i++)
    {
      cmark_node *node = g_ptr_array_index (found, i);
      gboolean is_block = cmark_node_get_type (node) == CMARK_NODE_HTML_BLOCK;
      cmark_node *text = cmark_node_new (is_block ? CMARK_NODE_CODE_BLOCK : CMARK_NODE_TEXT);

      cmark_node_set_literal (text, cmark_node_get_literal (node));
      cmark_node_replace (node, text);
      cmark_node_free (node);
    }
}

static void
append_marks (const AttestBriefRendering *rendering, guint group, GString *out)
{
  const AttestBrief *brief = rendering->brief;
  guint next = g_array_index (brief->group_marks, guint, group);
  const AttestMark *mark;

  while ((mark = attest_brief_next_of_group (brief, group, &next)) != NULL)
    {
      g_autofree char *id = attest_mark_dup_id (mark);

      if (id != NULL)
        g_string_append_printf (out, "[^%s]", id);
      else if (mark->type == ATTEST_MARK_GAP)
        g_string_append_printf (out, "{todo: %s}", mark->id);
      else if (mark->type == ATTEST_MARK_SILENCE && rendering->disclosure == NULL)
        g_string_append_printf (out, " {silence %s}", mark->id);
      else if (mark->type == ATTEST_MARK_UNKNOWN)
        g_string_append_printf (out, "{%s}", mark->id);
    }
}

static void
append_body (const AttestBriefRendering *rendering, const char *markdown, GString *out)
{
  for (const char *at = markdown; *at != '\0';)
    {
      guint group;

      if (attest_brief_read_group (rendering->brief, &at, &group))
        append_marks (rendering, group, out);
      else
        {
          /* The writer of Markdown knows nothing of marks. */
          if (*at == '{')
            g_string_append_c (out, '\\');
          g_string_append_c (out, *at++);
        }
    }
}

/* ---- footnotes ---- */

static void
append_escaped (GString *out, const char *before, const char *text, const char *after)
{
  g_autofree char *escaped = text != NULL && *text != '\0' ? attest_brief_dup_escaped (text) : NULL;

  if (escaped != NULL)
    g_string_append_printf (out, "%s%s%s", before, escaped, after);
}

static void
append_quote (const AttestBriefRendering *rendering, const AttestBriefNoteQuote *quote,
              GString *out)
{
  const AttestCatalogue *labels = rendering->labels;

  g_string_append_c (out, ' ');
  append_escaped (out, "", quote->stance, ": ");
  if (quote->is_verbatim)
    {
      append_escaped (out, attest_catalogue_get (labels, "brief-text.open-quote"), quote->text,
                      attest_catalogue_get (labels, "brief-text.close-quote"));
    }
  else
    append_escaped (out, "", quote->text, "");
  append_escaped (out, " (", quote->attribution, ", ");
  g_string_append_printf (out, "%s%s)", quote->attribution[0] == '\0' ? " (" : "", quote->id);
  if (quote->answer != NULL)
    {
      append_escaped (out, "; ", attest_catalogue_get (labels, "brief-stance.answer"), ": ");
      append_escaped (out, "", quote->answer, "");
    }
  g_string_append_c (out, '.');
}

static void
append_note (const AttestBriefRendering *rendering, const AttestBriefNote *note, const char *id,
             GString *out)
{
  g_string_append_printf (out, "\n[^%s]: ", id);
  append_escaped (out, "", note->title, note->text != NULL ? ": " : "");
  append_escaped (out, "", note->text, "");
  append_escaped (out, " ", note->details, ".");
  for (guint i = 0; i < note->quotes->len; i++)
    append_quote (rendering, &g_array_index (note->quotes, AttestBriefNoteQuote, i), out);
  for (guint i = 0; i < note->rests_on->len; i++)
    g_string_append_printf (out, "%s[^%s]", i == 0 ? " ← " : "",
                            (const char *)g_ptr_array_index (note->rests_on, i));
  g_string_append_c (out, '\n');
}

/* Marks without a note of their own in the annex, each as it is written, once. */
static void
append_words (const AttestBriefRendering *rendering, const AttestBriefNotes *notes, GString *out)
{
  g_autoptr (GHashTable) done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < rendering->brief->marks->len; i++)
    {
      const AttestMark *mark = attest_brief_mark (rendering->brief, i);
      const AttestBriefNote *note = attest_brief_notes_find (notes, mark);
      g_autofree char *id = attest_mark_dup_id (mark);
      const char *text = mark->type == ATTEST_MARK_JUDGEMENT     ? "annex.judgement"
                         : mark->type == ATTEST_MARK_BOILERPLATE ? "annex.boilerplate"
                         : mark->type == ATTEST_MARK_COUNT       ? "annex.count"
                                                                 : NULL;

      if (id == NULL || (note != NULL && text == NULL) || g_hash_table_contains (done, id))
        continue;
      g_string_append_printf (out, "\n[^%s]: %s\n", id,
                              text != NULL ? attest_catalogue_get (rendering->labels, text) : "?");
      g_hash_table_add (done, g_steal_pointer (&id));
    }
}

/* ---- all of it ---- */

static void
append_head (const AttestBrief *brief, GString *out)
{
  g_string_append_printf (out, "---\nattest: brief/1\nlang: %s\n", brief->lang);
  for (guint i = 0; i < brief->untraced->len; i++)
    g_string_append_printf (out, "%s%u", i == 0 ? "untraced: " : " ",
                            g_array_index (brief->untraced, guint, i));
  g_string_append (out, brief->untraced->len > 0 ? "\n---\n\n" : "---\n\n");
}

gboolean
attest_brief_render_markdown (const AttestBriefRendering *rendering, GString *out, GError **error)
{
  g_autoptr (AttestBriefNotes) notes = attest_brief_notes_new (rendering, error);
  g_autofree char *body = NULL;
  cmark_node *root;
  char *markdown;

  if (notes == NULL)
    return FALSE;
  body = attest_brief_dup_body (rendering->brief);
  root = attest_brief_parse_markdown (body, strlen (body));
  disarm (root);
  markdown = cmark_render_commonmark (root, CMARK_OPT_DEFAULT, 0);
  append_head (rendering->brief, out);
  append_body (rendering, markdown, out);
  free (markdown);
  cmark_node_free (root);
  for (guint i = 0; i < notes->notes->len; i++)
    {
      const AttestBriefNote *note = g_ptr_array_index (notes->notes, i);

      append_note (rendering, note, note->id, out);
    }
  append_words (rendering, notes, out);
  return TRUE;
}
