import LinekeeperCore
import Synchronization

/// What a function comes to that runs on a thread of its own.
final class ThreadResult<Value: Sendable>: Sendable {
    private let outcome: Outcome
    private let thread: WorkerThread

    private final class Outcome: Sendable {
        let value = Mutex<Result<Value, DomainError>?>(nil)
    }

    init(_ body: @escaping @Sendable () throws(DomainError) -> Value) throws(DomainError) {
        let outcome = Outcome()
        self.outcome = outcome
        thread = try WorkerThread(name: "loader") {
            let value = Result { () throws(DomainError) in try body() }
            outcome.value.withLock { $0 = value }
        }
    }

    /// Waits for the thread and takes what it came to. To be called once.
    func wait() -> Result<Value, DomainError> {
        thread.join()
        return outcome.value.withLock { $0.take() }
            ?? .failure(DomainError(.storageFailed, "A loading thread ended without a result."))
    }
}
