#define FUZZ_READER "xlsx"
#define FUZZ_PART "xl/worksheets/s1.xml"
#define FUZZ_OTHERS                                                                                \
  { "xl/workbook.xml",                                                                             \
    "<workbook xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>"     \
    "<sheets><sheet name='a' sheetId='1' r:id='s1'/></sheets></workbook>" },                       \
  {                                                                                                \
    "xl/_rels/workbook.xml.rels",                                                                  \
        "<Relationships><Relationship Id='s1' Type='http://schemas.openxmlformats.org/"            \
        "officeDocument/2006/relationships/worksheet' Target='worksheets/s1.xml'/>"                \
        "</Relationships>"                                                                         \
  }
#include "fuzz-reader.h"
