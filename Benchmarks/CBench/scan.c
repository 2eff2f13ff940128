#include "internal.h"

typedef struct {
    const uint8_t *at, *end;
    bool broken;
} reader;

static uint64_t read_varint(reader *in) {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && in->at < in->end; shift += 7) {
        uint8_t byte = *in->at++;
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) return value;
    }
    in->broken = true;
    return 0;
}

static reader read_bytes(reader *in) {
    uint64_t length = read_varint(in);
    if (in->broken || length > (uint64_t)(in->end - in->at)) {
        in->broken = true;
        return (reader){in->end, in->end, true};
    }
    reader part = {in->at, in->at + length, false};
    in->at += length;
    return part;
}

static void skip(reader *in, uint64_t tag) {
    size_t width = 0;
    switch (tag & 7) {
    case 0: read_varint(in); return;
    case 1: width = 8; break;
    case 2: read_bytes(in); return;
    case 5: width = 4; break;
    default: in->broken = true; return;
    }
    if ((size_t)(in->end - in->at) < width) in->broken = true;
    else in->at += width;
}

static uint64_t status_code(reader status) {
    uint64_t code = 0;
    while (status.at < status.end && !status.broken) {
        uint64_t tag = read_varint(&status);
        if (tag == 0x08) code = read_varint(&status);
        else skip(&status, tag);
    }
    return status.broken ? 2 : code;
}

// The code in the status that `tag` marks in a Response or GoAway.
static uint64_t code_of(reader body, uint64_t status_tag) {
    uint64_t code = 0;
    while (body.at < body.end && !body.broken) {
        uint64_t tag = read_varint(&body);
        if (tag == status_tag) code = status_code(read_bytes(&body));
        else skip(&body, tag);
    }
    return body.broken ? 2 : code;
}

cbench_frame cbench_scan_frame(const uint8_t *frame, size_t length) {
    reader in = {frame, frame + length, false};
    cbench_frame found = {CBENCH_FRAME_OTHER, 0, 0};
    while (in.at < in.end && !in.broken) {
        uint64_t tag = read_varint(&in);
        if (tag == 0x08) {
            found.call_id = read_varint(&in);
        } else if (tag == 0x1a) {
            found.kind = CBENCH_FRAME_RESPONSE;
            found.code = code_of(read_bytes(&in), 0x0a);
        } else if (tag == 0x42) {
            found.kind = CBENCH_FRAME_GO_AWAY;
            found.code = code_of(read_bytes(&in), 0x12);
        } else {
            skip(&in, tag);
        }
    }
    if (in.broken) found.kind = CBENCH_FRAME_MALFORMED;
    return found;
}
