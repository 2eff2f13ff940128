import LinekeeperCarriers
import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperStorage
import LinekeeperTestSupport
import Testing

@testable import LinekeeperServices

/// CarrierService and NumberService over a real store and real sockets, with a carrier of each kind
/// in memory, and two workspaces.
struct CarrierStage: Sendable {
    static let secret = "secret-of-the-account-0001"
    static let targets = WebhookTargets(base: "https://voice.example.com/lk")

    let folder: TestFolder
    let store: SQLiteStore
    let clock: TestClock
    let context: ServiceContext
    let connections: Connections
    let tasks: CarrierTasks
    let numbers: NumberService
    let twilio: FakeCarrier
    let telnyx: FakeCarrier
    /// What the platform itself buys from.
    let platform: FakeCarrier
    let rpc: TestRPC
    /// A client with the manager's token of Acme.
    let manager: RPCClient
    let acme: WorkspaceRecord
    let other: WorkspaceRecord

    static func run(
        pageSize: Int = 1_000, webhooks: WebhookTargets? = targets,
        _ body: @escaping @Sendable (CarrierStage) async throws -> Void
    ) async throws {
        let folder = TestFolder()
        let clock = TestClock()
        let store = try SQLiteStore.open(directory: folder.path, clock: clock, logger: .quiet)
        let acme = try await addWorkspace("Acme", to: store, at: clock.now)
        let other = try await addWorkspace("Other", to: store, at: clock.now)
        let context = ServiceContext(
            store: store, clock: clock, identifiers: RandomIdentifierSource(),
            pageTokens: try await PageTokens.load(from: store, at: clock.now))
        let twilio = FakeCarrier(.twilio, secret: secret, pageSize: pageSize)
        let telnyx = FakeCarrier(.telnyx, secret: secret, pageSize: pageSize)
        let platform = FakeCarrier(.twilio, secret: secret)
        let bought = try platform.account(["secret": secret])
        let connections = Connections(
            context: context, adapters: [twilio, telnyx, SIPCarrier()],
            secrets: SecretBox(masterKey: Array(repeating: 7, count: 32), version: 1))
        let tasks = CarrierTasks(
            context: context, connections: connections, webhooks: webhooks,
            platform: { $0 == .imported ? nil : bought })
        let numbers = NumberService(context: context, tasks: tasks)
        var methods = MethodTable()
        CarrierService(context: context, connections: connections, tasks: tasks)
            .register(in: &methods)
        numbers.register(in: &methods)
        DiagnosisService(context: context, refusals: RefusalMemory(), carriers: tasks)
            .register(in: &methods)
        let tokens = TokenAuthenticator(
            grants: [grant(acme, at: clock.now), grant(other, at: clock.now)], clock: clock)
        try await TestRPC.serve(methods, authenticator: tokens) { rpc in
            let manager = try rpc.client(token: token(acme))
            try await body(
                CarrierStage(
                    folder: folder, store: store, clock: clock, context: context,
                    connections: connections, tasks: tasks, numbers: numbers, twilio: twilio,
                    telnyx: telnyx, platform: platform, rpc: rpc, manager: manager, acme: acme,
                    other: other))
            await manager.close()
        }
        store.close()
    }

    /// The client of the other workspace's manager.
    func stranger() throws -> RPCClient { try rpc.client(token: CarrierStage.token(other)) }

    private static func token(_ workspace: WorkspaceRecord) -> String {
        "lk_manager_\(workspace.name)"
    }

    private static func grant(_ workspace: WorkspaceRecord, at now: Timestamp) -> TokenGrant {
        TokenGrant(
            hash: TokenSecret.hash(token(workspace)),
            record: TokenRecord(
                id: RandomIdentifierSource().make(TokenKind.self, at: now), role: .manager,
                workspace: workspace.id, workspaceKey: workspace.key, label: "", hint: "",
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
                firstEntry: RandomIdentifierSource().make(CreditEntryKind.self, at: now),
                in: writer)
            return []
        }
        return try #require(
            try await store.read { reader throws(DomainError) in try reader.workspaceRecord(id) })
    }

    /// Changes the store behind the services' back.
    func change(
        _ body: @escaping @Sendable (any StoreWriter) throws(DomainError) -> Void
    ) async throws {
        _ = try await store.perform(
            MutationRequest(workspace: acme.key, actor: "test", requestID: "setup", at: clock.now)
        ) { writer throws(DomainError) in
            try body(writer)
            return []
        }
    }

    func addAgent(_ text: String) async throws {
        let id = try #require(AgentID(text))
        let workspace = acme.key
        try await change { writer throws(DomainError) in
            let agent = try AgentDescription(id: id, name: "Agent \(text)", status: .published)
            _ = try AgentEdit.put([agent], in: workspace, through: writer)
        }
    }

    /// Adds a number that was bought from the platform's marketplace.
    func addBought(_ e164: E164) async throws -> String {
        let id = context.identifiers.make(NumberKind.self, at: clock.now)
        let workspace = acme.key
        let now = clock.now
        platform.numbers.append(.fake(e164))
        try await change { writer throws(DomainError) in
            let number = NewNumber(
                id: id, workspace: workspace, e164: e164, type: .local,
                capabilities: [.voice, .sms], origin: .marketplace, carrier: .twilio,
                connection: nil, status: .active, webhookMode: .outboundOnly, createdAt: now)
            writer.routes.put(number.facts(try writer.insertNumber(number)))
        }
        return id.description
    }

    // MARK: Calls

    func connect(
        _ carrier: Proto.Carrier = .twilio, name: String = "Main", secret: String = secret,
        through client: RPCClient? = nil
    ) async throws -> Proto.Connection {
        let reply = try await (client ?? manager).call(
            Proto.ConnectCarrierRequest.with {
                $0.carrier = carrier
                $0.name = name
                $0.credentials = ["account": "AC1", "secret": secret]
            }, Method.carrier("ConnectCarrier"), Proto.ConnectCarrierResponse.self)
        return try #require(reply.connection)
    }

    func update(
        _ connection: String, _ edit: (inout Proto.UpdateConnectionRequest) -> Void
    ) async throws -> Proto.Connection {
        var request = Proto.UpdateConnectionRequest.with { $0.connectionID = connection }
        edit(&request)
        let reply = try await manager.call(
            request, Method.carrier("UpdateConnection"), Proto.UpdateConnectionResponse.self)
        return try #require(reply.connection)
    }

    func connection(_ id: String) async throws -> Proto.Connection {
        let reply = try await manager.call(
            Proto.GetConnectionRequest.with { $0.connectionID = id },
            Method.carrier("GetConnection"), Proto.GetConnectionResponse.self)
        return try #require(reply.connection)
    }

    func importable(
        _ connection: String, pageSize: UInt32 = 1_000
    ) async throws -> [Proto.ImportableNumber] {
        var numbers: [Proto.ImportableNumber] = []
        var token = ""
        repeat {
            let reply = try await manager.call(
                Proto.ListImportableNumbersRequest.with {
                    $0.connectionID = connection
                    $0.page = .with {
                        $0.pageSize = pageSize
                        $0.pageToken = token
                    }
                }, Method.carrier("ListImportableNumbers"),
                Proto.ListImportableNumbersResponse.self)
            numbers += reply.numbers
            token = reply.nextPageToken
        } while !token.isEmpty
        return numbers
    }

    /// Imports; without numbers, all.
    func importNumbers(
        _ e164s: [String] = [], through connection: String, key: String = "import 1",
        mode: Proto.WebhookMode = .unspecified, client: RPCClient? = nil,
        _ change: (inout Proto.ImportItem) -> Void = { _ in }
    ) async throws -> [Proto.ImportResult] {
        let request = Proto.ImportNumbersRequest.with {
            $0.connectionID = connection
            $0.all = e164s.isEmpty
            $0.webhookMode = mode
            $0.numbers = e164s.map { e164 in
                var item = Proto.ImportItem()
                item.e164 = e164
                change(&item)
                return item
            }
        }
        var results: [Proto.ImportResult] = []
        for try await result in (client ?? manager).stream(
            request, Method.carrier("ImportNumbers"), Proto.ImportResult.self,
            CallOptions(idempotencyKey: key))
        {
            results.append(result)
        }
        return results
    }

    func sync(
        _ connection: String, _ edit: (inout Proto.SyncConnectionRequest) -> Void = { _ in }
    ) async throws -> [String: Proto.SyncResult] {
        var request = Proto.SyncConnectionRequest.with { $0.connectionID = connection }
        edit(&request)
        var results: [String: Proto.SyncResult] = [:]
        for try await result in manager.stream(
            request, Method.carrier("SyncConnection"), Proto.SyncResult.self)
        {
            results[result.e164] = result
        }
        return results
    }

    func preview(_ connection: String) async throws -> Proto.PreviewDisconnectResponse {
        try await manager.call(
            Proto.PreviewDisconnectRequest.with { $0.connectionID = connection },
            Method.carrier("PreviewDisconnect"), Proto.PreviewDisconnectResponse.self)
    }

    func disconnectRequest(
        _ connection: String, restore: Bool
    ) async throws -> Proto.DisconnectCarrierRequest {
        let token = try await preview(connection).confirmToken
        return .with {
            $0.connectionID = connection
            $0.confirmToken = token
            $0.restoreWebhooks = restore
        }
    }

    func disconnect(
        _ connection: String, restore: Bool = false
    ) async throws -> Proto.DisconnectCarrierResponse {
        try await manager.call(
            try await disconnectRequest(connection, restore: restore),
            Method.carrier("DisconnectCarrier"), Proto.DisconnectCarrierResponse.self)
    }

    func number(_ e164: String) async throws -> Proto.PhoneNumber {
        try await manager.number(e164)
    }

    func updateNumber(
        _ id: String, _ edit: (inout Proto.UpdateNumberRequest) -> Void
    ) async throws -> Proto.PhoneNumber {
        var request = Proto.UpdateNumberRequest.with { $0.numberID = id }
        edit(&request)
        let reply = try await manager.call(
            request, Method.number("UpdateNumber"), Proto.UpdateNumberResponse.self)
        return try #require(reply.number)
    }

    func releaseNumber(
        _ id: String, _ e164: String, notBefore: Timestamp? = nil, key: String = "release 1"
    ) async throws -> Proto.PhoneNumber {
        let reply = try await manager.call(
            Proto.ReleaseNumberRequest.with {
                $0.numberID = id
                $0.confirmE164 = e164
                $0.notBefore = notBefore.map { Proto.Timestamp($0) }
            }, Method.number("ReleaseNumber"), Proto.ReleaseNumberResponse.self,
            CallOptions(idempotencyKey: key))
        return try #require(reply.number)
    }

    func actions() async throws -> [String] {
        try await manager.call(
            Proto.ListEventsRequest.with { $0.page = .with { $0.pageSize = 1_000 } },
            Method.number("ListEvents"), Proto.ListEventsResponse.self
        ).events.map(\.action)
    }

    /// Tasks that wait at carriers.
    func waitingTasks() async throws -> [CarrierTask] {
        let far = clock.now.adding(seconds: 1_000_000)
        return try await store.read { reader throws(DomainError) in
            try reader.carrierTasksDue(by: far, limit: 1_000)
        }
    }

    /// What a server does that starts over the same store: whoever was at work is gone.
    func restarted() async throws -> CarrierTaskRunner {
        let runner = CarrierTaskRunner(
            CarrierTasks(
                context: context, connections: connections, webhooks: tasks.webhooks,
                platform: tasks.platform))
        try await runner.takeOver()
        return runner
    }
}

/// A number of the test's own making.
func testNumber(_ index: Int) throws -> E164 { try #require(E164(e164(index).utf8)) }
