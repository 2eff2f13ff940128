#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

enum { DEPTH_MAX = 256, IN_BYTES = 64 << 10, EVENTS = 256 };

static const uint64_t patience_ns = 10000000000;

// A call id is the smallest above the last one whose remainder names a free slot: ids rise, answers
// may come in any order, and when they come in order the ids are consecutive.
typedef struct {
    cbench_socket socket;
    uint8_t *in, *out;
    size_t filled, sent, written;
    uint64_t last_id;
    uint64_t started[DEPTH_MAX];  // by slot: when the call was sent, or due
    uint16_t free_slots[DEPTH_MAX];
    uint32_t free_first, free_count;
    bool wants_write;
} peer;

typedef struct {
    const cbench_load *load;
    cbench_requests *requests;
    cbench_result *result;
    cbench_histogram *histogram;
    char *error;
    peer *peers;
    int poller;
    uint64_t slot_mask, in_flight;
    size_t out_max, frame_max;
    uint64_t begin, end, next_due, due_step_ns, due_count;
    uint64_t server_cpu, generator_cpu;
    bool measuring, issuing;
} run;

static uint64_t thread_cpu_ns(void) {
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

// MARK: Sending

static void issue(run *run, peer *peer, uint64_t started) {
    uint64_t slot = peer->free_slots[peer->free_first];
    peer->free_first = (peer->free_first + 1) & (DEPTH_MAX - 1);
    peer->free_count--;
    uint64_t next = peer->last_id + 1;
    peer->last_id = next + ((slot - next) & run->slot_mask);
    peer->started[slot] = started;
    if (run->out_max - peer->written < run->frame_max) {
        memmove(peer->out, peer->out + peer->sent, peer->written - peer->sent);
        peer->written -= peer->sent;
        peer->sent = 0;
    }
    peer->written += cbench_requests_frame(run->requests, peer->last_id, peer->out + peer->written);
    run->in_flight++;
}

static bool flush(run *run, peer *peer) {
    char *error = run->error;
    while (peer->sent < peer->written) {
        ssize_t count = cbench_socket_write(
            &peer->socket, peer->out + peer->sent, peer->written - peer->sent);
        if (count < 0) return CBENCH_FAIL("the server closed a connection that was sending");
        if (count == 0) break;
        peer->sent += (size_t)count;
    }
    bool waiting = peer->sent < peer->written;
    if (!waiting) peer->sent = peer->written = 0;
    if (waiting != peer->wants_write) {
        peer->wants_write = waiting;
        struct epoll_event interest = {
            .events = EPOLLIN | (waiting ? EPOLLOUT : 0), .data.ptr = peer};
        epoll_ctl(run->poller, EPOLL_CTL_MOD, peer->socket.fd, &interest);
    }
    return true;
}

// MARK: Receiving

static void remember_refusal(run *run, const uint8_t *bytes, size_t length) {
    if (run->result->first_refusal_length) return;
    if (length > sizeof run->result->first_refusal) length = sizeof run->result->first_refusal;
    memcpy(run->result->first_refusal, bytes, length);
    run->result->first_refusal_length = length;
}

static bool take(run *run, peer *peer, const uint8_t *bytes, size_t length, uint64_t now) {
    char *error = run->error;
    cbench_frame frame = cbench_scan_frame(bytes, length);
    if (frame.kind == CBENCH_FRAME_GO_AWAY) {
        remember_refusal(run, bytes, length);
        return CBENCH_FAIL("the server gave a connection up with status %llu",
            (unsigned long long)frame.code);
    }
    if (frame.kind != CBENCH_FRAME_RESPONSE) return CBENCH_FAIL("the server sent an unknown frame");
    uint64_t slot = frame.call_id & run->slot_mask;
    if (slot >= run->load->depth || peer->free_count >= run->load->depth || run->in_flight == 0) {
        return CBENCH_FAIL("an answer came to a call that was not made");
    }
    uint64_t started = peer->started[slot];
    if (frame.code == 0) {
        bool counts = run->load->rate
            ? started >= run->begin && started < run->end : run->measuring;
        if (counts) {
            run->result->calls++;
            cbench_histogram_add(run->histogram, now > started ? now - started : 0);
        }
    } else {
        run->result->refused[frame.code < CBENCH_STATUS_CODES ? frame.code : 2]++;
        remember_refusal(run, bytes, length);
    }
    peer->free_slots[(peer->free_first + peer->free_count) & (DEPTH_MAX - 1)] = (uint16_t)slot;
    peer->free_count++;
    run->in_flight--;
    if (run->issuing && !run->load->rate) issue(run, peer, now);
    return true;
}

static bool receive(run *run, peer *peer) {
    char *error = run->error;
    for (;;) {
        ssize_t count =
            cbench_socket_read(&peer->socket, peer->in + peer->filled, IN_BYTES - peer->filled);
        if (count < 0) return CBENCH_FAIL("the server closed a connection");
        if (count == 0) break;
        peer->filled += (size_t)count;
        uint64_t now = cbench_now_ns();
        size_t at = 0;
        while (peer->filled - at >= CBENCH_PREFIX_BYTES) {
            size_t length = cbench_read_prefix(peer->in + at);
            if (length > IN_BYTES - CBENCH_PREFIX_BYTES) {
                return CBENCH_FAIL("the server sent a frame of %zu bytes", length);
            }
            if (peer->filled - at - CBENCH_PREFIX_BYTES < length) break;
            if (!take(run, peer, peer->in + at + CBENCH_PREFIX_BYTES, length, now)) return false;
            at += CBENCH_PREFIX_BYTES + length;
        }
        if (at > 0) memmove(peer->in, peer->in + at, peer->filled - at);
        peer->filled -= at;
        // epoll tells of more in the socket, but not of what libssl has decrypted already.
        if (!peer->socket.tls) break;
    }
    return flush(run, peer);
}

// MARK: The run

static bool open_peers(run *run, const cbench_endpoint *endpoint) {
    char *error = run->error;
    for (uint32_t i = 0; i < run->load->connections; i++) {
        peer *peer = &run->peers[i];
        peer->in = malloc(IN_BYTES);
        peer->out = malloc(run->out_max);
        if (!peer->in || !peer->out) return CBENCH_FAIL("no memory for %u connections", i + 1);
        for (uint32_t slot = 0; slot < run->load->depth; slot++) {
            peer->free_slots[slot] = (uint16_t)slot;
        }
        peer->free_count = run->load->depth;
        if (!cbench_socket_open(endpoint, &peer->socket, error)) return false;
        if (!cbench_socket_set_nonblocking(&peer->socket)) return CBENCH_FAIL("no fcntl");
        struct epoll_event interest = {.events = EPOLLIN, .data.ptr = peer};
        epoll_ctl(run->poller, EPOLL_CTL_ADD, peer->socket.fd, &interest);
    }
    return true;
}

// Turns to the next phase when its time has come.
static void keep_time(run *run, uint64_t now) {
    if (!run->measuring && run->issuing && now >= run->begin) {
        run->measuring = true;
        if (!run->load->rate) run->begin = now;
        run->server_cpu = cbench_process_cpu_ns(run->load->server);
        run->generator_cpu = thread_cpu_ns();
    }
    if (run->measuring && now >= run->end) {
        run->result->server_cpu_ns = cbench_process_cpu_ns(run->load->server) - run->server_cpu;
        run->result->generator_cpu_ns = thread_cpu_ns() - run->generator_cpu;
        run->result->window_ns = (run->load->rate ? run->end : now) - run->begin;
        run->measuring = run->issuing = false;
    }
}

// Makes every call whose time has come; one that finds its connection full stays due.
static bool issue_due(run *run, uint64_t now) {
    while (run->next_due <= now && run->next_due < run->end) {
        peer *peer = &run->peers[run->due_count % run->load->connections];
        if (peer->free_count == 0) return true;
        issue(run, peer, run->next_due);
        if (!flush(run, peer)) return false;
        run->due_count++;
        run->next_due += run->due_step_ns;
    }
    return true;
}

static bool drive(run *run) {
    char *error = run->error;
    uint64_t start = cbench_now_ns();
    run->begin = start + run->load->warm_up_ns;
    run->end = run->begin + run->load->window_ns;
    run->issuing = true;
    if (run->load->rate) {
        run->next_due = start;
        run->due_step_ns = 1000000000u / run->load->rate;
    } else {
        for (uint32_t i = 0; i < run->load->connections; i++) {
            while (run->peers[i].free_count > 0) issue(run, &run->peers[i], cbench_now_ns());
            if (!flush(run, &run->peers[i])) return false;
        }
    }
    while (run->issuing || run->in_flight > 0) {
        struct epoll_event events[EVENTS];
        int count = epoll_wait(run->poller, events, EVENTS, run->load->rate ? 0 : 100);
        if (count < 0 && errno != EINTR) return CBENCH_FAIL("epoll_wait: %s", strerror(errno));
        for (int i = 0; i < count; i++) {
            peer *peer = events[i].data.ptr;
            bool good = events[i].events & ~(uint32_t)EPOLLOUT ? receive(run, peer)
                                                               : flush(run, peer);
            if (!good) return false;
        }
        uint64_t now = cbench_now_ns();
        if (run->load->rate && !issue_due(run, now)) return false;
        keep_time(run, now);
        if (now > run->end + patience_ns) {
            return CBENCH_FAIL("%llu calls were not answered within 10 seconds",
                (unsigned long long)run->in_flight);
        }
    }
    return true;
}

static void close_peers(run *run) {
    for (uint32_t i = 0; i < run->load->connections; i++) {
        cbench_socket_close(&run->peers[i].socket);
        free(run->peers[i].in);
        free(run->peers[i].out);
    }
    free(run->peers);
    close(run->poller);
}

bool cbench_run(
    const cbench_endpoint *endpoint, const cbench_load *load, cbench_requests *requests,
    cbench_result *result, char *error) {
    *result = (cbench_result){0};
    cbench_load checked = *load;
    if (checked.rate) checked.depth = DEPTH_MAX;
    if (checked.depth == 0 || checked.depth > DEPTH_MAX || checked.connections == 0) {
        return CBENCH_FAIL("a load needs connections and a depth of 1 to %d", DEPTH_MAX);
    }
    run run = {.load = &checked, .requests = requests, .result = result, .error = error};
    while (run.slot_mask + 1 < checked.depth) run.slot_mask = run.slot_mask * 2 + 1;
    run.frame_max = cbench_requests_frame_max(requests);
    run.out_max = (checked.depth + 1) * run.frame_max;
    run.poller = epoll_create1(EPOLL_CLOEXEC);
    run.peers = calloc(checked.connections, sizeof *run.peers);
    run.histogram = cbench_histogram_new();
    if (run.poller < 0 || !run.peers || !run.histogram) return CBENCH_FAIL("no memory");
    for (uint32_t i = 0; i < checked.connections; i++) run.peers[i].socket.fd = -1;

    bool good = open_peers(&run, endpoint) && drive(&run);
    close_peers(&run);
    result->p50_ns = cbench_histogram_quantile(run.histogram, 0.5);
    result->p99_ns = cbench_histogram_quantile(run.histogram, 0.99);
    result->p999_ns = cbench_histogram_quantile(run.histogram, 0.999);
    result->max_ns = cbench_histogram_quantile(run.histogram, 1);
    cbench_histogram_free(run.histogram);
    return good;
}
