#include "codebook/attest-scale.h"

#include <string.h>

#include "codebook/attest-codebook-private.h"
#include "util/attest-error.h"

#define SUBDIR "codebooks/scales"

/* --- the keys of a level ------------------------------------------------------------------ */

static void
clear_level (gpointer item)
{
  AttestScaleLevel *level = item;

  g_free (level->level);
  g_free (level->description);
  g_hash_table_unref (level->label);
}

static GArray *
new_levels (void)
{
  GArray *levels = g_array_new (FALSE, FALSE, sizeof (AttestScaleLevel));

  g_array_set_clear_func (levels, clear_level);
  return levels;
}

static AttestScaleLevel
new_level (const char *name)
{
  return (AttestScaleLevel){ .level = g_strdup (name),
                             .label
                             = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };
}

static void
read_level_id (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  ((AttestScaleLevel *)target)->level
      = attest_codebook_read_id (parser, value, "the name of a level", TRUE);
}

static void
read_label (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  attest_codebook_read_local_text (parser, value, "a label", ((AttestScaleLevel *)target)->label);
}

static void
read_description (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  attest_codebook_read_text_into (parser, value, "a description",
                                  &((AttestScaleLevel *)target)->description);
}

static const AttestCodebookKey level_keys[] = {
  { "level", TRUE, read_level_id },
  { "label", FALSE, read_label },
  { "description", FALSE, read_description },
  { NULL },
};

/* --- names ---------------------------------------------------------------------------------- */

/* Case and the difference between "not rated" and "not-rated" do not matter. */
static char *
fold (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return g_strstrip (g_strdelimit (g_utf8_normalize (folded, -1, G_NORMALIZE_NFC), "-_", ' '));
}

static gboolean
is_level (const AttestScaleLevel *level, const char *folded)
{
  g_autofree char *name = fold (level->level);
  GHashTableIter iter;
  gpointer label;
  gboolean is_it = strcmp (name, folded) == 0;

  g_hash_table_iter_init (&iter, level->label);
  while (!is_it && g_hash_table_iter_next (&iter, NULL, &label))
    {
      g_autofree char *folded_label = fold (label);

      is_it = strcmp (folded_label, folded) == 0;
    }
  return is_it;
}

/* Another level that @text means as well, or NULL. */
static const AttestScaleLevel *
find_level (const AttestScale *scale, const char *text)
{
  const GArray *lists[] = { scale->levels, scale->outside };
  g_autofree char *folded = fold (text);

  for (gsize k = 0; k < G_N_ELEMENTS (lists); k++)
    for (guint i = 0; i < lists[k]->len; i++)
      if (is_level (attest_scale_level (lists[k], i), folded))
        return attest_scale_level (lists[k], i);
  return NULL;
}

/* --- the file ----------------------------------------------------------------------------- */

typedef struct
{
  AttestScale *scale;
  GArray *levels; /* to which the level at hand is added */
} Draft;

/* Whoever types a label must mean one level. */
static void
check_level (AttestCodebookParser *parser, const AttestYaml *value, const AttestScale *scale,
             const AttestScaleLevel *level)
{
  const AttestScaleLevel *other = find_level (scale, level->level);
  const char *name = level->level;
  GHashTableIter iter;
  gpointer label;

  g_hash_table_iter_init (&iter, level->label);
  while (other == NULL && g_hash_table_iter_next (&iter, NULL, &label))
    {
      name = label;
      other = find_level (scale, name);
    }
  if (other != NULL)
    attest_codebook_complain (parser, value, "duplicate-id",
                              "'%s' is there twice: it is the level in line %u already", name,
                              other->line);
}

static void
read_level (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  Draft *draft = target;
  AttestScaleLevel level = new_level (NULL);
  guint column;

  attest_yaml_place (parser->yaml, value->start_byte, &level.line, &column);
  attest_codebook_read_map (parser, value, level_keys, "a level", &level);
  if (level.level == NULL)
    {
      clear_level (&level);
      return;
    }
  check_level (parser, value, draft->scale, &level);
  g_array_append_val (draft->levels, level);
}

static void
read_levels_into (AttestCodebookParser *parser, const AttestYaml *value, AttestScale *scale,
                  GArray *levels)
{
  Draft draft = { scale, levels };

  if (value->kind != ATTEST_YAML_LIST || value->items->len == 0)
    attest_codebook_complain (parser, value, "type",
                              "levels are a list: begin each with '- level: …', the best first");
  else if (value->items->len > ATTEST_MAX_SCALE_LEVELS)
    attest_codebook_complain (parser, value, "limit",
                              "a scale has at most %d levels: write a range, {from: 0, to: 100}",
                              ATTEST_MAX_SCALE_LEVELS);
  else
    attest_codebook_read_each (parser, value, read_level, &draft);
}

static void
read_levels (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  AttestScale *scale = target;

  read_levels_into (parser, value, scale, scale->levels);
}

static void
read_outside (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  AttestScale *scale = target;

  read_levels_into (parser, value, scale, scale->outside);
}

static void
read_from (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  attest_codebook_read_number (parser, value, "an end of a range", &((AttestScale *)target)->least);
}

static void
read_to (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  attest_codebook_read_number (parser, value, "an end of a range", &((AttestScale *)target)->most);
}

static void
read_unit (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  attest_codebook_read_text_into (parser, value, "a unit", &((AttestScale *)target)->unit);
}

static const AttestCodebookKey range_keys[] = {
  { "from", TRUE, read_from },
  { "to", TRUE, read_to },
  { "unit", FALSE, read_unit },
  { NULL },
};

static void
read_range (AttestCodebookParser *parser, const AttestYaml *value, gpointer target)
{
  AttestScale *scale = target;
  guint n_errors = parser->n_errors;

  if (!attest_codebook_read_map (parser, value, range_keys, "a range", scale))
    return;
  if (parser->n_errors == n_errors && !(scale->least < scale->most))
    attest_codebook_complain (parser, value, "range", "a range goes from a number to a higher one");
  if (scale->levels->len > 0)
    attest_codebook_complain (parser, value, "range",
                              "a scale has levels or a range: remove one of them");
}

static void
finish (AttestCodebookParser *parser, gpointer target)
{
  static const char *const usual[] = { "not-rated", "not-assessed" };
  AttestScale *scale = target;

  if (parser->n_errors == 0 && scale->levels->len == 0 && !(scale->least < scale->most))
    attest_codebook_complain (parser, attest_yaml_file_root (parser->yaml), "missing-key",
                              "a scale needs 'levels', the best first, or a 'range'");
  if (scale->outside->len > 0)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
    {
      AttestScaleLevel level = new_level (usual[i]);

      g_hash_table_insert (level.label, g_strdup (""),
                           g_strdelimit (g_strdup (usual[i]), "-", ' '));
      g_array_append_val (scale->outside, level);
    }
}

static const AttestCodebookKey file_keys[] = {
  { "attest", TRUE, attest_codebook_read_format },
  { "id", TRUE, attest_codebook_read_file_id },
  { "version", FALSE, attest_codebook_read_version },
  { "title", FALSE, attest_codebook_read_title },
  { "levels", FALSE, read_levels },
  { "range", FALSE, read_range },
  { "outside", FALSE, read_outside },
  { NULL },
};

static const AttestCodebookFormat format = {
  .name = "scale/1",
  .noun = "scale",
  .keys = file_keys,
  .finish = finish,
};

AttestScale *
attest_scale_parse (const char *path, const char *text, gsize length_bytes, GArray *problems,
                    GError **error)
{
  g_autoptr (AttestScale) scale = g_new0 (AttestScale, 1);

  scale->file = attest_codebook_new (path, text, length_bytes);
  scale->levels = new_levels ();
  scale->outside = new_levels ();
  return attest_codebook_parse_as (scale->file, &format, scale, problems, error)
             ? g_steal_pointer (&scale)
             : NULL;
}

AttestScale *
attest_scale_load (const char *file_or_id, GArray *problems, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *path = attest_codebook_find_file (file_or_id, SUBDIR, "scale", error);
  g_autofree char *display_name = NULL;

  if (path == NULL || !attest_codebook_read_file (path, text, error))
    return NULL;
  display_name = g_filename_display_name (path);
  return attest_scale_parse (display_name, text->str, text->len, problems, error);
}

void
attest_scale_free (AttestScale *scale)
{
  if (scale == NULL)
    return;
  attest_codebook_unref (scale->file);
  g_array_unref (scale->levels);
  g_array_unref (scale->outside);
  g_free (scale->unit);
  g_free (scale);
}

/* --- choosing ----------------------------------------------------------------------------- */

void
attest_scale_choice_clear (AttestScaleChoice *choice)
{
  g_clear_pointer (&choice->level, g_free);
}

static gboolean
choose_among (const GArray *levels, const char *folded, const char *lang, gboolean has_order,
              AttestScaleChoice *out)
{
  for (guint i = 0; i < levels->len; i++)
    {
      const AttestScaleLevel *level = attest_scale_level (levels, i);

      if (!is_level (level, folded))
        continue;
      out->level = g_strdup (level->level);
      out->label = attest_local_text_get (level->label, lang);
      out->position = !has_order         ? -1
                      : levels->len == 1 ? 1
                                         : 1 - (double)i / (double)(levels->len - 1);
      return TRUE;
    }
  return FALSE;
}

static gboolean
choose_number (const AttestScale *scale, const char *given, AttestScaleChoice *out)
{
  g_autofree char *text = g_strstrip (g_strdup (given));
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  double value;

  if (scale->unit != NULL && g_str_has_suffix (text, scale->unit))
    text[strlen (text) - strlen (scale->unit)] = '\0';
  if (!(scale->least < scale->most) || !attest_codebook_parse_number (g_strstrip (text), &value)
      || value < scale->least || value > scale->most)
    return FALSE;
  /* Not "-0". */
  value = value == 0 ? 0 : value;
  out->level = g_strdup (g_ascii_formatd (number, sizeof number, "%.10g", value));
  out->label = NULL;
  out->position = (value - scale->least) / (scale->most - scale->least);
  return TRUE;
}

static void
describe_levels (const GArray *levels, const char *between, GString *out)
{
  for (guint i = 0; i < levels->len; i++)
    {
      const AttestScaleLevel *level = attest_scale_level (levels, i);
      const char *label = attest_local_text_get (level->label, NULL);
      g_autofree char *name = fold (level->level);

      g_string_append_printf (out, "%s%s", i > 0 ? between : "", level->level);
      if (label != NULL && strcmp (name, label) != 0)
        g_string_append_printf (out, " %s", label);
    }
}

char *
attest_scale_describe (const AttestScale *scale)
{
  GString *out = g_string_new (NULL);

  if (scale->levels->len > 0)
    describe_levels (scale->levels, ", ", out);
  else
    {
      char least[G_ASCII_DTOSTR_BUF_SIZE], most[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append_printf (out, "a number from %s to %s",
                              g_ascii_formatd (least, sizeof least, "%g", scale->least),
                              g_ascii_formatd (most, sizeof most, "%g", scale->most));
    }
  g_string_append (out, "; outside the order: ");
  describe_levels (scale->outside, ", ", out);
  return g_string_free (out, FALSE);
}

gboolean
attest_scale_choose (const AttestScale *scale, const char *text, const char *lang,
                     AttestScaleChoice *out_choice, GError **error)
{
  g_autofree char *folded = fold (text);
  g_autofree char *levels = NULL;
  AttestScaleChoice choice = { NULL };

  if (choose_among (scale->levels, folded, lang, TRUE, &choice)
      || choose_among (scale->outside, folded, lang, FALSE, &choice)
      || choose_number (scale, text, &choice))
    {
      *out_choice = choice;
      return TRUE;
    }
  levels = attest_scale_describe (scale);
  return attest_throw (error, ATTEST_ERROR_USAGE, "'%s' is no level of the scale %s, which has %s",
                       text, scale->file->id, levels);
}
