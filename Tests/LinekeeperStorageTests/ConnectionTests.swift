import LinekeeperCore
import Testing

@testable import LinekeeperStorage

@Suite struct ConnectionTests {
    private let directory = TestDirectory()

    @Test func `B140 a connection has a name of its own in its workspace`() async throws {
        let store = try directory.open()
        defer { store.close() }
        let one = try await store.makeWorkspace("One", id: 1)
        let two = try await store.makeWorkspace("Two", id: 2)
        let connection = try await store.makeConnection("Trunk", id: 1, in: one)
        let error = await #expect(throws: DomainError.self) {
            try await store.makeConnection("Trunk", id: 2, in: one)
        }
        #expect(error?.reason == .nameTaken)
        _ = try await store.makeConnection("Trunk", id: 3, in: two)
        let read = try await store.read { reader throws(DomainError) in
            try reader.connectionRecord(connection.id, in: one.key)
        }
        #expect(read == connection)
        // Another workspace's connection does not exist.
        let foreign = try await store.read { reader throws(DomainError) in
            try reader.connectionRecord(connection.id, in: two.key)
        }
        #expect(foreign == nil)
    }

    @Test(arguments: ["", "Main\u{9B}2J", "Main\u{2028}trunk", "Main\u{2029}", "Main\u{85}"])
    func `B140 a connection's name commands no terminal`(_ name: String) async throws {
        let store = try directory.open()
        defer { store.close() }
        let workspace = try await store.makeWorkspace()
        let error = await #expect(throws: DomainError.self) {
            try await store.makeConnection(name, in: workspace)
        }
        #expect(error?.reason == .invalidArgument)
        #expect(error?.field == "name")
    }

    @Test func `B143 importing a number twice keeps one`() async throws {
        let store = try directory.open()
        defer { store.close() }
        let workspace = try await store.makeWorkspace()
        let connection = try await store.makeConnection(in: workspace)
        let first = try await store.makeImport(14_155_550_100, id: 1, of: connection, in: workspace)
        let second = try await store.makeImport(
            14_155_550_100, id: 2, of: connection, in: workspace)
        #expect(first == .imported(NumberID(high: 5, low: 1), []))
        #expect(second == .alreadyImported(NumberID(high: 5, low: 1)))
        #expect(try await store.value("SELECT count(*) FROM number") == 1)
    }

    @Test func `a number is in one workspace only, and the refusal does not name the other`()
        async throws
    {
        let store = try directory.open()
        defer { store.close() }
        let one = try await store.makeWorkspace("One", id: 1)
        let two = try await store.makeWorkspace("Two", id: 2)
        let mine = try await store.makeConnection(id: 1, in: one)
        let theirs = try await store.makeConnection(id: 2, in: two)
        _ = try await store.makeImport(14_155_550_100, id: 1, of: mine, in: one)
        let error = await #expect(throws: DomainError.self) {
            try await store.makeImport(14_155_550_100, id: 2, of: theirs, in: two)
        }
        #expect(error?.reason == .numberHeldElsewhere)
        #expect(error?.facts == ["number": "+14155550100"])
        #expect(error?.message.contains("One") == false)
    }

    @Test func `a released number is kept from other workspaces for its quarantine`() async throws {
        let store = try directory.open()
        defer { store.close() }
        let one = try await store.makeWorkspace("One", id: 1)
        let two = try await store.makeWorkspace("Two", id: 2)
        let mine = try await store.makeConnection(id: 1, in: one)
        let theirs = try await store.makeConnection(id: 2, in: two)
        try await store.execute(
            "INSERT INTO quarantine VALUES ('+14155550100', $1, $2)", .integer(one.key.rawValue),
            .integer(Timestamp.start.adding(seconds: 86_400).microseconds))
        let early = await #expect(throws: DomainError.self) {
            try await store.makeImport(14_155_550_100, id: 1, of: theirs, in: two)
        }
        #expect(early?.reason == .numberQuarantined)
        _ = try await store.makeImport(
            14_155_550_100, id: 2, of: theirs, in: two,
            at: Timestamp.start.adding(seconds: 86_401))
        // Whoever released it may have it back at once.
        try await store.execute(
            "INSERT INTO quarantine VALUES ('+14155550101', $1, $2)", .integer(one.key.rawValue),
            .integer(Timestamp.start.adding(seconds: 86_400).microseconds))
        _ = try await store.makeImport(14_155_550_101, id: 3, of: mine, in: one)
    }

    @Test func `B148 a profile chosen in the import is assigned, or the number is not imported`()
        async throws
    {
        let store = try directory.open()
        defer { store.close() }
        let workspace = try await store.makeWorkspace()
        let connection = try await store.makeConnection(in: workspace)
        _ = try await store.make { writer throws(DomainError) in
            try AgentEdit.put(
                [try agent("anna")], in: workspace.key, through: writer)
        }
        var change = AssignmentChange()
        change.inbound = AgentID("anna").map { .assign($0) } ?? .keep
        _ = try await store.makeImport(
            14_155_550_100, id: 1, of: connection, in: workspace, assignments: change)
        let error = await #expect(throws: DomainError.self) {
            try await store.makeImport(
                14_155_550_101, id: 2, of: connection, in: workspace, assignments: change)
        }
        #expect(error?.reason == .agentHasNumber)
        #expect(try await store.value("SELECT count(*) FROM number") == 1)
        #expect(E164(digits: 14_155_550_101).flatMap { store.routes.number($0) } == nil)
    }

    @Test
    func
        `B150 disconnecting takes numbers, assignments and credentials, and B152 reconnecting is an import`()
        async throws
    {
        let store = try directory.open()
        let workspace = try await store.makeWorkspace()
        let connection = try await store.makeConnection(in: workspace)
        _ = try await store.make { writer throws(DomainError) in
            try AgentEdit.put(
                [try agent("anna")], in: workspace.key, through: writer)
        }
        var change = AssignmentChange()
        change.outbound = AgentID("anna").map { .assign($0) } ?? .keep
        _ = try await store.makeImport(
            14_155_550_100, id: 1, of: connection, in: workspace, assignments: change)
        let refused = await store.refusal { writer throws(DomainError) in
            _ = try ConnectionChanges.disconnect(
                connection.id, workspace: workspace.key, in: writer
            ) { _, _ in false }
        }
        #expect(refused?.reason == .stateChanged)
        #expect(store.routes.counts.numbers == 1)

        let removed = try await store.make { writer throws(DomainError) in
            try ConnectionChanges.disconnect(
                connection.id, workspace: workspace.key, in: writer
            ) { _, numbers in numbers.count == 1 }
        }
        #expect(removed == (1, 1))
        #expect(store.routes.counts.numbers == 0)
        #expect(try await store.value("SELECT count(*) FROM connection") == 0)
        let anna = AgentID("anna").flatMap { store.routes.agent($0, in: workspace.key) }
        #expect(anna != nil && anna?.outbound == nil)

        let again = try await store.makeConnection(id: 2, in: workspace)
        _ = try await store.makeImport(
            14_155_550_100, id: 2, of: again, in: workspace, assignments: change)
        store.close()
        let reopened = try directory.open()
        defer { reopened.close() }
        #expect(reopened.routes.differences(from: store.routes) == [])
    }
}
