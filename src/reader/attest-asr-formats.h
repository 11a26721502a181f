/* What the files of the recognisers share. A recogniser is a file and a line in
 * attest-asr-formats.c.
 */
#pragma once

#include "reader/attest-asr-private.h"

G_BEGIN_DECLS

extern const AttestAsrFormat attest_asr_whisper;
extern const AttestAsrFormat attest_asr_whisper_cpp;
extern const AttestAsrFormat attest_asr_deepgram;
extern const AttestAsrFormat attest_asr_assemblyai;
extern const AttestAsrFormat attest_asr_aws;
extern const AttestAsrFormat attest_asr_google;
extern const AttestAsrFormat attest_asr_azure;
extern const AttestAsrFormat attest_asr_rev;
extern const AttestAsrFormat attest_asr_otter;

#define ATTEST_ASR_EACH(child, tree, parent)                                                       \
  guint child = attest_json_tree_first (tree, parent);                                             \
  child != ATTEST_JSON_NONE;                                                                       \
  child = attest_json_tree_next (tree, parent, child)

/** Whether there is something at @path, and whether it is a list. */
gboolean attest_asr_has (const AttestJsonTree *tree, const char *path);
gboolean attest_asr_has_list (const AttestJsonTree *tree, const char *path);
/** What is at @path below @value. */
guint attest_asr_get (AttestAsr *asr, guint value, const char *path);
/** A small number there, such as that of a channel; 0: none. */
guint attest_asr_get_index (AttestAsr *asr, guint value, const char *path);
/** Who spoke and when, from the keys of @value. */
AttestAsrPiece attest_asr_piece_of (AttestAsr *asr, guint value, const AttestAsrWordKeys *keys);
/** Adds each object of the list at @path. */
void attest_asr_add_list (AttestAsr *asr, const char *path, const AttestAsrWordKeys *keys);
/** Refuses a job that failed or goes on: it holds no transcript, or half of one. */
void attest_asr_check_status (AttestAsr *asr, const char *completed);

G_END_DECLS
