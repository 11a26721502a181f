#include "util/attest-hash.h"

#include <nettle/sha2.h>

void
attest_sha256 (gconstpointer data, gsize length_bytes, guint8 out[ATTEST_SHA256_BYTES])
{
  struct sha256_ctx context;

  sha256_init (&context);
  sha256_update (&context, length_bytes, data);
  sha256_digest (&context, ATTEST_SHA256_BYTES, out);
}

char *
attest_sha256_hex (gconstpointer data, gsize length_bytes)
{
  static const char digits[] = "0123456789abcdef";
  guint8 hash[ATTEST_SHA256_BYTES];
  char *hex = g_malloc (2 * sizeof hash + 1);

  attest_sha256 (data, length_bytes, hash);
  for (gsize i = 0; i < sizeof hash; i++)
    {
      hex[2 * i] = digits[hash[i] >> 4];
      hex[2 * i + 1] = digits[hash[i] & 15];
    }
  hex[2 * sizeof hash] = '\0';
  return hex;
}
