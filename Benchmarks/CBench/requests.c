#include "internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    uint8_t *bytes;
    size_t length;
    cbench_patch *patches;
    size_t patch_count;
} template;

struct cbench_requests {
    template *templates;
    size_t count;
    size_t longest;
    uint64_t key_count;
    bool in_sequence;
    uint64_t state;  // the next place in the sequence, or the random generator's state
};

static void *checked(void *memory) {
    if (!memory) abort();
    return memory;
}

cbench_requests *cbench_requests_new(uint64_t key_count, bool in_sequence) {
    cbench_requests *requests = checked(calloc(1, sizeof *requests));
    requests->key_count = key_count ? key_count : 1;
    requests->in_sequence = in_sequence;
    requests->state = in_sequence ? 0 : 0x9e3779b97f4a7c15;
    return requests;
}

void cbench_requests_add(
    cbench_requests *requests, const uint8_t *request, size_t length, const cbench_patch *patches,
    size_t patch_count) {
    requests->templates = checked(
        realloc(requests->templates, (requests->count + 1) * sizeof(template)));
    template *added = &requests->templates[requests->count++];
    added->bytes = checked(malloc(length + 1));
    memcpy(added->bytes, request, length);
    added->length = length;
    added->patches = checked(calloc(patch_count + 1, sizeof *patches));
    if (patch_count) memcpy(added->patches, patches, patch_count * sizeof *patches);
    added->patch_count = patch_count;
    if (length > requests->longest) requests->longest = length;
}

void cbench_requests_free(cbench_requests *requests) {
    for (size_t i = 0; i < requests->count; i++) {
        free(requests->templates[i].bytes);
        free(requests->templates[i].patches);
    }
    free(requests->templates);
    free(requests);
}

size_t cbench_requests_frame_max(const cbench_requests *requests) {
    return CBENCH_PREFIX_BYTES + 11 + 11 + requests->longest;
}

static uint8_t *write_varint(uint8_t *out, uint64_t value) {
    while (value >= 0x80) {
        *out++ = (uint8_t)value | 0x80;
        value >>= 7;
    }
    *out++ = (uint8_t)value;
    return out;
}

// xorshift64*: Vigna, "An experimental exploration of Marsaglia's xorshift generators".
static uint64_t next_random(uint64_t *state) {
    uint64_t x = *state;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    *state = x;
    return x * 0x2545f4914f6cdd1d;
}

size_t cbench_requests_frame(cbench_requests *requests, uint64_t call_id, uint8_t *out) {
    const template *chosen = &requests->templates[0];
    uint64_t key;
    if (requests->in_sequence) {
        uint64_t place = requests->state++;
        key = place % requests->key_count;
        chosen = &requests->templates[place / requests->key_count % requests->count];
    } else {
        unsigned __int128 random = next_random(&requests->state);
        key = (uint64_t)(random * requests->key_count >> 64);
    }
    uint8_t *end = out + CBENCH_PREFIX_BYTES;
    *end++ = 0x08;  // Frame.call_id
    end = write_varint(end, call_id);
    *end++ = 0x12;  // Frame.request
    end = write_varint(end, chosen->length);
    memcpy(end, chosen->bytes, chosen->length);
    for (size_t i = 0; i < chosen->patch_count; i++) {
        const cbench_patch *patch = &chosen->patches[i];
        uint64_t value = key + patch->skip;
        if (patch->divide > 1) value /= patch->divide;
        value += patch->base;
        for (uint8_t *digit = end + patch->offset + patch->width; digit > end + patch->offset;) {
            *--digit = (uint8_t)('0' + value % 10);
            value /= 10;
        }
    }
    end += chosen->length;
    size_t length = (size_t)(end - out) - CBENCH_PREFIX_BYTES;
    cbench_write_prefix(out, length);
    return CBENCH_PREFIX_BYTES + length;
}
