#define FUZZ_READER "srt"
#include "fuzz-reader.h"
