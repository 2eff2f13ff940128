import LinekeeperCore
import Synchronization
import Testing

@testable import LinekeeperStorage

/// A store in a directory of its own with one workspace, agents and numbers.
final class AssignmentBench: Sendable {
    let directory: TestDirectory
    let store: SQLiteStore
    let workspace: WorkspaceKey
    let other: WorkspaceKey

    init(exclusivity: NumberExclusivity = .agent) async throws {
        directory = TestDirectory()
        store = try directory.open()
        workspace = try await Self.makeWorkspace(1, exclusivity, in: store)
        other = try await Self.makeWorkspace(2, exclusivity, in: store)
    }

    deinit { store.close() }

    private static func makeWorkspace(
        _ number: UInt64, _ exclusivity: NumberExclusivity, in store: SQLiteStore
    ) async throws -> WorkspaceKey {
        try await store.perform { writer throws(DomainError) in
            try WorkspaceChanges.create(
                WorkspaceRecord(
                    key: WorkspaceKey(rawValue: 0), id: WorkspaceID(high: number, low: 1),
                    name: "workspace \(number)", plan: .standard, featureFlags: [],
                    monthlyAllowanceCredits: 0, exclusivity: exclusivity, allowedDestinations: [],
                    createdAt: .start),
                firstEntry: CreditEntryID(high: 1, low: number), in: writer
            ).key
        }
    }

    /// Runs one mutation and waits for its commit.
    func write<Answer: Sendable>(
        _ body: @escaping @Sendable (any StoreWriter) throws(DomainError) -> Answer
    ) async throws -> Answer {
        try await store.perform(body)
    }

    /// The refusal of a mutation, or `nil` when it is done.
    func refusal<Answer: Sendable>(
        _ body: @escaping @Sendable (any StoreWriter) throws(DomainError) -> Answer
    ) async -> DomainError? {
        do {
            _ = try await store.perform(body)
            return nil
        } catch {
            return error as? DomainError
        }
    }

    func addAgents(
        _ names: [String], status: AgentStatus = .published, in workspace: WorkspaceKey? = nil
    ) async throws {
        let workspace = workspace ?? self.workspace
        let agents = try names.map {
            try AgentDescription(id: agentID($0), name: $0, status: status)
        }
        _ = try await write { writer throws(DomainError) in
            try AgentEdit.put(agents, in: workspace, through: writer)
        }
    }

    /// Adds a number of the workspace; `index` makes its digits and its id.
    @discardableResult
    func addNumber(
        _ index: UInt64, capabilities: Capabilities = [.voice, .sms],
        in workspace: WorkspaceKey? = nil
    ) async throws -> NumberID {
        let id = NumberID(high: 1, low: index)
        let e164 = try e164(index)
        let number = NewNumber(
            id: id, workspace: workspace ?? self.workspace, e164: e164, type: .local,
            capabilities: capabilities, origin: .imported, carrier: .sip, connection: nil,
            status: .active, webhookMode: .managed, createdAt: .start)
        return try await write { writer throws(DomainError) in
            writer.routes.put(number.facts(try writer.insertNumber(number)))
            return id
        }
    }

    func save(_ number: NumberID, _ change: AssignmentChange) async throws -> AssignmentOutcome {
        let workspace = workspace
        return try await write { writer throws(DomainError) in
            try AssignmentEdit.update(number, in: workspace, with: change, through: writer)
        }
    }

    /// The routing facts of a number as the next mutation would see them.
    func facts(_ index: UInt64) async throws -> NumberFacts? {
        let e164 = try e164(index)
        return try await write { writer in writer.routes.number(e164) }
    }

    /// The number's row.
    func record(_ id: NumberID) async throws -> NumberRecord? {
        let workspace = workspace
        return try await store.read { reader throws(DomainError) in
            try reader.numberRecord(id, in: workspace)
        }
    }

    /// The audit log, oldest first.
    func events(_ action: String? = nil) async throws -> [EventRecord] {
        let workspace = workspace
        var filter = EventFilter()
        filter.action = action
        let asked = filter
        return try await store.read { reader throws(DomainError) in
            try reader.events(of: workspace, matching: asked, page: Page(size: 1_000, after: nil))
        }.rows.reversed()
    }
}

func agentID(_ text: String) throws(DomainError) -> AgentID {
    guard let id = AgentID(text) else { throw DomainError(.invalidArgument, text) }
    return id
}

func e164(_ index: UInt64) throws(DomainError) -> E164 {
    try E164("+1415\(5_550_000 + index)", field: "e164")
}

extension SQLiteStore {
    /// Runs a mutation and waits for its commit.
    func perform<Answer: Sendable>(
        _ body: @escaping @Sendable (any StoreWriter) throws(DomainError) -> Answer
    ) async throws -> Answer {
        let answer = Mutex<Answer?>(nil)
        let result = await withCheckedContinuation { continuation in
            write(
                Mutation(
                    request: MutationRequest(
                        workspace: nil, actor: "test", requestID: "req", at: .start),
                    body: { writer throws(DomainError) in
                        let made = try body(writer)
                        answer.withLock { $0 = made }
                        return []
                    },
                    completion: { continuation.resume(returning: $0) }))
        }
        _ = try result.get()
        return try #require(answer.withLock { $0 })
    }
}
