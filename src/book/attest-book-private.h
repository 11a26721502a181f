/* What the files of the book share. Everything belongs to one book that is being written. */
#pragma once

#include "book/attest-book-site.h"
#include "book/attest-book.h"
#include "codebook/attest-codebook.h"
#include "codebook/attest-scale.h"
#include "report/attest-catalogue.h"
#include "report/attest-chart.h"
#include "report/attest-html.h"
#include "report/attest-report-check.h"
#include "report/attest-report-evidence.h"
#include "report/attest-report-review.h"
#include "store/attest-store-coverage.h"
#include "store/attest-store-project.h"
#include "util/attest-text.h"

G_BEGIN_DECLS

/* A coded segment that is not rejected. */
typedef struct
{
  guint source; /* row of `sources` */
  guint turn;
  guint code;                 /* row of the frequency report */
  guint group;                /* row of `groups` */
  gsize start_byte, end_byte; /* in the text of the source */
  gint64 start_ms;            /* of the turn, or ATTEST_NO_TIME */
  const char *line;           /* (nullable) who said it, for the public */
  const char *id;             /* of the quote */
  const char *quote;
  gsize quote_bytes;
  const char *lang;        /* (nullable) interned */
  guint first_hit, n_hits; /* of `hits`: bytes of the quote */
  guint strength;          /* rules that found it */
  AttestQualifiers qualifiers;
  gboolean is_accepted, is_key, is_asked;
  guint stances; /* bit set 1 << AttestStance: of the findings that it is linked to */
} AttestBookSegment;

typedef struct _AttestBook AttestBook;

struct _AttestBook
{
  AttestStore *store;
  const AttestStrengthRules *rules;
  const AttestBookOptions *options;
  AttestCatalogue *labels;
  char *title;
  AttestProject *project;
  AttestEvidenceReport *report;
  AttestCodebook *codebook;     /* (nullable) the file of the report's codebook */
  AttestDisclosure *given;      /* (nullable) until the report has it */
  AttestDisclosure *disclosure; /* (nullable) borrowed from the report; NULL: for the team */
  GPtrArray *source_names;      /* of char *: labels, or pseudonyms */
  GPtrArray *sources;           /* of AttestSourceInfo */
  GPtrArray *groups;            /* of char *, sorted; the last is for who has none */
  GArray *segments;             /* of AttestBookSegment, by source and place */
  GArray *hits;                 /* of AttestSpan */
  GPtrArray *by_code;           /* of GArray of guint: rows of `segments` by code */
  guint *first_of_source;       /* rows of `segments`; one more than there are sources */
  GStringChunk *strings;
  GPtrArray *code_pages;     /* of char *: name of the page by code */
  GHashTable *quote_sources; /* id of a quote → AttestBookSegment *, the first */
  GHashTable *passages;      /* id → AttestQuotePassage, of the ledger */
  GPtrArray *passages_owner;
  GHashTable *scales;         /* id → AttestScale, of those that this version can read */
  GHashTable *speaker_groups; /* "SOURCE\nSPEAKER" → row of `groups` + 1 */
  GString *index;             /* of the search, JSON */
  guint n_indexed;            /* turns of the source that is being written */
  AttestReview *review;
  AttestCoverage *coverage;
  AttestJudgementCheck *check;
  GHashTable *templates; /* name of a page → GArray of AttestTemplateItem */
  char *style, *script;
  char *policy;
  char *logo; /* (nullable) "data:…" */

  AttestBookSite *site;
  AttestOutput *output; /* of the page that is being written */
  AttestHtml *html;
  const char *page_title;
  const char *page;   /* its name */
  guint code, source; /* that it is about */
  guint n_pages;
  guint n_steps; /* how often something was handed to the site */
};

/* ---- attest-book-load.c ---- */

gboolean attest_book_load (AttestBook *book, GError **error);

/* ---- attest-book-template-files.c: the template of the institution ---- */

gboolean attest_book_load_templates (AttestBook *book, GError **error);

/* ---- attest-book-frame.c: pages ---- */

gboolean attest_book_begin_page (AttestBook *book, const char *page, const char *title,
                                 GError **error);
gboolean attest_book_end_page (AttestBook *book, GError **error);
/** Begins and ends the one file. */
gboolean attest_book_begin_file (AttestBook *book, GError **error);
gboolean attest_book_end_file (AttestBook *book, GError **error);

/* ---- attest-book.c ---- */

/** (element-type AttestTemplateItem) the template @name, with what it must name and may not. */
GArray *attest_book_parse_template (AttestBook *book, const char *name, const char *path,
                                    const char *text, gsize length_bytes, GError **error);
/** Writes the items of the template of this name into the page. */
gboolean attest_book_write_template (AttestBook *book, const char *name, GError **error);
/** To be called between records: hands on what was written, when it is much. */
gboolean attest_book_step (AttestBook *book, GError **error);

/* ---- attest-book-names.c: how things are called and linked ---- */

/** A link to a place: "#Q…" or "t001.html#Q…". @anchor: (nullable) the page itself. */
char *attest_book_dup_link (const AttestBook *book, const char *page, const char *anchor);
char *attest_book_dup_source_page (guint source);
/** Adds to @names, which owns them, that of the page of each code: safe on every file system, also
 * where upper and lower case are one, and each another. @codes: (element-type utf8) */
void attest_book_name_code_pages (const GPtrArray *codes, GPtrArray *names);
/** The same for the passage of a quote, or NULL: no segment quotes it. */
char *attest_book_dup_quote_link (const AttestBook *book, const char *quote_id);
/** The source in whose transcript a quote of the ledger stands that no segment quotes; -1: none. */
int attest_book_find_passage_source (const AttestBook *book, const AttestQuotePassage *passage);
/** A link to where it stands there, or NULL. */
char *attest_book_dup_passage_link (const AttestBook *book, const AttestQuotePassage *passage);
/** The same for an entry of the ledger. */
char *attest_book_dup_entry_link (const AttestBook *book, const AttestLedgerEntry *entry);
/** A rating as its scale calls it in the language of the book: "5 excellent". */
char *attest_book_dup_level (const AttestBook *book, const AttestRating *rating);
const char *attest_book_code_name (const AttestBook *book, guint code);
const char *attest_book_dimension_name (const AttestBook *book, const char *dimension);
const char *attest_book_group_name (const AttestBook *book, guint group);
static inline const AttestFrequencyRow *
attest_book_code (const AttestBook *book, guint code)
{
  return &g_array_index (book->report->frequency->rows, AttestFrequencyRow, code);
}
/** Row of a code, or -1. */
int attest_book_find_code (const AttestBook *book, const char *code);
static inline const AttestBookSegment *
attest_book_segment (const AttestBook *book, guint i)
{
  return &g_array_index (book->segments, AttestBookSegment, i);
}
static inline const AttestSourceInfo *
attest_book_source (const AttestBook *book, guint i)
{
  return g_ptr_array_index (book->sources, i);
}
static inline const char *
attest_book_source_name (const AttestBook *book, guint i)
{
  return g_ptr_array_index (book->source_names, i);
}
#define L(name) attest_catalogue_get (book->labels, name)
#define W(group, key) attest_catalogue_get_word (book->labels, group, key)
/** "12", or "<3" of what is not told. */
char *attest_book_dup_number (gint64 n);

/* ---- parts of pages; each writes into book->html, or nothing when there is nothing to say ---- */

typedef gboolean (*AttestBookPartFunc) (AttestBook *book, GError **error);

gboolean attest_book_part_project (AttestBook *book, GError **error);
gboolean attest_book_part_audience (AttestBook *book, GError **error);
gboolean attest_book_part_tiles (AttestBook *book, GError **error);
gboolean attest_book_part_ratings (AttestBook *book, GError **error);
gboolean attest_book_part_frequency (AttestBook *book, GError **error);
gboolean attest_book_part_voices (AttestBook *book, GError **error);
gboolean attest_book_part_silence (AttestBook *book, GError **error);
gboolean attest_book_part_heat (AttestBook *book, GError **error);
gboolean attest_book_part_heat_groups (AttestBook *book, GError **error);
gboolean attest_book_part_findings (AttestBook *book, GError **error);
gboolean attest_book_part_conclusions (AttestBook *book, GError **error);
gboolean attest_book_part_recommendations (AttestBook *book, GError **error);
gboolean attest_book_part_lessons (AttestBook *book, GError **error);
gboolean attest_book_part_practices (AttestBook *book, GError **error);
gboolean attest_book_part_code_definition (AttestBook *book, GError **error);
gboolean attest_book_part_code_judgement (AttestBook *book, GError **error);
gboolean attest_book_part_code_voices (AttestBook *book, GError **error);
gboolean attest_book_part_code_silence (AttestBook *book, GError **error);
gboolean attest_book_part_code_quotes (AttestBook *book, GError **error);
gboolean attest_book_part_transcripts (AttestBook *book, GError **error);
gboolean attest_book_part_transcript (AttestBook *book, GError **error);
gboolean attest_book_part_codebook (AttestBook *book, GError **error);
gboolean attest_book_part_methods (AttestBook *book, GError **error);
gboolean attest_book_part_limits (AttestBook *book, GError **error);
gboolean attest_book_part_strength_rules (AttestBook *book, GError **error);
gboolean attest_book_part_precision (AttestBook *book, GError **error);
gboolean attest_book_part_silenced (AttestBook *book, GError **error);
gboolean attest_book_part_search (AttestBook *book, GError **error);
gboolean attest_book_part_quote_index (AttestBook *book, GError **error);

/* ---- attest-book-public.c: what differs for the public ---- */

gboolean attest_book_is_public (const AttestBook *book);
/** Names of sources; for the public they are sorted by these. */
void attest_book_name_sources (AttestBook *book);
/** (element-type utf8) the groups that may be told, in no order; with a free function. */
GPtrArray *attest_book_list_groups (AttestBook *book, GError **error);
/** The group of who said a segment of a code, or NULL: not known, or not to be told. Borrowed. */
const char *attest_book_find_group (AttestBook *book, const char *respondent, const char *code);
/** A quote whose group is not told once is told nowhere. */
void attest_book_hide_groups (AttestBook *book);
/** In place of a transcript: its quotes, in no order. */
gboolean attest_book_write_source_quotes (AttestBook *book, GError **error);
/** Hides small counts of a column, and one more where it would follow. */
void attest_book_hide_column (const AttestBook *book, gint64 *counts, guint n);

/* ---- attest-book-search.c: what the script searches ---- */

void attest_book_begin_index (AttestBook *book);
/** A quote that stands alone. */
void attest_book_index_quote (AttestBook *book, const AttestBookSegment *segment);
/** @first, @end: its segments. */
void attest_book_index_turn (AttestBook *book, const AttestDocument *doc, guint number, guint first,
                             guint end);
void attest_book_end_index (AttestBook *book);
/** A text as a string of JSON in which nothing ends the element around it or begins another. */
void attest_book_append_string (GString *out, const char *text, gsize length_bytes);

/* ---- pieces that parts share ---- */

/** (element-type utf8) groups of the respondents of a source; borrowed strings. */
GPtrArray *attest_book_list_source_groups (const AttestBook *book, const AttestSourceInfo *info);
/** A line of what is known of a source, and where codes occur in the one that is being written. */
void attest_book_write_source_facts (AttestBook *book, const AttestSourceInfo *info);
void attest_book_write_timeline (AttestBook *book, const AttestSourceInfo *info);
/** The element of a heading of this level: one below in one file, whose first is of the book. */
const char *attest_book_heading (const AttestBook *book, guint level);
/** Who bears a code out; borrowed. */
const AttestEvidence *attest_book_evidence (const AttestBook *book, guint code);
/** Its row in the coverage, or -1. */
int attest_book_find_coverage (const AttestBook *book, const char *code);
/** A quote as an item of a list. @anchor: (nullable). @note: (nullable) what was said of it. */
void attest_book_write_quote (AttestBook *book, const AttestBookSegment *segment,
                              const char *anchor, const char *note);
/* Records stand in boxes of so many, which a browser lays out when they come into sight. A box each
 * is not quicker: it looks at all of them in every frame. */
#define ATTEST_BOOK_BOX 20
/** Before each item of lists of quotes; @n: how many there were before, of @total. */
void attest_book_begin_item (AttestBook *book, guint n, guint total);
/** After the last of @n. */
void attest_book_end_items (AttestBook *book, guint n);
/* Filters of a list, which the script shows and obeys: a form, in it selects, the end. @list: its
 * id; @what: it holds. */
void attest_book_begin_filters (AttestBook *book, const char *list, const char *what);
/** By group, status, stance and number of rules, of quotes. */
void attest_book_write_filter_selects (AttestBook *book);
/** By code. */
void attest_book_write_code_filter (AttestBook *book);
/** By a word that the items have in data-KEY. @values: (element-type utf8) keys of the group @words
 * of the catalogue. */
void attest_book_write_word_filter (AttestBook *book, const char *key, const char *label,
                                    const char *words, GPtrArray *values);
/** @n_items: of the list. */
void attest_book_end_filters (AttestBook *book, guint n_items);
/** The level of strength as a sign and a word. */
void attest_book_write_level (AttestBook *book, const char *level);
/** The level, and the counts that it rests on. */
void attest_book_write_strength (AttestBook *book, const AttestStrength *strength);
/** What was decided of its segments, borrowed; NULL: it has none. */
const AttestReviewRow *attest_book_find_review (const AttestBook *book, const char *code);
/** "7 of 9 accepted, 78 % (45–94 %)", or NULL: nothing was decided. */
char *attest_book_dup_precision (const AttestBook *book, const AttestReviewRow *row);
/** A count of segments of which the total could be told: hidden where that is. */
gint64 attest_book_part_of_total (const AttestBook *book, gint64 n);
/** A count in a chart; one that is not told is a text, and not drawn. */
void attest_book_set_count (AttestChart *chart, guint row, guint series, gint64 count);
/** A term with its description in a list of them; nothing when @value is NULL or "". */
void attest_book_write_term (AttestBook *book, const char *term, const char *value);

G_END_DECLS
