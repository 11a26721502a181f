#include "cli/attest-cli-report.h"

#include <string.h>

#include "util/attest-text.h"

void
attest_where_clear (AttestWhere *where)
{
  g_clear_pointer (&where->attribute, g_free);
  g_clear_pointer (&where->value, g_free);
}

/* ---- which respondents ---- */

static int
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

static void
add_once (GPtrArray *names, const char *name)
{
  if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_ptr_array_add (names, (gpointer)name);
}

/* "female, male" */
static char *
join_names (GPtrArray *names)
{
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **)names->pdata);
}

/* The names of all attributes, or with @attribute its values; borrowed. */
static GPtrArray *
known_names (GPtrArray *respondents, const char *attribute)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < respondents->len; i++)
    {
      const AttestRespondentInfo *info = g_ptr_array_index (respondents, i);

      for (guint k = 0; k < info->attributes->len; k++)
        {
          const AttestAttribute *a = &g_array_index (info->attributes, AttestAttribute, k);

          if (attribute == NULL)
            add_once (names, a->name);
          else if (strcmp (a->name, attribute) == 0)
            add_once (names, a->value);
        }
    }
  g_ptr_array_sort (names, by_name);
  return names;
}

gboolean
attest_cli_check_attribute (AttestInvocation *inv, const char *name, const char *value,
                            GError **error)
{
  g_autoptr (GPtrArray) respondents = attest_store_list_respondents (inv->store, error);
  g_autofree char *attribute = attest_store_normalise_attribute (name);
  g_autoptr (GPtrArray) values = NULL;
  g_autoptr (GPtrArray) attributes = NULL;
  g_autofree char *known = NULL;

  if (respondents == NULL)
    return FALSE;
  values = known_names (respondents, attribute);
  if (values->len > 0
      && (value == NULL || g_ptr_array_find_with_equal_func (values, value, g_str_equal, NULL)))
    return TRUE;
  if (values->len > 0)
    {
      known = join_names (values);
      return attest_throw (error, ATTEST_ERROR_USAGE, "no respondent has %s '%s'; there are: %s",
                           attribute, value, known);
    }
  attributes = known_names (respondents, NULL);
  if (attributes->len == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "no respondent has an attribute yet; 'attest respondents import' takes "
                         "them from a CSV file");
  known = join_names (attributes);
  return attest_throw (error, ATTEST_ERROR_USAGE,
                       "no respondent has an attribute '%s'; there are: %s", attribute, known);
}

gboolean
attest_cli_throw_no_attribute (const char *attribute, GError **error)
{
  return attest_throw (error, ATTEST_ERROR_USAGE,
                       "no respondent has an attribute '%s'; 'attest respondents' lists them, "
                       "'attest respondents import' takes them from a CSV file",
                       attribute);
}

gboolean
attest_cli_parse_where (AttestInvocation *inv, const char *text, AttestWhere *out_where,
                        GError **error)
{
  const char *equals = text != NULL ? strchr (text, '=') : NULL;

  if (text == NULL)
    return TRUE;
  if (equals == NULL || equals == text || equals[1] == '\0')
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--where %s: write ATTRIBUTE=VALUE, for example group=Government", text);
  out_where->attribute = g_strndup (text, (gsize)(equals - text));
  out_where->value = g_strdup (equals + 1);
  return attest_cli_check_attribute (inv, out_where->attribute, out_where->value, error);
}

/* ---- where it goes ---- */

AttestOutput *
attest_cli_open_output (AttestInvocation *inv, const char *path, GError **error)
{
  return path != NULL ? attest_output_new_file (path, error) : attest_output_new_stream (inv->out);
}

void
attest_cli_append_table (AttestInvocation *inv, const AttestTable *table, const char *path,
                         AttestOutput *output)
{
  attest_table_write_text (table, attest_output_get_buffer (output),
                           path == NULL ? inv->columns : 0, path == NULL && inv->color);
}

void
attest_cli_append_remarks (AttestInvocation *inv, const GPtrArray *remarks, const char *path,
                           AttestOutput *output)
{
  GString *buffer = attest_output_get_buffer (output);

  for (guint i = 0; i < remarks->len; i++)
    {
      const char *remark = g_ptr_array_index (remarks, i);
      g_autofree char *text = attest_text_printable (remark, strlen (remark), 0);

      g_string_append_c (buffer, '\n');
      attest_text_append_wrapped (buffer, text, path == NULL ? inv->columns : 0);
    }
}
