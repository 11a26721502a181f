#define FUZZ_READER "json"
#include "fuzz-reader.h"
