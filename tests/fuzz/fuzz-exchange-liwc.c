#define FUZZ_FORMAT "liwc"
#include "fuzz-exchange.h"
