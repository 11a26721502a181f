#include "report/attest-passage-cut.h"

struct _AttestPassageCut
{
  const AttestSpan *passages;
  guint n_passages;
  guint next;   /* the first that has not begun */
  guint told;   /* the first that no piece has told of */
  GArray *open; /* of guint: passages that hold here */
};

AttestPassageCut *
attest_passage_cut_new (const AttestSpan *passages, guint n_passages)
{
  AttestPassageCut *cut = g_new0 (AttestPassageCut, 1);

  cut->passages = passages;
  cut->n_passages = n_passages;
  cut->open = g_array_new (FALSE, FALSE, sizeof (guint));
  return cut;
}

void
attest_passage_cut_free (AttestPassageCut *cut)
{
  if (cut == NULL)
    return;
  g_array_unref (cut->open);
  g_free (cut);
}

static gsize
end_of (const AttestPassageCut *cut, guint i)
{
  return cut->passages[g_array_index (cut->open, guint, i)].end_byte;
}

static void
begin_passages (AttestPassageCut *cut, gsize at)
{
  for (; cut->next < cut->n_passages && cut->passages[cut->next].start_byte <= at; cut->next++)
    g_array_append_val (cut->open, cut->next);
}

/* The next place after @at where a passage begins or ends, at most @end. */
static gsize
next_border (const AttestPassageCut *cut, gsize at, gsize end)
{
  gsize border = end;

  if (cut->next < cut->n_passages)
    border = MIN (border, cut->passages[cut->next].start_byte);
  for (guint i = 0; i < cut->open->len; i++)
    border = MIN (border, end_of (cut, i));
  return MAX (border, at);
}

static void
end_passages (AttestPassageCut *cut, gsize at, const AttestPassageCutFuncs *funcs, gpointer data)
{
  for (guint i = 0; i < cut->open->len;)
    {
      guint passage = g_array_index (cut->open, guint, i);

      if (end_of (cut, i) > at)
        {
          i++;
          continue;
        }
      g_array_remove_index (cut->open, i);
      funcs->end_passage (passage, data);
    }
}

void
attest_passage_cut_run (AttestPassageCut *cut, gsize start_byte, gsize end_byte,
                        const AttestPassageCutFuncs *funcs, gpointer data)
{
  for (gsize at = start_byte; at < end_byte;)
    {
      gsize border;

      begin_passages (cut, at);
      border = next_border (cut, at, end_byte);
      /* One that is empty ends where it begins; the next piece tells of it. */
      if (border > at)
        {
          AttestPiece piece = { .start_byte = at,
                                .end_byte = border,
                                .open = (const guint *)(gconstpointer)cut->open->data,
                                .n_open = cut->open->len,
                                .first_begun = cut->told,
                                .end_begun = cut->next };

          cut->told = cut->next;
          funcs->write_piece (&piece, data);
        }
      at = border;
      end_passages (cut, at, funcs, data);
    }
}
