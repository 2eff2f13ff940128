#define _GNU_SOURCE
#include "internal.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

pid_t cbench_spawn(const char *const *arguments, const char *log, int core, char *error) {
    if (access(arguments[0], X_OK) != 0) {
        return CBENCH_FAIL("cannot run %s: %s", arguments[0], strerror(errno)), -1;
    }
    pid_t child = fork();
    if (child < 0) return CBENCH_FAIL("fork: %s", strerror(errno)), -1;
    if (child > 0) return child;
    // Between fork and exec only what is safe in a copy of a process with threads.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (core >= 0) cbench_pin((uint32_t)core);
    int file = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (file >= 0) {
        dup2(file, STDOUT_FILENO);
        dup2(file, STDERR_FILENO);
    }
    execv(arguments[0], (char *const *)arguments);
    _exit(127);
}

bool cbench_wait(pid_t process, uint64_t timeout_ns, int *status) {
    uint64_t end = cbench_now_ns() + timeout_ns;
    for (;;) {
        pid_t ended = waitpid(process, status, WNOHANG);
        if (ended == process || (ended < 0 && errno == ECHILD)) return true;
        if (cbench_now_ns() >= end) return false;
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
}

uint16_t cbench_free_port(void) {
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return 0;
    bool good = bind(fd, (struct sockaddr *)&address, size) == 0
        && getsockname(fd, (struct sockaddr *)&address, &size) == 0;
    close(fd);
    return good ? ntohs(address.sin_port) : 0;
}
