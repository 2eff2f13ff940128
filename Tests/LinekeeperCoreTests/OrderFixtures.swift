import LinekeeperCore

/// What tests of orders are made of.
enum TestOrder {
    static let start = Timestamp(microseconds: 1_767_225_600_000_000)
    static let e164 = number("+14155550100")
    static let other = number("+14155550199")

    private static func number(_ text: String) -> E164 {
        guard let number = E164(text.utf8) else { preconditionFailure("not a number") }
        return number
    }

    /// The rules without chance.
    static let machine = OrderMachine(spread: { 1 })

    static func record(_ state: OrderState = .created, attempt: Int64? = nil) -> OrderRecord {
        var order = OrderRecord(
            key: OrderKey(rawValue: 1), id: OrderID(high: 7, low: 1),
            workspace: WorkspaceKey(rawValue: 1), workspaceID: WorkspaceID(high: 7, low: 2),
            number: NumberKey(rawValue: 1), numberID: NumberID(high: 7, low: 3), e164: e164,
            source: .marketplace, type: .local, countryCode: "US", monthlyCostCredits: 500,
            createdAt: start)
        order.state = state
        order.attempt = attempt ?? (state == .created ? 0 : 1)
        order.sentAt = order.attempt == 0 ? nil : start
        order.dueAt = state.isFinal ? nil : start
        return order
    }

    static func number(_ e164: E164 = TestOrder.e164) -> CarrierNumber {
        CarrierNumber(
            carrierID: "PN1", e164: e164, type: .local, capabilities: [.voice, .sms],
            reference: OrderID(high: 7, low: 1).description)
    }

    static func refusal(_ kind: PurchaseRefusal.Kind) -> PurchaseRefusal {
        PurchaseRefusal(kind, code: "21422", words: "Not available")
    }

    static let unreachable = DomainError(.carrierUnavailable, "Twilio cannot be reached.")
    static let rejected = DomainError(.credentialsRejected, "Twilio refuses the credentials.")
}

extension Timestamp {
    func after(_ seconds: Int64) -> Timestamp { adding(seconds: seconds) }
}
