package import LinekeeperCore
import Logging

/// Ends the process because what is in the file is no longer certain. Returns only in tests.
package typealias FailStop = @Sendable (DomainError) -> Void

/// The writer's thread: groups what is queued into commits.
///
/// One commit waits once for the disk, however many mutations it holds. So under load the writer
/// takes all that has queued up during the commit before.
final class WriteLoop {
    private let writer: SQLiteWriter
    private let queue: Mailbox<Mutation>
    private let changeLog: RouteChangeLog
    private let checkpointer: Checkpointer
    private let counters: StoreCounters
    private let logger: Logger
    private var retention: OutcomeRetention
    private var schedule = CheckpointSchedule()
    private var logFile: LogFile
    /// The group at hand. After a failure it lives as long as the loop: a mutation that is let go of
    /// tells its caller that it has failed, which nobody can know then.
    private var batch: [Mutation] = []

    /// Mutations in one commit at most.
    static let batchMax = 512

    init(
        writer: SQLiteWriter, logFile: LogFile, queue: Mailbox<Mutation>,
        changeLog: RouteChangeLog, checkpointer: Checkpointer, counters: StoreCounters,
        logger: Logger
    ) throws(DomainError) {
        self.writer = writer
        self.logFile = logFile
        self.queue = queue
        self.changeLog = changeLog
        self.checkpointer = checkpointer
        self.counters = counters
        self.logger = logger
        retention = try OutcomeRetention(connection: writer.connection)
    }

    /// Runs until the queue is closed and empty.
    ///
    /// - Throws: when the file can no longer be trusted. Nobody whose change was being made is
    ///   answered then: whether it will be found in the file is unknown.
    func run() throws(DomainError) {
        while true {
            batch = queue.take(atMost: WriteLoop.batchMax)
            if batch.isEmpty { return }
            do throws(DomainError) {
                let outcomes = try transaction(batch)
                Failpoint.committed()
                publish(batch, outcomes)
            } catch {
                if let failure = writer.connection.fatalFailure { throw failure.error }
                try abandon(batch, error)
            }
            batch = []
            try copyLog()
        }
    }

    /// Runs the batch in one transaction and commits it.
    private func transaction(
        _ batch: [Mutation]
    ) throws(DomainError) -> [Result<[UInt8], DomainError>] {
        let connection = writer.connection
        var outcomes = try perform(batch, undoing: .withTransaction)
        if outcomes == nil {
            // Rules refuse before anything is written, so this is rare.
            try undo()
            outcomes = try perform(batch, undoing: .alone)
        }
        try retention.sweep(connection, mutations: batch.count, now: writer.request.at)
        if writer.lastEvent != changeLog.last {
            try connection.run(UpdateLastSequence(last: writer.lastEvent))
        }
        logFile.makeRoom(pages: connection.logPages)
        try connection.commit()
        return outcomes ?? []
    }

    /// Runs the batch in a new transaction; `nil` when one of it can only be undone with the others.
    private func perform(
        _ batch: [Mutation], undoing: SQLiteWriter.Undoing
    ) throws(DomainError) -> [Result<[UInt8], DomainError>]? {
        let connection = writer.connection
        try connection.run(Command.begin)
        var outcomes: [Result<[UInt8], DomainError>] = []
        outcomes.reserveCapacity(batch.count)
        for mutation in batch {
            let outcome = writer.perform(mutation, undoing: undoing)
            if let failure = connection.fatalFailure { throw failure.error }
            // A full disk: SQLite has undone the whole batch, and with it what went well.
            if !connection.isInTransaction { throw connection.latestError }
            guard let outcome else { return nil }
            outcomes.append(outcome)
        }
        return outcomes
    }

    /// Takes back what was not committed.
    private func undo() throws(DomainError) {
        if writer.connection.isInTransaction { try writer.connection.run(Command.rollback) }
        writer.forget(lastEvent: changeLog.last)
    }

    /// Shows a durable batch to readers, then answers everybody in it.
    private func publish(_ batch: [Mutation], _ outcomes: [Result<[UInt8], DomainError>]) {
        writer.routes.publish()
        changeLog.publish(writer.routeChanges, last: writer.lastEvent)
        writer.routeChanges.removeAll(keepingCapacity: true)
        counters.committed(outcomes.count)
        complete(zip(batch, outcomes))
    }

    /// Answers everybody, then tells each audience once: those of one caller stand together.
    private func complete(_ outcomes: some Sequence<(Mutation, Result<[UInt8], DomainError>)>) {
        var audience: (any CommitAudience)?
        for (mutation, outcome) in outcomes {
            mutation.completion(outcome)
            guard mutation.audience !== audience else { continue }
            audience?.commitEnded()
            audience = mutation.audience
        }
        audience?.commitEnded()
    }

    /// Undoes a batch that could not be committed and tells everybody in it.
    private func abandon(_ batch: [Mutation], _ error: DomainError) throws(DomainError) {
        try undo()
        logger.error(
            "A group of changes was not made.",
            metadata: ["changes": "\(batch.count)", "reason": "\(error.reason.rawValue)"])
        complete(batch.lazy.map { ($0, .failure(error)) })
    }

    private func copyLog() throws(DomainError) {
        let action = schedule.committed(logPages: writer.connection.logPages)
        switch action {
        case .nothing: return
        case .copyBeside: checkpointer.request()
        case .copyHere, .copyHereAndWarn:
            _ = try writer.connection.checkpoint(.passive)
            guard action == .copyHereAndWarn else { return }
            logger.warning(
                "The write-ahead log cannot be emptied: a long read holds it.",
                metadata: ["log_pages": "\(writer.connection.logPages)"])
        }
    }
}
