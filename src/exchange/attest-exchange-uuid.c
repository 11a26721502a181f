#include "exchange/attest-exchange-uuid.h"

#include <string.h>

#define UUID_BYTES 16

/* What attest names things in: a UUID made up once. */
static const guint8 namespace_bytes[UUID_BYTES]
    = { 0x6f, 0x1b, 0x0c, 0x5e, 0x2a, 0x9d, 0x4c, 0x37,
        0x8e, 0x44, 0x5b, 0xd1, 0x93, 0x70, 0xe6, 0x1a };

char *
attest_exchange_dup_guid (const char *codebook, const char *kind, const char *id)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  g_autofree char *name = g_strjoin ("/", codebook, kind, id, NULL);
  guint8 hash[20];
  gsize hash_bytes = sizeof hash;
  g_autoptr (GString) out = g_string_new (NULL);

  g_checksum_update (checksum, namespace_bytes, UUID_BYTES);
  g_checksum_update (checksum, (const guchar *)name, (gssize)strlen (name));
  g_checksum_get_digest (checksum, hash, &hash_bytes);
  hash[6] = (hash[6] & 0x0f) | 0x50;
  hash[8] = (hash[8] & 0x3f) | 0x80;
  for (guint i = 0; i < UUID_BYTES; i++)
    g_string_append_printf (out, "%s%02x", i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "",
                            hash[i]);
  return g_string_free (g_steal_pointer (&out), FALSE);
}
