#include "reader/attest-decode.h"

#include <string.h>
#include <uchardet.h>

#include "util/attest-error.h"
#include "util/attest-text.h"

typedef struct
{
  const char *name;
  guint8 bytes[4];
  gsize length_bytes;
} Bom;

/* UTF-32 before UTF-16: the little-endian marks begin alike. */
static const Bom boms[] = {
  { "UTF-8", { 0xef, 0xbb, 0xbf }, 3 },    { "UTF-32LE", { 0xff, 0xfe, 0, 0 }, 4 },
  { "UTF-32BE", { 0, 0, 0xfe, 0xff }, 4 }, { "UTF-16LE", { 0xff, 0xfe }, 2 },
  { "UTF-16BE", { 0xfe, 0xff }, 2 },
};

/* Looked at to tell UTF-16 without a mark, and binary data, from text. */
#define SAMPLE_BYTES 65536

static const Bom *
find_bom (const guint8 *bytes, gsize length_bytes)
{
  for (guint i = 0; i < G_N_ELEMENTS (boms); i++)
    if (length_bytes >= boms[i].length_bytes
        && memcmp (bytes, boms[i].bytes, boms[i].length_bytes) == 0)
      return &boms[i];
  return NULL;
}

/* Units of a sample that are plain text in an alphabet: none of the rare, unassigned or private
 * characters that the wrong byte order gives. *@out_spaces: blanks and line ends among them. */
static gsize
count_plain_units (const guint8 *bytes, gsize n_units, guint high, gsize *out_spaces)
{
  gsize plain = 0, spaces = 0;

  for (gsize i = 0; i < n_units; i++)
    {
      guint unit = (guint)bytes[2 * i + high] << 8 | bytes[2 * i + 1 - high];
      gboolean space = unit == ' ' || unit == '\n' || unit == '\r';

      spaces += space;
      plain += space || (unit >= 0x20 && unit < 0x0700) || (unit >= 0x2010 && unit < 0x2040);
    }
  *out_spaces = spaces;
  return plain;
}

/* UTF-16 without a mark: one order gives text with blanks, the other gives rarities. */
static const char *
guess_utf16 (const guint8 *bytes, gsize length_bytes)
{
  static const char *const names[2] = { "UTF-16BE", "UTF-16LE" };
  gsize n_units = MIN (length_bytes, SAMPLE_BYTES) / 2;

  if (n_units < 4 || length_bytes % 2 != 0)
    return NULL;
  for (guint high = 0; high < 2; high++)
    {
      gsize spaces;
      gsize plain = count_plain_units (bytes, n_units, high, &spaces);

      if (plain * 100 >= n_units * 97 && spaces * 50 >= n_units)
        return names[high];
    }
  return NULL;
}

static gboolean
looks_binary (const guint8 *bytes, gsize length_bytes)
{
  gsize sample = MIN (length_bytes, SAMPLE_BYTES);
  gsize controls = 0;

  for (gsize i = 0; i < sample; i++)
    if (bytes[i] < 0x20 && strchr ("\t\n\v\f\r\033\025", bytes[i]) == NULL)
      controls++;
    else if (bytes[i] == 0)
      controls++;
  /* Compressed data has 10 % of them. */
  return controls > 2 + sample / 40;
}

/* Code pages of Western Europe. Bit i of word w: byte 0x80 + 32 w + i is a letter of English,
 * French, Spanish, German, Italian or Portuguese, or a typographic sign (capitals with accents
 * only in the first: they are rare, and the small letters of one code page are capitals of
 * another): àâäçèéêëìîïñòóôöùúûüáíßÀÂÇÈÉÊËÑÓÔÖÜÄÁÍÚœŒæÆãõÃ¿¡«»‘’“”–—…°·•€£™©®²½ªº */
static const struct
{
  const char *name;
  guint32 known[4];
} western[] = { { "windows-1252", { 0x12fe1021, 0xac854e0b, 0x945a2fdf, 0x1e7effdf } },
                { "MACINTOSH", { 0xffffef80, 0x580007aa, 0x083f8783, 0x00000002 } },
                { "IBM850", { 0x10fa3fbe, 0x0100ebdf, 0x00000040, 0xa5000012 } } };

/* A code page that makes Western text of the bytes, or NULL. Statistical detection takes such text
 * for IBM852 or another Mac code page when it has only a few bytes above 0x7f; other scripts have
 * many more of them, and other code pages have theirs elsewhere. */
static const char *
guess_western (const guint8 *bytes, gsize length_bytes)
{
  gsize high = 0, known[G_N_ELEMENTS (western)] = { 0 };

  for (gsize i = 0; i < length_bytes; i++)
    if (bytes[i] >= 0x80)
      {
        high++;
        for (guint w = 0; w < G_N_ELEMENTS (western); w++)
          known[w] += (western[w].known[(bytes[i] - 0x80) / 32] >> (bytes[i] % 32)) & 1;
      }
  if (high * 6 >= length_bytes)
    return NULL;
  for (guint w = 0; w < G_N_ELEMENTS (western); w++)
    if (known[w] * 20 >= high * 19)
      return western[w].name;
  return high * 200 < length_bytes ? "windows-1252" : NULL;
}

static const char *
detect (const guint8 *bytes, gsize length_bytes, char **out_owned)
{
  uchardet_t detector;
  const char *name = guess_western (bytes, length_bytes);

  if (name != NULL)
    return name;
  detector = uchardet_new ();
  uchardet_handle_data (detector, (const char *)bytes, MIN (length_bytes, 1u << 20));
  uchardet_data_end (detector);
  name = uchardet_get_charset (detector);
  /* Windows-1252 is what Western transcripts are in when nothing better is known. */
  *out_owned = g_strdup (name == NULL || *name == '\0' || g_ascii_strcasecmp (name, "ASCII") == 0
                             ? "windows-1252"
                             : name);
  uchardet_delete (detector);
  return *out_owned;
}

/* Bytes 0x80–0x9f are printable in Windows-1252 and controls in ISO-8859-1: nobody means the
 * latter. */
static const char *
canonical_encoding (const char *name)
{
  if (g_ascii_strcasecmp (name, "ISO-8859-1") == 0 || g_ascii_strcasecmp (name, "latin1") == 0)
    return "windows-1252";
  if (g_ascii_strcasecmp (name, "utf8") == 0 || g_ascii_strcasecmp (name, "utf-8") == 0)
    return "UTF-8";
  return name;
}

static guint
line_of_byte (const guint8 *bytes, gsize at)
{
  guint line = 1;

  for (gsize i = 0; i < at; i++)
    line += bytes[i] == '\n';
  return line;
}

/* Like g_utf8_validate_len(), but a NUL is a character like others: it is dropped later, with a
 * warning, and no reason to doubt the encoding. */
static gboolean
valid_utf8 (const guint8 *bytes, gsize length_bytes, const char **out_end)
{
  const char *end = (const char *)bytes;
  const char *stop = end + length_bytes;

  while (!g_utf8_validate_len (end, (gsize)(stop - end), &end))
    {
      if (*end != '\0')
        {
          *out_end = end;
          return FALSE;
        }
      end++;
    }
  return TRUE;
}

gboolean
attest_decode_is_utf8 (const guint8 *bytes, gsize length_bytes)
{
  const char *end;

  return valid_utf8 (bytes, length_bytes, &end);
}

/* Windows-1252 with U+FFFD for the five bytes that it does not have: never fails. */
static char *
convert_1252 (const guint8 *bytes, gsize length_bytes, gsize *out_length_bytes)
{
  GString *text = g_string_sized_new (length_bytes + length_bytes / 8 + 1);
  char table[128][8];

  for (guint i = 0; i < 128; i++)
    {
      const char byte = (char)(0x80 + i);
      g_autofree char *meaning = g_convert (&byte, 1, "UTF-8", "windows-1252", NULL, NULL, NULL);

      g_strlcpy (table[i], meaning != NULL ? meaning : "\xef\xbf\xbd", sizeof table[i]);
    }
  for (gsize i = 0; i < length_bytes; i++)
    if (bytes[i] < 0x80)
      g_string_append_c (text, (char)bytes[i]);
    else
      g_string_append (text, table[bytes[i] - 0x80]);
  *out_length_bytes = text->len;
  return g_string_free (text, FALSE);
}

/* *@name: the encoding that was used in the end. */
static char *
convert (AttestDocument *doc, const guint8 *bytes, gsize length_bytes, const char **name,
         gsize *out_length_bytes, GError **error)
{
  g_autoptr (GError) local = NULL;
  gsize read_bytes = 0;
  const char *end;
  char *text;

  /* g_convert() turns a NUL in the text into an end only for us, not for itself. */
  text = g_convert ((const char *)bytes, (gssize)length_bytes, "UTF-8", *name, &read_bytes,
                    out_length_bytes, &local);
  /* iconv lets code points pass that Unicode does not have. */
  if (text != NULL && valid_utf8 ((const guint8 *)text, *out_length_bytes, &end))
    return text;
  g_free (text);
  if (g_error_matches (local, G_CONVERT_ERROR, G_CONVERT_ERROR_NO_CONVERSION))
    return attest_throw_null (error, ATTEST_ERROR_INPUT, "unknown encoding '%s'", *name);
  if (!doc->encoding_guessed)
    return attest_throw_null (error, ATTEST_ERROR_INPUT,
                              "%u: not valid %s; name the right encoding with --encoding",
                              line_of_byte (bytes, read_bytes), *name);
  attest_document_warn (doc, line_of_byte (bytes, read_bytes),
                        "not valid %s either; read as windows-1252", *name);
  *name = "windows-1252";
  return convert_1252 (bytes, length_bytes, out_length_bytes);
}

/* Controls but LF and TAB; the lead bytes of C1 controls, U+2028/9 and U+FEFF. */
/* clang-format off */
static const guchar is_suspect[256] = {
  [0x00 ... 0x08] = 1, [0x0b ... 0x1f] = 1, [0x7f] = 1, [0xc2] = 1, [0xe2] = 1, [0xef] = 1,
};
/* clang-format on */

/* Whether the character that begins with a suspect byte is never in clean text. The NUL at the end
 * of the text stops the look ahead. */
static gboolean
is_unclean (const guchar *c)
{
  switch (c[0])
    {
    case 0xc2:
      return c[1] < 0xa0;
    case 0xe2:
      return c[1] == 0x80 && (c[2] == 0xa8 || c[2] == 0xa9);
    case 0xef:
      return c[1] == 0xbb && c[2] == 0xbf;
    default:
      return TRUE;
    }
}

/* Whether all eight bytes are printable ASCII: no byte has bit 7, is below 0x20 or is 0x7f. Adding
 * then carries from no byte into the next. */
static inline gboolean
is_plain (const char *text)
{
  guint64 word;

  memcpy (&word, text, sizeof word);
  return ((word | ~(word + G_GUINT64_CONSTANT (0x6060606060606060))
           | (word + G_GUINT64_CONSTANT (0x0101010101010101)))
          & G_GUINT64_CONSTANT (0x8080808080808080))
         == 0;
}

static gboolean
needs_cleaning (const char *text, gsize length_bytes)
{
  gsize i = 0;

  while (i < length_bytes)
    {
      gsize stop = MIN (length_bytes, i + sizeof (guint64));

      if (stop - i == sizeof (guint64) && is_plain (text + i))
        {
          i = stop;
          continue;
        }
      for (; i < stop; i++)
        if (is_suspect[(guchar)text[i]] && is_unclean ((const guchar *)text + i))
          return TRUE;
    }
  return FALSE;
}

/* In place: the result is never longer. */
static gsize
clean_in_place (AttestDocument *doc, char *text, gsize length_bytes)
{
  gsize to = 0;
  guint line = 1, dropped = 0, first_line = 0;

  for (gsize i = 0; i < length_bytes;)
    {
      gsize width = (gsize)g_utf8_skip[(guchar)text[i]];
      gunichar c = (guchar)text[i] < 0x80 ? (gunichar)text[i] : g_utf8_get_char (text + i);

      if (c == '\r')
        {
          /* CRLF is one end; a lone CR is one, too. */
          if (i + 1 >= length_bytes || text[i + 1] != '\n')
            text[to++] = '\n', line++;
        }
      else if (c == 0x0b || c == 0x0c || c == 0x85 || c == 0x2028 || c == 0x2029)
        text[to++] = '\n', line++;
      else if ((c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0) || c == 0xfeff)
        {
          dropped++;
          first_line = first_line == 0 ? line : first_line;
        }
      else
        {
          line += c == '\n';
          memmove (text + to, text + i, width);
          to += width;
        }
      i += width;
    }
  text[to] = '\0';
  if (dropped > 0)
    attest_document_warn (doc, first_line, "%u control characters were dropped, the first here",
                          dropped);
  return to;
}

char *
attest_decode_clean (AttestDocument *doc, char *text, gsize length_bytes, gsize *out_length_bytes)
{
  gsize nfc_bytes = 0;
  char *nfc;

  if (needs_cleaning (text, length_bytes))
    length_bytes = clean_in_place (doc, text, length_bytes);
  nfc = attest_text_to_nfc (text, length_bytes, &nfc_bytes);
  if (nfc != NULL)
    {
      g_free (text);
      text = nfc;
      length_bytes = nfc_bytes;
    }
  *out_length_bytes = length_bytes;
  return text;
}

/* UTF-8 into which bytes of another encoding were pasted: far more good sequences than bad bytes.
 */
static gboolean
mostly_utf8 (const guint8 *bytes, gsize length_bytes)
{
  const char *p = (const char *)bytes, *stop = p + length_bytes, *end = stop;
  gsize good = 0, bad = 0;

  while (p < stop)
    {
      gboolean valid = valid_utf8 ((const guint8 *)p, (gsize)(stop - p), &end);

      for (end = valid ? stop : end; p < end; p++)
        good += (guchar)*p >= 0xc2;
      bad += !valid;
      p++;
    }
  return bad * 2 <= good;
}

/* The lines of pasted bytes that are named one by one. */
#define MAX_REPAIRS_NAMED 20

/* @at is no UTF-8. Appends what Windows-1252 means by it, or U+FFFD where a character was cut. */
static void
append_repaired (AttestDocument *doc, GString *text, const guint8 *bytes, gsize at,
                 gsize length_bytes, guint n_before)
{
  g_autofree char *meaning = NULL;
  gboolean cut = bytes[at] >= 0xc2 && at + 4 > length_bytes;

  for (gsize i = at + 1; cut && i < length_bytes; i++)
    cut = (bytes[i] & 0xc0) == 0x80;
  if (!cut)
    meaning = g_convert ((const char *)bytes + at, 1, "UTF-8", "windows-1252", NULL, NULL, NULL);
  g_string_append (text, meaning != NULL ? meaning : "\xef\xbf\xbd");
  if (n_before < MAX_REPAIRS_NAMED)
    attest_document_warn (
        doc, line_of_byte (bytes, at),
        cut ? "the file ends inside a character (byte 0x%02x); U+FFFD stands for it"
            : "byte 0x%02x is not valid UTF-8; read as Windows-1252",
        bytes[at]);
}

/* The same text with every bad byte made good. */
static char *
repair_utf8 (AttestDocument *doc, const guint8 *bytes, gsize length_bytes, gsize *out_length_bytes)
{
  GString *text = g_string_sized_new (length_bytes + 16);
  const char *p = (const char *)bytes, *stop = p + length_bytes, *end = stop;
  guint n = 0;

  while (p < stop && !valid_utf8 ((const guint8 *)p, (gsize)(stop - p), &end))
    {
      gsize at = (gsize)(end - (const char *)bytes);

      g_string_append_len (text, p, end - p);
      append_repaired (doc, text, bytes, at, length_bytes, n++);
      p = end + 1;
      /* What is left of a character that was cut at the end. */
      while (p < stop && (guchar)bytes[at] >= 0xc2 && at + 4 > length_bytes
             && (*(const guchar *)p & 0xc0) == 0x80)
        p++;
    }
  g_string_append_len (text, p, stop - p);
  if (n > MAX_REPAIRS_NAMED)
    attest_document_warn (doc, 0, "%u bytes in all are not valid UTF-8", n);
  *out_length_bytes = text->len;
  return g_string_free (text, FALSE);
}

/* Which encoding the bytes are in; *@out_skip: bytes of the mark; *@out_valid: they are known to be
 * valid in it. */
static const char *
choose_encoding (AttestDocument *doc, const guint8 *bytes, gsize length_bytes, const char *given,
                 gsize *out_skip, gboolean *out_valid, char **out_owned)
{
  const Bom *bom = find_bom (bytes, length_bytes);
  const char *end, *name;

  *out_skip = bom != NULL ? bom->length_bytes : 0;
  *out_valid = FALSE;
  if (given != NULL)
    {
      /* The mark of another encoding is left to be seen. */
      if (bom != NULL && g_ascii_strncasecmp (bom->name, given, 5) != 0)
        *out_skip = 0;
      doc->encoding_how = "as it was given";
      return given;
    }
  doc->encoding_how = "its byte order mark says so";
  if (bom != NULL)
    return bom->name;
  doc->encoding_how = "a guess: every other byte is zero";
  if (looks_binary (bytes, length_bytes) && (name = guess_utf16 (bytes, length_bytes)) != NULL)
    {
      doc->encoding_guessed = TRUE;
      return name;
    }
  doc->encoding_how = "all of it is valid UTF-8";
  *out_valid = valid_utf8 (bytes, length_bytes, &end);
  if (*out_valid)
    return "UTF-8";
  doc->encoding_guessed = TRUE;
  doc->encoding_how = "a guess: nearly all of it is valid UTF-8";
  if (mostly_utf8 (bytes, length_bytes))
    return "UTF-8";
  name = detect (bytes, length_bytes, out_owned);
  doc->encoding_how = *out_owned == NULL ? "a guess, by where letters with accents stand"
                                         : "a guess, by how often its bytes follow each other";
  if (g_ascii_strcasecmp (name, "UTF-8") == 0)
    return "UTF-8";
  attest_document_warn (doc, line_of_byte (bytes, (gsize)(end - (const char *)bytes)),
                        "not valid UTF-8 from here; read as %s, a guess: --encoding overrides it",
                        canonical_encoding (name));
  return name;
}

char *
attest_decode_raw (AttestDocument *doc, const guint8 *bytes, gsize length_bytes,
                   const char *encoding, gsize *out_length_bytes, GError **error)
{
  g_autofree char *owned = NULL;
  gsize skip = 0, text_bytes = 0;
  gboolean is_valid;
  const char *name = canonical_encoding (
      choose_encoding (doc, bytes, length_bytes, encoding, &skip, &is_valid, &owned));
  gboolean wide = g_str_has_prefix (name, "UTF-16") || g_str_has_prefix (name, "UTF-32");
  char *text;

  if (!wide && looks_binary (bytes, length_bytes))
    return attest_throw_null (error, ATTEST_ERROR_INPUT, "binary data, not a transcript");
  bytes += skip;
  length_bytes -= skip;
  if (strcmp (name, "UTF-8") == 0)
    {
      const char *end;

      if (is_valid || valid_utf8 (bytes, length_bytes, &end))
        {
          text = g_malloc (length_bytes + 1);
          memcpy (text, bytes, length_bytes);
          text[length_bytes] = '\0';
          text_bytes = length_bytes;
        }
      else if (encoding == NULL)
        text = repair_utf8 (doc, bytes, length_bytes, &text_bytes);
      else
        return attest_throw_null (error, ATTEST_ERROR_INPUT,
                                  "%u: not valid UTF-8; name the right encoding with --encoding",
                                  line_of_byte (bytes, (gsize)(end - (const char *)bytes)));
    }
  else
    {
      text = convert (doc, bytes, length_bytes, &name, &text_bytes, error);
      if (text == NULL)
        return NULL;
    }
  g_free (doc->encoding);
  doc->encoding = g_strdup (name);
  *out_length_bytes = text_bytes;
  return text;
}

char *
attest_decode (AttestDocument *doc, const guint8 *bytes, gsize length_bytes, const char *encoding,
               gsize *out_length_bytes, GError **error)
{
  gsize text_bytes = 0;
  char *text = attest_decode_raw (doc, bytes, length_bytes, encoding, &text_bytes, error);

  return text == NULL ? NULL : attest_decode_clean (doc, text, text_bytes, out_length_bytes);
}
