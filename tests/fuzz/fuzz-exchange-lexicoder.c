#define FUZZ_FORMAT "lexicoder"
#include "fuzz-exchange.h"
