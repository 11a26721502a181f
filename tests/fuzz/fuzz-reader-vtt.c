#define FUZZ_READER "vtt"
#include "fuzz-reader.h"
