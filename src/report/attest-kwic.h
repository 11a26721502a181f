/* attest-kwic: a match in its context, for people and for programs.
 *
 * Context never leaves the turn. For people, matches stand under each other: the context before is
 * cut on its left, the one after on its right.
 */
#pragma once

#include <glib.h>

#include "model/attest-document.h"
#include "util/attest-json.h"
#include "util/attest-text.h"

G_BEGIN_DECLS

/* All borrowed. */
typedef struct
{
  const char *source; /* label */
  const AttestDocument *doc;
  const AttestCharMap *map; /* of its text */
  guint turn;
  gsize start_byte, end_byte; /* into the text */
  gboolean without_place;     /* turn, time and positions are not told */
} AttestKwicMatch;

typedef struct
{
  guint context;       /* characters on each side; 0: what fits */
  guint columns;       /* width to fit; 0: any, and each line begins with the source */
  guint label_columns; /* of the widest label, where lines begin with it */
  gboolean color;
} AttestKwicLayout;

void attest_kwic_append_line (const AttestKwicMatch *match, const AttestKwicLayout *layout,
                              GString *out);

/* For programs; @context: characters on each side, 0: 40. */
void attest_kwic_append_csv_header (GString *out);
void attest_kwic_append_csv (const AttestKwicMatch *match, guint context, GString *out);
/** An object. */
void attest_kwic_write_json (const AttestKwicMatch *match, guint context, AttestJson *json);

G_END_DECLS
