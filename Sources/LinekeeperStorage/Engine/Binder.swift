import CSQLite
package import LinekeeperCore

/// Gives a statement its parameters, one after the other.
package struct Binder: ~Copyable {
    private let statement: Statement
    private var count: Int32 = 0

    init(_ statement: Statement) { self.statement = statement }

    package mutating func bind(_ value: Int64) throws(DomainError) {
        let index = next()
        try check(sqlite3_bind_int64(statement.handle, index, value))
    }

    package mutating func bind(_ value: Int64?) throws(DomainError) {
        if let value { try bind(value) } else { try bindNull() }
    }

    package mutating func bind(_ value: Bool) throws(DomainError) {
        try bind(value ? 1 : 0 as Int64)
    }

    package mutating func bind(_ value: String) throws(DomainError) {
        let index = next()
        var text = value
        let code = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                guard let base = characters.baseAddress, !characters.isEmpty else {
                    // A null pointer would be NULL rather than the empty text.
                    return linekeeper_sqlite_bind_text(statement.handle, index, "", 0)
                }
                return linekeeper_sqlite_bind_text(
                    statement.handle, index, base, Int32(clamping: characters.count))
            }
        }
        try check(code)
    }

    package mutating func bind(_ value: String?) throws(DomainError) {
        if let value { try bind(value) } else { try bindNull() }
    }

    package mutating func bind(_ value: [UInt8]) throws(DomainError) {
        let index = next()
        let code = value.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, !bytes.isEmpty else {
                // A null pointer would be NULL rather than the empty blob.
                return sqlite3_bind_zeroblob(statement.handle, index, 0)
            }
            return linekeeper_sqlite_bind_blob(
                statement.handle, index, base, Int32(clamping: bytes.count))
        }
        try check(code)
    }

    package mutating func bind(_ value: [UInt8]?) throws(DomainError) {
        if let value { try bind(value) } else { try bindNull() }
    }

    /// Refuses a query that left parameters unbound: they would keep the values of the last run.
    func finish() throws(DomainError) {
        guard count == statement.parameterCount else {
            throw DomainError(
                .storageFailed,
                "A statement has \(statement.parameterCount) parameters and was given \(count).")
        }
    }

    private mutating func bindNull() throws(DomainError) {
        let index = next()
        try check(sqlite3_bind_null(statement.handle, index))
    }

    private mutating func next() -> Int32 {
        count += 1
        return count
    }

    private func check(_ code: Int32) throws(DomainError) {
        guard code != SQLITE_OK else { return }
        throw SQLiteFailure(code: code, database: sqlite3_db_handle(statement.handle)).error
    }
}
