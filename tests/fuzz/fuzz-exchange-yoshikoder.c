#define FUZZ_FORMAT "yoshikoder"
#include "fuzz-exchange.h"
