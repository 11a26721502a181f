#define FUZZ_FORMAT "qdc"
#include "fuzz-exchange.h"
