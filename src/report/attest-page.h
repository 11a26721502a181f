/* attest-page: the frame of a self-contained HTML page: head, style, contents, footer.
 *
 * The page holds no script and asks for nothing from outside, and its Content-Security-Policy says
 * so to the browser: only its own style sheet, by its hash, is allowed.
 */
#pragma once

#include "report/attest-html.h"
#include "report/attest-report.h"

G_BEGIN_DECLS

typedef struct
{
  const char *title;                /* of the project */
  const char *kind;                 /* of the report: "Evidence by criterion" */
  const AttestFrequency *frequency; /* (nullable) for codebook and what was searched */
  const char *origin;               /* without it: these lines */
} AttestPage;

/* A line of the contents. */
typedef struct
{
  char *heading; /* (nullable) above this and the following lines */
  char *link;    /* "#code-impact" */
  char *text;
  gint64 count; /* beside it; -1: none */
  int colour;   /* of a code, see attest_page_code_class(); -1: none */
} AttestPageLink;

/** (element-type AttestPageLink) empty, with a clear function. */
GArray *attest_page_links_new (void);
/** Strings are copied. */
void attest_page_links_add (GArray *links, const char *heading, const char *link, const char *text,
                            gint64 count, int colour);

/** Everything up to the inside of <main>. @links: (nullable) no contents. */
void attest_page_begin (AttestHtml *html, const AttestPage *page, const GArray *links);
void attest_page_end (AttestHtml *html);

/**
 * The head of a page that holds nothing but its text and @style, and whose policy lets a browser
 * take nothing else; html stays open. @style: (nullable) of the program, none; @title: (nullable)
 * of anybody.
 */
void attest_page_begin_document (AttestHtml *html, const char *lang, const char *title,
                                 const char *style);

/** The style sheet of all pages. */
char *attest_page_dup_style (void);

/** The class that colours what belongs to the code of this number in the codebook. */
const char *attest_page_code_class (guint code);

G_END_DECLS
