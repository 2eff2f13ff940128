#include "internal.h"

#include <stdlib.h>

// 128 equal buckets for each power of two, and the first 128 nanoseconds one by one.
enum { SUB_BITS = 7, SUB = 1 << SUB_BITS, TOP_BIT = 40, BUCKETS = (TOP_BIT - SUB_BITS + 2) * SUB };

struct cbench_histogram {
    uint64_t total;
    uint64_t counts[BUCKETS];
};

cbench_histogram *cbench_histogram_new(void) { return calloc(1, sizeof(cbench_histogram)); }

void cbench_histogram_free(cbench_histogram *histogram) { free(histogram); }

static size_t bucket_of(uint64_t ns) {
    if (ns < SUB) return (size_t)ns;
    unsigned exponent = 63u - (unsigned)__builtin_clzll(ns);
    if (exponent > TOP_BIT) return BUCKETS - 1;
    unsigned shift = exponent - SUB_BITS;
    return (size_t)(shift + 1) * SUB + (size_t)((ns >> shift) - SUB);
}

// The middle of a bucket.
static uint64_t time_of(size_t bucket) {
    if (bucket < SUB) return bucket;
    unsigned shift = (unsigned)(bucket / SUB) - 1;
    uint64_t low = (uint64_t)(bucket % SUB + SUB) << shift;
    return low + ((1ull << shift) >> 1);
}

void cbench_histogram_add(cbench_histogram *histogram, uint64_t ns) {
    histogram->total++;
    histogram->counts[bucket_of(ns)]++;
}

uint64_t cbench_histogram_quantile(const cbench_histogram *histogram, double fraction) {
    uint64_t wanted = (uint64_t)(fraction * (double)histogram->total);
    if (wanted >= histogram->total && histogram->total > 0) wanted = histogram->total - 1;
    uint64_t seen = 0;
    for (size_t bucket = 0; bucket < BUCKETS; bucket++) {
        seen += histogram->counts[bucket];
        if (seen > wanted) return time_of(bucket);
    }
    return 0;
}
