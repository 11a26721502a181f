/* attest-codebook-fragment-names: the key of a fragment: "name" or "name(parameter, parameter)". */
#include <string.h>

#include "codebook/attest-codebook-private.h"
#include "util/attest-limits.h"

/* A part of a key, as a value of its own. */
static char *
read_name (AttestCodebookParser *parser, const AttestYaml *key, const char *name, const char *what)
{
  AttestYaml part = *key;
  g_autofree char *text = g_strstrip (g_strdup (name));

  part.text = text;
  g_autofree char *id = attest_codebook_read_id (parser, &part, what, FALSE);
  if (id == NULL)
    return NULL;
  if (!g_ascii_isdigit (*id) && *id != '-')
    return g_steal_pointer (&id);
  attest_codebook_complain (parser, key, "id", "the name of a %s begins with a letter: '%s'",
                            strstr (what, "parameter") != NULL ? "parameter" : "fragment", id);
  return NULL;
}

/* "a, b": FALSE, and reported, when that is no list of names. */
static gboolean
read_parameters (AttestCodebookParser *parser, const AttestYaml *key, const char *list,
                 char ***out_parameters)
{
  g_auto (GStrv) parts = g_strsplit (list, ",", -1);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (char **part = parts; *part != NULL; part++)
    {
      char *name = read_name (parser, key, *part, "the name of a parameter");
      if (name == NULL)
        return FALSE;
      if (g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        {
          attest_codebook_complain (parser, key, "duplicate-id", "parameter '%s' is there twice",
                                    name);
          g_free (name);
          return FALSE;
        }
      g_ptr_array_add (names, name);
    }
  if (names->len > ATTEST_MAX_PARAMETERS)
    {
      attest_codebook_complain (parser, key, "limit", "more than %d parameters",
                                ATTEST_MAX_PARAMETERS);
      return FALSE;
    }
  g_ptr_array_add (names, NULL);
  g_ptr_array_set_free_func (names, NULL);
  *out_parameters = (char **)g_ptr_array_free (g_steal_pointer (&names), FALSE);
  return TRUE;
}

/* "name" or "name(parameter, parameter)". */
static gboolean
read_signature (AttestCodebookParser *parser, const AttestYaml *key, AttestFragment *fragment)
{
  const char *open = key->kind == ATTEST_YAML_SCALAR ? strchr (key->text, '(') : NULL;

  if (open == NULL)
    {
      fragment->name = key->kind == ATTEST_YAML_SCALAR
                           ? read_name (parser, key, key->text, "the name of a fragment")
                           : attest_codebook_read_id (parser, key, "the name of a fragment", FALSE);
      return fragment->name != NULL;
    }
  g_autofree char *name = g_strndup (key->text, (gsize)(open - key->text));
  g_autofree char *list = g_strchomp (g_strdup (open + 1));
  gsize length_bytes = strlen (list);
  if (length_bytes < 2 || list[length_bytes - 1] != ')')
    {
      attest_codebook_complain (
          parser, key, "id", "a fragment with parameters is called 'name(parameter, parameter)'");
      return FALSE;
    }
  list[length_bytes - 1] = '\0';
  fragment->name = read_name (parser, key, name, "the name of a fragment");
  return fragment->name != NULL && read_parameters (parser, key, list, &fragment->parameters);
}

static void
clear_fragment (AttestFragment *fragment)
{
  g_free (fragment->name);
  g_free (fragment->source);
  g_strfreev (fragment->parameters);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AttestFragment, clear_fragment)

gboolean
attest_codebook_add_fragment (AttestCodebookParser *parser, const AttestYaml *key,
                              const AttestYaml *value)
{
  g_auto (AttestFragment) fragment = { 0 };
  gboolean is_named = read_signature (parser, key, &fragment);

  fragment.source = attest_codebook_read_text (parser, value, "a fragment");
  if (!is_named || fragment.source == NULL)
    return FALSE;
  if (g_hash_table_contains (parser->fragments, fragment.name))
    {
      attest_codebook_complain (parser, key, "duplicate-id", "fragment '%s' is there twice",
                                fragment.name);
      return FALSE;
    }
  attest_yaml_place (parser->yaml, key->start_byte, &fragment.line, &fragment.column);
  g_hash_table_insert (parser->fragments, fragment.name,
                       GUINT_TO_POINTER (parser->codebook->fragments->len + 1));
  g_array_append_val (parser->codebook->fragments, fragment);
  fragment = (AttestFragment){ 0 };
  return TRUE;
}
