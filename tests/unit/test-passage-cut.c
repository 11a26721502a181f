/* Pieces of a text: together they are the text, and in each the same passages hold from end to end.
 */
#include "report/attest-passage-cut.h"

/* What was told, as a line a piece: "0-3 [0 1] +0 +1", and "end 1". */
static void
tell_piece (const AttestPiece *piece, gpointer data)
{
  GString *out = data;

  g_string_append_printf (out, "%" G_GSIZE_FORMAT "-%" G_GSIZE_FORMAT " [", piece->start_byte,
                          piece->end_byte);
  for (guint i = 0; i < piece->n_open; i++)
    g_string_append_printf (out, "%s%u", i > 0 ? " " : "", piece->open[i]);
  g_string_append_c (out, ']');
  for (guint i = piece->first_begun; i < piece->end_begun; i++)
    g_string_append_printf (out, " +%u", i);
  g_string_append_c (out, '\n');
}

static void
tell_end (guint passage, gpointer data)
{
  g_string_append_printf (data, "end %u\n", passage);
}

static const AttestPassageCutFuncs telling = { tell_piece, tell_end };

typedef struct
{
  AttestSpan passages[4];
  guint n_passages;
  gsize turns[4]; /* ends; 0: no further */
  const char *told;
} Case;

static const Case cases[] = {
  /* Nothing is coded, and nothing is said. */
  { { { 0, 0 } }, 0, { 5 }, "0-5 []\n" },
  { { { 0, 0 } }, 0, { 0 }, "" },
  /* One inside of another, and two that cross. */
  { { { 0, 9 }, { 3, 6 } }, 2, { 9 }, "0-3 [0] +0\n3-6 [0 1] +1\nend 1\n6-9 [0]\nend 0\n" },
  { { { 1, 5 }, { 3, 8 } },
    2,
    { 9 },
    "0-1 []\n1-3 [0] +0\n3-5 [0 1] +1\nend 0\n5-8 [1]\nend 1\n8-9 []\n" },
  /* The same place twice: one after the other; next to each other. */
  { { { 2, 4 }, { 2, 4 } }, 2, { 4 }, "0-2 []\n2-4 [0 1] +0 +1\nend 0\nend 1\n" },
  { { { 0, 2 }, { 2, 4 } }, 2, { 4 }, "0-2 [0] +0\nend 0\n2-4 [1] +1\nend 1\n" },
  /* From one turn into the next, and between turns. */
  { { { 2, 6 }, { 5, 8 } },
    2,
    { 4, 8 },
    "0-2 []\n2-4 [0] +0\n4-5 [0]\n5-6 [0 1] +1\nend 0\n6-8 [1]\nend 1\n" },
  /* An empty one is told of with the next piece, and ends before it. */
  { { { 2, 2 }, { 2, 3 } }, 2, { 4 }, "0-2 []\nend 0\n2-3 [1] +0 +1\nend 1\n3-4 []\n" },
  /* One whose end is before its start, which no store would give, does no harm. */
  { { { 2, 1 } }, 1, { 4 }, "0-2 []\nend 0\n2-4 [] +0\n" },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AttestPassageCut) cut
          = attest_passage_cut_new (cases[i].passages, cases[i].n_passages);
      g_autoptr (GString) told = g_string_new (NULL);
      gsize start = 0;

      for (guint k = 0; k < G_N_ELEMENTS (cases[i].turns) && cases[i].turns[k] > 0; k++)
        {
          attest_passage_cut_run (cut, start, cases[i].turns[k], &telling, told);
          start = cases[i].turns[k];
        }
      g_assert_cmpstr (told->str, ==, cases[i].told);
    }
}

/* ---- any passages ---- */

#define TEXT_BYTES 60
#define MAX_PASSAGES 12

typedef struct
{
  const AttestSpan *passages;
  guint n_passages;
  gsize at;                  /* where the next piece begins */
  guint held[TEXT_BYTES];    /* passages at each byte */
  guint begun[MAX_PASSAGES]; /* how often each was told to begin */
  guint ended[MAX_PASSAGES];
} Seen;

static void
see_piece (const AttestPiece *piece, gpointer data)
{
  Seen *seen = data;

  g_assert_cmpuint (piece->start_byte, ==, seen->at);
  g_assert_cmpuint (piece->start_byte, <, piece->end_byte);
  seen->at = piece->end_byte;
  for (gsize at = piece->start_byte; at < piece->end_byte; at++)
    seen->held[at] = piece->n_open;
  for (guint i = 0; i < piece->n_open; i++)
    {
      const AttestSpan *passage = &seen->passages[piece->open[i]];

      g_assert_true (passage->start_byte <= piece->start_byte
                     && piece->end_byte <= passage->end_byte);
    }
  for (guint i = piece->first_begun; i < piece->end_begun; i++)
    seen->begun[i]++;
}

static void
see_end (guint passage, gpointer data)
{
  Seen *seen = data;

  g_assert_cmpuint (seen->passages[passage].end_byte, ==, seen->at);
  seen->ended[passage]++;
}

static int
by_start (gconstpointer a, gconstpointer b)
{
  const AttestSpan *x = a, *y = b;

  return x->start_byte < y->start_byte ? -1 : x->start_byte > y->start_byte;
}

static void
test_any (void)
{
  static const AttestPassageCutFuncs seeing = { see_piece, see_end };

  for (guint round = 0; round < 2000; round++)
    {
      AttestSpan passages[MAX_PASSAGES];
      guint n = (guint)g_test_rand_int_range (0, MAX_PASSAGES + 1);
      Seen seen = { .passages = passages, .n_passages = n };
      g_autoptr (AttestPassageCut) cut = NULL;
      gsize turn = (gsize)g_test_rand_int_range (1, TEXT_BYTES);

      for (guint i = 0; i < n; i++)
        {
          passages[i].start_byte = (gsize)g_test_rand_int_range (0, TEXT_BYTES);
          passages[i].end_byte
              = (gsize)g_test_rand_int_range ((int)passages[i].start_byte + 1, TEXT_BYTES + 1);
        }
      qsort (passages, n, sizeof *passages, by_start);
      cut = attest_passage_cut_new (passages, n);
      attest_passage_cut_run (cut, 0, turn, &seeing, &seen);
      attest_passage_cut_run (cut, turn, TEXT_BYTES, &seeing, &seen);
      g_assert_cmpuint (seen.at, ==, TEXT_BYTES);
      for (guint i = 0; i < n; i++)
        {
          g_assert_cmpuint (seen.begun[i], ==, 1);
          g_assert_cmpuint (seen.ended[i], ==, 1);
        }
      for (gsize at = 0; at < TEXT_BYTES; at++)
        {
          guint held = 0;

          for (guint i = 0; i < n; i++)
            held += passages[i].start_byte <= at && at < passages[i].end_byte;
          g_assert_cmpuint (seen.held[at], ==, held);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/passage-cut/cases", test_cases);
  g_test_add_func ("/passage-cut/any", test_any);
  return g_test_run ();
}
