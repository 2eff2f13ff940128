import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperServices
import LinekeeperStorage
import LinekeeperTestSupport
import Testing

/// AssignmentService over a real store and real sockets: two workspaces, a token for each role.
struct AssignmentStage: Sendable {
    let store: SQLiteStore
    let clock: TestClock
    let tokens: TokenAuthenticator
    let rpc: TestRPC
    /// A manager of the workspace Acme.
    let manager: RPCClient
    let acme: WorkspaceRecord
    let other: WorkspaceRecord

    static func path(_ method: String) -> String { "/linekeeper.v1.AssignmentService/\(method)" }

    static func run(
        _ exclusivity: NumberExclusivity = .agent,
        _ body: @escaping @Sendable (AssignmentStage) async throws -> Void
    ) async throws {
        let folder = TestFolder()
        let clock = TestClock()
        let store = try SQLiteStore.open(directory: folder.path, clock: clock, logger: .quiet)
        defer { store.close() }
        let acme = try await addWorkspace(1, exclusivity, to: store, at: clock.now)
        let other = try await addWorkspace(2, exclusivity, to: store, at: clock.now)
        let context = ServiceContext(
            store: store, clock: clock, identifiers: RandomIdentifierSource(),
            pageTokens: try await PageTokens.load(from: store, at: clock.now))
        var methods = MethodTable()
        AssignmentService(context: context).register(in: &methods)
        let grants = [acme, other].flatMap { workspace in
            Role.allCases.map { grant($0, workspace, at: clock.now) }
        }
        let tokens = TokenAuthenticator(grants: grants, clock: clock)
        try await TestRPC.serve(methods, authenticator: tokens) { rpc in
            let manager = try rpc.client(token: token(.manager, acme))
            try await body(
                AssignmentStage(
                    store: store, clock: clock, tokens: tokens, rpc: rpc, manager: manager,
                    acme: acme, other: other))
            await manager.close()
        }
    }

    /// A client with the token of a role; an admin's is for every workspace.
    func client(_ role: Role, of workspace: WorkspaceRecord? = nil) throws -> RPCClient {
        try rpc.client(token: Self.token(role, workspace ?? acme))
    }

    private static func token(_ role: Role, _ workspace: WorkspaceRecord) -> String {
        "lk_\(role.word)_\(workspace.name)"
    }

    static func tokenID(_ role: Role, _ workspace: WorkspaceRecord) -> TokenID {
        TokenID(high: UInt64(role.rawValue), low: workspace.id.high)
    }

    private static func grant(
        _ role: Role, _ workspace: WorkspaceRecord, at now: Timestamp
    ) -> TokenGrant {
        let bound = role == .admin ? nil : workspace
        return TokenGrant(
            hash: TokenSecret.hash(token(role, workspace)),
            record: TokenRecord(
                id: tokenID(role, workspace), role: role, workspace: bound?.id,
                workspaceKey: bound?.key, label: "", hint: "", createdAt: now, expiresAt: nil,
                revokedAt: nil))
    }

    private static func addWorkspace(
        _ number: UInt64, _ exclusivity: NumberExclusivity, to store: SQLiteStore,
        at now: Timestamp
    ) async throws -> WorkspaceRecord {
        let id = WorkspaceID(high: number, low: 1)
        _ = try await store.perform(
            MutationRequest(workspace: nil, actor: "test", requestID: "setup", at: now)
        ) { writer throws(DomainError) in
            let draft = WorkspaceRecord(
                key: WorkspaceKey(rawValue: 0), id: id, name: "workspace \(number)",
                plan: .standard, featureFlags: [], monthlyAllowanceCredits: 0,
                exclusivity: exclusivity, allowedDestinations: [], createdAt: now)
            _ = try WorkspaceChanges.create(
                draft,
                firstEntry: CreditEntryID(
                    at: draft.createdAt, randomHigh: 0, randomLow: .random(in: 0 ... .max)),
                in: writer)
            return []
        }
        return try #require(
            try await store.read { reader throws(DomainError) in try reader.workspaceRecord(id) })
    }

    /// Adds a number and answers its id.
    @discardableResult
    func addNumber(
        _ index: UInt64, capabilities: Capabilities = [.voice, .sms],
        webhookMode: WebhookMode = .managed, in workspace: WorkspaceRecord? = nil
    ) async throws -> String {
        let id = NumberID(high: 5, low: index)
        let key = (workspace ?? acme).key
        let now = clock.now
        _ = try await store.perform(
            MutationRequest(workspace: key, actor: "test", requestID: "setup", at: now)
        ) { writer throws(DomainError) in
            let number = NewNumber(
                id: id, workspace: key, e164: try E164(Self.e164(index), field: "e164"),
                type: .local, capabilities: capabilities, origin: .imported, carrier: .sip,
                connection: nil, status: .active, webhookMode: webhookMode, createdAt: now)
            writer.routes.put(number.facts(try writer.insertNumber(number)))
            return []
        }
        return id.description
    }

    static func e164(_ index: UInt64) -> String { "+1415\(5_550_000 + index)" }

    // Calls as the manager of Acme, unless another client is given.

    @discardableResult
    func putAgents(
        _ names: [String], status: Proto.AgentStatus = .published, by client: RPCClient? = nil
    ) async throws -> Proto.PutAgentsResponse {
        let request = Proto.PutAgentsRequest.with {
            $0.agents = names.map { name in
                .with {
                    $0.agentID = name
                    $0.name = "Agent \(name)"
                    $0.status = status
                }
            }
        }
        return try await (client ?? manager).call(
            request, Self.path("PutAgents"), Proto.PutAgentsResponse.self)
    }

    static func update(
        _ number: String, _ edit: (inout Proto.UpdateAssignmentsRequest) -> Void
    ) -> Proto.UpdateAssignmentsRequest {
        .with {
            $0.numberID = number
            edit(&$0)
        }
    }

    @discardableResult
    func update(
        _ number: String, _ edit: (inout Proto.UpdateAssignmentsRequest) -> Void
    ) async throws -> Proto.UpdateAssignmentsResponse {
        try await manager.call(
            Self.update(number, edit), Self.path("UpdateAssignments"),
            Proto.UpdateAssignmentsResponse.self)
    }

    func updateRefusal(
        _ number: String, _ edit: (inout Proto.UpdateAssignmentsRequest) -> Void
    ) async -> Status? {
        await manager.refusal(Self.update(number, edit), Self.path("UpdateAssignments"))
    }
}

extension Proto.ProfileChange {
    static func agent(_ id: String) -> Self { .with { $0.change = .agentID(id) } }
    static var cleared: Self { .with { $0.change = .clear(true) } }
}
