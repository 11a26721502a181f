/* attest-dataset: all that a project knows, as a set of tables for spreadsheets and statistics.
 *
 * Tables are tidy: a row is one thing of one kind (a segment, a respondent, a finding), a column
 * says one thing of it, and tables are joined by ids that mean the same everywhere. The same key of
 * a column means the same in every table, see attest_dataset_describe().
 */
#pragma once

#include "report/attest-disclosure.h"
#include "report/attest-table.h"
#include "store/attest-store.h"

G_BEGIN_DECLS

/* Keys of columns with attributes of respondents begin with this. */
#define ATTEST_DATASET_ATTRIBUTE "attribute:"
/* Keys of columns with counts of a stakeholder group begin with this. */
#define ATTEST_DATASET_GROUP "group:"

/**
 * Takes rows of the table @name. @is_first: the table begins, even without any rows; it then may
 * come again with more of them. The rows are forgotten after the call.
 * It must not call functions of the store. FALSE stops, and is returned with its error.
 */
typedef gboolean (*AttestDatasetFunc) (const char *name, const AttestTable *table,
                                       gboolean is_first, gpointer data, GError **error);

/**
 * Calls @func with each table: about, segments, frequency, matrix, matrix_respondents, cells,
 * presence, respondents, sources, ratings, findings, conclusions, recommendations, lessons,
 * practices, links, columns.
 *
 * Segments are of all codebooks, rejected ones too, with their status; counts and presence are of
 * the codebook that coded last and leave out what was rejected. Without a coded source these have
 * no rows. Memory does not grow with the number of segments.
 *
 * @disclosure: (nullable) NULL: for the team. For the public there are no tables with a row or a
 * column for each respondent, source or group: what few people have in common would follow from
 * them together. The others are as it says.
 */
gboolean attest_dataset_foreach (AttestStore *store, AttestDisclosure *disclosure,
                                 AttestDatasetFunc func, gpointer data, GError **error);

/** What the rows of a table are, or NULL. */
const char *attest_dataset_describe_table (const char *table);
/** What a column says; NULL for a column that is named by the project: an attribute, a code. */
const char *attest_dataset_describe (const char *key);

G_END_DECLS
