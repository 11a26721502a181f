#define FUZZ_FORMAT "quanteda"
#include "fuzz-exchange.h"
