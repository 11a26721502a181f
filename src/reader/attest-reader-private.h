/* The readers that there are; the list itself is in attest-reader.c. */
#pragma once

#include "reader/attest-reader.h"

extern const AttestReader attest_reader_csv;
extern const AttestReader attest_reader_docx;
extern const AttestReader attest_reader_json;
extern const AttestReader attest_reader_md;
extern const AttestReader attest_reader_srt;
extern const AttestReader attest_reader_txt;
extern const AttestReader attest_reader_vtt;
