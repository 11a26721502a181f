/* Maps of a ledger whose keys are known: their texts, and what is wrong with them. */
#include "codebook/attest-ledger-file-private.h"

#include <string.h>

/* A map has no more keys than a kind of entry has. */
#define MAX_KEYS 12

void
attest_ledger_clear_texts (const AttestLedgerKey *keys, gpointer target)
{
  for (; keys->name != NULL; keys++)
    {
      AttestLedgerText *text = (gpointer)((char *)target + keys->offset);

      g_clear_pointer (&text->text, g_free);
    }
}

char *
attest_ledger_read_text (AttestCodebookParser *parser, const AttestYaml *value, const char *what)
{
  char *text = attest_codebook_read_text (parser, value, what);

  if (text != NULL && *g_strstrip (text) == '\0')
    {
      attest_codebook_complain (parser, value, "type", "%s is empty", what);
      g_clear_pointer (&text, g_free);
    }
  if (text != NULL && strlen (text) > ATTEST_MAX_LEDGER_TEXT_BYTES)
    {
      attest_codebook_complain (parser, value, "limit", "%s is longer than %d bytes", what,
                                ATTEST_MAX_LEDGER_TEXT_BYTES);
      g_clear_pointer (&text, g_free);
    }
  return text;
}

static void
read_into (AttestCodebookParser *parser, const AttestYaml *value, const char *what,
           AttestLedgerText *out)
{
  out->byte = value->start_byte;
  out->text = attest_ledger_read_text (parser, value, what);
}

const AttestLedgerKey *
attest_ledger_find_key (const AttestLedgerKey *fields, const char *name)
{
  for (; fields->name != NULL; fields++)
    if (strcmp (fields->name, name) == 0)
      return fields;
  return NULL;
}

static void
complain_unknown (AttestCodebookParser *parser, const AttestYaml *key,
                  const AttestLedgerKey *fields, const char *what)
{
  const char *names[MAX_KEYS + 1] = { NULL };
  g_autofree char *list = NULL;
  const char *nearest;

  for (guint i = 0; fields[i].name != NULL; i++)
    names[i] = fields[i].name;
  nearest = attest_codebook_nearest (key->text, names);
  list = g_strjoinv (", ", (char **)names);
  if (nearest != NULL)
    attest_codebook_complain (parser, key, "unknown-key", "unknown key '%s': did you mean '%s'?",
                              key->text, nearest);
  else
    attest_codebook_complain (parser, key, "unknown-key", "unknown key '%s': %s has %s", key->text,
                              what, list);
}

gboolean
attest_ledger_check_map (AttestCodebookParser *parser, const AttestYaml *map, const char *what)
{
  if (map->kind == ATTEST_YAML_MAP)
    return TRUE;
  attest_codebook_complain (parser, map, "type", "%s is a map: 'key: value' on each line", what);
  return FALSE;
}

void
attest_ledger_read_keys (AttestCodebookParser *parser, const AttestYaml *map,
                         const AttestLedgerKey *fields, const char *what, gpointer target,
                         AttestLedgerKeyFunc other)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (!attest_ledger_check_map (parser, map, what))
    return;
  for (guint i = 0; i + 1 < map->items->len; i += 2)
    {
      const AttestYaml *key = g_ptr_array_index (map->items, i);
      const AttestYaml *value = g_ptr_array_index (map->items, i + 1);
      const AttestLedgerKey *field;

      if (key->kind != ATTEST_YAML_SCALAR)
        attest_codebook_complain (parser, key, "type", "a key of %s is a single word", what);
      else if (!g_hash_table_add (seen, key->text))
        attest_codebook_complain (parser, key, "duplicate-key",
                                  "key '%s' is there twice: remove one", key->text);
      else if ((field = attest_ledger_find_key (fields, key->text)) != NULL)
        {
          g_autofree char *name = g_strdup_printf ("the %s", field->name);

          if (!attest_yaml_is_blank (value))
            read_into (parser, value, name, (gpointer)((char *)target + field->offset));
        }
      else if (other == NULL || !other (parser, key, value, target))
        complain_unknown (parser, key, fields, what);
    }
  for (; fields->name != NULL; fields++)
    {
      const AttestLedgerText *text = (gpointer)((char *)target + fields->offset);

      /* What was read and was no text has a place, and was told. */
      if (fields->is_required && text->text == NULL && text->byte == 0)
        attest_codebook_complain (parser, map, "missing-key", "%s needs '%s'", what, fields->name);
    }
}

gboolean
attest_ledger_begin_list (AttestCodebookParser *parser, const AttestYaml *value,
                          AttestLedgerPart *part, const char *what)
{
  part->is_there = TRUE;
  part->byte = value->start_byte;
  if (value->kind == ATTEST_YAML_LIST)
    return TRUE;
  attest_codebook_complain (parser, value, "type",
                            "%s are a list: begin each with '- ', or [] "
                            "where there are none",
                            what);
  return FALSE;
}
