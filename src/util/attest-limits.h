/* attest-limits: every limit of attest, with its unit and its reason.
 *
 * Transcripts, codebooks and project files may come from strangers. A limit
 * that is reached is always reported (an error or a warning with the place),
 * never passed over in silence.
 */
#pragma once

/* Files. */

/* Largest transcript, bytes. Offsets into one text stay far below 2^31 for the
 * libraries that count in int32_t (ICU), and SQLite takes blobs up to 10^9. */
#define ATTEST_MAX_SOURCE_BYTES (512u * 1024 * 1024)

/* Largest codebook, bytes: 5,000 patterns of 200 bytes with examples are 4 MB. */
#define ATTEST_MAX_CODEBOOK_BYTES (16u * 1024 * 1024)

/* Largest CSV of respondents, bytes. */
#define ATTEST_MAX_CSV_BYTES (64u * 1024 * 1024)

/* Largest file of the template of a book, bytes: a logo is in every page. */
#define ATTEST_MAX_TEMPLATE_BYTES (256u * 1024)

/* Bytes of original text that wait in a pipeline, so that memory stays flat
 * however many files are given. */
#define ATTEST_MAX_QUEUED_BYTES (32u * 1024 * 1024)

/* Archives (docx). */
#define ATTEST_MAX_ARCHIVE_ENTRIES 10000                    /* entries */
#define ATTEST_MAX_ARCHIVE_ENTRY_BYTES (256u * 1024 * 1024) /* one entry, unpacked */
#define ATTEST_MAX_ARCHIVE_TOTAL_BYTES (512u * 1024 * 1024) /* all entries, unpacked */
/* Unpacked : packed. Word's XML of repetitive tables reaches 40; a bomb has 1,000. */
#define ATTEST_MAX_ARCHIVE_RATIO 200
/* The ratio is only looked at beyond this size, bytes: tiny entries compress oddly. */
#define ATTEST_MIN_RATIO_BYTES (1024u * 1024)

/* What one ingest takes. */
#define ATTEST_MAX_FOLDER_DEPTH 32                 /* folders inside folders */
#define ATTEST_MAX_INPUTS 1000000u                 /* files of one command */
#define ATTEST_MAX_LIST_BYTES (256u * 1024 * 1024) /* a list of files on standard input */
/* All transcripts of one archive, unpacked, bytes; they are unpacked one by one. */
#define ATTEST_MAX_BUNDLE_BYTES (G_GUINT64_CONSTANT (4) * 1024 * 1024 * 1024)

/* XML. */
#define ATTEST_MAX_XML_DEPTH 256 /* elements; Word nests tables about 20 deep */

/* Rich text. */
#define ATTEST_MAX_RTF_DEPTH 1000 /* groups; Word nests them about 30 deep */

/* PDF. */
#define ATTEST_MAX_PDF_PAGES 20000 /* of one file; a long evaluation report has 500 */
/* Text of one file, bytes: 20,000 full pages have 60 MB. */
#define ATTEST_MAX_PDF_TEXT_BYTES (128u * 1024 * 1024)
/* Between the first page and the last; looked at after each. 500 pages take one. */
#define ATTEST_MAX_PDF_SECONDS 120
/* Processor time of one page: a full one takes 2 ms, and a page is all that poppler does at once.
 */
#define ATTEST_MAX_PDF_PAGE_SECONDS 5
/* Memory for one file, beside the file itself. */
#define ATTEST_MAX_PDF_MEMORY_BYTES (2048u * 1024 * 1024)

/* HTML. */
#define ATTEST_MAX_HTML_DEPTH 512 /* elements; browsers stop there, too */
/* Columns and rows that one cell covers, as in browsers. */
#define ATTEST_MAX_HTML_COLUMNS 1000
#define ATTEST_MAX_HTML_ROWS 65534

/* Tables (CSV, xlsx). */
#define ATTEST_MAX_TABLE_CELLS                                                                     \
  5000000u /* of one file, 40 bytes each: 50,000 answers to 100 questions */
/* Text of the cells of one file, bytes: many cells may share one string. */
#define ATTEST_MAX_TABLE_TEXT_BYTES (256u * 1024 * 1024)
#define ATTEST_MAX_TABLE_COLUMNS 16384 /* of a sheet, as Excel has it */
/* Rows of a survey: each is a respondent. */
#define ATTEST_MAX_SURVEY_ROWS 50000

/* Tables of judgements. */
#define ATTEST_MAX_CODERS 50u /* more are a survey; each two of them are compared */
/* Codes, or different values, of one table: the cost is the square of it. */
#define ATTEST_MAX_AGREE_CODES 500u
/* Sentences × codebooks × codes of one comparison in a project, a byte each. */
#define ATTEST_MAX_AGREE_BYTES 500000000u

/* Values of an interval or ratio scale: their squares are added up. */
#define ATTEST_MAX_AGREE_NUMBER 1e150
/* Two coders of several, listed for people: those who agree least. */
#define ATTEST_MAX_AGREE_PAIRS 30u

/* Items on which coders differ, on a page: more make it too large to be read, or opened. */
#define ATTEST_MAX_AGREE_PAGE_ITEMS 2000u
/* Codebooks and runs whose codes are aligned: a bit each in a word. */
#define ATTEST_MAX_ALIGNED_CODEBOOKS 32
/* Sentences that differ between codebooks, listed by one command, 500 bytes each. */
#define ATTEST_MAX_DIFFERENCES 200000

/* JSON. */
#define ATTEST_MAX_JSON_DEPTH 128 /* arrays and objects; recognisers nest 9 deep */
/* Values of one text, keys included: 16 bytes each. An hour of speech, word by word, has 100,000.
 */
#define ATTEST_MAX_JSON_VALUES 20000000u

/* Tiers (ELAN, EXMARaLDA, TEI, Praat). */
/* Annotations of one file, 60 bytes each: an hour, phone by phone, has 50,000. */
#define ATTEST_MAX_TIER_ITEMS 5000000u
/* Points of a timeline, and names of annotations: each has two of them at most. */
#define ATTEST_MAX_TIME_POINTS 10000000u
/* Annotations that refer to each other in a chain: morpheme, word, sentence, reference. */
#define ATTEST_MAX_TIER_DEPTH 16

/* Transcripts. */
/* Turns, 56 bytes each: an hour of speech has 1,000. */
#define ATTEST_MAX_TURNS 5000000u
#define ATTEST_MAX_CUES 5000000u  /* captions, 96 bytes each: an hour has 1,500 */
#define ATTEST_MAX_LABEL_CHARS 40 /* code points of a speaker label */
#define ATTEST_MAX_LABEL_WORDS 5  /* "Project assistant, ministry of labour" */
#define ATTEST_MAX_SPEAKERS 500   /* of one transcript; more means that labels were misread */
#define ATTEST_MAX_METADATA 200   /* header lines kept */
#define ATTEST_MAX_WARNINGS 100   /* kept for one document; the rest is counted */

/* Codebooks. */
#define ATTEST_MAX_PATTERN_BYTES 65536 /* one pattern, fragments filled in */
#define ATTEST_MAX_PATTERNS 20000      /* of one codebook */
#define ATTEST_MAX_FRAGMENT_DEPTH 16   /* fragments inside fragments */
#define ATTEST_MAX_PARAMETERS 8        /* of one fragment; each is a byte that UTF-8 has not */
#define ATTEST_MAX_FRAGMENTS 1000      /* of one codebook */
#define ATTEST_MAX_DIMENSIONS 100      /* of one codebook: axes of tables */
/* Patterns and fragments of one codebook, fragments filled in, bytes: what is not repeated by
 * fragments cannot be longer than the file. */
#define ATTEST_MAX_EXPANDED_BYTES (32u * 1024 * 1024)
/* Compiled patterns of one codebook, bytes. One of 30 bytes with nested {1,60} may take 100 kB; a
 * usual one takes 4 kB. */
#define ATTEST_MAX_COMPILED_BYTES (256u * 1024 * 1024)
#define ATTEST_MAX_YAML_DEPTH 32 /* nested nodes */
/* Values in a codebook, aliases unfolded: 20,000 patterns with two examples each are 100,000. */
#define ATTEST_MAX_YAML_NODES 1000000u
#define ATTEST_MAX_PROBLEMS 200 /* kept for one codebook; nobody mends more in one go */
#define ATTEST_MAX_ID_CHARS 100 /* code points of an id: ids are columns of tables */

/* Conditions. */
/* Words between two patterns that are near each other; sentences of more are rare. */
#define ATTEST_MAX_NEAR_WORDS 100
/* Sentences on each side of a hit; more is "somewhere in the turn". */
#define ATTEST_MAX_WINDOW_SENTENCES 20
/* Codes that are required or excluded, of one codebook. */
#define ATTEST_MAX_LINKS 100000

/* Levels of a rating scale; more is a range of numbers. */
#define ATTEST_MAX_SCALE_LEVELS 100

/* One text of the ledger, bytes: a page has 3,000, a command line takes 128 KiB. */
#define ATTEST_MAX_LEDGER_TEXT_BYTES (32 * 1024)

/* A brief of two pages has 10 to 20 KiB; Markdown can be made to take time in the square of it. */
#define ATTEST_MAX_BRIEF_BYTES (128u * 1024)
#define ATTEST_MAX_BRIEF_PROBLEMS 200u /* kept of one check; nobody mends more in one go */

/* Key quotes that 'check' lists one by one; more than a screen is no list to work on. */
#define ATTEST_MAX_CHECK_WORKLIST 20

/* Another program makes a document of a brief; Chromium takes 2 s, on a busy machine 20. */
#define ATTEST_MAX_CONVERT_SECONDS 120
#define ATTEST_MAX_CONVERT_BYTES (256u * 1024 * 1024) /* of the document; a brief has 200 KiB */

/* Lines that differ between two texts, of each; for more, all of the one and all of the other is
 * shown. Their table takes 2 bytes a pair: 32 MB. */
#define ATTEST_MAX_DIFFERENCE_LINES 4000u

/* Qualifiers. */
#define ATTEST_MAX_TRIGGERS 20000u     /* phrases of one language; the shipped have 600 */
#define ATTEST_MAX_TRIGGER_BYTES 200u  /* one phrase */
#define ATTEST_MAX_TRIGGER_ELEMENTS 12 /* words of one phrase */

/* Matching. */
/* A word between two patterns that is to be near each other, bytes: text without spaces is not read
 * to its end for every hit. */
#define ATTEST_MAX_WORD_BYTES 256
/* PCRE2 match limit: calls of the internal match function in one search. It is
 * what stops catastrophic patterns; it is reached in about 50 ms. */
#define ATTEST_MAX_MATCH_CALLS 2000000u
#define ATTEST_MATCH_HEAP_KIB 65536u             /* interpreter's heap, KiB */
#define ATTEST_JIT_STACK_START_BYTES (64 * 1024) /* per worker */
#define ATTEST_JIT_STACK_MAX_BYTES (4 * 1024 * 1024)
/* Hits kept for one turn; beyond, the turn is incomplete. A 50 MB turn has this many words. */
#define ATTEST_MAX_HITS_PER_TURN 10000000u

/* Suggestions. */
/* Text that words are counted in, bytes: they are held in memory, at some ten times as much. */
#define ATTEST_MAX_SUGGEST_BYTES (64u * 1024 * 1024)

/* The prefilter. */
/* Places in one turn where patterns may match, 12 bytes each; with more than this, and more than
 * one for so many bytes of text, each pattern that has one is searched for in the whole turn, which
 * takes minutes for a turn of 100 MB. */
#define ATTEST_MAX_WINDOWS 4000000u
#define ATTEST_MIN_BYTES_PER_WINDOW 8u

/* Sentences. */
/* A quote is at most so many bytes around its hits: recogniser text without
 * punctuation would otherwise quote a whole turn. */
#define ATTEST_MAX_SENTENCE_BYTES 2000

/* Spreadsheets (xlsx), what Excel takes. */
#define ATTEST_MAX_WORKBOOK_ROWS 1048576u     /* rows of a sheet */
#define ATTEST_MAX_WORKBOOK_CELL_UNITS 32767u /* UTF-16 units of a cell */
#define ATTEST_MAX_WORKBOOK_LINKS 65530u      /* links of a sheet */

/* Reports. Pairs of codes are counted in a square: 16 MB for so many, and nobody reads more. */
#define ATTEST_MAX_PAIRED_CODES 1000u
/* Orders of the sources; 1,000 make the mean good to a tenth of a code. */
#define ATTEST_MAX_RANDOM_ORDERS 100000u
