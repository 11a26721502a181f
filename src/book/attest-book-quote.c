/* A quote as an item of a list, the filters of such a list, and other pieces that parts share. */
#include "book/attest-book-private.h"

#include <string.h>

#include "report/attest-page.h"
#include "report/attest-table.h"

void
attest_book_write_term (AttestBook *book, const char *term, const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  attest_html_element (book->html, "dt", term, NULL);
  attest_html_element (book->html, "dd", value, "dir", "auto", NULL);
}

/* ---- strength ---- */

/* Told by a shape and a word, not by colour alone. */
void
attest_book_write_level (AttestBook *book, const char *level)
{
  static const struct
  {
    const char *level, *sign;
  } signs[] = { { "strong", "●●●●" }, { "moderate", "●●●○" }, { "limited", "●●○○" },
                { "weak", "●○○○" },   { "contested", "●≠●" }, { "none", "○○○○" } };

  attest_html_open (book->html, "span", "class", "level", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (strcmp (signs[i].level, level) == 0)
      {
        attest_html_element (book->html, "span", signs[i].sign, "class", "sign", "aria-hidden",
                             "true", NULL);
        attest_html_text (book->html, " ");
      }
  attest_html_text (book->html, W ("strength", level));
  attest_html_close (book->html, "span");
}

static char *
dup_facts (const AttestBook *book, const AttestStrength *strength)
{
  /* What the levels ask for; the rest speaks through concerns. */
  static const AttestFact shown[]
      = { ATTEST_FACT_SUPPORTING,    ATTEST_FACT_CONTRADICTING, ATTEST_FACT_GROUPS,
          ATTEST_FACT_ORGANISATIONS, ATTEST_FACT_METHODS,       ATTEST_FACT_INDEPENDENT,
          ATTEST_FACT_UNANSWERED,    ATTEST_FACT_EXCLUDED };
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (shown); i++)
    if (shown[i] != ATTEST_FACT_EXCLUDED || strength->facts.counts[shown[i]] > 0)
      g_string_append_printf (text, "%s%s %" G_GINT64_FORMAT, i > 0 ? " · " : "",
                              W ("fact", attest_fact_to_string (shown[i])),
                              strength->facts.counts[shown[i]]);
  return g_string_free (text, FALSE);
}

void
attest_book_write_strength (AttestBook *book, const AttestStrength *strength)
{
  g_autofree char *facts = dup_facts (book, strength);

  attest_html_open (book->html, "p", NULL);
  attest_html_text (book->html, L ("word.strength"));
  attest_html_printf (book->html, "%s ", L ("word.colon"));
  attest_book_write_level (book, strength->level->level);
  attest_html_close (book->html, "p");
  /* Counts of respondents, which may be few. */
  if (attest_book_is_public (book))
    return;
  attest_html_element (book->html, "p", facts, "class", "meta", NULL);
  for (guint i = 0; i < strength->concerns->len; i++)
    {
      const AttestStrengthConcern *concern = g_ptr_array_index (strength->concerns, i);

      attest_html_open (book->html, "p", "class", "meta", NULL);
      attest_html_text (book->html,
                        concern->lowers ? L ("strength.lowered") : L ("strength.concern"));
      attest_html_text (book->html, " ");
      if (strcmp (W ("concern", concern->concern), concern->concern) != 0)
        attest_html_text (book->html, W ("concern", concern->concern));
      else
        attest_html_element (book->html, "bdi", concern->says, NULL);
      attest_html_close (book->html, "p");
    }
}

/* ---- a quote ---- */

static void
write_words (AttestBook *book, const AttestBookSegment *segment)
{
  AttestHtml *html = book->html;
  gsize at = 0;

  attest_html_open (html, "blockquote", "dir",
                    attest_html_direction (segment->quote, segment->quote_bytes), "lang",
                    segment->lang, NULL);
  for (guint i = 0; i < segment->n_hits; i++)
    {
      const AttestSpan *hit = &g_array_index (book->hits, AttestSpan, segment->first_hit + i);

      attest_html_prose (html, segment->quote + at, hit->start_byte - at);
      attest_html_open (html, "b", NULL);
      attest_html_prose (html, segment->quote + hit->start_byte, hit->end_byte - hit->start_byte);
      attest_html_close (html, "b");
      at = hit->end_byte;
    }
  attest_html_prose (html, segment->quote + at, segment->quote_bytes - at);
  attest_html_close (html, "blockquote");
}

static void
write_tag (AttestBook *book, const char *text)
{
  attest_html_text (book->html, " · ");
  attest_html_text (book->html, text);
}

static void
write_cite (AttestBook *book, const AttestBookSegment *segment, gboolean with_stances)
{
  AttestHtml *html = book->html;
  g_autofree char *link = attest_book_dup_quote_link (book, segment->id);
  const char *polarity = attest_qualifier_value_to_string (
      ATTEST_QUALIFIER_POLARITY, segment->qualifiers.values[ATTEST_QUALIFIER_POLARITY]);

  attest_html_open (html, "p", "class", "cite", NULL);
  attest_html_element (html, "a", segment->id, "href", link, NULL);
  attest_html_text (html, " ");
  attest_html_name (html, attest_book_source_name (book, segment->source));
  if (!attest_book_is_public (book))
    attest_html_printf (html, " ¶%u", segment->turn);
  if (segment->start_ms >= 0)
    {
      g_autofree char *time = attest_table_dup_time (segment->start_ms);

      attest_html_printf (html, " [%s]", time);
    }
  attest_html_text (html, " · ");
  attest_html_name (html, segment->line != NULL && *segment->line != '\0'
                              ? segment->line
                              : attest_book_group_name (book, segment->group));
  if (segment->is_asked)
    write_tag (book, L ("quote.asked"));
  if (polarity != NULL)
    write_tag (book, W ("polarity", polarity));
  if (segment->strength > 1)
    {
      g_autofree char *n = attest_book_dup_number (segment->strength);
      g_autofree char *rules = attest_catalogue_dup (book->labels, "quote.rules", "n", n, NULL);

      write_tag (book, rules);
    }
  write_tag (book, segment->is_accepted ? L ("status.accepted") : L ("status.proposed"));
  if (segment->is_key)
    write_tag (book, L ("quote.key"));
  for (guint i = 0; i < ATTEST_N_STANCES && with_stances; i++)
    if ((segment->stances & 1u << i) != 0)
      write_tag (book, W ("stance", attest_stance_to_string ((AttestStance)i)));
  attest_html_close (html, "p");
}

void
attest_book_write_quote (AttestBook *book, const AttestBookSegment *segment, const char *anchor,
                         const char *note)
{
  AttestHtml *html = book->html;
  g_autofree char *group = g_strdup_printf ("%u", segment->group);
  g_autofree char *stances = g_strdup_printf ("%u", segment->stances);

  attest_html_break (html);
  attest_html_open (html, "li", "id", anchor, "class", attest_page_code_class (segment->code),
                    "data-group", group, "data-status",
                    segment->is_accepted ? "accepted" : "proposed", "data-stance", stances,
                    "data-rules", segment->strength > 1 ? "2" : "1", NULL);
  write_words (book, segment);
  write_cite (book, segment, anchor != NULL);
  if (note != NULL)
    attest_html_element (html, "p", note, "class", "note", "dir", "auto", NULL);
  attest_html_close (html, "li");
}

/* ---- lists of quotes ---- */

void
attest_book_begin_item (AttestBook *book, guint n, guint total)
{
  if (n % ATTEST_BOOK_BOX != 0)
    return;
  attest_book_end_items (book, n);
  /* The height of a full one is known. */
  attest_html_open (book->html, "ul", "class",
                    total - n >= ATTEST_BOOK_BOX ? "quotes box" : "quotes", NULL);
}

void
attest_book_end_items (AttestBook *book, guint n)
{
  if (n > 0)
    attest_html_close (book->html, "ul");
}

/* ---- filters ---- */

static void
begin_filter (AttestBook *book, const char *key, const char *label)
{
  attest_html_open (book->html, "label", NULL);
  attest_html_text (book->html, label);
  attest_html_text (book->html, " ");
  attest_html_open (book->html, "select", "data-key", key, NULL);
  attest_html_element (book->html, "option", L ("filter.all"), "value", "", NULL);
}

static void
end_filter (AttestBook *book)
{
  attest_html_close (book->html, "select");
  attest_html_close (book->html, "label");
}

static void
write_group_filter (AttestBook *book)
{
  begin_filter (book, "group", L ("word.group"));
  for (guint i = 0; i < book->groups->len; i++)
    {
      g_autofree char *value = g_strdup_printf ("%u", i);

      attest_html_element (book->html, "option", attest_book_group_name (book, i), "value", value,
                           NULL);
    }
  end_filter (book);
}

void
attest_book_write_filter_selects (AttestBook *book)
{
  AttestHtml *html = book->html;

  write_group_filter (book);
  begin_filter (book, "status", L ("filter.status"));
  attest_html_element (html, "option", L ("status.proposed"), "value", "proposed", NULL);
  attest_html_element (html, "option", L ("status.accepted"), "value", "accepted", NULL);
  end_filter (book);
  begin_filter (book, "stance", L ("filter.stance"));
  attest_html_element (html, "option", L ("stance.supports"), "value", "1", NULL);
  attest_html_element (html, "option", L ("stance.contradicts"), "value", "2", NULL);
  attest_html_element (html, "option", L ("stance.context"), "value", "4", NULL);
  attest_html_element (html, "option", L ("filter.unused"), "value", "0", NULL);
  end_filter (book);
  begin_filter (book, "rules", L ("filter.strength"));
  attest_html_element (html, "option", L ("filter.one-rule"), "value", "1", NULL);
  attest_html_element (html, "option", L ("filter.more-rules"), "value", "2", NULL);
  end_filter (book);
}

void
attest_book_begin_filters (AttestBook *book, const char *list, const char *what)
{
  g_autofree char *label
      = g_strdup_printf ("%s%s %s", L ("filter.filters"), L ("word.colon"), what);

  attest_html_open (book->html, "form", "class", "filters", "data-list", list, "hidden", "",
                    "aria-label", label, NULL);
}

void
attest_book_end_filters (AttestBook *book, guint n_items)
{
  g_autofree char *shown = g_strdup_printf ("%u / %u", n_items, n_items);

  attest_html_open (book->html, "p", "class", "shown", "role", "status", NULL);
  attest_html_text (book->html, L ("filter.shown"));
  attest_html_text (book->html, " ");
  attest_html_element (book->html, "output", shown, NULL);
  attest_html_close (book->html, "p");
  attest_html_close (book->html, "form");
}

void
attest_book_write_code_filter (AttestBook *book)
{
  begin_filter (book, "code", L ("word.code"));
  for (guint i = 0; i < book->report->frequency->rows->len; i++)
    attest_html_element (book->html, "option", attest_book_code_name (book, i), "value",
                         attest_book_code (book, i)->code, NULL);
  end_filter (book);
}

/* A filter by a word that the items have in data-KEY. @values: keys of @words. */
void
attest_book_write_word_filter (AttestBook *book, const char *key, const char *label,
                               const char *words, GPtrArray *values)
{
  begin_filter (book, key, label);
  for (guint i = 0; i < values->len; i++)
    attest_html_element (book->html, "option", W (words, g_ptr_array_index (values, i)), "value",
                         (const char *)g_ptr_array_index (values, i), NULL);
  end_filter (book);
}
