/* A brief as a page: the text by the tree of its Markdown, then the annex. */
#include <cmark-gfm.h>
#include <string.h>

#include "report/attest-brief-annex.h"
#include "report/attest-brief-private.h"
#include "report/attest-html.h"
#include "report/attest-page.h"
#include "report/attest-report-resource.h"

typedef struct
{
  const AttestBriefRendering *rendering;
  const AttestBriefNotes *notes;
  AttestHtml *html;
  GHashTable *referred; /* notes that something led to already */
  guint n_headings;
  int untraced;                 /* level of the heading of a section that is not traced; 0: none */
  gboolean is_table, is_header; /* in a table, in its header */
} Page;

/* ---- references ---- */

static void
write_mark (Page *page, const AttestMark *mark)
{
  const AttestBriefNote *note = attest_brief_notes_find (page->notes, mark);
  g_autofree char *number = NULL, *link = NULL, *id = NULL;

  if (mark->type == ATTEST_MARK_JUDGEMENT)
    {
      attest_html_element (page->html, "a",
                           attest_catalogue_get (page->rendering->labels, "annex.judgement-mark"),
                           "href", "#judgement", NULL);
      return;
    }
  if (note == NULL)
    {
      attest_html_text (page->html, "?");
      return;
    }
  number = g_strdup_printf ("%u", note->number);
  link = g_strdup_printf ("#n%u", note->number);
  id = g_hash_table_add (page->referred, (gpointer)note) ? g_strdup_printf ("r%u", note->number)
                                                         : NULL;
  attest_html_element (page->html, "a", number, "href", link, "id", id, NULL);
}

static void
write_gap (Page *page, const AttestMark *mark)
{
  g_autofree char *text = g_strdup_printf ("[%s]", mark->id);

  attest_html_element (page->html, "mark", text, "class", "gap", NULL);
}

/* A number that is counted speaks for itself. */
static gboolean
is_silent (const AttestMark *mark)
{
  return mark->type == ATTEST_MARK_BOILERPLATE || mark->type == ATTEST_MARK_UNTRACED
         || mark->type == ATTEST_MARK_SILENCE || mark->type == ATTEST_MARK_COUNT;
}

static void
write_group (Page *page, guint group)
{
  const AttestBrief *brief = page->rendering->brief;
  guint next = g_array_index (brief->group_marks, guint, group);
  gboolean is_open = FALSE;
  const AttestMark *mark;

  while ((mark = attest_brief_next_of_group (brief, group, &next)) != NULL)
    {
      if (is_silent (mark))
        continue;
      if (mark->type == ATTEST_MARK_GAP)
        {
          write_gap (page, mark);
          continue;
        }
      if (!is_open)
        attest_html_open (page->html, "sup", NULL);
      else
        attest_html_text (page->html, ", ");
      is_open = TRUE;
      write_mark (page, mark);
    }
  if (is_open)
    attest_html_close (page->html, "sup");
}

/* What may be said: nobody who was interviewed has a name; see attest_brief_check_confidential().
 */
static void
write_plain (Page *page, const char *text, gsize length)
{
  g_autofree char *plain = g_strndup (text, length);
  g_autofree char *shown = page->untraced > 0 && page->is_table
                               ? NULL
                               : attest_disclosure_dup_text (page->rendering->disclosure, plain);

  attest_html_text (page->html, shown != NULL ? shown : plain);
}

static void
write_text (Page *page, const char *text)
{
  const char *start = text, *at = text;

  while (*at != '\0')
    {
      const char *next = at;
      guint group;

      if (!attest_brief_read_group (page->rendering->brief, &next, &group))
        {
          at++;
          continue;
        }
      write_plain (page, start, (gsize)(at - start));
      write_group (page, group);
      start = at = next;
    }
  write_plain (page, start, (gsize)(at - start));
}

/* ---- the tree ---- */

static gboolean
is_in_tight_list (cmark_node *node)
{
  cmark_node *item = cmark_node_parent (node);
  cmark_node *list = item != NULL ? cmark_node_parent (item) : NULL;

  return list != NULL && cmark_node_get_type (list) == CMARK_NODE_LIST
         && cmark_node_get_list_tight (list);
}

/* The element that a node is, or NULL. */
static const char *
element_of (const Page *page, cmark_node *node)
{
  static const char *const headings[] = { "h1", "h2", "h3", "h4", "h5", "h6" };
  const char *type = cmark_node_get_type_string (node);

  switch (cmark_node_get_type (node))
    {
    case CMARK_NODE_BLOCK_QUOTE:
      return "blockquote";
    case CMARK_NODE_LIST:
      return cmark_node_get_list_type (node) == CMARK_ORDERED_LIST ? "ol" : "ul";
    case CMARK_NODE_ITEM:
      return "li";
    case CMARK_NODE_PARAGRAPH:
      return is_in_tight_list (node) ? NULL : "p";
    case CMARK_NODE_HEADING:
      return headings[CLAMP (cmark_node_get_heading_level (node), 1, 6) - 1];
    case CMARK_NODE_EMPH:
      return "em";
    case CMARK_NODE_STRONG:
      return "strong";
    default:
      break;
    }
  if (strcmp (type, "table") == 0)
    return "table";
  if (strcmp (type, "table_row") == 0 || strcmp (type, "table_header") == 0)
    return "tr";
  if (strcmp (type, "table_cell") == 0)
    return page->is_header || cmark_node_previous (node) == NULL ? "th" : "td";
  return NULL;
}

static void
open_element (Page *page, cmark_node *node, const char *element)
{
  g_autofree char *start = NULL;

  if (strcmp (element, "ol") == 0 && cmark_node_get_list_start (node) != 1)
    start = g_strdup_printf ("%d", cmark_node_get_list_start (node));
  attest_html_open (page->html, element, "start", start, "scope",
                    strcmp (element, "th") != 0 ? NULL
                    : page->is_header           ? "col"
                                                : "row",
                    "dir", strcmp (element, "p") == 0 ? "auto" : NULL, NULL);
}

/* What has no children. */
static void
write_leaf (Page *page, cmark_node *node)
{
  switch (cmark_node_get_type (node))
    {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_HTML_INLINE:
      write_text (page, cmark_node_get_literal (node));
      break;
    case CMARK_NODE_CODE:
      attest_html_open (page->html, "code", NULL);
      write_text (page, cmark_node_get_literal (node));
      attest_html_close (page->html, "code");
      break;
    case CMARK_NODE_HTML_BLOCK:
    case CMARK_NODE_CODE_BLOCK:
      attest_html_open (page->html, "pre", NULL);
      write_text (page, cmark_node_get_literal (node));
      attest_html_close (page->html, "pre");
      break;
    case CMARK_NODE_SOFTBREAK:
      attest_html_text (page->html, "\n");
      break;
    case CMARK_NODE_LINEBREAK:
      attest_html_void (page->html, "br", NULL);
      break;
    case CMARK_NODE_THEMATIC_BREAK:
      attest_html_void (page->html, "hr", NULL);
      break;
    default:
      break;
    }
}

static void
enter_heading (Page *page, cmark_node *node)
{
  const GArray *untraced = page->rendering->brief->untraced;
  int level = cmark_node_get_heading_level (node);

  page->n_headings++;
  if (page->untraced >= level)
    page->untraced = 0;
  for (guint i = 0; page->untraced == 0 && i < untraced->len; i++)
    if (g_array_index (untraced, guint, i) == page->n_headings)
      page->untraced = level;
}

static gboolean
is_empty_header (cmark_node *node)
{
  if (strcmp (cmark_node_get_type_string (node), "table_header") != 0)
    return FALSE;
  for (cmark_node *cell = cmark_node_first_child (node); cell != NULL;
       cell = cmark_node_next (cell))
    if (cmark_node_first_child (cell) != NULL)
      return FALSE;
  return TRUE;
}

/* A link is not followed from a page that asks for nothing from outside: its address is shown. */
static void
leave_link (Page *page, cmark_node *node)
{
  const char *url = cmark_node_get_url (node);
  cmark_node *child = cmark_node_first_child (node);

  if (cmark_node_get_type (node) == CMARK_NODE_LINK && url != NULL && *url != '\0'
      && !(child != NULL && g_strcmp0 (cmark_node_get_literal (child), url) == 0))
    {
      attest_html_text (page->html, " (");
      attest_html_text (page->html, url);
      attest_html_text (page->html, ")");
    }
}

static void
write_body (Page *page, cmark_node *root)
{
  cmark_iter *iter = cmark_iter_new (root);

  for (cmark_event_type event = cmark_iter_next (iter); event != CMARK_EVENT_DONE;
       event = cmark_iter_next (iter))
    {
      cmark_node *node = cmark_iter_get_node (iter);
      const char *element;
      gboolean is_enter = event == CMARK_EVENT_ENTER;

      if (is_enter && is_empty_header (node))
        {
          cmark_iter_reset (iter, node, CMARK_EVENT_EXIT);
          continue;
        }
      if (is_enter && cmark_node_get_type (node) == CMARK_NODE_HEADING)
        enter_heading (page, node);
      if (strcmp (cmark_node_get_type_string (node), "table_header") == 0)
        page->is_header = is_enter;
      if (strcmp (cmark_node_get_type_string (node), "table") == 0)
        page->is_table = is_enter;
      element = element_of (page, node);
      if (element != NULL && is_enter)
        open_element (page, node, element);
      else if (element != NULL)
        attest_html_close (page->html, element);
      else if (is_enter)
        write_leaf (page, node);
      else
        leave_link (page, node);
    }
  cmark_iter_free (iter);
}

/* ---- the page ---- */

static const char *
get_title (const AttestBrief *brief)
{
  for (guint i = 0; i < brief->sentences->len; i++)
    if (attest_brief_sentence (brief, i)->type == ATTEST_SENTENCE_HEADING)
      return attest_brief_sentence (brief, i)->text;
  return brief->path;
}

static char *
dup_style (void)
{
  g_autoptr (GBytes) style
      = g_resource_lookup_data (attest_report_get_resource (), "/attest/report/brief.css",
                                G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_assert (style != NULL);
  return g_strndup (g_bytes_get_data (style, NULL), g_bytes_get_size (style));
}

static void
write_page (Page *page, AttestBriefHtmlForm form, const char *body)
{
  const AttestBriefRendering *rendering = page->rendering;
  cmark_node *root = attest_brief_parse_markdown (body, strlen (body));
  g_autofree char *title
      = attest_disclosure_dup_text (rendering->disclosure, get_title (rendering->brief));
  g_autofree char *style = form == ATTEST_BRIEF_PAGE ? dup_style () : NULL;

  cmark_consolidate_text_nodes (root);
  /* A converter would print the title above the heading that says the same. */
  attest_page_begin_document (page->html, rendering->brief->lang,
                              form == ATTEST_BRIEF_PAGE ? title : NULL, style);
  attest_html_open (page->html, "body", NULL);
  attest_html_open (page->html, "main", NULL);
  write_body (page, root);
  attest_html_close (page->html, "main");
  attest_html_literal (page->html, "\n");
  attest_brief_write_annex (rendering, page->notes, page->html);
  attest_html_close (page->html, "body");
  attest_html_close (page->html, "html");
  attest_html_literal (page->html, "\n");
  cmark_node_free (root);
}

gboolean
attest_brief_render_html (const AttestBriefRendering *rendering, AttestBriefHtmlForm form,
                          GString *out, GError **error)
{
  g_autoptr (AttestBriefNotes) notes = attest_brief_notes_new (rendering, error);
  g_autoptr (AttestHtml) html = attest_html_new (out);
  g_autoptr (GHashTable) referred = g_hash_table_new (NULL, NULL);
  g_autofree char *body = NULL;
  Page page = { rendering, notes, html, referred, 0, 0, FALSE, FALSE };

  if (notes == NULL)
    return FALSE;
  body = attest_brief_dup_body (rendering->brief);
  write_page (&page, form, body);
  return TRUE;
}
