#include "cli/attest-cli-scan.h"

#include "report/attest-segment-record.h"
#include "util/attest-csv.h"
#include "util/attest-text.h"

/* --- hits ---------------------------------------------------------------------------------- */

/* A hit with what it needs of its segment. */
typedef struct
{
  const AttestHit *hit;
  guint turn, code;
} PlacedHit;

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const PlacedHit *x = a, *y = b;

  if (x->hit->start_byte != y->hit->start_byte)
    return x->hit->start_byte < y->hit->start_byte ? -1 : 1;
  if (x->code != y->code)
    return x->code < y->code ? -1 : 1;
  return x->hit->pattern < y->hit->pattern ? -1 : x->hit->pattern > y->hit->pattern;
}

/* (element-type PlacedHit) by position, then by code. */
static GArray *
place_hits (const AttestCoding *coding)
{
  GArray *placed = g_array_sized_new (FALSE, FALSE, sizeof (PlacedHit), MAX (coding->hits->len, 1));

  for (guint i = 0; i < coding->segments->len; i++)
    {
      const AttestSegment *segment = attest_coding_segment (coding, i);

      for (guint k = 0; k < segment->n_hits; k++)
        {
          PlacedHit item = { attest_coding_hit (coding, segment->first_hit + k), segment->turn,
                             segment->code };

          g_array_append_val (placed, item);
        }
    }
  g_array_sort (placed, compare_hits);
  return placed;
}

static void
write_hit_csv (const AttestCodebook *codebook, const AttestDocument *doc, const PlacedHit *placed,
               const AttestCharMap *map, GString *out)
{
  const AttestHit *hit = placed->hit;
  g_autofree char *match = g_strndup (doc->text + hit->start_byte, hit->end_byte - hit->start_byte);

  attest_csv_append_cell (out, doc->path);
  g_string_append_printf (out, ",%u,", placed->turn);
  attest_csv_append_cell (out, attest_codebook_code (codebook, placed->code)->id);
  g_string_append_c (out, ',');
  attest_csv_append_cell (out, attest_codebook_pattern (codebook, hit->pattern)->name);
  g_string_append_printf (out, ",%" G_GSIZE_FORMAT ",%" G_GSIZE_FORMAT ",",
                          attest_char_map_to_char (map, hit->start_byte),
                          attest_char_map_to_char (map, hit->end_byte));
  attest_csv_append_cell (out, match);
  g_string_append (out, "\r\n");
}

static void
write_hit_json (const AttestCodebook *codebook, const AttestDocument *doc, const PlacedHit *placed,
                const AttestCharMap *map, GString *out)
{
  g_autoptr (AttestJson) json = attest_json_new (out, FALSE);
  const AttestHit *hit = placed->hit;

  attest_json_begin_object (json);
  attest_json_member_string (json, "path", doc->path);
  attest_json_member_int (json, "turn", placed->turn);
  attest_json_member_string (json, "code", attest_codebook_code (codebook, placed->code)->id);
  attest_json_member_string (json, "rule", attest_codebook_pattern (codebook, hit->pattern)->name);
  attest_json_member_int (json, "start", (gint64)attest_char_map_to_char (map, hit->start_byte));
  attest_json_member_int (json, "end", (gint64)attest_char_map_to_char (map, hit->end_byte));
  attest_json_key (json, "match");
  attest_json_string_len (json, doc->text + hit->start_byte, hit->end_byte - hit->start_byte);
  attest_json_end_object (json);
  g_string_append_c (out, '\n');
}

static void
write_hits (const AttestCodebook *codebook, const AttestDocument *doc, const AttestCoding *coding,
            const AttestCharMap *map, AttestScanFormat format, GString *out)
{
  g_autoptr (GArray) hits = place_hits (coding);

  for (guint i = 0; i < hits->len; i++)
    (format == ATTEST_SCAN_CSV ? write_hit_csv : write_hit_json) (
        codebook, doc, &g_array_index (hits, PlacedHit, i), map, out);
}

/* --- segments -------------------------------------------------------------------------------- */

/* The codes that each turn is asked about, read along with the segments. */
typedef struct
{
  const AttestCodebook *codebook;
  const GArray *asked; /* of AttestAsked, by turn */
  guint next;
  guint turn;
  GPtrArray *codes; /* of char *, NULL-terminated: of turn */
} AskedReader;

static const char *const *
read_asked (AskedReader *reader, guint turn)
{
  if (reader->codes->len > 0 && reader->turn == turn)
    return (const char *const *)reader->codes->pdata;
  g_ptr_array_set_size (reader->codes, 0);
  reader->turn = turn;
  for (; reader->next < reader->asked->len; reader->next++)
    {
      const AttestAsked *asked = &g_array_index (reader->asked, AttestAsked, reader->next);

      if (asked->turn > turn)
        break;
      if (asked->turn == turn)
        g_ptr_array_add (reader->codes, attest_codebook_code (reader->codebook, asked->code)->id);
    }
  g_ptr_array_add (reader->codes, NULL);
  return (const char *const *)reader->codes->pdata;
}

static void
take_hits (const AttestCodebook *codebook, const AttestCoding *coding, const AttestSegment *segment,
           const AttestCharMap *map, GArray *hits)
{
  g_array_set_size (hits, 0);
  for (guint i = 0; i < segment->n_hits; i++)
    {
      const AttestHit *hit = attest_coding_hit (coding, segment->first_hit + i);
      AttestRecordHit record = { attest_codebook_pattern (codebook, hit->pattern)->name,
                                 (gint64)attest_char_map_to_char (map, hit->start_byte),
                                 (gint64)attest_char_map_to_char (map, hit->end_byte) };

      g_array_append_val (hits, record);
    }
}

static AttestSegmentRecord
make_record (const AttestCodebook *codebook, const AttestDocument *doc,
             const AttestSegment *segment, const AttestCharMap *map)
{
  const AttestCode *code = attest_codebook_code (codebook, segment->code);

  return (AttestSegmentRecord){
    .path = doc->path,
    .turn = segment->turn,
    .speaker = attest_document_turn_label (doc, segment->turn),
    .role = attest_document_turn_role (doc, segment->turn),
    .code = code->id,
    .dimension = attest_codebook_dimension (codebook, code->dimension)->id,
    .start = (gint64)attest_char_map_to_char (map, segment->start_byte),
    .end = (gint64)attest_char_map_to_char (map, segment->end_byte),
    .start_byte = (gint64)segment->start_byte,
    .end_byte = (gint64)segment->end_byte,
    .start_ms = attest_document_turn (doc, segment->turn)->start_ms,
    .quote = doc->text + segment->start_byte,
    .quote_bytes = segment->end_byte - segment->start_byte,
    .qualifiers = segment->qualifiers,
    .strength = segment->strength,
  };
}

static void
write_segments (const AttestCodebook *codebook, const AttestDocument *doc,
                const AttestCoding *coding, const AttestCharMap *map, AttestScanFormat format,
                GString *out)
{
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (AttestRecordHit));
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();
  AskedReader asked = { .codebook = codebook, .asked = coding->asked, .codes = codes };

  for (guint i = 0; i < coding->segments->len; i++)
    {
      const AttestSegment *segment = attest_coding_segment (coding, i);
      AttestSegmentRecord record = make_record (codebook, doc, segment, map);

      take_hits (codebook, coding, segment, map, hits);
      record.hits = (const AttestRecordHit *)(const void *)hits->data;
      record.n_hits = hits->len;
      record.asked = read_asked (&asked, segment->turn);
      if (format == ATTEST_SCAN_CSV)
        attest_segment_record_write_csv (&record, ATTEST_RECORD_SCAN, out);
      else
        attest_segment_record_write_line (&record, ATTEST_RECORD_SCAN, out);
    }
}

void
attest_scan_write (const AttestCodebook *codebook, const AttestDocument *doc,
                   const AttestCoding *coding, AttestScanUnit unit, AttestScanFormat format,
                   GString *out)
{
  g_autoptr (AttestCharMap) map = NULL;

  if (coding->segments->len == 0)
    return;
  map = attest_char_map_new (doc->text, doc->length_bytes);
  (unit == ATTEST_SCAN_HITS ? write_hits : write_segments) (codebook, doc, coding, map, format,
                                                            out);
}

void
attest_scan_write_csv_header (AttestScanUnit unit, GString *out)
{
  if (unit == ATTEST_SCAN_HITS)
    attest_csv_append_row (out, "path", "turn", "code", "rule", "start", "end", "match", NULL);
  else
    attest_segment_record_write_csv_header (ATTEST_RECORD_SCAN, NULL, out);
}

/* --- for people --------------------------------------------------------------------------------
 */

AttestTable *
attest_scan_table_new (AttestScanUnit unit, const AttestCodebook *codebook)
{
  g_autofree char *note = g_strdup_printf (
      "unit: %s; codebook %s%s%s, SHA-256 %.8s…", unit == ATTEST_SCAN_HITS ? "hit" : "segment",
      codebook->id, codebook->version != NULL ? " " : "",
      codebook->version != NULL ? codebook->version : "", codebook->sha256);
  AttestTable *table = attest_table_new (NULL, note);

  if (unit == ATTEST_SCAN_COUNTS)
    {
      attest_table_add_column (table, "code", "code", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
      attest_table_add_column (table, "dimension", "dimension", ATTEST_COLUMN_TEXT,
                               ATTEST_COLUMN_PLAIN);
      attest_table_add_column (table, "segments", "segments", ATTEST_COLUMN_INT, ATTEST_COLUMN_BAR);
      attest_table_add_column (table, "hits", "hits", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
      attest_table_add_column (table, "files", "files", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
      return table;
    }
  attest_table_add_column (table, "path", "file", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "turn", "turn", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "code", "code", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  if (unit == ATTEST_SCAN_HITS)
    attest_table_add_column (table, "rule", "rule", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  else
    attest_table_add_column (table, "strength", "rules", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "text", unit == ATTEST_SCAN_HITS ? "match" : "quote",
                           ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  return table;
}

static void
add_text (AttestTable *table, const AttestDocument *doc, gsize start_byte, gsize end_byte)
{
  g_autofree char *text = g_strndup (doc->text + start_byte, end_byte - start_byte);

  attest_table_add_text (table, text);
}

static void
add_hits (AttestTable *table, const AttestCodebook *codebook, const AttestDocument *doc,
          const AttestCoding *coding)
{
  g_autoptr (GArray) hits = place_hits (coding);

  for (guint i = 0; i < hits->len; i++)
    {
      const PlacedHit *placed = &g_array_index (hits, PlacedHit, i);

      attest_table_add_text (table, doc->path);
      attest_table_add_int (table, placed->turn);
      attest_table_add_text (table, attest_codebook_code (codebook, placed->code)->id);
      attest_table_add_text (table, attest_codebook_pattern (codebook, placed->hit->pattern)->name);
      add_text (table, doc, placed->hit->start_byte, placed->hit->end_byte);
    }
}

void
attest_scan_table_add (AttestTable *table, const AttestCodebook *codebook,
                       const AttestDocument *doc, const AttestCoding *coding, AttestScanUnit unit)
{
  if (unit == ATTEST_SCAN_HITS)
    {
      add_hits (table, codebook, doc, coding);
      return;
    }
  for (guint i = 0; i < coding->segments->len; i++)
    {
      const AttestSegment *segment = attest_coding_segment (coding, i);

      attest_table_add_text (table, doc->path);
      attest_table_add_int (table, segment->turn);
      attest_table_add_text (table, attest_codebook_code (codebook, segment->code)->id);
      attest_table_add_int (table, segment->strength);
      add_text (table, doc, segment->start_byte, segment->end_byte);
    }
}

/* --- counts ------------------------------------------------------------------------------------
 */

void
attest_scan_count (const AttestCoding *coding, AttestScanCount *counts, guint n_codes)
{
  g_autofree gboolean *seen = g_new0 (gboolean, MAX (n_codes, 1));

  for (guint i = 0; i < coding->segments->len; i++)
    {
      const AttestSegment *segment = attest_coding_segment (coding, i);
      AttestScanCount *count = &counts[segment->code];

      count->segments++;
      count->hits += segment->n_hits;
      count->files += !seen[segment->code];
      seen[segment->code] = TRUE;
    }
}

static void
write_count_json (const AttestCode *code, const char *dimension, const AttestScanCount *count,
                  GString *out)
{
  g_autoptr (AttestJson) json = attest_json_new (out, FALSE);

  attest_json_begin_object (json);
  attest_json_member_string (json, "code", code->id);
  attest_json_member_string (json, "dimension", dimension);
  attest_json_member_int (json, "segments", count->segments);
  attest_json_member_int (json, "hits", count->hits);
  attest_json_member_int (json, "files", count->files);
  attest_json_end_object (json);
  g_string_append_c (out, '\n');
}

void
attest_scan_write_counts (const AttestCodebook *codebook, const AttestScanCount *counts,
                          AttestScanFormat format, AttestTable *table, GString *out)
{
  for (guint i = 0; i < codebook->codes->len; i++)
    {
      const AttestCode *code = attest_codebook_code (codebook, i);
      const char *dimension = attest_codebook_dimension (codebook, code->dimension)->id;

      if (format == ATTEST_SCAN_JSONL)
        {
          write_count_json (code, dimension, &counts[i], out);
          continue;
        }
      attest_table_add_text (table, code->id);
      attest_table_add_text (table, dimension);
      attest_table_add_int (table, counts[i].segments);
      attest_table_add_int (table, counts[i].hits);
      attest_table_add_int (table, counts[i].files);
    }
  if (format == ATTEST_SCAN_CSV)
    attest_table_write_csv (table, out);
}
