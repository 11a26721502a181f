/* attest-anchor-private: what the files of anchors share. */
#pragma once

#include "util/attest-anchor.h"

G_BEGIN_DECLS

/**
 * The one place in the text @after that stands between the eight code points before and behind the
 * passage, and differs from it in few code points (a quarter, or three). FALSE: there is none, or
 * several are as near. Both texts are valid UTF-8, line breaks as spaces.
 */
gboolean attest_anchor_find_near (const char *before, gsize before_bytes, gsize start_byte,
                                  gsize end_byte, const char *after, gsize after_bytes,
                                  gsize *out_start_byte, gsize *out_end_byte);

G_END_DECLS
