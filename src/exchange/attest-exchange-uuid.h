/* attest-exchange-uuid: ids for formats that name things by UUID.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The UUID (version 5) of a thing of a codebook, the same every time: what is exported again is
 * known again. */
char *attest_exchange_dup_guid (const char *codebook, const char *kind, const char *id);

G_END_DECLS
