import Testing

/// The checker finds what it is for: each kind of loss, planted into a history that adds up.
@Suite struct CheckerTests {
    struct Plant: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var change:
            @Sendable (inout CheckedStore, inout CheckedCarrier, inout CheckedHistory) -> Void
        /// What one of the findings says.
        var finding: String

        init(
            _ name: String, _ finding: String,
            _ change:
                @escaping @Sendable (
                    inout CheckedStore, inout CheckedCarrier, inout CheckedHistory
                ) -> Void
        ) {
            testDescription = name
            self.change = change
            self.finding = finding
        }
    }

    /// One number bought, one not.
    static let sound: (CheckedStore, CheckedCarrier, CheckedHistory) = {
        var store = CheckedStore()
        store.orders = [
            .init(
                id: "ord_1", workspace: "ws", e164: "+12125550100", number: 1, state: .completed,
                credits: 500),
            .init(
                id: "ord_2", workspace: "ws", e164: "+12125550101", number: 2, state: .failed,
                credits: 500),
        ]
        store.numbers = [
            .init(key: 1, e164: "+12125550100", isBought: true, status: .active),
            .init(key: 2, e164: "+12125550101", isBought: true, status: .failed),
        ]
        store.entries = [
            .init(workspace: "ws", kind: "GRANT", credits: 2_000, balanceAfter: 2_000),
            .init(
                workspace: "ws", kind: "PURCHASE", credits: -500, balanceAfter: 1_500,
                order: "ord_1"),
            .init(
                workspace: "ws", kind: "PURCHASE", credits: -500, balanceAfter: 1_000,
                order: "ord_2"),
            .init(
                workspace: "ws", kind: "REFUND", credits: 500, balanceAfter: 1_500, order: "ord_2"),
        ]
        store.balances = ["ws": 1_500]
        store.events = [
            .init(action: "number.ordered", order: "ord_1"),
            .init(action: "order.completed", order: "ord_1"),
            .init(action: "number.activated", order: "ord_1"),
            .init(action: "number.ordered", order: "ord_2"),
            .init(action: "order.failed", order: "ord_2"),
            .init(action: "number.failed", order: "ord_2"),
        ]
        var carrier = CheckedCarrier()
        carrier.purchases = [.init(e164: "+12125550100", reference: "ord_1")]
        carrier.holdings = [.init(e164: "+12125550100", reference: "ord_1")]
        var history = CheckedHistory()
        history.acknowledged = [.init(id: "ord_1", e164: "+12125550100")]
        history.grants = ["ws": 2_000]
        return (store, carrier, history)
    }()

    @Test func `a history that adds up has no findings`() {
        let (store, carrier, history) = Self.sound
        #expect(Checker(store: store, carrier: carrier, history: history).findings() == [])
        #expect(store.isQuiet)
    }

    static let plants = [
        Plant("bought twice", "was bought 2 times") { _, carrier, _ in
            carrier.purchases.append(carrier.purchases[0])
        },
        Plant("bought for nobody", "for an unknown order") { _, carrier, _ in
            carrier.purchases.append(.init(e164: "+12125550109", reference: "ord_9"))
        },
        Plant("another number bought", "bought another number") { _, carrier, _ in
            carrier.purchases[0].e164 = "+12125550109"
        },
        Plant("orphan", "orphan") { _, carrier, _ in
            carrier.holdings.append(.init(e164: "+12125550101", reference: "ord_2"))
        },
        Plant("phantom", "phantom") { _, carrier, _ in carrier.holdings = [] },
        Plant("held for another order", "which did not complete") { _, carrier, _ in
            carrier.holdings[0].reference = "ord_2"
        },
        Plant("balance drifts", "its ledger says") { store, _, _ in store.balances["ws"] = 1_499 },
        Plant("entry lost", "left") { store, _, _ in store.entries.remove(at: 1) },
        Plant("grant lost", "was granted") { store, _, _ in store.entries[0].kind = "ALLOWANCE" },
        Plant("not debited", "is booked as") { store, _, _ in
            store.entries[1] = store.entries[0]
        },
        Plant("not refunded", "is booked as") { store, _, _ in store.entries.removeLast() },
        Plant("refunded twice", "is booked as") { store, _, _ in
            store.entries.append(store.entries[3])
        },
        Plant("debit for no order", "credits for no order") { store, _, _ in
            store.entries[3].order = "ord_9"
        },
        Plant("acknowledged and lost", "acknowledged, and gone") { _, _, history in
            history.acknowledged.insert(.init(id: "ord_3", e164: "+12125550103"))
        },
        Plant("refused and bought", "was refused, and bought") { _, _, history in
            history.refused.insert("+12125550100")
        },
        Plant("refused and ordered", "was refused, and ordered") { store, _, history in
            store.orders[1].state = .submitted
            history.refused.insert("+12125550101")
        },
        Plant("order without number", "has no number") { store, _, _ in
            store.numbers.removeFirst()
        },
        Plant("number does not follow", "completed, failed") { store, _, _ in
            store.numbers[0].status = .failed
        },
        Plant("unfinished", "unknown, active") { store, _, _ in store.orders[0].state = .unknown },
        Plant("task left", "are outstanding") { store, _, _ in store.tasks = 1 },
        Plant("event lost", "has the events") { store, _, _ in store.events.remove(at: 2) },
        Plant("event twice", "has the events") { store, _, _ in
            store.events.append(store.events[1])
        },
        Plant("ended twice", "has the events") { store, _, _ in
            store.events.append(.init(action: "order.failed", order: "ord_1"))
        },
    ]

    @Test(arguments: plants) func `each loss is found`(_ plant: Plant) {
        var (store, carrier, history) = Self.sound
        plant.change(&store, &carrier, &history)
        let findings = Checker(store: store, carrier: carrier, history: history).findings()
        #expect(findings.contains { $0.contains(plant.finding) }, "\(findings)")
    }
}
