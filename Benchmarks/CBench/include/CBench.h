// The parts of the benchmark that must cost next to nothing: the load generator, the floor that a
// server is measured against, and what is read of the machine. Plain C, so that what is measured is
// the server. Functions that can fail answer false and write one sentence into `error`.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#pragma clang assume_nonnull begin

#define CBENCH_ERROR_BYTES 256

// MARK: Requests

// Digits in a request that are written anew for every call: base + (key + skip) / divide.
typedef struct {
    size_t offset;   // from the request's first byte
    uint32_t width;  // digits, with leading zeros
    uint64_t base, skip, divide;
} cbench_patch;

// What a load asks: encoded linekeeper.rpc.v1.Request messages whose digits follow a key.
//
// Keys run from 0 to key_count - 1. At random they come from a generator of fixed seed; in sequence
// they wrap, and each round over all keys takes the next template, so that two templates can do and
// undo. The place in the sequence outlives a run.
typedef struct cbench_requests cbench_requests;

cbench_requests *cbench_requests_new(uint64_t key_count, bool in_sequence);
void cbench_requests_add(
    cbench_requests *requests, const uint8_t *request, size_t length,
    const cbench_patch *_Nullable patches, size_t patch_count);
void cbench_requests_free(cbench_requests *requests);
// Bytes that cbench_requests_frame writes at most.
size_t cbench_requests_frame_max(const cbench_requests *requests);
// Writes the next request as a frame with its prefix; answers its length.
size_t cbench_requests_frame(cbench_requests *requests, uint64_t call_id, uint8_t *out);

// MARK: Load

// Where a server is and how a connection to it begins.
typedef struct {
    const char *host;  // an IPv4 address
    uint16_t port;
    bool tls;               // no certificate is checked: the server was started by this program
    const uint8_t *_Nullable hello;  // a whole frame with its prefix, sent first
    size_t hello_length;
} cbench_endpoint;

typedef struct {
    uint32_t connections;
    uint32_t depth;        // calls in flight on each connection, at most 256
    uint64_t rate;         // calls a second in all; 0: each answer brings the next call
    uint64_t warm_up_ns;
    uint64_t window_ns;
    pid_t server;          // whose CPU time is read around the window
} cbench_load;

#define CBENCH_STATUS_CODES 17

typedef struct {
    uint64_t calls;  // answered OK within the window; at a fixed rate, those that were due in it
    uint64_t window_ns;
    uint64_t server_cpu_ns;
    uint64_t generator_cpu_ns;
    uint64_t p50_ns, p99_ns, p999_ns, max_ns;
    uint64_t refused[CBENCH_STATUS_CODES];  // by status code, warm-up included
    uint8_t first_refusal[1024];            // the frame, without its prefix
    size_t first_refusal_length;
} cbench_result;

// Runs one load on the calling thread. At a fixed rate it never sleeps, and latency counts from the
// moment a call was due, sent or not; otherwise from when it was handed to the socket.
bool cbench_run(
    const cbench_endpoint *endpoint, const cbench_load *load, cbench_requests *requests,
    cbench_result *result, char *error);

// Opens connections and keeps them, each after a hello and one call; what a server holds for them
// can then be read. Answers a handle for cbench_idle_close.
typedef struct cbench_idle cbench_idle;
cbench_idle *_Nullable cbench_idle_open(
    const cbench_endpoint *endpoint, uint32_t connections, cbench_requests *requests, char *error);
void cbench_idle_close(cbench_idle *idle);

// One call on a connection of its own. Answers the length of the Response frame, which is in
// `reply` without its prefix, or -1.
ssize_t cbench_call(
    const cbench_endpoint *endpoint, cbench_requests *requests, uint64_t timeout_ns,
    uint8_t *reply, size_t reply_max, char *error);

// What a frame from a server says, read without protobuf-c.
typedef enum {
    CBENCH_FRAME_MALFORMED,
    CBENCH_FRAME_RESPONSE,
    CBENCH_FRAME_GO_AWAY,
    CBENCH_FRAME_OTHER,
} cbench_frame_kind;
typedef struct {
    cbench_frame_kind kind;
    uint64_t call_id;
    uint64_t code;  // of the status; 0 without one
} cbench_frame;
cbench_frame cbench_scan_frame(const uint8_t *frame, size_t length);

// MARK: Floor

// A server that answers every RouteInbound with one canned reply: one thread, epoll, protobuf-c on
// a bump arena, one write for all replies of a read. It does the protobuf-c work of the real server
// and no other, so it is the floor for one. Serves on 127.0.0.1 until the process ends; answers
// only on failure.
bool cbench_floor_serve(uint16_t port, char *error);

// What the floor answers, for a check that it is understood.
typedef struct {
    const char *number_id, *workspace_id, *agent_id, *agent_name, *connection_id, *called_e164;
    uint32_t ring_timeout_seconds;
} cbench_floor_reply;
cbench_floor_reply cbench_floor_canned(void);

// MARK: Histogram

// Counts of times from 1 ns to 18 minutes in buckets less than 0.8 % wide.
typedef struct cbench_histogram cbench_histogram;
cbench_histogram *cbench_histogram_new(void);
void cbench_histogram_free(cbench_histogram *histogram);
void cbench_histogram_add(cbench_histogram *histogram, uint64_t ns);
// The time below which a fraction of those counted lies, 0 where none was; fraction 0 to 1.
uint64_t cbench_histogram_quantile(const cbench_histogram *histogram, double fraction);

// MARK: Machine

uint64_t cbench_now_ns(void);
// How many cores this process may use.
uint32_t cbench_cores(void);
// Keeps the calling thread, and the threads it makes from now on, on one of those cores.
bool cbench_pin(uint32_t index);
// Lets the process open as many files as the system allows; answers how many.
uint64_t cbench_raise_file_limit(void);
// User and system time that a process has taken, in nanoseconds; 0 when it is gone.
uint64_t cbench_process_cpu_ns(pid_t process);
// Resident memory of a process in bytes; 0 when it is gone.
uint64_t cbench_process_rss(pid_t process);
// How many times a second 4 KiB in place can be made durable: pwrite and fdatasync, `count` times.
bool cbench_disk_rate(const char *directory, uint32_t count, double *rate, char *error);

// MARK: Processes

// Starts a program that ends with this one; NULL ends the arguments. Its output is appended to `log`. `core` is an index as
// cbench_pin takes it, or -1 for any. Answers the process, or -1.
pid_t cbench_spawn(
    const char *_Nullable const *_Nonnull arguments, const char *log, int core, char *error);
// Waits for a process that this one started; answers false when the time is over. `status` is as
// waitpid gives it.
bool cbench_wait(pid_t process, uint64_t timeout_ns, int *status);
// A TCP port of 127.0.0.1 that nobody uses now, or 0.
uint16_t cbench_free_port(void);

#pragma clang assume_nonnull end
