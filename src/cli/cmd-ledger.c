/* finding, conclusion, recommendation, lesson, practice: add, edit, link, list, show. One table: a
 * kind of entry is a line of KIND below, a command of each is what FAMILY says. */
#include "cli/attest-cli-commands.h"
#include "cli/attest-cli-ledger.h"
#include "cli/attest-cli-review.h"

#define OFFSET(field) G_STRUCT_OFFSET (AttestCliLedgerOptions, field)

static const char *const priorities[] = { "very-high", "high", "medium", "low", NULL };
static const char *const stances[] = { "supports", "contradicts", "context", NULL };
static const char *const show_formats[] = { "table", "json", NULL };

/* clang-format off: a line an option */
#define CODER ATTEST_OPTION_CODER (AttestCliLedgerOptions)
#define FORMAT(formats, doc)                                                                       \
  {                                                                                                \
    "format", 'f', ATTEST_OPT_STRING, OFFSET (format), "FORMAT", "How to print it", doc, formats   \
  }
#define CRITERION                                                                                  \
  {                                                                                                \
    "criterion", 'c', ATTEST_OPT_STRING, OFFSET (criterion), "CODE",                               \
        "The criterion that it is about",                                                          \
        "A code of the codebook. The rating of a criterion rests on its findings.", NULL           \
  }
#define ACTION                                                                                     \
  { "addressee",                                                                                   \
    0,                                                                                             \
    ATTEST_OPT_STRING,                                                                             \
    OFFSET (addressee),                                                                            \
    "WHO",                                                                                         \
    "Who is called upon to act",                                                                   \
    "A unit or an office.",                                                                        \
    NULL },                                                                                        \
      { "priority",                                                                                \
        0,                                                                                         \
        ATTEST_OPT_STRING,                                                                         \
        OFFSET (priority),                                                                         \
        "PRIORITY",                                                                                \
        "How urgent it is",                                                                        \
        "One of four levels.",                                                                     \
        priorities },                                                                              \
      { "time-frame",                                                                              \
        0,                                                                                         \
        ATTEST_OPT_STRING,                                                                         \
        OFFSET (time_frame),                                                                       \
        "WHEN",                                                                                    \
        "Until when",                                                                              \
        "In your own words: 'within six months'.",                                                 \
        NULL },                                                                                    \
  {                                                                                                \
    "resources", 0, ATTEST_OPT_STRING, OFFSET (resources), "WHAT", "What it takes",                \
        "Money, people, material.", NULL                                                           \
  }
#define WITHDRAW                                                                                   \
  {                                                                                                \
    "withdraw", 0, ATTEST_OPT_STRING, OFFSET (withdraw), "REASON", "It counts no longer",          \
        "The entry stays, with the reason, and its id is not given again. Refused while anything " \
        "rests on it.",                                                                            \
        NULL                                                                                       \
  }
#define LINKS                                                                                      \
  { "on",                                                                                          \
    0,                                                                                             \
    ATTEST_OPT_STRINGS,                                                                            \
    OFFSET (on),                                                                                   \
    "ID",                                                                                          \
    "What it rests on, may be repeated",                                                           \
    "A quote (Q7F3K2A) or an entry of the ledger (F1).",                                           \
    NULL },                                                                                        \
      { "against",                                                                                 \
        0,                                                                                         \
        ATTEST_OPT_STRINGS,                                                                        \
        OFFSET (against),                                                                          \
        "ID",                                                                                      \
        "What speaks against it, may be repeated",                                                 \
        "Kept beside what supports it, so that nobody has to look for it again.",                  \
        NULL },                                                                                    \
  {                                                                                                \
    "context", 0, ATTEST_OPT_STRINGS, OFFSET (context), "ID",                                      \
        "What helps to understand it, may be repeated", "Counted neither for it nor against it.",  \
        NULL                                                                                       \
  }

static const AttestOption add_options[] = { CRITERION, LINKS, CODER, { NULL } };
static const AttestOption add_action_options[] = { CRITERION, ACTION, LINKS, CODER, { NULL } };
static const AttestOption edit_options[] = { CRITERION, WITHDRAW, CODER, { NULL } };
static const AttestOption edit_action_options[] = { CRITERION, ACTION, WITHDRAW, CODER, { NULL } };
static const AttestOption link_options[]
    = { { "stance", 's', ATTEST_OPT_STRING, OFFSET (stance), "STANCE", "What ID says of it",
          "Without it: supports.", stances },
        { "note", 'n', ATTEST_OPT_STRING, OFFSET (note), "TEXT", "What you say of the link",
          "What contradicts needs an answer: why it is found all the same.", NULL },
        { "document", 0, ATTEST_OPT_STRING, OFFSET (document), "SOURCE",
          "A document to quote, with --quote",
          "A source of the kind document. What it says becomes a quote with an id, like any other.",
          NULL },
        { "quote", 0, ATTEST_OPT_STRING, OFFSET (quote), "TEXT",
          "What the document says, word for word",
          "It must stand there in one place; spaces and line ends are one.", NULL },
        { "page", 0, ATTEST_OPT_STRING, OFFSET (page), "PAGE", "On which page, as printed",
          "Kept with the quote, and shown where it is cited. Without it, the page that the file "
          "itself tells, of PDF and Word.",
          NULL },
        { "remove", 0, ATTEST_OPT_BOOL, OFFSET (remove), NULL, "Take the link away",
          "The audit log keeps that it was there.", NULL },
        CODER,
        { NULL } };
static const AttestOption list_options[]
    = { FORMAT (attest_list_formats, "table for people, csv and json for programs."),
        ATTEST_OPTIONS_DISCLOSURE (AttestCliLedgerOptions),
        { NULL } };
static const AttestOption show_options[]
    = { FORMAT (show_formats, "table, a tree for people; json, as that of 'attest trace'."),
        ATTEST_OPTIONS_DISCLOSURE (AttestCliLedgerOptions),
        { NULL } };

#define FAMILY(kind, ID, what, bases, add, edit, sentence, first)                                  \
  static const AttestExampleLine kind##_add_examples[] = { { kind##_ADD, NULL }, { NULL } };       \
  static const AttestExampleLine kind##_edit_examples[]                                            \
      = { { #kind " edit " first " 'Said better'", "the text" },                                   \
          { #kind " edit " first " --criterion impact", NULL },                                    \
          { #kind " edit " first " --criterion ''", "removes it" },                                \
          { NULL } };                                                                              \
  static const AttestExampleLine kind##_link_examples[] = { { kind##_LINK, NULL }, { NULL } };     \
  static const AttestExampleLine kind##_list_examples[] = { { #kind " list", NULL }, { NULL } };   \
  static const AttestExampleLine kind##_show_examples[]                                            \
      = { { #kind " show " first, "with everything that it rests on" }, { NULL } };                \
  const AttestCommand attest_cmd_##kind##_add                                                      \
      = { .name = #kind " add",                                                                    \
          .group = "ledger",                                                                       \
          .synopsis = "TEXT",                                                                      \
          .summary = "Add " what,                                                                  \
          .examples = kind##_add_examples,                                                         \
          .doc = sentence " It is kept in the ledger under an id, which is printed: " ID           \
                          ". It rests on " bases ", named by --on or linked later.",               \
          .needs = ATTEST_NEEDS_WRITE,                                                             \
          .min_args = 1,                                                                           \
          .max_args = 1,                                                                           \
          .opts_size = sizeof (AttestCliLedgerOptions),                                            \
          .options = add,                                                                          \
          .run = attest_cli_ledger_add };                                                          \
  const AttestCommand attest_cmd_##kind##_edit = {                                                 \
    .name = #kind " edit",                                                                         \
    .group = "ledger",                                                                             \
    .synopsis = "ID [TEXT]",                                                                       \
    .summary = "Change " what ", or withdraw it",                                                  \
    .examples = kind##_edit_examples,                                                              \
    .doc = "Replaces the text, and what options give; an empty value removes what was given. The " \
           "project keeps what was there before.",                                                 \
    .needs = ATTEST_NEEDS_WRITE,                                                                   \
    .min_args = 1,                                                                                 \
    .max_args = 2,                                                                                 \
    .opts_size = sizeof (AttestCliLedgerOptions),                                                  \
    .options = edit,                                                                               \
    .run = attest_cli_ledger_edit                                                                  \
  };                                                                                               \
  const AttestCommand attest_cmd_##kind##_link                                                     \
      = { .name = #kind " link",                                                                   \
          .group = "ledger",                                                                       \
          .synopsis = "ID [BASIS…]",                                                               \
          .summary = "Say what " what " rests on",                                                 \
          .examples = kind##_link_examples,                                                        \
          .doc = "Links ID to each BASIS: it rests on " bases                                      \
                 ". All are linked or none. A link that is "                                       \
                 "there gets the stance and the note. What would rest on itself is refused.",      \
          .needs = ATTEST_NEEDS_WRITE,                                                             \
          .min_args = 1,                                                                           \
          .max_args = G_MAXUINT,                                                                   \
          .opts_size = sizeof (AttestCliLedgerOptions),                                            \
          .options = link_options,                                                                 \
          .run = attest_cli_ledger_link };                                                         \
  const AttestCommand attest_cmd_##kind##_list                                                     \
      = { .name = #kind " list",                                                                   \
          .group = "ledger",                                                                       \
          .synopsis = "",                                                                          \
          .summary = "List every " #kind,                                                          \
          .examples = kind##_list_examples,                                                        \
          .doc = "With what each rests on. Those that were withdrawn are only in csv and json.",   \
          .needs = ATTEST_NEEDS_READ,                                                              \
          .opts_size = sizeof (AttestCliLedgerOptions),                                            \
          .options = list_options,                                                                 \
          .run = attest_cli_ledger_list };                                                         \
  const AttestCommand attest_cmd_##kind##_show                                                     \
      = { .name = #kind " show",                                                                   \
          .group = "ledger",                                                                       \
          .synopsis = "ID",                                                                        \
          .summary = "Show " what " and its quotes",                                               \
          .examples = kind##_show_examples,                                                        \
          .doc                                                                                     \
          = "The entry, what it rests on down to the quotes, and what rests on it: as 'attest "    \
            "trace'.",                                                                             \
          .needs = ATTEST_NEEDS_READ,                                                              \
          .min_args = 1,                                                                           \
          .max_args = 1,                                                                           \
          .opts_size = sizeof (AttestCliLedgerOptions),                                            \
          .options = show_options,                                                                 \
          .run = attest_cli_ledger_show };

#define finding_ADD "finding add 'Offices now work in another way' --criterion impact"
#define finding_LINK "finding link F1 F2 --stance contradicts --note 'In one office of five'"
#define conclusion_ADD "conclusion add 'The change will outlast the project' --on F1"
#define conclusion_LINK "conclusion link C1 F2"
#define recommendation_ADD "recommendation add 'Fund a year more' --on C1 --addressee Donor"
#define recommendation_LINK "recommendation link R1 F1"
#define lesson_ADD "lesson add 'Begin with those who keep the records' --on F1"
#define lesson_LINK "lesson link L1 F2 --stance context"
#define practice_ADD "practice add 'Officials train officials' --on F1"
#define practice_LINK "practice link G1 C1"

FAMILY (finding, "F1", "a finding", "quotes, or other findings", add_options, edit_options,
        "A finding says what was found.", "F1")
FAMILY (conclusion, "C1", "a conclusion", "findings, or other conclusions", add_options,
        edit_options, "A conclusion says what the findings mean.", "C1")
FAMILY (recommendation, "R1", "a recommendation", "conclusions and findings", add_action_options,
        edit_action_options,
        "A recommendation says who should do what, how urgently and until when.", "R1")
FAMILY (lesson, "L1", "a lesson", "quotes, findings and conclusions", add_options, edit_options,
        "A lesson says what others can learn, and in which context.", "L1")
FAMILY (practice, "G1", "a good practice", "quotes, findings and conclusions", add_options,
        edit_options, "A good practice says what worked, and where else it may.", "G1")
