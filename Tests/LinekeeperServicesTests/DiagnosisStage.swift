import LinekeeperCarriers
import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperServices
import LinekeeperStorage
import LinekeeperTestSupport
import Testing

/// DiagnoseNumber and the hot calls it explains, over a real store and real sockets.
struct DiagnosisStage: Sendable {
    static let service = "/linekeeper.v1.AssignmentService/"

    let store: SQLiteStore
    let clock: TestClock
    let rpc: TestRPC
    let viewer: RPCClient
    let runtime: RPCClient
    let acme: WorkspaceRecord
    let other: WorkspaceRecord

    static func run(
        _ body: @escaping @Sendable (DiagnosisStage) async throws -> Void
    ) async throws {
        let folder = TestFolder()
        let clock = TestClock()
        let store = try SQLiteStore.open(directory: folder.path, clock: clock, logger: .quiet)
        defer { store.close() }
        let acme = try await addWorkspace(1, to: store, at: clock.now)
        let other = try await addWorkspace(2, to: store, at: clock.now)
        let context = ServiceContext(
            store: store, clock: clock, identifiers: RandomIdentifierSource(),
            pageTokens: try await PageTokens.load(from: store, at: clock.now))
        let refusals = RefusalMemory()
        var methods = MethodTable()
        let connections = Connections(
            context: context, adapters: [SIPCarrier()],
            secrets: SecretBox(masterKey: Array(repeating: 7, count: 32), version: 1))
        DiagnosisService(
            context: context, refusals: refusals,
            carriers: CarrierTasks(context: context, connections: connections, webhooks: nil)
        ).register(in: &methods)
        HotCalls(
            routes: store.routes, ringTimeouts: RingTimeouts(), refusals: refusals, clock: clock
        ).register(in: &methods)
        let grants = [acme, other].flatMap { workspace in
            Role.allCases.map { grant($0, workspace, at: clock.now) }
        }
        let tokens = TokenAuthenticator(grants: grants, clock: clock)
        try await TestRPC.serve(methods, authenticator: tokens) { rpc in
            let viewer = try rpc.client(token: token(.viewer, acme))
            let runtime = try rpc.client(token: token(.runtime, acme))
            try await body(
                DiagnosisStage(
                    store: store, clock: clock, rpc: rpc, viewer: viewer, runtime: runtime,
                    acme: acme, other: other))
            await viewer.close()
            await runtime.close()
        }
    }

    func client(_ role: Role, of workspace: WorkspaceRecord) throws -> RPCClient {
        try rpc.client(token: Self.token(role, workspace))
    }

    private static func token(_ role: Role, _ workspace: WorkspaceRecord) -> String {
        "lk_\(role.word)_\(workspace.id)"
    }

    private static func grant(
        _ role: Role, _ workspace: WorkspaceRecord, at now: Timestamp
    ) -> TokenGrant {
        let bound = role == .admin ? nil : workspace
        return TokenGrant(
            hash: TokenSecret.hash(token(role, workspace)),
            record: TokenRecord(
                id: TokenID(high: UInt64(role.rawValue), low: workspace.id.high), role: role,
                workspace: bound?.id, workspaceKey: bound?.key, label: "", hint: "",
                createdAt: now, expiresAt: nil, revokedAt: nil))
    }

    private static func addWorkspace(
        _ number: UInt64, to store: SQLiteStore, at now: Timestamp
    ) async throws -> WorkspaceRecord {
        let id = WorkspaceID(high: number, low: 1)
        _ = try await store.perform(
            MutationRequest(workspace: nil, actor: "test", requestID: "setup", at: now)
        ) { writer throws(DomainError) in
            let draft = WorkspaceRecord(
                key: WorkspaceKey(rawValue: 0), id: id, name: "workspace \(number)",
                plan: .standard, featureFlags: [], monthlyAllowanceCredits: 0,
                exclusivity: .agent, allowedDestinations: [], createdAt: now)
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

    func change(
        _ body: @escaping @Sendable (any StoreWriter, WorkspaceKey) throws(DomainError) -> Void
    ) async throws {
        let key = acme.key
        _ = try await store.perform(
            MutationRequest(workspace: key, actor: "test", requestID: "setup", at: clock.now)
        ) { writer throws(DomainError) in
            try body(writer, key)
            return []
        }
    }

    /// Connects a SIP trunk.
    func connect() async throws -> ConnectionKey {
        let id = ConnectionID(high: 7, low: 1)
        let workspace = acme.id
        let now = clock.now
        try await change { writer, key throws(DomainError) in
            let draft = ConnectionRecord(
                key: ConnectionKey(rawValue: 0), id: id, workspace: workspace, carrier: .sip,
                name: "Main trunk", settings: [:], credentialHint: "", createdAt: now)
            _ = try ConnectionChanges.add(
                draft, sealedCredentials: [1], workspace: key, in: writer)
        }
        return try #require(store.routes.connection(id)).key
    }

    /// Adds an imported SIP number and answers its id.
    @discardableResult
    func addNumber(
        _ text: String = "+14155550100",
        _ edit: @escaping @Sendable (inout NewNumber) -> Void = { _ in }
    ) async throws -> String {
        let e164 = try #require(E164(text.utf8))
        let id = RandomIdentifierSource().make(NumberKind.self, at: clock.now)
        let now = clock.now
        try await change { writer, workspace throws(DomainError) in
            var number = NewNumber(
                id: id, workspace: workspace, e164: e164, type: .local,
                capabilities: [.voice, .sms], origin: .imported, carrier: .sip, connection: nil,
                status: .active, webhookMode: .outboundOnly, createdAt: now)
            edit(&number)
            let key = try writer.insertNumber(number)
            if number.status.isLive { writer.routes.put(number.facts(key)) }
        }
        return id.description
    }

    /// Puts an agent and gives it profiles of a number.
    func assign(
        _ profiles: [Profile], of number: String, to text: String = "ann",
        status: AgentStatus = .published
    ) async throws {
        let agent = try #require(AgentID(text))
        let id = try #require(NumberID(number))
        try await change { writer, workspace throws(DomainError) in
            let description = try AgentDescription(id: agent, name: "Ann", status: status)
            _ = try AgentEdit.put([description], in: workspace, through: writer)
            var change = AssignmentChange()
            if profiles.contains(.inbound) { change.inbound = .assign(agent) }
            if profiles.contains(.outbound) { change.outbound = .assign(agent) }
            if profiles.contains(.sms) { change.sms = .assign(agent) }
            _ = try AssignmentEdit.update(id, in: workspace, with: change, through: writer)
        }
    }

    static func question(
        _ number: String, _ use: Proto.DiagnosisUse,
        _ edit: (inout Proto.DiagnoseNumberRequest) -> Void = { _ in }
    ) -> Proto.DiagnoseNumberRequest {
        .with {
            $0.numberID = number
            $0.use = use
            edit(&$0)
        }
    }

    func diagnose(
        _ number: String, _ use: Proto.DiagnosisUse,
        _ edit: (inout Proto.DiagnoseNumberRequest) -> Void = { _ in }
    ) async throws -> Proto.DiagnoseNumberResponse {
        try await viewer.call(
            Self.question(number, use, edit), Self.service + "DiagnoseNumber",
            Proto.DiagnoseNumberResponse.self)
    }

    func refusal(
        _ number: String, _ use: Proto.DiagnosisUse = .inbound, by client: RPCClient? = nil
    ) async -> Status? {
        await (client ?? viewer).refusal(
            Self.question(number, use), Self.service + "DiagnoseNumber")
    }
}

extension Proto.DiagnoseNumberResponse {
    /// The check of a name; an empty one where the list has none.
    func check(_ name: String) -> Proto.DiagnosisCheck {
        checks.first { $0.check == name } ?? Proto.DiagnosisCheck()
    }

    /// The names of the checks that came out so.
    func named(_ result: Proto.CheckResult) -> [String] {
        checks.filter { $0.result == result }.map(\.check)
    }
}
