#include "cli/attest-cli-explain.h"

#include <string.h>

#include "cli/attest-cli-commands.h"
#include "reader/attest-reader.h"
#include "util/attest-limits.h"
#include "util/attest-text.h"

/* Column at which what is explained begins. */
#define INDENT 10

/* --- lines ---------------------------------------------------------------------------------- */

/* "topic     what there is to say", wrapped under itself. @topic "" goes on with the one above. */
static void
say (AttestInvocation *inv, const char *topic, const char *text)
{
  g_autofree char *clean = attest_text_printable (text, strlen (text), 0);
  guint width = inv->columns > INDENT + 20 ? inv->columns - INDENT : 0;
  g_autoptr (GArray) lines = attest_text_wrap (clean, strlen (clean), width);

  for (guint i = 0; i < lines->len; i++)
    {
      const AttestSpan *line = &g_array_index (lines, AttestSpan, i);

      fprintf (inv->out, "%-*s%.*s\n", INDENT, i == 0 ? topic : "",
               (int)(line->end_byte - line->start_byte), clean + line->start_byte);
    }
}

static void say_format (AttestInvocation *inv, const char *topic, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

static void
say_format (AttestInvocation *inv, const char *topic, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  say (inv, topic, text);
}

/* --- readers -------------------------------------------------------------------------------- */

static const char *
reason_of (int score)
{
  if (score >= ATTEST_PROBE_MAGIC)
    return "its first bytes are this format's";
  if (score >= ATTEST_PROBE_STRUCTURE)
    return "its beginning has this format's structure";
  if (score >= ATTEST_PROBE_SUFFIX)
    return "the name of the file says so";
  if (score > ATTEST_PROBE_TEXT)
    return "it may be, by its name or its beginning";
  return score > 0 ? "it takes what no other one does" : "nothing speaks for it";
}

void
attest_cli_explain_bids (AttestInvocation *inv, const char *path, GBytes *bytes)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autoptr (GArray) bids = attest_reader_bids (path, data, size);
  g_autoptr (GString) none = g_string_new (NULL);

  say_format (inv, "file", "%s, %" G_GSIZE_FORMAT " bytes", path, size);
  for (guint i = 0; i < bids->len; i++)
    {
      const AttestReaderBid *bid = &g_array_index (bids, AttestReaderBid, i);

      if (bid->score > 0)
        say_format (inv,
                    i == 0   ? "reader"
                    : i == 1 ? "also bid"
                             : "",
                    "%s (%s), %d of 100: %s", bid->reader->id, bid->reader->name, bid->score,
                    reason_of (bid->score));
      else
        g_string_append_printf (none, "%s%s", none->len > 0 ? ", " : "", bid->reader->id);
    }
  if (none->len > 0)
    say_format (inv, "bid 0", "%s", none->str);
}

/* --- the document --------------------------------------------------------------------------- */

static void
explain_encoding (AttestInvocation *inv, const AttestDocument *doc)
{
  say_format (inv, "encoding", "%s: %s", doc->encoding != NULL ? doc->encoding : "none",
              doc->encoding_how != NULL ? doc->encoding_how
                                        : "the format says so, or knows no other");
}

static void
explain_turns (AttestInvocation *inv, const AttestDocument *doc)
{
  guint timed = 0, unnamed = 0;

  for (guint i = 0; i < doc->turns->len; i++)
    {
      const AttestTurn *turn = attest_document_turn (doc, i);

      timed += turn->start_ms != ATTEST_NO_TIME;
      unnamed += turn->speaker == ATTEST_NO_SPEAKER;
    }
  say_format (inv, "turns",
              "%u, of which %u have a time and %u no speaker; %" G_GINT64_FORMAT " words",
              doc->turns->len, timed, unnamed, doc->words);
  say (inv, "", doc->turns_how != NULL ? doc->turns_how : "as the format marks them");
}

static void
explain_pages (AttestInvocation *inv, const AttestDocument *doc)
{
  const AttestPageStart *first = NULL, *last = NULL;
  guint n = 0;

  for (guint i = 0; i < doc->pages->len; i++)
    {
      const AttestPageStart *page = &g_array_index (doc->pages, AttestPageStart, i);

      if (page->label == NULL)
        continue;
      first = first != NULL ? first : page;
      last = page;
      n++;
    }
  if (n > 0)
    say_format (inv, "pages", "%u, called %s to %s", n, first->label, last->label);
}

static AttestTable *
make_speakers_table (const AttestDocument *doc)
{
  AttestTable *table = attest_table_new (NULL, NULL);
  g_autofree guint *turns = g_new0 (guint, doc->speakers->len + 1);

  for (guint i = 0; i < doc->turns->len; i++)
    if (attest_document_turn (doc, i)->speaker != ATTEST_NO_SPEAKER)
      turns[attest_document_turn (doc, i)->speaker]++;
  attest_table_add_column (table, "speaker", "speaker", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "turns", "turns", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "evidence", "is a speaker because", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_WRAP);
  attest_table_add_column (table, "role", "role", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "reason", "has the role because of", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_WRAP);
  for (guint i = 0; i < doc->speakers->len; i++)
    {
      const AttestSpeaker *speaker = attest_document_speaker (doc, i);

      attest_table_add_text (table, speaker->label);
      attest_table_add_int (table, turns[i]);
      attest_table_add_text (table,
                             speaker->evidence != NULL ? speaker->evidence : "the file names it");
      attest_table_add_text (table, attest_role_to_string (speaker->role));
      attest_table_add_text (table, speaker->role_reason);
    }
  return table;
}

static void
explain_warnings (AttestInvocation *inv, const AttestDocument *doc)
{
  for (guint i = 0; i < doc->warnings->len; i++)
    {
      const AttestWarning *warning = &g_array_index (doc->warnings, AttestWarning, i);
      const char *topic = i == 0 ? "warnings" : "";

      if (warning->line > 0)
        say_format (inv, topic, "line %u: %s", warning->line, warning->message);
      else
        say (inv, topic, warning->message);
    }
  if (doc->warnings_dropped > 0)
    say_format (inv, "", "and %u more", doc->warnings_dropped);
  if (doc->warnings->len == 0)
    say (inv, "warnings", "none");
}

void
attest_cli_explain_document (AttestInvocation *inv, const AttestDocument *doc)
{
  g_autoptr (GString) keys = g_string_new (NULL);

  explain_encoding (inv, doc);
  explain_pages (inv, doc);
  explain_turns (inv, doc);
  /* Values may hold names of people; what was found is enough. */
  for (guint i = 0; i < doc->metadata->len; i++)
    g_string_append_printf (keys, "%s%s", i > 0 ? ", " : "",
                            g_array_index (doc->metadata, AttestMetadata, i).key);
  say (inv, "metadata", keys->len > 0 ? keys->str : "none");
  explain_warnings (inv, doc);
  if (doc->speakers->len > 0)
    {
      g_autoptr (AttestTable) table = make_speakers_table (doc);

      fputc ('\n', inv->out);
      attest_cli_write_table (inv, table, NULL);
    }
}
