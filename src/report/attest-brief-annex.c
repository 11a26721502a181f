#include "report/attest-brief-annex.h"

#include <string.h>

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
