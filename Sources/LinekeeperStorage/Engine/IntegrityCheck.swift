import LinekeeperCore
import Logging

/// Looks for damage in the database file.
///
/// A check reads every page, a second or so for 300 MiB. A small file is checked before the store
/// opens; a large one meanwhile, by a thread of its own, so that a start stays short. What calls are
/// answered from has been read page by page before that, with the size of each cell checked.
enum IntegrityCheck {
    /// Files up to this size are checked before the store opens: 16 MiB.
    static let bytesBeforeOpenMax: Int64 = 16 << 20

    /// - Throws: `corruptData` naming the first fault found.
    static func run(on connection: SQLiteConnection) throws(DomainError) {
        for finding in try connection.all(QuickCheck()) where finding != "ok" {
            throw DomainError(
                .corruptData,
                "The database file is damaged (\(finding)). Restore it from a backup.")
        }
    }
}

/// A check beside a store that is open already; what it finds stops the process.
final class BackgroundCheck: Sendable {
    private let thread: WorkerThread
    private let deadline: QueryDeadline

    init(path: String, logger: Logger, failStop: @escaping FailStop) throws(DomainError) {
        let connection = try SQLiteConnection(path: path, role: .reader)
        deadline = connection.deadline
        thread = try WorkerThread(name: "file check") {
            do throws(DomainError) {
                try IntegrityCheck.run(on: connection)
                logger.info("The database file has been checked and is sound.")
            } catch {
                if error.reason == .corruptData { failStop(error) }
                logger.warning(
                    "The check of the database file ended early.",
                    metadata: ["reason": "\(error.message)"])
            }
        }
    }

    /// Ends the check, finished or not.
    func end() {
        deadline.passNow()
        thread.join()
    }
}

private struct QuickCheck: Query {
    var sql: String { "PRAGMA quick_check(1)" }
    func bind(to binder: inout Binder) throws(DomainError) {}
    static func row(_ columns: borrowing Columns) throws(DomainError) -> String {
        try columns.string(0)
    }
}
