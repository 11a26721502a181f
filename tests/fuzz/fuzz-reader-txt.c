#define FUZZ_READER "txt"
#include "fuzz-reader.h"
