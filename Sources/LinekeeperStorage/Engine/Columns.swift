import CSQLite
package import LinekeeperCore

/// The row a statement stands on. Valid for that row only, so it cannot be kept.
package struct Columns: ~Copyable {
    private let handle: OpaquePointer

    init(_ statement: Statement) { handle = statement.handle }

    package func int64(_ index: Int) throws(DomainError) -> Int64 {
        guard let value = try optionalInt64(index) else { throw unexpected("a number", index) }
        return value
    }

    package func optionalInt64(_ index: Int) throws(DomainError) -> Int64? {
        let column = Int32(truncatingIfNeeded: index)
        switch sqlite3_column_type(handle, column) {
        case SQLITE_INTEGER: return sqlite3_column_int64(handle, column)
        case SQLITE_NULL: return nil
        default: throw unexpected("a number", index)
        }
    }

    package func bool(_ index: Int) throws(DomainError) -> Bool {
        switch try int64(index) {
        case 0: false
        case 1: true
        default: throw unexpected("0 or 1", index)
        }
    }

    package func string(_ index: Int) throws(DomainError) -> String {
        guard let value = try optionalString(index) else { throw unexpected("text", index) }
        return value
    }

    package func optionalString(_ index: Int) throws(DomainError) -> String? {
        guard let bytes = try text(index) else { return nil }
        guard let value = String(validating: bytes, as: UTF8.self) else {
            throw unexpected("UTF-8 text", index)
        }
        return value
    }

    package func blob(_ index: Int) throws(DomainError) -> [UInt8] {
        guard let value = try optionalBlob(index) else { throw unexpected("bytes", index) }
        return value
    }

    package func optionalBlob(_ index: Int) throws(DomainError) -> [UInt8]? {
        let column = Int32(truncatingIfNeeded: index)
        switch sqlite3_column_type(handle, column) {
        case SQLITE_BLOB:
            // SQLite answers a null pointer for the empty blob.
            guard let base = sqlite3_column_blob(handle, column) else { return [] }
            let count = Int(sqlite3_column_bytes(handle, column))
            return [UInt8](UnsafeRawBufferPointer(start: base, count: count))
        case SQLITE_NULL: return nil
        default: throw unexpected("bytes", index)
        }
    }

    /// The bytes of a text column, in SQLite's memory: valid until the statement moves on.
    func text(_ index: Int) throws(DomainError) -> UnsafeBufferPointer<UInt8>? {
        let column = Int32(truncatingIfNeeded: index)
        switch sqlite3_column_type(handle, column) {
        case SQLITE_TEXT:
            // The text first: asking for the length may convert, which moves it.
            guard let base = sqlite3_column_text(handle, column) else {
                throw DomainError(.storageFailed, "The store ran out of memory reading text.")
            }
            let count = Int(sqlite3_column_bytes(handle, column))
            return UnsafeBufferPointer(start: base, count: count)
        case SQLITE_NULL: return nil
        default: throw unexpected("text", index)
        }
    }

    private func unexpected(_ kind: String, _ index: Int) -> DomainError {
        let column = Int32(truncatingIfNeeded: index)
        let name = sqlite3_column_name(handle, column).map { String(cString: $0) } ?? "\(index)"
        return DomainError(
            .corruptData, "The store holds something other than \(kind) in column \(name).",
            facts: ["column": name])
    }
}
