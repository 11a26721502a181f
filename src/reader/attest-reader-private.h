/* The readers that there are, and what they share; the list itself is in attest-reader.c. */
#pragma once

#include "reader/attest-reader.h"

/** Whether the head, which may be binary, holds @name. */
gboolean attest_probe_contains (const AttestProbe *probe, const char *name);

/** Whether the head begins with '<', or is no text that can be looked at. */
gboolean attest_probe_is_xml (const AttestProbe *probe);

extern const AttestReader attest_reader_cha;
extern const AttestReader attest_reader_csv;
extern const AttestReader attest_reader_docx;
extern const AttestReader attest_reader_eaf;
extern const AttestReader attest_reader_exb;
extern const AttestReader attest_reader_html;
extern const AttestReader attest_reader_json;
extern const AttestReader attest_reader_md;
extern const AttestReader attest_reader_odt;
extern const AttestReader attest_reader_pdf;
extern const AttestReader attest_reader_rtf;
extern const AttestReader attest_reader_srt;
extern const AttestReader attest_reader_tei;
extern const AttestReader attest_reader_textgrid;
extern const AttestReader attest_reader_txt;
extern const AttestReader attest_reader_vtt;
extern const AttestReader attest_reader_xlsx;
