#define FUZZ_FORMAT "wordstat"
#include "fuzz-exchange.h"
