import CarrierSimulator

/// What the carriers really did for the platform's accounts: from their own ledger.
struct CheckedCarrier: Sendable {
    /// A purchase that a carrier carried out, or an order that it took.
    struct Purchase: Sendable {
        var e164: String
        /// What the buyer called it: the order's id.
        var reference: String
    }

    /// A number that an account holds.
    struct Holding: Sendable {
        var e164: String
        var reference: String
    }

    var purchases: [Purchase] = []
    var holdings: [Holding] = []

    /// The platform's own accounts, which nobody but the server uses.
    static let accounts = [Demo.twilioMarketplace.id, Demo.telnyxPool.id]
}

extension CheckedCarrier {
    init(_ simulator: CarrierSimulator) {
        purchases = simulator.ledger.filter {
            Self.accounts.contains($0.account) && $0.cause == .request
                && ["number.buy", "order.create"].contains($0.operation)
        }.map { Purchase(e164: $0.e164, reference: $0.reference) }
        holdings = Self.accounts.flatMap { simulator.numbers(of: $0) }
            .map { Holding(e164: $0.e164, reference: $0.reference) }
    }
}
