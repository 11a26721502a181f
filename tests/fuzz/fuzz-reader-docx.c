#define FUZZ_READER "docx"
#include "fuzz-reader.h"
