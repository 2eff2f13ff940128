#define _GNU_SOURCE
#include "internal.h"

#include "CLinekeeperProto.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static const cbench_floor_reply canned = {
    .number_id = "num_0192f3c1a2b37c4d8e9f000000123456",
    .workspace_id = "wsp_0192f3c1a2b37c4d8e9f000000000012",
    .agent_id = "agent_000000123456",
    .agent_name = "Agent 000000123456",
    .connection_id = "con_0192f3c1a2b37c4d8e9f000000000012",
    .called_e164 = "+12000123456",
    .ring_timeout_seconds = 30,
};

cbench_floor_reply cbench_floor_canned(void) { return canned; }

enum { BUFFER = 64 << 10, ARENA = 64 << 10, REPLY_MAX = 512, EVENTS = 256 };

// MARK: The arena

typedef struct {
    size_t used;
    _Alignas(16) uint8_t bytes[ARENA];
} arena;

static void *arena_allocate(void *context, size_t size) {
    arena *memory = context;
    size_t rounded = (size + 15) & ~(size_t)15;
    if (rounded > ARENA - memory->used) return NULL;
    void *taken = memory->bytes + memory->used;
    memory->used += rounded;
    return taken;
}

static void arena_free(void *context, void *pointer) {
    (void)context;
    (void)pointer;
}

// MARK: One call

typedef struct {
    arena memory;
    ProtobufCAllocator allocator;
    uint8_t payload[REPLY_MAX];
} worker;

// Answers the bytes of the reply with its prefix, 0 for a frame that wants none, -1 for one that
// cannot be read.
static ssize_t answer(worker *worker, const uint8_t *bytes, size_t length, uint8_t *out) {
    worker->memory.used = 0;
    Linekeeper__Rpc__V1__Frame *frame =
        linekeeper__rpc__v1__frame__unpack(&worker->allocator, length, bytes);
    if (!frame) return -1;
    if (frame->body_case != LINEKEEPER__RPC__V1__FRAME__BODY_REQUEST) return 0;
    Linekeeper__V1__RouteInboundRequest *request = linekeeper__v1__route_inbound_request__unpack(
        &worker->allocator, frame->request->payload.len, frame->request->payload.data);
    if (!request) return -1;

    Linekeeper__V1__RouteInboundResponse reply = LINEKEEPER__V1__ROUTE_INBOUND_RESPONSE__INIT;
    reply.number_id = (char *)canned.number_id;
    reply.workspace_id = (char *)canned.workspace_id;
    reply.agent_id = (char *)canned.agent_id;
    reply.agent_name = (char *)canned.agent_name;
    reply.connection_id = (char *)canned.connection_id;
    reply.called_e164 = (char *)canned.called_e164;
    reply.ring_timeout_seconds = canned.ring_timeout_seconds;
    reply.action = LINEKEEPER__V1__ROUTE_ACTION__ROUTE_ACTION_AGENT;
    Linekeeper__Rpc__V1__Response response = LINEKEEPER__RPC__V1__RESPONSE__INIT;
    response.payload.data = worker->payload;
    response.payload.len = linekeeper__v1__route_inbound_response__pack(&reply, worker->payload);
    Linekeeper__Rpc__V1__Frame answered = LINEKEEPER__RPC__V1__FRAME__INIT;
    answered.call_id = frame->call_id;
    answered.body_case = LINEKEEPER__RPC__V1__FRAME__BODY_RESPONSE;
    answered.response = &response;
    size_t packed = linekeeper__rpc__v1__frame__pack(&answered, out + CBENCH_PREFIX_BYTES);
    cbench_write_prefix(out, packed);
    return (ssize_t)(CBENCH_PREFIX_BYTES + packed);
}

// MARK: Connections

typedef struct {
    int fd;
    size_t filled;
    uint8_t bytes[BUFFER];
} connection;

static bool send_all(int fd, const uint8_t *bytes, size_t length) {
    while (length > 0) {
        ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
        if (sent > 0) {
            bytes += sent;
            length -= (size_t)sent;
        } else if (errno == EAGAIN) {
            poll(&(struct pollfd){.fd = fd, .events = POLLOUT}, 1, 1000);
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

// One read, an answer to every whole frame in it, one write. False: the connection has ended.
static bool serve(worker *worker, connection *peer, uint8_t *out, size_t out_max) {
    ssize_t got = recv(peer->fd, peer->bytes + peer->filled, BUFFER - peer->filled, 0);
    if (got <= 0) return got < 0 && (errno == EAGAIN || errno == EINTR);
    peer->filled += (size_t)got;
    size_t at = 0, replied = 0;
    while (peer->filled - at >= CBENCH_PREFIX_BYTES) {
        size_t length = cbench_read_prefix(peer->bytes + at);
        if (length == 0 || length > BUFFER - CBENCH_PREFIX_BYTES) return false;
        if (peer->filled - at - CBENCH_PREFIX_BYTES < length) break;
        if (out_max - replied < 2 * REPLY_MAX) {
            if (!send_all(peer->fd, out, replied)) return false;
            replied = 0;
        }
        ssize_t count =
            answer(worker, peer->bytes + at + CBENCH_PREFIX_BYTES, length, out + replied);
        if (count < 0) return false;
        replied += (size_t)count;
        at += CBENCH_PREFIX_BYTES + length;
    }
    if (at > 0) memmove(peer->bytes, peer->bytes + at, peer->filled - at);
    peer->filled -= at;
    return replied == 0 || send_all(peer->fd, out, replied);
}

static void accept_all(int listener, int poller) {
    for (;;) {
        int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0) return;
        int on = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        connection *peer = malloc(sizeof *peer);
        if (!peer) {
            close(fd);
            return;
        }
        peer->fd = fd;
        peer->filled = 0;
        struct epoll_event interest = {.events = EPOLLIN, .data.ptr = peer};
        epoll_ctl(poller, EPOLL_CTL_ADD, fd, &interest);
    }
}

static int listen_on(uint16_t port) {
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int on = 1;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, 1024) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

bool cbench_floor_serve(uint16_t port, char *error) {
    int listener = listen_on(port);
    if (listener < 0) {
        return CBENCH_FAIL("the floor cannot listen on port %u: %s", port, strerror(errno));
    }
    int poller = epoll_create1(EPOLL_CLOEXEC);
    worker *working = calloc(1, sizeof *working);
    uint8_t *out = malloc(BUFFER);
    if (poller < 0 || !working || !out) return CBENCH_FAIL("the floor has no memory");
    working->allocator =
        (ProtobufCAllocator){arena_allocate, arena_free, &working->memory};
    struct epoll_event interest = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(poller, EPOLL_CTL_ADD, listener, &interest);
    for (;;) {
        struct epoll_event events[EVENTS];
        int count = epoll_wait(poller, events, EVENTS, -1);
        if (count < 0 && errno != EINTR) return CBENCH_FAIL("epoll_wait: %s", strerror(errno));
        for (int i = 0; i < count; i++) {
            connection *peer = events[i].data.ptr;
            if (!peer) {
                accept_all(listener, poller);
            } else if (!serve(working, peer, out, BUFFER)) {
                close(peer->fd);
                free(peer);
            }
        }
    }
}
