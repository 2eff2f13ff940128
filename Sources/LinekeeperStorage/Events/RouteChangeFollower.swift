public import LinekeeperCore
import Synchronization

extension SQLiteStore {
    public var lastEventSequence: Int64 { changeLog.last }

    public func routeChanges(
        after sequence: Int64, workspace: WorkspaceKey?
    ) async throws(DomainError) -> AsyncThrowingStream<[EventRecord], any Error> {
        let oldest = try await readRows { reader throws(DomainError) in
            try reader.connection.first(OldestEvent())
        }
        // Read after the oldest, which therefore cannot lie beyond it.
        let last = changeLog.last
        guard sequence >= (oldest ?? last + 1) - 1, sequence <= last else {
            throw DomainError(
                .resumeTokenTooOld,
                """
                The events after this resume token are not kept any more, or the token is another \
                server's. Read the routes anew and start without a token.
                """,
                facts: ["sequence": "\(sequence)"], field: "resume_token")
        }
        let follower = RouteChangeFollower(store: self, workspace: workspace, seen: sequence)
        return AsyncThrowingStream { try await follower.next() }
    }
}

/// One consumer's place in the route changes.
final class RouteChangeFollower: Sendable {
    private let store: SQLiteStore
    private let workspace: WorkspaceKey?
    /// The last event that was handed out or passed over.
    private let seen: Mutex<Int64>

    init(store: SQLiteStore, workspace: WorkspaceKey?, seen: Int64) {
        self.store = store
        self.workspace = workspace
        self.seen = Mutex(seen)
    }

    /// The next changes, never an empty list; `nil` at the end.
    func next() async throws(DomainError) -> [EventRecord]? {
        while !Task.isCancelled {
            let place = seen.withLock { $0 }
            switch store.changeLog.step(after: place, workspace: workspace) {
            case .deliver(let changes, let through):
                seen.withLock { $0 = through }
                if !changes.isEmpty { return changes }
            case .readTable(let through):
                let changes = try await readTable(after: place, through: through)
                if !changes.isEmpty { return changes }
            case .wait: await store.changeLog.waitForChange(after: place)
            case .end: return nil
            }
        }
        return nil
    }

    private func readTable(
        after place: Int64, through: Int64
    ) async throws(DomainError) -> [EventRecord] {
        let limit = RouteChangeLog.batchMax
        let query = RouteChangesAfter(
            sequence: place, workspace: workspace, limit: Int64(limit))
        let changes = try await store.readRows { reader throws(DomainError) in
            try reader.connection.all(query)
        }
        let last = changes.last?.sequence ?? place
        // A short answer was the whole rest, which reached at least as far as had been committed.
        seen.withLock { $0 = changes.count < limit ? max(last, through) : last }
        return changes
    }
}
