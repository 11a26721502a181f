#define FUZZ_READER "exb"
#include "fuzz-reader.h"
