import LinekeeperCore
import Testing

@testable import LinekeeperStorage

@Suite struct EngineLoadTests {
    let directory = TestDirectory()
    static let first = E164("+14155550100".utf8)
    static let second = E164("+493012345678".utf8)
    static let released = E164("+493012345679".utf8)

    private static let rows = """
        INSERT INTO workspace (workspace_key, workspace_id, name, plan, feature_flags,
            number_exclusivity, allowed_prefixes, created_at, updated_at, deleted_at)
        VALUES (3, 'wsp_00000000000000010000000000000003', 'Three', 2, 'a,b', 2, '+1,+49', 0, 0, NULL),
            (4, 'wsp_00000000000000010000000000000004', 'Gone', 1, '', 1, '', 0, 0, 9);
        INSERT INTO agent (agent_key, workspace_key, agent_id, name, status, outbound_configured,
            sms_enabled, updated_at)
        VALUES (10, 3, 'front', 'Front desk', 2, 1, NULL, 0),
            (12, 3, 'back', 'Back office', 3, NULL, 0, 0),
            (20, 3, 'idle', 'Idle', 1, NULL, NULL, 0);
        INSERT INTO connection (connection_key, connection_id, workspace_key, carrier, name, status,
            created_at, updated_at)
        VALUES (6, 'con_00000000000000010000000000000006', 3, 2, 'Main', 1, 0, 0);
        INSERT INTO number (number_key, number_id, workspace_key, e164, type, capabilities, origin,
            carrier, connection_key, status, webhook_mode, region, inbound_agent, outbound_agent,
            sms_agent, outbound_enabled, fallback_kind, fallback_agent, fallback_e164,
            ring_timeout_override, allowed_prefixes, created_at, updated_at, version)
        VALUES
            (1, 'num_00000000000000020000000000000001', 3, '+14155550100', 1, 3, 3, 2, 6, 2, 2,
                'europe', 10, 12, NULL, 0, 1, 12, '', 45, '+1415', 0, 0, 7),
            (2, 'num_00000000000000020000000000000002', 3, '+493012345678', 2, 1, 1, 2, NULL, 3, 1,
                '', NULL, NULL, 12, 1, 2, NULL, '+14155550100', NULL, '', 0, 0, 1),
            (3, 'num_00000000000000020000000000000003', 3, '+493012345679', 2, 1, 1, 2, NULL, 5, 1,
                '', NULL, NULL, NULL, 1, 0, NULL, '', NULL, '', 0, 0, 1);
        INSERT INTO outbound_lock (workspace_key, e164, locked_by, locked_at)
        VALUES (3, '', 'me', 0), (3, '+493012345678', 'me', 0);
        """

    private func loaded() async throws -> SQLiteStore {
        let store = try directory.open()
        _ = try await store.change { writer throws(DomainError) in
            try writer.connection.execute(EngineLoadTests.rows)
            return []
        }.get()
        store.close()
        return try directory.open()
    }

    @Test func `a start reads every live number with its agents`() async throws {
        let store = try await loaded()
        defer { store.close() }
        let workspace = WorkspaceKey(rawValue: 3)
        let first = try #require(EngineLoadTests.first.flatMap { store.routes.number($0) })
        #expect(first.id.description == "num_00000000000000020000000000000001")
        #expect(first.key == NumberKey(rawValue: 1))
        #expect(first.workspace == workspace)
        #expect(first.connection == ConnectionKey(rawValue: 6))
        #expect(first.version == 7)
        #expect(first.status == .active)
        #expect(first.capabilities == [.voice, .sms])
        #expect(first.origin == .imported)
        #expect(first.carrier == .telnyx)
        #expect(first.webhookMode == .managed)
        #expect(first.region == .europe)
        #expect(first.inbound?.idText == "front")
        #expect(first.inbound?.name == "Front desk")
        #expect(first.inbound?.outboundConfigured == true)
        #expect(first.outbound?.idText == "back")
        #expect(first.outbound?.status == .inactive)
        #expect(first.outbound?.smsEnabled == false)
        #expect(first.sms == nil)
        #expect(!first.outboundEnabled)
        #expect(first.ringTimeoutOverride == 45)
        #expect(first.extras?.allowedDestinations == [try #require(E164Prefix("+1415".utf8))])
        guard case .agent(let fallback) = first.extras?.fallback else {
            Issue.record("The fallback agent is missing.")
            return
        }
        #expect(fallback.idText == "back")

        let second = try #require(EngineLoadTests.second.flatMap { store.routes.number($0) })
        #expect(second.status == .pastDue)
        #expect(second.sms?.idText == "back")
        #expect(second.connection == nil)
        #expect(second.region == nil)
        #expect(second.outboundEnabled)
        #expect(second.extras?.fallback == EngineLoadTests.first.map(Fallback.forward))
        #expect(EngineLoadTests.released.flatMap { store.routes.number($0) } == nil)
    }

    @Test func `agents know the numbers they hold`() async throws {
        let store = try await loaded()
        defer { store.close() }
        let workspace = WorkspaceKey(rawValue: 3)
        func agent(_ id: String) throws -> AgentFacts? {
            store.routes.agent(try #require(AgentID(id)), in: workspace)
        }
        let front = try #require(try agent("front"))
        #expect(front.key == AgentKey(rawValue: 10))
        #expect(front.inbound == EngineLoadTests.first)
        #expect(front.outbound == nil)
        let back = try #require(try agent("back"))
        #expect(back.outbound == EngineLoadTests.first)
        #expect(back.sms == EngineLoadTests.second)
        #expect(back.fallbackCount == 1)
        let idle = try #require(try agent("idle"))
        #expect(idle.inbound == nil && idle.outbound == nil && idle.sms == nil)
        #expect(idle.fallbackCount == 0)
    }

    @Test func `workspaces come with their locks and limits`() async throws {
        let store = try await loaded()
        defer { store.close() }
        let facts = try #require(store.routes.workspace(WorkspaceKey(rawValue: 3)))
        #expect(facts.exclusivity == .profile)
        #expect(facts.plan == .unlimited)
        #expect(facts.featureFlags == ["a", "b"])
        #expect(facts.outboundLocked)
        #expect(facts.lockedNumbers == Set([EngineLoadTests.second].compactMap { $0 }))
        #expect(facts.allowedDestinations.map(\.description) == ["+1", "+49"])
        #expect(store.routes.workspace(WorkspaceKey(rawValue: 4)) == nil)
    }

    @Test(
        "a row this version cannot read keeps the store shut",
        arguments: [
            "UPDATE number SET number_id = 'num_1' WHERE number_key = 1",
            "UPDATE number SET e164 = '+49abcdefgh' WHERE number_key = 1",
            "UPDATE agent SET agent_id = 'a b' WHERE agent_key = 10",
            "UPDATE workspace SET workspace_id = 'three' WHERE workspace_key = 3",
            "UPDATE number SET inbound_agent = 11 WHERE number_key = 1",
            "UPDATE number SET inbound_agent = 20, workspace_key = 4 WHERE number_key = 1",
            "UPDATE number SET region = 'mars' WHERE number_key = 1",
            "UPDATE number SET allowed_prefixes = 'x' WHERE number_key = 1",
            "UPDATE workspace SET allowed_prefixes = '+1,x' WHERE workspace_key = 3",
            "UPDATE outbound_lock SET e164 = 'x' WHERE e164 <> ''",
            "UPDATE agent SET name = CAST(x'41FF' AS TEXT) WHERE agent_key = 12",
            "UPDATE agent SET agent_id = x'61' WHERE agent_key = 10",
            "UPDATE agent SET status = 9 WHERE agent_key = 12",
            "UPDATE number SET version = 'seven' WHERE number_key = 1",
            "UPDATE number SET number_id = x'00' WHERE number_key = 2",
            "UPDATE number SET outbound_enabled = 2 WHERE number_key = 1",
            "UPDATE number SET fallback_kind = 4, fallback_agent = NULL WHERE number_key = 1",
            "UPDATE number SET fallback_e164 = '+0' WHERE number_key = 2",
            "UPDATE number SET fallback_agent = 11 WHERE number_key = 1",
            "DROP INDEX number_live_e164; UPDATE number SET e164 = '+14155550100'",
        ])
    func unreadable(sql: String) async throws {
        try await loaded().close()
        let connection = try SQLiteConnection(path: directory.database, role: .writer)
        try connection.execute(
            "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; \(sql)")
        #expect(directory.refusal()?.reason == .corruptData)
    }
}
