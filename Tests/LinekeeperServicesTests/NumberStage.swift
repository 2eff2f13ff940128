import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperServices
import LinekeeperStorage
import LinekeeperTestSupport
import Testing

/// NumberService over a real store and real sockets, with two workspaces and a token for each role.
struct NumberStage: Sendable {
    static let service = "/linekeeper.v1.NumberService/"

    let store: SQLiteStore
    let clock: TestClock
    let service: NumberService
    let rpc: TestRPC
    let manager: RPCClient
    let acme: WorkspaceRecord
    let other: WorkspaceRecord

    static func run(_ body: @escaping @Sendable (NumberStage) async throws -> Void) async throws {
        let folder = TestFolder()
        let clock = TestClock()
        let store = try SQLiteStore.open(directory: folder.path, clock: clock, logger: .quiet)
        let acme = try await addWorkspace("Acme", to: store, at: clock.now)
        let other = try await addWorkspace("Other", to: store, at: clock.now)
        let context = ServiceContext(
            store: store, clock: clock, identifiers: RandomIdentifierSource(),
            pageTokens: try await PageTokens.load(from: store, at: clock.now))
        let service = NumberService(context: context)
        var methods = MethodTable()
        service.register(in: &methods)
        let grants =
            Role.allCases.map { grant($0, acme, at: clock.now) }
            + [grant(.manager, other, at: clock.now)]
        let tokens = TokenAuthenticator(grants: grants, clock: clock)
        try await TestRPC.serve(methods, authenticator: tokens) { rpc in
            let manager = try rpc.client(token: token(.manager, acme))
            try await body(
                NumberStage(
                    store: store, clock: clock, service: service, rpc: rpc, manager: manager,
                    acme: acme, other: other))
            await manager.close()
        }
        store.close()
    }

    /// A client with the token of a role; bound to the workspace, except for an admin's.
    func client(_ role: Role, of workspace: WorkspaceRecord? = nil) throws -> RPCClient {
        try rpc.client(token: NumberStage.token(role, workspace ?? acme))
    }

    private static func token(_ role: Role, _ workspace: WorkspaceRecord) -> String {
        "lk_\(role.word)_\(workspace.name)"
    }

    private static func grant(
        _ role: Role, _ workspace: WorkspaceRecord, at now: Timestamp
    ) -> TokenGrant {
        let bound = role == .admin ? nil : workspace
        return TokenGrant(
            hash: TokenSecret.hash(token(role, workspace)),
            record: TokenRecord(
                id: RandomIdentifierSource().make(TokenKind.self, at: now), role: role,
                workspace: bound?.id, workspaceKey: bound?.key, label: "", hint: "",
                createdAt: now, expiresAt: nil, revokedAt: nil))
    }

    private static func addWorkspace(
        _ name: String, to store: SQLiteStore, at now: Timestamp
    ) async throws -> WorkspaceRecord {
        let id = RandomIdentifierSource().make(WorkspaceKind.self, at: now)
        _ = try await store.perform(
            MutationRequest(workspace: nil, actor: "test", requestID: "setup", at: now)
        ) { writer throws(DomainError) in
            let draft = WorkspaceRecord(
                key: WorkspaceKey(rawValue: 0), id: id, name: name, plan: .standard,
                featureFlags: [], monthlyAllowanceCredits: 0, exclusivity: .agent,
                allowedDestinations: [], createdAt: now)
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

    /// Changes the store behind the service's back.
    func change(
        in workspace: WorkspaceRecord? = nil,
        _ body: @escaping @Sendable (any StoreWriter, WorkspaceKey) throws(DomainError) -> Void
    ) async throws {
        let key = (workspace ?? acme).key
        _ = try await store.perform(
            MutationRequest(workspace: key, actor: "test", requestID: "setup", at: clock.now)
        ) { writer throws(DomainError) in
            try body(writer, key)
            return []
        }
    }

    @discardableResult
    func addNumber(
        _ text: String, in workspace: WorkspaceRecord? = nil,
        _ edit: @escaping @Sendable (inout NewNumber) -> Void = { _ in }
    ) async throws -> String {
        let e164 = try #require(E164(text.utf8))
        let now = clock.now
        let id = RandomIdentifierSource().make(NumberKind.self, at: now)
        try await change(in: workspace) { writer, workspace throws(DomainError) in
            var number = NewNumber(
                id: id, workspace: workspace, e164: e164, type: .local,
                capabilities: [.voice, .sms], origin: .imported, carrier: .sip, connection: nil,
                status: .active, webhookMode: .outboundOnly, createdAt: now)
            edit(&number)
            writer.routes.put(number.facts(try writer.insertNumber(number)))
        }
        return id.description
    }

    func addAgent(_ text: String, in workspace: WorkspaceRecord? = nil) async throws {
        let id = try #require(AgentID(text))
        try await change(in: workspace) { writer, workspace throws(DomainError) in
            let agent = try AgentDescription(id: id, name: "Agent \(text)", status: .published)
            _ = try AgentEdit.put([agent], in: workspace, through: writer)
        }
    }

    func assign(
        _ number: String, _ edit: @escaping @Sendable (inout AssignmentChange) -> Void
    ) async throws {
        let id = try #require(NumberID(number))
        try await change { writer, workspace throws(DomainError) in
            var change = AssignmentChange()
            edit(&change)
            _ = try AssignmentEdit.update(id, in: workspace, with: change, through: writer)
        }
    }

    // Calls as the manager of Acme.

    func update(
        _ number: String, _ edit: (inout Proto.UpdateNumberRequest) -> Void
    ) async throws -> Proto.PhoneNumber {
        let reply = try await manager.call(
            request(number, edit), Self.service + "UpdateNumber", Proto.UpdateNumberResponse.self)
        return try #require(reply.number)
    }

    func updateRefusal(
        _ number: String, _ edit: (inout Proto.UpdateNumberRequest) -> Void
    ) async -> Status? {
        await manager.refusal(request(number, edit), Self.service + "UpdateNumber")
    }

    private func request(
        _ number: String, _ edit: (inout Proto.UpdateNumberRequest) -> Void
    ) -> Proto.UpdateNumberRequest {
        .with {
            $0.numberID = number
            edit(&$0)
        }
    }

    func get(_ number: String) async throws -> Proto.PhoneNumber {
        let reply = try await manager.call(
            Proto.GetNumberRequest.with { $0.number = .numberID(number) },
            Self.service + "GetNumber", Proto.GetNumberResponse.self)
        return try #require(reply.number)
    }

    func list(
        _ edit: (inout Proto.ListNumbersRequest) -> Void = { _ in }
    ) async throws -> Proto.ListNumbersResponse {
        var request = Proto.ListNumbersRequest()
        edit(&request)
        return try await manager.call(
            request, Self.service + "ListNumbers", Proto.ListNumbersResponse.self)
    }

    func listRefusal(_ edit: (inout Proto.ListNumbersRequest) -> Void) async -> Status? {
        var request = Proto.ListNumbersRequest()
        edit(&request)
        return await manager.refusal(request, Self.service + "ListNumbers")
    }
}
