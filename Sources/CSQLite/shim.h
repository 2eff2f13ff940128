#pragma once
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

// sqlite3_config is variadic. Counting allocations takes a lock of the whole process for each one,
// and nobody reads the counts. Effective before the first connection is opened, harmless later.
static inline void linekeeper_sqlite_stop_counting_allocations(void) {
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}
