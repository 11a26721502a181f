#define FUZZ_READER "cha"
#include "fuzz-reader.h"
