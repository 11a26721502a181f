#include "report/attest-brief-annex.h"

#include <string.h>

#include "report/attest-brief-draft.h"
#include "util/attest-locale.h"

/* ---- who was heard ---- */

/* How many, as much as may be told. */
static char *
dup_respondents (const AttestBriefRendering *rendering, const AttestBriefGroup *group)
{
  const char *lang = attest_catalogue_get_lang (rendering->labels);
  g_autofree char *least
      = attest_locale_dup_int (lang, attest_disclosure_get_min_group (rendering->disclosure));

  if (group->is_small)
    return attest_catalogue_dup (rendering->labels, "annex.few", "n", least, NULL);
  return group->is_hidden ? g_strdup (attest_catalogue_get (rendering->labels, "annex.hidden"))
                          : attest_locale_dup_int (lang, group->respondents);
}

static void
write_group (const AttestBriefRendering *rendering, const AttestBriefGroup *group, AttestHtml *html)
{
  g_autofree char *respondents = dup_respondents (rendering, group);

  attest_html_open (html, "tr", NULL);
  attest_html_element (html, "th",
                       group->group != NULL ? group->group
                                            : attest_catalogue_get (rendering->labels,
                                                                    "brief.methods-group-unknown"),
                       "scope", "row", "dir", "auto", NULL);
  attest_html_element (html, "td", respondents, NULL);
  attest_html_close (html, "tr");
}

/* Nothing when nobody was. */
static void
write_people (const AttestBriefRendering *rendering, const GArray *groups, AttestHtml *html)
{
  const AttestCatalogue *labels = rendering->labels;
  g_autofree char *total = NULL, *caption = NULL;
  gint64 n = 0;

  for (guint i = 0; i < groups->len; i++)
    n += g_array_index (groups, AttestBriefGroup, i).respondents;
  if (n == 0)
    return;
  total = attest_brief_dup_count (labels, "respondent", n);
  caption = attest_catalogue_dup (labels, "brief-text.labelled", "label",
                                  attest_catalogue_get (labels, "annex.who"), "value", total, NULL);
  attest_html_open (html, "table", NULL);
  attest_html_element (html, "caption", caption, NULL);
  for (guint i = 0; i < groups->len; i++)
    write_group (rendering, &g_array_index (groups, AttestBriefGroup, i), html);
  attest_html_close (html, "table");
}

/* ---- quotes ---- */

static void
write_quote (const AttestBriefRendering *rendering, const AttestBriefNoteQuote *quote,
             AttestHtml *html)
{
  const AttestCatalogue *labels = rendering->labels;

  attest_html_open (html, "li", "class", quote->is_against ? "against" : NULL, NULL);
  if (quote->stance != NULL)
    {
      attest_html_element (html, "em", quote->stance, NULL);
      attest_html_text (html, ": ");
    }
  if (quote->is_verbatim)
    {
      attest_html_text (html, attest_catalogue_get (labels, "brief-text.open-quote"));
      attest_html_element (html, "span", quote->text, "class", "said", "dir", "auto", NULL);
      attest_html_text (html, attest_catalogue_get (labels, "brief-text.close-quote"));
    }
  else
    attest_html_element (html, "span", quote->text, "class", "unsaid", NULL);
  attest_html_printf (html, " (%s%s%s)", quote->attribution,
                      *quote->attribution != '\0' ? ", " : "", quote->id);
  if (quote->answer != NULL)
    {
      attest_html_text (html, ". ");
      attest_html_element (html, "em", attest_catalogue_get (labels, "brief-stance.answer"), NULL);
      attest_html_printf (html, ": %s", quote->answer);
    }
  attest_html_close (html, "li");
}

/* ---- notes ---- */

static void
write_bases (const AttestBriefRendering *rendering, const AttestBriefNotes *notes,
             const AttestBriefNote *note, AttestHtml *html)
{
  g_autofree char *text
      = attest_catalogue_dup (rendering->labels, "annex.rests-on", "list", "\1", NULL);
  g_auto (GStrv) around = g_strsplit (text, "\1", 2);

  if (note->rests_on->len == 0)
    return;
  attest_html_printf (html, " %s", around[0]);
  for (guint i = 0; i < note->rests_on->len; i++)
    {
      const AttestBriefNote *basis
          = g_hash_table_lookup (notes->by_id, g_ptr_array_index (note->rests_on, i));
      g_autofree char *number = g_strdup_printf ("%u", basis->number);
      g_autofree char *link = g_strdup_printf ("#n%u", basis->number);

      if (i > 0)
        attest_html_text (html, ", ");
      attest_html_element (html, "a", number, "href", link, NULL);
    }
  attest_html_text (html, around[1] != NULL ? around[1] : "");
}

static void
write_note (const AttestBriefRendering *rendering, const AttestBriefNotes *notes,
            const AttestBriefNote *note, AttestHtml *html)
{
  g_autofree char *id = g_strdup_printf ("n%u", note->number);

  attest_html_open (html, "li", NULL);
  attest_html_open (html, "span", "id", id, NULL);
  attest_html_element (html, "strong", note->title, NULL);
  if (note->text != NULL)
    attest_html_printf (html, ": %s", note->text);
  attest_html_close (html, "span");
  if (note->details != NULL)
    {
      attest_html_text (html, " ");
      attest_html_open (html, "span", "class", "details", NULL);
      attest_html_printf (html, "%s.", note->details);
      attest_html_close (html, "span");
    }
  write_bases (rendering, notes, note, html);
  if (note->quotes->len > 0)
    {
      attest_html_open (html, "ul", NULL);
      for (guint i = 0; i < note->quotes->len; i++)
        write_quote (rendering, &g_array_index (note->quotes, AttestBriefNoteQuote, i), html);
      attest_html_close (html, "ul");
    }
  attest_html_close (html, "li");
  attest_html_literal (html, "\n");
}

void
attest_brief_write_annex (const AttestBriefRendering *rendering, const AttestBriefNotes *notes,
                          AttestHtml *html)
{
  const AttestCatalogue *labels = rendering->labels;
  gboolean is_public = attest_disclosure_is_public (rendering->disclosure);

  if (notes->notes->len == 0 && !notes->has_judgement)
    return;
  attest_html_open (html, "section", "class", "annex", "id", "annex", NULL);
  attest_html_element (html, "h2", attest_catalogue_get (labels, "annex.title"), NULL);
  attest_html_element (
      html, "p", attest_catalogue_get (labels, is_public ? "annex.intro" : "annex.intro-internal"),
      NULL);
  write_people (rendering, notes->groups, html);
  if (notes->has_judgement)
    {
      attest_html_open (html, "p", "id", "judgement", NULL);
      attest_html_element (html, "strong", attest_catalogue_get (labels, "annex.judgement-mark"),
                           NULL);
      attest_html_printf (html, ": %s", attest_catalogue_get (labels, "annex.judgement"));
      attest_html_close (html, "p");
    }
  attest_html_open (html, "ol", NULL);
  for (guint i = 0; i < notes->notes->len; i++)
    write_note (rendering, notes, g_ptr_array_index (notes->notes, i), html);
  attest_html_close (html, "ol");
  attest_html_close (html, "section");
}
