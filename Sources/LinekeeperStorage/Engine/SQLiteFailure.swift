import CSQLite
import LinekeeperCore

/// What SQLite reported: an extended result code with its text.
struct SQLiteFailure {
    let code: Int32
    let text: String

    init(code: Int32, database: OpaquePointer?) {
        self.code = code
        // The connection's message belongs to its latest failure, which need not be this one.
        if let database, sqlite3_extended_errcode(database) == code {
            text = sqlite3_errmsg(database).map { String(cString: $0) } ?? ""
        } else {
            text = sqlite3_errstr(code).map { String(cString: $0) } ?? ""
        }
    }

    private var primaryCode: Int32 { code & 0xFF }

    /// Whether the file or the disk under it can no longer be trusted. In a write this means that the
    /// process must stop: a commit that failed so may still be found in the file later.
    var isFatalInWrite: Bool {
        switch primaryCode {
        case SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_CANTOPEN, SQLITE_READONLY: true
        default: false
        }
    }

    /// Whether a commit that ended so has certainly not happened, and will not be found in the file.
    var leavesCommitUndone: Bool {
        switch primaryCode {
        case SQLITE_FULL, SQLITE_BUSY, SQLITE_CONSTRAINT: true
        default: false
        }
    }

    /// The same for callers.
    var error: DomainError {
        let facts = ["sqlite_code": "\(code)"]
        switch primaryCode {
        case SQLITE_FULL:
            return DomainError(
                .storageFull,
                "The disk is full; the change was not made. Free space and try again.",
                facts: facts)
        case SQLITE_CONSTRAINT:
            return DomainError(
                .storageFailed, "The store refused a row that breaks a rule: \(text).",
                facts: facts.merging(["constraint": constraint]) { first, _ in first })
        case SQLITE_CORRUPT, SQLITE_NOTADB:
            return DomainError(
                .corruptData,
                "The database file is damaged (\(text)). Restore it from a backup.", facts: facts)
        case SQLITE_BUSY, SQLITE_LOCKED:
            return DomainError(
                .storageFailed,
                "Another program holds the database file. Close it, or try again in a second.",
                facts: facts, retryAfterMilliseconds: 1000)
        case SQLITE_INTERRUPT:
            return DomainError(
                .deadlineExceeded, "The query took too long. Ask for less at once.", facts: facts)
        default:
            return DomainError(.storageFailed, "The store failed: \(text).", facts: facts)
        }
    }

    /// `number.e164` out of `UNIQUE constraint failed: number.e164`.
    private var constraint: String {
        guard let colon = text.firstIndex(of: ":") else { return text }
        return String(text[text.index(after: colon)...].drop { $0 == " " })
    }
}
