#define FUZZ_READER "csv"
#include "fuzz-reader.h"
