#define FUZZ_FORMAT "csv"
#include "fuzz-exchange.h"
