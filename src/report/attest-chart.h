/* attest-chart: pictures of numbers as SVG, each with a text alternative and a table.
 *
 * A chart is plain data: a title, a unit, series, rows, and a value for each row and series. What
 * it is drawn as is said by its kind. It is drawn inside a page (inline) or as a file that stands
 * alone. The same data make the same bytes: text is measured by a table of our own, not by the
 * fonts of a machine, and generously, so that labels never overlap in another font.
 *
 * Colours stand in one style sheet, light and dark (attest_chart_style()); a page has it among its
 * own styles, a file inside. Categories are told apart by the colours of Okabe and Ito (2008,
 * "Color universal design"), heat by cividis (Nuñez, Anderton and Renslow 2018, doi
 * 10.1371/journal.pone.0199239); what is told by colour is also told by a number, a place or a
 * shape.
 *
 * Texts may come from strangers: they are escaped, control characters are made visible. Strings
 * are copied.
 */
#pragma once

#include "report/attest-catalogue.h"
#include "report/attest-html.h"
#include "report/attest-table.h"

G_BEGIN_DECLS

typedef enum
{
  ATTEST_CHART_BARS,     /* a bar and its number for each row; one series */
  ATTEST_CHART_STACKED,  /* a bar for each row, cut by series; the total beside it */
  ATTEST_CHART_HEAT,     /* rows × series, a number in each cell */
  ATTEST_CHART_DOTS,     /* a dot for each row and series, with its interval: also a forest plot */
  ATTEST_CHART_LINES,    /* a line for each series over the rows, with a band for intervals */
  ATTEST_CHART_NETWORK,  /* rows and series are the same codes; a cell is how close two are */
  ATTEST_CHART_TIMELINE, /* where something occurs in each row: see attest_chart_add_mark() */
} AttestChartKind;

typedef struct _AttestChart AttestChart;

/** @title: what is shown, in one line. @unit: what the numbers count, "segments". */
AttestChart *attest_chart_new (AttestChartKind kind, const char *title, const char *unit);
void attest_chart_free (AttestChart *chart);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestChart, attest_chart_free)

/** Lines below: n, the codebook, limits. */
void attest_chart_set_note (AttestChart *chart, const char *note);
/** The text alternative; without it, one is made that names the highest and the lowest. */
void attest_chart_set_description (AttestChart *chart, const char *description);
/** What rows and columns are: "code", "group"; for the table and the axes. Without it: "" and the
 * unit. */
void attest_chart_set_axes (AttestChart *chart, const char *rows, const char *values);
/** Without it, numbers are whole. */
void attest_chart_set_decimals (AttestChart *chart, guint decimals);
/** The ends of the scale, of dots and lines, and of heat. Without it, from the data, and from 0 but
 * for dots. */
void attest_chart_set_scale (AttestChart *chart, double low, double high);
/** A line across dots and lines: a threshold, or "no difference". Nothing where @value is not
 * finite. */
void attest_chart_add_reference (AttestChart *chart, double value, const char *label);
/** Heat from the lowest through 0 to the highest, in two colours: differences. */
void attest_chart_set_diverging (AttestChart *chart, gboolean is_diverging);
/** The places of a timeline are milliseconds. */
void attest_chart_set_time (AttestChart *chart, gboolean is_time);

/** Returns its number. All series come before the first row; without any there is one, unnamed. */
guint attest_chart_add_series (AttestChart *chart, const char *name);
/** Rows that follow stand under this heading. */
void attest_chart_begin_section (AttestChart *chart, const char *heading);
/** Returns its number. Values are unknown until they are set. */
guint attest_chart_add_row (AttestChart *chart, const char *label);
/** In a page, the label of the row is a link: "#…". */
void attest_chart_link_row (AttestChart *chart, guint row, const char *link);

/** NAN: unknown, shown as "–". */
void attest_chart_set (AttestChart *chart, guint row, guint series, double value);
/** An interval around the value. */
void attest_chart_set_interval (AttestChart *chart, guint row, guint series, double low,
                                double high);
/** How many the value rests on; printed beside dots. */
void attest_chart_set_n (AttestChart *chart, guint row, guint series, gint64 n);
/** Stands in the place of the number, which is not drawn: "<3", "not defined". */
void attest_chart_set_text (AttestChart *chart, guint row, guint series, const char *text);
/** Stands in the place of the number, which is drawn as it is: "3/5". */
void attest_chart_set_label (AttestChart *chart, guint row, guint series, const char *label);
/** Timeline: from @start to @end on the scale. @label: (nullable) what is there. */
void attest_chart_add_mark (AttestChart *chart, guint row, double start, double end,
                            const char *label);

/** A figure has a second drawing, half as wide, for telephones; of bars and of heat with few
 * columns. */
void attest_chart_set_narrow (AttestChart *chart, gboolean has_narrow);
/** (borrowed) The language of what the chart says by itself; NULL: English. */
void attest_chart_set_labels (AttestChart *chart, const AttestCatalogue *labels);

guint attest_chart_n_rows (const AttestChart *chart);

/** <svg> inside a page, without its title as a heading. */
void attest_chart_write_svg (const AttestChart *chart, AttestHtml *html);
/** <figure>: caption, picture, note, and the table, folded. */
void attest_chart_write_figure (const AttestChart *chart, AttestHtml *html);
/** A whole file of SVG. */
void attest_chart_write_file (const AttestChart *chart, GString *out);
/** The same with a table of the caller, which must hold the numbers that are drawn. */
void attest_chart_write_figure_with_table (const AttestChart *chart, const AttestTable *table,
                                           AttestHtml *html);
/** The same numbers. */
AttestTable *attest_chart_to_table (const AttestChart *chart);

/** The style sheet of charts, for a page; static. */
const char *attest_chart_style (void);

G_END_DECLS
