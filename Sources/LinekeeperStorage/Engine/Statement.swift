import CSQLite
import LinekeeperCore

/// A prepared statement of one connection, finalised with its last reference.
final class Statement {
    let handle: OpaquePointer
    let sql: String
    let parameterCount: Int32

    init(_ sql: String, database: OpaquePointer) throws(DomainError) {
        var text = sql
        var prepared: OpaquePointer?
        var code = SQLITE_OK
        var hasTail = false
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                var tail: UnsafePointer<CChar>?
                code = sqlite3_prepare_v3(
                    database, characters.baseAddress, Int32(clamping: characters.count),
                    UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, &tail)
                if let base = characters.baseAddress, let tail {
                    hasTail = base.distance(to: tail) < characters.count
                }
            }
        }
        guard code == SQLITE_OK else { throw SQLiteFailure(code: code, database: database).error }
        guard let prepared else {
            throw DomainError(.storageFailed, "A query holds no statement: \(sql)")
        }
        handle = prepared
        self.sql = sql
        parameterCount = sqlite3_bind_parameter_count(prepared)
        guard !hasTail else {
            throw DomainError(.storageFailed, "A query holds more than one statement: \(sql)")
        }
        for index in 0..<parameterCount {
            let name = sqlite3_bind_parameter_name(prepared, index + 1)
            guard let name, String(cString: name) == "$\(index + 1)" else {
                throw DomainError(
                    .storageFailed, "Parameters must first appear as $1, $2, … in order: \(sql)")
            }
        }
    }

    deinit { sqlite3_finalize(handle) }

    /// Makes the statement ready to run again. The outcome of the last run was reported by its step.
    func reset() { sqlite3_reset(handle) }
}
