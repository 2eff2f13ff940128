import LinekeeperCore
import Testing

@testable import LinekeeperStorage

@Suite struct AccessTests {
    /// A setting that cannot be.
    struct Setting: Sendable {
        let field: String
        let change: @Sendable (inout WorkspaceRecord) -> Void

        init(_ field: String, _ change: @escaping @Sendable (inout WorkspaceRecord) -> Void) {
            self.field = field
            self.change = change
        }
    }

    private let directory = TestDirectory()

    private func grant(
        _ role: Role, workspace: WorkspaceID?, id: UInt64 = 1, expiresAt: Timestamp? = nil
    ) -> TokenGrant {
        TokenGrant(
            hash: TokenHash([UInt8](repeating: UInt8(id), count: 32)),
            record: TokenRecord(
                id: TokenID(high: 3, low: id), role: role, workspace: workspace,
                workspaceKey: nil, label: "ci", hint: "abcd", createdAt: .start,
                expiresAt: expiresAt, revokedAt: nil))
    }

    @Test func `a workspace comes back as it was made, also after a restart`() async throws {
        let store = try directory.open()
        let made = try await store.makeWorkspace { draft in
            draft.featureFlags = ["flex_phone_self-serve"]
            draft.plan = .unlimited
            draft.monthlyAllowanceCredits = 1_000
            draft.exclusivity = .profile
            draft.allowedDestinations = [E164Prefix("+1".utf8), E164Prefix("+4930".utf8)]
                .compactMap(\.self)
        }
        let facts = store.routes.workspace(made.key)
        #expect(facts?.exclusivity == .profile)
        #expect(facts?.allowedDestinations.map(\.description) == ["+1", "+4930"])
        store.close()

        let reopened = try directory.open()
        defer { reopened.close() }
        let read = try await reopened.read { reader throws(DomainError) in
            try reader.workspaceRecord(made.id)
        }
        #expect(read == made)
        #expect(reopened.routes.workspace(made.key) == facts)
    }

    @Test(
        "settings that cannot be are refused, naming the field",
        arguments: [
            Setting("name") { $0.name = "" },
            Setting("name") { $0.name = String(repeating: "x", count: 101) },
            Setting("name") { $0.name = "a\nb" },
            Setting("name") { $0.name = "a\u{9B}2J" },
            Setting("name") { $0.name = "a\u{2029}" },
            Setting("feature_flags") { $0.featureFlags = ["has space"] },
            Setting("feature_flags") { $0.featureFlags = (0...32).map { "f\($0)" } },
            Setting("monthly_allowance_credits") { $0.monthlyAllowanceCredits = -1 },
            Setting("monthly_allowance_credits") { $0.monthlyAllowanceCredits = .max },
        ])
    func settingsRefused(setting: Setting) async throws {
        let store = try directory.open()
        defer { store.close() }
        let error = await #expect(throws: DomainError.self) {
            try await store.makeWorkspace("Fine", id: 1, setting.change)
        }
        #expect(error?.reason == .invalidArgument)
        #expect(error?.field == setting.field)
        let count = try await store.value("SELECT count(*) FROM workspace")
        #expect(count == 0)
    }

    @Test func `an update keeps the locks, grows the version and refuses a stale one`() async throws
    {
        let store = try directory.open()
        defer { store.close() }
        let workspace = try await store.makeWorkspace()
        try await store.make { writer throws(DomainError) in
            var facts = writer.routes.workspace(workspace.key)
            facts?.outboundLocked = true
            if let facts { writer.routes.put(facts) }
        }
        let updated = try await store.make { writer throws(DomainError) in
            try WorkspaceChanges.update(workspace.id, expectedVersion: 1, in: writer) {
                $0.name = "Acme Ltd"
            }
        }
        #expect(updated.version == 2)
        #expect(store.routes.workspace(workspace.key)?.outboundLocked == true)
        let stale = await store.refusal { writer throws(DomainError) in
            _ = try WorkspaceChanges.update(workspace.id, expectedVersion: 1, in: writer) {
                $0.name = "Other"
            }
        }
        #expect(stale?.reason == .versionMismatch)
    }

    @Test func `B022 exclusivity returns to AGENT only when no number is shared`() async throws {
        let store = try directory.open()
        defer { store.close() }
        let workspace = try await store.makeWorkspace { $0.exclusivity = .profile }
        let connection = try await store.makeConnection(in: workspace)
        _ = try await store.make { writer throws(DomainError) in
            try AgentEdit.put(
                [try agent("anna"), try agent("bob")], in: workspace.key, through: writer)
        }
        var assignments = AssignmentChange()
        assignments.inbound = AgentID("anna").map { .assign($0) } ?? .keep
        assignments.outbound = AgentID("bob").map { .assign($0) } ?? .keep
        _ = try await store.makeImport(
            14_155_550_100, id: 1, of: connection, in: workspace, assignments: assignments)
        let refused = await store.refusal { writer throws(DomainError) in
            _ = try WorkspaceChanges.update(workspace.id, expectedVersion: nil, in: writer) {
                $0.exclusivity = .agent
            }
        }
        #expect(refused?.reason == .profileTaken)
        #expect(refused?.field == "number_exclusivity")
    }

    @Test func `deleting a workspace needs its name and takes all it holds`() async throws {
        let store = try directory.open()
        let workspace = try await store.makeWorkspace()
        let connection = try await store.makeConnection(in: workspace)
        _ = try await store.makeImport(14_155_550_100, id: 1, of: connection, in: workspace)
        _ = try await store.make { [self] writer throws(DomainError) in
            try TokenChanges.issue(grant(.manager, workspace: workspace.id), in: writer)
        }
        let refused = await store.refusal { writer throws(DomainError) in
            _ = try WorkspaceChanges.delete(
                workspace.id, confirmName: "acme", releaseNumbers: false, in: writer)
        }
        #expect(refused?.reason == .confirmationMismatch)

        let remains = try await store.make { writer throws(DomainError) in
            try WorkspaceChanges.delete(
                workspace.id, confirmName: "Acme", releaseNumbers: false, in: writer
            ).remains
        }
        #expect(remains.numbers.map(\.description) == ["+14155550100"])
        #expect(remains.tokens.count == 1)
        #expect(store.routes.counts == (0, 0, 0))
        let live = try await store.value("SELECT count(*) FROM token WHERE revoked_at IS NULL")
        #expect(live == 0)
        let kept = try await store.value(
            "SELECT count(*) FROM event WHERE action LIKE 'workspace.%'")
        #expect(kept == 2)
        store.close()
        let reopened = try directory.open()
        defer { reopened.close() }
        #expect(reopened.routes.counts == (0, 0, 0))
    }

    @Test func `bought numbers leave with their workspace only when told to, and go back`()
        async throws
    {
        let store = try directory.open()
        defer { store.close() }
        let workspace = try await store.makeWorkspace()
        let connection = try await store.makeConnection(in: workspace)
        _ = try await store.makeImport(14_155_550_100, id: 1, of: connection, in: workspace)
        _ = try await store.makeImport(14_155_550_101, id: 2, of: connection, in: workspace)
        // A replaced secret must not hold its connection fast.
        try await store.execute(
            """
            INSERT INTO previous_secret (connection_key, sealed_credentials, replaced_at, expires_at)
            SELECT connection_key, x'00', 0, 1 FROM connection
            """)
        try await store.execute(
            """
            UPDATE number SET origin = 2, connection_key = NULL, status = 1,
                carrier_number_id = 'PN1' WHERE e164 = '+14155550100'
            """)
        func refusal(releasing: Bool) async -> DomainError? {
            await store.refusal { writer throws(DomainError) in
                _ = try WorkspaceChanges.delete(
                    workspace.id, confirmName: "Acme", releaseNumbers: releasing, in: writer)
            }
        }
        #expect(await refusal(releasing: false)?.reason == .workspaceNotEmpty)
        let pending = await refusal(releasing: true)
        #expect(pending?.reason == .workspaceNotEmpty)
        #expect(pending?.message.contains("still being bought") == true)

        try await store.execute("UPDATE number SET status = 2 WHERE status = 1")
        #expect(await refusal(releasing: false)?.reason == .workspaceNotEmpty)
        #expect(await refusal(releasing: true) == nil)
        #expect(store.routes.counts == (0, 0, 0))
        let tasks = try await store.value(
            "SELECT count(*) FROM carrier_task WHERE kind = 4 AND details LIKE '%PN1%'")
        #expect(tasks == 1)
        #expect(try await store.value("SELECT count(*) FROM carrier_task") == 1)
        #expect(
            try await store.value("SELECT count(*) FROM quarantine WHERE e164 = '+14155550100'")
                == 1)
    }

    @Test(
        "B201 a token's role fits its scope",
        arguments: [
            (Role.viewer, true, nil), (.runtime, true, nil), (.manager, true, nil),
            (.admin, true, "role"), (.viewer, false, "workspace_id"), (.runtime, false, nil),
            (.manager, false, "workspace_id"), (.admin, false, nil),
        ] as [(Role, Bool, String?)])
    func roleAndScope(role: Role, isBound: Bool, field: String?) async throws {
        let store = try directory.open()
        defer { store.close() }
        let workspace = try await store.makeWorkspace()
        let refused = await store.refusal { [self] writer throws(DomainError) in
            _ = try TokenChanges.issue(
                grant(role, workspace: isBound ? workspace.id : nil), in: writer)
        }
        #expect(refused?.field == field)
        #expect((refused == nil) == (field == nil))
    }

    @Test(arguments: [String(repeating: "x", count: 101), "ci\u{1B}[2J", "ci\u{9B}", "ci\u{2028}"])
    func `a token's label commands no terminal`(_ label: String) async throws {
        let store = try directory.open()
        defer { store.close() }
        let refused = await store.refusal { [self] writer throws(DomainError) in
            var draft = grant(.admin, workspace: nil)
            draft.record.label = label
            _ = try TokenChanges.issue(draft, in: writer)
        }
        #expect(refused?.reason == .invalidArgument)
        #expect(refused?.field == "label")
    }

    @Test func `B202 a revoked token stays revoked, and the last admin token cannot be`()
        async throws
    {
        let store = try directory.open()
        defer { store.close() }
        for id in [1, 2] as [UInt64] {
            _ = try await store.make { [self] writer throws(DomainError) in
                try TokenChanges.issue(grant(.admin, workspace: nil, id: id), in: writer)
            }
        }
        let first = try await store.make { writer throws(DomainError) in
            try TokenChanges.revoke(TokenID(high: 3, low: 1), in: writer)
        }
        #expect(first.revokedAt == .start)
        let again = try await store.make(at: Timestamp.start.adding(seconds: 60)) {
            writer throws(DomainError) in
            try TokenChanges.revoke(TokenID(high: 3, low: 1), in: writer)
        }
        #expect(again.revokedAt == .start)
        let last = await store.refusal { writer throws(DomainError) in
            _ = try TokenChanges.revoke(TokenID(high: 3, low: 2), in: writer)
        }
        #expect(last?.reason == .lastAdminToken)
        let live = try await store.read { reader throws(DomainError) in
            try reader.liveTokens()
        }
        #expect(live.map(\.record.id) == [TokenID(high: 3, low: 2)])
    }

    @Test func `a token that would never be valid is refused`() async throws {
        let store = try directory.open()
        defer { store.close() }
        let refused = await store.refusal { [self] writer throws(DomainError) in
            _ = try TokenChanges.issue(
                grant(.admin, workspace: nil, expiresAt: .start), in: writer)
        }
        #expect(refused?.field == "expires_at")
    }

    @Test func `lists of workspaces go on where they ended`() async throws {
        let store = try directory.open()
        defer { store.close() }
        for index in 1...5 as ClosedRange<UInt64> {
            _ = try await store.makeWorkspace("Shop \(index)%_!", id: index)
        }
        func page(_ text: String, after: PagePosition?) async throws -> PageOf<WorkspaceRecord> {
            try await store.read { reader throws(DomainError) in
                try reader.workspaces(text: text, page: Page(size: 2, after: after))
            }
        }
        let first = try await page("", after: nil)
        let second = try await page("", after: first.next)
        let third = try await page("", after: second.next)
        #expect((first.rows + second.rows + third.rows).map(\.id.low) == [1, 2, 3, 4, 5])
        #expect(third.next == nil)
        #expect(try await page("SHOP 3%_!", after: nil).rows.map(\.id.low) == [3])
        #expect(try await page("Shop %3", after: nil).rows.isEmpty)
    }
}
