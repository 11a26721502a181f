/* CHAT (cha), the transcripts of TalkBank: headers "@…", main lines "*CHI:", dependent tiers
 * "%mor:", each of which may go on in lines that begin with a TAB. A main line is a turn. */
#include "reader/attest-reader-private.h"

#include <string.h>

#include "reader/attest-chat.h"
#include "reader/attest-cues.h"
#include "reader/attest-tiers.h"
#include "util/attest-error.h"
#include "util/attest-limits.h"

/* Names of dependent tiers that are counted one by one. */
#define MAX_TIER_NAMES 40
/* Comments in the midst of the text that are kept as metadata. */
#define MAX_COMMENTS 200

typedef struct
{
  char *role, *attributes;
} Person;

typedef struct
{
  guint n, line;
} TierLines;

typedef struct
{
  AttestDocument *doc;
  AttestTiers *tiers;
  GHashTable *speakers;  /* code → tier + 1 */
  GHashTable *people;    /* code → Person */
  GHashTable *dependent; /* name of a dependent tier → TierLines */
  GPtrArray *names;      /* its keys, in order of appearance */
  AttestChatCounts counts;
  GString *words;  /* of the main line that is open */
  gint64 start_ms; /* of it */
  gint64 end_ms;
  guint tier, line; /* of it; line 0: none is open */
  guint n_comments;
  gboolean ended; /* @End */
} Chat;

static void
free_person (gpointer item)
{
  Person *person = item;

  g_free (person->role);
  g_free (person->attributes);
  g_free (person);
}

static void
chat_init (Chat *chat, AttestDocument *doc)
{
  memset (chat, 0, sizeof *chat);
  chat->doc = doc;
  chat->tiers = attest_tiers_new (doc, NULL, ATTEST_TIERS_AS_ADDED);
  chat->speakers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  chat->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_person);
  chat->dependent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  chat->names = g_ptr_array_new ();
  chat->words = g_string_new (NULL);
}

static void
chat_clear (Chat *chat)
{
  attest_tiers_free (chat->tiers);
  g_hash_table_unref (chat->speakers);
  g_hash_table_unref (chat->people);
  g_ptr_array_unref (chat->names);
  g_hash_table_unref (chat->dependent);
  g_string_free (chat->words, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Chat, chat_clear)

/* --- headers -------------------------------------------------------------------------------- */

static Person *
get_person (Chat *chat, const char *code)
{
  Person *person = g_hash_table_lookup (chat->people, code);

  if (person == NULL && g_hash_table_size (chat->people) < ATTEST_MAX_SPEAKERS)
    {
      person = g_new0 (Person, 1);
      g_hash_table_insert (chat->people, g_strdup (code), person);
    }
  return person;
}

static void
add_attribute (Person *person, const char *value)
{
  char *joined;

  if (*value == '\0')
    return;
  joined = person->attributes != NULL ? g_strconcat (person->attributes, ", ", value, NULL)
                                      : g_strdup (value);
  g_free (person->attributes);
  person->attributes = joined;
}

static void
set_role (Person *person, const char *role)
{
  g_autofree char *words = NULL;

  if (person->role != NULL || *role == '\0')
    return;
  person->role = g_strdup (role);
  words = g_strdelimit (g_strdup (role), "_", ' ');
  add_attribute (person, words);
}

/* "CHI Ross Target_Child, INV Investigator": code, perhaps a name, role. */
static void
read_participants (Chat *chat, const char *value)
{
  g_auto (GStrv) entries = g_strsplit (value, ",", ATTEST_MAX_SPEAKERS + 1);

  for (char **entry = entries; *entry != NULL; entry++)
    {
      g_auto (GStrv) words = g_strsplit_set (g_strstrip (*entry), " \t", -1);
      const char *code = words[0], *role = NULL;
      Person *person;

      for (char **w = words; *w != NULL; w++)
        role = w > words && **w != '\0' ? *w : role;
      person = code != NULL && *code != '\0' ? get_person (chat, code) : NULL;
      if (person != NULL && role != NULL)
        set_role (person, role);
    }
}

/* "eng|corpus|CHI|2;06.|male|||Target_Child|||". */
static void
read_id (Chat *chat, const char *value)
{
  g_auto (GStrv) fields = g_strsplit (value, "|", 12);
  Person *person;

  if (g_strv_length (fields) < 8 || *g_strstrip (fields[2]) == '\0')
    return;
  person = get_person (chat, fields[2]);
  if (person == NULL)
    return;
  set_role (person, g_strstrip (fields[7]));
  add_attribute (person, g_strstrip (fields[4]));
  if (*g_strstrip (fields[3]) != '\0')
    {
      g_autofree char *age = g_strconcat ("age ", fields[3], NULL);

      add_attribute (person, age);
    }
}

static void
read_header (Chat *chat, char *text)
{
  char *value = strpbrk (text, ":\t");

  if (g_str_has_prefix (text, "@End"))
    chat->ended = TRUE;
  if (value == NULL)
    return;
  *value = '\0';
  value++;
  value += strspn (value, ": \t");
  g_strstrip (value);
  if (strcmp (text, "@Participants") == 0)
    read_participants (chat, value);
  else if (strcmp (text, "@ID") == 0)
    {
      read_id (chat, value);
      return;
    }
  if (chat->n_comments++ < MAX_COMMENTS)
    attest_document_add_metadata (chat->doc, text + 1, value);
}

/* --- lines ---------------------------------------------------------------------------------- */

static gboolean
has_words (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_isalnum (g_utf8_get_char (text)))
      return TRUE;
  return FALSE;
}

/* The main line that is open becomes an item; its times may have come from the lines below it. */
static gboolean
flush (Chat *chat, GError **error)
{
  AttestItem item = { .start_point = ATTEST_NO_POINT,
                      .end_point = ATTEST_NO_POINT,
                      .start_ms = chat->start_ms,
                      .end_ms = chat->end_ms,
                      .line = chat->line,
                      .text = chat->words->str,
                      .length_bytes = chat->words->len };
  gboolean open = chat->line > 0;

  chat->line = 0;
  return !open || !has_words (chat->words->str)
         || attest_tiers_add (chat->tiers, chat->tier, &item, error);
}

static guint
tier_of (Chat *chat, const char *code, guint line)
{
  gpointer known = g_hash_table_lookup (chat->speakers, code);
  guint tier;

  if (known != NULL)
    return GPOINTER_TO_UINT (known) - 1;
  tier = attest_tiers_add_tier (chat->tiers, code, code, line);
  g_hash_table_insert (chat->speakers, g_strdup (code), GUINT_TO_POINTER (tier + 1));
  return tier;
}

static gboolean
read_main_line (Chat *chat, char *text, gsize length_bytes, guint line, GError **error)
{
  char *colon = memchr (text, ':', length_bytes);
  const char *words;

  if (colon == NULL || colon - text > 4 * ATTEST_MAX_LABEL_CHARS)
    {
      attest_document_warn (chat->doc, line, "a main line without a colon is left out: %.60s",
                            text);
      return TRUE;
    }
  if (!flush (chat, error))
    return FALSE;
  *colon = '\0';
  words = colon + 1;
  g_string_truncate (chat->words, 0);
  chat->start_ms = chat->end_ms = ATTEST_NO_TIME;
  chat->tier = tier_of (chat, g_strstrip (text + 1), line);
  chat->line = line;
  attest_chat_append_words (chat->words, words, length_bytes - (gsize)(words - text),
                            &chat->start_ms, &chat->end_ms, &chat->counts);
  return TRUE;
}

/* "%mor:": about the main line above. Only what says when it was spoken is of use. */
static void
read_dependent (Chat *chat, char *text, guint line)
{
  char *colon = strchr (text, ':');
  const char *value = colon != NULL ? colon + 1 : "";
  gint64 time_ms;
  TierLines *lines;

  if (colon != NULL)
    *colon = '\0';
  text[MIN (strlen (text), 20)] = '\0'; /* a name is short, and mostly three letters */
  if (!g_utf8_validate (text, -1, NULL))
    return;
  value += strspn (value, " \t");
  if (chat->line > 0 && chat->start_ms == ATTEST_NO_TIME)
    {
      if (strcmp (text, "%snd") == 0 || strcmp (text, "%mov") == 0)
        attest_chat_parse_bullet (value, strlen (value), &chat->start_ms, &chat->end_ms);
      else if (strcmp (text, "%tim") == 0
               && attest_cues_parse_time (value, strlen (value), &time_ms) > 0
               && strchr (value, ':') != NULL)
        chat->start_ms = time_ms;
    }
  lines = g_hash_table_lookup (chat->dependent, text);
  if (lines == NULL && g_hash_table_size (chat->dependent) < MAX_TIER_NAMES)
    {
      char *name = g_strdup (text);

      lines = g_new0 (TierLines, 1);
      lines->line = line;
      g_hash_table_insert (chat->dependent, name, lines);
      g_ptr_array_add (chat->names, name);
    }
  if (lines != NULL)
    lines->n++;
}

/* One line with those that go on with it. */
static gboolean
read_line (Chat *chat, GString *text, guint line, GError **error)
{
  switch (text->str[0])
    {
    case '\0':
      return TRUE;
    case '@':
      if (!flush (chat, error))
        return FALSE;
      read_header (chat, text->str);
      return TRUE;
    case '*':
      return read_main_line (chat, text->str, text->len, line, error);
    case '%':
      read_dependent (chat, text->str, line);
      return TRUE;
    default:
      attest_document_warn (chat->doc, line, "a line that is none of CHAT is left out: %.60s",
                            text->str);
      return TRUE;
    }
}

static gboolean
read_lines (Chat *chat, const char *text, gsize length_bytes, GError **error)
{
  g_autoptr (GString) logical = g_string_new (NULL);
  guint line = 0, first = 1;

  for (gsize at = 0; at < length_bytes;)
    {
      const char *lf = memchr (text + at, '\n', length_bytes - at);
      gsize end = lf != NULL ? (gsize)(lf - text) : length_bytes;
      gboolean begins = end > at && strchr ("@*%", text[at]) != NULL;
      gboolean blank = end == at;

      line++;
      if (begins)
        {
          if (!read_line (chat, logical, first, error))
            return FALSE;
          g_string_truncate (logical, 0);
          first = line;
        }
      else if (logical->len == 0)
        first = line;
      if (!blank)
        {
          if (logical->len > 0)
            {
              g_string_append_c (logical, ' ');
              while (at < end && g_ascii_isspace (text[at]))
                at++;
            }
          g_string_append_len (logical, text + at, (gssize)(end - at));
        }
      at = end + 1;
    }
  return read_line (chat, logical, first, error) && flush (chat, error);
}

/* --- the document --------------------------------------------------------------------------- */

static void
warn_of_losses (const Chat *chat)
{
  for (guint i = 0; i < chat->names->len; i++)
    {
      const char *name = g_ptr_array_index (chat->names, i);
      const TierLines *lines = g_hash_table_lookup (chat->dependent, name);

      attest_document_warn (chat->doc, lines->line,
                            "tier \"%s\" is left out (%u lines): it is about what was said", name,
                            lines->n);
    }
  if (chat->counts.n_codes > 0)
    attest_document_warn (chat->doc, 0, "codes in brackets are left out (%u)",
                          chat->counts.n_codes);
  if (chat->counts.n_pauses > 0)
    attest_document_warn (chat->doc, 0, "pauses are not part of the text (%u)",
                          chat->counts.n_pauses);
  if (chat->counts.n_omitted > 0)
    attest_document_warn (chat->doc, 0, "words that were not said are left out (%u)",
                          chat->counts.n_omitted);
  if (!chat->ended)
    attest_document_warn (chat->doc, 0, "there is no @End: the file may have been cut off");
}

static void
describe_people (Chat *chat)
{
  GHashTableIter iter;
  gpointer code, item;

  g_hash_table_iter_init (&iter, chat->people);
  while (g_hash_table_iter_next (&iter, &code, &item))
    {
      const Person *person = item;

      attest_tiers_describe (chat->tiers, code, person->role, person->attributes);
    }
}

static gboolean
cha_read (AttestDocument *doc, const AttestReadOptions *options, GError **error)
{
  g_auto (Chat) chat;
  gsize length_bytes = 0;
  g_autofree char *text = attest_cues_load (doc, options, &length_bytes, error);

  chat_init (&chat, doc);
  if (text == NULL || !read_lines (&chat, text, length_bytes, error))
    return FALSE;
  if (attest_tiers_count (chat.tiers) == 0)
    return attest_throw (error, ATTEST_ERROR_INPUT, "no main lines (\"*CHI:\") in this CHAT file");
  warn_of_losses (&chat);
  describe_people (&chat);
  attest_tiers_finish (chat.tiers);
  return TRUE;
}

static const char *const suffixes[] = { "cha", "cex", NULL };

static int
cha_probe (const AttestProbe *probe)
{
  const char *text = probe->head_text;

  if (text == NULL)
    return 0;
  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    text += 3;
  if (g_str_has_prefix (text, "@UTF8") || g_str_has_prefix (text, "@Begin")
      || (text[0] == '@' && strstr (text, "\n@Begin") != NULL))
    return ATTEST_PROBE_STRUCTURE;
  return g_strv_contains (suffixes, probe->suffix) && strstr (text, "\n*") != NULL
             ? ATTEST_PROBE_SUFFIX
             : 0;
}

const AttestReader attest_reader_cha = { "cha", "CHAT transcript", suffixes, cha_probe, cha_read };
