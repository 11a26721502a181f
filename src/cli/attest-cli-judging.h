/* attest-cli-judging: a coder who goes through a sample of sentences, and says of each which codes
 * it has. */
#pragma once

#include "cli/attest-cli.h"
#include "store/attest-store-sample.h"

G_BEGIN_DECLS

typedef struct
{
  AttestStore *store; /* borrowed */
  AttestSample *sample;
  char *coder;
  char **codes;      /* of the codebook, in its order */
  char **names;      /* of each: "impact  Impact" */
  GHashTable *given; /* id of a quote → GPtrArray of char *: the codes that it has, sorted */
  GHashTable *done;  /* ids of the quotes that are judged */
} AttestJudging;

/**
 * Takes @sample over. @coder: (nullable) NULL: for whom the copy is, or the user.
 * ATTEST_ERROR_USAGE: it is not of sentences, the copy is for somebody else, or its codebook is not
 * there.
 */
AttestJudging *attest_judging_new (AttestStore *store, AttestSample *sample, const char *coder,
                                   GError **error);
void attest_judging_free (AttestJudging *judging);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestJudging, attest_judging_free)

/** Looks again at what is judged: @store may be opened anew. */
gboolean attest_judging_reload (AttestJudging *judging, AttestStore *store, GError **error);

gboolean attest_judging_is_done (const AttestJudging *judging, const char *id);
/** "impact; relevance"; "" for none. */
char *attest_judging_dup_codes (const AttestJudging *judging, const char *id);
guint attest_judging_count_done (const AttestJudging *judging);
/** Those that stand in the text. */
guint attest_judging_count_units (const AttestJudging *judging);
/** Borrowed; NULL: quote @id is not in the sample. */
const AttestSampleUnit *attest_judging_find (const AttestJudging *judging, const char *id);

/** Reads codes with ";", "," or spaces between; the beginning of one is enough where no other
 * begins so. NULL-terminated, each once. ATTEST_ERROR_USAGE: no code, or several, begin so. */
char **attest_judging_parse_codes (const AttestJudging *judging, const char *text, GError **error);

/** Writes. @unit has these codes and no others. *@out_changed: FALSE: so it was judged already. */
gboolean attest_judging_judge (AttestJudging *judging, const AttestSampleUnit *unit,
                               const char *const *codes, gboolean *out_changed, GError **error);

/** What is to be judged in the project, or @name. *@out_sample: NULL: without @name, nothing was
 * given to a coder. ATTEST_ERROR_USAGE: no such sample, or several were given. */
gboolean attest_judging_find_sample (AttestStore *store, const char *name,
                                     AttestSample **out_sample, GError **error);

G_END_DECLS
