#define FUZZ_READER "eaf"
#include "fuzz-reader.h"
