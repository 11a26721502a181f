#define FUZZ_READER "textgrid"
#include "fuzz-reader.h"
