/* attest-headings: what the headings of a table's columns say, in English, French, Spanish and
 * Russian.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ATTEST_HEADING_OTHER,
  ATTEST_HEADING_NUMBER, /* counts rows or names them */
  ATTEST_HEADING_ID,     /* names the respondent */
  ATTEST_HEADING_TIME,
  ATTEST_HEADING_END, /* time */
  ATTEST_HEADING_SPEAKER,
  ATTEST_HEADING_TEXT,
  ATTEST_HEADING_QUESTION,
  ATTEST_HEADING_ANSWER,
  ATTEST_N_HEADINGS,
} AttestHeading;

/**
 * What a column headed @cell holds. Case, underscores and a colon at the end do not matter.
 * @out_rank: (nullable) set to a number that is the smaller the plainer the word is ("text" before
 * "words"), to choose between columns of one kind.
 */
AttestHeading attest_heading_classify (const char *cell, guint *out_rank);

G_END_DECLS
