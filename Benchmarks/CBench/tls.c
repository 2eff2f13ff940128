#include "internal.h"

#include <dlfcn.h>
#include <limits.h>

// The few functions of OpenSSL 3 that a client needs, by their documented signatures. Loading them
// when asked keeps libssl out of what a build needs.
static struct {
    void *library;
    void *context;
    void *(*SSL_new)(void *);
    int (*SSL_set_fd)(void *, int);
    int (*SSL_connect)(void *);
    int (*SSL_read)(void *, void *, int);
    int (*SSL_write)(void *, const void *, int);
    int (*SSL_get_error)(const void *, int);
    void (*SSL_free)(void *);
    void (*ERR_clear_error)(void);
} ssl;

enum {
    ERROR_WANT_READ = 2,
    ERROR_WANT_WRITE = 3,
    CTRL_MODE = 33,
    MODE_PARTIAL_WRITE = 1,
    MODE_MOVING_WRITE_BUFFER = 2,
};

static bool load(char *error) {
    if (ssl.context) return true;
    if (!ssl.library) ssl.library = dlopen("libssl.so.3", RTLD_NOW | RTLD_LOCAL);
    if (!ssl.library) return CBENCH_FAIL("TLS needs libssl.so.3 (the package libssl3)");
#define LOAD(name) \
    if (!(*(void **)&ssl.name = dlsym(ssl.library, #name))) return CBENCH_FAIL("no " #name)
    LOAD(SSL_new);
    LOAD(SSL_set_fd);
    LOAD(SSL_connect);
    LOAD(SSL_read);
    LOAD(SSL_write);
    LOAD(SSL_get_error);
    LOAD(SSL_free);
    LOAD(ERR_clear_error);
#undef LOAD
    const void *(*method)(void);
    void *(*context_new)(const void *);
    long (*control)(void *, int, long, void *);
    int (*set_alpn)(void *, const unsigned char *, unsigned);
    *(void **)&method = dlsym(ssl.library, "TLS_client_method");
    *(void **)&context_new = dlsym(ssl.library, "SSL_CTX_new");
    *(void **)&control = dlsym(ssl.library, "SSL_CTX_ctrl");
    *(void **)&set_alpn = dlsym(ssl.library, "SSL_CTX_set_alpn_protos");
    if (!method || !context_new || !control || !set_alpn) {
        return CBENCH_FAIL("libssl.so.3 lacks a function");
    }
    void *context = context_new(method());
    if (!context) return CBENCH_FAIL("libssl made no context");
    control(context, CTRL_MODE, MODE_PARTIAL_WRITE | MODE_MOVING_WRITE_BUFFER, NULL);
    static const unsigned char protocols[] = "\x0clinekeeper/1";
    set_alpn(context, protocols, sizeof protocols - 1);
    ssl.context = context;
    return true;
}

void *cbench_tls_connect(int fd, char *error) {
    if (!load(error)) return NULL;
    void *tls = ssl.SSL_new(ssl.context);
    if (!tls || ssl.SSL_set_fd(tls, fd) != 1 || ssl.SSL_connect(tls) != 1) {
        CBENCH_FAIL("the TLS handshake failed");
        if (tls) ssl.SSL_free(tls);
        return NULL;
    }
    return tls;
}

static ssize_t outcome(void *tls, int count) {
    if (count > 0) return count;
    int reason = ssl.SSL_get_error(tls, count);
    return reason == ERROR_WANT_READ || reason == ERROR_WANT_WRITE ? 0 : -1;
}

ssize_t cbench_tls_read(void *tls, uint8_t *bytes, size_t count) {
    ssl.ERR_clear_error();
    return outcome(tls, ssl.SSL_read(tls, bytes, count > INT_MAX ? INT_MAX : (int)count));
}

ssize_t cbench_tls_write(void *tls, const uint8_t *bytes, size_t count) {
    ssl.ERR_clear_error();
    return outcome(tls, ssl.SSL_write(tls, bytes, count > INT_MAX ? INT_MAX : (int)count));
}

void cbench_tls_close(void *tls) { ssl.SSL_free(tls); }
