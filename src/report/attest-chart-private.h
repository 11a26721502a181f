/* The inside of a chart, for the drawings of this folder. Lengths are units of the drawing, which
 * are pixels where it is not scaled. */
#pragma once

#include "report/attest-chart.h"

/* Colours of categories; see chart.css. */
#define ATTEST_CHART_COLOURS 8
/* Steps of heat, from 1. */
#define ATTEST_CHART_STEPS 9
/* Steps of a difference on each side of 0, from 1. */
#define ATTEST_CHART_DIFFERENCES 4

#define ATTEST_CHART_WIDTH 720
#define ATTEST_CHART_NARROW 340
#define ATTEST_CHART_FONT 12
#define ATTEST_CHART_LINE 15
#define ATTEST_CHART_GAP 8

typedef struct
{
  char *section; /* (nullable) heading above */
  char *label;
  char *link; /* (nullable) */
} AttestChartRow;

typedef struct
{
  double value, low, high; /* NAN: unknown */
  gint64 n;                /* -1: unknown */
  char *text, *label;      /* (nullable) */
} AttestChartCell;

typedef struct
{
  guint row;
  double start, end;
  char *label; /* (nullable) */
} AttestChartMark;

typedef struct
{
  double value;
  char *label;
} AttestChartReference;

struct _AttestChart
{
  AttestChartKind kind;
  char *title, *unit;
  char *note, *description, *rows_name, *values_name; /* (nullable) */
  char *section;                                      /* (nullable) of the next row */
  const AttestCatalogue *labels;                      /* (nullable) English */
  double width;
  guint decimals;
  double scale_low, scale_high; /* NAN: not set */
  gboolean is_diverging, is_time, has_narrow;
  GPtrArray *series;  /* of char * */
  GArray *rows;       /* of AttestChartRow */
  GArray *cells;      /* of AttestChartCell, row by row */
  GArray *marks;      /* of AttestChartMark */
  GArray *references; /* of AttestChartReference */
};

static inline const AttestChartRow *
attest_chart_row (const AttestChart *chart, guint row)
{
  return &g_array_index (chart->rows, AttestChartRow, row);
}

static inline const AttestChartCell *
attest_chart_cell (const AttestChart *chart, guint row, guint series)
{
  return &g_array_index (chart->cells, AttestChartCell, row * chart->series->len + series);
}

/** Whether there is a number to draw. */
gboolean attest_chart_cell_is_known (const AttestChartCell *cell);
/** "12", "0.71", "–", or its text. */
char *attest_chart_cell_to_text (const AttestChart *chart, const AttestChartCell *cell);
char *attest_chart_number_to_text (const AttestChart *chart, double value);
/** A place on a timeline: "00:12:31", or a number. */
char *attest_chart_place_to_text (const AttestChart *chart, double place);
/** The lowest and highest number, with intervals; 0 and 0 when there is none. */
void attest_chart_range (const AttestChart *chart, double *out_low, double *out_high);
/** The label "chart.KEY", or @english. */
const char *attest_chart_word (const AttestChart *chart, const char *key, const char *english);
/** One made of the numbers, when none was set. */
char *attest_chart_dup_description (const AttestChart *chart);

/* ---- text (attest-chart-text.c) ---- */

/** An upper bound, for the widest of the usual fonts without serifs. */
double attest_chart_text_width (const char *text, gssize length_bytes, double font);
/**
 * The lines of a label, at most @max_lines, none wider than @width; what is left out is shown by
 * "…". Between words where it can be, never inside of what is seen as one character.
 *
 * Returns: (element-type char *) at least one line.
 */
GPtrArray *attest_chart_wrap (const char *text, double font, double width, guint max_lines);

/* ---- canvas (attest-chart-canvas.c) ---- */

typedef struct
{
  const AttestChart *chart;
  gboolean is_file;
  GString *body;
  AttestHtml *html; /* writes to body */
  double width;
  double y; /* how far down it is drawn */
} AttestCanvas;

typedef enum
{
  ATTEST_ANCHOR_START,
  ATTEST_ANCHOR_MIDDLE,
  ATTEST_ANCHOR_END,
} AttestAnchor;

void attest_canvas_rect (AttestCanvas *canvas, const char *class, double x, double y, double width,
                         double height);
/** Many of one height and class in one element. @spans: left and right end of each. */
void attest_canvas_row_of_rects (AttestCanvas *canvas, const char *class, const double *spans,
                                 guint n_spans, double y, double height);
void attest_canvas_line (AttestCanvas *canvas, const char *class, double x1, double y1, double x2,
                         double y2);
/** Number @shape: circle, square, diamond, triangle, and again. */
void attest_canvas_dot (AttestCanvas *canvas, const char *class, guint shape, double x, double y,
                        double radius);
/** Numbers of the program, as "M%g,%g" would write them. @points: x, y, x, y … */
void attest_canvas_path (AttestCanvas *canvas, const char *class, const double *points,
                         guint n_points, gboolean is_closed);
/** @y: the middle of the text. */
void attest_canvas_text (AttestCanvas *canvas, const char *class, AttestAnchor anchor, double x,
                         double y, const char *text);
/** Text that is read from below. */
void attest_canvas_text_upwards (AttestCanvas *canvas, double x, double y, const char *text);
/** Lines below each other, in the middle of a place that is @height high from @y. */
void attest_canvas_lines (AttestCanvas *canvas, const char *class, AttestAnchor anchor, double x,
                          double y, double height, GPtrArray *lines);
/** What is drawn until the end has this text for a pointer that rests on it. */
void attest_canvas_begin (AttestCanvas *canvas, const char *title);
void attest_canvas_end (AttestCanvas *canvas);

/* ---- parts that several charts have (attest-chart-parts.c) ---- */

/** Where the labels of rows end, and the rows: from @tops[i] to @tops[i + 1]. */
typedef struct
{
  double label_width;
  GPtrArray *lines; /* of GPtrArray, by row */
  double *tops;     /* n_rows; of the row itself, below the heading of its section */
  double *heights;  /* n_rows */
  double bottom;
} AttestChartRows;

/** Lays out labels, at most @max_width wide and no more than their part of the canvas, from
 * canvas->y down; rows are at least @least high. */
AttestChartRows *attest_chart_rows_new (const AttestCanvas *canvas, double max_width, double least);
void attest_chart_rows_free (AttestChartRows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestChartRows, attest_chart_rows_free)
/** Draws labels and headings. */
void attest_chart_rows_draw (AttestCanvas *canvas, const AttestChartRows *rows);

/** The names of the series with their colours from canvas->y down; @class: prefix, "c" or "l".
 * Nothing for a single one without a name. */
void attest_chart_draw_legend (AttestCanvas *canvas, const char *class, guint n_series,
                               const char *const *names, gboolean with_shapes);
/** "c3", of category @i. */
void attest_chart_class (char *out, gsize out_bytes, const char *prefix, guint i);

/* Round numbers from low to high. */
typedef struct
{
  double low, high, step;
  guint decimals;
  guint n;
} AttestTicks;

/** At most @max_ticks; the ends are widened to round numbers when @widen. */
void attest_ticks_init (AttestTicks *ticks, double low, double high, guint max_ticks,
                        gboolean widen);
double attest_ticks_at (const AttestTicks *ticks, guint i);
char *attest_ticks_to_text (const AttestTicks *ticks, guint i);
/** From a value to a place. */
double attest_ticks_place (const AttestTicks *ticks, double value, double left, double right);

/* ---- the drawings ---- */

void attest_chart_draw_bars (AttestCanvas *canvas);
void attest_chart_draw_stacked (AttestCanvas *canvas);
void attest_chart_draw_heat (AttestCanvas *canvas);
void attest_chart_draw_dots (AttestCanvas *canvas);
void attest_chart_draw_lines (AttestCanvas *canvas);
void attest_chart_draw_network (AttestCanvas *canvas);
void attest_chart_draw_timeline (AttestCanvas *canvas);
