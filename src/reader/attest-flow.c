#include "reader/attest-flow.h"

#include <string.h>

#include "reader/attest-decode.h"
#include "util/attest-text.h"

static void
clear_page (gpointer item)
{
  g_free (((AttestPageStart *)item)->label);
}

AttestFlow *
attest_flow_new (void)
{
  AttestFlow *flow = g_new0 (AttestFlow, 1);

  flow->notes_byte = G_MAXSIZE;

  flow->text = g_string_new (NULL);
  flow->marks = g_array_new (FALSE, FALSE, sizeof (AttestMark));
  flow->cells = g_array_new (FALSE, FALSE, sizeof (AttestFlowCell));
  flow->pages = g_array_new (FALSE, FALSE, sizeof (AttestPageStart));
  g_array_set_clear_func (flow->pages, clear_page);
  return flow;
}

void
attest_flow_free (AttestFlow *flow)
{
  if (flow == NULL)
    return;
  g_string_free (flow->text, TRUE);
  g_array_unref (flow->marks);
  g_array_unref (flow->cells);
  g_array_unref (flow->pages);
  g_free (flow);
}

void
attest_flow_begin (AttestFlow *flow)
{
  if (flow->needs_break)
    g_string_append_c (flow->text, '\n');
  flow->needs_break = FALSE;
}

/* What stands in the text for a code point: 0 nothing, else a character. */
static gunichar
clean_char (gunichar c)
{
  if (c == '\t' || c == '\n' || c == '\r')
    return ' ';
  if (c == 0x85 || c == 0x2028 || c == 0x2029) /* NEL, line and paragraph separator */
    return '\n';
  if (c == 0xFEFF || (c < 0xA0 && g_unichar_iscntrl (c)))
    return 0;
  return c;
}

/* The first byte from @text on with which a character may begin that is not kept as it is: an ASCII
 * control, or the lead byte of one of those above; or the NUL at the end. */
static const char *
skip_clean (const char *text)
{
  while ((guchar)*text >= 0x20 && *text != 0x7F && (guchar)*text != 0xC2 && (guchar)*text != 0xE2
         && (guchar)*text != 0xEF)
    text++;
  return text;
}

static void
append_clean (GString *out, const char *text)
{
  for (;;)
    {
      const char *end = skip_clean (text);
      gunichar c;

      g_string_append_len (out, text, end - text);
      if (*end == '\0')
        return;
      c = clean_char (g_utf8_get_char (end));
      if (c != 0)
        g_string_append_unichar (out, c);
      text = g_utf8_next_char (end);
    }
}

/* Marks from @start_byte on, or extends the mark that ends there. */
static void
extend_mark (AttestFlow *flow, AttestMarkKind kind, gsize start_byte)
{
  for (guint i = flow->marks->len; i > 0; i--)
    {
      AttestMark *mark = &g_array_index (flow->marks, AttestMark, i - 1);

      /* What ends here is last, but for a mark of another kind of the same run. */
      if (mark->end_byte < start_byte)
        break;
      if (mark->kind == kind && mark->end_byte == start_byte)
        {
          mark->end_byte = flow->text->len;
          return;
        }
    }
  attest_flow_mark (flow, kind, start_byte);
}

void
attest_flow_append (AttestFlow *flow, const char *text, guint type)
{
  gsize start_byte = flow->text->len;

  append_clean (flow->text, text);
  if (type & ATTEST_FLOW_BOLD)
    extend_mark (flow, ATTEST_MARK_BOLD, start_byte);
  if (type & ATTEST_FLOW_ITALIC)
    extend_mark (flow, ATTEST_MARK_ITALIC, start_byte);
}

void
attest_flow_mark (AttestFlow *flow, AttestMarkKind kind, gsize start_byte)
{
  AttestMark mark = { .kind = kind, .start_byte = start_byte, .end_byte = flow->text->len };

  if (mark.end_byte > mark.start_byte)
    g_array_append_val (flow->marks, mark);
}

void
attest_flow_begin_page (AttestFlow *flow, const char *label)
{
  AttestPageStart page = { .start_byte = flow->text->len, .label = g_strdup (label) };

  g_array_append_val (flow->pages, page);
}

void
attest_flow_append_flow (AttestFlow *flow, const AttestFlow *other)
{
  gsize offset_bytes;

  attest_flow_begin (flow);
  offset_bytes = flow->text->len;
  g_string_append_len (flow->text, other->text->str, (gssize)other->text->len);
  for (guint i = 0; i < other->marks->len; i++)
    {
      AttestMark mark = g_array_index (other->marks, AttestMark, i);

      mark.start_byte += offset_bytes;
      mark.end_byte += offset_bytes;
      g_array_append_val (flow->marks, mark);
    }
  flow->needs_break = TRUE;
}

void
attest_flow_begin_table (AttestFlow *flow)
{
  flow->table_depth++;
}

void
attest_flow_end_table (AttestFlow *flow)
{
  if (--flow->table_depth > 0)
    return;
  flow->table++;
  flow->row = 0;
}

void
attest_flow_begin_row (AttestFlow *flow, AttestFlowRow *row)
{
  *row = (AttestFlowRow){ .start_byte = flow->text->len,
                          .n_cells_before = flow->cells->len,
                          .needed_break = flow->needs_break };
  attest_flow_begin (flow);
}

void
attest_flow_end_row (AttestFlow *flow, AttestFlowRow *row, gboolean keep)
{
  flow->needs_break = TRUE;
  if (!keep)
    {
      attest_flow_truncate (flow, row->start_byte);
      g_array_set_size (flow->cells, row->n_cells_before);
      flow->needs_break = row->needed_break;
    }
  else if (flow->table_depth == 1)
    flow->row++;
}

void
attest_flow_begin_cell (AttestFlow *flow, AttestFlowRow *row)
{
  if (row->n_cells++ > 0)
    g_string_append_c (flow->text, '\t');
  flow->needs_break = FALSE;
  row->cell_byte = flow->text->len;
}

void
attest_flow_end_cell (AttestFlow *flow, AttestFlowRow *row, guint span)
{
  AttestFlowCell cell = {
    .table = flow->table, .row = flow->row, .column = row->column, .start_byte = row->cell_byte
  };

  for (cell.end_byte = flow->text->len;
       cell.end_byte > cell.start_byte && flow->text->str[cell.end_byte - 1] == '\n';)
    cell.end_byte--;
  attest_flow_truncate (flow, cell.end_byte);
  flow->needs_break = FALSE;
  row->column += MAX (span, 1);
  if (flow->table_depth == 1)
    g_array_append_val (flow->cells, cell);
}

void
attest_flow_drop_cell (AttestFlow *flow, AttestFlowRow *row)
{
  row->n_cells--;
  attest_flow_truncate (flow, row->n_cells > 0 ? row->cell_byte - 1 : row->cell_byte);
  flow->needs_break = FALSE;
}

void
attest_flow_truncate (AttestFlow *flow, gsize length_bytes)
{
  guint n_marks = flow->marks->len, n_cells = flow->cells->len;

  g_string_truncate (flow->text, length_bytes);
  for (; n_marks > 0; n_marks--)
    {
      AttestMark *mark = &g_array_index (flow->marks, AttestMark, n_marks - 1);

      mark->end_byte = MIN (mark->end_byte, length_bytes);
      if (mark->start_byte < mark->end_byte)
        break;
    }
  while (n_cells > 0
         && g_array_index (flow->cells, AttestFlowCell, n_cells - 1).end_byte > length_bytes)
    n_cells--;
  g_array_set_size (flow->marks, n_marks);
  g_array_set_size (flow->cells, n_cells);
  for (guint i = flow->pages->len; i-- > 0;)
    {
      AttestPageStart *page = &g_array_index (flow->pages, AttestPageStart, i);

      if (page->start_byte <= length_bytes)
        break;
      page->start_byte = length_bytes; /* what follows still stands on it */
    }
}

guint
attest_flow_append_notes (AttestFlow *flow, const AttestFlow *notes)
{
  g_auto (GStrv) lines = g_strsplit (notes->text->str, "\n", -1);
  guint n = 0;

  flow->notes_byte = MIN (flow->notes_byte, flow->text->len);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gsize start_byte;

      if (*g_strstrip (lines[i]) == '\0')
        continue;
      attest_flow_begin (flow);
      start_byte = flow->text->len;
      g_string_append (flow->text, lines[i]);
      attest_flow_mark (flow, ATTEST_MARK_HEADING, start_byte);
      flow->needs_break = TRUE;
      n++;
    }
  return n;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  gsize left = **(gsize *const *)a, right = **(gsize *const *)b;

  return (left > right) - (left < right);
}

/* Pointers to all positions, in text order. */
static GPtrArray *
collect_places (AttestFlow *flow)
{
  GPtrArray *places = g_ptr_array_new ();

  for (guint i = 0; i < flow->marks->len; i++)
    {
      AttestMark *mark = &g_array_index (flow->marks, AttestMark, i);

      g_ptr_array_add (places, &mark->start_byte);
      g_ptr_array_add (places, &mark->end_byte);
    }
  for (guint i = 0; i < flow->cells->len; i++)
    {
      AttestFlowCell *cell = &g_array_index (flow->cells, AttestFlowCell, i);

      g_ptr_array_add (places, &cell->start_byte);
      g_ptr_array_add (places, &cell->end_byte);
    }
  for (guint i = 0; i < flow->pages->len; i++)
    g_ptr_array_add (places, &g_array_index (flow->pages, AttestPageStart, i).start_byte);
  g_ptr_array_sort (places, compare_places);
  return places;
}

/* The next place at or after @byte where the text may be cut without parting what NFC joins. */
static gsize
next_boundary (const GString *text, gsize byte)
{
  while (byte < text->len)
    {
      gunichar c = g_utf8_get_char (text->str + byte);
      gboolean joins = g_unichar_ismark (c) || (c >= 0x1160 && c <= 0x11FF); /* Hangul jamo */

      if (!joins)
        break;
      byte = (gsize)(g_utf8_next_char (text->str + byte) - text->str);
    }
  return byte;
}

static void
append_nfc (GString *out, const char *text, gsize length_bytes)
{
  gsize nfc_bytes = 0;
  g_autofree char *nfc = attest_text_to_nfc (text, length_bytes, &nfc_bytes);

  if (nfc != NULL)
    g_string_append_len (out, nfc, (gssize)nfc_bytes);
  else
    g_string_append_len (out, text, (gssize)length_bytes);
}

/* The text is normalised piece by piece between the positions, so that each is known afterwards. */
void
attest_flow_normalise (AttestFlow *flow)
{
  gsize nfc_bytes = 0, done_bytes = 0;
  g_autofree char *nfc = attest_text_to_nfc (flow->text->str, flow->text->len, &nfc_bytes);
  g_autoptr (GPtrArray) places = NULL;
  GString *out;

  if (nfc == NULL)
    return;
  places = collect_places (flow);
  out = g_string_sized_new (nfc_bytes);
  for (guint i = 0; i < places->len; i++)
    {
      gsize *place = g_ptr_array_index (places, i);
      gsize byte = next_boundary (flow->text, *place);

      if (byte > done_bytes)
        append_nfc (out, flow->text->str + done_bytes, byte - done_bytes);
      done_bytes = MAX (done_bytes, byte);
      *place = out->len;
    }
  append_nfc (out, flow->text->str + done_bytes, flow->text->len - done_bytes);
  g_string_free (flow->text, TRUE);
  flow->text = out;
}

static int
compare_marks (gconstpointer a, gconstpointer b)
{
  const AttestMark *left = a, *right = b;

  return (left->start_byte > right->start_byte) - (left->start_byte < right->start_byte);
}

void
attest_flow_take_text (AttestFlow *flow, AttestDocument *doc)
{
  gsize flow_bytes, length_bytes = 0;
  char *text;

  attest_flow_normalise (flow);
  g_array_sort (flow->marks, compare_marks); /* a paragraph's mark is set after those inside */
  flow_bytes = flow->text->len;
  text = attest_decode_clean (doc, g_strndup (flow->text->str, flow_bytes), flow_bytes,
                              &length_bytes);
  if (doc->encoding == NULL)
    doc->encoding = g_strdup ("UTF-8");
  attest_document_take_text (doc, text, length_bytes);
  if (length_bytes == flow_bytes)
    {
      for (guint i = 0; i < flow->pages->len; i++)
        {
          const AttestPageStart *page = &g_array_index (flow->pages, AttestPageStart, i);

          attest_document_add_page (doc, page->start_byte, page->label);
        }
      return;
    }
  /* The flow is clean already; should cleaning ever differ, positions must not point elsewhere. */
  g_array_set_size (flow->marks, 0);
  g_array_set_size (flow->cells, 0);
  attest_document_warn (doc, 0, "bold type and tables are not used");
}
