package import LinekeeperCore

/// What a mutation reads and writes with, on the writer's thread.
package final class SQLiteWriter: StoreWriter {
    package let connection: SQLiteConnection
    package let routes: RouteDraft
    /// The mutation that is running.
    package var request: MutationRequest
    /// What followers of routing will be told at the commit.
    var routeChanges: [EventRecord] = []
    /// The sequence number of the last event appended.
    var lastEvent: Int64

    init(connection: SQLiteConnection, routes: RouteDraft, lastEvent: Int64) {
        self.connection = connection
        self.routes = routes
        self.lastEvent = lastEvent
        request = MutationRequest(
            workspace: nil, actor: "", requestID: "", at: Timestamp(microseconds: 0))
    }

    /// How a mutation that fails is taken back.
    enum Undoing {
        /// Alone: what the others in its transaction did stays.
        case alone
        /// With the whole transaction, if it has written anything. Cheaper: no page is copied before
        /// it is changed.
        case withTransaction
    }

    /// Runs a mutation so that it happens wholly or not at all, within the transaction that is open.
    ///
    /// - Returns: its outcome; `nil` when it failed and can only be undone with the transaction.
    func perform(
        _ mutation: Mutation, undoing: Undoing
    ) -> Result<[UInt8], DomainError>? {
        request = mutation.request
        do throws(DomainError) {
            if let outcome = try storedOutcome() { return outcome }
            let writes = connection.changeCount
            do throws(DomainError) {
                return .success(try isolated(mutation.body, undoing: undoing))
            } catch {
                guard undoing == .alone || connection.changeCount == writes else { return nil }
                throw error
            }
        } catch {
            return .failure(keeping(error))
        }
    }

    /// Forgets what the transaction at hand has changed in memory.
    func forget(lastEvent: Int64) {
        routes.discard()
        routeChanges.removeAll(keepingCapacity: true)
        self.lastEvent = lastEvent
    }

    private func isolated(
        _ body: (any StoreWriter) throws(DomainError) -> [UInt8], undoing: Undoing
    ) throws(DomainError) -> [UInt8] {
        let eventBefore = lastEvent
        let changesBefore = routeChanges.count
        if undoing == .alone { try connection.run(OpenSavepoint()) }
        routes.begin()
        do throws(DomainError) {
            let answer = try body(self)
            try store(answer: answer, refusal: nil)
            if undoing == .alone { try connection.run(ReleaseSavepoint()) }
            return answer
        } catch {
            routes.rollback()
            routeChanges.removeSubrange(changesBefore...)
            lastEvent = eventBefore
            // A full disk or a failing one may have ended the whole transaction already.
            if undoing == .alone, connection.isInTransaction, connection.fatalFailure == nil {
                try connection.run(Command.rollbackToSavepoint)
                try connection.run(ReleaseSavepoint())
            }
            throw error
        }
    }
}

/// Statements without parameters and rows.
struct Command: Query {
    let sql: String

    static let begin = Command(sql: "BEGIN IMMEDIATE")
    static let beginReading = Command(sql: "BEGIN")
    static let commit = Command(sql: "COMMIT")
    static let rollback = Command(sql: "ROLLBACK")
    static let rollbackToSavepoint = Command(sql: "ROLLBACK TO mutation")

    func bind(to binder: inout Binder) throws(DomainError) {}
    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

// Run for each of many mutations: a type of its own finds its statement at once.

private struct OpenSavepoint: Query {
    let sql = "SAVEPOINT mutation"
    func bind(to binder: inout Binder) throws(DomainError) {}
    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

private struct ReleaseSavepoint: Query {
    let sql = "RELEASE mutation"
    func bind(to binder: inout Binder) throws(DomainError) {}
    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}
