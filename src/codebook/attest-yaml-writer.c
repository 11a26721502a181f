#include "codebook/attest-yaml-writer.h"

#include <string.h>
#include <yaml.h>

#include "util/attest-text.h"

/* Characters for private use that libyaml writes as they are. */
#define FIRST_PRIVATE 0xe000u
#define LAST_PRIVATE 0xf8ffu

typedef enum
{
  BEGIN_MAP,
  END_MAP,
  BEGIN_LIST,
  END_LIST,
  TEXT,
} Kind;

typedef struct
{
  Kind kind;
  char *text;      /* of TEXT */
  char *comment;   /* (nullable) */
  gboolean spaced; /* an empty line goes before it */
} Event;

struct _AttestYamlWriter
{
  GArray *events; /* of Event */
  gboolean is_spaced;
};

static void
clear_event (gpointer item)
{
  Event *event = item;

  g_free (event->text);
  g_free (event->comment);
}

AttestYamlWriter *
attest_yaml_writer_new (void)
{
  AttestYamlWriter *writer = g_new0 (AttestYamlWriter, 1);

  writer->events = g_array_new (FALSE, FALSE, sizeof (Event));
  g_array_set_clear_func (writer->events, clear_event);
  return writer;
}

void
attest_yaml_writer_free (AttestYamlWriter *writer)
{
  if (writer == NULL)
    return;
  g_array_unref (writer->events);
  g_free (writer);
}

static void
add (AttestYamlWriter *writer, Kind kind, const char *text)
{
  Event event = { .kind = kind, .text = g_strdup (text) };

  if (kind == TEXT)
    {
      event.spaced = writer->is_spaced;
      writer->is_spaced = FALSE;
    }
  g_array_append_val (writer->events, event);
}

void
attest_yaml_writer_begin_map (AttestYamlWriter *writer)
{
  add (writer, BEGIN_MAP, NULL);
}

void
attest_yaml_writer_end_map (AttestYamlWriter *writer)
{
  add (writer, END_MAP, NULL);
}

void
attest_yaml_writer_begin_list (AttestYamlWriter *writer)
{
  add (writer, BEGIN_LIST, NULL);
}

void
attest_yaml_writer_end_list (AttestYamlWriter *writer)
{
  add (writer, END_LIST, NULL);
}

void
attest_yaml_writer_text (AttestYamlWriter *writer, const char *text)
{
  add (writer, TEXT, text);
}

void
attest_yaml_writer_member (AttestYamlWriter *writer, const char *key, const char *text)
{
  if (text == NULL)
    return;
  attest_yaml_writer_text (writer, key);
  attest_yaml_writer_text (writer, text);
}

void
attest_yaml_writer_space (AttestYamlWriter *writer)
{
  writer->is_spaced = TRUE;
}

void
attest_yaml_writer_comment (AttestYamlWriter *writer, const char *comment)
{
  Event *event = &g_array_index (writer->events, Event, writer->events->len - 1);

  g_return_if_fail (event->kind == TEXT);
  g_free (event->comment);
  event->comment = attest_text_printable (comment, strlen (comment), 0);
}

/* ---- characters beyond U+FFFF ---- */

/* Each in use has a character for private use that no text has: both ways. */
typedef struct
{
  GHashTable *to, *from;
} StandIns;

static void
clear_stand_ins (StandIns *stand_ins)
{
  g_hash_table_unref (stand_ins->to);
  g_hash_table_unref (stand_ins->from);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StandIns, clear_stand_ins)

static void
choose_stand_ins (const GArray *events, StandIns *out)
{
  g_autoptr (GHashTable) used = g_hash_table_new (NULL, NULL);
  gunichar next = FIRST_PRIVATE;

  out->to = g_hash_table_new (NULL, NULL);
  out->from = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < events->len; i++)
    for (const char *p = g_array_index (events, Event, i).text; p != NULL && *p != '\0';
         p = g_utf8_next_char (p))
      {
        gunichar c = g_utf8_get_char (p);

        if (c > 0xffff)
          g_hash_table_insert (out->to, GUINT_TO_POINTER (c), NULL);
        else if (c >= FIRST_PRIVATE && c <= LAST_PRIVATE)
          g_hash_table_add (used, GUINT_TO_POINTER (c));
      }
  GHashTableIter iter;
  gpointer c;

  g_hash_table_iter_init (&iter, out->to);
  while (g_hash_table_iter_next (&iter, &c, NULL))
    {
      while (next <= LAST_PRIVATE && g_hash_table_contains (used, GUINT_TO_POINTER (next)))
        next++;
      /* Of too many, the rest stay escapes. */
      if (next > LAST_PRIVATE)
        {
          g_hash_table_iter_remove (&iter);
          continue;
        }
      g_hash_table_iter_replace (&iter, GUINT_TO_POINTER (next));
      g_hash_table_insert (out->from, GUINT_TO_POINTER (next), c);
      next++;
    }
}

static void
append_exchanged (GString *out, const char *text, gsize length_bytes, GHashTable *table)
{
  for (const char *p = text; p < text + length_bytes; p = g_utf8_next_char (p))
    {
      gpointer c = g_hash_table_lookup (table, GUINT_TO_POINTER (g_utf8_get_char (p)));

      if (c != NULL)
        g_string_append_unichar (out, GPOINTER_TO_UINT (c));
      else
        g_string_append_len (out, p, g_utf8_next_char (p) - p);
    }
}

/* ---- libyaml ---- */

/* What YAML 1.1 or 1.2 takes for something else than a text, when it is plain. */
static gboolean
looks_typed (const char *text)
{
  static const char *const words[] = { "",    "~", "null", "true", "false", "yes",  "no",  "on",
                                       "off", "y", "n",    "=",    "<<",    ".inf", ".nan" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (text, words[i]) == 0)
      return TRUE;
  return g_ascii_isdigit (*text)
         || (strchr ("+-.", *text) != NULL && (g_ascii_isdigit (text[1]) || text[1] == '.'));
}

static gboolean
has_other_line_ends (const char *text)
{
  return strstr (text, "\xc2\x85") || strstr (text, "\xe2\x80\xa8")
         || strstr (text, "\xe2\x80\xa9");
}

/* libyaml loses or adds line ends of a block of nothing else, at its ends, and beside the line ends
 * of Unicode. */
static yaml_scalar_style_t
choose_style (const char *text)
{
  gsize length_bytes = strlen (text);

  if (length_bytes > 0
      && (strchr (" \n", *text) || strchr (" \n", text[length_bytes - 1])
          || has_other_line_ends (text)))
    return YAML_DOUBLE_QUOTED_SCALAR_STYLE;
  return strchr (text, '\n') != NULL ? YAML_LITERAL_SCALAR_STYLE
         : looks_typed (text)        ? YAML_SINGLE_QUOTED_SCALAR_STYLE
                                     : YAML_ANY_SCALAR_STYLE;
}

static int
append_output (void *data, unsigned char *buffer, size_t length_bytes)
{
  g_string_append_len (data, (const char *)buffer, (gssize)length_bytes);
  return 1;
}

static gboolean
emit (yaml_emitter_t *emitter, const Event *event, const StandIns *stand_ins)
{
  g_autoptr (GString) text = g_string_new (NULL);
  yaml_event_t yaml;
  int ok = 0;

  switch (event->kind)
    {
    case BEGIN_MAP:
      ok = yaml_mapping_start_event_initialize (&yaml, NULL, NULL, 1, YAML_BLOCK_MAPPING_STYLE);
      break;
    case END_MAP:
      ok = yaml_mapping_end_event_initialize (&yaml);
      break;
    case BEGIN_LIST:
      ok = yaml_sequence_start_event_initialize (&yaml, NULL, NULL, 1, YAML_BLOCK_SEQUENCE_STYLE);
      break;
    case END_LIST:
      ok = yaml_sequence_end_event_initialize (&yaml);
      break;
    default:
      append_exchanged (text, event->text, strlen (event->text), stand_ins->to);
      ok = yaml_scalar_event_initialize (&yaml, NULL, NULL, (const yaml_char_t *)text->str,
                                         (int)text->len, 1, 1, choose_style (event->text));
    }
  return ok && yaml_emitter_emit (emitter, &yaml);
}

/* Only a lack of memory or wrong nesting makes it fail. */
static GString *
emit_all (const GArray *events, const StandIns *stand_ins)
{
  GString *out = g_string_new (NULL);
  yaml_emitter_t emitter;
  yaml_event_t event;
  gboolean ok = yaml_emitter_initialize (&emitter);

  yaml_emitter_set_output (&emitter, append_output, out);
  yaml_emitter_set_unicode (&emitter, 1);
  yaml_emitter_set_width (&emitter, -1);
  ok = ok && yaml_stream_start_event_initialize (&event, YAML_UTF8_ENCODING)
       && yaml_emitter_emit (&emitter, &event)
       && yaml_document_start_event_initialize (&event, NULL, NULL, NULL, 1)
       && yaml_emitter_emit (&emitter, &event);
  for (guint i = 0; ok && i < events->len; i++)
    ok = emit (&emitter, &g_array_index (events, Event, i), stand_ins);
  ok = ok && yaml_document_end_event_initialize (&event, 1) && yaml_emitter_emit (&emitter, &event)
       && yaml_stream_end_event_initialize (&event) && yaml_emitter_emit (&emitter, &event)
       && yaml_emitter_flush (&emitter);
  g_assert (ok);
  yaml_emitter_delete (&emitter);
  return out;
}

/* ---- comments and empty lines ---- */

typedef struct
{
  const char *text; /* what libyaml wrote */
  gsize length_bytes, done_bytes;
  const AttestCharMap *map;
  const StandIns *stand_ins;
  GString *out;
} Copy;

/* Copies up to @byte. */
static void
copy_to (Copy *copy, gsize byte)
{
  append_exchanged (copy->out, copy->text + copy->done_bytes, byte - copy->done_bytes,
                    copy->stand_ins->from);
  copy->done_bytes = byte;
}

static gsize
find_line_start (const Copy *copy, gsize byte)
{
  while (byte > copy->done_bytes && copy->text[byte - 1] != '\n')
    byte--;
  return byte;
}

static void
decorate (Copy *copy, const Event *event, const yaml_event_t *scalar)
{
  if (event->spaced)
    {
      copy_to (copy, find_line_start (
                         copy, attest_char_map_to_byte (copy->map, scalar->start_mark.index)));
      g_string_append_c (copy->out, '\n');
    }
  if (event->comment != NULL)
    {
      copy_to (copy, attest_char_map_to_byte (copy->map, scalar->end_mark.index));
      g_string_append_printf (copy->out, "  # %s", event->comment);
    }
}

static const Event *
next_text (const GArray *events, guint *at)
{
  while (g_array_index (events, Event, *at).kind != TEXT)
    ++*at;
  return &g_array_index (events, Event, (*at)++);
}

/* Reads what was written, to know where each text stands. */
static void
copy_decorated (Copy *copy, const GArray *events)
{
  yaml_parser_t parser;
  yaml_event_t yaml;
  gboolean is_at_end = FALSE, ok = yaml_parser_initialize (&parser);
  guint at = 0;

  yaml_parser_set_encoding (&parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string (&parser, (const unsigned char *)copy->text, copy->length_bytes);
  while (ok && !is_at_end)
    {
      ok = yaml_parser_parse (&parser, &yaml);
      if (!ok)
        break;
      is_at_end = yaml.type == YAML_STREAM_END_EVENT;
      if (yaml.type == YAML_SCALAR_EVENT)
        decorate (copy, next_text (events, &at), &yaml);
      yaml_event_delete (&yaml);
    }
  g_assert (ok);
  yaml_parser_delete (&parser);
  copy_to (copy, copy->length_bytes);
}

char *
attest_yaml_writer_finish (AttestYamlWriter *writer, const char *head)
{
  g_auto (StandIns) stand_ins;
  g_autoptr (GString) plain = NULL;
  g_autoptr (AttestCharMap) map = NULL;
  Copy copy = { .stand_ins = &stand_ins, .out = g_string_new (head) };

  choose_stand_ins (writer->events, &stand_ins);
  plain = emit_all (writer->events, &stand_ins);
  map = attest_char_map_new (plain->str, plain->len);
  copy.map = map;
  copy.text = plain->str;
  copy.length_bytes = plain->len;
  copy_decorated (&copy, writer->events);
  return g_string_free (copy.out, FALSE);
}
