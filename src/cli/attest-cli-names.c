#include "cli/attest-cli-names.h"

#include <string.h>

#include "util/attest-error.h"

struct _AttestNamePattern
{
  GRegex *regex;
  char **groups; /* names */
  gboolean whole_path;
};

/* The names of the groups; GRegex does not tell them. */
static char **
find_groups (const char *pattern)
{
  g_autoptr (GRegex) regex = g_regex_new ("\\\\.|\\(\\?P?[<'](?<name>[A-Za-z_]\\w*)[>']",
                                          G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (g_regex_match (regex, pattern, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *name = g_match_info_fetch_named (match, "name");

      if (name != NULL && *name != '\0')
        g_strv_builder_add (names, name);
    }
  return g_strv_builder_end (names);
}

AttestNamePattern *
attest_name_pattern_new (const char *pattern, GError **error)
{
  g_autoptr (AttestNamePattern) names = g_new0 (AttestNamePattern, 1);
  g_autoptr (GError) local = NULL;

  names->groups = find_groups (pattern);
  names->whole_path = strchr (pattern, '/') != NULL;
  names->regex = g_regex_new (pattern, G_REGEX_OPTIMIZE, G_REGEX_MATCH_DEFAULT, &local);
  if (names->regex == NULL)
    return attest_throw_null (error, ATTEST_ERROR_USAGE, "--name-pattern: %s", local->message);
  if (names->groups[0] == NULL)
    return attest_throw_null (error, ATTEST_ERROR_USAGE,
                              "--name-pattern has no named group; write '(?<group>[a-z]+)'");
  return g_steal_pointer (&names);
}

void
attest_name_pattern_free (AttestNamePattern *pattern)
{
  if (pattern == NULL)
    return;
  g_clear_pointer (&pattern->regex, g_regex_unref);
  g_strfreev (pattern->groups);
  g_free (pattern);
}

static void
clear_attribute (gpointer data)
{
  AttestAttribute *attribute = data;

  g_free (attribute->name);
  g_free (attribute->value);
}

void
attest_name_fields_free (AttestNameFields *fields)
{
  if (fields == NULL)
    return;
  g_free (fields->respondent);
  g_free (fields->kind);
  g_free (fields->lang);
  g_free (fields->label);
  g_array_unref (fields->attributes);
  g_free (fields);
}

/* Takes @value over; the last of several groups of one name counts. */
static void
set_field (AttestNameFields *fields, const char *name, char *value)
{
  const struct
  {
    const char *name;
    char **field;
  } known[] = { { "id", &fields->respondent },
                { "respondent", &fields->respondent },
                { "kind", &fields->kind },
                { "lang", &fields->lang },
                { "label", &fields->label } };
  AttestAttribute attribute;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (known[i].name, name) == 0)
      {
        g_free (*known[i].field);
        *known[i].field = value;
        return;
      }
  attribute = (AttestAttribute){ g_strdup (name), value };
  g_array_append_val (fields->attributes, attribute);
}

AttestNameFields *
attest_name_pattern_match (const AttestNamePattern *pattern, const char *path, GError **error)
{
  g_autofree char *name = pattern->whole_path ? g_strdup (path) : g_path_get_basename (path);
  g_autofree char *subject = g_utf8_make_valid (name, -1);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GError) local = NULL;
  AttestNameFields *fields;

  if (!g_regex_match_full (pattern->regex, subject, -1, 0, G_REGEX_MATCH_DEFAULT, &match, &local))
    {
      if (local != NULL)
        attest_throw (error, ATTEST_ERROR_LIMIT, "%s: --name-pattern: %s", path, local->message);
      return NULL;
    }
  fields = g_new0 (AttestNameFields, 1);
  fields->attributes = g_array_new (FALSE, FALSE, sizeof (AttestAttribute));
  g_array_set_clear_func (fields->attributes, clear_attribute);
  for (char **group = pattern->groups; *group != NULL; group++)
    {
      g_autofree char *value = g_match_info_fetch_named (match, *group);

      if (value != NULL && *g_strstrip (value) != '\0')
        set_field (fields, *group, g_steal_pointer (&value));
    }
  return fields;
}

gboolean
attest_name_fields_store (const AttestNameFields *fields, AttestStore *store, const char *label,
                          GError **error)
{
  const AttestAttribute *attributes
      = (const AttestAttribute *)(const void *)fields->attributes->data;
  g_autoptr (AttestSourceInfo) info = NULL;

  if (fields->respondent != NULL)
    {
      AttestRespondentRow row = { .respondent = fields->respondent,
                                  .source = label,
                                  .attributes = attributes,
                                  .n_attributes = fields->attributes->len };

      return attest_store_import_respondents (store, &row, 1, error);
    }
  if (fields->attributes->len == 0)
    return TRUE;
  info = attest_store_get_source (store, label, error);
  if (info == NULL)
    return FALSE;
  for (char **respondent = info->respondents; *respondent != NULL; respondent++)
    if (!attest_store_set_respondent (store, *respondent, attributes, fields->attributes->len,
                                      error))
      return FALSE;
  return TRUE;
}

char *
attest_name_longer_label (const char *path, const char *label, const char *other)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *other_folder = g_path_get_dirname (other);
  const char *stem = strrchr (path, '/');
  const char *at;
  gsize n_folders = 1;

  if (strcmp (folder, other_folder) == 0 || stem == NULL)
    {
      g_autofree char *name = g_path_get_basename (path);
      const char *last = strrchr (label, '/');
      int folders = last != NULL ? (int)(last + 1 - label) : 0;

      return strcmp (name, label + folders) != 0 ? g_strdup_printf ("%.*s%s", folders, label, name)
                                                 : NULL;
    }
  for (const char *p = label; *p != '\0'; p++)
    n_folders += *p == '/';
  for (at = stem; at > path && n_folders > 0; n_folders--)
    for (at--; at > path && *at != '/'; at--)
      ;
  if (n_folders > 0)
    return NULL;
  if (*at == '/')
    at++;
  return g_strdup_printf ("%.*s%s", (int)(stem + 1 - at), at,
                          strrchr (label, '/') != NULL ? strrchr (label, '/') + 1 : label);
}
