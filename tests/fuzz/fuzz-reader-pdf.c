#define FUZZ_READER "pdf"
#include "fuzz-reader.h"
