import LinekeeperCore
import Synchronization

/// A carrier in memory: what it sells, what it has sold to whom, and how it behaves.
final class PurchaseFakeCarrier: CarrierAccount {
    /// What becomes of a purchase request.
    enum Behaviour: Sendable {
        /// Sold, and said so.
        case sell
        /// Sold, and the answer is lost.
        case sellAndDrop
        /// Not sold, and the answer is lost.
        case drop
        case refuse(PurchaseRefusal.Kind)
        case notSent(DomainError.Reason)
        /// An order is opened; it is finished after so many looks.
        case order(looks: Int, refused: PurchaseRefusal.Kind? = nil)
        /// The request hangs until the test lets it go; then it is sold.
        case hang
        /// The answer is about another number.
        case wrongNumber
    }

    struct State {
        var onSale: [CarrierOffer] = []
        var fees: [NumberType: CarrierFee] = [:]
        var behaviours: [Behaviour] = []
        var owned: [CarrierNumber] = []
        /// Every request that reached the carrier, by number.
        var requests: [E164] = []
        var searches: [OfferQuery] = []
        var finds = 0
        /// Looks for which the account's list does not show what was bought.
        var lag = 0
        var orders: [String: (looksLeft: Int, refused: PurchaseRefusal.Kind?, CarrierPurchase)] =
            [:]
        var failure: DomainError?
        var isReleased = false
    }

    let state = Mutex(State())

    init(_ edit: (inout State) -> Void = { _ in }) { state.withLock { edit(&$0) } }

    func change(_ edit: (inout State) -> Void) { state.withLock { edit(&$0) } }
    var requests: [E164] { state.withLock { $0.requests } }
    var owned: [E164] { state.withLock { $0.owned.map(\.e164) } }
    var finds: Int { state.withLock { $0.finds } }
    var searches: [OfferQuery] { state.withLock { $0.searches } }

    /// Puts local numbers of the United States on sale.
    func stock(_ texts: [String], _ edit: (inout CarrierOffer) -> Void = { _ in }) {
        let offers = texts.compactMap { text -> CarrierOffer? in
            guard let e164 = E164(text.utf8) else { return nil }
            var offer = CarrierOffer(
                e164: e164, type: .local, capabilities: [.voice, .sms], countryCode: "US",
                regionLabel: "San Francisco, CA")
            edit(&offer)
            return offer
        }
        change { $0.onSale += offers }
    }

    private func available() throws(DomainError) {
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }

    private static func number(_ purchase: CarrierPurchase) -> CarrierNumber {
        CarrierNumber(
            carrierID: "PN\(purchase.e164.digits)", e164: purchase.e164, type: purchase.type,
            capabilities: [.voice, .sms], countryCode: purchase.countryCode,
            reference: purchase.reference)
    }

    // MARK: - CarrierAccount

    func countries() async throws(DomainError) -> [CarrierCountry] {
        try available()
        return [
            CarrierCountry(countryCode: "US", types: [.local, .tollFree]),
            CarrierCountry(countryCode: "DE", types: [.local, .mobile]),
        ]
    }

    func offers(_ query: OfferQuery) async throws(DomainError) -> [CarrierOffer] {
        try available()
        return state.withLock { state in
            state.searches.append(query)
            let prefix = query.areaCode.isEmpty ? "" : "+1" + query.areaCode
            return Array(
                state.onSale.filter {
                    $0.type == query.type && $0.countryCode == query.countryCode
                        && $0.e164.description.hasPrefix(prefix)
                }.prefix(query.limit))
        }
    }

    func fees(in countryCode: String) async throws(DomainError) -> [NumberType: CarrierFee] {
        try available()
        return state.withLock { $0.fees }
    }

    func purchase(_ purchase: CarrierPurchase) async -> PurchaseOutcome {
        let behaviour = state.withLock { state -> Behaviour in
            let next = state.behaviours.isEmpty ? Behaviour.sell : state.behaviours.removeFirst()
            if case .notSent = next { return next }
            state.requests.append(purchase.e164)
            return next
        }
        switch behaviour {
        case .sell: return sell(purchase)
        case .sellAndDrop:
            _ = sell(purchase)
            return .unknown("connection reset")
        case .drop: return .unknown("connection reset")
        case .refuse(let kind): return .refused(PurchaseRefusal(kind, code: "1", words: "no"))
        case .notSent(let reason): return .notSent(DomainError(reason, "Cannot connect."))
        case .order(let looks, let refused):
            change { $0.orders[purchase.reference] = (looks, refused, purchase) }
            return .pending(carrierOrderID: "order-" + purchase.reference)
        case .hang:
            while !state.withLock({ $0.isReleased }) {
                do { try await Task.sleep(for: .milliseconds(2)) } catch { break }
            }
            return sell(purchase)
        case .wrongNumber:
            var other = Self.number(purchase)
            if let e164 = E164("+19998887777".utf8) { other.e164 = e164 }
            return .owned(other)
        }
    }

    private func sell(_ purchase: CarrierPurchase) -> PurchaseOutcome {
        state.withLock { state in
            guard !state.owned.contains(where: { $0.e164 == purchase.e164 }) else {
                return .refused(PurchaseRefusal(.taken, code: "21422", words: "not available"))
            }
            state.owned.append(Self.number(purchase))
            return .owned(Self.number(purchase))
        }
    }

    func find(
        _ purchase: CarrierPurchase, carrierOrderID: String?
    ) async throws(DomainError) -> PurchaseFinding {
        try available()
        return state.withLock { state in
            state.finds += 1
            if var order = state.orders[purchase.reference] {
                order.looksLeft -= 1
                state.orders[purchase.reference] = order
                guard order.looksLeft <= 0 else {
                    return .pending(
                        carrierOrderID: "order-" + purchase.reference, cause: "papers wanted")
                }
                if let refused = order.refused {
                    return .refused(PurchaseRefusal(refused, code: "1", words: "no"))
                }
                if !state.owned.contains(where: { $0.e164 == purchase.e164 }) {
                    state.owned.append(Self.number(purchase))
                }
                return .owned(Self.number(purchase))
            }
            guard state.lag == 0 else {
                state.lag -= 1
                return .absent
            }
            return state.owned.first { $0.e164 == purchase.e164 }.map { .owned($0) } ?? .absent
        }
    }

    /// Two numbers a page.
    func ownedNumbers(after cursor: String?) async throws(DomainError) -> CarrierPage {
        try available()
        let start = Int(cursor ?? "") ?? 0
        let owned = state.withLock { $0.owned }
        let end = min(start + 2, owned.count)
        return CarrierPage(
            numbers: Array(owned[min(start, end)..<end]), next: end < owned.count ? "\(end)" : nil)
    }

    func ownedNumber(_ e164: E164) async throws(DomainError) -> CarrierNumber? {
        state.withLock { $0.owned.first { $0.e164 == e164 } }
    }

    func manage(
        _ number: CarrierNumber, webhooks: WebhookTargets
    ) async throws(DomainError) -> CarrierNumber { number }
    func isManaged(_ number: CarrierNumber, webhooks: WebhookTargets) -> Bool { true }
    func restore(
        _ settings: [String: String], on number: CarrierNumber
    ) async throws(DomainError) {}
    func setRegion(
        _ region: RegionID?, on number: CarrierNumber, webhooks: WebhookTargets?
    ) async throws(DomainError) {}
    func release(_ number: CarrierNumber) async throws(DomainError) {
        change { $0.owned.removeAll { $0.e164 == number.e164 } }
    }
}
