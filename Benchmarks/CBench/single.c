// Calls made one at a time, blocking: asking whether a server serves, and connections that then
// stay idle.
#include "internal.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>

static ssize_t call_once(
    cbench_socket *socket, cbench_requests *requests, uint64_t call_id, uint8_t *reply,
    size_t reply_max, char *error) {
    uint8_t *request = malloc(cbench_requests_frame_max(requests));
    if (!request) return CBENCH_FAIL("no memory"), -1;
    size_t length = cbench_requests_frame(requests, call_id, request);
    ssize_t sent = cbench_socket_write(socket, request, length);
    free(request);
    if (sent != (ssize_t)length) return CBENCH_FAIL("the server did not take a request"), -1;
    size_t filled = 0;
    for (;;) {
        size_t whole = CBENCH_PREFIX_BYTES;
        if (filled >= CBENCH_PREFIX_BYTES) whole += cbench_read_prefix(reply);
        if (whole > reply_max) return CBENCH_FAIL("an answer of %zu bytes came", whole), -1;
        if (filled >= whole && whole > CBENCH_PREFIX_BYTES) break;
        ssize_t count = cbench_socket_read(socket, reply + filled, whole - filled);
        if (count <= 0) {
            return CBENCH_FAIL(count < 0 ? "the server closed the connection"
                                         : "the server did not answer in time"),
                   -1;
        }
        filled += (size_t)count;
    }
    cbench_frame frame =
        cbench_scan_frame(reply + CBENCH_PREFIX_BYTES, filled - CBENCH_PREFIX_BYTES);
    if (frame.kind == CBENCH_FRAME_MALFORMED) return CBENCH_FAIL("an answer cannot be read"), -1;
    return (ssize_t)(filled - CBENCH_PREFIX_BYTES);
}

ssize_t cbench_call(
    const cbench_endpoint *endpoint, cbench_requests *requests, uint64_t timeout_ns,
    uint8_t *reply, size_t reply_max, char *error) {
    cbench_socket socket;
    if (!cbench_socket_open(endpoint, &socket, error)) return -1;
    struct timeval patience = {
        .tv_sec = (time_t)(timeout_ns / 1000000000u),
        .tv_usec = (suseconds_t)(timeout_ns % 1000000000u / 1000)};
    setsockopt(socket.fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ssize_t length = call_once(&socket, requests, 1, reply, reply_max, error);
    cbench_socket_close(&socket);
    if (length < 0) return -1;
    for (ssize_t i = 0; i < length; i++) reply[i] = reply[i + CBENCH_PREFIX_BYTES];
    return length;
}

struct cbench_idle {
    uint32_t count;
    cbench_socket sockets[];
};

cbench_idle *cbench_idle_open(
    const cbench_endpoint *endpoint, uint32_t connections, cbench_requests *requests,
    char *error) {
    enum { REPLY_MAX = 64 << 10 };
    cbench_idle *idle = calloc(1, sizeof *idle + connections * sizeof(cbench_socket));
    uint8_t *reply = malloc(REPLY_MAX);
    bool good = idle && reply;
    if (!good) CBENCH_FAIL("no memory for %u connections", connections);
    for (uint32_t i = 0; good && i < connections; i++) {
        cbench_socket *socket = &idle->sockets[i];
        good = cbench_socket_open(endpoint, socket, error);
        if (!good) break;
        idle->count++;
        good = call_once(socket, requests, 1, reply, REPLY_MAX, error) >= 0;
    }
    free(reply);
    if (good) return idle;
    if (idle) cbench_idle_close(idle);
    return NULL;
}

void cbench_idle_close(cbench_idle *idle) {
    for (uint32_t i = 0; i < idle->count; i++) cbench_socket_close(&idle->sockets[i]);
    free(idle);
}
