public import LinekeeperCore
import Logging
import Synchronization

/// The store in one SQLite file.
///
/// One thread writes, a few read, one copies the write-ahead log. Each owns its connection; what
/// they share is here. ``close()`` ends them; a store that is dropped without it keeps them.
public final class SQLiteStore: Store {
    public let routes: RouteTable
    let changeLog: RouteChangeLog
    private let directory: StoreDirectory
    private let writes: Mailbox<Mutation>
    private let readers: ReaderPool
    private let checkpointer: Checkpointer
    private let counters: StoreCounters
    private let writer: WorkerThread
    private let check: BackgroundCheck?
    private let logger: Logger
    /// Whether the file can no longer be trusted.
    private let hasFailed: SharedFlag
    private let isClosed = SharedFlag()

    init(parts: StoreParts, writer: WorkerThread, check: BackgroundCheck?) {
        routes = parts.routes
        changeLog = parts.changeLog
        directory = parts.directory
        writes = parts.writes
        readers = parts.readers
        checkpointer = parts.checkpointer
        counters = parts.counters
        logger = parts.logger
        hasFailed = parts.hasFailed
        self.writer = writer
        self.check = check
    }

    /// Queues a mutation; returns at once.
    ///
    /// One that is not taken is refused here, on the caller's thread: with `tooManyWrites` when
    /// 16,384 wait already, with `shuttingDown` after ``close()``.
    public func write(_ mutation: Mutation) {
        guard let refusal = writes.put(mutation) else { return }
        mutation.completion(.failure(refusal.ofWrite))
        mutation.audience?.commitEnded()
    }

    public func read<Answer: Sendable>(
        _ body: @escaping @Sendable (any StoreReader) throws(DomainError) -> Answer
    ) async throws(DomainError) -> Answer {
        try await readers.read(body)
    }

    /// As ``read(_:)``, for queries of the storage's own.
    func readRows<Answer: Sendable>(
        _ body: @escaping @Sendable (SQLiteReader) throws(DomainError) -> Answer
    ) async throws(DomainError) -> Answer {
        try await readers.read(body)
    }

    /// What the store has done and holds now.
    public var statistics: StoreStatistics {
        let bytes = directory.bytes
        return StoreStatistics(
            commits: counters.commits, mutations: counters.mutations, writesQueued: writes.count,
            readsQueued: readers.waiting, lastSequence: changeLog.last,
            databaseBytes: bytes.database, logBytes: bytes.log)
    }

    /// Makes and answers what is queued, ends the threads, folds the write-ahead log into the
    /// database file and gives the directory free. Blocks meanwhile; whatever comes later is refused
    /// with `shuttingDown`. A second call does nothing.
    public func close() {
        guard isClosed.raise() else { return }
        writes.close()
        writer.join()
        changeLog.close()
        readers.close()
        check?.end()
        checkpointer.close()
        if !hasFailed.isRaised {
            do throws(DomainError) {
                try checkpointer.emptyLog()
            } catch {
                logger.warning(
                    "The write-ahead log stays beside the database; the next start reads it.",
                    metadata: ["reason": "\(error.message)"])
            }
        }
        directory.unlock()
    }
}

/// Something that happens once, seen by every thread.
final class SharedFlag: Sendable {
    private let state = Atomic<Bool>(false)
    var isRaised: Bool { state.load(ordering: .acquiring) }

    /// Answers whether this call raised it.
    @discardableResult
    func raise() -> Bool {
        !state.exchange(true, ordering: .acquiringAndReleasing)
    }
}
