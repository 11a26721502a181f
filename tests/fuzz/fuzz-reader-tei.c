#define FUZZ_READER "tei"
#include "fuzz-reader.h"
