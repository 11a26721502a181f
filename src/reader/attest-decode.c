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

/* Latin text in UTF-16 has a zero in every other byte. */
static const char *
guess_utf16 (const guint8 *bytes, gsize length_bytes)
{
  gsize sample = MIN (length_bytes, SAMPLE_BYTES) & ~(gsize)1;
  gsize zeros[2] = { 0, 0 };

  for (gsize i = 0; i < sample; i++)
    if (bytes[i] == 0)
      zeros[i & 1]++;
  if (sample >= 4 && zeros[1] > sample / 5 && zeros[0] < sample / 50)
    return "UTF-16LE";
  if (sample >= 4 && zeros[0] > sample / 5 && zeros[1] < sample / 50)
    return "UTF-16BE";
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

/* Typewriter quotes, dashes and ellipses of Windows-1252 among hardly any other byte above 0x7f:
 * English from Word, which statistical detection takes for IBM852 or a Mac code page. */
static gboolean
looks_windows_1252 (const guint8 *bytes, gsize length_bytes)
{
  gsize high = 0, punctuation = 0;

  for (gsize i = 0; i < length_bytes; i++)
    if (bytes[i] >= 0x80)
      {
        high++;
        punctuation += bytes[i] == 0x85 || (bytes[i] >= 0x91 && bytes[i] <= 0x97)
                       || bytes[i] == 0xa0 || bytes[i] == 0xb7;
      }
  return punctuation * 2 >= high && high * 20 < length_bytes;
}

static const char *
detect (const guint8 *bytes, gsize length_bytes, char **out_owned)
{
  uchardet_t detector;
  const char *name;

  if (looks_windows_1252 (bytes, length_bytes))
    return "windows-1252";
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

static char *
convert (const guint8 *bytes, gsize length_bytes, const char *encoding, gboolean guessed,
         gsize *out_length_bytes, GError **error)
{
  g_autoptr (GError) local = NULL;
  gsize read_bytes = 0;
  char *text;

  /* g_convert() turns a NUL in the text into an end only for us, not for itself. */
  text = g_convert ((const char *)bytes, (gssize)length_bytes, "UTF-8", encoding, &read_bytes,
                    out_length_bytes, &local);
  if (text != NULL)
    return text;
  if (g_error_matches (local, G_CONVERT_ERROR, G_CONVERT_ERROR_NO_CONVERSION))
    return attest_throw_null (error, ATTEST_ERROR_INPUT, "unknown encoding '%s'", encoding);
  if (guessed)
    text = g_convert_with_fallback ((const char *)bytes, (gssize)length_bytes, "UTF-8",
                                    "windows-1252", "?", &read_bytes, out_length_bytes, NULL);
  if (text == NULL)
    return attest_throw_null (error, ATTEST_ERROR_INPUT,
                              "%u: not valid %s; name the right encoding with --encoding",
                              line_of_byte (bytes, read_bytes), encoding);
  return text;
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

/* Which encoding the bytes are in; *@out_skip: bytes of the mark. */
static const char *
choose_encoding (AttestDocument *doc, const guint8 *bytes, gsize length_bytes, const char *given,
                 gsize *out_skip, char **out_owned)
{
  const Bom *bom = find_bom (bytes, length_bytes);
  const char *end, *name;

  *out_skip = bom != NULL ? bom->length_bytes : 0;
  if (given != NULL)
    {
      /* The mark of another encoding is left to be seen. */
      if (bom != NULL && g_ascii_strncasecmp (bom->name, given, 5) != 0)
        *out_skip = 0;
      return given;
    }
  if (bom != NULL)
    return bom->name;
  if (valid_utf8 (bytes, length_bytes, &end))
    return "UTF-8";
  doc->encoding_guessed = TRUE;
  name = guess_utf16 (bytes, length_bytes);
  if (name != NULL)
    return name;
  name = detect (bytes, length_bytes, out_owned);
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
  const char *name
      = canonical_encoding (choose_encoding (doc, bytes, length_bytes, encoding, &skip, &owned));
  gboolean wide = g_str_has_prefix (name, "UTF-16") || g_str_has_prefix (name, "UTF-32");
  char *text;

  if (!wide && looks_binary (bytes, length_bytes))
    return attest_throw_null (error, ATTEST_ERROR_INPUT, "binary data, not a transcript");
  bytes += skip;
  length_bytes -= skip;
  if (strcmp (name, "UTF-8") == 0)
    {
      const char *end;

      /* What was detected is valid already; what the user or a mark says is not yet. */
      if ((encoding != NULL || skip > 0) && !valid_utf8 (bytes, length_bytes, &end))
        return attest_throw_null (error, ATTEST_ERROR_INPUT,
                                  "%u: not valid UTF-8; name the right encoding with --encoding",
                                  line_of_byte (bytes, (gsize)(end - (const char *)bytes)));
      text = g_malloc (length_bytes + 1);
      memcpy (text, bytes, length_bytes);
      text[length_bytes] = '\0';
      text_bytes = length_bytes;
    }
  else
    {
      text = convert (bytes, length_bytes, name, doc->encoding_guessed, &text_bytes, error);
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
