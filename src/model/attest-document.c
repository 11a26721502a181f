#include "model/attest-document.h"

#include <string.h>

#include "util/attest-hash.h"
#include "util/attest-limits.h"
#include "util/attest-text.h"

static const char *const role_names[ATTEST_N_ROLES]
    = { "interviewer", "respondent", "interpreter", "other" };

static void
clear_speaker (gpointer item)
{
  AttestSpeaker *speaker = item;

  g_free (speaker->label);
  g_free (speaker->role_reason);
  g_free (speaker->attributes);
}

static void
clear_metadata (gpointer item)
{
  AttestMetadata *pair = item;

  g_free (pair->key);
  g_free (pair->value);
}

static void
clear_page (gpointer item)
{
  g_free (((AttestPageStart *)item)->label);
}

static void
clear_warning (gpointer item)
{
  g_free (((AttestWarning *)item)->message);
}

AttestDocument *
attest_document_new (const char *path)
{
  AttestDocument *doc = g_new0 (AttestDocument, 1);

  doc->path = g_strdup (path);
  doc->metadata = g_array_new (FALSE, TRUE, sizeof (AttestMetadata));
  doc->speakers = g_array_new (FALSE, TRUE, sizeof (AttestSpeaker));
  doc->labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  doc->turns = g_array_new (FALSE, TRUE, sizeof (AttestTurn));
  doc->pages = g_array_new (FALSE, TRUE, sizeof (AttestPageStart));
  doc->warnings = g_array_new (FALSE, TRUE, sizeof (AttestWarning));
  g_array_set_clear_func (doc->metadata, clear_metadata);
  g_array_set_clear_func (doc->speakers, clear_speaker);
  g_array_set_clear_func (doc->pages, clear_page);
  g_array_set_clear_func (doc->warnings, clear_warning);
  return doc;
}

void
attest_document_free (AttestDocument *doc)
{
  if (doc == NULL)
    return;
  g_free (doc->path);
  g_free (doc->encoding);
  g_free (doc->turns_how);
  g_clear_pointer (&doc->original, g_bytes_unref);
  g_free (doc->sha256);
  g_free (doc->text);
  g_free (doc->text_sha256);
  g_array_unref (doc->metadata);
  g_array_unref (doc->speakers);
  g_hash_table_unref (doc->labels);
  g_array_unref (doc->turns);
  g_array_unref (doc->pages);
  g_array_unref (doc->warnings);
  g_free (doc);
}

/* Plain text is mostly its own original: hashing it once is enough. */
static gboolean
is_original (const AttestDocument *doc)
{
  return doc->original != NULL && g_bytes_get_size (doc->original) == doc->length_bytes
         && (doc->length_bytes == 0
             || memcmp (g_bytes_get_data (doc->original, NULL), doc->text, doc->length_bytes) == 0);
}

void
attest_document_hash (AttestDocument *doc)
{
  g_free (doc->sha256);
  g_free (doc->text_sha256);
  doc->sha256 = NULL;
  if (doc->original != NULL)
    doc->sha256 = attest_sha256_hex (g_bytes_get_data (doc->original, NULL),
                                     g_bytes_get_size (doc->original));
  doc->text_sha256 = is_original (doc) ? g_strdup (doc->sha256)
                                       : attest_sha256_hex (doc->text, doc->length_bytes);
}

void
attest_document_take_text (AttestDocument *doc, char *text, gsize length_bytes)
{
  g_free (doc->text);
  doc->text = text;
  doc->length_bytes = length_bytes;
  doc->characters = (gint64)attest_text_count_chars (text, length_bytes);
}

void
attest_document_count_words (AttestDocument *doc)
{
  doc->words = 0;
  for (guint i = 0; i < doc->turns->len; i++)
    {
      AttestTurn *turn = attest_document_turn (doc, i);

      turn->words = attest_text_count_words (doc->text + turn->start_byte,
                                             turn->end_byte - turn->start_byte);
      doc->words += (gint64)turn->words;
    }
}

void
attest_document_warn (AttestDocument *doc, guint line, const char *format, ...)
{
  AttestWarning warning = { .line = line };
  va_list args;

  if (doc->warnings->len >= ATTEST_MAX_WARNINGS)
    {
      doc->warnings_dropped++;
      return;
    }
  va_start (args, format);
  warning.message = g_strdup_vprintf (format, args);
  va_end (args);
  g_array_append_val (doc->warnings, warning);
}

void
attest_document_add_page (AttestDocument *doc, gsize start_byte, const char *label)
{
  AttestPageStart page = { .start_byte = start_byte, .label = g_strdup (label) };

  g_array_append_val (doc->pages, page);
}

void
attest_document_add_metadata (AttestDocument *doc, const char *key, const char *value)
{
  AttestMetadata pair;

  if (*key == '\0' || *value == '\0')
    return;
  for (guint i = 0; i < doc->metadata->len; i++)
    {
      AttestMetadata *other = &g_array_index (doc->metadata, AttestMetadata, i);

      if (strcmp (other->key, key) == 0)
        {
          char *joined = g_strconcat (other->value, "\n", value, NULL);

          g_free (other->value);
          other->value = joined;
          return;
        }
    }
  if (doc->metadata->len >= ATTEST_MAX_METADATA)
    return;
  pair.key = g_strdup (key);
  pair.value = g_strdup (value);
  g_array_append_val (doc->metadata, pair);
}

const char *
attest_document_get_metadata (const AttestDocument *doc, const char *key)
{
  g_autofree char *folded = g_utf8_casefold (key, -1);

  for (guint i = 0; i < doc->metadata->len; i++)
    {
      const AttestMetadata *pair = &g_array_index (doc->metadata, AttestMetadata, i);
      g_autofree char *other = g_utf8_casefold (pair->key, -1);

      if (strcmp (folded, other) == 0)
        return pair->value;
    }
  return NULL;
}

guint
attest_document_add_speaker (AttestDocument *doc, const char *label)
{
  AttestSpeaker speaker = { .label = g_strdup (label), .role = ATTEST_ROLE_OTHER };

  g_array_append_val (doc->speakers, speaker);
  g_hash_table_insert (doc->labels, g_strdup (label), GUINT_TO_POINTER (doc->speakers->len));
  return doc->speakers->len - 1;
}

guint
attest_document_intern_speaker (AttestDocument *doc, const char *label)
{
  gpointer known = g_hash_table_lookup (doc->labels, label);

  return known != NULL ? GPOINTER_TO_UINT (known) - 1 : attest_document_add_speaker (doc, label);
}

void
attest_document_say_how (AttestDocument *doc, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_free (doc->turns_how);
  doc->turns_how = g_strdup_vprintf (format, args);
  va_end (args);
}

void
attest_document_clear_speakers (AttestDocument *doc)
{
  g_array_set_size (doc->speakers, 0);
  g_hash_table_remove_all (doc->labels);
}

const char *
attest_document_turn_label (const AttestDocument *doc, guint turn)
{
  guint speaker = attest_document_turn (doc, turn)->speaker;

  return speaker == ATTEST_NO_SPEAKER ? NULL : attest_document_speaker (doc, speaker)->label;
}

AttestRole
attest_document_turn_role (const AttestDocument *doc, guint turn)
{
  guint speaker = attest_document_turn (doc, turn)->speaker;

  return speaker == ATTEST_NO_SPEAKER ? ATTEST_ROLE_RESPONDENT
                                      : attest_document_speaker (doc, speaker)->role;
}

const char *
attest_role_to_string (AttestRole role)
{
  g_return_val_if_fail ((guint)role < ATTEST_N_ROLES, "other");
  return role_names[role];
}

gboolean
attest_role_from_string (const char *name, AttestRole *out_role)
{
  for (guint i = 0; i < ATTEST_N_ROLES; i++)
    if (g_strcmp0 (name, role_names[i]) == 0)
      {
        *out_role = (AttestRole)i;
        return TRUE;
      }
  return FALSE;
}
