/* attest-inputs: what a user names (files, folders, archives, a list) as a row of transcripts.
 *
 * A folder stands for the files below it, in the order of their names, and an archive for the files
 * in it, in its own order: those whose suffix a reader knows. Others are left out, and said so;
 * hidden files and what systems leave in folders ("~$x.docx", "Thumbs.db", project files) are
 * passed over. Links to folders are not followed. A document that is itself an archive (docx) is
 * a file. Nothing is unpacked to disk.
 *
 * The inputs belong to one thread; one input may be read in any.
 */
#pragma once

#include "reader/attest-reader.h"

G_BEGIN_DECLS

typedef struct
{
  char *path;    /* as shown: "FILE", "FOLDER/FILE", "ARCHIVE.zip/FILE", "stdin" */
  GBytes *bytes; /* (nullable) NULL: what the file at path holds */
  GError *error; /* (nullable) why there is nothing to read */
  guint64 size_bytes;
} AttestInput;

void attest_input_free (AttestInput *input);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestInput, attest_input_free)
/** Reads it; see attest_reader_read_file(). */
AttestDocument *attest_input_read (const AttestInput *input, const AttestReadOptions *options,
                                   GError **error);

/* What the name "-" stands for. */
typedef enum
{
  ATTEST_STDIN_LIST,            /* a list of files, one a line */
  ATTEST_STDIN_LIST_OR_CONTENT, /* that, when a line names a file; else it is itself a transcript */
} AttestStdinUse;

typedef struct _AttestInputs AttestInputs;

/**
 * @standard_input: (nullable) what "-" stands for. A name that does not exist is an input that
 * cannot be read. ATTEST_ERROR_LIMIT: more than ATTEST_MAX_INPUTS.
 */
AttestInputs *attest_inputs_new (char *const *names, guint n_names, GBytes *standard_input,
                                 AttestStdinUse use, GError **error);
void attest_inputs_free (AttestInputs *inputs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestInputs, attest_inputs_free)

/** How many there are. */
guint attest_inputs_get_count (const AttestInputs *inputs);
/** Bytes of them all, as far as they are known. */
guint64 attest_inputs_get_bytes (const AttestInputs *inputs);
/** (element-type utf8) "PATH: why" of what was left out; borrowed. */
const GPtrArray *attest_inputs_get_left_out (const AttestInputs *inputs);
/** The next one, owned; NULL at the end. */
AttestInput *attest_inputs_next (AttestInputs *inputs);

G_END_DECLS
