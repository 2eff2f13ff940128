// What the files of this directory share.
#pragma once

#include "include/CBench.h"

#include <stdio.h>

#define CBENCH_PREFIX_BYTES 4

static inline void cbench_write_prefix(uint8_t *out, size_t length) {
    out[0] = (uint8_t)(length >> 24);
    out[1] = (uint8_t)(length >> 16);
    out[2] = (uint8_t)(length >> 8);
    out[3] = (uint8_t)length;
}

static inline size_t cbench_read_prefix(const uint8_t *in) {
    return (size_t)in[0] << 24 | (size_t)in[1] << 16 | (size_t)in[2] << 8 | in[3];
}

#define CBENCH_FAIL(...) (snprintf(error, CBENCH_ERROR_BYTES, __VA_ARGS__), false)

// A connection's bytes, plain or through TLS. Reads and writes answer a count, 0 when the socket
// would block, -1 when the connection has ended.
typedef struct {
    int fd;
    void *tls;  // an SSL of libssl, or NULL
} cbench_socket;

bool cbench_socket_open(const cbench_endpoint *endpoint, cbench_socket *socket, char *error);
bool cbench_socket_set_nonblocking(cbench_socket *socket);
ssize_t cbench_socket_read(cbench_socket *socket, uint8_t *bytes, size_t count);
ssize_t cbench_socket_write(cbench_socket *socket, const uint8_t *bytes, size_t count);
void cbench_socket_close(cbench_socket *socket);

// libssl, loaded when a load first asks for TLS: nothing links it.
void *cbench_tls_connect(int fd, char *error);
ssize_t cbench_tls_read(void *tls, uint8_t *bytes, size_t count);
ssize_t cbench_tls_write(void *tls, const uint8_t *bytes, size_t count);
void cbench_tls_close(void *tls);
