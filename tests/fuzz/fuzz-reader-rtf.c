#define FUZZ_READER "rtf"
#include "fuzz-reader.h"
