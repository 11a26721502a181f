#define FUZZ_READER "html"
#include "fuzz-reader.h"
