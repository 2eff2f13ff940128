import CarrierSimulator
import Foundation
import LinekeeperProto
import LinekeeperRPC
import LinekeeperTestSupport

/// Where the platform buys: what the two carriers have in common for tests.
enum Shop: String, Sendable, CaseIterable {
    /// The marketplace, which is Twilio's.
    case marketplace
    /// The pool, which is Telnyx's.
    case pool

    var source: Proto.Source { self == .marketplace ? .marketplace : .pool }
    var carrier: SimulatedCarrier { self == .marketplace ? .twilio : .telnyx }
    /// The platform's account.
    var account: String { self == .marketplace ? Demo.twilioMarketplace.id : Demo.telnyxPool.id }

    private var purchasePath: String {
        self == .marketplace
            ? "/2010-04-01/Accounts/\(account)/IncomingPhoneNumbers.json" : "/v2/number_orders"
    }

    /// The beginning of a request that buys.
    var purchaseLine: String { "POST \(purchasePath) " }
    /// A request that buys a number, or any number.
    func purchase(of e164: String? = nil) -> RequestMatch {
        RequestMatch(method: "POST", path: purchasePath, e164: e164)
    }

    /// How the carrier says that somebody else has the number.
    var refusal: Fault.Action {
        switch self {
        case .marketplace:
            .status(
                when: .before, code: 400,
                body: #"{"code": 21422, "message": "It is not available", "status": 400}"#)
        case .pool:
            .status(
                when: .before, code: 422,
                body: """
                    {"errors": [{"code": "85001", "title": "Numbers no longer available",
                     "detail": "It is no longer available"}]}
                    """)
        }
    }
}

/// A server that buys from simulated carriers: a home for one process after the other, the carriers,
/// and the relay between them.
struct PurchaseScene: Sendable {
    let home: ServerHome
    let simulator: CarrierSimulator
    let relay: PurchaseRelay

    /// The address that managed webhooks point to.
    static let webhooks = "https://voice.linekeeper.example"

    static func with<Result>(
        orderDelay: Duration = .milliseconds(200),
        _ body: (PurchaseScene) async throws -> Result
    ) async throws -> Result {
        let simulator = try await CarrierSimulator.start(orderDelay: orderDelay)
        do {
            let result = try await ServerHome.with { home in
                let relay = try PurchaseRelay(to: simulator.port)
                defer { relay.stop() }
                let scene = PurchaseScene(home: home, simulator: simulator, relay: relay)
                try scene.writeCredentials()
                return try await body(scene)
            }
            await simulator.stop()
            return result
        } catch {
            await simulator.stop()
            throw error
        }
    }

    private func writeCredentials() throws {
        let files = [
            "marketplace": [
                "account_sid": Demo.twilioMarketplace.id,
                "auth_token": Demo.twilioMarketplace.credentials[0].secret,
            ],
            "pool": [
                "api_key": Demo.telnyxPool.credentials[0].secret,
                "connection_id": Demo.telnyxPoolConnection,
            ],
        ]
        for (name, credentials) in files {
            let path = "\(home.directory)/\(name).json"
            try JSONEncoder().encode(credentials).write(to: URL(filePath: path))
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: path)
        }
    }

    /// Starts a server and waits until it serves.
    ///
    /// - Parameters:
    ///   - failpoint: Where it dies: `FP_BUY_0` and the like.
    ///   - carriers: Where it takes the carriers to be; the relay unless told otherwise.
    ///   - buys: Whether the platform has accounts of its own.
    func start(
        failpoint: String? = nil, carriers: String? = nil, buys: Bool = true
    ) async throws -> ServerProcess {
        let server = try await launch(failpoint: failpoint, carriers: carriers, buys: buys)
        try await server.waitUntilServing()
        return server
    }

    /// Starts a server without waiting for anything.
    func launch(
        failpoint: String? = nil, carriers: String? = nil, buys: Bool = true
    ) async throws -> ServerProcess {
        var environment = ["LINEKEEPER_ORDER_HASTE": "60"]
        environment["LINEKEEPER_FAILPOINT"] = failpoint
        var arguments = [
            "--carrier-simulator", carriers ?? relay.url, "--webhook-base-url", Self.webhooks,
        ]
        if buys {
            arguments += [
                "--marketplace-credentials", "\(home.directory)/marketplace.json",
                "--pool-credentials", "\(home.directory)/pool.json",
            ]
        }
        return try await home.launch(arguments: arguments, environment: environment)
    }

    /// Waits until no order is unfinished and nothing is to be done at a carrier.
    func waitUntilQuiet() async throws {
        let file = StoreFile(home)
        let end = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < end {
            if try CheckedStore(file).isQuiet { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        let store = try CheckedStore(file)
        throw TestFailure(
            "not quiet: \(store.orders.filter { !$0.state.isFinal }), \(store.tasks) tasks")
    }

    /// What does not add up.
    func findings(_ history: CheckedHistory) throws -> [String] {
        Checker(
            store: try CheckedStore(StoreFile(home)), carrier: CheckedCarrier(simulator),
            history: history
        ).findings()
    }
}

/// A workspace that may buy from both shops, and what it was told.
actor Buyer {
    nonisolated let workspace: String
    private(set) var history = CheckedHistory()

    static let grant: Int64 = 1_000_000

    /// Makes a workspace with a number of a trunk for the hot calls, and credits.
    init(_ name: String, on server: ServerProcess) async throws {
        let admin = try server.client()
        let made = try await admin.call(
            Proto.CreateWorkspaceRequest.with {
                $0.name = name
                $0.plan = .unlimited
                $0.featureFlags = ["flex_phone_self-serve"]
            }, Method.admin("CreateWorkspace"), Proto.CreateWorkspaceResponse.self)
        workspace = made.workspace?.workspaceID ?? ""
        let workspace = workspace
        _ = try await admin.call(
            Proto.GrantCreditsRequest.with {
                $0.workspaceID = workspace
                $0.credits = Self.grant
            }, Method.admin("GrantCredits"), Proto.GrantCreditsResponse.self)
        history.grants[workspace] = Int(Self.grant)
    }

    /// What is on sale, asked of the carrier.
    nonisolated func search(
        _ shop: Shop, areaCode: String = "", limit: UInt32 = 5, refresh: Bool = true,
        through client: RPCClient
    ) async throws(Status) -> [Proto.Offer] {
        try await client.call(
            Proto.SearchAvailableRequest.with {
                $0.workspaceID = workspace
                $0.source = shop.source
                $0.countryCode = "US"
                $0.areaCode = areaCode
                $0.types = [.local]
                $0.limit = limit
                $0.refresh = refresh
            }, Method.number("SearchAvailable"), Proto.SearchAvailableResponse.self,
            CallOptions(timeout: .seconds(90))
        ).offers
    }

    /// A purchase to be sent as often as it takes, with the same bytes and key.
    nonisolated func purchase(
        _ offers: [Proto.Offer], from shop: Shop, key: String = UUID().uuidString,
        webhookMode: Proto.WebhookMode = .outboundOnly
    ) -> Purchase {
        let request = Proto.PurchaseNumbersRequest.with {
            $0.workspaceID = workspace
            $0.source = shop.source
            $0.e164s = offers.map(\.e164)
            $0.expectedMonthlyCostCredits = offers.reduce(0) { $0 + $1.monthlyCostCredits }
            $0.webhookMode = webhookMode
        }
        return Purchase(e164s: request.e164s, payload: request.encoded(), key: key)
    }

    struct Purchase: Sendable {
        var e164s: [String]
        var payload: [UInt8]
        var key: String
    }

    /// What the client says when the connection went away; the server may have done the call.
    private static let connectionReasons: Set = ["CANNOT_CONNECT", "CONNECTION_LOST", "GO_AWAY"]

    /// How a purchase was answered.
    enum Answer: Equatable, Sendable {
        case orders([UInt8])
        /// Definitely not: nothing was ordered.
        case refused(Status)
        /// The server went away.
        case lost
    }

    /// Sends a purchase once, and keeps what was told.
    ///
    /// - Throws: ``TestFailure`` for an answer that leaves open what has happened.
    @discardableResult
    func send(_ purchase: Purchase, through client: RPCClient) async throws -> Answer {
        do {
            let bytes = try await client.call(
                Method.number("PurchaseNumbers"), payload: purchase.payload,
                CallOptions(
                    timeout: .seconds(120), idempotencyKey: purchase.key, waitsForServer: false))
            let answer = try Proto.PurchaseNumbersResponse(decoding: bytes)
            guard answer.orders.map(\.e164) == purchase.e164s else {
                throw TestFailure("orders for \(answer.orders.map(\.e164))")
            }
            for order in answer.orders {
                history.acknowledged.insert(.init(id: order.orderID, e164: order.e164))
            }
            return .orders(bytes)
        } catch let status as Status {
            switch status.code {
            case .unavailable where Self.connectionReasons.contains(status.reason):
                return .lost
            case .aborted where status.reason == "IDEMPOTENCY_IN_PROGRESS":
                throw TestFailure("the purchase is still under way: \(status)")
            case .failedPrecondition, .aborted, .alreadyExists, .notFound, .permissionDenied,
                .invalidArgument, .resourceExhausted, .unavailable:
                history.refused.formUnion(purchase.e164s)
                var refusal = status
                // It names the request, not the purchase.
                refusal.facts["request_id"] = nil
                return .refused(refusal)
            default: throw TestFailure("a purchase was answered with \(status)")
            }
        }
    }
}
