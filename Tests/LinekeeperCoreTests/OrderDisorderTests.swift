import LinekeeperCore
import Testing

struct OrderDisorderTests {
    /// Two events of success and failure each, and doubt: as carriers send them twice and late.
    private static let events: [OrderNews] = [
        .outcome(.owned(TestOrder.number()), attempt: 1),
        .finding(.refused(TestOrder.refusal(.other))),
        .finding(.pending(carrierOrderID: "o1", cause: nil)),
        .outcome(.unknown("reset"), attempt: 1),
        .finding(.owned(TestOrder.number())),
    ]

    private static func permutations(_ items: [OrderNews]) -> [[OrderNews]] {
        guard items.count > 1 else { return [items] }
        return items.indices.flatMap { index in
            var rest = items
            let first = rest.remove(at: index)
            return permutations(rest).map { [first] + $0 }
        }
    }

    @Test("In all 120 orders of five events the first ending stays, and happens once")
    func permutations() {
        let all = Self.permutations(Self.events)
        #expect(all.count == 120)
        for events in all {
            var order = TestOrder.record(.unknown)
            var endings: [OrderEffect] = []
            var final: OrderRecord?
            for (second, news) in events.enumerated() {
                let (after, effect) = TestOrder.machine.step(
                    order, news, at: TestOrder.start.after(Int64(second)))
                if effect != .none { endings.append(effect) }
                if let final { #expect(after == final) }
                if after.state.isFinal, final == nil { final = after }
                order = after
            }
            #expect(endings.count == 1)
            // Ownership ends an order well unless a definite no came before it.
            let firstEnd = events.first { $0 != Self.events[2] && $0 != Self.events[3] }
            #expect(order.state == (firstEnd == Self.events[1] ? .failed : .completed))
        }
    }

    @Test(
        "Random histories never send twice without a definite answer, nor end twice",
        arguments: UInt64(0)..<8)
    func random(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<400 {
            var order = TestOrder.record()
            var now = TestOrder.start
            var mayHaveBought = false
            var endings = 0
            for _ in 0..<40 {
                now = now.after(.random(in: 0...90, using: &random))
                let news = Self.news(of: order, using: &random)
                if news == .sending, order.state == .created {
                    #expect(!mayHaveBought, "sent again while an attempt may have been carried out")
                    mayHaveBought = true
                }
                let (after, effect) = TestOrder.machine.step(order, news, at: now)
                if effect != .none { endings += 1 }
                if after.state == .created { mayHaveBought = false }
                #expect(after.attempt >= order.attempt)
                #expect((after.dueAt == nil) == after.state.isFinal)
                order = after
            }
            #expect(endings == (order.state.isFinal ? 1 : 0))
        }
    }

    private static func news(
        of order: OrderRecord, using random: inout SeededGenerator
    ) -> OrderNews {
        let attempt = Int64.random(in: 0...max(1, order.attempt), using: &random)
        let kind = PurchaseRefusal.Kind.allCases.randomElement(using: &random) ?? .other
        let all: [OrderNews] = [
            .sending, .sending, .notAsked(TestOrder.unreachable), .notAsked(TestOrder.rejected),
            .outcome(.notSent(TestOrder.unreachable), attempt: attempt),
            .outcome(.unknown("?"), attempt: attempt),
            .outcome(.refused(TestOrder.refusal(kind)), attempt: attempt),
            .outcome(.pending(carrierOrderID: "o1"), attempt: attempt),
            .outcome(.owned(TestOrder.number(TestOrder.other)), attempt: attempt),
            .finding(.absent), .finding(.absent), .finding(.absent),
            .finding(.pending(carrierOrderID: "o1", cause: nil)),
            .finding(.owned(TestOrder.number())),
        ]
        return all.randomElement(using: &random) ?? .sending
    }
}
