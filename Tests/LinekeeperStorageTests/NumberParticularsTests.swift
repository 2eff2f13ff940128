import LinekeeperCore
import Synchronization
import Testing

@testable import LinekeeperStorage

/// The writer puts a number together from routing facts and a part of its row; readers join it from
/// several. Nobody must be able to tell which of them answered.
@Suite struct NumberParticularsTests {
    private static func agent(_ id: String) -> String {
        "(SELECT agent_key FROM agent WHERE agent_id = '\(id)')"
    }

    @Test(arguments: [
        "UPDATE number SET label = 'Front desk', country_code = 'US', region_label = 'Ohio'",
        "UPDATE number SET type = 3, monthly_cost_credits = 500, renews_at = 7, order_id = 'o'",
        "UPDATE number SET origin = 1, carrier = 1, region = 'europe', webhook_mode = 1",
        "UPDATE number SET release_protected = 1, ring_timeout_override = 25, version = 9",
        "UPDATE number SET forwarded_from = '+14155550111,+14155550112', tags = ';a=b;c=d=e;'",
        "UPDATE number SET allowed_prefixes = '+1,+44', created_at = 5, updated_at = 6",
        "UPDATE number SET status = 4, release_at = 9",
        "UPDATE number SET status = 3, capabilities = 31",
        "UPDATE number SET inbound_agent = \(agent("ann")), outbound_agent = \(agent("bob"))",
        "UPDATE number SET outbound_agent = \(agent("ann")), outbound_enabled = 0",
        "UPDATE number SET sms_agent = \(agent("bob"))",
        "UPDATE number SET fallback_kind = 1, fallback_agent = \(agent("ann"))",
        "UPDATE number SET fallback_kind = 2, fallback_e164 = '+14155550113'",
        "UPDATE number SET fallback_kind = 3",
        "INSERT INTO outbound_lock VALUES (1, '', '', 'somebody', 1)",
        "INSERT INTO outbound_lock VALUES (1, '+14155550101', '', 'somebody', 1)",
        "INSERT INTO outbound_lock VALUES (1, '+14155550102', '', 'somebody', 1)",
    ])
    func `the writer's number is the readers'`(_ change: String) async throws {
        let directory = TestDirectory()
        let first = try directory.open()
        let workspace = try await first.makeWorkspace()
        let connection = try await first.makeConnection(in: workspace)
        _ = try await first.makeImport(14_155_550_101, id: 1, of: connection, in: workspace)
        let agents = try ["ann", "bob"].map {
            try AgentDescription(id: agentID($0), name: "Agent \($0)", status: .published)
        }
        _ = try await first.perform { writer throws(DomainError) in
            try AgentEdit.put(agents, in: workspace.key, through: writer)
        }
        _ = try await first.execute(change)
        first.close()

        // What is in memory is read from the changed rows.
        let store = try directory.open()
        defer { store.close() }
        let facts = try #require(store.routes.number(try e164(101)))
        let written = try await store.perform { writer throws(DomainError) in
            try writer.record(of: facts)
        }
        let read = try await store.read { reader throws(DomainError) in
            try reader.numberRecord(facts.key)
        }
        #expect(written == read)
        #expect(written.connection == connection.id)
    }

    @Test func `a number is as the mutation at hand has left it, on a connection just made`()
        async throws
    {
        let directory = TestDirectory()
        let store = try directory.open()
        defer { store.close() }
        let workspace = try await store.makeWorkspace()
        let agent = try AgentDescription(id: agentID("ann"), name: "Ann", status: .draft)
        let (ofFacts, ofRow) = try await store.perform {
            writer throws(DomainError) -> (NumberRecord, NumberRecord?) in
            let connection = try ConnectionChanges.add(
                ConnectionRecord(
                    key: ConnectionKey(rawValue: 0), id: ConnectionID(high: 9, low: 1),
                    workspace: workspace.id, carrier: .sip, name: "Trunk",
                    settings: ["termination_uri": "sip.example.com", "transport": "TLS"],
                    credentialHint: "", createdAt: .start),
                sealedCredentials: [1], workspace: workspace.key, in: writer)
            _ = try AgentEdit.put([agent], in: workspace.key, through: writer)
            let number = NewNumber(
                id: NumberID(high: 1, low: 1), workspace: workspace.key, e164: try e164(1),
                type: .local, capabilities: [.voice], origin: .imported, carrier: .sip,
                connection: connection.key, status: .active, webhookMode: .managed,
                createdAt: .start)
            writer.routes.put(number.facts(try writer.insertNumber(number)))
            let outcome = try AssignmentEdit.update(
                number.id, in: workspace.key, with: AssignmentChange(inbound: .assign(agent.id)),
                through: writer)
            return (
                try writer.record(of: outcome.number),
                try writer.numberRecord(outcome.number.key)
            )
        }
        #expect(ofFacts == ofRow)
        #expect(ofFacts.inbound?.name == "Ann")
        #expect(ofFacts.connection == ConnectionID(high: 9, low: 1))
    }

    @Test func `a number without a row is not made up`() async throws {
        let directory = TestDirectory()
        let store = try directory.open()
        defer { store.close() }
        let workspace = try await store.makeWorkspace()
        let facts = NumberFacts(
            e164: try e164(1), id: NumberID(high: 1, low: 1), key: NumberKey(rawValue: 1),
            workspace: workspace.key, connection: nil, version: 1, status: .active,
            capabilities: [.voice], origin: .imported, carrier: .sip, webhookMode: .managed)
        let error = await #expect(throws: DomainError.self) {
            try await store.perform { writer throws(DomainError) in try writer.record(of: facts) }
        }
        #expect(error?.reason == .corruptData)
    }
}
