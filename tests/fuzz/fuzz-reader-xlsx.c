#define FUZZ_READER "xlsx"
#include "fuzz-reader.h"
