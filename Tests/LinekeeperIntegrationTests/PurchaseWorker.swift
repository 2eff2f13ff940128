import CarrierSimulator
import LinekeeperProto
import LinekeeperRPC
import LinekeeperTestSupport

/// Buys one lot of numbers after the other, and keeps what became of each as far as it was told.
actor PurchaseWorker {
    nonisolated let buyer: Buyer
    private let offers: OfferPool
    private var random: SplitMix
    private var isFinishing = false
    /// Sent, and not answered.
    private var pending: Buyer.Purchase?
    /// The latest that were answered.
    private var done: [Buyer.Purchase] = []
    private(set) var count = 0

    init(_ buyer: Buyer, _ offers: OfferPool, seed: UInt64) {
        self.buyer = buyer
        self.offers = offers
        random = SplitMix(seed)
    }

    /// Has ``run(_:)`` return after the purchase that it is making.
    func finish() { isFinishing = true }

    /// Buys until the server is gone or ``finish()`` is called.
    func run(_ client: RPCClient) async throws {
        isFinishing = false
        while !isFinishing {
            let shop = Shop.allCases[Int.random(in: 0...1, using: &random)]
            let lot = await offers.take(Int.random(in: 1...3, using: &random), from: shop)
            guard !lot.isEmpty else { throw TestFailure("nothing is left to buy") }
            let purchase = buyer.purchase(lot, from: shop)
            pending = purchase
            guard try await settle(client) else { return }
        }
    }

    /// Sends what is pending, until it is answered; answers false when the server is gone.
    @discardableResult
    func settle(_ client: RPCClient) async throws -> Bool {
        guard let purchase = pending else { return true }
        guard try await buyer.send(purchase, through: client) != .lost else { return false }
        pending = nil
        count += 1
        done = done.suffix(4) + [purchase]
        return true
    }

    /// Sends the latest purchases again; answers the orders that this has made.
    func repeated(_ client: RPCClient) async throws -> [String] {
        let before = await buyer.history.acknowledged
        for purchase in done { try await buyer.send(purchase, through: client) }
        let after = await buyer.history.acknowledged
        return after.subtracting(before).map { "asked again, ordered again: \($0.e164)" }
    }
}

/// Numbers on sale that nobody has asked for yet.
actor OfferPool {
    private let simulator: CarrierSimulator
    private var waiting: [Shop: [Proto.Offer]] = [:]
    private var seen: Set<String> = []

    init(_ simulator: CarrierSimulator) { self.simulator = simulator }

    /// Some offers, which nobody else is given; fewer when there are no more.
    func take(_ count: Int, from shop: Shop) -> [Proto.Offer] {
        let taken = Array(waiting[shop, default: []].prefix(count))
        waiting[shop]?.removeFirst(taken.count)
        return taken
    }

    /// Has the server search until there are so many of each shop.
    func fill(to count: Int, by buyer: Buyer, through client: RPCClient) async throws {
        for shop in Shop.allCases {
            for _ in 0..<50 where waiting[shop, default: []].count < count {
                let free = simulator.available(at: shop.carrier, limit: 5_000)
                    .first { !seen.contains($0) }
                guard let free else { break }
                seen.insert(free)
                // +1, then the area code.
                let areaCode = String(free.dropFirst(2).prefix(3))
                let found = try await buyer.search(
                    shop, areaCode: areaCode, limit: 100, through: client)
                for offer in found where seen.insert(offer.e164).inserted || offer.e164 == free {
                    waiting[shop, default: []].append(offer)
                }
            }
        }
    }
}

/// Makes the carriers fail at random.
struct Gremlin {
    private var random: SplitMix

    init(seed: UInt64) { random = SplitMix(seed) }

    /// Adds faults until the task is cancelled.
    mutating func run(_ simulator: CarrierSimulator) async {
        for _ in 0..<10_000 {
            simulator.add(fault())
            do {
                try await Task.sleep(for: .milliseconds(Int.random(in: 20...80, using: &random)))
            } catch { return }
        }
    }

    private mutating func fault() -> Fault {
        let moment: Fault.Moment = Bool.random(using: &random) ? .before : .after
        let actions: [Fault.Action] = [
            .drop(when: moment), .drop(when: .after), .status(when: moment, code: 500),
            .status(when: .before, code: 429), .cut(afterBytes: 200), .truncate(keepingBytes: 40),
            .delay(when: moment, milliseconds: 150), .hang(when: moment),
            .listLag(milliseconds: 500, reads: 1),
        ]
        let shop = Shop.allCases[Int.random(in: 0...1, using: &random)]
        // Purchases more often than what is only read.
        let match =
            Int.random(in: 0..<4, using: &random) > 0
            ? shop.purchase() : RequestMatch(method: "GET", account: shop.account)
        return Fault(actions[Int.random(in: actions.indices, using: &random)], on: match)
    }
}
