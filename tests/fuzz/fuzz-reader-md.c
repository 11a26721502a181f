#define FUZZ_READER "md"
#include "fuzz-reader.h"
