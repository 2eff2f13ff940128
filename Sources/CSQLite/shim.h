#pragma once
#include <malloc.h>
#include <sqlite3.h>

// SQLITE_TRANSIENT is a cast of -1 to a function pointer, which Swift does not import.
static inline int linekeeper_sqlite_bind_text(sqlite3_stmt *statement, int index, const char *text,
                                              int length) {
    return sqlite3_bind_text(statement, index, text, length, SQLITE_TRANSIENT);
}

static inline int linekeeper_sqlite_bind_blob(sqlite3_stmt *statement, int index,
                                              const void *bytes, int length) {
    return sqlite3_bind_blob(statement, index, bytes, length, SQLITE_TRANSIENT);
}

// Makes allocations cheap; SQLite makes a dozen for a statement. Effective before the first
// connection is opened, harmless later. sqlite3_config is variadic, which Swift does not import.
static inline void linekeeper_sqlite_spare_allocations(void) {
    // Counting them takes a lock of the whole process for each, and nobody reads the counts.
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    // glibc merges all its fast bins whenever more than a kilobyte is asked for. Its caches of each
    // thread do what the bins were for.
    mallopt(M_MXFAST, 0);
}
