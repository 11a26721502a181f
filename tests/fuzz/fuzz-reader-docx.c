#define FUZZ_READER "docx"
#define FUZZ_PART "word/document.xml"
#define FUZZ_OTHERS                                                                                \
  { "word/styles.xml",                                                                             \
    "<styles><style type='character' styleId='Name'><name val='Name'/><rPr><b/></rPr></style>"     \
    "<style type='paragraph' styleId='Heading1'><name val='heading 1'/></style></styles>" },       \
  {                                                                                                \
    "word/numbering.xml",                                                                          \
        "<numbering><abstractNum abstractNumId='0'><lvl ilvl='0'><start val='1'/><numFmt "         \
        "val='decimal'/><lvlText val='Question %1:'/></lvl></abstractNum>"                         \
        "<num numId='1'><abstractNumId val='0'/></num></numbering>"                                \
  }
#include "fuzz-reader.h"
