#pragma once
#include <protobuf-c/protobuf-c.h>

// Asks the processor for the two cache lines at an address, which need not be anybody's any more: it
// neither waits nor faults. Swift has no word for it, and those who decode by hand want it.
static inline void linekeeper_prefetch(const void *address) {
    __builtin_prefetch(address);
    __builtin_prefetch((const char *)address + 64);
}
