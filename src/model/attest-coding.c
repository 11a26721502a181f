#include "model/attest-coding.h"

static void
clear_incomplete (gpointer item)
{
  g_free (((AttestIncomplete *)item)->reason);
}

AttestCoding *
attest_coding_new (void)
{
  AttestCoding *coding = g_new0 (AttestCoding, 1);

  coding->segments = g_array_new (FALSE, TRUE, sizeof (AttestSegment));
  coding->hits = g_array_new (FALSE, TRUE, sizeof (AttestHit));
  coding->asked = g_array_new (FALSE, TRUE, sizeof (AttestAsked));
  coding->questions = g_array_new (FALSE, TRUE, sizeof (AttestQuestion));
  coding->incomplete = g_array_new (FALSE, TRUE, sizeof (AttestIncomplete));
  g_array_set_clear_func (coding->incomplete, clear_incomplete);
  return coding;
}

void
attest_coding_free (AttestCoding *coding)
{
  if (coding == NULL)
    return;
  g_array_unref (coding->segments);
  g_array_unref (coding->hits);
  g_array_unref (coding->asked);
  g_array_unref (coding->questions);
  g_array_unref (coding->incomplete);
  g_free (coding);
}
