import LinekeeperCore
import Testing

@testable import LinekeeperStorage

@Suite struct AssignmentStoreTests {
    @Test func `B024 B031 B203 a save changes row, table and log together`() async throws {
        let bench = try await AssignmentBench()
        try await bench.addAgents(["ann"])
        let number = try await bench.addNumber(1)
        let ann = try agentID("ann")
        let outcome = try await bench.save(
            number,
            AssignmentChange(
                inbound: .assign(ann), outbound: .assign(ann), sms: .assign(ann),
                outboundEnabled: false))
        #expect(outcome.number.version == 2)

        let record = try #require(try await bench.record(number))
        #expect(record.inbound == NumberRecord.AgentName(id: "ann", name: "ann"))
        #expect(record.outbound == record.inbound)
        #expect(record.sms == record.inbound)
        #expect(!record.outboundEnabled)
        #expect(record.version == 2)
        #expect(try await bench.facts(1) == outcome.number)

        let event = try #require(try await bench.events("assignments.updated").last)
        #expect(event.number == number)
        #expect(event.agentID == "ann")
        #expect(event.actor == "test")
        #expect(event.routeChange == .number)
        #expect(
            event.detailsJSON == #"{"before":{"inbound":null,"outbound":null,"sms":null,"#
                + #""outbound_enabled":true},"after":{"inbound":"ann","outbound":"ann","#
                + #""sms":"ann","outbound_enabled":false}}"#)
    }

    @Test func `a save that changes nothing leaves version and log`() async throws {
        let bench = try await AssignmentBench()
        try await bench.addAgents(["ann"])
        let number = try await bench.addNumber(1)
        let before = try await bench.events()
        _ = try await bench.save(number, AssignmentChange(sms: .clear))
        #expect(try await bench.record(number)?.version == 1)
        #expect(try await bench.events() == before)
    }

    @Test func `B024 a refused save leaves everything as it was`() async throws {
        let bench = try await AssignmentBench()
        try await bench.addAgents(["ann", "bob"])
        let number = try await bench.addNumber(1)
        let ann = try agentID("ann")
        let bob = try agentID("bob")
        _ = try await bench.save(number, AssignmentChange(sms: .assign(ann)))
        let facts = try await bench.facts(1)
        let events = try await bench.events()
        let refusal = await bench.refusal {
            [workspace = bench.workspace] writer throws(DomainError) in
            try AssignmentEdit.update(
                number, in: workspace,
                with: AssignmentChange(inbound: .assign(bob), sms: .assign(bob)), through: writer)
        }
        #expect(refusal?.reason == .profileTaken)
        #expect(try await bench.facts(1) == facts)
        #expect(try await bench.events() == events)
    }

    @Test func `B020 B026 an agent can be moved between numbers within one commit`() async throws {
        let bench = try await AssignmentBench()
        try await bench.addAgents(["ann"])
        let first = try await bench.addNumber(1)
        let second = try await bench.addNumber(2)
        let ann = try agentID("ann")
        _ = try await bench.save(first, AssignmentChange(inbound: .assign(ann)))
        _ = try await bench.write { [workspace = bench.workspace] writer throws(DomainError) in
            _ = try AssignmentEdit.update(
                first, in: workspace, with: AssignmentChange(inbound: .clear), through: writer)
            return try AssignmentEdit.update(
                second, in: workspace, with: AssignmentChange(inbound: .assign(ann)),
                through: writer)
        }
        #expect(try await bench.record(first)?.inbound == nil)
        #expect(try await bench.record(second)?.inbound?.id == "ann")
    }

    @Test func `B200 another workspace's number and agent are not there`() async throws {
        let bench = try await AssignmentBench()
        try await bench.addAgents(["ann"])
        try await bench.addAgents(["eve"], in: bench.other)
        let foreign = try await bench.addNumber(1, in: bench.other)
        let own = try await bench.addNumber(2)
        let eve = try agentID("eve")
        let workspace = bench.workspace
        let numberRefusal = await bench.refusal { writer throws(DomainError) in
            try AssignmentEdit.update(
                foreign, in: workspace, with: AssignmentChange(), through: writer)
        }
        let unknownRefusal = await bench.refusal { writer throws(DomainError) in
            try AssignmentEdit.update(
                NumberID(high: 9, low: 9), in: workspace, with: AssignmentChange(),
                through: writer)
        }
        #expect(numberRefusal?.reason == .numberNotFound)
        #expect(numberRefusal == unknownRefusal)
        let agentRefusal = await bench.refusal { writer throws(DomainError) in
            try AssignmentEdit.update(
                own, in: workspace, with: AssignmentChange(inbound: .assign(eve)),
                through: writer)
        }
        #expect(agentRefusal?.reason == .agentNotFound)
    }

    /// What the rules refuse, tried behind their back.
    @Test(arguments: [
        "UPDATE number SET inbound_agent = 1 WHERE number_key = 2",
        "UPDATE number SET outbound_agent = 1 WHERE number_key = 2",
        "UPDATE number SET sms_agent = 1 WHERE number_key = 2",
        "UPDATE number SET inbound_agent = 3 WHERE number_key = 2",
        "UPDATE number SET inbound_agent = 99 WHERE number_key = 2",
        "UPDATE number SET outbound_enabled = 0 WHERE number_key = 2",
        "UPDATE number SET outbound_agent = NULL, outbound_enabled = 0 WHERE number_key = 1",
        "UPDATE number SET status = 5 WHERE number_key = 1",
        "UPDATE number SET status = 1, inbound_agent = 2 WHERE number_key = 2",
        "DELETE FROM agent WHERE agent_key = 1",
        "UPDATE agent SET status = 4 WHERE agent_key = 1",
        "UPDATE agent SET agent_id = 'bob' WHERE agent_key = 1",
        "INSERT INTO outbound_lock (workspace_key, e164, locked_by, locked_at) VALUES (99, '', '', 0)",
    ])
    func `B021 I5 the store itself refuses what the rules refuse`(_ sql: String) async throws {
        let bench = try await AssignmentBench()
        try await bench.addAgents(["ann", "bob"])
        try await bench.addAgents(["eve"], in: bench.other)
        let first = try await bench.addNumber(1)
        try await bench.addNumber(2)
        let ann = try agentID("ann")
        _ = try await bench.save(
            first,
            AssignmentChange(
                inbound: .assign(ann), outbound: .assign(ann), sms: .assign(ann)))
        let refusal = await bench.refusal { writer throws(DomainError) in
            guard let writer = writer as? SQLiteWriter else {
                throw DomainError(.storageFailed, "another store")
            }
            return try writer.connection.run(SQL(sql))
        }
        #expect(refusal?.reason == .storageFailed)
        #expect(refusal?.facts["constraint"] != nil)
    }

    @Test func `a row that is not at the table's version is corrupt data, and nothing is written`()
        async throws
    {
        let bench = try await AssignmentBench()
        try await bench.addAgents(["ann"])
        let number = try await bench.addNumber(1)
        _ = try await bench.write { writer throws(DomainError) in
            guard let writer = writer as? SQLiteWriter else { return 0 }
            return try writer.connection.run(
                SQL("UPDATE number SET version = 5 WHERE number_key = 1"))
        }
        let ann = try agentID("ann")
        let refusal = await bench.refusal {
            [workspace = bench.workspace] writer throws(DomainError) in
            try AssignmentEdit.update(
                number, in: workspace, with: AssignmentChange(inbound: .assign(ann)),
                through: writer)
        }
        #expect(refusal?.reason == .corruptData)
        #expect(try await bench.facts(1)?.inbound == nil)
    }
}
