import CarrierSimulator
import LinekeeperCore
import Testing

@testable import LinekeeperCarriers

/// The adapters, over HTTP, with a simulator of the carriers.
///
/// All tests share one simulator, since its inventories take a while to make; so each has accounts,
/// numbers and references of its own.
struct SimulatedCarriers: Sendable {
    let simulator: CarrierSimulator
    let twilio: TwilioCarrier
    let telnyx: TelnyxCarrier

    private static let shared = Task { try await CarrierSimulator.start(orderDelay: .zero) }
    private static let transport = CurlTransport()
    /// How many numbers and accounts were handed out.
    private static let handedOut = Mutexed<[String: Int]>([:])

    init() async throws { try await self.init(transport: Self.transport) }

    /// - Parameter timeout: For one exchange.
    init(timeout: Duration) async throws {
        var settings = CurlSettings()
        settings.totalTimeout = timeout
        try await self.init(transport: CurlTransport(settings))
    }

    private init(transport: CurlTransport) async throws {
        simulator = try await Self.shared.value
        var limits = CarrierLimits()
        limits.backoff = .milliseconds(5)
        let endpoints = CarrierEndpoints.simulator(simulator.url)
        twilio = TwilioCarrier(
            endpoints: endpoints, transport: transport, logger: quietLogger, limits: limits)
        telnyx = TelnyxCarrier(
            endpoints: endpoints, transport: transport, logger: quietLogger, limits: limits)
    }

    /// 1, 2, 3, … for each kind of thing.
    private static func next(_ kind: String) -> Int {
        handedOut.change { counts in
            counts[kind, default: 0] += 1
            return counts[kind, default: 0]
        }
    }

    // MARK: Accounts

    /// An account of the test's own at Twilio, known in all three regions.
    func twilioAccount(dollars: Int64 = 100, numbers: Int = 0) throws -> Account {
        let id = "AC\(String(repeating: "f", count: 20))\(100_000_000_000 + Self.next("account"))"
        let account = Account(
            carrier: .twilio, id: id, name: "Test",
            credentials: Region.allCases.map {
                Credential(kind: .authToken, id: id, secret: "token-\($0.rawValue)", region: $0)
            }, balanceMicros: dollars * 1_000_000)
        try simulator.put(account)
        if numbers > 0 { try simulator.seed(numbers, account: id) }
        return account
    }

    static func credentials(_ account: Account) -> [String: String] {
        var credentials = [
            "account_sid": account.id, "auth_token": account.credentials.first?.secret ?? "",
        ]
        for credential in account.credentials where credential.region != .us1 {
            credentials["auth_token_\(credential.region.rawValue)"] = credential.secret
        }
        return credentials
    }

    /// An account of the test's own at Telnyx.
    func telnyxAccount(dollars: Int64 = 100, numbers: Int = 0) throws -> Account {
        let id = "00000000-0000-4000-b000-\(100_000_000_000 + Self.next("account"))"
        let account = Account(
            carrier: .telnyx, id: id, name: "Test",
            credentials: [Credential(kind: .apiKey, id: id, secret: "KEY\(id)")],
            balanceMicros: dollars * 1_000_000)
        try simulator.put(account)
        if numbers > 0 { try simulator.seed(numbers, account: id) }
        return account
    }

    /// Credentials with a TeXML application that is made for them, as a customer does in the portal.
    func credentials(_ account: Account) async throws -> [String: String] {
        [
            "api_key": account.credentials.first?.secret ?? "",
            "connection_id": try await make(
                "/texml_applications",
                [
                    ("friendly_name", .string("app")),
                    ("voice_url", .string("https://old.example/voice")),
                ],
                by: account),
        ]
    }

    /// Makes something at Telnyx; answers its id.
    func make(
        _ path: String, _ body: [(String, LinekeeperCore.JSON)], by owner: Account
    ) async throws -> String {
        let credentials = [
            "api_key": owner.credentials.first?.secret ?? "", "connection_id": "1",
        ]
        guard let account = try telnyx.account(credentials) as? TelnyxAccount else {
            throw DomainError(.carrierNotSupported, "not an account of Telnyx's")
        }
        let answer = try await account.answer(
            to: account.request(.post, path, body: .object(body)), attempt: "make something")
        return try answer.object("data").text("id")
    }

    // MARK: Purchases

    /// A purchase of a number that is on sale and that no other test buys.
    func purchase(at carrier: SimulatedCarrier, country: String = "US") throws -> CarrierPurchase {
        let place = "\(carrier) \(country)"
        let index = Self.next(place)
        let stock = Self.stock.change { known in
            let stock =
                known[place] ?? simulator.available(at: carrier, country: country, limit: 1_000)
            known[place] = stock
            return stock
        }
        guard index < stock.count else {
            throw DomainError(.offerNotFound, "nothing is on sale")
        }
        return CarrierPurchase(
            reference: "ord_\(Self.next("order"))", e164: try e164(stock[index]), type: .local,
            countryCode: country)
    }

    /// What was on sale when the first test asked.
    private static let stock = Mutexed<[String: [String]]>([:])

    /// How many purchases of a number the carrier has executed.
    func purchases(of e164: E164) -> Int {
        simulator.ledger.filter {
            $0.e164 == e164.description && ["number.buy", "order.create"].contains($0.operation)
        }.count
    }

    /// What an account has had done.
    func deeds(of account: Account) -> [String] {
        simulator.ledger.filter { $0.account == account.id && $0.cause == .request }
            .map(\.operation)
    }
}

/// A misfortune of a purchase, and what it must lead to.
struct PurchaseFault: Sendable, CustomTestStringConvertible {
    enum Outcome: Sendable { case done, unknown, notSent }

    let testDescription: String
    /// No answer comes in time, so that only an impatient client sees the end.
    var isSlow: Bool {
        switch action {
        case .hang, .drip: true
        default: false
        }
    }

    /// Buys, and where no answer comes, with a client that gives up after a second; only what it
    /// could not even send by then, on a busy machine, is tried again with more patience.
    func buying(
        from carriers: SimulatedCarriers,
        _ buy: (SimulatedCarriers) async throws -> PurchaseOutcome
    ) async throws -> PurchaseOutcome {
        guard isSlow else { return try await buy(carriers) }
        for seconds in [1, 5] {
            let outcome = try await buy(SimulatedCarriers(timeout: .seconds(seconds)))
            if outcome.notSent == nil { return outcome }
        }
        return try await buy(SimulatedCarriers(timeout: .seconds(25)))
    }

    /// How far the carrier has come with the request when nothing more will happen.
    var lastStage: JournalEntry.Stage { isExecuted ? .executed : .received }

    let action: Fault.Action
    /// What the purchase says.
    let outcome: Outcome
    /// Whether the carrier has executed it.
    let isExecuted: Bool

    private init(
        _ description: String, _ action: Fault.Action, _ outcome: Outcome, executed: Bool
    ) {
        testDescription = description
        self.action = action
        self.outcome = outcome
        isExecuted = executed
    }

    static let all: [PurchaseFault] = [
        PurchaseFault("dropped before", .drop(when: .before), .unknown, executed: false),
        PurchaseFault("dropped after", .drop(when: .after), .unknown, executed: true),
        PurchaseFault("500 before", .status(when: .before, code: 500), .unknown, executed: false),
        PurchaseFault("500 after", .status(when: .after, code: 500), .unknown, executed: true),
        PurchaseFault("503 after", .status(when: .after, code: 503), .unknown, executed: true),
        PurchaseFault(
            "503 with Retry-After", .status(when: .after, code: 503, retryAfter: "0"), .unknown,
            executed: true),
        // Not processed: it is repeated, and then it is done.
        PurchaseFault("429", .status(when: .before, code: 429), .done, executed: true),
        PurchaseFault(
            "429 with Retry-After", .status(when: .before, code: 429, retryAfter: "0"), .done,
            executed: true),
        PurchaseFault(
            "429 with a reset", .status(when: .before, code: 429, rateLimitReset: "0"), .done,
            executed: true),
        // Longer than the exchange may take.
        PurchaseFault(
            "429 for an hour", .status(when: .before, code: 429, retryAfter: "3600"), .notSent,
            executed: false),
        PurchaseFault("cut in the head", .cut(afterBytes: 20), .unknown, executed: true),
        PurchaseFault("cut in the body", .cut(afterBytes: 400), .unknown, executed: true),
        PurchaseFault("truncated", .truncate(keepingBytes: 50), .unknown, executed: true),
        PurchaseFault("length too great", .contentLength(off: 10), .unknown, executed: true),
        PurchaseFault("no JSON", .replace(body: "<html>"), .unknown, executed: true),
        PurchaseFault("empty object", .replace(body: "{}"), .unknown, executed: true),
        PurchaseFault(
            "another number",
            .replace(body: "{\"data\": {\"phone_number\": \"+15005550006\"}}"), .unknown,
            executed: true),
        PurchaseFault("hangs before", .hang(when: .before), .unknown, executed: false),
        PurchaseFault("hangs after", .hang(when: .after), .unknown, executed: true),
        PurchaseFault(
            "drips too slowly", .drip(chunkBytes: 1, intervalMilliseconds: 100), .unknown,
            executed: true),
    ]
}
