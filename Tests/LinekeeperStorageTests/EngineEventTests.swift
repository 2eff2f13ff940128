import LinekeeperCore
import Testing

@testable import LinekeeperStorage

@Suite struct EngineEventTests {
    let directory = TestDirectory()

    private func tell(
        _ store: SQLiteStore, _ events: [NewEvent], at: Timestamp = .start
    ) async throws {
        _ = try await store.change(at: at) { writer throws(DomainError) in
            for event in events { try writer.append(event) }
            return []
        }.get()
    }

    private func list(
        _ store: SQLiteStore, _ workspace: WorkspaceKey, size: Int = 100,
        after: PagePosition? = nil, _ change: (inout EventFilter) -> Void = { _ in }
    ) async throws -> PageOf<EventRecord> {
        var filter = EventFilter()
        change(&filter)
        return try await store.read { [filter] reader throws(DomainError) in
            try reader.events(of: workspace, matching: filter, page: Page(size: size, after: after))
        }
    }

    @Test func `an event is read back as it was told`() async throws {
        let store = try directory.open()
        defer { store.close() }
        let workspace = try await store.addWorkspace("One")
        try await tell(
            store,
            [
                NewEvent(
                    "assignments.updated", workspace: workspace, number: TestID.number(7),
                    e164: E164("+14155550100".utf8), agent: AgentID("agent.1"),
                    detailsJSON: #"{"a":1}"#, routeChange: .number),
                NewEvent("number.labelled", workspace: workspace),
            ])
        let events = try await list(store, workspace).rows
        #expect(
            events == [
                EventRecord(
                    sequence: 2, at: .start, actor: "tok_test", requestID: "req_test",
                    action: "number.labelled", workspace: TestID.workspace("One"),
                    workspaceKey: workspace, number: nil, e164: nil, agentID: "", detailsJSON: "",
                    routeChange: nil),
                EventRecord(
                    sequence: 1, at: .start, actor: "tok_test", requestID: "req_test",
                    action: "assignments.updated", workspace: TestID.workspace("One"),
                    workspaceKey: workspace, number: TestID.number(7),
                    e164: E164("+14155550100".utf8), agentID: "agent.1", detailsJSON: #"{"a":1}"#,
                    routeChange: .number),
            ])
    }

    @Test func `pages go on behind the last row, whatever was added meanwhile`() async throws {
        let store = try directory.open()
        defer { store.close() }
        let workspace = try await store.addWorkspace("One")
        let other = try await store.addWorkspace("Two")
        for number in 0..<10 {
            try await tell(
                store,
                [
                    NewEvent("a.\(number)", workspace: workspace),
                    NewEvent("b.\(number)", workspace: other),
                ])
        }
        var seen: [String] = []
        var place: PagePosition?
        for _ in 0..<5 {
            let page = try await list(store, workspace, size: 3, after: place)
            seen += page.rows.map(\.action)
            place = page.next
            if place == nil { break }
            try await tell(store, [NewEvent("a.new", workspace: workspace)])
        }
        #expect(seen == (0..<10).reversed().map { "a.\($0)" })
        #expect(place == nil)
    }

    @Test func `every part of a filter must match`() async throws {
        let store = try directory.open()
        defer { store.close() }
        let workspace = try await store.addWorkspace("One")
        let number = TestID.number(1)
        let later = Timestamp.start.adding(seconds: 10)
        let agent = AgentID("a")
        try await tell(
            store,
            [
                NewEvent("x.made", workspace: workspace, number: number),
                NewEvent("x.mad", workspace: workspace, agent: agent),
            ])
        try await tell(
            store, [NewEvent("y_made", workspace: workspace, number: number, agent: agent)],
            at: later)
        func sequences(_ change: (inout EventFilter) -> Void) async throws -> [Int64] {
            try await list(store, workspace, change).rows.map(\.sequence)
        }
        #expect(try await sequences { $0.number = number } == [3, 1])
        #expect(try await sequences { $0.agentID = "a" } == [3, 2])
        #expect(
            try await sequences {
                $0.number = number; $0.agentID = "a"
            } == [3])
        #expect(try await sequences { $0.action = "x.mad" } == [2])
        #expect(
            try await sequences {
                $0.action = "x.m"; $0.actionIsPrefix = true
            } == [2, 1])
        #expect(
            try await sequences {
                $0.action = "%"; $0.actionIsPrefix = true
            } == [])
        #expect(
            try await sequences {
                $0.actor = "tok_test"; $0.from = later
            } == [3])
        #expect(try await sequences { $0.until = later } == [2, 1])
        #expect(try await sequences { $0.actor = "somebody" } == [])
    }
}

@Suite struct EngineRouteChangeTests {
    let directory = TestDirectory()

    /// Tells of `count` route changes of a workspace, one commit each or all in one.
    private func tell(
        _ store: SQLiteStore, _ workspace: WorkspaceKey?, count: Int,
        kind: RouteChangeKind? = .number, inOne: Bool = false
    ) async throws {
        let each = inOne ? count : 1
        for _ in 0..<(count / each) {
            _ = try await store.change { writer throws(DomainError) in
                for _ in 0..<each {
                    try writer.append(
                        NewEvent("test.told", workspace: workspace, routeChange: kind))
                }
                return []
            }.get()
        }
    }

    /// Takes events until there are as many as expected.
    private func take(
        _ count: Int, from stream: AsyncThrowingStream<[EventRecord], any Error>
    ) async throws -> [Int64] {
        var sequences: [Int64] = []
        for try await batch in stream {
            #expect(!batch.isEmpty)
            sequences += batch.map(\.sequence)
            if sequences.count >= count { break }
        }
        return sequences
    }

    @Test func `changes come in commit order, without gap or repeat`() async throws {
        let store = try directory.open()
        defer { store.close() }
        let stream = try await store.routeChanges(after: 0, workspace: nil)
        async let taken = take(60, from: stream)
        try await tell(store, nil, count: 20)
        try await tell(store, nil, count: 40, inOne: true)
        #expect(try await taken == Array(1...60))
    }

    @Test func `only route changes of the workspace are told`() async throws {
        let store = try directory.open()
        defer { store.close() }
        let one = try await store.addWorkspace("One")
        let two = try await store.addWorkspace("Two")
        try await tell(store, one, count: 2)
        try await tell(store, two, count: 2)
        try await tell(store, one, count: 2, kind: nil)
        try await tell(store, one, count: 1)
        let stream = try await store.routeChanges(after: 0, workspace: one)
        #expect(try await take(3, from: stream) == [1, 2, 7])
    }

    @Test func `a follower goes on where it left, also after a restart`() async throws {
        let first = try directory.open()
        let one = try await first.addWorkspace("One")
        let two = try await first.addWorkspace("Two")
        try await tell(first, one, count: 700, inOne: true)
        try await tell(first, two, count: 5, inOne: true)
        try await tell(first, one, count: 5, inOne: true)
        first.close()

        let store = try directory.open()
        defer { store.close() }
        // From the table up to the restart, from memory after it.
        try await tell(store, one, count: 3)
        let stream = try await store.routeChanges(after: 100, workspace: one)
        #expect(
            try await take(608, from: stream) == Array(101...700) + Array(706...710)
                + Array(711...713))
        let all = try await store.routeChanges(after: 699, workspace: nil)
        #expect(try await take(14, from: all) == Array(700...713))
    }

    @Test func `a slow follower falls back on the table and misses nothing`() async throws {
        let store = try directory.open()
        defer { store.close() }
        let workspace = try await store.addWorkspace("One")
        let stream = try await store.routeChanges(after: 0, workspace: workspace)
        var iterator = stream.makeAsyncIterator()
        try await tell(store, workspace, count: 1)
        var seen = try #require(await iterator.next()).map(\.sequence)
        // More than is kept in memory, while nobody takes anything.
        try await tell(store, workspace, count: 10_000, inOne: true)
        guard case .readTable = store.changeLog.step(after: 1, workspace: workspace) else {
            Issue.record("Everything is still kept in memory.")
            return
        }
        while seen.count < 10_001, let batch = try await iterator.next() {
            seen += batch.map(\.sequence)
        }
        #expect(seen == Array(1...10_001))
    }

    @Test(
        "a place that is not in the log is refused", arguments: [-1, 11, .max] as [Int64])
    func tooOld(sequence: Int64) async throws {
        let store = try directory.open()
        defer { store.close() }
        try await tell(store, nil, count: 10, inOne: true)
        await #expect {
            _ = try await store.routeChanges(after: sequence, workspace: nil)
        } throws: {
            ($0 as? DomainError)?.reason == .resumeTokenTooOld
        }
    }

    @Test func `a place whose events are gone is refused`() async throws {
        let store = try directory.open()
        defer { store.close() }
        try await tell(store, nil, count: 10, inOne: true)
        try await store.execute("DELETE FROM event WHERE sequence <= 5")
        await #expect {
            _ = try await store.routeChanges(after: 4, workspace: nil)
        } throws: {
            ($0 as? DomainError)?.reason == .resumeTokenTooOld
        }
        let stream = try await store.routeChanges(after: 5, workspace: nil)
        #expect(try await take(5, from: stream) == Array(6...10))
    }

    @Test func `no number is given to two events, though the first is gone after a restart`()
        async throws
    {
        let first = try directory.open()
        try await tell(first, nil, count: 10, inOne: true)
        try await first.execute("DELETE FROM event")
        first.close()
        let store = try directory.open()
        defer { store.close() }
        #expect(store.lastEventSequence == 10)
        try await tell(store, nil, count: 1, inOne: true)
        #expect(try await store.value("SELECT sequence FROM event") == 11)
    }

    @Test func `nothing is told of a change that was undone`() async throws {
        let store = try directory.open()
        defer { store.close() }
        let outcomes = Outcomes()
        let hold = store.holdWriter()
        for number in 0..<4 {
            store.write(
                Mutation(
                    { writer throws(DomainError) in
                        try writer.append(
                            NewEvent("test.\(number)", workspace: nil, routeChange: .number))
                        if number == 3 { throw DomainError(.stateChanged, "No.") }
                        return []
                    }, then: outcomes.completion))
        }
        hold.release()
        #expect(outcomes.wait(for: 4))
        try await tell(store, nil, count: 1)
        let stream = try await store.routeChanges(after: 0, workspace: nil)
        var actions: [String] = []
        for try await batch in stream {
            actions += batch.map(\.action)
            if actions.count >= 4 { break }
        }
        #expect(actions == ["test.0", "test.1", "test.2", "test.told"])
    }

    @Test func `followers end when the store closes, having seen everything`() async throws {
        let store = try directory.open()
        let stream = try await store.routeChanges(after: 0, workspace: nil)
        async let all = stream.reduce(into: [Int64]()) { $0 += $1.map(\.sequence) }
        try await tell(store, nil, count: 5)
        store.close()
        #expect(try await all == Array(1...5))
    }

    @Test func `a cancelled follower ends at once`() async throws {
        let store = try directory.open()
        defer { store.close() }
        let stream = try await store.routeChanges(after: 0, workspace: nil)
        let following = Task {
            var count = 0
            for try await _ in stream { count += 1 }
            return count
        }
        try await tell(store, nil, count: 1)
        following.cancel()
        let count = try await following.value
        #expect(count <= 1)
    }
}
