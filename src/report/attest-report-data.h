/* attest-report-data: the segments of a project with who said them and where, in memory, for
 * reports that count over them in several ways.
 *
 * Segments are those of one codebook that nobody rejected. A segment takes about 100 bytes, its
 * quote aside.
 */
#pragma once

#include <glib.h>

#include "report/attest-disclosure.h"
#include "report/attest-report.h"
#include "store/attest-store.h"

G_BEGIN_DECLS

#define ATTEST_NO_INDEX G_MAXUINT

/* A segment; strings are owned by the data. */
typedef struct
{
  const char *id;    /* of the quote */
  guint code;        /* into frequency->rows */
  guint source;      /* into sources */
  guint respondent;  /* into respondents, or ATTEST_NO_INDEX: nobody known */
  guint turn;        /* from 0 */
  gint64 start, end; /* code points */
  gint64 start_byte, end_byte;
  gint64 start_ms; /* of the turn, or ATTEST_NO_TIME */
  AttestQualifiers qualifiers;
  guint strength;
  gboolean is_key, is_accepted;
  const char *quote; /* (nullable) NULL: not asked for */
  gsize quote_bytes;
  guint first_item, n_items; /* into items: what it was found by */
} AttestDatum;

typedef enum
{
  ATTEST_DATA_PLAIN = 0,
  ATTEST_DATA_QUOTES = 1 << 0,  /* fill quote */
  ATTEST_DATA_RULES = 1 << 1,   /* items are names of rules */
  ATTEST_DATA_PHRASES = 1 << 2, /* items are the words that were found, in lower case */
} AttestDataFlags;

typedef struct
{
  AttestStore *store;           /* borrowed */
  AttestDisclosure *disclosure; /* (nullable) NULL: for the team */
  AttestFrequency *frequency;   /* codes and totals, as they are */
  AttestFrequency *printed;     /* the same as it may be printed */
  GPtrArray *sources;           /* of AttestSourceInfo, by label */
  GHashTable *searched;         /* set of labels of sources that the codebook searched */
  GPtrArray *respondents;       /* of AttestRespondentInfo, by label */
  GHashTable *shared;           /* (nullable) for the public: "name\x1fvalue" that enough have */
  char *attribute, *value;      /* (nullable) of the filter, normalised */
  GArray *segments;             /* of AttestDatum, by source and position */
  GPtrArray *items;             /* of const char *, each text once */
  GArray *item_numbers;         /* of guint: of each segment after the other */

  GHashTable *code_indexes, *source_indexes, *respondent_indexes, *item_indexes; /* index + 1 */
  GStringChunk *strings;
  AttestDataFlags flags;
} AttestReportData;

/** @filter: (nullable). Takes @disclosure (nullable) over. */
AttestReportData *attest_report_data_new (AttestStore *store, const AttestReportFilter *filter,
                                          AttestDataFlags flags, AttestDisclosure *disclosure,
                                          GError **error);
void attest_report_data_free (AttestReportData *data);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestReportData, attest_report_data_free)

static inline const AttestDatum *
attest_report_datum (const AttestReportData *data, guint i)
{
  return &g_array_index (data->segments, AttestDatum, i);
}
static inline const AttestFrequencyRow *
attest_report_data_code (const AttestReportData *data, guint code)
{
  return &g_array_index (data->frequency->rows, AttestFrequencyRow, code);
}

/** ATTEST_NO_INDEX: there is none. */
guint attest_report_data_find_code (const AttestReportData *data, const char *code);
guint attest_report_data_find_source (const AttestReportData *data, const char *label);
guint attest_report_data_find_respondent (const AttestReportData *data, const char *label);
/** ATTEST_ERROR_USAGE, with the codes that there are, when there is none. */
gboolean attest_report_data_check_code (const AttestReportData *data, const char *code,
                                        guint *out_code, GError **error);

/* What may be printed; borrowed, (nullable). */
const char *attest_report_data_source (const AttestReportData *data, guint source);
const char *attest_report_data_respondent (const AttestReportData *data, guint respondent);
/** @name: normalised. */
const char *attest_report_data_attribute (const AttestReportData *data, guint respondent,
                                          const char *name);

/** Whether the filter is for this respondent, and they have a turn in a source that was searched:
 * they could have been heard. */
gboolean attest_report_data_is_present (const AttestReportData *data, guint respondent);
/** (element-type char *) values of an attribute of those who are present, sorted; NULL as the last
 * when somebody has none. Borrowed. */
GPtrArray *attest_report_data_list_values (const AttestReportData *data, const char *name);
/** Index of a value in such a list; NULL is the last. ATTEST_NO_INDEX: not in it. */
guint attest_report_data_find_value (const GPtrArray *values, const char *value);

/** The quote as it may be printed; the data have quotes. */
char *attest_report_data_dup_quote (const AttestReportData *data, const AttestDatum *datum);
/** Who said it, as it may be told: the stakeholder group, or the attribution line; "" when that is
 * nothing. */
const char *attest_report_data_who (const AttestReportData *data, guint respondent);
/** "01-ministry ¶12 [00:12:31]"; in public only the pseudonym. */
char *attest_report_data_dup_place (const AttestReportData *data, const AttestDatum *datum);
/** Segments in the order in which quotes are shown: key ones, accepted ones, those that more rules
 * found, then as they stand. @segments: (element-type guint) sorted in place. */
void attest_report_data_sort_quotes (const AttestReportData *data, GArray *segments);
/**
 * Marks what must not be told of the cells of one line, of which @total is told elsewhere: a cell
 * where few are present, few of these are counted, or few of these are not; and then others, so
 * that it does not follow from the total. Nothing for the team.
 * @present, @counts, @hidden: @n each; hidden: in and out.
 */
void attest_report_data_hide_line (const AttestReportData *data, const gint64 *present,
                                   const gint64 *counts, guint n, guint8 *hidden);
/** "Impact", "Égalité (gender)" */
char *attest_report_data_dup_code_title (const AttestReportData *data, guint code);

G_END_DECLS
