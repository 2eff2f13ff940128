#define _GNU_SOURCE
#include "internal.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

// Connects, shakes hands and says hello, blocking for at most ten seconds at each step.
bool cbench_socket_open(const cbench_endpoint *endpoint, cbench_socket *opened, char *error) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(endpoint->port)};
    if (inet_pton(AF_INET, endpoint->host, &address.sin_addr) != 1) {
        return CBENCH_FAIL("%s is not an IPv4 address", endpoint->host);
    }
    opened->tls = NULL;
    opened->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (opened->fd < 0) return CBENCH_FAIL("no socket: %s", strerror(errno));
    int on = 1;
    struct timeval patience = {.tv_sec = 10};
    setsockopt(opened->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(opened->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(opened->fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (connect(opened->fd, (struct sockaddr *)&address, sizeof address) != 0) {
        CBENCH_FAIL("cannot connect to %s:%u: %s", endpoint->host, endpoint->port, strerror(errno));
        cbench_socket_close(opened);
        return false;
    }
    if (endpoint->tls && !(opened->tls = cbench_tls_connect(opened->fd, error))) {
        cbench_socket_close(opened);
        return false;
    }
    if (endpoint->hello_length
        && cbench_socket_write(opened, endpoint->hello, endpoint->hello_length)
            != (ssize_t)endpoint->hello_length) {
        CBENCH_FAIL("%s:%u did not take the hello", endpoint->host, endpoint->port);
        cbench_socket_close(opened);
        return false;
    }
    return true;
}

bool cbench_socket_set_nonblocking(cbench_socket *socket) {
    int flags = fcntl(socket->fd, F_GETFL);
    return flags >= 0 && fcntl(socket->fd, F_SETFL, flags | O_NONBLOCK) == 0;
}

static ssize_t outcome(ssize_t count) {
    if (count > 0) return count;
    return count < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : -1;
}

ssize_t cbench_socket_read(cbench_socket *socket, uint8_t *bytes, size_t count) {
    if (socket->tls) return cbench_tls_read(socket->tls, bytes, count);
    return outcome(recv(socket->fd, bytes, count, 0));
}

ssize_t cbench_socket_write(cbench_socket *socket, const uint8_t *bytes, size_t count) {
    if (socket->tls) return cbench_tls_write(socket->tls, bytes, count);
    return outcome(send(socket->fd, bytes, count, MSG_NOSIGNAL));
}

void cbench_socket_close(cbench_socket *socket) {
    if (socket->tls) cbench_tls_close(socket->tls);
    socket->tls = NULL;
    if (socket->fd >= 0) close(socket->fd);
    socket->fd = -1;
}
