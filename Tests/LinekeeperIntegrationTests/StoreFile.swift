import CSQLite
import LinekeeperTestSupport

/// The database file of a server, read beside it: what the server says is compared with what is there.
struct StoreFile {
    let path: String

    init(_ home: ServerHome) { path = home.data + "/linekeeper.db" }

    /// The rows of a query, every column as text; nothing and NULL are empty.
    func rows(_ sql: String, _ arguments: [String] = []) throws -> [[String]] {
        var database: OpaquePointer?
        defer { sqlite3_close(database) }
        guard sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK else {
            throw TestFailure("\(path) does not open")
        }
        sqlite3_busy_timeout(database, 10_000)
        var statement: OpaquePointer?
        defer { sqlite3_finalize(statement) }
        guard sqlite3_prepare_v2(database, sql, -1, &statement, nil) == SQLITE_OK else {
            throw TestFailure("\(sql): \(String(cString: sqlite3_errmsg(database)))")
        }
        for (index, text) in arguments.enumerated() {
            let bytes = Array(text.utf8)
            // SQLITE_TRANSIENT is a C cast that Swift does not import.
            let copy = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
            bytes.withUnsafeBytes {
                _ = sqlite3_bind_text(
                    statement, CInt(index + 1), $0.baseAddress?.assumingMemoryBound(to: CChar.self),
                    CInt(bytes.count), copy)
            }
        }
        var rows: [[String]] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                rows.append(
                    (0..<sqlite3_column_count(statement)).map { column in
                        sqlite3_column_text(statement, column).map { String(cString: $0) } ?? ""
                    })
            case SQLITE_DONE: return rows
            default: throw TestFailure("\(sql): \(String(cString: sqlite3_errmsg(database)))")
            }
        }
    }
}
