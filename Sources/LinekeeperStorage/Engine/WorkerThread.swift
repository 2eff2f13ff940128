import CScheduling
import Glibc
import LinekeeperCore

/// A thread of the store's own.
///
/// SQLite blocks while it waits for the disk. On the threads that all tasks share, one for each
/// core, a few such waits would stop everything else. Where it computes, an event loop that wakes on
/// the same core goes first: a call waits for microseconds there, and a commit for the disk anyway.
final class WorkerThread: Sendable {
    private let thread: pthread_t

    /// Starts a thread that runs `body` and ends.
    ///
    /// - Parameter name: what the thread is for, named when the system refuses it.
    init(name: String, body: sending @escaping () -> Void) throws(DomainError) {
        var started = pthread_t()
        let work = Unmanaged.passRetained(Work(body))
        let code = pthread_create(&started, nil, runWork, work.toOpaque())
        guard code == 0 else {
            work.release()
            throw DomainError(
                .storageFailed,
                "The system refused the thread \(name): \(String(cString: strerror(code))).")
        }
        thread = started
    }

    /// Waits for the thread to end. To be called once, by another thread.
    func join() { pthread_join(thread, nil) }
}

/// What a new thread is handed through C's one pointer.
private final class Work {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
}

private func runWork(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    // Where the system does not have it, threads take equal turns.
    _ = linekeeper_take_long_turns()
    Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
    return nil
}
