import LinekeeperCore
import Testing

@testable import LinekeeperStorage

/// A store with one workspace, and what tests of numbers do with it.
struct NumberDesk {
    let directory = TestDirectory()
    let store: SQLiteStore
    let workspace: WorkspaceKey

    init() async throws {
        store = try directory.open()
        workspace = try await NumberDesk.addWorkspace("Acme", to: store)
    }

    static func addWorkspace(_ name: String, to store: SQLiteStore) async throws -> WorkspaceKey {
        let id = TestID.workspace(name)
        _ = try await store.change { writer throws(DomainError) in
            let draft = WorkspaceRecord(
                key: WorkspaceKey(rawValue: 0), id: id, name: name, plan: .standard,
                featureFlags: [], monthlyAllowanceCredits: 0, exclusivity: .agent,
                allowedDestinations: [], createdAt: .start)
            _ = try WorkspaceChanges.create(
                draft,
                firstEntry: CreditEntryID(
                    at: draft.createdAt, randomHigh: 0, randomLow: .random(in: 0 ... .max)),
                in: writer)
            return []
        }.get()
        return try #require(store.routes.workspace(id)).key
    }

    func close() { store.close() }

    /// Runs a change and throws its refusal.
    func change(
        at: Timestamp = .start,
        _ body: @escaping @Sendable (SQLiteWriter) throws(DomainError) -> Void
    ) async throws(DomainError) {
        _ = try await store.change(workspace: workspace, at: at) { writer throws(DomainError) in
            try body(writer)
            return []
        }.get()
    }

    func refusal(
        at: Timestamp = .start,
        _ body: @escaping @Sendable (SQLiteWriter) throws(DomainError) -> Void
    ) async -> DomainError? {
        do {
            try await change(at: at, body)
            return nil
        } catch { return error }
    }

    /// Adds a number; `edit` describes it.
    @discardableResult
    func addNumber(
        _ text: String, id: UInt64, in other: WorkspaceKey? = nil,
        _ edit: @escaping @Sendable (inout NewNumber) -> Void = { _ in }
    ) async throws -> NumberID {
        let e164 = try #require(E164(text.utf8))
        let workspace = other ?? workspace
        try await change { writer throws(DomainError) in
            var number = NewNumber(
                id: TestID.number(id), workspace: workspace, e164: e164, type: .local,
                capabilities: [.voice, .sms], origin: .imported, carrier: .sip, connection: nil,
                status: .active, webhookMode: .outboundOnly,
                createdAt: Timestamp.start.adding(seconds: Int64(id)))
            edit(&number)
            let key = try writer.insertNumber(number)
            writer.routes.put(number.facts(key))
        }
        return TestID.number(id)
    }

    @discardableResult
    func addAgent(_ text: String) async throws -> AgentID {
        let id = try #require(AgentID(text))
        let workspace = workspace
        try await change { writer throws(DomainError) in
            let agent = try AgentDescription(id: id, name: "Agent \(text)", status: .published)
            _ = try AgentEdit.put([agent], in: workspace, through: writer)
        }
        return id
    }

    func assign(_ number: NumberID, _ edit: @escaping @Sendable (inout AssignmentChange) -> Void)
        async throws
    {
        let workspace = workspace
        try await change { writer throws(DomainError) in
            var change = AssignmentChange()
            edit(&change)
            _ = try AssignmentEdit.update(number, in: workspace, with: change, through: writer)
        }
    }

    func update(_ number: NumberID, _ edit: @escaping @Sendable (inout NumberChange) -> Void)
        async throws
    {
        let workspace = workspace
        try await change { writer throws(DomainError) in
            var change = NumberChange()
            edit(&change)
            _ = try NumberEdit.update(number, in: workspace, with: change, through: writer)
        }
    }

    func release(
        _ number: NumberID, confirm: String, at: Timestamp = .start, notBefore: Timestamp? = nil
    ) async -> DomainError? {
        let workspace = workspace
        return await refusal(at: at) { writer throws(DomainError) in
            _ = try NumberRelease.request(
                number, in: workspace, confirmation: confirm, notBefore: notBefore,
                through: writer)
        }
    }

    func record(_ number: NumberID) async throws -> NumberRecord {
        let workspace = workspace
        return try #require(
            try await store.read { reader throws(DomainError) in
                try reader.numberRecord(number, in: workspace)
            })
    }

    /// The numbers of a list, read page by page.
    func list(
        _ filter: NumberFilter = NumberFilter(),
        by order: NumberOrder = NumberOrder(by: .createdAt),
        pageSize: Int = 1_000, between: () async throws -> Void = {}
    ) async throws -> [String] {
        let workspace = workspace
        var found: [String] = []
        var position: PagePosition?
        for _ in 0..<1_000 {
            let page = Page(size: pageSize, after: position)
            let rows = try await store.read { reader throws(DomainError) in
                try reader.numbers(of: workspace, matching: filter, by: order, page: page)
            }
            found += rows.rows.map(\.e164.description)
            position = rows.next
            guard position != nil else { return found }
            try await between()
        }
        Issue.record("The list does not end")
        return found
    }

    func events() async throws -> [EventRecord] {
        let workspace = workspace
        return try await store.read { reader throws(DomainError) in
            try reader.events(
                of: workspace, matching: EventFilter(), page: Page(size: 1_000, after: nil))
        }.rows
    }

    /// How SQLite would run a query.
    func plan<Q: Query & Sendable>(_ query: Q) async throws -> String {
        try await store.readRows { reader throws(DomainError) in
            try reader.connection.all(ExplainQueryPlan(query: query))
        }.joined(separator: "\n")
    }
}

struct ExplainQueryPlan<Explained: Query>: Query {
    let query: Explained
    var sql: String { "EXPLAIN QUERY PLAN \(query.sql)" }

    func bind(to binder: inout Binder) throws(DomainError) { try query.bind(to: &binder) }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> String {
        try columns.string(3)
    }
}
