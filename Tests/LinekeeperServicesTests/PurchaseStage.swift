import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperServices
import LinekeeperStorage
import LinekeeperTestSupport
import Logging
import Testing

/// NumberService with carriers to buy from: a real store, real sockets, carriers in memory.
struct PurchaseStage: Sendable {
    static let service = "/linekeeper.v1.NumberService/"

    let store: SQLiteStore
    let clock: TestClock
    let context: ServiceContext
    let runner: OrderRunner
    let marketplace: PurchaseFakeCarrier
    let pool: PurchaseFakeCarrier
    let manager: RPCClient
    /// Another workspace's manager.
    let stranger: RPCClient
    let workspace: WorkspaceRecord

    /// - Parameters:
    ///   - credits: What the workspace begins with.
    ///   - isRunning: Whether orders are driven; otherwise a test does it.
    static func run(
        credits: Int64 = 5_000, isRunning: Bool = true, isConnected: Bool = true,
        _ body: @escaping @Sendable (PurchaseStage) async throws -> Void
    ) async throws {
        let folder = TestFolder()
        let clock = TestClock()
        let store = try SQLiteStore.open(directory: folder.path, clock: clock, logger: .quiet)
        let context = ServiceContext(
            store: store, clock: clock, identifiers: RandomIdentifierSource(),
            pageTokens: try await PageTokens.load(from: store, at: clock.now))
        let workspace = try await addWorkspace("Acme", credits: credits, context)
        let other = try await addWorkspace("Other", credits: 0, context)
        let (marketplace, pool) = (PurchaseFakeCarrier(), PurchaseFakeCarrier())
        let runner = OrderRunner(
            context: context,
            accounts: isConnected
                ? PlatformAccounts(pool: pool, marketplace: marketplace) : PlatformAccounts(),
            machine: OrderMachine(spread: { 1 }), logger: .quiet)
        var methods = MethodTable()
        NumberService(context: context, orders: runner).register(in: &methods)
        let tokens = TokenAuthenticator(
            grants: [grant(workspace, at: clock.now), grant(other, at: clock.now)], clock: clock)
        try await TestRPC.serve(methods, authenticator: tokens) { rpc in
            let manager = try rpc.client(token: "lk_" + workspace.name)
            let stranger = try rpc.client(token: "lk_" + other.name)
            let stage = PurchaseStage(
                store: store, clock: clock, context: context, runner: runner,
                marketplace: marketplace, pool: pool, manager: manager, stranger: stranger,
                workspace: workspace)
            try await withThrowingTaskGroup(of: Void.self) { group in
                if isRunning { group.addTask { await runner.run() } }
                defer { runner.stop() }
                try await body(stage)
            }
            await manager.close()
            await stranger.close()
        }
        store.close()
    }

    private static func grant(_ workspace: WorkspaceRecord, at now: Timestamp) -> TokenGrant {
        TokenGrant(
            hash: TokenSecret.hash("lk_" + workspace.name),
            record: TokenRecord(
                id: RandomIdentifierSource().make(TokenKind.self, at: now), role: .manager,
                workspace: workspace.id, workspaceKey: workspace.key, label: "", hint: "",
                createdAt: now, expiresAt: nil, revokedAt: nil))
    }

    private static func addWorkspace(
        _ name: String, credits: Int64, _ context: ServiceContext
    ) async throws -> WorkspaceRecord {
        let now = context.clock.now
        let id = RandomIdentifierSource().make(WorkspaceKind.self, at: now)
        _ = try await context.store.perform(
            MutationRequest(workspace: nil, actor: "test", requestID: "setup", at: now)
        ) { writer throws(DomainError) in
            let draft = WorkspaceRecord(
                key: WorkspaceKey(rawValue: 0), id: id, name: name, plan: .unlimited,
                featureFlags: [NumberSource.poolFlag], monthlyAllowanceCredits: 0,
                exclusivity: .agent, allowedDestinations: [], createdAt: now)
            let made = try WorkspaceChanges.create(
                draft, firstEntry: RandomIdentifierSource().make(CreditEntryKind.self, at: now),
                in: writer)
            guard credits > 0 else { return [] }
            _ = try Ledger.append(
                NewCreditEntry(
                    id: RandomIdentifierSource().make(CreditEntryKind.self, at: now),
                    workspace: made.key, credits: credits, kind: .grant),
                through: writer)
            return []
        }
        return try #require(
            try await context.store.read { reader throws(DomainError) in
                try reader.workspaceRecord(id)
            })
    }

    // MARK: - Calls as the manager

    func search(
        _ source: Proto.Source = .marketplace,
        _ edit: (inout Proto.SearchAvailableRequest) -> Void = { _ in }
    ) async throws -> Proto.SearchAvailableResponse {
        var request = Proto.SearchAvailableRequest()
        request.source = source
        request.countryCode = "US"
        edit(&request)
        return try await manager.call(
            request, Self.service + "SearchAvailable", Proto.SearchAvailableResponse.self)
    }

    func purchase(
        _ e164s: [String], for credits: Int64, source: Proto.Source = .marketplace,
        managed: Bool = false
    ) -> Proto.PurchaseNumbersRequest {
        .with {
            $0.source = source
            $0.e164s = e164s
            $0.expectedMonthlyCostCredits = credits
            $0.webhookMode = managed ? .managed : .unspecified
        }
    }

    /// Puts numbers on sale, finds and buys them.
    func buy(
        _ e164s: [String], source: Proto.Source = .marketplace, key: String = "k1"
    ) async throws -> Proto.PurchaseNumbersResponse {
        (source == .pool ? pool : marketplace).stock(e164s)
        _ = try await search(source) { $0.refresh = true }
        return try await manager.call(
            purchase(e164s, for: 500 * Int64(e164s.count), source: source),
            Self.service + "PurchaseNumbers", Proto.PurchaseNumbersResponse.self,
            CallOptions(idempotencyKey: key))
    }

    func order(_ id: String) async throws -> Proto.Order {
        let reply = try await manager.call(
            Proto.GetOrderRequest.with { $0.orderID = id }, Self.service + "GetOrder",
            Proto.GetOrderResponse.self)
        return try #require(reply.order)
    }

    func process(_ ids: [String] = []) async throws -> [Proto.Order] {
        try await manager.call(
            Proto.ProcessOrdersRequest.with { $0.orderIDs = ids },
            Self.service + "ProcessOrders", Proto.ProcessOrdersResponse.self
        ).orders
    }

    func balance() async throws -> Int64 {
        try await manager.call(
            Proto.GetCreditsRequest(), Self.service + "GetCredits", Proto.GetCreditsResponse.self
        ).balance
    }

    func actions() async throws -> [String] {
        let key = workspace.key
        return try await store.read { reader throws(DomainError) in
            try reader.events(
                of: key, matching: EventFilter(), page: Page(size: 1_000, after: nil)
            ).rows.map(\.action)
        }
    }

    func number(_ text: String) throws -> NumberFacts? {
        store.routes.number(try #require(E164(text.utf8)))
    }
}
