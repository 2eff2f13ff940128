import LinekeeperCore
import Logging

/// The thread that copies the write-ahead log into the database file, beside the writer.
final class Checkpointer: Sendable {
    private let requests: Mailbox<Void>
    private let thread: WorkerThread
    private let path: String

    init(path: String, logger: Logger, failStop: @escaping FailStop) throws(DomainError) {
        let connection = try SQLiteConnection(path: path, role: .checkpointer)
        let requests = Mailbox<Void>(capacity: 1)
        self.path = path
        self.requests = requests
        thread = try WorkerThread(name: "checkpointer") {
            while !requests.take(atMost: 1).isEmpty {
                do throws(DomainError) {
                    _ = try connection.checkpoint(.passive)
                } catch {
                    if connection.fatalFailure != nil {
                        failStop(error)
                        return
                    }
                    logger.warning(
                        "The write-ahead log could not be copied; it will be tried again.",
                        metadata: ["reason": "\(error.message)"])
                }
            }
        }
    }

    /// Asks for a copy; one that is already asked for is enough.
    func request() { _ = requests.put(()) }

    /// Ends the thread.
    func close() {
        requests.close()
        thread.join()
    }

    /// Empties the log, so that the database is one file. To be called when no other connection is
    /// open.
    func emptyLog() throws(DomainError) {
        _ = try SQLiteConnection(path: path, role: .checkpointer).checkpoint(.truncate)
    }
}
