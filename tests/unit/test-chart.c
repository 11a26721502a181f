/* Charts: the same bytes as tests/golden/chart/NAME.svg (ATTEST_UPDATE_GOLDEN=1 writes them anew;
 * the style sheet is left out), well-formed, texts that do not touch, colours that can be read. */
#include <string.h>

#include "chart-fixture.h"
#include "report/attest-chart-private.h"

typedef struct
{
  const char *name;
  AttestChart *(*make) (void);
} Case;

static AttestChart *
stacked_2 (void)
{
  return chart_stacked (2);
}
static AttestChart *
stacked_12 (void)
{
  return chart_stacked (12);
}
static AttestChart *
heat_4 (void)
{
  return chart_heat (4, FALSE);
}
static AttestChart *
heat_30 (void)
{
  return chart_heat (30, FALSE);
}
static AttestChart *
difference (void)
{
  return chart_heat (5, TRUE);
}
static AttestChart *
dots_1 (void)
{
  return chart_dots (1);
}
static AttestChart *
dots_2 (void)
{
  return chart_dots (2);
}
static AttestChart *
lines_8 (void)
{
  return chart_lines (8);
}
static AttestChart *
lines_200 (void)
{
  return chart_lines (200);
}
static AttestChart *
network_8 (void)
{
  return chart_network (8);
}
static AttestChart *
network_40 (void)
{
  return chart_network (40);
}
static AttestChart *
words (void)
{
  return chart_timeline (FALSE);
}
static AttestChart *
times (void)
{
  return chart_timeline (TRUE);
}

static AttestChart *
empty (void)
{
  return attest_chart_new (ATTEST_CHART_HEAT, "Nothing", "segments");
}

static const Case cases[]
    = { { "bars", chart_bars },      { "stacked-2", stacked_2 }, { "stacked-12", stacked_12 },
        { "heat-4", heat_4 },        { "heat-30", heat_30 },     { "difference", difference },
        { "dots-1", dots_1 },        { "dots-2", dots_2 },       { "lines-8", lines_8 },
        { "lines-200", lines_200 },  { "network-8", network_8 }, { "network-40", network_40 },
        { "timeline-words", words }, { "timeline-time", times }, { "empty", empty } };

static void
remove_style (GString *svg)
{
  char *style = strstr (svg->str, "<style>"), *end = strstr (svg->str, "</style>");

  g_assert_true (style != NULL && end != NULL);
  style += strlen ("<style>");
  g_string_erase (svg, style - svg->str, end - style);
}

static void
test_golden (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (AttestChart) chart = c->make ();
  g_autofree char *name = g_strconcat (c->name, ".svg", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "chart", name, NULL);
  g_autoptr (GString) svg = g_string_new (NULL);
  g_autofree char *expected = NULL;

  attest_chart_write_file (chart, svg);
  remove_style (svg);
  if (g_getenv ("ATTEST_UPDATE_GOLDEN") != NULL)
    g_assert_true (g_file_set_contents (path, svg->str, (gssize)svg->len, NULL));
  g_assert_true (g_file_get_contents (path, &expected, NULL, NULL));
  g_assert_cmpstr (svg->str, ==, expected);
}

/* ---- well-formed, and no text on another ---- */

typedef struct
{
  double left, right, middle;
  char *text;
} Box;

typedef struct
{
  GArray *boxes; /* of Box, of level texts */
  gboolean in_text, is_level;
  Box box;
  const char *anchor;
  double x, width, min_x; /* of the whole picture */
  guint n_titles, n_scripts;
} Reading;

static void
on_start (GMarkupParseContext *context, const char *element, const char **names,
          const char **values, gpointer data, GError **error)
{
  Reading *reading = data;

  reading->n_titles += strcmp (element, "title") == 0;
  reading->n_scripts += strcmp (element, "script") == 0;
  reading->in_text = strcmp (element, "text") == 0;
  reading->anchor = "";
  reading->is_level = TRUE;
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_assert_false (g_str_has_prefix (names[i], "on"));
      g_assert_cmpstr (names[i], !=, "style");
      if (strcmp (element, "svg") == 0 && strcmp (names[i], "viewBox") == 0)
        {
          g_auto (GStrv) box = g_strsplit (values[i], " ", -1);

          reading->min_x = g_ascii_strtod (box[0], NULL);
          reading->width = g_ascii_strtod (box[2], NULL);
        }
      if (strcmp (names[i], "text-anchor") == 0)
        reading->anchor = strcmp (values[i], "end") == 0 ? "end" : "middle";
      else if (strcmp (names[i], "x") == 0)
        reading->x = g_ascii_strtod (values[i], NULL);
      else if (strcmp (names[i], "y") == 0)
        reading->box.middle = g_ascii_strtod (values[i], NULL);
      else if (strcmp (names[i], "transform") == 0)
        reading->is_level = FALSE;
    }
}

static void
on_text (GMarkupParseContext *context, const char *text, gsize bytes, gpointer data, GError **error)
{
  Reading *reading = data;
  double width = attest_chart_text_width (text, (gssize)bytes, ATTEST_CHART_FONT);

  if (!reading->in_text || !reading->is_level || bytes == 0)
    return;
  reading->box.left = reading->x
                      - (strcmp (reading->anchor, "end") == 0      ? width
                         : strcmp (reading->anchor, "middle") == 0 ? width / 2
                                                                   : 0);
  reading->box.right = reading->box.left + width;
  reading->box.text = g_strndup (text, bytes);
  g_array_append_val (reading->boxes, reading->box);
  reading->in_text = FALSE;
}

static void
check_boxes (const Reading *reading, const char *name)
{
  for (guint i = 0; i < reading->boxes->len; i++)
    {
      const Box *a = &g_array_index (reading->boxes, Box, i);

      if (a->left < reading->min_x || a->right > reading->min_x + reading->width)
        g_error ("%s: '%s' is cut off", name, a->text);
      for (guint k = i + 1; k < reading->boxes->len; k++)
        {
          const Box *b = &g_array_index (reading->boxes, Box, k);

          if (ABS (a->middle - b->middle) < 11 && a->left < b->right - 0.01
              && b->left < a->right - 0.01)
            g_error ("%s: '%s' lies on '%s'", name, a->text, b->text);
        }
    }
}

static void
test_apart (gconstpointer data)
{
  static const GMarkupParser parser = { .start_element = on_start, .text = on_text };
  const Case *c = data;
  g_autoptr (AttestChart) chart = c->make ();
  g_autoptr (GString) svg = g_string_new (NULL);
  Reading reading = { .boxes = g_array_new (FALSE, FALSE, sizeof (Box)) };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &reading, NULL);
  GError *error = NULL;

  attest_chart_write_file (chart, svg);
  g_markup_parse_context_parse (context, svg->str, (gssize)svg->len, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reading.n_scripts, ==, 0);
  g_assert_cmpuint (reading.n_titles, >=, 1);
  g_assert_nonnull (strstr (svg->str, " role=\"img\""));
  g_assert_nonnull (strstr (svg->str, "<desc>"));
  check_boxes (&reading, c->name);
  for (guint i = 0; i < reading.boxes->len; i++)
    g_free (g_array_index (reading.boxes, Box, i).text);
  g_array_unref (reading.boxes);
}

/* Sizes and numbers at their ends: still well-formed, no NaN, and within the picture. */
static AttestChart *
extreme (AttestChartKind kind, guint n_rows, guint n_series, double first, double second)
{
  g_autofree char *long_label = g_strnfill (1000, 'w');
  AttestChart *chart = attest_chart_new (kind, long_label, "");

  n_series = kind == ATTEST_CHART_BARS ? 1 : kind == ATTEST_CHART_NETWORK ? n_rows : n_series;
  for (guint i = 0; i < n_series; i++)
    attest_chart_add_series (chart, i == 1 ? long_label : "");
  for (guint i = 0; i < n_rows; i++)
    {
      attest_chart_add_row (chart, i == 0 ? long_label : i % 3 == 0 ? "" : "e\u0301");
      for (guint k = 0; k < n_series; k++)
        {
          attest_chart_set (chart, i, k, (i + k) % 2 ? first : second);
          attest_chart_set_interval (chart, i, k, MIN (first, second), MAX (first, second));
        }
      attest_chart_add_mark (chart, i, first, second, NULL);
    }
  attest_chart_add_reference (chart, first, "");
  return chart;
}

static void
test_extremes (void)
{
  static const GMarkupParser parser = { .start_element = on_start };
  static const double values[][2] = { { 0, 0 },   { -5, 5 },      { 1e12, 1 },    { NAN, NAN },
                                      { NAN, 3 }, { -1e9, -1e9 }, { 1e-9, 2e-9 }, { INFINITY, 1 } };
  static const guint sizes[][2] = { { 0, 0 }, { 1, 1 }, { 2, 9 }, { 120, 1 }, { 20, 40 } };

  for (guint kind = 0; kind <= ATTEST_CHART_TIMELINE; kind++)
    for (guint v = 0; v < G_N_ELEMENTS (values); v++)
      for (guint size = 0; size < G_N_ELEMENTS (sizes); size++)
        {
          g_autoptr (AttestChart) chart = extreme ((AttestChartKind)kind, sizes[size][0],
                                                   sizes[size][1], values[v][0], values[v][1]);
          g_autoptr (GString) svg = g_string_new (NULL);
          g_autoptr (AttestTable) table = NULL;
          Reading reading = { .boxes = NULL };
          g_autoptr (GMarkupParseContext) context
              = g_markup_parse_context_new (&parser, 0, &reading, NULL);
          GError *error = NULL;

          attest_chart_write_file (chart, svg);
          g_markup_parse_context_parse (context, svg->str, (gssize)svg->len, &error);
          g_assert_no_error (error);
          g_assert_null (strstr (svg->str, "=\"nan"));
          g_assert_null (strstr (svg->str, "=\"inf"));
          g_assert_null (strstr (svg->str, "=\"-inf"));
          g_assert_null (strstr (svg->str, "Mnan"));
          if (sizes[size][0] > 0)
            table = attest_chart_to_table (chart);
        }
}

/* ---- inside a page ---- */

static void
test_figure (void)
{
  g_autoptr (AttestChart) chart = chart_bars ();
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (AttestHtml) html = attest_html_new (out);

  attest_chart_write_figure (chart, html);
  /* With links inside, the picture is a group; an image would hide them. */
  g_assert_nonnull (strstr (out->str, "role=\"group\""));
  g_assert_nonnull (strstr (out->str, "<a href=\"#code-relevance\">"));
  g_assert_null (strstr (out->str, "<style"));
  g_assert_null (strstr (out->str, "<script"));
  g_assert_nonnull (strstr (out->str, "<figcaption dir=\"auto\">Segments by code</figcaption>"));
  /* Every number is in the table, and what is hidden is hidden there, too. */
  g_assert_nonnull (strstr (out->str, "<details><summary>Table</summary>"));
  g_assert_nonnull (strstr (out->str, "&lt;3</td>"));
}

static void
test_table (void)
{
  g_autoptr (AttestChart) chart = chart_dots (1);
  g_autoptr (AttestTable) table = attest_chart_to_table (chart);
  g_autoptr (GString) out = g_string_new (NULL);

  attest_table_write_csv (table, out);
  g_assert_true (
      g_str_has_prefix (out->str, "row,alpha,low,high,n\r\nRelevance,'−0.10,'−0.24,'−0.01"
                                  ",40\r\n")
      || g_str_has_prefix (out->str, "row,alpha,low,high,n\r\nRelevance,−0.10,−0.24,−0.01"
                                     ",40\r\n"));
  /* A coefficient that is not defined has no interval. */
  g_assert_nonnull (strstr (out->str, "not defined,,,44\r\n"));
}

static void
test_description (void)
{
  g_autoptr (AttestChart) chart = chart_bars ();
  g_autofree char *made = attest_chart_dup_description (chart);
  g_autofree char *given = NULL;

  g_assert_true (g_str_has_prefix (made, "8 rows; segments. Highest: "));
  g_assert_null (strstr (made, "<3"));
  attest_chart_set_description (chart, "What it says.");
  given = attest_chart_dup_description (chart);
  g_assert_cmpstr (given, ==, "What it says.");
}

/* What a chart says by itself, in the language of a document; in English it is what it is without.
 */
static void
test_labels (void)
{
  g_autoptr (AttestChart) chart = chart_bars ();
  g_autoptr (AttestCatalogue) english = attest_catalogue_new ("en", NULL, NULL);
  g_autoptr (AttestCatalogue) french = attest_catalogue_new ("fr", NULL, NULL);
  g_autofree char *plain = attest_chart_dup_description (chart);
  g_autofree char *same = NULL, *local = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (AttestHtml) html = attest_html_new (out);

  attest_chart_set_labels (chart, english);
  same = attest_chart_dup_description (chart);
  g_assert_cmpstr (plain, ==, same);
  attest_chart_set_labels (chart, french);
  local = attest_chart_dup_description (chart);
  g_assert_true (g_str_has_prefix (local, "Lignes : 8 ; segments. Les plus élevés : "));
  attest_chart_write_figure (chart, html);
  g_assert_nonnull (strstr (out->str, "<summary>Tableau</summary>"));
}

static guint
count_of (const char *text, const char *part)
{
  guint n = 0;

  for (const char *at = strstr (text, part); at != NULL; at = strstr (at + 1, part))
    n++;
  return n;
}

/* A telephone gets a drawing of its own, half as wide; marks that say nothing are one element. */
static void
test_narrow (void)
{
  g_autoptr (AttestChart) bars = chart_bars ();
  g_autoptr (AttestChart) timeline
      = attest_chart_new (ATTEST_CHART_TIMELINE, "Where it is", "turns");
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (AttestHtml) html = attest_html_new (out);

  attest_chart_write_figure (bars, html);
  g_assert_cmpuint (count_of (out->str, "<svg"), ==, 1);
  g_string_truncate (out, 0);
  attest_chart_set_narrow (bars, TRUE);
  attest_chart_write_figure (bars, html);
  g_assert_cmpuint (count_of (out->str, "<svg"), ==, 2);
  g_assert_nonnull (strstr (out->str, "class=\"wide narrow\""));
  g_assert_nonnull (strstr (out->str, "width=\"340\""));
  g_string_truncate (out, 0);
  attest_chart_set_scale (timeline, 0, 100);
  attest_chart_add_row (timeline, "code");
  for (guint i = 0; i < 50; i++)
    attest_chart_add_mark (timeline, 0, 2 * i, 2 * i + 1, NULL);
  attest_chart_add_mark (timeline, 0, 7, 8, "said");
  attest_chart_write_svg (timeline, html);
  g_assert_cmpuint (count_of (out->str, "<path"), ==, 1);
  g_assert_cmpuint (count_of (out->str, "Z"), ==, 50);
  g_assert_cmpuint (count_of (out->str, "<title>said</title>"), ==, 1);
}

/* ---- text ---- */

static void
test_wrap (void)
{
  static const char *const texts[] = { "e\u0301e\u0301e\u0301e\u0301e\u0301",
                                       "👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧",
                                       "a",
                                       "   ",
                                       "two words",
                                       "\u202eevil",
                                       "评价标准与结果" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (double width = 1; width < 80; width += 3)
      {
        g_autoptr (GPtrArray) lines = attest_chart_wrap (texts[i], 12, width, G_MAXUINT);

        g_assert_cmpuint (lines->len, >=, 1);
        for (guint k = 0; k < lines->len; k++)
          {
            const char *line = g_ptr_array_index (lines, k);
            gunichar c = g_utf8_get_char (line);

            g_assert_true (g_utf8_validate (line, -1, NULL));
            /* A line begins with a character of its own. */
            g_assert_true (c == 0 || (!g_unichar_ismark (c) && c != 0x200d));
          }
      }
  {
    g_autoptr (GPtrArray) lines = attest_chart_wrap ("one two three four", 12, 60, 2);

    g_assert_cmpuint (lines->len, ==, 2);
    g_assert_true (g_str_has_suffix (g_ptr_array_index (lines, 1), "…"));
  }
}

static void
test_ticks (void)
{
  AttestTicks ticks;
  g_autofree char *first = NULL, *last = NULL;

  attest_ticks_init (&ticks, -0.23, 0.91, 7, TRUE);
  first = attest_ticks_to_text (&ticks, 0);
  last = attest_ticks_to_text (&ticks, ticks.n - 1);
  g_assert_cmpstr (first, ==, "−0.4");
  g_assert_cmpstr (last, ==, "1.0");
  attest_ticks_init (&ticks, 5, 5, 6, TRUE);
  g_assert_cmpuint (ticks.n, >=, 2);
  g_assert_cmpuint (ticks.n, <=, 7);
}

/* ---- colours ---- */

/* Relative luminance, WCAG 2.2. */
static double
luminance (const char *colour)
{
  static const double weights[] = { 0.2126, 0.7152, 0.0722 };
  double sum = 0;

  for (guint i = 0; i < 3; i++)
    {
      double share = (g_ascii_xdigit_value (colour[1 + 2 * i]) * 16
                      + g_ascii_xdigit_value (colour[2 + 2 * i]))
                     / 255.0;

      sum += weights[i] * (share <= 0.04045 ? share / 12.92 : pow ((share + 0.055) / 1.055, 2.4));
    }
  return sum;
}

static double
contrast (const char *a, const char *b)
{
  double x = luminance (a), y = luminance (b);

  return (MAX (x, y) + 0.05) / (MIN (x, y) + 0.05);
}

/* The colour that a rule gives to @selector, from @style on; "text.on-q1" may be one of a list. */
static const char *
find_colour (const char *style, const char *selector, const char *property)
{
  g_autofree char *pattern
      = g_strdup_printf ("svg\\.chart %s(?:, [^{]*)? \\{ %s: (#[0-9a-f]{6})", selector, property);
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  int start;

  if (!g_regex_match (regex, style, 0, &match))
    g_error ("no colour for %s", selector);
  g_match_info_fetch_pos (match, 1, &start, NULL);
  return style + start;
}

static void
check_pair (const char *style, const char *fill, const char *text)
{
  const char *a = find_colour (style, fill, "fill"), *b = find_colour (style, text, "fill");

  if (contrast (a, b) < 4.5)
    g_error ("%s on %s: %.2f", text, fill, contrast (a, b));
}

static void
check_shades (const char *style)
{
  static const struct
  {
    char letter;
    guint n;
  } scales[] = { { 'q', ATTEST_CHART_STEPS },
                 { 'p', ATTEST_CHART_DIFFERENCES },
                 { 'm', ATTEST_CHART_DIFFERENCES } };

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    for (guint step = 1; step <= scales[i].n; step++)
      {
        g_autofree char *fill = g_strdup_printf ("\\.%c%u", scales[i].letter, step);
        g_autofree char *text = g_strdup_printf ("text\\.on-%c%u", scales[i].letter, step);

        check_pair (style, fill, text);
      }
}

static void
check_marks (const char *style, const char *background)
{
  for (guint i = 0; i < ATTEST_CHART_COLOURS; i++)
    {
      g_autofree char *line = g_strdup_printf ("\\.l%u", i);
      g_autofree char *fill = g_strdup_printf ("\\.f%u", i);

      g_assert_cmpfloat (contrast (find_colour (style, line, "stroke"), background), >=, 3);
      g_assert_cmpfloat (contrast (find_colour (style, fill, "fill"), background), >=, 3);
    }
}

static void
test_contrast (void)
{
  const char *light = attest_chart_style ();
  const char *dark = strstr (light, "@media (prefers-color-scheme: dark)");

  g_assert_nonnull (dark);
  check_shades (light);
  check_shades (dark);
  check_marks (light, find_colour (light, "\\.bg", "fill"));
  check_marks (dark, find_colour (dark, "\\.bg", "fill"));
  for (guint i = 0; i < ATTEST_CHART_COLOURS; i++)
    {
      g_autofree char *fill = g_strdup_printf ("\\.c%u", i);
      g_autofree char *text
          = i == 0 ? g_strdup ("text\\.t0") : g_strdup_printf ("text\\.t1, [^{]*text\\.t%u", i);

      check_pair (light, fill, i == 1 ? "text\\.t1" : text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *golden = g_strconcat ("/chart/golden/", cases[i].name, NULL);
      g_autofree char *apart = g_strconcat ("/chart/apart/", cases[i].name, NULL);

      g_test_add_data_func (golden, &cases[i], test_golden);
      g_test_add_data_func (apart, &cases[i], test_apart);
    }
  g_test_add_func ("/chart/extremes", test_extremes);
  g_test_add_func ("/chart/figure", test_figure);
  g_test_add_func ("/chart/table", test_table);
  g_test_add_func ("/chart/description", test_description);
  g_test_add_func ("/chart/labels", test_labels);
  g_test_add_func ("/chart/narrow", test_narrow);
  g_test_add_func ("/chart/wrap", test_wrap);
  g_test_add_func ("/chart/ticks", test_ticks);
  g_test_add_func ("/chart/contrast", test_contrast);
  return g_test_run ();
}
