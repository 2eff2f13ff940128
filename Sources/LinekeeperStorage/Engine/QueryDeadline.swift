import CSQLite
import Glibc
import Synchronization

/// Cuts a query off that runs too long.
///
/// An open read keeps the write-ahead log from being emptied, so none may last.
final class QueryDeadline: Sendable {
    /// Nanoseconds of the monotonic clock; a query that sees it passed ends with SQLITE_INTERRUPT.
    private let moment = Atomic<UInt64>(.max)

    /// Steps of SQLite's virtual machine between two looks at the clock: about a millisecond.
    private static let steps: Int32 = 50_000

    /// Watches a connection. It must be closed before the deadline goes.
    init(database: OpaquePointer) {
        sqlite3_progress_handler(
            database, QueryDeadline.steps,
            { context in
                guard let context else { return 0 }
                return Unmanaged<QueryDeadline>.fromOpaque(context).takeUnretainedValue()
                    .hasPassed ? 1 : 0
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    /// Lets what runs from now on take this long.
    func set(milliseconds: UInt64) {
        moment.store(QueryDeadline.now + milliseconds * 1_000_000, ordering: .relaxed)
    }

    /// Ends what is running; from any thread.
    func passNow() { moment.store(0, ordering: .relaxed) }

    private var hasPassed: Bool {
        let moment = moment.load(ordering: .relaxed)
        return moment != .max && QueryDeadline.now >= moment
    }

    private static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
