#define FUZZ_READER "odt"
#include "fuzz-reader.h"
