import LinekeeperCore

/// The threads that answer queries, each with a connection of its own.
final class ReaderPool: Sendable {
    /// One query with its continuation.
    typealias Job = @Sendable (SQLiteReader) -> Void

    private let jobs: Mailbox<Job>
    private let threads: [WorkerThread]

    /// Queries that may wait for a thread.
    static let waitingMax = 16_384

    init(path: String, threadCount: Int, readMillisecondsMax: UInt64) throws(DomainError) {
        let jobs = Mailbox<Job>(capacity: ReaderPool.waitingMax)
        self.jobs = jobs
        var threads: [WorkerThread] = []
        do throws(DomainError) {
            for index in 1...max(1, threadCount) {
                let reader = SQLiteReader(
                    connection: try SQLiteConnection(path: path, role: .reader),
                    millisecondsMax: readMillisecondsMax)
                threads.append(
                    try WorkerThread(name: "reader \(index)") {
                        while let job = jobs.take(atMost: 1).first { job(reader) }
                    })
            }
        } catch {
            jobs.close()
            for thread in threads { thread.join() }
            throw error
        }
        self.threads = threads
    }

    /// Queries that wait for a thread.
    var waiting: Int { jobs.count }

    /// Runs a query on one of the threads.
    func read<Answer: Sendable>(
        _ body: @escaping @Sendable (SQLiteReader) throws(DomainError) -> Answer
    ) async throws(DomainError) -> Answer {
        let outcome = await withCheckedContinuation { continuation in
            let refusal = jobs.put { reader in
                continuation.resume(returning: reader.transaction(body))
            }
            guard let refusal else { return }
            continuation.resume(returning: Result<Answer, DomainError>.failure(refusal.ofRead))
        }
        return try outcome.get()
    }

    /// Answers what waits, then ends the threads.
    func close() {
        jobs.close()
        for thread in threads { thread.join() }
    }
}

extension Mailbox.Refusal {
    /// What a caller is told whose query was not taken.
    fileprivate var ofRead: DomainError {
        switch self {
        case .full:
            DomainError(
                .deadlineExceeded,
                "More queries wait than can be answered in time. Try again in a moment.",
                retryAfterMilliseconds: 500)
        case .closed: .shuttingDown
        }
    }

    /// What a caller is told whose change was not taken.
    var ofWrite: DomainError {
        switch self {
        case .full:
            DomainError(
                .tooManyWrites,
                "More changes wait than can be made in time. Try again in a moment.",
                retryAfterMilliseconds: 500)
        case .closed: .shuttingDown
        }
    }
}

extension DomainError {
    fileprivate static let shuttingDown = DomainError(
        .shuttingDown, "The server is shutting down. Send the request again, to another one.",
        retryAfterMilliseconds: 1000)
}
