// Loaded before the C library: while the file that DISK_FAULT names exists, every write to a file or
// every wait for the disk fails with the error that the file's first byte says.
//
//   S  writes fail with ENOSPC: the disk is full
//   W  writes fail with EIO
//   F  fdatasync and fsync fail with EIO
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

static char fault(void) {
    const char *path = getenv("DISK_FAULT");
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    char kind = 0;
    if (file < 0) return 0;
    if (read(file, &kind, 1) != 1) kind = 0;
    close(file);
    return kind;
}

static int write_error(void) {
    switch (fault()) {
        case 'S': return ENOSPC;
        case 'W': return EIO;
        default: return 0;
    }
}

typedef ssize_t (*pwrite_type)(int, const void *, size_t, off_t);
typedef ssize_t (*pwrite64_type)(int, const void *, size_t, off64_t);
typedef int (*sync_type)(int);

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
    if ((errno = write_error())) return -1;
    return ((pwrite_type)dlsym(RTLD_NEXT, "pwrite"))(file, bytes, count, offset);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
    if ((errno = write_error())) return -1;
    return ((pwrite64_type)dlsym(RTLD_NEXT, "pwrite64"))(file, bytes, count, offset);
}

int fdatasync(int file) {
    if (fault() == 'F') return errno = EIO, -1;
    return ((sync_type)dlsym(RTLD_NEXT, "fdatasync"))(file);
}

int fsync(int file) {
    if (fault() == 'F') return errno = EIO, -1;
    return ((sync_type)dlsym(RTLD_NEXT, "fsync"))(file);
}
