/* The entries of a ledger, and what they rest on. */
#include "codebook/attest-ledger-file-private.h"

#include <string.h>

/* ---- what an entry rests on ---- */

#define TO(name)                                                                                   \
  {                                                                                                \
    name, G_STRUCT_OFFSET (AttestLedgerFileLink, to), FALSE                                        \
  }

static const AttestLedgerKey link_fields[]
    = { TO ("supports"),
        TO ("contradicts"),
        TO ("context"),
        { "note", G_STRUCT_OFFSET (AttestLedgerFileLink, note), FALSE },
        { "document", G_STRUCT_OFFSET (AttestLedgerFileLink, document), FALSE },
        { "page", G_STRUCT_OFFSET (AttestLedgerFileLink, page), FALSE },
        { "quote", G_STRUCT_OFFSET (AttestLedgerFileLink, quote), FALSE },
        { NULL } };

/* Three keys have one place: each is cleared once. */
static void
clear_link (gpointer item)
{
  AttestLedgerFileLink *link = item;

  g_free (link->stance);
  attest_ledger_clear_texts (link_fields, link);
}

static void
read_link (AttestCodebookParser *parser, const AttestYaml *value, gpointer links)
{
  AttestLedgerFileLink link = { .byte = value->start_byte };

  if (!attest_ledger_check_map (parser, value, "what an entry rests on"))
    return;
  for (guint i = 0; i + 1 < value->items->len; i += 2)
    {
      const AttestYaml *key = g_ptr_array_index (value->items, i);
      const AttestLedgerKey *field = key->kind == ATTEST_YAML_SCALAR
                                         ? attest_ledger_find_key (link_fields, key->text)
                                         : NULL;

      if (field == NULL || field->offset != G_STRUCT_OFFSET (AttestLedgerFileLink, to))
        continue;
      if (link.stance != NULL)
        {
          attest_codebook_complain (parser, key, "stance",
                                    "'%s' and '%s' of one link: begin another with '- %s: …'",
                                    link.stance, key->text, key->text);
          g_free (link.stance);
          return;
        }
      link.stance = g_strdup (key->text);
    }
  attest_ledger_read_keys (parser, value, link_fields, "what an entry rests on", &link, NULL);
  if (link.stance == NULL)
    attest_codebook_complain (parser, value, "missing-key",
                              "what an entry rests on begins with '- supports: ID', '- "
                              "contradicts: ID' or '- context: ID'");
  if ((link.document.text != NULL) != (link.quote.text != NULL))
    attest_codebook_complain (parser, value, "missing-key",
                              "a document is quoted with what it says: 'document' and 'quote'");
  else if (link.stance != NULL && link.to.text == NULL && link.document.text == NULL
           && link.to.byte == 0)
    attest_codebook_complain (parser, value, "missing-key",
                              "'%s' of what? Name a quote, an entry, or a document", link.stance);
  if (link.stance == NULL || (link.to.text == NULL && link.document.text == NULL))
    clear_link (&link);

  else
    g_array_append_val ((GArray *)links, link);
}

static gboolean
read_rests_on (AttestCodebookParser *parser, const AttestYaml *key, const AttestYaml *value,
               gpointer target)
{
  AttestLedgerFileEntry *entry = target;

  if (strcmp (key->text, "rests_on") != 0)
    return FALSE;
  if (value->kind == ATTEST_YAML_LIST)
    attest_codebook_read_each (parser, value, read_link, entry->links);
  else if (!attest_yaml_is_blank (value))
    attest_codebook_complain (parser, value, "type",
                              "rests_on is a list: begin each with '- supports: ID'");
  return TRUE;
}

#define FIELD(name, field)                                                                         \
  {                                                                                                \
    name,                                                                                          \
        G_STRUCT_OFFSET (AttestLedgerFileEntry, fields)                                            \
            + ATTEST_LEDGER_##field * sizeof (AttestLedgerText),                                   \
        ATTEST_LEDGER_##field == ATTEST_LEDGER_TEXT                                                \
  }

static const AttestLedgerKey entry_fields[]
    = { { "id", G_STRUCT_OFFSET (AttestLedgerFileEntry, id), FALSE },
        FIELD ("text", TEXT),
        FIELD ("criterion", CRITERION),
        FIELD ("addressee", ADDRESSEE),
        FIELD ("priority", PRIORITY),
        FIELD ("time_frame", TIME_FRAME),
        FIELD ("resources", RESOURCES),
        FIELD ("withdrawn", WITHDRAWN),
        { NULL } };

void
attest_ledger_free_entry (gpointer item)
{
  AttestLedgerFileEntry *entry = item;

  attest_ledger_clear_texts (entry_fields, entry);
  g_array_unref (entry->links);
  g_free (entry);
}

static void
read_entry (AttestCodebookParser *parser, const AttestYaml *value, AttestLedgerFile *file,
            AttestLedgerSection section)
{
  AttestLedgerFileEntry *entry = g_new0 (AttestLedgerFileEntry, 1);

  entry->section = section;
  entry->byte = value->start_byte;
  entry->links = g_array_new (FALSE, TRUE, sizeof (AttestLedgerFileLink));
  g_array_set_clear_func (entry->links, clear_link);
  attest_ledger_read_keys (parser, value, entry_fields, "an entry", entry, read_rests_on);
  g_ptr_array_add (file->entries, entry);
}

static void
read_section (AttestCodebookParser *parser, const AttestYaml *value, AttestLedgerFile *file,
              AttestLedgerSection section)
{
  if (attest_ledger_begin_list (parser, value, &file->sections[section],
                                attest_ledger_section_to_string (section)))
    for (guint i = 0; i < value->items->len; i++)
      read_entry (parser, g_ptr_array_index (value->items, i), file, section);
}

#define SECTION(name, section)                                                                     \
  void attest_ledger_read_##name (AttestCodebookParser *parser, const AttestYaml *value,           \
                                  gpointer file)                                                   \
  {                                                                                                \
    read_section (parser, value, file, ATTEST_LEDGER_##section);                                   \
  }
SECTION (findings, FINDINGS)
SECTION (conclusions, CONCLUSIONS)
SECTION (recommendations, RECOMMENDATIONS)
SECTION (lessons, LESSONS)
SECTION (practices, PRACTICES)
