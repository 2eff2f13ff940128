import LinekeeperCore
import Testing

@testable import LinekeeperStorage

@Suite struct AssignmentAgentTests {
    private func put(
        _ agents: [AgentDescription], in bench: AssignmentBench
    ) async throws -> AgentCounts {
        let workspace = bench.workspace
        return try await bench.write { writer throws(DomainError) in
            try AgentEdit.put(agents, in: workspace, through: writer)
        }
    }

    private func delete(_ name: String, in bench: AssignmentBench) async throws -> [NumberID] {
        let workspace = bench.workspace
        let id = try agentID(name)
        return try await bench.write { writer throws(DomainError) in
            try AgentEdit.delete(id, in: workspace, through: writer)
        }
    }

    /// Makes a number fall back to an agent, as a change of its settings would.
    private func fallBack(
        _ index: UInt64, to name: String, in bench: AssignmentBench
    ) async throws {
        let workspace = bench.workspace
        let id = try agentID(name)
        let number = try e164(index)
        try await bench.write { writer throws(DomainError) in
            guard let writer = writer as? SQLiteWriter,
                let agent = writer.routes.agent(id, in: workspace),
                var facts = writer.routes.number(number)
            else { throw DomainError(.agentNotFound, name) }
            facts.extras = NumberExtras(
                fallback: .agent(agent.binding), allowedDestinations: [])
            facts.version += 1
            try writer.connection.run(
                SQL(
                    """
                    UPDATE number SET fallback_kind = 1, version = version + 1,
                        fallback_agent = \(agent.key.rawValue)
                    WHERE number_key = \(facts.key.rawValue)
                    """))
            writer.routes.put(facts)
        }
    }

    @Test func `agents are created, changed and left alone, each counted`() async throws {
        let bench = try await AssignmentBench()
        let ann = try agentID("ann")
        let bob = try agentID("bob")
        let first = try await put(
            [
                AgentDescription(id: ann, name: "Ann", status: .draft),
                AgentDescription(id: bob, name: "Bob", status: .published, smsEnabled: true),
            ], in: bench)
        #expect([first.created, first.updated, first.unchanged] == [2, 0, 0])
        let second = try await put(
            [
                AgentDescription(id: ann, name: "Ann", status: .published),
                AgentDescription(id: bob, name: "Bob", status: .published, smsEnabled: true),
            ], in: bench)
        #expect([second.created, second.updated, second.unchanged] == [0, 1, 1])
        let workspace = bench.workspace
        let record = try await bench.store.read { reader throws(DomainError) in
            try reader.agent(ann, in: workspace)
        }
        #expect(record?.facts.status == .published)
        #expect(try await bench.events("agent.created").map(\.agentID) == ["ann", "bob"])
        #expect(try await bench.events("agent.updated").map(\.agentID) == ["ann"])
    }

    @Test func `an agent described twice in one request is refused, and none is changed`()
        async throws
    {
        let bench = try await AssignmentBench()
        let ann = try agentID("ann")
        let twice = [
            try AgentDescription(id: ann, name: "Ann", status: .draft),
            try AgentDescription(id: ann, name: "Anna", status: .draft),
        ]
        await #expect(throws: DomainError.self) { _ = try await put(twice, in: bench) }
        #expect(try await bench.events("agent.created").isEmpty)
    }

    @Test func `B062 a changed agent is changed in every number that names it`() async throws {
        let bench = try await AssignmentBench()
        try await bench.addAgents(["ann", "bob"])
        let first = try await bench.addNumber(1)
        let second = try await bench.addNumber(2)
        try await bench.addNumber(3)
        let ann = try agentID("ann")
        _ = try await bench.save(
            first, AssignmentChange(inbound: .assign(ann), outbound: .assign(ann)))
        _ = try await bench.save(second, AssignmentChange(sms: .assign(ann)))
        try await fallBack(3, to: "ann", in: bench)
        _ = try await put(
            [
                AgentDescription(
                    id: ann, name: "Ann Ω", status: .inactive, outboundConfigured: false)
            ], in: bench)
        let one = try #require(try await bench.facts(1))
        let two = try #require(try await bench.facts(2))
        let three = try #require(try await bench.facts(3))
        guard case .agent(let fallback) = three.extras?.fallback else {
            Issue.record("no fallback")
            return
        }
        for binding in [one.inbound, one.outbound, two.sms, fallback] {
            #expect(binding?.status == .inactive)
            #expect(binding?.name == "Ann Ω")
            #expect(binding?.outboundConfigured == false)
        }
        #expect(one.version == 2)
        #expect(try await bench.record(first)?.inbound?.name == "Ann Ω")
    }

    @Test func `B043 B063 deleting an agent clears its profiles, toggles and fallbacks`()
        async throws
    {
        let bench = try await AssignmentBench(exclusivity: .profile)
        try await bench.addAgents(["ann", "bob"])
        let first = try await bench.addNumber(1)
        let second = try await bench.addNumber(2)
        let ann = try agentID("ann")
        let bob = try agentID("bob")
        _ = try await bench.save(
            first,
            AssignmentChange(
                inbound: .assign(bob), outbound: .assign(ann), sms: .assign(ann),
                outboundEnabled: false))
        _ = try await bench.save(second, AssignmentChange(inbound: .assign(ann)))
        try await fallBack(1, to: "ann", in: bench)
        try await fallBack(2, to: "bob", in: bench)

        #expect(try await delete("ann", in: bench) == [second, first])
        let one = try #require(try await bench.facts(1))
        #expect(one.inbound?.idText == "bob")
        #expect(one.outbound == nil && one.sms == nil)
        #expect(one.outboundEnabled)
        #expect(one.extras == nil)
        let record = try #require(try await bench.record(first))
        #expect(record.outbound == nil && record.fallback == nil && record.outboundEnabled)
        #expect(record.version == one.version)
        guard case .agent(let kept) = try await bench.record(second)?.fallback else {
            Issue.record("the other agent's fallback is gone")
            return
        }
        #expect(kept.id == "bob")
        #expect(try await bench.events("agent.deleted").map(\.agentID) == ["ann"])
        #expect(
            try await bench.events("assignments.updated").suffix(2).map(\.agentID) == [
                "ann", "ann",
            ])
        await #expect(throws: DomainError.self) { _ = try await delete("ann", in: bench) }
        // The name is free again, for an agent that holds nothing.
        try await bench.addAgents(["ann"])
        _ = try await bench.save(first, AssignmentChange(outbound: .assign(ann)))
        #expect(try await bench.record(first)?.outbound?.id == "ann")
    }

    @Test func `agents are listed by name, page by page, and found by a part of it`() async throws {
        let bench = try await AssignmentBench()
        try await bench.addAgents(["delta", "Bravo", "alpha", "charlie"])
        _ = try await put(
            [AgentDescription(id: agentID("x"), name: "100%", status: .published)], in: bench)
        try await bench.addAgents(["zulu"], in: bench.other)
        try await bench.addAgents(["draft"], status: .draft)
        func list(_ filter: AgentFilter, size: Int) async throws -> [String] {
            let workspace = bench.workspace
            var names: [String] = []
            var after: PagePosition?
            for _ in 0..<20 {
                let page = Page(size: size, after: after)
                let rows = try await bench.store.read { reader throws(DomainError) in
                    try reader.agents(in: workspace, matching: filter, page: page)
                }
                #expect(rows.rows.count <= size)
                names += rows.rows.map(\.facts.name)
                after = rows.next
                if after == nil { break }
            }
            return names
        }
        let all = ["100%", "Bravo", "alpha", "charlie", "delta", "draft"]
        for size in [1, 2, 6, 7] { #expect(try await list(AgentFilter(), size: size) == all) }
        #expect(try await list(AgentFilter(text: "RAV"), size: 3) == ["Bravo"])
        #expect(try await list(AgentFilter(text: "0%"), size: 3) == ["100%"])
        #expect(try await list(AgentFilter(text: "_"), size: 3).isEmpty)
        #expect(try await list(AgentFilter(status: .draft), size: 3) == ["draft"])
    }

    @Test func `B032 numbers and their holders are listed by E.164`() async throws {
        let bench = try await AssignmentBench(exclusivity: .profile)
        try await bench.addAgents(["ann", "bob"])
        for index in [3, 1, 2] { try await bench.addNumber(UInt64(index)) }
        try await bench.addNumber(9, in: bench.other)
        let ann = try agentID("ann")
        let bob = try agentID("bob")
        _ = try await bench.save(
            NumberID(high: 1, low: 1),
            AssignmentChange(inbound: .assign(ann), sms: .assign(bob)))
        let workspace = bench.workspace
        let first = try await bench.store.read { reader throws(DomainError) in
            try reader.numberChoices(in: workspace, page: Page(size: 2, after: nil))
        }
        let next = first.next
        let second = try await bench.store.read { reader throws(DomainError) in
            try reader.numberChoices(in: workspace, page: Page(size: 2, after: next))
        }
        let rows = first.rows + second.rows
        #expect(rows.map(\.facts.id.low) == [1, 2, 3])
        #expect(second.next == nil)
        #expect(rows[0].facts.inbound?.idText == "ann")
        #expect(rows[0].facts.sms?.idText == "bob")
        #expect(rows[0].facts.outbound == nil)
        let one = try await bench.store.read { reader throws(DomainError) in
            try reader.numberChoice(NumberID(high: 1, low: 9), in: workspace)
        }
        #expect(one == nil)
    }
}
