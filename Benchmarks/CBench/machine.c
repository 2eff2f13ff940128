#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

uint64_t cbench_now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

// The cores that the process was given, before any thread was pinned.
static cpu_set_t allowed;

__attribute__((constructor)) static void remember_allowed(void) {
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) CPU_SET(0, &allowed);
}

uint32_t cbench_cores(void) { return (uint32_t)CPU_COUNT(&allowed); }

bool cbench_pin(uint32_t index) {
    for (int core = 0; core < CPU_SETSIZE; core++) {
        if (!CPU_ISSET(core, &allowed) || index-- > 0) continue;
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(core, &one);
        return sched_setaffinity(0, sizeof one, &one) == 0;
    }
    return false;
}

uint64_t cbench_raise_file_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    getrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur;
}

uint64_t cbench_process_cpu_ns(pid_t process) {
    clockid_t clock;
    struct timespec time;
    if (clock_getcpuclockid(process, &clock) != 0 || clock_gettime(clock, &time) != 0) return 0;
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

uint64_t cbench_process_rss(pid_t process) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/statm", (int)process);
    FILE *file = fopen(path, "re");
    if (!file) return 0;
    unsigned long long size = 0, resident = 0;
    int read = fscanf(file, "%llu %llu", &size, &resident);
    fclose(file);
    return read == 2 ? resident * (uint64_t)sysconf(_SC_PAGESIZE) : 0;
}

enum { BLOCK = 4096, BLOCKS = 1024 };

bool cbench_disk_rate(const char *directory, uint32_t count, double *rate, char *error) {
    char path[4096];
    snprintf(path, sizeof path, "%s/disk-rate-XXXXXX", directory);
    int fd = mkostemp(path, O_CLOEXEC);
    if (fd < 0) return CBENCH_FAIL("cannot write in %s: %s", directory, strerror(errno));
    unlink(path);
    char block[BLOCK];
    memset(block, 0x5a, sizeof block);
    bool good = true;
    for (uint32_t i = 0; good && i < BLOCKS; i++) good = write(fd, block, BLOCK) == BLOCK;
    good = good && fsync(fd) == 0;
    uint64_t begin = cbench_now_ns();
    for (uint32_t i = 0; good && i < count; i++) {
        off_t place = (off_t)(i % BLOCKS) * BLOCK;
        good = pwrite(fd, block, BLOCK, place) == BLOCK && fdatasync(fd) == 0;
    }
    *rate = (double)count * 1e9 / (double)(cbench_now_ns() - begin);
    close(fd);
    return good || CBENCH_FAIL("cannot sync a file in %s: %s", directory, strerror(errno));
}
