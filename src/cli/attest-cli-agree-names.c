#include "cli/attest-cli-agree-names.h"

#include <math.h>
#include <string.h>

#include "util/attest-error.h"
#include "util/attest-limits.h"
#include "util/attest-text.h"

void
attest_agree_names_init (AttestAgreeNames *names)
{
  names->names = g_ptr_array_new_with_free_func (g_free);
  names->numbers = g_hash_table_new (g_str_hash, g_str_equal);
}

void
attest_agree_names_clear (AttestAgreeNames *names)
{
  g_hash_table_unref (names->numbers);
  g_ptr_array_unref (names->names);
}

gboolean
attest_agree_names_find (const AttestAgreeNames *names, const char *name, guint *out)
{
  gpointer found;

  if (!g_hash_table_lookup_extended (names->numbers, name, NULL, &found))
    return FALSE;
  *out = GPOINTER_TO_UINT (found);
  return TRUE;
}

guint
attest_agree_names_add (AttestAgreeNames *names, const char *name)
{
  guint number;

  if (attest_agree_names_find (names, name, &number))
    return number;
  char *copy = g_strdup (name);
  number = names->names->len;
  g_ptr_array_add (names->names, copy);
  g_hash_table_insert (names->numbers, copy, GUINT_TO_POINTER (number));
  return number;
}

gboolean
attest_agree_parse_double (const char *text, double *out)
{
  char *end = NULL;

  *out = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && isfinite (*out);
}

/* Numbers first, by size, then words. */
static int
compare_names (gconstpointer a, gconstpointer b)
{
  const char *x = *(const char *const *)a, *y = *(const char *const *)b;
  double number_x, number_y;
  gboolean is_x = attest_agree_parse_double (x, &number_x),
           is_y = attest_agree_parse_double (y, &number_y);

  if (is_x != is_y)
    return is_x ? -1 : 1;
  if (is_x && number_x != number_y)
    return number_x < number_y ? -1 : 1;
  return strcmp (x, y);
}

guint *
attest_agree_names_sort (AttestAgreeNames *names)
{
  guint n = names->names->len;
  guint *moved = g_new (guint, MAX (n, 1));
  g_autoptr (GPtrArray) sorted = g_ptr_array_sized_new (n);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (sorted, g_ptr_array_index (names->names, i));
  g_ptr_array_sort (sorted, compare_names);
  for (guint i = 0; i < n; i++)
    {
      char *name = g_ptr_array_index (sorted, i);

      moved[GPOINTER_TO_UINT (g_hash_table_lookup (names->numbers, name))] = i;
      names->names->pdata[i] = name;
    }
  for (guint i = 0; i < n; i++)
    g_hash_table_insert (names->numbers, names->names->pdata[i], GUINT_TO_POINTER (i));
  return moved;
}

/* Also spaces that are not ASCII, as spreadsheets and web pages leave them. */
char *
attest_agree_strip (char *text)
{
  char *end = text + strlen (text);

  while (g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  while (end > text)
    {
      char *last = g_utf8_prev_char (end);

      if (!g_unichar_isspace (g_utf8_get_char (last)))
        break;
      end = last;
    }
  *end = '\0';
  return text;
}

const char *
attest_agree_cell (const AttestCsvRow *row, int column)
{
  return column >= 0 ? attest_agree_strip (g_ptr_array_index (row->cells, (guint)column)) : "";
}

gboolean
attest_agree_find_columns (const AttestCsvRow *header, const char *const *names, guint n,
                           int *out_columns, GError **error)
{
  for (guint i = 0; i < n; i++)
    {
      out_columns[i] = attest_csv_find_column (header, names[i]);
      for (guint k = (guint)(out_columns[i] + 1); out_columns[i] >= 0 && k < header->cells->len;
           k++)
        if (attest_csv_same_name (g_ptr_array_index (header->cells, k), names[i]))
          return attest_throw (error, ATTEST_ERROR_INPUT,
                               "1: two columns '%s': leave one of them out", names[i]);
    }
  return TRUE;
}

void
attest_agree_names_warn_alike (const AttestAgreeNames *names, const char *what, GPtrArray *warnings)
{
  g_autoptr (GHashTable) folded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < names->names->len; i++)
    {
      const char *name = g_ptr_array_index (names->names, i);
      g_autofree char *key = g_utf8_casefold (name, -1);
      const char *other = g_hash_table_lookup (folded, key);

      if (other == NULL)
        {
          g_hash_table_insert (folded, g_steal_pointer (&key), (gpointer)name);
          continue;
        }
      g_ptr_array_add (warnings,
                       g_strdup_printf ("'%s' and '%s' are two %s, since their case differs.",
                                        other, name, what));
      return;
    }
}

gboolean
attest_agree_check_numbers (const AttestAgreeNames *coders, const AttestAgreeNames *codes,
                            const char *what, guint line, GError **error)
{
  if (coders->names->len > ATTEST_MAX_CODERS)
    return attest_throw (error, ATTEST_ERROR_LIMIT,
                         "%u: more than %u coders: compare fewer of them at once", line,
                         ATTEST_MAX_CODERS);
  return codes->names->len <= ATTEST_MAX_AGREE_CODES
         || attest_throw (error, ATTEST_ERROR_LIMIT,
                          "%u: more than %u different %s: take them together into fewer", line,
                          ATTEST_MAX_AGREE_CODES, what);
}

GPtrArray *
attest_agree_load_rows (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length_bytes = 0;

  if (!g_file_get_contents (path, &text, &length_bytes, error))
    return NULL;
  if (length_bytes > ATTEST_MAX_CSV_BYTES)
    return attest_throw_null (error, ATTEST_ERROR_LIMIT, "%s: larger than %u MB", path,
                              ATTEST_MAX_CSV_BYTES >> 20);
  /* Whether é is one character or two says nothing of who wrote it. */
  if (g_utf8_validate_len (text, length_bytes, NULL))
    {
      char *nfc = attest_text_to_nfc (text, length_bytes, &length_bytes);

      if (nfc != NULL)
        {
          g_free (text);
          text = nfc;
        }
    }
  GPtrArray *rows = attest_csv_parse (text, length_bytes, error);
  if (rows == NULL)
    g_prefix_error (error, "%s:", path);
  return rows;
}
